//! Aurora cluster: storage and I/O by use, capacity units where it is serverless by itself. Its instances are charged
//! where they are declared. A Multi-AZ DB cluster of MySQL or PostgreSQL: its three instances.

use ecow::eco_format;

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{MONTH, Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_rds_cluster"], components };

/// Seconds of a month.
const SECONDS: i64 = MONTH * 3600;

fn components(cluster: &Item, lines: &mut Lines) {
    match cluster.text("engine").or("aurora") {
        Text::Unknown(reason) => return lines.unpriced(reason),
        Text::Known(engine @ ("mysql" | "postgres")) => return multi_az(cluster, lines, engine),
        _ => {}
    }
    if cluster.text("engine_mode").is("serverless") {
        let bounds = |path: &str, default: i64| cluster.number_or(path, || Quantity::exactly(default));
        let (least, most) = (bounds("scaling_configuration.min_capacity", 1), bounds("scaling_configuration.max_capacity", 16));
        let units = match cluster.usage("capacity_units_per_hr") {
            given if given.known().is_some() => given,
            _ => least.clone().between(least, most).assuming("expected at the least capacity"),
        };
        lines.hourly("Capacity units", units, Sku::new("rds", "aurora.serverless_v1_acu_hour"));
    }
    let storage_type = cluster.text("storage_type");
    let optimized = storage_type.is("aurora-iopt1");
    let key = if optimized { "aurora.storage_io_optimized_gb_month" } else { "aurora.storage_gb_month" };
    lines.used("Storage", "GB-month", cluster.usage("storage_gb"), Sku::new("rds", key));
    if !optimized {
        let requests = match (cluster.usage("write_requests_per_sec"), cluster.usage("read_requests_per_sec")) {
            (writes, reads) if writes.is_of_use() => reads,
            (writes, reads) if reads.is_of_use() => writes,
            (writes, reads) => writes + reads,
        };
        lines.used("I/O requests", "1M requests", requests * SECONDS, Sku::new("rds", "aurora.io_1m"));
    }
    let days = cluster.number_or("backup_retention_period", Quantity::one).above(1);
    if days.known().is_none_or(|days| !days.is_zero()) {
        let kept = cluster.usage("backup_snapshot_size_gb") * days;
        lines.used("Backups, the first included", "GB-month", kept, Sku::new("rds", "aurora.backup_gb_month"));
    }
    lines.used_if_given("Snapshot export", "GB", cluster.usage("snapshot_export_size_gb"), Sku::new("rds", "snapshot_export_gb"));
    if cluster.has("backtrack_window") {
        let records = cluster.usage("average_statements_per_hr") * cluster.usage("change_records_per_statement");
        let kept = records * cluster.usage("backtrack_window_hrs") * MONTH;
        lines.used("Backtrack", "1M records", kept, Sku::new("rds", "aurora.backtrack_1m"));
    }
}

fn multi_az(cluster: &Item, lines: &mut Lines, engine: &str) {
    let class = cluster.text("db_cluster_instance_class");
    if class == Text::Absent {
        return lines.unpriced("db_cluster_instance_class is not set");
    }
    let engine = if engine == "postgres" { "postgresql" } else { engine };
    let name = ec2::named("Three instances", &class);
    lines.hourly(name, Quantity::one(), Sku::of("rds", &eco_format!("{engine}.multi_az_cluster_hour"), class));
    lines.missing("Storage", "GB-month", "no price for the storage of Multi-AZ DB clusters");
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    /// 200 x 0.1; 100 writes and 50 reads a second are 394.2 million a month at 0.2; two more days of 30 GB x 0.021.
    #[test]
    fn aurora_by_use() {
        let cluster = "resource \"aws_rds_cluster\" \"a\" {\n  engine = \"aurora-mysql\"\n  backup_retention_period = 3\n}\n";
        assert_snapshot!(bill(cluster), @r"
        aws_rds_cluster.a depends on use
          Storage: ? GB-month x 0.1; depends on use
          I/O requests: ? 1M requests x 0.2; depends on use
          Backups, the first included: ? GB-month x 0.021; depends on use
        ");
        let usage = "resource_usage:\n  aws_rds_cluster.a:\n    storage_gb: 200\n    write_requests_per_sec: 100\n    read_requests_per_sec: 50\n    backup_snapshot_size_gb: 30\n";
        assert_snapshot!(bill_with(cluster, usage), @r"
        aws_rds_cluster.a 100.1
          Storage: 200 GB-month x 0.1 = 20
          I/O requests: 394.2 1M requests x 0.2 = 78.84
          Backups, the first included: 60 GB-month x 0.021 = 1.26
        ");
    }

    /// Serverless of the first kind from 2 to 8 units of 0.06; three db.m6gd.large of a Multi-AZ cluster at 0.522.
    #[test]
    fn serverless_and_multi_az_clusters() {
        assert_snapshot!(bill(r#"
            resource "aws_rds_cluster" "s" {
              engine      = "aurora-postgresql"
              engine_mode = "serverless"
              storage_type = "aurora-iopt1"
              scaling_configuration {
                min_capacity = 2
                max_capacity = 8
              }
            }
            resource "aws_rds_cluster" "m" {
              engine                    = "mysql"
              db_cluster_instance_class = "db.m6gd.large"
              allocated_storage         = 100
            }
        "#), @r"
        aws_rds_cluster.m 381.06
          Three instances (db.m6gd.large): 730 h x 0.522 = 381.06
          Storage: ? GB-month; no price for the storage of Multi-AZ DB clusters
        aws_rds_cluster.s 87.6 (87.6 to 350.4)
          Capacity units: 1460 (1460 to 5840) h x 0.06 = 87.6 (87.6 to 350.4); expected at the least capacity
          Storage: ? GB-month x 0.225; depends on use
        ");
    }
}
