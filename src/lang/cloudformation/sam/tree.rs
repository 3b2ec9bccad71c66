//! From the tree of the document to the tree of the transform and back: what the author wrote keeps its place, and
//! what was made has the place of what caused it.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::map::Map;
use super::value::{Mark, Value};
use super::{Reject, is_serverless, transform, unpackaged};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::document::{Entry, Kind, Node, Scalar};

/// The region where the review does not know better. It decides the partition in generated ARNs, and no id.
const REGION: &str = "us-east-1";

/// The template as it is deployed: with serverless resources, the transform's; any other as it was. Short tags must
/// be long and loops expanded.
pub fn applied(root: Node, out: &mut Diagnostics) -> Node {
    if !serverless(&root) {
        return root;
    }
    let Value::Map(mut template) = value(&root) else { return root };
    unpackaged::addressed(&mut template);
    let done = transform(*template, &Map::new(), REGION);
    for reject in done.rejects.iter().filter(|reject| !reject.is_stop()) {
        out.push(Diagnostic::error("sam", place_of(reject, &root), said(reject)));
    }
    let mut places = Places { root: root.span, values: FxHashMap::default() };
    places.note(&root);
    places.rebuilt(root, &done.template)
}

/// Whether a document needs the transform, without building the other tree for those that do not.
fn serverless(root: &Node) -> bool {
    let resources = root.get("Resources").map(Node::entries).unwrap_or_default();
    let serverless = |entry: &Entry| entry.value.get("Type").and_then(Node::text).is_some_and(|kind| kind.starts_with("AWS::Serverless::"));
    resources.iter().any(serverless)
        || root.get("Transform").is_some_and(|transform| {
            let mut only = Map::new();
            only.set("Transform", value(transform));
            is_serverless(&only)
        })
}

fn said(reject: &Reject) -> EcoString {
    match reject.id.is_empty() {
        true => eco_format!("the serverless transform refuses this template: {}", reject.message),
        false => eco_format!("the serverless transform refuses {}: {}", reject.id, reject.message),
    }
}

fn place_of(reject: &Reject, root: &Node) -> Span {
    let resource = root.get("Resources").and_then(|all| all.entry(&reject.id));
    let section = root.entry(&reject.id).or_else(|| root.entry("Globals").filter(|_| reject.message.contains("Globals")));
    resource.or(section).or_else(|| root.entry("Resources")).map_or(root.span, |entry| entry.key.span)
}

fn value(node: &Node) -> Value {
    let place = (node.span.start, node.span.end);
    match &node.kind {
        Kind::Sequence(items) => Value::List(items.iter().map(value).collect()),
        Kind::Mapping(entries) => {
            let mut map = Map::new();
            map.place = place;
            for entry in entries {
                map.insert(key(&entry.key), false, Some(entry.key.span), value(&entry.value));
            }
            map.into()
        }
        Kind::Scalar { .. } => match node.scalar() {
            Some(Scalar::Text(text)) => Value::Text(text.into(), Mark { marked: false, place }),
            Some(Scalar::Bool(value)) => value.into(),
            Some(Scalar::Integer(number)) => number.into(),
            Some(Scalar::Number(text)) => Value::Number(number(text)),
            _ => Value::Null,
        },
    }
}

/// Keys are texts, whatever they would mean as values.
fn key(node: &Node) -> EcoString {
    match node.scalar() {
        Some(Scalar::Bool(value)) => eco_format!("{value}"),
        Some(Scalar::Integer(value)) => eco_format!("{value}"),
        Some(Scalar::Null) => "null".into(),
        _ => node.text().unwrap_or_default().into(),
    }
}

/// A number that is no integer, as the reference prints it: `1.50` is `1.5`, `2e3` is `2000.0`.
fn number(text: &str) -> EcoString {
    match text.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_finite() => eco_format!("{value:?}"),
        _ => text.into(),
    }
}

struct Places {
    root: Span,
    /// Where values stand, by where their keys begin.
    values: FxHashMap<u32, Span>,
}

impl Places {
    fn note(&mut self, node: &Node) {
        node.items().iter().for_each(|item| self.note(item));
        for entry in node.entries() {
            self.values.insert(entry.key.span.start, entry.value.span);
            self.note(&entry.value);
        }
    }

    /// The sections that the transform changes, in the place of the old ones. Resources that it left alone stay as
    /// they are.
    fn rebuilt(&self, mut root: Node, done: &Map) -> Node {
        let mut sections = match root.kind {
            Kind::Mapping(entries) => entries,
            other => {
                root.kind = other;
                return root;
            }
        };
        sections.retain(|entry| !matches!(entry.key.text(), Some("Globals" | "Transform")));
        for name in ["Resources", "Conditions", "Outputs"] {
            let Some(made) = done.get(name).and_then(Value::map) else { continue };
            let before = sections.iter().position(|entry| entry.key.text() == Some(name));
            let old = before.and_then(|at| sections.get(at));
            let span = old.map_or(self.root, |entry| entry.value.span);
            let entries = made.iter().map(|entry| {
                let old = old.and_then(|old| old.value.entry(&entry.key)).filter(|old| entry.value == value(&old.value));
                old.cloned().unwrap_or_else(|| self.entry(&entry.key, entry.span, &entry.value, span))
            });
            let value = Node::new(span, Kind::Mapping(entries.collect()));
            match before.and_then(|at| sections.get_mut(at)) {
                Some(section) => section.value = value,
                None => sections.push(Entry { key: Node::text_at(span, name), value }),
            }
        }
        root.kind = Kind::Mapping(sections);
        root
    }

    /// `span` is where the key stands, `cause` what is said where nobody wrote it.
    fn entry(&self, key: &EcoString, span: Option<Span>, made: &Value, cause: Span) -> Entry {
        let place = span.unwrap_or(cause);
        let of_value = span.and_then(|span| self.values.get(&span.start).copied()).unwrap_or(place);
        Entry { key: Node::text_at(place, key.clone()), value: self.node(made, of_value) }
    }

    fn node(&self, made: &Value, cause: Span) -> Node {
        let at = |(start, end): (u32, u32)| if end == 0 { cause } else { Span::new(cause.file, start, end) };
        if let Some(path) = unpackaged::path(made) {
            return Node::text_at(cause, path);
        }
        match made {
            Value::Null => Node::plain_at(cause, "null"),
            Value::Bool(value) => Node::plain_at(cause, if *value { "true" } else { "false" }),
            Value::Number(text) => Node::plain_at(cause, text.clone()),
            Value::Text(text, mark) => Node::text_at(at(mark.place), text.clone()),
            Value::List(items) => Node::sequence_at(cause, items.iter().map(|item| self.node(item, cause))),
            Value::Map(map) => {
                let span = at(map.place);
                let entries = map.iter().map(|entry| self.entry(&entry.key, entry.span, &entry.value, span));
                Node::new(span, Kind::Mapping(entries.collect()))
            }
        }
    }
}
