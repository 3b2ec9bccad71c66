//! The functions of each language: one file per family, one table per dialect.

mod argument;
mod collection;
mod conversion;
mod encoding;
mod filesystem;
mod format;
mod glob;
mod hash;
pub(crate) mod json;
mod lazy;
mod letters;
mod network;
mod number;
mod pattern;
mod set;
mod text;
mod time;
mod yaml;

pub(super) use argument::sorted;
pub(super) use lazy::failure;
use std::sync::OnceLock;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::convert::written_out;
use super::expression::{first_unknown, invalid, mark};
use super::scope::Scope;
use crate::model::{Expr, Object, QuestionKind, Unknown, UnknownKind, Value};
use crate::source::Span;
use crate::unicode::composed;

/// Why a function gives no value.
#[derive(Debug, Clone, PartialEq)]
enum Failure {
    /// The call is wrong.
    Invalid(EcoString),
    Unknown(Unknown),
    /// A file that was not given.
    File(EcoString),
}

type Outcome = Result<Value, Failure>;

/// One function of a language.
pub(super) struct Function {
    name: &'static str,
    least: usize,
    most: usize,
    run: Run,
}

impl Function {
    pub(super) fn needs_no_file(&self) -> bool {
        !matches!(self.run, Run::Files(_) | Run::Impure | Run::Unsupported) && self.name != "templatefile"
    }
}

#[derive(Clone, Copy)]
enum Run {
    /// Needs every part of its arguments; marks of any part mark the result.
    Whole(fn(&[Value]) -> Outcome),
    /// Needs only the shape of its arguments; parts keep their marks and stay unknown where they are.
    Shape(fn(&[Value]) -> Outcome),
    /// Evaluates its arguments itself.
    Lazy(fn(&mut Evaluator<'_>, &Call<'_>) -> Value),
    /// Reads files that were given.
    Files(fn(&Evaluator<'_>, u32, &[Value]) -> Outcome),
    /// Its result hangs on the moment it runs.
    Impure,
    /// Known, but not evaluated.
    Unsupported,
}

/// A call whose arguments are not evaluated yet.
struct Call<'c> {
    args: &'c [Expr],
    expand_last: bool,
    scope: &'c Scope<'c>,
    span: Span,
}

const MANY: usize = usize::MAX;

/// `kind name(arguments) = function;` for each function of a family.
macro_rules! functions {
    ($($kind:ident $name:literal($least:literal $(..= $most:expr)?) $(= $run:expr)?;)*) => {
        pub(super) const TABLE: &[super::Function] = &[$(super::Function {
            name: $name,
            least: $least,
            most: functions!(@most $least $(, $most)?),
            run: functions!(@run $kind $($run)?),
        }),*];
    };
    (@most $least:literal) => { $least };
    (@most $least:literal, $most:expr) => { $most };
    (@run whole $run:expr) => { super::Run::Whole($run) };
    (@run shape $run:expr) => { super::Run::Shape($run) };
    (@run lazy $run:expr) => { super::Run::Lazy($run) };
    (@run files $run:expr) => { super::Run::Files($run) };
    (@run impure) => { super::Run::Impure };
    (@run unsupported) => { super::Run::Unsupported };
}
use functions;

/// The functions of Terraform and OpenTofu.
const TERRAFORM: &[&[Function]] = &[
    collection::TABLE,
    conversion::TABLE,
    encoding::TABLE,
    filesystem::TABLE,
    format::TABLE,
    hash::TABLE,
    json::TABLE,
    lazy::TABLE,
    network::TABLE,
    number::TABLE,
    pattern::TABLE,
    set::TABLE,
    text::TABLE,
    time::TABLE,
    yaml::TABLE,
];

/// Finds a function by its name; `core::` is the language's own namespace.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    static INDEX: OnceLock<FxHashMap<&'static str, &'static Function>> = OnceLock::new();
    let index = INDEX.get_or_init(|| TERRAFORM.iter().flat_map(|family| family.iter()).map(|function| (function.name, function)).collect());
    index.get(name.strip_prefix("core::").unwrap_or(name)).copied()
}

/// The function that a name may be meant for: it differs in capitals, or in one letter that is wrong, missing or too many.
pub(super) fn near(name: &str) -> EcoString {
    let small = name.to_ascii_lowercase();
    let mut all = TERRAFORM.iter().flat_map(|family| family.iter());
    let found = all.find(|function| {
        let (a, b) = (small.as_bytes(), function.name.as_bytes());
        let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let behind = |name: &'_ [u8], more: usize| -> usize { name.len().saturating_sub(same + more) };
        let alike = |left: usize, right: usize| left == right && a.ends_with(b.get(b.len() - right..).unwrap_or_default());
        alike(behind(a, 1), behind(b, 1)) || alike(behind(a, 1), behind(b, 0)) || alike(behind(a, 0), behind(b, 1))
    });
    found.map_or_else(EcoString::new, |function| eco_format!(": is it {}?", function.name))
}

impl Evaluator<'_> {
    pub(super) fn apply(&mut self, function: &'static Function, args: &[Expr], expand_last: bool, scope: &Scope<'_>, span: Span) -> Value {
        let name = function.name;
        match function.run {
            Run::Lazy(run) => return run(self, &Call { args, expand_last, scope, span }),
            Run::Impure => return Value::unknown(UnknownKind::Impure, eco_format!("{name}()")),
            Run::Unsupported => {
                self.ask_unsupported(&name.into(), span);
                return Value::unknown(UnknownKind::Unsupported, eco_format!("{name}()"));
            }
            Run::Whole(_) | Run::Shape(_) | Run::Files(_) => {}
        }
        let written = args;
        let (mut args, mut sensitive) = match self.arguments_of(args, expand_last, scope) {
            Ok(found) => found,
            Err(value) => return value,
        };
        if args.len() < function.least || args.len() > function.most {
            return invalid(eco_format!("{name}() does not take {} arguments", args.len()));
        }
        let settles = matches!(
            name,
            "chunklist"
                | "concat"
                | "distinct"
                | "format"
                | "formatlist"
                | "lookup"
                | "matchkeys"
                | "setintersection"
                | "setsubtract"
                | "setunion"
                | "tolist"
                | "tomap"
                | "toset"
        );
        let settles = settles && !expand_last && args.iter().any(|arg| is_bare(arg, 4));
        // A limit that an argument met is told where it was met.
        let mut own = true;
        let outcome = match function.run {
            Run::Shape(run) => {
                // What looks at the parts is marked where one is.
                if matches!(name, "alltrue" | "anytrue" | "coalescelist" | "contains" | "distinct" | "index" | "matchkeys" | "toset") {
                    sensitive |= args.iter().any(holds_mark);
                }
                for arg in &mut args {
                    if let Value::Sensitive(inner) = arg {
                        sensitive = true;
                        *arg = inner.unmarked().clone();
                    }
                }
                let needed = match name {
                    // What is in the map needs no default.
                    "lookup" => args.get(..2).unwrap_or_default(),
                    // How many there are follows from the ends alone.
                    "slice" => args.get(1..).unwrap_or_default(),
                    _ => &args,
                };
                match args.iter().find_map(failure).cloned().or_else(|| unknown_at_top(needed)) {
                    Some(unknown) => {
                        own = false;
                        Err(Failure::Unknown(unknown))
                    }
                    None => run(&args),
                }
            }
            Run::Whole(_) | Run::Files(_) => {
                sensitive |= args.iter().any(holds_mark);
                if sensitive {
                    args.iter_mut().for_each(|arg| *arg = without_marks(arg));
                }
                match (args.iter().find_map(first_unknown), function.run) {
                    (Some(unknown), _) => {
                        own = false;
                        let unknown = unknown.clone();
                        // What writes all of its arguments differs where any of them does.
                        let way = ["jsonencode", "yamlencode", "join", "format", "formatlist"].iter().position(|it| *it == name);
                        Err(Failure::Unknown(match (way, args.as_slice()) {
                            (Some(0), [document]) if !sensitive => unknown.within(&written_out(&args), 1, document.clone()),
                            (Some(way), _) => unknown.within(&written_out(&args), way as u32 + 1, Value::Null),
                            (None, _) => unknown,
                        }))
                    }
                    (None, Run::Whole(run)) => run(&args).map(composed_in),
                    (None, Run::Files(run)) => run(self, scope.module, &args).map(composed_in),
                    (None, _) => Ok(Value::Null),
                }
            }
            Run::Lazy(_) | Run::Impure | Run::Unsupported => Ok(Value::Null),
        };
        let value = mark(self.outcome(outcome, name, scope.module, span, own), sensitive);
        if settles { self.of_told_type(value, name, written, scope) } else { value }
    }

    fn outcome(&mut self, outcome: Outcome, name: &str, module: u32, span: Span, own: bool) -> Value {
        match outcome {
            Ok(value) => value,
            Err(Failure::Invalid(message)) => invalid(eco_format!("{name}(): {message}")),
            Err(Failure::Unknown(unknown)) => {
                if unknown.kind == UnknownKind::Limit && own {
                    self.warn("limit", span, eco_format!("{name}(): {}", unknown.subject));
                }
                if unknown.kind == UnknownKind::Unsupported {
                    self.ask(
                        QuestionKind::Unsupported,
                        unknown.subject.clone(),
                        eco_format!("{} is not evaluated", unknown.subject),
                        span,
                        false,
                    );
                }
                Value::Unknown(unknown)
            }
            Err(Failure::File(path)) => {
                let why = eco_format!("{name}() reads it, and it was not given");
                let wants = self.path_of_file(&path, module);
                self.ask_for(QuestionKind::File, path.clone(), why, span, false, wants);
                Self::not_given(&path)
            }
        }
    }
}

/// An argument that is not known as a whole: itself, or a resource of which only a part is.
fn unknown_at_top(args: &[Value]) -> Option<Unknown> {
    args.iter().find_map(|arg| match arg {
        Value::Unknown(unknown) => Some(unknown.clone()),
        Value::Object(object) => match object.get(super::access::OPEN) {
            Some(Value::Unknown(unknown)) => Some(unknown.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a part of it tells no type: a null, or nothing in a list or map.
fn is_bare(value: &Value, depth: u32) -> bool {
    match value.unmarked() {
        Value::Null => true,
        Value::List(items) => items.is_empty() || depth > 0 && items.iter().any(|item| is_bare(item, depth - 1)),
        Value::Object(object) => object.is_empty() || depth > 0 && object.values().any(|item| is_bare(item, depth - 1)),
        _ => false,
    }
}

/// A text that a function made, composed; those that decode compose the texts within.
fn composed_in(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(composed(text)),
        other => other,
    }
}

/// Whether a mark stands at any depth.
pub(super) fn holds_mark(value: &Value) -> bool {
    match value {
        Value::Sensitive(_) => true,
        Value::List(items) => items.iter().any(holds_mark),
        Value::Object(object) => object.values().any(holds_mark),
        _ => false,
    }
}

/// The value with no mark at any depth. For computation whose result is marked again.
fn without_marks(value: &Value) -> Value {
    match value {
        Value::Sensitive(inner) => without_marks(inner),
        Value::List(items) if items.iter().any(holds_mark) => Value::list(items.iter().map(without_marks).collect()),
        Value::Object(object) if object.values().any(holds_mark) => {
            Value::object(object.iter().map(|(key, value)| (key.clone(), without_marks(value))).collect::<Object>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_registered_twice() {
        let mut names: Vec<&str> = TERRAFORM.iter().flat_map(|family| family.iter()).map(|function| function.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
