//! Exact numbers. Money and counts never pass through floating point.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// An exact decimal of up to 28 digits. Arithmetic that would lose digits yields `None` at the caller.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

impl Number {
    pub const ZERO: Number = Number(Decimal::ZERO);
    pub const ONE: Number = Number(Decimal::ONE);

    pub const fn from_decimal(value: Decimal) -> Number {
        Number(value)
    }

    pub const fn decimal(self) -> Decimal {
        self.0
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
        Some(Number(value.normalize()))
    }

    pub fn from_f64(value: f64) -> Option<Number> {
        Decimal::from_f64(value).map(|value| Number(value.normalize()))
    }

    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// The value as an integer, when it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.0.is_integer() { self.0.to_i64() } else { None }
    }

    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// Whether no digit was lost: a fraction with as many digits as are kept has had more.
    pub fn is_exact(self) -> bool {
        self.0.scale() == 0 || self.0.mantissa().unsigned_abs() < 10_u128.pow(25)
    }

    /// The language keeps some 150 digits: what a lost one did to the last ones that are kept is rounded away, so that a
    /// third taken three times is one.
    fn settled(value: Decimal) -> Number {
        let lossy = value.scale() > 0 && value.mantissa().unsigned_abs() >= 10_u128.pow(27);
        let settled = if lossy { value.round_sf(26).unwrap_or(value) } else { value };
        Number(settled.normalize())
    }

    pub fn checked_add(self, other: Number) -> Option<Number> {
        self.0.checked_add(other.0).map(Number::settled)
    }

    pub fn checked_sub(self, other: Number) -> Option<Number> {
        self.0.checked_sub(other.0).map(Number::settled)
    }

    pub fn checked_mul(self, other: Number) -> Option<Number> {
        self.0.checked_mul(other.0).map(Number::settled)
    }

    /// `None` for division by zero.
    pub fn checked_div(self, other: Number) -> Option<Number> {
        self.0.checked_div(other.0).map(|value| Number(value.normalize()))
    }

    /// `None` for division by zero.
    pub fn checked_rem(self, other: Number) -> Option<Number> {
        self.0.checked_rem(other.0).map(|value| Number(value.normalize()))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Decimal::from(value))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Number {
        Number(Decimal::from(value as u64))
    }
}

impl std::ops::Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(-self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
