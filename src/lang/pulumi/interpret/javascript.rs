//! JavaScript's built-in names and the methods of its values.

mod array;
mod builtins;
mod collections;
mod library;
mod mixins;
mod regex;
#[cfg(test)]
pub mod tests;
mod text;

use ecow::EcoString;

use super::access::native;
use super::registry::MARK;
use super::value::{Deps, SymbolKind, Value, deps_of, shallow_deps};
use super::{Args, Interpreter, Result};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

pub use builtins::{environment, global};
pub use collections::{is_map, pairs};
pub use library::library;
pub use mixins::{callback_function, managed_policy, schedule, subscribes, subscription};

/// A property that is no method: `length`, `size`.
pub fn property(of: &Value, name: &str) -> Option<Value> {
    match (of, name) {
        (Value::List(items), "length") => Some(Value::Int(items.borrow().len() as i64)),
        // The texts of a tagged template.
        (Value::List(_), "raw") => Some(of.clone()),
        (Value::Text(text), "length") => Some(Value::Int(text.encode_utf16().count() as i64)),
        (Value::Set(items), "size") => Some(Value::Int(items.borrow().len() as i64)),
        (Value::Dict(dict), "size") if collections::is_map(of) => Some(Value::Int(dict.borrow().len() as i64 - 1)),
        _ => None,
    }
}

/// Whether an object has a method by this name although no entry of its own.
pub fn has_method(of: &Value, name: &str) -> bool {
    matches!(name, "hasOwnProperty" | "toString" | "then" | "catch" | "finally")
        || (collections::is_map(of) && collections::METHODS.contains(&name))
}

/// Whether a value that is not known, or whose type is not, is asked for something every such value may have:
/// the functions handed over run all the same.
pub fn runs_functions(name: &str) -> bool {
    matches!(name, "then" | "catch" | "finally") || array::RUN.contains(&name)
}

pub fn type_of(value: &Value) -> Value {
    let name: EcoString = match value {
        Value::Undefined => "undefined".into(),
        Value::Bool(_) => "boolean".into(),
        Value::Int(_) | Value::Float(_) => "number".into(),
        Value::Text(_) => "string".into(),
        Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::Class(_) => "function".into(),
        Value::Symbol(symbol) => match &symbol.kind {
            SymbolKind::Template(_) => "string".into(),
            _ => return Value::unsupported("the type of what is not known", shallow_deps(value)),
        },
        _ => "object".into(),
    };
    Value::Text(name)
}

/// Methods of texts, arrays, objects, maps, sets and functions.
pub fn method(interpreter: &mut Interpreter<'_>, this: &Value, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    // A promise is its value.
    match name {
        "then" => {
            let function = args.first().cloned().unwrap_or(Value::Undefined);
            return call(interpreter, &function, vec![this.clone()], span).map(Some);
        }
        "catch" => return Ok(Some(this.clone())),
        "finally" => {
            interpreter.call_back(args, span)?;
            return Ok(Some(this.clone()));
        }
        _ => {}
    }
    match this {
        Value::List(items) if matches!(name, "join" | "toString") && super::plain::has_awaited(this, 0) => {
            let items = items.borrow().iter().map(|item| interpreter.plain_text(item, Language::JavaScript, span)).collect();
            method(interpreter, &Value::list(items), name, args, span)
        }
        Value::Text(_) if name == "concat" => {
            let parts = std::iter::once(this).chain(&args.positional);
            let parts = parts.map(|part| interpreter.plain_text(part, Language::JavaScript, span)).collect();
            Ok(Some(Value::template(parts)))
        }
        Value::List(items) => array::method(interpreter, this, &items.clone(), name, args, span),
        Value::Text(_) if name.starts_with("fs.") => Ok(library::kind_of_path(interpreter, this, name.trim_start_matches("fs."))),
        Value::Text(text) => text::method(interpreter, &text.clone(), name, args, span),
        Value::Set(items) => collections::set_method(interpreter, this, &items.clone(), name, args, span),
        Value::Dict(dict) if collections::is_map(this) => collections::map_method(interpreter, this, &dict.clone(), name, args, span),
        Value::Dict(dict) => Ok(match name {
            "hasOwnProperty" => args.first().and_then(Value::as_text).map(|key| Value::Bool(dict.borrow().contains_key(key))),
            "toString" => Some(Value::text("[object Object]")),
            _ => None,
        }),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => Ok(builtins::number_method(interpreter, this, name, args)),
        Value::Function(_) | Value::Method(_) => function_method(interpreter, this, name, args, span),
        Value::Native(inner) if inner.name == "RegExp" => Ok(regex::method(this, name, args)),
        Value::Native(inner) if inner.name == "Stats" => Ok(library::kind_of_path(interpreter, &inner.this, name)),
        Value::Native(inner) if inner.name == "Hash" => Ok(library::hash(inner, name, args)),
        Value::Native(inner) if inner.name == "Buffer" => Ok((name == "toString").then(|| builtins::decoded(&inner.this, args))),
        Value::Symbol(symbol) => match &symbol.kind {
            SymbolKind::Template(parts) => match text::of_parts(&parts.clone(), name, args) {
                Some(value) => Ok(Some(value)),
                None if array::RUN.contains(&name) => array::unknown(interpreter, this, name, args, span).map(Some),
                None => Ok(Some(Value::unsupported(ecow::eco_format!("the method {name}"), args.deps().with(&symbol.deps)))),
            },
            _ if array::RUN.contains(&name) => array::unknown(interpreter, this, name, args, span).map(Some),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

fn function_method(interpreter: &mut Interpreter<'_>, this: &Value, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    let receiver = args.first().cloned().unwrap_or(Value::Undefined);
    let rest: Vec<Value> = match (name, args.positional.get(1)) {
        ("apply", Some(list)) => interpreter.items_or_unknown(&list.clone()),
        _ => args.positional.iter().skip(1).cloned().collect(),
    };
    match (name, this) {
        ("call" | "apply", _) => interpreter.call_method(&receiver, this, Args::of(rest), span).map(Some),
        ("bind", Value::Function(closure)) if rest.is_empty() => Ok(Some(Value::Method(Rc::new((receiver, closure.clone()))))),
        _ => Ok(None),
    }
}

/// Calls a function that JavaScript code has handed over.
fn call(interpreter: &mut Interpreter<'_>, function: &Value, args: Vec<Value>, span: Span) -> Result<Value> {
    if matches!(function, Value::Undefined | Value::Null) {
        return Ok(Value::Undefined);
    }
    interpreter.call(function, Args::of(args), span, Language::JavaScript)
}

/// What is not known, hanging on what went into it.
fn unknown(what: &str, of: &Value, args: &Args) -> Value {
    Value::unsupported(what, args.deps().with(&deps_of(of)))
}

fn marked(mark: &str, entries: impl IntoIterator<Item = (EcoString, Value)>) -> Value {
    Value::dict([(EcoString::from(MARK), Value::text(mark))].into_iter().chain(entries).collect())
}

fn of_deps(deps: Deps, what: &str) -> Value {
    Value::unsupported(what, deps)
}

fn regular(pattern: Value, flags: Value) -> Value {
    native(&Value::list(vec![pattern, flags]), "RegExp")
}
