//! Redshift cluster: nodes by type; storage of RA3 nodes and Spectrum by use.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_redshift_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let kind = cluster.text("node_type");
    let nodes = cluster.number_or("number_of_nodes", Quantity::one);
    lines.hourly(ec2::named("Node", &kind), nodes, Sku::of("redshift", "node_hour", kind.clone()));
    if kind.known().is_some_and(|kind| kind.starts_with("ra3")) {
        lines.used("Storage", "GB-month", cluster.usage("managed_storage_gb"), Sku::new("redshift", "managed_storage_gb_month"));
    }
    lines.used_if_given("Data scanned by Spectrum", "TB", cluster.usage("spectrum_data_scanned_tb"), Sku::new("redshift", "spectrum_tb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn nodes_by_type() {
        assert_snapshot!(bill(r#"
            resource "aws_redshift_cluster" "a" {
              node_type       = "ra3.xlplus"
              number_of_nodes = 2
            }
        "#), @r"
        aws_redshift_cluster.a 1585.56
          Node (ra3.xlplus): 1460 h x 1.086 = 1585.56
          Storage: ? GB-month x 0.024; depends on use
        ");
    }
}
