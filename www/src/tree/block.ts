//! Where a block ends that begins at a line: the core names the line it is declared at.

/** A longer line is not one a person wrote, such as a plan that is one line: no block begins in it that ends in another. */
const LONGEST = 100_000;

/**
 * Line of the brace that closes the block opened at `line`, the last line when none does; of a key in YAML, the last
 * line that stands further in. Lines start at 1.
 */
export function lastLineOf(text: string, line: number): number {
  const lines = text.split('\n');
  if ((lines[line - 1] ?? '').length > LONGEST) return line;
  const key = /^(\s*)[\w-]+:\s*(#.*)?$/.exec(lines[line - 1] ?? '');
  if (key) return lastFurtherIn(lines, line, (key[1] ?? '').length);
  let depth = 0;
  let opened = false;
  let heredoc: string | null = null;
  for (let at = line; at <= lines.length; at += 1) {
    const current = lines[at - 1] ?? '';
    if (heredoc !== null) {
      if (current.trim() === heredoc) heredoc = null;
      continue;
    }
    const bare = current.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/(#|\/\/).*$/, '');
    heredoc = /<<[-~]?\s*([A-Za-z_][\w-]*)\s*$/.exec(bare)?.[1] ?? null;
    for (const character of bare) {
      if (character === '{') {
        depth += 1;
        opened = true;
      } else if (character === '}') depth -= 1;
    }
    if (opened && depth <= 0) return at;
    if (!opened && at > line + 1) return line;
  }
  return opened ? lines.length : line;
}

/** Blank lines and comments belong to the block only when it goes on after them. */
function lastFurtherIn(lines: string[], line: number, indent: number): number {
  let last = line;
  for (let at = line + 1; at <= lines.length; at += 1) {
    const current = lines[at - 1] ?? '';
    if (/^\s*(#.*)?$/.test(current)) continue;
    if (current.search(/\S/) <= indent) break;
    last = at;
  }
  return last;
}
