//! What could not be read or is not right in the input: a message, its place, and what to do about it.

use ecow::EcoString;

use crate::source::Span;

/// How much a diagnostic matters to the reader of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Part of the input is missing from the review.
    Error,
    /// The review is complete, but the input will not do what it seems to say.
    Warning,
    /// Worth knowing; nothing is missing.
    Note,
}

/// A problem with the input, with its place. Findings about infrastructure are not diagnostics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub level: Level,
    /// Stable kebab-case id, for example `syntax` or `too-deep`.
    pub code: &'static str,
    pub message: EcoString,
    /// `None` only where the input has no place at all, such as an archive that cannot be opened.
    pub span: Option<Span>,
    /// The path of a file that has no text, and so no span.
    pub path: Option<EcoString>,
    pub help: Option<EcoString>,
}

impl Diagnostic {
    pub fn error(code: &'static str, span: Span, message: impl Into<EcoString>) -> Diagnostic {
        Diagnostic { level: Level::Error, code, message: message.into(), span: Some(span), path: None, help: None }
    }

    pub fn warning(code: &'static str, span: Span, message: impl Into<EcoString>) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// A diagnostic about a whole file that is not text, or about an archive.
    pub fn about_path(level: Level, code: &'static str, path: impl Into<EcoString>, message: impl Into<EcoString>) -> Diagnostic {
        Diagnostic { level, code, message: message.into(), span: None, path: Some(path.into()), help: None }
    }

    pub fn with_help(mut self, help: impl Into<EcoString>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }
}

pub type Diagnostics = Vec<Diagnostic>;
