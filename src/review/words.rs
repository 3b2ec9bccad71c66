//! Names, numbers and sentences as the review writes them.

use ecow::{EcoString, eco_format};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::impact::stateful;
use crate::model::{Mode, Resource, Setting};

/// What people call a resource: `database`, `route table`.
pub(super) fn noun(resource: &Resource) -> EcoString {
    if resource.mode == Mode::Module {
        return "module".into();
    }
    if let Some(stateful) = stateful(&resource.r#type) {
        return stateful.noun.into();
    }
    match resource.r#type.as_str() {
        "aws_eip" => "address".into(),
        "aws_lb" | "aws_alb" | "aws_elb" => "load balancer".into(),
        "aws_lb_listener" => "listener".into(),
        "aws_lb_target_group" => "target group".into(),
        "aws_route53_record" => "DNS record".into(),
        "aws_route53_zone" => "DNS zone".into(),
        "aws_vpc" => "network".into(),
        "aws_nat_gateway" => "NAT gateway".into(),
        kind => {
            let (_, rest) = kind.split_once('_').unwrap_or(("", kind));
            rest.replace('_', " ").into()
        }
    }
}

/// The environment a resource says it belongs to, in a word: from its tags, or for production from its names.
pub(super) fn environment(resource: &Resource) -> Option<EcoString> {
    for tag in ["tags.Environment", "tags.environment", "tags.Env", "tags.env", "tags.Stage", "tags.stage"] {
        if let Setting::Known(value) = resource.setting(tag)
            && let Some(text) = value.as_text()
            && !text.is_empty()
            && text.len() <= 20
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return Some(if is_production(text) { "production".into() } else { text.to_lowercase() });
        }
    }
    let named = ["identifier", "cluster_identifier", "name", "bucket", "replication_group_id"].into_iter().any(|name| {
        matches!(resource.setting(name), Setting::Known(value) if value.as_text().is_some_and(|text| text.split(['-', '_', '.', '/']).any(is_production)))
    });
    named.then(|| "production".into())
}

fn is_production(word: &str) -> bool {
    ["prod", "production", "prd"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// `1 resource`, `4 resources`.
pub(super) fn count(number: usize, one: &str, many: &str) -> EcoString {
    if number == 1 { eco_format!("1 {one}") } else { eco_format!("{} {many}", grouped(&eco_format!("{number}"))) }
}

/// The text with a capital first letter and a full stop.
pub(super) fn sentence(text: &str) -> EcoString {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return EcoString::new() };
    let stop = if text.ends_with(['.', '?', ':']) { "" } else { "." };
    let capital: String = if first.is_ascii_lowercase() { first.to_ascii_uppercase().to_string() } else { first.to_string() };
    eco_format!("{capital}{}{stop}", letters.as_str())
}

/// `+$366`, `−$4.20`, `$0`: with a true minus, cents only below ten dollars.
pub(super) fn signed_dollars(amount: Decimal) -> EcoString {
    let sign = if amount.is_sign_negative() && !rounded(amount).is_zero() {
        "−"
    } else if rounded(amount).is_zero() {
        ""
    } else {
        "+"
    };
    eco_format!("{sign}{}", dollars(amount.abs()))
}

/// `$366`, `$4.20`.
pub(super) fn dollars(amount: Decimal) -> EcoString {
    let amount = rounded(amount);
    if amount.is_integer() { eco_format!("${}", grouped(&eco_format!("{}", amount.trunc()))) } else { eco_format!("${amount:.2}") }
}

/// A number's digits in threes, with a true minus: `1,234.5` of `1234.5`.
pub(crate) fn grouped(digits: &str) -> EcoString {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("−", digits));
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = EcoString::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn rounded(amount: Decimal) -> Decimal {
    let places = if amount.abs() < Decimal::TEN { 2 } else { 0 };
    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money() {
        let amount = |text: &str| Decimal::from_str_exact(text).unwrap();
        assert_eq!(signed_dollars(amount("365.98")), "+$366");
        assert_eq!(signed_dollars(amount("-32.774")), "−$33");
        assert_eq!(signed_dollars(amount("4.2")), "+$4.20");
        assert_eq!(signed_dollars(amount("-0.001")), "$0");
        assert_eq!(dollars(amount("0")), "$0");
        assert_eq!(signed_dollars(amount("1471308.4")), "+$1,471,308");
        assert_eq!(grouped("-1234567.8901"), "−1,234,567.8901");
        assert_eq!(grouped("100000"), "100,000");
        assert_eq!(grouped("999.1234"), "999.1234");
    }

    #[test]
    fn sentences() {
        assert_eq!(sentence("replaced only if `x` differs"), "Replaced only if `x` differs.");
        assert_eq!(sentence("`x` differs."), "`x` differs.");
        assert_eq!(count(1, "resource", "resources"), "1 resource");
    }
}
