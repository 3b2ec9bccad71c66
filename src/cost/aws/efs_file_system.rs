//! File system: storage by class and use, throughput where it is provisioned.

use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Text;

pub(super) const PRICED: Priced = Priced { resources: &["aws_efs_file_system"], components };

fn components(system: &Item, lines: &mut Lines) {
    let one_zone = system.has("availability_zone_name");
    let elastic = system.text("throughput_mode").is("elastic");
    let storage = if one_zone { "efs.one_zone_gb_month" } else { "efs.standard_gb_month" };
    let rare = match (one_zone, elastic) {
        (true, _) => "efs.one_zone_ia_gb_month",
        (false, true) => "efs.standard_ia_elastic_gb_month",
        (false, false) => "efs.standard_ia_gb_month",
    };
    let sku = |key| Sku::new("ecr_efs_fsx", key);
    lines.used("Storage", "GB-month", system.usage("storage_gb"), sku(storage));
    if system.has("lifecycle_policy") {
        lines.used("Infrequent access storage", "GB-month", system.usage("infrequent_access_storage_gb"), sku(rare));
        lines.used_if_given("Infrequent access reads", "GB", system.usage("monthly_infrequent_access_read_gb"), sku("efs.ia_read_gb"));
        lines.used_if_given("Infrequent access writes", "GB", system.usage("monthly_infrequent_access_write_gb"), sku("efs.ia_write_gb"));
    }
    match system.text("throughput_mode") {
        Text::Known("provisioned") => {
            let throughput = system.number("provisioned_throughput_in_mibps");
            let throughput = match system.usage("storage_gb").known() {
                // 50 KB/s are included for each gigabyte stored.
                Some(stored) => throughput.above(stored.expected / Decimal::from(20)),
                None => throughput.assuming("none of it counted as included in the storage"),
            };
            lines.monthly("Throughput", "MB/s-month", throughput, sku("efs.provisioned_throughput_mbps_month"));
        }
        Text::Unknown(reason) => lines.missing("Throughput", "MB/s-month", reason),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 100 GB x 0.3, which include 5 MB/s, 50 x 0.025, and 5 more MB/s x 6.
    #[test]
    fn storage_and_throughput() {
        let usage = "resource_usage:\n  aws_efs_file_system.a:\n    storage_gb: 100\n    infrequent_access_storage_gb: 50\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_efs_file_system" "a" {
              throughput_mode                 = "provisioned"
              provisioned_throughput_in_mibps = 10
              lifecycle_policy {
                transition_to_ia = "AFTER_30_DAYS"
              }
            }
        "#, usage), @r"
        aws_efs_file_system.a 61.25
          Storage: 100 GB-month x 0.3 = 30
          Infrequent access storage: 50 GB-month x 0.025 = 1.25
          Throughput: 5 MB/s-month x 6 = 30
        ");
    }
}
