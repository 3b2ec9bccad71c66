//! Spans to places in files.

use crate::review::Source;
use crate::source::{Sources, Span, Version};

/// The place of a span as people and editors count.
pub(super) fn source(sources: &Sources, span: Span) -> Source {
    let Some(file) = sources.file(span.file) else { return nowhere("".into()) };
    let place = file.place(span);
    Source {
        file: file.path.clone(),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        before: file.version == Version::Before,
    }
}

/// A file as a whole: line 0.
pub(super) fn nowhere(file: ecow::EcoString) -> Source {
    Source { file, line: 0, column: 0, end_line: 0, end_column: 0, before: false }
}
