//! Snippets with marks: `^^^ severity: message` under the text that a check must speak of, and nowhere else.

use super::Finding;
use crate::catalog::Catalog;
use crate::change;
use crate::diagnostic::Diagnostics;
use crate::evaluate::{self, Given};
use crate::graph::Graph;
use crate::lang;
use crate::model::Snapshot;
use crate::source::{Sources, Version};

/// Runs one check on a snippet and compares what it finds with the marks.
pub(super) fn check(id: &str, marked: &str) {
    let (text, wanted) = unmarked(marked);
    let sources = sources(&text, Version::After);
    let (snapshot, graph) = read(&sources, Version::After);
    let found: Vec<String> = super::run(&[], None, (&snapshot, &graph), &Catalog::new())
        .iter()
        .filter(|finding| finding.check == id)
        .map(|finding| {
            let place = sources.file(finding.span.file).unwrap().place(finding.span);
            let severity = format!("{:?}", finding.severity).to_lowercase();
            let end = if place.end_line == place.line { place.end_column } else { u32::MAX };
            format!("{}:{}-{end} {severity}: {}", place.line, place.column, finding.message)
        })
        .collect();
    let (mut found, mut wanted) = (found, wanted);
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "\n{text}");
}

/// Everything the checks find in a change from one text to another.
pub(super) fn check_change(before: &str, after: &str) -> Vec<Finding> {
    let mut sources = sources(before, Version::Before);
    sources.add(Version::After, "main.tf", after);
    let (before, before_graph) = read(&sources, Version::Before);
    let (after, after_graph) = read(&sources, Version::After);
    let catalog = Catalog::new();
    let changes = change::diff(Some((&before, &before_graph)), (&after, &after_graph), &catalog);
    super::run(&changes, Some((&before, &before_graph)), (&after, &after_graph), &catalog)
}

fn sources(text: &str, version: Version) -> Sources {
    let mut sources = Sources::default();
    sources.add(version, "main.tf", text);
    sources
}

fn read(sources: &Sources, version: Version) -> (Snapshot, Graph) {
    let mut problems = Diagnostics::new();
    let program = lang::read(sources, version, &mut problems);
    assert_eq!(problems, [], "a snippet must be valid");
    let snapshot = evaluate::evaluate(&program, sources, version, &Given::default());
    let graph = Graph::of(&snapshot);
    (snapshot, graph)
}

/// The text without its marks, and the marks as `line:column-end severity: message`.
fn unmarked(marked: &str) -> (String, Vec<String>) {
    let (mut text, mut wanted, mut line) = (String::new(), Vec::new(), 0);
    for row in marked.lines() {
        let mark = row.trim_start();
        if mark.starts_with('^') {
            let column = row.chars().count() - mark.chars().count() + 1;
            let length = mark.chars().take_while(|character| *character == '^').count();
            let said = mark.get(length..).unwrap_or("").trim();
            wanted.push(format!("{line}:{column}-{} {said}", column + length));
        } else {
            text.push_str(row);
            text.push('\n');
            line += 1;
        }
    }
    (text, wanted)
}
