//! The rows of the tree table: groups, the resources in them, and what each changed one reaches. Worst first; a
//! resource has one home row, elsewhere it is counted as a reference.

import type { Lookup } from '../lookup';
import type { Action, AffectedEntry } from '../review';
import type { GroupBy } from '../store';
import type { Mark } from '../symbols';
import { plural } from '../words';

export interface Row {
  /** Stable over reviews, so that what is open stays open. */
  id: string;
  level: number;
  kind: 'group' | 'part' | 'resource' | 'note' | 'more';
  /** `null` when nothing is inside. */
  open: boolean | null;
  mark?: Mark;
  title?: string;
  note?: string;
  address?: string;
  /** Where a reached resource stands to its changed one. */
  reached?: AffectedEntry;
  /** Addresses whose costs the row sums up. */
  sum?: readonly string[];
}

export interface Shape {
  groupBy: GroupBy;
  find: string;
  /** Rows opened or closed by the reader, by id. */
  folds: ReadonlyMap<string, boolean>;
  /** How many of a long list are shown, by the id of its row. */
  shown: ReadonlyMap<string, number>;
}

/** A longer list goes on under a row that opens more. */
export const PAGE = 200;
/** More members than this are put under their files. */
const FLAT = 12;

interface Group { id: string; title: string; mark?: Mark; note: string; members: string[]; open: boolean; files: boolean }

export function rows(lookup: Lookup, shape: Shape): Row[] {
  const matches = matcher(lookup, shape.find);
  const homes = shape.groupBy === 'consequence' && lookup.review.compared && !shape.find ? homesOf(lookup) : new Map<string, string>();
  const out: Row[] = [];
  for (const group of groups(lookup, shape.groupBy)) {
    const members = group.members.filter(matches);
    if (members.length === 0) continue;
    const open = shape.find ? true : shape.folds.get(group.id) ?? group.open;
    out.push({
      id: group.id, level: 1, kind: 'group', open, title: `${group.title} ${members.length.toLocaleString('en')}`, note: group.note,
      sum: members, ...(group.mark ? { mark: group.mark } : {}),
    });
    if (!open) continue;
    const own = members.filter((address) => !homes.has(address));
    if (group.files && own.length > FLAT && !shape.find) byFile(lookup, group.id, own, shape, out);
    else list(lookup, group.id, 2, own, homes, shape, out);
    const elsewhere = members.length - own.length;
    if (elsewhere > 0) {
      out.push({
        id: `${group.id}/above`, level: 2, kind: 'note', open: null,
        title: own.length > 0 ? `${elsewhere} more above, under what they depend on` : `${elsewhere} above, under what they depend on`,
      });
    }
  }
  return out;
}

/** Reached by a row that is destroyed or updated: that row is the home of what is made or touched because of it. */
function homesOf(lookup: Lookup): Map<string, string> {
  const homes = new Map<string, string>();
  for (const action of ['replace', 'delete', 'update'] as const) {
    for (const change of lookup.review.changes) {
      if (change.action !== action) continue;
      for (const { address } of lookup.reached.get(change.address) ?? []) {
        const own = lookup.changes.get(address)?.action;
        const destroyed = own === 'replace' || own === 'delete';
        if (!destroyed && !(own === 'update' && action === 'update') && !homes.has(address)) homes.set(address, change.address);
      }
    }
  }
  return homes;
}

function list(
  lookup: Lookup, parent: string, level: number, members: readonly string[], homes: ReadonlyMap<string, string>, shape: Shape, out: Row[],
): void {
  const limit = shape.shown.get(parent) ?? PAGE;
  for (const address of members.slice(0, limit)) {
    const children = (lookup.reached.get(address) ?? []).filter((entry) => homes.get(entry.address) === address);
    const id = `${parent}/${address}`;
    const open = children.length === 0 ? null : shape.folds.get(id) ?? children.length <= FLAT;
    out.push({ id, level, kind: 'resource', open, address });
    if (!open) continue;
    const most = shape.shown.get(id) ?? PAGE;
    for (const reached of children.slice(0, most)) {
      out.push({ id: `${id}/${reached.address}`, level: level + 1, kind: 'resource', open: null, address: reached.address, reached });
    }
    more(id, level + 1, children.length - most, out);
  }
  more(parent, level, members.length - limit, out);
}

function more(parent: string, level: number, left: number, out: Row[]): void {
  if (left > 0) out.push({ id: `${parent}/more`, level, kind: 'more', open: null, title: `Show ${Math.min(left, PAGE)} of ${left.toLocaleString('en')} more` });
}

function byFile(lookup: Lookup, parent: string, members: readonly string[], shape: Shape, out: Row[]): void {
  const files = new Map<string, string[]>();
  for (const address of members) {
    const file = lookup.source(address)?.file ?? '';
    const list = files.get(file);
    if (list) list.push(address);
    else files.set(file, [address]);
  }
  const few = members.length <= PAGE;
  let first = true;
  for (const [file, addresses] of files) {
    const id = `${parent}/${file}`;
    const open = shape.folds.get(id) ?? (few || first);
    first = false;
    out.push({ id, level: 2, kind: 'part', open, title: file, note: plural(addresses.length, 'resource'), sum: addresses });
    if (open) list(lookup, id, 3, addresses, new Map(), shape, out);
  }
}

const CONSEQUENCES: readonly { id: string; title: string; mark: Mark; actions: readonly Action[]; note: string; open: boolean }[] = [
  { id: 'replaced', title: 'Replaced', mark: 'replace', actions: ['replace'], note: 'destroyed and made again', open: true },
  { id: 'deleted', title: 'Deleted', mark: 'delete', actions: ['delete'], note: '', open: true },
  { id: 'updated', title: 'Updated', mark: 'update', actions: ['update'], note: 'changed in place', open: true },
  { id: 'forgotten', title: 'Forgotten', mark: 'delete', actions: ['forget'], note: 'kept, but no longer managed', open: true },
  { id: 'moved', title: 'Moved', mark: 'move', actions: ['move'], note: 'another address, the same resource', open: true },
  { id: 'imported', title: 'Imported', mark: 'move', actions: ['import'], note: 'already there, now managed', open: true },
  { id: 'created', title: 'Created', mark: 'create', actions: ['create'], note: 'nothing existed before', open: true },
];

function groups(lookup: Lookup, by: GroupBy): Group[] {
  const { review } = lookup;
  if (by === 'consequence' && review.compared) return byConsequence(lookup);
  const found = new Map<string, string[]>();
  const all = [...review.resources.map(({ address }) => address), ...review.disabled.map(({ address }) => address)];
  for (const address of all) {
    const key = keyOf(lookup, address, by === 'consequence' ? 'file' : by);
    const members = found.get(key);
    if (members) members.push(address);
    else found.set(key, [address]);
  }
  const few = all.length <= PAGE;
  return [...found].map(([title, members], index) => ({
    id: `${by}:${title}`, title, note: '', members, open: few || index === 0, files: false,
  }));
}

function keyOf(lookup: Lookup, address: string, by: Exclude<GroupBy, 'consequence'>): string {
  const resource = lookup.resources.get(address);
  if (by === 'file') return lookup.block(address)?.file ?? 'elsewhere';
  if (by === 'module') return resource?.module || 'root module';
  return resource?.native_type ?? lookup.disabled.get(address)?.native_type ?? 'other';
}

function byConsequence(lookup: Lookup): Group[] {
  const { review } = lookup;
  const found: Group[] = CONSEQUENCES.map(({ id, title, mark, actions, note, open }) => ({
    id, title, mark, note, open, files: id === 'created',
    members: review.changes.filter(({ action }) => actions.includes(action)).map(({ address }) => address),
  }));
  const still = (address: string): boolean => {
    const action = lookup.changes.get(address)?.action;
    return action === undefined || action === 'no-op' || action === 'read';
  };
  const affected = [...new Set(review.affected.filter(({ direction, address }) => direction === 'downstream' && still(address))
    .map(({ address }) => address))];
  found.push({ id: 'affected', title: 'Also in reach', mark: 'affected', note: '', members: affected, open: false, files: false });
  const reached = new Set(affected);
  const rest = review.resources.filter(({ address, deleted }) => !deleted && still(address) && !reached.has(address)).map(({ address }) => address);
  const off = review.disabled.map(({ address }) => address);
  found.push({
    id: 'unchanged', title: 'Unchanged', mark: 'same', members: [...rest, ...off], open: false, files: true,
    note: off.length > 0 ? `${off.length} switched off` : '',
  });
  return found;
}

function matcher(lookup: Lookup, find: string): (address: string) => boolean {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (address) => {
    const text = `${address} ${lookup.resources.get(address)?.native_type ?? ''} ${lookup.source(address)?.file ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
