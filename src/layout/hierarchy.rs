//! The graph taken apart into one small problem per group.
//!
//! A *net* is everything that leaves one node, as far as one group sees it: it starts at an item of the group, or
//! comes in at the left border, and ends at items, or goes out at the right border. Edges of one node share its net,
//! and so their way, until they part.

use super::Input;
use super::table::Table;
use crate::order::Order as _;

/// No such number.
pub(super) const NONE: u32 = u32::MAX;

/// A node or an inner group, seen from the group around it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Item {
    /// Node number, or group number when `group`.
    pub number: u32,
    pub group: bool,
    pub width: f32,
    pub height: f32,
    /// Relative to the group around it.
    pub x: f32,
    pub y: f32,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sink {
    pub item: u32,
    /// Where it ends, from the item's top.
    pub port: f32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    /// Item it starts at; [`NONE`] when it comes in at the border.
    pub source: u32,
    /// Where it starts, from the item's top.
    pub source_port: f32,
    pub sinks: Vec<Sink>,
    pub exits: bool,
    /// The net one group further out that this one joins, and which sink of it, when this one comes in.
    pub outer: u32,
    pub outer_sink: u32,
    /// Corner points to each sink, then to the border; relative to the group.
    pub paths: Vec<Vec<(f32, f32)>>,
}

/// One step of an edge's way: through a net to one of its sinks, or out of the group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub container: u32,
    pub net: u32,
    /// [`NONE`]: out at the border.
    pub sink: u32,
}

/// A group, or the whole picture.
#[derive(Debug, Clone, Default)]
pub(super) struct Container {
    pub items: Vec<Item>,
    /// Numbers of its nets.
    pub nets: Vec<u32>,
    pub label_width: f32,
    pub width: f32,
    pub height: f32,
}

pub(super) struct Hierarchy {
    /// The groups, then the whole picture.
    pub containers: Vec<Container>,
    pub nets: Vec<Net>,
    /// Container around each container; itself for the whole picture.
    pub parents: Vec<u32>,
    /// Steps of all edges, by source node.
    steps: Vec<Step>,
    /// Start of each edge's steps, and their number.
    ways: Vec<(u32, u32)>,
}

impl Hierarchy {
    pub fn of(input: &Input) -> Hierarchy {
        let root = input.groups.len() as u32;
        // A group whose parent does not come before it stands in the whole picture.
        let mut parents: Vec<u32> = input
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| group.parent.filter(|parent| (*parent as usize) < at).unwrap_or(root))
            .collect();
        parents.push(root);
        let homes: Vec<u32> = input.nodes.iter().map(|node| node.group.filter(|group| *group < root).unwrap_or(root)).collect();
        let mut hierarchy = Hierarchy {
            containers: vec![Container::default(); parents.len()],
            nets: Vec::new(),
            parents,
            steps: Vec::new(),
            ways: vec![(0, 0); input.edges.len()],
        };
        let places = hierarchy.fill(input, &homes);
        hierarchy.thread(input, &homes, &places);
        hierarchy
    }

    pub fn steps(&self, edge: usize) -> &[Step] {
        let (start, count) = self.ways.at(edge);
        self.steps.get(start as usize..(start + count) as usize).unwrap_or(&[])
    }

    fn parent(&self, container: u32) -> u32 {
        self.parents.at(container as usize)
    }

    /// Puts nodes and groups into their containers in the order of their first node. Gives the item number of each
    /// node, then of each group.
    fn fill(&mut self, input: &Input, homes: &[u32]) -> Vec<u32> {
        let nodes = input.nodes.len();
        let root = self.containers.len() - 1;
        let mut first: Vec<u32> = vec![NONE; root];
        for (node, home) in homes.iter().enumerate() {
            let seen = first.get(*home as usize).copied().unwrap_or(0);
            first.put(*home as usize, seen.min(node as u32));
        }
        for group in (0..root).rev() {
            let parent = self.parents.at(group) as usize;
            let seen = first.get(parent).copied().unwrap_or(0).min(first.at(group));
            first.put(parent, seen);
        }
        let mut order: Vec<(u32, bool, u32)> = (0..nodes as u32).map(|node| (node, true, node)).collect();
        order.extend((0..root as u32).map(|group| (first.at(group as usize), false, group)));
        order.order();
        let mut places = vec![0; nodes + root];
        for (_, is_node, number) in order {
            let home = if is_node { homes.at(number as usize) } else { self.parent(number) };
            let Some(container) = self.containers.get_mut(home as usize) else { continue };
            let size =
                input.nodes.get(number as usize).filter(|_| is_node).map_or((0.0, 0.0), |node| (sane(node.width), sane(node.height)));
            places.put(if is_node { number as usize } else { nodes + number as usize }, container.items.len() as u32);
            container.items.push(Item { number, group: !is_node, width: size.0, height: size.1, x: 0.0, y: 0.0 });
        }
        for (container, group) in self.containers.iter_mut().zip(&input.groups) {
            container.label_width = sane(group.label_width);
        }
        places
    }

    /// Makes the nets and each edge's way through them.
    fn thread(&mut self, input: &Input, homes: &[u32], places: &[u32]) {
        let nodes = input.nodes.len();
        let mut depths = vec![0_u32; self.containers.len()];
        for group in 0..self.containers.len() - 1 {
            let depth = depths.at(self.parents.at(group) as usize) + 1;
            depths.put(group, depth);
        }
        let mut by_source: Vec<u32> = (0..input.edges.len() as u32).collect();
        by_source.order_by_key(|edge| input.edges.get(*edge as usize).map_or(NONE, |edge| edge.source));
        // The net of the current source in each container, and its sink at each item; stamped with the source.
        let mut net_of: Vec<(u32, u32)> = vec![(0, 0); self.containers.len()];
        let mut sink_of: Vec<(u32, u32)> = vec![(0, 0); places.len()];
        for number in by_source {
            let Some(edge) = input.edges.get(number as usize) else { continue };
            if edge.source as usize >= nodes || edge.target as usize >= nodes {
                continue;
            }
            let stamp = edge.source + 1;
            let (mut inner, mut outer) = (homes.at(edge.source as usize), homes.at(edge.target as usize));
            let (mut start, mut end) = (edge.source as usize, edge.target as usize);
            let first = self.steps.len() as u32;
            let mut inwards: Vec<(u32, usize)> = Vec::new();
            while inner != outer {
                if depths.at(inner as usize) >= depths.at(outer as usize) {
                    let net = self.net(inner, places.at(start), stamp, &mut net_of);
                    if let Some(net) = self.nets.get_mut(net as usize) {
                        net.exits = true;
                    }
                    self.steps.push(Step { container: inner, net, sink: NONE });
                    start = nodes + inner as usize;
                    inner = self.parent(inner);
                } else {
                    inwards.push((outer, end));
                    end = nodes + outer as usize;
                    outer = self.parent(outer);
                }
            }
            let net = self.net(inner, places.at(start), stamp, &mut net_of);
            let sink = self.sink(net, places, end, stamp, &mut sink_of);
            self.steps.push(Step { container: inner, net, sink });
            let mut around = (net, sink);
            for (container, end) in inwards.into_iter().rev() {
                let net = self.net(container, NONE, stamp, &mut net_of);
                let sink = self.sink(net, places, end, stamp, &mut sink_of);
                if let Some(net) = self.nets.get_mut(net as usize) {
                    (net.outer, net.outer_sink) = around;
                }
                self.steps.push(Step { container, net, sink });
                around = (net, sink);
            }
            // Going out, each net joins the next one.
            for at in first as usize + 1..self.steps.len() {
                let (Some(before), Some(step)) = (self.steps.get(at - 1).copied(), self.steps.get(at).copied()) else { continue };
                if let Some(net) = self.nets.get_mut(before.net as usize).filter(|_| before.sink == NONE) {
                    net.outer = step.net;
                }
            }
            self.ways.put(number as usize, (first, self.steps.len() as u32 - first));
        }
    }

    fn net(&mut self, container: u32, source: u32, stamp: u32, net_of: &mut [(u32, u32)]) -> u32 {
        let (seen, net) = net_of.at(container as usize);
        if seen == stamp {
            return net;
        }
        let number = self.nets.len() as u32;
        net_of.put(container as usize, (stamp, number));
        self.nets.push(Net { source, outer: NONE, outer_sink: NONE, ..Net::default() });
        if let Some(container) = self.containers.get_mut(container as usize) {
            container.nets.push(number);
        }
        number
    }

    fn sink(&mut self, net: u32, places: &[u32], end: usize, stamp: u32, sink_of: &mut [(u32, u32)]) -> u32 {
        let (seen, sink) = sink_of.at(end);
        if seen == stamp {
            return sink;
        }
        let Some(net) = self.nets.get_mut(net as usize) else { return NONE };
        let number = net.sinks.len() as u32;
        sink_of.put(end, (stamp, number));
        net.sinks.push(Sink { item: places.at(end), port: 0.0 });
        number
    }
}

/// Sizes that are numbers and not less than nothing.
fn sane(size: f32) -> f32 {
    if size.is_finite() { size.clamp(0.0, 100_000.0) } else { 0.0 }
}
