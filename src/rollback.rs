//! The way back: ordered steps in three tiers, what to save first, what cannot be undone.

use ecow::EcoString;

use crate::catalog::Catalog;
use crate::change::Change;
use crate::graph::Graph;
use crate::impact::Impact;
use crate::model::{Address, Snapshot, StepKind, Tier};
use crate::source::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub tier: Tier,
    pub address: Address,
    pub kind: StepKind,
    pub text: EcoString,
    pub command: Option<EcoString>,
    pub precondition: Option<EcoString>,
    pub loses_data: bool,
    pub minutes: Option<(u32, u32)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Irreversible {
    pub address: Address,
    pub why: EcoString,
    pub mitigation: EcoString,
    pub span: Span,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rollback {
    pub before_deploy: Vec<Step>,
    /// In order; the tiers follow each other.
    pub steps: Vec<Step>,
    /// Tier -> low and high minutes.
    pub estimates: Vec<(Tier, (u32, u32))>,
    /// Tier -> why it cannot work, with the number of the step.
    pub blocked: Vec<(Tier, EcoString)>,
    pub irreversible: Vec<Irreversible>,
}

pub fn plan(
    changes: &[Change],
    impact: &Impact,
    before: Option<(&Snapshot, &Graph)>,
    after: (&Snapshot, &Graph),
    catalog: &Catalog,
) -> Rollback {
    let _ = (changes, impact, before, after, catalog);
    Rollback::default()
}
