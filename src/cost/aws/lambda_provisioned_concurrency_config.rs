//! Provisioned concurrency: memory time for as long as it is on, used or not.

use super::{Priced, lambda_function};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{MONTH, Quantity};

pub(super) const PRICED: Priced = Priced { resources: &["aws_lambda_provisioned_concurrency_config"], components };

fn components(config: &Item, lines: &mut Lines) {
    let Some(function) = config.referred("function_name", &["aws_lambda_function"]) else {
        return lines.unpriced("its function is declared in no file here");
    };
    let key = match function.text("architectures.0").is("arm64") {
        true => "provisioned_concurrency_arm_gb_s",
        false => "provisioned_concurrency_gb_s",
    };
    let hours = config.usage("monthly_duration_hrs").or(Quantity::exactly(MONTH));
    let held = config.number("provisioned_concurrent_executions") * lambda_function::memory(&function) * hours * 3600;
    lines.monthly("Memory time held", "GB-s", held, Sku::new("lambda", key));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// 2 x 0.5 GB x 730 x 3600 s x 0.0000041667.
    #[test]
    fn held_for_the_whole_month() {
        assert_snapshot!(bill(r#"
            resource "aws_lambda_function" "a" {
              memory_size = 512
            }
            resource "aws_lambda_provisioned_concurrency_config" "a" {
              function_name                     = aws_lambda_function.a.function_name
              provisioned_concurrent_executions = 2
            }
        "#), @r"
        aws_lambda_function.a depends on use
          Requests: ? 1M requests x 0.2; depends on use
          Memory time: ? GB-s x 0.0000166667; depends on use; unit price of the first 6,000,000,000
        aws_lambda_provisioned_concurrency_config.a 10.9500876
          Memory time held: 2628000 GB-s x 0.0000041667 = 10.9500876
        ");
    }
}
