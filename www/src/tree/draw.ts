//! One row of the tree table.

import { type Child, h, hidden, prose } from '../dom';
import type { Context } from '../elements/part';
import { sourceLink } from '../elements/source-link';
import type { Lookup } from '../lookup';
import type { ChangeEntry } from '../review';
import { actionMark, icon, mark, severity } from '../symbols';
import { change, place, shortType } from '../words';
import type { Row } from './rows';

export function drawRow(context: Context, lookup: Lookup, row: Row, findings: boolean): HTMLTableRowElement {
  const columns = findings ? 5 : 4;
  switch (row.kind) {
    case 'group': return line(row, 'g row', h('td', { colspan: 2 }, name(row, row.mark && mark(row.mark),
      h('span', { class: 't' }, row.title, ' ', row.note && h('span', { class: 'q sm' }, row.note)))),
      h('td', { class: 'r num' }, sum(lookup, row)), h('td', { colspan: columns - 3 }));
    case 'part': return line(row, 'row', h('td', { colspan: 2 }, name(row,
      h('span', { class: 't' }, h('span', { class: 'mono' }, row.title), ' ', h('span', { class: 'q sm' }, row.note)))),
      h('td', { class: 'r num' }, sum(lookup, row)), h('td', { colspan: columns - 3 }));
    case 'note':
    case 'more': return line(row, row.kind === 'more' ? 'row more' : 'sub', h('td', { colspan: columns },
      name(row, h('span', { class: row.kind === 'more' ? 't u' : 't q sm' }, row.title))));
    case 'resource': return resource(context, lookup, row, findings);
  }
}

function resource(context: Context, lookup: Lookup, row: Row, findings: boolean): HTMLTableRowElement {
  const address = row.address ?? '';
  const entry = lookup.resources.get(address);
  const off = lookup.disabled.get(address);
  const declared = lookup.changes.get(address);
  const action = declared?.action ?? 'no-op';
  const shown = lookup.review.compared ? action : 'no-op';
  const destroyed = lookup.review.compared && (action === 'replace' || action === 'delete');
  const reason = row.reached?.reason ?? off?.reason ?? (lookup.review.compared && !nothing(declared) ? declared?.reason ?? '' : '');
  const tall = destroyed && !row.reached && reason !== '';
  const [worst] = lookup.findings.get(address) ?? [];
  const source = lookup.source(address);
  const sign = declared?.condition
    ? mark('unknown', `May ${action}: ${declared.condition}`)
    : row.reached && shown === 'no-op' ? mark('affected', 'In reach')
      : lookup.review.compared ? actionMark(shown) : mark(entry?.count_unknown ? 'unknown' : 'same', entry?.count_unknown ? 'Number not known' : 'Declared');
  const steps = row.reached?.distance;
  const labels: Child[] = [
    steps !== undefined && h('span', { class: 'dist', title: `${steps} ${steps === 1 ? 'step' : 'steps'} away` }, steps, hidden(steps === 1 ? ' step away' : ' steps away')),
    (lookup.review.compared || entry?.count_unknown) && sign, icon(entry?.icon ?? 'other'),
    h('span', { class: 't', title: address },
      within(address), h(off ? 's' : 'b', { class: 'n' }, lookup.title(address)), ' ',
      !row.reached && h('span', { class: 'ty' }, shortType(entry?.native_type ?? off?.native_type ?? '')), ' ',
      !tall && reason !== '' && h('span', { class: 'wy' }, prose(reason))),
  ];
  return line(row, `row${tall ? ' tall' : ''}${row.reached ? ' sub' : ''}${off ? ' off' : ''}`,
    h('td', null, name(row, ...labels), tall && h('span', { class: 'why', style: { '--lv': String(row.level - 1) } }, prose(reason))),
    h('td', { class: 'r x num' }, reach(lookup, address)),
    h('td', { class: 'r num' }, cost(lookup, address, off !== undefined)),
    findings && h('td', { class: 'x find' }, worst && severity(worst.severity)),
    h('td', { class: 'x src-cell' }, source && sourceLink(context, source, place(source), false)));
}

function line(row: Row, kind: string, ...cells: Child[]): HTMLTableRowElement {
  return h('tr', {
    class: kind, 'aria-level': row.level, 'aria-expanded': row.open === null ? undefined : String(row.open), tabindex: -1,
  }, ...cells);
}

function name(row: Row, ...children: Child[]): HTMLElement {
  return h('span', { class: 'nm', style: { '--lv': String(row.level - 1) } }, h('span', { class: row.open === null ? 'tw no' : 'tw' }), children);
}

/** The modules that a resource is in, before its name: `queue.` of `module.queue.aws_sqs_queue.this`. */
export function within(address: string): Child {
  const modules = [...address.matchAll(/\bmodule\.([\w-]+(?:\[[^\]]*\])?)\.(?=\w)/g)].map(([, name]) => `${name}.`).join('');
  return modules !== '' && h('span', { class: 'q' }, modules);
}

/** That a new resource is new is said by its mark. */
function nothing(declared: ChangeEntry | undefined): boolean {
  return declared?.action === 'create' && declared.because.length === 0 && declared.reason.length < 5;
}

function reach(lookup: Lookup, address: string): Child {
  const count = lookup.reached.get(address)?.length ?? 0;
  return count > 0 ? count.toLocaleString('en') : null;
}

function cost(lookup: Lookup, address: string, off: boolean): Child {
  if (off) return null;
  const { currency } = lookup.review.cost;
  const delta = lookup.delta(address);
  const apart = lookup.apart(address);
  if (apart) return h('span', { class: 'q', title: apart.reason }, delta === null ? 'not known' : `${change(delta, currency)} known`);
  const open = lookup.open(address);
  if (open && !delta) return h('span', { class: 'q', title: lookup.unpriced.get(address) }, open);
  if (delta === null) return null;
  const text = lookup.review.compared ? change(delta, currency) : change(delta, currency).replace(/^\+/, '');
  return delta === 0n ? h('span', { class: 'q' }, text) : text;
}

function sum(lookup: Lookup, row: Row): Child {
  let total = 0n;
  let known = false;
  let apart = false;
  for (const address of row.sum ?? []) {
    const delta = lookup.delta(address);
    apart ||= lookup.apart(address) !== undefined;
    if (delta === null) continue;
    known = true;
    total += delta;
  }
  if (!known || total === 0n) return apart ? h('span', { class: 'q' }, 'not known') : null;
  const text = change(total, lookup.review.cost.currency) + (apart ? ' known' : '');
  return lookup.review.compared ? text : text.replace(/^\+/, '');
}

