//! Numbers.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::argument::{any, fail, limit, number, text, whole};
use super::{MANY, Outcome, functions};
use crate::evaluate::convert::number_of;
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

/// Exact for whole exponents; others in binary floating point, as the language does.
fn pow(args: &[Value]) -> Outcome {
    let (base, exponent) = (number(args, 0)?, number(args, 1)?);
    match exponent.to_i64().and_then(|exponent| u32::try_from(exponent).ok()).filter(|exponent| *exponent <= 1_024) {
        Some(exponent) => {
            let mut power = Number::ONE;
            for _ in 0..exponent {
                match power.checked_mul(base) {
                    Some(next) => power = next,
                    None => return limit("numbers have at most 28 digits"),
                }
            }
            Ok(Value::Number(power))
        }
        None => from_float(base.to_f64().powf(exponent.to_f64())),
    }
}

/// The shortest decimal that reads back as the same float.
fn from_float(value: f64) -> Outcome {
    if !value.is_finite() {
        return fail("the result is not a number");
    }
    match Number::parse(&format!("{value}")) {
        Some(number) => Ok(Value::Number(number)),
        None => limit("numbers have at most 28 digits"),
    }
}

fn extreme(args: &[Value], better: fn(Number, Number) -> bool) -> Outcome {
    let mut best = number(args, 0)?;
    for arg in args {
        let next = number_of(arg)?;
        if better(next, best) {
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
    let _ = any(args, 0)?;
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
            None => return limit("numbers have at most 28 digits"),
        }
    }
    match Decimal::try_from_i128_with_scale(if negative { -total } else { total }, 0) {
        Ok(value) => Ok(Value::Number(Number::from_decimal(value))),
        Err(_) => limit("numbers have at most 28 digits"),
    }
}

fn signum(args: &[Value]) -> Outcome {
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

/// A number as a float, for formats that print in scientific notation.
pub(super) fn float(number: Number) -> f64 {
    number.decimal().to_f64().unwrap_or(f64::NAN)
}
