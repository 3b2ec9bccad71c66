//! Operators.

use super::Evaluator;
use super::convert::{number_of, truth_of};
use super::expression::{first_unknown, invalid, mark};
use super::scope::Scope;
use crate::model::{BinaryOperator, Expr, ExprKind, Number, Step, UnaryOperator, UnknownKind, Value};

pub(super) fn unary(operator: UnaryOperator, operand: Value) -> Value {
    let sensitive = operand.is_sensitive();
    let value = match operator {
        UnaryOperator::Not => truth_of(&operand).map(|value| Value::Bool(!value)),
        UnaryOperator::Negate => number_of(&operand).map(|value| Value::Number(-value)),
    };
    mark(value.unwrap_or_else(Value::Unknown), sensitive)
}

impl Evaluator<'_> {
    pub(super) fn binary(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr, scope: &Scope<'_>) -> Value {
        let left_expr = left;
        let left = self.eval(left, scope);
        match operator {
            BinaryOperator::And | BinaryOperator::Or => self.logical(operator == BinaryOperator::Or, &left, right, scope),
            _ => {
                let differ = matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual)
                    && (is_written_out(right) && self.is_collection(left_expr, scope)
                        || is_written_out(left_expr) && self.is_collection(right, scope));
                let right = self.eval(right, scope);
                if differ && !matches!((left.unmarked(), right.unmarked()), (Value::Unknown(_), _) | (_, Value::Unknown(_))) {
                    return mark(Value::Bool(operator == BinaryOperator::NotEqual), left.is_sensitive() || right.is_sensitive());
                }
                let sensitive = left.is_sensitive() || right.is_sensitive();
                mark(strict(operator, &left, &right), sensitive)
            }
        }
    }

    /// Whether an expression is known to give a list, a set or a map, which equals nothing that is written out: `[]` and
    /// `{}` are a tuple and an object.
    fn is_collection(&mut self, expr: &Expr, scope: &Scope<'_>) -> bool {
        match &expr.kind {
            ExprKind::Call { function, .. } => {
                matches!(function.as_str(), "tolist" | "toset" | "tomap" | "sort" | "split" | "compact" | "setunion" | "setsubtract")
            }
            ExprKind::Reference { root, steps } if root == "var" => {
                let [Step::Name(name, _)] = steps.as_slice() else { return false };
                let constraint = self.written_variable(scope.module, name).and_then(|variable| variable.r#type.as_ref());
                match constraint.map(|constraint| &constraint.kind) {
                    Some(ExprKind::Call { function, .. }) => matches!(function.as_str(), "list" | "set" | "map"),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// `&&` and `||`: one side alone may decide, even when the other is not known.
    fn logical(&mut self, decisive: bool, left: &Value, right: &Expr, scope: &Scope<'_>) -> Value {
        let first = match truth_of(left) {
            Ok(value) if value == decisive => return mark(Value::Bool(value), left.is_sensitive()),
            Ok(_) => None,
            Err(unknown) if unknown.kind == UnknownKind::Invalid => return Value::Unknown(unknown),
            Err(unknown) => Some(unknown),
        };
        let right = self.eval(right, scope);
        let sensitive = left.is_sensitive() || right.is_sensitive();
        let value = match (truth_of(&right), first) {
            (Ok(value), None) => Value::Bool(value),
            (Ok(value), Some(_)) if value == decisive => Value::Bool(value),
            (Ok(_), Some(unknown)) | (Err(unknown), _) => Value::Unknown(unknown),
        };
        mark(value, sensitive)
    }
}

fn is_written_out(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::List(_) | ExprKind::Object(_))
}

fn strict(operator: BinaryOperator, left: &Value, right: &Value) -> Value {
    match operator {
        BinaryOperator::Equal => equality(left, right, true),
        BinaryOperator::NotEqual => equality(left, right, false),
        _ => match (number_of(left), number_of(right)) {
            (Ok(left), Ok(right)) => arithmetic(operator, left, right),
            (Err(unknown), Ok(_)) => Value::Unknown(unknown),
            // A wrong operand is wrong whatever the other will be.
            (Err(left), Err(right)) if right.kind != UnknownKind::Invalid => Value::Unknown(left),
            (_, Err(right)) => Value::Unknown(right),
        },
    }
}

fn equality(left: &Value, right: &Value, wanted: bool) -> Value {
    match equal(left, right) {
        Ok(equal) => Value::Bool(equal == wanted),
        Err(value) => value,
    }
}

/// Equality as the language has it: of one type, marks aside; unknown when it hangs on an unknown part.
pub(super) fn equal(left: &Value, right: &Value) -> Result<bool, Value> {
    match (left.unmarked(), right.unmarked()) {
        (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => Err(Value::Unknown(unknown.clone())),
        (Value::List(a), Value::List(b)) if a.len() == b.len() => all_equal(a.iter().zip(b.iter())),
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            if a.keys().any(|key| !b.contains_key(key)) {
                return Ok(false);
            }
            all_equal(a.iter().filter_map(|(key, value)| Some((value, b.get(key)?))))
        }
        (a, b) => Ok(a == b),
    }
}

fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Result<bool, Value> {
    let mut unknown = None;
    for (a, b) in pairs {
        match equal(a, b) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(value) => unknown = unknown.or(Some(value)),
        }
    }
    unknown.map_or(Ok(true), |value| Err(first_unknown(&value).cloned().map_or(value, Value::Unknown)))
}

fn arithmetic(operator: BinaryOperator, left: Number, right: Number) -> Value {
    let number = match operator {
        BinaryOperator::Less => return Value::Bool(left < right),
        BinaryOperator::LessOrEqual => return Value::Bool(left <= right),
        BinaryOperator::Greater => return Value::Bool(left > right),
        BinaryOperator::GreaterOrEqual => return Value::Bool(left >= right),
        BinaryOperator::Divide | BinaryOperator::Remainder if right == Number::ZERO => return invalid("division by zero"),
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        BinaryOperator::Divide => left.checked_div(right),
        BinaryOperator::Remainder => left.checked_rem(right),
        BinaryOperator::Or | BinaryOperator::And | BinaryOperator::Equal | BinaryOperator::NotEqual => None,
    };
    number.map_or_else(|| Value::unknown(UnknownKind::Limit, "numbers have at most 28 digits"), Value::Number)
}
