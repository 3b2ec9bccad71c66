//! S3 bucket: storage, requests and retrieval by class and use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_s3_bucket"], components };

/// Field of the usage file, name, unit, price. The first three are listed without use too.
const LINES: &[(&str, &str, &str, &str)] = &[
    ("standard.storage_gb", "Standard storage", "GB-month", "standard.storage_gb_month"),
    ("standard.monthly_tier_1_requests", "Standard PUT, COPY, POST, LIST", "1k requests", "standard.put_1k"),
    ("standard.monthly_tier_2_requests", "Standard GET and other", "1k requests", "standard.get_1k"),
    ("standard.monthly_select_data_scanned_gb", "Standard select, scanned", "GB", "select.scanned_gb"),
    ("standard.monthly_select_data_returned_gb", "Standard select, returned", "GB", "select.returned_gb"),
    ("intelligent_tiering.frequent_access_storage_gb", "Intelligent tiering, frequent access", "GB-month", "intelligent_tiering.frequent_gb_month"),
    ("intelligent_tiering.infrequent_access_storage_gb", "Intelligent tiering, infrequent access", "GB-month", "intelligent_tiering.infrequent_gb_month"),
    ("intelligent_tiering.monitored_objects", "Intelligent tiering, objects watched", "1k objects", "intelligent_tiering.monitoring_1k_objects"),
    ("intelligent_tiering.monthly_tier_1_requests", "Intelligent tiering PUT, COPY, POST, LIST", "1k requests", "intelligent_tiering.put_1k"),
    ("intelligent_tiering.monthly_tier_2_requests", "Intelligent tiering GET and other", "1k requests", "intelligent_tiering.get_1k"),
    ("intelligent_tiering.monthly_lifecycle_transition_requests", "Transitions to intelligent tiering", "1k requests", "lifecycle.intelligent_tiering_1k"),
    ("standard_infrequent_access.storage_gb", "Standard-IA storage", "GB-month", "standard_ia.storage_gb_month"),
    ("standard_infrequent_access.monthly_tier_1_requests", "Standard-IA PUT, COPY, POST, LIST", "1k requests", "standard_ia.put_1k"),
    ("standard_infrequent_access.monthly_tier_2_requests", "Standard-IA GET and other", "1k requests", "standard_ia.get_1k"),
    ("standard_infrequent_access.monthly_lifecycle_transition_requests", "Transitions to Standard-IA", "1k requests", "lifecycle.standard_ia_1k"),
    ("standard_infrequent_access.monthly_data_retrieval_gb", "Standard-IA retrieval", "GB", "standard_ia.retrieval_gb"),
    ("one_zone_infrequent_access.storage_gb", "One Zone-IA storage", "GB-month", "one_zone_ia.storage_gb_month"),
    ("one_zone_infrequent_access.monthly_tier_1_requests", "One Zone-IA PUT, COPY, POST, LIST", "1k requests", "one_zone_ia.put_1k"),
    ("one_zone_infrequent_access.monthly_tier_2_requests", "One Zone-IA GET and other", "1k requests", "one_zone_ia.get_1k"),
    ("one_zone_infrequent_access.monthly_lifecycle_transition_requests", "Transitions to One Zone-IA", "1k requests", "lifecycle.one_zone_ia_1k"),
    ("one_zone_infrequent_access.monthly_data_retrieval_gb", "One Zone-IA retrieval", "GB", "one_zone_ia.retrieval_gb"),
    ("glacier_flexible_retrieval.storage_gb", "Glacier Flexible storage", "GB-month", "glacier_flexible.storage_gb_month"),
    ("glacier_flexible_retrieval.monthly_tier_1_requests", "Glacier Flexible PUT, COPY, POST, LIST", "1k requests", "glacier_flexible.put_1k"),
    ("glacier_flexible_retrieval.monthly_lifecycle_transition_requests", "Transitions to Glacier Flexible", "1k requests", "lifecycle.glacier_flexible_1k"),
    ("glacier_flexible_retrieval.monthly_standard_data_retrieval_gb", "Glacier Flexible retrieval", "GB", "glacier_flexible.retrieval_standard_gb"),
    ("glacier_deep_archive.storage_gb", "Deep Archive storage", "GB-month", "deep_archive.storage_gb_month"),
    ("glacier_deep_archive.monthly_lifecycle_transition_requests", "Transitions to Deep Archive", "1k requests", "lifecycle.deep_archive_1k"),
    ("glacier_deep_archive.monthly_standard_data_retrieval_gb", "Deep Archive retrieval", "GB", "deep_archive.retrieval_standard_gb"),
    ("glacier_deep_archive.monthly_bulk_data_retrieval_gb", "Deep Archive bulk retrieval", "GB", "deep_archive.retrieval_bulk_gb"),
];

fn components(bucket: &Item, lines: &mut Lines) {
    for (at, (field, name, unit, key)) in LINES.iter().enumerate() {
        let (quantity, sku) = (bucket.usage(field), Sku::new("s3", key));
        if at < 3 {
            lines.used(*name, unit, quantity, sku);
        } else {
            lines.used_if_given(*name, unit, quantity, sku);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    const BUCKET: &str = "resource \"aws_s3_bucket\" \"logs\" {}\n";

    #[test]
    fn without_use_the_unit_prices_are_listed() {
        assert_snapshot!(bill(BUCKET), @r"
        aws_s3_bucket.logs depends on use
          Standard storage: ? GB-month x 0.023; depends on use; unit price of the first 51,200
          Standard PUT, COPY, POST, LIST: ? 1k requests x 0.005; depends on use
          Standard GET and other: ? 1k requests x 0.0004; depends on use
        ");
    }

    /// 60,000 GB reach the second tier: 51,200 x 0.023 and 8,800 x 0.022. 2 million GETs are 2,000 thousands.
    #[test]
    fn tiers_are_counted_apart() {
        let usage = "resource_usage:\n  aws_s3_bucket.logs:\n    standard:\n      storage_gb: 60000\n      monthly_tier_2_requests: 2000000\n    glacier_deep_archive:\n      storage_gb: 1000\n";
        assert_snapshot!(bill_with(BUCKET, usage), @r"
        aws_s3_bucket.logs 1372.99
          Standard storage (first 51,200): 51200 GB-month x 0.023 = 1177.6
          Standard storage (next 460,800): 8800 GB-month x 0.022 = 193.6; tiers counted for this resource alone
          Standard PUT, COPY, POST, LIST: ? 1k requests x 0.005; depends on use
          Standard GET and other: 2000 1k requests x 0.0004 = 0.8
          Deep Archive storage: 1000 GB-month x 0.00099 = 0.99
        ");
    }
}
