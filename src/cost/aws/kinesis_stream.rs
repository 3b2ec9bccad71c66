//! Kinesis stream: shards by the hour and what is put in, or on demand by the hour and gigabyte; longer retention.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_kinesis_stream"], components };

fn components(stream: &Item, lines: &mut Lines) {
    let sku = |key| Sku::new("messaging", key);
    match stream.text("stream_mode_details.stream_mode").or("PROVISIONED") {
        Text::Known("ON_DEMAND") => {
            lines.hourly("Stream", Quantity::one(), sku("kinesis.ondemand_stream_hour"));
            lines.used("Data in", "GB", stream.usage("monthly_on_demand_data_in_gb"), sku("kinesis.ondemand_ingest_gb"));
            lines.used("Data out", "GB", stream.usage("monthly_on_demand_data_out_gb"), sku("kinesis.ondemand_retrieval_gb"));
            let fan_out = stream.usage("monthly_on_demand_efo_data_out_gb");
            lines.used_if_given("Data out, enhanced fan-out", "GB", fan_out, sku("kinesis.ondemand_efo_gb"));
            let kept = stream.usage("monthly_on_demand_extended_retention_gb");
            lines.used_if_given("Extended retention", "GB-month", kept, sku("kinesis.ondemand_extended_retention_gb_month"));
            let long = stream.usage("monthly_on_demand_long_term_retention_gb");
            lines.used_if_given("Long-term retention", "GB-month", long, sku("kinesis.long_term_gb_month"));
        }
        Text::Unknown(reason) => lines.unpriced(reason),
        _ => {
            let shards = stream.number("shard_count");
            lines.hourly("Shards", shards.clone(), sku("kinesis.shard_hour"));
            lines.used("Units put in", "1M units", stream.usage("monthly_provisioned_put_units"), sku("kinesis.put_1m"));
            let hours = stream.number_or("retention_period", || Quantity::exactly(24));
            if hours.known().is_none_or(|hours| hours.high > 24.into()) {
                let extended = hours.known().map_or(Quantity::unknown("retention_period is not known"), |_| shards);
                lines.hourly("Extended retention", extended, sku("kinesis.extended_retention_shard_hour"));
            }
            let long = stream.usage("monthly_provisioned_long_term_retention_gb");
            lines.used_if_given("Long-term retention", "GB-month", long, sku("kinesis.long_term_gb_month"));
            let fan_out = stream.usage("monthly_provisioned_efo_data_out_gb");
            lines.used_if_given("Data out, enhanced fan-out", "GB", fan_out, sku("kinesis.efo_gb"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn shards_or_on_demand() {
        assert_snapshot!(bill(r#"
            resource "aws_kinesis_stream" "a" {
              name             = "a"
              shard_count      = 2
              retention_period = 48
            }
            resource "aws_kinesis_stream" "b" {
              name = "b"
              stream_mode_details {
                stream_mode = "ON_DEMAND"
              }
            }
        "#), @r"
        aws_kinesis_stream.a 51.1
          Shards: 1460 h x 0.015 = 21.9
          Units put in: ? 1M units x 0.014; depends on use
          Extended retention: 1460 h x 0.02 = 29.2
        aws_kinesis_stream.b 29.2
          Stream: 730 h x 0.04 = 29.2
          Data in: ? GB x 0.08; depends on use
          Data out: ? GB x 0.04; depends on use
        ");
    }
}
