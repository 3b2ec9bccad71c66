//! Values of outputs against those that Terraform plans; `tests/oracles/terraform_values.mjs tests/values` wrote them.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeMap;
use std::path::Path;

use plumbline::{Input, review};
use serde_json::Value;

use folder::collect;

/// Outputs that differ, each with its reason.
const EXPLAINED: &[(&str, &str, &str)] = &[
    ("corners", "thirds", "whether a third taken three times is one, the 150th digit decides"),
    ("corners", "thirds_equal", "whether three thirds are one, the 150th digit decides"),
    ("expressions", "json", "numbers have at most 28 digits"),
    ("expressions", "num", "numbers have at most 28 digits"),
    ("expressions", "str", "the length of a text counts signs that join others by themselves"),
    ("modules", "files", "a file that is not given may be there"),
    ("types-and-functions", "paths", "abspath() and pathexpand() hang on the machine"),
];

#[test]
fn outputs_are_those_that_terraform_plans() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/values");
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(root.join("expected.json")).unwrap()).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, outputs) in expected.as_object().unwrap() {
        let mut files = Vec::new();
        collect(&root.join(name), &root.join(name), &mut files);
        let review = review(&Input { files, ..Input::default() });
        // By way of text: only there do integers past 2^63 fit.
        let value = |output| serde_json::from_str::<Value>(&serde_json::to_string(output).unwrap()).unwrap()["value"].clone();
        let found: BTreeMap<&str, Value> =
            review.outputs.iter().map(|output| (output.address.trim_start_matches("output."), value(output))).collect();
        for (output, wanted) in outputs.as_object().unwrap() {
            compared += 1;
            let same = found.get(output.as_str()).is_some_and(|found| alike(found, wanted));
            let explained = EXPLAINED.iter().any(|it| it.0 == name && it.1 == output);
            if same == explained {
                wrong.push(format!("{name} {output}: wanted {wanted}, found {:?}", found.get(output.as_str())));
            }
        }
    }
    assert!(compared > 90, "{compared} outputs");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Numbers may be told as whole or not, and to the last digit that a double holds.
fn alike(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= b.abs() * 1e-15
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| alike(a, b))),
        (a, b) => a == b,
    }
}
