//! Texts. Places count letters; beyond the first plane JavaScript counts halves, which names do not have.

use ecow::EcoString;

use super::{Args, Interpreter, Result, array, call, regex, unknown};
use crate::lang::pulumi::interpret::operate::number;
use crate::lang::pulumi::interpret::value::Value;
use crate::source::Span;

/// Texts longer than this are not made.
const LONGEST: usize = 1_000_000;

pub fn method(interpreter: &mut Interpreter<'_>, text: &EcoString, name: &str, args: &Args, span: Span) -> Result<Option<Value>> {
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    if matches!(name, "replace" | "replaceAll")
        && let Some(function @ (Value::Function(_) | Value::Method(_))) = args.positional.get(1)
    {
        let mut parts = Vec::new();
        for (before, found) in regex::pieces(&first, text, name == "replaceAll") {
            parts.push(Value::text(before));
            if let Some(groups) = found {
                let groups = groups.into_iter().map(Value::text).collect();
                parts.push(call(interpreter, function, groups, span)?);
            }
        }
        return Ok(Some(Value::template(parts)));
    }
    Ok(plain(text, name, args, &first))
}

fn plain(text: &EcoString, name: &str, args: &Args, first: &Value) -> Option<Value> {
    let second = args.positional.get(1);
    let given = first.as_text().cloned();
    let this = Value::Text(text.clone());
    Some(match name {
        "toLowerCase" | "toLocaleLowerCase" => Value::text(text.to_lowercase()),
        "toUpperCase" | "toLocaleUpperCase" => Value::text(text.to_uppercase()),
        "trim" => Value::text(text.trim()),
        "trimStart" | "trimLeft" => Value::text(text.trim_start()),
        "trimEnd" | "trimRight" => Value::text(text.trim_end()),
        "toString" | "valueOf" | "normalize" => this,
        "split" => {
            let most = second.and_then(number).map_or(usize::MAX, |most| most as usize);
            let parts: Vec<EcoString> = match (first, &given) {
                (Value::Undefined, _) => vec![text.clone()],
                (_, Some(sign)) if sign.is_empty() => text.chars().map(EcoString::from).collect(),
                (_, Some(sign)) => text.split(sign.as_str()).map(EcoString::from).collect(),
                _ => match regex::split(first, text) {
                    Some(parts) => parts,
                    None => return Some(unknown("a split of a text", &this, args)),
                },
            };
            Value::list(parts.into_iter().take(most).map(Value::Text).collect())
        }
        "replace" | "replaceAll" => {
            let Some(by) = second else { return Some(this) };
            let Value::Text(by) = by else { return Some(unknown("a text with a part replaced", &this, args)) };
            match &given {
                Some(old) if name == "replaceAll" => Value::text(text.replace(old.as_str(), by)),
                Some(old) => Value::text(text.replacen(old.as_str(), by, 1)),
                None => regex::replaced(first, text, by).unwrap_or_else(|| unknown("a text with a part replaced", &this, args)),
            }
        }
        "slice" => {
            let letters: Vec<char> = text.chars().collect();
            let (from, to) = array::bounds(args, letters.len())?;
            Value::Text(letters.get(from..to).unwrap_or_default().iter().copied().collect())
        }
        "substring" | "substr" => {
            let letters: Vec<char> = text.chars().collect();
            let place = |value: Option<&Value>, other: usize| match value {
                None | Some(Value::Undefined) => Some(other),
                Some(value) => number(value).map(|at| (at.max(0.0) as usize).min(letters.len())),
            };
            let from = match first {
                Value::Int(at) if *at < 0 && name == "substr" => letters.len().saturating_sub(at.unsigned_abs() as usize),
                _ => place(args.first(), 0)?,
            };
            let to = place(second, letters.len())?;
            let (from, to) = match name {
                "substr" if second.is_some() => (from, from.saturating_add(to).min(letters.len())),
                "substr" => (from, letters.len()),
                _ => (from.min(to), from.max(to)),
            };
            Value::Text(letters.get(from..to).unwrap_or_default().iter().copied().collect())
        }
        "startsWith" => Value::Bool(text.starts_with(given?.as_str())),
        "endsWith" => Value::Bool(text.ends_with(given?.as_str())),
        "includes" => Value::Bool(text.contains(given?.as_str())),
        "indexOf" => place_of(text, text.find(given?.as_str())),
        "lastIndexOf" => place_of(text, text.rfind(given?.as_str())),
        "search" => place_of(text, regex::find(first, text)?),
        "charAt" | "at" => {
            let at = if first.is_nothing() { 0.0 } else { number(first)? } as i64;
            let count = text.chars().count() as i64;
            let at = if at < 0 && name == "at" { at + count } else { at };
            usize::try_from(at).ok().and_then(|at| text.chars().nth(at)).map_or(Value::text(""), Value::text)
        }
        "charCodeAt" | "codePointAt" => {
            let at = if first.is_nothing() { 0.0 } else { number(first)? } as usize;
            text.chars().nth(at).map_or(Value::Undefined, |letter| Value::Int(i64::from(u32::from(letter))))
        }
        "padStart" | "padEnd" => {
            let length = (number(first)?.max(0.0) as usize).min(LONGEST);
            let fill = second.and_then(Value::as_text).map_or(" ", EcoString::as_str);
            let missing = length.saturating_sub(text.chars().count());
            let pad: String = fill.chars().cycle().take(if fill.is_empty() { 0 } else { missing }).collect();
            Value::text(if name == "padStart" { format!("{pad}{text}") } else { format!("{text}{pad}") })
        }
        "repeat" => {
            let times = number(first)?.max(0.0) as usize;
            if text.len().saturating_mul(times) > LONGEST {
                return Some(unknown("a very long text", &this, args));
            }
            Value::Text(text.repeat(times))
        }
        "concat" => Value::template([this].into_iter().chain(args.positional.iter().cloned()).collect()),
        "match" => regex::found(first, text)?,
        "matchAll" => regex::all_found(first, text)?,
        "localeCompare" => Value::Int(match text.cmp(&given?) {
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => 1,
        }),
        _ => return None,
    })
}

fn place_of(text: &str, found: Option<usize>) -> Value {
    let letters = found.and_then(|at| text.get(..at)).map(|before| before.chars().count() as i64);
    Value::Int(letters.unwrap_or(-1))
}

/// A text with parts that are not known: what is done letter by letter is done to the known parts.
pub fn of_parts(parts: &[Value], name: &str, args: &Args) -> Option<Value> {
    let by_letters = matches!(name, "toLowerCase" | "toUpperCase" | "toString" | "replaceAll")
        || (name == "replace" && regex::is_global(args.first().unwrap_or(&Value::Undefined)));
    match (name, parts.first(), parts.last(), args.first()) {
        _ if by_letters => {}
        ("startsWith", Some(Value::Text(start)), _, Some(Value::Text(wanted))) if start.len() >= wanted.len() => {
            return Some(Value::Bool(start.starts_with(wanted.as_str())));
        }
        ("endsWith", _, Some(Value::Text(end)), Some(Value::Text(wanted))) if end.len() >= wanted.len() => {
            return Some(Value::Bool(end.ends_with(wanted.as_str())));
        }
        ("trim", ..) => {}
        _ => return None,
    }
    let first = args.first().cloned().unwrap_or(Value::Undefined);
    let each = |part: &Value| match part {
        Value::Text(text) if name != "trim" => plain(text, name, args, &first).unwrap_or_else(|| part.clone()),
        other => other.clone(),
    };
    Some(Value::template(parts.iter().map(each).collect()))
}
