//! Whether what a resource holds survives its deletion or replacement, as its own arguments say.
//!
//! A deletion uses the settings last applied, so the version before decides, not the one under review.

use ecow::{EcoString, eco_format};

use crate::catalog::{canonical, impact};
use crate::model::{Action, DataLoss, Resource, Setting};

/// What happens to the data, and why as a sentence.
pub(super) fn loss(action: Action, before: &Resource, after: Option<&Resource>) -> (DataLoss, EcoString) {
    let Some(stateful) = impact::stateful(&before.r#type) else { return (DataLoss::None, EcoString::new()) };
    let holds = stateful.holds;
    if action == Action::Replace
        && let Some(after) = after
        && let Some(copy) = ["replicate_source_db", "replication_source_identifier"].into_iter().find(|name| written(after, name))
    {
        return (DataLoss::None, eco_format!("It is a copy: `{copy}` fills it again."));
    }
    // Of a replacement the version under review decides: it is what the old one goes with.
    if after.filter(|_| action == Action::Replace).unwrap_or(before).retained {
        return (DataLoss::None, "It is let go of, not destroyed: the old one is left in place.".into());
    }
    let policy = canonical::policy(action, before, after);
    if let Some((name, value)) = policy
        && value.starts_with("Retain")
    {
        return (DataLoss::None, eco_format!("`{name}` is {value}: the old one is left in place."));
    }
    if let Some(refused) = protection(before) {
        return (DataLoss::Possible, eco_format!("`{refused}` is on: the service refuses the deletion until it is turned off."));
    }
    if let Some((name, value)) = policy
        && (value == "Snapshot" || SNAPSHOTS.contains(&before.r#type.as_str()))
    {
        let (loss, words) = match value {
            "Snapshot" => (DataLoss::Possible, eco_format!("`{name}` is Snapshot: the {holds} survives only in that snapshot.")),
            _ => (DataLoss::Certain, eco_format!("`{name}` does not ask for a snapshot, and none is taken.")),
        };
        return restored(action, after, loss, words);
    }
    let (loss, words) = match before.r#type.as_str() {
        "aws_db_instance" | "aws_rds_cluster" | "aws_redshift_cluster" | "aws_docdb_cluster" | "aws_neptune_cluster" => {
            final_snapshot(before, holds)
        }
        "aws_elasticache_replication_group" | "aws_elasticache_cluster" => cache(before),
        "aws_s3_bucket" | "aws_s3_directory_bucket" | "aws_ecr_repository" | "aws_backup_vault" => forced(before, holds),
        "aws_dynamodb_table" => table(before),
        "aws_secretsmanager_secret" => secret(before),
        "aws_kms_key" => (
            DataLoss::Possible,
            "The key is scheduled for deletion; after the waiting period what is encrypted with it cannot be read.".into(),
        ),
        "aws_ebs_volume" => {
            switch(before, "final_snapshot", false, "A final snapshot is taken.", "No final snapshot is taken: the disk is gone.")
        }
        "aws_cloudwatch_log_group" | "aws_db_snapshot" | "aws_ebs_snapshot" if is_true(before, "skip_destroy") => {
            return (DataLoss::None, "`skip_destroy` leaves it in place.".into());
        }
        "aws_instance" => (DataLoss::Possible, "Its root disk is deleted with it unless `delete_on_termination` is off.".into()),
        _ => (DataLoss::Certain, eco_format!("Nothing keeps its {holds}.")),
    };
    restored(action, after, loss, words)
}

/// The types of which CloudFormation takes a snapshot if a policy says so.
const SNAPSHOTS: &[&str] = &[
    "aws_db_instance",
    "aws_docdb_cluster",
    "aws_ebs_volume",
    "aws_elasticache_cluster",
    "aws_elasticache_replication_group",
    "aws_neptune_cluster",
    "aws_rds_cluster",
    "aws_redshift_cluster",
];

/// A new database that starts from a snapshot has the data of that moment.
fn restored(action: Action, after: Option<&Resource>, loss: DataLoss, words: EcoString) -> (DataLoss, EcoString) {
    let source = after.filter(|_| action == Action::Replace).and_then(|after| {
        ["snapshot_identifier", "snapshot_name", "restore_to_point_in_time", "snapshot_id"].into_iter().find(|name| written(after, name))
    });
    match source {
        Some(source) => (DataLoss::Possible, eco_format!("The new one starts from `{source}`; what was written later is not in it.")),
        None => (loss, words),
    }
}

fn final_snapshot(resource: &Resource, holds: &str) -> (DataLoss, EcoString) {
    match resource.setting("skip_final_snapshot") {
        Setting::Unknown(unknown) => (
            DataLoss::Possible,
            eco_format!("The old {holds} survives only in a final snapshot, and whether one is taken is not known: {unknown}."),
        ),
        Setting::Known(value) if value.as_bool() == Some(true) => match resource.setting("delete_automated_backups") {
            Setting::Known(value) if value.as_bool() == Some(false) => {
                (DataLoss::Possible, "`skip_final_snapshot` is true; only the automated backups remain.".into())
            }
            _ => (DataLoss::Certain, "`skip_final_snapshot` is true: no final snapshot is taken, and the automated backups go too.".into()),
        },
        _ => match resource.setting("final_snapshot_identifier") {
            Setting::Absent => (
                DataLoss::Possible,
                "A final snapshot is demanded but `final_snapshot_identifier` is not set: the deletion is refused.".into(),
            ),
            _ => (DataLoss::Possible, eco_format!("The old {holds} survives only in the final snapshot.")),
        },
    }
}

fn cache(resource: &Resource) -> (DataLoss, EcoString) {
    if written(resource, "final_snapshot_identifier") {
        return (DataLoss::Possible, "Its content survives only in the final snapshot.".into());
    }
    match resource.setting("snapshot_retention_limit") {
        Setting::Known(value) if value.as_number().is_some_and(|days| days > crate::model::Number::ZERO) => {
            (DataLoss::Possible, "Its content survives only in its automatic snapshots, as long as they are kept.".into())
        }
        Setting::Unknown(unknown) => (DataLoss::Possible, eco_format!("Whether automatic snapshots are kept is not known: {unknown}.")),
        _ => (DataLoss::Certain, "No snapshot keeps its content.".into()),
    }
}

fn forced(resource: &Resource, holds: &str) -> (DataLoss, EcoString) {
    let name = if resource.r#type == "aws_ecr_repository" { "force_delete" } else { "force_destroy" };
    match resource.setting(name) {
        Setting::Known(value) if value.as_bool() == Some(true) => {
            (DataLoss::Certain, eco_format!("`{name}` is true: it is deleted with all its {holds}."))
        }
        Setting::Unknown(unknown) => {
            (DataLoss::Possible, eco_format!("`{name}` decides whether it is deleted with its {holds}: {unknown}."))
        }
        _ => (DataLoss::Possible, eco_format!("The deletion is refused while it has {holds}; `{name}` is not set.")),
    }
}

fn table(resource: &Resource) -> (DataLoss, EcoString) {
    match resource.setting("point_in_time_recovery.enabled") {
        Setting::Known(value) if value.as_bool() == Some(true) => {
            (DataLoss::Possible, "Point-in-time recovery keeps a backup of the table for 35 days.".into())
        }
        Setting::Unknown(unknown) => (DataLoss::Possible, eco_format!("Whether a backup is kept is not known: {unknown}.")),
        _ => (DataLoss::Certain, "Nothing keeps its items: point-in-time recovery is not on.".into()),
    }
}

fn secret(resource: &Resource) -> (DataLoss, EcoString) {
    match resource.setting("recovery_window_in_days") {
        Setting::Known(value) if value.as_number() == Some(crate::model::Number::ZERO) => {
            (DataLoss::Certain, "`recovery_window_in_days` is 0: the value is gone at once.".into())
        }
        _ => (DataLoss::Possible, "The value can be brought back within the recovery window.".into()),
    }
}

fn switch(resource: &Resource, name: &str, default: bool, kept: &str, lost: &str) -> (DataLoss, EcoString) {
    match resource.setting(name) {
        Setting::Unknown(unknown) => (DataLoss::Possible, eco_format!("`{name}` decides whether it is kept: {unknown}.")),
        Setting::Known(value) if value.as_bool().unwrap_or(default) => (DataLoss::Possible, kept.into()),
        _ if default => (DataLoss::Possible, kept.into()),
        _ => (DataLoss::Certain, lost.into()),
    }
}

/// A setting that makes the service refuse the deletion.
fn protection(resource: &Resource) -> Option<&'static str> {
    ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"].into_iter().find(|name| is_true(resource, name))
}

fn is_true(resource: &Resource, name: &str) -> bool {
    matches!(resource.setting(name), Setting::Known(value) if value.as_bool() == Some(true))
}

fn written(resource: &Resource, name: &str) -> bool {
    resource.setting(name) != Setting::Absent
}
