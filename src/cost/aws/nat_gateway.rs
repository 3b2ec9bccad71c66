//! NAT gateway: hours, and each gigabyte that passes it. Its address is charged where it is allocated.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_nat_gateway"], components };

fn components(gateway: &Item, lines: &mut Lines) {
    lines.hourly("NAT gateway", Quantity::one(), Sku::new("nat", "nat_gateway.hour"));
    lines.used("Data processed", "GB", gateway.usage("monthly_data_processed_gb"), Sku::new("nat", "nat_gateway.data_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    const GATEWAY: &str = "resource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"subnet-1\"\n}\n";

    #[test]
    fn hours_are_certain_and_traffic_is_not() {
        assert_snapshot!(bill(GATEWAY), @r"
        aws_nat_gateway.a 32.85
          NAT gateway: 730 h x 0.045 = 32.85
          Data processed: ? GB x 0.045; depends on use
        ");
        let usage = "resource_type_default_usage:\n  aws_nat_gateway:\n    monthly_data_processed_gb: 100\n";
        assert_snapshot!(bill_with(GATEWAY, usage), @r"
        aws_nat_gateway.a 37.35
          NAT gateway: 730 h x 0.045 = 32.85
          Data processed: 100 GB x 0.045 = 4.5
        ");
    }
}
