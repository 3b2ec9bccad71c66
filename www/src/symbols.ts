//! The marks of visual language: what happens to a resource, how bad a finding is. The word always goes with
//! the mark, or is its accessible name.

import { type Child, h, svg } from './dom';
import { ICONS } from './icons';
import type { Action, Severity } from './review';

/** What a mark can say. `same` is unchanged, `affected` in reach, `unknown` may or may not. */
export type Mark = 'create' | 'update' | 'replace' | 'delete' | 'same' | 'affected' | 'unknown' | 'move';

interface Drawing { path: string; solid?: string; dashed?: boolean; width?: number }

/** Path data on 16 px; `solid` is filled in the colour and `path` is knocked out of it. */
export const MARKS: Readonly<Record<Mark, Drawing>> = {
  create: { path: 'M8 1.75a6.25 6.25 0 110 12.5 6.25 6.25 0 010-12.5M8 5v6M5 8h6' },
  update: { path: 'M8 1.2L14.8 8 8 14.8 1.2 8zM5 8.7c1-1.6 2-1.4 3-.7s2 .9 3-.7' },
  replace: { path: 'M5 4.75h6M5 9.75h6M8 7.25v5', solid: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', width: 1.6 },
  delete: { path: 'M5 8h6', solid: 'M2 2h12v12H2z', width: 1.8 },
  same: { path: 'M8 5.75a2.25 2.25 0 110 4.5 2.25 2.25 0 010-4.5' },
  affected: { path: 'M4.5 2.5L13 8l-8.5 5.5z' },
  unknown: { path: 'M6.2 6.3a1.8 1.8 0 112.5 1.7c-.5.2-.7.5-.7 1M8 11.2v.1', dashed: true },
  move: { path: 'M2 3.5h4v9H2zM8 8h6M11.5 5.5L14 8l-2.5 2.5' },
};

const UNKNOWN_RING = 'M8 1.75a6.25 6.25 0 110 12.5 6.25 6.25 0 010-12.5';

export const ACTION_MARK: Readonly<Record<Action, Mark>> = {
  create: 'create', update: 'update', replace: 'replace', delete: 'delete', forget: 'delete', move: 'move',
  import: 'move', read: 'same', 'no-op': 'same',
};

export const ACTION_WORD: Readonly<Record<Action, string>> = {
  create: 'Create', update: 'Update', replace: 'Replace', delete: 'Delete', forget: 'Forget', move: 'Move',
  import: 'Import', read: 'Read', 'no-op': 'Unchanged',
};

const COLOUR: Readonly<Record<Mark, string>> = {
  create: 'c-create', update: 'c-update', replace: 'c-replace', delete: 'c-delete', same: 'c-same',
  affected: 'c-ask', unknown: 'c-unknown', move: 'c-same',
};

/** A mark; with `name` it speaks, without it is decoration beside its word. */
export function mark(kind: Mark, name?: string): SVGSVGElement {
  const { path, solid, dashed, width } = MARKS[kind];
  const says = name ? { role: 'img', 'aria-label': name } : { 'aria-hidden': 'true' };
  return svg('svg', { class: `a ${COLOUR[kind]}`, viewBox: '0 0 16 16', ...says },
    solid && svg('path', { d: solid, fill: 'currentColor' }),
    dashed && svg('path', { d: UNKNOWN_RING, class: 'm', 'stroke-dasharray': '2.6 2.3' }),
    svg('path', { d: path, class: solid ? 'k' : 'm', 'stroke-width': width ?? 1.5 }));
}

/** Mark of an action, speaking. */
export function actionMark(action: Action): SVGSVGElement {
  return mark(ACTION_MARK[action], ACTION_WORD[action]);
}

export function icon(name: string): SVGSVGElement {
  return svg('svg', { class: 'i', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: ICONS[name] ?? ICONS['other'] ?? '' }));
}

/** The plumb bob. */
export function bob(): SVGSVGElement {
  return svg('svg', { viewBox: '0 0 12 20', 'aria-hidden': 'true' },
    svg('path', { d: 'M6 0v9', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }),
    svg('path', { d: 'M2.5 9h7L6 19.5z', fill: 'currentColor' }));
}

const LEVEL: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1, info: 0 };
const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info',
};

/** Higher is worse. */
export function severityLevel(severity: Severity): number {
  return LEVEL[severity];
}

/** Four rising bars and the word; Critical is a solid tag. */
export function severity(of: Severity): HTMLElement {
  const level = LEVEL[of];
  const bars: Child[] = [0, 1, 2, 3].map((bar) => svg('rect', {
    x: bar * 3.6, y: 9 - bar * 3, width: 2.4, height: 3 + bar * 3, class: bar < level ? 'on' : 'off',
  }));
  const word = SEVERITY_WORD[of];
  return h('span', { class: `sev s${level}` },
    svg('svg', { viewBox: '-.5 -.5 15 13', 'aria-hidden': 'true' }, bars), level === 4 ? h('b', null, word) : word);
}
