//! One band as a grid of cells: items, and lanes that keep a way free for nets passing by.

use super::hierarchy::NONE;
use super::table::{Lists, Table};
use super::{BOX_GAP, LANE_GAP, LANE_ROOM, ROW_GAP};

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    /// [`NONE`] for a lane.
    pub item: u32,
    /// The item is a group.
    pub group: bool,
    pub column: u32,
    pub height: f32,
    /// From the band's top.
    pub y: f32,
}

impl Cell {
    pub const fn is_lane(&self) -> bool {
        self.item == NONE
    }

    /// What must stay free between a cell and the next one down.
    pub fn gap(&self, below: &Cell) -> f32 {
        match (self.is_lane(), below.is_lane()) {
            (true, true) => LANE_GAP,
            (true, false) | (false, true) => LANE_ROOM,
            (false, false) if self.group || below.group => BOX_GAP,
            (false, false) => ROW_GAP,
        }
    }
}

/// A net's run from a cell to a cell of the next column; ports are measured from the cells' tops.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Link {
    pub left: u32,
    pub right: u32,
    pub left_port: f32,
    pub right_port: f32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub cells: Vec<Cell>,
    /// Cells of each column, top to bottom.
    pub columns: Vec<Vec<u32>>,
    pub links: Vec<Link>,
    /// Links that leave a cell to the right, and those that arrive at it from the left.
    pub rightward: Lists,
    pub leftward: Lists,
    /// Index of each cell in its column.
    pub places: Vec<u32>,
}

impl Grid {
    pub fn add(&mut self, cell: Cell) -> u32 {
        let number = self.cells.len() as u32;
        while self.columns.len() <= cell.column as usize {
            self.columns.push(Vec::new());
        }
        if let Some(column) = self.columns.get_mut(cell.column as usize) {
            self.places.push(column.len() as u32);
            column.push(number);
        }
        self.cells.push(cell);
        number
    }

    pub fn index_links(&mut self) {
        let numbered = || self.links.iter().zip(0_u32..);
        let pairs: Vec<(u32, u32)> = numbered().map(|(link, number)| (link.left, number)).collect();
        self.rightward = Lists::of(self.cells.len(), &pairs);
        let pairs: Vec<(u32, u32)> = numbered().map(|(link, number)| (link.right, number)).collect();
        self.leftward = Lists::of(self.cells.len(), &pairs);
    }

    pub fn renumber(&mut self, column: usize) {
        for (place, cell) in self.columns.get(column).into_iter().flatten().zip(0..) {
            self.places.put(*place as usize, cell);
        }
    }

    /// Where a link ends at its left, counted in cells, the port as the fraction.
    pub fn left_rank(&self, link: &Link) -> f32 {
        rank(self.places.at(link.left as usize), self.cells.at(link.left as usize).height, link.left_port)
    }

    pub fn right_rank(&self, link: &Link) -> f32 {
        rank(self.places.at(link.right as usize), self.cells.at(link.right as usize).height, link.right_port)
    }
}

fn rank(place: u32, height: f32, port: f32) -> f32 {
    place as f32 + if height > 0.0 { (port / height).clamp(0.0, 1.0) * 0.98 + 0.01 } else { 0.5 }
}
