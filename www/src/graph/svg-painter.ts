//! The picture as SVG: crisp, styled by the page, for as many cards as a person reads.

import { svg } from '../dom';
import { ICONS } from '../icons';
import { MARKS, type Mark } from '../symbols';
import { cardMark, cut, destroys, detail, head, lineMark, rooms, rounded } from './drawing';
import type { Marks, Painter } from './painter';
import type { Card, Edge, Picture, Rect } from './scene';
import type { Viewport } from './viewport';

export class SvgPainter implements Painter {
  readonly element = svg('svg', { class: 'g', 'aria-hidden': 'true' });
  #world = svg('g');
  #cards: SVGGElement[] = [];
  #rings: { selected: SVGRectElement; focused: SVGRectElement };
  #picture: Picture | null = null;
  #fonts = { name: '', type: '' };

  constructor() {
    const ring = (kind: string): SVGRectElement => svg('rect', { class: `selr ${kind}`, rx: 5, visibility: 'hidden' });
    this.#rings = { selected: ring('is-selected'), focused: ring('is-focused') };
    this.element.append(this.#world);
  }

  show(picture: Picture): void {
    this.#picture = picture;
    if (this.#fonts.name === '') this.restyle();
    const { scene } = picture;
    const focus = scene.cards.some(({ focused }) => focused);
    this.#cards = scene.cards.map((card, index) => this.#card(card, picture.cards[index] ?? NOWHERE, focus));
    this.#world.textContent = '';
    this.#world.append(
      ...scene.groups.flatMap((group, index) => groupBox(group.label, picture.groups[index] ?? NOWHERE)),
      ...scene.edges.flatMap((edge, index) => edgeLine(edge, picture.edges[index] ?? new Float32Array(), focus)),
      ...this.#cards, this.#rings.selected, this.#rings.focused);
  }

  draw(viewport: Viewport, marks: Marks): void {
    this.#world.setAttribute('transform', `translate(${viewport.x.toFixed(1)},${viewport.y.toFixed(1)}) scale(${viewport.scale.toFixed(4)})`);
    this.element.setAttribute('class', `g lod-${detail(viewport.scale)}`);
    this.#ring(this.#rings.selected, marks.selected);
    this.#ring(this.#rings.focused, marks.focused);
  }

  restyle(): void {
    const face = getComputedStyle(this.element).fontFamily || 'sans-serif';
    this.#fonts = { name: `600 12px ${face}`, type: `11px ${face}` };
  }

  #ring(ring: SVGRectElement, index: number): void {
    const rect = this.#picture?.cards[index];
    ring.setAttribute('visibility', rect ? 'visible' : 'hidden');
    if (!rect) return;
    const at = { x: rect.x - 3.5, y: rect.y - 3.5, width: rect.width + 7, height: rect.height + 7 };
    for (const [name, value] of Object.entries(at)) ring.setAttribute(name, String(value));
  }

  #card(card: Card, { x, y, width, height }: Rect, focus: boolean): SVGGElement {
    const mark = cardMark(card);
    const state = card.kind === 'disabled' ? 'off' : card.conditional ? 'maybe' : mark;
    const dim = focus && card.role === 'none' && !card.focused;
    const group = svg('g', {
      class: `n-${state} k-${card.kind}${dim ? ' far' : ''}${card.deleted ? ' gone' : ''}${card.heat > 0 ? ` heat-${card.heat}` : ''}${card.matched ? ' hit' : ''}`,
      transform: `translate(${x},${y})`,
    }, svg('title', null, card.title));
    if (card.kind === 'group') group.append(...this.#collapsed(card, width, height));
    else group.append(...this.#resource(card, mark, width, height));
    if (card.steps !== undefined && card.steps > 0) {
      group.append(svg('circle', { class: 'dn', cx: width - 4, cy: 1, r: 8 }), svg('text', { class: 'dt', x: width - 4, y: 5 }, card.steps));
    }
    return group;
  }

  #resource(card: Card, mark: Mark, width: number, height: number): Element[] {
    const room = rooms(card, width, this.#fonts.type);
    const solid = destroys(card.action) && !card.conditional && card.kind !== 'disabled';
    const parts: Element[] = [];
    if (card.kind === 'module') parts.push(svg('rect', { class: 'card', x: -2, y: -2, width: width + 4, height: height + 4, rx: 4 }));
    parts.push(
      svg('rect', { class: 'card', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 3 }),
      svg('path', { class: 'blk', d: `M1 4a3 3 0 013-3h18v${height - 2}H4a3 3 0 01-3-3z` }),
      card.kind === 'external'
        ? svg('path', { class: 'ic', d: ICONS['external'] ?? '', transform: `translate(4.5,${height / 2 - 7}) scale(.875)` })
        : solid ? knocked(card, height) : outlined(mark, 4, height / 2 - 7.5, 15 / 16),
      svg('path', { class: 'ic', d: ICONS[card.icon] ?? ICONS['other'] ?? '', transform: `translate(28,${height / 2 - 7}) scale(.875)` }),
      svg('text', { class: 'nmx', x: 47, y: 16 }, cut(card.label, room.name, this.#fonts.name)),
      svg('text', { class: 'ty', x: 47, y: 30 }, cut(card.detail, room.type, this.#fonts.type)));
    if (card.amount !== '') parts.push(svg('text', { class: 'amt', x: width - 7, y: card.amount_below ? 30 : 16 }, card.amount));
    return parts;
  }

  #collapsed(card: Card, width: number, height: number): Element[] {
    const behind = `M5 ${height + 3.5}h${width - 5}v-${height - 4}M9 ${height + 6.5}h${width - 5}v-${height - 4}`;
    return [
      svg('path', { class: 'behind', d: behind }),
      svg('rect', { class: 'card', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 3 }),
      svg('path', { class: 'chev', d: 'M9 8.5l4 4-4 4' }),
      svg('text', { class: 'nmx', x: 20, y: 17 }, cut(card.label, width - 50, this.#fonts.name)),
      svg('text', { class: 'amt', x: width - 9, y: 17 }, card.amount),
      ...(card.lines ?? []).flatMap((line, index) => [
        outlined(lineMark(line), 9, 25 + index * 17, 12 / 16),
        svg('text', { class: 'ty', x: 27, y: 35 + index * 17 }, cut(line.text, width - 34, this.#fonts.type)),
      ]),
    ];
  }
}

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

function groupBox(label: string, rect: Rect): Element[] {
  return [
    svg('rect', { class: 'grp', x: rect.x + 0.5, y: rect.y + 0.5, width: rect.width - 1, height: rect.height - 1, rx: 4 }),
    svg('text', { class: 'gl', x: rect.x + 8, y: rect.y + 14 }, label),
  ];
}

function edgeLine(edge: Edge, points: Float32Array, focus: boolean): Element[] {
  const role = edge.role === 'downstream' ? 'cone' : edge.role === 'upstream' ? 'cup' : focus ? 'far' : '';
  const style = edge.style === 'implied' ? 'may' : edge.style === 'before-only' ? 'gone' : '';
  const line = svg('path', { class: `e ${role} ${style}`, d: rounded(points) });
  return edge.role === 'downstream' ? [line, svg('path', { class: 'head', d: head(points) })] : [line];
}

/** The mark cut out of a solid block. */
function knocked(card: Card, height: number): Element {
  const d = card.action === 'replace' ? 'M-3.5 -3.5h7M-3.5 2h7M0 -1.5v7' : 'M-3.5 0h7';
  return svg('path', { class: 'ko', d, transform: `translate(11.5,${height / 2})` });
}

function outlined(mark: Mark, x: number, y: number, scale: number): Element {
  const { path, solid, dashed } = MARKS[mark];
  return svg('g', { class: `mk mk-${mark}`, transform: `translate(${x},${y}) scale(${scale})` },
    solid && svg('path', { class: 'so', d: solid }),
    dashed && svg('path', { class: 'ml', d: 'M8 1.75a6.25 6.25 0 110 12.5 6.25 6.25 0 010-12.5', 'stroke-dasharray': '2.6 2.3' }),
    svg('path', { class: solid ? 'ko' : 'ml', d: path }));
}

