//! A change that destroys what is protected from being destroyed: the apply stops there.

use super::{Check, Findings, LooksAt, Scope, is_on};
use crate::change::Change;
use crate::model::{Action, Severity};

pub(super) const CHECK: Check = Check {
    id: "apply-of-what-is-protected",
    severity: Severity::High,
    title: "The apply stops at a protected resource",
    doc: "The change replaces or deletes a resource that has prevent_destroy or deletion_protection. \
          With prevent_destroy the plan is refused; with deletion protection the service refuses in the middle of the apply, \
          when other resources have changed already. Either the change or the protection is a mistake. \
          Deleting the whole block takes prevent_destroy with it, so only its deletion protection still counts.",
    references: &["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"],
    looks_at: LooksAt::Changes(run),
};

fn run(change: &Change, scope: &Scope<'_>, out: &mut Findings) {
    if !matches!(change.action, Action::Replace | Action::Delete) {
        return;
    }
    let goes = if change.action == Action::Replace { "replaced" } else { "deleted" };
    let after = change.after.and_then(|id| scope.snapshot.resource(id));
    if let Some(resource) = after.filter(|resource| resource.prevent_destroy) {
        let message = format!("It is {goes}, but `prevent_destroy` is set: the plan is refused.");
        out.push(resource, "", message, "Take back the change that forces it, or take off `prevent_destroy` on purpose.");
        return;
    }
    let Some(resource) = change.before.and_then(|id| scope.before?.resource(id)) else { return };
    let switch = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"]
        .into_iter()
        .find(|switch| is_on(resource.setting(switch)));
    if let Some(switch) = switch {
        let message = format!("It is {goes}, but `{switch}` is on: the service refuses, in the middle of the apply.");
        out.push(resource, switch, message, format!("Take back the change that forces it, or first apply `{switch} = false` alone."));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check_change;

    fn found(before: &str, after: &str) -> Vec<String> {
        check_change(before, after)
            .into_iter()
            .filter(|finding| finding.check == "apply-of-what-is-protected")
            .map(|finding| finding.message.to_string())
            .collect()
    }

    #[test]
    fn protection_before_the_change_counts() {
        let protected = "resource \"aws_db_instance\" \"a\" {\n  deletion_protection = true\n  storage_encrypted = false\n}\n";
        let replaced = protected.replace("false", "true");
        let refused = "but `deletion_protection` is on: the service refuses, in the middle of the apply.";
        assert_eq!(found(protected, ""), [format!("It is deleted, {refused}")]);
        assert_eq!(found(protected, &replaced), [format!("It is replaced, {refused}")]);
        assert_eq!(found(protected, protected), Vec::<String>::new());
    }

    #[test]
    fn prevent_destroy_goes_with_its_block() {
        let kept = "resource \"aws_db_instance\" \"a\" {\n  storage_encrypted = false\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n";
        let replaced = kept.replace("storage_encrypted = false", "storage_encrypted = true");
        assert_eq!(found(kept, &replaced), ["It is replaced, but `prevent_destroy` is set: the plan is refused."]);
        assert_eq!(found(kept, ""), Vec::<String>::new());
    }
}
