//! Hosted zone: by the month. Queries are counted at its records.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_route53_zone"], components };

fn components(_: &Item, lines: &mut Lines) {
    lines.monthly("Hosted zone", "zone-month", Quantity::one(), Sku::global("route53", "hosted_zone_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_month_in_every_region() {
        assert_snapshot!(bill(r#"
            provider "aws" {
              region = "eu-south-2"
            }
            resource "aws_route53_zone" "main" {
              name = "example.com"
            }
        "#), @r"
        aws_route53_zone.main 0.5
          Hosted zone: 1 zone-month x 0.5 = 0.5
        ");
    }
}
