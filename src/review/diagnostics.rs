//! Diagnostics as entries, in the order of their places.

use crate::diagnostic::{Diagnostic, Level};
use crate::order::Order as _;
use crate::review::place::{nowhere, source};
use crate::review::{DiagnosticEntry, DiagnosticSeverity};
use crate::source::Sources;

pub(super) fn entries(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<DiagnosticEntry> {
    let entry = |diagnostic: &Diagnostic| DiagnosticEntry {
        severity: match diagnostic.level {
            Level::Error => DiagnosticSeverity::Error,
            Level::Warning => DiagnosticSeverity::Warning,
            Level::Note => DiagnosticSeverity::Note,
        },
        code: diagnostic.code.into(),
        message: diagnostic.message.clone(),
        source: match diagnostic.span {
            Some(span) => source(sources, span),
            None => nowhere(diagnostic.path.clone().unwrap_or_default()),
        },
        help: diagnostic.help.clone(),
    };
    let mut entries: Vec<DiagnosticEntry> = diagnostics.iter().map(entry).collect();
    entries.order_by(|a, b| (a.source.before, &a.source, a.severity, &a.code).cmp(&(b.source.before, &b.source, b.severity, &b.code)));
    entries
}
