//! Regular expressions, as far as they mean the same here: without looking around and back.

use ecow::EcoString;

use super::Args;
use crate::lang::pulumi::interpret::value::Value;

/// Longer patterns are not compiled.
const LONGEST: usize = 2_000;

/// The pattern and whether it is applied everywhere.
fn compiled(value: &Value) -> Option<(regex_lite::Regex, bool)> {
    let Value::Native(native) = value else { return None };
    let Value::List(parts) = &native.this else { return None };
    let parts = parts.borrow();
    let (Some(Value::Text(pattern)), flags) = (parts.first(), parts.get(1)) else { return None };
    let flags = flags.and_then(Value::as_text).map_or("", EcoString::as_str);
    if native.name != "RegExp" || pattern.len() > LONGEST {
        return None;
    }
    let made = regex_lite::RegexBuilder::new(pattern)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .size_limit(1 << 20)
        .build()
        .ok()?;
    Some((made, flags.contains('g')))
}

pub fn is_global(value: &Value) -> bool {
    compiled(value).is_some_and(|(_, global)| global)
}

/// Methods of the expression itself.
pub fn method(this: &Value, name: &str, args: &Args) -> Option<Value> {
    let text = args.first()?.as_text()?;
    match name {
        "test" => compiled(this).map(|(regex, _)| Value::Bool(regex.is_match(text))),
        "exec" => compiled(this).map(|(regex, _)| groups(&regex, text)),
        _ => None,
    }
}

fn groups(regex: &regex_lite::Regex, text: &str) -> Value {
    match regex.captures(text) {
        Some(found) => Value::list(found.iter().map(|group| group.map_or(Value::Undefined, |it| Value::text(it.as_str()))).collect()),
        None => Value::Null,
    }
}

/// `text.match(regex)`.
pub fn found(value: &Value, text: &str) -> Option<Value> {
    let (regex, global) = compiled(value)?;
    if !global {
        return Some(groups(&regex, text));
    }
    let all: Vec<Value> = regex.find_iter(text).map(|found| Value::text(found.as_str())).collect();
    Some(if all.is_empty() { Value::Null } else { Value::list(all) })
}

pub fn all_found(value: &Value, text: &str) -> Option<Value> {
    let (regex, _) = compiled(value)?;
    let group = |group: Option<regex_lite::Match<'_>>| group.map_or(Value::Undefined, |it| Value::text(it.as_str()));
    Some(Value::list(regex.captures_iter(text).map(|found| Value::list(found.iter().map(group).collect())).collect()))
}

pub fn find(value: &Value, text: &str) -> Option<Option<usize>> {
    let (regex, _) = compiled(value)?;
    Some(regex.find(text).map(|found| found.start()))
}

pub fn split(value: &Value, text: &str) -> Option<Vec<EcoString>> {
    let (regex, _) = compiled(value)?;
    Some(regex.split(text).map(EcoString::from).collect())
}

pub fn replaced(value: &Value, text: &str, by: &str) -> Option<Value> {
    let (regex, global) = compiled(value)?;
    let by = replacement(by);
    Some(Value::text(if global { regex.replace_all(text, by.as_str()) } else { regex.replace(text, by.as_str()) }))
}

/// JavaScript's `$1x` is `${1}x` here, and `$&` is `$0`.
fn replacement(by: &str) -> String {
    let mut out = String::new();
    let mut rest = by.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter != '$' {
            out.push(letter);
            continue;
        }
        match rest.peek() {
            Some(digit) if digit.is_ascii_digit() => {
                out.push_str("${");
                out.push(*digit);
                out.push('}');
                rest.next();
            }
            Some('&') => {
                out.push_str("${0}");
                rest.next();
            }
            Some('$') => {
                out.push_str("$$");
                rest.next();
            }
            _ => out.push_str("$$"),
        }
    }
    out
}

/// What stands before each place that fits, with its groups; the last piece has none.
pub fn pieces(value: &Value, text: &str, all: bool) -> Vec<(EcoString, Option<Vec<EcoString>>)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut push = |start: usize, end: usize, groups: Vec<EcoString>| {
        pieces.push((EcoString::from(text.get(from..start).unwrap_or_default()), Some(groups)));
        from = end;
    };
    match (value, compiled(value)) {
        (Value::Text(wanted), _) if !wanted.is_empty() => {
            let most = if all { usize::MAX } else { 1 };
            for (at, found) in text.match_indices(wanted.as_str()).take(most) {
                push(at, at + found.len(), vec![found.into()]);
            }
        }
        (_, Some((regex, global))) => {
            let most = if global { usize::MAX } else { 1 };
            for found in regex.captures_iter(text).take(most) {
                let groups: Vec<EcoString> = found.iter().map(|group| group.map_or("", |it| it.as_str()).into()).collect();
                if let Some(whole) = found.get(0) {
                    push(whole.start(), whole.end(), groups);
                }
            }
        }
        _ => {}
    }
    pieces.push((text.get(from..).unwrap_or_default().into(), None));
    pieces
}
