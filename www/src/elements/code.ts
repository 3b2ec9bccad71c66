//! Lines of code with their gutter: what changed, what is wrong, what is not known.

import { type Child, h, hidden, svg } from '../dom';
import type { CodeLine } from '../tree/lines';
import { mark } from '../symbols';

export type GutterKind = 'critical' | 'high' | 'medium' | 'unknown';

const GUTTER_NAME: Readonly<Record<GutterKind, string>> = {
  critical: 'Critical finding', high: 'Error or high finding', medium: 'Finding or warning', unknown: 'Value not known',
};

export function gutterMark(kind: GutterKind): SVGSVGElement {
  if (kind === 'unknown') return mark('unknown', GUTTER_NAME.unknown);
  const shape = kind === 'critical'
    ? [svg('path', { d: 'M1 1h10v10H1z', class: 'sq' }), svg('path', { d: 'M6 3v3.5M6 8.5v.8', class: 'bang' })]
    : kind === 'high' ? [svg('path', { d: 'M6 1.2L11.2 10.5H.8z', class: 'tri' })]
      : [svg('path', { d: 'M2 6h8', class: 'dash' })];
  return svg('svg', { viewBox: '0 0 12 12', role: 'img', 'aria-label': GUTTER_NAME[kind], class: `gm gm-${kind}` }, ...shape);
}

/** A plan is one line of any length: of a longer line, this many characters are shown. */
const LONGEST = 1_000;

/** `column` is where to begin in a line that is too long to be shown whole. */
export function codeLines(lines: readonly CodeLine[], label: string, marks: ReadonlyMap<number, GutterKind>, column: number): HTMLElement {
  return h('div', { class: 'code', tabindex: 0, role: 'region', 'aria-label': label }, lines.map((line) => {
    const kind = line.sign === '−' ? undefined : marks.get(line.number);
    return h('div', { class: `${line.sign === '+' ? 'add' : line.sign === '−' ? 'del' : ''}${line.gap ? ' gap' : ''}` },
      h('span', { class: 'gu' }, kind && gutterMark(kind)),
      h('span', { class: 'ln' }, line.number),
      h('span', { class: 'sg', 'aria-hidden': 'true' }, line.sign),
      line.sign !== '' && hidden(line.sign === '+' ? 'added: ' : 'removed: '),
      h('pre', null, coloured(part(line.text, column))));
  }));
}

function part(text: string, column: number): string {
  if (text.length <= LONGEST) return text;
  const from = column < text.length ? Math.max(0, column - 1) : 0;
  const rest = text.length - from - LONGEST;
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + LONGEST)}${rest > 0 ? ' …' : ''}`;
}

const KEYWORD = /^(\s*)(resource|data|module|variable|output|locals|provider|terraform|moved|import|removed)\b/;

/** Keywords, texts and comments; enough for a few lines, the editor does it properly. */
function coloured(text: string): Child[] {
  const out: Child[] = [];
  let rest = text;
  const keyword = KEYWORD.exec(rest);
  if (keyword) {
    out.push(keyword[1] ?? '', h('span', { class: 'k' }, keyword[2]));
    rest = rest.slice(keyword[0].length);
  }
  for (const part of rest.split(/("(?:[^"\\]|\\.)*"|(?:#|\/\/).*$)/)) {
    if (part.startsWith('"')) out.push(h('span', { class: 's' }, part));
    else if (part.startsWith('#') || part.startsWith('//')) out.push(h('span', { class: 'q' }, part));
    else if (part !== '') out.push(part);
  }
  return out;
}
