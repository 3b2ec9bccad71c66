//! JSON out of values and back: texts with parts that are not known keep their shape.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::operate::number_value;
use crate::lang::pulumi::interpret::registry::MARK;
use crate::lang::pulumi::interpret::value::{Dict, Value, deps_of, is_large, value_of_key};
use crate::lang::pulumi::interpret::{Args, Interpreter};
use crate::lang::pulumi::program::ast::Language;
use crate::model::UnknownKind;
use crate::order::Order as _;

const DEEPEST: u32 = 60;

/// `json.dumps(value, indent=…)`.
pub fn text(interpreter: &Interpreter<'_>, value: &Value, args: &Args) -> Value {
    let indent = match args.named("indent").or_else(|| args.positional.get(2)) {
        Some(Value::Int(indent)) => usize::try_from(*indent).unwrap_or(0).min(16),
        _ => 0,
    };
    let compact = matches!(args.named("separators"), Some(Value::Tuple(_))) || args.named("\0compact").is_some();
    let sorted = matches!(args.named("sort_keys"), Some(Value::Bool(true)));
    let style = Style { indent, compact, sorted };
    if is_large(value) {
        return Value::unknown(UnknownKind::Limit, "a very large value");
    }
    let mut parts = Vec::new();
    write(interpreter, value, &style, 0, &mut parts);
    Value::template(parts)
}

struct Style {
    indent: usize,
    compact: bool,
    sorted: bool,
}

fn write(interpreter: &Interpreter<'_>, value: &Value, style: &Style, depth: u32, out: &mut Vec<Value>) {
    if depth > DEEPEST {
        out.push(Value::unsupported("JSON that nests deeper than is read", deps_of(value)));
        return;
    }
    let open_line = |depth: u32| {
        if style.indent > 0 { eco_format!("\n{}", " ".repeat(style.indent * depth as usize)) } else { EcoString::new() }
    };
    let comma = if style.indent > 0 || style.compact { "," } else { ", " };
    let colon = if style.compact && style.indent == 0 { ":" } else { ": " };
    match value {
        Value::Null | Value::Undefined => out.push(Value::text("null")),
        Value::Bool(flag) => out.push(Value::text(if *flag { "true" } else { "false" })),
        Value::Int(number) => out.push(Value::Text(eco_format!("{number}"))),
        Value::Float(_) => out.push(crate::lang::pulumi::interpret::text::written(value, Language::Python)),
        Value::Text(text) => out.push(Value::Text(quoted(text))),
        Value::List(items) => list(interpreter, &items.borrow(), style, depth, out),
        Value::Tuple(items) => list(interpreter, items, style, depth, out),
        Value::Set(items) => list(interpreter, &items.borrow(), style, depth, out),
        Value::Dict(dict) => {
            let dict = dict.borrow();
            let mut entries: Vec<(EcoString, &Value)> = dict
                .iter()
                .filter(|(key, value)| key.as_str() != MARK && !(matches!(value, Value::Undefined)))
                .map(|(key, value)| (crate::lang::pulumi::interpret::text::shown(&value_of_key(key)), value))
                .collect();
            if style.sorted {
                entries.order_by(|(a, _), (b, _)| a.cmp(b));
            }
            out.push(Value::text("{"));
            let empty = entries.is_empty();
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push(Value::text(comma));
                }
                out.push(Value::Text(eco_format!("{}{}{colon}", open_line(depth + 1), quoted(&key))));
                write(interpreter, value, style, depth + 1, out);
            }
            if !empty {
                out.push(Value::Text(open_line(depth)));
            }
            out.push(Value::text("}"));
        }
        Value::Instance(instance) if instance.resource.get().is_none() => match &*instance.inner.borrow() {
            Some(inner) => write(interpreter, inner, style, depth + 1, out),
            None => write(interpreter, &Value::dict(instance.fields.borrow().clone()), style, depth + 1, out),
        },
        Value::Output(output) => {
            let mut inner = Vec::new();
            write(interpreter, &output.inner, style, depth, &mut inner);
            out.extend(inner.into_iter().map(|part| Value::output(part, output.deps.clone(), output.secret)));
        }
        // A text with unknown parts is one text.
        Value::Symbol(symbol) => match &symbol.kind {
            crate::lang::pulumi::interpret::value::SymbolKind::Template(parts) => {
                out.push(Value::text("\""));
                for part in parts {
                    match part {
                        Value::Text(text) => {
                            let quoted = quoted(text);
                            out.push(Value::text(quoted.get(1..quoted.len() - 1).unwrap_or_default()));
                        }
                        part => out.push(part.clone()),
                    }
                }
                out.push(Value::text("\""));
            }
            _ => out.extend([Value::text("\""), value.clone(), Value::text("\"")]),
        },
        other => {
            let text = interpreter.as_text(other, Language::Python);
            match text {
                Value::Text(text) => out.push(Value::Text(quoted(&text))),
                unknown => out.push(unknown),
            }
        }
    }
}

fn list(interpreter: &Interpreter<'_>, items: &[Value], style: &Style, depth: u32, out: &mut Vec<Value>) {
    let open_line = |depth: u32| {
        if style.indent > 0 { eco_format!("\n{}", " ".repeat(style.indent * depth as usize)) } else { EcoString::new() }
    };
    out.push(Value::text("["));
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(Value::text(if style.indent > 0 || style.compact { "," } else { ", " }));
        }
        out.push(Value::Text(open_line(depth + 1)));
        write(interpreter, item, style, depth + 1, out);
    }
    if !items.is_empty() {
        out.push(Value::Text(open_line(depth)));
    }
    out.push(Value::text("]"));
}

pub fn quoted(text: &str) -> EcoString {
    let mut out = EcoString::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if (letter as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// `json.loads(text)`; unknown for what is no known JSON.
pub fn parsed(value: &Value) -> Value {
    let Value::Text(text) = value else { return Value::unsupported("parsed JSON that is not known", deps_of(value)) };
    let mut reader = Reader { letters: text.as_bytes(), text, at: 0 };
    let read = reader.value(0);
    reader.space();
    match read {
        Some(value) if reader.at == text.len() => value,
        _ => Value::unsupported("a text that is no JSON", deps_of(value)),
    }
}

struct Reader<'t> {
    letters: &'t [u8],
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.letters.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, sign: u8) -> Option<()> {
        self.space();
        (self.peek()? == sign).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.text.get(self.at..)?.starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match self.peek()? {
            b'{' => {
                self.at += 1;
                let mut dict = Dict::default();
                if self.take(b'}').is_some() {
                    return Some(Value::dict(dict));
                }
                loop {
                    self.space();
                    let key = self.string()?;
                    self.take(b':')?;
                    let value = self.value(depth + 1)?;
                    dict.insert(key, value);
                    if self.take(b',').is_none() {
                        self.take(b'}')?;
                        return Some(Value::dict(dict));
                    }
                }
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                if self.take(b']').is_some() {
                    return Some(Value::list(items));
                }
                loop {
                    items.push(self.value(depth + 1)?);
                    if self.take(b',').is_none() {
                        self.take(b']')?;
                        return Some(Value::list(items));
                    }
                }
            }
            b'"' => self.string().map(Value::Text),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => {
                let rest = self.text.get(self.at..)?;
                let end = rest.find(|letter: char| !matches!(letter, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
                let number = rest.get(..end)?;
                self.at += end;
                match number.parse::<i64>() {
                    Ok(whole) => Some(Value::Int(whole)),
                    Err(_) => number.parse().ok().map(number_value),
                }
            }
        }
    }

    fn string(&mut self) -> Option<EcoString> {
        self.take(b'"')?;
        let mut out = EcoString::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let letter = rest.chars().next()?;
            self.at += letter.len_utf8();
            match letter {
                '"' => return Some(out),
                '\\' => {
                    let escaped = self.text.get(self.at..)?.chars().next()?;
                    self.at += escaped.len_utf8();
                    match escaped {
                        'n' => out.push('\n'),
                        't' => out.push('\t'),
                        'r' => out.push('\r'),
                        'b' => out.push('\u{8}'),
                        'f' => out.push('\u{c}'),
                        'u' => {
                            let code = u32::from_str_radix(self.text.get(self.at..self.at + 4)?, 16).ok()?;
                            self.at += 4;
                            out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                        }
                        other => out.push(other),
                    }
                }
                letter => out.push(letter),
            }
        }
    }
}
