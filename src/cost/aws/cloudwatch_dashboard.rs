//! Dashboard: by the month.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudwatch_dashboard"], components };

fn components(_: &Item, lines: &mut Lines) {
    lines.monthly("Dashboard", "dashboard-month", Quantity::one(), Sku::new("cloudwatch", "dashboard_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_month() {
        assert_snapshot!(bill("resource \"aws_cloudwatch_dashboard\" \"a\" {}\n"), @r"
        aws_cloudwatch_dashboard.a 3
          Dashboard: 1 dashboard-month x 3 = 3
        ");
    }
}
