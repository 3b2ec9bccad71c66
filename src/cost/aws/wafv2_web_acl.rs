//! Web access list: by the month, each of its rules, and requests by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_wafv2_web_acl"], components };

fn components(list: &Item, lines: &mut Lines) {
    // A list for CloudFront is charged at the prices of us-east-1, wherever its provider is.
    let at = |key| match list.text("scope") {
        Text::Known("CLOUDFRONT") => Sku::new("waf", key).at("us-east-1"),
        _ => Sku::new("waf", key),
    };
    lines.monthly("Access list", "list-month", Quantity::one(), at("web_acl_month"));
    lines.monthly("Rules", "rule-month", list.length("rule"), at("rule_month"));
    lines.used("Requests", "1M requests", list.usage("monthly_requests"), at("requests_1m"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn list_rules_and_requests() {
        assert_snapshot!(bill(r#"
            resource "aws_wafv2_web_acl" "a" {
              scope = "REGIONAL"
              rule {
                name = "common"
              }
              rule {
                name = "rate"
              }
            }
        "#), @r"
        aws_wafv2_web_acl.a 7
          Access list: 1 list-month x 5 = 5
          Rules: 2 rule-month x 1 = 2
          Requests: ? 1M requests x 0.6; depends on use
        ");
    }
}
