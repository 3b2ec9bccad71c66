//! Trail: events beyond the first copy of management events, by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudtrail"], components };

fn components(trail: &Item, lines: &mut Lines) {
    let sku = |key| Sku::new("security", key);
    let copies = trail.usage("monthly_additional_management_events");
    lines.used("Further copies of management events", "100k events", copies, sku("cloudtrail.paid_management_100k"));
    if trail.has("event_selector") || trail.has("advanced_event_selector") {
        lines.used("Data events", "100k events", trail.usage("monthly_data_events"), sku("cloudtrail.data_events_100k"));
    }
    if trail.has("insight_selector") {
        lines.used("Insights", "100k events", trail.usage("monthly_insight_events"), sku("cloudtrail.insights_100k"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn events_by_use() {
        let usage = "resource_usage:\n  aws_cloudtrail.a:\n    monthly_data_events: 1000000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_cloudtrail" "a" {
              event_selector {
                read_write_type = "All"
              }
            }
        "#, usage), @r"
        aws_cloudtrail.a 1
          Further copies of management events: ? 100k events x 2; depends on use
          Data events: 10 100k events x 0.1 = 1
        ");
    }
}
