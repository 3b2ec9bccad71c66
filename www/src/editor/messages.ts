//! What the review says about one file, as messages at its lines.

import { prose } from '../dom';
import { h } from '../dom';
import type { Lookup } from '../lookup';
import type { Source } from '../review';
import { mark, severity, severityLevel } from '../symbols';
import { told } from '../words';
import type { Message } from './setup';
import type { GutterKind } from '../elements/code';

export function messagesOf(lookup: Lookup, file: string, before: boolean, supply: () => void): Message[] {
  const messages: Message[] = [];
  const here = (source: Source): boolean => source.file === file && (source.before ?? false) === before && source.line > 0;
  const add = (source: Source, kind: GutterKind, content: Message['content']): void => {
    messages.push({ line: source.line, column: source.column, endLine: source.end_line, endColumn: source.end_column, kind, content });
  };
  for (const finding of lookup.review.findings) {
    if (!here(finding.source)) continue;
    const level = severityLevel(finding.severity);
    add(finding.source, level === 4 ? 'critical' : level === 3 ? 'high' : 'medium',
      () => [severity(finding.severity), h('span', null, prose(told(finding).join(' ')))]);
  }
  for (const item of lookup.review.diagnostics) {
    if (here(item.source)) add(item.source, item.severity === 'error' ? 'high' : 'medium',
      () => [mark(item.severity === 'error' ? 'delete' : 'unknown'), h('span', null, prose(item.message), item.help && [' ', prose(item.help)])]);
  }
  for (const gap of lookup.review.not_known) {
    if (here(gap.source)) add(gap.source, 'unknown', () => [mark('unknown'), h('span', null, h('code', null, gap.what), ': ', prose(gap.why), '. ',
      gap.supply === 'variable' && h('button', { class: 'link', tabindex: -1, on: { click: supply } }, 'Supply one'))]);
  }
  return messages;
}

/** The worst mark of each file, for its tab. */
export function worstOf(lookup: Lookup): Map<string, GutterKind> {
  const order: readonly GutterKind[] = ['unknown', 'medium', 'high', 'critical'];
  const worst = new Map<string, GutterKind>();
  const say = (source: Source, kind: GutterKind): void => {
    const known = worst.get(source.file);
    if (!known || order.indexOf(kind) > order.indexOf(known)) worst.set(source.file, kind);
  };
  for (const gap of lookup.review.not_known) say(gap.source, 'unknown');
  for (const item of lookup.review.diagnostics) if (item.severity !== 'note') say(item.source, item.severity === 'error' ? 'high' : 'medium');
  for (const finding of lookup.review.findings) {
    const level = severityLevel(finding.severity);
    say(finding.source, level === 4 ? 'critical' : level === 3 ? 'high' : 'medium');
  }
  return worst;
}
