//! Conversions between types, and type constraints.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::OPEN;
use super::functions::{json, sorted};
use super::scope::Scope;
use super::unify::to_one_type;
use crate::model::{Expr, ExprKind, Kind, Number, Object, Unknown, UnknownKind, Value};
use crate::order::Order as _;

/// A type constraint.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    Any,
    /// Of a `null` that is written so: it takes any type, but not beside a list or an object.
    Untyped,
    Text,
    Number,
    Bool,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Object(Vec<Member>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    name: EcoString,
    r#type: Type,
    optional: bool,
    default: Value,
}

impl Member {
    /// One that is always there.
    pub(super) fn plain(name: &EcoString, r#type: Type) -> Member {
        Member { name: name.clone(), r#type, optional: false, default: Value::Null }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(super) fn is_like(&self, other: &Member) -> bool {
        self.name == other.name
    }

    pub(super) fn r#type(&self) -> &Type {
        &self.r#type
    }

    pub(super) fn into_type(self) -> Type {
        self.r#type
    }

    /// The same member with another type.
    pub(super) fn of(&self, r#type: Type) -> Member {
        Member { r#type, ..self.clone() }
    }
}

pub(super) fn wrong(message: EcoString) -> Unknown {
    Unknown::new(UnknownKind::Invalid, message)
}

/// The reason of what more digits would decide.
pub(super) const DIGITS: &str = "numbers have at most 28 digits";

/// The value as text, as templates and text arguments see it.
pub(super) fn text_of(value: &Value) -> Result<EcoString, Unknown> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(number) if number.is_exact() => Ok(eco_format!("{number}")),
        Value::Number(_) => Err(Unknown::new(UnknownKind::Limit, DIGITS)),
        Value::Bool(true) => Ok("true".into()),
        Value::Bool(false) => Ok("false".into()),
        Value::Sensitive(inner) => text_of(inner),
        Value::Unknown(unknown) => Err(unknown.clone()),
        Value::Null | Value::List(_) | Value::Object(_) => Err(wrong(eco_format!("a {} is not a text", value.type_name()))),
    }
}

pub(super) fn number_of(value: &Value) -> Result<Number, Unknown> {
    match value.unmarked() {
        Value::Unknown(unknown) => Err(unknown.clone()),
        Value::Text(text) if json::is_number(text) => Number::parse(text).ok_or_else(|| Unknown::new(UnknownKind::Limit, DIGITS)),
        Value::Text(text) if matches!(text.trim_start_matches(['+', '-']), "inf" | "Inf") => {
            Err(Unknown::new(UnknownKind::Limit, "infinity"))
        }
        // A word that is not a number may be a secret: the message does not repeat it.
        known => known.as_number().ok_or_else(|| wrong(eco_format!("this {} is not a number", known.type_name()))),
    }
}

pub(super) fn truth_of(value: &Value) -> Result<bool, Unknown> {
    match value.unmarked() {
        Value::Unknown(unknown) => Err(unknown.clone()),
        known => known.as_bool().ok_or_else(|| wrong(eco_format!("this {} is not true or false", known.type_name()))),
    }
}

/// The order in which a set's items come: texts by bytes, numbers by value, what holds others by a text of all it holds.
pub(super) fn sort_set(items: &mut Vec<Value>) {
    items.order_by(|a, b| match (a.unmarked(), b.unmarked()) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        _ => {
            let mut texts = [String::new(), String::new()];
            for (text, item) in texts.iter_mut().zip([a, b]) {
                ordered_by(item, text);
            }
            let [a, b] = &texts;
            a.cmp(b)
        }
    });
    items.dedup_by(|a, b| a.unmarked().type_name() != "unknown" && a.unmarked() == b.unmarked());
}

/// The text by which values that hold others are ordered in a set.
fn ordered_by(value: &Value, out: &mut String) {
    match value.unmarked() {
        Value::List(items) => {
            let [open, close] = if items.kind == Kind::Each { ['<', '>'] } else { ['[', ']'] };
            out.push(open);
            for item in items.iter() {
                ordered_by(item, out);
                out.push(';');
            }
            out.push(close);
        }
        Value::Object(object) => {
            let [open, close] = if object.kind == Kind::Each { ['<', '>'] } else { ['{', '}'] };
            out.push(open);
            for (key, item) in sorted(object) {
                out.push_str(key);
                out.push(':');
                ordered_by(item, out);
                out.push(';');
            }
            out.push(close);
        }
        Value::Null => out.push('~'),
        Value::Bool(value) => out.push(if *value { 'T' } else { 'F' }),
        plain => json::write(plain, out),
    }
}

/// A text that differs where what is known of the values does.
pub(super) fn written_out(values: &[Value]) -> String {
    let mut out = String::new();
    for value in values {
        json::write(value, &mut out);
        out.push(';');
    }
    out
}

/// Converts to a type; what does not convert gives the reason.
pub(super) fn convert(value: Value, to: &Type) -> Result<Value, Unknown> {
    match value {
        Value::Sensitive(inner) => return convert((*inner).clone(), to).map(Value::sensitive),
        Value::Null | Value::Unknown(_) => return Ok(value),
        _ => {}
    }
    match to {
        Type::Any | Type::Untyped => Ok(value),
        Type::Text => match value {
            Value::Text(_) => Ok(value),
            other => text_of(&other).map(Value::Text),
        },
        Type::Number => number_of(&value).map(Value::Number),
        Type::Bool => truth_of(&value).map(Value::Bool),
        Type::List(item) => convert_items(value, item).map(|items| Value::list_of(Kind::One, items)),
        Type::Set(item) => convert_items(value, item).map(|mut items| {
            sort_set(&mut items);
            Value::list_of(Kind::Set, items)
        }),
        Type::Tuple(types) => {
            let Value::List(items) = value else { return Err(not_a("list", &value)) };
            if items.kind == Kind::Set {
                return Err(wrong("a set is not a tuple".into()));
            }
            if items.len() != types.len() {
                return Err(wrong(eco_format!("a tuple of {} is needed, this has {}", types.len(), items.len())));
            }
            let items = items.iter().zip(types).map(|(item, to)| convert(item.clone(), to)).collect::<Result<_, _>>()?;
            Ok(Value::list_of(Kind::Each, items))
        }
        Type::Map(item) => match &value {
            Value::Object(object) => {
                let mut entries = Object::with_capacity(object.len());
                for (key, value) in object.iter() {
                    entries.insert(key.clone(), convert(value.clone(), item)?);
                }
                if item.is_open() || **item == Type::Untyped {
                    let mut values: Vec<Value> = entries.values().cloned().collect();
                    to_one_type(&mut values)?;
                    for (slot, value) in entries.values_mut().zip(values) {
                        *slot = value;
                    }
                }
                Ok(Value::object_of(Kind::One, entries))
            }
            other => Err(not_a("map", other)),
        },
        Type::Object(members) => match &value {
            Value::Object(object) => {
                members.iter().map(|member| member_of(object, member)).collect::<Result<_, _>>().map(|it| Value::object_of(Kind::Each, it))
            }
            other => Err(not_a("map", other)),
        },
    }
}

fn member_of(object: &Object, member: &Member) -> Result<(EcoString, Value), Unknown> {
    let given = match object.get(&member.name) {
        Some(Value::Null) | None if member.optional => {
            return convert(member.default.clone(), &member.r#type).map(|value| (member.name.clone(), value));
        }
        Some(given) => given.clone(),
        None => match object.get(OPEN) {
            Some(Value::Unknown(open)) => Value::unknown(open.kind, eco_format!("{}.{}", open.subject, member.name)),
            _ => return Err(wrong(eco_format!("the attribute {:?} is missing", member.name))),
        },
    };
    Ok((member.name.clone(), convert(given, &member.r#type)?))
}

fn not_a(wanted: &str, value: &Value) -> Unknown {
    wrong(eco_format!("a {wanted} is needed, this is a {}", value.type_name()))
}

/// The items of a list or a set, each converted.
fn convert_items(value: Value, to: &Type) -> Result<Vec<Value>, Unknown> {
    let Value::List(items) = value else { return Err(not_a("list", &value)) };
    let mut items = items.iter().map(|item| convert(item.clone(), to)).collect::<Result<Vec<_>, _>>()?;
    if to.is_open() || *to == Type::Untyped {
        to_one_type(&mut items)?;
    }
    Ok(items)
}

impl Evaluator<'_> {
    /// Reads a type constraint as written; what is not understood constrains nothing.
    pub(super) fn type_of(&mut self, constraint: &Expr, module: u32, depth: u32) -> Type {
        if depth == 0 {
            return Type::Any;
        }
        match &constraint.kind {
            ExprKind::Reference { root, steps } if steps.is_empty() => match root.as_str() {
                "string" => Type::Text,
                "number" => Type::Number,
                "bool" => Type::Bool,
                "list" => Type::List(Box::new(Type::Any)),
                "set" => Type::Set(Box::new(Type::Any)),
                "map" => Type::Map(Box::new(Type::Any)),
                _ => Type::Any,
            },
            // The quoted form of older versions: "string", "list", "map".
            ExprKind::Literal(Value::Text(name)) => match name.as_str() {
                "string" => Type::Text,
                "list" => Type::List(Box::new(Type::Any)),
                "map" => Type::Map(Box::new(Type::Any)),
                _ => Type::Any,
            },
            ExprKind::Call { function, args, .. } => {
                let mut item = || match args.first() {
                    Some(arg) => Box::new(self.type_of(arg, module, depth - 1)),
                    None => Box::new(Type::Any),
                };
                match function.as_str() {
                    "list" => Type::List(item()),
                    "set" => Type::Set(item()),
                    "map" => Type::Map(item()),
                    "optional" => *item(),
                    "tuple" => match args.first().map(|arg| &arg.kind) {
                        Some(ExprKind::List(items)) => {
                            Type::Tuple(items.iter().map(|item| self.type_of(item, module, depth - 1)).collect())
                        }
                        _ => Type::Any,
                    },
                    "object" => match args.first().map(|arg| &arg.kind) {
                        Some(ExprKind::Object(items)) => {
                            let mut members = Vec::with_capacity(items.len());
                            for item in items {
                                let ExprKind::Literal(Value::Text(name)) = &item.key.kind else { continue };
                                members.push(self.member(name, &item.value, module, depth - 1));
                            }
                            Type::Object(members)
                        }
                        _ => Type::Any,
                    },
                    _ => Type::Any,
                }
            }
            _ => Type::Any,
        }
    }

    fn member(&mut self, name: &EcoString, constraint: &Expr, module: u32, depth: u32) -> Member {
        let optional = match &constraint.kind {
            ExprKind::Call { function, args, .. } if function == "optional" => Some(args),
            _ => None,
        };
        let r#type = self.type_of(constraint, module, depth);
        let written = optional.and_then(|args| args.get(1));
        let default = written.map_or(Value::Null, |written| self.eval(written, &Scope::of_module(module)));
        if let (Some(written), Err(unknown)) = (written, convert(default.clone(), &r#type))
            && unknown.kind == UnknownKind::Invalid
        {
            self.warn("type", written.span, eco_format!("The default of `{name}` does not fit its type: {unknown}"));
        }
        Member { name: name.clone(), r#type, optional: optional.is_some(), default }
    }
}
