//! JSON, and values from it.

use ecow::EcoString;

use super::argument::{any, fail, give, sorted, text};
use super::{Outcome, functions};
use crate::model::{Number, Object, Value};

functions! {
    whole "jsondecode"(1) = jsondecode;
    whole "jsonencode"(1) = jsonencode;
}

/// Reads a JSON text; `None` when it is not JSON.
pub(in crate::evaluate) fn parse(text: &str) -> Option<Value> {
    serde_json::from_str::<serde_json::Value>(text).ok().map(value_of)
}

fn value_of(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => match Number::parse(&number.to_string()) {
            Some(number) => Value::Number(number),
            None => Value::unknown(crate::model::UnknownKind::Limit, "numbers have at most 28 digits"),
        },
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(items) => Value::list(items.into_iter().map(value_of).collect()),
        serde_json::Value::Object(entries) => {
            Value::object(entries.into_iter().map(|(key, value)| (EcoString::from(key), value_of(value))).collect::<Object>())
        }
    }
}

fn jsondecode(args: &[Value]) -> Outcome {
    match parse(&text(args, 0)?) {
        Some(value) => Ok(value),
        None => fail("the text is not JSON"),
    }
}

fn jsonencode(args: &[Value]) -> Outcome {
    let mut json = String::new();
    write(any(args, 0)?, &mut json);
    give(json)
}

/// Compact JSON as the language writes it: keys sorted, `<`, `>` and `&` escaped.
pub(in crate::evaluate) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Unknown(_) => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (at, (key, value)) in sorted(object).into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Sensitive(inner) => write(inner, out),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", letter as u32)),
            control if (control as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", control as u32)),
            plain => out.push(plain),
        }
    }
    out.push('"');
}
