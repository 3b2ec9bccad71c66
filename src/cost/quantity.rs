//! How much of something a month: a figure, a range, or the reason why there is none.
//!
//! What is not known stays so through arithmetic, so that no priced resource has to ask.

use std::ops::{Add, Mul};

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;

use crate::model::Range;

/// Hours of a month.
pub(super) const MONTH: i64 = 730;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub amount: Amount,
    /// What was assumed for it, in words.
    pub assumption: Option<EcoString>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Amount {
    Known(Range),
    /// Depends on use that was not given.
    Use,
    /// A value is not known, for the reason given.
    Unknown(EcoString),
}

/// A text argument; unknown cannot be mistaken for absent.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text<'a> {
    Absent,
    Known(&'a str),
    Unknown(EcoString),
}

impl Quantity {
    pub fn exactly(amount: impl Into<Decimal>) -> Quantity {
        Quantity::range(Range::exactly(amount.into()))
    }

    pub fn one() -> Quantity {
        Quantity::exactly(1)
    }

    pub fn range(range: Range) -> Quantity {
        Quantity { amount: Amount::Known(range), assumption: None }
    }

    pub fn of_use() -> Quantity {
        Quantity { amount: Amount::Use, assumption: None }
    }

    pub fn unknown(reason: impl Into<EcoString>) -> Quantity {
        Quantity { amount: Amount::Unknown(reason.into()), assumption: None }
    }

    /// Adds what was assumed for it.
    pub fn assuming(mut self, words: &str) -> Quantity {
        self.assumption = join(self.assumption, Some(words.into()));
        self
    }

    pub fn known(&self) -> Option<Range> {
        match &self.amount {
            Amount::Known(range) => Some(*range),
            _ => None,
        }
    }

    pub fn is_of_use(&self) -> bool {
        self.amount == Amount::Use
    }

    /// Applies a function that grows with its argument to each bound.
    pub fn map(self, grow: impl Fn(Decimal) -> Decimal) -> Quantity {
        let amount = match self.amount {
            Amount::Known(range) => Amount::Known(Range::new(grow(range.low), grow(range.expected), grow(range.high))),
            other => other,
        };
        Quantity { amount, ..self }
    }

    /// What is left above an included amount.
    pub fn above(self, included: impl Into<Decimal>) -> Quantity {
        let included = included.into();
        self.map(|amount| (amount - included).max(Decimal::ZERO))
    }

    /// From `low` over `self` to `high`; unknown when one of them is.
    pub fn between(self, low: Quantity, high: Quantity) -> Quantity {
        let assumption = join(join(self.assumption.clone(), low.assumption.clone()), high.assumption.clone());
        let amount = match (&low.amount, &self.amount, &high.amount) {
            (Amount::Known(low), Amount::Known(expected), Amount::Known(high)) => {
                Amount::Known(Range::new(low.low, expected.expected, high.high))
            }
            (Amount::Unknown(reason), _, _) | (_, Amount::Unknown(reason), _) | (_, _, Amount::Unknown(reason)) => {
                Amount::Unknown(reason.clone())
            }
            _ => Amount::Use,
        };
        Quantity { amount, assumption }
    }

    /// `self`, or the other one when this has no figure.
    pub fn or(self, other: Quantity) -> Quantity {
        if self.known().is_some() { self } else { other }
    }

    fn with(self, other: Quantity, combine: impl Fn(Range, Range) -> Range) -> Quantity {
        let assumption = join(self.assumption, other.assumption);
        let amount = match (self.amount, other.amount) {
            (Amount::Known(left), Amount::Known(right)) => Amount::Known(combine(left, right)),
            (Amount::Unknown(reason), _) | (_, Amount::Unknown(reason)) => Amount::Unknown(reason),
            _ => Amount::Use,
        };
        Quantity { amount, assumption }
    }
}

impl From<i64> for Quantity {
    fn from(amount: i64) -> Quantity {
        Quantity::exactly(amount)
    }
}

impl Mul for Quantity {
    type Output = Quantity;
    fn mul(self, other: Quantity) -> Quantity {
        self.with(other, Range::mul)
    }
}

impl Mul<i64> for Quantity {
    type Output = Quantity;
    fn mul(self, factor: i64) -> Quantity {
        self * Quantity::exactly(factor)
    }
}

impl Add for Quantity {
    type Output = Quantity;
    fn add(self, other: Quantity) -> Quantity {
        self.with(other, Range::add)
    }
}

impl<'a> Text<'a> {
    pub fn known(&self) -> Option<&'a str> {
        match self {
            Text::Known(text) => Some(text),
            _ => None,
        }
    }

    pub fn is(&self, text: &str) -> bool {
        *self == Text::Known(text)
    }

    /// The text, or another where it is absent. Unknown stays unknown.
    pub fn or(self, default: &'a str) -> Text<'a> {
        match self {
            Text::Absent => Text::Known(default),
            other => other,
        }
    }

    /// `self`, or another where it is absent. Unknown stays unknown.
    pub fn or_else(self, other: impl FnOnce() -> Text<'a>) -> Text<'a> {
        match self {
            Text::Absent => other(),
            found => found,
        }
    }
}

/// Joins two assumptions to one sentence list, without saying the same twice.
pub(super) fn join(first: Option<EcoString>, second: Option<EcoString>) -> Option<EcoString> {
    match (first, second) {
        (Some(first), Some(second)) if first == second => Some(first),
        (Some(first), Some(second)) => Some(eco_format!("{first}; {second}")),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_multiply_bound_by_bound() {
        let nodes = Quantity::exactly(3).between(Quantity::exactly(1), Quantity::exactly(10));
        let hours = (nodes * MONTH).known().unwrap();
        assert_eq!((hours.low, hours.expected, hours.high), (730.into(), 2190.into(), 7300.into()));
    }

    #[test]
    fn what_is_not_known_stays_so_and_a_value_weighs_more_than_use() {
        let unknown = Quantity::unknown("var.nodes has no value");
        assert_eq!((unknown.clone() * 730).amount, unknown.amount);
        assert_eq!((Quantity::of_use() * unknown.clone()).amount, unknown.amount);
        assert_eq!((Quantity::of_use() + Quantity::one()).amount, Amount::Use);
        assert_eq!(Quantity::one().between(unknown.clone(), Quantity::of_use()).amount, unknown.amount);
    }

    #[test]
    fn an_included_amount_never_makes_a_quantity_negative() {
        let above = Quantity::exactly(4000).between(Quantity::exactly(100), Quantity::exactly(6000)).above(3000).known().unwrap();
        assert_eq!((above.low, above.expected, above.high), (0.into(), 1000.into(), 3000.into()));
    }
}
