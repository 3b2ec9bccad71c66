//! Draws the nets of one group: lines in gaps and corridors, then corner points.
//!
//! Nothing but lines stands in the gaps between columns and in the corridors between bands, and lanes are free of
//! items: so no line can cross an item.

use super::columns::{Columns, Seat};
use super::hierarchy::{Container, NONE, Net};
use super::plan::{Plan, Run, Way};
use super::table::Table;
use super::tracks::{Line, assign};
use super::{BORDER, CARD_SIDE, COLUMN_GAP, LINE_GAP, MOST_LINES_ROOM, NEST_GAP, ROW_GAP};
use crate::order::Order as _;

/// Where a line is at some moment, up and down.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Height {
    /// In a band, from its top.
    In(u32, f32),
    /// In the corridor above the band of that number.
    Corridor(u32),
}

/// One gap or corridor with its lines.
#[derive(Debug, Default)]
struct Channel {
    lines: Vec<Line>,
    tracks: u32,
    /// Where the first track runs, and how far apart they are.
    first: f32,
    step: f32,
}

impl Channel {
    fn settle(&mut self) {
        self.tracks = assign(&mut self.lines);
        self.step = if self.tracks > 1 { LINE_GAP.min(MOST_LINES_ROOM / (self.tracks - 1) as f32) } else { LINE_GAP };
    }

    /// Room from the first to the last track.
    fn room(&self) -> f32 {
        self.step * self.tracks.saturating_sub(1) as f32
    }

    fn of(&self, line: u32) -> f32 {
        self.lines.get(line as usize).map_or(self.first, |line| self.first + line.track as f32 * self.step)
    }
}

/// A net's plan with the heights at which it starts.
struct Course<'n> {
    net: &'n Net,
    way: &'n Way,
    start: Height,
    /// Per run, for a net that comes in at the border.
    entries: Vec<Option<Height>>,
}

impl<'n> Course<'n> {
    fn entry_of_run(&self, at: usize) -> Height {
        self.entries.get(at).copied().flatten().unwrap_or(self.start)
    }

    fn run_to(&self, seat: Seat, most_span: u32) -> Option<(usize, &'n Run)> {
        self.way.runs.iter().enumerate().find(|(_, run)| run.reaches(seat, most_span))
    }
}

pub(super) struct Router<'a> {
    plan: &'a Plan,
    columns: &'a Columns,
    /// First gap of each band; then the channel at the left that all bands share, then the corridors.
    gaps: Vec<u32>,
    channels: Vec<Channel>,
    /// The line of the current net in each channel, stamped with the net.
    current: Vec<(u32, u32)>,
    /// Lines of each net: channel and line.
    held: Vec<Vec<(u32, u32)>>,
    /// Tops of bands, guessed while lines are collected, then known.
    tops: Vec<f32>,
    heights: Vec<f32>,
    /// Middle of the corridors while they are guessed.
    guessed: bool,
    /// Joints of corridor lines: corridor, line, gap, its line, whether the gap comes from above.
    joints: Vec<(u32, u32, u32, u32, bool)>,
}

impl<'a> Router<'a> {
    pub fn new(plan: &'a Plan, columns: &'a Columns, nets: usize) -> Router<'a> {
        let mut gaps = Vec::new();
        let mut count = 0;
        for band in &columns.bands {
            gaps.push(count);
            count += band.len() as u32 + 1;
        }
        let channels = count as usize + 1 + columns.bands.len() + 1;
        let heights: Vec<f32> =
            plan.grids.iter().map(|grid| grid.cells.iter().map(|cell| cell.y + cell.height).fold(0.0, f32::max)).collect();
        let mut tops = Vec::new();
        let mut top = 20.0;
        for height in &heights {
            tops.push(top);
            top += height + 40.0;
        }
        tops.push(top);
        gaps.push(count);
        Router {
            plan,
            columns,
            gaps,
            channels: (0..channels).map(|_| Channel::default()).collect(),
            current: vec![(0, 0); channels],
            held: vec![Vec::new(); nets],
            tops,
            heights,
            guessed: true,
            joints: Vec::new(),
        }
    }

    /// Places items and draws nets; sets the container's size.
    pub fn draw(mut self, container: &mut Container, nets: &mut [Net], is_root: bool) {
        for (number, net) in nets.iter().enumerate() {
            self.collect(number as u32, net);
        }
        let widths = self.widths(container);
        let label = container.label_width > 0.0;
        let top = if is_root {
            BORDER
        } else if label {
            super::LABEL_HEIGHT
        } else {
            BORDER
        };
        let (mut xs, mut right) = (Vec::new(), 0.0_f32);
        let left = self.left();
        if let Some(channel) = self.channels.get_mut(left as usize) {
            channel.settle();
            channel.first = BORDER;
        }
        let start =
            BORDER + self.channels.get(left as usize).map_or(0.0, |left| if left.tracks > 0 { left.room() + NEST_GAP } else { 0.0 });
        for (band, widths) in widths.iter().enumerate() {
            let mut x = start;
            let mut columns = Vec::new();
            for at in 0..=widths.len() {
                x += self.place_gap(container, band, at, widths.len(), x);
                columns.push(x);
                x += widths.at(at);
            }
            right = right.max(x);
            xs.push(columns);
        }
        container.width = (right + BORDER).max(container.label_width + 2.0 * BORDER).ceil();
        self.place_corridors(container.width, top);
        container.height = self.tops.last().copied().unwrap_or(top) + BORDER;
        for (number, item) in container.items.iter_mut().enumerate() {
            let seat = self.columns.seats.at(number);
            let cell = self.plan.cells.at(number);
            let y = self.plan.grids.get(seat.band as usize).map_or(0.0, |grid| grid.cells.at(cell as usize).y);
            item.x = xs.get(seat.band as usize).map_or(0.0, |columns| columns.at(seat.column as usize));
            item.y = self.tops.at(seat.band as usize) + y;
        }
        for (number, net) in nets.iter_mut().enumerate() {
            self.points(number as u32, net, container);
        }
    }

    /// The gap left of a column, or after the last one.
    fn gap_of(&self, band: u32, column: u32) -> u32 {
        self.gaps.at(band as usize) + column
    }

    fn left(&self) -> u32 {
        self.gaps.last().copied().unwrap_or(0)
    }

    fn corridor(&self, number: u32) -> u32 {
        self.left() + 1 + number
    }

    /// Up-and-down position of a height, while corridors are still guessed or when all is known.
    fn y(&self, height: Height) -> f32 {
        match height {
            Height::In(band, y) => self.tops.at(band as usize) + y,
            Height::Corridor(number) if self.guessed => self.tops.at(number as usize) - 20.0,
            Height::Corridor(number) => {
                let channel = self.corridor(number);
                let (_, line) = self.current.at(channel as usize);
                self.channels.get(channel as usize).map_or(0.0, |channel| channel.of(line))
            }
        }
    }

    /// The line of a net in a channel, begun when it has none.
    fn line(&mut self, net: u32, channel: u32) -> u32 {
        let (stamp, line) = self.current.at(channel as usize);
        if stamp == net + 1 {
            return line;
        }
        let Some(lines) = self.channels.get_mut(channel as usize).map(|channel| &mut channel.lines) else { return 0 };
        let number = lines.len() as u32;
        lines.push(Line::new());
        self.current.put(channel as usize, (net + 1, number));
        if let Some(held) = self.held.get_mut(net as usize) {
            held.push((channel, number));
        }
        number
    }

    /// A net goes through a gap from one height to another.
    fn pass(&mut self, net: u32, channel: u32, from: Height, to: Height) {
        let line = self.line(net, channel);
        let (from_y, to_y) = (self.y(from), self.y(to));
        for (height, y, other) in [(from, from_y, to_y), (to, to_y, from_y)] {
            if let Height::Corridor(number) = height {
                let corridor = self.corridor(number);
                let level = self.line(net, corridor);
                self.joints.push((corridor, level, channel, line, other < y));
            }
        }
        let Some(line) = self.channels.get_mut(channel as usize).and_then(|channel| channel.lines.get_mut(line as usize)) else { return };
        line.reach(from_y);
        line.reach(to_y);
        if matches!(from, Height::In(..)) && !line.left.contains(&from_y) {
            line.left.push(from_y);
        }
        if matches!(to, Height::In(..)) {
            line.right.push(to_y);
        }
    }

    fn item_height(&self, item: u32, port: f32) -> Height {
        let band = self.columns.seats.at(item as usize).band;
        let cell = self.plan.cells.at(item as usize);
        Height::In(band, self.plan.grids.get(band as usize).map_or(0.0, |grid| grid.cells.at(cell as usize).y) + port)
    }

    fn lane_height(&self, run: &Run, lane: u32) -> Height {
        Height::In(run.band, self.plan.grids.get(run.band as usize).map_or(0.0, |grid| grid.cells.at(lane as usize).y))
    }

    /// Height at which a net that comes in at the border enters a band.
    fn entry(&self, net: &Net, run: &Run) -> Option<Height> {
        let mut heights: Vec<f32> = Vec::new();
        if let Some(lane) = run.lanes.first() {
            heights.push(self.y(self.lane_height(run, *lane)) - self.tops.at(run.band as usize));
        }
        for sink in &net.sinks {
            let seat = self.columns.seats.at(sink.item as usize);
            if seat.band == run.band && seat.column == 0 {
                heights.push(self.y(self.item_height(sink.item, sink.port)) - self.tops.at(run.band as usize));
            }
        }
        heights.order_by(f32::total_cmp);
        heights.get(heights.len().saturating_sub(1) / 2).map(|y| Height::In(run.band, *y))
    }

    /// The steps to a sink that no run reaches: channels with the height each ends at.
    fn detour(&self, net: &Net, item: u32, port: f32) -> Vec<(u32, Height)> {
        let to = self.columns.seats.at(item as usize);
        let last = (self.gap_of(to.band, to.column), self.item_height(item, port));
        if net.source == NONE {
            return vec![(self.left(), Height::Corridor(to.band)), last];
        }
        let from = self.columns.seats.at(net.source as usize);
        let first = self.gap_of(from.band, from.column + 1);
        let (out, back) = match from.band.cmp(&to.band) {
            std::cmp::Ordering::Less => (from.band + 1, to.band),
            std::cmp::Ordering::Greater => (from.band, to.band + 1),
            std::cmp::Ordering::Equal => {
                let corridor = if self.plan.goes_above(net, item, self.columns) { to.band } else { to.band + 1 };
                (corridor, corridor)
            }
        };
        if out == back {
            vec![(first, Height::Corridor(out)), last]
        } else {
            vec![(first, Height::Corridor(out)), (self.left(), Height::Corridor(back)), last]
        }
    }

    /// Where a net begins, and where it comes into each band.
    fn course<'n>(&self, net: &'n Net, way: &'n Way) -> Course<'n> {
        if net.source != NONE {
            return Course { net, way, start: self.item_height(net.source, net.source_port), entries: Vec::new() };
        }
        let entries: Vec<Option<Height>> = way.runs.iter().map(|run| self.entry(net, run)).collect();
        let first = way.runs.first().map_or(0, |run| run.band);
        let start = entries.iter().flatten().next().copied().unwrap_or(Height::Corridor(first));
        Course { net, way, start, entries }
    }

    /// Finds the lines a net needs.
    fn collect(&mut self, number: u32, net: &Net) {
        let plan = self.plan;
        let Some(way) = plan.ways.get(number as usize) else { return };
        let course = self.course(net, way);
        for (at, run) in way.runs.iter().enumerate().filter(|(_, run)| run.used) {
            let entry = course.entry_of_run(at);
            if net.source == NONE && (entry != course.start || way.runs.len() > 1) {
                self.pass(number, self.left(), course.start, entry);
            }
            let mut from = entry;
            for (at, lane) in run.lanes.iter().enumerate() {
                let to = self.lane_height(run, *lane);
                self.pass(number, self.gap_of(run.band, run.start + at as u32), from, to);
                from = to;
            }
        }
        for sink in &net.sinks {
            let seat = self.columns.seats.at(sink.item as usize);
            let height = self.item_height(sink.item, sink.port);
            match course.run_to(seat, plan.most_span) {
                Some((at, run)) => {
                    let lane = (seat.column - run.start).checked_sub(1).and_then(|before| run.lanes.get(before as usize));
                    let from = lane.map_or(course.entry_of_run(at), |lane| self.lane_height(run, *lane));
                    self.pass(number, self.gap_of(seat.band, seat.column), from, height);
                }
                None => {
                    let mut from = course.start;
                    for (channel, to) in self.detour(net, sink.item, sink.port) {
                        self.pass(number, channel, from, to);
                        from = to;
                    }
                }
            }
        }
        if net.exits && !way.exits_in_run {
            let (channel, to) = self.way_out(net);
            self.pass(number, channel, course.start, to);
        }
    }

    /// The step out of the group along a corridor.
    fn way_out(&self, net: &Net) -> (u32, Height) {
        let seat = self.columns.seats.at(net.source as usize);
        (self.gap_of(seat.band, seat.column + 1), Height::Corridor(seat.band + 1))
    }

    fn widths(&self, container: &Container) -> Vec<Vec<f32>> {
        let width = |column: &Vec<u32>| column.iter().map(|item| container.items.at(*item as usize).width).fold(0.0, f32::max);
        self.columns.bands.iter().map(|band| band.iter().map(width).collect()).collect()
    }

    /// Gives a gap its tracks; returns its width.
    fn place_gap(&mut self, container: &Container, band: usize, at: usize, columns: usize, x: f32) -> f32 {
        let cards = |column: Option<usize>| {
            let members = column.and_then(|column| self.columns.bands.get(band)?.get(column));
            members.is_some_and(|members| members.iter().any(|item| !container.items.at(*item as usize).group))
        };
        let (left, right) = (cards(at.checked_sub(1)), cards(Some(at)));
        let channel = self.gap_of(band as u32, at as u32);
        let Some(channel) = self.channels.get_mut(channel as usize) else { return 0.0 };
        channel.settle();
        let (before, after) = (if left { CARD_SIDE } else { NEST_GAP }, if right { CARD_SIDE + 2.0 } else { NEST_GAP });
        let outer = at == 0 || at == columns;
        let (before, after) = (if at == 0 { 0.0 } else { before }, if at == columns { 0.0 } else { after });
        let least = match (outer, left || right) {
            (true, _) => 0.0,
            (false, true) => COLUMN_GAP,
            (false, false) => 2.0 * BORDER,
        };
        let width = if channel.tracks == 0 { least } else { least.max(before + channel.room() + after) };
        channel.first = x + before + ((width - before - after - channel.room()) / 2.0).max(0.0).floor();
        width.ceil()
    }

    /// Gives corridors their tracks and bands their tops.
    fn place_corridors(&mut self, width: f32, top: f32) {
        for (corridor, line, gap, upright, from_above) in std::mem::take(&mut self.joints) {
            let x = self.channels.get(gap as usize).map_or(0.0, |gap| gap.of(upright));
            let Some(line) = self.channels.get_mut(corridor as usize).and_then(|corridor| corridor.lines.get_mut(line as usize)) else {
                continue;
            };
            line.reach(x);
            let side = if from_above { &mut line.left } else { &mut line.right };
            if side.last() != Some(&x) {
                side.push(x);
            }
        }
        // A net that passes the border in a corridor reaches the border.
        for number in 0..self.plan.ways.len() {
            for (channel, line) in self.held.get(number).into_iter().flatten() {
                if *channel <= self.left() {
                    continue;
                }
                let border = self.border_of(number, *channel, width);
                let Some(line) = self.channels.get_mut(*channel as usize).and_then(|channel| channel.lines.get_mut(*line as usize)) else {
                    continue;
                };
                border.into_iter().for_each(|x| line.reach(x));
            }
        }
        let mut y = top;
        let bands = self.heights.len();
        for number in 0..=bands {
            let channel = self.corridor(number as u32);
            let Some(channel) = self.channels.get_mut(channel as usize) else { continue };
            channel.settle();
            // A line that only runs through still needs a height of its own.
            let used = !channel.lines.is_empty();
            let outer = number == 0 || number == bands;
            let least = if outer { 0.0 } else { ROW_GAP };
            let height = if used { least.max(channel.room() + NEST_GAP * if outer { 1.0 } else { 2.0 }) } else { least };
            channel.first = if number == 0 { y } else { y + ((height - channel.room()) / 2.0).max(NEST_GAP).floor() };
            y += height.ceil();
            self.tops.put(number, y);
            y += self.heights.at(number);
        }
        self.guessed = false;
    }

    /// Border positions that a net's corridor line must reach.
    fn border_of(&self, net: usize, channel: u32, width: f32) -> Option<f32> {
        let way = self.plan.ways.get(net)?;
        let run = way.runs.first()?;
        let comes_in = run.start == 0 && !way.runs.iter().any(|run| run.used);
        if comes_in && channel == self.corridor(run.band) {
            return Some(0.0);
        }
        let leaves = run.start > 0 && !way.exits_in_run && channel == self.corridor(run.band + 1);
        leaves.then_some(width)
    }

    /// Corner points of a net's paths.
    fn points(&mut self, number: u32, net: &mut Net, container: &Container) {
        let plan = self.plan;
        let Some(way) = plan.ways.get(number as usize) else { return };
        for (channel, line) in self.held.get(number as usize).into_iter().flatten() {
            self.current.put(*channel as usize, (number + 1, *line));
        }
        let course = self.course(net, way);
        let x = if net.source == NONE { 0.0 } else { item_right(container, net.source) };
        let begin = (x, self.y(course.start));
        let mut paths = Vec::with_capacity(net.sinks.len() + 1);
        for sink in &net.sinks {
            let mut path = vec![begin];
            let seat = self.columns.seats.at(sink.item as usize);
            let height = self.item_height(sink.item, sink.port);
            match course.run_to(seat, plan.most_span) {
                Some((at, run)) => {
                    self.follow(number, &course, at, run, seat.column, &mut path);
                    self.turn(number, self.gap_of(seat.band, seat.column), height, &mut path);
                }
                None => {
                    for (channel, to) in self.detour(net, sink.item, sink.port) {
                        self.turn(number, channel, to, &mut path);
                    }
                }
            }
            path.push((container.items.at(sink.item as usize).x, self.y(height)));
            paths.push(tidy(path));
        }
        if net.exits {
            let mut path = vec![begin];
            match way.runs.first().filter(|_| way.exits_in_run) {
                Some(run) => self.follow(number, &course, 0, run, run.start + run.lanes.len() as u32, &mut path),
                None => {
                    let (channel, to) = self.way_out(net);
                    self.turn(number, channel, to, &mut path);
                }
            }
            let y = path.last().map_or(0.0, |last| last.1);
            path.push((container.width, y));
            paths.push(tidy(path));
        }
        net.paths = paths;
    }

    /// Follows a run up to the gap before a column.
    fn follow(&self, number: u32, course: &Course<'_>, at: usize, run: &Run, column: u32, path: &mut Vec<(f32, f32)>) {
        if course.net.source == NONE {
            self.turn(number, self.left(), course.entry_of_run(at), path);
        }
        for (at, lane) in run.lanes.iter().enumerate().take((column - run.start) as usize) {
            self.turn(number, self.gap_of(run.band, run.start + at as u32), self.lane_height(run, *lane), path);
        }
    }

    /// Goes to another height in a gap.
    fn turn(&self, number: u32, channel: u32, to: Height, path: &mut Vec<(f32, f32)>) {
        let y = self.y(to);
        let from = path.last().map_or(0.0, |last| last.1);
        let (stamp, line) = self.current.at(channel as usize);
        if stamp != number + 1 || (y - from).abs() < 0.01 {
            return;
        }
        let x = self.channels.get(channel as usize).map_or(0.0, |channel| channel.of(line));
        path.extend([(x, from), (x, y)]);
    }
}

fn item_right(container: &Container, item: u32) -> f32 {
    let item = container.items.at(item as usize);
    item.x + item.width
}

/// Drops points that are no corners.
pub(super) fn tidy(path: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    let mut tidy: Vec<(f32, f32)> = Vec::with_capacity(path.len());
    for point in path {
        if tidy.last().is_some_and(|last| (last.0 - point.0).abs() < 0.01 && (last.1 - point.1).abs() < 0.01) {
            continue;
        }
        if let [.., a, b] = tidy.as_slice() {
            let level = (a.1 - b.1).abs() < 0.01 && (b.1 - point.1).abs() < 0.01;
            let upright = (a.0 - b.0).abs() < 0.01 && (b.0 - point.0).abs() < 0.01;
            if level || upright {
                tidy.pop();
            }
        }
        tidy.push(point);
    }
    tidy
}
