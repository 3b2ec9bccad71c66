//! A DynamoDB table that cannot be restored to a point in time.

use super::{Check, Findings, LooksAt, Scope, is_off};
use crate::model::{Resource, Severity};

pub(super) const CHECK: Check = Check {
    id: "table-without-point-in-time-recovery",
    severity: Severity::Medium,
    title: "The table cannot be restored to a point in time",
    doc: "DynamoDB keeps no backup of a table unless point_in_time_recovery is enabled. \
          With it, the table can be restored to any second of the last 35 days. It is billed by the size of the table.",
    references: &["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html"],
    looks_at: LooksAt::Resources(&["aws_dynamodb_table"], run),
};

fn run(table: &Resource, _: &Scope<'_>, out: &mut Findings) {
    if is_off(table.setting("point_in_time_recovery.enabled")) {
        let message = "It cannot be restored to a point in time.";
        out.push(table, "point_in_time_recovery.enabled", message, "Add `point_in_time_recovery { enabled = true }`.");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn absent_and_off() {
        check(
            "table-without-point-in-time-recovery",
            r#"
            resource "aws_dynamodb_table" "a" {
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ medium: It cannot be restored to a point in time.
            }
            resource "aws_dynamodb_table" "b" {
              point_in_time_recovery {
                enabled = false
                ^^^^^^^^^^^^^^^ medium: It cannot be restored to a point in time.
              }
            }
            resource "aws_dynamodb_table" "c" {
              point_in_time_recovery {
                enabled = true
              }
            }
            "#,
        );
    }
}
