//! The one type that several have in common, as the language finds it for the items of a list and the arms of a
//! condition. What is not known constrains nothing.

use super::access::OPEN;
use super::convert::{Member, Type, convert, text_of, wrong};
use super::expression::mark;
use super::one_type::NOTHING_IN_COMMON;
use crate::model::{Kind, Unknown, Value};

/// Parts within parts whose types are told apart.
const DEPTH: u32 = 8;

/// Up to so many types, each is compared with each; an object of more members constrains nothing.
const MANY: usize = 16;
const MEMBERS: usize = 1_000;

/// The type of a value. An empty list or map says nothing of its items, a null nothing at all.
pub(super) fn type_of_value(value: &Value) -> Type {
    type_within(value, DEPTH)
}

fn type_within(value: &Value, depth: u32) -> Type {
    let inner = |value: &Value| type_within(value, depth - 1);
    match value.unmarked() {
        Value::Text(_) => Type::Text,
        Value::Number(_) => Type::Number,
        Value::Bool(_) => Type::Bool,
        Value::List(items) if depth > 0 => {
            let of_items = || Box::new(items.iter().map(inner).find(|it| *it != Type::Any).unwrap_or(Type::Any));
            match items.kind {
                Kind::Each => Type::Tuple(items.iter().map(inner).collect()),
                Kind::One => Type::List(of_items()),
                Kind::Set => Type::Set(of_items()),
                Kind::Open => Type::Any,
            }
        }
        Value::Object(object) if depth > 0 && !object.contains_key(OPEN) => match object.kind {
            Kind::Each if object.len() <= MEMBERS => {
                Type::Object(object.iter().map(|(name, value)| Member::plain(name, inner(value))).collect())
            }
            Kind::One => Type::Map(Box::new(object.values().map(inner).find(|it| *it != Type::Any).unwrap_or(Type::Any))),
            _ => Type::Any,
        },
        _ => Type::Any,
    }
}

/// Gives all values one type; says why they have none.
pub(super) fn to_one_type(values: &mut [Value]) -> Result<(), Unknown> {
    let mut seen = [false; 4];
    for value in values.iter() {
        match value.unmarked() {
            Value::Text(_) => seen[0] = true,
            Value::Number(_) => seen[1] = true,
            Value::Bool(_) => seen[2] = true,
            Value::List(_) | Value::Object(_) => seen[3] = true,
            _ => {}
        }
    }
    match seen {
        [true, false, false, false] | [false, _, false, false] | [false, false, true, false] => Ok(()),
        [true, _, _, false] => {
            for value in values.iter_mut().filter(|value| matches!(value.unmarked(), Value::Number(_) | Value::Bool(_))) {
                *value = mark(Value::Text(text_of(value)?), value.is_sensitive());
            }
            Ok(())
        }
        [false, true, true, false] => Err(wrong("numbers and bools have no type in common".into())),
        _ => {
            let types: Vec<Type> = values.iter().map(type_of_value).collect();
            let Some(one) = unified(&types.iter().collect::<Vec<_>>()) else {
                return Err(wrong(NOTHING_IN_COMMON.into()));
            };
            for (value, own) in values.iter_mut().zip(&types) {
                if *own != one {
                    *value = convert(std::mem::take(value), &one)?;
                }
            }
            Ok(())
        }
    }
}

/// The type that all convert to; `None` when the language has none.
pub(super) fn unified(types: &[&Type]) -> Option<Type> {
    let mut known: Vec<&Type> = Vec::with_capacity(types.len().min(8));
    for next in types.iter().copied().filter(|next| **next != Type::Any) {
        if known.last() != Some(&next) && (known.len() > MANY || !known.contains(&next)) {
            known.push(next);
        }
    }
    let count = known.len();
    known.retain(|it| **it != Type::Untyped);
    if count > known.len() {
        // Several of one kind are left as they are beside an untyped null, and so is what has nothing in common.
        let kind = known.first().map_or(0, |first| kind(first));
        if known.is_empty() || kind > 0 && known.iter().all(|it| self::kind(it) == kind) {
            return Some(Type::Untyped);
        }
        let never = [4, 5].iter().all(|kind| known.iter().any(|it| self::kind(it) == *kind));
        return unified(&known).or((!never).then_some(Type::Untyped));
    }
    let [first, rest @ ..] = known.as_slice() else { return Some(Type::Any) };
    if rest.is_empty() {
        return Some((*first).clone());
    }
    let all = |is: fn(&Type) -> bool| known.iter().all(|it| is(it));
    let has = |is: fn(&Type) -> bool| known.iter().any(|it| is(it));
    let items = || {
        let mut items = Vec::new();
        known.iter().for_each(|it| it.parts(&mut items));
        unified(&items).map(Box::new)
    };
    // What a null leaves open, each finds for itself.
    let of_each = || {
        let alone = |it: &&Type| {
            let mut parts = Vec::new();
            it.parts(&mut parts);
            unified(&parts).is_some()
        };
        items().filter(|one| **one != Type::Untyped || known.iter().all(alone))
    };
    let (tuple, object) = (|it: &Type| matches!(it, Type::Tuple(_)), |it: &Type| matches!(it, Type::Object(_)));
    match first {
        Type::Tuple(parts) if all(tuple) => {
            let width = parts.len();
            if known.iter().any(|it| it.width() != width) {
                return of_each().map(Type::List);
            }
            (0..width)
                .map(|at| beside(&known, |it| if let Type::Tuple(parts) = it { parts.get(at) } else { None }))
                .collect::<Option<_>>()
                .map(Type::Tuple)
        }
        Type::Object(members) if all(object) => {
            let same = |it: &&Type| matches!(it, Type::Object(other) if other.len() == members.len() && other.iter().all(|it| members.iter().any(|own| own.is_like(it))));
            if !known.iter().all(same) {
                return of_each().map(Type::Map);
            }
            let member = |own: &Member| {
                let found = beside(&known, |it| match it {
                    Type::Object(members) => members.iter().find(|it| it.is_like(own)).map(Member::r#type),
                    _ => None,
                });
                found.map(|found| own.of(found))
            };
            members.iter().map(member).collect::<Option<_>>().map(Type::Object)
        }
        _ if all(|it| matches!(it, Type::Set(_))) => items().map(Type::Set),
        _ if has(tuple) && has(object) => None,
        _ => {
            let one = if all(|it| matches!(it, Type::List(_) | Type::Tuple(_))) {
                items().map(Type::List)
            } else if all(|it| matches!(it, Type::Map(_) | Type::Object(_))) {
                items().map(Type::Map)
            } else {
                None
            };
            one.or_else(|| {
                let does = |wanted: &&&Type| known.iter().all(|it| converts(it, wanted));
                let of_rank = |rank| known.iter().filter(|it| preferred(it) == rank).take(MANY).find(does);
                (0..3).find_map(of_rank).map(|wanted| (*wanted).clone())
            })
        }
    }
}

/// The one type of what stands at the same place in all.
fn beside<'t>(types: &[&'t Type], part: impl Fn(&'t Type) -> Option<&'t Type>) -> Option<Type> {
    unified(&types.iter().filter_map(|it| part(it)).collect::<Vec<_>>())
}

/// What holds others, by how it holds them.
fn kind(of: &Type) -> u8 {
    match of {
        Type::List(_) => 1,
        Type::Set(_) => 2,
        Type::Map(_) => 3,
        Type::Tuple(_) => 4,
        Type::Object(_) => 5,
        _ => 0,
    }
}

/// Which type is tried first, where several may do.
fn preferred(of: &Type) -> u8 {
    match of {
        Type::Text | Type::List(_) | Type::Map(_) => 0,
        Type::Tuple(_) | Type::Object(_) => 1,
        _ => 2,
    }
}

/// Whether values of one type convert to another, if their texts let them.
fn converts(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Any | Type::Untyped, _)
        | (_, Type::Any | Type::Untyped)
        | (Type::Number | Type::Bool, Type::Text)
        | (Type::Text, Type::Number | Type::Bool) => true,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to)) | (Type::Map(from), Type::Map(to)) => converts(from, to),
        (Type::Tuple(parts), Type::List(to) | Type::Set(to)) => parts.iter().all(|from| converts(from, to)),
        (Type::Object(members), Type::Map(to)) => members.iter().all(|from| converts(from.r#type(), to)),
        (Type::Tuple(from), Type::Tuple(to)) => from.len() == to.len() && from.iter().zip(to).all(|(from, to)| converts(from, to)),
        (Type::Object(from), Type::Object(to)) => {
            to.iter().all(|to| from.iter().any(|from| from.is_like(to) && converts(from.r#type(), to.r#type())))
        }
        _ => from == to,
    }
}

impl Type {
    /// The types of the items, members or parts.
    pub(super) fn parts<'t>(&'t self, into: &mut Vec<&'t Type>) {
        match self {
            Type::List(item) | Type::Set(item) | Type::Map(item) => into.push(item),
            Type::Tuple(parts) => into.extend(parts),
            Type::Object(members) => into.extend(members.iter().map(Member::r#type)),
            _ => {}
        }
    }

    fn width(&self) -> usize {
        if let Type::Tuple(parts) = self { parts.len() } else { 0 }
    }

    /// Whether a part of it is left to the values.
    pub(super) fn is_open(&self) -> bool {
        let mut parts = Vec::new();
        self.parts(&mut parts);
        *self == Type::Any || parts.into_iter().any(Type::is_open)
    }
}
