//! Topic: requests by use, and deliveries to those subscribed.

use super::{Priced, sqs_queue};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_sns_topic"], components };

fn components(topic: &Item, lines: &mut Lines) {
    let requests = sqs_queue::chunks(topic);
    let sku = |key| Sku::new("messaging", key);
    if topic.is_on("fifo_topic") {
        return lines.used("Requests", "1M requests", requests, sku("sns.fifo_requests_1m"));
    }
    lines.used("Requests", "1M requests", requests.clone(), sku("sns.requests_1m"));
    for (field, name, unit, key) in [
        ("http_subscriptions", "Deliveries by HTTP", "1M deliveries", "sns.http_1m"),
        ("email_subscriptions", "Deliveries by mail", "100k deliveries", "sns.email_100k"),
        ("kinesis_subscriptions", "Deliveries to Firehose", "1M deliveries", "sns.firehose_1m"),
        ("mobile_push_subscriptions", "Mobile pushes", "1M deliveries", "sns.mobile_push_1m"),
    ] {
        lines.used_if_given(name, unit, requests.clone() * topic.usage(field), sku(key));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 1 million requests at 0.5, and as many to each of two HTTP endpoints at 0.6.
    #[test]
    fn requests_and_deliveries() {
        let usage = "resource_usage:\n  aws_sns_topic.a:\n    monthly_requests: 1000000\n    http_subscriptions: 2\n";
        assert_snapshot!(bill_with("resource \"aws_sns_topic\" \"a\" {}\n", usage), @r"
        aws_sns_topic.a 1.7
          Requests: 1 1M requests x 0.5 = 0.5
          Deliveries by HTTP: 2 1M deliveries x 0.6 = 1.2
        ");
    }
}
