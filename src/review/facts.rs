//! The six facts, always all of them, always in the same order.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashSet;

use crate::catalog::replacement;
use crate::change::{self, Change};
use crate::impact::{Effect, minutes, short_name};
use crate::model::{DataLoss, Mode};
use crate::review::{Action, CostEntry, CostTotals, Fact, FactId, MoneyRange, ResourceCostEntry, Tier};

use super::changes::subject;
use super::verdict::{Seen, may_be_replaced};
use super::words;

/// More cost than this, in per cent of the cost before, is worth the sentence.
const ESCALATION_PERCENT: i64 = 20;

/// How many changes of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub replaced: usize,
    pub deleted: usize,
    pub updated: usize,
    pub created: usize,
    /// Moved, imported, forgotten.
    pub other: usize,
    pub read: usize,
    /// Of all these, those that happen only under a condition.
    pub conditional: usize,
    pub all: usize,
}

impl Counts {
    pub fn of(changes: &[Change]) -> Counts {
        let mut counts = Counts::default();
        for change in changes {
            let slot = match change.action {
                Action::Replace => &mut counts.replaced,
                Action::Delete => &mut counts.deleted,
                Action::Update => &mut counts.updated,
                Action::Create => &mut counts.created,
                Action::Move | Action::Import | Action::Forget => &mut counts.other,
                Action::Read => &mut counts.read,
                Action::NoOp => continue,
            };
            *slot += 1;
            counts.conditional += usize::from(change.condition.is_some());
            // Reading changes nothing.
            counts.all += usize::from(change.action != Action::Read);
        }
        counts
    }

    /// `2 replaced, 25 created`: the worst first.
    pub fn listed(&self) -> EcoString {
        let kinds = [
            (self.replaced, "replaced"),
            (self.deleted, "deleted"),
            (self.updated, "updated"),
            (self.created, "created"),
            (self.other, "moved or let go"),
        ];
        let listed: Vec<EcoString> =
            kinds.iter().filter(|(number, _)| *number > 0).map(|(number, word)| eco_format!("{number} {word}")).collect();
        if listed.is_empty() { "none".into() } else { listed.join(", ").into() }
    }

    /// `2 replaced, 1 deleted`
    pub fn destroyed(&self) -> EcoString {
        Counts { updated: 0, created: 0, other: 0, ..*self }.listed()
    }

    /// The action whose colour a review of nothing worse carries.
    pub fn worst(&self) -> Action {
        match self {
            Counts { replaced: 1.., .. } => Action::Replace,
            Counts { deleted: 1.., .. } => Action::Delete,
            Counts { updated: 1.., .. } => Action::Update,
            Counts { created: 1.., .. } => Action::Create,
            Counts { other: 1.., .. } => Action::Move,
            _ => Action::NoOp,
        }
    }
}

pub(super) fn facts(seen: &Seen<'_>, counts: &Counts) -> Vec<Fact> {
    let fact = |id, label: &str, (value, detail): (EcoString, Option<EcoString>)| Fact { id, label: label.into(), value, detail };
    vec![
        fact(FactId::Changes, "Changes", changes(seen, counts)),
        fact(FactId::Data, "Data", data(seen)),
        fact(FactId::Downtime, "Downtime", downtime(seen)),
        fact(FactId::Cost, "Cost a month", cost(seen)),
        fact(FactId::WayBack, "Way back", way_back(seen)),
        fact(FactId::NotKnown, "Not known", not_known(seen)),
    ]
}

fn changes(seen: &Seen<'_>, counts: &Counts) -> (EcoString, Option<EcoString>) {
    if seen.before.is_none() {
        let resources = seen.after.snapshot.resources.iter().filter(|resource| resource.mode != Mode::External).count();
        return (words::count(resources, "resource", "resources"), Some("one version, nothing to compare".into()));
    }
    let detail = (counts.conditional > 0).then(|| eco_format!("{} only under a condition", counts.conditional));
    (counts.listed(), detail)
}

/// Whether a change destroys, or may replace, what the tables know nothing of: it may hold data.
fn unlisted(seen: &Seen<'_>, change: &Change) -> bool {
    (matches!(change.action, Action::Delete | Action::Replace) || may_be_replaced(change))
        && subject(change, seen.before, seen.after)
            .is_some_and(|resource| resource.mode == Mode::Managed && !replacement::rules(&resource.r#type).known())
}

/// Whether a change does something to a module that is not at hand: it may hold anything.
pub(super) fn is_closed(seen: &Seen<'_>, change: &Change) -> bool {
    !matches!(change.action, Action::Create | Action::Move | Action::Import | Action::Forget | Action::NoOp)
        && subject(change, seen.before, seen.after).is_some_and(|resource| resource.mode == Mode::Module)
}

fn holds_data(seen: &Seen<'_>, change: &Change) -> bool {
    subject(change, seen.before, seen.after).is_some_and(|resource| crate::catalog::impact::stateful(&resource.r#type).is_some())
}

fn data(seen: &Seen<'_>) -> (EcoString, Option<EcoString>) {
    let losses = |loss: DataLoss| seen.impact.effects.iter().filter(|effect| effect.data_loss == loss).count();
    match (losses(DataLoss::Certain), losses(DataLoss::Possible)) {
        (0, 0) => {
            let count = |open: &dyn Fn(&Change) -> bool| seen.changes.iter().filter(|change| open(change)).count();
            let why = match count(&|change| may_be_replaced(change) && holds_data(seen, change)) {
                0 => match (count(&|change| unlisted(seen, change)), count(&|change| is_closed(seen, change))) {
                    (0, 0) if count(&|change| change.is_of_number() && holds_data(seen, change)) > 0 => "how many stay".into(),
                    (0, 0) => return ("none at risk".into(), None),
                    (0, closed) => eco_format!("{} whose source is not at hand", words::count(closed, "module", "modules")),
                    (many, _) => eco_format!("{many} of types that no table lists"),
                },
                1 => "1 that holds data may be replaced".into(),
                many => eco_format!("{many} that hold data may be replaced"),
            };
            ("not known".into(), Some(why))
        }
        (0, possible) => (eco_format!("{possible} at risk"), Some("possible, not certain".into())),
        (certain, 0) => (eco_format!("{certain} lost"), Some("certain".into())),
        (certain, possible) => (eco_format!("{} at risk", certain + possible), Some(eco_format!("{certain} for certain"))),
    }
}

fn downtime(seen: &Seen<'_>) -> (EcoString, Option<EcoString>) {
    let downtime = &seen.impact.downtime;
    let longest = seen.changes.iter().filter_map(|change| {
        let seconds = seen.impact.effect_of(&change.address)?.downtime.seconds?;
        Some((seconds.1, change)).filter(|(high, change)| *high > 0 && change.action != Action::Delete)
    });
    let worst = longest.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.address.cmp(&a.1.address)));
    let detail = worst.and_then(|(_, change)| {
        let noun = subject(change, seen.before, seen.after).map(words::noun)?;
        let happens = if change.action == Action::Replace { "made again" } else { "updated" };
        Some(eco_format!("{noun} {} {happens}", short_name(&change.address)))
    });
    // What is deleted serves no one any more.
    let stays = |effect: &&Effect| change::of(seen.changes, &effect.address).is_none_or(|it| it.action != Action::Delete);
    let staying: Vec<&Effect> = seen.impact.effects.iter().filter(stays).collect();
    let unknown = staying.iter().filter(|effect| effect.downtime.seconds.is_none()).count();
    let unknown = (unknown > 0 && downtime.seconds != Some((0, 0)))
        .then(|| eco_format!("{} of {}", words::grouped(&eco_format!("{unknown}")), words::count(staying.len(), "change", "changes")));
    let detail = match (detail, unknown) {
        (Some(detail), Some(unknown)) => Some(eco_format!("{detail}; {unknown} not known")),
        (detail, unknown) => detail.or(unknown),
    };
    (downtime.words.clone(), detail)
}

fn cost(seen: &Seen<'_>) -> (EcoString, Option<EcoString>) {
    if !seen.priced {
        return ("not priced".into(), Some("no price table at hand".into()));
    }
    let (value, mut detail, told) = total(seen);
    // What a total leaves out: it must not pass for the whole.
    let CostEntry { unpriced, usage_dependent, .. } = seen.cost;
    // What only one version tells is told already. Entries of one resource stand together.
    let apart: FxHashSet<&str> =
        seen.cost.resources.iter().filter(|entry| entry.not_compared.is_some()).map(|entry| entry.address.as_str()).collect();
    let open =
        unpriced.chunk_by(|a, b| a.address == b.address).filter_map(<[_]>::first).filter(|it| !apart.contains(it.address.as_str())).count();
    if open > 0 && !told {
        detail = beside(detail, eco_format!("{} not priced", words::grouped(&eco_format!("{open}"))));
    }
    if !usage_dependent.is_empty() {
        detail = beside(detail, "more by use".into());
    }
    (value, detail)
}

fn beside(told: Option<EcoString>, words: EcoString) -> Option<EcoString> {
    Some(told.map_or(words.clone(), |told| eco_format!("{told}; {words}")))
}

/// The total or its change, what is said beside it, and whether that names what has no price.
fn total(seen: &Seen<'_>) -> (EcoString, Option<EcoString>, bool) {
    if seen.without_price > 0 {
        let resources = words::count(seen.without_price, "resource", "resources");
        return ("not known".into(), Some(eco_format!("{resources} without a price")), true);
    }
    let totals = &seen.cost.monthly;
    match &totals.delta {
        Some(delta) => {
            let spread = (delta.low != delta.high)
                .then(|| eco_format!("{} to {}", words::signed_dollars(delta.low), words::signed_dollars(delta.high)));
            let amount = words::signed_dollars(delta.expected);
            let known = !delta.expected.is_zero() || spread.is_some();
            let mut told = false;
            let left_out = one_sided(&seen.cost.resources).or_else(|| {
                // Where something known differs the difference is of that; where nothing does, it is not nothing.
                let unpriced: FxHashSet<&str> = seen.cost.unpriced.iter().filter(|_| !known).map(|entry| entry.address.as_str()).collect();
                let comes_or_goes = |change: &&Change| matches!(change.action, Action::Create | Action::Delete);
                let open = seen.changes.iter().filter(comes_or_goes).filter(|change| unpriced.contains(change.address.as_str())).count();
                let resources = words::count(open, "new or deleted resource", "new or deleted resources");
                told = open > 0;
                told.then(|| eco_format!("{resources} without a price"))
            });
            match left_out {
                None => (amount, spread, told),
                Some(left_out) if !known => ("not known".into(), Some(left_out), told),
                Some(left_out) => {
                    let detail = spread.into_iter().chain([left_out]).collect::<Vec<_>>().join("; ");
                    (eco_format!("{amount} known"), Some(detail.into()), told)
                }
            }
        }
        None => {
            let after = &totals.after;
            let detail = (after.low != after.high).then(|| eco_format!("{} to {}", words::dollars(after.low), words::dollars(after.high)));
            (words::dollars(after.expected), detail, false)
        }
    }
}

/// `1 cost no longer known: aws_db_instance.main, $50 before`: what is in no difference, the largest named.
fn one_sided(costs: &[ResourceCostEntry]) -> Option<EcoString> {
    let apart = || costs.iter().filter_map(|entry| Some((&entry.address, entry.not_compared.as_ref()?)));
    let (address, first) = apart().next()?;
    let number = words::count(apart().count(), "cost", "costs");
    let (lost, found) = (apart().any(|(_, it)| it.before.is_some()), apart().any(|(_, it)| it.after.is_some()));
    let what = match (lost, found) {
        (true, false) => "no longer known",
        (false, _) => "not known before",
        (true, true) => "known in one version only",
    };
    let (amount, when) = match (first.before, first.after) {
        (Some(before), _) => (before, "before"),
        (None, after) => (after.unwrap_or_default(), "now"),
    };
    let amount = words::dollars(amount.expected);
    let more = if apart().count() > 1 { ", …" } else { "" };
    Some(eco_format!("{number} {what}: {address}, {amount} {when}{more}"))
}

/// The difference where it is worth the sentence, and how much of the cost before that is, as far as it is known.
pub(super) fn steep(totals: &CostTotals) -> Option<(MoneyRange, EcoString)> {
    let (delta, before) = (totals.delta?, totals.before?.expected);
    if before.is_zero() || delta.expected.saturating_mul(100.into()) <= before.saturating_mul(ESCALATION_PERCENT.into()) {
        return None;
    }
    let share = match (totals.delta_percent, totals.not_compared) {
        (Some(percent), _) => eco_format!(", +{} %", percent.round()),
        (None, many) => eco_format!(" known; {} in one version only", words::count(many as usize, "cost is known", "costs are known")),
    };
    Some((delta, share))
}

fn way_back(seen: &Seen<'_>) -> (EcoString, Option<EcoString>) {
    if seen.before.is_none() && !seen.changes.is_empty() {
        let managed = || seen.after.snapshot.resources.iter().filter(|resource| resource.mode == Mode::Managed);
        let detail = match managed().filter(|resource| crate::catalog::impact::stateful(&resource.r#type).is_some()).count() {
            0 if managed().any(|resource| !replacement::rules(&resource.r#type).known()) => "nothing in it is known to hold data".into(),
            0 => "nothing in it holds data".into(),
            1 => "1 resource holds data".into(),
            many => eco_format!("{many} resources hold data"),
        };
        return ("remove all".into(), Some(detail));
    }
    let lost = match seen.rollback.irreversible.len() {
        0 => None,
        1 => Some("1 thing cannot be undone".into()),
        many => Some(eco_format!("{many} things cannot be undone")),
    };
    let farthest = seen.rollback.tiers.iter().rev().find(|tier| !tier.steps.is_empty());
    match farthest.and_then(|tier| tier.estimate_minutes) {
        Some(range) => {
            let blocked = seen.rollback.tiers.iter().find(|tier| tier.blocked.is_some()).map(|tier| match tier.tier {
                Tier::Immediate => "the quick way is blocked".into(),
                Tier::Data => "the way with data is blocked".into(),
                Tier::Full => EcoString::from("the full way is blocked"),
            });
            (minutes(range), lost.or(blocked))
        }
        None if farthest.is_some() => ("not known".into(), lost),
        None => ("not needed".into(), lost),
    }
}

fn not_known(seen: &Seen<'_>) -> (EcoString, Option<EcoString>) {
    let (all, deciding) = seen.not_known;
    let detail = match deciding {
        0 => None,
        1 => Some("1 changes the verdict".into()),
        many => Some(eco_format!("{many} change the verdict")),
    };
    (if all == 0 { "none".into() } else { eco_format!("{all}") }, detail)
}
