//! Resolver endpoint: an interface for each of its addresses by the hour, and queries by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_route53_resolver_endpoint"], components };

fn components(endpoint: &Item, lines: &mut Lines) {
    lines.hourly("Interface", endpoint.length("ip_address"), Sku::new("route53", "resolver.endpoint_eni_hour"));
    lines.used("Queries", "1M queries", endpoint.usage("monthly_queries"), Sku::new("route53", "resolver.queries_1m"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn an_interface_an_address() {
        assert_snapshot!(bill(r#"
            resource "aws_route53_resolver_endpoint" "a" {
              direction = "INBOUND"
              ip_address {
                subnet_id = "subnet-1"
              }
              ip_address {
                subnet_id = "subnet-2"
              }
            }
        "#), @r"
        aws_route53_resolver_endpoint.a 182.5
          Interface: 1460 h x 0.125 = 182.5
          Queries: ? 1M queries x 0.4; depends on use; unit price of the first 1,000,000,000
        ");
    }
}
