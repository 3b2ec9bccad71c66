//! Functions of the global objects and of Node's own modules.

use std::cell::RefCell;

use ecow::{EcoString, eco_format};

use super::{Args, Interpreter, Result, builtins, call, collections, of_deps, regular, unknown};
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::modules::{folder_of, normal};
use crate::lang::pulumi::interpret::operate::{number, number_value};
use crate::lang::pulumi::interpret::python::{self, files::Asked};
use crate::lang::pulumi::interpret::registry::MARK;
use crate::lang::pulumi::interpret::text::shown;
use crate::lang::pulumi::interpret::value::{Dict, Native, Value, deps_of, value_of_key};
use crate::lang::pulumi::program::ast::Language;
use crate::model::UnknownKind;
use crate::source::Span;

/// Items that one call may make.
const MOST: usize = 100_000;

pub fn library(interpreter: &mut Interpreter<'_>, path: &EcoString, args: &Args, span: Span) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    let second = args.positional.get(1).cloned().unwrap_or(Value::Undefined);
    let (owner, name) = path.rsplit_once('.').unwrap_or(("", path));
    Ok(match owner {
        "" => return global(interpreter, name, args, &first, span),
        "JSON" => Some(match name {
            "stringify" => {
                let mut style = Args { positional: vec![first.clone()], ..Args::default() };
                style.named.push(("\0compact".into(), Value::Bool(true)));
                if let Some(indent) = args.positional.get(2) {
                    let indent = match indent {
                        Value::Text(text) => Value::Int(text.len() as i64),
                        other => other.clone(),
                    };
                    style.named.push(("indent".into(), indent));
                }
                let plain = interpreter.without_outputs(&first, span, 0);
                python::json::text(interpreter, &plain, &style)
            }
            "parse" => python::json::parsed(&first),
            _ => return Ok(None),
        }),
        "Object" => object(interpreter, name, args, &first),
        "Array" => match name {
            "isArray" => Some(match &first {
                Value::Symbol(_) => unknown("whether a value is a list", &first, args),
                known => Value::Bool(matches!(known, Value::List(_))),
            }),
            "of" => Some(Value::list(args.positional.clone())),
            "from" => Some(from(interpreter, &first, &second, span)?),
            _ => None,
        },
        "Math" => Some(math(name, args)),
        "Number" => match name {
            "isInteger" => Some(Value::Bool(matches!(first, Value::Int(_)))),
            "isNaN" | "isFinite" => number(&first).map(|it| Value::Bool(if name == "isNaN" { it.is_nan() } else { it.is_finite() })),
            "parseInt" | "parseFloat" => return global(interpreter, name, args, &first, span),
            _ => None,
        },
        "String" if name == "raw" => Some(Value::template(args.positional.clone())),
        "String" if name == "fromCharCode" => number(&first).and_then(|code| char::from_u32(code as u32)).map(Value::text),
        "Promise" => Some(match name {
            "all" | "allSettled" | "race" | "any" | "resolve" => first,
            _ => {
                interpreter.call_back(args, span)?;
                unknown("a promise", &Value::Undefined, args)
            }
        }),
        "console" => Some(Value::Undefined),
        "Buffer" if name == "from" => Some(native(&builtins::buffer(args), "Buffer")),
        "Date" => Some(Value::unknown(UnknownKind::Impure, "the time")),
        "js-yaml" | "yaml" | "js-yaml.default" | "yaml.default" if matches!(name, "load" | "safeLoad" | "parse") => {
            Some(python::yaml(interpreter, &first))
        }
        "process" => match name {
            "cwd" => Some(Value::text(if interpreter.given.folder.is_empty() { "." } else { &interpreter.given.folder })),
            "exit" | "on" | "chdir" => Some(Value::Undefined),
            _ => None,
        },
        "path" | "path.posix" | "path.default" => file_path(name, args),
        "fs" | "fs.promises" | "fs.default" | "fs-extra" | "fs/promises" => match name {
            "readFileSync" | "readFile" => Some(python::files::read_file(interpreter, &first, span)?),
            _ => files(interpreter, name, &first, &second),
        },
        "crypto" if name == "createHash" => Some(native(&Value::list(vec![first, Value::text("")]), "Hash")),
        "crypto" if matches!(name, "randomUUID" | "randomBytes" | "randomInt") => {
            Some(Value::unknown(UnknownKind::Impure, "a random value"))
        }
        _ => None,
    })
}

fn global(interpreter: &mut Interpreter<'_>, name: &str, args: &Args, first: &Value, span: Span) -> Result<Option<Value>> {
    Ok(Some(match name {
        "String" => interpreter.plain_text(first, Language::JavaScript, span),
        "Number" | "parseInt" | "parseFloat" | "BigInt" => match first {
            Value::Text(text) => parsed(text, name, args),
            Value::Symbol(_) | Value::Output(_) => unknown("a number of what is not known", first, args),
            other => match number(other) {
                Some(value) if name == "parseInt" => number_value(value.trunc()),
                Some(value) => number_value(value),
                None => Value::Float(f64::NAN),
            },
        },
        "Boolean" => match interpreter.truth(first, Language::JavaScript) {
            Some(truth) => Value::Bool(truth),
            None => unknown("the truth of what is not known", first, args),
        },
        "isNaN" => Value::Bool(number(first).is_none_or(f64::is_nan)),
        "Error" | "TypeError" | "RangeError" => {
            let entries = [(EcoString::from("message"), first.clone()), (EcoString::from("name"), Value::text(name))];
            Value::dict(entries.into_iter().collect())
        }
        "Map" | "WeakMap" => collections::map(interpreter, args.first()),
        "Set" => {
            let mut set = Vec::new();
            if !first.is_nothing() {
                for item in interpreter.items_or_unknown(first) {
                    interpreter.insert(&mut set, item);
                }
            }
            Value::Set(Rc::new(RefCell::new(set)))
        }
        "RegExp" => regular(first.clone(), args.positional.get(1).cloned().unwrap_or_else(|| Value::text(""))),
        "Array" => match first {
            Value::Int(length) if args.positional.len() == 1 => {
                Value::list(vec![Value::Undefined; usize::try_from(*length).unwrap_or(0).min(MOST)])
            }
            _ => Value::list(args.positional.clone()),
        },
        "Object" => first.clone(),
        "Date" => Value::unknown(UnknownKind::Impure, "the time"),
        "eval" | "Function" => {
            interpreter.note("code-in-a-text", span, "what is run here is made while the program runs; it is not read");
            unknown("code in a text", first, args)
        }
        "structuredClone" => copied(first, 0),
        "btoa" => native(&builtins::buffer(args), "Buffer"),
        "encodeURIComponent" => match first {
            Value::Text(text) => Value::Text(encoded(text)),
            other => unknown("an encoded text", other, args),
        },
        "Promise" => {
            interpreter.call_back(args, span)?;
            unknown("a promise", &Value::Undefined, args)
        }
        _ => return Ok(None),
    }))
}

fn parsed(text: &str, name: &str, args: &Args) -> Value {
    let text = text.trim();
    if name == "parseInt" {
        let radix = args.positional.get(1).and_then(number).filter(|radix| (2.0..=36.0).contains(radix)).map_or(10, |radix| radix as u32);
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let end = digits.find(|letter: char| !letter.is_digit(radix)).unwrap_or(digits.len());
        let value = digits.get(..end).and_then(|digits| i64::from_str_radix(digits, radix).ok());
        return value.map_or(Value::Float(f64::NAN), |value| Value::Int(sign * value));
    }
    let end = if name == "parseFloat" {
        text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '-' | '+' | 'e')).unwrap_or(text.len())
    } else {
        text.len()
    };
    let text = text.get(..end).unwrap_or_default();
    if text.is_empty() && name == "Number" {
        return Value::Int(0);
    }
    text.parse::<f64>().map_or(Value::Float(f64::NAN), number_value)
}

/// An object's own entries; `None` when they are not known.
pub fn entries_of(of: &Value) -> Option<Vec<(EcoString, Value)>> {
    let own = |(key, value): (&EcoString, &Value)| (key.clone(), value.clone());
    match of {
        Value::Dict(dict) => Some(dict.borrow().iter().filter(|(key, _)| key.as_str() != MARK).map(own).collect()),
        Value::Instance(instance) => Some(instance.fields.borrow().iter().map(own).collect()),
        Value::List(items) => Some(items.borrow().iter().enumerate().map(|(at, item)| (eco_format!("{at}"), item.clone())).collect()),
        of if of.is_nothing() => Some(Vec::new()),
        _ => None,
    }
}

fn object(interpreter: &mut Interpreter<'_>, name: &str, args: &Args, first: &Value) -> Option<Value> {
    let entries = entries_of;
    let key = |key: &EcoString| match value_of_key(key) {
        Value::Int(number) => Value::Text(eco_format!("{number}")),
        other => other,
    };
    Some(match name {
        "keys" | "values" | "entries" | "getOwnPropertyNames" => match entries(first) {
            Some(all) => Value::list(
                all.iter()
                    .map(|(name_, value)| match name {
                        "values" => value.clone(),
                        "entries" => Value::list(vec![key(name_), value.clone()]),
                        _ => key(name_),
                    })
                    .collect(),
            ),
            None if name == "entries" => {
                let element = interpreter.element_of(first);
                Value::list(vec![Value::list(vec![of_deps(deps_of(first), "a key that is not known"), element])])
            }
            None => match name {
                "values" => first.clone(),
                _ => Value::list(vec![of_deps(deps_of(first), "a key that is not known")]),
            },
        },
        "assign" => {
            let Value::Dict(target) = first else { return Some(first.clone()) };
            for more in args.positional.iter().skip(1) {
                let mut all = Dict::default();
                interpreter.spread_into(&mut all, more);
                target.borrow_mut().extend(all);
            }
            first.clone()
        }
        "fromEntries" => {
            let mut dict = Dict::default();
            for pair in interpreter.items_or_unknown(first) {
                let (name, value) = (interpreter.index(&pair, &Value::Int(0)), interpreter.index(&pair, &Value::Int(1)));
                let name = interpreter.key(&name, Language::JavaScript, dict.len());
                dict.insert(name, value);
            }
            Value::dict(dict)
        }
        "freeze" | "seal" | "create" if !first.is_nothing() => first.clone(),
        "create" => Value::dict(Dict::default()),
        "hasOwn" => match entries(first) {
            Some(all) => Value::Bool(all.iter().any(|(name, _)| args.positional.get(1).is_some_and(|key| shown(key) == *name))),
            None => unknown("whether an object has a key", first, args),
        },
        _ => return None,
    })
}

/// `Array.from(iterable or { length }, map)`.
fn from(interpreter: &mut Interpreter<'_>, of: &Value, function: &Value, span: Span) -> Result<Value> {
    let length = match of {
        Value::Dict(dict) if !collections::is_map(of) => dict.borrow().get("length").and_then(number),
        _ => None,
    };
    let items = match length {
        Some(length) => vec![Value::Undefined; (length.max(0.0) as usize).min(MOST)],
        None => interpreter.items_or_unknown(of),
    };
    if function.is_nothing() {
        return Ok(Value::list(items));
    }
    let mut made = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        interpreter.step()?;
        made.push(call(interpreter, function, vec![item, Value::Int(at as i64)], span)?);
    }
    Ok(Value::list(made))
}

fn math(name: &str, args: &Args) -> Value {
    if name == "random" {
        return Value::unknown(UnknownKind::Impure, "a random number");
    }
    let numbers: Option<Vec<f64>> = args.positional.iter().map(number).collect();
    let Some(numbers) = numbers else { return unknown("arithmetic with what is not known", &Value::Undefined, args) };
    let (first, second) = (numbers.first().copied().unwrap_or(f64::NAN), numbers.get(1).copied().unwrap_or(f64::NAN));
    number_value(match name {
        "max" => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        "min" => numbers.iter().copied().fold(f64::INFINITY, f64::min),
        "floor" => first.floor(),
        "ceil" => first.ceil(),
        "round" => (first + 0.5).floor(),
        "trunc" => first.trunc(),
        "abs" => first.abs(),
        "sqrt" => first.sqrt(),
        "pow" => first.powf(second),
        "log2" => first.log2(),
        "log10" => first.log10(),
        "sign" => first.signum(),
        _ => return unknown("arithmetic", &Value::Undefined, args),
    })
}

fn file_path(name: &str, args: &Args) -> Option<Value> {
    let parts: Option<Vec<&EcoString>> = args.positional.iter().map(Value::as_text).collect();
    let Some(parts) = parts else { return Some(unknown("a path", &Value::Undefined, args)) };
    let first = parts.first().map_or("", |first| first.as_str());
    let last = first.rsplit('/').next().unwrap_or(first);
    Some(Value::text(match name {
        "join" | "normalize" | "resolve" => {
            let start = parts.iter().rposition(|part| part.starts_with('/') && name == "resolve").unwrap_or(0);
            let joined = parts.iter().skip(start).map(|part| part.as_str()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            let normal = normal(&joined);
            if normal.is_empty() { ".".into() } else { normal }
        }
        "dirname" => match folder_of(first) {
            "" => ".".into(),
            folder => folder.into(),
        },
        "basename" => {
            let end = parts.get(1).map_or("", |end| end.as_str());
            last.strip_suffix(end).unwrap_or(last).into()
        }
        "extname" => match last.rsplit_once('.') {
            Some((stem, end)) if !stem.is_empty() => eco_format!(".{end}"),
            _ => EcoString::new(),
        },
        "isAbsolute" => return Some(Value::Bool(first.starts_with('/'))),
        _ => return Some(unknown("a path", &Value::Undefined, args)),
    }))
}

fn files(interpreter: &Interpreter<'_>, name: &str, path: &Value, options: &Value) -> Option<Value> {
    Some(match name {
        "existsSync" => python::files::exists(interpreter, path, Asked::Exists),
        "statSync" | "lstatSync" | "stat" | "lstat" => native(path, "Stats"),
        "readdirSync" | "readdir" => {
            let folder = path.as_text()?;
            let wants = |name: &str| match options {
                Value::Dict(dict) => matches!(dict.borrow().get(name), Some(Value::Bool(true))),
                _ => false,
            };
            let names = python::files::listed(interpreter, folder, wants("recursive"));
            if names.is_empty() {
                return Some(Value::unknown(UnknownKind::NotAtHand, folder.clone()));
            }
            let entry = |name: EcoString| {
                if !wants("withFileTypes") {
                    return Value::Text(name);
                }
                let whole = Value::Text(eco_format!("{}/{name}", folder.trim_end_matches('/')));
                let mut dict = Dict::default();
                dict.insert("isFile".into(), native(&whole, "fs.isFile"));
                dict.insert("isDirectory".into(), native(&whole, "fs.isDirectory"));
                dict.insert("name".into(), Value::Text(name));
                Value::dict(dict)
            };
            Value::list(names.into_iter().map(entry).collect())
        }
        "writeFileSync" | "mkdirSync" | "writeFile" | "mkdir" => Value::Undefined,
        _ => return None,
    })
}

/// `isFile` and `isDirectory` of what tells about a path.
pub fn kind_of_path(interpreter: &Interpreter<'_>, path: &Value, name: &str) -> Option<Value> {
    Some(match name {
        "isFile" => python::files::exists(interpreter, path, Asked::IsFile),
        "isDirectory" => python::files::exists(interpreter, path, Asked::IsFolder),
        "isSymbolicLink" => Value::Bool(false),
        _ => return None,
    })
}

/// `update` and `digest` of what `createHash` gives.
pub fn hash(of: &Rc<Native>, name: &str, args: &Args) -> Option<Value> {
    let Value::List(parts) = &of.this else { return None };
    let (kind, text) = (parts.borrow().first()?.clone(), parts.borrow().get(1)?.clone());
    match name {
        "update" => {
            let more = match args.first()? {
                Value::Native(buffer) if buffer.name == "Buffer" => buffer.this.clone(),
                other => other.clone(),
            };
            *parts.borrow_mut() = vec![kind, Value::template(vec![text, more])];
            Some(Value::Native(of.clone()))
        }
        "digest" => Some(match (&kind, &text, args.first()) {
            (Value::Text(kind), Value::Text(text), Some(Value::Text(form))) if form == "hex" => Value::Text(python::digest(kind, text)?),
            _ => unknown("a digest of what is not known", &text, args),
        }),
        _ => None,
    }
}

fn encoded(text: &str) -> EcoString {
    let mut out = EcoString::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&eco_format!("%{byte:02X}"));
        }
    }
    out
}

fn copied(value: &Value, depth: u32) -> Value {
    const DEEPEST: u32 = 30;
    match value {
        _ if depth > DEEPEST => value.clone(),
        Value::List(items) => Value::list(items.borrow().iter().map(|item| copied(item, depth + 1)).collect()),
        Value::Dict(dict) => Value::dict(dict.borrow().iter().map(|(name, value)| (name.clone(), copied(value, depth + 1))).collect()),
        other => other.clone(),
    }
}
