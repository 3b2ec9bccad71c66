//! Keeps review and picture up with the store: sends what changed, latest wins, survives a core that stops.

import { CoreError, type Engine } from './engine/engine';
import type { FileEdit, Side } from './engine/protocol';
import { picture, type Scene } from './graph/scene';
import { joined } from '../../pkg/joined';
import type { Asked, Review } from './review';
import type { Store } from './store';

const TYPING_PAUSE = 300;
/** A review that runs longer is ended when its answer is out of date. */
const PATIENCE = 2000;
const PROGRESS_AFTER = 300;
const SIDES: readonly Side[] = ['before', 'after'];
/** More digits than a number of JavaScript holds. */
const LONG = /[:,[]-?\d{16}/;

/** Such integers as they are written, where the browser has the means; only then does parsing cost more. */
function exact(_: string, value: unknown, context?: { source: string }): unknown {
  const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
  const long = typeof value === 'number' && !Number.isSafeInteger(value) && context && /^-?\d+$/.test(context.source);
  return long && rawJSON ? rawJSON(context.source) : value;
}

export class Session {
  /** What the worker has, by side and path; compared by identity. */
  readonly #sent: Record<Side, Map<string, Uint8Array>> = { before: new Map(), after: new Map() };
  /** The review of the last answer, which the next one continues. */
  #told: Review | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #progress: ReturnType<typeof setTimeout> | undefined;
  #asked = false;
  #running: number | null = null;
  #pictures = 0;
  #ready: Promise<void>;

  constructor(private readonly store: Store, private readonly engine: Engine) {
    this.#ready = this.#restart();
    store.on('files', ({ typed }) => this.#schedule(typed ? TYPING_PAUSE : 0));
    store.on('options', () => this.#schedule(0));
    store.on('view', () => void this.#draw());
    store.on('find', () => void this.#draw());
    store.on('selection', () => void this.#draw());
  }

  async export(format: string): Promise<string> {
    await this.#ready;
    return (await this.engine.ask('export', { format })).result.text;
  }

  /** Text of a file that came inside an archive. */
  async text(side: Side, path: string): Promise<string | null> {
    const held = this.store.text(side, path);
    if (held !== null) return held;
    try {
      return (await this.engine.ask('text', { side, path })).result.text;
    } catch {
      return null;
    }
  }

  /** What is affected if something is modified; `null` when the core stopped over it. */
  async affected(of: string): Promise<Asked | null> {
    try {
      await this.#ready;
      return (await this.engine.ask('affected', { of })).result;
    } catch (error) {
      this.#stopped(error);
      return null;
    }
  }

  #restart(): Promise<void> {
    const ready = this.#start();
    ready.catch(() => { /* said in a notice; whoever waits for it is told again */ });
    return ready;
  }

  async #start(): Promise<void> {
    for (const side of SIDES) this.#sent[side].clear();
    this.#told = undefined;
    try {
      await this.engine.start();
    } catch (error) {
      this.store.notify({
        kind: 'refused',
        text: 'The review cannot run here: this browser or the site’s policy does not let WebAssembly or a worker start.',
        more: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }

  #schedule(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#review(), pause);
  }

  async #review(): Promise<void> {
    if (this.store.empty) return;
    if (this.#running !== null) {
      this.#asked = true;
      if (performance.now() - this.#running > PATIENCE) this.#ready = this.#restart();
      return;
    }
    this.#running = performance.now();
    this.#asked = false;
    clearTimeout(this.#progress);
    this.#progress = setTimeout(() => this.#working(this.store.files.after.size + this.store.files.before.size), PROGRESS_AFTER);
    try {
      await this.#ready;
      const { result, ms } = await this.engine.ask('review', {
        ...this.#edits(), options: { variables: Object.fromEntries(this.store.variables), modules: Object.fromEntries(this.store.modules) },
      });
      // Also when the answer is out of date.
      this.#told = joined(result.review, this.#told, LONG.test(result.review) ? exact : undefined);
      if (result.lacking && !this.engine.every) {
        this.engine.readEvery();
        this.#ready = this.#restart();
        this.#asked = true;
      }
      if (!this.#asked && !this.store.empty) {
        this.store.dismiss('stopped');
        this.store.setReview(this.#told, ms, result.code);
        void this.#draw();
      }
    } catch (error) {
      this.#stopped(error);
    } finally {
      this.#running = null;
      clearTimeout(this.#progress);
      this.#working(0);
      if (this.#asked) this.#schedule(0);
    }
  }

  async #draw(): Promise<void> {
    if (!this.store.review) return;
    this.#pictures += 1;
    const turn = this.#pictures;
    try {
      const { result } = await this.engine.ask('layout', { view: { ...this.store.view, focus: this.store.selected, query: this.store.find } });
      if (turn === this.#pictures) this.store.setPicture(picture(JSON.parse(result.scene) as Scene, result.geometry));
    } catch (error) {
      if (turn === this.#pictures) this.#stopped(error);
    }
  }

  #edits(): { clear: Side[]; files: FileEdit[] } {
    const clear: Side[] = [];
    const files: FileEdit[] = [];
    for (const side of SIDES) {
      const sent = this.#sent[side];
      const held = this.store.files[side];
      if (held.size === 0 && sent.size > 0 && (side === 'after' || !this.store.compared)) {
        clear.push(side);
        sent.clear();
        continue;
      }
      for (const path of sent.keys()) if (!held.has(path)) files.push({ side, path, bytes: null });
      for (const [path, { bytes }] of held) {
        if (sent.get(path) !== bytes) files.push({ side, path, bytes });
      }
      sent.clear();
      for (const [path, { bytes }] of held) sent.set(path, bytes);
    }
    return { clear, files };
  }

  /** The core stopped: another is started, and the next change is reviewed by it. Nothing typed is lost. */
  #stopped(error: unknown): void {
    if (!(error instanceof CoreError) || error.message === 'stopped') return;
    if (this.store.notices.some(({ kind }) => kind === 'refused')) return;
    this.store.notify({
      kind: 'stopped',
      text: this.store.review
        ? 'The analysis stopped. What is shown is the review before the last change; your text is kept. This is a fault of Plumbline.'
        : 'The analysis stopped. Your text is kept. This is a fault of Plumbline.',
      more: error.message,
    });
    if (error.fatal) this.#ready = this.#restart();
  }

  #working(files: number): void {
    if (this.store.status.working === files) return;
    this.store.status = { ...this.store.status, working: files };
    this.store.emit('status');
  }
}
