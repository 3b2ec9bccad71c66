//! The bar: what is under review, adding to it, taking it with you, theme and help.

import { type Child, fill, h, svg } from '../dom';
import { SAMPLES } from '../samples';
import type { Theme } from '../store';
import { bob } from '../symbols';
import { duration, plural } from '../words';
import { choose, openSample, paste } from './adding';
import { copy, save } from './handing-over';
import { type Item, menu } from './menu';
import { define, Part } from './part';

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_WORD: Readonly<Record<Theme, string>> = { auto: 'as the system', light: 'light', dark: 'dark' };

export class TopBar extends Part {
  #what!: HTMLElement;
  #files!: HTMLElement;
  #export!: HTMLElement;
  #theme!: HTMLButtonElement;
  #said!: HTMLElement;

  protected override build(): void {
    this.#what = h('div', { class: 'what' });
    this.#files = menu(this.context, 'Files', () => this.#filesMenu());
    this.#export = menu(this.context, 'Export', () => this.#exportMenu());
    this.#said = h('span', { class: 'sm q', role: 'status' });
    this.#theme = h('button', { class: 'b bare', on: { click: () => this.#turnTheme() } },
      svg('svg', { class: 'i', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
        svg('circle', { cx: 8, cy: 8, r: 5.5 }), svg('path', { d: 'M8 2.5a5.5 5.5 0 010 11z', fill: 'currentColor', stroke: 'none' })));
    this.append(h('header', { class: 'top' },
      h('span', { class: 'mark' }, bob(), h('span', { class: 'word' }, 'Plumbline')), this.#what, h('span', { class: 'sp' }), this.#said,
      h('span', { class: 'q sm hide-m', title: 'The page’s policy blocks every request' }, 'Nothing leaves this page'),
      this.#files, this.#export, this.#theme,
      h('button', {
        class: 'b bare', 'aria-label': 'Keys and help',
        on: { click: () => this.dispatchEvent(new CustomEvent('plumbline-help', { bubbles: true })) },
      }, '?')));
    for (const event of ['files', 'review', 'status'] as const) this.store.on(event, () => this.#draw());
    this.#nameTheme();
    this.#draw();
  }

  #draw(): void {
    const { store } = this;
    this.#files.hidden = store.empty;
    this.#export.hidden = store.empty || !store.review;
    fill(this.#what, store.empty ? h('span', { class: 'q' }, 'Review of infrastructure code') : this.#about());
  }

  #about(): Child {
    const { store } = this;
    const { review } = store;
    const kinds = review ? [...new Set(review.files.map(({ kind }) => kind))].filter((kind) => kind !== 'ignored' && kind !== 'tfvars') : [];
    const count = review ? new Set(review.files.map(({ path }) => path)).size : store.files.after.size;
    const time = store.status.milliseconds;
    return [
      h('span', null, h('b', null, store.project || 'Your files'), store.compared && h('span', { class: 'q' }, ' before → after')),
      h('span', { class: 'q hide-m' }, plural(count, 'file'), kinds.length > 0 && `, ${kinds.join(' and ')}`,
        time !== null && `, read in ${duration(time)}`),
    ];
  }

  #filesMenu(): (Item | null)[] {
    const { context, store } = this;
    return [
      { text: 'Add files', act: () => choose(context, 'after', false) },
      { text: 'Add a folder', act: () => choose(context, 'after', true) },
      { text: 'Paste or type text', act: () => paste(store, null) },
      null,
      { text: 'Compare: files of the version before', act: () => choose(context, 'before', false) },
      { text: 'Compare: folder of the version before', act: () => choose(context, 'before', true) },
      ...(store.compared ? [{ text: 'Take the version before away', act: () => store.dropBefore() }] : []),
      null,
      ...SAMPLES.map((sample): Item => ({ text: `Sample: ${sample.title}`, act: () => openSample(store, sample) })),
      { text: 'Start over', note: 'forgets all files', act: () => store.startOver() },
    ];
  }

  #exportMenu(): (Item | null)[] {
    const { session, store } = this.context;
    const name = (store.project || 'review').replace(/[^\w.-]+/g, '-');
    const saving = (text: string, format: string, ending: string, type: string): Item => ({
      text, act: async () => this.#try(async () => save(`${name}.${ending}`, type, await session.export(format))),
    });
    return [
      { text: 'Copy as Markdown', act: () => this.#try(async () => this.#say(await copy(this.context.root, await session.export('markdown')) ? 'Copied' : '')) },
      null,
      saving('Save as Markdown', 'markdown', 'md', 'text/markdown'),
      saving('Save as web page', 'html', 'html', 'text/html'),
      saving('Save as JSON', 'json', 'json', 'application/json'),
      null,
      saving('Save the graph as SVG', 'svg', 'svg', 'image/svg+xml'),
      saving('Save the graph as Mermaid', 'mermaid', 'mmd', 'text/plain'),
      saving('Save the graph as DOT', 'dot', 'dot', 'text/plain'),
    ];
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.store.notify({ kind: 'note', text: 'This could not be exported.', more: error instanceof Error ? error.message : String(error) });
    }
  }

  #say(text: string): void {
    this.#said.textContent = text;
    setTimeout(() => { this.#said.textContent = ''; }, 2000);
  }

  #turnTheme(): void {
    this.store.theme = NEXT[this.store.theme];
    this.#nameTheme();
    this.store.emit('theme');
  }

  #nameTheme(): void {
    const name = `Theme: ${THEME_WORD[this.store.theme]}`;
    this.#theme.setAttribute('aria-label', name);
    this.#theme.title = name;
  }
}

define('pl-top-bar', TopBar);
