//! Python's built-in functions and the parts of its standard library that programs compute names and policies with.

use std::cell::RefCell;
use std::cmp::Ordering;

use base64::Engine;
use ecow::{EcoString, eco_format};

use super::files::{self, environment};
use super::{csv, iterate, json, methods, more, networks};
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::modules::{folder_of, normal};
use crate::lang::pulumi::interpret::operate::number;
use crate::lang::pulumi::interpret::plain::has_awaited;
use crate::lang::pulumi::interpret::registry::MARK;
use crate::lang::pulumi::interpret::text::{formatted, represented, shown};
use crate::lang::pulumi::interpret::value::{Deps, Dict, SymbolKind, Value, deps_of, shallow_deps};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result, errors};
use crate::lang::pulumi::program::ast::Language;
use crate::model::{Unknown, UnknownKind};
use crate::order::Order as _;
use crate::source::Span;

const PYTHON: Language = Language::Python;

/// What fails when it is given an output.
const ASKS: &[&str] = &[
    "builtins.len",
    "builtins.int",
    "builtins.float",
    "builtins.list",
    "builtins.tuple",
    "builtins.set",
    "builtins.sorted",
    "builtins.sum",
    "builtins.iter",
    "builtins.enumerate",
    "builtins.abs",
    "builtins.round",
];

/// Functions of the language and its library; `None` for what is not known here.
pub fn library(interpreter: &mut Interpreter<'_>, path: &EcoString, args: &Args, span: Span) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    if ASKS.contains(&path.as_str()) {
        interpreter.refuses(&first, "length and no items", span)?;
    }
    // Lengths and lists of what an output holds are not there yet.
    let value = match path.as_str() {
        "builtins.print" | "builtins.setattr" if path.ends_with("print") => Value::Null,
        "builtins.setattr" => {
            if let (Some(Value::Text(name)), Some(value), Value::Instance(instance)) =
                (args.positional.get(1), args.positional.get(2), &first)
            {
                instance.fields.borrow_mut().insert(name.clone(), value.clone());
            }
            Value::Null
        }
        "builtins.len" => match interpreter.special(&first, "__len__", Vec::new(), span)? {
            Some(length) => length,
            None => length(&first),
        },
        "builtins.str" | "os.fspath" | "builtins.bytes" => match interpreter.special(&first, "__str__", Vec::new(), span)? {
            Some(text) => text,
            None => interpreter.plain_text(&first, PYTHON, span),
        },
        "importlib.import_module" => match &first {
            Value::Text(name) => {
                let name = name.clone();
                interpreter.import_named(&name, span)?
            }
            other => unknown("a module that is not known", other),
        },
        // Members by the names they were given, as of options and arguments.
        "types.SimpleNamespace" | "argparse.Namespace" => {
            let mut dict: Dict = args.named.iter().cloned().collect();
            dict.insert(MARK.into(), Value::text("namespace"));
            Value::dict(dict)
        }
        "contextlib.suppress" => native(&Value::Null, "suppress"),
        "builtins.repr" if deps_of(&first).is_empty() => represented(&first),
        "builtins.repr" => interpreter.plain_text(&first, PYTHON, span),
        "builtins.format" => match args.positional.get(1) {
            Some(Value::Text(format)) => formatted(&first, format),
            _ => interpreter.plain_text(&first, PYTHON, span),
        },
        "builtins.int" => match (&first, whole(&first, args)) {
            // A text that is no number is an error, as it is for the program.
            (Value::Text(text), Value::Symbol(_)) => {
                return Err(errors::raised("ValueError", eco_format!("{} is no number", represented_text(text)), span));
            }
            (Value::Native(address), other) => networks::whole(address).map_or(other, Value::Int),
            (_, number) => number,
        },
        "builtins.float" => match &first {
            Value::Text(text) => match text.trim().parse() {
                Ok(number) => Value::Float(number),
                Err(_) => return Err(errors::raised("ValueError", eco_format!("{} is no number", represented_text(text)), span)),
            },
            other => number(other).map_or_else(|| unknown("a number", other), Value::Float),
        },
        "builtins.bool" => interpreter.truth(&first, PYTHON).map_or_else(|| unknown("a truth value", &first), Value::Bool),
        "builtins.abs" => match &first {
            Value::Int(number) => Value::Int(number.saturating_abs()),
            Value::Float(number) => Value::Float(number.abs()),
            other => unknown("a number", other),
        },
        "builtins.round" => match (&first, args.positional.get(1)) {
            (Value::Int(number), _) => Value::Int(*number),
            (Value::Float(number), None) => Value::Int(number.round_ties_even() as i64),
            (Value::Float(number), Some(Value::Int(digits))) => {
                let scale = 10f64.powi(i32::try_from(*digits).unwrap_or(0));
                Value::Float((number * scale).round() / scale)
            }
            (other, _) => unknown("a number", other),
        },
        "builtins.ord" => {
            first.as_text().and_then(|text| text.chars().next()).map_or(Value::Null, |it| Value::Int(i64::from(u32::from(it))))
        }
        "builtins.chr" => match &first {
            Value::Int(code) => u32::try_from(*code).ok().and_then(char::from_u32).map_or(Value::Null, Value::text),
            other => unknown("a letter", other),
        },
        "builtins.list" | "builtins.tuple" | "builtins.set" | "builtins.frozenset" | "builtins.iter" => {
            if args.positional.is_empty() {
                return Ok(Some(collected(interpreter, path, Vec::new())));
            }
            match interpreter.items(&first) {
                Some(items) => collected(interpreter, path, items),
                None => first.clone(),
            }
        }
        "builtins.dict" | "collections.OrderedDict" => {
            let mut dict = Dict::default();
            match &first {
                Value::Null => {}
                Value::Dict(_) | Value::Symbol(_) => interpreter.spread_into(&mut dict, &first),
                pairs => {
                    for pair in interpreter.items_or_unknown(pairs) {
                        let (key, value) = (interpreter.index(&pair, &Value::Int(0)), interpreter.index(&pair, &Value::Int(1)));
                        let key = interpreter.key(&key, PYTHON, dict.len());
                        dict.insert(key, value);
                    }
                }
            }
            dict.extend(args.named.iter().map(|(name, value)| (name.clone(), value.clone())));
            Value::dict(dict)
        }
        // The function that makes what is missing stands where other marked dicts have their kind.
        "collections.defaultdict" => {
            let mut dict = Dict::default();
            if !first.is_nothing() {
                dict.insert(MARK.into(), first);
            }
            if let Some(given) = args.positional.get(1) {
                interpreter.spread_into(&mut dict, given);
            }
            Value::dict(dict)
        }
        "builtins.range" => range(args),
        "builtins.enumerate" => {
            let start = match args.get(1, "start") {
                Some(Value::Int(start)) => *start,
                _ => 0,
            };
            let known = interpreter.items(&first).is_some();
            let items = interpreter.items_or_unknown(&first);
            if !known {
                let index = Value::unsupported("a position in what is not known", Deps::default());
                let pair = Value::Tuple(Rc::new(vec![index, items.into_iter().next().unwrap_or(Value::Null)]));
                return Ok(Some(Value::either(vec![Value::list(Vec::new()), Value::list(vec![pair])])));
            }
            let pairs = items.into_iter().zip(start..).map(|(item, at)| Value::Tuple(Rc::new(vec![Value::Int(at), item])));
            Value::list(pairs.collect())
        }
        "builtins.zip" => {
            let mut columns = Vec::new();
            for column in &args.positional {
                match interpreter.items(column) {
                    Some(items) => columns.push(items),
                    None => return Ok(Some(unknown("a pairing with what is not known", column))),
                }
            }
            let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
            let row = |at: usize| Value::Tuple(Rc::new(columns.iter().filter_map(|column| column.get(at).cloned()).collect()));
            Value::list((0..rows).map(row).collect())
        }
        "builtins.reversed" => match interpreter.items(&first) {
            Some(mut items) => {
                items.reverse();
                Value::list(items)
            }
            None => first,
        },
        "builtins.sorted" => {
            let Some(items) = interpreter.items(&first) else { return Ok(Some(first)) };
            Value::list(sorted(interpreter, items, args, span)?)
        }
        "builtins.map" | "builtins.filter" => {
            let second = args.positional.get(1).cloned().unwrap_or(Value::Null);
            if args.positional.len() > 2 {
                let mut columns = Vec::new();
                for column in args.positional.iter().skip(1) {
                    columns.push(interpreter.items_or_unknown(column));
                }
                let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
                let mut made = Vec::new();
                for at in 0..rows {
                    let given = columns.iter().filter_map(|column| column.get(at).cloned()).collect();
                    made.push(interpreter.call(&first, Args::of(given), span, PYTHON)?);
                }
                return Ok(Some(Value::list(made)));
            }
            let items = interpreter.items_or_unknown(&second);
            let mut kept = Vec::new();
            for item in items {
                if path == "builtins.map" {
                    kept.push(interpreter.call(&first, Args::of(vec![item]), span, PYTHON)?);
                    continue;
                }
                let test =
                    if first.is_nothing() { item.clone() } else { interpreter.call(&first, Args::of(vec![item.clone()]), span, PYTHON)? };
                if interpreter.truth(&test, PYTHON) != Some(false) {
                    kept.push(item);
                }
            }
            Value::list(kept)
        }
        "builtins.min" | "builtins.max" => {
            let items = if args.positional.len() > 1 { args.positional.clone() } else { interpreter.items_or_unknown(&first) };
            let args = Args { named: args.named.iter().filter(|(name, _)| name == "key").cloned().collect(), ..Args::default() };
            let sorted = sorted(interpreter, items, &args, span)?;
            let found = if path == "builtins.min" { sorted.first() } else { sorted.last() };
            found.cloned().unwrap_or(Value::Null)
        }
        "builtins.sum" => {
            let Some(items) = interpreter.items(&first) else { return Ok(Some(unknown("a sum", &first))) };
            let mut sum = args.positional.get(1).cloned().unwrap_or(Value::Int(0));
            for item in items {
                sum = interpreter.binary(crate::lang::pulumi::program::ast::Binary::Add, &sum, &item, PYTHON);
            }
            sum
        }
        "builtins.any" | "builtins.all" => {
            let Some(items) = interpreter.items(&first) else { return Ok(Some(unknown("a truth value", &first))) };
            let any = path == "builtins.any";
            let mut sure = true;
            for item in &items {
                match interpreter.truth(item, PYTHON) {
                    Some(truth) if truth == any => return Ok(Some(Value::Bool(any))),
                    None => sure = false,
                    _ => {}
                }
            }
            if sure { Value::Bool(!any) } else { unknown("a truth value", &first) }
        }
        "builtins.isinstance" => {
            let class = args.positional.get(1).cloned().unwrap_or(Value::Null);
            interpreter.is_instance(&first, &class).map_or_else(|| unknown("a value's type", &first), Value::Bool)
        }
        "builtins.callable" => Value::Bool(matches!(first, Value::Function(_) | Value::Method(_) | Value::Class(_) | Value::Native(_))),
        "builtins.hasattr" | "builtins.getattr" => return attribute(interpreter, path, &first, args, span).map(Some),
        "builtins.type" => match &first {
            Value::Instance(instance) => Value::Class(instance.class.clone()),
            Value::Native(native) if errors::kind(native).is_some() => {
                Value::library(eco_format!("builtins.{}", errors::kind(native).unwrap_or_default()))
            }
            known => match type_name(known) {
                Some(name) => Value::library(eco_format!("builtins.{name}")),
                None => unknown("a type", known),
            },
        },
        "builtins.vars" => match &first {
            Value::Instance(instance) => Value::dict(instance.fields.borrow().clone()),
            other => unknown("the fields", other),
        },
        "builtins.next" => match (&first, interpreter.items(&first)) {
            // What can be asked for the next is an iterator, not a list: it has one less then.
            (Value::List(items), Some(_)) if !items.borrow().is_empty() => items.borrow_mut().remove(0),
            (_, Some(items)) => match items.into_iter().next().or_else(|| args.positional.get(1).cloned()) {
                Some(item) => item,
                None => return Err(errors::raised("StopIteration", "", span)),
            },
            (_, None) => interpreter.element_of(&first),
        },
        "builtins.open" => {
            if !args.get(1, "mode").and_then(Value::as_text).is_some_and(|mode| mode.contains(['w', 'a', 'x'])) {
                files::read_file(interpreter, &first, span)?;
            }
            native(&first, "file")
        }
        "builtins.exit" | "builtins.quit" | "sys.exit" => return Err(errors::raised("SystemExit", "the program exits", span)),
        "builtins.eval" | "builtins.exec" | "builtins.__import__" => {
            interpreter.note("code-in-a-text", span, "what is run here is made while the program runs; it is not read");
            unknown("code in a text", &first)
        }
        "builtins.input" => Value::unknown(UnknownKind::Impure, "what a person types"),
        "builtins.object" => Value::dict(Dict::default()),
        it if it.starts_with("builtins.") && it.ends_with(|last: char| last.is_ascii_lowercase()) && error_name(it) => {
            let message = if args.positional.is_empty() { Value::text("") } else { first };
            errors::made(it.trim_start_matches("builtins."), message)
        }
        "json.dumps" => {
            if interpreter.caught > 0 && has_awaited(&first, 0) {
                return Err(errors::raised("TypeError", "an output is no JSON", span));
            }
            json::text(interpreter, &first, args)
        }
        "json.loads" => json::parsed(&first),
        "json.load" => match &first {
            Value::Native(file) => match csv::content(interpreter, file) {
                Some(text) => json::parsed(&text),
                None => unknown("a file", &first),
            },
            other => unknown("a file", other),
        },
        "os.getenv" | "os.environ.get" => environment(interpreter, &first, args.get(1, "default")),
        "os.getcwd" => Value::Text(interpreter.given.folder.clone()),
        "os.path.join" | "posixpath.join" => {
            let parts: Vec<EcoString> = args.positional.iter().map(shown).collect();
            let mut joined = EcoString::new();
            for part in parts {
                joined =
                    if part.starts_with('/') || joined.is_empty() { part } else { eco_format!("{}/{part}", joined.trim_end_matches('/')) };
            }
            Value::Text(joined)
        }
        "os.path.dirname" => Value::text(folder_of(&shown(&first))),
        "os.path.basename" => Value::text(shown(&first).rsplit('/').next().unwrap_or_default()),
        "os.path.abspath" | "os.path.realpath" | "os.path.normpath" | "os.path.expanduser" => Value::Text(normal(&shown(&first))),
        "os.path.relpath" => first,
        "pathlib.Path" | "pathlib.PurePath" => {
            let parts: Vec<EcoString> = args.positional.iter().map(shown).collect();
            let text = if parts.is_empty() { EcoString::from(".") } else { parts.join("/").into() };
            native(&Value::Text(text), "Path")
        }
        "pathlib.Path.cwd" => native(&Value::Text(interpreter.given.folder.clone()), "Path"),
        "base64.b64encode" | "base64.standard_b64encode" => match &first {
            Value::Text(text) => Value::text(base64::engine::general_purpose::STANDARD.encode(text.as_bytes())),
            other => unknown("base64 of what is not known", other),
        },
        "base64.b64decode" => match &first {
            Value::Text(text) => {
                let bytes = base64::engine::general_purpose::STANDARD.decode(text.as_bytes()).ok();
                bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or_else(|| unknown("decoded bytes", &first), Value::text)
            }
            other => unknown("base64 of what is not known", other),
        },
        "textwrap.dedent" | "inspect.cleandoc" => match &first {
            Value::Text(text) => Value::Text(methods::dedented(text)),
            _ => first,
        },
        "copy.copy" | "copy.deepcopy" => copied(&first, 0),
        "dataclasses.field" | "pydantic.Field" | "attr.ib" => {
            let mut dict: Dict = args.named.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            if let Some(default) = args.first() {
                dict.insert("default".into(), default.clone());
            }
            native(&Value::dict(dict), "field")
        }
        "enum.auto" => Value::library("enum.auto()"),
        "typing.cast" => args.positional.get(1).cloned().unwrap_or(Value::Null),
        "typing.NamedTuple" | "typing.TypeVar" | "typing.NewType" => Value::unsupported(path.clone(), Deps::default()),
        "functools.partial" => native(
            &Value::Tuple(Rc::new(vec![first, Value::list(args.positional.iter().skip(1).cloned().collect()), {
                Value::dict(args.named.iter().map(|(name, value)| (name.clone(), value.clone())).collect())
            }])),
            "partial",
        ),
        "functools.reduce" => {
            let items = args.positional.get(1).cloned().unwrap_or(Value::Null);
            let mut items = interpreter.items_or_unknown(&items).into_iter();
            let mut sum = match args.positional.get(2) {
                Some(start) => start.clone(),
                None => items.next().unwrap_or(Value::Null),
            };
            for item in items {
                sum = interpreter.call(&first, Args::of(vec![sum, item]), span, PYTHON)?;
            }
            sum
        }
        "itertools.chain" => {
            let mut all = Vec::new();
            for part in &args.positional {
                all.append(&mut interpreter.items_or_unknown(part));
            }
            Value::list(all)
        }
        "itertools.product" => {
            let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
            for column in &args.positional {
                let items = interpreter.items_or_unknown(column);
                rows = rows
                    .iter()
                    .flat_map(|row| items.iter().map(|item| [row.as_slice(), std::slice::from_ref(item)].concat()))
                    .take(10_000)
                    .collect();
            }
            Value::list(rows.into_iter().map(|row| Value::Tuple(Rc::new(row))).collect())
        }
        it if it.starts_with("csv.") || it == "io.StringIO" => return Ok(csv::library(interpreter, it, args)),
        it if it.starts_with("ipaddress.") => return Ok(networks::library(it, args)),
        "yaml.safe_load" | "yaml.load" | "yaml.full_load" => more::yaml(interpreter, &first),
        "collections.namedtuple" => more::named_tuple(interpreter, args),
        "asyncio.run" | "asyncio.get_event_loop" | "asyncio.gather" => first,
        "time.time"
        | "datetime.datetime.now"
        | "datetime.datetime.utcnow"
        | "datetime.date.today"
        | "uuid.uuid4"
        | "random.randint"
        | "random.choice"
        | "secrets.token_hex" => Value::unknown(UnknownKind::Impure, path.clone()),
        "dotenv.load_dotenv" | "logging.basicConfig" | "warnings.warn" => Value::Null,
        it if it.starts_with("hashlib.") => {
            native(&Value::Tuple(Rc::new(vec![Value::text(it.trim_start_matches("hashlib.")), first])), "hash")
        }
        _ => return iterate::library(interpreter, path, args, span),
    };
    Ok(Some(value))
}

fn type_name(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Text(_) => "str",
        Value::List(_) => "list",
        Value::Tuple(_) => "tuple",
        Value::Set(_) => "set",
        Value::Dict(_) => "dict",
        _ => return None,
    })
}

fn represented_text(text: &EcoString) -> EcoString {
    shown(&represented(&Value::Text(text.clone())))
}

fn error_name(path: &str) -> bool {
    path.trim_start_matches("builtins.").starts_with(|first: char| first.is_ascii_uppercase())
}

fn unknown(subject: &str, value: &Value) -> Value {
    Value::unknown_of(Unknown::new(UnknownKind::Unsupported, subject), deps_of(value))
}

fn collected(interpreter: &Interpreter<'_>, path: &str, items: Vec<Value>) -> Value {
    match path {
        "builtins.tuple" => Value::Tuple(Rc::new(items)),
        "builtins.set" | "builtins.frozenset" => {
            let mut set = Vec::new();
            for item in items {
                interpreter.insert(&mut set, item);
            }
            Value::Set(Rc::new(RefCell::new(set)))
        }
        _ => Value::list(items),
    }
}

fn length(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Int(text.chars().count() as i64),
        Value::List(items) | Value::Set(items) => Value::Int(items.borrow().len() as i64),
        Value::Tuple(items) => Value::Int(items.len() as i64),
        Value::Dict(dict) => Value::Int(dict.borrow().keys().filter(|key| key.as_str() != MARK).count() as i64),
        Value::Class(class) => Value::Int(class.members.borrow().len() as i64),
        Value::Symbol(symbol) => match &symbol.kind {
            SymbolKind::Either(parts) => Value::either(parts.iter().map(length).collect()),
            _ => unknown("the length of what is not known", value),
        },
        other => unknown("the length of what is not known", other),
    }
}

fn whole(value: &Value, args: &Args) -> Value {
    match value {
        Value::Null if args.positional.is_empty() => Value::Int(0),
        Value::Text(text) => {
            let base = match args.get(1, "base") {
                Some(Value::Int(base)) => u32::try_from(*base).ok().filter(|base| (2..=36).contains(base)).unwrap_or(10),
                _ => 10,
            };
            i64::from_str_radix(text.trim(), base).map_or_else(|_| unknown("a number", value), Value::Int)
        }
        Value::Float(number) => Value::Int(number.trunc() as i64),
        Value::Symbol(symbol) => Value::unknown_of(Unknown::new(UnknownKind::Unsupported, "a number"), symbol.deps.clone()),
        other => number(other).map_or_else(|| unknown("a number", other), |number| Value::Int(number as i64)),
    }
}

fn range(args: &Args) -> Value {
    const LONGEST: i64 = 20_000;
    let int = |value: &Value| match value {
        Value::Int(number) => Some(*number),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    };
    let given: Option<Vec<i64>> = args.positional.iter().map(int).collect();
    let (from, to, step) = match given.as_deref() {
        Some([to]) => (0, *to, 1),
        Some([from, to]) => (*from, *to, 1),
        Some([from, to, step]) if *step != 0 => (*from, *to, *step),
        _ => return Value::unsupported("a range whose bounds are not known", args.deps()),
    };
    let mut items = Vec::new();
    let mut at = from;
    while (step > 0 && at < to || step < 0 && at > to) && (items.len() as i64) < LONGEST {
        items.push(Value::Int(at));
        at = at.saturating_add(step);
    }
    Value::list(items)
}

/// Sorts what can be compared; the rest keeps its order.
pub fn sorted(interpreter: &mut Interpreter<'_>, items: Vec<Value>, args: &Args, span: Span) -> Result<Vec<Value>> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let key = match args.named("key") {
            Some(key) if !key.is_nothing() => interpreter.call(&key.clone(), Args::of(vec![item.clone()]), span, PYTHON)?,
            _ => item.clone(),
        };
        keyed.push((key, item));
    }
    // Only a total order may be handed to the sort.
    let total = keyed.windows(2).all(|pair| match pair {
        [(a, _), (b, _)] => interpreter.order(a, b).is_some(),
        _ => true,
    });
    if total {
        keyed.order_by(|(a, _), (b, _)| interpreter.order(a, b).unwrap_or(Ordering::Equal));
    }
    if matches!(args.named("reverse"), Some(Value::Bool(true))) {
        keyed.reverse();
    }
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

fn attribute(interpreter: &mut Interpreter<'_>, path: &str, of: &Value, args: &Args, span: Span) -> Result<Value> {
    let Some(name) = args.positional.get(1).and_then(Value::as_text).cloned() else { return Ok(unknown("a member that is not known", of)) };
    let has = match of {
        Value::Instance(instance) => {
            let own = instance.fields.borrow().contains_key(&name);
            Some(own || interpreter.lookup(&instance.class.clone(), &name).is_some() || instance.class.getters.borrow().contains_key(&name))
        }
        Value::Module(module) => Some(module.names.borrow().contains_key(&name)),
        Value::Resource(_) | Value::Library(_) => Some(true),
        Value::Symbol(_) => None,
        Value::Text(_) | Value::List(_) | Value::Dict(_) | Value::Int(_) | Value::Null => {
            Some(name == "apply" && matches!(of, Value::Output(_)))
        }
        Value::Output(_) => Some(true),
        _ => None,
    };
    if path == "builtins.hasattr" {
        return Ok(has.map_or_else(|| unknown("whether a member exists", of), Value::Bool));
    }
    if has == Some(false)
        && let Some(default) = args.positional.get(2)
    {
        return Ok(default.clone());
    }
    match of {
        Value::Module(module) => Ok(module.names.borrow().get(&name).cloned().unwrap_or(Value::Null)),
        Value::Instance(_) => interpreter.instance_member(of, &name, span),
        Value::Resource(id) => Ok(Value::attribute(*id, name)),
        Value::Library(path) => Ok(crate::lang::pulumi::interpret::sdk::member(path, &name)),
        other => Ok(Value::unknown_of(Unknown::new(UnknownKind::Unsupported, name), shallow_deps(other))),
    }
}

fn copied(value: &Value, depth: u32) -> Value {
    const DEEPEST: u32 = 30;
    if depth > DEEPEST {
        return value.clone();
    }
    match value {
        Value::List(items) => Value::list(items.borrow().iter().map(|item| copied(item, depth + 1)).collect()),
        Value::Set(items) => Value::Set(Rc::new(RefCell::new(items.borrow().clone()))),
        Value::Dict(dict) => Value::dict(dict.borrow().iter().map(|(name, value)| (name.clone(), copied(value, depth + 1))).collect()),
        other => other.clone(),
    }
}
