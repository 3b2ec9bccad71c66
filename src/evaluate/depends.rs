//! What results were made from: which files an evaluation has read anything of, so that after an edit only that is
//! evaluated again which the edited file had a part in.
//!
//! A set of files is a number, the same number for the same set: most results were made from one of a few sets.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Evaluator;
use super::instance::Target;
use crate::model::Question;
use crate::order::Order as _;
use crate::source::FileId;

/// A set of files and of questions asked on the way.
pub(super) type Origin = u32;

pub(super) const NOTHING: Origin = 0;
/// What cannot be told by files: a result that said something on the way, which the next evaluation has to say again.
pub(super) const UNKEPT: Origin = 1;

/// Members from here on are questions, by their position.
const QUESTIONS: u32 = 1 << 31;
/// Of the set that is [`UNKEPT`].
const ANYTHING: u32 = u32::MAX;
/// Sets that are told apart; past that, results are not kept.
const SETS: usize = 20_000;

/// The sets met so far, and the questions that are members of them. Stays from one evaluation to the next.
#[derive(Debug, Clone)]
pub(super) struct Origins {
    /// Sorted members of each set.
    members: Vec<Arc<[u32]>>,
    numbers: FxHashMap<Arc<[u32]>, Origin>,
    unions: FxHashMap<(Origin, Origin), Origin>,
    questions: Vec<Question>,
}

impl Default for Origins {
    fn default() -> Origins {
        let mut origins =
            Origins { members: Vec::new(), numbers: FxHashMap::default(), unions: FxHashMap::default(), questions: Vec::new() };
        origins.number(&[]);
        origins.number(&[ANYTHING]);
        origins
    }
}

impl Origins {
    fn number(&mut self, members: &[u32]) -> Origin {
        if let Some(known) = self.numbers.get(members) {
            return *known;
        }
        if self.members.len() >= SETS {
            return UNKEPT;
        }
        let members: Arc<[u32]> = members.into();
        let number = self.members.len() as Origin;
        self.members.push(Arc::clone(&members));
        self.numbers.insert(members, number);
        number
    }

    fn union(&mut self, a: Origin, b: Origin) -> Origin {
        if a == b || b == NOTHING || a == UNKEPT {
            return a;
        }
        if a == NOTHING || b == UNKEPT {
            return b;
        }
        let pair = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(&pair) {
            return *known;
        }
        let (Some(first), Some(second)) = (self.members.get(a as usize), self.members.get(b as usize)) else { return UNKEPT };
        let mut members: Vec<u32> = first.iter().chain(second.iter()).copied().collect();
        members.order();
        members.dedup();
        let number = self.number(&members);
        self.unions.insert(pair, number);
        number
    }

    pub fn files(&self, origin: Origin) -> impl Iterator<Item = u32> {
        self.members.get(origin as usize).into_iter().flat_map(|members| members.iter().copied()).filter(|member| *member < QUESTIONS)
    }

    fn questions(&self, origin: Origin) -> impl Iterator<Item = &Question> {
        let members = self.members.get(origin as usize).into_iter().flat_map(|members| members.iter());
        members
            .filter(|member| **member >= QUESTIONS && **member != ANYTHING)
            .filter_map(|at| self.questions.get((at - QUESTIONS) as usize))
    }

    /// So many sets are known that new ones may soon not be told apart.
    pub fn is_full(&self) -> bool {
        self.members.len() >= SETS / 2
    }
}

/// The results being made now, outermost first, with what went into each so far.
#[derive(Debug, Default)]
pub(super) struct Depends {
    /// Whether anybody wants to know.
    pub wanted: bool,
    pub origins: Origins,
    open: Vec<Frame>,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    origin: Origin,
    /// The file added last: the next is most often the same.
    last: FileId,
}

impl Evaluator<'_> {
    /// Begins a result.
    pub(super) fn open(&mut self) {
        if self.depends.wanted {
            self.depends.open.push(Frame { origin: NOTHING, last: FileId(u32::MAX) });
        }
    }

    /// Ends it: what went into it went into the result around it too.
    pub(super) fn close(&mut self) -> Origin {
        if self.source_read.take() {
            self.unkept();
        }
        let Some(frame) = self.depends.open.pop() else { return NOTHING };
        self.depend(frame.origin);
        frame.origin
    }

    /// Something made before goes into the present result.
    pub(super) fn depend(&mut self, origin: Origin) {
        let Depends { open, origins, .. } = &mut self.depends;
        if let Some(frame) = open.last_mut() {
            frame.origin = origins.union(frame.origin, origin);
        }
    }

    /// Something that stands in a file goes into the present result.
    pub(super) fn depend_on_file(&mut self, file: FileId) {
        let Depends { open, origins, .. } = &mut self.depends;
        if let Some(frame) = open.last_mut()
            && frame.last != file
        {
            frame.last = file;
            // A value given as text stands in no file, and stays the same.
            if file.0 < QUESTIONS {
                let single = origins.number(&[file.0]);
                frame.origin = origins.union(frame.origin, single);
            }
        }
    }

    /// What has gone into the present result so far.
    pub(super) fn present(&self) -> Origin {
        self.depends.open.last().map_or(NOTHING, |frame| frame.origin)
    }

    /// The present result is not to be kept.
    pub(super) fn unkept(&mut self) {
        self.depend(UNKEPT);
    }

    /// The present result asked something: whoever takes it over asks that too.
    pub(super) fn depend_on_question(&mut self, question: &Question) {
        if self.depends.open.is_empty() {
            return;
        }
        let origins = &mut self.depends.origins;
        let at = match origins.questions.iter().position(|known| known == question) {
            Some(known) => known,
            None => {
                origins.questions.push(question.clone());
                origins.questions.len() - 1
            }
        };
        let single = origins.number(&[QUESTIONS | at as u32]);
        self.depend(single);
    }

    /// Asks what a result asked that is taken over.
    pub(super) fn ask_again(&mut self, origin: Origin) {
        for question in self.depends.origins.questions(origin) {
            if self.asked.insert(super::report::key(question.kind, &question.subject)) {
                self.questions.push(question.clone());
            }
        }
    }

    /// The declaration whose slot is filled, and what decided that its module instance is there.
    pub(super) fn depend_on_declaration(&mut self, target: Target) {
        if !self.depends.wanted {
            return;
        }
        let module = target.module();
        if let Some(instance) = self.instance(module) {
            let (origin, caller) = (instance.origin, instance.caller.as_ref().map(|caller| (caller.module, caller.call)));
            self.depend(origin);
            // An input is there or not, whatever it says.
            if let Some(call) = caller.and_then(|(module, at)| self.call_of(module, at)) {
                self.depend_on_file(call.header.file);
            }
        }
        if let Some(file) = self.file_of(target) {
            self.depend_on_file(file);
        }
    }

    fn file_of(&self, target: Target) -> Option<FileId> {
        let module = self.definition_of(target.module())?.module;
        Some(match target {
            Target::Variable(_, at) | Target::VariableReferences(_, at) => module.variables.get(at as usize)?.header.file,
            Target::Local(_, at) | Target::LocalReferences(_, at) => module.locals.get(at as usize)?.name_span.file,
            Target::Output(_, at) | Target::OutputReferences(_, at) => module.outputs.get(at as usize)?.header.file,
            Target::Resource(_, at) | Target::Body(_, at, _) => module.resources.get(at as usize)?.header.file,
            Target::Call(_, at) | Target::Inside(_, at) => module.calls.get(at as usize)?.header.file,
            Target::CallReferences(_) => return None,
        })
    }
}
