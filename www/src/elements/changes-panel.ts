//! The first tab: tree table, graph beside it, detail beneath the graph; a divider that can be moved.

import { h } from '../dom';
import { create, define, Part } from './part';

import './detail-pane';
import './graph-pane';

const LEAST = 30;
const MOST = 70;
const STEP = 2;

export class ChangesPanel extends Part {
  #share = 46;

  protected override build(): void {
    const divider = h('div', {
      class: 'divider', role: 'separator', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': 'Width of the table',
      'aria-valuemin': LEAST, 'aria-valuemax': MOST,
    });
    const left = h('div', { class: 'col' }, create('pl-tree-table', this.context));
    const right = h('div', { class: 'col' }, create('pl-graph', this.context), create('pl-detail', this.context));
    const work = h('div', { class: 'work' }, left, divider, right);
    this.append(work);
    const set = (share: number): void => {
      this.#share = Math.max(LEAST, Math.min(MOST, share));
      work.style.setProperty('--share', `${this.#share}`);
      divider.setAttribute('aria-valuenow', String(Math.round(this.#share)));
    };
    set(this.#share);
    divider.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
      if (!step) return;
      event.preventDefault();
      set(this.#share + step);
    });
    divider.addEventListener('pointerdown', (event) => {
      divider.setPointerCapture(event.pointerId);
      const box = work.getBoundingClientRect();
      const move = (to: PointerEvent): void => set(((to.clientX - box.left) / box.width) * 100);
      divider.addEventListener('pointermove', move);
      divider.addEventListener('lostpointercapture', () => divider.removeEventListener('pointermove', move), { once: true });
    });
  }
}

define('pl-changes', ChangesPanel);
