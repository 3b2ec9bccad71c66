//! Network Firewall: an endpoint in each subnet by the hour, and what passes.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_networkfirewall_firewall"], components };

fn components(firewall: &Item, lines: &mut Lines) {
    lines.hourly("Endpoint", firewall.length("subnet_mapping"), Sku::new("security", "network_firewall.endpoint_hour"));
    lines.used("Data processed", "GB", firewall.usage("monthly_data_processed_gb"), Sku::new("security", "network_firewall.data_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn an_endpoint_a_subnet() {
        assert_snapshot!(bill(r#"
            resource "aws_networkfirewall_firewall" "a" {
              subnet_mapping {
                subnet_id = "subnet-1"
              }
              subnet_mapping {
                subnet_id = "subnet-2"
              }
            }
        "#), @r"
        aws_networkfirewall_firewall.a 576.7
          Endpoint: 1460 h x 0.395 = 576.7
          Data processed: ? GB x 0.065; depends on use
        ");
    }
}
