//! What could not be known, and what knowing it would change. Those that change the verdict stand first.

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::Change;
use crate::cost::{Bill, Standing};
use crate::impact::{Impact, telling_name};
use crate::model::{Address, Certainty, DataLoss, Expr, ExprKind, Question, QuestionKind, ResourceId, Snapshot, Step};
use crate::order::Order as _;
use crate::review::place::source;
use crate::review::resources::{Concern, Unknowns};
use crate::review::{Action, NotKnownEntry, Supply};
use crate::source::Sources;

/// Arguments that decide whether data survive.
const KEEPS_DATA: [&str; 7] = [
    "deletion_protection",
    "final_snapshot",
    "force_destroy",
    "point_in_time_recovery",
    "recovery_window_in_days",
    "skip_destroy",
    "skip_final_snapshot",
];

/// Most names that a sentence lists.
const LISTED: usize = 3;

/// The questions with what they are about.
pub(super) struct Asked<'a> {
    pub snapshot: &'a Snapshot,
    pub changes: &'a [Change],
    pub impact: &'a Impact,
    pub bill: &'a Bill,
    pub unknowns: &'a Unknowns,
    pub compared: bool,
}

/// The entries, and how many of them change the verdict.
pub(super) fn entries(sources: &Sources, asked: &Asked<'_>) -> (Vec<NotKnownEntry>, usize) {
    let by_after: FxHashMap<ResourceId, &Change> = asked.changes.iter().filter_map(|change| Some((change.after?, change))).collect();
    let costs = costs(asked.bill);
    let counts = counts(asked.snapshot);
    let mut entries: Vec<(u8, NotKnownEntry)> = Vec::new();
    for question in &asked.snapshot.questions {
        let about = About {
            asked,
            by_after: &by_after,
            concerns: asked.unknowns.concerns.get(&question.subject).map(Vec::as_slice).unwrap_or(&[]),
            costs: costs.get(&question.subject).map(Vec::as_slice).unwrap_or(&[]),
            counts: counts.get(&question.subject).map(Vec::as_slice).unwrap_or(&[]),
        };
        let (rank, effect, concerns) = about.effect(question);
        entries.push((
            rank,
            NotKnownEntry {
                what: question.subject.clone(),
                why: question.why.clone(),
                effect,
                supply: match question.kind {
                    QuestionKind::Variable => Supply::Variable,
                    QuestionKind::Module => Supply::Folder,
                    QuestionKind::File => Supply::File,
                    QuestionKind::Unsupported => Supply::None,
                },
                sensitive: question.sensitive,
                concerns,
                wants: Some(question.wants.clone()).filter(|wants| !wants.is_empty()),
                source: source(sources, question.span),
            },
        ));
    }
    let deciding = entries.iter().filter(|(rank, _)| *rank == 0).count();
    entries.order_by_key(|(rank, _)| *rank);
    (entries.into_iter().map(|(_, entry)| entry).collect(), deciding)
}

/// One question and everything that waits for its answer.
struct About<'a> {
    asked: &'a Asked<'a>,
    by_after: &'a FxHashMap<ResourceId, &'a Change>,
    concerns: &'a [Concern],
    costs: &'a [ResourceId],
    counts: &'a [ResourceId],
}

impl About<'_> {
    /// How much it matters (0 most), the sentence, and the addresses concerned.
    fn effect(&self, question: &Question) -> (u8, EcoString, Vec<EcoString>) {
        let data = self.concerns.iter().find(|concern| self.decides_data(concern));
        if let Some(concern) = data {
            return (0, self.data_sentence(concern), self.addresses(&[]));
        }
        let conditional =
            self.concerns.iter().filter_map(|concern| Some((concern, *self.by_after.get(&concern.resource)?))).find(|(concern, change)| {
                change.condition.is_some()
                    && change.causes.iter().any(|cause| cause.path.split('.').next() == Some(concern.argument.as_str()))
            });
        if let Some((concern, change)) = conditional {
            let replaces = change.causes.iter().any(|cause| cause.forces_replacement != Certainty::No);
            let stateful = crate::catalog::impact::stateful(self.kind(concern.resource)).is_some();
            let what = if replaces { "replaced" } else { "updated" };
            let sentence = eco_format!("Whether {} is {what}.", self.name(concern.resource));
            return (if replaces && stateful { 0 } else { 1 }, sentence, self.addresses(&[]));
        }
        if !self.counts.is_empty() {
            return (1, eco_format!("How many of {} there are.", self.names(self.counts)), self.addresses(self.counts));
        }
        if question.kind == QuestionKind::Module {
            let inside = self.module_addresses(&question.subject);
            return (2, "What it makes: resources, cost and findings in it are not in this review.".into(), inside);
        }
        if !self.costs.is_empty() {
            return (2, eco_format!("The cost of {}.", self.names(self.costs)), self.addresses(self.costs));
        }
        // Resources of one name in several modules are told once.
        let mut told = FxHashSet::default();
        let mut arguments: Vec<EcoString> = Vec::new();
        for concern in self.concerns {
            let name = self.name(concern.resource);
            let sentence = (arguments.len() < LISTED).then(|| eco_format!("`{}` of {name}", concern.argument));
            if told.insert((concern.argument.clone(), name)) {
                arguments.extend(sentence);
            }
        }
        let rest = told.len().saturating_sub(LISTED);
        let verb = if self.asked.compared { "Not compared" } else { "Not checked" };
        if arguments.is_empty() {
            return (4, "No argument of a resource waits for it alone.".into(), Vec::new());
        }
        let sentence = match rest {
            0 => eco_format!("{verb}: {}.", arguments.join(", ")),
            rest => eco_format!("{verb}: {} and {rest} more.", arguments.join(", ")),
        };
        (3, sentence, self.addresses(&[]))
    }

    fn decides_data(&self, concern: &Concern) -> bool {
        KEEPS_DATA.contains(&concern.argument.as_str())
            && self.by_after.get(&concern.resource).is_some_and(|change| {
                matches!(change.action, Action::Replace | Action::Delete)
                    && self.asked.impact.effect_of(&change.address).is_some_and(|effect| effect.data_loss == DataLoss::Possible)
            })
    }

    fn data_sentence(&self, concern: &Concern) -> EcoString {
        let name = self.name(concern.resource);
        match concern.argument.as_str() {
            argument @ ("skip_final_snapshot" | "force_destroy") => {
                eco_format!("Data loss of {name}: certain if its `{argument}` is true, possible if false.")
            }
            argument => eco_format!("Whether the data of {name} survive: `{argument}` decides."),
        }
    }

    fn address(&self, id: ResourceId) -> Option<&Address> {
        self.asked.snapshot.resource(id).map(|resource| &resource.address)
    }

    fn name(&self, id: ResourceId) -> &str {
        self.address(id).map_or("", telling_name)
    }

    fn kind(&self, id: ResourceId) -> &str {
        self.asked.snapshot.resource(id).map_or("", |resource| resource.r#type.as_str())
    }

    /// Each name once; of what is in a module whose number is not known, the module's.
    fn names(&self, ids: &[ResourceId]) -> EcoString {
        let mut names: Vec<&str> = ids
            .iter()
            .map(|id| match self.address(*id).and_then(|address| address.as_str().split_once("[*]")) {
                Some((module, inside)) if !inside.is_empty() => module,
                _ => self.name(*id),
            })
            .collect();
        let mut told = FxHashSet::default();
        names.retain(|name| told.insert(*name));
        let listed: Vec<&str> = names.iter().take(LISTED).copied().collect();
        match names.len().saturating_sub(LISTED) {
            0 => listed.join(", ").into(),
            rest => eco_format!("{} and {rest} more", listed.join(", ")),
        }
    }

    fn addresses(&self, more: &[ResourceId]) -> Vec<EcoString> {
        let mut ids: Vec<ResourceId> = self.concerns.iter().map(|concern| concern.resource).chain(more.iter().copied()).collect();
        ids.order();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.address(id)).map(|address| address.text().clone()).collect()
    }

    /// The module itself and those that read what it gives.
    fn module_addresses(&self, module: &str) -> Vec<EcoString> {
        let mut addresses = self.addresses(&[]);
        if self.asked.snapshot.resources.binary_search_by(|resource| resource.address.as_str().cmp(module)).is_ok() {
            addresses.insert(0, module.into());
        }
        addresses
    }
}

/// Reason of a missing price -> the resources that lack it, by what the reason is about.
fn costs(bill: &Bill) -> FxHashMap<EcoString, Vec<ResourceId>> {
    let mut found: FxHashMap<EcoString, Vec<ResourceId>> = FxHashMap::default();
    for cost in &bill.resources {
        let own = match &cost.standing {
            Standing::Unpriced(reason) => Some(reason),
            _ => None,
        };
        for reason in cost.components.iter().filter_map(|component| component.reason.as_ref()).chain(own) {
            // Reasons begin with what they are about: `var.nodes has no value`.
            let subject = reason.split(' ').next().unwrap_or_default();
            let ids = found.entry(subject.into()).or_default();
            if ids.last() != Some(&cost.resource) {
                ids.push(cost.resource);
            }
        }
    }
    found
}

/// What is not known -> the resources whose number it decides.
fn counts(snapshot: &Snapshot) -> FxHashMap<EcoString, Vec<ResourceId>> {
    let mut found: FxHashMap<EcoString, Vec<ResourceId>> = FxHashMap::default();
    for (id, resource) in snapshot.iter() {
        let Some(subject) = &resource.count_unknown else { continue };
        let mut add = |subject: EcoString| {
            let ids = found.entry(subject).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        };
        add(subject.clone());
        let Some(declaration) = &resource.declaration else { continue };
        for expr in declaration.count.iter().chain(&declaration.for_each) {
            expr.walk(&mut |expr: &Expr| {
                if let ExprKind::Reference { root, steps } = &expr.kind
                    && root == "var"
                    && let Some(Step::Name(name, _)) = steps.first()
                {
                    add(eco_format!("var.{name}"));
                }
            });
        }
    }
    found
}
