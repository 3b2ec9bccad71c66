//! What could not be read, shown with its lines, for people at a terminal.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use plumbline::review::{DiagnosticEntry, DiagnosticSeverity, Source};
use plumbline::source::{SourceFile, Sources, Version};

/// Lists longer than this are counted: a file of another language would fill the screen.
const MOST: usize = 50;

pub fn print(diagnostics: &[DiagnosticEntry], sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let shown = folded(diagnostics);
    for (diagnostic, alike) in shown.iter().take(MOST) {
        out.push_str(&one(diagnostic, sources, &renderer));
        match alike {
            0 => out.push_str("\n\n"),
            1 => out.push_str("\nand the same of 1 more\n\n"),
            more => out.push_str(&format!("\nand the same of {more} more\n\n")),
        }
    }
    if shown.len() > MOST {
        out.push_str(&format!("and {} more\n\n", shown.len() - MOST));
    }
    out
}

/// Notes that say the same of several places are shown at the first, with how many more there are.
fn folded(diagnostics: &[DiagnosticEntry]) -> Vec<(&DiagnosticEntry, usize)> {
    let mut shown: Vec<(&DiagnosticEntry, usize)> = Vec::new();
    let mut notes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let words = (diagnostic.code.as_str(), diagnostic.message.as_str());
        if let Some((_, alike)) = notes.get(&words).and_then(|at| shown.get_mut(*at)) {
            *alike += 1;
            continue;
        }
        if diagnostic.severity == DiagnosticSeverity::Note {
            notes.insert(words, shown.len());
        }
        shown.push((diagnostic, 0));
    }
    shown
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
    fn notes_that_say_the_same_are_told_once() {
        let note = |file: &str, message: &str| {
            let source = Source { file: file.into(), ..entry(1, 1, 1).source };
            DiagnosticEntry { severity: DiagnosticSeverity::Note, message: message.into(), source, help: None, ..entry(1, 1, 1) }
        };
        let entries = [note("a.yaml", "not read"), entry(1, 1, 1), note("b.yaml", "not read"), note("c.yaml", "other"), entry(1, 1, 1)];
        let printed = print(&entries, &Sources::default(), false);
        assert_eq!(
            printed
                .lines()
                .filter(|line| !line.trim_matches([' ', '|']).is_empty())
                .map(|line| line.split(": ").last().unwrap())
                .collect::<Vec<_>>(),
            [
                "not read",
                "and the same of 1 more",
                "this is no argument",
                "write `name = value`",
                "other",
                "this is no argument",
                "write `name = value`"
            ]
        );
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
