//! What a set of changes does at run time: downtime, data, and who is in reach.

use ecow::EcoString;

use crate::catalog::Catalog;
use crate::change::Change;
use crate::graph::Graph;
use crate::model::{Address, Confidence, DataLoss, Direction, Reversible, Snapshot};

/// Seconds without service; `None` where nobody can say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Downtime {
    pub words: EcoString,
    pub seconds: Option<(u32, u32)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    pub address: Address,
    pub words: EcoString,
    pub downtime: Downtime,
    pub data_loss: DataLoss,
    pub reversible: Reversible,
    pub confidence: Confidence,
    pub references: Vec<EcoString>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    pub address: Address,
    pub distance: u32,
    pub direction: Direction,
    pub path: Vec<Address>,
    pub effect: EcoString,
    pub reason: EcoString,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Impact {
    pub downtime: Downtime,
    /// In the order of the changes.
    pub effects: Vec<Effect>,
    pub affected: Vec<Affected>,
}

pub fn assess(changes: &[Change], before: Option<(&Snapshot, &Graph)>, after: (&Snapshot, &Graph), catalog: &Catalog) -> Impact {
    let _ = (changes, before, after, catalog);
    Impact::default()
}
