//! Exact numbers. Money and counts never pass through floating point.

mod binary;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use binary::Operation;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use rust_decimal::{Decimal, RoundingStrategy};

/// A decimal of up to 28 digits. Arithmetic that would lose digits yields `None` at the caller.
#[derive(Clone, Copy)]
pub struct Number {
    value: Decimal,
    /// The language, which computes in binary, has a number next to this one.
    near: bool,
}

/// Digits that a comparison of numbers next to others goes by.
const DIGITS: u32 = 20;

/// Places behind the point; there may have been more of a number that has all of them.
const PLACES: u32 = 28;

const fn exact(value: Decimal) -> Number {
    Number { value, near: false }
}

impl Number {
    pub const ZERO: Number = exact(Decimal::ZERO);
    pub const ONE: Number = exact(Decimal::ONE);

    pub const fn from_decimal(value: Decimal) -> Number {
        exact(value)
    }

    pub const fn decimal(self) -> Decimal {
        self.value
    }

    /// Reads `12`, `1.50` and `1e6`; `None` for anything else and for numbers past 28 digits.
    pub fn parse(text: &str) -> Option<Number> {
        let written = text.split(['e', 'E']).next().unwrap_or(text);
        if let Some((_, places)) = written.split_once('.')
            && written.len() > 29
        {
            // The reader would round.
            let digits = written.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
            let zeros = places.len() - places.trim_end_matches('0').len();
            if digits.saturating_sub(zeros) > 28 || places.len() - zeros > 28 {
                return None;
            }
        }
        // The reader of digits passes over lines between them.
        if text.contains('_') {
            return None;
        }
        let value = if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok()? } else { Decimal::from_str(text).ok()? };
        Some(exact(value.normalize()))
    }

    pub fn from_f64(value: f64) -> Option<Number> {
        Decimal::from_f64(value).map(|value| exact(value.normalize()))
    }

    pub fn is_integer(self) -> bool {
        self.value.is_integer()
    }

    /// The value as an integer, when it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.value.is_integer() { self.value.to_i64() } else { None }
    }

    pub fn to_f64(self) -> f64 {
        self.value.to_f64().unwrap_or(f64::NAN)
    }

    /// Whether it is what the language has, to the last digit.
    pub fn is_exact(self) -> bool {
        !self.near
    }

    /// The same as the result of a function that gives it in binary.
    pub fn nearly(self) -> Number {
        Number { near: true, ..self }
    }

    /// Whether digits that are not kept decide which of two numbers is more, or whether they are one.
    pub fn is_open_beside(self, other: Number) -> bool {
        let kept = |it: Number| it.value.round_sf(DIGITS);
        (self.near || other.near) && kept(self) == kept(other)
    }

    /// Whether digits that are not kept decide to which whole number it is rounded.
    pub fn is_nearly_whole(self) -> bool {
        self.is_open_beside(exact(self.value.round()))
    }

    /// The language keeps some 150 digits: what a lost one did to the last ones that are kept is rounded away.
    /// `None` where too few digits are left of a small one.
    fn result(self, operation: Operation, other: Number, value: Decimal) -> Option<Number> {
        // A quotient is not rounded, so that a third taken three times is one.
        let lossy = !matches!(operation, Operation::Divide) && value.scale() > 0 && value.mantissa().unsigned_abs() >= 10_u128.pow(27);
        let settled = if lossy { value.round_sf(26).unwrap_or(value) } else { value };
        let whole_of_it = match operation {
            Operation::Divide => value.checked_mul(other.value) == Some(self.value),
            _ => value.scale() < PLACES,
        };
        let enough = whole_of_it || value.mantissa().unsigned_abs() >= 10_u128.pow(DIGITS);
        let value = settled.normalize();
        let whole = self.is_integer() && other.is_integer() && value.is_integer();
        let near = self.near || other.near || lossy || !(whole || binary::is_result(operation, self.value, other.value, value));
        enough.then_some(Number { value, near })
    }

    pub fn checked_add(self, other: Number) -> Option<Number> {
        self.value.checked_add(other.value).and_then(|value| self.result(Operation::Add, other, value))
    }

    pub fn checked_sub(self, other: Number) -> Option<Number> {
        self.checked_add(-other)
    }

    pub fn checked_mul(self, other: Number) -> Option<Number> {
        self.value.checked_mul(other.value).and_then(|value| self.result(Operation::Multiply, other, value))
    }

    /// `None` for division by zero.
    pub fn checked_div(self, other: Number) -> Option<Number> {
        let value = self.value.checked_div(other.value)?;
        self.result(Operation::Divide, other, value)
    }

    /// `None` for division by zero, and where a digit that is not kept decides.
    pub fn checked_rem(self, other: Number) -> Option<Number> {
        if self.is_integer() && other.is_integer() && !self.near && !other.near {
            return self.value.checked_rem(other.value).map(exact);
        }
        if self.value.abs() < other.value.abs() && !self.is_open_beside(other) {
            return Some(self);
        }
        let quotient = self.checked_div(other).filter(|quotient| !quotient.is_nearly_whole())?;
        let rest = self.checked_sub(other.checked_mul(exact(quotient.value.trunc()))?)?;
        Some(rest).filter(|rest| rest.is_exact() || !rest.value.is_zero())
    }

    /// With so many places, rounded as the language rounds its binary numbers: a tie goes to the even one.
    pub fn with_places(self, places: usize) -> String {
        let kept = u32::try_from(places).unwrap_or(28).min(28);
        let mut value = self.value.round_dp(kept);
        let rest = (self.value - value).normalize();
        if rest.mantissa().unsigned_abs() == 5 && rest.scale() == kept + 1 {
            let up = match binary::beside(self.value.abs()) {
                Ordering::Greater => RoundingStrategy::MidpointTowardZero,
                Ordering::Less => RoundingStrategy::MidpointAwayFromZero,
                Ordering::Equal => RoundingStrategy::MidpointNearestEven,
            };
            value = self.value.round_dp_with_strategy(kept, up);
        }
        let mut text = value.normalize().to_string();
        if value.is_zero() && self.value.is_sign_negative() && !self.value.is_zero() {
            text.insert(0, '-');
        }
        if places > 0 {
            let point = text.find('.').unwrap_or_else(|| {
                text.push('.');
                text.len() - 1
            });
            text.extend(std::iter::repeat_n('0', (places + point + 1).saturating_sub(text.len())));
        }
        text
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.value == other.value
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        exact(Decimal::from(value))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Number {
        exact(Decimal::from(value as u64))
    }
}

impl std::ops::Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number { value: -self.value, ..self }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
