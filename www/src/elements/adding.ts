//! Adding to the review: chosen, dropped and pasted files, a sample, the version before.

import type { Side } from '../engine/protocol';
import { h } from '../dom';
import { chosen, type Found, MOST_FILES, take, type Taken } from '../intake';
import { type Sample } from '../samples';
import type { Store } from '../store';
import { plural } from '../words';
import type { Context } from './part';

/** Milliseconds after which opening files is said. */
const LATE = 400;

/** Takes files into one side; two folders named before and after fill both. */
export async function add(store: Store, found: Finding, side: Side): Promise<void> {
  const taken = await read(store, found);
  if (!taken) return;
  if (store.pristineSample) clearFiles(store);
  if (store.empty || store.project === '') store.project = taken.folder;
  if (taken.before.length > 0) {
    store.setFiles('before', taken.before);
    store.setFiles('after', taken.after);
  } else {
    store.setFiles(side, taken.after);
  }
  if (taken.leftOut > 0 || taken.more) {
    const text = [taken.leftOut > 0 && `${plural(taken.leftOut, 'file was', 'files were')} left out: too large, or not readable.`,
      taken.more && `There are more than ${MOST_FILES.toLocaleString('en')} files; the others were left out.`];
    store.notify({ kind: 'left-out', text: text.filter(Boolean).join(' ') });
  } else store.dismiss('left-out');
}

/** What was chosen, or what a drop is still searched for. */
type Finding = readonly Found[] | Promise<readonly Found[]>;

/** Reads what was found, if anything was; what takes longer says so. */
async function read(store: Store, finding: Finding): Promise<Taken | null> {
  const late = setTimeout(() => store.notify({ kind: 'reading', text: 'Opening the files. A large folder takes a moment.' }), LATE);
  try {
    const found = await finding;
    if (found.length > 0) return await take(found);
    store.notify({ kind: 'left-out', text: 'No files were in it.' });
    return null;
  } finally {
    clearTimeout(late);
    store.dismiss('reading');
  }
}

/** Lets a folder stand for the source of a module, in both versions. */
export async function addModule(store: Store, source: string, found: Finding): Promise<void> {
  const taken = await read(store, found);
  if (!taken) return;
  const name = taken.folder || source.split(/[/:?]+/).filter((part) => /^[\w.-]+$/.test(part)).at(-1) || 'module';
  const held = (folder: string): boolean => [...store.files.after.keys()].some((path) => path.startsWith(`${folder}/`));
  let folder = `modules/${name}`;
  for (let number = 2; held(folder); number += 1) folder = `modules/${name}-${number}`;
  store.setModule(source, folder, taken.after);
}

/** Puts a file where an expression looks for it; a pattern takes every file, below the folder it begins with. */
export async function addFile(store: Store, wanted: string, found: readonly Found[]): Promise<void> {
  const [first] = found;
  if (!first) return;
  const pattern = wanted.search(/[*?[{]/);
  const folder = pattern < 0 ? '' : wanted.slice(0, wanted.lastIndexOf('/', pattern) + 1);
  const taken = pattern < 0 ? [[wanted, new Uint8Array(await first.file.arrayBuffer())] as [string, Uint8Array]]
    : (await read(store, found))?.after.map(([path, bytes]): [string, Uint8Array] => [folder + path, bytes]) ?? [];
  if (store.compared) store.setFiles('before', taken);
  store.setFiles('after', taken);
}

/** Opens the platform's file chooser. */
export function choose(context: Context, side: Side, folder: boolean, use?: (found: Found[]) => Promise<void>): void {
  const field = h('input', { type: 'file', multiple: true, webkitdirectory: folder, class: 'vh', 'aria-hidden': 'true', tabindex: -1 });
  field.addEventListener('change', () => {
    if (field.files) void (use ?? ((found) => add(context.store, found, side)))(chosen(field.files));
    field.remove();
  });
  field.addEventListener('cancel', () => field.remove());
  context.root.append(field);
  field.click();
}

/** Pasted text becomes a file of the version under review; `null` opens an empty one. */
export function paste(store: Store, text: string | null): void {
  if (store.pristineSample) clearFiles(store);
  const held = store.files.after;
  const name = freeName((path) => held.has(path), ending(text ?? ''));
  store.openTab('source');
  store.setText('after', name, text ?? '');
  if (text !== null) store.emit('files', { typed: false });
  store.emit('place', { file: name, line: 1, column: 1, end_line: 1, end_column: 1 });
}

/** The ending of a name for pasted text; the core reads by it, and what it takes the text for is shown with the file. */
function ending(text: string): string {
  if (/['"]@pulumi\//.test(text)) return 'ts';
  if (/^\s*(import|from)\s+pulumi/m.test(text)) return 'py';
  if (/^\s*\{/.test(text)) return 'json';
  return /^\s*(Resources|runtime|AWSTemplateFormatVersion):/m.test(text) ? 'yaml' : 'tf';
}

export function freeName(taken: (path: string) => boolean, end = 'tf'): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `main.${end}` : `pasted-${number}.${end}`;
    if (!taken(name)) return name;
  }
}

export function openSample(store: Store, sample: Sample): void {
  clearFiles(store);
  store.openTab('changes');
  store.project = sample.id;
  const bytes = (files: Record<string, string>): [string, Uint8Array][] =>
    Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]);
  if (Object.keys(sample.before).length > 0) store.setFiles('before', bytes(sample.before));
  store.setFiles('after', bytes(sample.after));
  store.pristineSample = true;
}

function clearFiles(store: Store): void {
  store.files.before.clear();
  store.files.after.clear();
  store.compared = false;
  store.variables.clear();
  store.modules.clear();
  store.ticks.clear();
  store.asked = '';
  store.selected = null;
  store.picked = false;
  store.view = {};
}
