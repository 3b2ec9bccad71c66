//! What differs between two texts, line by line. Blocks are matched before their lines: whole ones first, then by their
//! first line. A diff of the lines alone shows the brace before an added block as new, and the block's own as old.

import { Change, diff, presentableDiff } from '@codemirror/merge';

/** Lines `fromA` to `toA` became lines `fromB` to `toB`: counted from 0, ends excluded. */
export interface Hunk { fromA: number; toA: number; fromB: number; toB: number }

const BOUNDS = { scanLimit: 2000, timeout: 200 };
/** Blocks nested deeper are compared by their lines. */
const DEPTH = 16;
/** Each different line is one character of the diff; of more lines than these only what begins and ends alike is told apart. */
const MOST = 50_000;
/** Ends a block or stands between its parts; opens none. */
const OPENS_NONE = /^\s*([}\])]|$)/;

export function lineDiff(a: readonly string[], b: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  blocks(a, b, { fromA: 0, toA: a.length, fromB: 0, toB: b.length }, DEPTH, hunks);
  for (const [at, hunk] of hunks.entries()) blankLast(a, b, hunk, hunks[at + 1]);
  return hunks;
}

/** A part that was added or taken away with the empty line before it did so with the one behind it. */
function blankLast(a: readonly string[], b: readonly string[], hunk: Hunk, next: Hunk | undefined): void {
  const [more, from, to] = hunk.fromA === hunk.toA ? [b, hunk.fromB, hunk.toB] : hunk.fromB === hunk.toB ? [a, hunk.fromA, hunk.toA] : [[], 0, 0];
  for (let at = 0; more[from + at] === '' && more[to + at] === '' && from + at < to && hunk.toA < (next?.fromA ?? Infinity); at += 1) {
    hunk.fromA += 1;
    hunk.toA += 1;
    hunk.fromB += 1;
    hunk.toB += 1;
  }
}

/** The same for the editor: places of the changed lines, and in them of what reads well as changed. */
export function changes(a: string, b: string): Change[] {
  const [linesA, linesB] = [a.split('\n'), b.split('\n')];
  const [startsA, startsB] = [starts(linesA), starts(linesB)];
  return lineDiff(linesA, linesB).flatMap((hunk) => {
    // There is no place behind the last line to begin at: its line break is part of what differs.
    const back = (hunk.fromA === linesA.length || hunk.fromB === linesB.length) && hunk.fromA > 0 && hunk.fromB > 0 ? 1 : 0;
    const [fromA, fromB] = [(startsA[hunk.fromA] ?? 0) - back, (startsB[hunk.fromB] ?? 0) - back];
    const [toA, toB] = [Math.min(startsA[hunk.toA] ?? 0, a.length), Math.min(startsB[hunk.toB] ?? 0, b.length)];
    if (hunk.fromA === hunk.toA || hunk.fromB === hunk.toB) return [new Change(fromA, toA, fromB, toB)];
    return presentableDiff(a.slice(fromA, toA), b.slice(fromB, toB), BOUNDS)
      .map((change) => new Change(fromA + change.fromA, fromA + change.toA, fromB + change.fromB, fromB + change.toB));
  });
}

function starts(lines: readonly string[]): number[] {
  const all = [0];
  for (const line of lines) all.push((all.at(-1) ?? 0) + line.length + 1);
  return all;
}

function blocks(a: readonly string[], b: readonly string[], within: Hunk, depth: number, out: Hunk[]): void {
  const [toA, toB] = inside(a, b, within);
  const [inA, inB] = [parts(a, within.fromA, toA), parts(b, within.fromB, toB)];
  const whole = (lines: readonly string[], starts: readonly number[]) => starts.slice(0, -1).map((from, at) => lines.slice(from, starts[at + 1]).join('\n'));
  const first = (lines: readonly string[], starts: readonly number[]) => starts.map((from) => lines[from] ?? '');
  pair(whole(a, inA), whole(b, inB), () => { /* the same in both */ }, (differ) => {
    pair(first(a, inA.slice(differ.fromA, differ.toA)), first(b, inB.slice(differ.fromB, differ.toB)), (atA, atB) => {
      const [ownA, ownB] = [differ.fromA + atA, differ.fromB + atB];
      const own = { fromA: (inA[ownA] ?? 0) + 1, toA: inA[ownA + 1] ?? 0, fromB: (inB[ownB] ?? 0) + 1, toB: inB[ownB + 1] ?? 0 };
      (depth > 0 ? blocks : lines)(a, b, own, depth - 1, out);
    }, (left) => lines(a, b, {
      fromA: inA[differ.fromA + left.fromA] ?? 0, toA: inA[differ.fromA + left.toA] ?? 0,
      fromB: inB[differ.fromB + left.fromB] ?? 0, toB: inB[differ.fromB + left.toB] ?? 0,
    }, depth, out));
  });
}

/** What closes the block around them, and the empty lines behind it, is no part of the last part. */
function inside(a: readonly string[], b: readonly string[], { fromA, toA, fromB, toB }: Hunk): [number, number] {
  const least = Math.min(leastOf(indentsOf(a.slice(fromA, toA))), leastOf(indentsOf(b.slice(fromB, toB))));
  let back = 0;
  for (; toA - back > fromA && toB - back > fromB; back += 1) {
    const line = a[toA - back - 1] ?? '';
    if (line !== b[toB - back - 1] || !OPENS_NONE.test(line) || line.search(/\S/) >= least) break;
  }
  return [toA - back, toB - back];
}

/** How far in each line stands that opens something. */
function indentsOf(lines: readonly string[]): number[] {
  return lines.map((line) => (OPENS_NONE.test(line) ? Infinity : line.search(/\S/)));
}

function leastOf(indents: readonly number[]): number {
  return indents.reduce((least, indent) => Math.min(least, indent), Infinity);
}

/** Where the parts begin that are indented least, and behind the last one where they end. */
function parts(lines: readonly string[], from: number, to: number): number[] {
  const indents = indentsOf(lines.slice(from, to));
  const least = leastOf(indents);
  // What stands before the first of them belongs to it.
  const found = indents.flatMap((indent, at) => (indent === least && indent < Infinity ? [from + at] : []));
  return from === to ? [to] : [from, ...found.slice(1), to];
}

function lines(a: readonly string[], b: readonly string[], { fromA, toA, fromB, toB }: Hunk, _depth: number, out: Hunk[]): void {
  pair(a.slice(fromA, toA), b.slice(fromB, toB), () => { /* the same in both */ }, (differ) => {
    const hunk = { fromA: fromA + differ.fromA, toA: fromA + differ.toA, fromB: fromB + differ.fromB, toB: fromB + differ.toB };
    const last = out.at(-1);
    if (last && last.toA === hunk.fromA && last.toB === hunk.fromB) [last.toA, last.toB] = [hunk.toA, hunk.toB];
    else out.push(hunk);
  });
}

/** Walks two lists: what stands in both in the same order, and what differs between. */
function pair(a: readonly string[], b: readonly string[], same: (atA: number, atB: number) => void, differ: (gap: Hunk) => void): void {
  const codes = new Map<string, string>();
  const coded = (keys: readonly string[]): string => keys.map((key) => {
    const code = codes.get(key) ?? String.fromCharCode(0x100 + codes.size);
    codes.set(key, code);
    return code;
  }).join('');
  const found: readonly Hunk[] = a.length + b.length > MOST ? [{ fromA: 0, toA: a.length, fromB: 0, toB: b.length }] : diff(coded(a), coded(b), BOUNDS);
  let atA = 0;
  let atB = 0;
  for (const gap of [...found, { fromA: a.length, toA: a.length, fromB: b.length, toB: b.length }]) {
    while (atA < gap.fromA) {
      same(atA, atB);
      atA += 1;
      atB += 1;
    }
    if (gap.toA > gap.fromA || gap.toB > gap.fromB) differ(gap);
    [atA, atB] = [gap.toA, gap.toB];
  }
}
