//! Names and the ways that follow them, which are one token in the tree: `aws_subnet.main[0].id`.

use ecow::{EcoString, eco_format};

use super::lowering::{Lowering, text as low_text, unknown};
use crate::diagnostic::Diagnostic;
use crate::model::{Expr, ExprKind, Number, Step, Value};
use crate::source::Span;
use crate::syntax::{Node, hcl};

/// A name standing for a value: a keyword's literal, or a reference.
pub(super) fn value(low: &mut Lowering<'_>, span: Span) -> Expr {
    match low.slice(span.start, span.end) {
        "true" => return Expr::literal(Value::Bool(true), span),
        "false" => return Expr::literal(Value::Bool(false), span),
        "null" => return Expr::literal(Value::Null, span),
        _ => {}
    }
    let mut steps = Vec::new();
    match path(low, span, &mut steps) {
        Some(root) if root == "null" => Expr::new(ExprKind::Access { of: Box::new(Expr::literal(Value::Null, span)), steps }, span),
        Some(root) => Expr::new(ExprKind::Reference { root, steps }, span),
        None => unknown(span, "the name cannot be read"),
    }
}

/// Splits the way at a span into its root, which is returned, and its steps.
pub(super) fn path(low: &mut Lowering<'_>, span: Span, steps: &mut Vec<Step>) -> Option<EcoString> {
    let text = low.slice(span.start, span.end);
    if !text.is_ascii() {
        strange_character(low, text, span);
    }
    let root_end = name_end(text);
    let (root, mut rest) = (text.get(..root_end)?, text.get(root_end..)?);
    if !rest.is_empty() {
        steps.reserve(rest.bytes().filter(|byte| matches!(byte, b'.' | b'[')).count());
    }
    while let Some(first) = rest.bytes().next() {
        let start = span.end - rest.len() as u32;
        let taken = match first {
            b'.' => dotted(low, rest, start, steps),
            b'[' => indexed(low, rest, start, steps),
            _ => {
                let help = "call it: add its arguments in parentheses";
                low.error_with_help(span, eco_format!("`{text}` names a function of a provider"), help);
                return None;
            }
        };
        let Some(after) = taken.and_then(|taken| rest.get(taken..)) else {
            low.error(span, eco_format!("cannot read `{text}`"));
            return None;
        };
        rest = after;
    }
    Some(EcoString::from(root))
}

/// Whether a text is one name with nothing behind it.
pub(super) fn is_plain(text: &str) -> bool {
    name_end(text) == text.len()
}

fn name_end(text: &str) -> usize {
    text.bytes().position(|byte| matches!(byte, b'.' | b'[' | b':')).unwrap_or(text.len())
}

/// `.name`, `.0` or `.*` at the front of a text; how many bytes it takes.
fn dotted(low: &mut Lowering<'_>, text: &str, start: u32, steps: &mut Vec<Step>) -> Option<usize> {
    let after = text.get(1..)?;
    let length = name_end(after);
    let step = after.get(..length)?;
    let span = low.between(start + 1, start + 1 + length as u32);
    steps.push(match step {
        "*" => {
            let at = low.between(start, span.end);
            older_splat(low, at, steps)
        }
        digits if digits.starts_with(|first: char| first.is_ascii_digit()) => older_index(low, span, steps),
        name if name.is_empty() || name.starts_with('-') => return None,
        name => Step::Name(EcoString::from(name), span),
    });
    Some(1 + length)
}

/// `[0]`, `["key"]` or `[*]` at the front of a text; how many bytes it takes.
fn indexed(low: &mut Lowering<'_>, text: &str, start: u32, steps: &mut Vec<Step>) -> Option<usize> {
    let after = text.get(1..)?;
    let key = after.strip_prefix('"');
    let length = match key {
        Some(key) => key.find('"')? + 2,
        None => after.find(']')?,
    };
    let span = low.between(start + 1, start + 1 + length as u32);
    steps.push(match (key, after.get(..length)?) {
        (Some(key), _) => Step::Index(Box::new(low_text(key.get(..length - 2)?, span))),
        (None, "*") => Step::Splat(low.between(start, span.end + 1)),
        (None, digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Step::Index(Box::new(number(low, span)))
        }
        _ => return None,
    });
    Some(length + 2)
}

/// `.0` for `[0]`. Behind an older splat it is of each item, as a name is.
pub(super) fn older_index(low: &mut Lowering<'_>, span: Span, steps: &[Step]) -> Step {
    let digit = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let behind_another = match steps.last() {
        Some(Step::Name(name, _)) => digit(name),
        Some(Step::Index(_)) => digit(low.slice(span.start.saturating_sub(2), span.start)),
        _ => false,
    };
    if behind_another {
        return Step::Index(Box::new(low.invalid(span, "two older indexes in a row are read as one number; write them in brackets")));
    }
    if of_each(steps) { Step::Name(low.slice(span.start, span.end).into(), span) } else { Step::Index(Box::new(number(low, span))) }
}

/// `.*`, which none may follow until something in brackets ends it.
pub(super) fn older_splat(low: &mut Lowering<'_>, span: Span, steps: &[Step]) -> Step {
    if of_each(steps) {
        low.error_with_help(span, "`.*` cannot stand behind another", "write `[*]` for the first");
    }
    Step::LegacySplat(span)
}

/// Whether what follows these steps is of each item of an older splat.
fn of_each(steps: &[Step]) -> bool {
    matches!(steps.iter().rev().find(|step| !matches!(step, Step::Name(..))), Some(Step::LegacySplat(_)))
}

/// The number at a span.
pub(super) fn number(low: &mut Lowering<'_>, span: Span) -> Expr {
    let text = low.slice(span.start, span.end);
    match Number::parse(text) {
        Some(number) => Expr::literal(Value::Number(number), span),
        None => {
            let message = eco_format!("`{text}` has more digits than are kept; it is taken for unknown");
            low.out.push(Diagnostic::warning("limit", span, message));
            low.limit(span, eco_format!("the number {text}"))
        }
    }
}

/// A byte order mark may begin a file, and be text. The grammar takes it for a space everywhere.
pub(super) fn stray_marks(low: &mut Lowering<'_>, root: Node<'_>) {
    for (at, mark) in low.text.match_indices('\u{FEFF}').filter(|(at, _)| *at > 0) {
        let at = at as u32;
        let mut node = root;
        while let Some(child) = node.children().find(|child| child.range().contains(&at)) {
            node = child;
        }
        let is_text = node.start() < at && node.child_count() == 0 || matches!(node.kind(), hcl::TEMPLATE | hcl::HEREDOC);
        if !is_text || node.kind() == root.kind() {
            strange_character(low, mark, low.between(at, at + mark.len() as u32));
        }
    }
}

/// The grammar takes every character above ASCII for a letter. Typographic quotes and spaces are none.
pub(super) fn strange_character(low: &mut Lowering<'_>, text: &str, span: Span) {
    let strange = |c: &char| !c.is_ascii() && !c.is_alphanumeric() && !('\u{300}'..='\u{36F}').contains(c);
    if let Some((at, found)) = text.char_indices().find(|(_, c)| strange(c)) {
        let at = span.start + at as u32;
        let place = low.between(at, at + found.len_utf8() as u32);
        let code = found as u32;
        low.error_with_help(
            place,
            eco_format!("`{found}` (U+{code:04X}) cannot stand in a name"),
            "type it again: it may come from a text processor",
        );
    }
}
