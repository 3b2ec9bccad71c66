//! Lambda function: requests and memory time by use.

use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_lambda_function"], components };

fn components(function: &Item, lines: &mut Lines) {
    let arm = function.text("architectures.0").is("arm64");
    let requests = function.usage("monthly_requests");
    let seconds = requests.clone() * function.usage("request_duration_ms").map(|milliseconds| milliseconds / Decimal::from(1000));
    let (request, duration) = if arm { ("requests_arm_1m", "duration_arm_gb_s") } else { ("requests_1m", "duration_gb_s") };
    lines.used("Requests", "1M requests", requests, Sku::new("lambda", request));
    lines.used("Memory time", "GB-s", seconds.clone() * memory(function), Sku::new("lambda", duration));
    if function.has("ephemeral_storage.size") {
        let above = function.number("ephemeral_storage.size").above(512).map(|megabytes| megabytes / Decimal::from(1024));
        if above.known().is_none_or(|above| !above.is_zero()) {
            lines.used("Disk time above 512 MB", "GB-s", seconds * above, Sku::new("lambda", "ephemeral_storage_gb_s"));
        }
    }
}

/// Gigabytes of a function; 128 MB unless set.
pub(super) fn memory(function: &Item) -> Quantity {
    function.number_or("memory_size", || Quantity::exactly(128)).map(|megabytes| megabytes / Decimal::from(1024))
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    /// 10 million requests of 200 ms with 512 MB: 2 million seconds, 1 million GB-s at 0.0000166667 (arm 0.0000133334).
    #[test]
    fn requests_and_memory_time() {
        let function = r#"
            resource "aws_lambda_function" "a" {
              memory_size = 512
            }
            resource "aws_lambda_function" "b" {
              memory_size   = 512
              architectures = ["arm64"]
            }
        "#;
        let usage = "resource_type_default_usage:\n  aws_lambda_function:\n    monthly_requests: 10000000\n    request_duration_ms: 200\n";
        assert_snapshot!(bill_with(function, usage), @r"
        aws_lambda_function.a 18.6667
          Requests: 10 1M requests x 0.2 = 2
          Memory time: 1000000 GB-s x 0.0000166667 = 16.6667
        aws_lambda_function.b 15.3334
          Requests: 10 1M requests x 0.2 = 2
          Memory time: 1000000 GB-s x 0.0000133334 = 13.3334
        ");
        assert_snapshot!(bill("resource \"aws_lambda_function\" \"a\" {}\n"), @r"
        aws_lambda_function.a depends on use
          Requests: ? 1M requests x 0.2; depends on use
          Memory time: ? GB-s x 0.0000166667; depends on use; unit price of the first 6,000,000,000
        ");
    }
}
