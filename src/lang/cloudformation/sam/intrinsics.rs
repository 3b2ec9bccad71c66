//! The functions of the template language, as far as the transform looks into them.

use ecow::{EcoString, eco_format};

use super::map::Map;
use super::reject::Reject;
use super::value::{Value, list, object};

pub const NO_VALUE: &str = "AWS::NoValue";

pub fn reference(id: &str) -> Value {
    object! { "Ref" => id }
}

pub fn attribute(id: &str, name: &str) -> Value {
    object! { "Fn::GetAtt" => list![id, name] }
}

pub fn sub(text: impl Into<Value>) -> Value {
    object! { "Fn::Sub" => text.into() }
}

pub fn sub_with(text: impl Into<Value>, variables: Map) -> Value {
    object! { "Fn::Sub" => Value::List(vec![text.into(), variables.into()]) }
}

pub fn when(condition: &Value, value: Value) -> Value {
    when_else(condition, value, reference(NO_VALUE))
}

pub fn when_else(condition: &Value, value: Value, other: Value) -> Value {
    object! { "Fn::If" => Value::List(vec![condition.clone(), value, other]) }
}

pub fn not(condition: &str) -> Value {
    object! { "Fn::Not" => list![object! { "Condition" => condition }] }
}

/// The name and argument of a map that is one function call.
pub fn call(value: &Value) -> Option<(&EcoString, &Value)> {
    let map = value.map().filter(|map| map.len() == 1)?;
    let entry = map.iter().next()?;
    Some((&entry.key, &entry.value))
}

pub fn is_intrinsic(value: &Value) -> bool {
    call(value).is_some_and(|(name, _)| name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
}

pub fn is_if(value: &Value) -> bool {
    call(value).is_some_and(|(name, _)| name == "Fn::If")
}

pub fn is_no_value(value: &Value) -> bool {
    call(value).is_some_and(|(name, argument)| name == "Ref" && argument.is(NO_VALUE))
}

/// The three arguments of `Fn::If`.
pub fn if_arguments(value: &Value) -> Option<[&Value; 3]> {
    match value.get("Fn::If")?.list()? {
        [condition, yes, no] => Some([condition, yes, no]),
        _ => None,
    }
}

/// The resource that a `Ref` or `Fn::GetAtt` names.
pub fn named_resource(value: &Value) -> Option<EcoString> {
    if !is_intrinsic(value) {
        return None;
    }
    if let Some(id) = value.get("Ref").and_then(Value::text) {
        return Some(id.clone());
    }
    match value.get("Fn::GetAtt")? {
        Value::List(items) if items.len() == 2 => items.first()?.text().cloned(),
        Value::Text(text, _) if text.split('.').count() == 2 => text.split('.').next().map(EcoString::from),
        _ => None,
    }
}

/// `${Id}` or `${Id.Attribute}`, to stand in a `Fn::Sub`.
pub fn shorthand(value: &Value) -> EcoString {
    if let Some(id) = value.get("Ref") {
        return eco_format!("${{{}}}", id.shown());
    }
    let parts = value.get("Fn::GetAtt").and_then(Value::list).unwrap_or_default();
    let parts: Vec<EcoString> = parts.iter().map(Value::shown).collect();
    eco_format!("${{{}}}", parts.join("."))
}

/// Puts the values of parameters in place of what refers to them, all through.
pub fn resolve(value: &mut Value, parameters: &Map) -> Result<(), Reject> {
    if let Some((name, argument)) = call(value) {
        if name == "Ref" {
            if let Some(found) = argument.text().and_then(|name| parameters.get(name)) {
                *value = found.clone();
            }
        } else if name == "Fn::Sub" {
            resolve_sub(value, parameters)?;
        }
    }
    match value {
        Value::Map(map) => map.values_mut().try_for_each(|value| resolve(value, parameters)),
        Value::List(items) => items.iter_mut().try_for_each(|value| resolve(value, parameters)),
        _ => Ok(()),
    }
}

pub fn resolved(value: &Value, parameters: &Map) -> Result<Value, Reject> {
    let mut value = value.clone();
    resolve(&mut value, parameters)?;
    Ok(value)
}

fn resolve_sub(value: &mut Value, parameters: &Map) -> Result<(), Reject> {
    let Some(text) = sub_text(value) else { return Ok(()) };
    let mut wrong = None;
    let new = replace_names(text, |name| {
        let found = parameters.get(name)?;
        if found.text().is_none() {
            wrong = Some(found.shown());
        }
        found.text().cloned()
    });
    if let Some(wrong) = wrong {
        return Err(Reject::template(eco_format!("Invalid Fn::Sub variable value {wrong}. Fn::Sub expects all variables to be strings.")));
    }
    *text = new;
    Ok(())
}

/// The text of a `Fn::Sub` call, in either form.
pub fn sub_text(call: &mut Value) -> Option<&mut EcoString> {
    match call.map_mut()?.get_mut("Fn::Sub")? {
        Value::Text(text, _) => Some(text),
        Value::List(items) => match items.first_mut()? {
            Value::Text(text, _) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Replaces `${name}` where `by` knows the name. Names are letters, digits and dots, or a pseudo parameter.
pub fn replace_names(text: &str, mut by: impl FnMut(&str) -> Option<EcoString>) -> EcoString {
    let mut out = EcoString::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let inner = after.get(2..).unwrap_or_default();
        let name = inner.find('}').and_then(|end| inner.get(..end)).filter(|name| is_name(name));
        let Some(name) = name else {
            out.push_str("${");
            rest = inner;
            continue;
        };
        let length = name.len() + 3;
        match by(name) {
            Some(new) => out.push_str(&new),
            None => out.push_str(after.get(..length).unwrap_or_default()),
        }
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn is_name(name: &str) -> bool {
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let pseudo = name
        .strip_prefix("AWS::")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest.bytes().all(|byte| byte.is_ascii_alphabetic()));
    plain || pseudo
}

/// Puts what a mapping holds in place of each `Fn::FindInMap` that it answers.
pub fn find_in_map(value: &mut Value, mappings: &Map) -> Result<(), Reject> {
    if mappings.is_empty() {
        return Ok(());
    }
    if let Some(found) = looked_up(value, mappings)? {
        *value = found;
    }
    match value {
        Value::Map(map) => map.values_mut().try_for_each(|value| find_in_map(value, mappings)),
        Value::List(items) => items.iter_mut().try_for_each(|value| find_in_map(value, mappings)),
        _ => Ok(()),
    }
}

fn looked_up(value: &Value, mappings: &Map) -> Result<Option<Value>, Reject> {
    let Some(("Fn::FindInMap", argument)) = call(value).map(|(name, argument)| (name.as_str(), argument)) else { return Ok(None) };
    let Some([map, top, second]) = argument.list() else {
        return Err(Reject::template(eco_format!(
            "Invalid FindInMap value {}. FindInMap expects an array with 3 values.",
            argument.shown()
        )));
    };
    let (Some(name), Some(top), Some(second)) = (map.text(), top.text(), second.text()) else { return Ok(None) };
    let two_levels = || Reject::template(eco_format!("Cannot use Fn::FindInMap on Mapping '{name}' which is not a a two-level map."));
    let Some(map) = mappings.get(name) else { return Ok(None) };
    let Some(row) = map.map().ok_or_else(two_levels)?.get(top) else { return Ok(None) };
    Ok(row.map().ok_or_else(two_levels)?.get(second).cloned())
}

pub fn object_join(with: &str, parts: Vec<Value>) -> Value {
    object! { "Fn::Join" => Value::List(vec![with.into(), parts.into()]) }
}
