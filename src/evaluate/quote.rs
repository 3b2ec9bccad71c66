//! Quotes of the source inside sentences.

use ecow::EcoString;

/// Characters of an expression that are worth quoting.
const QUOTED: usize = 80;

/// The text on one line; `None` when it is empty or too long to quote.
pub(super) fn quote(text: &str) -> Option<EcoString> {
    let mut quoted = EcoString::new();
    for word in text.split_whitespace() {
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.push_str(word);
        if quoted.len() > QUOTED {
            return None;
        }
    }
    (!quoted.is_empty()).then_some(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_or_nothing() {
        assert_eq!(quote("var.enabled ?\n   1 : 0").unwrap(), "var.enabled ? 1 : 0");
        assert_eq!(quote(" \n"), None);
        assert_eq!(quote(&"x".repeat(81)), None);
    }
}
