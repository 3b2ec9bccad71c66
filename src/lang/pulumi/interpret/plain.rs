//! Outputs where a plain text is made. What an output holds is not there yet when a program runs: the SDK puts a sentence
//! about that into the text, or fails, and the engine learns of no dependency.

use super::text;
use super::value::{Deps, Value, deps_of};
use super::{Interpreter, Result, errors};
use crate::lang::pulumi::program::ast::{Binary, Language};
use crate::model::{Unknown, UnknownKind};
use crate::source::Span;

const ADVICE: &str = "use `Output.concat`, `Output.format` or `pulumi.interpolate`";

/// An output that is waited for.
pub fn is_awaited(value: &Value) -> bool {
    matches!(value, Value::Output(output) if !output.deps.is_empty())
}

/// Whether an output is one of a value's parts.
pub fn has_awaited(value: &Value, depth: u32) -> bool {
    const DEEPEST: u32 = 40;
    let any = |items: &[Value]| items.iter().any(|item| has_awaited(item, depth + 1));
    depth <= DEEPEST
        && match value {
            Value::List(items) | Value::Set(items) => any(&items.borrow()),
            Value::Tuple(items) => any(items),
            Value::Dict(dict) => dict.borrow().values().any(|item| has_awaited(item, depth + 1)),
            value => is_awaited(value),
        }
}

fn absent() -> Value {
    Value::unknown_of(Unknown::new(UnknownKind::Invalid, "an output inside a plain text"), Deps::default())
}

impl Interpreter<'_> {
    /// How a value reads inside a plain text.
    pub fn plain_text(&mut self, value: &Value, language: Language, span: Span) -> Value {
        match value {
            Value::Output(_) if is_awaited(value) => {
                let message = ecow::eco_format!("an output inside a plain text does not become its value: {ADVICE}");
                self.note("output-in-text", span, message);
                absent()
            }
            // Only that it is an object, not what it is called or has.
            Value::Resource(_) => Value::unsupported("a resource as text", Deps::default()),
            Value::Instance(instance) if instance.resource.get().is_some() => Value::unsupported("a resource as text", Deps::default()),
            Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) => {
                let plain = self.without_outputs(value, span, 0);
                self.as_text(&plain, language)
            }
            value => self.as_text(value, language),
        }
    }

    /// The value, with what is not there yet left out of its parts.
    pub fn without_outputs(&mut self, value: &Value, span: Span, depth: u32) -> Value {
        const DEEPEST: u32 = 40;
        if depth > DEEPEST || (depth == 0 && (super::value::is_large(value) || !has_awaited(value, 0))) {
            return value.clone();
        }
        let mut each = |items: &[Value]| -> Vec<Value> { items.iter().map(|item| self.without_outputs(item, span, depth + 1)).collect() };
        match value {
            Value::List(items) => {
                let items = items.borrow().clone();
                Value::list(each(&items))
            }
            Value::Tuple(items) => Value::Tuple(crate::lang::pulumi::interpret::held::Rc::new(each(items))),
            Value::Dict(dict) => {
                let entries = dict.borrow().clone();
                Value::dict(entries.iter().map(|(key, value)| (key.clone(), self.without_outputs(value, span, depth + 1))).collect())
            }
            Value::Output(_) if is_awaited(value) => self.plain_text(value, Language::JavaScript, span),
            other => other.clone(),
        }
    }

    /// What is known to fail because an output is no value of the language; nothing catches it: it is read on with a note.
    pub fn refuses(&mut self, value: &Value, what: &str, span: Span) -> Result<()> {
        if !is_awaited(value) {
            return Ok(());
        }
        if self.caught > 0 {
            return Err(errors::raised("TypeError", ecow::eco_format!("an output has no {what}"), span));
        }
        Ok(())
    }

    /// `+` and `%` where a text and an output meet; `None` where they do not.
    pub fn joined(&mut self, operator: Binary, left: &Value, right: &Value, language: Language, span: Span) -> Result<Option<Value>> {
        let object = |value: &Value| value.as_resource().is_some();
        match (operator, language) {
            (Binary::Remainder, Language::Python) if matches!(left, Value::Text(_)) && !deps_of(right).is_empty() => {
                let Value::Text(format) = left else { return Ok(None) };
                let right = match right {
                    Value::Tuple(items) => {
                        let mut plain = Vec::with_capacity(items.len());
                        for item in items.iter() {
                            plain.push(self.argument(item, span));
                        }
                        Value::Tuple(crate::lang::pulumi::interpret::held::Rc::new(plain))
                    }
                    Value::Dict(_) => self.without_outputs(right, span, 0),
                    other => self.argument(other, span),
                };
                Ok(Some(text::percent(format, &right)))
            }
            (Binary::Add, Language::Python) if is_awaited(left) || is_awaited(right) => {
                self.refuses(left, "`+`", span)?;
                self.refuses(right, "`+`", span)?;
                self.note("output-in-text", span, ecow::eco_format!("an output cannot be added to: the program fails here; {ADVICE}"));
                Ok(None)
            }
            (Binary::Add, Language::Python) if self.caught > 0 && (object(left) || object(right)) => {
                Err(errors::raised("TypeError", "a resource has no `+`", span))
            }
            (Binary::Add, Language::JavaScript) if is_awaited(left) || is_awaited(right) || object(left) || object(right) => {
                Ok(Some(Value::template(vec![self.plain_text(left, language, span), self.plain_text(right, language, span)])))
            }
            _ => Ok(None),
        }
    }

    /// One argument of a format, which formats it itself where it is plain.
    fn argument(&mut self, value: &Value, span: Span) -> Value {
        if deps_of(value).is_empty() { value.clone() } else { self.plain_text(value, Language::Python, span) }
    }
}
