//! Methods of Python's texts, lists, dicts, sets, files and paths.

use ecow::{EcoString, eco_format};

use super::files::{environment, file_text};
use super::library::sorted;
use super::{files, iterate, networks, patterns};
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::operate::LONGEST;
use crate::lang::pulumi::interpret::text::{formatted, joined_path, represented, shown};
use crate::lang::pulumi::interpret::value::{Dict, Value, deps_of, key_of, value_of_key};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result, errors};
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

const PYTHON: Language = Language::Python;

/// Runs a method; `None` for what is not known here.
pub fn method(interpreter: &mut Interpreter<'_>, this: &Value, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    match this {
        Value::Text(text) => match name {
            "Path" | "file" | "StringIO" | "suppress" => Ok(None),
            _ => text_method(interpreter, text, name, args, span),
        },
        Value::Symbol(_) if matches!(name, "format" | "\0format" | "join") => {
            Ok(Some(Value::unsupported("a text of what is not known", args.deps().with(&deps_of(this)))))
        }
        Value::List(items) => {
            let items = items.clone();
            list_method(interpreter, &items, name, args, span)
        }
        Value::Tuple(items) => match name {
            "partial" => partial(interpreter, items, args, span).map(Some),
            "itemgetter" | "attrgetter" => iterate::got(interpreter, items, name, args, span).map(Some),
            "index" | "count" => {
                let items = Rc::new(std::cell::RefCell::new(items.to_vec()));
                list_method(interpreter, &items, name, args, span)
            }
            _ => Ok(None),
        },
        Value::Dict(dict) => {
            let dict = dict.clone();
            dict_method(interpreter, &dict, name, args, span)
        }
        Value::Set(items) => {
            let first = args.first().cloned().unwrap_or(Value::Null);
            Ok(Some(match name {
                "add" => {
                    let mut set = items.borrow().clone();
                    interpreter.insert(&mut set, first);
                    *items.borrow_mut() = set;
                    Value::Null
                }
                "update" | "union" => {
                    let mut set = items.borrow().clone();
                    for item in interpreter.items_or_unknown(&first) {
                        interpreter.insert(&mut set, item);
                    }
                    if name == "update" {
                        *items.borrow_mut() = set;
                        return Ok(Some(Value::Null));
                    }
                    Value::Set(Rc::new(std::cell::RefCell::new(set)))
                }
                "discard" | "remove" => {
                    let kept = items.borrow().iter().filter(|item| interpreter.equal(item, &first) != Some(true)).cloned().collect();
                    *items.borrow_mut() = kept;
                    Value::Null
                }
                "copy" => Value::Set(Rc::new(std::cell::RefCell::new(items.borrow().clone()))),
                "intersection" | "difference" | "symmetric_difference" | "issubset" | "issuperset" | "isdisjoint" => {
                    let Some(theirs) = interpreter.items(&first) else {
                        return Ok(Some(Value::unsupported(eco_format!("the {name} with what is not known"), args.deps())));
                    };
                    let has = |all: &[Value], item: &Value| all.iter().any(|it| interpreter.equal(it, item) == Some(true));
                    let mine = items.borrow();
                    match name {
                        "issubset" => return Ok(Some(Value::Bool(mine.iter().all(|item| has(&theirs, item))))),
                        "issuperset" => return Ok(Some(Value::Bool(theirs.iter().all(|item| has(&mine, item))))),
                        "isdisjoint" => return Ok(Some(Value::Bool(!mine.iter().any(|item| has(&theirs, item))))),
                        _ => {}
                    }
                    let mut kept: Vec<Value> = mine.iter().filter(|item| has(&theirs, item) == (name == "intersection")).cloned().collect();
                    if name == "symmetric_difference" {
                        kept.extend(theirs.iter().filter(|item| !has(&mine, item)).cloned());
                    }
                    Value::Set(Rc::new(std::cell::RefCell::new(kept)))
                }
                "pop" if !items.borrow().is_empty() => items.borrow_mut().remove(0),
                _ => return Ok(None),
            }))
        }
        Value::Native(of) => native_method(interpreter, of, name, args, span),
        Value::Int(number) => Ok(match name {
            "bit_length" => Some(Value::Int(i64::from(64 - number.unsigned_abs().leading_zeros()))),
            _ => None,
        }),
        Value::Float(number) => Ok(match name {
            "is_integer" => Some(Value::Bool(number.fract() == 0.0)),
            _ => None,
        }),
        Value::Instance(instance) => Ok(match name {
            "_asdict" | "model_dump" | "dict" => Some(Value::dict(instance.fields.borrow().clone())),
            _ => None,
        }),
        Value::Null if name == "os.environ" => Ok(None),
        _ => Ok(None),
    }
}

fn native_method(
    interpreter: &mut Interpreter<'_>,
    of: &Rc<crate::lang::pulumi::interpret::value::Native>,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    Ok(Some(match (of.name.as_str(), name) {
        ("os.environ", "get") => environment(interpreter, &first, args.get(1, "default")),
        ("os.environ", _) => Value::Null,
        ("file" | "Path", "read" | "read_text" | "read_bytes") => files::read_file(interpreter, &of.this, span)?,
        ("StringIO", "read" | "getvalue") => of.this.clone(),
        ("file", "readlines") => match file_text(interpreter, &of.this) {
            Value::Text(text) => Value::list(text.split_inclusive('\n').map(Value::text).collect()),
            other => other,
        },
        ("file", "close") => Value::Null,
        ("Path", "open") => native(&of.this, "file"),
        ("Path", "joinpath") => args.positional.iter().fold(Value::Native(of.clone()), |path, part| joined_path(&path, part)),
        ("Path", "resolve" | "absolute" | "expanduser" | "relative_to") => Value::Native(of.clone()),
        ("Path", "as_posix" | "__str__" | "__fspath__") => of.this.clone(),
        ("Path", _) => return Ok(files::path_method(interpreter, &of.this, name, args)),
        ("Template", "substitute" | "safe_substitute") => match &of.this {
            Value::Text(text) => iterate::substituted(interpreter, text, args),
            other => Value::unsupported("a text", deps_of(other)),
        },
        ("Network" | "Address", _) => return Ok(networks::method(of, name, args)),
        ("Pattern" | "Match", _) => return patterns::method(interpreter, of, name, args, span),
        ("hash", "hexdigest") => match &of.this {
            Value::Tuple(parts) => match (parts.first(), parts.get(1)) {
                (Some(Value::Text(kind)), Some(Value::Text(text))) => {
                    digest(kind, text).map_or_else(|| Value::unsupported("a digest", Default::default()), Value::Text)
                }
                _ => Value::unsupported("a digest of what is not known", deps_of(&of.this)),
            },
            other => Value::unsupported("a digest of what is not known", deps_of(other)),
        },
        ("hash", _) => Value::Null,
        _ => return Ok(None),
    }))
}

/// The digest of a text, in hexadecimal.
pub fn digest(kind: &str, text: &str) -> Option<EcoString> {
    use md5::Digest as _;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Some(match kind {
        "md5" => hex(&md5::Md5::digest(text.as_bytes())).into(),
        "sha1" => hex(&sha1::Sha1::digest(text.as_bytes())).into(),
        "sha256" => hex(&sha2::Sha256::digest(text.as_bytes())).into(),
        "sha512" => hex(&sha2::Sha512::digest(text.as_bytes())).into(),
        _ => return None,
    })
}

fn partial(interpreter: &mut Interpreter<'_>, parts: &Rc<Vec<Value>>, args: &Args, span: Span) -> Result<Value> {
    let function = parts.first().cloned().unwrap_or(Value::Null);
    let mut all = Args::default();
    if let Some(Value::List(bound)) = parts.get(1) {
        all.positional.extend(bound.borrow().iter().cloned());
    }
    all.positional.extend(args.positional.iter().cloned());
    if let Some(Value::Dict(bound)) = parts.get(2) {
        let given = |name: &EcoString| args.named.iter().any(|(named, _)| named == name);
        all.named.extend(bound.borrow().iter().filter(|(name, _)| !given(name)).map(|(name, value)| (name.clone(), value.clone())));
    }
    all.named.extend(args.named.iter().cloned());
    all.spans = vec![span; all.named.len()];
    interpreter.call(&function, all, span, PYTHON)
}

fn text_method(interpreter: &mut Interpreter<'_>, text: &EcoString, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    if args.positional.iter().any(|arg| matches!(arg, Value::Symbol(_) | Value::Output(_)))
        && !matches!(name, "join" | "format" | "\0format")
    {
        return Ok(Some(Value::unsupported(eco_format!("the method {name}"), args.deps())));
    }
    let first = args.first().and_then(Value::as_text);
    let count = |at: usize| match args.positional.get(at) {
        Some(Value::Int(count)) if *count >= 0 => usize::try_from(*count).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    let texts = |parts: Vec<&str>| Value::list(parts.into_iter().map(Value::text).collect());
    let any = |test: &dyn Fn(&str) -> bool| match args.first() {
        Some(Value::Tuple(all)) => all.iter().filter_map(Value::as_text).any(|it| test(it)),
        Some(Value::Text(it)) => test(it),
        _ => false,
    };
    let all = |test: fn(char) -> bool| Value::Bool(!text.is_empty() && text.chars().all(test));
    let letters =
        |set: Option<&EcoString>| -> Vec<char> { set.map(|set| set.chars().collect()).unwrap_or_else(|| vec![' ', '\t', '\n', '\r']) };
    Ok(Some(match name {
        "lower" | "casefold" => Value::Text(text.to_lowercase()),
        "upper" => Value::Text(text.to_uppercase()),
        "capitalize" => {
            let mut letters = text.chars();
            Value::text(
                letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters.as_str().to_lowercase().chars()).collect()),
            )
        }
        "title" => {
            let mut start = true;
            let mut out = EcoString::new();
            for letter in text.chars() {
                if start {
                    out.extend(letter.to_uppercase())
                } else {
                    out.extend(letter.to_lowercase())
                }
                start = !letter.is_alphabetic();
            }
            Value::Text(out)
        }
        "strip" => Value::text(text.trim_matches(letters(first).as_slice())),
        "lstrip" => Value::text(text.trim_start_matches(letters(first).as_slice())),
        "rstrip" => Value::text(text.trim_end_matches(letters(first).as_slice())),
        "removeprefix" => Value::text(first.and_then(|it| text.strip_prefix(it.as_str())).unwrap_or(text)),
        "removesuffix" => Value::text(first.and_then(|it| text.strip_suffix(it.as_str())).unwrap_or(text)),
        "replace" => match (first, args.positional.get(1).and_then(Value::as_text)) {
            (Some(from), Some(to)) => Value::text(text.replacen(from.as_str(), to, count(2))),
            _ => return Ok(None),
        },
        "split" => match first {
            Some(by) if !by.is_empty() => texts(text.splitn(count(1).saturating_add(1), by.as_str()).collect()),
            _ => texts(text.split_whitespace().collect()),
        },
        "rsplit" => match first {
            Some(by) if !by.is_empty() => {
                let mut parts: Vec<&str> = text.rsplitn(count(1).saturating_add(1), by.as_str()).collect();
                parts.reverse();
                texts(parts)
            }
            _ => texts(text.split_whitespace().collect()),
        },
        "splitlines" => texts(text.lines().collect()),
        "partition" | "rpartition" => {
            let by = first.map(EcoString::as_str).unwrap_or(" ");
            let found = if name == "partition" { text.split_once(by) } else { text.rsplit_once(by) };
            let parts = match found {
                Some((before, after)) => [before, by, after],
                None if name == "partition" => [text.as_str(), "", ""],
                None => ["", "", text.as_str()],
            };
            Value::Tuple(Rc::new(parts.map(Value::text).to_vec()))
        }
        "join" => {
            let given = args.first().cloned().unwrap_or(Value::Null);
            let Some(items) = interpreter.items(&given) else {
                return Ok(Some(Value::unsupported("a joined text", deps_of(&given))));
            };
            let mut parts = Vec::new();
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    parts.push(Value::Text(text.clone()));
                }
                interpreter.refuses(item, "place in a joined text", span)?;
                parts.push(interpreter.as_text(item, PYTHON));
            }
            Value::template(parts)
        }
        // Its other name is that of `Output.format`, which waits for outputs.
        "format" | "\0format" => format(interpreter, text, args, name == "format", span)?,
        "startswith" => Value::Bool(any(&|it| text.starts_with(it))),
        "endswith" => Value::Bool(any(&|it| text.ends_with(it))),
        "find" | "index" => Value::Int(first.and_then(|it| text.find(it.as_str())).map_or(-1, |at| at as i64)),
        "count" => Value::Int(first.map_or(0, |it| text.matches(it.as_str()).count() as i64)),
        "isdigit" | "isnumeric" | "isdecimal" => all(|letter| letter.is_ascii_digit()),
        "isalpha" => all(char::is_alphabetic),
        "isalnum" => all(char::is_alphanumeric),
        "isupper" => Value::Bool(text.to_uppercase() == *text && text.to_lowercase() != *text),
        "islower" => Value::Bool(text.to_lowercase() == *text && text.to_uppercase() != *text),
        "zfill" => {
            let width = count(0).min(10_000);
            Value::text(format!("{}{text}", "0".repeat(width.saturating_sub(text.chars().count()))))
        }
        "ljust" | "rjust" | "center" => {
            let sign = match name {
                "ljust" => '<',
                "rjust" => '>',
                _ => '^',
            };
            let fill = args.positional.get(1).and_then(Value::as_text).map_or("", EcoString::as_str);
            formatted(&Value::Text(text.clone()), &eco_format!("{fill}{sign}{}", count(0).min(10_000)))
        }
        "swapcase" => {
            let swapped = |letter: char| if letter.is_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() };
            Value::Text(text.chars().map(swapped).collect())
        }
        "translate" => {
            let mut out = EcoString::new();
            for letter in text.chars() {
                let mut buffer = [0; 4];
                let by_letter = interpreter.index(args.first().unwrap_or(&Value::Null), &Value::text(&*letter.encode_utf8(&mut buffer)));
                match by_letter {
                    Value::Undefined => out.push(letter),
                    Value::Null => {}
                    known => out.push_str(&shown(&known)),
                }
            }
            Value::Text(out)
        }
        "isspace" => all(char::is_whitespace),
        "encode" | "decode" | "strip_margin" | "expandtabs" => Value::Text(text.clone()),
        _ => return Ok(None),
    }))
}

/// `"{}-{name}".format(…)`.
fn format(interpreter: &mut Interpreter<'_>, format: &str, args: &Args, plain: bool, span: Span) -> Result<Value> {
    let mut parts = Vec::new();
    let mut literal = EcoString::new();
    let mut next = 0usize;
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        literal.push_str(before);
        if after.starts_with("{{") || after.starts_with("}}") {
            literal.push_str(after.get(..1).unwrap_or_default());
            rest = after.get(2..).unwrap_or_default();
            continue;
        }
        let Some((field, tail)) = after.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            literal.push_str(after.get(..1).unwrap_or_default());
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        rest = tail;
        let (name, spec) = field.split_once(':').map_or((field, ""), |(name, spec)| (name, spec));
        let (name, conversion) = name.split_once('!').map_or((name, ""), |(name, conversion)| (name, conversion));
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (root, path) = name.split_at(end);
        let mut value = match root.parse::<usize>() {
            Ok(at) => args.positional.get(at).cloned(),
            Err(_) if root.is_empty() => {
                next += 1;
                args.positional.get(next - 1).cloned()
            }
            Err(_) => args.named(root).cloned(),
        }
        .unwrap_or_else(|| Value::unsupported("a missing part of a format", Default::default()));
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let step = step.trim_end_matches(']');
            let key = step.parse::<i64>().map_or_else(|_| Value::text(step), Value::Int);
            value = match &value {
                Value::Instance(_) => interpreter.instance_member(&value, step, span)?,
                other => interpreter.index(other, &key),
            };
        }
        parts.push(Value::Text(std::mem::take(&mut literal)));
        if plain && !spec.is_empty() {
            interpreter.refuses(&value, "format", span)?;
        }
        parts.push(if plain && !deps_of(&value).is_empty() {
            interpreter.plain_text(&value, PYTHON, span)
        } else if conversion == "r" {
            represented(&value)
        } else if spec.is_empty() {
            interpreter.as_text(&value, PYTHON)
        } else {
            formatted(&value, spec)
        });
    }
    literal.push_str(rest);
    parts.push(Value::Text(literal));
    Ok(Value::template(parts))
}

fn list_method(
    interpreter: &mut Interpreter<'_>,
    items: &Rc<std::cell::RefCell<Vec<Value>>>,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    Ok(Some(match name {
        "append" => {
            items.borrow_mut().push(first);
            Value::Null
        }
        "extend" => {
            let mut more = interpreter.items_or_unknown(&first);
            if items.borrow().len() + more.len() <= LONGEST {
                items.borrow_mut().append(&mut more);
            }
            Value::Null
        }
        "insert" => {
            let length = items.borrow().len();
            let at = match first {
                Value::Int(at) if at >= 0 => usize::try_from(at).unwrap_or(length).min(length),
                _ => length,
            };
            items.borrow_mut().insert(at, args.positional.get(1).cloned().unwrap_or(Value::Null));
            Value::Null
        }
        "pop" => {
            let mut items = items.borrow_mut();
            let length = items.len() as i64;
            let at = match first {
                Value::Int(at) if at < 0 => length + at,
                Value::Int(at) => at,
                _ => length - 1,
            };
            match usize::try_from(at) {
                Ok(at) if at < items.len() => items.remove(at),
                _ => return Err(errors::raised("IndexError", "pop from an empty list", span)),
            }
        }
        "remove" => {
            let at = items.borrow().iter().position(|item| interpreter.equal(item, &first) == Some(true));
            if let Some(at) = at {
                items.borrow_mut().remove(at);
            }
            Value::Null
        }
        "clear" => {
            items.borrow_mut().clear();
            Value::Null
        }
        "appendleft" => {
            items.borrow_mut().insert(0, first);
            Value::Null
        }
        "popleft" if !items.borrow().is_empty() => items.borrow_mut().remove(0),
        "copy" => Value::list(items.borrow().clone()),
        "reverse" => {
            items.borrow_mut().reverse();
            Value::Null
        }
        "sort" => {
            let all = items.borrow().clone();
            let all = sorted(interpreter, all, args, span)?;
            *items.borrow_mut() = all;
            Value::Null
        }
        "index" => {
            let at = items.borrow().iter().position(|item| interpreter.equal(item, &first) == Some(true));
            at.map_or(Value::Int(-1), |at| Value::Int(at as i64))
        }
        "count" => Value::Int(items.borrow().iter().filter(|item| interpreter.equal(item, &first) == Some(true)).count() as i64),
        _ => return Ok(None),
    }))
}

fn dict_method(
    interpreter: &mut Interpreter<'_>,
    dict: &Rc<std::cell::RefCell<Dict>>,
    name: &str,
    args: &Args,
    span: Span,
) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Null);
    let default = args.positional.get(1).cloned().or_else(|| args.named("default").cloned());
    let open = dict.borrow().keys().any(|key| key.starts_with("\0?"));
    let visible = |key: &EcoString| key.as_str() != crate::lang::pulumi::interpret::registry::MARK;
    Ok(Some(match name {
        "get" => match key_of(&first) {
            Some(key) => match dict.borrow().get(&key) {
                Some(value) => value.clone(),
                None if open => Value::unsupported("an entry of what is not wholly known", deps_of(&Value::Dict(dict.clone()))),
                None => default.unwrap_or(Value::Null),
            },
            None => {
                let mut all: Vec<Value> = dict.borrow().values().take(6).cloned().collect();
                all.push(default.unwrap_or(Value::Null));
                Value::either(all)
            }
        },
        "items" => {
            let pair = |(key, value): (&EcoString, &Value)| Value::Tuple(Rc::new(vec![value_of_key(key), value.clone()]));
            Value::list(dict.borrow().iter().filter(|(key, _)| visible(key)).map(pair).collect())
        }
        "keys" => Value::list(dict.borrow().keys().filter(|key| visible(key)).map(|key| value_of_key(key)).collect()),
        "values" => Value::list(dict.borrow().iter().filter(|(key, _)| visible(key)).map(|(_, value)| value.clone()).collect()),
        "copy" => Value::dict(dict.borrow().clone()),
        "update" => {
            let mut more = Dict::default();
            interpreter.spread_into(&mut more, &first);
            more.extend(args.named.iter().map(|(name, value)| (name.clone(), value.clone())));
            dict.borrow_mut().extend(more);
            Value::Null
        }
        "setdefault" => {
            let at = dict.borrow().len();
            let key = interpreter.key(&first, PYTHON, at);
            dict.borrow_mut().entry(key).or_insert(default.unwrap_or(Value::Null)).clone()
        }
        "pop" => {
            let removed = key_of(&first).and_then(|key| dict.borrow_mut().shift_remove(&key));
            match removed.or(default) {
                Some(value) => value,
                None => return Err(errors::raised("KeyError", shown(&represented(&first)), span)),
            }
        }
        "clear" => {
            dict.borrow_mut().clear();
            Value::Null
        }
        "most_common" => {
            let counts = dict.borrow().clone();
            iterate::most_common(interpreter, &counts, args, span)?
        }
        "popitem" => match dict.borrow_mut().pop() {
            Some((key, value)) => Value::Tuple(Rc::new(vec![value_of_key(&key), value])),
            None => return Err(errors::raised("KeyError", "an empty dict", span)),
        },
        // A value kept under a name is reached as a member by programs that wrap dicts.
        _ => return Ok(None),
    }))
}

/// Without the spaces that every line begins with.
pub fn dedented(text: &str) -> EcoString {
    let margin = text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines: Vec<&str> = text.split('\n').map(|line| line.get(margin..).unwrap_or(line.trim())).collect();
    lines.join("\n").into()
}
