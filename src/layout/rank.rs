//! Which items stand right of which: cycles broken, then the longest path from the left.

use super::table::{Lists, Table};
use crate::order::Order as _;

/// Ranks and connected parts of the items of one group.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// An arc goes forward exactly when its rank grows; the others close a cycle.
    pub rank: Vec<u32>,
    /// Connected part of each item; parts are numbered by their first item.
    pub part: Vec<u32>,
    pub parts: usize,
}

/// Ranks `count` items. `arcs` join distinct items; `anchored` items have something coming in from outside and
/// stay as far left as they can.
pub(super) fn ranks(count: usize, arcs: &[(u32, u32)], anchored: &[bool]) -> Ranks {
    let out = Lists::of(count, arcs);
    let mut degree_in = vec![0_u32; count];
    for (_, to) in arcs {
        degree_in.change(*to as usize, |degree| degree + 1);
    }
    let order = finish_order(&out, &degree_in);
    let mut position = vec![0_u32; count];
    for (at, item) in order.iter().enumerate() {
        position.put(*item as usize, at as u32);
    }
    // `order` is topological but for the arcs that close a cycle: those point backwards in it.
    let forward = |from: u32, to: u32| position.at(from as usize) < position.at(to as usize);
    let mut rank = vec![0_u32; count];
    let mut has_forward_in = vec![false; count];
    for item in &order {
        let next = rank.at(*item as usize) + 1;
        for to in out.list(*item as usize).iter().filter(|to| forward(*item, **to)) {
            rank.change(*to as usize, |rank| rank.max(next));
            has_forward_in.put(*to as usize, true);
        }
    }
    // A source stands directly left of the nearest that needs it.
    for item in (0..count).filter(|item| !has_forward_in.at(*item) && !anchored.at(*item)) {
        let nearest = out.list(item).iter().filter(|to| forward(item as u32, **to)).map(|to| rank.at(*to as usize)).min();
        rank.put(item, nearest.unwrap_or(1).saturating_sub(1));
    }
    let (part, parts) = parts(count, arcs);
    Ranks { rank, part, parts }
}

/// Depth-first from the sources, then from what lies on cycles, those that give more than they take first;
/// the last finished comes first.
fn finish_order(out: &Lists, degree_in: &[u32]) -> Vec<u32> {
    let count = out.len();
    let mut roots: Vec<u32> = (0..count as u32).collect();
    roots.order_by_key(|item| {
        let (taken, given) = (degree_in.at(*item as usize), out.list(*item as usize).len() as u32);
        (taken > 0, i64::from(taken) - i64::from(given) * i64::from(taken > 0))
    });
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    let mut stack: Vec<(u32, u32)> = Vec::new();
    for root in roots {
        if seen.at(root as usize) {
            continue;
        }
        seen.put(root as usize, true);
        stack.push((root, 0));
        while let Some((item, next)) = stack.pop() {
            match out.list(item as usize).get(next as usize) {
                Some(to) => {
                    stack.push((item, next + 1));
                    if !seen.at(*to as usize) {
                        seen.put(*to as usize, true);
                        stack.push((*to, 0));
                    }
                }
                None => order.push(item),
            }
        }
    }
    order.reverse();
    order
}

fn parts(count: usize, arcs: &[(u32, u32)]) -> (Vec<u32>, usize) {
    let mut above: Vec<u32> = (0..count as u32).collect();
    fn top(above: &mut [u32], mut item: u32) -> u32 {
        while above.at(item as usize) != item {
            let next = above.at(above.at(item as usize) as usize);
            above.put(item as usize, next);
            item = next;
        }
        item
    }
    for (from, to) in arcs {
        let (from, to) = (top(&mut above, *from), top(&mut above, *to));
        // The smaller number stays on top, so a part is named by its first item.
        above.put(from.max(to) as usize, from.min(to));
    }
    let mut part = vec![0; count];
    let mut parts = 0;
    for item in 0..count as u32 {
        let first = top(&mut above, item);
        if first == item {
            part.put(item as usize, parts);
            parts += 1;
        } else {
            let of_first = part.at(first as usize);
            part.put(item as usize, of_first);
        }
    }
    (part, parts as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_the_longest_path_and_sources_are_pulled_in() {
        // 0 → 1 → 2, 3 → 2: the source 3 stands beside 1, not beside 0.
        let ranks = ranks(4, &[(0, 1), (1, 2), (3, 2)], &[false; 4]);
        assert_eq!(ranks.rank, [0, 1, 2, 1]);
        assert_eq!(ranks.parts, 1);
    }

    #[test]
    fn what_comes_in_from_outside_stays_left() {
        assert_eq!(ranks(4, &[(0, 1), (1, 2), (3, 2)], &[false, false, false, true]).rank, [0, 1, 2, 0]);
    }

    #[test]
    fn a_cycle_is_broken_at_one_arc() {
        let ranks = ranks(4, &[(0, 1), (1, 2), (2, 1), (3, 3)], &[false; 4]);
        assert_eq!(ranks.rank, [0, 1, 2, 0]);
        assert_eq!((ranks.part, ranks.parts), (vec![0, 0, 0, 1], 2));
    }
}
