//! Arrays.

use std::cell::RefCell;
use std::cmp::Ordering;

use ecow::EcoString;

use super::{Args, Interpreter, Result, call, unknown as unknown_value};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::operate::number;
use crate::lang::pulumi::interpret::text::shown;
use crate::lang::pulumi::interpret::value::{Value, deps_of, shallow_deps};
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

/// Methods that run a function for the elements.
pub const RUN: &[&str] = &[
    "map",
    "forEach",
    "filter",
    "reduce",
    "reduceRight",
    "flatMap",
    "find",
    "findIndex",
    "findLast",
    "some",
    "every",
    "sort",
    "entries",
    "slice",
    "concat",
    "reverse",
    "flat",
    "values",
];

/// Items that methods may make: a flat map of a flat map grows.
const MOST: usize = 200_000;

type Items = Rc<RefCell<Vec<Value>>>;

pub fn method(
    interpreter: &mut Interpreter<'_>,
    this: &Value,
    items: &Items,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    if let Some(value) = plain(interpreter, this, items, name, args) {
        return Ok(Some(value));
    }
    let function = args.first().cloned().unwrap_or(Value::Undefined);
    let all = items.borrow().clone();
    let each = |interpreter: &mut Interpreter<'_>, at: usize, item: &Value| {
        interpreter.step()?;
        call(interpreter, &function, vec![item.clone(), Value::Int(at as i64), this.clone()], span)
    };
    let truth = |interpreter: &Interpreter<'_>, value: &Value| interpreter.truth(value, Language::JavaScript);
    Ok(Some(match name {
        "map" | "flatMap" => {
            let mut made = Vec::with_capacity(all.len());
            for (at, item) in all.iter().enumerate() {
                let value = each(interpreter, at, item)?;
                match &value {
                    Value::List(inner) if name == "flatMap" => made.extend(inner.borrow().iter().cloned()),
                    _ => made.push(value),
                }
                if made.len() > MOST {
                    break;
                }
            }
            Value::list(made)
        }
        "forEach" => {
            for (at, item) in all.iter().enumerate() {
                each(interpreter, at, item)?;
            }
            Value::Undefined
        }
        "filter" => {
            let mut kept = Vec::new();
            for (at, item) in all.iter().enumerate() {
                let value = each(interpreter, at, item)?;
                // What may be kept is kept.
                if truth(interpreter, &value) != Some(false) {
                    kept.push(item.clone());
                }
            }
            Value::list(kept)
        }
        "find" | "findIndex" | "findLast" | "findLastIndex" => {
            let mut maybe = Vec::new();
            let backwards = name.starts_with("findLast");
            let place = |at: usize, item: &Value| if name.ends_with("Index") { Value::Int(at as i64) } else { item.clone() };
            let order: Vec<usize> = if backwards { (0..all.len()).rev().collect() } else { (0..all.len()).collect() };
            for at in order {
                let Some(item) = all.get(at) else { continue };
                let value = each(interpreter, at, item)?;
                match truth(interpreter, &value) {
                    Some(true) => {
                        maybe.push(place(at, item));
                        return Ok(Some(Value::either(maybe)));
                    }
                    Some(false) => {}
                    None => maybe.push(place(at, item)),
                }
            }
            maybe.push(if name.ends_with("Index") { Value::Int(-1) } else { Value::Undefined });
            Value::either(maybe)
        }
        "some" | "every" => {
            let decides = name == "some";
            let mut sure = true;
            for (at, item) in all.iter().enumerate() {
                let value = each(interpreter, at, item)?;
                match truth(interpreter, &value) {
                    Some(truth) if truth == decides => return Ok(Some(Value::Bool(decides))),
                    Some(_) => {}
                    None => sure = false,
                }
            }
            if sure { Value::Bool(!decides) } else { unknown_value("a test of what is not known", this, args) }
        }
        "reduce" | "reduceRight" => {
            let mut all = all;
            if name == "reduceRight" {
                all.reverse();
            }
            let mut rest = all.into_iter().enumerate();
            let mut sum = match args.positional.get(1) {
                Some(start) => start.clone(),
                None => rest.next().map_or(Value::Undefined, |(_, first)| first),
            };
            for (at, item) in rest {
                interpreter.step()?;
                sum = call(interpreter, &function, vec![sum, item, Value::Int(at as i64), this.clone()], span)?;
            }
            sum
        }
        "sort" | "toSorted" => {
            let sorted = sorted(interpreter, all, &function, span)?;
            if name == "toSorted" {
                return Ok(Some(Value::list(sorted)));
            }
            *items.borrow_mut() = sorted;
            this.clone()
        }
        _ => return Ok(None),
    }))
}

/// Methods that need no function.
fn plain(interpreter: &Interpreter<'_>, this: &Value, items: &Items, name: &str, args: &Args) -> Option<Value> {
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    let length = items.borrow().len();
    Some(match name {
        "push" => {
            items.borrow_mut().extend(args.positional.iter().cloned());
            Value::Int(items.borrow().len() as i64)
        }
        "unshift" => {
            items.borrow_mut().splice(0..0, args.positional.iter().cloned());
            Value::Int(items.borrow().len() as i64)
        }
        "pop" => items.borrow_mut().pop().unwrap_or(Value::Undefined),
        "shift" if length > 0 => items.borrow_mut().remove(0),
        "shift" => Value::Undefined,
        "concat" => {
            let mut all = items.borrow().clone();
            for more in &args.positional {
                match more {
                    Value::List(more) => all.extend(more.borrow().iter().cloned()),
                    other => all.push(other.clone()),
                }
            }
            all.truncate(MOST);
            Value::list(all)
        }
        "slice" => {
            let (from, to) = bounds(args, length)?;
            Value::list(items.borrow().get(from..to).unwrap_or_default().to_vec())
        }
        "splice" => {
            let from = place(args.first(), length)?.unwrap_or(0);
            let count = match args.positional.get(1) {
                Some(count) => number(count)?.max(0.0) as usize,
                None => length,
            };
            let to = from.saturating_add(count).min(length);
            let removed = items.borrow_mut().splice(from..to.max(from), args.positional.iter().skip(2).cloned()).collect();
            Value::list(removed)
        }
        "reverse" => {
            items.borrow_mut().reverse();
            this.clone()
        }
        "toReversed" => Value::list(items.borrow().iter().rev().cloned().collect()),
        "join" => {
            let sign = if args.positional.is_empty() { Value::text(",") } else { first };
            let mut parts = Vec::new();
            for (at, item) in items.borrow().iter().enumerate() {
                if at > 0 {
                    parts.push(sign.clone());
                }
                if !item.is_nothing() {
                    parts.push(interpreter.as_text(item, Language::JavaScript));
                }
            }
            Value::template(parts)
        }
        "toString" => {
            let parts = items.borrow().iter().map(shown).collect::<Vec<_>>().join(",");
            Value::text(parts)
        }
        "includes" => match interpreter.contains(this, &first) {
            Some(has) => Value::Bool(has),
            None => unknown_value("whether a list has what is not known", this, args),
        },
        "indexOf" | "lastIndexOf" => {
            let items = items.borrow();
            let equal = |item: &Value| interpreter.equal(item, &first) == Some(true);
            let at = if name == "indexOf" { items.iter().position(equal) } else { items.iter().rposition(equal) };
            Value::Int(at.map_or(-1, |at| at as i64))
        }
        "at" => {
            let at = number(&first)? as i64;
            let at = if at < 0 { at + length as i64 } else { at };
            usize::try_from(at).ok().and_then(|at| items.borrow().get(at).cloned()).unwrap_or(Value::Undefined)
        }
        // A generator or an iterator has one less then.
        "next" => {
            let done = length == 0;
            let value = if done { Value::Undefined } else { items.borrow_mut().remove(0) };
            Value::dict([(EcoString::from("value"), value), (EcoString::from("done"), Value::Bool(done))].into_iter().collect())
        }
        "keys" => Value::list((0..length).map(|at| Value::Int(at as i64)).collect()),
        "values" => Value::list(items.borrow().clone()),
        "entries" => {
            let pair = |(at, item): (usize, &Value)| Value::list(vec![Value::Int(at as i64), item.clone()]);
            Value::list(items.borrow().iter().enumerate().map(pair).collect())
        }
        "fill" => {
            items.borrow_mut().iter_mut().for_each(|item| *item = first.clone());
            this.clone()
        }
        "flat" => {
            let depth = match &first {
                Value::Undefined => 1,
                depth => number(depth)?.clamp(0.0, 20.0) as u32,
            };
            let mut all = Vec::new();
            flatten(&items.borrow(), depth, &mut all);
            Value::list(all)
        }
        _ => return None,
    })
}

fn flatten(items: &[Value], depth: u32, out: &mut Vec<Value>) {
    for item in items {
        if out.len() > MOST {
            return;
        }
        match item {
            Value::List(inner) if depth > 0 => flatten(&inner.borrow(), depth - 1, out),
            other => out.push(other.clone()),
        }
    }
}

/// An index where negative ones count from the end; `None` when it is not known.
#[allow(clippy::option_option)]
fn place(value: Option<&Value>, length: usize) -> Option<Option<usize>> {
    match value {
        None | Some(Value::Undefined) => Some(None),
        Some(value) => {
            let at = number(value)? as i64;
            let at = if at < 0 { (at + length as i64).max(0) } else { at };
            Some(Some(usize::try_from(at).unwrap_or(0).min(length)))
        }
    }
}

/// The bounds of `slice(from, to)`.
pub fn bounds(args: &Args, length: usize) -> Option<(usize, usize)> {
    let from = place(args.first(), length)?.unwrap_or(0);
    let to = place(args.positional.get(1), length)?.unwrap_or(length);
    Some((from, to.max(from)))
}

/// Sorted by a comparing function, or as texts; equal ones keep their order.
fn sorted(interpreter: &mut Interpreter<'_>, items: Vec<Value>, function: &Value, span: Span) -> Result<Vec<Value>> {
    let mut sorted: Vec<(EcoString, Value)> = Vec::with_capacity(items.len());
    for item in items {
        let key = shown(&item);
        let (mut low, mut high) = (0, sorted.len());
        while low < high {
            interpreter.step()?;
            let middle = (low + high) / 2;
            let Some((other_key, other)) = sorted.get(middle) else { break };
            let order = if function.is_nothing() {
                key.cmp(other_key)
            } else {
                let result = call(interpreter, function, vec![item.clone(), other.clone()], span)?;
                number(&result).and_then(|number| number.partial_cmp(&0.0)).unwrap_or(Ordering::Greater)
            };
            if order == Ordering::Less { high = middle } else { low = middle + 1 }
        }
        sorted.insert(low, (key, item));
    }
    Ok(sorted.into_iter().map(|(_, item)| item).collect())
}

/// A method of a list that is not known: its function runs once, with an element that is not known either.
pub fn unknown(interpreter: &mut Interpreter<'_>, this: &Value, name: &str, args: &Args, span: Span) -> Result<Value> {
    let function = args.first().cloned().unwrap_or(Value::Undefined);
    let element = interpreter.element_of(this);
    let deps = deps_of(this);
    let run = |interpreter: &mut Interpreter<'_>, given: Vec<Value>| interpreter.under(span, |this| call(this, &function, given, span));
    let index = Value::unsupported("an index that is not known", deps.clone());
    Ok(match name {
        "map" | "flatMap" => {
            let made = run(interpreter, vec![element, index, this.clone()])?;
            match &made {
                Value::List(_) if name == "flatMap" => made,
                _ => Value::list(vec![made]),
            }
        }
        "forEach" => {
            run(interpreter, vec![element, index, this.clone()])?;
            Value::Undefined
        }
        "reduce" | "reduceRight" => {
            let start = args.positional.get(1).cloned().unwrap_or_else(|| element.clone());
            let once = run(interpreter, vec![start.clone(), element, index, this.clone()])?;
            Value::either(vec![start, once])
        }
        "find" | "findLast" => {
            run(interpreter, vec![element.clone(), index, this.clone()])?;
            element
        }
        "some" | "every" | "findIndex" => {
            run(interpreter, vec![element, index, this.clone()])?;
            Value::unsupported("a test of what is not known", deps)
        }
        "entries" => Value::list(vec![Value::list(vec![index, element])]),
        // A part of it, or the same in another order.
        "filter" | "slice" | "sort" | "reverse" | "flat" | "values" => this.clone(),
        "concat" => {
            let mut all = vec![element];
            for more in &args.positional {
                all.append(&mut interpreter.items_or_unknown(more));
            }
            Value::list(all)
        }
        _ => Value::unsupported("a method of what is not known", args.deps().with(&shallow_deps(this))),
    })
}
