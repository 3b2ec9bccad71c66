//! The graph: painters draw the core's picture, this pane looks after what the reader sees of it.

import { fill, h } from '../dom';
import { CanvasPainter } from '../graph/canvas-painter';
import { Minimap } from '../graph/minimap';
import { type Painter, SVG_CARDS } from '../graph/painter';
import type { Picture, Rect } from '../graph/scene';
import { SvgPainter } from '../graph/svg-painter';
import { Viewport } from '../graph/viewport';
import { step } from '../graph/walk';
import { graphLegend } from './graph-legend';
import { graphTools } from './graph-tools';
import { define, Part } from './part';

const ZOOM = 1.25;

export class GraphPane extends Part {
  readonly #viewport = new Viewport();
  readonly #painters: { svg: SvgPainter; canvas: CanvasPainter | null } = { svg: new SvgPainter(), canvas: null };
  #painter: Painter = this.#painters.svg;
  #wrap!: HTMLElement;
  #live!: HTMLElement;
  #percent!: HTMLElement;
  #legend!: HTMLElement;
  #minimap!: Minimap;
  readonly #none = h('p', { class: 'q none', hidden: true }, 'There is nothing to draw.');
  #picture: Picture | null = null;
  #review: unknown = null;
  #focused = -1;
  #frame = 0;

  protected override build(): void {
    this.#live = h('p', { class: 'vh', role: 'status' });
    this.#wrap = h('div', {
      class: 'gwrap', tabindex: 0, role: 'application', 'aria-roledescription': 'graph',
      'aria-label': 'Graph. Arrow keys walk along edges, Enter opens, Escape leaves. The table beside it says the same.',
    }, this.#painter.element, this.#none);
    this.#minimap = new Minimap(this.#wrap, (x, y) => this.#centre(x, y));
    this.#percent = h('button', { class: 'w', on: { click: () => this.#fit() } });
    this.#legend = h('div', { class: 'legend' });
    const zoom = h('div', { class: 'gz', role: 'group', 'aria-label': 'Zoom' },
      h('button', { 'aria-label': 'Zoom out', on: { click: () => this.#zoom(1 / ZOOM) } }, '−'), this.#percent,
      h('button', { 'aria-label': 'Zoom in', on: { click: () => this.#zoom(ZOOM) } }, '+'));
    this.append(graphTools(this.context), this.#wrap, h('div', { class: 'gfoot' }, this.#legend, zoom), this.#live);
    this.#listen();
    this.store.on('picture', () => this.#show());
    this.store.on('theme', () => this.#restyle());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#restyle());
    new ResizeObserver(() => this.#measure()).observe(this.#wrap);
    this.#show();
  }

  #show(): void {
    const { picture } = this.store;
    const old = this.#picture;
    this.#picture = picture;
    if (!picture) return;
    this.#choose(picture);
    this.#painter.show(picture);
    this.#minimap.show(picture);
    fill(this.#legend, graphLegend(picture.scene, this.store.view.colour ?? 'action', this.store.review?.compared ?? false));
    this.#none.hidden = picture.scene.cards.length > 0;
    this.#focused = old ? picture.scene.cards.findIndex(({ id }) => id === old.scene.cards[this.#focused]?.id) : -1;
    if (this.store.review !== this.#review || !old) this.#begin(picture);
    else this.#anchor(old, picture);
    this.#review = this.store.review;
    this.#draw();
  }

  #choose(picture: Picture): void {
    if (picture.scene.cards.length > SVG_CARDS) this.#painters.canvas ??= new CanvasPainter();
    const painter = picture.scene.cards.length > SVG_CARDS && this.#painters.canvas ? this.#painters.canvas : this.#painters.svg;
    if (painter === this.#painter) return;
    this.#painter.element.replaceWith(painter.element);
    this.#painter = painter;
  }

  #begin(picture: Picture): void {
    const { scene, cards } = picture;
    this.#viewport.begin(scene.width, scene.height, cards[this.#selected(picture)] ?? cards[0] ?? null);
  }

  /** What the reader looks at stays where it is when the picture changes around it. */
  #anchor(old: Picture, picture: Picture): void {
    const { scene } = picture;
    const selected = this.#selected(picture);
    const id = scene.cards[selected]?.id ?? this.store.selected;
    const before = old.cards[old.scene.cards.findIndex((card) => card.id === id)];
    const after = picture.cards[selected];
    if (before && after) {
      this.#viewport.x += (before.x - after.x) * this.#viewport.scale;
      this.#viewport.y += (before.y - after.y) * this.#viewport.scale;
    }
    if (after) this.#viewport.reveal(after);
    this.#viewport.keep(scene.width, scene.height);
  }

  #selected(picture: Picture): number {
    return picture.scene.cards.findIndex(({ id }) => id === this.store.selected);
  }

  #measure(): void {
    const { clientWidth, clientHeight } = this.#wrap;
    const first = this.#viewport.width === 0;
    this.#viewport.width = clientWidth;
    this.#viewport.height = clientHeight;
    if (clientWidth > 0 && this.#picture) {
      if (first) this.#begin(this.#picture);
      this.#viewport.keep(this.#picture.scene.width, this.#picture.scene.height);
      this.#draw();
    }
  }

  #restyle(): void {
    for (const painter of [this.#painters.svg, this.#painters.canvas]) painter?.restyle();
    this.#minimap.restyle();
    this.#draw();
  }

  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#picture || this.#viewport.width === 0) return;
      const active = this.context.root.activeElement === this.#wrap;
      this.#painter.draw(this.#viewport, { selected: this.#selected(this.#picture), focused: active ? this.#focused : -1 });
      this.#minimap.draw(this.#viewport);
      const percent = `${Math.round(this.#viewport.scale * 100)} %`;
      this.#percent.textContent = percent;
      this.#percent.setAttribute('aria-label', `Fit the graph; now ${percent}`);
    });
  }

  #fit(): void {
    if (this.#picture) this.#viewport.fit(this.#picture.scene.width, this.#picture.scene.height);
    this.#draw();
  }

  #zoom(factor: number, x?: number, y?: number): void {
    this.#viewport.zoom(factor, x, y);
    if (this.#picture) this.#viewport.keep(this.#picture.scene.width, this.#picture.scene.height);
    this.#draw();
  }

  #centre(x: number, y: number): void {
    this.#viewport.reveal({ x, y, width: 0, height: 0 }, true);
    if (this.#picture) this.#viewport.keep(this.#picture.scene.width, this.#picture.scene.height);
    this.#draw();
  }

  #listen(): void {
    const wrap = this.#wrap;
    wrap.addEventListener('wheel', (event) => {
      event.preventDefault();
      const box = wrap.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) this.#zoom(Math.exp(-event.deltaY * 0.004), event.clientX - box.left, event.clientY - box.top);
      else this.#move(-(event.shiftKey ? event.deltaY : event.deltaX), -(event.shiftKey ? 0 : event.deltaY));
    }, { passive: false });
    wrap.addEventListener('keydown', (event) => this.#key(event));
    wrap.addEventListener('focus', () => this.#focusIn());
    wrap.addEventListener('blur', () => this.#draw());
    wrap.addEventListener('dblclick', (event) => { if (this.#hit(event) < 0) this.#close(this.#group(event)); });
    this.#drag(wrap);
  }

  #drag(wrap: HTMLElement): void {
    const pointers = new Map<number, PointerEvent>();
    let moved = 0;
    wrap.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.minimap'))) return;
      pointers.set(event.pointerId, event);
      if (pointers.size === 1) moved = 0;
      wrap.setPointerCapture(event.pointerId);
    });
    wrap.addEventListener('pointermove', (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) return;
      const others = [...pointers.values()].filter((pointer) => pointer.pointerId !== event.pointerId);
      pointers.set(event.pointerId, event);
      moved += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
      const [other] = others;
      if (other) this.#pinch(last, event, other);
      else if (moved > 4) this.#move(event.clientX - last.clientX, event.clientY - last.clientY);
    });
    const end = (event: PointerEvent): void => {
      if (!pointers.delete(event.pointerId) || event.type === 'pointercancel' || moved > 4) return;
      const hit = this.#hit(event);
      const card = this.#picture?.scene.cards[hit];
      this.#focused = hit;
      if (card?.kind === 'group' || card?.kind === 'more') this.#open(hit);
      else if (card) this.store.select(card.id, 'graph');
      this.#draw();
    };
    wrap.addEventListener('pointerup', end);
    wrap.addEventListener('pointercancel', end);
  }

  #pinch(last: PointerEvent, now: PointerEvent, other: PointerEvent): void {
    const before = Math.hypot(last.clientX - other.clientX, last.clientY - other.clientY);
    const after = Math.hypot(now.clientX - other.clientX, now.clientY - other.clientY);
    const box = this.#wrap.getBoundingClientRect();
    if (before > 0) this.#zoom(after / before, (now.clientX + other.clientX) / 2 - box.left, (now.clientY + other.clientY) / 2 - box.top);
  }

  #move(x: number, y: number): void {
    this.#viewport.x += x;
    this.#viewport.y += y;
    if (this.#picture) this.#viewport.keep(this.#picture.scene.width, this.#picture.scene.height);
    this.#draw();
  }

  #hit(event: MouseEvent): number {
    const { x, y } = this.#point(event);
    return this.#picture?.cards.findIndex((rect) => within(rect, x, y)) ?? -1;
  }

  /** The innermost group under the pointer. */
  #group(event: MouseEvent): number {
    const { x, y } = this.#point(event);
    return this.#picture?.groups.findLastIndex((rect) => within(rect, x, y)) ?? -1;
  }

  #point(event: MouseEvent): { x: number; y: number } {
    const box = this.#wrap.getBoundingClientRect();
    const { x, y, scale } = this.#viewport;
    return { x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale };
  }

  #close(index: number): void {
    const group = this.#picture?.scene.groups[index];
    if (!group) return;
    const { view } = this.store;
    this.store.setView({ collapsed: [...new Set([...(view.collapsed ?? []), group.id])], expanded: (view.expanded ?? []).filter((id) => id !== group.id) });
  }

  /** Opens a collapsed group. */
  #open(index: number): void {
    const card = this.#picture?.scene.cards[index];
    if (card?.kind !== 'group' && card?.kind !== 'more') return;
    const { view } = this.store;
    this.store.setView({ expanded: [...new Set([...(view.expanded ?? []), card.id])], collapsed: (view.collapsed ?? []).filter((id) => id !== card.id) });
  }

  #focusIn(): void {
    if (this.#focused < 0 && this.#picture) this.#focused = Math.max(0, this.#selected(this.#picture));
    this.#say();
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const picture = this.#picture;
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = picture.scene.cards[this.#focused];
    if (event.key === 'Escape') this.context.root.querySelector<HTMLElement>('.tt tr[tabindex="0"]')?.focus();
    else if (event.key === '+' || event.key === '=') this.#zoom(ZOOM);
    else if (event.key === '-') this.#zoom(1 / ZOOM);
    else if (event.key === '0') this.#fit();
    else if (event.key === 'Backspace') this.#close(card?.group ?? -1);
    else if ((event.key === 'Enter' || event.key === ' ') && card) {
      if (card.kind === 'group' || card.kind === 'more') this.#open(this.#focused);
      else {
        this.store.select(card.id, 'graph');
        if (event.key === 'Enter') this.context.root.querySelector<HTMLElement>('.detail')?.focus();
      }
    } else if (event.key.startsWith('Arrow') || event.key === '[' || event.key === ']') {
      this.#focused = step(picture, Math.max(0, this.#focused), event.key);
      const rect = picture.cards[this.#focused];
      if (rect) this.#viewport.reveal(rect);
      this.#say();
      this.#draw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #say(): void {
    const card = this.#picture?.scene.cards[this.#focused];
    if (!card || !this.#picture) return;
    const needs = this.#picture.scene.edges.filter(({ to }) => to === this.#focused).length;
    const needed = this.#picture.scene.edges.filter(({ from }) => from === this.#focused).length;
    this.#live.textContent = `${card.title}. Needs ${needs}, needed by ${needed}.`;
  }
}

function within(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && y >= rect.y && x <= rect.x + rect.width && y <= rect.y + rect.height;
}

define('pl-graph', GraphPane);
