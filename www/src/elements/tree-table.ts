//! The tree table: the primary view, complete without the graph. One tab stop; rows have the focus.

import { fill, h, svg } from '../dom';
import type { Lookup } from '../lookup';
import { type Row, rows } from '../tree/rows';
import { PAGE } from '../tree/rows';
import { drawRow } from '../tree/draw';
import type { GroupBy } from '../store';
import { define, Part } from './part';

const GROUPINGS: readonly (readonly [GroupBy, string])[] = [
  ['consequence', 'By consequence'], ['module', 'By module'], ['file', 'By file'], ['type', 'By type'],
];

export class TreeTable extends Part {
  #field!: HTMLInputElement;
  #grouping!: HTMLSelectElement;
  #table!: HTMLTableElement;
  #body!: HTMLTableSectionElement;
  #empty!: HTMLElement;
  #rows: Row[] = [];
  #current = '';
  #typed = '';
  #typedAt = 0;
  /** In the selected row: where the page scrolls, the detail is far below it. */
  readonly #toDetail = h('button', { class: 'link to-detail', tabindex: -1, on: { click: () => this.context.root.querySelector<HTMLElement>('.detail')?.focus() } }, 'Details');
  readonly #folds = new Map<string, boolean>();
  readonly #shown = new Map<string, number>();

  protected override build(): void {
    this.#field = h('input', { type: 'search', placeholder: 'Find a resource, a type or a file', on: { input: () => this.#find(), keydown: (event) => this.#fieldKey(event) } });
    this.#grouping = h('select', { class: 'sel', 'aria-label': 'Group by', on: { change: () => this.#group() } });
    this.#body = h('tbody');
    this.#body.addEventListener('click', (event) => this.#click(event));
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    this.#table = h('table', { class: 'tt', role: 'treegrid', 'aria-label': 'Resources' });
    this.#empty = h('p', { class: 'q none', hidden: true });
    this.append(
      h('div', { class: 'tools' },
        h('label', { class: 'field' },
          svg('svg', { class: 'i', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: 'M7 2.8a4.2 4.2 0 100 8.4 4.2 4.2 0 000-8.4M10.2 10.2l3.3 3.3' })),
          h('span', { class: 'vh' }, 'Find a resource'), this.#field, h('kbd', { class: 'hide-s' }, '/')),
        this.#grouping),
      h('div', { class: 'scroll' }, this.#table, this.#empty));
    this.store.on('review', () => this.#draw());
    this.store.on('selection', () => this.#mark());
    this.#draw();
  }

  focusFind(): void {
    this.#field.focus();
    this.#field.select();
  }

  #draw(): void {
    const { lookup, groupBy, find } = this.store;
    if (!lookup) return;
    const focused = this.#body.contains(this.context.root.activeElement);
    const compared = lookup.review.compared;
    const findings = lookup.review.findings.length > 0;
    fill(this.#grouping, GROUPINGS.filter(([id]) => compared || id !== 'consequence').map(([id, name]) =>
      h('option', { value: id, selected: id === (groupBy === 'consequence' && !compared ? 'file' : groupBy) }, name)));
    this.#rows = rows(lookup, { groupBy, find, folds: this.#folds, shown: this.#shown });
    this.#table.classList.toggle('no-findings', !findings);
    fill(this.#table,
      h('colgroup', null, h('col'), h('col', { class: 'w-reach' }), h('col', { class: 'w-cost' }), findings && h('col', { class: 'w-find' }), h('col', { class: 'w-src' })),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Resource'), h('th', { scope: 'col', class: 'r' }, 'Reach'),
        h('th', { scope: 'col', class: 'r' }, 'Cost / mo'), findings && h('th', { scope: 'col' }, 'Finding'), h('th', { scope: 'col' }, 'Source'))),
      this.#body);
    fill(this.#body, this.#rows.map((row) => drawRow(this.context, lookup, row, findings)));
    this.#empty.hidden = this.#rows.length > 0;
    this.#empty.textContent = find ? `No address, type or file has “${find}” in it.` : 'No resource is declared in these files.';
    this.#mark();
    if (focused) this.#focus(this.#current);
  }

  /** Selected row, rows in its reach, and the one row that has the tab stop. */
  #mark(): void {
    const { selected, lookup } = this.store;
    const reach = new Set((selected && lookup ? lookup.reached.get(selected) ?? [] : []).map(({ address }) => address));
    const elements = [...this.#body.rows];
    const selectedRow = this.#rows.findIndex(({ address }) => address !== undefined && address === selected);
    if (!this.#rows.some(({ id }) => id === this.#current)) this.#current = this.#rows[selectedRow]?.id ?? this.#rows[0]?.id ?? '';
    else if (selectedRow >= 0 && this.#rows.find(({ id }) => id === this.#current)?.address !== selected
      && !this.#body.contains(this.context.root.activeElement)) {
      this.#current = this.#rows[selectedRow]?.id ?? this.#current;
    }
    for (const [index, element] of elements.entries()) {
      const row = this.#rows[index];
      if (!row) continue;
      element.tabIndex = row.id === this.#current ? 0 : -1;
      if (row.address === undefined) continue;
      element.setAttribute('aria-selected', String(row.address === selected));
      element.classList.toggle('reach', row.address !== selected && reach.has(row.address));
    }
    this.#toDetail.remove();
    elements[selectedRow]?.querySelector('.nm')?.append(this.#toDetail);
    if (selectedRow >= 0 && !this.#body.contains(this.context.root.activeElement)) elements[selectedRow]?.scrollIntoView({ block: 'nearest' });
  }

  #find(): void {
    this.store.find = this.#field.value.trim();
    this.store.emit('find');
    this.#draw();
  }

  #fieldKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.#focus(this.#rows.find(({ kind }) => kind === 'resource')?.id ?? this.#current);
    } else if (event.key === 'Escape' && this.#field.value !== '') {
      event.preventDefault();
      this.#field.value = '';
      this.#find();
    }
  }

  #group(): void {
    this.store.groupBy = this.#grouping.value as GroupBy;
    this.#draw();
  }

  #click(event: MouseEvent): void {
    const element = event.target instanceof Element ? event.target.closest('tr') : null;
    const row = element ? this.#rows[[...this.#body.rows].indexOf(element)] : undefined;
    if (!row || event.target === this.#toDetail) return;
    this.#current = row.id;
    if (row.kind === 'more') this.#more(row);
    else if (row.open !== null && (row.address === undefined || (event.target as Element).closest('.tw'))) this.#fold(row, !row.open);
    else if (row.address !== undefined) this.store.select(row.address, 'table');
    this.#focus(row.id);
  }

  #fold(row: Row, open: boolean): void {
    this.#folds.set(row.id, open);
    this.#draw();
  }

  #more(row: Row): void {
    const parent = row.id.slice(0, -'/more'.length);
    this.#shown.set(parent, (this.#shown.get(parent) ?? PAGE) + PAGE);
    this.#draw();
  }

  #focus(id: string): void {
    const at = this.#rows.findIndex((row) => row.id === id);
    if (at < 0) return;
    this.#current = id;
    for (const [index, element] of [...this.#body.rows].entries()) element.tabIndex = index === at ? 0 : -1;
    this.#body.rows[at]?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#rows.findIndex(({ id }) => id === this.#current);
    const row = this.#rows[at];
    if (!row || (event.target instanceof Element && event.target.closest('a'))) return;
    const to = this.#walk(event.key, at, row);
    if (to !== undefined) this.#focus(this.#rows[Math.max(0, Math.min(to, this.#rows.length - 1))]?.id ?? row.id);
    else if (!this.#act(event.key, row) && !this.#type(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #walk(key: string, at: number, row: Row): number | undefined {
    switch (key) {
      case 'ArrowDown': return at + 1;
      case 'ArrowUp': return at - 1;
      case 'Home': return 0;
      case 'End': return this.#rows.length - 1;
      case 'ArrowRight': return row.open ? at + 1 : undefined;
      case 'ArrowLeft': return row.open ? undefined : this.#rows.findLastIndex((other, index) => index < at && other.level < row.level);
      default: return undefined;
    }
  }

  #act(key: string, row: Row): boolean {
    if (key === 'ArrowRight' || key === 'ArrowLeft') {
      if (row.open !== null && row.open !== (key === 'ArrowRight')) this.#fold(row, key === 'ArrowRight');
    } else if (key === 'Enter' || key === ' ') {
      const source = row.address ? this.store.lookup?.source(row.address) : null;
      if (row.kind === 'more') this.#more(row);
      else if (row.address === undefined) {
        if (row.open !== null) this.#fold(row, !row.open);
      } else if (key === ' ') this.store.select(row.address, 'table');
      else if (source) this.store.goTo(source);
    } else if (key === '*') {
      for (const other of this.#rows) if (other.level === row.level && other.open === false) this.#folds.set(other.id, true);
      this.#draw();
    } else return false;
    return true;
  }

  /** Type to find: the next row whose name begins so. */
  #type(key: string): boolean {
    if (key.length !== 1 || !/[\w.-]/.test(key) || (/\d/.test(key) && this.#typed === '')) return false;
    const now = performance.now();
    this.#typed = now - this.#typedAt > 800 ? key : this.#typed + key;
    this.#typedAt = now;
    const lookup = this.store.lookup as Lookup;
    const at = this.#rows.findIndex(({ id }) => id === this.#current);
    const order = [...this.#rows.slice(at + (this.#typed.length === 1 ? 1 : 0)), ...this.#rows.slice(0, at + 1)];
    const found = order.find(({ address, title }) => {
      const name = address ? lookup.resources.get(address)?.name ?? address : title ?? '';
      return name.toLowerCase().startsWith(this.#typed.toLowerCase());
    });
    if (found) this.#focus(found.id);
    return true;
  }
}

define('pl-tree-table', TreeTable);
