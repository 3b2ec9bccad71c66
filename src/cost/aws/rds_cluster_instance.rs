//! Instance of an Aurora cluster: hours by class, or capacity units between the cluster's bounds.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_rds_cluster_instance"], components };

fn components(instance: &Item, lines: &mut Lines) {
    let cluster = instance.referred("cluster_identifier", &["aws_rds_cluster"]);
    let class = instance.text("instance_class");
    let optimized = cluster.as_ref().is_some_and(|cluster| cluster.text("storage_type").is("aurora-iopt1"));
    if class.is("db.serverless") {
        let Some(cluster) = cluster else { return lines.unpriced("its cluster is declared in no file here") };
        let least = cluster.number("serverlessv2_scaling_configuration.min_capacity");
        let most = cluster.number("serverlessv2_scaling_configuration.max_capacity");
        let units = match instance.usage("capacity_units_per_hr") {
            given if given.known().is_some() => given,
            _ => least.clone().between(least, most).assuming("expected at the least capacity"),
        };
        let key = if optimized { "aurora.serverless_v2_io_optimized_acu_hour" } else { "aurora.serverless_v2_acu_hour" };
        return lines.hourly("Capacity units", units, Sku::new("rds", key));
    }
    let engine = instance.text("engine").or_else(|| cluster.as_ref().map_or(Text::Absent, |cluster| cluster.text("engine")));
    let name = ec2::named("Instance", &class);
    let key = match (engine, optimized) {
        (Text::Known("aurora-postgresql"), false) => "aurora-postgresql.single_az_hour",
        (Text::Known("aurora-postgresql"), true) => "aurora-postgresql-io-optimized.single_az_hour",
        (Text::Known("aurora" | "aurora-mysql"), false) => "aurora-mysql.single_az_hour",
        (Text::Known("aurora" | "aurora-mysql"), true) => "aurora-mysql-io-optimized.single_az_hour",
        (Text::Known(other), _) => return lines.missing(name, "h", ecow::eco_format!("no price for the engine {other}")),
        (Text::Unknown(reason), _) => return lines.missing(name, "h", reason),
        (Text::Absent, _) => return lines.missing(name, "h", "engine is not set; its cluster is declared in no file here"),
    };
    lines.hourly(name, Quantity::one(), Sku::of("rds", key, class));
    if instance.is_on("publicly_accessible") {
        ec2::public_addresses(lines, Quantity::one());
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// 730 x 0.26; serverless from half a unit to 4 at 0.12.
    #[test]
    fn the_cluster_gives_engine_and_bounds() {
        assert_snapshot!(bill(r#"
            resource "aws_rds_cluster" "main" {
              engine = "aurora-mysql"
              serverlessv2_scaling_configuration {
                min_capacity = 0.5
                max_capacity = 4
              }
            }
            resource "aws_rds_cluster_instance" "a" {
              cluster_identifier = aws_rds_cluster.main.id
              engine             = aws_rds_cluster.main.engine
              instance_class     = "db.r6g.large"
            }
            resource "aws_rds_cluster_instance" "b" {
              cluster_identifier = aws_rds_cluster.main.id
              instance_class     = "db.serverless"
            }
        "#), @r"
        aws_rds_cluster.main depends on use
          Storage: ? GB-month x 0.1; depends on use
          I/O requests: ? 1M requests x 0.2; depends on use
        aws_rds_cluster_instance.a 189.8
          Instance (db.r6g.large): 730 h x 0.26 = 189.8
        aws_rds_cluster_instance.b 43.8 (43.8 to 350.4)
          Capacity units: 365 (365 to 2920) h x 0.12 = 43.8 (43.8 to 350.4); expected at the least capacity
        ");
    }
}
