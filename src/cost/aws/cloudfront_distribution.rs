//! Distribution: what it sends and is asked for, by part of the world and use.

use ecow::eco_format;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudfront_distribution"], components };

/// Key of the usage file, name, key of the price table. The first is listed without use too.
const PARTS: &[(&str, &str, &str)] = &[
    ("us", "North America", "us_mexico_canada"),
    ("europe", "Europe", "europe_israel"),
    ("south_africa", "Africa, Middle East", "south_africa_kenya_middle_east"),
    ("south_america", "South America", "south_america"),
    ("japan", "Japan", "japan"),
    ("australia", "Australia, New Zealand", "australia_new_zealand"),
    ("asia_pacific", "Asia Pacific", "hong_kong_philippines_asia_pacific"),
    ("india", "India", "india"),
];

fn components(distribution: &Item, lines: &mut Lines) {
    for (at, (field, name, region)) in PARTS.iter().enumerate() {
        for (group, what, unit, key) in [
            ("monthly_data_transfer_to_internet_gb", "Data sent", "GB", "internet_out_gb"),
            ("monthly_data_transfer_to_origin_gb", "Data sent to the origin", "GB", "origin_out_gb"),
            ("monthly_http_requests", "HTTP requests", "10k requests", "http_requests_10k"),
            ("monthly_https_requests", "HTTPS requests", "10k requests", "https_requests_10k"),
        ] {
            let quantity = distribution.usage(&eco_format!("{group}.{field}"));
            let (name, sku) = (eco_format!("{what} ({name})"), Sku::new("cloudfront", key).at(region));
            if at == 0 && matches!(key, "internet_out_gb" | "https_requests_10k") {
                lines.used(name, unit, quantity, sku);
            } else {
                lines.used_if_given(name, unit, quantity, sku);
            }
        }
    }
    let invalidated = distribution.usage("monthly_invalidation_requests").above(1000);
    lines.used_if_given("Invalidations above 1,000", "paths", invalidated, Sku::global("cloudfront", "invalidation_path"));
    let certificates = distribution.usage("custom_ssl_certificates");
    lines.used_if_given("Certificates with own address", "certificate-month", certificates, Sku::global("cloudfront", "dedicated_ip_ssl_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    const DISTRIBUTION: &str = "resource \"aws_cloudfront_distribution\" \"a\" {}\n";

    /// 20,480 GB in Europe: 10,240 x 0.085 and 10,240 x 0.08; 5 million requests are 500 x 10,000 at 0.012.
    #[test]
    fn by_part_of_the_world() {
        assert_snapshot!(bill(DISTRIBUTION), @r"
        aws_cloudfront_distribution.a depends on use
          Data sent (North America): ? GB x 0.085; depends on use; unit price of the first 10,240
          HTTPS requests (North America): ? 10k requests x 0.01; depends on use
        ");
        let usage = "resource_usage:\n  aws_cloudfront_distribution.a:\n    monthly_data_transfer_to_internet_gb:\n      europe: 20480\n    monthly_https_requests:\n      europe: 5000000\n      japan: 10000\n";
        assert_snapshot!(bill_with(DISTRIBUTION, usage), @r"
        aws_cloudfront_distribution.a 1695.6
          Data sent (North America): ? GB x 0.085; depends on use; unit price of the first 10,240
          HTTPS requests (North America): ? 10k requests x 0.01; depends on use
          Data sent (Europe) (first 10,240): 10240 GB x 0.085 = 870.4
          Data sent (Europe) (next 40,960): 10240 GB x 0.08 = 819.2; tiers counted for this resource alone
          HTTPS requests (Europe): 500 10k requests x 0.012 = 6
          HTTPS requests (Japan): ? 10k requests; no price for this in japan
        ");
    }
}
