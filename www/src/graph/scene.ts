//! The picture as the core lays it out: cards, groups, edges, and one array of positions.

import type { Scene } from '../../../pkg/plumbline';

export type { Card, CardLine, Colour, Edge, GroupBy, Scene, View } from '../../../pkg/plumbline';

export interface Rect { x: number; y: number; width: number; height: number }

/** A scene with its positions read. */
export interface Picture {
  scene: Scene;
  cards: Rect[];
  groups: Rect[];
  /** x, y of each corner, one array an edge. */
  edges: Float32Array[];
}

/** Reads positions: cards, then groups, then the points of each edge. */
export function picture(scene: Scene, geometry: Float32Array): Picture {
  let at = 0;
  const rect = (): Rect => {
    const [x = 0, y = 0, width = 0, height = 0] = geometry.subarray(at, at + 4);
    at += 4;
    return { x, y, width, height };
  };
  const cards = scene.cards.map(rect);
  const groups = scene.groups.map(rect);
  const edges = scene.edges.map((edge) => {
    const points = geometry.subarray(at, at + edge.points * 2);
    at += edge.points * 2;
    return points;
  });
  return { scene, cards, groups, edges };
}
