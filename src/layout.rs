//! Layered graph layout: boxes in boxes, edges in the gaps. Pure geometry; knows nothing of infrastructure.

mod columns;
mod grid;
mod hierarchy;
mod level;
mod order;
mod plan;
mod rank;
mod route;
mod settle;
mod table;
mod tracks;

use hierarchy::{Hierarchy, NONE};
use table::Table;

/// Between two nodes of a column, and between bands.
const ROW_GAP: f32 = 12.0;
/// Between two groups, or a group and a node, of a column.
const BOX_GAP: f32 = 10.0;
/// Between two columns with a node beside the gap; groups keep their own distance inside their border.
const COLUMN_GAP: f32 = 31.0;
/// Between two lines that run beside one another.
const LINE_GAP: f32 = 6.0;
/// Between two lanes, and between a lane and a node or group.
const LANE_GAP: f32 = 6.0;
const LANE_ROOM: f32 = 8.0;
/// Between a line and the node beside it; the arrowhead stands in it.
const CARD_SIDE: f32 = 12.0;
/// Between a line and a group's border.
const NEST_GAP: f32 = 6.0;
/// Between a group's border and what is in it.
const BORDER: f32 = 8.0;
/// The same at the top of a group with a label.
const LABEL_HEIGHT: f32 = 27.0;
/// Between the ends of lines at one node.
const PORT_GAP: f32 = 6.0;
/// The same where a line is straight for it.
const CLOSEST_PORTS: f32 = 4.0;
/// All lines of one gap stand within this; many stand closer together.
const MOST_LINES_ROOM: f32 = 240.0;
/// A line passes at most so many columns in a lane; further ones run in a corridor.
const MOST_SPAN: usize = 24;

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

/// Lays out a graph. Edges that name a node that is not there have no points.
pub fn layered(input: &Input) -> Layout {
    let mut hierarchy = Hierarchy::of(input);
    // A group stands after the one around it: backwards, each finds its inner groups done.
    let groups = input.groups.len();
    for number in (0..groups).rev().chain([groups]) {
        level::lay(&mut hierarchy, number);
    }
    let mut layout = Layout {
        nodes: vec![Rect::default(); input.nodes.len()],
        groups: vec![Rect::default(); groups],
        edges: Vec::with_capacity(input.edges.len()),
        ..Layout::default()
    };
    let mut origins = vec![(0.0_f32, 0.0_f32); groups + 1];
    // The whole picture is the last container; groups follow in order, parents first.
    for number in [groups].into_iter().chain(0..groups) {
        let Some(container) = hierarchy.containers.get(number) else { continue };
        let (x, y) = origins.at(number);
        for item in &container.items {
            let rect = Rect { x: x + item.x, y: y + item.y, width: item.width, height: item.height };
            if item.group {
                origins.put(item.number as usize, (rect.x, rect.y));
                layout.groups.put(item.number as usize, rect);
            } else {
                layout.nodes.put(item.number as usize, rect);
            }
        }
    }
    for edge in 0..input.edges.len() {
        let mut points = Vec::new();
        for step in hierarchy.steps(edge) {
            let (x, y) = origins.at(step.container as usize);
            let net = hierarchy.nets.get(step.net as usize);
            let path = net.and_then(|net| if step.sink == NONE { net.paths.last() } else { net.paths.get(step.sink as usize) });
            points.extend(path.into_iter().flatten().map(|point| (x + point.0, y + point.1)));
        }
        layout.edges.push(route::tidy(points));
    }
    if let Some(whole) = hierarchy.containers.last() {
        (layout.width, layout.height) = (whole.width, whole.height);
    }
    layout
}

#[cfg(test)]
mod tests;
