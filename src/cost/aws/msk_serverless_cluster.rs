//! Amazon MSK, serverless: the cluster by the hour; partitions, storage and data by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_msk_serverless_cluster"], components };

fn components(_: &Item, lines: &mut Lines) {
    lines.hourly("Cluster", Quantity::one(), Sku::new("messaging", "msk.serverless.cluster_hour"));
    lines.used("Partitions", "h", Quantity::of_use(), Sku::new("messaging", "msk.serverless.partition_hour"));
    lines.used("Storage", "GB-month", Quantity::of_use(), Sku::new("messaging", "msk.serverless.storage_gb_month"));
    lines.used("Data in", "GB", Quantity::of_use(), Sku::new("messaging", "msk.serverless.in_gb"));
    lines.used("Data out", "GB", Quantity::of_use(), Sku::new("messaging", "msk.serverless.out_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn the_cluster_costs_by_the_hour() {
        assert_snapshot!(bill("resource \"aws_msk_serverless_cluster\" \"a\" {}\n"), @r"
        aws_msk_serverless_cluster.a 547.5
          Cluster: 730 h x 0.75 = 547.5
          Partitions: ? h x 0.0015; depends on use
          Storage: ? GB-month x 0.1; depends on use
          Data in: ? GB x 0.1; depends on use
          Data out: ? GB x 0.05; depends on use
        ");
    }
}
