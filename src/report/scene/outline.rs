//! Every resource and reference of a review in its groups, without positions: what the graph languages print.

use ecow::EcoString;

use super::model::{Model, short_type};
use super::tree::Tree;
use super::{CardKind, EdgeStyle, GroupBy, View, cards};
use crate::review::{Action, Review};

pub(in crate::report) struct Outline<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Label and parent of each group, parents first.
    pub groups: Vec<(EcoString, Option<u32>)>,
    pub edges: Vec<Edge>,
}

pub(in crate::report) struct Node<'a> {
    pub address: &'a str,
    pub name: EcoString,
    pub short_type: &'a str,
    pub action: Action,
    pub kind: CardKind,
    pub group: Option<u32>,
}

/// From the resource that refers to the one it needs.
pub(in crate::report) struct Edge {
    pub dependent: u32,
    pub needed: u32,
    pub style: EdgeStyle,
}

/// The whole graph of a review.
pub(in crate::report) fn outline(review: &Review) -> Outline<'_> {
    let model = Model::of(review, &View::default());
    let tree = Tree::of(&model, GroupBy::Auto);
    let nodes = model.things.iter().zip(&tree.home).map(|(thing, home)| Node {
        address: thing.address,
        name: cards::name(thing),
        short_type: short_type(thing.native_type),
        action: thing.action,
        kind: thing.kind,
        group: *home,
    });
    Outline {
        nodes: nodes.collect(),
        groups: tree.folders.iter().map(|folder| (folder.label.clone(), folder.parent)).collect(),
        edges: model.links.iter().map(|link| Edge { dependent: link.dependent, needed: link.needed, style: link.style }).collect(),
    }
}

impl Outline<'_> {
    /// Visits groups and nodes as a tree: a group's nodes, then its inner groups.
    pub fn walk(&self, mut visit: impl FnMut(Visit, usize)) {
        let mut inner: Vec<Vec<u32>> = vec![Vec::new(); self.groups.len() + 1];
        let mut nodes: Vec<Vec<u32>> = vec![Vec::new(); self.groups.len() + 1];
        let loose = self.groups.len();
        for (at, (_, parent)) in self.groups.iter().enumerate() {
            if let Some(list) = inner.get_mut(parent.map_or(loose, |parent| parent as usize)) {
                list.push(at as u32);
            }
        }
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(list) = nodes.get_mut(node.group.map_or(loose, |group| group as usize)) {
                list.push(at as u32);
            }
        }
        // Nothing nests deeper than the groups' own limit, but a stack costs no more than recursion.
        let mut stack = vec![(loose, 0_usize)];
        while let Some((group, next)) = stack.pop() {
            let depth = stack.len();
            if next == 0 {
                if group != loose {
                    visit(Visit::Open(group as u32), depth);
                }
                let inside = if group == loose { depth } else { depth + 1 };
                nodes.get(group).into_iter().flatten().for_each(|node| visit(Visit::Node(*node), inside));
            }
            match inner.get(group).and_then(|inner| inner.get(next)) {
                Some(child) => {
                    stack.push((group, next + 1));
                    stack.push((*child as usize, 0));
                }
                None if group != loose => visit(Visit::Close, depth),
                None => (),
            }
        }
    }
}

pub(in crate::report) enum Visit {
    Open(u32),
    Node(u32),
    Close,
}
