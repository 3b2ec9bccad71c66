//! Where the blocks of a broken file seem to begin: each is read by itself, so that a fault costs the block it is in.

use std::ops::Range;

use super::heredoc;

/// The parts of a text, one after another: each but the first begins with the header of a top-level block, at the
/// beginning of a line. What stands in a heredoc or a comment begins none.
pub(super) fn of(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        if at > start && heads_block(line) {
            parts.push(start..at);
            start = at;
        }
        let after = at + line.len();
        at = heredoc::after(text, line, after).or_else(|| after_comment(text, line, after)).unwrap_or(after);
    }
    parts.push(start..text.len());
    parts
}

/// Whether a text begins as only a block at the top of a file does.
pub(super) fn heads_block(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    let Some((name, rest)) = text.split_at_checked(end) else { return false };
    let sign = rest.trim_start_matches([' ', '\t']).bytes().next();
    match name {
        "resource" | "data" | "ephemeral" | "check" | "variable" | "output" | "module" | "provider" => sign == Some(b'"'),
        "locals" | "terraform" | "moved" | "removed" | "import" => sign == Some(b'{'),
        _ => false,
    }
}

/// Behind the comment that begins at the front of a line and goes on in the next.
fn after_comment(text: &str, line: &str, after: usize) -> Option<usize> {
    if !line.trim_start().starts_with("/*") || line.contains("*/") {
        return None;
    }
    Some(after + text.get(after..)?.find("*/")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_begin_parts_and_quoted_code_does_not() {
        let text = "# a\nresource \"a\" \"b\" {\n  x = <<EOT\nlocals {\nEOT\n}\n/* no\nlocals {\n*/\nlocals {\n  data = 1\n}\n";
        let parts: Vec<&str> = of(text).into_iter().map(|part| text.get(part).unwrap()).collect();
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert_eq!(parts[0], "# a\n");
        assert_eq!(parts[2], "locals {\n  data = 1\n}\n");
    }
}
