//! "What is affected if these files change?": a field for a path, and the answer by what it is to the code.

import { type Child, fill, h, prose, uniqueId } from '../dom';
import type { Lookup } from '../lookup';
import type { Affected, Asked } from '../review';
import { icon } from '../symbols';
import { plural, shortType } from '../words';
import { define, Part } from './part';
import { addressLink, sourceLink } from './source-link';

/** Paths offered as buttons; the field completes the others. */
const OFFERED = 12;

export class AffectedPanel extends Part {
  #field!: HTMLInputElement;
  #names!: HTMLDataListElement;
  #offers!: HTMLElement;
  #answer!: HTMLElement;
  #turn = 0;

  protected override build(): void {
    const [list, label] = [uniqueId('paths'), uniqueId('ask')];
    this.#field = h('input', { type: 'text', list, 'aria-labelledby': label, placeholder: 'a folder, a file, file:line or an address', autocomplete: 'off', spellcheck: 'false' });
    this.#names = h('datalist', { id: list });
    this.#offers = h('p', { class: 'offers sm q' });
    this.#answer = h('div', { class: 'answer', role: 'status' });
    this.append(h('div', { class: 'sheet narrow' },
      h('div', { class: 'hd tight' }, h('h2', { id: label }, 'What is affected if these files change?')),
      h('form', { class: 'supply ask', on: { submit: (event) => { event.preventDefault(); this.#ask(this.#field.value); } } },
        this.#field, this.#names, h('button', { class: 'b' }, 'Ask')),
      this.#offers, this.#answer));
    for (const event of ['review', 'asked'] as const) this.store.on(event, () => void this.#draw());
    void this.#draw();
  }

  #ask(path: string): void {
    this.store.ask(path.trim());
  }

  async #draw(): Promise<void> {
    const { asked, code, lookup } = this.store;
    this.#turn += 1;
    const turn = this.#turn;
    if (this.#field.value.trim() !== asked) this.#field.value = asked;
    fill(this.#names, code.map((path) => h('option', { value: path })));
    const [first, ...others] = code.slice(0, OFFERED);
    fill(this.#offers, first && ['Code that these files name: ', this.#offer(first), others.map((path) => [', ', this.#offer(path)]),
      code.length > OFFERED && `, and ${code.length - OFFERED} more`]);
    if (!lookup || asked === '') return fill(this.#answer, h('p', { class: 'q' }, 'Name what changes: what is built of it, what runs that, and what it runs with are listed here, each with its reason.'));
    const answer = await this.context.session.affected(asked);
    if (turn === this.#turn && answer) fill(this.#answer, this.#show(lookup, answer));
  }

  /** A path that can be asked about. */
  #offer(path: string): HTMLElement {
    return h('button', { class: 'link mono', on: { click: () => this.#ask(path) } }, path);
  }

  #show(lookup: Lookup, answer: Asked): Child {
    const said = h('h3', { class: 'said-first' }, prose(answer.sentence));
    if (answer.named.length === 0) {
      return [said, answer.near.length > 0 && h('p', { class: 'q' }, 'There is ', answer.near.map((name, index) => [index > 0 && ', ', this.#offer(name)]), '.')];
    }
    const groups = new Map<string, Affected[]>();
    for (const entry of answer.affected) groups.set(entry.effect, [...groups.get(entry.effect) ?? [], entry]);
    return [said, h('p', { class: 'q' }, answer.reason),
      [...groups].map(([effect, entries]) => this.#group(lookup, effect, entries))];
  }

  #group(lookup: Lookup, effect: string, entries: readonly Affected[]): HTMLElement {
    return h('section', null, h('h3', null, effect.slice(0, 1).toUpperCase() + effect.slice(1), ' ', h('span', { class: 'q sm' }, plural(entries.length, 'resource'))),
      h('ul', { class: 'lst' }, entries.map((entry) => this.#entry(lookup, entry))));
  }

  #entry(lookup: Lookup, entry: Affected): HTMLElement {
    const resource = lookup.resources.get(entry.address);
    const source = lookup.source(entry.address);
    const steps = `${plural(entry.distance, 'step')} away`;
    const link = addressLink(this.context, entry.address, () => this.store.openTab('changes'));
    link.className = 'at';
    link.title = entry.address;
    fill(link, h('b', null, lookup.title(entry.address)));
    return h('li', { class: 'in-reach' },
      h('span', { class: 'dist', title: steps, 'aria-label': steps, role: 'img' }, entry.distance), icon(resource?.icon ?? 'other'),
      h('span', { class: 't' }, link, ' ', h('span', { class: 'q sm' }, shortType(resource?.native_type ?? '')), h('br'),
        h('span', { class: 'q' }, prose(entry.reason))),
      source && sourceLink(this.context, source));
  }
}

define('pl-affected', AffectedPanel);
