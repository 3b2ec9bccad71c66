//! What could not be known: why, what it would change, and a field for what can be supplied.

import { type Child, fill, h, prose } from '../dom';
import type { Found } from '../intake';
import type { Diagnostic, NotKnown } from '../review';
import { mark } from '../symbols';
import { plural } from '../words';
import { addFile, addModule, choose } from './adding';
import { define, Part } from './part';
import { sourceLink } from './source-link';

export class NotKnownPanel extends Part {
  protected override build(): void {
    this.store.on('review', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { review } = this.store;
    if (!review) return fill(this);
    const gaps = review.not_known;
    const active = this.context.root.activeElement;
    const focused = active instanceof HTMLElement && this.contains(active) ? active.getAttribute('aria-label') : null;
    const trouble = review.diagnostics.filter(({ severity }) => severity !== 'note');
    fill(this, h('div', { class: 'sheet narrow' },
      h('div', { class: 'hd' }, h('h2', null, 'What Plumbline could not know'), h('span', { class: 'q sm' },
        gaps.length === 0 ? 'Nothing in this review hangs on a value that is not known.'
          : `${plural(gaps.length, 'gap')}. Each says what would change; supply a value and the review is made again. Values stay on this page.`)),
      this.#supplied(), gaps.length > 0 && this.#table(gaps), trouble.length > 0 && this.#trouble(trouble)));
    if (focused) this.querySelector<HTMLElement>(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  #supplied(): Child {
    const { modules, variables } = this.store;
    if (variables.size + modules.size === 0) return null;
    return h('ul', { class: 'lst given' }, [...modules].map(([source, folder]) => h('li', null,
      h('b', null, source), ' = ', h('code', null, folder), ' ', h('span', { class: 'q' }, 'your folder'), ' ',
      h('button', { class: 'link', on: { click: () => this.store.setModule(source, folder, null) } }, 'Undo'))), [...variables].map(([name, value]) => h('li', null,
      h('b', null, `var.${name}`), ' = ', h('code', null, this.#secret(name) ? '••••' : value), ' ', h('span', { class: 'q' }, 'your value'), ' ',
      h('button', { class: 'link', on: { click: () => this.store.setVariable(name, null) } }, 'Undo'))));
  }

  readonly #secrets = new Set<string>();

  #secret(name: string): boolean {
    return this.#secrets.has(name);
  }

  #table(gaps: readonly NotKnown[]): HTMLElement {
    return h('table', { class: 'ct unk' },
      h('thead', null, h('tr', null, h('th', { scope: 'col', class: 'w-what' }, 'Not known'), h('th', { scope: 'col' }, 'What it would change'),
        h('th', { scope: 'col', class: 'w-supply' }, 'Supply'))),
      h('tbody', null, gaps.map((gap) => h('tr', null,
        h('td', null, h('b', null, gap.what), ' ', gap.source.line > 0 && sourceLink(this.context, gap.source), h('br'), h('span', { class: 'q sm' }, prose(gap.why))),
        h('td', null, gap.effect ? prose(gap.effect) : h('span', { class: 'q' }, 'Nothing in this review')),
        h('td', null, this.#supply(gap))))));
  }

  #supply(gap: NotKnown): Child {
    switch (gap.supply) {
      case 'variable': return this.#field(gap);
      case 'folder': return this.#taker('Add the module’s folder', true, (found) => addModule(this.store, gap.wants ?? gap.what, found));
      case 'file': {
        const wanted = gap.wants ?? gap.what;
        const many = /[*?[{]/.test(wanted);
        return this.#taker(many ? 'Add the folder' : 'Add the file', many, (found) => addFile(this.store, wanted, found));
      }
      case 'none': return h('span', { class: 'q sm' }, 'cannot be supplied before apply');
    }
  }

  /** A button that asks for files; they can be dropped on it too. */
  #taker(text: string, folder: boolean, use: (found: Found[]) => Promise<void>): HTMLElement {
    const box = h('div', { class: 'takes' }, h('button', { class: 'b', on: { click: () => choose(this.context, 'after', folder, use) } }, text));
    box.addEventListener('take', (event) => void (event as CustomEvent<Promise<Found[]>>).detail.then(use));
    return box;
  }

  #field(gap: NotKnown): HTMLElement {
    const name = gap.what.replace(/^var\./, '');
    const field = h('input', {
      type: gap.sensitive ? 'password' : 'text', 'aria-label': `Value for ${gap.what}`, autocomplete: 'off', spellcheck: 'false',
    });
    const supply = (): void => {
      if (field.value.trim() === '') return;
      if (gap.sensitive) this.#secrets.add(name);
      this.store.setVariable(name, field.value.trim());
    };
    return h('form', { class: 'supply', on: { submit: (event) => { event.preventDefault(); supply(); } } }, field, h('button', { class: 'b' }, 'Supply'));
  }

  #trouble(list: readonly Diagnostic[]): Child {
    return [h('div', { class: 'hd next' }, h('h2', null, 'What could not be read'), h('span', { class: 'q sm' }, 'The rest is in the review.')),
      h('ul', { class: 'lst' }, list.slice(0, 200).map((item) => h('li', null, mark(item.severity === 'error' ? 'delete' : 'unknown'), ' ',
        h('b', null, prose(item.message)), ' ', sourceLink(this.context, item.source), item.help && h('div', { class: 'q' }, prose(item.help))))),
      list.length > 200 && h('p', { class: 'q sm' }, `${list.length - 200} more`)];
  }
}

define('pl-not-known', NotKnownPanel);
