//! The picture on a canvas, for thousands of cards: draws what is in view, with as much detail as can be read.

import { h } from '../dom';
import { ICONS } from '../icons';
import { MARKS } from '../symbols';
import { BLOCK, cardMark, cut, destroys, detail, lineMark, rooms } from './drawing';
import type { Marks, Painter } from './painter';
import type { Card, Edge, Picture, Rect } from './scene';
import type { Viewport } from './viewport';

const TOKENS = [
  'paper', 'paper-2', 'paper-3', 'line', 'line-2', 'ink', 'ink-2', 'ink-3', 'ask', 'create', 'create-bg', 'update', 'update-bg',
  'replace', 'delete', 'same', 'on-solid', 'heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5',
] as const;
type Token = (typeof TOKENS)[number];

/** A solid block stays this large on the screen, so that what is destroyed is found at any scale. */
const LEAST_SOLID = 4;
const SMALL = 0.35;

export class CanvasPainter implements Painter {
  readonly element = h('canvas', { class: 'g', 'aria-hidden': 'true' });
  readonly #pen = this.element.getContext('2d');
  readonly #paths = new Map<string, Path2D>();
  #colours: Record<Token, string> | null = null;
  #face = 'sans-serif';
  #picture: Picture | null = null;
  #focus = false;
  #bounds: Float32Array = new Float32Array();

  show(picture: Picture): void {
    this.#picture = picture;
    this.#focus = picture.scene.cards.some(({ focused }) => focused);
    this.#bounds = boundsOf(picture.edges);
  }

  restyle(): void {
    this.#colours = null;
  }

  draw(viewport: Viewport, marks: Marks): void {
    const pen = this.#pen;
    const picture = this.#picture;
    if (!pen || !picture) return;
    this.#colours ??= this.#read();
    const ratio = globalThis.devicePixelRatio || 1;
    const [wide, high] = [Math.round(viewport.width * ratio), Math.round(viewport.height * ratio)];
    if (this.element.width !== wide || this.element.height !== high) {
      this.element.width = wide;
      this.element.height = high;
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, wide, high);
    pen.setTransform(ratio * viewport.scale, 0, 0, ratio * viewport.scale, ratio * viewport.x, ratio * viewport.y);
    const view: Rect = {
      x: -viewport.x / viewport.scale, y: -viewport.y / viewport.scale,
      width: viewport.width / viewport.scale, height: viewport.height / viewport.scale,
    };
    const level = detail(viewport.scale);
    this.#groups(pen, picture, view, level, viewport.scale);
    if (level < 4) this.#edges(pen, picture, view, viewport.scale);
    for (const [index, card] of picture.scene.cards.entries()) {
      const rect = picture.cards[index];
      if (rect && meets(rect, view)) this.#card(pen, card, rect, level, viewport.scale);
    }
    this.#ring(pen, picture.cards[marks.selected], [], viewport.scale);
    if (marks.focused !== marks.selected) this.#ring(pen, picture.cards[marks.focused], [4, 3], viewport.scale);
  }

  #groups(pen: CanvasRenderingContext2D, picture: Picture, view: Rect, level: number, scale: number): void {
    const colours = this.#palette;
    pen.lineWidth = 1 / scale;
    const size = level >= 3 ? Math.min(11 / scale, 60) : 11;
    pen.font = `${size}px ${this.#face}`;
    for (const [index, group] of picture.scene.groups.entries()) {
      const rect = picture.groups[index];
      if (!rect || !meets(rect, view)) continue;
      pen.fillStyle = colours.paper;
      pen.globalAlpha = 0.55;
      pen.fillRect(rect.x, rect.y, rect.width, rect.height);
      pen.globalAlpha = 1;
      pen.strokeStyle = level >= 3 ? colours['line-2'] : colours.line;
      pen.strokeRect(rect.x, rect.y, rect.width, rect.height);
      if (rect.width * scale < 40) continue;
      pen.fillStyle = colours['ink-3'];
      const label = level >= 4 ? `${group.label} ${group.total}` : group.label;
      pen.fillText(cut(label, rect.width - 16, pen.font), rect.x + 8, rect.y + (level >= 3 ? size + 2 : 14));
    }
  }

  #edges(pen: CanvasRenderingContext2D, picture: Picture, view: Rect, scale: number): void {
    const colours = this.#palette;
    for (const [index, edge] of picture.scene.edges.entries()) {
      const at = index * 4;
      const [left = 0, top = 0, right = 0, bottom = 0] = this.#bounds.subarray(at, at + 4);
      if (right < view.x || left > view.x + view.width || bottom < view.y || top > view.y + view.height) continue;
      const points = picture.edges[index];
      if (!points || points.length < 4) continue;
      const cone = edge.role !== 'none';
      pen.globalAlpha = this.#focus && !cone ? 0.5 : 1;
      pen.strokeStyle = cone ? colours.ask : edge.style === 'before-only' ? colours.delete : colours['line-2'];
      pen.lineWidth = (edge.role === 'downstream' ? 1.75 : 1) / Math.min(1, Math.max(scale, 0.5));
      pen.setLineDash(dash(edge));
      pen.beginPath();
      trace(pen, points, scale >= SMALL);
      pen.stroke();
      if (edge.role === 'downstream' && scale >= SMALL) this.#head(pen, points);
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  #head(pen: CanvasRenderingContext2D, points: Float32Array): void {
    const x = points[points.length - 2] ?? 0;
    const y = points[points.length - 1] ?? 0;
    pen.fillStyle = this.#palette.ask;
    pen.beginPath();
    pen.moveTo(x - 6, y - 3.5);
    pen.lineTo(x, y);
    pen.lineTo(x - 6, y + 3.5);
    pen.fill();
  }

  #card(pen: CanvasRenderingContext2D, card: Card, rect: Rect, level: number, scale: number): void {
    const colours = this.#palette;
    const solid = destroys(card.action) && !card.conditional && card.kind !== 'disabled';
    const colour = card.action === 'replace' ? colours.replace : colours.delete;
    if (level >= 3) {
      if (level >= 4 && !solid) return;
      const least = solid ? LEAST_SOLID / scale : 0;
      pen.fillStyle = solid ? colour : this.#block(card);
      pen.fillRect(rect.x, rect.y, Math.max(least, level >= 4 ? least : rect.width), Math.max(least, level >= 4 ? least : rect.height));
      if (!solid) this.#outline(pen, card, rect, scale);
      return;
    }
    pen.fillStyle = colours.paper;
    if (card.kind !== 'external') pen.fillRect(rect.x, rect.y, rect.width, rect.height);
    if (card.kind !== 'group') {
      pen.fillStyle = solid ? colour : this.#block(card);
      pen.fillRect(rect.x, rect.y, BLOCK, rect.height);
    }
    this.#outline(pen, card, rect, scale);
    this.#labels(pen, card, rect, level);
    this.#signs(pen, card, rect, solid);
  }

  #outline(pen: CanvasRenderingContext2D, card: Card, rect: Rect, scale: number): void {
    const colours = this.#palette;
    const solid = destroys(card.action) && !card.conditional;
    pen.strokeStyle = solid ? (card.action === 'replace' ? colours.replace : colours.delete) : colours['line-2'];
    pen.lineWidth = (solid ? 1.5 : 1) / Math.min(1, Math.max(scale, 0.5));
    pen.setLineDash(card.kind === 'external' || card.conditional ? [4, 3] : card.kind === 'disabled' ? [1, 3] : []);
    pen.strokeRect(rect.x + 0.5, rect.y + 0.5, rect.width - 1, rect.height - 1);
    if (card.kind === 'module') pen.strokeRect(rect.x - 2, rect.y - 2, rect.width + 4, rect.height + 4);
    pen.setLineDash([]);
  }

  #labels(pen: CanvasRenderingContext2D, card: Card, rect: Rect, level: number): void {
    const colours = this.#palette;
    const grouped = card.kind === 'group';
    const [name, type] = [`600 12px ${this.#face}`, `11px ${this.#face}`];
    const room = rooms(card, rect.width, type);
    const left = rect.x + (grouped ? 20 : 47);
    pen.font = name;
    pen.fillStyle = card.kind === 'disabled' ? colours['ink-3'] : colours.ink;
    pen.fillText(cut(card.label, grouped ? rect.width - 50 : room.name, name), left, rect.y + (level >= 2 && !grouped ? rect.height / 2 + 4 : 16));
    if (level > 0) return;
    pen.font = type;
    pen.fillStyle = colours['ink-3'];
    if (!grouped) pen.fillText(cut(card.detail, room.type, type), left, rect.y + 30);
    for (const [index, line] of (card.lines ?? []).entries()) pen.fillText(cut(line.text, rect.width - 34, type), rect.x + 27, rect.y + 35 + index * 17);
    if (card.amount === '') return;
    pen.textAlign = 'right';
    pen.fillStyle = colours['ink-2'];
    pen.fillText(card.amount, rect.x + rect.width - 7, rect.y + (card.amount_below ? 30 : 16));
    pen.textAlign = 'left';
  }

  #signs(pen: CanvasRenderingContext2D, card: Card, rect: Rect, solid: boolean): void {
    const colours = this.#palette;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    if (card.kind === 'group') {
      for (const [index, line] of (card.lines ?? []).entries()) this.#mark(pen, lineMark(line), rect.x + 9, rect.y + 25 + index * 17, 12 / 16, false);
    } else {
      this.#mark(pen, cardMark(card), rect.x + 3.5, rect.y + rect.height / 2 - 7.5, 15 / 16, solid);
      this.#stroke(pen, ICONS[card.icon] ?? ICONS['other'] ?? '', rect.x + 28, rect.y + rect.height / 2 - 7, 0.875, colours['ink-3']);
    }
    if (card.steps === undefined || card.steps === 0) return;
    pen.beginPath();
    pen.arc(rect.x + rect.width - 4, rect.y + 1, 8, 0, Math.PI * 2);
    pen.fillStyle = colours.paper;
    pen.fill();
    pen.strokeStyle = colours.ask;
    pen.lineWidth = 1;
    pen.stroke();
    pen.fillStyle = colours.ask;
    pen.font = `600 11px ${this.#face}`;
    pen.textAlign = 'center';
    pen.fillText(String(card.steps), rect.x + rect.width - 4, rect.y + 5);
    pen.textAlign = 'left';
  }

  #mark(pen: CanvasRenderingContext2D, mark: keyof typeof MARKS, x: number, y: number, scale: number, knocked: boolean): void {
    const colours = this.#palette;
    const { path, solid } = MARKS[mark];
    const colour = mark === 'affected' ? colours.ask : mark === 'unknown' ? colours['ink-2'] : mark === 'move' ? colours.same : colours[mark];
    if (solid && !knocked) {
      pen.save();
      pen.translate(x, y);
      pen.scale(scale, scale);
      pen.fillStyle = colour;
      pen.fill(this.#path(solid));
      pen.restore();
    }
    this.#stroke(pen, path, x, y, scale, solid ? colours['on-solid'] : colour);
  }

  #stroke(pen: CanvasRenderingContext2D, path: string, x: number, y: number, scale: number, colour: string): void {
    pen.save();
    pen.translate(x, y);
    pen.scale(scale, scale);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.stroke(this.#path(path));
    pen.restore();
  }

  #ring(pen: CanvasRenderingContext2D, rect: Rect | undefined, dashes: number[], scale: number): void {
    if (!rect) return;
    pen.strokeStyle = this.#palette.ask;
    pen.lineWidth = 2 / Math.min(1, scale);
    pen.setLineDash(dashes);
    pen.strokeRect(rect.x - 3.5, rect.y - 3.5, rect.width + 7, rect.height + 7);
    pen.setLineDash([]);
  }

  #block(card: Card): string {
    const colours = this.#palette;
    if (card.heat > 0) return colours[`heat-${card.heat}` as Token];
    if (card.action === 'create' && !card.conditional) return colours['create-bg'];
    return card.action === 'update' && !card.conditional ? colours['update-bg'] : colours['paper-3'];
  }

  #path(data: string): Path2D {
    const known = this.#paths.get(data) ?? new Path2D(data);
    this.#paths.set(data, known);
    return known;
  }

  get #palette(): Record<Token, string> {
    return this.#colours as Record<Token, string>;
  }

  /** The page's own tokens, as the canvas can take them. */
  #read(): Record<Token, string> {
    const probe = h('span', { hidden: true });
    (this.element.parentElement ?? document.body).append(probe);
    this.#face = getComputedStyle(probe).fontFamily;
    const colours = {} as Record<Token, string>;
    for (const token of TOKENS) {
      probe.style.setProperty('color', `var(--${token})`);
      colours[token] = getComputedStyle(probe).color;
    }
    probe.remove();
    return colours;
  }
}

function dash(edge: Edge): number[] {
  return edge.style === 'implied' ? [5, 3] : edge.style === 'before-only' ? [2, 4] : [];
}

function trace(pen: CanvasRenderingContext2D, points: Float32Array, round: boolean): void {
  pen.moveTo(points[0] ?? 0, points[1] ?? 0);
  const last = points.length - 2;
  for (let at = 2; at < last; at += 2) {
    const [x, y, nextX, nextY] = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, points[at + 3] ?? 0];
    if (round) pen.arcTo(x, y, nextX, nextY, Math.min(5, Math.hypot(nextX - x, nextY - y) / 2));
    else pen.lineTo(x, y);
  }
  pen.lineTo(points[last] ?? 0, points[last + 1] ?? 0);
}

function meets(rect: Rect, view: Rect): boolean {
  return rect.x < view.x + view.width && rect.x + rect.width > view.x && rect.y < view.y + view.height && rect.y + rect.height > view.y;
}

function boundsOf(edges: readonly Float32Array[]): Float32Array {
  const bounds = new Float32Array(edges.length * 4);
  for (const [index, points] of edges.entries()) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    bounds.set([left, top, right, bottom], index * 4);
  }
  return bounds;
}
