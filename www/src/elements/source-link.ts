//! `rds.tf:16`: every place in the sources is a link that goes there.

import { h } from '../dom';
import type { Source } from '../review';
import { place } from '../words';
import type { Context } from './part';

/** A place in the sources, as a link that goes there; `stop`: Tab stops at it. */
export function sourceLink(context: Context, source: Source, text = context.store.lookup?.place(source) ?? place(source), stop = true): HTMLElement {
  const old = source.before ?? false;
  const link = h('a', {
    class: old ? 'src old' : 'src', href: '#', tabindex: stop ? undefined : -1, title: `${source.file}:${source.line}${old ? ', in the version before' : ''}`,
  }, text, old && h('span', { class: 'vh' }, ' in the version before'));
  link.addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
    context.store.goTo(source);
  });
  return link;
}

/** A resource by its address, as a link that selects it. */
export function addressLink(context: Context, address: string, show?: () => void): HTMLElement {
  const link = h('a', { class: 'mono at', href: '#' }, address);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    context.store.select(address);
    show?.();
  });
  return link;
}
