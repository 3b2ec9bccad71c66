//! ElastiCache replication group: nodes by type, in shards with replicas or as one set.

use super::{Priced, elasticache_cluster};
use crate::cost::item::Item;
use crate::cost::lines::Lines;
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_elasticache_replication_group"], components };

fn components(group: &Item, lines: &mut Lines) {
    let sharded = |within: &str| {
        let shards = group.number_or(&ecow::eco_format!("{within}num_node_groups"), Quantity::one);
        let replicas = group.number_or(&ecow::eco_format!("{within}replicas_per_node_group"), || Quantity::exactly(0));
        shards * (replicas + Quantity::one())
    };
    let nodes = if group.has("num_node_groups") || group.has("replicas_per_node_group") {
        sharded("")
    } else if group.has("cluster_mode.num_node_groups") {
        sharded("cluster_mode.")
    } else if group.has("num_cache_clusters") {
        group.number("num_cache_clusters")
    } else {
        group.number_or("number_cache_clusters", || Quantity::one().assuming("one node, the default"))
    };
    elasticache_cluster::nodes(lines, group, group.text("engine").or("redis"), nodes);
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// Two nodes: 2 x 730 x 0.017; two shards of three nodes: 6 x 730 x 0.206.
    #[test]
    fn nodes_as_a_set_and_in_shards() {
        assert_snapshot!(bill(r#"
            resource "aws_elasticache_replication_group" "set" {
              replication_group_id = "set"
              description          = "sessions"
              engine               = "redis"
              node_type            = "cache.t3.micro"
              num_cache_clusters   = 2
            }
            resource "aws_elasticache_replication_group" "sharded" {
              replication_group_id    = "sharded"
              description             = "cache"
              node_type               = "cache.r6g.large"
              num_node_groups         = 2
              replicas_per_node_group = 2
            }
        "#), @r"
        aws_elasticache_replication_group.set 24.82
          Node (cache.t3.micro): 1460 h x 0.017 = 24.82
          Snapshots: ? GB-month x 0.085; depends on use
        aws_elasticache_replication_group.sharded 902.28
          Node (cache.r6g.large): 4380 h x 0.206 = 902.28
          Snapshots: ? GB-month x 0.085; depends on use
        ");
    }
}
