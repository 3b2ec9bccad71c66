//! What lowering one file needs at hand: its text, its place, how deep it is, and where complaints go.

use ecow::EcoString;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Expr, ExprKind, Unknown, UnknownKind, Value};
use crate::source::{FileId, Span};
use crate::syntax::{Node, hcl};
use crate::unicode::composed;

/// Levels of nesting that are read; deeper text is reported and left unknown.
pub(super) const MAX_DEPTH: u32 = 200;
/// Items of one list or object, and arguments of one call, that are read: what has more is not evaluated either.
pub(super) const MAX_ITEMS: usize = 100_000;

pub(super) struct Lowering<'s> {
    pub text: &'s str,
    pub file: FileId,
    /// Whether the tree has error nodes anywhere: only then is each node asked.
    pub damaged: bool,
    /// Levels of blocks and expressions around what is read.
    pub depth: u32,
    /// Levels of error nodes around it.
    pub errors: u32,
    /// In `providers` of a module call, a key with a dot names a configuration: `{ aws.main = aws }`.
    pub provider_keys: bool,
    /// A block stands inside another that belongs at the top.
    pub swallowed: bool,
    /// Where a text begins that is not closed: its value is not known.
    pub hole: Option<u32>,
    pub out: Diagnostics,
}

impl<'s> Lowering<'s> {
    pub fn new(text: &'s str, file: FileId, damaged: bool) -> Lowering<'s> {
        Lowering { text, file, damaged, depth: 0, errors: 0, provider_keys: false, swallowed: false, hole: None, out: Diagnostics::new() }
    }

    pub fn span(&self, node: Node<'_>) -> Span {
        Span::new(self.file, node.start(), node.end())
    }

    pub fn between(&self, start: u32, end: u32) -> Span {
        Span::new(self.file, start, end)
    }

    pub fn slice(&self, start: u32, end: u32) -> &'s str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether a line ends between two places. A comment that goes on until it is closed ends none.
    pub fn breaks(&self, start: u32, end: u32) -> bool {
        let mut rest = self.slice(start, end);
        while let Some(at) = rest.find(['\n', '#', '/']) {
            match rest.get(at..).and_then(|rest| rest.strip_prefix("/*")).and_then(|rest| rest.split_once("*/")) {
                Some((_, after)) => rest = after,
                None => return true,
            }
        }
        false
    }

    pub fn text_of(&self, node: Node<'_>) -> &'s str {
        self.slice(node.start(), node.end())
    }

    /// Whether an error or a missing token lies directly in this node; its diagnostic is already given.
    pub fn is_broken(&self, node: Node<'_>) -> bool {
        if !self.damaged || !node.has_error() {
            return false;
        }
        // Punctuation is hidden: where it is missing, no child tells.
        let mut deeper = false;
        for child in node.children() {
            if child.kind() == hcl::ERROR || child.is_missing() {
                return true;
            }
            deeper = deeper || child.has_error();
        }
        !deeper
    }

    pub fn error(&mut self, span: Span, message: impl Into<EcoString>) {
        self.out.push(Diagnostic::error("syntax", span, message));
    }

    pub fn error_with_help(&mut self, span: Span, message: impl Into<EcoString>, help: impl Into<EcoString>) {
        self.out.push(Diagnostic::error("syntax", span, message).with_help(help));
    }

    /// Reports wrong text and stands for its value.
    pub fn invalid(&mut self, span: Span, message: impl Into<EcoString>) -> Expr {
        let message = message.into();
        self.error(span, message.clone());
        unknown(span, message)
    }

    /// Stands for a value that a limit of the reader leaves unknown.
    pub fn limit(&self, span: Span, what: impl Into<EcoString>) -> Expr {
        Expr::new(ExprKind::Unknown(Unknown::new(UnknownKind::Limit, what)), span)
    }

    /// Reports a list, an object or a call of more parts than are read, and stands for its value.
    pub fn too_many(&mut self, span: Span) -> Expr {
        self.out.push(Diagnostic::error("too-many", span, ecow::eco_format!("more than {MAX_ITEMS} items; not read (MAX_ITEMS)")));
        self.limit(span, "number of items")
    }

    /// Goes one level down, runs `read`, and comes back; past the limit it reports instead.
    pub fn deeper<T>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            self.out.push(Diagnostic::error("too-deep", span, ecow::eco_format!("nested deeper than {MAX_DEPTH} levels; not read")));
            return None;
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        Some(result)
    }
}

/// What stands for text that could not be read; its diagnostic is already given.
pub(super) fn unknown(span: Span, why: impl Into<EcoString>) -> Expr {
    Expr::new(ExprKind::Unknown(Unknown::new(UnknownKind::Invalid, why)), span)
}

/// A text as the language keeps it.
pub(super) fn text(written: &str, span: Span) -> Expr {
    Expr::literal(Value::Text(composed(written.into())), span)
}
