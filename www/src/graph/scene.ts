//! The picture as the core lays it out: cards, groups, edges, and one array of positions.

import type { Action } from '../review';

export type CardKind = 'resource' | 'module' | 'external' | 'disabled' | 'group' | 'more';
export type Role = 'none' | 'upstream' | 'downstream';
export type GroupBy = 'auto' | 'module' | 'file' | 'type' | 'provider' | 'none';
export type Colour = 'action' | 'cost';

/** What the reader asked to see; every field may be left out. */
export interface View {
  changed_only?: boolean;
  destroyed_only?: boolean;
  show_all?: boolean;
  show_disabled?: boolean;
  hide_data?: boolean;
  focus?: string | null;
  expanded?: string[];
  collapsed?: string[];
  group_by?: GroupBy;
  colour?: Colour;
  query?: string;
  depth?: number;
}

export interface CardLine {
  symbol: 'replace' | 'delete' | 'update' | 'create' | 'move' | 'same' | 'affected';
  count: number;
  text: string;
}

export interface Card {
  id: string;
  kind: CardKind;
  group?: number;
  label: string;
  detail: string;
  amount: string;
  amount_below?: boolean;
  title: string;
  action: Action;
  icon: string;
  conditional?: boolean;
  deleted?: boolean;
  destructive?: boolean;
  data?: boolean;
  focused?: boolean;
  matched?: boolean;
  role: Role;
  steps?: number;
  heat: number;
  lines?: CardLine[];
}

export interface Group { id: string; label: string; parent?: number; total: number }

/** The way a change travels: from what is needed to what needs it. */
export interface Edge {
  from: number;
  to: number;
  role: Role;
  style: 'solid' | 'implied' | 'before-only';
  references: number;
  points: number;
}

export interface Scene {
  width: number;
  height: number;
  cards: Card[];
  groups: Group[];
  edges: Edge[];
  total: number;
  hidden: number;
  summary: string;
}

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
