//! Data that is written to disk in the clear.

use super::{Check, Findings, LooksAt, Scope, is_off};
use crate::model::{Confidence, Resource, Setting, Severity};

/// Type and the argument that switches encryption on; all are off by default.
const SWITCHES: &[(&str, &str)] = &[
    ("aws_db_instance", "storage_encrypted"),
    ("aws_rds_cluster", "storage_encrypted"),
    ("aws_docdb_cluster", "storage_encrypted"),
    ("aws_neptune_cluster", "storage_encrypted"),
    ("aws_efs_file_system", "encrypted"),
    ("aws_ebs_volume", "encrypted"),
    ("aws_elasticache_replication_group", "at_rest_encryption_enabled"),
];

pub(super) const CHECK: Check = Check {
    id: "storage-without-encryption",
    severity: Severity::Medium,
    title: "Data is written to disk in the clear",
    doc: "The storage of this database, cache, disk or file system is not encrypted. \
          Most of these cannot be encrypted in place: turning it on later replaces the resource, so it is cheapest before the first row. \
          Read replicas, and what is restored from a snapshot, follow their source and are left out. \
          An account can encrypt every disk by default, which no file here can tell.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"],
    looks_at: LooksAt::Resources(
        &[
            "aws_db_instance",
            "aws_rds_cluster",
            "aws_docdb_cluster",
            "aws_neptune_cluster",
            "aws_efs_file_system",
            "aws_ebs_volume",
            "aws_elasticache_replication_group",
        ],
        run,
    ),
};

fn run(resource: &Resource, scope: &Scope<'_>, out: &mut Findings) {
    let Some((kind, switch)) = SWITCHES.iter().find(|(kind, _)| resource.is(kind)) else { return };
    let follows_its_source = ["replicate_source_db", "snapshot_identifier", "replication_source_identifier", "snapshot_id", "snapshot_arns"]
        .iter()
        .any(|source| resource.setting(source) != Setting::Absent);
    // Clusters of the first serverless kind are always encrypted.
    let serverless = matches!(resource.setting("engine_mode"), Setting::Known(mode) if mode.as_text().is_some_and(|mode| mode == "serverless"));
    if follows_its_source || serverless || !is_off(resource.setting(switch)) {
        return;
    }
    let exists = scope.before.is_some_and(|before| before.resources.binary_search_by(|other| other.address.cmp(&resource.address)).is_ok());
    let fix = match exists {
        true => format!("`{switch} = true` replaces it: restore an encrypted copy of a snapshot beside it, and switch over."),
        false => format!("Set `{switch} = true` now; later it replaces the resource."),
    };
    let finding = out.push(resource, switch, "It is written to disk in the clear.", fix);
    if *kind == "aws_ebs_volume" {
        finding.confidence = Confidence::Likely;
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{check, check_change};

    #[test]
    fn off_unless_switched_on() {
        check(
            "storage-without-encryption",
            r#"
            variable "encrypted" {}
            resource "aws_db_instance" "off" {
              storage_encrypted = false
              ^^^^^^^^^^^^^^^^^^^^^^^^^ medium: It is written to disk in the clear.
            }
            resource "aws_efs_file_system" "absent" {
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ medium: It is written to disk in the clear.
            }
            resource "aws_db_instance" "on" {
              storage_encrypted = true
            }
            resource "aws_rds_cluster" "serverless" {
              engine_mode = "serverless"
            }
            resource "aws_db_instance" "unknown" {
              storage_encrypted = var.encrypted
            }
            resource "aws_db_instance" "replica" {
              replicate_source_db = aws_db_instance.on.identifier
            }
            "#,
        );
    }

    #[test]
    fn the_fix_knows_what_is_there_already() {
        let found = check_change("resource \"aws_ebs_volume\" \"a\" {}", "resource \"aws_ebs_volume\" \"a\" {}\nresource \"aws_ebs_volume\" \"b\" {}");
        let fixes: Vec<_> = found.iter().map(|finding| (finding.address.as_str(), finding.new, finding.fix.contains("replaces it"))).collect();
        assert_eq!(fixes, [("aws_ebs_volume.a", false, true), ("aws_ebs_volume.b", true, false)]);
    }
}
