//! A heredoc that no line closes, found and taken out so that the blocks after it are still read.

use std::ops::Range;

/// Where a heredoc begins that is not closed.
pub(super) struct Open {
    /// Of `<<`.
    pub start: usize,
    pub marker: Range<usize>,
    /// Where the block seems to end that holds it.
    end: usize,
}

/// The first heredoc that no line closes.
pub(super) fn open(text: &str) -> Option<Open> {
    let mut at = 0;
    while let Some(line) = text.get(at..)?.split_inclusive('\n').next() {
        let after = at + line.len();
        if let Some((start, marker)) = begun(line).filter(|_| !is_comment(line)) {
            match closed(text, after, line.get(marker.clone()).unwrap_or_default()) {
                Some(end) => {
                    at = end;
                    continue;
                }
                None => {
                    let end = begin_of(text, after, |line| line.starts_with('}')).unwrap_or(text.len());
                    return Some(Open { start: at + start, marker: at + marker.start..at + marker.end, end });
                }
            }
        }
        at = after;
    }
    None
}

/// Behind the heredoc that a line begins, which ends before `after` when no line closes it.
pub(super) fn after(text: &str, line: &str, after: usize) -> Option<usize> {
    let (_, marker) = begun(line).filter(|_| !is_comment(line))?;
    closed(text, after, line.get(marker)?)
}

/// The text with an empty value in the heredoc's place: every other place stays where it is.
pub(super) fn without(text: &str, open: &Open) -> String {
    let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    let mut out = String::with_capacity(text.len());
    out.push_str(text.get(..open.start).unwrap_or_default());
    out.push_str("\"\"");
    out.extend(text.bytes().take(open.end).skip(open.start + 2).map(blank));
    out.push_str(text.get(open.end..).unwrap_or_default());
    out
}

/// `= <<MARKER` or `(<<-MARKER` at the end of a line.
fn begun(line: &str) -> Option<(usize, Range<usize>)> {
    let start = line.find("<<")?;
    let before = line.get(..start)?.trim_end();
    if !before.ends_with(['=', '(', ',', '[', ':', '?']) {
        return None;
    }
    let name = line.get(start + 2..)?;
    let name = name.strip_prefix('-').unwrap_or(name).trim_end();
    let first = start + line.get(start..)?.find(name)?;
    let valid =
        name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    valid.then(|| (start, first..first + name.len()))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['#', '/'])
}

/// Behind the line that closes a heredoc. Where another of the same marker begins before, that line is the other's.
fn closed(text: &str, from: usize, marker: &str) -> Option<usize> {
    let again = |line: &str| begun(line).is_some_and(|(_, other)| line.get(other) == Some(marker));
    let begin = begin_of(text, from, |line| line.trim() == marker || again(line))?;
    let line = text.get(begin..)?.split_inclusive('\n').next()?;
    (line.trim() == marker).then_some(begin + line.len())
}

fn begin_of(text: &str, from: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        if is(line) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay_and_closed_ones_are_left_alone() {
        assert!(open("a = <<EOT\n x\n  EOT\nb = 1 << 2\n# c = <<X\n").is_none());
        let text = "r \"x\" {\n  a = <<-EOT\n  é }\n}\nv \"y\" {}\n";
        let found = open(text).unwrap();
        assert_eq!(text.get(found.marker.clone()), Some("EOT"));
        let without = without(text, &found);
        assert_eq!(without, "r \"x\" {\n  a = \"\"    \n      \n}\nv \"y\" {}\n");
        assert_eq!(without.len(), text.len());
    }
}
