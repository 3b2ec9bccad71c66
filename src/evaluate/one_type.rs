//! The one type of both arms of a condition, as far as the text tells the types: a number beside a text is a text, and
//! lists, maps and objects of different shapes become a list or a map whose items have one type.

use super::Evaluator;
use super::convert::{Member, Type, convert};
use super::expression::invalid;
use super::functions;
use super::scope::Scope;
use super::unify::{type_of_value, unified};
use crate::model::{BinaryOperator, Expr, ExprKind, Part, Step, UnaryOperator, UnknownKind, Value};

/// Why several have no one type.
pub(super) const NOTHING_IN_COMMON: &str = "the items have no type in common";

/// Names and arms that are followed for a type.
const DEPTH: u32 = 6;

/// The same where the expression has been evaluated: what its text does not tell, its value may, and asks nothing new.
pub(super) const EVALUATED: u32 = 64 + DEPTH;

impl Evaluator<'_> {
    /// The value of the arm that is taken, as the other arm makes it.
    pub(super) fn of_one_type(&mut self, value: Value, taken: &Expr, other: &Expr, scope: &Scope<'_>) -> Value {
        if matches!(value.unmarked(), Value::Null | Value::Unknown(_)) {
            return value;
        }
        let own = self.type_told(&value, taken, scope);
        let mut beside = self.type_as_written(other, scope, DEPTH);
        if beside.is_open() && changes(&own) && self.asks_nothing(other, scope, DEPTH) {
            beside = type_of_value(&self.eval(other, scope));
        }
        if beside == Type::Any {
            return value;
        }
        match unified(&[&own, &beside]) {
            Some(one) if one != own && own != Type::Any => convert(value.clone(), &one).unwrap_or_else(Value::Unknown),
            None if !own.is_open() && !beside.is_open() => invalid("the arms of a condition have no type in common"),
            _ => value,
        }
    }

    /// The type of a value; where it leaves that open, being empty or null, what the text tells.
    pub(super) fn type_told(&mut self, value: &Value, expr: &Expr, scope: &Scope<'_>) -> Type {
        let own = type_of_value(value);
        if !own.is_open() {
            return own;
        }
        let written = self.type_as_written(expr, scope, EVALUATED);
        if written.is_open() { own } else { written }
    }

    /// A call's value as what is empty or null among its arguments makes it: the text tells of what type that is.
    pub(super) fn of_told_type(&mut self, value: Value, function: &str, args: &[Expr], scope: &Scope<'_>) -> Value {
        if function.starts_with("format") {
            let untyped = args.iter().any(|arg| self.type_as_written(arg, scope, EVALUATED) == Type::Untyped);
            return if untyped { Value::unknown(UnknownKind::Unsupported, "format() of a null that has no type") } else { value };
        }
        if !value.is_wholly_known() {
            return value;
        }
        match self.type_of_call(function, args, scope, EVALUATED) {
            None => invalid(NOTHING_IN_COMMON),
            Some(one) if !one.is_open() && one != type_of_value(&value) => convert(value, &one).unwrap_or_else(Value::Unknown),
            _ => value,
        }
    }

    /// Whether two empty collections of one kind are equal, which is whether their types are.
    pub(super) fn same_nothing(&mut self, left: &Expr, right: &Expr, scope: &Scope<'_>) -> Option<bool> {
        let [left, right] = [left, right].map(|it| self.type_as_written(it, scope, EVALUATED));
        let item = |of: &Type| match of {
            Type::List(item) | Type::Set(item) | Type::Map(item) if !item.is_open() => Some((**item).clone()),
            _ => None,
        };
        let (left, right) = (item(&left)?, item(&right)?);
        let holds = |it: &Type| !matches!(it, Type::Text | Type::Number | Type::Bool | Type::Untyped);
        if left == right { Some(true) } else { (!(holds(&left) && holds(&right))).then_some(false) }
    }

    /// What an expression gives; `Any` where the text alone does not tell.
    pub(super) fn type_as_written(&mut self, expr: &Expr, scope: &Scope<'_>, depth: u32) -> Type {
        if depth.is_multiple_of(64) {
            return Type::Any;
        }
        let evaluated = depth > 64;
        match &expr.kind {
            ExprKind::Literal(Value::Null) => Type::Untyped,
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
                // Only one of them has been evaluated.
                let [then, otherwise] = [then, otherwise].map(|arm| self.type_as_written(arm, scope, depth % 64 - 1));
                match (then, otherwise) {
                    (Type::Untyped, one) | (one, Type::Untyped) => one,
                    (then, otherwise) if then.is_open() || otherwise.is_open() => Type::Any,
                    (then, otherwise) => unified(&[&then, &otherwise]).unwrap_or(Type::Any),
                }
            }
            ExprKind::Call { function, args, expand_last } => {
                let written = self.type_of_call(function, args, scope, depth - 1).filter(|_| !expand_last).unwrap_or(Type::Any);
                let plain = matches!(function.as_str(), "concat" | "flatten" | "keys" | "merge" | "values" | "zipmap");
                if plain && evaluated && written.is_open() { type_of_value(&self.eval(expr, scope)) } else { written }
            }
            ExprKind::Reference { root, steps } => {
                let written = self.type_of_name(root, steps, scope, depth - 1);
                let known = || evaluated && (matches!(root.as_str(), "var" | "local") || scope.bound(root).is_some());
                if written.is_open() && (known() || self.has_default(root, steps, scope)) {
                    return type_of_value(&self.eval(expr, scope));
                }
                written
            }
            ExprKind::ForList(_) | ExprKind::ForObject(_) if evaluated => type_of_value(&self.eval(expr, scope)),
            _ => Type::Any,
        }
    }

    /// A value of which a splat takes the items: a list that is null has none, and any other null is nothing.
    pub(super) fn splattable(&mut self, value: Value, next: &[Step], of: &dyn Fn(&mut Self) -> Type) -> Value {
        let splat = *value.unmarked() == Value::Null && matches!(next, [Step::Splat(_) | Step::LegacySplat(_), ..]);
        if splat && matches!(of(self), Type::List(_) | Type::Set(_) | Type::Tuple(_)) {
            return invalid("a list that is null has no items");
        }
        value
    }

    /// Whether an expression can be evaluated without asking for what nothing else needs: a variable's value, a file.
    fn asks_nothing(&mut self, expr: &Expr, scope: &Scope<'_>, depth: u32) -> bool {
        let (mut names, mut calls) = (Vec::new(), Vec::new());
        expr.walk(&mut |it| match &it.kind {
            ExprKind::Reference { root, steps } => names.push((root, steps)),
            ExprKind::Call { function, .. } => calls.push(function),
            _ => {}
        });
        depth > 0
            && calls.into_iter().all(|name| functions::find(name).is_some_and(functions::Function::needs_no_file))
            && names.into_iter().all(|(root, steps)| match (root.as_str(), steps.first()) {
                ("var", _) => self.has_default(root, steps, scope),
                ("local", Some(Step::Name(name, _))) => {
                    let local = self.written_local(scope.module, name);
                    local.is_some_and(|local| self.asks_nothing(&local.value, &Scope::of_module(scope.module), depth - 1))
                }
                _ => true,
            })
    }

    /// Whether it is a variable that has a value whoever asks.
    fn has_default(&mut self, root: &str, steps: &[Step], scope: &Scope<'_>) -> bool {
        match steps.first() {
            Some(Step::Name(name, _)) if root == "var" => {
                self.written_variable(scope.module, name).is_some_and(|variable| variable.default.is_some())
            }
            _ => false,
        }
    }

    pub(super) fn type_of_name(&mut self, root: &str, steps: &[Step], scope: &Scope<'_>, depth: u32) -> Type {
        let Some((Step::Name(name, _), rest)) = steps.split_first() else { return Type::Any };
        let found = match root {
            "var" => {
                let constraint = self.written_variable(scope.module, name).and_then(|variable| variable.r#type.as_ref());
                constraint.map_or(Type::Any, |constraint| self.type_of(constraint, scope.module, 32))
            }
            "local" => {
                let local = self.written_local(scope.module, name);
                local.map_or(Type::Any, |local| self.type_as_written(&local.value, &Scope::of_module(scope.module), depth))
            }
            _ => Type::Any,
        };
        rest.iter().fold(found, |outer, step| match (outer, step) {
            (Type::Object(members), Step::Name(name, _)) => members.into_iter().find(|it| it.is(name)).map_or(Type::Any, Member::into_type),
            (Type::Map(item), Step::Name(..) | Step::Index(_)) | (Type::List(item), Step::Index(_)) => *item,
            (Type::Tuple(mut parts), Step::Index(at)) => match at.kind {
                ExprKind::Literal(Value::Number(at)) => {
                    let at = at.to_i64().and_then(|at| usize::try_from(at).ok()).filter(|at| *at < parts.len());
                    at.map_or(Type::Any, |at| parts.swap_remove(at))
                }
                _ => Type::Any,
            },
            _ => Type::Any,
        })
    }

    /// What a call gives; `None` where its items have no type in common.
    fn type_of_call(&mut self, function: &str, args: &[Expr], scope: &Scope<'_>, depth: u32) -> Option<Type> {
        if let Some(simple) = simple_result(function) {
            return Some(simple);
        }
        let types: Vec<Type> = args.iter().map(|arg| self.type_as_written(arg, scope, depth)).collect();
        let Some(first) = types.first() else { return Some(Type::Any) };
        Some(match function {
            "tolist" | "toset" | "setunion" | "setintersection" | "setsubtract" | "tomap" | "distinct" | "chunklist" | "matchkeys" => {
                let types = if matches!(function, "chunklist" | "matchkeys") { std::slice::from_ref(first) } else { &types };
                if types.iter().any(Type::is_open) {
                    return Some(Type::Any);
                }
                let mut parts = Vec::new();
                for it in types {
                    match it {
                        // A set of nothing adds nothing to others.
                        Type::List(item) | Type::Set(item) if **item == Type::Untyped && function.starts_with("set") => {}
                        it => it.parts(&mut parts),
                    }
                }
                if function == "tomap" {
                    parts.retain(|it| **it != Type::Untyped);
                }
                let item = if parts.is_empty() { Type::Untyped } else { unified(&parts)? };
                if item == Type::Untyped && parts.iter().any(|it| **it != Type::Untyped) {
                    return None;
                }
                let item = Box::new(item);
                match function {
                    "tolist" | "distinct" | "matchkeys" => Type::List(item),
                    "chunklist" => Type::List(Box::new(Type::List(item))),
                    "tomap" => Type::Map(item),
                    _ => Type::Set(item),
                }
            }
            "lookup" => match first {
                Type::Map(item) => (**item).clone(),
                _ => Type::Any,
            },
            "slice" | "reverse" if matches!(first, Type::List(_)) => first.clone(),
            "sensitive" | "nonsensitive" => first.clone(),
            "concat" | "merge" => types.iter().skip(1).try_fold(first.clone(), joined).unwrap_or(Type::Any),
            "keys" | "values" => match first {
                Type::Object(members) if function == "keys" => Type::Tuple(vec![Type::Text; members.len()]),
                Type::Map(item) => Type::List(if function == "keys" { Box::new(Type::Text) } else { item.clone() }),
                _ => Type::Any,
            },
            "transpose" => Type::Map(Box::new(Type::List(Box::new(Type::Text)))),
            _ => Type::Any,
        })
    }
}

/// Whether a value of the type may be another beside others: a text stays what it is.
fn changes(of: &Type) -> bool {
    let mut parts = Vec::new();
    of.parts(&mut parts);
    matches!(of, Type::Number | Type::Bool) || parts.into_iter().any(changes)
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
        (Type::List(a), Type::List(b)) if !a.is_open() && !b.is_open() => Some(Type::List(Box::new(unified(&[&a, b])?))),
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
