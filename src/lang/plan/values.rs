//! JSON values with what is unknown and what is sensitive in them, which a plan keeps in trees of the same shape.

use ecow::{EcoString, eco_format};

use crate::model::{Number, Object, UnknownKind, Value};
use crate::syntax::document::{Kind, Node, Scalar};

/// The arguments of a resource: null is absent.
pub(super) fn attributes(value: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, subject: &str) -> Object {
    match self::value(value, unknown, sensitive, subject).unmarked() {
        Value::Object(object) => object.as_ref().clone(),
        _ => Object::default(),
    }
}

pub(super) fn value(node: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, subject: &str) -> Value {
    let value = if unknown.is_some_and(is_true) {
        Value::unknown(UnknownKind::AfterApply, subject)
    } else {
        match &node.kind {
            Kind::Scalar { .. } => scalar(node, unknown, sensitive, subject),
            Kind::Sequence(items) => list(items, unknown, sensitive, subject),
            Kind::Mapping(_) => object(node, unknown, sensitive, subject),
        }
    };
    if sensitive.is_some_and(is_true) { value.sensitive() } else { value }
}

fn scalar(node: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, subject: &str) -> Value {
    match node.scalar() {
        // Where everything is unknown, the value itself is left out.
        Some(Scalar::Null) | None => match unknown {
            Some(it) if it.is_mapping() && holds_true(it) => object(node, unknown, sensitive, subject),
            Some(it) if it.is_sequence() && holds_true(it) => list(&[], unknown, sensitive, subject),
            _ => Value::Null,
        },
        Some(Scalar::Bool(value)) => Value::Bool(value),
        Some(Scalar::Integer(value)) => Value::Number(value.into()),
        Some(Scalar::Number(text)) => Number::parse(text).map_or_else(|| Value::text(text), Value::Number),
        Some(Scalar::Text(text)) => Value::text(text),
    }
}

fn list(items: &[Node], unknown: Option<&Node>, sensitive: Option<&Node>, subject: &str) -> Value {
    let of = |tree: Option<&'_ Node>| tree.map(Node::items).unwrap_or_default().len();
    let length = items.len().max(of(unknown));
    let mut values = Vec::with_capacity(length);
    for at in 0..length {
        let nth = |tree: Option<&'_ Node>| tree.and_then(|tree| tree.items().get(at)).cloned();
        let subject = eco_format!("{subject}[{at}]");
        let (unknown, sensitive) = (nth(unknown), nth(sensitive));
        let Some(item) = items.get(at).or(unknown.as_ref()) else { continue };
        values.push(value(item, unknown.as_ref(), sensitive.as_ref(), &subject));
    }
    Value::list(values)
}

fn object(node: &Node, unknown: Option<&Node>, sensitive: Option<&Node>, subject: &str) -> Value {
    let mut object = Object::with_capacity(node.entries().len());
    let inner = |tree: Option<&'_ Node>, key: &str| tree.and_then(|tree| tree.get(key)).cloned();
    for entry in node.entries() {
        let Some(key) = entry.key.text() else { continue };
        let subject = eco_format!("{subject}.{key}");
        let value = value(&entry.value, inner(unknown, key).as_ref(), inner(sensitive, key).as_ref(), &subject);
        if value != Value::Null {
            object.insert(key.into(), value);
        }
    }
    for entry in unknown.map(Node::entries).unwrap_or_default() {
        let Some(key) = entry.key.text() else { continue };
        if node.get(key).is_some() || !holds_true(&entry.value) {
            continue;
        }
        let subject = eco_format!("{subject}.{key}");
        let nothing = Node::plain_at(entry.value.span, "null");
        object.insert(EcoString::from(key), value(&nothing, Some(&entry.value), inner(sensitive, key).as_ref(), &subject));
    }
    Value::object(object)
}

fn is_true(node: &Node) -> bool {
    node.scalar() == Some(Scalar::Bool(true))
}

fn holds_true(node: &Node) -> bool {
    is_true(node) || node.items().iter().any(holds_true) || node.entries().iter().any(|entry| holds_true(&entry.value))
}

/// Whether two nodes say the same, wherever they stand.
pub(super) fn same(left: &Node, right: &Node) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Scalar { .. }, Kind::Scalar { .. }) => left.scalar() == right.scalar(),
        (Kind::Sequence(a), Kind::Sequence(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Kind::Mapping(a), Kind::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key.text() == b.key.text() && same(&a.value, &b.value))
        }
        _ => false,
    }
}
