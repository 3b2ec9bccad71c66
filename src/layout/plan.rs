//! Which way each net takes through a group: through lanes where it goes forward, else along a corridor.

use super::columns::{Columns, Seat};
use super::grid::{Cell, Grid, Link};
use super::hierarchy::{Item, NONE, Net};
use super::table::Table;
use super::{CLOSEST_PORTS, MOST_SPAN, PORT_GAP};
use crate::order::Order as _;

/// A net's straight way rightwards through one band.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub band: u32,
    /// The first column it reaches.
    pub start: u32,
    /// Cells of its lanes, from `start` on.
    pub lanes: Vec<u32>,
    /// The net has something to reach in this run.
    pub used: bool,
}

impl Run {
    /// Whether a column is reached without leaving the run.
    pub fn reaches(&self, seat: Seat, most_span: u32) -> bool {
        seat.band == self.band && seat.column >= self.start && seat.column - self.start < most_span
    }
}

/// A net's plan: one run in the source's band, or one in each band it comes into.
#[derive(Debug, Clone, Default)]
pub(super) struct Way {
    pub runs: Vec<Run>,
    /// It leaves the group at the end of its run; otherwise along a corridor.
    pub exits_in_run: bool,
}

pub(super) struct Plan {
    pub grids: Vec<Grid>,
    /// Cell of each item, in its band's grid.
    pub cells: Vec<u32>,
    pub ways: Vec<Way>,
    /// Per band, the net and sink of each link; no sink where the link ends at a lane.
    ends: Vec<Vec<(u32, u32)>>,
    pub most_span: u32,
}

impl Plan {
    pub fn of(items: &[Item], nets: &[Net], columns: &Columns) -> Plan {
        let sinks: usize = nets.iter().map(|net| net.sinks.len() + 1).sum();
        let mut plan = Plan {
            grids: vec![Grid::default(); columns.bands.len()],
            cells: vec![0; items.len()],
            ways: Vec::with_capacity(nets.len()),
            ends: vec![Vec::new(); columns.bands.len()],
            most_span: (400_000 / sinks.max(1)).clamp(1, MOST_SPAN) as u32,
        };
        for (band, grid) in columns.bands.iter().zip(&mut plan.grids) {
            for (column, members) in band.iter().enumerate() {
                for number in members {
                    let item = items.at(*number as usize);
                    let cell = Cell { item: *number, group: item.group, column: column as u32, height: item.height, y: 0.0 };
                    plan.cells.put(*number as usize, grid.add(cell));
                }
            }
        }
        for (number, net) in nets.iter().enumerate() {
            let way = plan.way(number as u32, net, items, columns);
            plan.ways.push(way);
        }
        for grid in &mut plan.grids {
            grid.index_links();
        }
        plan
    }

    /// Sets where nets end at each node: spread over its left side in the order in which they come.
    pub fn set_ports(&mut self, items: &[Item], nets: &mut [Net], columns: &Columns) {
        // Per item: a key that says how far up the net comes from, then net and sink.
        let mut arrivals: Vec<(u32, f32, u32, u32)> = Vec::new();
        let mut linked: Vec<Vec<bool>> = nets.iter().map(|net| vec![false; net.sinks.len()]).collect();
        for (grid, ends) in self.grids.iter().zip(&self.ends) {
            for (link, (net, sink)) in grid.links.iter().zip(ends).filter(|(_, (_, sink))| *sink != NONE) {
                let item = grid.cells.at(link.right as usize).item;
                arrivals.push((item, grid.left_rank(link), *net, *sink));
                if let Some(linked) = linked.get_mut(*net as usize) {
                    linked.put(*sink as usize, true);
                }
            }
        }
        for (number, net) in nets.iter().enumerate() {
            for (at, sink) in net.sinks.iter().enumerate() {
                if linked.get(number).is_some_and(|linked| linked.at(at)) {
                    continue;
                }
                let target = columns.seats.at(sink.item as usize);
                let source = columns.seats.at(net.source as usize);
                // From a band above it comes from above; in at the border, about level; else from below.
                let key = if net.source == NONE {
                    self.grids
                        .get(target.band as usize)
                        .map_or(0.0, |grid| grid.places.at(self.cells.at(sink.item as usize) as usize) as f32)
                } else if source.band < target.band || (source.band == target.band && self.goes_above(net, sink.item, columns)) {
                    f32::NEG_INFINITY
                } else {
                    f32::INFINITY
                };
                arrivals.push((sink.item, key, number as u32, at as u32));
            }
        }
        arrivals.order_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        for same in arrivals.chunk_by(|a, b| a.0 == b.0) {
            let Some(item) = same.first().and_then(|first| items.get(first.0 as usize)).filter(|item| !item.group) else { continue };
            let gaps = same.len().saturating_sub(1).max(1) as f32;
            let spread = PORT_GAP.min((item.height - 12.0).max(0.0) / gaps);
            let first = item.height / 2.0 - spread * (same.len() - 1) as f32 / 2.0;
            for (at, (_, _, net, sink)) in same.iter().enumerate() {
                if let Some(sink) = nets.get_mut(*net as usize).and_then(|net| net.sinks.get_mut(*sink as usize)) {
                    sink.port = first + at as f32 * spread;
                }
            }
        }
        for (grid, ends) in self.grids.iter_mut().zip(&self.ends) {
            for (link, (net, sink)) in grid.links.iter_mut().zip(ends).filter(|(_, (_, sink))| *sink != NONE) {
                link.right_port = nets.get(*net as usize).map_or(0.0, |net| net.sinks.at(*sink as usize).port);
            }
        }
    }

    /// Moves the ends of lines at nodes by a few pixels where that makes a line straight.
    pub fn straighten(&self, items: &[Item], nets: &mut [Net]) {
        let mut ends: Vec<(u32, f32, f32, u32, u32)> = Vec::new();
        for (grid, owners) in self.grids.iter().zip(&self.ends) {
            for (link, (net, sink)) in grid.links.iter().zip(owners).filter(|(_, (_, sink))| *sink != NONE) {
                let target = grid.cells.at(link.right as usize);
                let straight = grid.cells.at(link.left as usize).y + link.left_port - target.y;
                let height = items.at(target.item as usize).height;
                if !target.group && (straight - link.right_port).abs() <= 2.0 * PORT_GAP && straight >= 5.0 && straight <= height - 5.0 {
                    ends.push((target.item, link.right_port, straight, *net, *sink));
                }
            }
        }
        ends.order_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut ports: Vec<(u32, f32)> = nets.iter().flat_map(|net| &net.sinks).map(|sink| (sink.item, sink.port)).collect();
        ports.order_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (item, port, straight, net, sink) in ends {
            let first = ports.partition_point(|other| other.0 < item);
            let last = ports.partition_point(|other| other.0 <= item);
            let Some(own) = ports.get_mut(first..last) else { continue };
            let Some(at) = own.iter().position(|other| (other.1 - port).abs() < 0.01) else { continue };
            let above = at.checked_sub(1).and_then(|at| own.get(at)).map_or(f32::NEG_INFINITY, |above| above.1);
            let below = own.get(at + 1).map_or(f32::INFINITY, |below| below.1);
            if straight - above < CLOSEST_PORTS || below - straight < CLOSEST_PORTS {
                continue;
            }
            if let Some(port) = own.get_mut(at) {
                port.1 = straight;
            }
            if let Some(sink) = nets.get_mut(net as usize).and_then(|net| net.sinks.get_mut(sink as usize)) {
                sink.port = straight;
            }
        }
    }

    /// Whether a net that goes back in its own band takes the corridor above it: both ends stand in the upper half.
    pub fn goes_above(&self, net: &Net, sink: u32, columns: &Columns) -> bool {
        let height = |item: u32| {
            let seat = columns.seats.at(item as usize);
            let Some(grid) = self.grids.get(seat.band as usize) else { return 0.0 };
            let count = grid.columns.get(seat.column as usize).map_or(1, Vec::len).max(1);
            (grid.places.at(self.cells.at(item as usize) as usize) as f32 + 0.5) / count as f32
        };
        height(net.source) + height(sink) < 1.0
    }

    fn way(&mut self, number: u32, net: &Net, items: &[Item], columns: &Columns) -> Way {
        let mut runs: Vec<Run> = Vec::new();
        if net.source == NONE {
            let mut bands: Vec<u32> = net.sinks.iter().map(|sink| columns.seats.at(sink.item as usize).band).collect();
            bands.order();
            bands.dedup();
            runs.extend(bands.into_iter().map(|band| Run { band, ..Run::default() }));
        } else {
            let seat = columns.seats.at(net.source as usize);
            runs.push(Run { band: seat.band, start: seat.column + 1, ..Run::default() });
        }
        let mut exits_in_run = false;
        for run in &mut runs {
            let reached =
                net.sinks.iter().enumerate().filter(|(_, sink)| run.reaches(columns.seats.at(sink.item as usize), self.most_span));
            let ends: Vec<(u32, u32, u32)> =
                reached.map(|(at, sink)| (columns.seats.at(sink.item as usize).column, sink.item, at as u32)).collect();
            let width = columns.bands.get(run.band as usize).map_or(0, |band| band.len() as u32);
            let mut last = ends.iter().map(|end| end.0).max().unwrap_or(run.start);
            if net.exits && width - run.start.min(width) < self.most_span.max(2) {
                exits_in_run = true;
                last = width;
            }
            run.used = !ends.is_empty() || exits_in_run;
            let (Some(grid), Some(links)) = (self.grids.get_mut(run.band as usize), self.ends.get_mut(run.band as usize)) else { continue };
            run.lanes = (run.start..last).map(|column| grid.add(Cell { item: NONE, column, ..Cell::default() })).collect();
            // The cell a link into a column comes from, with the port there.
            let source = (net.source != NONE).then(|| (self.cells.at(net.source as usize), net.source_port));
            let before = |column: u32| {
                if column == run.start { source } else { run.lanes.get((column - run.start - 1) as usize).map(|lane| (*lane, 0.0)) }
            };
            for (column, lane) in (run.start..last).zip(&run.lanes) {
                if let Some((left, left_port)) = before(column) {
                    grid.links.push(Link { left, right: *lane, left_port, right_port: 0.0 });
                    links.push((number, NONE));
                }
            }
            for (column, item, sink) in ends {
                if let Some((left, left_port)) = before(column) {
                    let port =
                        if items.at(item as usize).group { net.sinks.at(sink as usize).port } else { items.at(item as usize).height / 2.0 };
                    grid.links.push(Link { left, right: self.cells.at(item as usize), left_port, right_port: port });
                    links.push((number, sink));
                }
            }
        }
        Way { runs, exits_in_run }
    }
}
