//! Property values as the engine writes them: plain JSON, and marked objects for secrets, assets and references.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashSet;

use crate::lang::pulumi::interpret::snake;
use crate::model::{Number, Object, UnknownKind, Value};
use crate::source::FileId;
use crate::syntax::document::{self, Kind, Node, Scalar};

/// The key that marks an object as something special.
const MARK: &str = "4dabf18193072939515e22adb298388d";
const ASSET: &str = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE: &str = "0def7320c3a5731c473e5ecbe6d01bc7";
const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE: &str = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const INTEGER: &str = "7eb310220ed6211bd6f147f2a75bfbb6";

/// What stands for a value that is known only after the run: one text for each kind of value.
const UNKNOWN: [&str; 7] = [
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/// What a preview writes for a secret.
const HIDDEN: &str = "[secret]";

/// The provider's list of what it filled in itself.
const DEFAULTS: &str = "__defaults";

/// How deep the JSON inside secrets is read; each level is a text of its own.
const DEEPEST: u32 = 4;

/// The arguments of a resource by the names that a program's have: null is absent, and so is what the provider filled
/// in, unless `named` has it.
pub(super) fn arguments(inputs: &Node, subject: &str, named: &dyn Fn(&str) -> bool) -> Object {
    let mut object = Object::default();
    let filled = filled_in(inputs);
    for entry in inputs.entries() {
        let Some(key) = entry.key.text() else { continue };
        if key.starts_with("__") || filled.contains(key) && !named(key) {
            continue;
        }
        let value = value(&entry.value, &eco_format!("{subject}.{key}"), 0);
        if !is_nothing(&value) {
            object.insert(snake(key), value);
        }
    }
    object
}

/// Whether the provider chose a value, such as a name.
pub(super) fn is_filled_in(inputs: &Node, key: &str) -> bool {
    filled_in(inputs).contains(key)
}

fn filled_in(object: &Node) -> FxHashSet<&str> {
    object.get(DEFAULTS).map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect()
}

fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Null)
}

pub(super) fn value(node: &Node, subject: &str, depth: u32) -> Value {
    match &node.kind {
        Kind::Scalar { .. } => match node.scalar() {
            Some(Scalar::Null) | None => Value::Null,
            Some(Scalar::Bool(flag)) => Value::Bool(flag),
            Some(Scalar::Integer(number)) => Value::Number(number.into()),
            Some(Scalar::Number(text)) => Number::parse(text).map_or_else(|| Value::text(text), Value::Number),
            Some(Scalar::Text(HIDDEN)) => hidden(subject),
            Some(Scalar::Text(text)) if UNKNOWN.contains(&text) => Value::unknown(UnknownKind::AfterApply, subject),
            Some(Scalar::Text(text)) => Value::text(text),
        },
        Kind::Sequence(items) => {
            let item = |(at, item): (usize, &Node)| value(item, &eco_format!("{subject}[{at}]"), depth);
            Value::list(items.iter().enumerate().map(item).collect())
        }
        Kind::Mapping(_) => match node.get(MARK).and_then(Node::text) {
            Some(mark) => marked(mark, node, subject, depth),
            None => object(node, subject, depth),
        },
    }
}

fn object(node: &Node, subject: &str, depth: u32) -> Value {
    let filled = filled_in(node);
    let mut object = Object::default();
    for entry in node.entries() {
        let Some(key) = entry.key.text() else { continue };
        if key == DEFAULTS || filled.contains(key) {
            continue;
        }
        let value = value(&entry.value, &eco_format!("{subject}.{key}"), depth);
        if !is_nothing(&value) {
            object.insert(key.into(), value);
        }
    }
    Value::object(object)
}

fn marked(mark: &str, node: &Node, subject: &str, depth: u32) -> Value {
    let of = |name: &str| node.get(name);
    match mark {
        SECRET => match of("plaintext").and_then(Node::text) {
            // JSON in a text; without `--show-secrets` it is not there.
            Some(text) => inner(node.span.file, text, subject, depth).sensitive(),
            None => hidden(subject),
        },
        ASSET => made("file", node, subject, depth),
        ARCHIVE => made("archive", node, subject, depth),
        RESOURCE => of("urn").and_then(Node::text).map_or(Value::Null, |urn| Value::text(super::shown(urn))),
        OUTPUT => {
            let inner = match of("value") {
                Some(node) => value(node, subject, depth),
                None => Value::unknown(UnknownKind::AfterApply, subject),
            };
            if of("secret").and_then(Node::text) == Some("true") { inner.sensitive() } else { inner }
        }
        INTEGER => of("value").and_then(Node::text).and_then(Number::parse).map_or(Value::Null, Value::Number),
        _ => Value::unknown(UnknownKind::Unsupported, subject),
    }
}

/// An asset or archive by the names that a program's has, and the hash that tells one content from another.
fn made(local: &str, node: &Node, subject: &str, depth: u32) -> Value {
    let mut object = Object::default();
    for (own, name) in [("path", local), ("text", "text"), ("uri", "remote"), ("hash", "hash")] {
        if let Some(text) = node.get(own).and_then(Node::text).filter(|text| !text.is_empty()) {
            object.insert(name.into(), Value::text(text));
        }
    }
    if let Some(assets) = node.get("assets").filter(|assets| assets.is_mapping()) {
        object.insert("assets".into(), self::object(assets, subject, depth));
    }
    Value::object(object)
}

fn inner(file: FileId, text: &str, subject: &str, depth: u32) -> Value {
    let mut ignored = Vec::new();
    match document::read_one(file, text, &mut ignored) {
        Some(node) if ignored.is_empty() && depth < DEEPEST => value(&node, subject, depth + 1),
        _ => Value::unknown(UnknownKind::NotAtHand, subject),
    }
}

fn hidden(subject: &str) -> Value {
    Value::unknown(UnknownKind::NotAtHand, EcoString::from(subject)).sensitive()
}
