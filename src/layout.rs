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
    let _ = input;
    Layout::default()
}
