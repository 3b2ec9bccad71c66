//! The tree that the transform works on, and the two ways in which the reference prints it before hashing.

use std::fmt::Write;

use ecow::EcoString;
use sha1::{Digest, Sha1};

use super::map::Map;
use crate::order::Order as _;

/// What a text has beside its signs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    /// It prints with a `u` before it.
    pub marked: bool,
    /// Where the author wrote it.
    pub place: Place,
}

/// Offsets in the template; both 0 for what the transform made.
pub type Place = (u32, u32);

#[derive(Debug, Clone, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// As the reference prints it.
    Number(EcoString),
    Text(EcoString, Mark),
    List(Vec<Value>),
    Map(Box<Map>),
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) | (Value::Text(a, _), Value::Text(b, _)) => a == b,
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Map(a), Value::Map(b)) => a == b,
            _ => false,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into(), Mark::default())
    }
}

impl From<EcoString> for Value {
    fn from(text: EcoString) -> Value {
        Value::Text(text, Mark::default())
    }
}

impl From<&EcoString> for Value {
    fn from(text: &EcoString) -> Value {
        Value::Text(text.clone(), Mark::default())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text.into(), Mark::default())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Number(ecow::eco_format!("{value}"))
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Map(Box::new(map))
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Value {
        Value::List(items)
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Value {
        value.clone()
    }
}

/// A map in order of insertion.
macro_rules! map {
    ($($key:expr => $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut map = $crate::lang::cloudformation::sam::map::Map::new();
        $( map.set($key, $value); )*
        map
    }};
}

/// The same as a value.
macro_rules! object {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::lang::cloudformation::sam::value::Value::from($crate::lang::cloudformation::sam::value::map!($($key => $value),*))
    };
}

/// A map in the order of the old hash table.
macro_rules! hashed {
    ($($key:expr => $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut map = $crate::lang::cloudformation::sam::map::Map::hashed();
        $( map.set($key, $value); )*
        map
    }};
}

macro_rules! list {
    ($($value:expr),* $(,)?) => { $crate::lang::cloudformation::sam::value::Value::List(vec![$( $value.into() ),*]) };
}

pub(super) use {hashed, list, map, object};

impl Value {
    pub fn text(&self) -> Option<&EcoString> {
        match self {
            Value::Text(text, _) => Some(text),
            _ => None,
        }
    }

    pub fn marked_text(text: EcoString, marked: bool) -> Value {
        Value::Text(text, Mark { marked, ..Mark::default() })
    }

    pub fn is_marked(&self) -> bool {
        matches!(self, Value::Text(_, Mark { marked: true, .. }))
    }

    pub fn is(&self, text: &str) -> bool {
        self.text().is_some_and(|own| own == text)
    }

    pub fn map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn map_mut(&mut self) -> Option<&mut Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn list_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.map().and_then(|map| map.get(key))
    }

    pub fn some(&self, key: &str) -> Option<&Value> {
        self.map().and_then(|map| map.some(key))
    }

    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub fn truthy(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(text) => text.parse::<f64>() != Ok(0.0),
            Value::Text(text, _) => !text.is_empty(),
            Value::List(items) => !items.is_empty(),
            Value::Map(map) => !map.is_empty(),
        }
    }

    pub fn relayout(&mut self) -> bool {
        match self {
            Value::Map(map) => map.relayout(),
            Value::List(items) => items.iter_mut().fold(false, |moved, item| item.relayout() | moved),
            _ => false,
        }
    }

    /// Strings marked and maps hashed, all through: what the reference does to the parts whose print it hashes.
    pub fn marked(self) -> Value {
        match self {
            Value::Text(text, mark) => Value::Text(text, Mark { marked: true, ..mark }),
            Value::List(items) => Value::List(items.into_iter().map(Value::marked).collect()),
            Value::Map(map) => {
                let mut marked = Map::hashed();
                marked.place = map.place;
                for entry in map.iter() {
                    marked.insert(entry.key.clone(), true, entry.span, entry.value.clone().marked());
                }
                marked.into()
            }
            other => other,
        }
    }

    /// Text as it stands, anything else as it prints.
    pub fn shown(&self) -> EcoString {
        match self {
            Value::Text(text, _) => text.clone(),
            other => other.printed().into(),
        }
    }

    /// How the old runtime prints a value.
    pub fn printed(&self) -> String {
        let mut out = String::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("None"),
            Value::Bool(true) => out.push_str("True"),
            Value::Bool(false) => out.push_str("False"),
            Value::Number(text) => out.push_str(text),
            Value::Text(text, mark) => print_text(text, mark.marked, out),
            Value::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    item.print(out);
                }
                out.push(']');
            }
            Value::Map(map) => {
                out.push('{');
                for (at, entry) in map.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    print_text(&entry.key, entry.marked, out);
                    out.push_str(": ");
                    entry.value.print(out);
                }
                out.push('}');
            }
        }
    }

    /// JSON without spaces and with sorted keys.
    pub fn compact_json(&self) -> String {
        let mut out = String::new();
        self.json(true, ",", ":", &mut out);
        out
    }

    /// JSON as printed by default: spaces after commas and colons, keys as iterated.
    pub fn spaced_json(&self) -> String {
        let mut out = String::new();
        self.json(false, ", ", ": ", &mut out);
        out
    }

    fn json(&self, sorted: bool, comma: &str, colon: &str, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(true) => out.push_str("true"),
            Value::Bool(false) => out.push_str("false"),
            Value::Number(text) => out.push_str(text),
            Value::Text(text, _) => json_text(text, out),
            Value::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(comma);
                    }
                    item.json(sorted, comma, colon, out);
                }
                out.push(']');
            }
            Value::Map(map) => {
                let mut entries: Vec<_> = map.iter().collect();
                if sorted {
                    entries.order_by(|a, b| a.key.cmp(&b.key));
                }
                out.push('{');
                for (at, entry) in entries.into_iter().enumerate() {
                    if at > 0 {
                        out.push_str(comma);
                    }
                    json_text(&entry.key, out);
                    out.push_str(colon);
                    entry.value.json(sorted, comma, colon, out);
                }
                out.push('}');
            }
        }
    }
}

fn print_text(text: &str, marked: bool, out: &mut String) {
    if marked {
        out.push('u');
    }
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character == quote => {
                out.push('\\');
                out.push(quote);
            }
            ' '..='~' => out.push(character),
            _ if marked || character.is_control() => escape(character, out),
            _ => out.push(character),
        }
    }
    out.push(quote);
}

fn escape(character: char, out: &mut String) {
    let code = u32::from(character);
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

fn json_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(character),
            _ => {
                let mut units = [0u16; 2];
                for unit in character.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// The first ten hexadecimal digits of the hash of what identifies a resource; nothing for nothing.
pub fn short_hash(data: &Value) -> String {
    match data {
        _ if !data.truthy() => String::new(),
        Value::Text(text, _) => hash_text(text, 10),
        other => hash_text(&other.compact_json(), 10),
    }
}

pub fn hash_text(text: &str, length: usize) -> String {
    let mut out = String::with_capacity(40);
    for byte in Sha1::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out.truncate(length);
    out
}
