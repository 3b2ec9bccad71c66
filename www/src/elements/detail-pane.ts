//! The selected resource: its changed lines, and what happens if this is merged.

import { type Child, fill, h, prose } from '../dom';
import type { Lookup } from '../lookup';
import type { AttributeValue, Because, Confidence, Reversible, Source } from '../review';
import { ACTION_MARK, ACTION_WORD, mark, severity, severityLevel } from '../symbols';
import { lastLineOf } from '../tree/block';
import { changedLines } from '../tree/lines';
import { money, notCompared, plural, told } from '../words';
import { codeLines, type GutterKind } from './code';
import { copyButton } from './handing-over';
import { define, Part } from './part';
import { addressLink, sourceLink } from './source-link';

const REVERSIBLE: Readonly<Record<Reversible, string>> = { yes: 'yes', 'with-backup': 'only with a backup', no: 'no' };
const CONFIDENCE: Readonly<Record<Confidence, string>> = { sure: 'sure', likely: 'likely', guess: 'a guess' };

const MOST_VALUES = 12;
const LONGEST = 80;

export class DetailPane extends Part {
  #turn = 0;

  protected override build(): void {
    for (const event of ['review', 'selection'] as const) this.store.on(event, () => void this.#draw());
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const { lookup, selected } = this.store;
    this.#turn += 1;
    const turn = this.#turn;
    if (!lookup || !selected) return fill(this);
    const block = lookup.block(selected) ?? lookup.source(selected);
    const { code, changed } = block ? await this.#code(lookup, selected, block) : { code: [], changed: false };
    if (turn !== this.#turn) return;
    const focused = this.contains(this.context.root.activeElement);
    const section = h('section', { class: 'detail', tabindex: -1, 'aria-label': `Selected: ${selected}` },
      this.#head(lookup, selected, block),
      h('div', { class: 'dg' }, h('div', null, code, !changed && this.#values(lookup, selected), this.#because(lookup, selected)),
        // It scrolls in a low window, and often has no link to reach it by.
        h('div', { tabindex: 0, role: 'region', 'aria-labelledby': 'd-merged' }, this.#merged(lookup, selected))));
    fill(this, section);
    if (focused) section.focus();
  }

  #head(lookup: Lookup, address: string, block: Source | null): HTMLElement {
    const action = lookup.changes.get(address)?.action ?? 'no-op';
    const off = lookup.disabled.has(address);
    const reached = lookup.review.affected.some((entry) => entry.address === address && entry.direction === 'downstream');
    const kind = action === 'no-op' && reached ? 'affected' : ACTION_MARK[action];
    const word = off ? 'Switched off' : action === 'no-op' && reached ? 'In reach' : ACTION_WORD[action];
    return h('div', { class: 'dh' },
      lookup.review.compared || off ? h('span', { class: `pill c-${kind === 'affected' ? 'ask' : kind}` }, mark(kind), word) : null,
      h('span', { class: 'addr', title: address }, address), h('span', { class: 'sp' }),
      block && sourceLink(this.context, block, range(lookup.place(block), block)),
      [...(lookup.resources.get(address)?.called_from ?? [])].reverse().map((call) => [h('span', { class: 'q sm' }, 'called from'), sourceLink(this.context, call)]),
      copyButton(() => this.context.root, 'Copy address', () => address, { class: 'b bare hide-s' }));
  }

  async #code(lookup: Lookup, selected: string, block: Source): Promise<{ code: Child; changed: boolean }> {
    const { session, store } = this.context;
    const after = block.before ? null : await session.text('after', block.file);
    const before = store.compared ? await this.#before(block, after) : null;
    const text = block.before ? before : after;
    const last = Math.max(block.end_line, text === null ? 0 : lastLineOf(text, block.line));
    const marks = gutter(lookup, { ...block, end_line: last });
    const keep = new Set(marks.keys());
    const { lines, more } = changedLines({ before: store.compared ? before ?? '' : null, after }, block, keep, lookup.changes.get(selected)?.previous_address);
    const unchanged = lines.every(({ sign }) => sign === '') && lines.length < 2;
    if (unchanged && !block.before) {
      const { lines: plain, more: rest } = changedLines({ before: null, after }, block, keep);
      return { code: this.#lines(plain, rest, block, marks), changed: false };
    }
    return { code: lines.length > 0 && this.#lines(lines, more, block, marks), changed: lines.some(({ sign }) => sign !== '') };
  }

  /** The file as it was; of a block that came from another file, that one. */
  async #before(block: Source, after: string | null): Promise<string | null> {
    const { session, store } = this.context;
    const same = await session.text('before', block.file);
    const head = after?.split('\n')[block.line - 1] ?? '';
    if (block.before || !/^(resource|data|module) /.test(head) || same?.includes(head)) return same;
    for (const path of store.files.before.keys()) {
      const text = store.text('before', path);
      if (text?.includes(head)) return text;
    }
    return same;
  }

  #lines(lines: Parameters<typeof codeLines>[0], more: number, block: Source, marks: ReadonlyMap<number, GutterKind>): Child[] {
    return [codeLines(lines, `${block.file}, from line ${block.line}`, marks, block.column),
      more > 0 && h('p', { class: 'sm q' }, `${plural(more, 'more line')}: `, sourceLink(this.context, block))];
  }

  /** What changes, where no line of its own does: a plan says it, or a value from elsewhere. */
  #values(lookup: Lookup, address: string): Child {
    const { action, because } = lookup.changes.get(address) ?? { action: 'no-op', because: [] };
    if (action === 'create' || action === 'delete' || because.length === 0) return null;
    return h('ul', { class: 'lst said' }, because.slice(0, MOST_VALUES).map(({ path, before, after }) => h('li', null,
      h('code', null, path), ': ', value(before), ' → ', value(after))), because.length > MOST_VALUES && h('li', { class: 'q' }, `${because.length - MOST_VALUES} more`));
  }

  #because(lookup: Lookup, address: string): Child {
    const change = lookup.changes.get(address);
    if (!change || !lookup.review.compared || change.because.length === 0) return null;
    const forcing = change.because.filter((item) => item.forces_replacement === 'yes');
    const followed = change.because.filter((item): item is Because & { follows: string } => item.follows !== undefined);
    return [
      change.action === 'replace' && forcing.length > 0 && h('p', { class: 'sm q said' },
        `${forcing.length} of ${plural(change.because.length, 'changed attribute')} ${forcing.length === 1 ? 'forces' : 'force'} replacement: `,
        forcing.flatMap((item, index) => [index > 0 && ', ', h('code', null, item.path)]), '.'),
      followed.length > 0 && h('p', { class: 'sm q said' }, followed.slice(0, 6).flatMap((item, index) => [
        index > 0 && ' ', h('code', null, item.path), ' reads a new value of ', this.#select(item.follows), '.'])),
      change.condition && h('p', { class: 'sm said' }, mark('unknown'), ' ', prose(change.condition)),
    ];
  }

  #merged(lookup: Lookup, address: string): Child {
    const off = lookup.disabled.get(address);
    const impact = lookup.impacts.get(address);
    const declared = lookup.changes.get(address);
    const reached = lookup.reached.get(address) ?? [];
    const far = Math.max(0, ...reached.map(({ distance }) => distance));
    const facts: [string, Child][] = [];
    if (off) facts.push(['State', prose(off.reason)]);
    if (declared && lookup.review.compared) facts.push(['What', [prose(declared.reason), declared.lost_by?.map((at) => [' ', sourceLink(this.context, at)])]]);
    if (impact) {
      facts.push(['Downtime', impact.downtime.expected === '' ? 'not known' : impact.downtime.expected]);
      if (impact.effect) facts.push(['Effect', prose(impact.effect)]);
      facts.push(['Data', impact.data_loss === 'none' ? 'no loss' : `${impact.data_loss} loss; ${CONFIDENCE[impact.confidence]}`]);
      facts.push(['Reversible', REVERSIBLE[impact.reversible]]);
    }
    if (reached.length > 0) facts.push(['Reaches', `${plural(reached.length, 'resource')}, to ${plural(far, 'step')}`]);
    facts.push(['Cost', this.#cost(lookup, address)]);
    facts.push(...this.#neighbours(lookup, address));
    return [
      h('h3', { id: 'd-merged' }, lookup.review.compared ? 'If this is merged' : 'As declared'),
      h('dl', { class: 'kv' }, facts.filter(([, value]) => value !== null).map(([term, value]) => [h('dt', null, term), h('dd', { class: 'num' }, value)])),
      this.#notes(lookup, address),
    ];
  }

  #cost(lookup: Lookup, address: string): Child {
    const unpriced = lookup.unpriced.get(address);
    const cost = lookup.costs.get(address);
    const { currency } = lookup.review.cost;
    const apart = cost?.not_compared;
    if (apart) return notCompared(apart, currency);
    if (unpriced) return `not priced: ${unpriced}`;
    if (!cost) return lookup.free.has(address) ? 'none of its own' : null;
    if (!cost.monthly && !cost.before && lookup.usageDependent.has(address)) return 'by use';
    const amount = (range: { expected: string } | null): string => (range ? money(range.expected, currency) : '$0');
    const text = lookup.review.compared && cost.before && cost.before.expected !== cost.monthly?.expected
      ? `${amount(cost.before)} → ${amount(cost.monthly)} a month` : `${amount(cost.monthly ?? cost.before)} a month`;
    return lookup.usageDependent.has(address) ? `${text}, and by use` : text;
  }

  #neighbours(lookup: Lookup, address: string): [string, Child][] {
    // What is switched off names what it would need; nothing that is there needs it.
    const off = lookup.disabled.has(address);
    const edges = lookup.review.dependencies.filter(({ disabled }) => off || !disabled);
    const needs = [...new Set(edges.filter(({ from }) => from === address).map(({ to }) => to))];
    const needed = [...new Set(edges.filter(({ to }) => to === address).map(({ from }) => from))];
    const list = (addresses: string[]): Child => addresses.length === 0 ? null
      : [addresses.slice(0, 8).flatMap((other, index) => [index > 0 && ', ', this.#select(other)]), addresses.length > 8 && `, ${addresses.length - 8} more`];
    return [['Needs', list(needs)], ['Needed by', list(needed)]];
  }

  #select(address: string): HTMLElement {
    return addressLink(this.context, address);
  }

  #notes(lookup: Lookup, address: string): Child {
    const findings = lookup.findings.get(address) ?? [];
    const gaps = lookup.notKnown.get(address) ?? [];
    const impact = lookup.impacts.get(address);
    return [
      findings.map((finding) => h('div', { class: 'note' }, severity(finding.severity), ' ', h('b', null, prose(told(finding)[0])), ' ',
        prose(told(finding)[1]), finding.fix && [h('br'), h('b', null, 'Instead: '), prose(finding.fix)])),
      gaps.slice(0, 3).map((gap) => h('p', { class: 'note' }, mark('unknown'), ' ', h('code', null, gap.what), ': ', prose(gap.why), '. ',
        gap.supply === 'variable' && h('button', { class: 'link', on: { click: () => this.store.openTab('not-known') } }, 'Supply one'))),
      impact && impact.references.length > 0 && h('p', { class: 'note sm q wrap' }, 'Source: ', impact.references.join(', ')),
    ];
  }
}

function value(of: AttributeValue): Child {
  if (of === null) return h('span', { class: 'q' }, 'not set');
  if (typeof of === 'object' && 'unknown' in of) return h('span', { class: 'q', title: String(of.unknown) }, 'not known');
  if (typeof of === 'object' && 'sensitive' in of) return h('span', { class: 'q' }, 'sensitive');
  const text = JSON.stringify(of);
  return h('code', { title: text }, text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
}

/** What stands in the gutter beside the lines of a block. */
export function gutter(lookup: Lookup, block: { file: string; line: number; end_line: number; before?: boolean }): Map<number, GutterKind> {
  const marks = new Map<number, GutterKind>();
  const inside = (source: Source): boolean => source.file === block.file && (source.before ?? false) === (block.before ?? false)
    && source.line >= block.line && source.line <= block.end_line;
  for (const gap of lookup.review.not_known) if (inside(gap.source)) marks.set(gap.source.line, 'unknown');
  for (const { severity: how, source } of lookup.review.diagnostics) {
    if (inside(source)) marks.set(source.line, how === 'error' ? 'high' : 'medium');
  }
  for (const finding of [...lookup.review.findings].sort((a, b) => severityLevel(a.severity) - severityLevel(b.severity))) {
    if (!inside(finding.source)) continue;
    const level = severityLevel(finding.severity);
    marks.set(finding.source.line, level === 4 ? 'critical' : level === 3 ? 'high' : 'medium');
  }
  return marks;
}

function range(place: string, { line, end_line }: Source): string {
  return end_line > line ? `${place}–${end_line}` : place;
}

define('pl-detail', DetailPane);
