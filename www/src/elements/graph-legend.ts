//! What the shapes of the graph mean: only those that are in it.

import { type Child, h } from '../dom';
import type { Colour, Scene } from '../graph/scene';
import { mark, type Mark } from '../symbols';
import { cardMark, lineMark } from '../graph/drawing';

const WORDS: readonly (readonly [Mark, string])[] = [
  ['replace', 'Replace'], ['delete', 'Delete'], ['update', 'Update'], ['create', 'Create'], ['move', 'Move'], ['same', 'Unchanged'],
  ['unknown', 'Not known'], ['affected', 'In reach'],
];

export function graphLegend(scene: Scene, colour: Colour, compared: boolean): Child[] {
  const seen = new Set<Mark>();
  for (const card of scene.cards) {
    if (card.kind === 'group') for (const line of card.lines ?? []) seen.add(lineMark(line));
    else seen.add(cardMark(card));
  }
  const steps = scene.cards.some((card) => (card.steps ?? 0) > 0);
  const implied = scene.edges.some(({ style }) => style === 'implied');
  const gone = scene.edges.some(({ style }) => style === 'before-only');
  return [
    WORDS.filter(([kind]) => seen.has(kind)).map(([kind, word]) => h('span', null, mark(kind), kind === 'same' && !compared ? 'Declared' : word)),
    steps && h('span', null, h('i', { class: 'dist' }, '1'), 'Steps away'),
    implied && h('span', null, h('i', { class: 'dashes' }), 'Implied'),
    gone && h('span', null, h('i', { class: 'dots' }), 'Only before'),
    colour === 'cost' && h('span', null, [1, 2, 3, 4, 5].map((heat) => h('i', { class: `heat h${heat}` })), 'Cost, low to high'),
  ];
}
