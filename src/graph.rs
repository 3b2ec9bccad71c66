//! Who needs whom: dependency edges with the place of the reference, order, cycles, reach.

use ecow::EcoString;

use crate::model::{DependencyKind, ResourceId, Snapshot};
use crate::source::Span;

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
    pub through: Vec<EcoString>,
    pub span: Span,
}

/// The edges of one snapshot, sorted by `from`, then `to`, then place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    pub dependencies: Vec<Dependency>,
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
        let _ = snapshot;
        Graph::default()
    }

    /// Edges that leave a resource: what it needs.
    pub fn needs(&self, resource: ResourceId) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().filter(move |edge| edge.from == resource)
    }

    /// Edges that arrive at a resource: what needs it.
    pub fn needed_by(&self, resource: ResourceId) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().filter(move |edge| edge.to == resource)
    }

    /// Everything that depends on the starts, nearest first, without the starts.
    pub fn downstream(&self, starts: &[ResourceId]) -> Vec<Reached> {
        let _ = starts;
        Vec::new()
    }

    /// Everything the starts depend on, nearest first, without the starts.
    pub fn upstream(&self, starts: &[ResourceId]) -> Vec<Reached> {
        let _ = starts;
        Vec::new()
    }
}
