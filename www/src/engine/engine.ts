//! The page's side of the worker: starts it, asks it, drops answers that are out of date, and starts another
//! when the core stops. What was typed is never here alone, so a crash costs one review and nothing else.

import type { Answer, Kind, Parts, Requests } from './protocol';

interface Waiting { kind: Kind; done: (value: never, ms: number) => void; failed: (error: CoreError) => void }

export class CoreError extends Error {
  constructor(message: string, readonly fatal: boolean) {
    super(message);
  }
}

/** What the page has to carry to start the core. */
export interface Source { worker: () => Worker; core: (every: boolean) => string; prices: () => string | null; ready: Promise<void> }

export class Engine {
  #worker: Worker | null = null;
  #module: WebAssembly.Module | null = null;
  #next = 1;
  readonly #waiting = new Map<number, Waiting>();
  /** How often the worker was started; files have to be sent again after each. */
  generation = 0;
  version = '';
  #every = false;

  constructor(private readonly source: Source) {}

  /** Starts the worker, or another in its place. Rejects when the page is not allowed to. */
  async start(): Promise<void> {
    this.stop();
    this.generation += 1;
    await this.source.ready;
    this.#worker = this.source.worker();
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#answered(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failAll(new CoreError(event.message || 'The worker did not start.', true));
    };
    const parts: Parts = { core: this.#module ?? this.source.core(this.#every), every: this.#every, prices: this.source.prices() };
    const { result } = await this.ask('start', parts);
    this.#module = result.module;
    this.version = result.version;
  }

  /** Takes the core that reads every format from the next start on; larger, so not before a file needs it. */
  readEvery(): void {
    if (this.#every) return;
    this.#every = true;
    this.#module = null;
  }

  get every(): boolean {
    return this.#every;
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#failAll(new CoreError('stopped', false));
  }

  get running(): boolean {
    return this.#worker !== null;
  }

  ask<K extends Kind>(kind: K, payload: Requests[K]['payload']): Promise<{ result: Requests[K]['result']; ms: number }> {
    return new Promise((resolve, reject) => {
      if (!this.#worker) return reject(new CoreError('The worker does not run.', true));
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, { kind, done: (result, ms) => resolve({ result, ms }), failed: reject });
      this.#worker.postMessage({ id, kind, payload });
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    this.#waiting.delete(answer.id);
    if (answer.error) waiting.failed(new CoreError(answer.error.message, answer.error.fatal));
    else waiting.done(answer.ok as never, answer.ms);
  }

  #failAll(error: CoreError): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of all) waiting.failed(error);
  }
}

/** Base64 and the worker's text come from data blocks of the page itself. */
export function fromPage(): Source {
  // The page shows itself before the blocks under its script have been read.
  const ready = document.readyState === 'loading'
    ? new Promise<void>((done) => document.addEventListener('DOMContentLoaded', () => done(), { once: true })) : Promise.resolve();
  return { worker: startWorker, core: (every) => block(every ? 'plumbline-every' : 'plumbline-core'), prices: () => block('plumbline-prices') || null, ready };
}

function block(id: string): string {
  return document.getElementById(id)?.textContent?.trim() ?? '';
}

let policy: { createScriptURL(url: string): unknown } | null | undefined;

function startWorker(): Worker {
  const url = URL.createObjectURL(new Blob([block('plumbline-worker')], { type: 'text/javascript' }));
  try {
    return new Worker(trusted(url) as string);
  } finally {
    // The worker has its own copy by the time it runs; the address is needed for the start alone.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

/** One policy, accepting only addresses of text that this page made. */
function trusted(url: string): unknown {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } }).trustedTypes;
  if (policy === undefined) {
    policy = factory?.createPolicy('plumbline', {
      createScriptURL: (text: string) => {
        if (!text.startsWith('blob:')) throw new TypeError('Only scripts of this page run.');
        return text;
      },
    }) ?? null;
  }
  return policy ? policy.createScriptURL(url) : url;
}
