//! Sorting in little code: the standard library compiles some six kilobytes for every type and every way of
//! comparing, a sixth of the browser core before this module.
//!
//! Stable; as many comparisons as a merge sort makes, and none twice where the items are in order already.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorting of slices, always stable.
pub trait Order<T> {
    /// Ascending by the items' own order.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    /// Ascending by a key, which is made anew for each comparison.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);
}

/// Fewer items are moved into place one by one, without memory for a permutation.
const FEW: usize = 12;

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let all = self.len();
        if all <= FEW {
            for end in 1..all {
                let mut at = end;
                while at > 0 && matches!(self.get(at - 1..=at), Some([left, right]) if compare(left, right).is_gt()) {
                    self.swap(at - 1, at);
                    at -= 1;
                }
            }
            return;
        }
        let mut places = permutation(all as u32, &mut |a, b| match (self.get(a as usize), self.get(b as usize)) {
            (Some(a), Some(b)) => compare(a, b).is_gt(),
            _ => false,
        });
        // Follows each circle of places once; what stands right points to itself from then on.
        for start in 0..all {
            let mut at = start;
            while let Some(from) = places.get_mut(at) {
                let next = std::mem::replace(from, at as u32) as usize;
                if next == start || next == at {
                    break;
                }
                self.swap(at, next);
                at = next;
            }
        }
    }
}

/// A map of pairs; of equal keys the last one counts. Collecting would sort by the standard library.
pub fn map_of<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// A set of items. Collecting would sort by the standard library.
pub fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// Which item belongs at each place. `after` says whether the first of two items belongs behind the second.
fn permutation(all: u32, after: &mut dyn FnMut(u32, u32) -> bool) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..all).collect();
    let mut merged: Vec<u32> = Vec::with_capacity(sorted.len());
    // The ends of the runs that are in order as they stand.
    let mut ends: Vec<usize> = (1..all).filter(|at| after(at - 1, *at)).map(|at| at as usize).collect();
    ends.push(sorted.len());
    while ends.len() > 1 {
        let mut kept = Vec::with_capacity(ends.len().div_ceil(2));
        let mut start = 0;
        for pair in ends.chunks(2) {
            let (middle, end) = (pair.first().copied().unwrap_or(start), pair.last().copied().unwrap_or(start));
            merge(sorted.get(start..middle).unwrap_or_default(), sorted.get(middle..end).unwrap_or_default(), &mut merged, after);
            kept.push(end);
            start = end;
        }
        std::mem::swap(&mut sorted, &mut merged);
        merged.clear();
        ends = kept;
    }
    sorted
}

fn merge(mut left: &[u32], mut right: &[u32], into: &mut Vec<u32>, after: &mut dyn FnMut(u32, u32) -> bool) {
    while let (Some((a, left_rest)), Some((b, right_rest))) = (left.split_first(), right.split_first()) {
        if after(*a, *b) {
            into.push(*b);
            right = right_rest;
        } else {
            into.push(*a);
            left = left_rest;
        }
    }
    into.extend_from_slice(left);
    into.extend_from_slice(right);
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the standard library says what is right")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Pairs compared by their first half only: the second half shows whether equal items kept their order.
        #[test]
        fn sorts_as_the_standard_library_does(items in prop::collection::vec((0u8..20, any::<u16>()), 0..200)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut sorted = items;
            sorted.order_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted, expected);
        }
    }

    #[test]
    fn what_is_in_order_is_compared_once() {
        let mut items: Vec<u32> = (0..1000).collect();
        let mut compared = 0;
        items.order_by(|a, b| {
            compared += 1;
            a.cmp(b)
        });
        assert_eq!(compared, 999);
        items.order_by(|a, b| b.cmp(a));
        assert!(items.iter().rev().copied().eq(0..1000));
    }

    #[test]
    fn of_equal_keys_a_map_keeps_the_last() {
        assert_eq!(map_of([(1, 'a'), (0, 'b'), (1, 'c')]).into_iter().collect::<Vec<_>>(), [(0, 'b'), (1, 'c')]);
        assert_eq!(set_of([2, 1, 2]).into_iter().collect::<Vec<_>>(), [1, 2]);
    }
}
