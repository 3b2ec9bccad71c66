//! Edges of templates against cfn-lint's graph; `tests/oracles/cfn_graph_vectors.py` wrote the vectors.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use plumbline::{Input, InputFile};
use serde_json::Value;

#[test]
fn edges_are_those_of_cfn_lint() {
    let path = std::env::var("CFN_VECTORS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/cfn_graph.json").into());
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let input = Input { files: vec![InputFile::new(case["name"].as_str().unwrap(), text.as_bytes())], ..Input::default() };
        let review = plumbline::review(&input);
        let found: BTreeSet<(String, String)> =
            review.dependencies.iter().map(|edge| (edge.from.to_string(), edge.to.to_string())).collect();
        let edges = case["edges"].as_array().unwrap().iter();
        let expected: BTreeSet<(String, String)> =
            edges.map(|edge| (edge[0].as_str().unwrap().to_owned(), edge[1].as_str().unwrap().to_owned())).collect();
        // What is switched off is not in the review, and so has no edges there.
        let off: BTreeSet<String> = review.disabled.iter().map(|entry| entry.address.to_string()).collect();
        let expected: BTreeSet<_> = expected.into_iter().filter(|(from, to)| !off.contains(from) && !off.contains(to)).collect();
        compared += expected.len();
        if found != expected {
            let more: Vec<_> = found.difference(&expected).collect();
            let less: Vec<_> = expected.difference(&found).collect();
            wrong.push(format!("{text}\n  more: {more:?}\n  less: {less:?}\n  {:?}", review.diagnostics));
        }
    }
    assert!(cases.len() >= 60 && compared > 500, "{compared} edges of {} templates", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(3)].join("\n\n"));
}
