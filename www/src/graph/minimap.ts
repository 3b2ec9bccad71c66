//! Where the pane is in a large picture: shown only when less than most of it is in view.

import { h } from '../dom';
import { destroys } from './drawing';
import type { Picture } from './scene';
import type { Viewport } from './viewport';

const WIDTH = 160;
const HEIGHT = 100;
const SHOWN_BELOW = 0.6;

export class Minimap {
  readonly #canvas = h('canvas', { class: 'minimap', width: WIDTH * 2, height: HEIGHT * 2, 'aria-hidden': 'true', hidden: true });
  #picture: Picture | null = null;
  #colours: { group: string; card: string; destroyed: string; view: string } | null = null;

  constructor(private readonly wrap: HTMLElement, private readonly go: (x: number, y: number) => void) {
    wrap.append(this.#canvas);
    const move = (event: PointerEvent): void => {
      const box = this.#canvas.getBoundingClientRect();
      const { scale, x, y } = this.#frame();
      this.go((((event.clientX - box.left) / box.width) * WIDTH - x) / scale, (((event.clientY - box.top) / box.height) * HEIGHT - y) / scale);
    };
    this.#canvas.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      this.#canvas.setPointerCapture(event.pointerId);
      move(event);
    });
    this.#canvas.addEventListener('pointermove', (event) => { if (event.buttons === 1) move(event); });
  }

  show(picture: Picture): void {
    this.#picture = picture;
  }

  restyle(): void {
    this.#colours = null;
  }

  draw(viewport: Viewport): void {
    const pen = this.#canvas.getContext('2d');
    const picture = this.#picture;
    if (!pen || !picture) return;
    this.#canvas.hidden = viewport.width < WIDTH * 3 || viewport.share(picture.scene.width, picture.scene.height) >= SHOWN_BELOW;
    if (this.#canvas.hidden) return;
    this.#colours ??= this.#read();
    const { scale, x, y } = this.#frame();
    pen.setTransform(2, 0, 0, 2, 0, 0);
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.strokeStyle = this.#colours.group;
    pen.lineWidth = 0.5;
    for (const rect of picture.groups) pen.strokeRect(x + rect.x * scale, y + rect.y * scale, rect.width * scale, rect.height * scale);
    for (const [index, rect] of picture.cards.entries()) {
      const card = picture.scene.cards[index];
      const destroyed = card !== undefined && destroys(card.action);
      const least = destroyed ? 2.5 : 1;
      pen.fillStyle = destroyed ? this.#colours.destroyed : this.#colours.card;
      pen.fillRect(x + rect.x * scale, y + rect.y * scale, Math.max(least, rect.width * scale), Math.max(least, rect.height * scale));
    }
    pen.strokeStyle = this.#colours.view;
    pen.lineWidth = 1.5;
    pen.strokeRect(x + (-viewport.x / viewport.scale) * scale, y + (-viewport.y / viewport.scale) * scale,
      (viewport.width / viewport.scale) * scale, (viewport.height / viewport.scale) * scale);
  }

  #frame(): { scale: number; x: number; y: number } {
    const { width = 1, height = 1 } = this.#picture?.scene ?? {};
    const scale = Math.min((WIDTH - 8) / width, (HEIGHT - 8) / height);
    return { scale, x: (WIDTH - width * scale) / 2, y: (HEIGHT - height * scale) / 2 };
  }

  #read(): { group: string; card: string; destroyed: string; view: string } {
    const probe = h('span', { hidden: true });
    this.wrap.append(probe);
    const colour = (token: string): string => {
      probe.style.setProperty('color', `var(--${token})`);
      return getComputedStyle(probe).color;
    };
    const colours = { group: colour('line-2'), card: colour('line-2'), destroyed: colour('delete'), view: colour('ask') };
    probe.remove();
    return colours;
  }
}
