//! Who is in reach of what changes: those that read it, and what it needs.
//!
//! One walk from all grave changes at once, so each resource stands once, with the nearest change and the way.

use std::collections::VecDeque;

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::Change;
use crate::graph::{Dependency, Graph};
use crate::model::{Action, Address, Direction, Mode, ResourceId, Snapshot};
use crate::order::Order as _;

use super::{Affected, Impact, telling_name};

/// Ways are listed to this length; farther resources keep the last part of theirs.
const LONGEST_PATH: usize = 24;

/// Resources in reach of changes that interrupt or destroy, by direction, distance and address.
pub(super) fn affected(changes: &[Change], impact: &Impact, before: (&Snapshot, &Graph), after: (&Snapshot, &Graph)) -> Vec<Affected> {
    let grave: Vec<&Change> = changes.iter().filter(|change| is_start(change, impact)).collect();
    let mut found: Vec<Affected> = Vec::new();
    if grave.is_empty() {
        return found;
    }
    let by_address: FxHashMap<&str, &Change> = changes.iter().map(|change| (change.address.as_str(), change)).collect();
    let starts: Vec<ResourceId> = grave.iter().filter_map(|change| change.after).collect();
    let deleted: Vec<ResourceId> = grave.iter().filter(|change| change.after.is_none()).filter_map(|change| change.before).collect();
    let words = Words { by_address: &by_address, impact, after: after.0 };
    let mut seen: FxHashSet<EcoString> = FxHashSet::default();
    walk(after, &starts, Direction::Downstream, &words, &mut seen, &mut found);
    if !deleted.is_empty() {
        walk(before, &deleted, Direction::Downstream, &words, &mut seen, &mut found);
    }
    walk(after, &starts, Direction::Upstream, &words, &mut seen, &mut found);
    found.order_by(|a, b| {
        let upstream = |direction| direction == Direction::Upstream;
        (upstream(a.direction), a.distance, &a.address).cmp(&(upstream(b.direction), b.distance, &b.address))
    });
    found
}

/// A change that comes from the files themselves, and that may interrupt or destroy.
fn is_start(change: &Change, impact: &Impact) -> bool {
    let own = change.causes.is_empty() || change.causes.iter().any(|cause| cause.follows.is_none());
    match change.action {
        Action::Delete => true,
        Action::Replace => own,
        Action::Update => own && impact.effect_of(&change.address).is_some_and(|effect| effect.downtime.seconds != Some((0, 0))),
        _ => false,
    }
}

struct Words<'a> {
    by_address: &'a FxHashMap<&'a str, &'a Change>,
    impact: &'a Impact,
    after: &'a Snapshot,
}

fn walk(
    (snapshot, graph): (&Snapshot, &Graph),
    starts: &[ResourceId],
    direction: Direction,
    words: &Words<'_>,
    seen: &mut FxHashSet<EcoString>,
    found: &mut Vec<Affected>,
) {
    let mut reached: Vec<Option<Step<'_>>> = vec![None; snapshot.resources.len()];
    let mut queue: VecDeque<ResourceId> = VecDeque::new();
    for start in starts {
        if let Some(slot) = reached.get_mut(start.index())
            && slot.replace(Step { distance: 0, edge: None }).is_none()
        {
            queue.push_back(*start);
        }
    }
    while let Some(id) = queue.pop_front() {
        let Some(Step { distance, .. }) = reached.get(id.index()).copied().flatten() else { continue };
        let mut visit = |edge, next: ResourceId| {
            if let Some(slot @ None) = reached.get_mut(next.index()) {
                *slot = Some(Step { distance: distance + 1, edge: Some(edge) });
                queue.push_back(next);
            }
        };
        match direction {
            Direction::Downstream => graph.needed_by(id).for_each(|edge| visit(edge, edge.from)),
            // What is needed is not harmed: the nearest is enough to see where a change stands.
            Direction::Upstream if distance == 0 => graph.needs(id).for_each(|edge| visit(edge, edge.to)),
            Direction::Upstream => {}
        }
    }
    for (id, resource) in snapshot.iter() {
        let Some(Step { distance, edge: Some(edge) }) = reached.get(id.index()).copied().flatten() else { continue };
        // What was only read, and is read no more, loses nothing.
        let read_no_more =
            resource.mode == Mode::Data && words.after.resources.binary_search_by(|it| it.address.cmp(&resource.address)).is_err();
        if read_no_more || !seen.insert(resource.address.text().clone()) {
            continue;
        }
        let path = way(snapshot, &reached, id, direction);
        let mut reason = reason(snapshot, edge, direction);
        let effect = match closed_source(words, path.first(), &resource.address, direction) {
            Some(source) => {
                let effect = eco_format!("may change: what {} gives is not known", telling_name(source));
                reason = eco_format!("{reason}; it {effect}");
                effect
            }
            None => effect(words, path.first(), &resource.address, direction),
        };
        found.push(Affected { address: resource.address.clone(), distance, direction, path, effect, reason });
    }
}

/// How a resource was reached first: how far, and by which edge.
#[derive(Clone, Copy)]
struct Step<'g> {
    distance: u32,
    edge: Option<&'g Dependency>,
}

/// The addresses from the changed resource to this one.
fn way(snapshot: &Snapshot, reached: &[Option<Step<'_>>], end: ResourceId, direction: Direction) -> Vec<Address> {
    let mut path = Vec::new();
    let mut at = Some(end);
    while let Some(id) = at {
        path.extend(snapshot.resource(id).map(|resource| resource.address.clone()));
        let edge = reached.get(id.index()).copied().flatten().and_then(|step| step.edge);
        at = edge.filter(|_| path.len() < LONGEST_PATH).map(|edge| if direction == Direction::Downstream { edge.to } else { edge.from });
    }
    path.reverse();
    path
}

/// The changed module that this unchanged resource reads, if what the module makes is not at hand.
fn closed_source<'a>(words: &Words<'_>, source: Option<&'a Address>, address: &Address, direction: Direction) -> Option<&'a Address> {
    let source = source.filter(|_| direction == Direction::Downstream && !words.by_address.contains_key(address.as_str()))?;
    let module = words.by_address.get(source.as_str())?.after.and_then(|id| words.after.resource(id))?;
    (module.mode == Mode::Module).then_some(source)
}

fn effect(words: &Words<'_>, source: Option<&Address>, address: &Address, direction: Direction) -> EcoString {
    if let Some(change) = words.by_address.get(address.as_str()) {
        return match change.action {
            Action::Create => "made new".into(),
            Action::Replace => "replaced too".into(),
            Action::Delete => "deleted too".into(),
            Action::Read => "read again".into(),
            _ => "updated too".into(),
        };
    }
    let Some(source) = source.filter(|_| direction == Direction::Downstream) else { return "not changed".into() };
    let name = telling_name(source);
    match words.by_address.get(source.as_str()).map(|change| change.action) {
        Some(Action::Delete) => eco_format!("loses {name}"),
        Some(Action::Replace) => eco_format!("not changed; may fail while {name} is replaced"),
        _ => match words.impact.effect_of(source).and_then(|effect| effect.downtime.seconds) {
            Some(_) => eco_format!("not changed; may fail while {name} is updated"),
            None => "not changed".into(),
        },
    }
}

/// `reads .address of primary, through local.db_host`; from below, what the other reads of it.
fn reason(snapshot: &Snapshot, edge: &Dependency, direction: Direction) -> EcoString {
    let name = |id: ResourceId| snapshot.resource(id).map_or("", |resource| telling_name(&resource.address));
    let (reader, source) = (name(edge.from), name(edge.to));
    let through = match edge.through.as_slice() {
        [] => EcoString::new(),
        names => eco_format!(", through {}", names.join(" and ")),
    };
    let own = direction == Direction::Downstream;
    match (edge.reads.as_str(), edge.argument.as_str(), own) {
        ("", "", true) => eco_format!("waits for {source}"),
        ("", "", false) => eco_format!("{reader} waits for it"),
        ("", _, true) => eco_format!("uses {source}{through}"),
        ("", _, false) => eco_format!("{reader} uses it{through}"),
        (reads, _, true) => eco_format!("reads .{reads} of {source}{through}"),
        (reads, _, false) => eco_format!("{reader} reads .{reads} of it{through}"),
    }
}
