//! Operators.

use super::Evaluator;
use super::convert::{DIGITS, number_of, truth_of};
use super::expression::{first_unknown, invalid, mark};
use super::functions::{failure, holds_mark};
use super::scope::Scope;
use crate::model::{BinaryOperator, Expr, Kind, Number, UnaryOperator, UnknownKind, Value};

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
                let (first, second) = (left, self.eval(right, scope));
                let sensitive = holds_mark(&first) || holds_mark(&second);
                let failure = [&first, &second].into_iter().find_map(failure);
                let value = match operator {
                    // It fails as a whole where a part does.
                    BinaryOperator::Equal | BinaryOperator::NotEqual if failure.is_some() => {
                        failure.cloned().map_or(Value::Null, Value::Unknown)
                    }
                    BinaryOperator::Equal | BinaryOperator::NotEqual
                        if is_nothing(&first) && is_nothing(&second) && equal(&first, &second) == Ok(true) =>
                    {
                        match self.same_nothing(left_expr, right, scope) {
                            Some(same) => Value::Bool(same == (operator == BinaryOperator::Equal)),
                            None => Value::unknown(UnknownKind::Limit, "types of empty lists are not kept"),
                        }
                    }
                    _ => strict(operator, &first, &second),
                };
                mark(value, sensitive)
            }
        }
    }

    /// `&&` and `||`: one side alone may decide, even when the other is not known.
    /// What is no bool is refused even then; what cannot be evaluated, or is null on the right, only before 1.12.
    fn logical(&mut self, decisive: bool, left: &Value, right: &Expr, scope: &Scope<'_>) -> Value {
        let right = self.eval(right, scope);
        let sensitive = left.is_sensitive() || right.is_sensitive();
        let no_bool = |value: &Value| !matches!(value.unmarked(), Value::Unknown(_));
        let value = match (truth_of(left), truth_of(&right)) {
            (Err(unknown), _) if no_bool(left) => Value::Unknown(unknown),
            (_, Err(unknown)) if no_bool(&right) && right.unmarked() != &Value::Null => Value::Unknown(unknown),
            (Ok(value), _) | (_, Ok(value)) if value == decisive => Value::Bool(decisive),
            (Err(unknown), _) | (_, Err(unknown)) => Value::Unknown(unknown),
            _ => Value::Bool(!decisive),
        };
        mark(value, sensitive)
    }
}

/// Whether it is an empty list, set or map, of whose items only the text tells the type.
fn is_nothing(value: &Value) -> bool {
    match value.unmarked() {
        Value::List(items) => items.is_empty() && matches!(items.kind, Kind::One | Kind::Set),
        Value::Object(object) => object.is_empty() && object.kind == Kind::One,
        _ => false,
    }
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

/// A mistake wherever it is written, but infinity to the language: `try` does not pass over it.
pub(super) const INFINITE: &str = "division by zero";

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
        (Value::List(a), Value::List(b)) if a.kind.differs(b.kind) => Ok(false),
        (Value::Object(a), Value::Object(b)) if a.kind.differs(b.kind) => Ok(false),
        (Value::List(a), Value::List(b)) if a.len() == b.len() => all_equal(a.iter().zip(b.iter())),
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            if a.keys().any(|key| !b.contains_key(key)) {
                return Ok(false);
            }
            all_equal(a.iter().filter_map(|(key, value)| Some((value, b.get(key)?))))
        }
        (Value::Number(a), Value::Number(b)) if a.is_open_beside(*b) => Err(Value::unknown(UnknownKind::Limit, DIGITS)),
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
    use BinaryOperator::{Greater, GreaterOrEqual, Less, LessOrEqual};
    if matches!(operator, Less | LessOrEqual | Greater | GreaterOrEqual) && left.is_open_beside(right) {
        return Value::unknown(UnknownKind::Limit, DIGITS);
    }
    let number = match operator {
        BinaryOperator::Less => return Value::Bool(left < right),
        BinaryOperator::LessOrEqual => return Value::Bool(left <= right),
        BinaryOperator::Greater => return Value::Bool(left > right),
        BinaryOperator::GreaterOrEqual => return Value::Bool(left >= right),
        BinaryOperator::Divide if right == Number::ZERO && left != Number::ZERO => return invalid(INFINITE),
        BinaryOperator::Divide if right == Number::ZERO => return invalid("zero is divided by zero"),
        BinaryOperator::Remainder if right == Number::ZERO => return Value::Number(left),
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        BinaryOperator::Divide => left.checked_div(right),
        BinaryOperator::Remainder => left.checked_rem(right),
        BinaryOperator::Or | BinaryOperator::And | BinaryOperator::Equal | BinaryOperator::NotEqual => None,
    };
    number.map_or_else(|| Value::unknown(UnknownKind::Limit, DIGITS), Value::Number)
}
