//! Dropping: anywhere on the element. With a review open, one half takes the version before, the other the
//! version under review.

import { h } from '../dom';
import type { Side } from '../engine/protocol';
import { dropped } from '../intake';
import { add } from './adding';
import type { Context } from './part';

export class DropTarget {
  readonly #overlay: HTMLElement;
  readonly #halves: Record<Side, HTMLElement>;

  constructor(private readonly context: Context, frame: HTMLElement) {
    this.#halves = {
      before: h('div', { class: 'half' }, h('b', null, 'Version before'), h('span', { class: 'q sm' }, 'Compare with what is dropped here')),
      after: h('div', { class: 'half' }, h('b', null, 'Version under review'), h('span', { class: 'q sm' }, 'Add or replace files')),
    };
    this.#overlay = h('div', { class: 'dropping', hidden: true }, this.#halves.before, this.#halves.after);
    frame.append(this.#overlay);
    const host = frame;
    host.addEventListener('dragenter', (event) => this.#over(event));
    host.addEventListener('dragover', (event) => this.#over(event));
    host.addEventListener('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node) || !host.contains(event.relatedTarget)) this.#show(null);
    });
    // While something is dragged there are no moves of the pointer: one says that the dragging ended elsewhere.
    host.addEventListener('pointermove', () => { if (!this.#overlay.hidden) this.#show(null); });
    host.addEventListener('drop', (event) => this.#drop(event));
  }

  #over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#show(this.#taker(event) ? null : this.#side(event));
  }

  #drop(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const taker = this.#taker(event);
    const side = this.#side(event);
    this.#show(null);
    if (taker) return void taker.dispatchEvent(new CustomEvent('take', { detail: dropped(event.dataTransfer) }));
    void add(this.context.store, dropped(event.dataTransfer), side);
  }

  /** What asks for files of its own, under the pointer. */
  #taker(event: DragEvent): Element | null {
    for (const element of this.context.root.elementsFromPoint(event.clientX, event.clientY)) {
      const taker = element.closest('.takes');
      if (taker) return taker;
    }
    return null;
  }

  #side(event: DragEvent): Side {
    if (this.context.store.empty) return 'after';
    const box = this.#overlay.parentElement?.getBoundingClientRect();
    return box && event.clientX < box.left + box.width / 2 ? 'before' : 'after';
  }

  #show(side: Side | null): void {
    const first = this.context.store.empty;
    this.#overlay.hidden = side === null || first;
    this.#halves.before.classList.toggle('on', side === 'before');
    this.#halves.after.classList.toggle('on', side === 'after');
    this.context.root.querySelector('.drop')?.classList.toggle('on', side !== null && first);
  }
}
