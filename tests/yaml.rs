//! The reader of documents against what PyYAML reads; `tests/oracles/yaml_vectors.py` wrote the vectors.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use plumbline::source::FileId;
use plumbline::syntax::document::{Kind, Node, Style, read};
use serde_json::{Value, json};

#[test]
fn documents_are_read_as_pyyaml_reads_them() {
    let path = std::env::var("YAML_VECTORS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/yaml.json").into());
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let mut out = Vec::new();
        let read: Vec<Value> = read(FileId(0), text, &mut out).iter().map(plain).collect();
        let expected = case["documents"].as_array().unwrap();
        if &read != expected || !out.is_empty() {
            wrong.push(format!("{text}\n  read:     {}\n  expected: {}\n  said: {out:?}", json!(read), json!(expected)));
        }
    }
    assert!(cases.len() > 200);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(5)].join("\n\n"));
}

fn plain(node: &Node) -> Value {
    let mut value = match &node.kind {
        Kind::Scalar { text, style } => {
            let style = match style {
                Style::Plain => "plain",
                Style::Quoted => "quoted",
                Style::Block => "block",
            };
            json!({ style: text.as_str() })
        }
        Kind::Sequence(items) => json!({ "items": items.iter().map(plain).collect::<Vec<_>>() }),
        Kind::Mapping(entries) => {
            let entries = entries.iter().map(|entry| json!([entry.key.text(), plain(&entry.value)]));
            json!({ "entries": entries.collect::<Vec<_>>() })
        }
    };
    if let Some(tag) = node.tag.as_ref().filter(|tag| !tag.starts_with("!!")) {
        value["tag"] = json!(tag.as_str());
    }
    value
}
