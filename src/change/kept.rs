//! The version after as it will run: what `ignore_changes` names keeps the value that it has.

use std::sync::Arc;

use super::{Change, of};
use crate::model::{Action, Object, Snapshot, Value};

/// The resources of the version after, with what is ignored as it was before; `None` where that is the version after
/// itself. What is replaced is made as the files say: nothing of it is ignored.
pub fn kept(before: &Snapshot, after: &Snapshot, changes: &[Change]) -> Option<Snapshot> {
    let resources = || Snapshot { resources: after.resources.clone(), ..Snapshot::default() };
    let mut kept: Option<Snapshot> = None;
    for (at, resource) in after.resources.iter().enumerate().filter(|(_, resource)| !resource.ignore_changes.is_empty()) {
        let Ok(old) = before.resources.binary_search_by(|it| it.address.cmp(&resource.address)) else { continue };
        let Some(old) = before.resources.get(old).filter(|old| old.attributes != resource.attributes) else { continue };
        if of(changes, &resource.address).is_some_and(|change| change.action == Action::Replace) {
            continue;
        }
        let mut attributes = Object::clone(&resource.attributes);
        for path in &resource.ignore_changes {
            if path == "all" {
                attributes = Object::clone(&old.attributes);
            } else {
                let path: Vec<&str> = path.split('.').filter(|step| step.parse::<usize>().is_err()).collect();
                put(&mut attributes, &old.attributes, &path);
            }
        }
        if let Some(slot) = kept.get_or_insert_with(resources).resources.get_mut(at) {
            slot.attributes = Arc::new(attributes);
        }
    }
    kept
}

/// Takes what a path names over from another object; blocks one by one.
fn put(into: &mut Object, from: &Object, path: &[&str]) {
    let Some((name, rest)) = path.split_first() else { return };
    match (from.get(name), into.get_mut(name)) {
        (Some(old), _) if rest.is_empty() => {
            into.insert((*name).into(), old.clone());
        }
        (None, Some(_)) if rest.is_empty() => {
            into.shift_remove(name);
        }
        (Some(old), Some(new)) => inside(new, old, rest),
        _ => {}
    }
}

fn inside(into: &mut Value, from: &Value, path: &[&str]) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => put(Arc::make_mut(into), from, path),
        (Value::List(into), Value::List(from)) => {
            for (into, from) in Arc::make_mut(into).iter_mut().zip(from.iter()) {
                inside(into, from, path);
            }
        }
        _ => {}
    }
}
