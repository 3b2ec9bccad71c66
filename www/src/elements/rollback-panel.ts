//! The way back: what cannot be undone, what to do before, and three tiers of steps.

import { type Child, fill, h, prose } from '../dom';
import type { Rollback, Step, Tier, TierEntry } from '../review';
import { mark } from '../symbols';
import { minutes } from '../words';
import { copyButton } from './handing-over';
import { define, Part } from './part';
import { sourceLink } from './source-link';

const TIER: Readonly<Record<Tier, readonly [string, string]>> = {
  immediate: ['At once', 'What the change made is switched back.'],
  data: ['With data', 'What was stored comes back.'],
  full: ['Everything', 'Infrastructure as it was.'],
};

const NUMBERS = ['No', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things', 'Six things', 'Seven things', 'Eight things', 'Nine things'];

export class RollbackPanel extends Part {
  #done!: HTMLElement;

  protected override build(): void {
    this.store.on('review', () => this.#draw());
    this.store.on('ticks', () => this.#count());
    this.#draw();
  }

  #draw(): void {
    const { review } = this.store;
    if (!review) return fill(this);
    const { rollback } = review;
    this.#done = h('span', { class: 'q sm' });
    fill(this, h('div', { class: 'sheet' }, this.#irreversible(rollback), this.#before(rollback), this.#tiers(rollback)));
    this.#count();
  }

  #irreversible({ irreversible }: Rollback): Child {
    if (irreversible.length === 0) return null;
    const title = NUMBERS[irreversible.length] ?? `${irreversible.length} things`;
    return h('section', { class: 'warn' }, h('h2', null, mark('delete'), `${title} cannot be undone`),
      h('ol', null, irreversible.map((item) => h('li', null, h('b', null, prose(item.why)), ' ', h('span', { class: 'mono sm' }, item.address), ' ',
        sourceLink(this.context, item.source), item.mitigation && h('p', null, prose(item.mitigation))))));
  }

  #before({ before_deploy: steps }: Rollback): Child {
    if (steps.length === 0) return null;
    return [h('div', { class: 'hd tight' }, h('h2', null, 'Before you deploy')),
      h('ol', { class: 'before' }, steps.map((step) => this.#step(step, 'before')))];
  }

  #tiers({ tiers }: Rollback): Child {
    if (tiers.every(({ steps }) => steps.length === 0)) {
      const { review } = this.store;
      return h('p', { class: 'q' }, review?.compared
        ? 'Nothing has to be taken back: nothing changes.'
        : 'A way back needs two versions. Add the version before to see it.');
    }
    return [
      h('div', { class: 'hd next' }, h('h2', null, 'Way back'), this.#done, h('span', { class: 'sp' }),
        copyButton(() => this.context.root, 'Copy the review as Markdown', () => this.context.session.export('markdown'))),
      h('div', { class: 'tiers' }, tiers.map((tier) => this.#tier(tier))),
    ];
  }

  #tier(tier: TierEntry): HTMLElement {
    const [name, about] = TIER[tier.tier];
    return h('section', null,
      h('header', null, h('h3', null, name), h('span', { class: 'v num' }, tier.estimate_minutes ? minutes(tier.estimate_minutes) : '')),
      h('p', { class: 'sm q' }, tier.steps.length === 0 ? 'Nothing to do in this tier.' : about, tier.blocked && [' ', h('b', { class: 'c-delete' }, prose(tier.blocked))]),
      h('ol', null, tier.steps.map((step) => this.#step(step, tier.tier))));
  }

  #step(step: Step, tier: string): HTMLElement {
    const key = `${tier} ${step.order} ${step.address} ${step.text}`;
    const box = h('input', { type: 'checkbox', 'aria-label': `Done: ${step.text.replace(/`/g, '')}` });
    box.checked = this.store.ticks.has(key);
    box.addEventListener('change', () => this.store.tick(key, box.checked));
    return h('li', { class: 'step' }, box, h('div', null,
      prose(step.text), ' ', step.source.line > 0 && sourceLink(this.context, step.source),
      step.estimate_minutes && h('span', { class: 'q sm' }, ` ${minutes(step.estimate_minutes)}`),
      step.command && h('code', { class: 'cmd' }, command(step.command)),
      (step.loses_data || step.precondition) && h('span', { class: 'pre' }, mark(step.loses_data ? 'delete' : 'unknown'),
        h('span', null, step.loses_data && h('span', { class: 'lose' }, 'Loses data. '), step.precondition && prose(step.precondition)))));
  }

  #count(): void {
    const { review } = this.store;
    if (!review) return;
    const steps = review.rollback.tiers.flatMap(({ tier, steps: list }) => list.map((step) => `${tier} ${step.order} ${step.address} ${step.text}`));
    const done = steps.filter((key) => this.store.ticks.has(key)).length;
    this.#done.textContent = `Steps in order. ${done} of ${steps.length} done. Ticks stay on this page.`;
  }
}

/** Wraps between arguments, never within one. */
function command(text: string): Child[] {
  return text.split('\n').flatMap((line, index) => [
    index > 0 && '\n', ...line.split(' ').flatMap((argument, at) => [at > 0 && ' ', h('span', { class: 'nb' }, argument)]),
  ]);
}

define('pl-rollback', RollbackPanel);
