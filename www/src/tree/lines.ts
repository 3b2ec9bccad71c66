//! The lines of a resource that change, as they stand in the two versions.

import { Text } from '@codemirror/state';
import { Chunk } from '@codemirror/merge';
import type { Source } from '../review';
import { lastLineOf } from './block';

export interface CodeLine {
  number: number;
  sign: '' | '+' | '−';
  text: string;
  /** Lines are left out before this one. */
  gap: boolean;
}

/** More lines than these are read in the source. */
const MOST = 60;

export interface Versions { before: string | null; after: string | null }

/** `block` is where the resource stands in the version that has it; `keep` are lines to show though unchanged. */
export function changedLines(versions: Versions, block: Source, keep: ReadonlySet<number>): { lines: CodeLine[]; more: number } {
  const text = block.before ? versions.before : versions.after;
  const last = Math.max(block.end_line, text === null ? 0 : lastLineOf(text, block.line));
  const all = block.before
    ? whole(versions.before, block.line, last, '−')
    : versions.before === null ? whole(versions.after, block.line, last, '') : compared(versions.before, versions.after ?? '', block.line, last, keep);
  let shown = 0;
  for (const line of all) {
    line.gap = shown > 0 && line.sign !== '−' && line.number > shown + 1;
    if (line.sign !== '−') shown = line.number;
  }
  return { lines: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
}

/** The block as it stands, every line with the same sign. */
function whole(text: string | null, from: number, last: number, sign: CodeLine['sign']): CodeLine[] {
  const lines = (text ?? '').split('\n').slice(from - 1, last);
  return lines.map((line, index) => ({ number: from + index, sign, text: line.replace(/\r$/, ''), gap: false }));
}

function compared(before: string, after: string, from: number, last: number, keep: ReadonlySet<number>): CodeLine[] {
  const old = Text.of(before.split(/\r?\n/));
  const now = Text.of(after.split(/\r?\n/));
  const to = Math.min(last, now.lines);
  const lines: CodeLine[] = [];
  let next = from;
  const context = (end: number): void => {
    for (; next < end && next <= to; next += 1) {
      if (next === from || keep.has(next)) lines.push({ number: next, sign: '', text: now.line(next).text, gap: false });
    }
  };
  for (const chunk of Chunk.build(old, now, { scanLimit: 2000, timeout: 200 })) {
    const addedFrom = now.lineAt(Math.min(chunk.fromB, now.length)).number;
    const addedTo = chunk.toB > chunk.fromB ? now.lineAt(chunk.endB).number : addedFrom - 1;
    if (addedTo < from && !(addedTo < addedFrom && addedFrom > from && addedFrom <= to)) continue;
    if (addedFrom > to) break;
    context(addedFrom);
    if (chunk.toA > chunk.fromA) {
      const removedTo = old.lineAt(chunk.endA).number;
      for (let at = old.lineAt(chunk.fromA).number; at <= removedTo; at += 1) {
        lines.push({ number: at, sign: '−', text: old.line(at).text, gap: false });
      }
    }
    for (let at = Math.max(addedFrom, from); at <= Math.min(addedTo, to); at += 1) {
      lines.push({ number: at, sign: '+', text: now.line(at).text, gap: false });
    }
    next = Math.max(next, addedTo + 1);
  }
  context(to + 1);
  return lines;
}
