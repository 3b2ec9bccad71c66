//! Record: its queries by use and routing. Queries for an alias of an AWS resource are free.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_route53_record"], components };

fn components(record: &Item, lines: &mut Lines) {
    if record.has("alias") {
        return lines.free();
    }
    let (name, field, key) = if record.has("latency_routing_policy") {
        ("Latency queries", "monthly_latency_based_queries", "queries.latency_1m")
    } else if record.has("geolocation_routing_policy") {
        ("Geolocation queries", "monthly_geo_queries", "queries.geo_1m")
    } else if record.has("geoproximity_routing_policy") {
        ("Geoproximity queries", "monthly_geo_queries", "queries.geoproximity_1m")
    } else if record.has("cidr_routing_policy") {
        ("IP-based queries", "monthly_standard_queries", "queries.ip_based_1m")
    } else {
        ("Queries", "monthly_standard_queries", "queries.standard_1m")
    };
    lines.used(name, "1M queries", record.usage(field), Sku::global("route53", key));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 1,500 million queries: the first thousand at 0.4, 500 more at 0.2.
    #[test]
    fn queries_by_routing() {
        let usage = "resource_usage:\n  aws_route53_record.a:\n    monthly_standard_queries: 1500000000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_route53_record" "a" {
              type    = "A"
              records = ["203.0.113.1"]
            }
            resource "aws_route53_record" "alias" {
              type = "A"
              alias {
                name = "x"
              }
            }
            resource "aws_route53_record" "near" {
              type = "A"
              latency_routing_policy {
                region = "eu-west-1"
              }
            }
        "#, usage), @r"
        aws_route53_record.a 500
          Queries (first 1,000,000,000): 1000 1M queries x 0.4 = 400
          Queries (over 1,000,000,000): 500 1M queries x 0.2 = 100; tiers counted for this resource alone
        aws_route53_record.alias free
        aws_route53_record.near depends on use
          Latency queries: ? 1M queries x 0.6; depends on use; unit price of the first 1,000,000,000
        ");
    }
}
