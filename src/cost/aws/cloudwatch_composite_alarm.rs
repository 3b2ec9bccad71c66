//! Composite alarm: by the month.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudwatch_composite_alarm"], components };

fn components(_: &Item, lines: &mut Lines) {
    lines.monthly("Composite alarm", "alarm-month", Quantity::one(), Sku::new("cloudwatch", "alarm.composite_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_month() {
        assert_snapshot!(bill("resource \"aws_cloudwatch_composite_alarm\" \"a\" {}\n"), @r"
        aws_cloudwatch_composite_alarm.a 0.5
          Composite alarm: 1 alarm-month x 0.5 = 0.5
        ");
    }
}
