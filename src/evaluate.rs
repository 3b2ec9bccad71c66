//! Expressions to values: scopes, variables, locals, modules, `count` and `for_each`.
//!
//! An expression that cannot be evaluated gives an unknown value with its reason, never an error and never
//! a guess. Knows no resource type's meaning.
//!
//! Every variable, local, output and resource of every module instance is a slot that is filled when it is
//! first asked for. A long chain of such slots does not deepen the stack: past a fixed depth the evaluation
//! is given up, the slot it stopped at is filled first, and the evaluation starts again.

mod access;
mod body;
pub mod code;
mod computed;
mod convert;
mod definition;
mod demands;
mod depends;
mod expand;
mod expression;
mod files;
pub mod functions;
mod imported;
mod instance;
mod kept;
mod limits;
mod modules;
mod one_type;
mod operate;
mod policy_document;
mod provider;
mod quote;
pub mod recorded;
mod references;
mod refused;
mod remote_state;
mod report;
mod scope;
mod snapshot;
mod template;
mod twins;
mod unify;
mod variable;

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::sync::Arc;

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostics;
use crate::lang::Program;
pub use crate::model::Given;
use crate::model::{Object, Question, Snapshot};
use crate::source::{Sources, Version};

use definition::Definition;
use depends::Depends;
use instance::{Instance, Slot, Target};
use kept::Keeping;
pub use kept::Kept;
use snapshot::Externals;
use twins::Twins;

/// Evaluates every root of a program. Resources come sorted by address.
///
/// The sources are for the files that expressions read, such as templates, and for quoting an expression.
pub fn evaluate(program: &Program, sources: &Sources, version: Version, given: &Given) -> Snapshot {
    let mut evaluator = Evaluator::new(program, sources, version, given);
    evaluator.plant_roots();
    evaluator.run()
}

/// The same, taking over what an evaluation before has left and leaving that for the next: after an edit, what the
/// edited file had no part in is not evaluated again.
pub fn evaluate_keeping(program: &Program, sources: &Sources, version: Version, given: &Given, kept: &mut Kept) -> Snapshot {
    let mut evaluator = Evaluator::new(program, sources, version, given);
    (evaluator.keeping, evaluator.depends.origins) = kept.begin(program, sources, version, given);
    evaluator.depends.wanted = kept.is_wanted();
    evaluator.plant_roots();
    let snapshot = evaluator.everything();
    kept.end(evaluator.keeping, evaluator.depends.origins, evaluator.steps);
    snapshot
}

/// The state of one evaluation. Module instances and resource bodies are found by index.
struct Evaluator<'p> {
    program: &'p Program,
    sources: &'p Sources,
    version: Version,
    given: &'p Given,
    definitions: Vec<Definition<'p>>,
    /// Definitions by folder.
    folders: FxHashMap<&'p str, u32>,
    instances: Vec<Instance<'p>>,
    /// Arguments of every resource instance and every module that is not at hand.
    bodies: Vec<Slot<Arc<Object>>>,
    /// How deep the present evaluation is, in expressions and slots.
    depth: u32,
    /// Expressions evaluated and references followed so far.
    steps: u64,
    /// Instances made so far, of modules and resources.
    made: usize,
    /// Blocks made so far by dynamic blocks.
    blocks: usize,
    /// The slots being filled now, outermost first.
    filling: Vec<Target>,
    /// The slot at which the present evaluation gave up because it went too deep.
    suspended: Option<Target>,
    diagnostics: Diagnostics,
    /// Codes and places, as texts.
    diagnosed: FxHashSet<EcoString>,
    /// Reasons that the reader has reported: whoever reads such a value does not report it again.
    unreadable: FxHashSet<EcoString>,
    externals: Externals,
    questions: Vec<Question>,
    /// As [`report::key`] writes them.
    asked: FxHashSet<EcoString>,
    depends: Depends,
    keeping: Keeping,
    twins: Twins,
    /// The text of a configuration was read as a file, which no set of files tells.
    source_read: Cell<bool>,
}

impl<'p> Evaluator<'p> {
    fn new(program: &'p Program, sources: &'p Sources, version: Version, given: &'p Given) -> Evaluator<'p> {
        Evaluator {
            program,
            sources,
            version,
            given,
            definitions: Vec::new(),
            folders: FxHashMap::default(),
            instances: Vec::new(),
            bodies: Vec::new(),
            depth: 0,
            steps: 0,
            made: 0,
            blocks: 0,
            filling: Vec::new(),
            suspended: None,
            diagnostics: Diagnostics::new(),
            diagnosed: FxHashSet::default(),
            unreadable: FxHashSet::default(),
            externals: Externals::default(),
            questions: Vec::new(),
            asked: FxHashSet::default(),
            depends: Depends::default(),
            keeping: Keeping::default(),
            twins: Twins::default(),
            source_read: Cell::default(),
        }
    }
}
