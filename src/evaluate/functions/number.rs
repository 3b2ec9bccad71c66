//! Numbers.

use rust_decimal::{Decimal, RoundingStrategy};

use super::argument::{any, fail, limit, number, text, whole};
use super::{MANY, Outcome, functions};
use crate::evaluate::convert::{DIGITS, number_of};
use crate::model::{Number, Value};

functions! {
    whole "abs"(1) = abs;
    whole "ceil"(1) = ceil;
    whole "floor"(1) = floor;
    whole "log"(2) = log;
    whole "max"(1 ..= MANY) = max;
    whole "min"(1 ..= MANY) = min;
    whole "parseint"(2) = parseint;
    whole "pow"(2) = pow;
    whole "signum"(1) = signum;
}

fn abs(args: &[Value]) -> Outcome {
    Ok(Value::Number(Number::from_decimal(number(args, 0)?.decimal().abs())))
}

fn rounded(args: &[Value], strategy: RoundingStrategy) -> Outcome {
    if number(args, 0)?.is_nearly_whole() {
        return limit(DIGITS);
    }
    let value = number(args, 0)?.decimal().round_dp_with_strategy(0, strategy);
    Ok(Value::Number(Number::from_decimal(value.normalize())))
}

fn ceil(args: &[Value]) -> Outcome {
    rounded(args, RoundingStrategy::ToPositiveInfinity)
}

fn floor(args: &[Value]) -> Outcome {
    rounded(args, RoundingStrategy::ToNegativeInfinity)
}

/// Logarithms are computed in binary floating point, as the language does.
fn log(args: &[Value]) -> Outcome {
    let (value, base) = (number(args, 0)?.to_f64(), number(args, 1)?.to_f64());
    from_float(value.ln() / base.ln())
}

/// In binary floating point, as the language does: whole exponents by squaring, in its order.
fn pow(args: &[Value]) -> Outcome {
    let (base, exponent) = (number(args, 0)?.to_f64(), number(args, 1)?);
    let Some(whole) = exponent.to_i64() else { return from_float(base.powf(exponent.to_f64())).map(nearly) };
    let (mut power, mut square, mut left) = (1.0, base, whole.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        square *= square;
        left >>= 1;
    }
    from_float(if whole < 0 { 1.0 / power } else { power })
}

/// The shortest decimal that reads back as the same float.
fn from_float(value: f64) -> Outcome {
    if value.is_nan() {
        return fail("the result is not a number");
    }
    if value.is_infinite() {
        return limit("infinity");
    }
    match Number::parse(&format!("{value}")) {
        // It may have more digits than it is written with.
        Some(number) if value.abs() >= 9e15 => Ok(Value::Number(number.nearly())),
        Some(number) => Ok(Value::Number(number)),
        None => limit(DIGITS),
    }
}

/// The last digits of what the language computes by series may be others.
fn nearly(value: Value) -> Value {
    match value {
        Value::Number(number) if !number.is_integer() => Value::Number(number.nearly()),
        other => other,
    }
}

fn extreme(args: &[Value], better: fn(Number, Number) -> bool) -> Outcome {
    let mut best = number(args, 0)?;
    for arg in args {
        let next = number_of(arg)?;
        if next.is_open_beside(best) {
            best = best.nearly();
        } else if better(next, best) {
            best = next;
        }
    }
    Ok(Value::Number(best))
}

fn max(args: &[Value]) -> Outcome {
    extreme(args, |next, best| next > best)
}

fn min(args: &[Value]) -> Outcome {
    extreme(args, |next, best| next < best)
}

fn parseint(args: &[Value]) -> Outcome {
    if !matches!(any(args, 0)?, Value::Text(_)) {
        return fail("the digits are a text");
    }
    let (digits, base) = (text(args, 0)?, whole(args, 1)?);
    if !(2..=62).contains(&base) {
        return fail("the base lies between 2 and 62");
    }
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, digits.strip_prefix('+').unwrap_or(&digits)),
    };
    if digits.is_empty() {
        return fail("there are no digits");
    }
    let mut total: i128 = 0;
    for digit in digits.chars() {
        let worth = match digit {
            '0'..='9' => i128::from(digit as u32 - '0' as u32),
            'a'..='z' => i128::from(digit as u32 - 'a' as u32) + 10,
            // Up to base 36 case does not matter; past it capitals follow the small letters.
            'A'..='Z' if base <= 36 => i128::from(digit as u32 - 'A' as u32) + 10,
            'A'..='Z' => i128::from(digit as u32 - 'A' as u32) + 36,
            _ => return fail("a digit is not of this base"),
        };
        if worth >= i128::from(base) {
            return fail("a digit is not of this base");
        }
        match total.checked_mul(i128::from(base)).and_then(|total| total.checked_add(worth)) {
            Some(next) => total = next,
            None => return limit(DIGITS),
        }
    }
    match Decimal::try_from_i128_with_scale(if negative { -total } else { total }, 0) {
        Ok(value) => Ok(Value::Number(Number::from_decimal(value))),
        Err(_) => limit(DIGITS),
    }
}

fn signum(args: &[Value]) -> Outcome {
    if number(args, 0)?.to_i64().is_none() {
        return fail("a whole number is needed");
    }
    let sign = number(args, 0)?.decimal();
    let sign = if sign.is_zero() {
        0
    } else if sign.is_sign_negative() {
        -1
    } else {
        1
    };
    Ok(Value::Number(Number::from(i64::from(sign))))
}
