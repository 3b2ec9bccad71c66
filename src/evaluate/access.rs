//! The way from a value to a part of it: names, indexes, splats, and what the named roots mean.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::convert::text_of;
use super::expression::{invalid, mark};
use super::one_type::EVALUATED;
use super::scope::{Repetition, Scope};
use crate::model::{Body, Expr, ExprKind, Kind, Mode, Object, Step, Unknown, UnknownKind, Value};
use crate::order::Order as _;

/// Stands in the value of a resource read as a whole for all that only the provider knows. A name that the
/// value does not have is then known after apply, instead of wrong.
pub(super) const OPEN: &str = "(known after apply)";

/// The items of a collection in the language's order, with their keys. The items of a set are their own keys.
pub(super) fn items_of(collection: &Value) -> Result<Vec<(Value, Value)>, Value> {
    match collection {
        Value::List(items) if items.kind == Kind::Set => Ok(items.iter().map(|item| (item.clone(), item.clone())).collect()),
        Value::List(items) => Ok(items.iter().enumerate().map(|(at, item)| (Value::Number((at).into()), item.clone())).collect()),
        Value::Object(object) => {
            if let Some(open) = object.get(OPEN) {
                return Err(open.clone());
            }
            let mut entries: Vec<(&EcoString, &Value)> = object.iter().collect();
            entries.order_by(|a, b| a.0.cmp(b.0));
            Ok(entries.into_iter().map(|(key, value)| (Value::Text(key.clone()), value.clone())).collect())
        }
        Value::Unknown(unknown) => Err(Value::Unknown(unknown.clone())),
        Value::Sensitive(inner) => items_of(inner),
        other => Err(invalid(eco_format!("a {} has no items", other.type_name()))),
    }
}

/// `value.name`
pub(super) fn field(value: &Value, name: &EcoString) -> Value {
    match value {
        Value::Object(object) => match object.get(name) {
            Some(inner) => inner.clone(),
            None => match object.get(OPEN) {
                Some(Value::Unknown(open)) => Value::unknown(open.kind, eco_format!("{}.{name}", open.subject)),
                _ => invalid(eco_format!("there is no {name:?} in this object")),
            },
        },
        Value::List(items) => match name.parse::<usize>() {
            Ok(at) => at_index(items, at),
            Err(_) => invalid(eco_format!("a list has no {name:?}")),
        },
        Value::Unknown(unknown) => Value::Unknown(deeper(unknown, name)),
        Value::Sensitive(inner) => field(inner, name).sensitive(),
        other => invalid(eco_format!("a {} has no {name:?}", other.type_name())),
    }
}

/// `value[key]`
pub(super) fn index(value: &Value, key: &Value) -> Value {
    if let Value::Sensitive(inner) = value {
        return index(inner, key).sensitive();
    }
    if let Value::Sensitive(inner) = key {
        return index(value, inner).sensitive();
    }
    match (value, key) {
        (Value::List(items), _) if items.kind == Kind::Set => invalid("a set has no index"),
        (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => Value::Unknown(unknown.clone()),
        (Value::List(items), key) => match key.as_number().and_then(|number| number.to_i64()) {
            Some(at) => usize::try_from(at).map_or_else(|_| invalid("an index is never negative"), |at| at_index(items, at)),
            None => invalid(eco_format!("a list has no index {key}")),
        },
        (Value::Object(_), key) => text_of(key).map_or_else(Value::Unknown, |name| field(value, &name)),
        (other, _) => invalid(eco_format!("a {} has no parts", other.type_name())),
    }
}

fn at_index(items: &[Value], at: usize) -> Value {
    items.get(at).cloned().unwrap_or_else(|| invalid(eco_format!("there is no index {at} in a list of {}", items.len())))
}

/// The reason for a part of something unknown; what the provider computes is named down to the part.
fn deeper(unknown: &Unknown, name: &EcoString) -> Unknown {
    if unknown.kind == UnknownKind::AfterApply {
        Unknown::new(UnknownKind::AfterApply, eco_format!("{}.{name}", unknown.subject))
    } else {
        unknown.clone()
    }
}

/// A step that names something: `.name` or `["name"]`.
pub(super) fn step_name(step: &Step) -> Option<&EcoString> {
    match step {
        Step::Name(name, _) => Some(name),
        Step::Index(index) => match &index.kind {
            ExprKind::Literal(Value::Text(name)) => Some(name),
            _ => None,
        },
        Step::Splat(_) | Step::LegacySplat(_) => None,
    }
}

/// The value as splats see it: a list, nothing for null, anything else as a list of itself.
fn splat_items(value: Value) -> Result<(Vec<Value>, Kind), Value> {
    match value {
        Value::List(items) if items.kind == Kind::Set => Ok((items.to_vec(), Kind::One)),
        Value::List(items) => Ok((items.to_vec(), items.kind)),
        Value::Null => Ok((Vec::new(), Kind::Each)),
        Value::Unknown(_) => Err(value),
        other => Ok((vec![other], Kind::Each)),
    }
}

impl Evaluator<'_> {
    /// Follows steps from a value.
    pub(super) fn follow(&mut self, mut value: Value, steps: &[Step], scope: &Scope<'_>) -> Value {
        for (at, step) in steps.iter().enumerate() {
            let rest = steps.get(at + 1..).unwrap_or(&[]);
            value = match step {
                Step::Name(name, _) => field(&value, name),
                Step::Index(key) => {
                    let key = self.eval(key, scope);
                    index(&value, &key)
                }
                Step::Splat(_) => return self.splat(value, rest, scope),
                Step::LegacySplat(_) => {
                    // The older splat takes in names only; what follows applies to its result.
                    let names = rest.iter().take_while(|step| matches!(step, Step::Name(..))).count();
                    let (inner, rest) = rest.split_at_checked(names).unwrap_or((rest, &[]));
                    let spread = self.splat(value, inner, scope);
                    return self.follow(spread, rest, scope);
                }
            };
        }
        value
    }

    fn splat(&mut self, value: Value, rest: &[Step], scope: &Scope<'_>) -> Value {
        let sensitive = value.is_sensitive();
        match splat_items(value.unmarked().clone()) {
            Ok((items, kind)) => {
                let items = items.into_iter().map(|item| self.follow(item, rest, scope)).collect();
                match collected(items, kind) {
                    Ok(list) => mark(list, sensitive),
                    Err(wrong) => wrong,
                }
            }
            Err(unknown) => mark(unknown, sensitive),
        }
    }

    /// What a reference reads.
    pub(super) fn reference(&mut self, root: &EcoString, steps: &[Step], scope: &Scope<'_>) -> Value {
        if let Some(value) = scope.bound(root) {
            return self.follow(value.clone(), steps, scope);
        }
        if scope.handed.is_some() {
            return invalid(eco_format!("{root} is not among the values given to the template"));
        }
        match root.as_str() {
            "var" => self.named(steps, scope, "var", |evaluator, module, name| {
                let at = *evaluator.definition_of(module)?.variables.get(name)?;
                Some(evaluator.variable(module, at))
            }),
            "local" => self.named(steps, scope, "local", |evaluator, module, name| {
                let at = *evaluator.definition_of(module)?.locals.get(name)?;
                Some(evaluator.local(module, at))
            }),
            "module" => self.module_reference(steps, scope),
            "import" if self.dialect(scope.module).has_plain_names() => self.imported(steps, scope),
            "resource" if self.dialect(scope.module).has_plain_names() => self.plain_reference(steps, scope),
            "data" => self.resource_reference(Mode::Data, None, steps, scope),
            // The long form of a managed resource's name.
            "resource" => self.resource_reference(Mode::Managed, None, steps, scope),
            "each" => {
                let part = match (scope.repetition, steps.first().and_then(step_name).map(EcoString::as_str)) {
                    (Repetition::Each { key, .. }, Some("key")) => key.clone(),
                    (Repetition::Each { value, .. }, Some("value")) => value.clone(),
                    _ => return invalid("each has a meaning only in a block with for_each"),
                };
                self.follow(part, steps.get(1..).unwrap_or(&[]), scope)
            }
            "count" => match scope.repetition {
                Repetition::Count(index) => index.clone(),
                // The placeholder of an unknown count or for_each.
                Repetition::Each { key: Value::Unknown(unknown), .. } => Value::Unknown(unknown.clone()),
                _ => invalid("count has a meaning only in a block with count"),
            },
            "self" => match scope.own {
                Some((at, position)) => self.instance_value(scope.module, at, position, steps, scope),
                None => invalid("self has a meaning only inside a resource"),
            },
            "path" => self.path_reference(steps, scope),
            "terraform" => match steps.first().and_then(step_name).map(EcoString::as_str) {
                Some("workspace") => Value::text(self.given.variables.get("terraform.workspace").map_or("default", EcoString::as_str)),
                Some("applying") => Value::unknown(UnknownKind::Impure, "terraform.applying"),
                _ => invalid("terraform has only workspace and applying"),
            },
            "true" | "false" => self.follow(Value::Bool(root == "true"), steps, scope),
            "ephemeral" => self.resource_reference(Mode::Ephemeral, None, steps, scope),
            _ if steps.is_empty() => Value::unknown(UnknownKind::Unresolved, root.clone()),
            _ => self.resource_reference(Mode::Managed, Some(root), steps, scope),
        }
    }

    fn named(&mut self, steps: &[Step], scope: &Scope<'_>, root: &str, find: impl Fn(&mut Self, u32, &str) -> Option<Value>) -> Value {
        let Some(name) = steps.first().and_then(step_name) else {
            return Value::unknown(UnknownKind::Unsupported, eco_format!("{root} as a whole"));
        };
        match find(self, scope.module, name) {
            Some(value) => {
                let (first, rest) = steps.split_at_checked(1).unwrap_or((&[], &[]));
                let value = self.splattable(value, rest, &|evaluator| evaluator.type_of_name(root, first, scope, EVALUATED));
                self.follow(value, rest, scope)
            }
            None => Value::unknown(UnknownKind::Unresolved, eco_format!("{root}.{name}")),
        }
    }

    /// `type.name...` and `data.type.name...`
    fn resource_reference(&mut self, mode: Mode, native_type: Option<&EcoString>, steps: &[Step], scope: &Scope<'_>) -> Value {
        let mut rest = steps.iter();
        let native_type = native_type.or_else(|| rest.next().and_then(step_name));
        let (Some(native_type), Some(name)) = (native_type, rest.next().and_then(step_name)) else {
            return Value::unknown(UnknownKind::Unsupported, dotted("data", steps));
        };
        let rest = rest.as_slice();
        let found = self
            .definition_of(scope.module)
            .and_then(|definition| definition.resources.get(&(mode, native_type.as_str(), name.as_str())).copied());
        match found {
            Some(at) => of_any_type(self.resource_value(scope.module, at, rest, scope)),
            None => {
                let data = mode.prefix();
                Value::unknown(UnknownKind::Unresolved, eco_format!("{data}{native_type}.{name}"))
            }
        }
    }
}

/// A list of results; one wrong item makes the whole wrong.
pub(super) fn collected(items: Vec<Value>, kind: Kind) -> Result<Value, Value> {
    match items.iter().find(|item| matches!(item, Value::Unknown(unknown) if unknown.kind == UnknownKind::Invalid)) {
        Some(wrong) => Err(wrong.clone()),
        None => Ok(Value::list_of(kind, items)),
    }
}

/// An argument's value as the provider gives it back: a list may be a set there, an object a map.
fn of_any_type(mut value: Value) -> Value {
    match &mut value {
        Value::List(items) if items.kind != Kind::Open => Arc::make_mut(items).kind = Kind::Open,
        Value::Object(object) if object.kind != Kind::Open => Arc::make_mut(object).kind = Kind::Open,
        _ => {}
    }
    value
}

/// A reference as written, as far as its steps are names.
pub(super) fn dotted(root: &str, steps: &[Step]) -> EcoString {
    let mut text = EcoString::from(root);
    for name in steps.iter().map_while(|step| if let Step::Name(name, _) = step { Some(name) } else { None }) {
        text.push('.');
        text.push_str(name);
    }
    text
}

/// An object that stands for a resource read as a whole, or for one of its blocks. A block may hold more than is written,
/// at every level; `bodies` tell which of the values are blocks.
pub(super) fn opened(mut object: Object, bodies: &[&Body], subject: EcoString) -> Value {
    for block in bodies.iter().flat_map(|body| &body.blocks) {
        if let Some(Value::List(items)) = object.get(&block.name)
            // The first block of a name opens all of them.
            && let Some(Value::Object(first)) = items.first().map(Value::unmarked)
            && !first.contains_key(OPEN)
        {
            let blocks = opened_blocks(items, bodies, &block.name, &subject);
            object.insert(block.name.clone(), blocks);
        }
    }
    object.insert(OPEN.into(), Value::unknown(UnknownKind::AfterApply, subject));
    Value::object(object)
}

/// The blocks of one name.
pub(super) fn opened_blocks(items: &[Value], bodies: &[&Body], name: &EcoString, subject: &EcoString) -> Value {
    let blocks = bodies.iter().flat_map(|body| &body.blocks).filter(|block| block.name == *name);
    let inner: Vec<&Body> = blocks.map(|block| &block.body).collect();
    let open = |(nth, item): (usize, &Value)| match item.unmarked() {
        Value::Object(object) => {
            let block = opened(object.as_ref().clone(), &inner, eco_format!("{subject}.{name}[{nth}]"));
            mark(block, item.is_sensitive())
        }
        _ => item.clone(),
    };
    Value::list(items.iter().enumerate().map(open).collect())
}

/// An index expression that is a plain value.
pub(super) fn literal_index(expr: &Expr) -> Option<&Value> {
    match &expr.kind {
        ExprKind::Literal(value) => Some(value),
        _ => None,
    }
}
