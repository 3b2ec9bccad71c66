//! Global names, numbers, and the environment.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ecow::{EcoString, eco_format};

use super::{Args, Interpreter, unknown};
use crate::lang::pulumi::interpret::operate::number;
use crate::lang::pulumi::interpret::value::Value;
use crate::lang::pulumi::program::ast::Language;
use crate::model::UnknownKind;

/// Names that are there without an import.
const GLOBALS: &[&str] = &[
    "JSON",
    "Object",
    "Array",
    "Math",
    "String",
    "Number",
    "Boolean",
    "Promise",
    "console",
    "process",
    "Error",
    "TypeError",
    "RangeError",
    "parseInt",
    "parseFloat",
    "Date",
    "Map",
    "WeakMap",
    "Set",
    "Buffer",
    "Symbol",
    "RegExp",
    "isNaN",
    "encodeURIComponent",
    "decodeURIComponent",
    "btoa",
    "atob",
    "structuredClone",
    "setTimeout",
    "setInterval",
    "clearTimeout",
    "fetch",
    "URL",
    "TextEncoder",
    "TextDecoder",
    "globalThis",
    "global",
    "BigInt",
    "Reflect",
    "Proxy",
    "Intl",
    "crypto",
    "require",
    "eval",
    "Function",
];

/// A global name: `JSON`, `Object`, `process`.
pub fn global(name: &str) -> Option<Value> {
    match name {
        "NaN" => Some(Value::Float(f64::NAN)),
        "Infinity" => Some(Value::Float(f64::INFINITY)),
        _ => GLOBALS.contains(&name).then(|| Value::library(name)),
    }
}

/// A variable of the environment: what it is depends on the machine.
pub fn environment(name: &str) -> Value {
    Value::unknown(UnknownKind::NoValue, eco_format!("the environment's {name}"))
}

pub fn number_method(interpreter: &Interpreter<'_>, this: &Value, name: &str, args: &Args) -> Option<Value> {
    let first = args.first().and_then(number);
    Some(match name {
        "toString" | "toLocaleString" | "valueOf" => match (this, first) {
            (Value::Int(value), Some(radix)) if radix != 10.0 => Value::Text(in_radix(*value, radix as u32)),
            _ => interpreter.as_text(this, Language::JavaScript),
        },
        "toFixed" => {
            let digits = first.unwrap_or(0.0).clamp(0.0, 20.0) as usize;
            Value::Text(eco_format!("{:.digits$}", number(this)?))
        }
        _ => return None,
    })
}

fn in_radix(value: i64, radix: u32) -> EcoString {
    let radix = u64::from(radix.clamp(2, 36));
    let mut rest = value.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((rest % radix) as u32, radix as u32).unwrap_or('0'));
        rest /= radix;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.into_iter().rev().collect()
}

/// `Buffer.from(text, encoding)`: kept as its text.
pub fn buffer(args: &Args) -> Value {
    let text = args.first().cloned().unwrap_or(Value::Undefined);
    let encoded = matches!(args.positional.get(1), Some(Value::Text(encoding)) if encoding == "base64");
    match &text {
        Value::Text(text) if encoded => match STANDARD.decode(text.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => Value::text(text),
            None => unknown("a text that is no base64", &Value::Undefined, args),
        },
        _ => text,
    }
}

/// `buffer.toString(encoding)`.
pub fn decoded(text: &Value, args: &Args) -> Value {
    match (args.first().and_then(Value::as_text).map(EcoString::as_str), text) {
        (Some("base64"), Value::Text(text)) => Value::text(STANDARD.encode(text.as_bytes())),
        (None | Some("utf8" | "utf-8" | "ascii"), _) => text.clone(),
        _ => unknown("an encoded text", text, args),
    }
}
