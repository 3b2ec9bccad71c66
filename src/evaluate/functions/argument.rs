//! Reading the arguments of a call.

use ecow::{EcoString, eco_format};

use super::{Failure, Outcome};
use crate::evaluate::convert;
use crate::evaluate::limits;
use crate::evaluate::unify::to_one_type;
use crate::model::{Kind, List, Number, Object, Unknown, UnknownKind, Value};
use crate::order::Order as _;

pub(super) fn fail<T>(message: impl Into<EcoString>) -> Result<T, Failure> {
    Err(Failure::Invalid(message.into()))
}

pub(super) fn limit<T>(what: &'static str) -> Result<T, Failure> {
    Err(Failure::Unknown(Unknown::new(UnknownKind::Limit, what)))
}

pub(super) fn unsupported<T>(what: impl Into<EcoString>) -> Result<T, Failure> {
    Err(Failure::Unknown(Unknown::new(UnknownKind::Unsupported, what)))
}

impl From<Unknown> for Failure {
    fn from(unknown: Unknown) -> Failure {
        match unknown.kind {
            UnknownKind::Invalid => Failure::Invalid(unknown.subject.clone()),
            _ => Failure::Unknown(unknown),
        }
    }
}

pub(super) fn any(args: &[Value], at: usize) -> Result<&Value, Failure> {
    args.get(at).ok_or_else(|| Failure::Invalid(eco_format!("argument {} is missing", at + 1)))
}

/// A value that is written out as text: no number in it may have lost digits.
pub(super) fn exact(args: &[Value], at: usize) -> Result<&Value, Failure> {
    fn is_exact(value: &Value) -> bool {
        match value {
            Value::Number(number) => number.is_exact(),
            Value::Sensitive(inner) => is_exact(inner),
            Value::List(items) => items.iter().all(is_exact),
            Value::Object(object) => object.values().all(is_exact),
            _ => true,
        }
    }
    let value = any(args, at)?;
    if is_exact(value) { Ok(value) } else { limit(convert::DIGITS) }
}

pub(super) fn text(args: &[Value], at: usize) -> Result<EcoString, Failure> {
    Ok(convert::text_of(any(args, at)?)?)
}

pub(super) fn number(args: &[Value], at: usize) -> Result<Number, Failure> {
    Ok(convert::number_of(any(args, at)?)?)
}

/// A whole number.
pub(super) fn whole(args: &[Value], at: usize) -> Result<i64, Failure> {
    let number = number(args, at)?;
    match number.to_i64() {
        Some(_) if !number.is_exact() => limit(convert::DIGITS),
        Some(number) => Ok(number),
        None => fail("a whole number is needed"),
    }
}

pub(super) fn list(args: &[Value], at: usize) -> Result<&[Value], Failure> {
    list_in(any(args, at)?)
}

pub(super) fn list_in(value: &Value) -> Result<&[Value], Failure> {
    match value.unmarked() {
        Value::List(items) => Ok(items),
        Value::Unknown(unknown) => Err(Failure::Unknown(unknown.clone())),
        other => fail(eco_format!("a list is needed, this is a {}", other.type_name())),
    }
}

pub(super) fn object(args: &[Value], at: usize) -> Result<&Object, Failure> {
    object_in(any(args, at)?)
}

pub(super) fn object_in(value: &Value) -> Result<&Object, Failure> {
    match value.unmarked() {
        Value::Object(object) => Ok(object),
        Value::Unknown(unknown) => Err(Failure::Unknown(unknown.clone())),
        other => fail(eco_format!("a map is needed, this is a {}", other.type_name())),
    }
}

/// A list of texts; each item is converted.
pub(super) fn texts(args: &[Value], at: usize) -> Result<Vec<EcoString>, Failure> {
    list(args, at)?.iter().map(|item| convert::text_of(item).map_err(Failure::from)).collect()
}

/// A text as a result, unless it is too long.
pub(super) fn give(text: impl Into<EcoString>) -> Outcome {
    let text = text.into();
    if text.len() > limits::TEXT { limit("texts longer than 4 MiB are not evaluated") } else { Ok(Value::Text(text)) }
}

/// A list as a result, unless it is too long.
pub(super) fn give_list(items: Vec<Value>) -> Outcome {
    give_kind(Kind::One, items)
}

pub(super) fn give_kind(kind: Kind, items: Vec<Value>) -> Outcome {
    if items.len() > limits::ITEMS { limit("lists of more than 100,000 items are not evaluated") } else { Ok(Value::list_of(kind, items)) }
}

/// What has an order: a set has none.
pub(super) fn row(args: &[Value], at: usize) -> Result<&List, Failure> {
    row_in(any(args, at)?)
}

pub(super) fn row_in(value: &Value) -> Result<&List, Failure> {
    match value.unmarked() {
        Value::List(items) if items.kind != Kind::Set => Ok(items),
        Value::List(_) => fail("a list is needed, this is a set"),
        _ => {
            list_in(value)?;
            fail("a list is needed")
        }
    }
}

/// The items of a list, converted to one type.
pub(super) fn alike(args: &[Value], at: usize) -> Result<Vec<Value>, Failure> {
    let mut items = list(args, at)?.to_vec();
    to_one_type(&mut items)?;
    Ok(items)
}

/// The keys of an object in the language's order.
pub(in crate::evaluate) fn sorted(object: &Object) -> Vec<(&EcoString, &Value)> {
    let mut entries: Vec<(&EcoString, &Value)> = object.iter().collect();
    entries.order_by(|a, b| a.0.cmp(b.0));
    entries
}
