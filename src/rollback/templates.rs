//! The steps that the tables know for the types that change, before the change and after it.

use ecow::{EcoString, eco_format};

use crate::catalog::impact::{self, StepTemplate, stateful};
use crate::change::Change;
use crate::graph::Graph;
use crate::impact::{Effect, short_name};
use crate::model::{Action, Certainty, Resource, Reversible, Snapshot, StepKind, Tier};
use crate::order::Order as _;

use super::{Step, fill};

/// Steps of one template that are written out; the rest is counted in one more step.
const WRITTEN_OUT: usize = 5;

/// A change with what is known of it.
pub(super) struct Subject<'a> {
    pub change: &'a Change,
    /// The resource as it runs now: of an update the version before.
    pub resource: &'a Resource,
    pub effect: Option<&'a Effect>,
}

impl Subject<'_> {
    /// An update that cannot be taken back by setting the old values again.
    fn stuck(&self) -> bool {
        self.change.action == Action::Update && self.effect.is_some_and(|effect| effect.reversible != Reversible::Yes)
    }

    /// The action that has to be ready for: an update that may be a replacement counts as one.
    pub fn gravest(&self) -> Action {
        let may = self.change.causes.iter().any(|cause| cause.forces_replacement != Certainty::No);
        if self.change.action == Action::Update && may { Action::Replace } else { self.change.action }
    }

    fn wants(&self, template: &StepTemplate) -> bool {
        let about =
            |path: &str| template.about.is_empty() || path.split('.').next().is_some_and(|argument| template.about.contains(&argument));
        let label = |path: &str| matches!(path.split('.').next(), Some("tags" | "tags_all" | "labels" | "effective_labels"));
        if template.on.holds(self.change.action, self.stuck()) {
            return self.change.action != Action::Update
                || self
                    .change
                    .causes
                    .iter()
                    .map(|cause| self.resource.canonical_path(&cause.path))
                    .any(|path| about(&path) && !label(&path));
        }
        // What may be replaced is saved as if it were; the way back of a replacement is not promised for it.
        template.kind == StepKind::Backup && self.gravest() == Action::Replace && template.on.holds(Action::Replace, false)
    }
}

/// What to save before the change is deployed.
pub(super) fn before(subjects: &[Subject<'_>]) -> Vec<Step> {
    let mut steps = Steps::of(subjects);
    for subject in subjects {
        let templates = impact::of(&subject.resource.r#type).map(|facts| facts.before).unwrap_or(&[]);
        let mut saved = false;
        for (at, template) in templates.iter().enumerate().filter(|(_, template)| subject.wants(template)) {
            saved |= template.kind == StepKind::Backup;
            steps.push(at, Tier::Immediate, template, subject);
        }
        if !saved && matches!(subject.gravest(), Action::Replace | Action::Delete) {
            steps.list.extend(general_backup(subject));
        }
    }
    steps.finish()
}

/// The way back of each change that has one of its own, in the order given.
pub(super) fn back(subjects: &[Subject<'_>]) -> Vec<Step> {
    let mut steps = Steps::of(subjects);
    for subject in subjects {
        let Some(facts) = impact::of(&subject.resource.r#type) else { continue };
        for (at, template) in facts.back.iter().enumerate().filter(|(_, template)| subject.wants(template)) {
            steps.push(at, template.tier.unwrap_or(facts.tier), template, subject);
        }
    }
    steps.finish()
}

/// Saving what holds data, for a type that the tables have no step for.
fn general_backup(subject: &Subject<'_>) -> Option<Step> {
    let stateful = stateful(&subject.resource.r#type)?;
    let name = short_name(&subject.resource.address);
    Some(Step {
        tier: Tier::Immediate,
        address: subject.resource.address.clone(),
        kind: StepKind::Backup,
        text: eco_format!("Save the {} of the {} `{name}`", stateful.holds, stateful.noun),
        command: None,
        precondition: None,
        loses_data: false,
        minutes: None,
        span: subject.resource.span,
    })
}

/// Steps as they are made; many of one kind are gathered.
struct Steps {
    list: Vec<Step>,
    /// What changes lies in more than one region: each command names its own.
    regions: bool,
    /// By type and position of the template: how many, and the names of those not written out.
    gathered: Vec<Gathered>,
}

struct Gathered {
    template: *const StepTemplate,
    kind: EcoString,
    number: usize,
    /// Where the last one written out stands.
    last: usize,
    names: Vec<EcoString>,
}

impl Steps {
    fn of(subjects: &[Subject<'_>]) -> Steps {
        let mut regions = subjects.iter().filter_map(|subject| subject.resource.region.as_ref());
        let first = regions.next();
        Steps { list: Vec::new(), regions: regions.any(|region| Some(region) != first), gathered: Vec::new() }
    }

    fn push(&mut self, at: usize, tier: Tier, template: &'static StepTemplate, subject: &Subject<'_>) {
        let _ = at;
        let pointer: *const StepTemplate = template;
        let position = match self.gathered.iter().position(|gathered| gathered.template == pointer) {
            Some(position) => position,
            None => {
                let kind = subject.resource.r#type.clone();
                self.gathered.push(Gathered { template: pointer, kind, number: 0, last: 0, names: Vec::new() });
                self.gathered.len() - 1
            }
        };
        let Some(gathered) = self.gathered.get_mut(position) else { return };
        gathered.number += 1;
        if gathered.number > WRITTEN_OUT {
            gathered.names.push(short_name(&subject.resource.address).into());
            return;
        }
        gathered.last = self.list.len();
        self.list.push(Step {
            tier,
            address: subject.resource.address.clone(),
            kind: template.kind,
            text: {
                let text = fill::text(template.text, subject.resource);
                if subject.resource.count_unknown.is_some() { eco_format!("{text}, for each that there is") } else { text }
            },
            command: template.command.map(|command| {
                let command = fill::command(command, subject.resource);
                match &subject.resource.region {
                    Some(region) if self.regions => fill::in_region(&command, region),
                    _ => command,
                }
            }),
            precondition: template.needs.map(|needs| fill::text(needs, subject.resource)),
            loses_data: template.loses_data,
            minutes: template.minutes,
            span: place(subject),
        });
    }

    /// Adds to the last step of each kind that there are more like it.
    fn finish(mut self) -> Vec<Step> {
        for gathered in &self.gathered {
            if gathered.names.is_empty() {
                continue;
            }
            let shown: Vec<&str> = gathered.names.iter().take(WRITTEN_OUT).map(EcoString::as_str).collect();
            let rest = gathered.names.len().saturating_sub(WRITTEN_OUT);
            let more = if rest > 0 { eco_format!(" and {rest} others") } else { EcoString::new() };
            if let Some(step) = self.list.get_mut(gathered.last) {
                step.text =
                    eco_format!("{}; the same for {} more {}: {}{more}", step.text, gathered.names.len(), gathered.kind, shown.join(", "));
            }
        }
        self.list
    }
}

/// The line of the argument that causes the change, where it is in the files under review.
fn place(subject: &Subject<'_>) -> crate::source::Span {
    let causes = &subject.change.causes;
    causes
        .iter()
        .find(|cause| cause.forces_replacement == Certainty::Yes)
        .or(causes.first())
        .map_or(subject.resource.span, |cause| cause.span)
}

/// Subjects with what others need first: a restore needs its network, a service its database.
pub(super) fn in_order<'a>(mut subjects: Vec<Subject<'a>>, snapshot: &Snapshot, graph: &Graph) -> Vec<Subject<'a>> {
    let mut rank = vec![0u32; snapshot.resources.len()];
    for (at, id) in order(snapshot, graph).into_iter().enumerate() {
        if let Some(slot) = rank.get_mut(id) {
            *slot = at as u32;
        }
    }
    let of = |subject: &Subject<'_>| subject.change.before.and_then(|id| rank.get(id.index()).copied()).unwrap_or(u32::MAX);
    subjects.order_by_key(of);
    subjects
}

/// All resources, each after what it needs; members of a circle where the walk meets them.
fn order(snapshot: &Snapshot, graph: &Graph) -> Vec<usize> {
    let count = snapshot.resources.len();
    let mut waiting: Vec<u32> = vec![0; count];
    for edge in &graph.dependencies {
        if let Some(number) = waiting.get_mut(edge.from.index()) {
            *number += 1;
        }
    }
    let mut ready: std::collections::VecDeque<usize> =
        waiting.iter().enumerate().filter(|(_, number)| **number == 0).map(|(at, _)| at).collect();
    let mut ordered = Vec::with_capacity(count);
    while let Some(at) = ready.pop_front() {
        ordered.push(at);
        for edge in graph.needed_by(crate::model::ResourceId(at as u32)) {
            if let Some(number) = waiting.get_mut(edge.from.index()) {
                *number = number.saturating_sub(1);
                if *number == 0 {
                    ready.push_back(edge.from.index());
                }
            }
        }
    }
    // What is in a circle never becomes ready.
    ordered.extend(waiting.iter().enumerate().filter(|(_, number)| **number > 0).map(|(at, _)| at));
    ordered
}
