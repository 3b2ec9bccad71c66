//! Neighbours of each resource in one array, and what can be reached over them.

use super::Reached;
use crate::model::ResourceId;
use crate::order::Order as _;

/// For each resource its neighbours, each once, in address order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Adjacency {
    offsets: Vec<u32>,
    neighbours: Vec<ResourceId>,
}

impl Adjacency {
    /// `edges` come sorted by their first resource, then by their second.
    pub fn of(count: usize, edges: impl Iterator<Item = (ResourceId, ResourceId)>) -> Adjacency {
        let mut offsets = vec![0; count + 1];
        let mut neighbours = Vec::new();
        let mut last = None;
        for (from, to) in edges {
            if last == Some((from, to)) {
                continue;
            }
            last = Some((from, to));
            neighbours.push(to);
            if let Some(slot) = offsets.get_mut(from.index() + 1) {
                *slot += 1;
            }
        }
        let mut total = 0;
        for slot in &mut offsets {
            total += *slot;
            *slot = total;
        }
        Adjacency { offsets, neighbours }
    }

    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    pub fn neighbours(&self, resource: ResourceId) -> &[ResourceId] {
        self.neighbours.get(super::between(&self.offsets, resource)).unwrap_or(&[])
    }

    pub fn reversed(&self) -> Adjacency {
        let offsets = super::offsets(self.neighbours.iter().copied(), self.len());
        let mut next = offsets.clone();
        let mut neighbours = vec![ResourceId(0); self.neighbours.len()];
        for from in (0..self.len() as u32).map(ResourceId) {
            for to in self.neighbours(from) {
                if let Some(slot) = next.get_mut(to.index()) {
                    if let Some(place) = neighbours.get_mut(*slot as usize) {
                        *place = from;
                    }
                    *slot += 1;
                }
            }
        }
        Adjacency { offsets, neighbours }
    }

    /// Breadth first: nearest first, and in address order at each distance. Resources found at one distance
    /// are visited in address order, so the first to reach another is the first by address.
    pub fn reach(&self, starts: &[ResourceId]) -> Vec<Reached> {
        let mut seen = vec![false; self.len()];
        let mut visit = |resource: ResourceId| match seen.get_mut(resource.index()) {
            Some(seen) => !std::mem::replace(seen, true),
            None => false,
        };
        let mut front: Vec<ResourceId> = starts.iter().copied().filter(|start| visit(*start)).collect();
        front.order();
        let mut reached = Vec::new();
        let mut distance = 0;
        while !front.is_empty() {
            distance += 1;
            let first = reached.len();
            for from in front.drain(..) {
                for resource in self.neighbours(from) {
                    if visit(*resource) {
                        reached.push(Reached { resource: *resource, distance, from });
                    }
                }
            }
            if let Some(found) = reached.get_mut(first..) {
                found.order_by_key(|reached| reached.resource);
                front.extend(found.iter().map(|reached| reached.resource));
            }
        }
        reached
    }
}
