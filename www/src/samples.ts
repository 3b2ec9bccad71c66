//! Samples, carried in the page itself so that looking at one asks nothing of any server.

import found from '#samples';
import type { Mark } from './symbols';

export interface Sample {
  id: string;
  title: string;
  story: string;
  /** The mark of its verdict. */
  mark?: Mark;
  /** Text by path. */
  before: Record<string, string>;
  after: Record<string, string>;
}

export const SAMPLES: readonly Sample[] = found;
