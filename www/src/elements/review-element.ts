//! `<plumbline-review>`: one shadow root, one store, one worker; everything answers to the element's own width.

import { Engine, fromPage } from '../engine/engine';
import { h } from '../dom';
import { Session } from '../session';
import { Store, type TabId } from '../store';
import { sheets } from '../style';
import { paste } from './adding';
import { DropTarget } from './drop-target';
import type { FirstVisit } from './first-visit';
import { HelpDialog } from './help-dialog';
import { type Context, create, define, Part, typing } from './part';
import { TABS, type TabBar } from './tab-bar';
import type { TreeTable } from './tree-table';

import './affected-panel';
import './changes-panel';
import './cost-panel';
import './findings-panel';
import './first-visit';
import './not-known-panel';
import './notice-list';
import './rollback-panel';
import './source-panel';
import './tab-bar';
import './top-bar';
import './tree-table';
import './verdict-block';

export class PlumblineReview extends HTMLElement {
  readonly store = new Store();
  /** Whether the page holds nothing else: then keys and pastes outside this element are meant for it too. */
  wholePage = false;
  #built = false;
  #context!: Context;
  #panels = new Map<TabId, HTMLElement>();
  #help!: HelpDialog;
  #began = false;

  connectedCallback(): void {
    if (this.#built) return;
    this.#built = true;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sheets();
    this.#context = { store: this.store, session: new Session(this.store, new Engine(fromPage())), root };
    this.#build(root);
    this.store.on('review', () => { this.#show(); this.#begin(); });
    this.store.on('files', () => this.#show());
    this.store.on('tab', () => this.#show());
    this.store.on('theme', () => this.#theme());
    root.addEventListener('keydown', (event) => this.#key(event as KeyboardEvent));
    document.addEventListener('keydown', (event) => { if (this.wholePage && event.target === document.body) this.#key(event); });
    document.addEventListener('paste', (event) => this.#paste(event));
    window.addEventListener('paste', (event) => this.#paste(event), true);
    this.#show();
  }

  #build(root: ShadowRoot): void {
    const part = (name: string): Part => create(name, this.#context);
    for (const { id, element } of TABS) {
      const panel = h('div', { role: 'tabpanel', id: `p-${id}`, 'aria-labelledby': `t-${id}` }, part(element));
      if (id !== 'changes') panel.tabIndex = 0;
      this.#panels.set(id, panel);
    }
    this.#help = new HelpDialog(this.#context);
    const frame = h('div', { class: 'frame' },
      part('pl-top-bar'), part('pl-notices'), part('pl-first-visit'), part('pl-verdict'), part('pl-tabs'),
      [...this.#panels.values()]);
    frame.addEventListener('plumbline-help', () => this.#help.open());
    root.append(h('main', { class: 'pl' }, frame, this.#help.element));
    new DropTarget(this.#context, frame);
  }

  #show(): void {
    const { store } = this;
    const first = store.empty;
    const frame = this.#context.root.querySelector('.frame');
    frame?.classList.toggle('first', first);
    frame?.classList.toggle('waiting', !first && !store.review);
    for (const [id, panel] of this.#panels) {
      panel.hidden = first || id !== store.tab || (!store.review && id !== 'source');
    }
  }

  /** The first page is gone, and with it what had the focus: it goes to where the review begins. */
  #begin(): void {
    const began = this.#began;
    this.#began = this.store.review !== null;
    if (!began && this.#began && document.activeElement === document.body) (this.#context.root.querySelector('pl-tabs') as TabBar | null)?.focusTab();
  }

  #theme(): void {
    const { theme } = this.store;
    for (const element of this.wholePage ? [this as HTMLElement, document.documentElement] : [this]) {
      if (theme === 'auto') delete element.dataset['theme'];
      else element.dataset['theme'] = theme;
    }
  }

  #key(event: KeyboardEvent): void {
    const { store } = this;
    const { root } = this.#context;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.#help.isOpen) return;
    if (typing(root) || !store.singleKeys) return;
    const at = '123456789'.indexOf(event.key);
    if (event.key === '?') this.#help.open();
    else if (event.key === '/' && store.review) {
      store.openTab('changes');
      (root.querySelector('pl-tree-table') as TreeTable | null)?.focusFind();
    } else if (at >= 0 && store.review) {
      const tab = store.tabs()[at];
      if (!tab) return;
      store.openTab(tab);
      (root.querySelector('pl-tabs') as TabBar | null)?.focusTab();
    } else if (store.review && ['g', 't', 'd'].includes(event.key)) {
      const place = { g: '.gwrap', t: '.tt tr[tabindex="0"]', d: '.detail' }[event.key as 'g' | 't' | 'd'];
      if (root.activeElement?.closest('.tt') && event.key !== 'g') return;
      store.openTab('changes');
      root.querySelector<HTMLElement>(place)?.focus();
    } else return;
    event.preventDefault();
  }

  /** Text pasted anywhere but in a field becomes a file; beside the element only where nothing else could want it. */
  #paste(event: ClipboardEvent): void {
    if (!this.wholePage && !event.composedPath().includes(this)) return;
    const text = event.clipboardData?.getData('text/plain');
    // The first text of an empty editor decides what the file is, as a paste anywhere else does.
    const [only, ...others] = [...this.store.files.after.values(), ...this.store.files.before.values()];
    if (event.eventPhase === Event.CAPTURING_PHASE) {
      const editor = event.composedPath().some((target) => target instanceof HTMLElement && target.isContentEditable);
      if (!editor || !text?.trim() || !only || others.length > 0 || only.bytes.length > 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.store.files.after.delete(only.path);
      return paste(this.store, text);
    }
    if (event.composedPath().some((target) => target instanceof HTMLElement
      && (target.isContentEditable || target.matches('input, textarea')))) return;
    if (!text?.trim()) return;
    event.preventDefault();
    (this.#context.root.querySelector('pl-first-visit') as FirstVisit | null)?.paste(text);
  }
}

define('plumbline-review', PlumblineReview);
