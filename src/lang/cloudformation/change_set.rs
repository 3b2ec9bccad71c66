//! Change sets in JSON, as `aws cloudformation describe-change-set` prints them: actions, and with
//! `--include-property-values` the values of both sides.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};

use super::intrinsics::plain;
use crate::diagnostic::Diagnostics;
use crate::model::{Action, Address, Mode, Module, Object, Planned, Recorded, Resource, UnknownKind, Value};
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Node};

/// Whether a JSON text is a change set.
pub fn is_change_set(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && text.contains("\"ResourceChange\"")
        && text.contains("\"Changes\"")
        && (text.contains("\"ChangeSetName\"") || text.contains("\"ChangeSetId\""))
}

/// Reads a change set.
pub fn read(file: &SourceFile) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let Some(root) = document::read_one(file.id, &file.text, &mut out) else { return (Module::default(), out) };
    let mut recorded = Recorded { planned: Some(Vec::new()), partial: true, ..Recorded::default() };
    for entry in root.get("Changes").map(Node::items).unwrap_or_default() {
        if let Some(change) = entry.get("ResourceChange") {
            read_change(change, &mut recorded);
        }
    }
    (Module { recorded: Some(Arc::new(recorded)), ..Module::default() }, out)
}

fn read_change(change: &Node, recorded: &mut Recorded) {
    let text = |name: &str| change.get(name).and_then(Node::text);
    let (Some(id), Some(kind)) = (text("LogicalResourceId"), text("ResourceType")) else { return };
    let policy = text("PolicyAction").unwrap_or_default();
    let replacement = text("Replacement");
    let action = match (text("Action").unwrap_or_default(), replacement) {
        ("Add", _) => Action::Create,
        ("Modify", Some("True")) => Action::Replace,
        ("Modify" | "Dynamic" | "SyncWithActual", _) => Action::Update,
        ("Remove", _) if policy.starts_with("Retain") => Action::Forget,
        ("Remove", _) => Action::Delete,
        ("Import", _) => Action::Import,
        _ => return,
    };
    let details = change.get("Details").map(Node::items).unwrap_or_default();
    let targets = || details.iter().filter_map(|detail| detail.get("Target"));
    let after = context(change, "AfterContext");
    let mut before = context(change, "BeforeContext");
    if before.is_empty() && matches!(action, Action::Update | Action::Replace) {
        before = after.clone();
        for target in targets() {
            if let Some(name) = target.get("Name").and_then(Node::text) {
                let value = match target.get("BeforeValue").and_then(Node::text) {
                    Some(value) => parsed(value, target.span),
                    None => Value::unknown(UnknownKind::NotAtHand, eco_format!("the value of {name} before")),
                };
                before.insert(name.into(), value);
            }
        }
    }
    let resource = |attributes: Object| shell(id, kind, attributes, change.span);
    if !matches!(action, Action::Delete | Action::Forget) {
        recorded.after.push(resource(after));
    }
    if action != Action::Create && action != Action::Import {
        recorded.before.push(resource(before));
    }
    let always = targets().filter(|target| target.get("RequiresRecreation").and_then(Node::text) == Some("Always"));
    let planned = Planned {
        address: Address::plain(id),
        previous: None,
        action,
        reason: None,
        replace_paths: always.filter_map(|target| target.get("Name").and_then(Node::text)).map(EcoString::from).collect(),
        condition: (replacement == Some("Conditional")).then(|| "replaced only if CloudFormation finds so when it carries it out".into()),
    };
    recorded.planned.get_or_insert_default().push(planned);
}

/// The properties and policies of one side: the JSON text of a context.
fn context(change: &Node, name: &str) -> Object {
    let mut attributes = Object::default();
    let Some(node) = change.get(name) else { return attributes };
    let Some(Value::Object(context)) = node.text().map(|text| parsed(text, node.span)) else { return attributes };
    if let Some(Value::Object(properties)) = context.get("Properties") {
        attributes.extend(properties.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    for policy in super::template::POLICIES {
        if let Some(value) = context.get(policy) {
            attributes.insert(EcoString::from(*policy), value.clone());
        }
    }
    attributes
}

/// A value inside a text: JSON where it is, the text otherwise.
fn parsed(text: &str, span: Span) -> Value {
    if !text.trim_start().starts_with(['{', '[']) {
        return Value::text(text);
    }
    let mut ignored = Diagnostics::new();
    match document::read_one(span.file, text, &mut ignored) {
        Some(node) if ignored.is_empty() => value(&node),
        _ => Value::text(text),
    }
}

fn value(node: &Node) -> Value {
    if node.is_mapping() {
        let entries = node.entries().iter().filter_map(|entry| Some((EcoString::from(entry.key.text()?), value(&entry.value))));
        return Value::object(entries.collect());
    }
    if node.is_sequence() {
        return Value::list(node.items().iter().map(value).collect());
    }
    match node.text() {
        // What is only known when the change set is carried out.
        Some("{{changeSet:KNOWN_AFTER_APPLY}}") => Value::unknown(UnknownKind::AfterApply, "its value"),
        _ => plain(node),
    }
}

fn shell(id: &str, kind: &str, attributes: Object, span: Span) -> Resource {
    Resource {
        address: Address::plain(id),
        mode: Mode::Managed,
        native_type: kind.into(),
        r#type: kind.into(),
        name: id.into(),
        provider: "aws".into(),
        region: None,
        count_unknown: None,
        attributes: Arc::new(attributes),
        references: EcoVec::new(),
        span,
        declaration: None,
        prevent_destroy: false,
        create_before_destroy: true,
        ignore_changes: EcoVec::new(),
        replace_triggered_by: EcoVec::new(),
        replace_on_changes: EcoVec::new(),
        retained: false,
        native: None,
    }
}
