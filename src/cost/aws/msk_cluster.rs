//! Amazon MSK, provisioned: brokers by the hour, their disks by the gigabyte.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_msk_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let brokers = cluster.number("number_of_broker_nodes");
    let kind = cluster.text("broker_node_group_info.instance_type");
    lines.hourly(ec2::named("Broker", &kind), brokers.clone(), Sku::of("messaging", "msk.broker_hour", kind));
    let current = "broker_node_group_info.storage_info.ebs_storage_info.volume_size";
    let size = if cluster.has(current) { cluster.number(current) } else { cluster.number("broker_node_group_info.ebs_volume_size") };
    lines.monthly("Storage", "GB-month", brokers * size, Sku::new("messaging", "msk.storage_gb_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// 3 x 730 x 0.0456 and 3 x 1,000 x 0.1.
    #[test]
    fn three_small_brokers() {
        assert_snapshot!(bill(r#"
            resource "aws_msk_cluster" "logs" {
              number_of_broker_nodes = 3
              broker_node_group_info {
                instance_type = "kafka.t3.small"
                storage_info {
                  ebs_storage_info {
                    volume_size = 1000
                  }
                }
              }
            }
        "#), @r"
        aws_msk_cluster.logs 399.864
          Broker (kafka.t3.small): 2190 h x 0.0456 = 99.864
          Storage: 3000 GB-month x 0.1 = 300
        ");
    }
}
