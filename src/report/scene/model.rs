//! A review indexed for drawing: what can be a card, and who needs whom, as numbers.

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{CardKind, EdgeStyle, View};
use crate::order::Order as _;
use crate::review::{Action, ChangeEntry, DependencyKind, Direction, ResourceCostEntry, ResourceEntry, ResourceMode, Review};

/// Something that can be a card.
pub(super) struct Thing<'a> {
    pub address: &'a str,
    pub kind: CardKind,
    /// Absent for what is switched off and for names that nothing declares.
    pub entry: Option<&'a ResourceEntry>,
    pub native_type: &'a str,
    pub file: &'a str,
    pub action: Action,
    /// How many there are, or what happens to them, depends on something not known.
    pub conditional: bool,
    /// Second line in place of the type.
    pub state: EcoString,
    pub cost: Option<&'a ResourceCostEntry>,
    /// Steps from the nearest change that reaches it.
    pub reached: Option<u32>,
}

impl Thing<'_> {
    pub fn is_changed(&self) -> bool {
        !matches!(self.action, Action::NoOp | Action::Read)
    }

    pub fn is_destroyed(&self) -> bool {
        matches!(self.action, Action::Replace | Action::Delete)
    }
}

/// All references from one thing to another, joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub needed: u32,
    pub dependent: u32,
    pub style: EdgeStyle,
    pub references: u32,
}

pub(super) struct Model<'a> {
    pub things: Vec<Thing<'a>>,
    /// Sorted by `needed`, then `dependent`.
    pub links: Vec<Link>,
    /// Neighbours by thing.
    dependents: Neighbours,
    needs: Neighbours,
    /// Index of the selected thing.
    pub focus: Option<u32>,
}

impl<'a> Model<'a> {
    pub fn of(review: &'a Review, view: &View) -> Model<'a> {
        let mut things = things(review, view);
        let mut index: FxHashMap<&str, u32> = FxHashMap::default();
        for (at, thing) in things.iter().enumerate() {
            index.entry(thing.address).or_insert(at as u32);
        }
        let skipped: FxHashSet<&str> = review
            .resources
            .iter()
            .filter(|entry| view.hide_data && entry.mode == ResourceMode::Data)
            .map(|entry| entry.address.as_str())
            .chain(review.disabled.iter().filter(|_| !view.show_disabled).map(|entry| entry.address.as_str()))
            .collect();
        let mut ends = Vec::with_capacity(review.dependencies.len());
        for dependency in &review.dependencies {
            let (needed, dependent) = (dependency.to.as_str(), dependency.from.as_str());
            if (skipped.contains(needed) && !index.contains_key(needed)) || (skipped.contains(dependent) && !index.contains_key(dependent))
            {
                continue;
            }
            // A name that nothing declares is drawn, not dropped.
            let mut number = |address: &'a str| {
                *index.entry(address).or_insert_with(|| {
                    things.push(unresolved(address));
                    things.len() as u32 - 1
                })
            };
            let style = match dependency.kind {
                _ if dependency.source.before => EdgeStyle::BeforeOnly,
                DependencyKind::Reference | DependencyKind::Explicit | DependencyKind::Containment => EdgeStyle::Solid,
                DependencyKind::Implicit | DependencyKind::Selector | DependencyKind::Code => EdgeStyle::Implied,
            };
            ends.push(Link { needed: number(needed), dependent: number(dependent), style, references: 1 });
        }
        let links = joined(ends, |link| (link.needed, link.dependent));
        let dependents = Neighbours::of(things.len(), links.iter().map(|link| (link.needed, link.dependent)));
        let needs = Neighbours::of(things.len(), links.iter().map(|link| (link.dependent, link.needed)));
        let focus = view.focus.as_ref().and_then(|address| index.get(address.as_str()).copied());
        Model { things, links, dependents, needs, focus }
    }

    /// Steps from the nearest start to each thing, going to dependents or to what is needed; `None` out of reach.
    pub fn steps(&self, starts: impl Iterator<Item = u32>, direction: Direction, limit: u32) -> Vec<Option<u32>> {
        let neighbours = match direction {
            Direction::Downstream => &self.dependents,
            Direction::Upstream => &self.needs,
        };
        let mut steps = vec![None; self.things.len()];
        let mut queue: Vec<u32> = starts.collect();
        for start in &queue {
            if let Some(step) = steps.get_mut(*start as usize) {
                *step = Some(0);
            }
        }
        let mut at = 0;
        while let Some(thing) = queue.get(at).copied() {
            at += 1;
            let next = steps.get(thing as usize).copied().flatten().unwrap_or(0) + 1;
            if next > limit {
                continue;
            }
            for neighbour in neighbours.of_thing(thing) {
                if let Some(step @ None) = steps.get_mut(*neighbour as usize) {
                    *step = Some(next);
                    queue.push(*neighbour);
                }
            }
        }
        steps
    }
}

/// Joins links between the same ends: references add up, the plainest style wins.
pub(super) fn joined<K: Ord>(mut links: Vec<Link>, key: impl Fn(&Link) -> K) -> Vec<Link> {
    links.order_by_key(&key);
    links.dedup_by(|later, kept| {
        let same = key(later) == key(kept);
        if same {
            kept.references += later.references;
            kept.style = kept.style.min(later.style);
        }
        same
    });
    links
}

fn things<'a>(review: &'a Review, view: &View) -> Vec<Thing<'a>> {
    let changes: FxHashMap<&str, &ChangeEntry> = review.changes.iter().map(|change| (change.address.as_str(), change)).collect();
    let costs: FxHashMap<&str, &ResourceCostEntry> = review.cost.resources.iter().map(|cost| (cost.address.as_str(), cost)).collect();
    let mut reached: FxHashMap<&str, u32> = FxHashMap::default();
    for affected in review.affected.iter().filter(|affected| affected.direction == Direction::Downstream) {
        let steps = reached.entry(affected.address.as_str()).or_insert(affected.distance);
        *steps = (*steps).min(affected.distance);
    }
    let mut asked: FxHashMap<&str, &str> = FxHashMap::default();
    for entry in &review.not_known {
        for address in &entry.concerns {
            asked.entry(address.as_str()).or_insert(entry.what.as_str());
        }
    }
    let resources = review.resources.iter().filter(|entry| !(view.hide_data && entry.mode == ResourceMode::Data)).map(|entry| {
        let address = entry.address.as_str();
        let change = changes.get(address);
        let condition = change.and_then(|change| change.condition.as_ref());
        let (kind, state) = match entry.mode {
            ResourceMode::Module => (CardKind::Module, "module, no source".into()),
            ResourceMode::External => (CardKind::External, ecow::eco_format!("{}, elsewhere", short_type(&entry.native_type))),
            _ if condition.is_some() => (CardKind::Resource, condition.cloned().unwrap_or_default()),
            _ if entry.count_unknown => (
                CardKind::Resource,
                asked.get(address).map_or_else(|| "number not known".into(), |what| ecow::eco_format!("depends on {what}")),
            ),
            _ => (CardKind::Resource, EcoString::new()),
        };
        // In a snapshot everything would be a create: that says nothing, so no action is shown.
        let action = if review.compared { change.map_or(Action::NoOp, |change| change.action) } else { Action::NoOp };
        Thing {
            address,
            kind,
            entry: Some(entry),
            native_type: &entry.native_type,
            file: &entry.source.file,
            action,
            conditional: entry.count_unknown || condition.is_some(),
            state,
            cost: costs.get(address).copied(),
            reached: reached.get(address).copied(),
        }
    });
    let disabled = review.disabled.iter().filter(|_| view.show_disabled).map(|entry| Thing {
        address: &entry.address,
        kind: CardKind::Disabled,
        entry: None,
        native_type: &entry.native_type,
        file: &entry.source.file,
        action: Action::NoOp,
        conditional: false,
        state: entry.reason.clone(),
        cost: None,
        reached: None,
    });
    resources.chain(disabled).collect()
}

fn unresolved(address: &str) -> Thing<'_> {
    Thing {
        address,
        kind: CardKind::External,
        entry: None,
        native_type: "",
        file: "",
        action: Action::NoOp,
        conditional: false,
        state: "not declared here".into(),
        cost: None,
        reached: None,
    }
}

/// The type without the cloud's prefix.
pub(super) fn short_type(native_type: &str) -> &str {
    // `aws:ec2/instance:Instance` of Pulumi says itself twice.
    if let (Some(_), Some((_, name))) = (native_type.find('/'), native_type.rsplit_once(':')) {
        return name;
    }
    ["aws_", "azurerm_", "google_", "AWS::"].iter().find_map(|cloud| native_type.strip_prefix(cloud)).unwrap_or(native_type)
}

/// Adjacency as one list with a start per thing.
struct Neighbours {
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Neighbours {
    fn of(things: usize, ends: impl Iterator<Item = (u32, u32)>) -> Neighbours {
        let mut ends: Vec<(u32, u32)> = ends.collect();
        ends.order();
        let mut starts = Vec::with_capacity(things + 1);
        let mut at = 0;
        for thing in 0..=things as u32 {
            while ends.get(at).is_some_and(|end| end.0 < thing) {
                at += 1;
            }
            starts.push(at as u32);
        }
        Neighbours { starts, all: ends.into_iter().map(|end| end.1).collect() }
    }

    fn of_thing(&self, thing: u32) -> &[u32] {
        let at = |thing: usize| self.starts.get(thing).copied().unwrap_or(0) as usize;
        self.all.get(at(thing as usize)..at(thing as usize + 1)).unwrap_or(&[])
    }
}
