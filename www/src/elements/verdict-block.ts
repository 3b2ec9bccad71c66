//! The verdict: the sentence, its reason, and the title block of six facts.

import { type Child, fill, h, prose } from '../dom';
import type { Action, Fact, Review } from '../review';
import { ACTION_MARK, mark, type Mark } from '../symbols';
import { define, Part } from './part';
import { sourceLink } from './source-link';

/** Worst first; the others are counted with what they resemble. */
const COUNTED: readonly { action: Action; word: string }[] = [
  { action: 'replace', word: 'replace' }, { action: 'create', word: 'create' },
  { action: 'delete', word: 'delete' }, { action: 'update', word: 'update' },
  { action: 'move', word: 'move' }, { action: 'import', word: 'import' }, { action: 'forget', word: 'forget' },
];

/** Files named where there is nothing else to say. */
const NAMED = 4;

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
          verdict.reason && prose(verdict.reason), verdict.reason && ' ', verdict.source && sourceLink(this.context, verdict.source)),
        review.resources.length + review.changes.length === 0 && this.#nothing(review)),
      h('dl', { class: 'facts' }, verdict.facts.map((fact) => this.#fact(fact)))));
  }

  #none(): HTMLElement {
    return h('section', { class: 'verdict', 'aria-label': 'Verdict' }, h('div', { class: 'say' }, h('h1', null, 'There is no review of these files yet')));
  }

  /** Where nothing was found, why not: what could not be read, and what is of no format that is. */
  #nothing({ diagnostics, files }: Review): Child {
    const told = new Set(diagnostics.map(({ source }) => source.file));
    const others = files.filter(({ kind, path }) => kind === 'ignored' && !told.has(path)).map(({ path }) => path);
    const names = others.slice(0, NAMED).join(', ') + (others.length > NAMED ? ` and ${others.length - NAMED} more` : '');
    return [
      diagnostics.slice(0, NAMED).map(({ message, source }) => h('p', null, h('b', null, source.file), ': ', prose(message), '.')),
      others.length > 0 && h('p', null, h('b', null, names), others.length === 1 ? ' holds' : ' hold', ' nothing that is read here. What is: Terraform and OpenTofu, '
        + 'CloudFormation and SAM, Pulumi, and the plans, previews and states of these.'),
    ];
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
