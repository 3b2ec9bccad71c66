//! A stack's policy: which updates of which resources are refused.

use ecow::EcoString;

use crate::source::Span;

/// What is refused is what a statement denies, or none allows.
#[derive(Debug, Clone, PartialEq)]
pub struct StackPolicy {
    pub statements: Vec<Statement>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub deny: bool,
    /// `Update:Replace`, with `*` for any text.
    pub actions: Vec<EcoString>,
    /// All but these actions are meant.
    pub not_actions: bool,
    /// `LogicalResourceId/Db`, with `*` for any text.
    pub resources: Vec<EcoString>,
    pub not_resources: bool,
    /// Types that the statement is limited to; empty for every type.
    pub types: Vec<EcoString>,
    pub span: Span,
}

impl StackPolicy {
    /// The place of what refuses an action on a resource; `None` where it is allowed.
    pub fn refusal(&self, action: &str, logical_id: &str, kind: &str) -> Option<Span> {
        let resource = ecow::eco_format!("LogicalResourceId/{logical_id}");
        let meant = |statement: &&Statement| {
            let any = |patterns: &[EcoString], text: &str| patterns.iter().any(|pattern| matches(pattern, text));
            any(&statement.actions, action) != statement.not_actions
                && any(&statement.resources, &resource) != statement.not_resources
                && (statement.types.is_empty() || any(&statement.types, kind))
        };
        let mut allowed = false;
        for statement in self.statements.iter().filter(meant) {
            if statement.deny {
                return Some(statement.span);
            }
            allowed = true;
        }
        (!allowed).then_some(self.span)
    }
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(part) = last.replace(part) {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        let fits =
            [("*", "a"), ("a*", "a"), ("a*c", "abc"), ("*b*", "abc"), ("abc", "abc"), ("Update:*", "Update:Delete"), ("a*b*b", "abb")];
        for (pattern, text) in fits {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("a*c", "ab"), ("*b", "bc"), ("", "a"), ("a*a", "a"), ("ab*ba", "aba")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
