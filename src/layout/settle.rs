//! Heights in a band: each cell moves to the middle of its neighbours as far as the others let it.

use super::ROW_GAP;
use super::grid::Grid;
use super::table::Table;
use crate::order::Order as _;

/// Passes over the columns.
const PASSES: usize = 10;
/// Cells in a block that is placed by its mean.
const LONG: usize = 24;
/// A step in a line smaller than this is evened out.
const SMALL_STEP: f32 = 6.0;

/// Sets `y` of every cell. Columns begin stacked from the top.
pub(super) fn settle(grid: &mut Grid) {
    for column in &grid.columns {
        let mut above: Option<u32> = None;
        for cell in column {
            let y = above.map_or(0.0, |above| {
                let above = grid.cells.at(above as usize);
                above.y + above.height + above.gap(&grid.cells.at(*cell as usize))
            });
            if let Some(cell) = grid.cells.get_mut(*cell as usize) {
                cell.y = y;
            }
            above = Some(*cell);
        }
    }
    let columns = grid.columns.len();
    if columns > 1 {
        for pass in 0..PASSES {
            let rightwards = pass % 2 == 0;
            // The last two passes listen to both sides.
            let both = pass + 2 >= PASSES;
            for at in 0..columns {
                settle_column(grid, if rightwards { at } else { columns - 1 - at }, both || rightwards, both || !rightwards);
            }
        }
    }
    let top = grid.cells.iter().map(|cell| cell.y).fold(f32::INFINITY, f32::min);
    for cell in &mut grid.cells {
        // Gaps and heights are whole, so rounding keeps cells apart.
        cell.y = (cell.y - top).round();
    }
    straighten(grid);
    close_up(grid);
}

/// Takes out stretches in which no column has anything.
fn close_up(grid: &mut Grid) {
    let mut order: Vec<u32> = (0..grid.cells.len() as u32).collect();
    order.order_by(|a, b| grid.cells.at(*a as usize).y.total_cmp(&grid.cells.at(*b as usize).y));
    let (mut end, mut up) = (0.0_f32, 0.0);
    for number in order {
        let Some(cell) = grid.cells.get_mut(number as usize) else { continue };
        up += (cell.y - end - ROW_GAP).max(0.0);
        end = end.max(cell.y + cell.height);
        cell.y -= up;
    }
}

/// One column: the positions nearest to the wished ones that keep order and gaps (pool adjacent violators).
fn settle_column(grid: &mut Grid, column: usize, left: bool, right: bool) {
    let Some(cells) = grid.columns.get(column) else { return };
    let mut blocks: Vec<Block> = Vec::with_capacity(cells.len());
    let mut wished: Vec<(f32, f32)> = Vec::with_capacity(cells.len());
    let mut offsets: Vec<f32> = Vec::with_capacity(cells.len());
    let mut offset = 0.0;
    let mut above: Option<u32> = None;
    let mut wishes = Vec::new();
    for number in cells {
        let cell = grid.cells.at(*number as usize);
        if let Some(above) = above {
            let above = grid.cells.at(above as usize);
            offset += above.height + above.gap(&cell);
        }
        above = Some(*number);
        offsets.push(offset);
        wishes.clear();
        if left {
            wishes.extend(grid.leftward.list(*number as usize).iter().map(|link| {
                let link = grid.links.at(*link as usize);
                grid.cells.at(link.left as usize).y + link.left_port - link.right_port
            }));
        }
        if right {
            wishes.extend(grid.rightward.list(*number as usize).iter().map(|link| {
                let link = grid.links.at(*link as usize);
                grid.cells.at(link.right as usize).y + link.right_port - link.left_port
            }));
        }
        let (wish, weight) = match median(&mut wishes) {
            Some(wish) => (wish, if cell.is_lane() { 4.0 } else { 1.0 + (wishes.len() as f32).min(4.0) }),
            None => (cell.y, 0.3),
        };
        wished.push((wish - offset, weight));
        let mut block = Block { first: wished.len() as u32 - 1, at: wish - offset };
        while let Some(last) = blocks.pop_if(|last| last.at >= block.at) {
            block.first = last.first;
            block.at = middle(wished.get(block.first as usize..).unwrap_or(&[]));
        }
        blocks.push(block);
    }
    let ends = blocks.iter().skip(1).map(|block| block.first).chain([cells.len() as u32]);
    let bases: Vec<f32> =
        blocks.iter().zip(ends).flat_map(|(block, end)| std::iter::repeat_n(block.at, (end - block.first) as usize)).collect();
    for ((number, offset), base) in cells.iter().zip(&offsets).zip(bases) {
        if let Some(cell) = grid.cells.get_mut(*number as usize) {
            cell.y = base + offset;
        }
    }
}

/// Cells that stand as close as they may, from this one to the next block's, and where: the cell's position less its
/// offset in the column.
struct Block {
    first: u32,
    at: f32,
}

/// Where a block stands best: the weighted median, so that one of its cells at least gets its wish; the mean for long
/// blocks, where that does not show.
fn middle(wished: &[(f32, f32)]) -> f32 {
    let total: f32 = wished.iter().map(|(_, weight)| weight).sum();
    if wished.len() > LONG {
        return wished.iter().map(|(wish, weight)| wish * weight).sum::<f32>() / total;
    }
    let mut sorted = wished.to_vec();
    sorted.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0.0;
    let found = sorted.iter().find(|(_, weight)| {
        sum += weight;
        sum * 2.0 >= total
    });
    found.map_or(0.0, |(wish, _)| *wish)
}

/// The middle wish; of two the upper one, so that one line at least is straight.
fn median(wishes: &mut [f32]) -> Option<f32> {
    wishes.order_by(f32::total_cmp);
    wishes.get(wishes.len().saturating_sub(1) / 2).copied()
}

/// Moves lanes by a few pixels where that makes a line straight.
fn straighten(grid: &mut Grid) {
    for column in 0..grid.columns.len() {
        let Some(cells) = grid.columns.get(column) else { continue };
        for (at, number) in cells.iter().enumerate() {
            let cell = grid.cells.at(*number as usize);
            let [link] = grid.leftward.list(*number as usize) else { continue };
            if !cell.is_lane() {
                continue;
            }
            let link = grid.links.at(*link as usize);
            let wish = grid.cells.at(link.left as usize).y + link.left_port;
            let floor = at.checked_sub(1).and_then(|at| cells.get(at)).map_or(0.0, |above| {
                let above = grid.cells.at(*above as usize);
                above.y + above.height + above.gap(&cell)
            });
            let ceiling = cells.get(at + 1).map_or(f32::INFINITY, |below| {
                let below = grid.cells.at(*below as usize);
                below.y - cell.gap(&below)
            });
            if (wish - cell.y).abs() <= SMALL_STEP
                && (floor..=ceiling).contains(&wish)
                && let Some(cell) = grid.cells.get_mut(*number as usize)
            {
                cell.y = wish;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::grid::{Cell, Link};

    #[test]
    fn cells_keep_apart_and_line_up_where_they_can() {
        let mut grid = Grid::default();
        let card = |column| Cell { item: 0, column, height: 38.0, ..Cell::default() };
        let (a, b) = (grid.add(card(0)), grid.add(card(0)));
        let c = grid.add(card(1));
        grid.links = vec![Link { left: b, right: c, left_port: 19.0, right_port: 19.0 }];
        grid.index_links();
        settle(&mut grid);
        let y = |cell: u32| grid.cells[cell as usize].y;
        assert!(y(b) >= y(a) + 38.0 + super::super::ROW_GAP);
        assert_eq!(y(c), y(b), "a card stands level with the one it needs");
    }
}
