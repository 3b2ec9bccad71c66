//! DynamoDB table: provisioned capacity by the hour, between the bounds of its scaling, or requests by use; storage and
//! backups by use; the same again in each replica.

use ecow::{EcoString, eco_format};

use super::Priced;
use crate::cost::item::{Item, Settings};
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_dynamodb_table"], components };

fn components(table: &Item, lines: &mut Lines) {
    let rare = table.text("table_class").is("STANDARD_INFREQUENT_ACCESS");
    let replicas = match table.blocks("replica") {
        Ok(replicas) => replicas,
        Err(reason) => {
            lines.missing("Replicas", "h", reason);
            Vec::new()
        }
    };
    match table.text("billing_mode").or("PROVISIONED") {
        Text::Known("PROVISIONED") => provisioned(table, lines, rare, &replicas),
        Text::Unknown(reason) => lines.missing("Reads and writes", "h", reason),
        _ => on_demand(table, lines, rare, &replicas),
    }
    let storage = if rare { "ia.storage_gb_month" } else { "storage_gb_month" };
    lines.used("Storage", "GB-month", table.usage("storage_gb"), sku(storage));
    each(&replicas, |region, name| lines.used(eco_format!("Storage{name}"), "GB-month", table.usage("storage_gb"), sku(storage).at(region)));
    if table.is_on("point_in_time_recovery.enabled") {
        lines.used("Backups to any point in time", "GB-month", table.usage("pitr_backup_storage_gb"), sku("pitr_gb_month"));
    }
    lines.used_if_given("Backups on demand", "GB-month", table.usage("on_demand_backup_storage_gb"), sku("ondemand_backup_gb_month"));
    lines.used_if_given("Data restored", "GB", table.usage("monthly_data_restored_gb"), sku("restore_gb"));
    if table.is_on("stream_enabled") {
        lines.used_if_given("Stream reads", "1M reads", table.usage("monthly_streams_read_request_units"), sku("streams_read_1m"));
    }
}

fn provisioned(table: &Item, lines: &mut Lines, rare: bool, replicas: &[Settings]) {
    let reads = capacity(table, "read_capacity", "dynamodb:table:ReadCapacityUnits");
    let writes = capacity(table, "write_capacity", "dynamodb:table:WriteCapacityUnits");
    let (read, write) = match rare {
        true => ("ia.provisioned.rcu_hour", "ia.provisioned.wcu_hour"),
        false => ("provisioned.rcu_hour", "provisioned.wcu_hour"),
    };
    let write = if replicas.is_empty() || rare { write } else { "provisioned.rwcu_hour" };
    lines.hourly("Read capacity", reads.clone(), sku(read));
    lines.hourly("Write capacity", writes.clone(), sku(write));
    each(replicas, |region, name| {
        lines.hourly(eco_format!("Read capacity{name}"), reads.clone(), sku(read).at(region));
        lines.hourly(eco_format!("Write capacity{name}"), writes.clone(), sku(write).at(region));
    });
}

fn on_demand(table: &Item, lines: &mut Lines, rare: bool, replicas: &[Settings]) {
    let (reads, writes) = (table.usage("monthly_read_request_units"), table.usage("monthly_write_request_units"));
    let (read, write) = match rare {
        true => ("ia.ondemand.read_1m", "ia.ondemand.write_1m"),
        false => ("ondemand.read_1m", "ondemand.write_1m"),
    };
    let write = if replicas.is_empty() || rare { write } else { "ondemand.rwrite_1m" };
    lines.used("Reads", "1M reads", reads, sku(read));
    lines.used("Writes", "1M writes", writes.clone(), sku(write));
    each(replicas, |region, name| lines.used(eco_format!("Writes{name}"), "1M writes", writes.clone(), sku(write).at(region)));
}

/// The table's capacity and that of its global indexes; the table's between the bounds of its scaling.
fn capacity(table: &Item, argument: &str, dimension: &str) -> Quantity {
    let own = table.number_or(argument, Quantity::one);
    let own = match table.scaling(dimension) {
        Some((least, most)) => own.between(least, most),
        None => own,
    };
    match table.blocks("global_secondary_index") {
        Ok(indexes) => indexes.iter().fold(own, |sum, index| sum + index.number_or(argument, Quantity::one)),
        Err(reason) => Quantity::unknown(reason),
    }
}

fn each(replicas: &[Settings], mut line: impl FnMut(&str, EcoString)) {
    for replica in replicas {
        if let Text::Known(region) = replica.text("region_name") {
            line(region, eco_format!(" ({region})"));
        }
    }
}

fn sku(key: &str) -> Sku<'_> {
    Sku::new("dynamodb", key)
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    /// 15 reads (index included) x 730 x 0.00013; 5 to 50 writes and 5 of the index x 730 x 0.00065.
    #[test]
    fn provisioned_capacity_with_its_indexes_and_scaling() {
        assert_snapshot!(bill(r#"
            resource "aws_dynamodb_table" "a" {
              name           = "a"
              read_capacity  = 10
              write_capacity = 5
              global_secondary_index {
                name           = "by-date"
                read_capacity  = 5
                write_capacity = 5
              }
            }
            resource "aws_appautoscaling_target" "writes" {
              resource_id        = "table/${aws_dynamodb_table.a.name}"
              scalable_dimension = "dynamodb:table:WriteCapacityUnits"
              min_capacity       = 5
              max_capacity       = 50
            }
        "#), @r"
        aws_appautoscaling_target.writes free
        aws_dynamodb_table.a 6.1685 (6.1685 to 27.521)
          Read capacity: 10950 h x 0.00013 = 1.4235
          Write capacity: 7300 (7300 to 40150) h x 0.00065 = 4.745 (4.745 to 26.0975)
          Storage: ? GB-month x 0.25; depends on use
        ");
    }

    /// 8 million reads at 0.125, 3 million writes at 0.625, 100 GB at 0.25 and as much at 0.2 for recovery.
    #[test]
    fn on_demand_by_use() {
        let usage = "resource_usage:\n  aws_dynamodb_table.a:\n    monthly_read_request_units: 8000000\n    monthly_write_request_units: 3000000\n    storage_gb: 100\n    pitr_backup_storage_gb: 100\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_dynamodb_table" "a" {
              name         = "a"
              billing_mode = "PAY_PER_REQUEST"
              point_in_time_recovery {
                enabled = true
              }
            }
        "#, usage), @r"
        aws_dynamodb_table.a 47.875
          Reads: 8 1M reads x 0.125 = 1
          Writes: 3 1M writes x 0.625 = 1.875
          Storage: 100 GB-month x 0.25 = 25
          Backups to any point in time: 100 GB-month x 0.2 = 20
        ");
    }

    #[test]
    fn a_replica_costs_again_in_its_region() {
        assert_snapshot!(bill(r#"
            resource "aws_dynamodb_table" "a" {
              name           = "a"
              read_capacity  = 1
              write_capacity = 1
              replica {
                region_name = "us-west-2"
              }
            }
        "#), @r"
        aws_dynamodb_table.a 1.1388
          Read capacity: 730 h x 0.00013 = 0.0949
          Write capacity: 730 h x 0.00065 = 0.4745
          Read capacity (us-west-2): 730 h x 0.00013 = 0.0949
          Write capacity (us-west-2): 730 h x 0.00065 = 0.4745
          Storage: ? GB-month x 0.25; depends on use
          Storage (us-west-2): ? GB-month x 0.25; depends on use
        ");
    }
}
