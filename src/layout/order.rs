//! The order of cells in their columns: barycentre sweeps, the arrangement with the fewest crossings kept.

use super::grid::Grid;
use super::table::Table;
use crate::order::Order as _;

/// Sweeps over a small grid; a large one gets fewer.
const MOST_SWEEPS: usize = 16;
/// Links looked at in all sweeps together.
const MOST_WORK: usize = 3_000_000;
/// Sweeps without gain before giving up.
const PATIENCE: usize = 4;

pub(super) fn order(grid: &mut Grid) {
    if grid.columns.len() < 2 || grid.links.is_empty() {
        return;
    }
    let sweeps = (MOST_WORK / (grid.links.len() + grid.cells.len()).max(1)).clamp(2, MOST_SWEEPS);
    // The first sweep only gives lanes their place; what it finds is the first arrangement.
    let mut best: Option<(u64, Vec<Vec<u32>>)> = None;
    let mut stale = 0;
    for sweep in 0..sweeps {
        let rightwards = sweep % 2 == 0;
        let columns = grid.columns.len();
        for at in 1..columns {
            let column = if rightwards { at } else { columns - 1 - at };
            arrange(grid, column, rightwards);
        }
        let crossings = crossings(grid);
        if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
            best = Some((crossings, grid.columns.clone()));
            stale = 0;
        } else {
            stale += 1;
        }
        if crossings == 0 || stale >= PATIENCE {
            break;
        }
    }
    if let Some((_, columns)) = best {
        grid.columns = columns;
        for column in 0..grid.columns.len() {
            grid.renumber(column);
        }
    }
}

/// Sorts a column by the mean place of each cell's neighbours on one side; cells without any keep their place.
fn arrange(grid: &mut Grid, column: usize, from_left: bool) {
    let Some(cells) = grid.columns.get(column) else { return };
    let mut sorted: Vec<(f32, u32)> = Vec::with_capacity(cells.len());
    let mut fixed: Vec<bool> = Vec::with_capacity(cells.len());
    for cell in cells {
        let links = if from_left { grid.leftward.list(*cell as usize) } else { grid.rightward.list(*cell as usize) };
        fixed.push(links.is_empty());
        if links.is_empty() {
            continue;
        }
        let mut sum = 0.0;
        for link in links {
            let link = grid.links.at(*link as usize);
            // The port at this end counts too: a net that ends at the top pulls the cell down by that much.
            sum += if from_left { grid.left_rank(&link) } else { grid.right_rank(&link) };
        }
        sorted.push((sum / links.len() as f32, *cell));
    }
    sorted.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut next = sorted.into_iter();
    let arranged: Vec<u32> =
        cells.iter().zip(&fixed).map(|(cell, fixed)| if *fixed { *cell } else { next.next().map_or(*cell, |(_, cell)| cell) }).collect();
    if let Some(slot) = grid.columns.get_mut(column) {
        *slot = arranged;
    }
    grid.renumber(column);
}

/// Links that cross between neighbouring columns, all columns together.
pub(super) fn crossings(grid: &Grid) -> u64 {
    let mut by_gap: Vec<(u32, f32, f32)> =
        grid.links.iter().map(|link| (grid.cells.at(link.left as usize).column, grid.left_rank(link), grid.right_rank(link))).collect();
    by_gap.order_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    let mut total = 0;
    let mut spare = Vec::new();
    for gap in by_gap.chunk_by(|a, b| a.0 == b.0) {
        let mut ends: Vec<f32> = gap.iter().map(|(_, _, right)| *right).collect();
        total += inversions(&mut ends, &mut spare);
    }
    total
}

/// Pairs out of order, by merging; sorts the list.
fn inversions(list: &mut [f32], spare: &mut Vec<f32>) -> u64 {
    let middle = list.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = list.split_at_mut(middle);
    let mut count = inversions(left, spare) + inversions(right, spare);
    spare.clear();
    let (mut l, mut r) = (0, 0);
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        if a <= b {
            spare.push(*a);
            l += 1;
        } else {
            spare.push(*b);
            r += 1;
            count += (left.len() - l) as u64;
        }
    }
    spare.extend(left.iter().skip(l));
    spare.extend(right.iter().skip(r));
    list.copy_from_slice(spare);
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::grid::{Cell, Link};

    fn grid(columns: &[usize], links: &[(u32, u32)]) -> Grid {
        let mut grid = Grid::default();
        for (column, count) in columns.iter().enumerate() {
            for item in 0..*count {
                grid.add(Cell { item: item as u32, column: column as u32, height: 38.0, ..Cell::default() });
            }
        }
        grid.links = links.iter().map(|(left, right)| Link { left: *left, right: *right, left_port: 19.0, right_port: 19.0 }).collect();
        grid.index_links();
        grid
    }

    #[test]
    fn crossings_are_counted_between_columns() {
        // Cells 0, 1, 2 | 3, 4, 5: two links that cross, one that shares an end with each.
        assert_eq!(crossings(&grid(&[3, 3], &[(0, 4), (1, 3), (1, 4)])), 1);
        assert_eq!(crossings(&grid(&[3, 3], &[(0, 5), (1, 4), (2, 3)])), 3);
    }

    #[test]
    fn a_tangle_that_can_be_undone_is_undone() {
        let mut grid = grid(&[4, 4], &[(0, 7), (1, 6), (2, 5), (3, 4)]);
        order(&mut grid);
        assert_eq!(crossings(&grid), 0);
        assert_eq!(grid.columns[0], [0, 1, 2, 3], "the first column keeps its order");
        assert_eq!(grid.columns[1], [7, 6, 5, 4]);
    }
}
