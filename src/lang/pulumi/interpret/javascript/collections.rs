//! Maps and sets. A map is an object that is marked, with keys spelled as Python's are.

use std::cell::RefCell;

use super::{Args, Interpreter, Result, call};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::registry::MARK;
use crate::lang::pulumi::interpret::value::{Dict, Value, key_of, value_of_key};
use crate::source::Span;

pub const METHODS: &[&str] = &["get", "set", "has", "delete", "clear", "keys", "values", "entries", "forEach"];

pub fn is_map(value: &Value) -> bool {
    match value {
        Value::Dict(dict) => matches!(dict.borrow().get(MARK), Some(Value::Text(mark)) if mark == "map"),
        _ => false,
    }
}

/// The pairs of a map, as iterating gives them.
pub fn pairs(dict: &Dict) -> Vec<Value> {
    let own = dict.iter().filter(|(key, _)| key.as_str() != MARK);
    own.map(|(key, value)| Value::list(vec![value_of_key(key), value.clone()])).collect()
}

/// `new Map(pairs)`.
pub fn map(interpreter: &mut Interpreter<'_>, given: Option<&Value>) -> Value {
    let made = super::marked("map", []);
    let Some(given) = given.filter(|given| !given.is_nothing()) else { return made };
    if let Value::Dict(dict) = &made {
        for pair in interpreter.items_or_unknown(given) {
            let (key, value) = (interpreter.index(&pair, &Value::Int(0)), interpreter.index(&pair, &Value::Int(1)));
            put(&mut dict.borrow_mut(), &key, value);
        }
    }
    made
}

fn put(dict: &mut Dict, key: &Value, value: Value) {
    let key = key_of(key).unwrap_or_else(|| ecow::eco_format!("\0?{}", dict.len()));
    dict.insert(key, value);
}

pub fn map_method(
    interpreter: &mut Interpreter<'_>,
    this: &Value,
    dict: &Rc<RefCell<Dict>>,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    let key = key_of(&first);
    let unsure = || Value::unsupported("an entry whose key is not known", args.deps());
    Ok(Some(match name {
        "get" => match &key {
            Some(key) => dict.borrow().get(key).cloned().unwrap_or(Value::Undefined),
            None => unsure(),
        },
        "has" => key.map_or_else(unsure, |key| Value::Bool(dict.borrow().contains_key(&key))),
        "set" => {
            let value = args.positional.get(1).cloned().unwrap_or(Value::Undefined);
            put(&mut dict.borrow_mut(), &first, value);
            this.clone()
        }
        "delete" => {
            let gone = key.is_some_and(|key| dict.borrow_mut().shift_remove(&key).is_some());
            Value::Bool(gone)
        }
        "clear" => {
            dict.borrow_mut().retain(|key, _| key.as_str() == MARK);
            Value::Undefined
        }
        "keys" => Value::list(dict.borrow().keys().filter(|key| key.as_str() != MARK).map(|key| value_of_key(key)).collect()),
        "values" => Value::list(dict.borrow().iter().filter(|(key, _)| key.as_str() != MARK).map(|(_, value)| value.clone()).collect()),
        "entries" => Value::list(pairs(&dict.borrow())),
        "forEach" => {
            let entries: Vec<_> = dict.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            for (key, value) in entries.into_iter().filter(|(key, _)| key.as_str() != MARK) {
                interpreter.step()?;
                call(interpreter, &first, vec![value, value_of_key(&key), this.clone()], span)?;
            }
            Value::Undefined
        }
        _ => return Ok(None),
    }))
}

pub fn set_method(
    interpreter: &mut Interpreter<'_>,
    this: &Value,
    items: &Rc<RefCell<Vec<Value>>>,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    Ok(Some(match name {
        "add" => {
            let mut all = items.borrow().clone();
            interpreter.insert(&mut all, first);
            *items.borrow_mut() = all;
            this.clone()
        }
        "has" => match interpreter.contains(this, &first) {
            Some(has) => Value::Bool(has),
            None => Value::unsupported("whether a set has what is not known", args.deps()),
        },
        "delete" => {
            let before = items.borrow().len();
            items.borrow_mut().retain(|item| interpreter.equal(item, &first) != Some(true));
            Value::Bool(items.borrow().len() < before)
        }
        "keys" | "values" => Value::list(items.borrow().clone()),
        "forEach" => {
            let all = items.borrow().clone();
            for item in all {
                interpreter.step()?;
                call(interpreter, &first, vec![item.clone(), item, this.clone()], span)?;
            }
            Value::Undefined
        }
        _ => return Ok(None),
    }))
}
