//! The verdict: the sentence, its reason, and the title block of six facts.

import { type Child, fill, h, prose } from '../dom';
import type { Action, Fact } from '../review';
import { ACTION_MARK, mark, type Mark } from '../symbols';
import { define, Part } from './part';
import { sourceLink } from './source-link';

/** Worst first; the others are counted with what they resemble. */
const COUNTED: readonly { action: Action; word: string }[] = [
  { action: 'replace', word: 'replace' }, { action: 'create', word: 'create' },
  { action: 'delete', word: 'delete' }, { action: 'update', word: 'update' },
  { action: 'move', word: 'move' }, { action: 'import', word: 'import' }, { action: 'forget', word: 'forget' },
];

export class VerdictBlock extends Part {
  protected override build(): void {
    for (const event of ['review', 'notices', 'files'] as const) this.store.on(event, () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { review } = this.store;
    if (!review) return fill(this, !this.store.empty && this.store.notices.length > 0 && this.#none());
    const { verdict } = review;
    fill(this, h('section', { class: 'verdict', 'aria-label': 'Verdict' },
      h('div', { class: `say v-${review.compared ? ACTION_MARK[verdict.action] : 'same'}` },
        h('h1', null, prose(verdict.sentence)),
        (verdict.reason || verdict.source) && h('p', null,
          verdict.reason && prose(verdict.reason), verdict.reason && ' ', verdict.source && sourceLink(this.context, verdict.source))),
      h('dl', { class: 'facts' }, verdict.facts.map((fact) => this.#fact(fact)))));
  }

  #none(): HTMLElement {
    return h('section', { class: 'verdict', 'aria-label': 'Verdict' }, h('div', { class: 'say' }, h('h1', null, 'There is no review of these files yet')));
  }

  #fact(fact: Fact): HTMLElement {
    const counts = fact.id === 'changes' && this.store.review?.compared ? this.#counts() : [];
    if (counts.length > 0) return h('div', null, h('dt', null, fact.label), h('dd', { class: 'counts' }, counts));
    return h('div', null, h('dt', null, fact.label), h('dd', { class: 'v num' }, fact.value),
      fact.detail && h('dd', { class: 'n num' }, fact.detail));
  }

  #counts(): Child[] {
    const changes = this.store.review?.changes ?? [];
    return COUNTED.flatMap(({ action, word }) => {
      const count = changes.filter((change) => change.action === action).length;
      if (count === 0) return [];
      const kind: Mark = ACTION_MARK[action];
      return [h('span', { class: `c-${kind}` }, mark(kind), h('b', null, count.toLocaleString('en')), ` ${word}`)];
    });
  }
}

define('pl-verdict', VerdictBlock);
