//! Cost a month: one axis for every row, what each figure is made of, and what is not in the total.

import { type Child, fill, h, hidden, prose, svg } from '../dom';
import type { Lookup } from '../lookup';
import type { CostComponent, MoneyRange, ResourceCost } from '../review';
import { actionMark, icon, mark } from '../symbols';
import { within } from '../tree/draw';
import { change, decimal, drawn, money, notCompared, plural, shortType, unitPrice } from '../words';
import { copyButton } from './handing-over';
import { define, Part } from './part';
import { addressLink, sourceLink } from './source-link';

const SHOWN = 100;

export class CostPanel extends Part {
  readonly #open = new Set<string>();
  #limit = SHOWN;

  protected override build(): void {
    this.store.on('review', () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { lookup } = this.store;
    if (!lookup) return fill(this);
    const { cost, catalog, compared } = lookup.review;
    const rows = [...cost.resources].sort((a, b) => compare(lookup, b, a));
    const axis = new Axis(rows);
    fill(this, h('div', { class: 'sheet' }, h('div', { class: 'two' },
      h('div', null,
        h('div', { class: 'hd' }, h('h2', null, 'Cost a month'),
          h('span', { class: 'q sm' }, catalog.prices_as_of
            ? `${cost.currency}, on-demand list prices of ${catalog.prices_as_of}; ${catalog.region_default} where no region is named. Before tax and discounts.`
            : rows.length > 0 ? `${cost.currency}, on-demand list prices before tax and discounts; each part says where its price is from.` : 'No price table is at hand.'),
          h('span', { class: 'sp' }), rows.length > 0 && copyButton(() => this.context.root, 'Copy the review as Markdown', () => this.context.session.export('markdown'))),
        rows.length === 0 ? h('p', { class: 'q' }, 'Nothing in these files has a price of its own.') : this.#table(lookup, rows, axis, compared)),
      h('aside', { class: 'side', 'aria-label': 'Not in the total' }, this.#aside(lookup)))));
  }

  #table(lookup: Lookup, rows: ResourceCost[], axis: Axis, compared: boolean): Child {
    const { cost } = lookup.review;
    const { currency } = cost;
    const right = (text: Child, extra = ''): HTMLElement => h('td', { class: `r num ${extra}` }, text);
    return [
      h('table', { class: compared ? 'ct' : 'ct single' },
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Resource'), compared && h('th', { scope: 'col', class: 'r bf' }, 'Before'),
          h('th', { scope: 'col', class: 'r' }, 'Expected'), h('th', { scope: 'col', class: 'rng' }, hidden('Range'), axis.scale(currency)),
          compared && h('th', { scope: 'col', class: 'r' }, 'Change'), h('th', { scope: 'col', class: 'r hide-s' }, 'At most'), h('th', { scope: 'col', class: 'hide-m' }, 'Why'))),
        h('tbody', null, rows.slice(0, this.#limit).flatMap((row) => this.#row(lookup, row, axis, compared)),
          rows.length > this.#limit && h('tr', null, h('td', { colspan: 7 }, h('button', {
            class: 'link', on: { click: () => { this.#limit += SHOWN * 5; this.#draw(); } },
          }, `Show more of ${rows.length - this.#limit}`)))),
        h('tfoot', null, h('tr', null, h('td', null, 'Total'),
          compared && right(cost.monthly.before ? total(cost.monthly.before, rows.some((row) => row.not_compared?.after), currency) : '—', 'bf'),
          right(total(cost.monthly.after, rows.some((row) => row.not_compared?.before), currency)),
          h('td', { class: 'rng sm q' }, spread(cost.monthly.after)
            && `${money(cost.monthly.after.low, currency)} at least, ${money(cost.monthly.after.high, currency)} at most`),
          compared && right(cost.monthly.delta && difference(cost.monthly.delta, cost.monthly.not_compared > 0, true, currency)),
          right(spread(cost.monthly.delta ?? cost.monthly.after) && `to ${compared && cost.monthly.delta
            ? change(decimal(cost.monthly.delta.high), currency) : money(cost.monthly.after.high, currency)}`, 'q sm hide-s'),
          h('td', { class: 'basis hide-m' }, cost.monthly.delta_percent !== null && percent(cost.monthly.delta_percent))))),
      h('p', { class: 'sm q key' },
        svg('svg', { width: 98, height: 16, viewBox: '0 0 98 16', 'aria-hidden': 'true' },
          svg('rect', { class: 'bar-b', x: 2, y: 3, width: 40, height: 10 }), svg('rect', { class: 'bar-f', x: 42, y: 3, width: 50, height: 10 }),
          svg('path', { class: 'bar-l', d: 'M42 8H92M92 4V12' }), svg('path', { class: 'bar-e', d: 'M42 0V16' }),
          compared && svg('circle', { class: 'bar-o', cx: 18, cy: 8, r: 3.5 })),
        compared ? ' Circle: before. Thick tick: expected. Thin line: at least to at most.' : ' Thick tick: expected. Thin line: at least to at most.'),
    ];
  }

  #row(lookup: Lookup, row: ResourceCost, axis: Axis, compared: boolean): Child[] {
    const { currency } = lookup.review.cost;
    const entry = lookup.resources.get(row.address);
    const action = lookup.changes.get(row.address)?.action ?? 'no-op';
    const shown = this.#open.has(row.address);
    const apart = row.not_compared;
    const most = row.monthly && spread(row.monthly) && !apart
      ? decimal(row.monthly.high) - (compared && row.before ? decimal(row.before.expected) : 0n) : null;
    const figure = (range: MoneyRange | null, none: string): Child => range ? money(range.expected, currency) : h('span', { class: 'q', title: lookup.unpriced.get(row.address) }, none);
    // Where there is no figure, its reason stands in its place.
    const none = apart?.before ? 'not known' : action === 'delete' ? '—' : lookup.open(row.address) ?? '—';
    const toggle = row.components.length > 0 && h('button', {
      class: 'tw', 'aria-expanded': String(shown), 'aria-label': `What ${row.address} is made of`, on: { click: () => this.#turn(row.address) },
    });
    return [
      h('tr', null,
        h('td', null, h('span', { class: 'nm' }, toggle || h('span', { class: 'tw no' }), compared && actionMark(action), icon(entry?.icon ?? 'other'),
          h('span', { class: 't', title: row.address }, within(row.address), h('b', null, lookup.title(row.address)), ' ', h('span', { class: 'ty' }, shortType(entry?.native_type ?? ''))))),
        compared && h('td', { class: 'r num bf' }, figure(row.before, apart?.after ? 'not known' : '—')),
        h('td', { class: 'r num' }, figure(row.monthly, none)),
        h('td', { class: 'rng' }, hidden(row.monthly ? `${money(row.monthly.low, currency)} to ${money(row.monthly.high, currency)}`
          : apart ? 'not known' : row.components.length > 0 ? 'not in the total' : 'gone'), axis.bar(row)),
        compared && h('td', { class: 'r num' }, difference(row.delta, apart !== undefined, false, currency)),
        h('td', { class: 'r num q sm hide-s' }, most !== null && `to ${compared ? change(most, currency) : change(most, currency).replace(/^\+/, '')}`),
        h('td', { class: 'basis hide-m', title: why(row) }, why(row))),
      shown && h('tr', { class: 'parts' }, h('td', { colspan: 7 }, components(row.components, currency))),
    ];
  }

  #turn(address: string): void {
    if (!this.#open.delete(address)) this.#open.add(address);
    this.#draw();
    this.querySelectorAll<HTMLElement>('button.tw').forEach((button) => {
      if (button.getAttribute('aria-label') === `What ${address} is made of`) button.focus();
    });
  }

  #aside(lookup: Lookup): Child {
    const { cost } = lookup.review;
    const apart = cost.resources.flatMap(({ address, not_compared }) => (not_compared ? [{ address, not_compared }] : []));
    return [
      apart.length > 0 && h('section', null, h('h3', null, 'Not in the difference'),
        h('ul', { class: 'lst' },
          apart.slice(0, 40).map(({ address, not_compared }) => h('li', null, this.#select(address), ' ', mark('unknown'), ' ',
            prose(sentence(notCompared(not_compared, cost.currency))), ' ', sourceLink(this.context, not_compared.source))),
          apart.length > 40 && h('li', { class: 'q' }, `${apart.length - 40} more`))),
      h('section', null, h('h3', null, 'Not in the total'),
        cost.left_out.length === 0
          ? h('p', { class: 'sm q' }, 'Everything that was read is in it.')
          : h('ul', { class: 'lst' },
            cost.left_out.slice(0, 80).map(({ component, unit_price, unit, reason, addresses }) => h('li', null,
              component !== null ? [h('b', null, `${component}.`), ' '] : [mark('unknown'), ' '],
              unit_price !== null && `${unitPrice(unit_price, cost.currency)} per ${unit}. `,
              reason && `${sentence(reason)} `,
              addresses.slice(0, 4).flatMap((address, index) => [index > 0 && ', ', this.#select(address)]),
              addresses.length > 4 && ` and ${addresses.length - 4} more`)),
            cost.left_out.length > 80 && h('li', { class: 'q' }, `${cost.left_out.length - 80} more`))),
      cost.free.length > 0 && h('section', null, h('h3', null, 'Free of charge'),
        h('p', { class: 'sm q' }, `${plural(cost.free.length, 'resource costs', 'resources cost')} nothing by ${cost.free.length === 1 ? 'itself' : 'themselves'}.`)),
    ];
  }

  #select(address: string): HTMLElement {
    return addressLink(this.context, address, () => this.store.openTab('changes'));
  }
}

function components(list: readonly CostComponent[], currency: string): HTMLElement {
  return h('table', { class: 'pt' },
    h('thead', null, h('tr', null, ['Part', 'Quantity', 'Unit price', 'A month', 'Where from'].map((title, index) =>
      h('th', { scope: 'col', class: index > 0 && index < 4 ? 'r' : '' }, title)))),
    h('tbody', null, list.map((part) => h('tr', null,
      h('td', null, part.name),
      h('td', { class: 'r num' }, part.quantity
        ? `${part.quantity.low === part.quantity.high ? part.quantity.expected : `${part.quantity.low}–${part.quantity.high}`} ${part.unit}` : h('span', { class: 'q' }, 'by use')),
      h('td', { class: 'r num' }, part.unit_price === null ? h('span', { class: 'q' }, 'no price') : unitPrice(part.unit_price, currency)),
      h('td', { class: 'r num' }, part.monthly ? money(part.monthly.expected, currency) : h('span', { class: 'q' }, part.reason ?? 'not in the total')),
      h('td', { class: 'q' }, [part.assumption, part.price_source].filter(Boolean).join('. '))))));
}

/** A total of nothing but what is not known is none. */
function total(range: MoneyRange, open: boolean, currency: string): string {
  return open && decimal(range.high) === 0n ? 'not known' : money(range.expected, currency);
}

/** The change as far as both versions tell it; nothing known that differs is no difference of nothing. */
function difference(delta: MoneyRange | null, apart: boolean, total: boolean, currency: string): Child {
  if (delta === null) return h('span', { class: 'q' }, apart ? 'not known' : '—');
  const units = decimal(delta.expected);
  if (apart && total && units === 0n && !spread(delta)) return 'not known';
  const text = `${change(units, currency)}${apart ? ' known' : ''}`;
  return total ? text : units === 0n ? h('span', { class: 'q' }, text) : h('b', null, text);
}

/** What only one version tells first, then the largest change; what stays the same by its size. */
function compare(lookup: Lookup, a: ResourceCost, b: ResourceCost): number {
  if (Boolean(a.not_compared) !== Boolean(b.not_compared)) return a.not_compared ? 1 : -1;
  const [left, right] = [lookup.delta(a.address) ?? 0n, lookup.delta(b.address) ?? 0n];
  if (left !== right) return left > right ? 1 : -1;
  return drawn(a.monthly?.high ?? '0') - drawn(b.monthly?.high ?? '0');
}

function spread(range: MoneyRange): boolean {
  return decimal(range.low) !== decimal(range.high);
}

function why(row: ResourceCost): string {
  return row.components.filter(({ monthly }) => monthly !== null).map(({ name }) => name).join(', ');
}

/** With a capital, unless it begins with a name: `var.nodes` is no sentence's word. */
function sentence(text: string): string {
  const begins = /^[a-z]+(?![\w.])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return `${begins}${text.endsWith('.') ? '' : '.'}`;
}

function percent(value: number): string {
  return `${value > 0 ? '+' : ''}${String(Math.round(value)).replace('-', '−')} %`;
}

/** One axis for all rows, so that lengths can be compared down the column. */
class Axis {
  readonly #end: number;
  readonly #step: number;

  constructor(rows: readonly ResourceCost[]) {
    const most = Math.max(1, ...rows.flatMap(({ monthly, before }) => [drawn(monthly?.high ?? '0'), drawn(before?.expected ?? '0')]));
    const rough = most / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    this.#step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
    this.#end = most * 1.02;
  }

  scale(currency: string): HTMLElement {
    return h('span', { class: 'axis', 'aria-hidden': 'true' }, this.#ticks().map((tick) =>
      h('span', { style: { left: this.#at(tick) } }, `${tick === 0 && currency === 'USD' ? '$' : ''}${tick.toLocaleString('en')}`)));
  }

  bar({ monthly, before }: ResourceCost): SVGSVGElement {
    const at = (text: string): string => this.#at(drawn(text));
    const width = (from: string, to: string): string => `${((drawn(to) - drawn(from)) / this.#end) * 100}%`;
    const line = (x1: string, x2: string, y1: number, y2: number, kind: string): SVGLineElement => svg('line', { class: kind, x1, x2, y1, y2 });
    return svg('svg', { 'aria-hidden': 'true' },
      this.#ticks().map((tick) => line(this.#at(tick), this.#at(tick), 0, 30, 'grid')),
      monthly && [
        svg('rect', { class: 'bar-b', x: 0, y: 10, width: width('0', monthly.expected), height: 10 }),
        spread(monthly) && [
          svg('rect', { class: 'bar-f', x: at(monthly.expected), y: 10, width: width(monthly.expected, monthly.high), height: 10 }),
          line(at(monthly.low), at(monthly.high), 15, 15, 'bar-l'), line(at(monthly.high), at(monthly.high), 11, 19, 'bar-l'),
        ],
        line(at(monthly.expected), at(monthly.expected), 7, 23, 'bar-e'),
      ],
      before && svg('circle', { class: 'bar-o', cx: at(before.expected), cy: 15, r: 3.5 }));
  }

  #ticks(): number[] {
    const ticks: number[] = [];
    for (let tick = 0; tick < this.#end; tick += this.#step) ticks.push(Math.round(tick * 1000) / 1000);
    return ticks;
  }

  #at(value: number): string {
    return `${(value / this.#end) * 100}%`;
  }
}

define('pl-cost', CostPanel);
