//! Key: by the month, and requests by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced =
    Priced { resources: &["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"], components };

fn components(key: &Item, lines: &mut Lines) {
    let one = match key.is_on("enable_key_rotation") {
        true => Quantity::one().assuming("each of the first two rotations adds one"),
        false => Quantity::one(),
    };
    lines.monthly("Key", "key-month", one, Sku::new("kms_secrets", "kms.key_month"));
    let symmetric = key.text("customer_master_key_spec").or("SYMMETRIC_DEFAULT").is("SYMMETRIC_DEFAULT");
    let price = if symmetric { "kms.requests_10k" } else { "kms.asymmetric_requests_10k" };
    lines.used("Requests", "10k requests", key.usage("monthly_requests"), Sku::new("kms_secrets", price));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_month() {
        assert_snapshot!(bill(r#"
            resource "aws_kms_key" "a" {
              enable_key_rotation = true
            }
        "#), @r"
        aws_kms_key.a 1
          Key: 1 key-month x 1 = 1; each of the first two rotations adds one
          Requests: ? 10k requests x 0.03; depends on use
        ");
    }
}
