//! Health check: by the month, more for an endpoint outside AWS and for each option.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_route53_health_check"], components };

fn components(check: &Item, lines: &mut Lines) {
    let kind = match check.text("type") {
        Text::Known(kind) => kind,
        Text::Unknown(reason) => return lines.unpriced(reason),
        Text::Absent => return lines.unpriced("type is not set"),
    };
    let derived = matches!(kind, "CALCULATED" | "CLOUDWATCH_METRIC" | "RECOVERY_CONTROL");
    let given = check.usage_text("endpoint_type");
    let outside = !derived && given == Some("non_aws");
    let (price, option) = match outside {
        true => ("health_check.non_aws_month", "health_check.option_non_aws_month"),
        false => ("health_check.aws_month", "health_check.option_aws_month"),
    };
    let one = if derived || given.is_some() { Quantity::one() } else { Quantity::one().assuming("endpoint in AWS; more outside") };
    lines.monthly("Health check", "check-month", one, Sku::global("route53", price));
    let options = [
        kind.starts_with("HTTPS"),
        kind.ends_with("STR_MATCH"),
        check.is_on("measure_latency"),
        check.number_or("request_interval", || Quantity::exactly(30)) == Quantity::exactly(10),
    ];
    let options = options.iter().filter(|option| **option).count();
    if options > 0 && !derived {
        lines.monthly("Options", "option-month", Quantity::exactly(options as i64), Sku::global("route53", option));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// HTTPS, a text to match and the short interval are three options of 1 each.
    #[test]
    fn options_cost_each() {
        assert_snapshot!(bill(r#"
            resource "aws_route53_health_check" "a" {
              type             = "HTTPS_STR_MATCH"
              request_interval = 10
            }
            resource "aws_route53_health_check" "b" {
              type = "CALCULATED"
            }
        "#), @r"
        aws_route53_health_check.a 3.5
          Health check: 1 check-month x 0.5 = 0.5; endpoint in AWS; more outside
          Options: 3 option-month x 1 = 3
        aws_route53_health_check.b 0.5
          Health check: 1 check-month x 0.5 = 0.5
        ");
    }
}
