//! Unified diffs, as `git diff` and `diff -u` write them, applied to files in memory, forwards or backwards.
//!
//! A hunk applies only where every line it names reads as it says. There is no guessing.

use std::fmt;

/// What a patch does to one file. A path is `None` where the file is made or deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilePatch {
    pub before: Option<String>,
    pub after: Option<String>,
    pub hunks: Vec<Hunk>,
    pub binary: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hunk {
    /// First line in the version before and after, from 1; 0 in an empty file.
    pub before: usize,
    pub after: usize,
    pub lines: Vec<(Side, String)>,
    /// The last line of the version before or after ends without a line feed.
    pub before_unended: bool,
    pub after_unended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Both,
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The text is the version before.
    Forwards,
    /// The text is the version after; the patch is taken back.
    Backwards,
}

/// Why a patch cannot be read or applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The text is no unified diff.
    NoPatch,
    /// A hunk has fewer or more lines than its header says.
    Malformed { line: usize },
    /// The line of the file that is not what the hunk says.
    ReadsDifferently { line: usize },
    /// The file ends before the hunk does.
    Ends { line: usize },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoPatch => f.write_str("This is no unified diff: it has no line `@@ -1,2 +1,2 @@`"),
            Refusal::Malformed { line } => write!(f, "The hunk at line {line} of the patch has not as many lines as it says"),
            Refusal::ReadsDifferently { line } => write!(f, "This hunk does not apply: line {line} reads differently"),
            Refusal::Ends { line } => write!(f, "This hunk does not apply: the file ends before line {line}"),
        }
    }
}

/// Reads a patch. Text around the diffs, such as a commit's message, is passed over.
pub fn parse(text: &str) -> Result<Vec<FilePatch>, Refusal> {
    let mut patches: Vec<FilePatch> = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if let Some(rest) = line.strip_prefix("diff --git ") {
            let (before, after) = git_paths(rest);
            patches.push(FilePatch { before, after, ..FilePatch::default() });
        } else if line.starts_with("--- ") && lines.peek().is_some_and(|(_, next)| next.starts_with("+++ ")) {
            let before = path(line.trim_start_matches("--- "));
            let after = lines.next().and_then(|(_, next)| path(next.trim_start_matches("+++ ")));
            match patches.last_mut().filter(|patch| patch.hunks.is_empty() && !patch.binary && text.contains("diff --git ")) {
                Some(patch) => (patch.before, patch.after) = (before, after),
                None => patches.push(FilePatch { before, after, ..FilePatch::default() }),
            }
        } else if let (Some((before, after, counts)), Some(patch)) = (hunk_header(line), patches.last_mut()) {
            let hunk = hunk(before, after, counts, &mut lines).ok_or(Refusal::Malformed { line: number + 1 })?;
            patch.hunks.push(hunk);
        } else if let Some(patch) = patches.last_mut() {
            extended_header(line, patch);
        }
    }
    if patches.is_empty() { Err(Refusal::NoPatch) } else { Ok(patches) }
}

/// The text with every hunk applied. Line ends of kept lines stay as they are.
pub fn apply(text: &str, patch: &FilePatch, direction: Direction) -> Result<String, Refusal> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::with_capacity(text.len() + 256);
    // The first line not yet written, and how far hunks were found from where they say.
    let (mut next, mut moved) = (0_usize, 0_isize);
    for hunk in &patch.hunks {
        let (from, old, new, unended) = match direction {
            Direction::Forwards => (hunk.before, Side::Before, Side::After, hunk.after_unended),
            Direction::Backwards => (hunk.after, Side::After, Side::Before, hunk.before_unended),
        };
        let wanted: Vec<&str> = hunk.lines.iter().filter(|(side, _)| *side != new).map(|(_, line)| line.as_str()).collect();
        // A hunk without old lines names the line it follows.
        let stated = if wanted.is_empty() { from } else { from.saturating_sub(1) };
        let start = stated.saturating_add_signed(moved);
        let found = place(&lines, &wanted, start, next)?;
        moved += found as isize - start as isize;
        out.extend(lines.get(next..found).unwrap_or_default().iter().copied());
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut at = found;
        for (side, line) in &hunk.lines {
            if *side == Side::Both {
                out.push_str(lines.get(at).copied().unwrap_or_default());
                // The kept line was the last and had no end; lines follow it now.
                if !out.ends_with('\n') {
                    out.push_str(ending);
                }
                at += 1;
            } else if *side == old {
                at += 1;
            } else {
                out.push_str(line.trim_end_matches('\r'));
                out.push_str(ending);
            }
        }
        next = at;
        if unended && next >= lines.len() {
            out.truncate(out.trim_end_matches(['\n', '\r']).len());
        }
    }
    out.extend(lines.get(next..).unwrap_or_default().iter().copied());
    // A kept last line keeps its missing end.
    if next >= lines.len() && !text.ends_with('\n') && !text.is_empty() && patch.hunks.last().is_some_and(ends_with_kept_line) {
        out.truncate(out.trim_end_matches(['\n', '\r']).len());
    }
    Ok(out)
}

fn ends_with_kept_line(hunk: &Hunk) -> bool {
    hunk.lines.last().is_some_and(|(side, _)| *side == Side::Both)
}

/// Where the wanted lines stand: at the stated place, or at the nearest other one after what is already written.
fn place(lines: &[&str], wanted: &[&str], stated: usize, least: usize) -> Result<usize, Refusal> {
    let reads = |at: usize| {
        let there = lines.get(at..).unwrap_or_default();
        there.len() >= wanted.len() && wanted.iter().zip(there).all(|(wanted, line)| same(wanted, line))
    };
    if stated >= least && reads(stated) {
        return Ok(stated);
    }
    if !wanted.is_empty() {
        for distance in 1..=lines.len() {
            let before = stated.checked_sub(distance).filter(|at| *at >= least && reads(*at));
            let after = Some(stated + distance).filter(|at| *at >= least && reads(*at));
            if let Some(found) = before.or(after) {
                return Ok(found);
            }
        }
    }
    let there = lines.get(stated..).unwrap_or_default();
    let same_lines = wanted.iter().zip(there).take_while(|(wanted, line)| same(wanted, line)).count();
    let line = stated + same_lines + 1;
    Err(if line > lines.len() { Refusal::Ends { line } } else { Refusal::ReadsDifferently { line } })
}

fn same(wanted: &str, line: &str) -> bool {
    wanted.trim_end_matches('\r') == line.trim_end_matches(['\n', '\r'])
}

/// What one `@@` line counts: lines before and after.
type Counts = (usize, usize);

fn hunk_header(line: &str) -> Option<(usize, usize, Counts)> {
    let inner = line.strip_prefix("@@ -")?.split(" @@").next()?;
    let (before, after) = inner.split_once(" +")?;
    let range = |text: &str| -> Option<(usize, usize)> {
        let (start, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((before, before_count), (after, after_count)) = (range(before)?, range(after)?);
    Some((before, after, (before_count, after_count)))
}

fn hunk<'a>(
    before: usize,
    after: usize,
    counts: Counts,
    lines: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'a str)>>,
) -> Option<Hunk> {
    let mut hunk = Hunk { before, after, ..Hunk::default() };
    let (mut old, mut new) = counts;
    while old > 0 || new > 0 {
        let (_, line) = lines.next()?;
        let (side, rest) = match line.split_at_checked(1) {
            Some((" ", rest)) => (Side::Both, rest),
            Some(("-", rest)) => (Side::Before, rest),
            Some(("+", rest)) => (Side::After, rest),
            // Some tools drop the space of an empty kept line.
            None => (Side::Both, ""),
            Some(("\\", _)) => {
                note_unended(&mut hunk);
                continue;
            }
            Some(_) => return None,
        };
        old = if side == Side::After { old } else { old.checked_sub(1)? };
        new = if side == Side::Before { new } else { new.checked_sub(1)? };
        hunk.lines.push((side, rest.to_string()));
    }
    if lines.peek().is_some_and(|(_, line)| line.starts_with('\\')) {
        lines.next();
        note_unended(&mut hunk);
    }
    Some(hunk)
}

/// `\ No newline at end of file` speaks of the line above it.
fn note_unended(hunk: &mut Hunk) {
    let side = hunk.lines.last().map(|(side, _)| *side);
    hunk.before_unended |= matches!(side, Some(Side::Before | Side::Both));
    hunk.after_unended |= matches!(side, Some(Side::After | Side::Both));
}

fn extended_header(line: &str, patch: &mut FilePatch) {
    if let Some(from) = line.strip_prefix("rename from ").or_else(|| line.strip_prefix("copy from ")) {
        patch.before = Some(from.to_string());
    } else if let Some(to) = line.strip_prefix("rename to ").or_else(|| line.strip_prefix("copy to ")) {
        patch.after = Some(to.to_string());
    } else if line.starts_with("new file mode ") {
        patch.before = None;
    } else if line.starts_with("deleted file mode ") {
        patch.after = None;
    } else if line.starts_with("Binary files ") || line == "GIT binary patch" {
        patch.binary = true;
    }
}

/// `a/x b/x`; a path with a space is told from the other by both halves being the same.
fn git_paths(rest: &str) -> (Option<String>, Option<String>) {
    let half = rest.len() / 2;
    let halves = rest.split_at_checked(half).map(|(before, after)| (before, after.trim_start()));
    let (before, after) = match halves {
        Some((before, after)) if before.get(2..) == after.get(2..) => (before, after),
        _ => rest.split_once(' ').unwrap_or((rest, rest)),
    };
    (path(before), path(after))
}

/// A path of a header: without `a/` or `b/`, quotes and the date that `diff -u` adds. `None` for no file.
fn path(text: &str) -> Option<String> {
    let text = text.split('\t').next().unwrap_or(text).trim_end();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if text == "/dev/null" {
        return None;
    }
    let text = text.strip_prefix("a/").or_else(|| text.strip_prefix("b/")).unwrap_or(text);
    Some(text.strip_prefix("./").unwrap_or(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "\
commit 1234
    A message

diff --git a/infra/rds.tf b/infra/rds.tf
index 1..2 100644
--- a/infra/rds.tf
+++ b/infra/rds.tf
@@ -1,4 +1,5 @@ resource
 one
-two
+TWO
+and a half
 three
 four
@@ -7,2 +8,1 @@
 seven
-eight
";

    fn only(text: &str) -> FilePatch {
        let mut patches = parse(text).unwrap();
        assert_eq!(patches.len(), 1);
        patches.remove(0)
    }

    const BEFORE: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";
    const AFTER: &str = "one\nTWO\nand a half\nthree\nfour\nfive\nsix\nseven\n";

    #[test]
    fn applies_forwards_and_backwards() {
        let patch = only(PATCH);
        assert_eq!((patch.before.as_deref(), patch.after.as_deref()), (Some("infra/rds.tf"), Some("infra/rds.tf")));
        assert_eq!(apply(BEFORE, &patch, Direction::Forwards).unwrap(), AFTER);
        assert_eq!(apply(AFTER, &patch, Direction::Backwards).unwrap(), BEFORE);
    }

    #[test]
    fn finds_a_hunk_that_moved() {
        let moved = format!("zero\nzero\n{BEFORE}");
        assert_eq!(apply(&moved, &only(PATCH), Direction::Forwards).unwrap(), format!("zero\nzero\n{AFTER}"));
    }

    #[test]
    fn says_which_line_reads_differently() {
        let other = BEFORE.replace("three", "drei");
        let refusal = apply(&other, &only(PATCH), Direction::Forwards).unwrap_err();
        assert_eq!(refusal.to_string(), "This hunk does not apply: line 3 reads differently");
        let refusal = apply("one\n", &only(PATCH), Direction::Forwards).unwrap_err();
        assert_eq!(refusal.to_string(), "This hunk does not apply: the file ends before line 2");
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let windows = BEFORE.replace('\n', "\r\n");
        assert_eq!(apply(&windows, &only(PATCH), Direction::Forwards).unwrap(), AFTER.replace('\n', "\r\n"));
    }

    #[test]
    fn new_deleted_and_renamed_files() {
        let made = only("diff --git a/x.tf b/x.tf\nnew file mode 100644\n--- /dev/null\n+++ b/x.tf\n@@ -0,0 +1,2 @@\n+a\n+b\n");
        assert_eq!((made.before.as_deref(), made.after.as_deref()), (None, Some("x.tf")));
        assert_eq!(apply("", &made, Direction::Forwards).unwrap(), "a\nb\n");
        assert_eq!(apply("a\nb\n", &made, Direction::Backwards).unwrap(), "");
        let moved = only("diff --git a/old name.tf b/new name.tf\nsimilarity index 100%\nrename from old name.tf\nrename to new name.tf\n");
        assert_eq!((moved.before.as_deref(), moved.after.as_deref()), (Some("old name.tf"), Some("new name.tf")));
        let dated = only("--- infra/x.tf\t2026-01-01\n+++ infra/x.tf\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n");
        assert_eq!(dated.before.as_deref(), Some("infra/x.tf"));
    }

    #[test]
    fn a_missing_last_line_feed_is_kept_and_changed() {
        let patch = only("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n");
        assert_eq!(apply("a", &patch, Direction::Forwards).unwrap(), "b\n");
        assert_eq!(apply("b\n", &patch, Direction::Backwards).unwrap(), "a");
        let kept = only("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n\\ No newline at end of file\n");
        assert_eq!(apply("a\nc", &kept, Direction::Forwards).unwrap(), "b\nc");
    }

    #[test]
    fn a_removed_line_that_looks_like_a_header_is_a_line() {
        let patch = only("--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n--- a\n b\n");
        assert_eq!(apply("-- a\nb\n", &patch, Direction::Forwards).unwrap(), "b\n");
    }

    #[test]
    fn what_is_no_patch_is_refused() {
        assert_eq!(parse("resource \"a\" \"b\" {}\n"), Err(Refusal::NoPatch));
        assert_eq!(parse("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n"), Err(Refusal::Malformed { line: 3 }));
    }
}
