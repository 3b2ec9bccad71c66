//! Before and after to changes: what is created, updated, replaced or deleted, and which arguments caused it.
//!
//! Resources pair by address, as the author moved them, or by block where the number of instances is not known.
//! Their arguments compare as values: layout, comments and the order of blocks that the provider keeps as a set
//! do not count. A value unknown on both sides for the same reason and written the same counts as unchanged.
//! What is not certain is an update with a condition, never a replacement and never nothing.

mod compare;
mod condition;
mod documents;
mod expressions;
mod follow;
mod kept;
mod pair;
mod planned;
mod values;
mod words;

#[cfg(test)]
mod tests;

use ecow::{EcoString, eco_format};

use crate::catalog::Catalog;
use crate::catalog::replacement;
use crate::graph::Graph;
use crate::model::{Action, Address, Certainty, DeclaredBy, Mode, Resource, ResourceId, Snapshot, Value};
use crate::order::Order as _;
use crate::source::Span;

pub use kept::kept;

pub(crate) use condition::version;
pub(crate) use words::argument;

use compare::Found;
use pair::{Pair, Pairing};
use values::{Doubt, Names};

/// How the condition of a change begins that is one only if instances come or go.
const ONLY_NUMBER: &str = "only if the number of";

/// The condition of what any number of instances share, none included.
const ANY: &str = "only if there are any: their number is not known";

/// What happens to one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub address: Address,
    pub action: Action,
    /// In the snapshot before; `None` for a create.
    pub before: Option<ResourceId>,
    /// In the snapshot after; `None` for a delete.
    pub after: Option<ResourceId>,
    pub causes: Vec<Cause>,
    /// Set when the action only holds under a condition; the words of that condition.
    pub condition: Option<EcoString>,
    pub declared_by: DeclaredBy,
    pub previous_address: Option<Address>,
    /// The plan's own account of it, as a sentence.
    pub reason: Option<EcoString>,
}

/// The change of an address; changes are in address order.
pub fn of<'a>(changes: &'a [Change], address: &Address) -> Option<&'a Change> {
    changes.binary_search_by(|change| change.address.cmp(address)).ok().and_then(|at| changes.get(at))
}

impl Change {
    /// Whether instances may come or go: their number is not known in one of the versions.
    pub fn is_of_number(&self) -> bool {
        self.condition.as_ref().is_some_and(|condition| condition.starts_with(ONLY_NUMBER))
    }
}

/// One argument that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    pub path: EcoString,
    pub before: Value,
    pub after: Value,
    pub forces_replacement: Certainty,
    pub span: Span,
    /// The replaced resource whose new value the argument reads.
    pub follows: Option<Address>,
}

/// Compares two versions; without one before, everything is created. Sorted by address; unchanged resources
/// are left out.
pub fn diff(before: Option<(&Snapshot, &Graph)>, after: (&Snapshot, &Graph), catalog: &Catalog) -> Vec<Change> {
    let _ = catalog;
    if let Some(declared) = &after.0.planned {
        return planned::changes(before.map(|(before, _)| before), after.0, declared);
    }
    let Some((before, _)) = before else {
        let mut changes: Vec<Change> = Vec::with_capacity(after.0.resources.len());
        changes.extend(after.0.iter().filter_map(|(id, resource)| first_time(id, resource)));
        taken_over(after.0, &mut changes);
        return changes;
    };
    let (after, graph) = after;
    let mut drafts: Vec<Draft> = Vec::new();
    drafts.resize_with(after.resources.len(), Draft::default);
    let mut gone = Vec::new();
    let pairs = pair::pair(before, after);
    let names = renamed(&pairs, before, after);
    for pair in pairs {
        match pair.after {
            Some(id) => {
                if let Some(draft) = drafts.get_mut(id.index()) {
                    *draft = Draft::of(pair, before, after, &names);
                }
            }
            None => gone.push(pair),
        }
    }
    follow::created(after, graph, &mut drafts);
    follow::follow(after, graph, before, &mut drafts);
    follow::read_early(after, graph, &mut drafts);
    let mut changes: Vec<Change> = Vec::new();
    for ((id, resource), draft) in after.iter().zip(drafts) {
        changes.extend(draft.finish(id, resource, before));
    }
    changes.extend(gone.iter().filter_map(|pair| deleted(*pair, before)));
    taken_over(after, &mut changes);
    changes.order_by(|a, b| a.address.cmp(&b.address).then_with(|| a.after.cmp(&b.after)));
    changes
}

/// What an `import` block names exists already.
fn taken_over(after: &Snapshot, changes: &mut [Change]) {
    if after.imported.is_empty() {
        return;
    }
    for change in changes.iter_mut().filter(|change| change.action == Action::Create) {
        if after.imported.binary_search(change.address.text()).is_ok() {
            change.action = Action::Import;
        }
    }
}

fn renamed(pairs: &[Pair], before: &Snapshot, after: &Snapshot) -> Names {
    let moved = pairs.iter().filter(|pair| matches!(pair.kind, Pairing::Moved | Pairing::Renewed | Pairing::Instances));
    let address = |snapshot: &'_ Snapshot, id: Option<ResourceId>| Some(snapshot.resource(id?)?.address.text().clone());
    Names(moved.filter_map(|pair| Some((address(before, pair.before)?, address(after, pair.after)?))).collect())
}

/// The type that the replacement rules know the resource by.
fn rules_of(resource: &Resource) -> &str {
    if resource.native.is_some() { &resource.native_type } else { &resource.r#type }
}

/// How much a change does to those that read the resource. In order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gravity {
    Same,
    /// New: what reads it differs by itself already.
    Create,
    MaybeUpdate,
    Update,
    MaybeReplace,
    Replace,
}

impl Gravity {
    fn is_sure(self) -> bool {
        matches!(self, Gravity::Create | Gravity::Update | Gravity::Replace)
    }
}

/// The change of a resource that is there after, while it is being worked out.
#[derive(Debug, Default)]
struct Draft {
    before: Option<ResourceId>,
    /// How it was paired; `None` for what is not declared here.
    kind: Option<Pairing>,
    found: Vec<Found>,
}

impl Draft {
    fn of(pair: Pair, before: &Snapshot, after: &Snapshot, names: &Names) -> Draft {
        let found = match (pair.before.and_then(|id| before.resource(id)), pair.after.and_then(|id| after.resource(id))) {
            (Some(before), Some(after)) => {
                let mut found = compare::causes(before, after, names);
                match pair.kind {
                    Pairing::Renewed => found.insert(0, compare::renewed(before, after)),
                    Pairing::Rekeyed => found.insert(0, compare::rekeyed(after)),
                    _ => {}
                }
                found
            }
            _ => Vec::new(),
        };
        Draft { before: pair.before, kind: Some(pair.kind), found }
    }

    fn gravity(&self) -> Gravity {
        match self.kind {
            None => return Gravity::Same,
            Some(_) if self.before.is_none() => return Gravity::Create,
            Some(_) => {}
        }
        let of = |found: &Found| match (found.forces, found.doubt.is_none()) {
            (Certainty::Yes, true) => Gravity::Replace,
            (Certainty::Yes | Certainty::Maybe, _) => Gravity::MaybeReplace,
            (Certainty::No, true) => Gravity::Update,
            (Certainty::No, false) => Gravity::MaybeUpdate,
        };
        self.found.iter().map(of).max().unwrap_or(Gravity::Same)
    }

    fn finish(self, id: ResourceId, resource: &Resource, before: &Snapshot) -> Option<Change> {
        let kind = self.kind?;
        let gravity = self.gravity();
        let previous = self.before.and_then(|id| before.resource(id)).map(|resource| resource.address.clone());
        let mut condition = conditions(resource, gravity, &self.found);
        let sure_update = self.found.iter().any(|found| found.doubt.is_none());
        let action = match (resource.mode, gravity) {
            (Mode::Ephemeral, _) => return None,
            (Mode::Data, Gravity::Same) => return None,
            (Mode::Data, _) => Action::Read,
            (_, Gravity::Create) => Action::Create,
            (_, Gravity::Replace) => Action::Replace,
            (_, Gravity::Same) if kind == Pairing::Moved => Action::Move,
            (_, Gravity::Same) if kind == Pairing::Instances => Action::Update,
            (_, Gravity::Same) => return None,
            _ => Action::Update,
        };
        match kind {
            Pairing::Instances if !sure_update => {
                let words = eco_format!("{ONLY_NUMBER} {} changes: it is not known", resource.address.without_key());
                condition = Some(condition.unwrap_or(words));
            }
            Pairing::Hidden => condition = Some("only if its module did not make it already: the source before is not at hand".into()),
            Pairing::Rekeyed => condition = Some(ANY.into()),
            _ if resource.count_unknown.is_some() => condition = condition.or(Some(ANY.into())),
            _ => {}
        }
        if resource.mode == Mode::Module && action == Action::Update && condition.is_none() {
            condition = Some("what that changes inside is not known: its source is not at hand".into());
        }
        let mut found = self.found;
        found.order_by_key(|found| (weight(found.cause.forces_replacement), found.doubt.is_some()));
        Some(Change {
            address: resource.address.clone(),
            action,
            before: self.before,
            after: Some(id),
            causes: found.into_iter().map(|found| found.cause).collect(),
            condition,
            declared_by: DeclaredBy::Diff,
            previous_address: previous.filter(|address| kind == Pairing::Moved && *address != resource.address),
            reason: None,
        })
    }
}

/// The words of what has to hold for a change to happen, or for an update to be a replacement.
fn conditions(resource: &Resource, gravity: Gravity, found: &[Found]) -> Option<EcoString> {
    match gravity {
        Gravity::MaybeUpdate => found.first().map(|found| eco_format!("only if {}", doubted(found))),
        Gravity::MaybeReplace => {
            // The first argument that could replace it, the surest first.
            let forcing = found.iter().filter(|found| found.forces != Certainty::No);
            let strongest = forcing.min_by_key(|found| (found.doubt.is_some(), weight(found.forces)))?;
            let path = argument(&strongest.cause.path);
            Some(match (&strongest.doubt, strongest.forces) {
                (Some(_), Certainty::Yes) => eco_format!("replaced only if {}", doubted(strongest)),
                _ => {
                    let question = condition::open_question(rules_of(resource), replacement::rules(rules_of(resource)));
                    eco_format!("replaced only if `{path}` cannot change in place: {question}")
                }
            })
        }
        _ => None,
    }
}

fn doubted(found: &Found) -> EcoString {
    let path = argument(&found.cause.path);
    match &found.doubt {
        Some(Doubt::Unknown(unknown)) => eco_format!("`{path}` differs: {unknown}"),
        Some(Doubt::Default) => eco_format!("the provider takes another value for `{path}` when it is not written"),
        Some(Doubt::Filled) => eco_format!("`{path}` differs from what the provider chose"),
        Some(Doubt::Follows) => match &found.cause.follows {
            Some(source) if is_data(source) => eco_format!("{source} gives something else"),
            Some(source) => eco_format!("{source} is replaced"),
            None => eco_format!("`{path}` differs"),
        },
        None => eco_format!("`{path}` differs"),
    }
}

/// Whether an address is that of a data source.
pub(crate) fn is_data(address: &Address) -> bool {
    let rest = address.as_str().strip_prefix(address.module()).unwrap_or_default();
    rest.trim_start_matches('.').starts_with("data.")
}

fn weight(certainty: Certainty) -> u8 {
    match certainty {
        Certainty::Yes => 0,
        Certainty::Maybe => 1,
        Certainty::No => 2,
    }
}

/// What a snapshot alone does: everything declared is made.
fn first_time(id: ResourceId, resource: &Resource) -> Option<Change> {
    let action = match resource.mode {
        Mode::External | Mode::Ephemeral => return None,
        Mode::Data if !waits(resource) => return None,
        Mode::Data => Action::Read,
        Mode::Managed | Mode::Module | Mode::Component => Action::Create,
    };
    Some(Change {
        address: resource.address.clone(),
        action,
        before: None,
        after: Some(id),
        causes: Vec::new(),
        condition: resource.count_unknown.as_ref().map(|_| ANY.into()),
        declared_by: DeclaredBy::Diff,
        previous_address: None,
        reason: None,
    })
}

/// Whether a data source can be read only while the change is applied.
pub fn waits(resource: &Resource) -> bool {
    resource.attributes.values().any(values::is_computed)
}

fn deleted(pair: Pair, before: &Snapshot) -> Option<Change> {
    let id = pair.before?;
    let resource = before.resource(id)?;
    let action = match (resource.mode, pair.kind) {
        // Nothing is destroyed when a data source goes.
        (Mode::Data | Mode::Ephemeral | Mode::External, _) => return None,
        (_, Pairing::Forgotten) => Action::Forget,
        _ if resource.retained => Action::Forget,
        _ if resource.own_text("DeletionPolicy").is_some_and(|policy| policy.starts_with("Retain")) => Action::Forget,
        _ => Action::Delete,
    };
    let condition = match pair.kind {
        Pairing::Hidden => Some("only if its module no longer makes it: the source after is not at hand".into()),
        _ if resource.count_unknown.is_some() => Some(ANY.into()),
        _ => None,
    };
    Some(Change {
        address: resource.address.clone(),
        action,
        before: Some(id),
        after: None,
        causes: Vec::new(),
        condition,
        declared_by: DeclaredBy::Diff,
        previous_address: None,
        reason: None,
    })
}
