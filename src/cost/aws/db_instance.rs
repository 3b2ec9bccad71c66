//! RDS instance: hours by engine and class, storage with what it includes, backups and I/O by use. A read replica takes
//! engine and storage from the database it copies.

use ecow::{EcoString, eco_format};

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_db_instance"], components };

fn components(instance: &Item, lines: &mut Lines) {
    let source = instance.referred("replicate_source_db", &["aws_db_instance"]);
    let storage = source.as_ref().filter(|_| !instance.has("allocated_storage")).unwrap_or(instance);
    let inherited = |path: &str| instance.text(path).or_else(|| source.as_ref().map_or(Text::Absent, |source| source.text(path)));
    let class = instance.text("instance_class").or_else(|| source.as_ref().map_or(Text::Absent, |source| source.text("instance_class")));
    let mirrored = instance.flag("multi_az", false);
    let name = match &mirrored {
        Ok(true) => class.known().map_or("Instance, Multi-AZ".into(), |class| eco_format!("Instance ({class}, Multi-AZ)")),
        _ => ec2::named("Instance", &class),
    };
    let multi_az = match mirrored {
        Ok(multi_az) => multi_az,
        Err(reason) => {
            lines.missing(name, "h", reason.clone());
            return lines.missing("Storage", "GB-month", reason);
        }
    };
    match engine(inherited("engine"), inherited("license_model"), &source) {
        Ok(engine) => {
            let deployment = if multi_az { "multi_az_hour" } else { "single_az_hour" };
            lines.hourly(name, Quantity::one(), Sku::of("rds", &eco_format!("{engine}.{deployment}"), class));
        }
        Err(reason) => lines.missing(name, "h", reason),
    }
    volume(lines, instance, storage, multi_az, inherited("engine"));
    if outdated(inherited("engine"), inherited("engine_version")) {
        lines.missing("Extended support", "vCPU-h", "its version is past standard support; the surcharge is not counted");
    }
    if instance.is_on("performance_insights_enabled") && !free_insights(instance) {
        lines.missing("Performance Insights beyond 7 days", "vCPU-month", "no price for longer retention");
    }
    if instance.is_on("publicly_accessible") {
        ec2::public_addresses(lines, Quantity::one());
    }
    let backups = instance.usage("additional_backup_storage_gb");
    lines.used("Backups beyond the storage", "GB-month", backups, Sku::new("rds", "backup.storage_gb_month"));
}

/// The engine as the price table names it.
fn engine<'a>(engine: Text<'a>, license: Text<'a>, source: &Option<Item>) -> Result<&'static str, EcoString> {
    let own_license = license.is("bring-your-own-license");
    match engine {
        Text::Known("postgres") => Ok("postgresql"),
        Text::Known("mysql") => Ok("mysql"),
        Text::Known("mariadb") => Ok("mariadb"),
        Text::Known("oracle-ee" | "oracle-ee-cdb") => Ok("oracle-ee-byol"),
        Text::Known("oracle-se2" | "oracle-se2-cdb") if own_license => Ok("oracle-se2-byol"),
        Text::Known("oracle-se2" | "oracle-se2-cdb") => Ok("oracle-se2"),
        Text::Known("sqlserver-ee") => Ok("sqlserver-ee"),
        Text::Known("sqlserver-se") => Ok("sqlserver-se"),
        Text::Known("sqlserver-ex") => Ok("sqlserver-ex"),
        Text::Known("sqlserver-web") => Ok("sqlserver-web"),
        Text::Known(other) => Err(eco_format!("no price for the engine {other}")),
        Text::Unknown(reason) => Err(reason),
        Text::Absent if source.is_none() => Err("engine is not set; the snapshot or the copied database decides".into()),
        Text::Absent => Err("the copied database does not set its engine".into()),
    }
}

/// Versions that Amazon supports for a surcharge alone.
fn outdated(engine: Text, version: Text) -> bool {
    let Text::Known(version) = version else { return false };
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match engine {
        Text::Known("mysql") => version.starts_with("5."),
        Text::Known("postgres") => major.is_some_and(|major| major <= 11),
        _ => false,
    }
}

fn free_insights(instance: &Item) -> bool {
    instance.number_or("performance_insights_retention_period", || Quantity::exactly(7)).known().is_some_and(|days| days.high <= 7.into())
}

/// Storage, and IOPS and throughput above what gp3 includes: 3,000 IOPS and 125 MB/s, from 400 GB on 12,000 and 500.
fn volume<'a>(lines: &mut Lines, instance: &Item<'a>, storage: &Item<'a>, multi_az: bool, engine: Text) {
    let iops = if instance.has("iops") { instance.number("iops") } else { storage.number("iops") };
    let provisioned = instance.has("iops") || storage.has("iops");
    let kind = instance.text("storage_type").or_else(|| storage.text("storage_type")).or(if provisioned { "io1" } else { "gp2" });
    let allocated = storage.number_or("allocated_storage", || Quantity::unknown("allocated_storage is not set; the snapshot decides"));
    let size = match instance.number_or("max_allocated_storage", Quantity::of_use) {
        most if most.known().is_some_and(|most| !most.is_zero()) => {
            allocated.clone().between(allocated.clone(), most).assuming("grows by itself up to max_allocated_storage")
        }
        _ => allocated.clone(),
    };
    let zone = if multi_az { "multi_az" } else { "single_az" };
    let name = ec2::named("Storage", &kind);
    let kind = match kind {
        Text::Known("standard") => "magnetic",
        Text::Known(kind @ ("gp2" | "gp3" | "io1" | "io2")) => kind,
        Text::Known(other) => return lines.missing(name, "GB-month", eco_format!("no price for storage of type {other}")),
        Text::Unknown(reason) => return lines.missing(name, "GB-month", reason),
        Text::Absent => return,
    };
    lines.monthly(name, "GB-month", size, Sku::new("rds", &eco_format!("storage.{kind}.{zone}_gb_month")));
    match kind {
        "io1" | "io2" => lines.monthly("IOPS", "IOPS-month", iops, Sku::new("rds", &eco_format!("iops.{kind}.{zone}_iops_month"))),
        "gp3" => {
            let large = allocated.known().is_some_and(|size| size.low >= large_from(&engine).into());
            let (included_iops, included_throughput) = if large { (12_000, 500) } else { (3_000, 125) };
            if provisioned {
                let above = iops.above(included_iops);
                lines.monthly("IOPS", "IOPS-month", above, Sku::new("rds", &eco_format!("iops.gp3.{zone}_iops_month")));
            }
            let throughput = if instance.has("storage_throughput") { instance } else { storage };
            if throughput.has("storage_throughput") {
                let above = throughput.number("storage_throughput").above(included_throughput);
                lines.monthly("Throughput", "MB/s-month", above, Sku::new("rds", &eco_format!("throughput.gp3.{zone}_mbps_month")));
            }
        }
        "magnetic" => lines.used("I/O requests", "1M requests", instance.usage("monthly_standard_io_requests"), Sku::new("rds", "magnetic.io_1m")),
        _ => {}
    }
}

/// Gigabytes from which gp3 includes more; SQL Server never does.
fn large_from(engine: &Text) -> i64 {
    match engine.known() {
        Some(engine) if engine.starts_with("oracle") => 200,
        Some(engine) if engine.starts_with("sqlserver") => i64::MAX,
        _ => 400,
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    /// Primary: 730 x 0.145 = 105.85 and 100 x 0.23. Replica, in one zone: 730 x 0.072 = 52.56 and 100 x 0.115.
    #[test]
    fn a_replica_takes_engine_and_storage_from_its_source() {
        assert_snapshot!(bill(r#"
            variable "password" {
              sensitive = true
            }
            resource "aws_db_instance" "primary" {
              identifier        = "shop"
              engine            = "postgres"
              instance_class    = "db.t3.medium"
              allocated_storage = 100
              storage_type      = "gp3"
              multi_az          = true
              password          = var.password
            }
            resource "aws_db_instance" "replica" {
              replicate_source_db = aws_db_instance.primary.identifier
              instance_class      = "db.t3.medium"
            }
        "#), @r"
        aws_db_instance.primary 128.85
          Instance (db.t3.medium, Multi-AZ): 730 h x 0.145 = 105.85
          Storage (gp3): 100 GB-month x 0.23 = 23
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        aws_db_instance.replica 64.06
          Instance (db.t3.medium): 730 h x 0.072 = 52.56
          Storage (gp3): 100 GB-month x 0.115 = 11.5
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        ");
    }

    /// 500 GB of gp3 include 12,000 IOPS: 2,000 above at 0.02. io1 pays every IOPS: 1,000 at 0.1.
    #[test]
    fn storage_by_type() {
        assert_snapshot!(bill(r#"
            resource "aws_db_instance" "a" {
              engine            = "mysql"
              instance_class    = "db.t3.micro"
              allocated_storage = 500
              storage_type      = "gp3"
              iops              = 14000
            }
            resource "aws_db_instance" "b" {
              engine                = "oracle-se2"
              license_model         = "license-included"
              instance_class        = "db.t3.medium"
              allocated_storage     = 100
              max_allocated_storage = 200
              iops                  = 1000
            }
        "#), @r"
        aws_db_instance.a 109.91
          Instance (db.t3.micro): 730 h x 0.017 = 12.41
          Storage (gp3): 500 GB-month x 0.115 = 57.5
          IOPS: 2000 IOPS-month x 0.02 = 40
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        aws_db_instance.b 222 (222 to 234.5)
          Instance (db.t3.medium): 730 h x 0.15 = 109.5
          Storage (io1): 100 (100 to 200) GB-month x 0.125 = 12.5 (12.5 to 25); grows by itself up to max_allocated_storage
          IOPS: 1000 IOPS-month x 0.1 = 100
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        ");
    }

    /// The use of 50 GB of backups adds 50 x 0.095 = 4.75 to 730 x 0.017 + 20 x 0.115 + 730 x 0.005.
    #[test]
    fn backups_and_what_is_not_known() {
        let usage = "resource_usage:\n  aws_db_instance.a:\n    additional_backup_storage_gb: 50\n";
        assert_snapshot!(bill_with(r#"
            variable "engine" {}
            variable "zones" {}
            resource "aws_db_instance" "a" {
              engine              = "mariadb"
              instance_class      = "db.t3.micro"
              allocated_storage   = 20
              publicly_accessible = true
            }
            resource "aws_db_instance" "b" {
              engine            = var.engine
              instance_class    = "db.t3.micro"
              allocated_storage = 20
            }
            resource "aws_db_instance" "c" {
              engine            = "mysql"
              instance_class    = "db.t3.micro"
              multi_az          = var.zones
              allocated_storage = 20
            }
            resource "aws_db_instance" "d" {
              replicate_source_db = "elsewhere"
              instance_class      = "db.t3.micro"
            }
        "#, usage), @r"
        aws_db_instance.a 23.11
          Instance (db.t3.micro): 730 h x 0.017 = 12.41
          Storage (gp2): 20 GB-month x 0.115 = 2.3
          Public IPv4 address: 730 h x 0.005 = 3.65
          Backups beyond the storage: 50 GB-month x 0.095 = 4.75
        aws_db_instance.b 2.3
          Instance (db.t3.micro): ? h; var.engine has no value (engine)
          Storage (gp2): 20 GB-month x 0.115 = 2.3
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        aws_db_instance.c unpriced: var.zones has no value (multi_az)
          Instance (db.t3.micro): ? h; var.zones has no value (multi_az)
          Storage: ? GB-month; var.zones has no value (multi_az)
        aws_db_instance.d unpriced: engine is not set; the snapshot or the copied database decides
          Instance (db.t3.micro): ? h; engine is not set; the snapshot or the copied database decides
          Storage (gp2): ? GB-month x 0.115; allocated_storage is not set; the snapshot decides
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        ");
    }

    #[test]
    fn an_old_version_costs_more_than_is_known() {
        assert_snapshot!(bill(r#"
            resource "aws_db_instance" "old" {
              engine            = "mysql"
              engine_version    = "5.7.44"
              instance_class    = "db.t3.micro"
              allocated_storage = 20
            }
        "#), @r"
        aws_db_instance.old 14.71
          Instance (db.t3.micro): 730 h x 0.017 = 12.41
          Storage (gp2): 20 GB-month x 0.115 = 2.3
          Extended support: ? vCPU-h; its version is past standard support; the surcharge is not counted
          Backups beyond the storage: ? GB-month x 0.095; depends on use
        ");
    }
}
