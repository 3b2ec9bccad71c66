//! What a replacement drags along: arguments that read what the provider computes anew.
//!
//! A replaced resource gets new computed attributes. Whoever reads one changes too, and is replaced in turn
//! where that argument cannot change in place. Each resource is visited again only when its own change became
//! graver, at most a few times, so the work grows with the edges.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::graph::Graph;
use crate::model::{Address, Certainty, DependencyKind, Mode, Resource, ResourceId, Setting, Snapshot, Value};

use super::compare::{self, Found};
use super::values::Doubt;
use super::{Cause, Draft, Gravity};

/// Adds to the drafts, indexed by resource after, the causes that follow from other changes.
pub(super) fn follow(after: &Snapshot, graph: &Graph, before: &Snapshot, drafts: &mut [Draft]) {
    let triggers = Triggers::of(after);
    let mut queue: VecDeque<ResourceId> = after.iter().map(|(id, _)| id).filter(|id| gravity(drafts, *id) > Gravity::Same).collect();
    while let Some(id) = queue.pop_front() {
        let (Some(source), gravity) = (after.resource(id), gravity(drafts, id)) else { continue };
        for edge in graph.needed_by(id) {
            let Some(target) = after.resource(edge.from) else { continue };
            let read_again = source.mode == Mode::Data;
            // Of what may not be there nothing follows for certain, except for what is there as often.
            let there = source.count_unknown.is_none() || source.count_unknown == target.count_unknown;
            let certain = there && if read_again { waits(drafts, id) } else { gravity.is_sure() };
            let cause = match gravity {
                Gravity::Same => continue,
                // A name that is written out is the same afterwards.
                _ if edge.kind == DependencyKind::Implicit => continue,
                // A data source is read again when what it waits for changes at all.
                _ if edge.kind == DependencyKind::Explicit => {
                    if target.mode == Mode::Data && source.mode == Mode::Managed {
                        waiting(edge, source.address.clone())
                    } else {
                        continue;
                    }
                }
                _ if edge.argument.is_empty() || edge.argument.starts_with("lifecycle.") => continue,
                Gravity::Create => continue,
                _ if source.mode == Mode::Module => continue,
                Gravity::MaybeUpdate | Gravity::Update
                    if !read_again && !computed_by_update(&source.r#type, &source.canonical_path(&edge.reads)) =>
                {
                    continue;
                }
                _ if !is_computed(Setting::at(source.own_attributes(), first(&edge.reads)), &edge.reads) => continue,
                // What is known to be the same takes nothing from it: the arm of a condition that is not taken.
                _ if is_settled(target, &edge.argument) => continue,
                _ => {
                    let old = drafts.get(edge.from.index()).and_then(|draft| before.resource(draft.before?));
                    let value = |object: Option<&Resource>| object.and_then(|it| at(it, &edge.argument)).unwrap_or_default();
                    Cause {
                        path: edge.argument.clone(),
                        before: value(old),
                        after: value(Some(target)),
                        forces_replacement: Certainty::No,
                        span: edge.span,
                        follows: Some(source.address.clone()),
                    }
                }
            };
            let forces = compare::rules(target).of(&cause.path);
            if add(drafts, edge.from, &target.ignore_changes, cause, forces, certain) {
                queue.push_back(edge.from);
            }
        }
        for target in triggers.of_source(&source.address) {
            let Some(resource) = after.resource(*target) else { continue };
            if gravity <= Gravity::Create {
                continue;
            }
            let cause = Cause {
                path: "lifecycle.replace_triggered_by".into(),
                before: Value::Null,
                after: Value::Null,
                forces_replacement: Certainty::Yes,
                span: resource.span_of("lifecycle"),
                follows: Some(source.address.clone()),
            };
            if add(drafts, *target, &[], cause, Certainty::Yes, gravity.is_sure()) {
                queue.push_back(*target);
            }
        }
    }
}

/// What is the same of many resources: where they lie, and what listens there.
const SHARED: [&str; 7] = ["availability_zone", "engine_version", "hosted_zone_id", "owner_id", "port", "vpc_id", "zone_id"];

/// Marks causes whose new value comes from a resource that this change creates: such a value is new for sure. What is
/// only read, or made by a module that is not at hand, may be what was there before.
pub(super) fn created(after: &Snapshot, graph: &Graph, drafts: &mut [Draft]) {
    for edge in &graph.dependencies {
        let new = drafts.get(edge.to.index()).is_some_and(|draft| draft.gravity() == Gravity::Create)
            && after.resource(edge.to).is_some_and(|it| matches!(it.mode, Mode::Managed | Mode::Component))
            && !SHARED.contains(&edge.reads.as_str());
        if !new || edge.kind != DependencyKind::Reference {
            continue;
        }
        let Some(draft) = drafts.get_mut(edge.from.index()) else { continue };
        for found in &mut draft.found {
            let computed = super::values::is_computed(&found.cause.after) && found.cause.before != found.cause.after;
            if computed && within(&found.cause.path, &edge.argument) && matches!(found.doubt, Some(Doubt::Unknown(_))) {
                found.doubt = None;
                found.cause.forces_replacement = found.forces;
            }
        }
    }
}

/// Takes out new data sources that wait for no change. What they read stands already: it is known while planning.
pub(super) fn read_early(after: &Snapshot, graph: &Graph, drafts: &mut [Draft]) {
    let is_new: Vec<bool> =
        after.iter().map(|(id, resource)| resource.mode == Mode::Data && gravity(drafts, id) == Gravity::Create).collect();
    if !is_new.contains(&true) {
        return;
    }
    let is_new = |id: ResourceId| is_new.get(id.index()).copied().unwrap_or_default();
    let mut late = vec![false; drafts.len()];
    let mut queue: Vec<ResourceId> = after.iter().map(|(id, _)| id).filter(|id| !is_new(*id)).collect();
    while let Some(id) = queue.pop() {
        let Some(source) = after.resource(id) else { continue };
        let gravity = gravity(drafts, id);
        for edge in graph.needed_by(id).filter(|edge| is_new(edge.from)) {
            let waits = match (gravity, source.mode) {
                (Gravity::Same, _) => false,
                _ if edge.kind == DependencyKind::Explicit => true,
                _ if !after.resource(edge.from).is_some_and(super::waits) => false,
                (Gravity::Create, _) | (_, Mode::Module) => true,
                (_, Mode::Data) => waits(drafts, id),
                (Gravity::MaybeUpdate | Gravity::Update, _) => computed_by_update(&source.r#type, &source.canonical_path(&edge.reads)),
                _ => true,
            };
            if !waits {
                continue;
            }
            if let Some(late) = late.get_mut(edge.from.index()).filter(|late| !**late) {
                *late = true;
                queue.push(edge.from);
            }
            if edge.kind == DependencyKind::Explicit
                && source.mode == Mode::Managed
                && let Some(draft) = drafts.get_mut(edge.from.index())
            {
                draft.found.push(Found { cause: waiting(edge, source.address.clone()), doubt: None, forces: Certainty::No });
            }
        }
    }
    for (id, late) in after.iter().map(|(id, _)| id).zip(late) {
        if !late
            && is_new(id)
            && let Some(draft) = drafts.get_mut(id.index())
        {
            draft.kind = None;
        }
    }
}

/// Puts a cause into a draft; true when the draft became graver.
fn add(drafts: &mut [Draft], id: ResourceId, ignore: &[ecow::EcoString], cause: Cause, forces: Certainty, certain: bool) -> bool {
    let Some(draft) = drafts.get_mut(id.index()) else { return false };
    if draft.before.is_none() || compare::ignored(ignore, &cause.path) {
        return false;
    }
    let gravity = draft.gravity();
    let doubt = (!certain).then_some(Doubt::Follows);
    let shown = if certain { forces } else { compare::weaker(forces) };
    match draft.found.iter_mut().find(|found| found.cause.path == cause.path) {
        Some(found) => {
            if found.cause.follows.is_none() {
                found.cause.follows = cause.follows;
            }
            if certain && found.doubt.is_some() {
                found.doubt = None;
                found.cause.forces_replacement = found.forces;
            }
        }
        None => draft.found.push(Found { cause: Cause { forces_replacement: shown, ..cause }, doubt, forces }),
    }
    draft.gravity() > gravity
}

fn waiting(edge: &crate::graph::Dependency, source: Address) -> Cause {
    Cause {
        path: "depends_on".into(),
        before: Value::Null,
        after: Value::Null,
        forces_replacement: Certainty::No,
        span: edge.span,
        follows: Some(source),
    }
}

/// Whether a data source waits for a change that is certain: then it is read while applying, and what it gives
/// counts as new.
fn waits(drafts: &[Draft], id: ResourceId) -> bool {
    drafts.get(id.index()).is_some_and(|draft| draft.found.iter().any(|found| found.cause.follows.is_some() && found.doubt.is_none()))
}

fn gravity(drafts: &[Draft], id: ResourceId) -> Gravity {
    drafts.get(id.index()).map_or(Gravity::Same, Draft::gravity)
}

/// Whether what is read of a resource is computed by its provider: not written, or not known before apply.
/// Of the whole resource, some part always is.
fn is_computed(setting: Setting<'_>, reads: &str) -> bool {
    reads.is_empty() || !matches!(setting, Setting::Known(_))
}

/// Whether an argument is known: by itself, or as a part of one that is.
fn is_settled(resource: &Resource, argument: &str) -> bool {
    let known = |path| at(resource, path).is_some_and(|value| value.is_wholly_known());
    known(first(argument)) || known(argument)
}

/// Attributes that the provider computes anew when the resource is updated in place.
fn computed_by_update(kind: &str, reads: &str) -> bool {
    matches!(
        (kind, first(reads)),
        ("aws_launch_template", "latest_version" | "default_version")
            | ("aws_lambda_function", "version" | "qualified_arn" | "qualified_invoke_arn")
            | ("aws_ssm_parameter" | "aws_lambda_layer_version", "version")
            | ("aws_s3_object" | "aws_s3_bucket_object", "etag" | "version_id")
            | ("aws_cloudfront_distribution" | "aws_cloudfront_function", "etag")
    )
}

fn first(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

/// Whether one of two dotted paths is the other, or a part of it.
fn within(path: &str, argument: &str) -> bool {
    let (short, long) = if path.len() < argument.len() { (path, argument) } else { (argument, path) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn at(resource: &Resource, path: &str) -> Option<Value> {
    let mut value = resource.own_attributes().get(first(path))?;
    let mut hidden = value.is_sensitive();
    for step in path.split('.').skip(1) {
        value = match value.unmarked() {
            Value::Object(object) => object.get(step)?,
            Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => break,
        };
        hidden |= value.is_sensitive();
    }
    Some(if hidden { value.clone().sensitive() } else { value.clone() })
}

/// Who is replaced when what changes.
struct Triggers<'s> {
    by_source: FxHashMap<&'s str, Vec<ResourceId>>,
}

impl<'s> Triggers<'s> {
    fn of(after: &'s Snapshot) -> Triggers<'s> {
        let mut by_source: FxHashMap<&str, Vec<ResourceId>> = FxHashMap::default();
        for (id, resource) in after.iter() {
            for trigger in &resource.replace_triggered_by {
                by_source.entry(trigger.as_str()).or_default().push(id);
            }
        }
        Triggers { by_source }
    }

    /// A trigger may name the instance or the whole block.
    fn of_source(&self, address: &'s Address) -> impl Iterator<Item = &ResourceId> {
        let whole = (!address.key().is_empty()).then(|| address.without_key());
        [Some(address.as_str()), whole].into_iter().flatten().filter_map(|name| self.by_source.get(name)).flatten()
    }
}
