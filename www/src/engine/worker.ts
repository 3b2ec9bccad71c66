//! The worker: the one place that calls the core. A classic script, started from text inside the page.

import { openCore } from '#core';
import type { Asked } from '../review';
import type { Answer, Parts, Project, Request } from './protocol';

const scope = self as unknown as { onmessage: (event: MessageEvent<Request>) => void; postMessage(value: unknown, transfer?: Transferable[]): void };

/** Reviews of a small sample that bring the engine's compiled code up to speed. */
const WARM_UPS = 40;

let project: Project | null = null;
/** Whether the page has asked for more than the start. */
let asked = false;

async function answer(request: Request): Promise<{ ok: unknown; transfer?: Transferable[] }> {
  switch (request.kind) {
    case 'start': {
      const parts = request.payload as Parts;
      const module = await compile(parts.core);
      const core = await openCore(module, parts.every);
      if (parts.prices) core.project.set_prices(await unpack(parts.prices));
      project = core.project;
      warmUp(WARM_UPS);
      return { ok: { module, version: core.version } };
    }
    case 'review': {
      const { clear, files, options } = request.payload as Request<'review'>['payload'];
      const open = running();
      for (const side of clear) open.clear(side);
      for (const { side, path, bytes } of files) {
        if (bytes) open.set_file(side, path, bytes);
        else open.remove_file(side, path);
      }
      open.set_options(options);
      const review = open.update();
      // The code of a diagnostic; text from a file has its quotes escaped.
      const { code } = JSON.parse(open.affected('')) as Asked;
      return { ok: { review, lacking: review.includes('"code":"not-in-this-core"'), code } };
    }
    case 'layout': {
      const { view } = request.payload as Request<'layout'>['payload'];
      const scene = running().layout(view);
      const geometry = running().geometry();
      return { ok: { scene, geometry }, transfer: [geometry.buffer as ArrayBuffer] };
    }
    case 'export': return { ok: { text: running().export((request.payload as Request<'export'>['payload']).format) } };
    case 'affected': return { ok: JSON.parse(running().affected((request.payload as Request<'affected'>['payload']).of)) };
    case 'text': {
      const { side, path } = request.payload as Request<'text'>['payload'];
      return { ok: { text: running().text(side, path) ?? null } };
    }
  }
}

/** Goes back to the event loop each time: the engine's optimiser gets its turn, and a request need not wait. */
function warmUp(left: number): void {
  if (left === 0) return;
  setTimeout(() => {
    if (asked) return;
    project?.warm_up();
    warmUp(left - 1);
  }, 0);
}

function running(): Project {
  if (!project) throw new Error('The core has not started.');
  return project;
}

/** A trap leaves the instance in an unknown state; any other error is an answer. */
function fatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

async function compile(core: Parts['core']): Promise<WebAssembly.Module | null> {
  if (typeof core !== 'string') return core;
  return core === '' ? null : WebAssembly.compile(await unpack(core) as BufferSource);
}

/** Base64 of gzip, as the page carries it. */
async function unpack(text: string): Promise<Uint8Array> {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

let queue: Promise<void> = Promise.resolve();

scope.onmessage = ({ data: request }) => {
  asked ||= request.kind !== 'start';
  queue = queue.then(async () => {
    const started = performance.now();
    const reply: Answer = { id: request.id, ms: 0 };
    let transfer: Transferable[] = [];
    try {
      const result = await answer(request);
      reply.ok = result.ok;
      transfer = result.transfer ?? [];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      reply.error = { message, fatal: request.kind === 'start' || fatal(error) };
    }
    reply.ms = performance.now() - started;
    scope.postMessage(reply, transfer);
  });
};
