//! What could not be read, shown with its lines, for people at a terminal.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use plumbline::review::{DiagnosticEntry, DiagnosticSeverity, Source};
use plumbline::source::{SourceFile, Sources, Version};

/// Lists longer than this are counted: a file of another language would fill the screen.
const MOST: usize = 50;

pub fn print(diagnostics: &[DiagnosticEntry], sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST) {
        out.push_str(&one(diagnostic, sources, &renderer));
        out.push_str("\n\n");
    }
    if diagnostics.len() > MOST {
        out.push_str(&format!("and {} more\n\n", diagnostics.len() - MOST));
    }
    out
}

fn one(diagnostic: &DiagnosticEntry, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        DiagnosticSeverity::Error => Level::ERROR,
        DiagnosticSeverity::Warning => Level::WARNING,
        DiagnosticSeverity::Note => Level::NOTE,
    };
    let place = &diagnostic.source;
    let version = if place.before { Version::Before } else { Version::After };
    let file = sources.find(version, &place.file).filter(|_| place.line > 0);
    let message = match file {
        Some(_) => diagnostic.message.to_string(),
        None => format!("{}: {}", place.file, diagnostic.message),
    };
    let mut group =
        level.primary_title(message).id(diagnostic.code.as_str()).elements(std::iter::empty::<Snippet<'_, _>>().chain(file.map(|file| {
            Snippet::source(file.text.as_ref())
                .path(place.file.as_str())
                .fold(true)
                .annotation(AnnotationKind::Primary.span(bytes_of(file, place)))
        })));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The bytes between two places; at least one character, so that there is something to point at.
fn bytes_of(file: &SourceFile, place: &Source) -> std::ops::Range<usize> {
    let start = offset(&file.text, place.line, place.column);
    let end = offset(&file.text, place.end_line, place.end_column).max(start);
    start..end
}

fn offset(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within: usize = rest.chars().take(column.saturating_sub(1) as usize).map(char::len_utf8).sum();
    start + within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(line: u32, column: u32, end_column: u32) -> DiagnosticEntry {
        DiagnosticEntry {
            severity: DiagnosticSeverity::Error,
            code: "syntax".into(),
            message: "this is no argument".into(),
            source: Source { file: "main.tf".into(), line, column, end_line: line, end_column, before: false },
            help: Some("write `name = value`".into()),
        }
    }

    #[test]
    fn points_at_the_text() {
        let mut sources = Sources::default();
        sources.add(Version::After, "main.tf", "é = 1\nthis is wrong\n");
        insta::assert_snapshot!(print(&[entry(2, 6, 8)], &sources, false), @r"
        error[syntax]: this is no argument
         --> main.tf:2:6
          |
        2 | this is wrong
          |      ^^
          |
          = help: write `name = value`
        ");
    }

    #[test]
    fn a_file_that_is_not_text_has_no_lines() {
        insta::assert_snapshot!(print(&[entry(0, 0, 0)], &Sources::default(), false), @r"
        error[syntax]: main.tf: this is no argument
         |
         = help: write `name = value`
        ");
    }
}
