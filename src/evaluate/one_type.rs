//! The one type of both arms of a condition, as far as the text tells the types: a number beside a text is a text, and
//! lists, maps and objects of different shapes become a list or a map whose items have one type.

use super::Evaluator;
use super::access::OPEN;
use super::convert::{Member, Type, convert};
use super::scope::Scope;
use crate::model::{BinaryOperator, Expr, ExprKind, Part, Step, UnaryOperator, Value};

/// Names and arms that are followed for a type.
const DEPTH: u32 = 6;

impl Evaluator<'_> {
    /// The value of the arm that is taken, as the other arm makes it.
    pub(super) fn of_one_type(&mut self, value: Value, taken: &Expr, other: &Expr, scope: &Scope<'_>) -> Value {
        if matches!(other.kind, ExprKind::Literal(Value::Null))
            || matches!(value.unmarked(), Value::Null | Value::Unknown(_) | Value::Text(_))
        {
            return value;
        }
        let beside = self.type_as_written(other, scope, DEPTH);
        if beside == Type::Any {
            return value;
        }
        let own = match (self.type_as_written(taken, scope, DEPTH), type_of_value(&value, DEPTH)) {
            (Type::Any, _) if !is_written_out(taken) && matches!(value.unmarked(), Value::List(_) | Value::Object(_)) => return value,
            (Type::Any | Type::Tuple(_) | Type::Object(_), found) => found,
            // What it holds, the value tells.
            (Type::List(item), Type::Tuple(items)) if *item == Type::Any => Type::List(Box::new(of_all(items.iter()).unwrap_or(Type::Any))),
            (Type::Set(item), Type::Tuple(items)) if *item == Type::Any => Type::Set(Box::new(of_all(items.iter()).unwrap_or(Type::Any))),
            (known, _) => known,
        };
        match unified(&own, &beside) {
            Some(one) if one != own => convert(value.clone(), &one).unwrap_or(value),
            _ => value,
        }
    }

    /// What an expression gives; `Any` where the text alone does not tell.
    fn type_as_written(&mut self, expr: &Expr, scope: &Scope<'_>, depth: u32) -> Type {
        if depth == 0 {
            return Type::Any;
        }
        match &expr.kind {
            ExprKind::Literal(value) => type_of_value(value, depth),
            ExprKind::Template(parts) if parts.iter().any(|part| matches!(part, Part::Text(_))) => Type::Text,
            ExprKind::Unary { operator: UnaryOperator::Not, .. } => Type::Bool,
            ExprKind::Unary { operator: UnaryOperator::Negate, .. } => Type::Number,
            ExprKind::Binary { operator, .. } => match operator {
                BinaryOperator::Add
                | BinaryOperator::Subtract
                | BinaryOperator::Multiply
                | BinaryOperator::Divide
                | BinaryOperator::Remainder => Type::Number,
                _ => Type::Bool,
            },
            ExprKind::List(items) => Type::Tuple(items.iter().map(|item| self.type_as_written(item, scope, depth - 1)).collect()),
            ExprKind::Object(items) => {
                let mut members = Vec::with_capacity(items.len());
                for item in items {
                    let ExprKind::Literal(Value::Text(name)) = &item.key.kind else { return Type::Any };
                    members.push(Member::plain(name, self.type_as_written(&item.value, scope, depth - 1)));
                }
                Type::Object(members)
            }
            ExprKind::Conditional { then, otherwise, .. } => {
                let (then, otherwise) = (self.type_as_written(then, scope, depth - 1), self.type_as_written(otherwise, scope, depth - 1));
                unified(&then, &otherwise).unwrap_or(Type::Any)
            }
            ExprKind::Call { function, .. } => type_of_call(function),
            ExprKind::Reference { root, steps } => self.type_of_name(root, steps, scope, depth - 1),
            _ => Type::Any,
        }
    }

    fn type_of_name(&mut self, root: &str, steps: &[Step], scope: &Scope<'_>, depth: u32) -> Type {
        let Some((Step::Name(name, _), rest)) = steps.split_first() else { return Type::Any };
        let found = match root {
            "var" => {
                let constraint = self.written_variable(scope.module, name).and_then(|variable| variable.r#type.as_ref());
                constraint.map_or(Type::Any, |constraint| self.type_of(constraint, scope.module, depth))
            }
            "local" => {
                let local = self.written_local(scope.module, name);
                local.map_or(Type::Any, |local| self.type_as_written(&local.value, &Scope::of_module(scope.module), depth))
            }
            _ => Type::Any,
        };
        rest.iter().fold(found, |outer, step| match (outer, step) {
            (Type::Object(members), Step::Name(name, _)) => members.into_iter().find(|it| it.is(name)).map_or(Type::Any, Member::into_type),
            (Type::Map(item), Step::Name(..)) => *item,
            _ => Type::Any,
        })
    }
}

fn is_written_out(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::List(_) | ExprKind::Object(_) | ExprKind::ForList(_) | ExprKind::ForObject(_))
}

fn type_of_call(function: &str) -> Type {
    match function {
        "format" | "join" | "lower" | "upper" | "replace" | "substr" | "trim" | "trimspace" | "trimprefix" | "trimsuffix" | "tostring"
        | "jsonencode" | "yamlencode" | "base64encode" | "cidrsubnet" | "cidrhost" | "file" | "templatefile" | "title" => Type::Text,
        "length" | "tonumber" | "ceil" | "floor" | "abs" | "max" | "min" | "parseint" | "sum" => Type::Number,
        "tobool" | "can" | "contains" | "alltrue" | "anytrue" | "startswith" | "endswith" | "fileexists" => Type::Bool,
        "split" | "sort" | "compact" | "formatlist" => Type::List(Box::new(Type::Text)),
        "tolist" => Type::List(Box::new(Type::Any)),
        "toset" => Type::Set(Box::new(Type::Any)),
        "tomap" => Type::Map(Box::new(Type::Any)),
        _ => Type::Any,
    }
}

/// The type of a value that is written out: lists are tuples, maps are objects.
fn type_of_value(value: &Value, depth: u32) -> Type {
    match value.unmarked() {
        Value::Text(_) => Type::Text,
        Value::Number(_) => Type::Number,
        Value::Bool(_) => Type::Bool,
        Value::List(items) if depth > 0 => Type::Tuple(items.iter().map(|item| type_of_value(item, depth - 1)).collect()),
        Value::Object(object) if depth > 0 && !object.contains_key(OPEN) => {
            Type::Object(object.iter().map(|(name, value)| Member::plain(name, type_of_value(value, depth - 1))).collect())
        }
        _ => Type::Any,
    }
}

/// The type that both convert to; `None` when the language has none. What is not known changes nothing.
fn unified(a: &Type, b: &Type) -> Option<Type> {
    let wrapped = |wrap: fn(Box<Type>) -> Type, item: Option<Type>| item.map(|item| wrap(Box::new(item)));
    match (a, b) {
        (Type::Any, _) | (_, Type::Any) => Some(Type::Any),
        (a, b) if a == b => Some(a.clone()),
        (Type::Text, Type::Number | Type::Bool) | (Type::Number | Type::Bool, Type::Text) => Some(Type::Text),
        (Type::Tuple(a), Type::Tuple(b)) if a.len() == b.len() => {
            a.iter().zip(b).map(|(a, b)| unified(a, b)).collect::<Option<_>>().map(Type::Tuple)
        }
        (Type::Tuple(a), Type::Tuple(b)) => wrapped(Type::List, of_all(a.iter().chain(b))),
        (Type::Tuple(items), Type::List(item)) | (Type::List(item), Type::Tuple(items)) => {
            wrapped(Type::List, of_all(items.iter().chain([item.as_ref()])))
        }
        (Type::Tuple(items), Type::Set(item)) | (Type::Set(item), Type::Tuple(items)) => {
            wrapped(Type::Set, of_all(items.iter().chain([item.as_ref()])))
        }
        (Type::List(a), Type::List(b)) => wrapped(Type::List, unified(a, b)),
        (Type::Set(a), Type::Set(b)) => wrapped(Type::Set, unified(a, b)),
        (Type::Map(a), Type::Map(b)) => wrapped(Type::Map, unified(a, b)),
        (Type::Object(a), Type::Object(b)) if a.len() == b.len() && a.iter().all(|it| b.iter().any(|other| other.is_like(it))) => {
            let beside = |it: &Member| {
                b.iter().find(|other| other.is_like(it)).map_or(Some(Type::Any), |other| unified(it.r#type(), other.r#type()))
            };
            a.iter().map(|it| Some(it.of(beside(it)?))).collect::<Option<_>>().map(Type::Object)
        }
        (Type::Object(a), Type::Object(b)) => wrapped(Type::Map, of_all(a.iter().chain(b).map(Member::r#type))),
        (Type::Object(members), Type::Map(item)) | (Type::Map(item), Type::Object(members)) => {
            wrapped(Type::Map, of_all(members.iter().map(Member::r#type).chain([item.as_ref()])))
        }
        _ => None,
    }
}

/// The type of all; those not known leave it to the others, whose texts are seen.
fn of_all<'a>(types: impl Iterator<Item = &'a Type>) -> Option<Type> {
    let mut all: Option<Type> = None;
    for next in types.filter(|next| **next != Type::Any) {
        all = Some(match all {
            None => next.clone(),
            Some(all) => unified(&all, next)?,
        });
    }
    Some(all.unwrap_or(Type::Any))
}
