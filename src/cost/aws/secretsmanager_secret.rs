//! Secret: by the month, and calls by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_secretsmanager_secret"], components };

fn components(secret: &Item, lines: &mut Lines) {
    let replicas = secret.length("replica");
    lines.monthly("Secret", "secret-month", Quantity::one() + replicas, Sku::new("kms_secrets", "secretsmanager.secret_month"));
    lines.used("Calls", "10k calls", secret.usage("monthly_requests"), Sku::new("kms_secrets", "secretsmanager.api_10k"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn a_replica_is_a_secret_too() {
        let usage = "resource_usage:\n  aws_secretsmanager_secret.a:\n    monthly_requests: 1000000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_secretsmanager_secret" "a" {
              replica {
                region = "eu-west-1"
              }
            }
        "#, usage), @r"
        aws_secretsmanager_secret.a 5.8
          Secret: 2 secret-month x 0.4 = 0.8
          Calls: 100 10k calls x 0.05 = 5
        ");
    }
}
