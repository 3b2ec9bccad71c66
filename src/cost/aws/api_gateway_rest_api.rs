//! REST API: calls by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_api_gateway_rest_api"], components };

fn components(api: &Item, lines: &mut Lines) {
    lines.used("Calls", "1M calls", api.usage("monthly_requests"), Sku::new("apigateway", "rest_1m"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn calls_by_use() {
        let usage = "resource_usage:\n  aws_api_gateway_rest_api.a:\n    monthly_requests: 10000000\n";
        assert_snapshot!(bill_with("resource \"aws_api_gateway_rest_api\" \"a\" {}\n", usage), @r"
        aws_api_gateway_rest_api.a 35
          Calls: 10 1M calls x 3.5 = 35
        ");
    }
}
