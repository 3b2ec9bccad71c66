//! Iterators, counters and arithmetic of Python's library; functions named by their type, such as `str.upper`.

use ecow::{EcoString, eco_format};

use super::library::sorted;
use super::{files, patterns};
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::operate::{number, number_value};
use crate::lang::pulumi::interpret::sdk::call_native;
use crate::lang::pulumi::interpret::value::{Dict, Instance, Native, Value, deps_of, value_of_key};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result};
use crate::lang::pulumi::program::ast::{Binary, Language};
use crate::source::Span;

const PYTHON: Language = Language::Python;

/// How much of an endless iterator is made.
const ENDLESS: usize = 4096;

/// Rows that one call may make.
const MOST: usize = 10_000;

pub fn library(interpreter: &mut Interpreter<'_>, path: &EcoString, args: &Args, span: Span) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    if let Some(rest) = path.strip_prefix("itertools.") {
        return iterated(interpreter, rest, args, span);
    }
    if let Some(name) = path.strip_prefix("re.") {
        return patterns::library(interpreter, name, args, span);
    }
    if let Some(name) = path.strip_prefix("math.") {
        return Ok(math(name, args));
    }
    if let Some(value) = files::library(interpreter, path, args) {
        return Ok(Some(value));
    }
    Ok(Some(match path.as_str() {
        "builtins.divmod" => {
            let second = args.positional.get(1).cloned().unwrap_or(Value::Null);
            let parts = [Binary::FloorDivide, Binary::Remainder].map(|it| interpreter.binary(it, &first, &second, PYTHON));
            Value::Tuple(Rc::new(parts.to_vec()))
        }
        "builtins.pow" => interpreter.binary(Binary::Power, &first, args.positional.get(1).unwrap_or(&Value::Null), PYTHON),
        "builtins.hex" => match &first {
            Value::Int(number) => Value::Text(eco_format!("{number:#x}")),
            other => Value::unsupported("a number", deps_of(other)),
        },
        "collections.Counter" => {
            let mut dict = Dict::default();
            for item in interpreter.items_or_unknown(&first) {
                let key = interpreter.key(&item, PYTHON, dict.len());
                let count = match dict.get(&key) {
                    Some(Value::Int(count)) => count + 1,
                    _ => 1,
                };
                dict.insert(key, Value::Int(count));
            }
            Value::dict(dict)
        }
        "collections.deque" => Value::list(if first.is_nothing() { Vec::new() } else { interpreter.items_or_unknown(&first) }),
        "collections.ChainMap" => {
            let mut dict = Dict::default();
            args.positional.iter().rev().for_each(|part| interpreter.spread_into(&mut dict, part));
            Value::dict(dict)
        }
        // Decorators that hand on what they are given.
        "functools.wraps" | "functools.update_wrapper" | "functools.total_ordering" | "atexit.register" => Value::Null,
        "string.Template" => native(&first, "Template"),
        "operator.itemgetter" | "operator.attrgetter" => {
            native(&Value::Tuple(Rc::new(args.positional.clone())), path.trim_start_matches("operator."))
        }
        "dataclasses.replace" => match &first {
            Value::Instance(instance) => {
                let mut fields = instance.fields.borrow().clone();
                fields.extend(args.named.iter().cloned());
                let made = Instance {
                    class: instance.class.clone(),
                    fields: fields.into(),
                    resource: Default::default(),
                    inner: Default::default(),
                };
                let made = Value::Instance(Rc::new(made));
                if let Some(after) = interpreter.lookup(&instance.class.clone(), "__post_init__") {
                    interpreter.call_method(&made, &after, Args::default(), span)?;
                }
                made
            }
            other => other.clone(),
        },
        "dataclasses.asdict" => as_dict(&first, 0),
        "builtins.str.maketrans" => match (&first, args.positional.get(1)) {
            (Value::Text(from), Some(Value::Text(to))) => {
                let pairs = from.chars().zip(to.chars());
                Value::dict(pairs.map(|(from, to)| (EcoString::from(from), Value::text(to))).collect())
            }
            _ => first,
        },
        "builtins.dict.fromkeys" => {
            let value = args.positional.get(1).cloned().unwrap_or(Value::Null);
            let mut dict = Dict::default();
            for item in interpreter.items_or_unknown(&first) {
                let key = interpreter.key(&item, PYTHON, dict.len());
                dict.insert(key, value.clone());
            }
            Value::dict(dict)
        }
        // `str.upper(text)` is `text.upper()`.
        method if method.starts_with("builtins.") && method.matches('.').count() == 2 => {
            let name = method.rsplit('.').next().unwrap_or_default().into();
            let rest = Args { positional: args.positional.iter().skip(1).cloned().collect(), ..args.clone() };
            call_native(interpreter, &Rc::new(Native { this: first, name }), rest, span, PYTHON)?
        }
        _ => return Ok(None),
    }))
}

fn as_dict(value: &Value, depth: u32) -> Value {
    const DEEPEST: u32 = 20;
    match value {
        _ if depth > DEEPEST => value.clone(),
        Value::Instance(instance) if instance.resource.get().is_none() && !instance.class.is_enum => {
            Value::dict(instance.fields.borrow().iter().map(|(name, value)| (name.clone(), as_dict(value, depth + 1))).collect())
        }
        Value::List(items) => Value::list(items.borrow().iter().map(|item| as_dict(item, depth + 1)).collect()),
        Value::Dict(dict) => Value::dict(dict.borrow().iter().map(|(name, value)| (name.clone(), as_dict(value, depth + 1))).collect()),
        other => other.clone(),
    }
}

fn int(value: Option<&Value>) -> Option<i64> {
    match value {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}

fn tuple(items: Vec<Value>) -> Value {
    Value::Tuple(Rc::new(items))
}

fn iterated(interpreter: &mut Interpreter<'_>, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    if name == "count" {
        let (start, step) = (int(args.get(0, "start")).unwrap_or(0), int(args.get(1, "step")).unwrap_or(1));
        let at = |index: usize| Value::Int(start.saturating_add(step.saturating_mul(index as i64)));
        return Ok(Some(Value::list((0..ENDLESS).map(at).collect())));
    }
    if name == "repeat" {
        let times = int(args.get(1, "times")).map_or(ENDLESS, |times| usize::try_from(times).unwrap_or(0).min(ENDLESS));
        return Ok(Some(Value::list(vec![first; times])));
    }
    let function = name == "starmap" || name == "takewhile" || name == "dropwhile" || name == "filterfalse";
    let of = if function { args.positional.get(1).cloned().unwrap_or(Value::Null) } else { first.clone() };
    let Some(items) = interpreter.items(&of) else {
        interpreter.call_back(args, span)?;
        return Ok(Some(Value::unsupported("an iteration over what is not known", args.deps())));
    };
    Ok(Some(Value::list(match name {
        "cycle" => items.iter().cycle().take(if items.is_empty() { 0 } else { ENDLESS }).cloned().collect(),
        "islice" => {
            let bound = |at: usize| args.positional.get(at).and_then(|it| int(Some(it))).and_then(|it| usize::try_from(it).ok());
            let (from, to) = if args.positional.len() > 2 { (bound(1).unwrap_or(0), bound(2)) } else { (0, bound(1)) };
            items.into_iter().take(to.unwrap_or(usize::MAX)).skip(from).step_by(bound(3).unwrap_or(1).max(1)).collect()
        }
        "chain.from_iterable" => {
            let mut all = Vec::new();
            for item in &items {
                all.append(&mut interpreter.items_or_unknown(item));
            }
            all
        }
        "groupby" => {
            let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
            for item in items {
                let key = match args.get(1, "key").cloned().filter(|key| !key.is_nothing()) {
                    Some(key) => interpreter.call(&key, Args::of(vec![item.clone()]), span, PYTHON)?,
                    None => item.clone(),
                };
                match groups.last_mut() {
                    Some((last, members)) if interpreter.equal(last, &key) == Some(true) => members.push(item),
                    _ => groups.push((key, vec![item])),
                }
            }
            groups.into_iter().map(|(key, members)| tuple(vec![key, Value::list(members)])).collect()
        }
        "zip_longest" => {
            let mut columns = Vec::new();
            for column in &args.positional {
                columns.push(interpreter.items_or_unknown(column));
            }
            let fill = args.named("fillvalue").cloned().unwrap_or(Value::Null);
            let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
            let row = |at: usize| tuple(columns.iter().map(|column| column.get(at).unwrap_or(&fill).clone()).collect());
            (0..rows).map(row).collect()
        }
        "accumulate" => {
            let mut sums: Vec<Value> = Vec::new();
            let function = args.get(1, "func").cloned().filter(|it| !it.is_nothing());
            for item in items {
                let sum = match (sums.last(), &function) {
                    (None, _) => item,
                    (Some(last), Some(function)) => interpreter.call(function, Args::of(vec![last.clone(), item]), span, PYTHON)?,
                    (Some(last), None) => interpreter.binary(Binary::Add, last, &item, PYTHON),
                };
                sums.push(sum);
            }
            sums
        }
        "pairwise" => items.windows(2).map(|pair| tuple(pair.to_vec())).collect(),
        "combinations" | "permutations" => {
            let count = int(args.get(1, "r")).and_then(|it| usize::try_from(it).ok()).unwrap_or(items.len());
            picked(items.len(), count, name == "permutations")
                .into_iter()
                .map(|at| tuple(at.into_iter().filter_map(|at| items.get(at).cloned()).collect()))
                .collect()
        }
        "starmap" => {
            let mut made = Vec::new();
            for item in items {
                let given = interpreter.items_or_unknown(&item);
                made.push(interpreter.call(&first, Args::of(given), span, PYTHON)?);
            }
            made
        }
        "takewhile" | "dropwhile" | "filterfalse" => {
            let mut kept = Vec::new();
            let mut dropping = true;
            for item in items {
                let test = interpreter.call(&first, Args::of(vec![item.clone()]), span, PYTHON)?;
                let holds = interpreter.truth(&test, PYTHON) != Some(false);
                match name {
                    "takewhile" if !holds => break,
                    "dropwhile" if dropping && holds => continue,
                    "filterfalse" if holds => continue,
                    _ => dropping = false,
                }
                kept.push(item);
            }
            kept
        }
        _ => return Ok(None),
    })))
}

/// Which places are picked together: every choice, or every choice in every order.
fn picked(length: usize, count: usize, ordered: bool) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count.min(length.saturating_add(1)) {
        let mut next = Vec::new();
        for row in &rows {
            let from = if ordered { 0 } else { row.last().map_or(0, |last| last + 1) };
            next.extend((from..length).filter(|at| !row.contains(at)).map(|at| [row.as_slice(), &[at]].concat()));
            if next.len() > MOST {
                break;
            }
        }
        rows = next;
    }
    rows
}

fn math(name: &str, args: &Args) -> Option<Value> {
    let first = args.first()?;
    let Some(value) = number(first) else { return Some(Value::unsupported("arithmetic with what is not known", args.deps())) };
    let second = args.positional.get(1).and_then(number);
    Some(match name {
        "ceil" => Value::Int(value.ceil() as i64),
        "floor" => Value::Int(value.floor() as i64),
        "trunc" => Value::Int(value.trunc() as i64),
        "sqrt" => Value::Float(value.sqrt()),
        "log2" => Value::Float(value.log2()),
        "log10" => Value::Float(value.log10()),
        "log" => Value::Float(second.map_or_else(|| value.ln(), |base| value.log(base))),
        "pow" => Value::Float(value.powf(second?)),
        "gcd" => {
            let (mut a, mut b) = (value as i64, second? as i64);
            while b != 0 {
                (a, b) = (b, a.checked_rem(b).unwrap_or(0));
            }
            Value::Int(a.saturating_abs())
        }
        "fabs" => number_value(value.abs()),
        _ => return None,
    })
}

/// `counter.most_common(n)`.
pub fn most_common(interpreter: &mut Interpreter<'_>, dict: &Dict, args: &Args, span: Span) -> Result<Value> {
    let pairs: Vec<Value> = dict.iter().map(|(key, count)| tuple(vec![count.clone(), value_of_key(key)])).collect();
    let key = native(&tuple(vec![Value::Int(0)]), "itemgetter");
    // Sorted backwards twice, so that equal ones keep their order.
    let pairs: Vec<Value> = pairs.into_iter().rev().collect();
    let mut sorting = Args::default();
    sorting.named.push(("key".into(), key));
    let mut pairs = sorted(interpreter, pairs, &sorting, span)?;
    pairs.reverse();
    let count = int(args.first()).and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
    let swapped = pairs.iter().take(count).map(|pair| match pair {
        Value::Tuple(parts) => tuple(parts.iter().rev().cloned().collect()),
        other => other.clone(),
    });
    Ok(Value::list(swapped.collect()))
}

/// `itemgetter(…)(value)` and `attrgetter(…)(value)`.
pub fn got(interpreter: &mut Interpreter<'_>, keys: &[Value], name: &str, args: &Args, span: Span) -> Result<Value> {
    let of = args.first().cloned().unwrap_or(Value::Null);
    let mut parts = Vec::new();
    for key in keys {
        let part = match (&of, key) {
            (Value::Instance(_), Value::Text(member)) if name == "attrgetter" => interpreter.instance_member(&of, member, span)?,
            (Value::Resource(id), Value::Text(member)) if name == "attrgetter" => Value::attribute(*id, member.clone()),
            _ => interpreter.index(&of, key),
        };
        parts.push(part);
    }
    Ok(match parts.as_slice() {
        [one] => one.clone(),
        _ => tuple(parts),
    })
}

/// `$name` and `${name}` of a template.
pub fn substituted(interpreter: &mut Interpreter<'_>, text: &str, args: &Args) -> Value {
    let mut names = Dict::default();
    if let Some(given) = args.first() {
        interpreter.spread_into(&mut names, given);
    }
    names.extend(args.named.iter().cloned());
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        parts.push(Value::text(before));
        if let Some(tail) = after.strip_prefix('$') {
            parts.push(Value::text("$"));
            rest = tail;
            continue;
        }
        let braced = after.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let (name, tail) = braced.unwrap_or_else(|| {
            let end = after.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(after.len());
            after.split_at(end)
        });
        parts.push(match names.get(name) {
            Some(value) => interpreter.as_text(value, PYTHON),
            None => Value::Text(eco_format!("${name}")),
        });
        rest = tail;
    }
    parts.push(Value::text(rest));
    Value::template(parts)
}
