//! The sentence that says what is worst, the one that says why, and the six facts.

use ecow::{EcoString, eco_format};

use crate::Stage;
use crate::catalog::impact::stateful;
use crate::change::{Cause, Change, argument};
use crate::impact::{Effect, Impact, short_name};
use crate::model::{Certainty, DataLoss, DependencyKind, Mode, Resource, Severity};
use crate::order::Order as _;
use crate::review::changes::subject;
use crate::review::place::source;
use crate::review::{Action, ChangeEntry, CostEntry, FindingEntry, RollbackEntry, Verdict};
use crate::source::Sources;

use super::facts::{self, Counts};
use super::words;

/// Everything the verdict looks at.
pub(super) struct Seen<'a> {
    pub sources: &'a Sources,
    pub entries: &'a [ChangeEntry],
    pub before: Option<&'a Stage>,
    pub after: &'a Stage,
    pub changes: &'a [Change],
    pub impact: &'a Impact,
    pub findings: &'a [FindingEntry],
    pub cost: &'a CostEntry,
    /// Whether a price table was at hand.
    pub priced: bool,
    /// How many resources have no price, when no other has one.
    pub without_price: usize,
    pub rollback: &'a RollbackEntry,
    /// What is not known, and how much of that changes the verdict.
    pub not_known: (usize, usize),
}

/// What the sentence says, before its place is added.
struct Said<'a> {
    sentence: EcoString,
    reason: Option<EcoString>,
    change: Option<&'a Change>,
    span: Option<crate::source::Span>,
    action: Action,
}

pub(super) fn verdict(seen: &Seen<'_>) -> Verdict {
    let counts = Counts::of(seen.changes);
    let facts = facts::facts(seen, &counts);
    let critical: Vec<&FindingEntry> =
        seen.findings.iter().filter(|finding| finding.severity == Severity::Critical && (finding.new || seen.before.is_none())).collect();
    if seen.before.is_none() {
        return Verdict { facts, ..snapshot(seen, &critical) };
    }
    let said = match data_at_risk(seen) {
        Some((change, effect)) => data(seen, change, effect),
        None if !critical.is_empty() => return Verdict { facts, ..findings(seen, &critical, &counts) },
        None => destroyed(seen, &counts).unwrap_or_else(|| harmless(seen, &counts)),
    };
    Verdict {
        sentence: said.sentence,
        reason: said.reason,
        source: said.span.map(|span| source(seen.sources, span)),
        action: said.action,
        address: said.change.map(|change| change.address.text().clone()),
        facts,
    }
}

/// The gravest loss: what nothing else keeps before the rest, and certain before possible, unless what may be lost is
/// missed far more: a database that a backup keeps comes before the events of a log.
fn data_at_risk<'a>(seen: &Seen<'a>) -> Option<(&'a Change, &'a Effect)> {
    let risks = seen.changes.iter().filter_map(|change| {
        let effect = seen.impact.effect_of(&change.address).filter(|effect| effect.data_loss != DataLoss::None)?;
        let kind = &subject(change, seen.before, seen.after)?.r#type;
        let order = stateful(kind).map_or(u8::MAX, |stateful| stateful.order);
        let possible = effect.data_loss != DataLoss::Certain;
        Some(((order.saturating_add(if possible { 2 } else { 0 }), possible, change.action == Action::Update), change, effect))
    });
    risks.min_by_key(|(key, ..)| *key).map(|(_, change, effect)| (change, effect))
}

/// Why a deleted resource is gone, as the list of changes says it.
fn why_gone(seen: &Seen<'_>, change: &Change) -> EcoString {
    seen.entries.iter().find(|entry| entry.address == *change.address.text()).map(|entry| entry.reason.clone()).unwrap_or_default()
}

fn data<'a>(seen: &Seen<'a>, change: &'a Change, effect: &Effect) -> Said<'a> {
    let resource = subject(change, seen.before, seen.after);
    let holds = resource.and_then(|resource| stateful(&resource.r#type)).map_or("data", |stateful| stateful.holds);
    let name = resource.map_or_else(EcoString::new, |resource| named(seen, resource));
    let happens = happens(change);
    let lost = if effect.data_loss == DataLoss::Certain { "will be lost" } else { "may be lost" };
    let noun = resource.map_or_else(|| "resource".into(), words::noun);
    let why = match change.action {
        Action::Delete if change.condition.is_some() => conditional(seen, change),
        Action::Delete => why_gone(seen, change),
        Action::Replace => match forcing(change) {
            Some(cause) => {
                eco_format!("`{}` cannot change in place, so a new, empty {noun} takes the old one’s place.", argument(&cause.path))
            }
            None => eco_format!("A new, empty {noun} takes the old one’s place."),
        },
        _ => change.condition.as_ref().map(|condition| words::sentence(condition)).unwrap_or_default(),
    };
    Said {
        sentence: eco_format!("{name} {happens}; its {holds} {lost}"),
        reason: Some(if effect.data_words.is_empty() { why } else { eco_format!("{why} {}", effect.data_words) }),
        change: Some(change),
        span: place_of(seen, change),
        action: if change.action == Action::Update { Action::Replace } else { change.action },
    }
}

/// What is said to happen to a resource, or to happen perhaps.
fn happens(change: &Change) -> &'static str {
    match (change.action, change.condition.is_some()) {
        (Action::Delete, false) => "is deleted",
        (Action::Delete, true) => "may be deleted",
        (Action::Replace, false) => "is replaced",
        _ => "may be replaced",
    }
}

/// Why a resource is deleted, and what decides whether it is.
fn conditional(seen: &Seen<'_>, change: &Change) -> EcoString {
    let condition = change.condition.as_ref().map(|condition| words::sentence(condition)).unwrap_or_default();
    eco_format!("{} {condition}", why_gone(seen, change))
}

/// An update that is a replacement if a condition holds.
pub(super) fn may_be_replaced(change: &Change) -> bool {
    change.action == Action::Update && change.causes.iter().any(|cause| cause.forces_replacement != Certainty::No)
}

fn findings(seen: &Seen<'_>, critical: &[&FindingEntry], counts: &Counts) -> Verdict {
    let first = critical.first();
    let number = words::count(critical.len(), "critical finding", "critical findings");
    let destroys = counts.replaced + counts.deleted > 0;
    // In the middle of the sentence.
    let destroyed = if destroys { counts.destroyed() } else { spared(seen).replace("Nothing", "nothing") };
    let sentence = eco_format!("{number}; {destroyed}");
    Verdict {
        sentence,
        reason: first.map(|finding| words::sentence(&finding.message)),
        source: first.map(|finding| finding.source.clone()),
        action: counts.worst(),
        address: first.map(|finding| finding.address.clone()),
        facts: facts::facts(seen, counts),
    }
}

/// A deletion or replacement: the one that most others rely on, or any at all; those that take no time come last.
fn destroyed<'a>(seen: &Seen<'a>, counts: &Counts) -> Option<Said<'a>> {
    let destroys = seen.changes.iter().filter(|change| {
        matches!(change.action, Action::Delete | Action::Replace)
            && subject(change, seen.before, seen.after).is_some_and(|it| it.mode != Mode::Data)
    });
    let weighed = destroys.map(|change| {
        let down = seen.impact.effect_of(&change.address).map(|effect| &effect.downtime);
        ((down.is_some_and(|it| it.seconds != Some((0, 0))), readers(seen, change)), change, down)
    });
    let weighed: Vec<_> = weighed.collect();
    let relied_on = weighed.iter().any(|((_, readers), ..)| *readers > 0);
    let ((_, readers), change, down) = weighed.into_iter().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.address.cmp(&a.1.address)))?;
    let resource = subject(change, seen.before, seen.after)?;
    let happens = happens(change);
    let down = down.filter(|it| it.seconds.is_some_and(|(_, high)| high > 0));
    let rely = match (readers, down) {
        (0, Some(down)) => eco_format!("{} down", down.words),
        (0, None) => "nothing here relies on it".into(),
        (1, _) => "1 resource relies on it".into(),
        (many, _) => eco_format!("{many} resources rely on it"),
    };
    let more = counts.replaced + counts.deleted - 1;
    let name = named(seen, resource);
    let sentence = if more > 0 && !relied_on && down.is_none() {
        eco_format!("{}; nothing here relies on them", counts.destroyed())
    } else {
        eco_format!("{name} {happens}; {rely}")
    };
    let reason = match (change.action, forcing(change)) {
        (Action::Delete, _) if change.condition.is_some() => conditional(seen, change),
        (Action::Delete, _) => why_gone(seen, change),
        (_, Some(cause)) => match &cause.follows {
            Some(_) => super::changes::follows(seen.changes, cause),
            None => eco_format!("`{}` cannot change in place.", argument(&cause.path)),
        },
        (_, None) => "It cannot change in place.".into(),
    };
    Some(Said { sentence, reason: Some(reason), change: Some(change), span: place_of(seen, change), action: change.action })
}

/// Others that read what a change destroys. Of a deletion, those that stay; they read it in the version before.
fn readers(seen: &Seen<'_>, change: &Change) -> usize {
    let (stage, id) = match (change.after, change.before, seen.before) {
        (Some(id), _, _) => (seen.after, id),
        (None, Some(id), Some(before)) => (before, id),
        _ => return 0,
    };
    let mut readers: Vec<_> =
        stage.graph.needed_by(id).filter(|edge| edge.kind != DependencyKind::Explicit).map(|edge| edge.from).collect();
    readers.order();
    readers.dedup();
    let stays = |reader: &crate::model::ResourceId| {
        let Some(reader) = stage.snapshot.resource(*reader) else { return false };
        // Changes are in address order.
        let own = seen.changes.binary_search_by(|other| other.address.cmp(&reader.address)).ok().and_then(|at| seen.changes.get(at));
        reader.mode != Mode::External && own.is_none_or(|own| own.action != Action::Delete)
    };
    readers.iter().filter(|reader| stays(reader)).count()
}

/// What is said where nothing is deleted or replaced for certain.
fn spared(seen: &Seen<'_>) -> EcoString {
    let open = |change: &Change| change.is_of_number() || facts::is_closed(seen, change);
    match seen.changes.iter().filter(|change| may_be_replaced(change)).count() {
        0 if seen.changes.iter().any(open) => "Nothing is destroyed for certain".into(),
        0 => "Nothing is destroyed".into(),
        many => eco_format!("{many} may be replaced"),
    }
}

fn harmless<'a>(seen: &Seen<'a>, counts: &Counts) -> Said<'a> {
    let said = |sentence: EcoString, reason: Option<EcoString>, change: Option<&'a Change>| Said {
        sentence,
        reason,
        span: change.and_then(|change| place_of(seen, change)),
        change,
        action: counts.worst(),
    };
    if counts.all == 0 {
        let compared = seen.after.snapshot.resources.iter().filter(|resource| resource.mode != Mode::External).count();
        return said(eco_format!("Nothing changes. {} compared", words::count(compared, "resource", "resources")), None, None);
    }
    let spared = spared(seen);
    let downtime = &seen.impact.downtime;
    if downtime.seconds.is_some_and(|(_, high)| high > 0) {
        let slowest = seen.changes.iter().filter_map(|change| {
            let (_, high) = seen.impact.effect_of(&change.address)?.downtime.seconds?;
            Some((high, change))
        });
        let worst = slowest.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.address.cmp(&a.1.address))).map(|(_, change)| change);
        let reason = worst.and_then(|change| seen.impact.effect_of(&change.address)).map(|effect| words::sentence(&effect.words));
        return said(eco_format!("{spared}. {}, {} down", counts.listed(), downtime.words), reason, worst);
    }
    if let Some((delta, share)) = facts::steep(&seen.cost.monthly) {
        return said(eco_format!("{spared}. {} a month{share}", words::signed_dollars(delta.expected)), None, None);
    }
    let down = if downtime.seconds.is_some() { "no downtime" } else { "downtime not known" };
    let open = seen.changes.iter().find(|change| may_be_replaced(change));
    let first = open.or_else(|| seen.changes.iter().find(|change| facts::is_closed(seen, change)));
    let reason = first.and_then(|change| change.condition.as_ref()).map(|condition| words::sentence(condition));
    said(eco_format!("{spared}. {}, {down}", counts.listed()), reason, first)
}

fn snapshot(seen: &Seen<'_>, critical: &[&FindingEntry]) -> Verdict {
    let resources = seen.after.snapshot.resources.iter().filter(|resource| resource.mode != Mode::External).count();
    let number = words::count(resources, "resource", "resources");
    let first = critical.first().copied().or_else(|| seen.findings.first());
    let sentence = match (resources, critical.len(), seen.findings.len()) {
        (0, _, _) => "Nothing to review".into(),
        (_, 0, 0) => eco_format!("{number}; no findings"),
        (_, 0, all) => eco_format!("{number}; {}, none critical", words::count(all, "finding", "findings")),
        (_, critical, _) => eco_format!("{number}; {}", words::count(critical, "critical finding", "critical findings")),
    };
    Verdict {
        sentence,
        reason: first.map(|finding| words::sentence(&finding.message)),
        source: first.map(|finding| finding.source.clone()),
        action: if resources == 0 { Action::NoOp } else { Action::Create },
        address: first.map(|finding| finding.address.clone()),
        facts: Vec::new(),
    }
}

/// `The production database`; with its name where others of the kind are destroyed too.
fn named(seen: &Seen<'_>, resource: &Resource) -> EcoString {
    let noun = words::noun(resource);
    let alike = seen.changes.iter().filter(|change| {
        let destroys = matches!(change.action, Action::Delete | Action::Replace) || change.condition.is_some();
        destroys && subject(change, seen.before, seen.after).is_some_and(|other| words::noun(other) == noun)
    });
    let environment = words::environment(resource).map(|environment| eco_format!("{environment} ")).unwrap_or_default();
    if alike.take(2).count() > 1 || stateful(&resource.r#type).is_none() {
        return eco_format!("The {environment}{noun} `{}`", short_name(&resource.address));
    }
    eco_format!("The {environment}{noun}")
}

/// The argument that replaces for sure; one of its own before one that follows.
fn forcing(change: &Change) -> Option<&Cause> {
    let forcing = |cause: &&Cause| cause.forces_replacement == Certainty::Yes;
    change.causes.iter().filter(forcing).find(|cause| cause.follows.is_none()).or_else(|| change.causes.iter().find(forcing))
}

/// The line of the argument that causes it; the resource's header where no argument does.
fn place_of(seen: &Seen<'_>, change: &Change) -> Option<crate::source::Span> {
    let cause = forcing(change).or_else(|| change.causes.first());
    cause.map(|cause| cause.span).or_else(|| subject(change, seen.before, seen.after).map(|resource| resource.span))
}
