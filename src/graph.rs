//! Who needs whom: dependency edges with the place of the reference, order, cycles, reach.
//!
//! Every question costs no more than the edges it looks at; every answer comes in the same order each time.

mod adjacency;
mod components;
mod idle;

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{DependencyKind, ResourceId, Snapshot};
use crate::order::Order as _;
use crate::source::Span;

use adjacency::Adjacency;
pub use idle::{Idle, idle};

/// Edges that one graph holds; what lies past it is cut off, and [`Graph::truncated`] says so.
const MOST_EDGES: usize = 1_000_000;

/// Members of a circle that a diagnostic names.
const MOST_NAMES: usize = 50;

/// One edge, from the resource that refers to the one it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependency {
    pub from: ResourceId,
    pub to: ResourceId,
    pub kind: DependencyKind,
    /// The argument that refers.
    pub argument: EcoString,
    /// What is read of the other.
    pub reads: EcoString,
    /// The names in between.
    pub through: EcoVec<EcoString>,
    pub span: Span,
}

/// The edges of one snapshot, sorted by `from`, then `to`, then place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    pub dependencies: Vec<Dependency>,
    /// There are more edges than are held.
    pub truncated: bool,
    /// Positions of the edges that leave each resource: consecutive, because edges are sorted so.
    leaving: Vec<u32>,
    /// Positions of the edges that arrive at each resource.
    arriving: Vec<u32>,
    arriving_edges: Vec<u32>,
    /// Each resource's needs, and who needs it, each neighbour once.
    needs: Adjacency,
    needed_by: Adjacency,
}

/// A resource in reach, with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub resource: ResourceId,
    pub distance: u32,
    /// The resource before it on the shortest way; ties by address.
    pub from: ResourceId,
}

impl Graph {
    /// Joins the references of a snapshot to its resources.
    pub fn of(snapshot: &Snapshot) -> Graph {
        let index = Index::of(snapshot);
        let references = snapshot.resources.iter().map(|resource| resource.references.len()).sum::<usize>();
        let mut dependencies: Vec<Dependency> = Vec::with_capacity(references.min(MOST_EDGES));
        let mut truncated = false;
        let mut implied = snapshot.implied.iter().peekable();
        'resources: for (from, resource) in snapshot.iter() {
            let own = dependencies.len();
            for reference in resource.references.iter().filter(|reference| !reference.idle) {
                for to in index.instances(reference.target.as_str()) {
                    if *to == from {
                        continue;
                    }
                    if dependencies.len() >= MOST_EDGES {
                        truncated = true;
                        break 'resources;
                    }
                    dependencies.push(Dependency {
                        from,
                        to: *to,
                        kind: if reference.explicit { DependencyKind::Explicit } else { DependencyKind::Reference },
                        argument: reference.argument.clone(),
                        reads: reference.reads.clone(),
                        through: reference.through.clone(),
                        span: reference.span,
                    });
                }
            }
            while let Some(edge) = implied.next_if(|edge| edge.from == resource.address) {
                for to in index.instances(edge.to.as_str()).iter().filter(|to| **to != from) {
                    dependencies.push(Dependency {
                        from,
                        to: *to,
                        kind: DependencyKind::Implicit,
                        argument: edge.argument.clone(),
                        reads: EcoString::new(),
                        through: EcoVec::new(),
                        span: edge.span,
                    });
                }
            }
            if let Some(own) = dependencies.get_mut(own..) {
                own.order_by(|a, b| (a.to, a.span, &a.argument, &a.reads).cmp(&(b.to, b.span, &b.argument, &b.reads)));
            }
        }
        Graph::from_sorted(dependencies, snapshot.resources.len(), truncated)
    }

    fn from_sorted(dependencies: Vec<Dependency>, resources: usize, truncated: bool) -> Graph {
        let leaving = offsets(dependencies.iter().map(|edge| edge.from), resources);
        let arriving = offsets(dependencies.iter().map(|edge| edge.to), resources);
        let mut next = arriving.clone();
        let mut arriving_edges = vec![0; dependencies.len()];
        for (at, edge) in dependencies.iter().enumerate() {
            if let Some(slot) = next.get_mut(edge.to.index()) {
                if let Some(place) = arriving_edges.get_mut(*slot as usize) {
                    *place = at as u32;
                }
                *slot += 1;
            }
        }
        let needs = Adjacency::of(resources, dependencies.iter().map(|edge| (edge.from, edge.to)));
        let needed_by = needs.reversed();
        Graph { dependencies, truncated, leaving, arriving, arriving_edges, needs, needed_by }
    }

    /// By resource: whether a new one is made before the old one is destroyed. The setting spreads to what a
    /// resource needs, as Terraform orders it.
    pub fn made_first(&self, snapshot: &Snapshot) -> Vec<bool> {
        let mut first: Vec<bool> = snapshot.resources.iter().map(|resource| resource.create_before_destroy).collect();
        let mut stack: Vec<ResourceId> = snapshot.iter().filter(|(_, resource)| resource.create_before_destroy).map(|(id, _)| id).collect();
        while let Some(id) = stack.pop() {
            for edge in self.needs(id) {
                if let Some(seen) = first.get_mut(edge.to.index())
                    && !std::mem::replace(seen, true)
                {
                    stack.push(edge.to);
                }
            }
        }
        first
    }

    /// Edges that leave a resource: what it needs.
    pub fn needs(&self, resource: ResourceId) -> impl Iterator<Item = &Dependency> {
        self.dependencies.get(between(&self.leaving, resource)).unwrap_or(&[]).iter()
    }

    /// Edges that arrive at a resource: what needs it.
    pub fn needed_by(&self, resource: ResourceId) -> impl Iterator<Item = &Dependency> {
        let edges = self.arriving_edges.get(between(&self.arriving, resource)).unwrap_or(&[]);
        edges.iter().filter_map(|at| self.dependencies.get(*at as usize))
    }

    /// The resources that a resource needs, each once, in address order.
    pub fn direct_needs(&self, resource: ResourceId) -> &[ResourceId] {
        self.needs.neighbours(resource)
    }

    /// The resources that need a resource, each once, in address order.
    pub fn direct_needed_by(&self, resource: ResourceId) -> &[ResourceId] {
        self.needed_by.neighbours(resource)
    }

    /// Everything that depends on the starts, nearest first, without the starts.
    pub fn downstream(&self, starts: &[ResourceId]) -> Vec<Reached> {
        self.needed_by.reach(starts)
    }

    /// Everything the starts depend on, nearest first, without the starts.
    pub fn upstream(&self, starts: &[ResourceId]) -> Vec<Reached> {
        self.needs.reach(starts)
    }

    /// Tells of circles, each once with its members, and of edges that were cut off.
    pub fn diagnose(&self, snapshot: &Snapshot, out: &mut Diagnostics) {
        for members in self.cycles() {
            let Some(first) = members.first().and_then(|first| snapshot.resource(*first)) else { continue };
            let mut names = EcoString::new();
            for (at, member) in members.iter().filter_map(|member| snapshot.resource(*member)).enumerate() {
                if at == MOST_NAMES {
                    names.push_str(&eco_format!(" and {} more", members.len() - at));
                    break;
                }
                if at > 0 {
                    names.push_str(", ");
                }
                names.push_str(member.address.as_str());
            }
            out.push(Diagnostic::error("cycle", first.span, eco_format!("These depend on each other in a circle: {names}")));
        }
        if let (true, Some(first)) = (self.truncated, snapshot.resources.first()) {
            out.push(Diagnostic::warning("limit", first.span, "More than 1,000,000 dependencies: the graph shows the first of them"));
        }
    }

    /// All resources, each after everything it needs; in address order where the edges leave it open. The
    /// members of a cycle stand together.
    pub fn order(&self) -> Vec<ResourceId> {
        components::order(&self.needs, &self.needed_by)
    }

    /// Groups of resources that need each other in a circle, each in address order. Names alone make no circle: often
    /// something is named to avoid one.
    pub fn cycles(&self) -> Vec<Vec<ResourceId>> {
        if self.dependencies.iter().any(|edge| edge.kind == DependencyKind::Implicit) {
            let written = self.dependencies.iter().filter(|edge| edge.kind != DependencyKind::Implicit);
            let needs = Adjacency::of(self.needs.len(), written.map(|edge| (edge.from, edge.to)));
            return components::components(&needs, 2);
        }
        components::components(&self.needs, 2)
    }
}

/// Instances by the address of the instance or of its block.
struct Index<'s> {
    by_address: FxHashMap<&'s str, (u32, u32)>,
    /// The ids that blocks and instances name, each group together.
    ids: Vec<ResourceId>,
}

impl<'s> Index<'s> {
    fn of(snapshot: &'s Snapshot) -> Index<'s> {
        let mut blocks: FxHashMap<&str, Vec<ResourceId>> = FxHashMap::default();
        let mut by_address = FxHashMap::with_capacity_and_hasher(snapshot.resources.len() * 2, rustc_hash::FxBuildHasher);
        let mut ids: Vec<ResourceId> = Vec::with_capacity(snapshot.resources.len());
        for (id, resource) in snapshot.iter() {
            by_address.insert(resource.address.as_str(), (id.0, id.0 + 1));
            ids.push(id);
            if !resource.address.key().is_empty() {
                blocks.entry(resource.address.without_key()).or_default().push(id);
            }
        }
        for (block, members) in blocks {
            // A block's own address is never that of an instance, unless two blocks share a name.
            let first = ids.len() as u32;
            ids.extend(members);
            by_address.entry(block).or_insert((first, ids.len() as u32));
        }
        Index { by_address, ids }
    }

    fn instances(&self, address: &str) -> &[ResourceId] {
        let Some((first, last)) = self.by_address.get(address) else { return &[] };
        self.ids.get(*first as usize..*last as usize).unwrap_or(&[])
    }
}

/// Where each resource's edges begin, and after the last where they end.
fn offsets(resources: impl Iterator<Item = ResourceId>, count: usize) -> Vec<u32> {
    let mut offsets = vec![0; count + 1];
    for resource in resources {
        if let Some(slot) = offsets.get_mut(resource.index() + 1) {
            *slot += 1;
        }
    }
    let mut total = 0;
    for slot in &mut offsets {
        total += *slot;
        *slot = total;
    }
    offsets
}

fn between(offsets: &[u32], resource: ResourceId) -> std::ops::Range<usize> {
    let at = resource.index();
    match (offsets.get(at), offsets.get(at + 1)) {
        (Some(first), Some(last)) => *first as usize..*last as usize,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests;
