//! Programs against Pulumi's own SDK, which ran each of them under its mocks: `tests/vectors/pulumi_python.json` and
//! `pulumi_typescript.json` hold the programs, what they register with file and line, and the dependencies that the
//! engine is told.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use plumbline::{Input, InputFile};
use serde_json::Value;

#[test]
fn programs_in_python_register_what_the_sdk_says() {
    compare(include_str!("vectors/pulumi_python.json"), 42, 730, 900);
}

#[test]
fn programs_in_typescript_register_what_the_sdk_says() {
    compare(include_str!("vectors/pulumi_typescript.json"), 39, 670, 750);
}

/// Every resource at its line and every edge, no more and no less, of at least so many.
fn compare(text: &str, programs: usize, least_resources: usize, least_edges: usize) {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut wrong = Vec::new();
    let (mut resources, mut edges) = (0, 0);
    for case in &cases {
        let files = case["files"].as_object().unwrap().iter();
        let files = files.map(|(path, text)| InputFile::new(path.as_str(), text.as_str().unwrap().as_bytes())).collect();
        let review = plumbline::review(&Input { files, ..Input::default() });
        let found: BTreeSet<String> =
            review.resources.iter().map(|it| format!("{} {}:{}", it.address, it.source.file, it.source.line)).collect();
        let expected: BTreeSet<String> = case["resources"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        resources += expected.len();
        let found_edges: BTreeSet<String> = review.dependencies.iter().map(|edge| format!("{} -> {}", edge.from, edge.to)).collect();
        let expected_edges: BTreeSet<String> = case["edges"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        edges += expected_edges.len();
        if found != expected || found_edges != expected_edges {
            let more: Vec<_> = found.difference(&expected).chain(found_edges.difference(&expected_edges)).collect();
            let less: Vec<_> = expected.difference(&found).chain(expected_edges.difference(&found_edges)).collect();
            wrong.push(format!("{}\n  more: {more:#?}\n  less: {less:#?}\n  {:?}", case["name"], review.diagnostics));
        }
    }
    let enough = cases.len() >= programs && resources >= least_resources && edges >= least_edges;
    assert!(enough, "{resources} resources, {edges} edges of {} programs", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}
