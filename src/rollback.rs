//! The way back: ordered steps in three tiers, what to save first, what cannot be undone.
//!
//! At once: what a switch of a pointer takes back. With data: what has to be restored. Everything: the version
//! before, applied again. Times are the tables'; where they have none, none is given.

mod fill;
mod losses;
mod revert;
mod templates;

use ecow::{EcoString, eco_format};

use crate::catalog::Catalog;
use crate::catalog::impact::{self as facts, stateful};
use crate::change::{self, Change};
use crate::graph::Graph;
use crate::impact::{Impact, short_name};
use crate::model::{Action, Address, DataLoss, DependencyKind, Mode, Resource, Snapshot, StepKind, Tier};
use crate::order::Order as _;
use crate::source::Span;

use templates::Subject;

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

/// Minutes taken for a plan and an apply where no type says more: an assumption, and said to be one.
const APPLY: (u32, u32) = (1, 5);

pub fn plan(
    changes: &[Change],
    impact: &Impact,
    before: Option<(&Snapshot, &Graph)>,
    after: (&Snapshot, &Graph),
    catalog: &Catalog,
) -> Rollback {
    let _ = catalog;
    let Some((before, graph)) = before else { return removal(changes, after.0) };
    let subjects: Vec<Subject<'_>> = changes
        .iter()
        .filter(|change| matches!(change.action, Action::Update | Action::Replace | Action::Delete))
        .filter_map(|change| {
            let resource = change.before.and_then(|id| before.resource(id))?;
            Some(Subject { change, resource, effect: impact.effect_of(&change.address) })
        })
        .filter(|subject| subject.resource.mode != Mode::Data)
        .collect();
    if subjects.is_empty() && !changes.iter().any(|change| matches!(change.action, Action::Create | Action::Move)) {
        return Rollback::default();
    }
    let mut irreversible: Vec<(u8, Irreversible)> =
        subjects.iter().filter_map(|subject| Some((order_of(subject.resource), losses::of(subject)?))).collect();
    irreversible.order_by_key(|(order, _)| *order);

    let mut before_deploy = {
        let mut worst: Vec<&Subject<'_>> = subjects.iter().collect();
        worst.order_by_key(|subject| (order_of(subject.resource), rank(subject.gravest())));
        let worst: Vec<Subject<'_>> =
            worst.into_iter().map(|it| Subject { change: it.change, resource: it.resource, effect: it.effect }).collect();
        templates::before(&worst)
    };
    before_deploy.extend(undecided(&subjects));

    let subjects = templates::in_order(subjects, before, graph);
    let own = templates::back(&subjects);
    let restored: Vec<&Step> = own.iter().filter(|step| step.tier == Tier::Data && step.kind == StepKind::Restore).collect();
    let restores = !restored.is_empty();
    let (stop, start) = writers(&restored);
    // What hung on something that is gone too cannot be given back by itself.
    let at_once = |step: &&Step| step.tier == Tier::Immediate && !hangs_on_deleted(step, changes, before, graph);
    let mut steps: Vec<Step> = own.iter().filter(at_once).cloned().collect();
    steps.extend(stop);
    steps.extend(own.iter().filter(|step| step.tier == Tier::Data).cloned());
    steps.extend(start);
    if restores && let Some(first) = restored.first() {
        let text = "Restore the data first, as above under “With data”".into();
        steps.push(Step { tier: Tier::Full, text, command: None, precondition: None, minutes: None, ..(*first).clone() });
    }
    steps.extend(own.iter().filter(|step| step.tier == Tier::Full).cloned());
    steps.extend(revert::obstacles(changes, after.0));
    steps.extend(revert::apply_before(changes, &subjects, after.0, restores));

    let blocked = blocked(&steps, changes, before, graph).into_iter().collect();
    let estimates = estimates(&steps, changes, &subjects, after.0);
    Rollback { before_deploy, steps, estimates, blocked, irreversible: irreversible.into_iter().map(|(_, it)| it).collect() }
}

/// A first deployment is taken back by removing it.
fn removal(changes: &[Change], after: &Snapshot) -> Rollback {
    let steps = revert::remove_all(changes, after);
    Rollback { steps, ..Rollback::default() }
}

/// What is missed most first.
fn order_of(resource: &Resource) -> u8 {
    stateful(&resource.r#type).map_or(u8::MAX, |stateful| stateful.order)
}

fn rank(action: Action) -> u8 {
    match action {
        Action::Replace => 0,
        Action::Delete => 1,
        _ => 2,
    }
}

/// Settings that decide whether data survive and that are not known yet.
fn undecided(subjects: &[Subject<'_>]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for subject in subjects {
        let loses = subject.effect.is_some_and(|effect| effect.data_loss == DataLoss::Possible);
        for name in ["skip_final_snapshot", "force_destroy"] {
            let crate::model::Setting::Unknown(unknown) = subject.resource.setting(name) else { continue };
            if !loses || !matches!(subject.change.action, Action::Replace | Action::Delete) {
                continue;
            }
            let what = &unknown.subject;
            steps.push(Step {
                tier: Tier::Immediate,
                address: subject.resource.address.clone(),
                kind: StepKind::Verify,
                text: eco_format!(
                    "Make sure that `{name}` of `{}` is false, which {what} decides: with true nothing is left behind",
                    short_name(&subject.resource.address)
                ),
                command: None,
                precondition: None,
                loses_data: false,
                minutes: None,
                span: subject.resource.span_of(name),
            });
        }
    }
    steps
}

/// Around restores: nothing may write meanwhile.
fn writers(restored: &[&Step]) -> (Option<Step>, Option<Step>) {
    let Some(first) = restored.first() else { return (None, None) };
    let mut names: Vec<&str> = restored.iter().map(|step| short_name(&step.address)).collect();
    names.dedup();
    let listed = match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() && names.len() <= 4 => eco_format!("`{}` and `{last}`", rest.join("`, `")),
        [only] => eco_format!("`{only}`"),
        many => eco_format!("the {} that are restored", many.len()),
    };
    let step = |text: EcoString| Step {
        tier: Tier::Data,
        kind: StepKind::Switch,
        text,
        command: None,
        precondition: None,
        loses_data: false,
        minutes: None,
        ..(*first).clone()
    };
    (
        Some(step(eco_format!("Stop everything that writes to {listed}"))),
        Some(step("Start the writers again and look at what they do".into())),
    )
}

/// Whether a step is about a deleted resource that needs another one which this change deletes.
fn hangs_on_deleted(step: &Step, changes: &[Change], before: &Snapshot, graph: &Graph) -> bool {
    let deleted = |address: &Address| change::of(changes, address).filter(|change| change.action == Action::Delete);
    deleted(&step.address).and_then(|change| change.before).is_some_and(|id| {
        graph.needs(id).any(|edge| {
            edge.kind != DependencyKind::Explicit && before.resource(edge.to).is_some_and(|needed| deleted(&needed.address).is_some())
        })
    })
}

/// Why the way back at once cannot work: the change itself takes away what a step switches back to, and no step before
/// makes it again. Restored data go back to nothing.
fn blocked(steps: &[Step], changes: &[Change], before: &Snapshot, graph: &Graph) -> Option<(Tier, EcoString)> {
    let at_once = || steps.iter().filter(|step| step.tier == Tier::Immediate).enumerate();
    let made_again =
        |address: &Address, at: usize| at_once().take(at).any(|(_, step)| step.kind == StepKind::Recreate && step.address == *address);
    at_once().filter(|(_, step)| step.kind == StepKind::Switch).find_map(|(at, step)| {
        let change = change::of(changes, &step.address)?;
        let changed = |argument: &str| change.causes.iter().any(|cause| cause.path.split('.').next() == argument.split('.').next());
        graph.needs(change.before?).filter(|edge| edge.kind != DependencyKind::Explicit && changed(&edge.argument)).find_map(|edge| {
            let target = before.resource(edge.to)?;
            let verb = match change::of(changes, &target.address)?.action {
                Action::Delete => "deletes",
                Action::Replace => "replaces",
                _ => return None,
            };
            if made_again(&target.address, at) {
                return None;
            }
            let address = fill::local(&target.address);
            let words = eco_format!("Blocked at step {}: this change {verb} `{address}`, which it goes back to.", at + 1);
            Some((Tier::Immediate, words))
        })
    })
}

/// Minutes of each tier that has steps: what follows each other adds up, resources go side by side.
fn estimates(steps: &[Step], changes: &[Change], subjects: &[Subject<'_>], after: &Snapshot) -> Vec<(Tier, (u32, u32))> {
    let mut found = Vec::new();
    let longest = |ranges: &mut dyn Iterator<Item = (u32, u32)>| ranges.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)));
    let has = |tier: Tier| steps.iter().any(|step| step.tier == tier);
    let own = |tier: Tier| steps.iter().filter(move |step| step.tier == tier).filter_map(|step| step.minutes);
    if has(Tier::Immediate) {
        let range = longest(&mut own(Tier::Immediate)).unwrap_or_else(|| facts::tier_minutes(Tier::Immediate));
        found.push((Tier::Immediate, range));
    }
    let data = has(Tier::Data).then(|| longest(&mut own(Tier::Data)).unwrap_or_else(|| facts::tier_minutes(Tier::Data)));
    found.extend(data.map(|range| (Tier::Data, range)));
    if has(Tier::Full) {
        let created = changes.iter().filter(|change| change.action == Action::Create).filter_map(|change| after.resource(change.after?));
        let types = subjects.iter().map(|subject| subject.resource).chain(created).filter_map(|resource| facts::of(&resource.r#type));
        // A switch at once has its own tier; time for data is in the tier before this one, which comes first here.
        let slow = types.filter(|facts| facts.tier == Tier::Full || (facts.tier == Tier::Data && data.is_none()));
        let (low, high) = longest(&mut slow.map(|facts| facts.minutes)).unwrap_or((0, 0));
        let (low, high) = (low.max(APPLY.0), high.max(APPLY.1));
        let (first_low, first_high) = data.unwrap_or((0, 0));
        found.push((Tier::Full, (first_low + low, first_high + high)));
    }
    found
}
