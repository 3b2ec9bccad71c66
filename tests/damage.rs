//! A file with a piece missing still says what its other blocks say.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use plumbline::lang;
use plumbline::source::{Sources, Version};

/// Deletions in each file.
const TRIES: u64 = 60;

#[test]
fn one_deletion_keeps_the_other_blocks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    match std::env::var("TERRAFORM_MODULES") {
        Ok(other) => collect(Path::new(&other), &mut files),
        Err(_) => ["tests/hcl", "tests/differential", "www/samples"].iter().for_each(|folder| collect(&root.join(folder), &mut files)),
    }
    files.sort();
    assert!(files.len() > 100, "the files were found: {}", files.len());
    let (mut kept, mut all) = (0, 0);
    let mut worst: Vec<(u64, String)> = Vec::new();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = blocks(&text);
        if whole.len() < 3 {
            continue;
        }
        for _ in 0..TRIES {
            let at = (next() % text.len() as u64) as usize;
            let length = if next() % 2 == 0 { 1 } else { 1 + (next() % 12) as usize };
            let end = (at + length).min(text.len());
            if !text.is_char_boundary(at) || !text.is_char_boundary(end) {
                continue;
            }
            let damaged = blocks(&format!("{}{}", &text[..at], &text[end..]));
            // The block that lost a piece may be lost with it.
            let others: Vec<_> = whole.iter().filter(|(_, (start, stop))| *stop <= at || *start >= end).collect();
            let lost: Vec<&String> = others.iter().filter(|(name, _)| !damaged.contains_key(*name)).map(|(name, _)| *name).collect();
            all += others.len() as u64;
            kept += (others.len() - lost.len()) as u64;
            if !lost.is_empty() {
                let name = path.strip_prefix(root).unwrap_or(&path).display();
                worst.push((lost.len() as u64, format!("{name} without {:?} at {at}: {} lost", &text[at..end], lost.len())));
            }
        }
    }
    worst.sort();
    println!("{kept} of {all} other blocks kept; {} deletions lost some", worst.len());
    for (_, line) in worst.iter().rev().take(20) {
        println!("{line}");
    }
    assert!(kept * 1000 >= all * 985, "{kept} of {all} other blocks are kept");
}

/// Top-level blocks by name, with where they stand.
fn blocks(text: &str) -> BTreeMap<String, (usize, usize)> {
    let mut sources = Sources::default();
    let id = sources.add(Version::After, "main.tf", text);
    let module = lang::lower_file(sources.file(id).unwrap()).module;
    let mut found = BTreeMap::new();
    let mut add = |name: String, span: plumbline::source::Span| {
        found.insert(name, (span.start as usize, span.end as usize));
    };
    for it in &module.resources {
        add(format!("{}{}.{}", it.mode.prefix(), it.native_type, it.name), it.span);
    }
    for it in &module.variables {
        add(format!("var.{}", it.name), it.span);
    }
    for it in &module.outputs {
        add(format!("output.{}", it.name), it.span);
    }
    for it in &module.calls {
        add(format!("module.{}", it.name), it.span);
    }
    for it in &module.providers {
        add(format!("provider.{} {:?}", it.name, it.alias), it.span);
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "tf") {
            files.push(path);
        }
    }
}
