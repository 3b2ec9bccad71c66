//! What both painters share: levels of detail, rounded lines, labels cut to their room.

import type { Action } from '../review';
import { ACTION_MARK, type Mark } from '../symbols';
import type { Card, CardLine } from './scene';

export const BLOCK = 21;
const RADIUS = 5;

/** 0 all, 1 no type and amount, 2 name only, 3 block and group label, 4 groups only. */
export function detail(scale: number): 0 | 1 | 2 | 3 | 4 {
  if (scale >= 0.85) return 0;
  if (scale >= 0.6) return 1;
  if (scale >= 0.35) return 2;
  return scale >= 0.15 ? 3 : 4;
}

export function cardMark(card: Card): Mark {
  if (card.conditional) return 'unknown';
  return ACTION_MARK[card.action];
}

export function lineMark(line: CardLine): Mark {
  return line.symbol;
}

/** Destroyed: solid block and a strong outline. */
export function destroys(action: Action): boolean {
  return action === 'replace' || action === 'delete' || action === 'forget';
}

/** Path data of a polyline with rounded corners. */
export function rounded(points: Float32Array): string {
  const count = points.length / 2;
  if (count < 2) return '';
  const at = (index: number): [number, number] => [points[index * 2] ?? 0, points[index * 2 + 1] ?? 0];
  const [startX, startY] = at(0);
  let path = `M${round(startX)} ${round(startY)}`;
  for (let index = 1; index < count - 1; index += 1) {
    const [x, y] = at(index);
    const [beforeX, beforeY] = at(index - 1);
    const [afterX, afterY] = at(index + 1);
    const inward = Math.min(RADIUS, Math.hypot(x - beforeX, y - beforeY) / 2);
    const outward = Math.min(RADIUS, Math.hypot(afterX - x, afterY - y) / 2);
    const [fromX, fromY] = towards(x, y, beforeX, beforeY, inward);
    const [toX, toY] = towards(x, y, afterX, afterY, outward);
    path += `L${round(fromX)} ${round(fromY)}Q${round(x)} ${round(y)} ${round(toX)} ${round(toY)}`;
  }
  const [endX, endY] = at(count - 1);
  return `${path}L${round(endX)} ${round(endY)}`;
}

/** An arrowhead at the end of a polyline that comes in from the left. */
export function head(points: Float32Array): string {
  const x = points[points.length - 2] ?? 0;
  const y = points[points.length - 1] ?? 0;
  return `M${round(x - 6)} ${round(y - 3.5)}L${round(x)} ${round(y)}l-6 3.5z`;
}

function towards(x: number, y: number, toX: number, toY: number, by: number): [number, number] {
  const length = Math.hypot(toX - x, toY - y) || 1;
  return [x + ((toX - x) / length) * by, y + ((toY - y) / length) * by];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

let pen: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** Width of a label in the font that is really there. */
function measured(text: string, font: string): number {
  const key = `${font}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * 6;
  pen.font = font;
  const width = pen.measureText(text).width;
  if (widths.size > 20_000) widths.clear();
  widths.set(key, width);
  return width;
}

/** The core cuts labels for an ordinary face; a wider one needs another cut, in the middle, the end kept. */
export function cut(text: string, room: number, font: string): string {
  if (measured(text, font) <= room) return text;
  const plain = text.replace('…', '');
  for (let keep = plain.length - 1; keep > 2; keep -= 1) {
    const tail = Math.ceil(keep / 2);
    const shorter = `${plain.slice(0, keep - tail)}…${plain.slice(plain.length - tail)}`;
    if (measured(shorter, font) <= room) return shorter;
  }
  return '…';
}

/** Room for the first and the second line of a card, the amount beside whichever has it. */
export function rooms(card: Card, width: number, amountFont: string): { name: number; type: number } {
  const full = width - 47 - 6;
  const amount = card.amount === '' ? 0 : measured(card.amount, amountFont) + 6;
  return card.amount_below ? { name: full, type: full - amount } : { name: full - amount, type: full };
}
