//! Money and quantities as ranges: a figure that is not certain says from where to where.

use std::ops::{Add, AddAssign, Mul, Sub};

use rust_decimal::Decimal;

/// Lowest, expected and highest value of a figure. `low <= expected <= high` unless it is a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    pub low: Decimal,
    pub expected: Decimal,
    pub high: Decimal,
}

impl Range {
    pub const ZERO: Range = Range { low: Decimal::ZERO, expected: Decimal::ZERO, high: Decimal::ZERO };

    pub const fn exactly(value: Decimal) -> Range {
        Range { low: value, expected: value, high: value }
    }

    /// Orders the three so that the type's promise holds.
    pub fn new(low: Decimal, expected: Decimal, high: Decimal) -> Range {
        Range { low: low.min(expected), expected, high: high.max(expected) }
    }

    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    pub fn is_zero(&self) -> bool {
        self.low.is_zero() && self.high.is_zero() && self.expected.is_zero()
    }
}

impl From<Decimal> for Range {
    fn from(value: Decimal) -> Range {
        Range::exactly(value)
    }
}

impl Add for Range {
    type Output = Range;
    fn add(self, other: Range) -> Range {
        Range { low: sum(self.low, other.low), expected: sum(self.expected, other.expected), high: sum(self.high, other.high) }
    }
}

impl AddAssign for Range {
    fn add_assign(&mut self, other: Range) {
        *self = *self + other;
    }
}

/// The difference of two independent figures, bound by bound: low to low, expected to expected, high to high.
impl Sub for Range {
    type Output = Range;
    fn sub(self, other: Range) -> Range {
        Range {
            low: difference(self.low, other.low),
            expected: difference(self.expected, other.expected),
            high: difference(self.high, other.high),
        }
    }
}

/// Both factors are non-negative: a quantity and a price, or two quantities.
impl Mul for Range {
    type Output = Range;
    fn mul(self, other: Range) -> Range {
        Range { low: product(self.low, other.low), expected: product(self.expected, other.expected), high: product(self.high, other.high) }
    }
}
// Each is two kilobytes of the browser core wherever it is written out.

#[inline(never)]
fn sum(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_add(b)
}

#[inline(never)]
fn difference(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_sub(b)
}

#[inline(never)]
fn product(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_mul(b)
}
