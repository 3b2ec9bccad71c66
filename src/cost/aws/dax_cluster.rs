//! DAX cluster: nodes by type.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_dax_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let kind = cluster.text("node_type");
    lines.hourly(ec2::named("Node", &kind), cluster.number("replication_factor"), Sku::of("dms_dax_emr", "dax.node_hour", kind));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn nodes_by_type() {
        assert_snapshot!(bill("resource \"aws_dax_cluster\" \"a\" {\n  node_type = \"dax.t3.small\"\n  replication_factor = 3\n}\n"), @r"
        aws_dax_cluster.a 87.6
          Node (dax.t3.small): 2190 h x 0.04 = 87.6
        ");
    }
}
