//! Queue: requests by use, in chunks of 64 KB.

use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_sqs_queue"], components };

fn components(queue: &Item, lines: &mut Lines) {
    let key = if queue.is_on("fifo_queue") { "sqs.fifo_1m" } else { "sqs.standard_1m" };
    lines.used("Requests", "1M requests", chunks(queue), Sku::new("messaging", key));
}

/// Requests, each counted once for every 64 KB that it begins.
pub(super) fn chunks(item: &Item) -> Quantity {
    let size = item.usage("request_size_kb").or(Quantity::exactly(1));
    item.usage("monthly_requests") * size.map(|kilobytes| (kilobytes / Decimal::from(64)).ceil().max(Decimal::ONE))
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 100 KB are two chunks: 3 million requests count as 6.
    #[test]
    fn large_requests_count_more() {
        let usage = "resource_usage:\n  aws_sqs_queue.a:\n    monthly_requests: 3000000\n    request_size_kb: 100\n  aws_sqs_queue.b:\n    monthly_requests: 1000000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_sqs_queue" "a" {}
            resource "aws_sqs_queue" "b" {
              fifo_queue = true
            }
        "#, usage), @r"
        aws_sqs_queue.a 2.4
          Requests: 6 1M requests x 0.4 = 2.4
        aws_sqs_queue.b 0.5
          Requests: 1 1M requests x 0.5 = 0.5
        ");
    }
}
