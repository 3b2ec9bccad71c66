//! State machine: transitions of a standard one, requests and memory time of an express one, by use.

use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Text;

pub(super) const PRICED: Priced = Priced { resources: &["aws_sfn_state_machine"], components };

fn components(machine: &Item, lines: &mut Lines) {
    match machine.text("type").or("STANDARD") {
        Text::Known("EXPRESS") => {
            let requests = machine.usage("monthly_requests");
            let seconds = requests.clone() * machine.usage("workflow_duration_ms").map(|milliseconds| milliseconds / Decimal::from(1000));
            // Memory is counted in chunks of 64 MB.
            let memory = machine.usage("memory_mb").map(|megabytes| (megabytes / Decimal::from(64)).ceil() / Decimal::from(16));
            lines.used("Requests", "1M requests", requests, Sku::new("messaging", "stepfunctions.express_1m"));
            lines.used("Memory time", "GB-s", seconds * memory, Sku::new("messaging", "stepfunctions.express_gb_s"));
        }
        Text::Unknown(reason) => lines.unpriced(reason),
        _ => {
            let transitions = machine.usage("monthly_transitions");
            lines.used("Transitions", "1k transitions", transitions, Sku::new("messaging", "stepfunctions.standard_1k"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 2 million requests of half a second with 0.125 GB (100 MB are two chunks): 125,000 GB-s at 0.00001667.
    #[test]
    fn transitions_or_memory_time() {
        let usage = "resource_usage:\n  aws_sfn_state_machine.s:\n    monthly_transitions: 100000\n  aws_sfn_state_machine.e:\n    monthly_requests: 2000000\n    workflow_duration_ms: 500\n    memory_mb: 100\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_sfn_state_machine" "s" {}
            resource "aws_sfn_state_machine" "e" {
              type = "EXPRESS"
            }
        "#, usage), @r"
        aws_sfn_state_machine.e 4.08375
          Requests: 2 1M requests x 1 = 2
          Memory time: 125000 GB-s x 0.00001667 = 2.08375
        aws_sfn_state_machine.s 2.5
          Transitions: 100 1k transitions x 0.025 = 2.5
        ");
    }
}
