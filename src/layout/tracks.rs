//! Lines side by side in a gap: which stands where, so that none lie on one another and few cross.
//!
//! Written for an upright gap, whose lines run down between a left and a right side; a level gap is the same lying
//! down, with its upper side as the left one.

use super::table::Table;
use crate::order::Order as _;

/// Lines closer along the gap than this need tracks of their own.
const APART: f32 = 4.0;
/// Above this many lines in a gap, order is found by a rule instead of by comparing pairs.
const MOST_COMPARED: usize = 48;

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Extent along the gap.
    pub low: f32,
    pub high: f32,
    /// Where it is joined from either side.
    pub left: Vec<f32>,
    pub right: Vec<f32>,
    /// Result, from the left.
    pub track: u32,
}

impl Line {
    pub fn reach(&mut self, at: f32) {
        self.low = self.low.min(at);
        self.high = self.high.max(at);
    }

    pub fn new() -> Line {
        Line { low: f32::INFINITY, high: f32::NEG_INFINITY, ..Line::default() }
    }

    /// Neither turns nor branches: needs no track.
    pub fn is_straight(&self) -> bool {
        self.high - self.low < 0.01
    }

    fn overlaps(&self, other: &Line) -> bool {
        self.low <= other.high + APART && other.low <= self.high + APART
    }
}

/// Gives every line a track and returns how many tracks there are.
pub(super) fn assign(lines: &mut [Line]) -> u32 {
    let mut order: Vec<usize> = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| !line.is_straight())).collect();
    if order.len() <= 1 {
        return order.len() as u32;
    }
    if order.len() <= MOST_COMPARED {
        compare(lines, &mut order);
    } else {
        order.order_by(|a, b| rule(lines.get(*a)).total_cmp(&rule(lines.get(*b))).then(a.cmp(b)));
    }
    pack(lines, &order)
}

/// Orders lines so that pairs stand the way that costs less.
fn compare(lines: &[Line], order: &mut [usize]) {
    let cost = |a: usize, b: usize| match (lines.get(a), lines.get(b)) {
        (Some(a), Some(b)) => cost(a, b) - cost(b, a),
        _ => 0,
    };
    let mut scores = vec![0_i32; lines.len()];
    for (at, a) in order.iter().enumerate() {
        for b in order.iter().skip(at + 1) {
            let difference = cost(*a, *b);
            scores.change(*a, |score| score + difference);
            scores.change(*b, |score| score - difference);
        }
    }
    order.order_by_key(|line| (scores.at(*line), *line));
    // Neighbours that would rather change places do.
    for _ in 0..order.len() {
        let mut moved = false;
        for at in 1..order.len() {
            if cost(order.at(at - 1), order.at(at)) > 0 {
                order.swap(at - 1, at);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// What it costs that `a` stands left of `b`: crossings, and far more, lying on one another.
fn cost(a: &Line, b: &Line) -> i32 {
    let inside = |line: &Line, at: f32| at > line.low + 0.01 && at < line.high - 0.01;
    let crossings = b.left.iter().filter(|at| inside(a, **at)).count() + a.right.iter().filter(|at| inside(b, **at)).count();
    let covered = a.right.iter().filter(|right| b.left.iter().any(|left| (**right - left).abs() < 2.0)).count();
    crossings as i32 + 20 * covered as i32
}

/// For many lines: those that go up stand left to right as they begin downwards, those that go down the other way.
fn rule(line: Option<&Line>) -> f32 {
    let Some(line) = line else { return 0.0 };
    let start = line.left.first().copied().unwrap_or(line.low);
    let rises = start - line.low > line.high - start;
    if rises { start } else { -start }
}

/// Walks the lines in order: each stands right of all before it that it would touch.
fn pack(lines: &mut [Line], order: &[usize]) -> u32 {
    if order.len() > MOST_COMPARED {
        return pack_many(lines, order);
    }
    let mut tracks = 0;
    for (at, number) in order.iter().enumerate() {
        let Some(line) = lines.get(*number) else { continue };
        let touched =
            order.iter().take(at).filter_map(|before| lines.get(*before)).filter(|before| before.overlaps(line) || cost(line, before) > 0);
        let track = touched.map(|before| before.track + 1).max().unwrap_or(0);
        tracks = tracks.max(track + 1);
        if let Some(line) = lines.get_mut(*number) {
            line.track = track;
        }
    }
    tracks
}

/// The same with a skyline of buckets: lines in one bucket count as touching.
fn pack_many(lines: &mut [Line], order: &[usize]) -> u32 {
    const BUCKETS: usize = 1024;
    let low = order.iter().filter_map(|at| lines.get(*at)).map(|line| line.low).fold(f32::INFINITY, f32::min);
    let high = order.iter().filter_map(|at| lines.get(*at)).map(|line| line.high).fold(f32::NEG_INFINITY, f32::max);
    let scale = BUCKETS as f32 / (high - low + 2.0 * APART).max(1.0);
    let mut skyline = vec![0_u32; BUCKETS];
    let mut tracks = 0;
    for number in order {
        let Some(line) = lines.get_mut(*number) else { continue };
        let first = ((line.low - low) * scale) as usize;
        let last = ((line.high - low + APART) * scale) as usize + 1;
        let Some(covered) = skyline.get_mut(first.min(BUCKETS - 1)..last.clamp(first.min(BUCKETS - 1) + 1, BUCKETS)) else { continue };
        line.track = covered.iter().copied().max().unwrap_or(0);
        covered.fill(line.track + 1);
        tracks = tracks.max(line.track + 1);
    }
    tracks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, right: &[f32]) -> Line {
        let mut line = Line { left: vec![left], right: right.to_vec(), ..Line::new() };
        line.reach(left);
        right.iter().for_each(|at| line.reach(*at));
        line
    }

    #[test]
    fn lines_that_go_down_together_do_not_cross() {
        // The upper one turns further right, so that the lower one's start does not cross it.
        let mut lines = [line(0.0, &[100.0]), line(50.0, &[150.0])];
        assert_eq!(assign(&mut lines), 2);
        assert_eq!([lines[0].track, lines[1].track], [1, 0]);
    }

    #[test]
    fn lines_far_apart_share_a_track_and_straight_ones_need_none() {
        let mut lines = [line(0.0, &[20.0]), line(100.0, &[160.0]), line(60.0, &[60.0])];
        assert_eq!(assign(&mut lines), 1);
    }

    #[test]
    fn lines_never_lie_on_one_another() {
        // Each ends where the other starts: the one that ends at 0 must turn before the other's start reaches it.
        let mut lines = [line(0.0, &[50.0]), line(50.0, &[0.0])];
        assert_eq!(assign(&mut lines), 2);
        let many: Vec<Line> = (0..200).map(|at| line(at as f32 * 7.0, &[(at * 37 % 200) as f32 * 7.0])).collect();
        let mut many = many;
        assign(&mut many);
        for (at, a) in many.iter().enumerate() {
            for b in many.iter().skip(at + 1) {
                let free = a.is_straight() || b.is_straight() || a.track != b.track || a.high < b.low || b.high < a.low;
                assert!(free, "{a:?} lies on {b:?}");
            }
        }
    }
}
