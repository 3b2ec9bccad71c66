//! Plumbline reviews infrastructure as code without credentials, plan runs or uploads.
//!
//! One pasted file, once through: [`intake`] makes text of bytes, [`lang`] reads it to modules of declarations,
//! [`evaluate`] gives their expressions values, [`graph`] joins what refers to what, [`change`] compares two
//! versions, [`impact`], [`cost`] and [`checks`] each say what that means, [`rollback`] plans the way back,
//! [`review`] words and orders all of it, and [`report`] prints it.
//!
//! No stage calls back. There is no clock, random source, network or file access here: the same input gives
//! the same bytes everywhere.
//!
//! ```
//! use plumbline::{Input, InputFile};
//!
//! let input = Input { files: vec![InputFile::new("main.tf", *b"resource \"aws_sqs_queue\" \"jobs\" {}\n")], ..Input::default() };
//! let review = plumbline::review(&input);
//! assert_eq!(review.resources[0].address, "aws_sqs_queue.jobs");
//! ```

pub mod catalog;
pub mod change;
pub mod checks;
pub mod cost;
pub mod diagnostic;
pub mod evaluate;
pub mod graph;
pub mod impact;
pub mod intake;
pub mod lang;
pub mod layout;
pub mod model;
pub mod order;
pub mod project;
pub mod report;
pub mod review;
pub mod rollback;
pub mod source;
pub mod syntax;
pub mod unicode;
pub mod wasm;

use std::collections::BTreeMap;

use ecow::EcoString;

pub use catalog::Catalog;
pub use intake::InputFile;
pub use project::Project;
pub use review::Review;

use graph::Graph;
use model::Snapshot;
use source::{Sources, Version};

/// Everything a review is made from.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The version under review.
    pub files: Vec<InputFile>,
    /// The version before the change; `None` reviews a snapshot.
    pub base: Option<Vec<InputFile>>,
    pub options: Options,
    pub catalog: Catalog,
}

/// What the reviewer may set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Variables by name, in the language's own syntax.
    pub variables: BTreeMap<EcoString, EcoString>,
    /// Folders among the files, by the source of a module that they are.
    pub modules: BTreeMap<EcoString, EcoString>,
    /// The folders that were asked for, where others were read because of them; without any, the top.
    pub named: Vec<EcoString>,
    /// Files of code that differ between the two versions and are not among the files themselves.
    pub changed: Vec<EcoString>,
    /// Region for resources whose provider names none.
    pub region: Option<EcoString>,
    /// Text of a usage file in Infracost's format.
    pub usage: Option<EcoString>,
}

/// One version, read, evaluated and joined.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stage {
    pub program: lang::Program,
    pub snapshot: Snapshot,
    pub graph: Graph,
}

/// Reviews one input.
pub fn review(input: &Input) -> Review {
    review_with_sources(input).0
}

/// Reviews one input and returns the texts too, for reports that quote them.
pub fn review_with_sources(input: &Input) -> (Review, Sources) {
    review_keeping(input, &mut Kept::default())
}

/// What a review was made from: every declaration, resource and reference of both versions.
#[derive(Debug)]
pub struct Spent {
    _stages: (Option<Stage>, Stage),
}

/// The same for a process that ends afterwards: freeing what is spent piece by piece takes a twentieth of the time, and
/// whoever holds it may leave that out.
pub fn review_leaving(input: &Input) -> (Review, Sources, Spent) {
    let (review, sources, stages) = review_staged(input, &mut Kept::default());
    (review, sources, Spent { _stages: stages })
}

/// What a review leaves behind for the next one of nearly the same files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    pub files: lang::Kept,
    texts_before: intake::Kept,
    texts_after: intake::Kept,
    before: evaluate::Kept,
    after: evaluate::Kept,
    /// Of the same catalog and options.
    pub bills: review::KeptBills,
}

/// The same, with what was kept of the review before.
pub(crate) fn review_keeping(input: &Input, kept: &mut Kept) -> (Review, Sources) {
    let (review, sources, _) = review_staged(input, kept);
    (review, sources)
}

fn review_staged(input: &Input, kept: &mut Kept) -> (Review, Sources, (Option<Stage>, Stage)) {
    let mut diagnostics = Vec::new();
    let mut sources = Sources::default();
    let Options { variables, modules, named, region, .. } = input.options.clone();
    let given = model::Given { variables, modules, named, region };
    let edits = kept.files.edits;
    let (texts_before, texts_after) = (edits.then_some(&mut kept.texts_before), edits.then_some(&mut kept.texts_after));
    let mut before = input.base.as_ref().map(|files| {
        intake::take_keeping(files, Version::Before, &mut sources, texts_before, &mut diagnostics);
        lang::read_given(&sources, Version::Before, &given, &mut kept.files, &mut diagnostics)
    });
    intake::take_keeping(&input.files, Version::After, &mut sources, texts_after, &mut diagnostics);
    let mut after = lang::read_given(&sources, Version::After, &given, &mut kept.files, &mut diagnostics);
    if let Some(before) = &mut before {
        lang::align_roots(before, &mut after, &given.named);
    }
    let (kept_before, kept_after) = (edits.then_some(&mut kept.before), edits.then_some(&mut kept.after));
    let before = before.map(|program| evaluated(program, &sources, Version::Before, &given, kept_before, &mut diagnostics));
    let after = evaluated(after, &sources, Version::After, &given, kept_after, &mut diagnostics);
    let (mut before, mut after) = match RECORDS {
        true => with_recorded(before, after),
        false => (before, after),
    };
    if cfg!(feature = "programs")
        && let Some(before) = &mut before
    {
        evaluate::code::compare(&sources, &input.options.changed, &mut before.snapshot, &mut after.snapshot);
    }
    let review =
        review::assemble(&sources, before.as_ref(), &after, &input.options, &input.catalog, edits.then_some(&mut kept.bills), diagnostics);
    (review, sources, (before, after))
}

/// Whether this build reads what tools recorded; the browser's first core does not, and has no room for it.
const RECORDS: bool = cfg!(any(feature = "plans", feature = "programs", feature = "templates"));

/// Puts plans and states in the place of versions: a plan is both of them, a state is the one before.
fn with_recorded(before: Option<Stage>, after: Stage) -> (Option<Stage>, Stage) {
    let stage = |program: lang::Program, snapshot: Snapshot| Stage { program, graph: Graph::of(&snapshot), snapshot };
    let at_home = |recorded: &std::sync::Arc<model::Recorded>| match root_of(recorded, &after.program) {
        Some(root) => std::sync::Arc::new(recorded.inside(&root)),
        None => std::sync::Arc::clone(recorded),
    };
    if let Some(plan) = after.program.recorded.iter().find(|it| it.planned.is_some()).map(at_home) {
        let policies = after.program.stack_policies.clone();
        let (mut old, mut new) = evaluate::recorded::planned(&plan, after.snapshot);
        new.stack_policies = policies;
        catalog::canonical::translate(&mut old);
        catalog::canonical::translate(&mut new);
        return (Some(stage(before.unwrap_or_default().program, old)), stage(after.program, new));
    }
    let state = |recorded: &model::Recorded, written: &Snapshot| {
        let mut snapshot = evaluate::recorded::state(recorded, written);
        catalog::canonical::translate(&mut snapshot);
        snapshot
    };
    if let Some(recorded) = after.program.recorded.first().map(at_home) {
        if after.program.modules.is_empty() {
            let snapshot = state(&recorded, &after.snapshot);
            return (before, stage(after.program, snapshot));
        }
        if before.is_none() {
            let snapshot = evaluate::recorded::shaped_as(state(&recorded, &after.snapshot), &after.snapshot);
            return (Some(stage(lang::Program::default(), snapshot)), after);
        }
    }
    match before {
        Some(before) if before.program.modules.is_empty() && !before.program.recorded.is_empty() => {
            let recorded = before.program.recorded.first().map(at_home).unwrap_or_default();
            let snapshot = evaluate::recorded::shaped_as(state(&recorded, &after.snapshot), &after.snapshot);
            (Some(stage(before.program, snapshot)), after)
        }
        before => (before, after),
    }
}

/// Where one of several programs of Pulumi is, as addresses begin with it.
fn root_of(recorded: &model::Recorded, program: &lang::Program) -> Option<EcoString> {
    let project = recorded.project.as_ref().filter(|_| cfg!(feature = "programs") && program.roots.len() > 1)?;
    let names =
        |module: &model::Module| module.backend.as_ref().is_some_and(|it| it.name == "pulumi" && it.labels.first() == Some(project));
    let root = program.roots.iter().find(|root| program.modules.get(&root.path).is_some_and(names))?;
    Some(root.prefix.clone()).filter(|prefix| !prefix.is_empty())
}

fn evaluated(
    program: lang::Program,
    sources: &Sources,
    version: Version,
    given: &model::Given,
    kept: Option<&mut evaluate::Kept>,
    out: &mut diagnostic::Diagnostics,
) -> Stage {
    let mut snapshot = match kept {
        Some(kept) => evaluate::evaluate_keeping(&program, sources, version, given, kept),
        None => evaluate::evaluate(&program, sources, version, given),
    };
    if cfg!(feature = "templates") {
        catalog::canonical::translate(&mut snapshot);
    }
    out.append(&mut snapshot.diagnostics);
    let graph = Graph::of(&snapshot);
    graph.diagnose(&snapshot, out);
    Stage { program, snapshot, graph }
}
