//! JSON, and values from it.

use ecow::EcoString;

use super::argument::{exact, fail, give, sorted, text};
use super::{Outcome, functions};
use crate::evaluate::convert::DIGITS;
use crate::model::{Kind, Number, Object, UnknownKind, Value};
use crate::unicode::composed;

functions! {
    whole "jsondecode"(1) = jsondecode;
    whole "jsonencode"(1) = jsonencode;
}

/// Lists and objects inside each other.
const DEPTH: u32 = 128;

/// Reads a JSON text; `None` when it is not JSON. Numbers keep every digit.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = reader.value()?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'t> {
    rest: &'t str,
    depth: u32,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Passes over a sign, and the space before it.
    fn sign(&mut self, sign: char) -> bool {
        self.space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.space();
        for (word, value) in [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Some(value);
            }
        }
        match self.rest.chars().next()? {
            '"' => self.text().map(Value::Text),
            '[' => self.nested(Self::list),
            '{' => self.nested(Self::object),
            _ => self.number(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        self.rest = self.rest.get(1..)?;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        if self.sign(']') {
            return Some(Value::list_of(Kind::Each, items));
        }
        loop {
            items.push(self.value()?);
            if self.sign(']') {
                return Some(Value::list_of(Kind::Each, items));
            }
            self.sign(',').then_some(())?;
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut object = Object::default();
        if self.sign('}') {
            return Some(Value::object_of(Kind::Each, object));
        }
        loop {
            self.space();
            let key = self.text()?;
            self.sign(':').then_some(())?;
            object.insert(key, self.value()?);
            if self.sign('}') {
                return Some(Value::object_of(Kind::Each, object));
            }
            self.sign(',').then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Value> {
        let end = self.rest.find(|letter: char| !matches!(letter, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        is_number(digits).then_some(())?;
        self.rest = rest;
        Some(match Number::parse(digits) {
            Some(number) => Value::Number(number),
            None => Value::unknown(UnknownKind::Limit, DIGITS),
        })
    }

    fn text(&mut self) -> Option<EcoString> {
        self.rest = self.rest.strip_prefix('"')?;
        let mut text = EcoString::new();
        loop {
            let end = self.rest.find(|letter: char| matches!(letter, '"' | '\\') || letter < ' ')?;
            let (plain, rest) = self.rest.split_at(end);
            text.push_str(plain);
            if let Some(after) = rest.strip_prefix('"') {
                self.rest = after;
                return Some(composed(text));
            }
            let mut letters = rest.strip_prefix('\\')?.chars();
            match letters.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                'b' => text.push('\u{8}'),
                'f' => text.push('\u{c}'),
                'u' => {
                    let (letter, after) = unicode(letters.as_str())?;
                    text.push(letter);
                    self.rest = after;
                    continue;
                }
                same @ ('"' | '\\' | '/') => text.push(same),
                _ => return None,
            }
            self.rest = letters.as_str();
        }
    }
}

/// Four hexadecimal digits, or two times four for characters beyond the first plane.
fn unicode(rest: &str) -> Option<(char, &str)> {
    let unit = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let first = unit(rest)?;
    let after = rest.get(4..)?;
    let units = match after.strip_prefix("\\u").and_then(|next| Some((unit(next)?, next.get(4..)?))) {
        Some((second, after)) if (0xd800..0xdc00).contains(&first) => ([first, second], 2, after),
        _ => ([first, 0], 1, after),
    };
    let (units, count, after) = units;
    let letter = char::decode_utf16(units.into_iter().take(count)).next()?.unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((letter, after))
}

/// The grammar of numbers in JSON: no leading zero, no bare point.
pub(in crate::evaluate) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

fn jsondecode(args: &[Value]) -> Outcome {
    match parse(&text(args, 0)?) {
        Some(value) => Ok(value),
        None => fail("the text is not JSON"),
    }
}

fn jsonencode(args: &[Value]) -> Outcome {
    let mut json = String::new();
    write(exact(args, 0)?, &mut json);
    give(json)
}

/// Compact JSON as the language writes it: keys sorted, `<`, `>` and `&` escaped.
pub(in crate::evaluate) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        // Never in what the language writes, which is not written then.
        Value::Unknown(unknown) => {
            // Which instance it is of: others may come and go.
            out.push('?');
            out.push_str(unknown.subject.split_once('[').map_or("", |(_, key)| key));
            out.extend(unknown.sign());
        }
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (at, (key, value)) in sorted(object).into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Sensitive(inner) => write(inner, out),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", letter as u32)),
            control if (control as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", control as u32)),
            plain => out.push(plain),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    use super::{Value, composed, parse, write};

    #[test]
    fn what_is_json_and_what_is_not() {
        for text in ["", "01", "1.", ".5", "[1,]", "{\"a\" 1}", "\"a", "nul", "\"\\u00\"", "1 2", "\"\t\"", "- 1"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(" [1e2, -0.5, \"\\ud83e\\udd14\"] ").unwrap().to_string(), "[100, -0.5, \"\u{1f914}\"]");
        assert_eq!(parse("0.1234567890123456789").unwrap().to_string(), "0.1234567890123456789");
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            proptest::bool::ANY.prop_map(Value::Bool),
            (i64::MIN..i64::MAX).prop_map(|number| Value::Number(number.into())),
            ".*".prop_map(|text| Value::Text(composed(text.into()))),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::list),
                proptest::collection::btree_map(".*", inner, 0..6)
                    .prop_map(|map| Value::object(map.into_iter().map(|(key, value)| (composed(key.into()), value)).collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in values()) {
            let mut text = String::new();
            write(&value, &mut text);
            prop_assert_eq!(parse(&text), Some(value));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*") {
            let _ = parse(&text);
        }
    }
}
