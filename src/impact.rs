//! What a set of changes does at run time: downtime, data, and who is in reach.
//!
//! Facts come from the catalogue; where it has none, the answer is "not known", never "none".

mod data;
mod effect;
mod reach;
mod words;

use ecow::EcoString;

use crate::catalog::Catalog;
use crate::change::Change;
use crate::graph::Graph;
use crate::model::{Action, Address, Confidence, DataLoss, Direction, Reversible, Snapshot};

pub(crate) use words::{minutes, range, short_name, telling_name};

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
    /// What keeps the data or why it goes, as a sentence; empty where there is none to lose.
    pub data_words: EcoString,
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
    /// In the order of the changes; what is made new or read has none.
    pub effects: Vec<Effect>,
    pub affected: Vec<Affected>,
}

impl Impact {
    /// The effect of the change of an address.
    pub fn effect_of(&self, address: &Address) -> Option<&Effect> {
        let at = self.effects.binary_search_by(|effect| effect.address.cmp(address)).ok()?;
        self.effects.get(at)
    }
}

pub fn assess(changes: &[Change], before: Option<(&Snapshot, &Graph)>, after: (&Snapshot, &Graph), catalog: &Catalog) -> Impact {
    let _ = catalog;
    let Some((before, graph_before)) = before else {
        // Nothing runs yet, so nothing is interrupted.
        return Impact { downtime: Downtime { words: "none".into(), seconds: Some((0, 0)) }, ..Impact::default() };
    };
    let made_first = after.1.made_first(after.0);
    let mut effects = Vec::new();
    for change in changes {
        if matches!(change.action, Action::Update | Action::Replace | Action::Delete) {
            effects.push(effect::of(change, before, after.0, &made_first));
        }
    }
    let mut impact = Impact { downtime: overall(changes, &effects), effects, affected: Vec::new() };
    impact.affected = reach::affected(changes, &impact, (before, graph_before), after);
    impact
}

/// The time without service of all changes together. They run side by side, so the longest counts. What is
/// deleted is not waited for.
fn overall(changes: &[Change], effects: &[Effect]) -> Downtime {
    let mut longest = (0, 0);
    let mut unknown = false;
    let mut effects = effects.iter();
    for change in changes {
        if !matches!(change.action, Action::Update | Action::Replace | Action::Delete) {
            continue;
        }
        let Some(effect) = effects.next() else { break };
        match effect.downtime.seconds {
            _ if change.action == Action::Delete => {}
            // What only may happen may also take no time.
            Some((_, high))
                if change.condition.is_some()
                    && change.causes.iter().all(|cause| cause.forces_replacement != crate::model::Certainty::No) =>
            {
                longest.1 = high.max(longest.1);
            }
            Some((low, high)) => longest = (low.max(longest.0), high.max(longest.1)),
            None => unknown = true,
        }
    }
    match (longest, unknown) {
        ((_, 0), false) => Downtime { words: "none".into(), seconds: Some((0, 0)) },
        ((_, 0), true) => Downtime { words: "not known".into(), seconds: None },
        (longest, _) => Downtime { words: range(longest), seconds: Some(longest) },
    }
}
