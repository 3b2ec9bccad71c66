//! The one type of both arms of a condition, as far as the text tells the types: a number beside a text is a text, and
//! lists, maps and objects of different shapes become a list or a map whose items have one type.

use super::Evaluator;
use super::convert::{Member, Type, convert};
use super::expression::invalid;
use super::scope::Scope;
use super::unify::{type_of_value, unified};
use crate::model::{BinaryOperator, Expr, ExprKind, Part, Step, UnaryOperator, Value};

/// Names and arms that are followed for a type.
const DEPTH: u32 = 6;

impl Evaluator<'_> {
    /// The value of the arm that is taken, as the other arm makes it.
    pub(super) fn of_one_type(&mut self, value: Value, other: &Expr, scope: &Scope<'_>) -> Value {
        if matches!(value.unmarked(), Value::Null | Value::Unknown(_)) {
            return value;
        }
        let beside = self.type_as_written(other, scope, DEPTH);
        if beside == Type::Any {
            return value;
        }
        let own = type_of_value(&value);
        match unified(&[&own, &beside]) {
            Some(one) if one != own && own != Type::Any => convert(value.clone(), &one).unwrap_or_else(Value::Unknown),
            None if !own.is_open() && !beside.is_open() => invalid("the arms of a condition have no type in common"),
            _ => value,
        }
    }

    /// What an expression gives; `Any` where the text alone does not tell.
    fn type_as_written(&mut self, expr: &Expr, scope: &Scope<'_>, depth: u32) -> Type {
        if depth == 0 {
            return Type::Any;
        }
        match &expr.kind {
            ExprKind::Literal(value) => type_of_value(value),
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
                unified(&[&then, &otherwise]).unwrap_or(Type::Any)
            }
            ExprKind::Call { function, args, .. } => self.type_of_call(function, args, scope, depth - 1),
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

    fn type_of_call(&mut self, function: &str, args: &[Expr], scope: &Scope<'_>, depth: u32) -> Type {
        if let Some(simple) = simple_result(function) {
            return simple;
        }
        let types: Vec<Type> = args.iter().map(|arg| self.type_as_written(arg, scope, depth)).collect();
        let Some(first) = types.first() else { return Type::Any };
        match function {
            "tolist" | "toset" | "setunion" | "setintersection" | "setsubtract" | "tomap" | "distinct" => {
                if types.contains(&Type::Any) {
                    return Type::Any;
                }
                let mut parts = Vec::new();
                types.iter().for_each(|it| it.parts(&mut parts));
                let item = Box::new(unified(&parts).unwrap_or(Type::Any));
                match function {
                    "tolist" | "distinct" => Type::List(item),
                    "tomap" => Type::Map(item),
                    _ => Type::Set(item),
                }
            }
            "sensitive" | "nonsensitive" => first.clone(),
            "concat" | "merge" => types.iter().skip(1).try_fold(first.clone(), joined).unwrap_or(Type::Any),
            "keys" | "values" => match first {
                Type::Object(members) if function == "keys" => Type::Tuple(vec![Type::Text; members.len()]),
                Type::Map(item) => Type::List(if function == "keys" { Box::new(Type::Text) } else { item.clone() }),
                _ => Type::Any,
            },
            _ => Type::Any,
        }
    }
}

/// What `concat` and `merge` make of two.
fn joined(a: Type, b: &Type) -> Option<Type> {
    match (a, b) {
        (Type::Tuple(mut parts), Type::Tuple(more)) => {
            parts.extend_from_slice(more);
            Some(Type::Tuple(parts))
        }
        (Type::Object(mut members), Type::Object(more)) => {
            members.retain(|it| !more.iter().any(|other| other.is_like(it)));
            members.extend_from_slice(more);
            Some(Type::Object(members))
        }
        (a, b) => (a == *b).then_some(a),
    }
}

/// What a function gives whatever it is given.
fn simple_result(function: &str) -> Option<Type> {
    let is = |names: &str| names.split(' ').any(|name| name == function);
    if is(TEXTS) {
        Some(Type::Text)
    } else if is("length tonumber ceil floor abs max min parseint sum pow log signum index timecmp") {
        Some(Type::Number)
    } else if is("tobool can contains alltrue anytrue startswith endswith strcontains fileexists issensitive") {
        Some(Type::Bool)
    } else if is("split sort compact formatlist cidrsubnets") {
        Some(Type::List(Box::new(Type::Text)))
    } else if function == "range" {
        Some(Type::List(Box::new(Type::Number)))
    } else if function == "fileset" {
        Some(Type::Set(Box::new(Type::Text)))
    } else {
        None
    }
}

const TEXTS: &str = "format join lower upper replace substr trim trimspace trimprefix trimsuffix tostring jsonencode yamlencode \
    base64encode base64decode cidrsubnet cidrhost cidrnetmask file templatefile templatestring title indent chomp strrev md5 sha1 \
    sha256 urlencode basename dirname abspath timestamp timeadd formatdate uuid filebase64 filemd5 filesha256 base64sha256";
