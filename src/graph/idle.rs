//! Edges of what is switched off: they are told, and nothing follows from them.

use ecow::EcoString;
use rustc_hash::FxHashSet;

use super::Index;
use crate::model::{Reference, Snapshot};
use crate::order::Order as _;

/// An edge with an end, or a way, that is switched off.
#[derive(Debug, Clone, PartialEq)]
pub struct Idle<'s> {
    pub from: &'s EcoString,
    pub to: &'s EcoString,
    pub reference: &'s Reference,
}

/// Most edges that are told.
const MOST: usize = 200_000;

/// The edges that leave what is switched off, lead to it, or lead through it, in the order of their addresses.
pub fn idle(snapshot: &Snapshot) -> Vec<Idle<'_>> {
    let mut edges: Vec<Idle<'_>> = Vec::new();
    if snapshot.disabled.is_empty() {
        return edges;
    }
    let index = Index::of(snapshot);
    let off: FxHashSet<&str> = snapshot.disabled.iter().map(|disabled| disabled.address.as_str()).collect();
    for disabled in &snapshot.disabled {
        let from = disabled.address.text();
        for reference in &disabled.references {
            let instances = index.instances(reference.target.as_str()).iter();
            let there = instances.filter_map(|id| snapshot.resource(*id)).map(|resource| resource.address.text());
            let gone = Some(reference.target.text()).filter(|to| off.contains(to.as_str()));
            edges.extend(there.chain(gone).filter(|to| *to != from).map(|to| Idle { from, to, reference }));
            if edges.len() > MOST {
                break;
            }
        }
    }
    for resource in &snapshot.resources {
        let from = resource.address.text();
        for reference in &resource.references {
            let to = reference.target.text();
            if off.contains(to.as_str()) {
                edges.push(Idle { from, to, reference });
            } else if reference.idle {
                let instances = index.instances(reference.target.as_str()).iter();
                let there = instances.filter_map(|id| snapshot.resource(*id)).map(|resource| resource.address.text());
                edges.extend(there.filter(|to| *to != from).map(|to| Idle { from, to, reference }));
            }
        }
        if edges.len() > MOST {
            break;
        }
    }
    edges.truncate(MOST);
    edges.order_by(|a, b| (a.from, a.to, a.reference.span).cmp(&(b.from, b.to, b.reference.span)));
    edges
}
