//! Alarm: by the month for each metric it watches; an anomaly alarm counts three for each.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudwatch_metric_alarm"], components };

fn components(alarm: &Item, lines: &mut Lines) {
    let queries = match alarm.blocks("metric_query") {
        Ok(queries) => queries,
        Err(reason) => return lines.unpriced(reason),
    };
    let watched = queries.iter().filter(|query| query.has("metric")).count().max(1) as i64;
    let factor = if alarm.has("threshold_metric_id") { 3 } else { 1 };
    let period = queries.iter().find(|query| query.has("metric.period")).map(|query| query.number("metric.period"));
    let period = period.unwrap_or_else(|| alarm.number_or("period", || Quantity::exactly(60)));
    let Some(period) = period.known() else { return lines.unpriced("its period is not known") };
    let (name, key) = match period.low < 60.into() {
        true => ("High-resolution metrics watched", "alarm.high_resolution_month"),
        false => ("Metrics watched", "alarm.standard_month"),
    };
    lines.monthly(name, "metric-month", Quantity::exactly(watched * factor), Sku::new("cloudwatch", key));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn each_metric_watched_counts() {
        assert_snapshot!(bill(r#"
            resource "aws_cloudwatch_metric_alarm" "cpu" {
              metric_name = "CPUUtilization"
              period      = 120
            }
            resource "aws_cloudwatch_metric_alarm" "fast" {
              metric_name = "Latency"
              period      = 10
            }
            resource "aws_cloudwatch_metric_alarm" "ratio" {
              metric_query {
                id         = "e"
                expression = "m2/m1"
              }
              metric_query {
                id = "m1"
                metric {
                  metric_name = "RequestCount"
                  period      = 60
                }
              }
              metric_query {
                id = "m2"
                metric {
                  metric_name = "Errors"
                  period      = 60
                }
              }
            }
        "#), @r"
        aws_cloudwatch_metric_alarm.cpu 0.1
          Metrics watched: 1 metric-month x 0.1 = 0.1
        aws_cloudwatch_metric_alarm.fast 0.3
          High-resolution metrics watched: 1 metric-month x 0.3 = 0.3
        aws_cloudwatch_metric_alarm.ratio 0.2
          Metrics watched: 2 metric-month x 0.1 = 0.2
        ");
    }
}
