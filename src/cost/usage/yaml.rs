//! The part of YAML that usage files are written in: block mappings, plain and quoted scalars, comments.
//!
//! What goes beyond (lists, anchors, flow collections, text over several lines) is reported and left out.

use ecow::EcoString;

use super::problem;
use crate::diagnostic::Diagnostics;

/// A key with its value, and the keys around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub path: Vec<EcoString>,
    /// Empty for a mapping, which follows.
    pub value: EcoString,
    pub quoted: bool,
    pub line: u32,
}

/// Deepest nesting that is read.
const DEEPEST: usize = 16;

pub(super) fn read(text: &str, out: &mut Diagnostics) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut around: Vec<(usize, EcoString)> = Vec::new();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1u32..) {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let content = without_comment(content).trim_end();
        if content.is_empty() || content == "---" {
            continue;
        }
        match entry(content) {
            Ok((key, value, quoted)) => {
                while around.last().is_some_and(|(outer, _)| *outer >= indent) {
                    around.pop();
                }
                if around.len() >= DEEPEST {
                    out.push(problem(number, "usage-syntax", "this is nested too deep"));
                    continue;
                }
                let path = around.iter().map(|(_, key)| key.clone()).chain([key.clone()]).collect();
                entries.push(Entry { path, value, quoted, line: number });
                around.push((indent, key));
            }
            Err(reason) => out.push(problem(number, "usage-syntax", reason)),
        }
    }
    entries
}

/// `key: value`, `key:` or `"key": value`.
fn entry(content: &str) -> Result<(EcoString, EcoString, bool), &'static str> {
    if content.starts_with('\t') {
        return Err("a line is indented with a tab");
    }
    if content == "-" || content.starts_with("- ") {
        return Err("a list cannot be read here");
    }
    let (key, rest) = match quoted(content)? {
        Some((key, rest)) => (key, rest.trim_start().strip_prefix(':').ok_or("a key has no colon")?),
        None => {
            let colon = colon(content).ok_or("a key has no colon")?;
            let (key, rest) = content.split_at_checked(colon).ok_or("a key has no colon")?;
            (key.trim_end().into(), rest.trim_start_matches(':'))
        }
    };
    let rest = rest.trim();
    if let Some((value, after)) = quoted(rest)? {
        return if after.trim().is_empty() { Ok((key, value, true)) } else { Err("something follows a quoted text") };
    }
    match rest.chars().next() {
        Some('{') if rest == "{}" => Ok((key, EcoString::new(), false)),
        Some('{' | '[' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`') => Err("this value cannot be read here"),
        _ if matches!(rest, "~" | "null") => Ok((key, EcoString::new(), false)),
        _ => Ok((key, rest.into(), false)),
    }
}

/// Byte offset of the colon that ends a plain key: the first outside of brackets that a space or the end follows.
fn colon(content: &str) -> Option<usize> {
    let mut in_quotes = false;
    for (at, letter) in content.char_indices() {
        match letter {
            '"' => in_quotes = !in_quotes,
            ':' if !in_quotes && content.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) => {
                return Some(at);
            }
            _ => {}
        }
    }
    None
}

/// A quoted text at the start, and what follows it.
fn quoted(content: &str) -> Result<Option<(EcoString, &str)>, &'static str> {
    let Some(quote) = content.chars().next().filter(|letter| matches!(letter, '"' | '\'')) else { return Ok(None) };
    let mut text = EcoString::new();
    let mut letters = content.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote == '"' => match letters.next() {
                Some((_, escaped @ ('"' | '\\' | '/'))) => text.push(escaped),
                _ => return Err("an escape in a quoted text cannot be read here"),
            },
            '\'' if quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                letters.next();
                text.push('\'');
            }
            _ if letter == quote => return Ok(Some((text, content.get(at + 1..).unwrap_or("")))),
            _ => text.push(letter),
        }
    }
    Err("a quoted text has no end")
}

/// Cuts a comment: from a `#` at the start or after a space, outside of quotes.
fn without_comment(content: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in content.char_indices() {
        match (quote, letter) {
            (None, '#') if before == ' ' || before == '\t' => return content.get(..at).unwrap_or(content),
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '\t') || at == 0 => quote = Some(letter),
            (Some(open), _) if letter == open => quote = None,
            _ => {}
        }
        before = letter;
    }
    content
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let entries = read(text, &mut out);
        let read = entries.iter().map(|entry| format!("{} = {}", entry.path.join(" / "), entry.value));
        read.chain(out.iter().map(|diagnostic| diagnostic.message.to_string())).collect()
    }

    #[test]
    fn mappings_nest_by_indentation_and_comments_are_cut() {
        assert_eq!(
            lines("---\na: # first\n  b:  1 # one\n  'c d': \"x # y\"\n\n# whole line\n  e:\n    f: it's\ng: a:b\nh: {}\n"),
            ["a = ", "a / b = 1", "a / c d = x # y", "a / e = ", "a / e / f = it's", "g = a:b", "h = "]
        );
    }

    #[test]
    fn addresses_may_have_quotes_colons_and_brackets() {
        assert_eq!(
            lines("aws_instance.web[\"a: b\"]:\n  x: 1\n'module.m[\"k\"].t.n[0]': 2\n\"q\\\"r\": 3\n"),
            ["aws_instance.web[\"a: b\"] = ", "aws_instance.web[\"a: b\"] / x = 1", "module.m[\"k\"].t.n[0] = 2", "q\"r = 3"]
        );
    }

    #[test]
    fn what_goes_beyond_is_reported_with_its_line() {
        assert_eq!(
            lines("a: [1]\n\tb: 2\n- c\nd\ne: \"x\nf: |\ng: 1\n"),
            [
                "g = 1",
                "line 1: this value cannot be read here",
                "line 2: a line is indented with a tab",
                "line 3: a list cannot be read here",
                "line 4: a key has no colon",
                "line 5: a quoted text has no end",
                "line 6: this value cannot be read here",
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a-z :#'\"\\\\\\[\\]{}\\n\\t\u{e9}-]{0,200}") {
            let _ = lines(&text);
        }
    }
}
