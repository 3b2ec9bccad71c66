//! ElastiCache cluster: nodes by type and engine.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_elasticache_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    if cluster.has("replication_group_id") {
        // A member declared by itself is a further replica, of its group's engine and type.
        let group = cluster.referred("replication_group_id", &["aws_elasticache_replication_group"]);
        let Some(group) = group else { return lines.unpriced("its replication group is declared in no file here") };
        return nodes(lines, &group, group.text("engine").or("redis"), Quantity::one());
    }
    nodes(lines, cluster, cluster.text("engine"), cluster.number_or("num_cache_nodes", Quantity::one));
}

/// Nodes of a cluster or replication group, and snapshots above the one that is included.
pub(super) fn nodes(lines: &mut Lines, cache: &Item, engine: Text, count: Quantity) {
    let kind = cache.text("node_type");
    let name = ec2::named("Node", &kind);
    let (key, snapshots) = match engine {
        Text::Known("redis") => ("redis.node_hour", true),
        Text::Known("valkey") => ("valkey.node_hour", true),
        Text::Known("memcached") => ("memcached.node_hour", false),
        Text::Known(other) => return lines.missing(name, "h", ecow::eco_format!("no price for the engine {other}")),
        Text::Unknown(reason) => return lines.missing(name, "h", reason),
        Text::Absent => return lines.missing(name, "h", "engine is not set"),
    };
    lines.hourly(name, count, Sku::of("elasticache", key, kind));
    if snapshots {
        lines.used("Snapshots", "GB-month", cache.usage("snapshot_storage_size_gb"), Sku::new("elasticache", "backup.storage_gb_month"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn nodes_by_engine() {
        assert_snapshot!(bill(r#"
            resource "aws_elasticache_cluster" "m" {
              cluster_id      = "m"
              engine          = "memcached"
              node_type       = "cache.t3.micro"
              num_cache_nodes = 3
            }
            resource "aws_elasticache_cluster" "v" {
              cluster_id = "v"
              engine     = "valkey"
              node_type  = "cache.t4g.micro"
            }
        "#), @r"
        aws_elasticache_cluster.m 37.23
          Node (cache.t3.micro): 2190 h x 0.017 = 37.23
        aws_elasticache_cluster.v 9.344
          Node (cache.t4g.micro): 730 h x 0.0128 = 9.344
          Snapshots: ? GB-month x 0.085; depends on use
        ");
    }
}
