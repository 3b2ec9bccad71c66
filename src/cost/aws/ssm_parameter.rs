//! Parameter: free, but for the advanced tier.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_ssm_parameter"], components };

fn components(parameter: &Item, lines: &mut Lines) {
    match parameter.text("tier") {
        Text::Known("Advanced") => lines.hourly("Advanced parameter", Quantity::one(), Sku::new("kms_secrets", "ssm.advanced_parameter_hour")),
        Text::Unknown(reason) => lines.unpriced(reason),
        _ => lines.free(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn only_the_advanced_tier_costs() {
        assert_snapshot!(bill(r#"
            resource "aws_ssm_parameter" "a" {
              tier = "Advanced"
            }
            resource "aws_ssm_parameter" "b" {}
        "#), @r"
        aws_ssm_parameter.a 0.0511
          Advanced parameter: 730 h x 0.00007 = 0.0511
        aws_ssm_parameter.b free
        ");
    }
}
