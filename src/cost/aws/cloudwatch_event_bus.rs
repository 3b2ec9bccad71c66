//! EventBridge bus: events by use; those of AWS itself are free.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudwatch_event_bus"], components };

fn components(bus: &Item, lines: &mut Lines) {
    let sku = |key| Sku::new("messaging", key);
    lines.used("Custom events", "1M events", bus.usage("monthly_custom_events"), sku("eventbridge.custom_1m"));
    lines.used_if_given("Events of others", "1M events", bus.usage("monthly_third_party_events"), sku("eventbridge.third_party_1m"));
    lines.used_if_given("Archiving", "GB", bus.usage("monthly_archive_processing_gb"), sku("eventbridge.archive_gb"));
    lines.used_if_given("Archive", "GB-month", bus.usage("archive_storage_gb"), sku("eventbridge.archive_storage_gb_month"));
    lines.used_if_given("Schema discovery", "1M events", bus.usage("monthly_schema_discovery_events"), sku("eventbridge.schema_discovery_1m"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn events_by_use() {
        let usage = "resource_usage:\n  aws_cloudwatch_event_bus.a:\n    monthly_custom_events: 3000000\n    archive_storage_gb: 100\n";
        assert_snapshot!(bill_with("resource \"aws_cloudwatch_event_bus\" \"a\" {}\n", usage), @r"
        aws_cloudwatch_event_bus.a 5.3
          Custom events: 3 1M events x 1 = 3
          Archive: 100 GB-month x 0.023 = 2.3
        ");
    }
}
