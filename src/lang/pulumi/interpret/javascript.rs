//! JavaScript's built-in names and the methods of its values.

use ecow::EcoString;

use super::value::Value;
use super::{Args, Interpreter, Result};
use crate::source::Span;

/// A global name: `JSON`, `Object`, `process`.
pub fn global(name: &str) -> Option<Value> {
    matches!(
        name,
        "JSON"
            | "Object"
            | "Array"
            | "Math"
            | "String"
            | "Number"
            | "Boolean"
            | "Promise"
            | "console"
            | "process"
            | "Error"
            | "parseInt"
            | "parseFloat"
            | "Date"
            | "Map"
            | "Set"
            | "Buffer"
            | "Symbol"
            | "RegExp"
            | "isNaN"
            | "encodeURIComponent"
            | "require"
    )
    .then(|| Value::library(name))
}

/// A property that is no method: `length`, `size`.
pub fn property(of: &Value, name: &str) -> Option<Value> {
    match (of, name) {
        (Value::List(items), "length") => Some(Value::Int(items.borrow().len() as i64)),
        (Value::Text(text), "length") => Some(Value::Int(text.encode_utf16().count() as i64)),
        (Value::Set(items), "size") => Some(Value::Int(items.borrow().len() as i64)),
        _ => None,
    }
}

/// Whether an object has a method by this name although no entry of its own.
pub fn has_method(_of: &Value, name: &str) -> bool {
    matches!(name, "hasOwnProperty" | "toString")
}

pub fn type_of(value: &Value) -> Value {
    let name: EcoString = match value {
        Value::Undefined => "undefined".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Int(_) | Value::Float(_) => "number".into(),
        Value::Text(_) => "string".into(),
        Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::Class(_) => "function".into(),
        Value::Symbol(_) => return Value::unsupported("the type of what is not known", super::value::shallow_deps(value)),
        _ => "object".into(),
    };
    Value::Text(name)
}

/// Functions of the global objects and of Node's own modules.
pub fn library(_interpreter: &mut Interpreter<'_>, _path: &EcoString, _args: &Args, _span: Span) -> Result<Option<Value>> {
    Ok(None)
}

/// Methods of texts, arrays, objects, maps, sets and functions.
pub fn method(_interpreter: &mut Interpreter<'_>, _this: &Value, _name: &str, _args: &Args, _span: Span) -> Result<Option<Value>> {
    Ok(None)
}
