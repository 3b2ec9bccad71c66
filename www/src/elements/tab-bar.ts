//! The tabs of a review. What has nothing in it is absent.

import { fill, h } from '../dom';
import type { TabId } from '../store';
import { change, decimal, money } from '../words';
import { gutterMark } from './code';
import { define, Part } from './part';

export const TABS: readonly { id: TabId; name: string; element: string }[] = [
  { id: 'changes', name: 'Changes', element: 'pl-changes' },
  { id: 'findings', name: 'Findings', element: 'pl-findings' },
  { id: 'cost', name: 'Cost', element: 'pl-cost' },
  { id: 'rollback', name: 'Rollback', element: 'pl-rollback' },
  { id: 'affected', name: 'Affected', element: 'pl-affected' },
  { id: 'not-known', name: 'Not known', element: 'pl-not-known' },
  { id: 'source', name: 'Source', element: 'pl-source' },
];

export class TabBar extends Part {
  #list!: HTMLElement;
  #progress!: HTMLElement;

  protected override build(): void {
    this.#list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Review' });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#progress = h('div', { class: 'progress', hidden: true });
    this.append(this.#list, this.#progress);
    for (const event of ['review', 'tab', 'files'] as const) this.store.on(event, () => this.#draw());
    this.store.on('status', () => this.#working());
    this.#draw();
  }

  focusTab(): void {
    this.#list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: this.#list.getBoundingClientRect().top >= 0 });
  }

  #draw(): void {
    const focused = this.#list.contains(this.context.root.activeElement);
    const { store } = this;
    fill(this.#list, TABS.filter(({ id }) => store.tabs().includes(id)).map(({ id, name }) => {
      const note = this.#note(id);
      return h('button', {
        role: 'tab', id: `t-${id}`, 'aria-controls': `p-${id}`, 'aria-selected': id === store.tab,
        tabindex: id === store.tab ? 0 : -1, on: { click: () => store.openTab(id) },
      }, this.#name(id, name), note && h('i', null, note), id === 'source' && this.#unread() && [' ', gutterMark('high')]);
    }));
    if (focused) this.focusTab();
  }

  #name(id: TabId, name: string): string {
    return id === 'changes' && this.store.review && !this.store.review.compared ? 'Resources' : name;
  }

  /** Whether something in the files could not be read. */
  #unread(): boolean {
    return this.store.review?.diagnostics.some(({ severity }) => severity === 'error') ?? false;
  }

  #note(id: TabId): string {
    const { review } = this.store;
    if (!review) return id === 'source' ? String(this.store.files.after.size) : '';
    switch (id) {
      case 'changes': {
        const count = review.compared
          ? review.changes.filter(({ action }) => action !== 'no-op' && action !== 'read').length
          : review.resources.length;
        return count.toLocaleString('en');
      }
      case 'findings': return String(review.findings.length);
      case 'cost': return this.#cost();
      case 'rollback': {
        const steps = review.rollback.tiers.reduce((sum, tier) => sum + tier.steps.length, 0);
        return steps === 0 ? '' : `${steps} ${steps === 1 ? 'step' : 'steps'}`;
      }
      case 'affected': return '';
      case 'not-known': return String(review.not_known.length);
      case 'source': return String(new Set(review.files.map(({ path }) => path)).size);
    }
  }

  #cost(): string {
    const fact = this.store.review?.verdict.facts.find(({ id }) => id === 'cost');
    if (fact && fact.value.length <= 18) return fact.value;
    const cost = this.store.review?.cost;
    if (!cost) return '';
    return cost.monthly.delta
      ? change(decimal(cost.monthly.delta.expected), cost.currency)
      : money(cost.monthly.after.expected, cost.currency);
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const ids = this.store.tabs();
    if (event.key === 'Home') this.store.openTab(ids[0] ?? 'changes');
    else if (event.key === 'End') this.store.openTab(ids.at(-1) ?? 'changes');
    else if (step) this.store.openTab(ids[(ids.indexOf(this.store.tab) + step + ids.length) % ids.length] ?? 'changes');
    else return;
    event.preventDefault();
    this.focusTab();
  }

  #working(): void {
    const { working } = this.store.status;
    this.#progress.hidden = working === 0;
    fill(this.#progress, working > 0 && [
      h('div', { class: 'prog', role: 'progressbar', 'aria-label': 'Reading files' }, h('span')),
      h('p', { class: 'sm q' }, `Reading ${working === 1 ? '1 file' : `${working} files`}. What is shown may still change.`),
    ]);
  }
}

define('pl-tabs', TabBar);
