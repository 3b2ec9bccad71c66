//! What the page knows, and who is told when it changes. One store for each element; no other state is shared.

import type { Side } from './engine/protocol';
import { Lookup } from './lookup';
import type { Review, Source } from './review';
import type { Picture, View } from './graph/scene';

export type TabId = 'changes' | 'findings' | 'cost' | 'rollback' | 'affected' | 'not-known' | 'source';
export type GroupBy = 'consequence' | 'module' | 'file' | 'type';
export type Theme = 'auto' | 'light' | 'dark';

export interface HeldFile { path: string; bytes: Uint8Array; text: string | null }

/** What the page itself has to say, above the review. */
export interface Notice { kind: 'refused' | 'stopped' | 'left-out' | 'note' | 'reading'; text: string; more?: string }

export interface Status {
  /** Files in the review that is being made; 0 when none is. */
  working: number;
  /** How long the last review took. */
  milliseconds: number | null;
}

export interface Events {
  files: { typed: boolean };
  options: undefined;
  review: undefined;
  picture: undefined;
  view: undefined;
  selection: { from: 'table' | 'graph' | 'other' };
  tab: undefined;
  find: undefined;
  place: Source;
  notices: undefined;
  status: undefined;
  ticks: undefined;
  asked: undefined;
  theme: undefined;
}

type Listener<K extends keyof Events> = (detail: Events[K]) => void;

export class Store {
  /** Name of the folder or sample under review. */
  project = '';
  readonly files: Record<Side, Map<string, HeldFile>> = { before: new Map(), after: new Map() };
  /** The version before exists from its first file until it is taken away. */
  compared = false;
  /** The files are a sample nobody has touched; the next drop takes its place. */
  pristineSample = false;
  readonly variables = new Map<string, string>();
  /** Folders among the files, by the source of a module that they are. */
  readonly modules = new Map<string, string>();
  lookup: Lookup | null = null;
  picture: Picture | null = null;
  view: View = {};
  selected: string | null = null;
  /** The reader selected it; until then each review selects what is worst. */
  picked = false;
  tab: TabId = 'changes';
  groupBy: GroupBy = 'consequence';
  find = '';
  readonly notices: Notice[] = [];
  status: Status = { working: 0, milliseconds: null };
  readonly ticks = new Set<string>();
  /** Paths of code that the resources are made of. */
  code: readonly string[] = [];
  /** What was asked about last: a path, a file, a line or an address. */
  asked = '';
  theme: Theme = 'auto';
  singleKeys = true;
  /** What the core can print. */
  formats: readonly string[] = [];

  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<K extends keyof Events>(event: K, listener: Listener<K>): void {
    const all = this.#listeners.get(event) ?? new Set();
    all.add(listener as Listener<never>);
    this.#listeners.set(event, all);
  }

  emit<K extends keyof Events>(event: K, ...detail: Events[K] extends undefined ? [] : [Events[K]]): void {
    for (const listener of this.#listeners.get(event) ?? []) (listener as (detail?: unknown) => void)(detail[0]);
  }

  get review(): Review | null {
    return this.lookup?.review ?? null;
  }

  get empty(): boolean {
    return this.files.after.size === 0 && this.files.before.size === 0;
  }

  setFiles(side: Side, files: Iterable<readonly [string, Uint8Array]>): void {
    for (const [path, bytes] of files) this.files[side].set(path, { path, bytes, text: null });
    if (side === 'before') this.compared = true;
    this.pristineSample = false;
    this.emit('files', { typed: false });
  }

  setText(side: Side, path: string, text: string): void {
    this.files[side].set(path, { path, bytes: new TextEncoder().encode(text), text });
    if (side === 'before') this.compared = true;
    this.pristineSample = false;
    this.emit('files', { typed: true });
  }

  removeFile(side: Side, path: string): void {
    this.files[side].delete(path);
    this.pristineSample = false;
    this.emit('files', { typed: false });
  }

  renameFile(side: Side, from: string, to: string): void {
    const held = this.files[side].get(from);
    if (!held || from === to || to === '' || this.files[side].has(to)) return;
    const files = [...this.files[side].values()].map((file) => (file === held ? { ...file, path: to } : file));
    this.files[side].clear();
    for (const file of files) this.files[side].set(file.path, file);
    this.emit('files', { typed: false });
  }

  /** Takes the version before away: a snapshot is reviewed. */
  dropBefore(): void {
    this.files.before.clear();
    this.compared = false;
    this.emit('files', { typed: false });
  }

  /** Forgets everything; the first page again. */
  startOver(): void {
    this.files.before.clear();
    this.files.after.clear();
    this.compared = false;
    this.variables.clear();
    this.modules.clear();
    this.ticks.clear();
    this.code = [];
    this.asked = '';
    this.project = '';
    this.lookup = null;
    this.picture = null;
    this.selected = null;
    this.picked = false;
    this.view = {};
    this.find = '';
    this.tab = 'changes';
    this.notices.length = 0;
    this.status = { working: 0, milliseconds: null };
    this.emit('files', { typed: false });
    this.emit('notices');
    this.emit('review');
  }

  /** Text of a file the page holds; `null` when it is not at hand or not text. */
  text(side: Side, path: string): string | null {
    const held = this.files[side].get(path);
    if (!held) return null;
    if (held.text === null) {
      try {
        held.text = new TextDecoder('utf-8', { fatal: true }).decode(held.bytes);
      } catch {
        return null;
      }
    }
    return held.text;
  }

  setVariable(name: string, value: string | null): void {
    if (value === null) this.variables.delete(name);
    else this.variables.set(name, value);
    this.emit('options');
  }

  /** Lets files stand for a module, or takes them away again. */
  setModule(source: string, folder: string, files: readonly (readonly [string, Uint8Array])[] | null): void {
    if (files) this.modules.set(source, folder);
    else this.modules.delete(source);
    for (const side of this.compared ? ['before', 'after'] as const : ['after'] as const) {
      if (!files) for (const path of [...this.files[side].keys()]) if (path.startsWith(`${folder}/`)) this.files[side].delete(path);
      for (const [path, bytes] of files ?? []) this.files[side].set(`${folder}/${path}`, { path: `${folder}/${path}`, bytes, text: null });
    }
    this.pristineSample = false;
    this.emit('files', { typed: false });
  }

  setReview(review: Review, milliseconds: number, code: readonly string[] = []): void {
    this.lookup = new Lookup(review);
    this.code = code;
    this.status = { working: 0, milliseconds };
    if (!this.picked || !this.selected || !this.lookup.knows(this.selected)) {
      this.selected = this.lookup.worst();
      this.picked = false;
    }
    const filled = this.tabs();
    if (!filled.includes(this.tab)) this.tab = 'changes';
    this.emit('review');
    this.emit('status');
  }

  /** Tabs with something in them, in their order. */
  tabs(): TabId[] {
    const tabs: TabId[] = ['changes'];
    if (this.review?.findings.length) tabs.push('findings');
    tabs.push('cost', 'rollback');
    if (this.code.length > 0) tabs.push('affected');
    tabs.push('not-known', 'source');
    return tabs;
  }

  setPicture(picture: Picture | null): void {
    this.picture = picture;
    this.emit('picture');
  }

  setView(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.emit('view');
  }

  select(address: string | null, from: Events['selection']['from'] = 'other'): void {
    this.picked = address !== null;
    if (address === this.selected) return;
    this.selected = address;
    this.emit('selection', { from });
  }

  openTab(tab: TabId): void {
    if (tab === this.tab) return;
    this.tab = tab;
    this.emit('tab');
  }

  /** Shows a place in the sources. */
  goTo(source: Source): void {
    this.openTab('source');
    this.emit('place', source);
  }

  notify(notice: Notice): void {
    this.notices.splice(0, this.notices.length, ...this.notices.filter((other) => other.kind !== notice.kind), notice);
    this.emit('notices');
  }

  dismiss(kind: Notice['kind']): void {
    const left = this.notices.filter((notice) => notice.kind !== kind);
    if (left.length === this.notices.length) return;
    this.notices.splice(0, this.notices.length, ...left);
    this.emit('notices');
  }

  ask(name: string): void {
    this.asked = name;
    this.emit('asked');
  }

  tick(key: string, done: boolean): void {
    if (done) this.ticks.add(key);
    else this.ticks.delete(key);
    this.emit('ticks');
  }
}
