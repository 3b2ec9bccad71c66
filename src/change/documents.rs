//! Texts in JSON, compared by what stands in them.

use crate::evaluate::functions::json;
use crate::model::{Unknown, Value};
use crate::order::Order as _;

/// What stands in a text in JSON, with what is not known in its place.
pub(super) fn of(text: &Value) -> Option<Value> {
    match text {
        Value::Text(text) if looks(text) => json::parse(text),
        Value::Unknown(unknown) => match &unknown.document {
            Value::Null => None,
            // Of several parts that are not known, none tells which it is.
            Value::Text(text) if text.matches(Unknown::SIGN).count() == 1 => Some(opened(&json::parse(text)?, unknown)),
            Value::Text(_) => None,
            written => Some(written.clone()),
        },
        _ => None,
    }
}

/// Puts what is not known in the place of its sign.
fn opened(value: &Value, unknown: &Unknown) -> Value {
    match value {
        Value::Text(text) if text.contains(Unknown::SIGN) => Value::Unknown(unknown.clone().within(text, 0, Value::Null)),
        Value::List(items) => Value::list(items.iter().map(|item| opened(item, unknown)).collect()),
        Value::Object(object) => Value::object(object.iter().map(|(key, value)| (key.clone(), opened(value, unknown))).collect()),
        other => other.clone(),
    }
}

fn looks(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Policies and the like are compared as documents: neither the spaces between their parts nor the order of names counts,
/// and in a policy no order at all.
pub(super) fn same(a: &str, b: &str) -> bool {
    if !looks(a) || !looks(b) {
        return false;
    }
    match (json::parse(a), json::parse(b)) {
        (Some(a), Some(b)) if is_policy(&a) && is_policy(&b) => mean_the_same(&a, &b),
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

pub(super) fn is_policy(document: &Value) -> bool {
    document.as_object().is_some_and(|it| it.contains_key("Statement"))
}

/// Whether two parts of policies mean the same, as far as they are known.
pub(super) fn mean_the_same(before: &Value, after: &Value) -> bool {
    before.is_wholly_known() && after.is_wholly_known() && meaning_of(before) == meaning_of(after)
}

/// A text that is equal for policies that mean the same: one item is a list of one.
fn meaning_of(value: &Value) -> String {
    let mut parts: Vec<String> = match value {
        Value::List(items) => items.iter().map(part_of).collect(),
        one => vec![part_of(one)],
    };
    parts.order();
    parts.dedup();
    format!("[{}]", parts.join(","))
}

fn part_of(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut parts: Vec<String> = object.iter().map(|(key, value)| format!("{key:?}:{}", meaning_of(value))).collect();
            parts.order();
            format!("{{{}}}", parts.join(","))
        }
        Value::List(_) => meaning_of(value),
        other => format!("{:?}", other.to_string()),
    }
}
