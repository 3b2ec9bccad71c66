//! Instance of a DocumentDB cluster: hours by class.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_docdb_cluster_instance"], components };

fn components(instance: &Item, lines: &mut Lines) {
    let class = instance.text("instance_class");
    let cluster = instance.referred("cluster_identifier", &["aws_docdb_cluster"]);
    if cluster.is_some_and(|cluster| cluster.text("storage_type").is("iopt1")) {
        return lines.unpriced("no price for instances of I/O-optimized clusters");
    }
    lines.hourly(ec2::named("Instance", &class), Quantity::one(), Sku::of("docdb_neptune_memorydb", "docdb.instance_hour", class));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn hours_by_class() {
        assert_snapshot!(bill("resource \"aws_docdb_cluster_instance\" \"a\" {\n  instance_class = \"db.t3.medium\"\n}\n"), @r"
        aws_docdb_cluster_instance.a 56.94
          Instance (db.t3.medium): 730 h x 0.078 = 56.94
        ");
    }
}
