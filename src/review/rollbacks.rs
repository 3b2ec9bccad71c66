//! The way back as entries: three tiers, always all of them.

use crate::model::Tier;
use crate::review::place::source;
use crate::review::{IrreversibleEntry, RollbackEntry, StepEntry, TierEntry};
use crate::rollback::{Rollback, Step};
use crate::source::Sources;

pub(super) fn entry(sources: &Sources, rollback: &Rollback) -> RollbackEntry {
    let tier = |tier: Tier| TierEntry {
        tier,
        estimate_minutes: rollback.estimates.iter().find(|(of, _)| *of == tier).map(|(_, range)| *range),
        blocked: rollback.blocked.iter().find(|(of, _)| *of == tier).map(|(_, words)| words.clone()),
        steps: numbered(sources, rollback.steps.iter().filter(|step| step.tier == tier)),
    };
    RollbackEntry {
        tiers: [Tier::Immediate, Tier::Data, Tier::Full].map(tier).into(),
        irreversible: rollback
            .irreversible
            .iter()
            .map(|it| IrreversibleEntry {
                address: it.address.text().clone(),
                why: it.why.clone(),
                mitigation: it.mitigation.clone(),
                source: source(sources, it.span),
            })
            .collect(),
        before_deploy: numbered(sources, rollback.before_deploy.iter()),
    }
}

fn numbered<'s>(sources: &Sources, steps: impl Iterator<Item = &'s Step>) -> Vec<StepEntry> {
    let entry = |(at, step): (usize, &Step)| StepEntry {
        order: at as u32 + 1,
        address: step.address.text().clone(),
        kind: step.kind,
        text: step.text.clone(),
        command: step.command.clone(),
        precondition: step.precondition.clone(),
        loses_data: step.loses_data,
        estimate_minutes: step.minutes,
        source: source(sources, step.span),
    };
    steps.enumerate().map(entry).collect()
}
