//! Money on a card: whole dollars, the sign of a change, a range as a range. What has no price has no figure.

use ecow::{EcoString, eco_format};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::review::{self, MoneyRange, ResourceCostEntry};

/// What a card says of the cost: the change where two versions were compared, else the cost itself.
pub(super) fn amount(cost: &ResourceCostEntry, compared: bool) -> EcoString {
    match (cost.monthly, cost.before) {
        _ if cost.not_compared.is_some() => "not known".into(),
        (Some(after), _) if !compared => plain(after),
        (Some(after), None) if after.low == after.high => signed(after.expected),
        (Some(after), None) => plain(after),
        (None, Some(before)) => signed(-before.expected),
        (Some(after), Some(before)) => difference(after, before),
        (None, None) => EcoString::new(),
    }
}

/// What the resource costs a month, for the heat scale: of the version under review, else of the one before.
pub(super) fn monthly(cost: &ResourceCostEntry) -> Option<Decimal> {
    cost.monthly.or(cost.before).map(|range| range.expected)
}

fn plain(range: MoneyRange) -> EcoString {
    let (low, high) = (whole(range.low), whole(range.high));
    match low == high {
        true if range.expected.is_zero() => EcoString::new(),
        true if high.is_zero() => "<$1".into(),
        true => eco_format!("${}", grouped(high)),
        false => eco_format!("${}–{}", grouped(low), grouped(high)),
    }
}

fn difference(after: MoneyRange, before: MoneyRange) -> EcoString {
    let ends = [after.low - before.low, after.high - before.high];
    let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    if whole(low) == whole(high) {
        signed(after.expected - before.expected)
    } else if low >= Decimal::ZERO {
        eco_format!("+${}–{}", grouped(whole(low)), grouped(whole(high)))
    } else if high <= Decimal::ZERO {
        eco_format!("−${}–{}", grouped(whole(high)), grouped(whole(low)))
    } else {
        eco_format!("−${} to +${}", grouped(whole(low)), grouped(whole(high)))
    }
}

fn signed(amount: Decimal) -> EcoString {
    let sign = if amount.is_sign_negative() { '−' } else { '+' };
    match whole(amount) {
        _ if amount.is_zero() => EcoString::new(),
        zero if zero.is_zero() => eco_format!("{sign}<$1"),
        whole => eco_format!("{sign}${}", grouped(whole)),
    }
}

fn whole(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// Digits in threes, without sign.
fn grouped(whole: Decimal) -> EcoString {
    review::grouped(&eco_format!("{}", whole.abs().normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: &str, expected: &str, high: &str) -> MoneyRange {
        let figure = |text: &str| text.parse().unwrap();
        MoneyRange { low: figure(low), expected: figure(expected), high: figure(high) }
    }

    fn cost(monthly: Option<MoneyRange>, before: Option<MoneyRange>) -> ResourceCostEntry {
        ResourceCostEntry { address: "a.b".into(), monthly, before, delta: None, not_compared: None, components: Vec::new() }
    }

    #[test]
    fn amounts_are_whole_signed_and_ranges() {
        let exact = |text: &str| range(text, text, text);
        let cases = [
            (Some(exact("128.85")), Some(exact("37.78")), "+$91"),
            (None, Some(exact("32.768")), "−$33"),
            (None, Some(exact("3.65")), "−$4"),
            (Some(range("0", "0", "321.9")), None, "$0–322"),
            (Some(exact("0.40")), None, "+<$1"),
            (Some(exact("0")), None, ""),
            (Some(exact("1234567.5")), None, "+$1,234,568"),
            (Some(range("10", "20", "50")), Some(exact("5")), "+$5–45"),
            (Some(range("0", "20", "50")), Some(exact("5")), "−$5 to +$45"),
            (Some(range("0", "1", "2")), Some(exact("10")), "−$8–10"),
            (None, None, ""),
        ];
        for (after, before, expected) in cases {
            assert_eq!(amount(&cost(after, before), true), expected);
        }
        assert_eq!(amount(&cost(Some(exact("91.07")), None), false), "$91", "a snapshot has no sign");
        assert_eq!(amount(&cost(Some(exact("0.2")), None), false), "<$1");
    }
}
