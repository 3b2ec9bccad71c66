//! Regular expressions of Python, as far as they mean the same here: without looking around and back.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::text::shown;
use crate::lang::pulumi::interpret::value::{Dict, Native, Value};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result};
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

/// Longer patterns are not compiled.
const LONGEST: usize = 2_000;

/// The names of what `re.compile` gives and of what a match is.
const PATTERN: &str = "Pattern";
const MATCH: &str = "Match";

fn compiled(pattern: &str, flags: Option<&Value>) -> Option<regex_lite::Regex> {
    let flags = match flags {
        Some(flags) => shown(flags),
        None => EcoString::new(),
    };
    let ignores_case = flags.ends_with("IGNORECASE") || flags.ends_with(".I");
    (pattern.len() <= LONGEST)
        .then(|| regex_lite::RegexBuilder::new(pattern).case_insensitive(ignores_case).size_limit(1 << 20).build().ok())
        .flatten()
}

/// The functions of `re`; the methods of a compiled pattern are the same with the pattern before them.
pub fn library(interpreter: &mut Interpreter<'_>, name: &str, given: &Args, span: Span) -> Result<Option<Value>> {
    // Arguments by name, in their places.
    let mut ordered = given.clone();
    let places: &[&str] = if name.starts_with("sub") { &["pattern", "repl", "string"] } else { &["pattern", "string"] };
    for (at, place) in places.iter().enumerate().skip(given.positional.len()) {
        match given.named(place) {
            Some(value) if ordered.positional.len() == at => ordered.positional.push(value.clone()),
            _ => break,
        }
    }
    let args = &ordered;
    let pattern = match args.first() {
        Some(Value::Native(made)) if made.name == PATTERN => made.this.clone(),
        Some(other) => other.clone(),
        None => return Ok(None),
    };
    if name == "compile" {
        return Ok(Some(native(&pattern, PATTERN)));
    }
    let not_known = |what: &str| Ok(Some(Value::unsupported(what, args.deps())));
    let Value::Text(pattern) = pattern else { return not_known("a pattern that is not known") };
    if name == "escape" {
        return Ok(Some(Value::text(regex_lite::escape(&pattern))));
    }
    let at = if name.starts_with("sub") { 2 } else { 1 };
    let Some(Value::Text(text)) = args.positional.get(at).or_else(|| args.named("string")) else {
        return not_known("a pattern in what is not known");
    };
    let pattern = match name {
        "match" => eco_format!("^(?:{pattern})"),
        "fullmatch" => eco_format!("^(?:{pattern})$"),
        _ => pattern,
    };
    let flags = args.named("flags").or_else(|| if name.starts_with("sub") || name == "split" { None } else { args.positional.get(2) });
    let Some(regex) = compiled(&pattern, flags) else { return not_known("a pattern that is not read") };
    Ok(Some(match name {
        "match" | "fullmatch" | "search" => regex.captures(text).map_or(Value::Null, |found| matched(&regex, &found)),
        "findall" => {
            let one = |found: regex_lite::Captures<'_>| {
                let group = |at: usize| found.get(at).map_or_else(|| Value::text(""), |group| Value::text(group.as_str()));
                match found.len() {
                    1 => group(0),
                    2 => group(1),
                    more => Value::Tuple(Rc::new((1..more).map(group).collect())),
                }
            };
            Value::list(regex.captures_iter(text).map(one).collect())
        }
        "finditer" => Value::list(regex.captures_iter(text).map(|found| matched(&regex, &found)).collect()),
        "split" => Value::list(regex.split(text).map(Value::text).collect()),
        "sub" => {
            let most = match args.get(3, "count") {
                Some(Value::Int(count)) if *count > 0 => usize::try_from(*count).unwrap_or(usize::MAX),
                _ => usize::MAX,
            };
            match args.positional.get(1) {
                Some(Value::Text(with)) => {
                    Value::text(regex.replacen(text, if most == usize::MAX { 0 } else { most }, replacement(with).as_str()))
                }
                Some(function) => {
                    let mut parts = Vec::new();
                    let mut after = 0;
                    for found in regex.captures_iter(text).take(most) {
                        let Some(whole) = found.get(0) else { continue };
                        parts.push(Value::text(text.get(after..whole.start()).unwrap_or_default()));
                        let given = Args::of(vec![matched(&regex, &found)]);
                        parts.push(interpreter.call(&function.clone(), given, span, Language::Python)?);
                        after = whole.end();
                    }
                    parts.push(Value::text(text.get(after..).unwrap_or_default()));
                    Value::template(parts)
                }
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    }))
}

/// `\1` and `\g<name>` as the library here spells them.
fn replacement(with: &str) -> EcoString {
    let mut out = EcoString::new();
    let mut letters = with.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '$' => out.push_str("$$"),
            '\\' => match letters.next() {
                Some('g') if letters.peek() == Some(&'<') => {
                    letters.next();
                    out.push_str("${");
                    out.extend(letters.by_ref().take_while(|letter| *letter != '>'));
                    out.push('}');
                }
                Some(digit) if digit.is_ascii_digit() => out.push_str(&eco_format!("${{{digit}}}")),
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// A match: its groups, with the names that some have.
fn matched(regex: &regex_lite::Regex, found: &regex_lite::Captures<'_>) -> Value {
    let group = |group: Option<regex_lite::Match<'_>>| group.map_or(Value::Null, |it| Value::text(it.as_str()));
    let named = regex.capture_names().enumerate().filter_map(|(at, name)| Some((EcoString::from(name?), group(found.get(at)))));
    let groups = Value::list(found.iter().map(group).collect());
    native(&Value::Tuple(Rc::new(vec![groups, Value::dict(named.collect::<Dict>())])), MATCH)
}

/// Methods of a compiled pattern and of a match.
pub fn method(interpreter: &mut Interpreter<'_>, of: &Rc<Native>, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    if of.name == PATTERN {
        let mut all = args.clone();
        all.positional.insert(0, of.this.clone());
        return library(interpreter, name, &all, span);
    }
    let Value::Tuple(parts) = &of.this else { return Ok(None) };
    let (Some(Value::List(groups)), Some(named)) = (parts.first(), parts.get(1)) else { return Ok(None) };
    Ok(match name {
        "group" | "__getitem__" => {
            let numbered = Value::List(groups.clone());
            let one = |key: &Value| interpreter.index(if key.as_text().is_some() { named } else { &numbered }, key);
            Some(match args.positional.as_slice() {
                [] => one(&Value::Int(0)),
                [key] => one(key),
                keys => Value::Tuple(Rc::new(keys.iter().map(one).collect())),
            })
        }
        "groups" => Some(Value::Tuple(Rc::new(groups.borrow().iter().skip(1).cloned().collect()))),
        "groupdict" => Some(named.clone()),
        _ => None,
    })
}
