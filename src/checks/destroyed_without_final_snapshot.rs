//! A database that is destroyed by the change and leaves no snapshot behind.

use super::{Check, Findings, LooksAt, Scope, is_on};
use crate::catalog::canonical;
use crate::change::Change;
use crate::model::{Action, Confidence, Setting, Severity};

/// Types that take a last snapshot unless told not to, with the argument that names it.
const SNAPSHOTS: &[(&str, &str)] = &[
    ("aws_db_instance", "final_snapshot_identifier"),
    ("aws_rds_cluster", "final_snapshot_identifier"),
    ("aws_docdb_cluster", "final_snapshot_identifier"),
    ("aws_neptune_cluster", "final_snapshot_identifier"),
    ("aws_redshift_cluster", "final_snapshot_identifier"),
];

pub(super) const CHECK: Check = Check {
    id: "destroyed-without-final-snapshot",
    severity: Severity::Critical,
    title: "The database is destroyed without a last snapshot",
    doc: "The change deletes or replaces a database whose skip_final_snapshot is true, or not known: nothing of its data is left when it is gone. \
          What counts is the value before the change, because that is what the destroy uses; apply skip_final_snapshot = false \
          and a final_snapshot_identifier on their own first. Read replicas are left out; their source has the data.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"],
    looks_at: LooksAt::Changes(run),
};

fn run(change: &Change, scope: &Scope<'_>, out: &mut Findings) {
    if !matches!(change.action, Action::Delete | Action::Replace) {
        return;
    }
    let Some(database) = change.before.and_then(|id| scope.before?.resource(id)) else { return };
    let Some((_, name)) = SNAPSHOTS.iter().find(|(kind, _)| database.is(kind)) else { return };
    if database.setting("replicate_source_db") != Setting::Absent {
        return;
    }
    let goes = match (change.action, change.condition.is_some()) {
        (Action::Replace, false) => "is replaced",
        (Action::Replace, true) => "may be replaced",
        (_, false) => "is deleted",
        (_, true) => "may be deleted",
    };
    let after = change.after.and_then(|id| scope.snapshot.resource(id));
    if database.native.is_some() {
        if let Some((policy, "Delete")) = canonical::policy(change.action, database, after) {
            let fix = format!("Before this change, set `{policy}: Snapshot`; or take a snapshot by hand.");
            let finding = out.push(after.unwrap_or(database), "", format!("It {goes}, and no snapshot is taken: its data is gone."), fix);
            soften(finding, change);
        }
        return;
    }
    let fix = format!("Before this change, apply `skip_final_snapshot = false` and a `{name}` alone; or take a snapshot by hand.");
    if is_on(database.setting("skip_final_snapshot")) {
        let finding = out.push(database, "skip_final_snapshot", format!("It {goes}, and no snapshot is taken: its data is gone."), fix);
        soften(finding, change);
    } else if let Setting::Unknown(reason) = database.setting("skip_final_snapshot") {
        let message = format!("It {goes}, and whether a snapshot is taken is not known: {reason}.");
        let finding = out.push(database, "skip_final_snapshot", message, fix);
        finding.severity = Severity::High;
        finding.confidence = Confidence::Likely;
        soften(finding, change);
    } else if database.setting(name) == Setting::Absent {
        let message = format!("It {goes}, but the destroy fails: it wants a last snapshot, and `{name}` names none.");
        let finding = out.push(database, "", message, format!("Before this change, apply a `{name}` alone."));
        finding.severity = Severity::Medium;
        soften(finding, change);
    }
}

/// What only may happen is likely at most.
fn soften(finding: &mut super::Finding, change: &Change) {
    if change.condition.is_some() {
        finding.confidence = Confidence::Guess;
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check_change;

    fn found(before: &str, after: &str) -> Vec<String> {
        check_change(before, after)
            .into_iter()
            .filter(|finding| finding.check == "destroyed-without-final-snapshot")
            .map(|finding| format!("{:?} {:?} {}", finding.severity, finding.confidence, finding.message))
            .collect()
    }

    fn database(name: &str, lines: &str) -> String {
        format!("variable \"skip\" {{}}\nresource \"aws_db_instance\" \"{name}\" {{\n  identifier = \"a\"\n  {lines}\n}}\n")
    }

    #[test]
    fn deleted_and_replaced() {
        let skips = database("a", "skip_final_snapshot = true\n  storage_encrypted = false");
        let encrypted = database("a", "skip_final_snapshot = false\n  final_snapshot_identifier = \"x\"\n  storage_encrypted = true");
        assert_eq!(found(&skips, ""), ["Critical Sure It is deleted, and no snapshot is taken: its data is gone."]);
        assert_eq!(found(&skips, &encrypted), ["Critical Sure It is replaced, and no snapshot is taken: its data is gone."]);
        assert_eq!(found(&skips, &skips), Vec::<String>::new());
        let (some, other) = (skips.replace("{\n", "{\n  count = var.skip\n"), encrypted.replace("{\n", "{\n  count = var.skip\n"));
        assert_eq!(found(&some, &other), ["Critical Guess It may be replaced, and no snapshot is taken: its data is gone."]);
    }

    #[test]
    fn the_value_before_counts() {
        let keeps = database("a", "final_snapshot_identifier = \"x\"");
        assert_eq!(found(&keeps, ""), Vec::<String>::new());
        let unknown = database("a", "skip_final_snapshot = var.skip");
        assert_eq!(found(&unknown, ""), ["High Likely It is deleted, and whether a snapshot is taken is not known: var.skip has no value."]);
        let nameless = database("a", "");
        assert_eq!(
            found(&nameless, ""),
            ["Medium Sure It is deleted, but the destroy fails: it wants a last snapshot, and `final_snapshot_identifier` names none."]
        );
    }
}
