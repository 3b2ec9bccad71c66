//! A condition that the author wrote, and that the values at hand do not meet.

use ecow::{EcoString, eco_format};

use super::{Check, LooksAt};
use crate::model::{Severity, Unmet};

pub(super) const CHECK: Check = Check {
    id: "condition-not-met",
    severity: Severity::High,
    title: "A condition does not hold",
    doc: "A precondition or postcondition of a resource or an output is false for the values at hand, so the plan or the \
          apply stops there. An assertion of a check block only warns, each time.",
    references: &["https://developer.hashicorp.com/terraform/language/validate"],
    looks_at: LooksAt::Unmet(run),
};

fn run(unmet: &Unmet) -> (Severity, EcoString, &'static str) {
    let why = if unmet.message.is_empty() { "its condition is false" } else { unmet.message.as_str() };
    match unmet.warns {
        true => (Severity::Low, eco_format!("The check fails: {why}"), "Change the value, or the assertion."),
        false => (Severity::High, eco_format!("It stops the run: {why}"), "Change the value, or the condition."),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn what_is_known_not_to_hold() {
        check(
            "condition-not-met",
            r#"
            variable "name" { default = "ab" }
            variable "open" {}
            resource "aws_sqs_queue" "a" {
              count = 2
              name  = var.name
              lifecycle {
                precondition {
                  condition     = length(var.name) > 2 || count.index == 0
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ high: It stops the run: ab is short
                  error_message = "${var.name} is short"
                }
                precondition {
                  condition     = var.open == "x"
                  error_message = "not known, not told"
                }
                postcondition {
                  condition     = self.name != "ab"
                                  ^^^^^^^^^^^^^^^^^ high: It stops the run: no ab
                                  ^^^^^^^^^^^^^^^^^ high: It stops the run: no ab
                  error_message = "no ab"
                }
              }
            }
            check "names" {
              assert {
                condition     = var.name == "abc"
                                ^^^^^^^^^^^^^^^^^ low: The check fails: its condition is false
                error_message = var.open
              }
            }
            output "name" {
              value = var.name
              precondition {
                condition     = var.name == "ab"
                error_message = "holds"
              }
            }
            "#,
        );
    }
}
