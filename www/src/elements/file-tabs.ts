//! A tab for each file, with the worst mark of what the review says about it.

import { fill, h, hidden } from '../dom';
import { worstOf } from '../editor/messages';
import { gutterMark } from './code';
import type { Context } from './part';

export class FileTabs {
  readonly element = h('div', { class: 'files', role: 'tablist', 'aria-label': 'Files', 'aria-orientation': 'vertical' });
  #paths: string[] = [];

  constructor(private readonly context: Context, private readonly open: (path: string) => void) {
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  draw(current: string | null): void {
    const { store } = this.context;
    const focused = this.element.contains(this.context.root.activeElement);
    const archives = new Set([...store.files.after.keys(), ...store.files.before.keys()].filter((path) => /\.zip$/i.test(path)));
    const paths = new Set([...store.files.after.keys(), ...store.files.before.keys(), ...(store.review?.files.map(({ path }) => path) ?? [])]);
    for (const path of archives) if (paths.size > 1) paths.delete(path);
    this.#paths = [...paths].sort((a, b) => a.localeCompare(b, 'en'));
    const worst = store.lookup ? worstOf(store.lookup) : new Map();
    fill(this.element, this.#paths.map((path) => {
      const kind = worst.get(path);
      const slash = path.lastIndexOf('/') + 1;
      const state = this.#state(path);
      return h('button', {
        role: 'tab', 'aria-selected': String(path === current), 'aria-controls': 'p-file', tabindex: path === current || (current === null && path === this.#paths[0]) ? 0 : -1,
        title: path, class: state === 'removed' ? 'removed' : '', on: { click: () => this.open(path) },
      }, h('span', { class: 't' }, h('span', { class: 'q' }, path.slice(0, slash)), path.slice(slash)),
        state && h('span', { class: `st st-${state}`, 'aria-hidden': 'true' }, { added: '+', removed: '−', changed: '~' }[state]), state && hidden(`, ${state}`),
        kind && gutterMark(kind));
    }));
    this.element.querySelector<HTMLElement>('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focused) this.element.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  has(path: string): boolean {
    return this.#paths.includes(path) || this.context.store.files.after.has(path) || this.context.store.files.before.has(path);
  }

  /** The file of the selected resource, else the first one. */
  first(): string | null {
    const { lookup, selected } = this.context.store;
    const own = selected ? lookup?.block(selected)?.file : undefined;
    return (own !== undefined && this.has(own) ? own : this.#paths[0]) ?? null;
  }

  #state(path: string): 'added' | 'removed' | 'changed' | null {
    const { files, compared } = this.context.store;
    if (!compared) return null;
    const [before, after] = [files.before.get(path), files.after.get(path)];
    if (!before) return after ? 'added' : null;
    if (!after) return 'removed';
    return same(before.bytes, after.bytes) ? null : 'changed';
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = this.#paths.findIndex((path) => path === this.element.querySelector('[aria-selected="true"]')?.getAttribute('title'));
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? this.#paths.length - 1 : step ? (at + step + this.#paths.length) % this.#paths.length : -1;
    const path = this.#paths[to];
    if (path === undefined) return;
    event.preventDefault();
    this.open(path);
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, index) => byte === b[index]));
}
