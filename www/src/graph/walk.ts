//! Walking the graph with the keyboard: along edges, and among neighbours.

import { destroys } from './drawing';
import type { Picture } from './scene';

/** Index of the card a key leads to; the same card when there is none. */
export function step(picture: Picture, at: number, key: string): number {
  switch (key) {
    case 'ArrowLeft': return nearest(picture, at, picture.scene.edges.filter(({ to }) => to === at).map(({ from }) => from));
    case 'ArrowRight': return nearest(picture, at, picture.scene.edges.filter(({ from }) => from === at).map(({ to }) => to));
    case 'ArrowUp': return beside(picture, at, -1);
    case 'ArrowDown': return beside(picture, at, 1);
    case '[': return destroyed(picture, at, -1);
    case ']': return destroyed(picture, at, 1);
    default: return at;
  }
}

function nearest(picture: Picture, at: number, candidates: readonly number[]): number {
  const here = picture.cards[at];
  let best = at;
  let least = Infinity;
  for (const candidate of candidates) {
    const rect = picture.cards[candidate];
    if (!here || !rect) continue;
    const distance = Math.abs(rect.y - here.y) + Math.abs(rect.x - here.x) / 4;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** The closest card above or below, those in the same column before others. */
function beside(picture: Picture, at: number, way: 1 | -1): number {
  const here = picture.cards[at];
  if (!here) return at;
  let best = at;
  let least = Infinity;
  for (const [index, rect] of picture.cards.entries()) {
    const away = (rect.y - here.y) * way;
    if (away <= 1) continue;
    const distance = away + Math.abs(rect.x - here.x) * 3;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function destroyed(picture: Picture, at: number, way: 1 | -1): number {
  const { cards } = picture.scene;
  for (let turn = 1; turn <= cards.length; turn += 1) {
    const index = (at + way * turn + cards.length * 2) % cards.length;
    const card = cards[index];
    if (card && destroys(card.action)) return index;
  }
  return at;
}
