//! Before and after to changes: what is created, updated, replaced or deleted, and which arguments caused it.

use ecow::EcoString;

use crate::catalog::Catalog;
use crate::graph::Graph;
use crate::model::{Action, Address, Certainty, DeclaredBy, ResourceId, Snapshot, Value};
use crate::source::Span;

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
    let _ = (before, after, catalog);
    Vec::new()
}
