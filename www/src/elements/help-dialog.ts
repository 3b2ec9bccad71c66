//! Keys and help.

import { h } from '../dom';
import type { Context } from './part';

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ['Anywhere', [
    ['/', 'find a resource'], ['1 – 7', 'open a tab'], ['g  t  d', 'go to graph, table, detail'], ['?', 'this help'],
  ]],
  ['Table', [
    ['↑ ↓', 'walk'], ['← →', 'fold, unfold, parent'], ['Home End', 'first, last'], ['Space', 'select'],
    ['Enter', 'go to the source'], ['*', 'open all beside it'], ['letters', 'find by name'],
  ]],
  ['Graph', [
    ['← →', 'what it needs, what needs it'], ['↑ ↓', 'the one above, below'], ['Enter', 'details, or open a group'],
    ['Backspace', 'close its group'], ['[  ]', 'previous, next destroyed'], ['+ − 0', 'zoom in, out, fit'], ['Esc', 'leave'],
  ]],
  ['Source', [
    ['F8  Shift+F8', 'next, previous message'], ['Esc', 'back to where you came from'], ['Tab', 'leaves the editor'],
  ]],
];

export class HelpDialog {
  readonly element: HTMLDialogElement;

  constructor(context: Context) {
    const keys = h('input', { type: 'checkbox', id: 'single-keys' });
    keys.checked = context.store.singleKeys;
    keys.addEventListener('change', () => { context.store.singleKeys = keys.checked; });
    this.element = h('dialog', { class: 'dlg help', 'aria-labelledby': 'help-title' },
      h('div', { class: 'hd' }, h('h2', { id: 'help-title' }, 'Keys and help'), h('span', { class: 'sp' }),
        h('button', { class: 'b bare', 'aria-label': 'Close', on: { click: () => this.element.close() } }, '×')),
      h('div', { class: 'keys' }, KEYS.map(([where, list]) => h('section', null, h('h3', null, where),
        h('dl', null, list.map(([key, does]) => [h('dt', null, h('kbd', null, key)), h('dd', null, does)]))))),
      h('p', null, h('label', { class: 'check' }, keys, ' Single keys act when no field has the focus')),
      h('p', { class: 'q sm' }, 'The graph: drag to move, Ctrl and wheel or pinch to zoom, click a closed group to open it, double-click an open one to close it. '
        + 'Solid shapes are destroyed; dashed ones depend on something that is not known.'),
      h('p', { class: 'q sm' }, 'The review is made by reading the files. It holds no credentials and asks no cloud. '
        + 'Prices are list prices before tax and discounts. No finding does not mean safe.'));
    this.element.addEventListener('click', (event) => { if (event.target === this.element) this.element.close(); });
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
  }

  get isOpen(): boolean {
    return this.element.open;
  }
}
