//! Expressions and the values that the language's own documentation and reference implementation give them.
//!
//! The vectors are in `tests/vectors/`, each file with its source and commit. Those we do not meet are listed
//! here, each with its reason.

use crate::evaluate::expression::invalid;
use crate::evaluate::functions::json;
use crate::evaluate::scope::Scope;
use crate::evaluate::{Evaluator, Given};
use crate::lang::{Program, terraform};
use crate::model::{Object, UnknownKind, Value};
use crate::source::{FileId, Sources, Span, Version};

const FUNCTIONS: &str = include_str!("../../../tests/vectors/hcl_functions.json");
const EXPRESSIONS: &str = include_str!("../../../tests/vectors/hcl_expressions.json");

/// Function vectors that we do not meet, with the reason.
const DISPUTED_FUNCTIONS: &[(&str, &str)] = &[
    ("format(\"%#v\", null)", "what Terraform makes of a null that has no type is never known"),
    ("\"  items: ${indent(2, \"[\\n  foo,\\n  bar,\\n]\\n\")}\"", "the page prints the result without its last, blank line"),
];

/// Expression vectors that we do not meet, with the reason.
const DISPUTED_EXPRESSIONS: &[(&str, &str)] = &[
    ("nulllist.*.name", "null is a typed null list there; values here have no type beside null"),
    ("listofobj[*].scalar[*]", "a list of lists must have one type there; only the vector with a null item is meant"),
];

pub(super) fn evaluated(text: &str, template: bool, vars: Option<&Object>) -> Value {
    let (program, sources, given) = (Program::default(), Sources::default(), Given::default());
    let mut evaluator = Evaluator::new(&program, &sources, Version::After, &given);
    let span = Span::new(FileId(0), 0, 0);
    if template {
        return evaluator.template_text(text, &Value::object(vars.cloned().unwrap_or_default()), span);
    }
    let (expr, problems) = terraform::expression(FileId(0), text);
    match problems.first() {
        Some(problem) => invalid(problem.message.clone()),
        None => evaluator.eval(&expr, &Scope { handed: vars, ..Scope::of_module(0) }),
    }
}

/// What a vector says, met or not.
fn verdict(vector: &Object) -> Result<(), String> {
    let text = vector.get("expr").unwrap().as_text().unwrap();
    let template = vector.get("kind").is_some_and(|kind| kind.as_text().unwrap() == "template");
    let vars = vector.get("vars").map(|vars| vars.as_object().unwrap());
    let found = evaluated(text, template, vars);
    if vector.contains_key("error") {
        return match found.unmarked() {
            Value::Unknown(unknown) if unknown.kind == UnknownKind::Invalid => Ok(()),
            other => Err(format!("an error is wanted, found {other}")),
        };
    }
    if vector.contains_key("result_sensitive") {
        return if found.is_sensitive() { Ok(()) } else { Err(format!("a sensitive value is wanted, found {found}")) };
    }
    let wanted = vector.get("result").unwrap();
    // A set has no order, and the vectors do not tell sets from lists.
    let same = found == *wanted || text.starts_with("set") && unordered(&found) == unordered(wanted);
    if same { Ok(()) } else { Err(format!("{wanted} is wanted, found {found}")) }
}

fn unordered(value: &Value) -> Vec<String> {
    let mut items: Vec<String> = value.as_list().unwrap_or(&[]).iter().map(|item| format!("{item}")).collect();
    items.sort();
    items
}

#[track_caller]
fn check(file: &str, count: usize, disputed: &[(&str, &str)]) {
    let parsed = json::parse(file).unwrap();
    let vectors = parsed.as_object().unwrap().get("vectors").unwrap().as_list().unwrap();
    assert_eq!(vectors.len(), count);
    let mut failures = Vec::new();
    let mut met = 0;
    let mut unmet: Vec<&str> = Vec::new();
    for vector in vectors {
        let vector = vector.as_object().unwrap();
        let text = vector.get("expr").unwrap().as_text().unwrap();
        let known = disputed.iter().any(|(disputed, _)| *disputed == text.as_str());
        match verdict(vector) {
            Ok(()) => met += 1,
            Err(_) if known => unmet.push(text),
            Err(difference) => failures.push(format!("{text}: {difference}")),
        }
    }
    failures.extend(disputed.iter().filter(|(text, _)| !unmet.contains(text)).map(|(text, _)| format!("{text}: disputed, but met")));
    assert!(failures.is_empty(), "{met} of {count} vectors met; not met:\n{}", failures.join("\n"));
    println!("{met} of {count} vectors met, {} disputed", disputed.len());
}

#[test]
fn functions() {
    check(FUNCTIONS, 236, DISPUTED_FUNCTIONS);
}

#[test]
fn expressions() {
    check(EXPRESSIONS, 107, DISPUTED_EXPRESSIONS);
}
