//! Changes as a plan declares them: its actions are taken as they are, its values say which arguments differ.

use crate::model::{Action, Address, Certainty, DeclaredBy, Planned, ResourceId, Snapshot};
use crate::order::Order as _;

use super::compare;
use super::values::Names;
use super::{Cause, Change};

pub(super) fn changes(before: Option<&Snapshot>, after: &Snapshot, planned: &[Planned]) -> Vec<Change> {
    let mut changes: Vec<Change> = planned.iter().map(|planned| change(before, after, planned)).collect();
    changes.order_by(|a, b| a.address.cmp(&b.address).then_with(|| a.after.cmp(&b.after)));
    changes
}

fn change(before: Option<&Snapshot>, after: &Snapshot, planned: &Planned) -> Change {
    let gone = matches!(planned.action, Action::Delete | Action::Forget);
    let old = planned.previous.as_ref().unwrap_or(&planned.address);
    let before_id = before.and_then(|before| find(before, old)).filter(|_| planned.action != Action::Create);
    let after_id = if gone { None } else { find(after, &planned.address) };
    let resource = |snapshot: Option<&'_ Snapshot>, id: Option<ResourceId>| snapshot.and_then(|it| it.resource(id?)).cloned();
    let mut causes: Vec<Cause> = match (resource(before, before_id), resource(Some(after), after_id)) {
        (Some(mut before), Some(after)) => {
            // How an expression is written says nothing beside a plan's values.
            before.declaration = after.declaration.clone();
            compare::causes(&before, &after, &Names::default()).into_iter().map(|found| found.cause).collect()
        }
        _ => Vec::new(),
    };
    let declared_by = match resource(Some(after), after_id).or_else(|| resource(before, before_id)) {
        Some(it) if it.native.is_some() => DeclaredBy::ChangeSet,
        Some(it) if it.native_type.contains(':') => DeclaredBy::Preview,
        _ => DeclaredBy::Plan,
    };
    for cause in &mut causes {
        cause.forces_replacement =
            if planned.replace_paths.iter().any(|path| overlaps(path, &cause.path)) { Certainty::Yes } else { Certainty::No };
    }
    causes.order_by_key(|cause| cause.forces_replacement != Certainty::Yes);
    Change {
        address: planned.address.clone(),
        action: planned.action,
        before: before_id,
        after: after_id,
        causes,
        condition: planned.condition.clone(),
        declared_by,
        previous_address: planned.previous.clone(),
        reason: planned.reason.clone(),
    }
}

/// Whether one path is at or below the other.
fn overlaps(left: &str, right: &str) -> bool {
    let below = |path: &str, above: &str| path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    below(left, right) || below(right, left)
}

fn find(snapshot: &Snapshot, address: &Address) -> Option<ResourceId> {
    snapshot.resources.binary_search_by(|resource| resource.address.cmp(address)).ok().map(|at| ResourceId(at as u32))
}
