//! Regular expressions, and replacement by them.

use ecow::{EcoString, eco_format};
use regex_lite::{Captures, Regex, RegexBuilder};

use super::argument::{fail, give, give_list, text};
use super::{Failure, Outcome, functions};
use crate::model::{Object, Value};

functions! {
    whole "regex"(2) = regex;
    whole "regexall"(2) = regexall;
    whole "replace"(3) = replace;
}

/// Bytes of a compiled expression, which bounds its time too.
const COMPILED: usize = 1 << 20;

fn compiled(pattern: &str) -> Result<Regex, Failure> {
    match RegexBuilder::new(pattern).size_limit(COMPILED).build() {
        Ok(regex) => Ok(regex),
        Err(error) if pattern.contains("\\p") || pattern.contains("\\P") || pattern.contains("[[:") => {
            let _ = error;
            super::argument::unsupported(eco_format!("the character class in {pattern:?}"))
        }
        Err(error) => fail(eco_format!("the expression is wrong: {error}")),
    }
}

/// What a match gives: the text, the unnamed groups as a list, or the named groups as an object.
fn matched(regex: &Regex, found: &Captures<'_>) -> Outcome {
    if regex.captures_len() == 1 {
        return Ok(found.get(0).map_or(Value::Null, |whole| Value::text(whole.as_str())));
    }
    let group = |at: usize| found.get(at).map_or(Value::Null, |part| Value::text(part.as_str()));
    let names: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    if names.iter().all(Option::is_none) {
        return Ok(Value::list((1..=names.len()).map(group).collect()));
    }
    let mut object = Object::default();
    for (at, name) in names.into_iter().enumerate() {
        match name {
            Some(name) => object.insert(EcoString::from(name), group(at + 1)),
            None => return fail("named and unnamed groups are mixed"),
        };
    }
    Ok(Value::object(object))
}

fn regex(args: &[Value]) -> Outcome {
    let regex = compiled(&text(args, 0)?)?;
    match regex.captures(&text(args, 1)?) {
        Some(found) => matched(&regex, &found),
        None => fail("the text does not match"),
    }
}

fn regexall(args: &[Value]) -> Outcome {
    let regex = compiled(&text(args, 0)?)?;
    let source = text(args, 1)?;
    give_list(regex.captures_iter(&source).map(|found| matched(&regex, &found)).collect::<Result<_, _>>()?)
}

/// A pattern between slashes is a regular expression.
fn replace(args: &[Value]) -> Outcome {
    let (source, pattern, with) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
    if pattern.len() > 1
        && let Some(inner) = pattern.strip_prefix('/').and_then(|pattern| pattern.strip_suffix('/'))
    {
        return give(compiled(inner)?.replace_all(&source, with.as_str()).into_owned());
    }
    if pattern.is_empty() && source.len().saturating_mul(with.len()) > crate::evaluate::limits::TEXT {
        return super::argument::limit("texts longer than 4 MiB are not evaluated");
    }
    give(source.replace(pattern.as_str(), &with))
}
