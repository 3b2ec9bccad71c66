//! What is in reach of a resource, a file or a line, whether anything changes there or not.

use std::collections::VecDeque;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::code::{called_like, is_made_of, made, runs_with};
use crate::model::Direction;
use crate::order::Order as _;
use crate::review::{AffectedEntry, DependencyEntry, ResourceEntry, Review};

/// Ways are listed to this length; farther resources keep the last part of theirs.
const LONGEST_PATH: usize = 24;

/// Everything that depends on what `of` names, then everything that needs to be there for it, nearest first.
///
/// `of` is an address (of a resource, of a block with all its instances, or of a module with all it holds), a
/// file, or `file:line`. Nothing is returned for a name that the review does not have: see [`resolve`].
pub fn reach(review: &Review, of: &str) -> Vec<AffectedEntry> {
    let starts = resolve(review, of);
    let index: FxHashMap<&str, usize> = review.resources.iter().enumerate().map(|(at, it)| (it.address.as_str(), at)).collect();
    let edges: Vec<Edge<'_>> = review
        .dependencies
        .iter()
        .filter_map(|entry| Some(Edge { from: *index.get(entry.from.as_str())?, to: *index.get(entry.to.as_str())?, entry }))
        .collect();
    let mut found = walk(review, &edges, &starts, Direction::Downstream);
    if names_code(review, of) {
        // Code is nothing by itself: first what is made of it, then what uses that, then what all of it runs with.
        found.splice(0..0, made(review, &starts, of));
        let used = runs_with(review, &found);
        found.extend(used);
        let known: Vec<EcoString> = found.iter().map(|it| it.address.clone()).collect();
        found.extend(walk(review, &edges, &starts, Direction::Upstream).into_iter().filter(|it| !known.contains(&it.address)));
        return found;
    }
    found.extend(walk(review, &edges, &starts, Direction::Upstream));
    found
}

/// The resources that a name stands for, as positions in `review.resources`.
pub fn resolve(review: &Review, of: &str) -> Vec<usize> {
    let of = of.strip_prefix("./").unwrap_or(of);
    let matching = |matches: &dyn Fn(&ResourceEntry) -> bool| {
        let numbered = review.resources.iter().enumerate();
        numbered.filter(|(_, resource)| matches(resource)).map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let named = matching(&|resource| is_part(&resource.address, of));
    if !named.is_empty() {
        return named;
    }
    if let Some((file, line)) = of.rsplit_once(':')
        && let Ok(line) = line.parse::<u32>()
    {
        // The block that holds a line is the last one that begins at or above it.
        let above =
            |resource: &ResourceEntry| same_file(&resource.source.file, file) && !resource.source.before && resource.source.line <= line;
        let header = review.resources.iter().filter(|resource| above(resource)).map(|resource| resource.source.line).max();
        return matching(&|resource| above(resource) && Some(resource.source.line) == header);
    }
    let declared = matching(&|resource| same_file(&resource.source.file, of));
    if !declared.is_empty() {
        return declared;
    }
    let made = matching(&|resource| is_made_of(resource, of));
    if made.is_empty() && of.contains('/') { called_like(review, of) } else { made }
}

/// Whether a name is that of code: a path that is neither an address nor a file with declarations.
fn names_code(review: &Review, of: &str) -> bool {
    let of = of.strip_prefix("./").unwrap_or(of);
    let line = of.rsplit_once(':').is_some_and(|(_, line)| line.parse::<u32>().is_ok());
    !line && !review.resources.iter().any(|it| is_part(&it.address, of) || same_file(&it.source.file, of))
}

struct Edge<'r> {
    from: usize,
    to: usize,
    entry: &'r DependencyEntry,
}

fn walk(review: &Review, edges: &[Edge<'_>], starts: &[usize], direction: Direction) -> Vec<AffectedEntry> {
    let end = |edge: &Edge<'_>| if direction == Direction::Downstream { (edge.to, edge.from) } else { (edge.from, edge.to) };
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); review.resources.len()];
    for (at, edge) in edges.iter().enumerate() {
        if let Some(list) = leaving.get_mut(end(edge).0) {
            list.push(at);
        }
    }
    // By resource: the distance and the edge it was reached by.
    let mut reached: Vec<Option<(u32, Option<usize>)>> = vec![None; review.resources.len()];
    let mut queue: VecDeque<usize> = starts.iter().copied().collect();
    for start in starts {
        if let Some(slot) = reached.get_mut(*start) {
            *slot = Some((0, None));
        }
    }
    while let Some(id) = queue.pop_front() {
        let Some((distance, _)) = reached.get(id).copied().flatten() else { continue };
        for at in leaving.get(id).map(Vec::as_slice).unwrap_or(&[]) {
            let Some((_, next)) = edges.get(*at).map(end) else { continue };
            if let Some(slot @ None) = reached.get_mut(next) {
                *slot = Some((distance + 1, Some(*at)));
                queue.push_back(next);
            }
        }
    }
    let mut found: Vec<(u32, usize, AffectedEntry)> = Vec::new();
    for (id, resource) in review.resources.iter().enumerate() {
        let Some((distance, Some(at))) = reached.get(id).copied().flatten() else { continue };
        let Some(edge) = edges.get(at) else { continue };
        let mut path = Vec::new();
        let mut here = Some(id);
        while let Some(id) = here {
            path.extend(review.resources.get(id).map(|resource| resource.address.clone()));
            let back = reached.get(id).copied().flatten().and_then(|(_, edge)| edges.get(edge?));
            here = back.filter(|_| path.len() < LONGEST_PATH).map(|edge| end(edge).0);
        }
        path.reverse();
        let entry = AffectedEntry {
            address: resource.address.clone(),
            distance,
            direction,
            path,
            effect: if direction == Direction::Downstream { "may be affected".into() } else { "has to be there".into() },
            reason: reason(edge.entry, direction),
        };
        found.push((distance, id, entry));
    }
    // Resources stand in address order, so the position settles ties.
    found.order_by_key(|(distance, id, _)| (*distance, *id));
    found.into_iter().map(|(.., entry)| entry).collect()
}

pub(super) fn reason(edge: &DependencyEntry, direction: Direction) -> EcoString {
    let through = match edge.through.as_slice() {
        [] => EcoString::new(),
        names => eco_format!(", through {}", names.join(" and ")),
    };
    let (reader, source) = (short(&edge.from), short(&edge.to));
    match (edge.reads.as_str(), edge.via.as_str(), direction) {
        ("", "", Direction::Downstream) => eco_format!("waits for {source}"),
        ("", "", Direction::Upstream) => eco_format!("{reader} waits for it"),
        ("", _, Direction::Downstream) => eco_format!("uses {source}{through}"),
        ("", _, Direction::Upstream) => eco_format!("{reader} uses it{through}"),
        (reads, _, Direction::Downstream) => eco_format!("reads .{reads} of {source}{through}"),
        (reads, _, Direction::Upstream) => eco_format!("{reader} reads .{reads} of it{through}"),
    }
}

/// The last part of an address; keys may have dots in them.
pub(super) fn short(address: &str) -> &str {
    // `aws:ecs/service:Service::auth` is `Service::auth`.
    if let Some(class) = address.split_once("::").and_then(|(token, _)| token.rfind(':')) {
        return address.get(class + 1..).unwrap_or(address);
    }
    let block = address.find('[').filter(|at| !address.get(*at..).is_some_and(|rest| rest.contains("]."))).unwrap_or(address.len());
    let start = address.get(..block).and_then(|block| block.rfind('.')).map_or(0, |at| at + 1);
    address.get(start..).unwrap_or(address)
}

/// Whether an address is the named one, an instance of it, or inside the named module.
fn is_part(address: &str, of: &str) -> bool {
    let inside = |rest: &str| rest.is_empty() || rest.starts_with('[') || (rest.starts_with('.') && of.contains("module."));
    !of.is_empty() && address.strip_prefix(of).is_some_and(inside)
}

fn same_file(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')) && !name.is_empty()
}
