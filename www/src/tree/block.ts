//! Where a block ends that begins at a line: the core names the line it is declared at.

/** Line of the brace that closes the block opened at `line`; the last line when none does. Lines start at 1. */
export function lastLineOf(text: string, line: number): number {
  const lines = text.split('\n');
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
