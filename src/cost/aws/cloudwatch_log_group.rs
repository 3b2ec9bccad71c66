//! Log group: what is written, kept and searched, by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudwatch_log_group"], components };

fn components(group: &Item, lines: &mut Lines) {
    let rare = group.text("log_group_class").is("INFREQUENT_ACCESS");
    let ingest = if rare { "logs.ingest_ia_gb" } else { "logs.ingest_gb" };
    lines.used("Data written", "GB", group.usage("monthly_data_ingested_gb"), Sku::new("cloudwatch", ingest));
    lines.used("Data kept", "GB-month", group.usage("storage_gb"), Sku::new("cloudwatch", "logs.storage_gb_month"));
    lines.used_if_given("Data searched", "GB", group.usage("monthly_data_scanned_gb"), Sku::new("cloudwatch", "logs.insights_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn what_is_written_costs_most() {
        let usage = "resource_usage:\n  aws_cloudwatch_log_group.a:\n    monthly_data_ingested_gb: 10\n    storage_gb: 30\n    monthly_data_scanned_gb: 100\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_cloudwatch_log_group" "a" {}
            resource "aws_cloudwatch_log_group" "b" {
              log_group_class = "INFREQUENT_ACCESS"
            }
        "#, usage), @r"
        aws_cloudwatch_log_group.a 6.4
          Data written: 10 GB x 0.5 = 5
          Data kept: 30 GB-month x 0.03 = 0.9
          Data searched: 100 GB x 0.005 = 0.5
        aws_cloudwatch_log_group.b depends on use
          Data written: ? GB x 0.25; depends on use
          Data kept: ? GB-month x 0.03; depends on use
        ");
    }
}
