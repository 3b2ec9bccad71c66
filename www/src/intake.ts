//! What was dropped, chosen or pasted, as files with bytes. Opens nothing and judges nothing: an archive goes to
//! the core as it is.

/** A file by its path within what was dropped. */
export interface Found { path: string; file: File }

export interface Taken {
  /** Name of the one folder everything was in, if there was one. */
  folder: string;
  before: [string, Uint8Array][];
  after: [string, Uint8Array][];
  /** Files that were not read: too large, or not readable. */
  leftOut: number;
  /** There are more files than are read at all. */
  more: boolean;
}

/** Folders that hold copies and caches, never the configuration itself. */
const SKIPPED = new Set(['.git', '.terraform', 'node_modules', '.terragrunt-cache']);
/** More than this is a wrong folder rather than a large project. One more is found, to tell. */
export const MOST_FILES = 20_000;
/** So many files are opened at a time: one by one, most of the time is waiting. */
const AT_ONCE = 64;
const MOST_BYTES = 256 * 1024 * 1024;

/** Walks what a drop holds. Has to be called within the event: the list is emptied after it. */
export function dropped(transfer: DataTransfer): Promise<Found[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  return (async () => {
    if (entries.every((entry) => entry === null)) return files.map((file) => ({ path: file.name, file }));
    const walked = { files: 0 };
    const found: Found[] = [];
    for (const entry of entries) if (entry) found.push(...await walk(entry, '', walked));
    return found;
  })();
}

/** What a file field holds; a chosen folder gives paths. */
export function chosen(files: FileList): Found[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !path.split('/').some((part) => SKIPPED.has(part)))
    .slice(0, MOST_FILES + 1);
}

/** Reads the bytes, takes the common folder off the paths, and tells two versions apart by their folders' names. */
export async function take(found: readonly Found[]): Promise<Taken> {
  const taken: Taken = { folder: '', before: [], after: [], leftOut: 0, more: found.length > MOST_FILES };
  const { folder, paths } = withoutFolder(found.map(({ path }) => path));
  taken.folder = folder;
  const versions = twoVersions(paths);
  let total = 0;
  const all = [...found.slice(0, MOST_FILES).entries()];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE).map(async ([index, { file }]) => {
      total += file.size;
      if (total > MOST_BYTES) return null;
      const bytes = await file.arrayBuffer().catch(() => null);
      return bytes && [paths[index] ?? file.name, new Uint8Array(bytes)] as const;
    });
    for (const read of await Promise.all(some)) {
      if (!read) {
        taken.leftOut += 1;
        continue;
      }
      const [path, bytes] = read;
      const [side, rest] = versions ? split(path) : ['after' as const, path];
      taken[side].push([rest, bytes]);
    }
  }
  return taken;
}

/** Takes off the one folder that holds every file. */
function withoutFolder(paths: readonly string[]): { folder: string; paths: string[] } {
  const [first = ''] = paths;
  const slash = first.indexOf('/');
  const folder = slash > 0 ? first.slice(0, slash) : '';
  if (folder === '' || folder === 'before' || folder === 'after' || !paths.every((path) => path.startsWith(`${folder}/`))) {
    return { folder: '', paths: [...paths] };
  }
  return { folder, paths: paths.map((path) => path.slice(folder.length + 1)) };
}

/** Two folders named before and after, and nothing beside them. */
function twoVersions(paths: readonly string[]): boolean {
  return paths.some((path) => path.startsWith('before/')) && paths.some((path) => path.startsWith('after/'))
    && paths.every((path) => path.startsWith('before/') || path.startsWith('after/'));
}

function split(path: string): ['before' | 'after', string] {
  return path.startsWith('before/') ? ['before', path.slice(7)] : ['after', path.slice(6)];
}

async function walk(entry: FileSystemEntry, parent: string, walked: { files: number }): Promise<Found[]> {
  if (walked.files > MOST_FILES || SKIPPED.has(entry.name)) return [];
  const path = parent + entry.name;
  if (entry.isFile) {
    walked.files += 1;
    const file = await new Promise<File | null>((done) => (entry as FileSystemFileEntry).file(done, () => done(null)));
    return file ? [{ path, file }] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    // A reader gives a hundred entries at a time, and none when it is done.
    const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
    if (some.length === 0) return found;
    for (const inner of await Promise.all(some.map((child) => walk(child, `${path}/`, walked)))) found.push(...inner);
  }
}
