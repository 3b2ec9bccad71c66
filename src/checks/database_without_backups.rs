//! A database whose automated backups are off.

use super::{Check, Findings, LooksAt, Scope};
use crate::model::{Number, Resource, Setting, Severity};

pub(super) const CHECK: Check = Check {
    id: "database-without-backups",
    severity: Severity::High,
    title: "The database is not backed up",
    doc: "An aws_db_instance without backup_retention_period, or with 0, has no automated backups: it cannot be restored to a point in time. \
          A mistake in the data is then final, unless somebody took a snapshot. Read replicas are left out; their source is backed up.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"],
    looks_at: LooksAt::Resources(&["aws_db_instance"], run),
};

fn run(database: &Resource, _: &Scope<'_>, out: &mut Findings) {
    let off = match database.setting("backup_retention_period") {
        Setting::Absent => true,
        Setting::Known(days) => days.as_number().is_some_and(|days| days == Number::ZERO),
        Setting::Unknown(_) => false,
    };
    if off && database.setting("replicate_source_db") == Setting::Absent {
        let message = "Automated backups are off: it cannot be restored to a point in time.";
        out.push(database, "backup_retention_period", message, "Set `backup_retention_period` to 7 or more.");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn absent_and_zero_but_no_replica() {
        check(
            "database-without-backups",
            r#"
            resource "aws_db_instance" "zero" {
              backup_retention_period = 0
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ high: Automated backups are off: it cannot be restored to a point in time.
            }
            resource "aws_db_instance" "absent" {
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ high: Automated backups are off: it cannot be restored to a point in time.
            }
            resource "aws_db_instance" "week" {
              backup_retention_period = 7
            }
            resource "aws_db_instance" "replica" {
              replicate_source_db = aws_db_instance.week.identifier
            }
            "#,
        );
    }
}
