//! The sources: a tab for each file, the editor, and the two versions side by side.

import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { fill, h } from '../dom';
import type { Side } from '../engine/protocol';
import { messagesOf } from '../editor/messages';
import { extensions, goTo, setMessages } from '../editor/setup';
import type { Source } from '../review';
import type { TabId } from '../store';
import { changes } from '../tree/diff';
import { choose, paste } from './adding';
import { FileTabs } from './file-tabs';
import { define, Part } from './part';

type Mode = Side | 'compare';
const SIDE_BY_SIDE = 900;

const MODES: readonly (readonly [Mode, string])[] = [['after', 'After'], ['before', 'Before'], ['compare', 'Compare']];

export class SourcePanel extends Part {
  #files!: FileTabs;
  #tools!: HTMLElement;
  #place!: HTMLElement;
  #path: string | null = null;
  #mode: Mode = 'after';
  #view: EditorView | null = null;
  #merge: MergeView | null = null;
  #shown = '';
  #cameFrom: { tab: TabId; focus: Element | null } | null = null;
  #lastTab: TabId = 'changes';
  #turn = 0;
  readonly #states = new Map<string, EditorState>();

  protected override build(): void {
    this.#files = new FileTabs(this.context, (path) => { this.#mode = this.#modeFor(path); void this.#open(path); });
    this.#tools = h('div', { class: 'tools' });
    this.#place = h('div', { class: 'editor', role: 'tabpanel', id: 'p-file' });
    this.append(h('div', { class: 'source' }, this.#files.element, h('div', { class: 'pane' }, this.#tools, this.#place)));
    this.store.on('files', ({ typed }) => this.#filesChanged(typed));
    this.store.on('review', () => this.#reviewed());
    this.store.on('tab', () => this.#tabChanged());
    this.store.on('place', (source) => void this.#goTo(source));
    this.#filesChanged(false);
  }

  #tabChanged(): void {
    if (this.store.tab !== 'source') this.#lastTab = this.store.tab;
    else if (this.#path === null || this.#shown === '') void this.#open(this.#path ?? this.#files.first());
  }

  #filesChanged(typed: boolean): void {
    if (this.store.empty) {
      this.#close();
      this.#path = null;
      this.#states.clear();
    } else if (!typed) {
      for (const [key, state] of this.#states) {
        const [side, path] = split(key);
        if (this.store.text(side, path) !== state.doc.toString()) this.#states.delete(key);
      }
      if (this.#path !== null && !this.#files.has(this.#path)) this.#path = null;
      if (!this.store.compared) this.#mode = 'after';
      this.#shown = '';
      if (this.store.tab === 'source') void this.#open(this.#path ?? this.#files.first());
    }
    this.#files.draw(this.#path);
  }

  #reviewed(): void {
    this.#files.draw(this.#path);
    this.#say();
  }

  #modeFor(path: string): Mode {
    const { files, compared } = this.store;
    if (compared && this.#mode === 'compare') return 'compare';
    if (compared && !files.after.has(path) && files.before.has(path)) return 'before';
    return 'after';
  }

  async #goTo(source: Source): Promise<void> {
    const focus = this.context.root.activeElement;
    if (this.#lastTab !== 'source' && !this.contains(focus)) this.#cameFrom = { tab: this.#lastTab, focus };
    this.#mode = source.before ? 'before' : 'after';
    await this.#open(source.file);
    if (this.#view && source.line > 0) goTo(this.#view, source.line, source.column);
    else this.#view?.focus();
  }

  /** Back to where the reader came from. */
  #back(): boolean {
    if (!this.#cameFrom) return false;
    const { tab, focus } = this.#cameFrom;
    this.#cameFrom = null;
    this.store.openTab(tab);
    if (focus instanceof HTMLElement && focus.isConnected) focus.focus();
    else this.context.root.querySelector<HTMLElement>('.tt tr[tabindex="0"]')?.focus();
    return true;
  }

  async #open(path: string | null): Promise<void> {
    if (path === null) return;
    const key = `${this.#mode}:${path}`;
    this.#path = path;
    this.#files.draw(path);
    if (key === this.#shown) return;
    this.#turn += 1;
    const turn = this.#turn;
    const { session } = this.context;
    const [before, after] = await Promise.all([
      this.#mode === 'after' ? null : session.text('before', path), this.#mode === 'before' ? null : session.text('after', path),
    ]);
    if (turn !== this.#turn) return;
    this.#close();
    this.#shown = key;
    this.#place.setAttribute('aria-label', path);
    if (this.#mode === 'compare') this.#compare(path, before ?? '', after ?? '');
    else this.#single(path, this.#mode, this.#mode === 'before' ? before : after);
    this.#drawTools(path);
    this.#say();
  }

  #single(path: string, side: Side, text: string | null): void {
    if (text === null) {
      fill(this.#place, h('p', { class: 'q none' }, this.store.files[side].has(path) ? 'This file is not text.' : 'This file is not in this version.'));
      return;
    }
    // What came inside an archive is read here and changed there.
    const readOnly = !this.store.files[side].has(path);
    const state = this.#states.get(`${side}:${path}`) ?? EditorState.create({ doc: text, extensions: this.#extensions(path, side, readOnly) });
    this.#view = new EditorView({ state, parent: this.#place, root: this.context.root });
  }

  #compare(path: string, before: string, after: string): void {
    const label = (side: Side): string => `${path}, ${side === 'before' ? 'version before' : 'version under review'}`;
    const base = (side: Side) => extensions({ path, label: label(side), readOnly: true, escape: () => this.#back() });
    const diffConfig = { override: changes };
    const collapse = { margin: 3, minSize: 6 };
    if (this.clientWidth >= SIDE_BY_SIDE) {
      this.#merge = new MergeView({
        a: { doc: before, extensions: base('before') }, b: { doc: after, extensions: base('after') },
        parent: this.#place, root: this.context.root, collapseUnchanged: collapse, gutter: true, diffConfig,
      });
      this.#view = this.#merge.b;
    } else {
      this.#view = new EditorView({
        doc: after, parent: this.#place, root: this.context.root,
        extensions: [base('after'), unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: collapse, diffConfig })],
      });
    }
  }

  #extensions(path: string, side: Side, readOnly: boolean): ReturnType<typeof extensions> {
    return extensions({
      path, readOnly, label: this.store.compared ? `${path}, ${side === 'before' ? 'version before' : 'version under review'}` : path,
      changed: (text) => this.store.setText(side, path, text), escape: () => this.#back(),
    });
  }

  #close(): void {
    if (this.#view && !this.#merge && this.#shown !== '' && !this.#shown.startsWith('compare:') && !this.store.empty) {
      this.#states.set(this.#shown, this.#view.state);
    }
    this.#merge?.destroy();
    this.#view?.destroy();
    this.#merge = null;
    this.#view = null;
    this.#shown = '';
    fill(this.#place);
  }

  /** Hands the core's messages to the editor. */
  #say(): void {
    const { lookup } = this.store;
    if (!this.#view || this.#path === null) return;
    const supply = (): void => this.store.openTab('not-known');
    const send = (view: EditorView, before: boolean): void =>
      view.dispatch({ effects: setMessages.of(lookup ? messagesOf(lookup, this.#path ?? '', before, supply) : []) });
    send(this.#view, this.#mode === 'before');
    if (this.#merge) send(this.#merge.a, true);
  }

  #drawTools(path: string): void {
    const { store } = this;
    const side: Side = this.#mode === 'before' ? 'before' : 'after';
    const held = store.files[side].has(path);
    const name = h('input', { class: 'name', value: path, 'aria-label': 'Name of the file', spellcheck: 'false', readonly: !held });
    name.addEventListener('change', () => {
      const to = name.value.trim();
      this.#path = to;
      store.renameFile(side, path, to);
    });
    fill(this.#tools, name, h('span', { class: 'sp' }),
      store.compared && h('div', { class: 'gz modes', role: 'group', 'aria-label': 'Version' }, MODES.map(([mode, word]) => h('button', {
        'aria-pressed': String(this.#mode === mode), on: { click: () => { this.#mode = mode; void this.#open(path); } },
      }, word))),
      !store.compared && h('button', { class: 'b hide-s', on: { click: () => choose(this.context, 'before', true) } }, 'Add the version before'),
      held && h('button', { class: 'b', on: { click: () => store.removeFile(side, path) } }, 'Remove'),
      h('button', { class: 'b', on: { click: () => paste(store, null) } }, 'New file'));
  }
}

function split(key: string): [Side, string] {
  return key.startsWith('before:') ? ['before', key.slice(7)] : ['after', key.slice(6)];
}

define('pl-source', SourcePanel);
