//! The editor: plain text with a gutter for what the review says, and messages under their lines. It works out
//! nothing; the core's diagnostics are handed to it.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, StateEffect, StateField, type Range, RangeSet, type Text } from '@codemirror/state';
import {
  Decoration, type DecorationSet, drawSelection, EditorView, gutter, GutterMarker, highlightActiveLine, highlightActiveLineGutter,
  keymap, lineNumbers, WidgetType,
} from '@codemirror/view';
import { type Child, h } from '../dom';
import { gutterMark, type GutterKind } from '../elements/code';
import { languageOf } from './language';

export interface Message {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  kind: GutterKind;
  content: () => Child;
}

interface Said { marks: RangeSet<GutterMarker>; under: DecorationSet; messages: readonly Message[] }

export const setMessages = StateEffect.define<readonly Message[]>();

class Mark extends GutterMarker {
  constructor(readonly kind: GutterKind) {
    super();
  }

  override eq(other: Mark): boolean {
    return this.kind === other.kind;
  }

  override toDOM(): Node {
    return gutterMark(this.kind);
  }
}

class Under extends WidgetType {
  constructor(readonly message: Message, readonly text: string) {
    super();
  }

  override eq(other: Under): boolean {
    return this.text === other.text && this.message.kind === other.message.kind;
  }

  override toDOM(): HTMLElement {
    return h('div', { class: 'msg' }, this.message.content());
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const said = StateField.define<Said>({
  create: () => ({ marks: RangeSet.empty, under: Decoration.none, messages: [] }),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMessages)) return place(effect.value, transaction.newDoc);
    }
    if (!transaction.docChanged) return value;
    return { ...value, marks: value.marks.map(transaction.changes), under: value.under.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.under),
});

function place(messages: readonly Message[], doc: Text): Said {
  const marks: Range<GutterMarker>[] = [];
  const under: Range<Decoration>[] = [];
  for (const message of [...messages].sort((a, b) => a.line - b.line || a.column - b.column)) {
    if (message.line < 1 || message.line > doc.lines) continue;
    const line = doc.line(message.line);
    marks.push(new Mark(message.kind).range(line.from));
    const from = offset(doc, message.line, message.column);
    const to = offset(doc, Math.min(message.endLine, doc.lines), message.endColumn);
    if (to > from) under.push(Decoration.mark({ class: message.kind === 'unknown' ? 'cm-qv' : 'cm-u' }).range(from, Math.min(to, line.to)));
    const text = `${message.line}:${message.column} ${h('p', null, message.content()).textContent ?? ''}`;
    under.push(Decoration.widget({ widget: new Under(message, text), block: true, side: 1 }).range(line.to));
  }
  return { marks: RangeSet.of(marks, true), under: Decoration.set(under.filter(({ from, to, value }) => value.spec.block || to > from), true), messages };
}

/** Columns count code points from 1; the editor counts UTF-16 units. */
export function offset(doc: Text, line: number, column: number): number {
  if (line < 1 || line > doc.lines) return doc.length;
  const { from, text } = doc.line(line);
  let units = 0;
  let points = 1;
  for (const point of text) {
    if (points >= column) break;
    units += point.length;
    points += 1;
  }
  return from + units;
}

function jump(view: EditorView, way: 1 | -1): boolean {
  const { messages } = view.state.field(said);
  const here = view.state.doc.lineAt(view.state.selection.main.head).number;
  const lines = [...new Set(messages.map(({ line }) => line))].sort((a, b) => (a - b) * way);
  const next = lines.find((line) => (line - here) * way > 0) ?? lines[0];
  if (next === undefined) return false;
  goTo(view, next, 1);
  return true;
}

export function goTo(view: EditorView, line: number, column: number): void {
  const at = offset(view.state.doc, line, column);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  view.focus();
}

export interface Setup {
  path: string;
  label: string;
  readOnly: boolean;
  changed?: (text: string) => void;
  escape: () => boolean;
}

export function extensions({ path, label, readOnly, changed, escape }: Setup): Extension[] {
  return [
    said,
    gutter({ class: 'cm-said', markers: (view) => view.state.field(said).marks, initialSpacer: () => new Mark('medium') }),
    lineNumbers(), foldGutter(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(),
    highlightSelectionMatches(), search({ top: true }),
    // Tab stays with the browser: it leaves the editor.
    keymap.of([
      { key: 'F8', run: (view) => jump(view, 1) }, { key: 'Shift-F8', run: (view) => jump(view, -1) },
      ...searchKeymap, { key: 'Escape', run: escape },
      ...defaultKeymap, ...historyKeymap, ...foldKeymap,
    ]),
    languageOf(path),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && changed && !update.transactions.some((transaction) => transaction.isUserEvent('set'))) changed(update.state.doc.toString());
    }),
  ];
}
