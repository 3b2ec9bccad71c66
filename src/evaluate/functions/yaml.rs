//! YAML, and values from it.

use ecow::eco_format;

use super::argument::{exact, fail, give, sorted, text};
use super::{Failure, Outcome, functions, json};
use crate::diagnostic::Level;
use crate::evaluate::convert::{number_of, text_of};
use crate::evaluate::expression::invalid;
use crate::model::{self, Number, Object, UnknownKind, Value};
use crate::source::FileId;
use crate::syntax::document::{self, Kind, Node, Scalar, Style};
use crate::unicode::composed;

functions! {
    whole "yamldecode"(1) = yamldecode;
    whole "yamlencode"(1) = yamlencode;
}

fn yamldecode(args: &[Value]) -> Outcome {
    let source = text(args, 0)?;
    if let Some(value) = json::parse(&source) {
        return Ok(value);
    }
    let mut problems = Vec::new();
    // What begins with a bracket and is no JSON may be YAML.
    let whole = if source.trim_start().starts_with(['[', '{']) { eco_format!("--- {source}") } else { source.clone() };
    let documents = document::read(FileId(u32::MAX), &whole, &mut problems);
    if let Some(problem) = problems.iter().find(|it| it.level == Level::Error) {
        return fail(eco_format!("the text is not YAML: {}", problem.message));
    }
    match documents.as_slice() {
        [] if source.starts_with("---") => Ok(Value::Null),
        [] => fail("the text is empty"),
        [one] => value_of(one),
        _ => fail("the text has more than one document"),
    }
}

/// Meanings of plain words as the language has them: `yes` and `on` are true, a date is a moment as text.
fn value_of(node: &Node) -> Outcome {
    if let Some(tag) = node.tag.as_deref()
        && !matches!(tag, "!" | "!!str" | "!!int" | "!!float" | "!!bool" | "!!null" | "!!map" | "!!seq" | "!!binary" | "!!timestamp")
    {
        return fail(eco_format!("the tag {tag} has no meaning here"));
    }
    match &node.kind {
        Kind::Sequence(items) => {
            items.iter().map(value_of).collect::<Result<Vec<_>, _>>().map(|items| Value::list_of(model::Kind::Each, items))
        }
        Kind::Mapping(entries) => {
            let mut object = Object::with_capacity(entries.len());
            for entry in entries {
                // A key is read as a value is: `y` and `on` are the name `true`.
                let key = text_of(&value_of(&entry.key)?).map_err(|_| Failure::Invalid("a key is a list or a map".into()))?;
                object.insert(key, value_of(&entry.value)?);
            }
            Ok(Value::object_of(model::Kind::Each, object))
        }
        // A block of no lines is a null.
        Kind::Scalar { text, style: Style::Block } if text.is_empty() => Ok(Value::Null),
        Kind::Scalar { text, style: Style::Plain } if text == "-" || text.starts_with("- ") => fail("a list begins in a line of its own"),
        Kind::Scalar { text, style: Style::Plain } if !matches!(node.tag.as_deref(), None | Some("!!str" | "!")) => {
            let found = value_of(&Node { tag: None, ..node.clone() })?;
            match (node.tag.as_deref(), &found) {
                (Some("!!null"), _) => Ok(Value::Null),
                (Some("!!int" | "!!float"), Value::Text(_)) | (Some("!!bool"), Value::Text(_) | Value::Number(_)) => {
                    fail(eco_format!("{text:?} is not what its tag says"))
                }
                _ => Ok(found),
            }
        }
        Kind::Scalar { text, style: Style::Plain } if node.tag.is_none() && word(text).is_some() => Ok(word(text).unwrap_or_default()),
        Kind::Scalar { text, .. } => Ok(match node.scalar() {
            Some(Scalar::Null) => Value::Null,
            Some(Scalar::Bool(value)) if matches!(text.as_str(), "true" | "True" | "TRUE" | "false" | "False" | "FALSE") => {
                Value::Bool(value)
            }
            Some(Scalar::Integer(value)) => Value::Number(value.into()),
            Some(Scalar::Number(number)) => Number::parse(number).map_or_else(|| Value::Text(text.clone()), Value::Number),
            _ => Value::Text(composed(text.clone())),
        }),
    }
}

/// Words and dates that have a meaning here and none in YAML 1.2.
fn word(text: &str) -> Option<Value> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some(Value::Bool(true)),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some(Value::Bool(false)),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    if let Some(octal) = text.strip_prefix("0o") {
        return i64::from_str_radix(octal, 8).ok().map(|number| Value::Number(number.into()));
    }
    if digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number_of(&Value::text(text.trim_start_matches('+'))).ok().map(Value::Number);
    }
    let signed = digits.len() < text.len();
    if digits.starts_with("0b")
        || signed && (digits.starts_with("0o") || digits.starts_with("0x"))
        || digits.starts_with(|sign: char| sign.is_ascii_digit()) && digits.contains('_')
    {
        return Some(Value::text(text));
    }
    match digits.to_ascii_lowercase().as_str() {
        ".inf" => Some(Value::unknown(UnknownKind::Limit, "infinity")),
        ".nan" if !signed => Some(invalid("NaN is no value of the language")),
        _ => moment(text).map(Value::text),
    }
}

/// A date, or a point in time whose numbers may have one digit; without a zone it is behind a space.
fn moment(text: &str) -> Option<String> {
    let (date, time) = text.split_at(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let time = match (time.get(..1), time.get(1..)) {
        (Some(" "), Some(time)) => format!("{time}Z"),
        (Some(_), Some(time)) => time.to_owned(),
        _ => "0:0:0Z".to_owned(),
    };
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let zero = if second.find(|sign: char| !sign.is_ascii_digit()) == Some(1) { "0" } else { "" };
    super::time::normal(&format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{zero}{second}"))
}

fn yamlencode(args: &[Value]) -> Outcome {
    let mut out = String::new();
    let value = exact(args, 0)?;
    block(value, 0, &mut out);
    // A plain word alone might go on.
    if matches!(value, Value::Null | Value::Bool(_) | Value::Number(_)) {
        out.push_str("...\n");
    }
    give(out)
}

/// A value on lines of its own, as the language writes it: keys and texts quoted, lists not indented.
fn block(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::List(items) if !items.is_empty() => {
            for item in items.iter() {
                pad(indent, out);
                out.push_str("- ");
                nested(item, indent + 2, out);
            }
        }
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in sorted(object) {
                pad(indent, out);
                entry(key, value, indent, out);
            }
        }
        scalar => {
            write_scalar(scalar, indent + 2, out);
            out.push('\n');
        }
    }
}

/// Bytes of a key that stands before its colon; longer ones, and those of several lines, are announced.
const SIMPLE: usize = 128;

fn entry(key: &str, value: &Value, indent: usize, out: &mut String) {
    if key.len() > SIMPLE || key.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        out.push_str("? ");
        write_scalar(&Value::text(key), indent + 2, out);
        out.push('\n');
        pad(indent, out);
        out.push_str(": ");
        return nested(value, indent + 2, out);
    }
    quoted(key, None, out);
    out.push(':');
    match value {
        Value::List(items) if !items.is_empty() => {
            out.push('\n');
            block(value, indent, out);
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('\n');
            block(value, indent + 2, out);
        }
        scalar => {
            out.push(' ');
            write_scalar(scalar, indent + 2, out);
            out.push('\n');
        }
    }
}

/// A value after a dash: its first line goes on there.
fn nested(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (at, (key, value)) in sorted(object).into_iter().enumerate() {
                if at > 0 {
                    pad(indent, out);
                }
                entry(key, value, indent, out);
            }
        }
        Value::List(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    pad(indent, out);
                }
                out.push_str("- ");
                nested(item, indent + 2, out);
            }
        }
        scalar => {
            write_scalar(scalar, indent, out);
            out.push('\n');
        }
    }
}

fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Text(text) if text.contains('\n') && is_block(text) => {
            // Several lines are a literal block; how its last line ends is told by the sign.
            out.push('|');
            if text.starts_with([' ', '\n']) {
                out.push('2');
            }
            out.push_str(match (text == "\n" || text.ends_with("\n\n"), text.ends_with('\n')) {
                (true, _) => "+",
                (false, true) => "",
                (false, false) => "-",
            });
            let body = text.strip_suffix('\n').unwrap_or(text);
            for line in body.split('\n') {
                out.push('\n');
                if !line.is_empty() {
                    pad(indent, out);
                    out.push_str(line);
                }
            }
        }
        Value::Text(text) => quoted(text, Some(indent), out),
        Value::List(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
        scalar => json::write(scalar, out),
    }
}

/// What stands in a text as it is.
fn is_printable(sign: char) -> bool {
    matches!(sign, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// Whether the lines of a text can stand as they are: no space at an end, nothing to escape.
fn is_block(text: &str) -> bool {
    text.split('\n').all(|line| !line.ends_with(' ') && line.chars().all(is_printable))
}

/// Past so many columns, a quoted text goes on in the next line at its next space.
const WIDTH: usize = 80;

/// In quotation marks; with an indentation, long texts are broken.
fn quoted(text: &str, indent: Option<usize>, out: &mut String) {
    out.push('"');
    let mut column = out.chars().rev().take_while(|sign| *sign != '\n').count();
    let mut signs = text.chars().enumerate().peekable();
    let last = text.chars().count().saturating_sub(1);
    let mut spaces = false;
    // Behind a byte order mark every sign is escaped.
    let plain = !text.starts_with('\u{feff}');
    while let Some((at, sign)) = signs.next() {
        let before = out.len();
        match (sign, indent) {
            (' ', Some(indent)) if plain && !spaces && column > WIDTH && at > 0 && at < last => {
                out.push('\n');
                pad(indent, out);
                column = indent;
                if signs.peek().is_some_and(|(_, next)| *next == ' ') {
                    out.push('\\');
                    column += 1;
                }
                spaces = true;
                continue;
            }
            ('"' | '\\', _) => out.extend(['\\', sign]),
            (printable, _) if plain && is_printable(printable) => out.push(printable),
            _ => escaped(sign, out),
        }
        spaces = sign == ' ';
        column += out.get(before..).map_or(0, |written| written.chars().count());
    }
    out.push('"');
}

fn escaped(sign: char, out: &mut String) {
    let short = "0\0a\u{7}b\u{8}t\tn\nv\u{b}f\u{c}r\re\u{1b}N\u{85}L\u{2028}P\u{2029}";
    out.push('\\');
    let mut pairs = short.chars();
    while let (Some(letter), Some(meant)) = (pairs.next(), pairs.next()) {
        if meant == sign {
            out.push(letter);
            return;
        }
    }
    let code = sign as u32;
    let (letter, digits) = match code {
        0..=0xff => ('x', 2),
        0x100..=0xffff => ('u', 4),
        _ => ('U', 8),
    };
    out.push(letter);
    out.extend((0..digits).rev().filter_map(|at| char::from_digit(code >> (4 * at) & 15, 16)).map(|digit| digit.to_ascii_uppercase()));
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
