//! Firehose: what is delivered, by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_kinesis_firehose_delivery_stream"], components };

fn components(stream: &Item, lines: &mut Lines) {
    let data = stream.usage("monthly_data_ingested_gb");
    lines.used("Data delivered", "GB", data.clone(), Sku::new("messaging", "firehose.ingest_gb"));
    if stream.is_on("extended_s3_configuration.data_format_conversion_configuration.enabled")
        || stream.has("extended_s3_configuration.data_format_conversion_configuration.schema_configuration")
    {
        lines.used("Format conversion", "GB", data.clone(), Sku::new("messaging", "firehose.format_conversion_gb"));
    }
    if stream.is_on("extended_s3_configuration.dynamic_partitioning_configuration.enabled") {
        lines.used("Dynamic partitioning", "GB", data, Sku::new("messaging", "firehose.dynamic_partition_gb"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn data_by_use() {
        let usage = "resource_usage:\n  aws_kinesis_firehose_delivery_stream.a:\n    monthly_data_ingested_gb: 1000\n";
        assert_snapshot!(bill_with("resource \"aws_kinesis_firehose_delivery_stream\" \"a\" {}\n", usage), @r"
        aws_kinesis_firehose_delivery_stream.a 29
          Data delivered: 1000 GB x 0.029 = 29
        ");
    }
}
