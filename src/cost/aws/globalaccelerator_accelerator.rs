//! Global Accelerator: hours. What it adds to each gigabyte has no price here.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_globalaccelerator_accelerator"], components };

fn components(accelerator: &Item, lines: &mut Lines) {
    match accelerator.flag("enabled", true) {
        Ok(true) => {}
        Ok(false) => return lines.free(),
        Err(reason) => return lines.unpriced(reason),
    }
    lines.hourly("Accelerator", Quantity::one(), Sku::global("analytics", "global_accelerator.hour"));
    lines.missing("Data sent", "GB", "no price for what it adds to each gigabyte");
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_hour() {
        assert_snapshot!(bill("resource \"aws_globalaccelerator_accelerator\" \"a\" {\n  name = \"a\"\n}\n"), @r"
        aws_globalaccelerator_accelerator.a 18.25
          Accelerator: 730 h x 0.025 = 18.25
          Data sent: ? GB; no price for what it adds to each gigabyte
        ");
    }
}
