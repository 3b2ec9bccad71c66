//! The grammar's own tests, in tree-sitter's format, and the samples that every reader test uses.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use plumbline::syntax::{self, Language};

struct Case {
    name: String,
    text: String,
    tree: String,
}

/// Cases are a name between two lines of `=`, a text, a line of `-`, and the tree it must make.
fn cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap();
    let is_rule = |line: &str, sign: char| line.len() >= 3 && line.chars().all(|c| c == sign);
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> =
        (0..lines.len()).filter(|at| is_rule(lines[*at], '=') && lines.get(at + 2).is_some_and(|end| is_rule(end, '='))).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let body = &lines[start + 3..end];
            let middle = body.iter().position(|line| is_rule(line, '-')).unwrap_or_else(|| panic!("{}: no ---", lines[start + 1]));
            Case {
                name: lines[start + 1].to_owned(),
                text: body[..middle].join("\n").trim_start_matches('\n').to_owned() + "\n",
                tree: plain(&body[middle + 1..].join(" ")),
            }
        })
        .collect()
}

/// A tree on one line with single spaces.
fn plain(tree: &str) -> String {
    let spaced = tree.replace('(', " ( ").replace(')', " ) ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars/hcl/test/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn texts_make_the_trees_that_the_corpus_says() {
    let mut failures = Vec::new();
    let mut count = 0;
    for file in corpus() {
        for case in cases(&file) {
            count += 1;
            let found = plain(&syntax::parse(Language::Hcl, &case.text).unwrap().outline());
            if found != case.tree {
                failures.push(format!("{}: {}\n  expected {}\n  found    {found}", file.display(), case.name, case.tree));
            }
        }
    }
    assert!(count > 20, "{count}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn carriage_returns_change_no_tree() {
    for file in corpus() {
        for case in cases(&file) {
            let windows = case.text.replace('\n', "\r\n");
            let found = plain(&syntax::parse(Language::Hcl, &windows).unwrap().outline());
            assert_eq!(found, case.tree, "{}", case.name);
        }
    }
}

#[test]
fn samples_have_no_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hcl");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let tree = syntax::parse(Language::Hcl, &fs::read_to_string(&path).unwrap()).unwrap();
        assert!(!tree.has_error(), "{}: {}", path.display(), tree.outline());
    }
}
