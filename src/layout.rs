//! Layered graph layout: boxes in boxes, edges in the gaps. Pure geometry; knows nothing of infrastructure.

/// A graph to lay out. Every list is in the order that wins ties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// Groups, each after its parent.
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    pub width: f32,
    pub height: f32,
    /// Index into `groups`.
    pub group: Option<u32>,
}

/// The target stands to the right of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub source: u32,
    pub target: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    pub parent: Option<u32>,
    /// Room kept for the label, at the top left.
    pub label_width: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Positions, index by index as in the input; coordinates are non-negative pixels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    pub nodes: Vec<Rect>,
    pub groups: Vec<Rect>,
    /// Corner points of each edge, from the source's right side to the target's left side, axis-parallel.
    pub edges: Vec<Vec<(f32, f32)>>,
    pub width: f32,
    pub height: f32,
}

/// Lays out a graph.
pub fn layered(input: &Input) -> Layout {
    // Boxes in rows, from the innermost group outwards; the root is one past the last group.
    let root = input.groups.len();
    let home = |group: Option<u32>, below: usize| group.map_or(root, |group| (group as usize).min(below));
    let mut sizes: Vec<(f32, f32)> = input.nodes.iter().map(|node| (node.width, node.height)).collect();
    sizes.resize(input.nodes.len() + root + 1, (0.0, 0.0));
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); root + 1];
    for (at, node) in input.nodes.iter().enumerate() {
        if let Some(list) = children.get_mut(home(node.group, root)) {
            list.push(at);
        }
    }
    for (at, group) in input.groups.iter().enumerate() {
        if let Some(list) = children.get_mut(home(group.parent, root)) {
            list.push(input.nodes.len() + at);
        }
    }
    let mut offsets = vec![(0.0_f32, 0.0_f32); sizes.len()];
    for group in (0..=root).rev().map(|at| (at + root) % (root + 1)) {
        let members = children.get(group).cloned().unwrap_or_default();
        let per_row = (members.len() as f32).sqrt().ceil().max(1.0) as usize;
        let (mut x, mut y, mut row, mut width) = (8.0_f32, if group == root { 8.0 } else { 28.0 }, 0.0_f32, 0.0_f32);
        for (at, member) in members.iter().enumerate() {
            if at > 0 && at.is_multiple_of(per_row) {
                (x, y, row) = (8.0, y + row + 12.0, 0.0);
            }
            let (w, h) = sizes.get(*member).copied().unwrap_or_default();
            if let Some(offset) = offsets.get_mut(*member) {
                *offset = (x, y);
            }
            x += w + 31.0;
            row = row.max(h);
            width = width.max(x - 31.0 + 8.0);
        }
        if let Some(size) = sizes.get_mut(input.nodes.len() + group) {
            *size = (width.max(32.0), y + row + 8.0);
        }
    }
    let place = |mut at: usize| {
        let (width, height) = sizes.get(at).copied().unwrap_or_default();
        let mut rect = Rect { x: 0.0, y: 0.0, width, height };
        loop {
            let (x, y) = offsets.get(at).copied().unwrap_or_default();
            (rect.x, rect.y) = (rect.x + x, rect.y + y);
            let parent = match at.checked_sub(input.nodes.len()) {
                None => input.nodes.get(at).and_then(|node| node.group),
                Some(group) => input.groups.get(group).and_then(|group| group.parent),
            };
            match parent {
                Some(parent) if input.nodes.len() + (parent as usize) != at => at = input.nodes.len() + parent as usize,
                _ => return rect,
            }
        }
    };
    let nodes: Vec<Rect> = (0..input.nodes.len()).map(place).collect();
    let groups: Vec<Rect> = (0..root).map(|at| place(input.nodes.len() + at)).collect();
    let edges = input
        .edges
        .iter()
        .map(|edge| match (nodes.get(edge.source as usize), nodes.get(edge.target as usize)) {
            (Some(from), Some(to)) => {
                let (x, y) = (from.x + from.width, from.y + from.height / 2.0);
                let middle = x + 15.0;
                vec![(x, y), (middle, y), (middle, to.y + to.height / 2.0), (to.x, to.y + to.height / 2.0)]
            }
            _ => Vec::new(),
        })
        .collect();
    let (width, height) = sizes.last().copied().unwrap_or_default();
    Layout { nodes, groups, edges, width, height }
}
