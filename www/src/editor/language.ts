//! Colouring by file kind. The grammar is wrapped here, so that leaving it out is one line.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { hcl } from 'codemirror-lang-hcl';

const style = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword], color: 'var(--ask)' },
  { tag: [tags.typeName, tags.className, tags.tagName], color: 'var(--ask)' },
  { tag: [tags.string, tags.labelName, tags.special(tags.string)], color: 'var(--create)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--update)' },
  { tag: [tags.comment], color: 'var(--ink-3)' },
  { tag: [tags.function(tags.variableName), tags.propertyName], color: 'var(--ink)' },
]);

export function languageOf(path: string): Extension {
  const colouring = syntaxHighlighting(style);
  return /\.(tf|tfvars|hcl|tofu)$/.test(path) ? [hcl(), colouring] : [];
}
