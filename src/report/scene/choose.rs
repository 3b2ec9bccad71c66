//! Which things get a card of their own, and which groups are open.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashSet;

use super::View;
use super::model::Model;
use super::tree::Tree;
use crate::order::Order as _;
use crate::review::Direction;

/// Cards shown without being asked for.
const MOST_CARDS: u32 = 150;
/// A group with more shown members than this is divided by type.
const MOST_IN_GROUP: u32 = 60;
/// Matches of a query that are brought into view.
const MOST_MATCHES: usize = 50;

pub(super) struct Chosen {
    /// Per thing: it is to have its own card where its group is open.
    pub shown: Vec<bool>,
    /// Per thing: found by the query.
    pub matched: Vec<bool>,
    /// Per folder.
    pub open: Vec<bool>,
    /// Groups without anything to show are many enough to stand in one card.
    pub merge_quiet: bool,
}

/// Untouched groups that still get a box each.
const MOST_QUIET: usize = 8;
/// What `View::expanded` names to see every untouched group.
pub(super) const QUIET: &str = "*";

pub(super) fn choose(model: &Model<'_>, view: &View, tree: &mut Tree, compared: bool) -> Chosen {
    let matched = matches(model, view);
    let mut shown = wanted(model, view, compared);
    for (at, _) in matched.iter().enumerate().filter(|(_, matched)| **matched).take(MOST_MATCHES) {
        set(&mut shown, at);
    }
    if let Some(focus) = model.focus {
        set(&mut shown, focus as usize);
    }
    let expanded: FxHashSet<&str> = view.expanded.iter().map(|id| id.as_str()).collect();
    if view.group_by == super::GroupBy::Auto && !view.show_all {
        tree.split_by_type(model, &shown, MOST_IN_GROUP, &expanded);
    }
    let collapsed: FxHashSet<&str> = view.collapsed.iter().map(|id| id.as_str()).collect();
    let asked: Vec<bool> = tree.folders.iter().map(|folder| expanded.contains(folder.id.as_str())).collect();
    for (thing, home) in tree.home.iter().enumerate() {
        if home.is_some_and(|home| asked.get(home as usize).copied().unwrap_or(false)) {
            set(&mut shown, thing);
        }
    }
    let mut counts = vec![0_u32; tree.folders.len()];
    let mut loud = vec![0_u32; tree.folders.len()];
    for ((home, shown), thing) in tree.home.iter().zip(&shown).zip(&model.things) {
        let Some(home) = *home else { continue };
        if let Some(count) = counts.get_mut(home as usize).filter(|_| *shown) {
            *count += 1;
        }
        if let Some(count) = loud.get_mut(home as usize).filter(|_| thing.is_destroyed()) {
            *count += 1;
        }
    }
    let direct = counts.clone();
    tree.roll_up(&mut counts);
    tree.roll_up(&mut loud);
    let mut asked_inside: Vec<u32> = asked.iter().map(|asked| u32::from(*asked)).collect();
    if let Some(home) = model.focus.and_then(|focus| tree.home.get(focus as usize).copied().flatten()) {
        set_figure(&mut asked_inside, home);
    }
    tree.roll_up(&mut asked_inside);

    let mut open: Vec<bool> = tree
        .folders
        .iter()
        .zip(&counts)
        .zip(&asked_inside)
        .map(|((folder, count), asked)| (*count > 0 || *asked > 0) && !collapsed.contains(folder.id.as_str()))
        .collect();
    let total: u32 = shown.iter().map(|shown| u32::from(*shown)).sum();
    if total > MOST_CARDS && !view.show_all {
        open = within_budget(tree, &shown, &open, &direct, &loud, &asked_inside);
    }
    if !view.show_all {
        limit_loose(model, tree, &mut shown);
    }
    let quiet = counts.iter().zip(&tree.folders).filter(|(count, folder)| **count == 0 && folder.parent.is_none()).count();
    Chosen { shown, matched, open, merge_quiet: quiet > MOST_QUIET && !expanded.contains(QUIET) }
}

/// The things the view asks for, before any limit.
fn wanted(model: &Model<'_>, view: &View, compared: bool) -> Vec<bool> {
    let numbers = 0..model.things.len() as u32;
    let around = |starts: &[u32], down: u32, up: u32| -> Vec<bool> {
        let downstream = model.steps(starts.iter().copied(), Direction::Downstream, down);
        let upstream = model.steps(starts.iter().copied(), Direction::Upstream, up);
        downstream.iter().zip(&upstream).map(|(down, up)| down.is_some() || up.is_some()).collect()
    };
    if view.show_all {
        return vec![true; model.things.len()];
    }
    if let (Some(focus), Some(depth)) = (model.focus, view.depth) {
        return around(&[focus], depth, depth);
    }
    let depth = view.depth.unwrap_or(1);
    let chosen = |keep: &dyn Fn(&super::model::Thing<'_>) -> bool| -> Vec<u32> {
        numbers.clone().zip(&model.things).filter(|(_, thing)| keep(thing)).map(|(number, _)| number).collect()
    };
    if view.destroyed_only {
        return around(&chosen(&|thing| thing.is_destroyed()), depth, depth);
    }
    let changed = chosen(&|thing| thing.is_changed());
    if view.changed_only.unwrap_or(compared) && !changed.is_empty() {
        return around(&changed, depth, depth);
    }
    vec![true; model.things.len()]
}

/// Opens groups, those that were asked for and those that destroy first, then the small ones, while cards stay few.
fn within_budget(tree: &Tree, shown: &[bool], wanted: &[bool], direct: &[u32], loud: &[u32], asked: &[u32]) -> Vec<bool> {
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); tree.folders.len()];
    let mut top = Vec::new();
    for (at, folder) in tree.folders.iter().enumerate() {
        match folder.parent.and_then(|parent| children.get_mut(parent as usize)) {
            Some(siblings) => siblings.push(at as u32),
            None => top.push(at as u32),
        }
    }
    let figure = |figures: &[u32], at: u32| figures.get(at as usize).copied().unwrap_or(0);
    let cards = |at: u32| figure(direct, at) + children.get(at as usize).map_or(0, |children| children.len() as u32);
    let rank = |at: u32| Reverse((figure(asked, at) == 0, figure(loud, at) == 0, cards(at), at));
    let alone = tree.home.iter().zip(shown).filter(|(home, shown)| home.is_none() && **shown).count() as u32;
    let mut used = alone + top.len() as u32;
    let mut open = vec![false; tree.folders.len()];
    let mut queue: BinaryHeap<_> = top.into_iter().map(rank).collect();
    while let Some(Reverse((unasked, _, cost, at))) = queue.pop() {
        if !wanted.get(at as usize).copied().unwrap_or(false) || (unasked && used + cost > MOST_CARDS) {
            continue;
        }
        used += cost;
        set(&mut open, at as usize);
        queue.extend(children.get(at as usize).into_iter().flatten().map(|child| rank(*child)));
    }
    open
}

/// Things in no group cannot collapse: of too many, those that are destroyed stay, then those that change.
fn limit_loose(model: &Model<'_>, tree: &Tree, shown: &mut [bool]) {
    let mut loose: Vec<usize> = (0..shown.len()).filter(|at| shown.get(*at) == Some(&true) && tree.home.get(*at) == Some(&None)).collect();
    if loose.len() <= MOST_CARDS as usize {
        return;
    }
    loose.order_by_key(|at| {
        let thing = model.things.get(*at);
        (model.focus != Some(*at as u32), !thing.is_some_and(|thing| thing.is_destroyed()), !thing.is_some_and(|thing| thing.is_changed()))
    });
    for at in loose.into_iter().skip(MOST_CARDS as usize) {
        if let Some(flag) = shown.get_mut(at) {
            *flag = false;
        }
    }
}

fn matches(model: &Model<'_>, view: &View) -> Vec<bool> {
    let query = view.query.trim().to_lowercase();
    let found = |text: &str| text.to_lowercase().contains(&query);
    model.things.iter().map(|thing| !query.is_empty() && (found(thing.address) || found(thing.native_type) || found(thing.file))).collect()
}

fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

fn set_figure(figures: &mut [u32], at: u32) {
    if let Some(figure) = figures.get_mut(at as usize) {
        *figure += 1;
    }
}
