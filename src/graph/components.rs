//! Order and circles. Nothing here recurses: a chain may be as long as the input.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::adjacency::Adjacency;
use crate::model::ResourceId;
use crate::order::Order as _;

/// Groups of resources that reach each other, by the algorithm of Tarjan; each in address order, the groups
/// by their first member. Groups of fewer than `least` are left out.
pub(super) fn components(edges: &Adjacency, least: usize) -> Vec<Vec<ResourceId>> {
    const NEW: u32 = u32::MAX;
    let count = edges.len();
    let mut number = vec![NEW; count];
    let mut low = vec![NEW; count];
    let mut waiting = vec![false; count];
    let mut stack: Vec<ResourceId> = Vec::new();
    let mut groups: Vec<Vec<ResourceId>> = Vec::new();
    let mut next = 0;
    // Each entry: a resource and how many of its neighbours are done.
    let mut path: Vec<(ResourceId, usize)> = Vec::new();
    for start in (0..count as u32).map(ResourceId) {
        if get(&number, start) != NEW {
            continue;
        }
        path.push((start, 0));
        while let Some((resource, done)) = path.last_mut() {
            let resource = *resource;
            if *done == 0 && get(&number, resource) == NEW {
                set(&mut number, resource, next);
                set(&mut low, resource, next);
                next += 1;
                stack.push(resource);
                set(&mut waiting, resource, true);
            }
            if let Some(neighbour) = edges.neighbours(resource).get(*done).copied() {
                *done += 1;
                if get(&number, neighbour) == NEW {
                    path.push((neighbour, 0));
                } else if waiting.get(neighbour.index()) == Some(&true) {
                    let lowest = get(&low, resource).min(get(&number, neighbour));
                    set(&mut low, resource, lowest);
                }
                continue;
            }
            path.pop();
            if let Some((above, _)) = path.last() {
                let lowest = get(&low, *above).min(get(&low, resource));
                set(&mut low, *above, lowest);
            }
            if get(&low, resource) == get(&number, resource) {
                let from = stack.iter().rposition(|it| *it == resource).unwrap_or_default();
                let members = stack.get(from..).unwrap_or_default();
                members.iter().for_each(|member| set(&mut waiting, *member, false));
                if members.len() >= least {
                    let mut members = members.to_vec();
                    members.order();
                    groups.push(members);
                }
                stack.truncate(from);
            }
        }
    }
    groups.order();
    groups
}

/// Every resource after all it needs. Of those that are ready, the first by address comes next. A group that
/// needs itself in a circle is taken as one.
pub(super) fn order(needs: &Adjacency, needed_by: &Adjacency) -> Vec<ResourceId> {
    let groups = components(needs, 1);
    let mut group_of = vec![0u32; needs.len()];
    for (at, members) in groups.iter().enumerate() {
        for member in members {
            set(&mut group_of, *member, at as u32);
        }
    }
    let mut open = vec![0u32; groups.len()];
    for (at, members) in groups.iter().enumerate() {
        let outside = members.iter().flat_map(|member| needs.neighbours(*member)).filter(|need| get(&group_of, **need) != at as u32);
        if let Some(slot) = open.get_mut(at) {
            *slot = outside.count() as u32;
        }
    }
    // Groups are sorted by their first member, so their number orders them by address.
    let mut ready: BinaryHeap<Reverse<u32>> =
        open.iter().enumerate().filter(|(_, open)| **open == 0).map(|(at, _)| Reverse(at as u32)).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Reverse(group)) = ready.pop() {
        let Some(members) = groups.get(group as usize) else { continue };
        order.extend_from_slice(members);
        for follower in members.iter().flat_map(|member| needed_by.neighbours(*member)) {
            let other = get(&group_of, *follower);
            if other == group {
                continue;
            }
            if let Some(open) = open.get_mut(other as usize) {
                *open -= 1;
                if *open == 0 {
                    ready.push(Reverse(other));
                }
            }
        }
    }
    order
}

fn get(values: &[u32], resource: ResourceId) -> u32 {
    values.get(resource.index()).copied().unwrap_or(u32::MAX)
}

fn set<T>(values: &mut [T], resource: ResourceId, value: T) {
    if let Some(slot) = values.get_mut(resource.index()) {
        *slot = value;
    }
}
