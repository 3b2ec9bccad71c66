//! Style sheets, constructed: the policy allows no style in the document, and needs none.

import base from './style/base.css';
import shell from './style/shell.css';
import table from './style/table.css';
import graph from './style/graph.css';
import detail from './style/detail.css';
import documents from './style/documents.css';
import source from './style/source.css';
import steps from './style/steps.css';
import tokens from './style/tokens.css';

let shared: CSSStyleSheet[] | null = null;

/** The sheets of every review element on the page, made once. */
export function sheets(): CSSStyleSheet[] {
  shared ??= [tokens, base, shell, table, graph, detail, documents, source, steps].map(sheet);
  return shared;
}

/** What the page around the element needs. */
export function pageSheet(): CSSStyleSheet {
  return sheet(`${tokens} body { margin: 0; background: var(--paper); } plumbline-review { display: block; }`);
}

function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
