//! Values after evaluation. A value that cannot be known says why, wherever it travels.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use ecow::EcoString;

use super::{Kind, List, Number, Object};

/// The result of evaluating an expression. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(EcoString),
    List(Arc<List>),
    Object(Arc<Object>),
    /// Not known from the files at hand.
    Unknown(Unknown),
    /// Known or not, but never to be printed.
    Sensitive(Arc<Value>),
}

/// Why a value is not known.
#[derive(Clone)]
pub struct Unknown {
    pub kind: UnknownKind,
    about: Arc<About>,
}

/// Behind a pointer, so that no value is larger for it.
#[derive(Clone)]
pub struct About {
    /// What the reason is about: the variable's name, the function, the attribute `aws_db_instance.primary.address`.
    pub subject: EcoString,
    /// All that is known beside it in the text it is a part of, as a number: two texts with one unknown part differ
    /// where these do. 0 where it is no part of a text.
    pub beside: u32,
    /// Of a text that is a document in JSON, what stands in it, with what is not known in its place; null otherwise. Its
    /// number says all of it: it is not compared.
    pub document: Value,
}

impl Deref for Unknown {
    type Target = About;

    fn deref(&self) -> &About {
        &self.about
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Unknown) -> bool {
        let same = |a: &About, b: &About| (a.beside, &a.subject) == (b.beside, &b.subject);
        self.kind == other.kind && (Arc::ptr_eq(&self.about, &other.about) || same(self, other))
    }
}

impl Eq for Unknown {}

impl Hash for Unknown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.subject.hash(state);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownKind {
    /// A variable or parameter without default and without a given value. A person can supply it.
    NoValue,
    /// An attribute the provider computes when the change is applied.
    AfterApply,
    /// A file, module or template that was not given. A person can supply it.
    NotAtHand,
    /// A function or construct that Plumbline does not evaluate.
    Unsupported,
    /// A function whose result depends on the moment it runs.
    Impure,
    /// A name that no file declares.
    Unresolved,
    /// The expression is wrong: its evaluation would fail.
    Invalid,
    /// A limit of Plumbline was reached.
    Limit,
}

impl Unknown {
    /// Stands in a text for what is not known of it.
    pub const SIGN: char = '\u{fffd}';

    pub fn new(kind: UnknownKind, subject: impl Into<EcoString>) -> Unknown {
        Unknown { kind, about: Arc::new(About { subject: subject.into(), beside: 0, document: Value::Null }) }
    }

    /// What stands for it in a text that is only compared: what is known of it, and in which way it is written.
    pub fn sign(&self) -> impl Iterator<Item = char> + use<> {
        [self.beside >> 12, WAYS + self.way()].into_iter().filter_map(char::from_u32).filter(|it| *it >= ' ')
    }

    /// The same as a part of a text, of which all that is known is given, the way it is written in, and what stands in it
    /// if it is a document.
    pub fn within(mut self, text: &str, way: u32, document: Value) -> Unknown {
        let number = text.bytes().fold(0x811c_9dc5_u32, |number, byte| (number ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let ways = text.chars().filter_map(|it| u32::from(it).checked_sub(WAYS));
        let way = ways.fold(way, |way, inner| (way.wrapping_mul(31) ^ inner) & WAY);
        let about = Arc::make_mut(&mut self.about);
        (about.beside, about.document) = ((number & !(WAY << 1)) | (way << 1) | 1, document);
        self
    }

    /// Whether the texts that both are parts of differ for sure. One that is written in another way may be the same.
    pub fn differs(&self, other: &Unknown) -> bool {
        self.beside != other.beside && self.beside != 0 && other.beside != 0 && self.way() == other.way()
    }

    fn way(&self) -> u32 {
        (self.beside >> 1) & WAY
    }
}

/// The bits that say in which way a text with an unknown part is written: a template, `join()`, `jsonencode()`.
const WAY: u32 = 0x7FF;
/// Characters for them that no text has: the last plane for private use.
const WAYS: u32 = 0x10_0000;

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = &self.subject;
        match self.kind {
            UnknownKind::NoValue => write!(f, "{subject} has no value"),
            UnknownKind::AfterApply if is_read(subject) => write!(f, "{subject} is known once Terraform reads it"),
            UnknownKind::AfterApply => write!(f, "{subject} is known after apply"),
            UnknownKind::NotAtHand => write!(f, "{subject} is not at hand"),
            UnknownKind::Unsupported => write!(f, "{subject} is not evaluated"),
            UnknownKind::Impure => write!(f, "{subject} depends on when and where it runs"),
            UnknownKind::Unresolved => write!(f, "{subject} is declared in no file here"),
            UnknownKind::Invalid => write!(f, "{subject}"),
            UnknownKind::Limit => write!(f, "limit reached: {subject}"),
        }
    }
}

/// Whether a subject is part of a data source, in whatever module: it is read while planning, or while applying.
fn is_read(subject: &str) -> bool {
    let mut rest = subject.rsplit("//").next().unwrap_or(subject);
    while let Some(call) = rest.strip_prefix("module.") {
        let after = call.find(['.', '[']).and_then(|end| call.get(end..)).unwrap_or_default();
        // A key may hold points of its own.
        let (cut, end) = if after.starts_with("[\"") { (2, "\"].") } else { (0, ".") };
        rest = after.get(cut..).and_then(|after| after.split_once(end)).map_or("", |(_, inner)| inner);
    }
    rest.starts_with("data.")
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown({self})")
    }
}

impl Value {
    pub fn unknown(kind: UnknownKind, subject: impl Into<EcoString>) -> Value {
        Value::Unknown(Unknown::new(kind, subject))
    }

    pub fn text(text: impl Into<EcoString>) -> Value {
        Value::Text(text.into())
    }

    pub fn list(items: Vec<Value>) -> Value {
        Value::list_of(Kind::Open, items)
    }

    pub fn list_of(kind: Kind, items: Vec<Value>) -> Value {
        Value::List(Arc::new(List::new(items, kind)))
    }

    pub fn object(object: Object) -> Value {
        Value::Object(Arc::new(object))
    }

    pub fn object_of(kind: Kind, mut object: Object) -> Value {
        object.kind = kind;
        Value::object(object)
    }

    /// The value without its sensitive mark. For computation only: never print the result.
    pub fn unmarked(&self) -> &Value {
        match self {
            Value::Sensitive(inner) => inner.unmarked(),
            other => other,
        }
    }

    /// Marks a value as never to be printed; marking twice changes nothing.
    pub fn sensitive(self) -> Value {
        match self {
            Value::Sensitive(_) => self,
            other => Value::Sensitive(Arc::new(other)),
        }
    }

    pub fn is_sensitive(&self) -> bool {
        matches!(self, Value::Sensitive(_))
    }

    /// Whether any part of the value, at any depth, is hidden.
    pub fn has_sensitive(&self) -> bool {
        match self {
            Value::Sensitive(_) => true,
            Value::List(items) => items.iter().any(Value::has_sensitive),
            Value::Object(object) => object.values().any(Value::has_sensitive),
            _ => false,
        }
    }

    /// Whether no part of the value, at any depth, is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Value::Unknown(_) => false,
            Value::Sensitive(inner) => inner.is_wholly_known(),
            Value::List(items) => items.iter().all(Value::is_wholly_known),
            Value::Object(object) => object.values().all(Value::is_wholly_known),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => true,
        }
    }

    pub fn as_text(&self) -> Option<&EcoString> {
        match self.unmarked() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number, or text that reads as one, as the language converts it.
    pub fn as_number(&self) -> Option<Number> {
        match self.unmarked() {
            Value::Number(number) => Some(*number),
            Value::Text(text) => Number::parse(text),
            _ => None,
        }
    }

    /// A bool, or a text that the language converts to one: `true`, `1`, `false` and `0`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.unmarked() {
            Value::Bool(value) => Some(*value),
            Value::Text(text) => match text.as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        match self.unmarked() {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match self.unmarked() {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The word for the type in messages.
    pub fn type_name(&self) -> &'static str {
        match self.unmarked() {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "list",
            Value::Object(_) => "object",
            Value::Unknown(_) | Value::Sensitive(_) => "unknown",
        }
    }
}

/// Prints values in the syntax people read in a plan; sensitive parts as `(sensitive)`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(value) => write!(f, "{value}"),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
            Value::Object(object) => {
                f.write_str("{")?;
                for (at, (key, value)) in object.iter().enumerate() {
                    f.write_str(if at > 0 { ", " } else { " " })?;
                    write!(f, "{key} = {value}")?;
                }
                f.write_str(if object.is_empty() { "}" } else { " }" })
            }
            Value::Unknown(unknown) => write!(f, "({unknown})"),
            Value::Sensitive(_) => f.write_str("(sensitive)"),
        }
    }
}

/// For test failures; sensitive values stay hidden even there.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_data_source_gives_is_read() {
        let read =
            ["data.a.b.id", "module.m.data.a.b", "module.m[0].module.n[\"x.y\"].data.a.b.id", "app//data.a.b", "module.m[*].data.a.b"];
        assert!(read.into_iter().all(is_read));
        let made = ["kubernetes_secret.s.data.key", "module.data.x.id", "module.m[\"data.a\"].aws_vpc.v.id", "module.m", ""];
        assert!(!made.into_iter().any(is_read));
    }
}
