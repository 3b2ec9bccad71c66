//! Root modules against what other readers say of them: every block, every edge.
//!
//! `tests/oracles/terraform.mjs tests/differential` wrote `expected.json`: blocks by HashiCorp's own parser, edges by a
//! reader of references that shares nothing with this one.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use plumbline::source::{Sources, Version};
use plumbline::{Input, InputFile, lang};
use serde_json::Value;

use folder::collect;

/// Edges that the other reader gives and this one does not, or the other way (`+`), each with its reason.
const EXPLAINED: &[(&str, &str, &str)] = &[];

#[test]
fn blocks_and_edges_are_those_of_other_readers() {
    let root = std::env::var("TERRAFORM_MODULES")
        .map(PathBuf::from)
        .unwrap_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential"));
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(root.join("expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let (mut blocks, mut edges) = (0, 0);
    for (name, expected) in expected.as_object().unwrap() {
        let mut files = Vec::new();
        collect(&root.join(name), &root.join(name), &mut files);
        for (file, wanted) in expected["blocks"].as_object().unwrap() {
            let wanted = texts(wanted);
            blocks += wanted.len();
            let text = files.iter().find(|it| it.path == file.as_str()).unwrap();
            let found = blocks_of(file, &text.bytes);
            compare(&format!("{name}/{file}"), &wanted, &found, &mut wrong);
        }
        let wanted: BTreeSet<String> = texts(&expected["edges"]).into_iter().collect();
        edges += wanted.len();
        let found = edges_of(files);
        let explained = |edge: &str, sign: &str| EXPLAINED.iter().any(|it| it.0 == name && it.1 == format!("{sign}{edge}"));
        for edge in wanted.difference(&found).filter(|edge| !explained(edge, "-")) {
            wrong.push(format!("{name}: missing {edge}"));
        }
        for edge in found.difference(&wanted).filter(|edge| !explained(edge, "+")) {
            wrong.push(format!("{name}: only here {edge}"));
        }
    }
    println!("{blocks} blocks, {edges} edges");
    assert!(wrong.is_empty(), "{} of {blocks} blocks and {edges} edges:\n{}", wrong.len(), wrong.join("\n"));
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_string()).collect()
}

fn blocks_of(file: &str, text: &[u8]) -> Vec<String> {
    let mut sources = Sources::default();
    let id = sources.add(Version::After, file, String::from_utf8(text.to_vec()).unwrap());
    let read = lang::lower_file(sources.file(id).unwrap());
    assert!(read.diagnostics.is_empty(), "{file}: {:?}", read.diagnostics);
    let module = read.module;
    let mut found = Vec::new();
    found.extend(module.resources.iter().map(|it| {
        let mode = it.mode.prefix();
        format!("{mode}{}.{}", it.native_type, it.name)
    }));
    found.extend(module.variables.iter().map(|it| format!("var.{}", it.name)));
    found.extend(module.locals.iter().map(|it| format!("local.{}", it.name)));
    found.extend(module.outputs.iter().map(|it| format!("output.{}", it.name)));
    found.extend(module.calls.iter().map(|it| format!("module.{}", it.name)));
    found.extend(module.providers.iter().map(|it| match &it.alias {
        Some(alias) => format!("provider.{}.{alias}", it.name),
        None => format!("provider.{}", it.name),
    }));
    found.extend(module.moved.iter().map(|_| "moved".to_string()));
    found.extend(module.removed.iter().map(|_| "removed".to_string()));
    found.extend(module.imports.iter().map(|_| "import".to_string()));
    found.sort();
    found
}

/// Settings of the tool and checks declare nothing that is kept.
fn compare(place: &str, wanted: &[String], found: &[String], wrong: &mut Vec<String>) {
    let wanted: Vec<&String> = wanted.iter().filter(|it| *it != "terraform" && !it.starts_with("check.")).collect();
    if wanted != found.iter().collect::<Vec<_>>() {
        wrong.push(format!("{place}: blocks {found:?}, wanted {wanted:?}"));
    }
}

/// Edges between blocks: instances taken together, what is switched off with them, and none that a provider's
/// configuration makes.
fn edges_of(files: Vec<InputFile>) -> BTreeSet<String> {
    let review = plumbline::review(&Input { files, ..Input::default() });
    let edges = review.dependencies.iter().filter(|edge| edge.via != "provider");
    let edges = edges.map(|edge| (without_keys(&edge.from), without_keys(&edge.to))).filter(|(from, to)| from != to);
    edges.map(|(from, to)| format!("{from} -> {to}")).collect()
}

fn without_keys(address: &str) -> String {
    let mut text = String::new();
    let mut depth = 0;
    let mut quoted = false;
    for sign in address.chars() {
        match sign {
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth -= 1,
            _ if depth == 0 => text.push(sign),
            _ => {}
        }
    }
    text
}
