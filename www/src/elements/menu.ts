//! A button with a menu under it: arrows walk, Escape closes, the focus returns.

import { h } from '../dom';
import type { Context } from './part';

export interface Item {
  text: string;
  note?: string;
  /** Given: the item is a tick. */
  checked?: boolean;
  act: () => void | Promise<void>;
}

export function menu(context: Context, label: string, items: () => readonly (Item | null)[]): HTMLElement {
  const button = h('button', { class: 'b', 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, label);
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true });
  const box = h('div', { class: 'has-menu' }, button, list);

  const close = (refocus: boolean): void => {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (refocus) button.focus();
  };
  const open = (): void => {
    list.textContent = '';
    for (const item of items()) {
      if (!item) {
        list.append(h('div', { role: 'separator' }));
        continue;
      }
      const ticked = item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': String(item.checked) };
      const entry = h('button', { ...ticked, tabindex: -1 }, item.text, item.note && h('span', { class: 'q sm' }, item.note));
      entry.addEventListener('click', () => {
        close(true);
        void item.act();
      });
      list.append(entry);
    }
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    (list.querySelector('button') as HTMLElement | null)?.focus();
  };

  button.addEventListener('click', () => (list.hidden ? open() : close(true)));
  button.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && list.hidden) {
      event.preventDefault();
      open();
    }
  });
  box.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node) || !box.contains(event.relatedTarget)) close(false);
  });
  list.addEventListener('keydown', (event) => {
    const entries = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    const at = entries.indexOf(context.root.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape') close(true);
    else if (to === undefined) return;
    else entries[(to + entries.length) % entries.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  return box;
}
