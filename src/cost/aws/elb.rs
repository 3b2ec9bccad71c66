//! Classic load balancer: hours and each gigabyte that passes it.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_elb"], components };

fn components(balancer: &Item, lines: &mut Lines) {
    lines.hourly("Classic load balancer", Quantity::one(), Sku::new("elb", "clb.hour"));
    lines.used("Data processed", "GB", balancer.usage("monthly_data_processed_gb"), Sku::new("elb", "clb.data_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn hours_and_data() {
        let usage = "resource_usage:\n  aws_elb.a:\n    monthly_data_processed_gb: 1000\n";
        assert_snapshot!(bill_with("resource \"aws_elb\" \"a\" {}\n", usage), @r"
        aws_elb.a 26.25
          Classic load balancer: 730 h x 0.025 = 18.25
          Data processed: 1000 GB x 0.008 = 8
        ");
    }
}
