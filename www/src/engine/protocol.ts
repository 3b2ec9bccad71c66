//! What the page and the worker say to each other. Every request has an id; the answer carries the same.

import type { Asked, Project as Core, ReviewOptions, Side, View } from '../../../pkg/plumbline';

export type { Side };

/** A file set, or taken away when it has no bytes. */
export interface FileEdit { side: Side; path: string; bytes: Uint8Array | null }

/** The core as the page carries it: packed text on first start, the compiled module after a restart. */
export interface Parts { core: string | WebAssembly.Module; every: boolean; prices: string | null }

export interface Requests {
  start: { payload: Parts; result: { module: WebAssembly.Module | null; version: string } };
  review: {
    payload: { clear: Side[]; files: FileEdit[]; options: ReviewOptions };
    /** `review`: what differs from the review of the answer before. `lacking`: a file is of a format that only the core for every format reads. `code`: paths that can be asked about. */
    result: { review: string; lacking: boolean; code: string[] };
  };
  layout: { payload: { view: View }; result: { scene: string; geometry: Float32Array } };
  export: { payload: { format: string }; result: { text: string } };
  affected: { payload: { of: string }; result: Asked };
  text: { payload: { side: Side; path: string }; result: { text: string | null } };
}

export type Kind = keyof Requests;

export interface Request<K extends Kind = Kind> { id: number; kind: K; payload: Requests[K]['payload'] }

export interface Answer {
  id: number;
  ms: number;
  ok?: unknown;
  /** `fatal`: the core stopped and cannot be asked again. */
  error?: { message: string; fatal: boolean };
}

/** What the worker needs of the core. */
export type Project = Pick<Core, 'set_prices' | 'set_file' | 'remove_file' | 'clear' | 'set_options' | 'update' | 'layout' | 'geometry' | 'export'
  | 'affected' | 'text' | 'warm_up'>;
