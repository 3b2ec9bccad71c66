//! What of the graph is shown, and how it is coloured.

import { h } from '../dom';
import type { GroupBy, View } from '../graph/scene';
import { type Item, menu } from './menu';
import type { Context } from './part';

const GROUPS: readonly (readonly [GroupBy, string])[] = [
  ['auto', 'Group by module, else file'], ['module', 'Group by module'], ['file', 'Group by file'], ['type', 'Group by type'], ['none', 'No groups'],
];

export function graphTools(context: Context): HTMLElement {
  const { store } = context;
  const about = h('span', { class: 'q sm about' });
  const changed = h('button', { class: 'b', 'aria-pressed': 'true' }, 'Changed only');
  const colour = h('button', { class: 'b hide-s' }, 'Colour: action');
  changed.addEventListener('click', () => store.setView({ changed_only: !changedOnly() }));
  colour.addEventListener('click', () => store.setView({ colour: store.view.colour === 'cost' ? 'action' : 'cost' }));

  const changedOnly = (): boolean => store.view.changed_only ?? store.review?.compared ?? false;
  const toggle = (text: string, key: 'destroyed_only' | 'show_all' | 'show_disabled' | 'hide_data'): Item => ({
    text, checked: store.view[key] === true, act: () => store.setView({ [key]: store.view[key] !== true } as Partial<View>),
  });
  const more = menu(context, 'View', () => [
    ...GROUPS.map(([id, text]): Item => ({ text, checked: (store.view.group_by ?? 'auto') === id, act: () => store.setView({ group_by: id, expanded: [], collapsed: [] }) })),
    null,
    ...(store.review?.compared ? [toggle('Replaced and deleted only', 'destroyed_only')] : []),
    toggle('Every resource as a card', 'show_all'), toggle('Leave data sources out', 'hide_data'), toggle('Show what is switched off', 'show_disabled'),
    null,
    { text: 'Colour by cost', checked: store.view.colour === 'cost', act: () => store.setView({ colour: store.view.colour === 'cost' ? 'action' : 'cost' }) },
    { text: 'Close opened groups', act: () => store.setView({ expanded: [], collapsed: [] }) },
  ]);
  const draw = (): void => {
    about.textContent = store.picture?.scene.summary ?? '';
    about.title = about.textContent;
    changed.hidden = !store.review?.compared;
    changed.setAttribute('aria-pressed', String(changedOnly()));
    // One version has no actions to colour.
    colour.textContent = `Colour: ${store.view.colour === 'cost' ? 'cost' : store.review?.compared ? 'action' : 'none'}`;
  };
  for (const event of ['picture', 'view', 'review'] as const) store.on(event, draw);
  draw();
  return h('div', { class: 'tools' }, h('h2', { class: 'small' }, 'Graph'), about, h('span', { class: 'sp' }), changed, colour, more);
}
