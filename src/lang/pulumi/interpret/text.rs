//! How values read as text: inside messages, inside f-strings, with a format, and as paths.

use ecow::{EcoString, eco_format};

use super::access::native;
use super::operate::number;
use super::value::{SymbolKind, Value, deps_of, is_large, value_of_key};
use crate::lang::pulumi::program::ast::Language;
use crate::model::UnknownKind;

/// A value for people and for names: what is not known is `…` or its own short name.
pub fn shown(value: &Value) -> EcoString {
    match value {
        Value::Text(text) => text.clone(),
        Value::Output(output) => shown(&output.inner),
        Value::Symbol(symbol) => match &symbol.kind {
            SymbolKind::Template(parts) => parts.iter().map(shown).collect::<Vec<_>>().concat().into(),
            SymbolKind::Either(parts) => parts.first().map_or("…".into(), shown),
            _ => "…".into(),
        },
        Value::Instance(instance) => match &*instance.inner.borrow() {
            Some(inner) => shown(inner),
            None => instance.class.name.clone(),
        },
        Value::Native(native) if is_text(native) => shown(&native.this),
        Value::Null => "None".into(),
        other => match written(other, Language::Python) {
            Value::Text(text) => text,
            _ => "…".into(),
        },
    }
}

/// `str(value)`, `String(value)`; a template when parts are not known.
pub fn written(value: &Value, language: Language) -> Value {
    let python = language == Language::Python;
    if !fits(value, 0, &mut MOST_PARTS.clone()) {
        return Value::unknown(UnknownKind::Limit, "a value that is large or holds itself");
    }
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) if is_large(value) => {
            Value::unknown(UnknownKind::Limit, "a very large value")
        }
        Value::Null => Value::text(if python { "None" } else { "null" }),
        Value::Undefined => Value::text("undefined"),
        Value::Bool(flag) => Value::text(match (python, flag) {
            (true, true) => "True",
            (true, false) => "False",
            (false, true) => "true",
            (false, false) => "false",
        }),
        Value::Int(number) => Value::Text(eco_format!("{number}")),
        Value::Float(number) if python && number.fract() == 0.0 && number.abs() < 1e16 => Value::Text(eco_format!("{number:.1}")),
        Value::Float(number) => Value::Text(eco_format!("{number}")),
        Value::Text(_) | Value::Output(_) | Value::Symbol(_) => value.clone(),
        Value::List(items) if python => enclosed("[", items.borrow().iter(), "]"),
        Value::List(items) => {
            let mut parts = Vec::new();
            for (at, item) in items.borrow().iter().enumerate() {
                if at > 0 {
                    parts.push(Value::text(","));
                }
                parts.push(written(item, language));
            }
            Value::template(parts)
        }
        Value::Tuple(items) => enclosed("(", items.iter(), if items.len() == 1 { ",)" } else { ")" }),
        Value::Set(items) => enclosed("{", items.borrow().iter(), "}"),
        Value::Dict(dict) if python => {
            let mut parts = vec![Value::text("{")];
            for (at, (key, value)) in dict.borrow().iter().enumerate() {
                if at > 0 {
                    parts.push(Value::text(", "));
                }
                parts.extend([represented(&value_of_key(key)), Value::text(": "), represented(value)]);
            }
            parts.push(Value::text("}"));
            Value::template(parts)
        }
        Value::Dict(_) => Value::text("[object Object]"),
        Value::Class(class) => Value::Text(class.name.clone()),
        Value::Native(native) if is_text(native) => native.this.clone(),
        other => Value::unsupported("a value as text", deps_of(other)),
    }
}

/// Parts of a value that is written out.
const MOST_PARTS: usize = 20_000;

/// Whether a value has no more parts than are written, and does not hold itself.
fn fits(value: &Value, depth: u32, left: &mut usize) -> bool {
    const DEEPEST: u32 = 40;
    let Some(less) = left.checked_sub(1).filter(|_| depth <= DEEPEST) else { return false };
    *left = less;
    match value {
        Value::List(items) | Value::Set(items) => items.borrow().iter().all(|item| fits(item, depth + 1, left)),
        Value::Tuple(items) => items.iter().all(|item| fits(item, depth + 1, left)),
        Value::Dict(dict) => dict.borrow().values().all(|item| fits(item, depth + 1, left)),
        _ => true,
    }
}

fn enclosed<'v>(open: &str, items: impl Iterator<Item = &'v Value>, close: &str) -> Value {
    let mut parts = vec![Value::text(open)];
    for (at, item) in items.enumerate() {
        if at > 0 {
            parts.push(Value::text(", "));
        }
        parts.push(represented(item));
    }
    parts.push(Value::text(close));
    Value::template(parts)
}

/// Python's `repr`.
pub fn represented(value: &Value) -> Value {
    match value {
        Value::Text(text) => {
            let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
            let mut out = EcoString::new();
            out.push(quote);
            for letter in text.chars() {
                match letter {
                    '\n' => out.push_str("\\n"),
                    '\t' => out.push_str("\\t"),
                    '\\' => out.push_str("\\\\"),
                    letter if letter == quote => {
                        out.push('\\');
                        out.push(letter);
                    }
                    letter => out.push(letter),
                }
            }
            out.push(quote);
            Value::Text(out)
        }
        other => written(other, Language::Python),
    }
}

/// A value by Python's format: width, fill, sign, precision and the commonest kinds.
pub fn formatted(value: &Value, format: &str) -> Value {
    if matches!(value, Value::Symbol(_) | Value::Output(_)) {
        return value.clone();
    }
    let letters: Vec<char> = format.chars().collect();
    let mut at = 0;
    let aligns = |letter: Option<&char>| matches!(letter, Some('<' | '>' | '^' | '='));
    let mut fill = ' ';
    let mut align = None;
    if aligns(letters.get(1)) {
        fill = letters.first().copied().unwrap_or(' ');
        align = letters.get(1).copied();
        at = 2;
    } else if aligns(letters.first()) {
        align = letters.first().copied();
        at = 1;
    }
    let mut sign = None;
    if let Some(letter @ ('+' | '-' | ' ')) = letters.get(at) {
        sign = Some(*letter);
        at += 1;
    }
    let hash = letters.get(at) == Some(&'#');
    at += usize::from(hash);
    if letters.get(at) == Some(&'0') {
        fill = '0';
        align = align.or(Some('='));
        at += 1;
    }
    let digits = |at: &mut usize| {
        let mut number = None;
        while let Some(digit) = letters.get(*at).and_then(|letter| letter.to_digit(10)) {
            number = Some(number.unwrap_or(0usize).saturating_mul(10).saturating_add(digit as usize).min(10_000));
            *at += 1;
        }
        number
    };
    let width = digits(&mut at).unwrap_or(0);
    let comma = letters.get(at).filter(|letter| matches!(letter, ',' | '_')).copied();
    at += usize::from(comma.is_some());
    let mut precision = None;
    if letters.get(at) == Some(&'.') {
        at += 1;
        precision = digits(&mut at);
    }
    let kind = letters.get(at).copied();
    let text: EcoString = match (value, kind) {
        (Value::Int(number), Some('x')) => eco_format!("{}{number:x}", if hash { "0x" } else { "" }),
        (Value::Int(number), Some('X')) => eco_format!("{number:X}"),
        (Value::Int(number), Some('b')) => eco_format!("{number:b}"),
        (Value::Int(number), Some('o')) => eco_format!("{number:o}"),
        (value, Some('f' | 'F')) if number(value).is_some() => {
            let number = number(value).unwrap_or(0.0);
            let precision = precision.unwrap_or(6);
            eco_format!("{number:.precision$}")
        }
        (value, Some('%')) if number(value).is_some() => {
            let number = number(value).unwrap_or(0.0) * 100.0;
            let precision = precision.unwrap_or(6);
            eco_format!("{number:.precision$}%")
        }
        (Value::Text(text), _) => match precision {
            Some(precision) => text.chars().take(precision).collect(),
            None => text.clone(),
        },
        (value, _) => match written(value, Language::Python) {
            Value::Text(text) => text,
            other => return other,
        },
    };
    let mut text = match comma {
        Some(sign) => grouped(&text, sign),
        None => text,
    };
    if sign == Some('+') && number(value).is_some_and(|number| number >= 0.0) {
        text = eco_format!("+{text}");
    }
    let missing = width.saturating_sub(text.chars().count());
    let pad = |count: usize| -> EcoString { std::iter::repeat_n(fill, count).collect() };
    let right = align.unwrap_or(if number(value).is_some() { '>' } else { '<' });
    Value::Text(match right {
        '>' => eco_format!("{}{text}", pad(missing)),
        '^' => eco_format!("{}{text}{}", pad(missing / 2), pad(missing - missing / 2)),
        '=' => match text.strip_prefix(['-', '+']) {
            Some(rest) => eco_format!("{}{}{rest}", text.chars().next().unwrap_or('-'), pad(missing)),
            None => eco_format!("{}{text}", pad(missing)),
        },
        _ => eco_format!("{text}{}", pad(missing)),
    })
}

fn grouped(text: &str, sign: char) -> EcoString {
    let (whole, rest) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let mut out = EcoString::new();
    let count = whole.chars().count();
    for (at, letter) in whole.chars().enumerate() {
        if at > 0 && (count - at) % 3 == 0 && letter.is_ascii_digit() {
            out.push(sign);
        }
        out.push(letter);
    }
    out.push_str(rest);
    out
}

/// `"%s-%d" % args`.
pub fn percent(format: &str, args: &Value) -> Value {
    let args = match args {
        Value::Tuple(items) => items.to_vec(),
        other => vec![other.clone()],
    };
    let mut args = args.into_iter();
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        parts.push(Value::text(before));
        let spec_end = after.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%').unwrap_or(0);
        let (spec, tail) = after.split_at(spec_end);
        let mut letters = tail.chars();
        match letters.next() {
            Some('%') => parts.push(Value::text("%")),
            Some('r') => parts.push(args.next().map_or(Value::Null, |value| represented(&value))),
            Some(kind) => {
                let value = args.next().unwrap_or(Value::Null);
                let format = if matches!(kind, 's' | 'd' | 'i') { EcoString::from(spec) } else { eco_format!("{spec}{kind}") };
                parts.push(if format.is_empty() { written(&value, Language::Python) } else { formatted(&value, &format) });
            }
            None => {}
        }
        rest = letters.as_str();
    }
    parts.push(Value::text(rest));
    Value::template(parts)
}

/// `a / b` of paths.
pub fn joined_path(left: &Value, right: &Value) -> Value {
    let (left, right) = (shown(left), shown(right));
    let joined = if right.starts_with('/') { right } else { super::modules::normal(&eco_format!("{left}/{right}")) };
    native(&Value::Text(joined), "Path")
}

/// What a text is made of at once: a path, a network, an address.
fn is_text(native: &super::value::Native) -> bool {
    native.name == "Path" || super::errors::kind(native).is_some() || super::python::networks::text(native).is_some()
}
