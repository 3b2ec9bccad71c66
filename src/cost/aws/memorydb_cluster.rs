//! MemoryDB cluster: nodes by type, in shards with replicas. Snapshots and written data have no price here.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_memorydb_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let kind = cluster.text("node_type");
    let name = ec2::named("Node", &kind);
    match cluster.text("engine").or("redis") {
        Text::Known("redis") => {}
        Text::Known(other) => return lines.missing(name, "h", ecow::eco_format!("no price for the engine {other}")),
        Text::Unknown(reason) => return lines.missing(name, "h", reason),
        Text::Absent => return,
    }
    let replicas = cluster.number_or("num_replicas_per_shard", Quantity::one);
    let nodes = cluster.number_or("num_shards", Quantity::one) * (replicas + Quantity::one());
    lines.hourly(name, nodes, Sku::of("docdb_neptune_memorydb", "memorydb.redis_node_hour", kind));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// One shard with one replica, the defaults: 2 x 730 x 0.048.
    #[test]
    fn nodes_of_all_shards() {
        assert_snapshot!(bill("resource \"aws_memorydb_cluster\" \"a\" {\n  node_type = \"db.t4g.small\"\n}\n"), @r"
        aws_memorydb_cluster.a 70.08
          Node (db.t4g.small): 1460 h x 0.048 = 70.08
        ");
    }
}
