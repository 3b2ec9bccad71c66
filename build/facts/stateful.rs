//! `data/stateful.json`: the types that hold data, as a Rust table.

use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use super::ordered::Ordered;

pub fn table(path: &Path) -> String {
    let entries: Ordered<BTreeRow> = serde_json::from_str(&super::read(path)).unwrap_or_else(|error| panic!("stateful.json: {error}"));
    let mut text = String::from("pub(super) static TYPES: &[Stateful] = &[\n");
    for (kind, row) in entries.sorted("stateful.json") {
        for key in row.keys() {
            assert!(matches!(key.as_str(), "noun" | "holds" | "order"), "stateful.json: {kind}: unknown key {key}");
        }
        let word = |key: &str| match row.get(key) {
            Some(Value::String(word)) if !word.is_empty() => word.clone(),
            _ => panic!("stateful.json: {kind} lacks {key}"),
        };
        let order = row.get("order").and_then(Value::as_u64).filter(|order| (1..=4).contains(order));
        let order = order.unwrap_or_else(|| panic!("stateful.json: the order of {kind} is not 1 to 4"));
        let _ = writeln!(text, "    Stateful {{ kind: {kind:?}, noun: {:?}, holds: {:?}, order: {order} }},", word("noun"), word("holds"));
    }
    text.push_str("];\n");
    text
}

type BTreeRow = std::collections::BTreeMap<String, Value>;
