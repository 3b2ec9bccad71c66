//! The lines of a resource that change, as they stand in the two versions.

import type { Source } from '../review';
import { lastLineOf } from './block';
import { lineDiff } from './diff';

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

/**
 * `block` is where the resource stands in the version that has it; `keep` are lines to show though unchanged; `previous` is
 * the address that it had before, if that was another.
 */
export function changedLines(versions: Versions, block: Source, keep: ReadonlySet<number>, previous?: string): { lines: CodeLine[]; more: number } {
  const text = block.before ? versions.before : versions.after;
  const last = Math.max(block.end_line, text === null ? 0 : lastLineOf(text, block.line));
  const all = block.before
    ? whole(versions.before, block.line, last, '−')
    : versions.before === null ? whole(versions.after, block.line, last, '') : compared(versions.before, versions.after ?? '', block.line, last, keep, previous);
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

/**
 * A block that stands once in both versions is compared with itself, wherever it stood; any other with the whole file. Of
 * what was there before it, or behind it, nothing is shown.
 */
function compared(before: string, after: string, from: number, last: number, keep: ReadonlySet<number>, previous: string | undefined): CodeLine[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const to = Math.min(last, now.length);
  const head = now[from - 1] ?? '';
  const braced = /\{\s*(#.*)?$/.test(head) && lastLineOf(after, from) === last;
  const [own, ...others] = braced ? heads(old, head, previous) : [];
  if (braced && own === undefined) return whole(after, from, to, '+');
  const alone = own !== undefined && others.length === 0;
  const [start, end] = alone ? [own, lastLineOf(before, own)] : [1, old.length];
  const shift = alone ? from : 1;
  const lines: CodeLine[] = [];
  let next = from;
  const context = (end: number): void => {
    for (; next < end && next <= to; next += 1) {
      if (next === from || keep.has(next)) lines.push({ number: next, sign: '', text: now[next - 1] ?? '', gap: false });
    }
  };
  for (const hunk of lineDiff(old.slice(start - 1, end), alone ? now.slice(from - 1, to) : now)) {
    const [addedFrom, addedTo] = [hunk.fromB + shift, hunk.toB + shift];
    if (addedTo < from || (addedTo === from && !alone)) continue;
    if (addedFrom > to) break;
    context(addedFrom);
    for (let at = hunk.fromA; at < hunk.toA && addedFrom >= from; at += 1) lines.push({ number: at + start, sign: '−', text: old[at + start - 1] ?? '', gap: false });
    for (let at = Math.max(addedFrom, from); at < addedTo && at <= to; at += 1) lines.push({ number: at, sign: '+', text: now[at - 1] ?? '', gap: false });
    next = Math.max(next, addedTo);
  }
  context(to + 1);
  return lines;
}

/** Lines, from 1, that begin the block of this first line, or of the address that it had. */
function heads(lines: readonly string[], head: string, previous: string | undefined): number[] {
  const [type, name] = previous?.replace(/\[[^\]]*\]/g, '').split('.').slice(-2) ?? [];
  return lines.flatMap((line, at) => (line === head || (name !== undefined && line.startsWith(`resource "${type}" "${name}"`)) ? [at + 1] : []));
}
