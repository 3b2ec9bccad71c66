//! Runs a program without running it: every statement once, unknown values carried along, both arms of an
//! undecided condition, and each resource it would register noted with its place.
//!
//! Owns the budget: steps, depth and repetitions are bounded, so no program takes long.
//!
//! The interface: a reader of a language lowers each file to [`ast::File`] (`program/ast.rs`); [`Given`] is all files
//! by path, the other texts the program may read, the file to start with and the configuration; [`run`] gives an
//! [`Outcome`], which `declare` lowers to declarations. A reader decides nothing: names, truth, methods and modules
//! follow from [`Language`], which each file carries. What differs between languages stands in two tables:
//!
//! - `python/` and `javascript.rs`: methods of known values, and functions of the standard library;
//! - `modules.rs`: how an import's name finds a file, and what a library is called (`pulumi_aws` for `@pulumi/aws`).
//!
//! Pulumi itself (`sdk/`) is one for both: paths arrive in one spelling (`pulumi.Output.all`, `pulumi_aws.s3.Bucket`),
//! options and arguments by either language's names. JavaScript's exports are the value `\0exports` of a module's scope;
//! objects are [`value::Value::Dict`], `this` is a name of the scope, `new C()` and `C()` are the same call.

mod access;
mod call;
mod class;
mod errors;
mod expression;
mod held;
mod javascript;
mod matching;
mod modules;
mod operate;
mod plain;
mod python;
mod registry;
mod sdk;
mod statement;
mod text;
pub mod value;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::{EcoString, eco_format};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::aliases::Aliases;
use super::program::ast::{self, Language};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Question, QuestionKind, Unknown, UnknownKind};
use crate::source::{FileId, Span};
use held::Rc;
use value::{Deps, Scope, Value};

pub use modules::{javascript_file, normal};
pub use python::json::quoted;
pub use registry::{Kind, MARK, Options, Registered, expanded};
pub use sdk::enum_value;
pub use sdk::token::snake;
pub use text::shown as text_of;
pub use value::value_of_key;
pub use yaml::run as run_yaml;

/// What a program is given: its files and its configuration.
#[derive(Default)]
pub struct Given {
    /// The program's files that are code, by path.
    pub files: BTreeMap<EcoString, Arc<ast::File>>,
    /// Other texts it may read while it runs, by path.
    pub texts: BTreeMap<EcoString, Arc<str>>,
    /// Names that the project gives to its own files.
    pub aliases: Aliases,
    /// The project's folder, without trailing slash.
    pub folder: EcoString,
    /// The file to run.
    pub main: EcoString,
    pub project: EcoString,
    pub stack: Option<EcoString>,
    /// Configuration by full key, `aws:region`; a secret without its text has no value.
    pub config: BTreeMap<EcoString, Setting>,
}

/// A value of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub text: Option<EcoString>,
    pub secret: bool,
}

/// What a program would do.
pub struct Outcome {
    pub resources: Vec<Registered>,
    pub exports: Vec<(EcoString, Value, Span)>,
    /// Settings without a value.
    pub questions: Vec<Question>,
    pub diagnostics: Diagnostics,
    /// Its language spells arguments `likeThis`.
    pub camel: bool,
    /// Taken apart when the rest of this is no longer needed.
    pub circles: held::Circles,
}

/// Why reading stops before the end of a function or of the program.
pub enum Stop {
    /// An exception, with its value.
    Raise(Value, Span),
    /// The budget is used up.
    Limit,
    /// A generator has given all that is asked of it.
    Enough,
}

pub type Result<T> = std::result::Result<T, Stop>;

/// Steps a program may take: a step is a statement or an expression.
const MOST_STEPS: u32 = 1_000_000;
/// Statements that are read for a little longer when the steps are used up.
const MOST_SPARES: u32 = 50;
const TOO_MANY_STEPS: &str = "too-many-steps";
/// How deep expressions, statements and calls may nest, together.
const DEEPEST: u32 = 240;
/// How often one loop may go round.
const MOST_ROUNDS: usize = 20_000;
/// Resources one program may register.
const MOST_RESOURCES: usize = 50_000;

pub struct Interpreter<'a> {
    pub given: &'a Given,
    pub resources: Vec<Registered>,
    pub exports: Vec<(EcoString, Value, Span)>,
    pub questions: Vec<Question>,
    pub notes: Diagnostics,
    /// The calls that led here, outermost first.
    chain: Vec<Span>,
    /// The functions that run, each with how many undecided conditions stood around its call.
    active: Vec<(Span, usize)>,
    /// The undecided conditions that stand around this place.
    conditions: Vec<Span>,
    /// What undecided returns would give, for each call that runs.
    maybe: Vec<Vec<Value>>,
    modules: IndexMap<EcoString, Rc<Scope>, FxBuildHasher>,
    /// Python's `sys.path`, as the program adds to it.
    search: Rc<std::cell::RefCell<Vec<Value>>>,
    /// What functions gave that remember it, by their place and their arguments.
    remembered: IndexMap<(Span, EcoString), Value, FxBuildHasher>,
    /// Labels of the statement that comes next.
    labels: Vec<EcoString>,
    /// A loop that runs may have been left, or its function.
    may_leave: bool,
    /// Libraries whose names were all brought in, by file.
    stars: Vec<(EcoString, EcoString)>,
    steps: u32,
    spares: u32,
    depth: u32,
    /// What stands around that an exception would be caught by, or the arms of an undecided condition.
    tries: u32,
    /// The `try` around whose handlers would take it.
    caught: u32,
    /// The exceptions whose handlers run.
    handling: Vec<Value>,
    /// The functions of `apply` that run: what they are handed is plain.
    applying: u32,
    circles: held::Circles,
}

/// The arguments of a call.
#[derive(Default, Clone)]
pub struct Args {
    pub positional: Vec<Value>,
    pub named: Vec<(EcoString, Value)>,
    /// Where the named ones are written.
    pub spans: Vec<Span>,
    /// Some arguments are not known.
    pub open: bool,
}

/// Runs a program.
pub fn run(given: &Given) -> Outcome {
    let mut interpreter = Interpreter::new(given);
    interpreter.main();
    let camel = given.files.get(&given.main).is_some_and(|main| main.language == Language::JavaScript);
    Outcome {
        resources: interpreter.resources,
        exports: interpreter.exports,
        questions: interpreter.questions,
        diagnostics: interpreter.notes,
        camel,
        circles: interpreter.circles,
    }
}

impl<'a> Interpreter<'a> {
    fn new(given: &'a Given) -> Interpreter<'a> {
        Interpreter {
            given,
            resources: Vec::new(),
            exports: Vec::new(),
            questions: Vec::new(),
            notes: Diagnostics::new(),
            chain: Vec::new(),
            active: Vec::new(),
            applying: 0,
            conditions: Vec::new(),
            maybe: vec![Vec::new()],
            modules: IndexMap::default(),
            search: Rc::default(),
            remembered: IndexMap::default(),
            labels: Vec::new(),
            may_leave: false,
            stars: Vec::new(),
            steps: MOST_STEPS,
            spares: MOST_SPARES,
            depth: 0,
            tries: 0,
            caught: 0,
            handling: Vec::new(),
            circles: held::Circles::default(),
        }
    }

    fn main(&mut self) {
        let Some(file) = self.given.files.get(&self.given.main) else { return };
        match self.load(&self.given.main.clone()).and_then(|scope| self.after_main(&scope)) {
            Ok(()) => {}
            Err(Stop::Raise(value, span)) => self.stopped(&value, span),
            Err(Stop::Limit | Stop::Enough) => self.exhausted(self.chain.first().copied().unwrap_or(Span::new(file.id, 0, 0))),
        }
    }

    /// Whether reading goes on behind a statement that used up the budget: a little is kept for what follows it.
    fn spare(&mut self, span: Span) -> bool {
        const STEPS: u32 = 20_000;
        self.exhausted(span);
        if self.spares == 0 || self.resources.len() >= MOST_RESOURCES {
            return false;
        }
        self.spares -= 1;
        self.steps = STEPS;
        true
    }

    fn exhausted(&mut self, span: Span) {
        if !self.notes.iter().any(|note| note.code == TOO_MANY_STEPS) {
            let message = "here this program takes more steps than are read; what these would still have made is left out";
            self.notes.push(Diagnostic::error(TOO_MANY_STEPS, span, message));
        }
    }

    /// An exception that nothing catches. The program may stop for want of what only a deployment has, so the
    /// statements after it are read all the same.
    fn stopped(&mut self, value: &Value, span: Span) {
        // What may not happen is no news.
        if !self.conditions.is_empty() {
            return;
        }
        let message = eco_format!("the program stops here: {}; what comes after is read as if it did not", errors::said(value));
        self.note("program-stops", span, message);
    }

    /// Runs something that may not happen.
    fn under<T>(&mut self, condition: Span, run: impl FnOnce(&mut Self) -> T) -> T {
        let conditions = self.conditions.len();
        self.conditions.push(condition);
        let done = run(self);
        self.conditions.truncate(conditions);
        done
    }

    fn step(&mut self) -> Result<()> {
        self.steps = self.steps.checked_sub(1).ok_or(Stop::Limit)?;
        Ok(())
    }

    /// Runs something one level deeper; too deep is an unknown value, not a failure.
    fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        self.step()?;
        if self.depth >= DEEPEST {
            return Ok(None);
        }
        self.depth += 1;
        let done = run(self);
        self.depth -= 1;
        done.map(Some)
    }

    /// The value of a setting that nothing gives, listed where it was asked for first.
    pub fn without_value(&mut self, key: &str, sensitive: bool, span: Span) -> Value {
        const MOST: usize = 1000;
        let subject = eco_format!("the configuration {key}");
        if self.questions.len() < MOST && !self.questions.iter().any(|question| question.subject == subject) {
            let why = match self.given.config.get(key) {
                Some(_) => "its value is encrypted, or no value was given",
                None => "it has no default, and no file of the stack gives it a value",
            };
            let (kind, subject) = (QuestionKind::Unsupported, subject.clone());
            self.questions.push(Question { kind, subject, why: why.into(), span, sensitive, wants: EcoString::new() });
        }
        Value::unknown_of(Unknown::new(UnknownKind::NoValue, subject), Default::default())
    }

    pub fn note(&mut self, code: &'static str, span: Span, message: impl Into<EcoString>) {
        const MOST: usize = 100;
        let diagnostic = Diagnostic::warning(code, span, message);
        if self.notes.len() < MOST && !self.notes.contains(&diagnostic) {
            self.notes.push(diagnostic);
        }
    }

    fn too_deep(&mut self, span: Span) -> Value {
        self.note("too-deep", span, "the program nests deeper here than is read");
        Value::unknown(UnknownKind::Limit, "nested too deep")
    }

    fn is_python(scope: &Scope) -> bool {
        scope.unit.language == Language::Python
    }
}

impl Args {
    pub fn of(positional: Vec<Value>) -> Args {
        Args { positional, ..Args::default() }
    }

    /// The argument at a place, or by its name.
    pub fn get(&self, at: usize, name: &str) -> Option<&Value> {
        self.positional.get(at).or_else(|| self.named(name))
    }

    pub fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(named, _)| named == name).map(|(_, value)| value)
    }

    pub fn first(&self) -> Option<&Value> {
        self.positional.first()
    }

    pub fn deps(&self) -> Deps {
        let mut deps = Deps::default();
        self.positional.iter().chain(self.named.iter().map(|(_, value)| value)).for_each(|value| deps.add(&value::deps_of(value)));
        deps
    }
}

/// A place that stands for no text.
pub fn nowhere(file: FileId) -> Span {
    Span::new(file, 0, 0)
}
