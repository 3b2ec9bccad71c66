//! The shape of a group: ranks become columns, columns stand in bands, one band above the other.
//!
//! One band with one column per rank is the plain case. A rank with too many items is cut into several columns, a
//! part with too many columns into several bands, and unconnected parts stand above one another or side by side, so
//! that the whole comes near [`ASPECT`].

use super::hierarchy::Item;
use super::rank::Ranks;
use super::table::Table;
use super::{COLUMN_GAP, ROW_GAP};
use crate::order::Order as _;

/// Width to height that a picture aims at.
const ASPECT: f32 = 1.6;
/// No part narrower than this is cut into bands, and no band gets fewer columns than this.
const NARROW: f32 = 1100.0;
const FEWEST_COLUMNS: usize = 3;
/// What a cut into bands costs, against the logarithm of the aspect.
const CUT: f32 = 0.7;
/// No rank lower than this is cut into columns.
const LOW: f32 = 260.0;
/// How much wider or higher than aimed at before something is cut.
const SLACK: f32 = 1.35;

/// Band and column of an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seat {
    pub band: u32,
    pub column: u32,
}

#[derive(Debug, Default)]
pub(super) struct Columns {
    pub seats: Vec<Seat>,
    /// Items of each column of each band, top to bottom.
    pub bands: Vec<Vec<Vec<u32>>>,
}

/// Columns that stay together.
struct Piece {
    columns: Vec<Vec<u32>>,
    width: f32,
    height: f32,
    /// Pieces cut from one part stand one under the other.
    continues: bool,
}

/// Pieces above one another, sharing columns.
struct Stack {
    first_column: usize,
    columns: usize,
    width: f32,
    height: f32,
}

pub(super) fn columns(items: &[Item], ranks: &Ranks) -> Columns {
    let mut area = 0.0;
    for item in items {
        area += (item.width + COLUMN_GAP) * (item.height + ROW_GAP);
    }
    let ideal_width = (area * ASPECT).sqrt();
    let ideal_height = ideal_width / ASPECT;
    let mut pieces = pieces(items, ranks, area);
    // Large parts first; equal ones keep their order. What was cut from one part stays together.
    let mut sizes: Vec<f32> = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let size = if piece.continues { sizes.last().copied().unwrap_or(0.0) } else { weight(piece) };
        sizes.push(size);
    }
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.order_by(|a, b| sizes.at(*b).total_cmp(&sizes.at(*a)).then(a.cmp(b)));
    let tallest = pieces.iter().map(|piece| piece.height).fold(0.0, f32::max);
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);

    let limit_width = (ideal_width * SLACK).max(widest);
    let limit_height = ideal_height.max(tallest);
    let mut columns = Columns { seats: vec![Seat::default(); items.len()], bands: Vec::new() };
    let mut stacks: Vec<Stack> = Vec::new();
    for number in order {
        let Some(piece) = pieces.get_mut(number) else { continue };
        let fitting = if piece.continues {
            None
        } else {
            stacks.iter().position(|stack| {
                stack.columns >= piece.columns.len()
                    && stack.width + 1.0 >= piece.width
                    && stack.height + ROW_GAP + piece.height <= limit_height * 1.02
            })
        };
        let stack = match fitting {
            Some(stack) => stack,
            None => {
                let used: f32 = stacks.iter().map(|stack| stack.width + COLUMN_GAP).sum();
                if columns.bands.is_empty() || piece.continues || used + piece.width > limit_width {
                    columns.bands.push(Vec::new());
                    stacks.clear();
                }
                let first_column = stacks.last().map_or(0, |stack| stack.first_column + stack.columns);
                stacks.push(Stack { first_column, columns: piece.columns.len(), width: piece.width, height: -ROW_GAP });
                stacks.len() - 1
            }
        };
        let Some(stack) = stacks.get_mut(stack) else { continue };
        stack.height += ROW_GAP + piece.height;
        let band_number = columns.bands.len() as u32 - 1;
        let Some(band) = columns.bands.last_mut() else { continue };
        while band.len() < stack.first_column + stack.columns {
            band.push(Vec::new());
        }
        for (at, column) in piece.columns.drain(..).enumerate() {
            let number = stack.first_column + at;
            for item in &column {
                columns.seats.put(*item as usize, Seat { band: band_number, column: number as u32 });
            }
            if let Some(members) = band.get_mut(number) {
                members.extend(column);
            }
        }
    }
    columns
}

/// What makes a piece stand first: the number of its columns counts before its height.
fn weight(piece: &Piece) -> f32 {
    if piece.columns.len() > 1 { piece.width * 1000.0 + piece.height } else { 0.0 }
}

fn pieces(items: &[Item], ranks: &Ranks, area: f32) -> Vec<Piece> {
    let ideal_height = (area / ASPECT).sqrt();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); ranks.parts];
    for item in 0..items.len() {
        if let Some(part) = members.get_mut(ranks.part.at(item) as usize) {
            part.push(item as u32);
        }
    }
    let mut pieces = Vec::new();
    for mut part in members {
        part.order_by_key(|item| ranks.rank.at(*item as usize));
        let mut columns: Vec<Vec<u32>> = Vec::new();
        for rank in part.chunk_by(|a, b| ranks.rank.at(*a as usize) == ranks.rank.at(*b as usize)) {
            let height: f32 = rank.iter().map(|item| items.at(*item as usize).height + ROW_GAP).sum();
            let most = ideal_height.max(LOW);
            let cuts = if height > most * SLACK { (height / most).ceil().max(1.0) as usize } else { 1 };
            columns.extend(rank.chunks(rank.len().div_ceil(cuts.min(rank.len()))).map(<[u32]>::to_vec));
        }
        let sizes: Vec<(f32, f32)> = columns.iter().map(|column| size_of(items, column)).collect();
        let bands = bands(&sizes, area);
        let first = pieces.len();
        let mut columns = columns.into_iter();
        for count in split(&sizes, bands) {
            let mut piece = Piece { columns: Vec::new(), width: -COLUMN_GAP, height: 0.0, continues: pieces.len() > first };
            for column in columns.by_ref().take(count) {
                let (width, height) = size_of(items, &column);
                piece.width += width + COLUMN_GAP;
                piece.height = piece.height.max(height);
                piece.columns.push(column);
            }
            pieces.push(piece);
        }
    }
    pieces
}

/// Into how many bands a row of columns is cut: the fewest that come near the aspect. A cut makes the picture
/// harder to follow, so each has to earn its place.
fn bands(sizes: &[(f32, f32)], area: f32) -> usize {
    let cost = |bands: usize| {
        let (mut width, mut height, mut start) = (0.0_f32, 0.0, 0);
        for count in split(sizes, bands) {
            let band = sizes.iter().skip(start).take(count);
            width = width.max(band.clone().map(|size| size.0 + COLUMN_GAP).sum());
            height += band.map(|size| size.1 + ROW_GAP).fold(0.0, f32::max);
            start += count;
        }
        // What else is in the group fills up below.
        let aspect = width / height.max(area / width.max(1.0)).max(1.0);
        (aspect / ASPECT).ln().abs() + CUT * (bands - 1) as f32 / (1.0 + bands as f32 / 8.0)
    };
    if sizes.iter().map(|size| size.0 + COLUMN_GAP).sum::<f32>() <= NARROW {
        return 1;
    }
    let mut best = (cost(1), 1);
    let mut bands = 2;
    while bands * FEWEST_COLUMNS <= sizes.len() + 1 {
        let cost = cost(bands);
        if cost < best.0 {
            best = (cost, bands);
        }
        bands += 1 + bands / 4;
    }
    best.1
}

/// How many columns stand in each of so many bands of about equal width.
fn split(sizes: &[(f32, f32)], bands: usize) -> Vec<usize> {
    let share = sizes.iter().map(|size| size.0 + COLUMN_GAP).sum::<f32>() / bands as f32;
    let mut counts = vec![0];
    let mut used = 0.0;
    for (width, _) in sizes {
        let width = width + COLUMN_GAP;
        if counts.len() < bands && used > 0.0 && used + width / 2.0 > share * counts.len() as f32 {
            counts.push(0);
        }
        used += width;
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
    }
    counts
}

fn size_of(items: &[Item], column: &[u32]) -> (f32, f32) {
    let mut size = (0.0_f32, -ROW_GAP);
    for item in column {
        let item = items.at(*item as usize);
        size = (size.0.max(item.width), size.1 + item.height + ROW_GAP);
    }
    size
}
