//! A log group without retention keeps, and bills, every line for ever.

use super::{Check, Findings, LooksAt, Scope};
use crate::model::{Number, Resource, Setting, Severity};

pub(super) const CHECK: Check = Check {
    id: "log-group-without-retention",
    severity: Severity::Low,
    title: "Logs are kept for ever",
    doc: "A CloudWatch log group without retention_in_days, or with 0, keeps every line for ever. \
          Its storage is billed each month and only grows. Choose how long the lines are of use.",
    references: &["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"],
    looks_at: LooksAt::Resources(&["aws_cloudwatch_log_group"], run),
};

fn run(group: &Resource, _: &Scope<'_>, out: &mut Findings) {
    let kept_for_ever = match group.setting("retention_in_days") {
        Setting::Absent => true,
        Setting::Known(days) => days.as_number().is_some_and(|days| days == Number::ZERO),
        Setting::Unknown(_) => false,
    };
    if kept_for_ever {
        out.push(group, "retention_in_days", "Every line is kept, and billed, for ever.", "Set `retention_in_days`.");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn without_and_with_zero() {
        check(
            "log-group-without-retention",
            r#"
            resource "aws_cloudwatch_log_group" "app" {}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ low: Every line is kept, and billed, for ever.
            resource "aws_cloudwatch_log_group" "zero" {
              retention_in_days = 0
              ^^^^^^^^^^^^^^^^^^^^^ low: Every line is kept, and billed, for ever.
            }
            resource "aws_cloudwatch_log_group" "month" {
              retention_in_days = 30
            }
            variable "days" {}
            resource "aws_cloudwatch_log_group" "unknown" {
              retention_in_days = var.days
            }
            "#,
        );
    }
}
