//! Whole evaluations of small configurations, and the expression vectors.

mod language;
mod properties;
mod references;
mod resources;
mod values;
mod vectors;

use super::*;
use crate::lang;
use crate::model::Resource;

/// A configuration's snapshot. The text may hold several files, each begun by `//// path`; before the first
/// such line it is `main.tf`.
pub(super) fn snapshot(text: &str) -> Snapshot {
    snapshot_with(text, &[])
}

fn snapshot_with(text: &str, variables: &[(&str, &str)]) -> Snapshot {
    let mut sources = Sources::default();
    for (path, text) in files(text) {
        sources.add(Version::After, path, text);
    }
    let mut problems = Vec::new();
    let program = lang::read(&sources, Version::After, &mut problems);
    assert_eq!(problems, [], "the configuration must be readable");
    let given = Given { variables: variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(), ..Given::default() };
    evaluate(&program, &sources, Version::After, &given)
}

fn files(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match line.trim_start().strip_prefix("//// ") {
            Some(path) => files.push((path, String::new())),
            None => {
                if files.is_empty() {
                    files.push(("main.tf", String::new()));
                }
                let (_, file) = files.last_mut().unwrap();
                file.push_str(line);
                file.push('\n');
            }
        }
    }
    files
}

pub(super) fn resource<'s>(snapshot: &'s Snapshot, address: &str) -> &'s Resource {
    let found = snapshot.resources.iter().find(|resource| resource.address.as_str() == address);
    found.unwrap_or_else(|| panic!("{address} is not among {:?}", addresses(snapshot)))
}

fn addresses(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.resources.iter().map(|resource| resource.address.as_str()).collect()
}

/// The arguments of a resource as they print.
pub(super) fn arguments(snapshot: &Snapshot, address: &str) -> String {
    crate::model::Value::Object(resource(snapshot, address).attributes.clone()).to_string()
}

/// The values of the outputs, a line for each: `name = value`.
pub(super) fn outputs(snapshot: &Snapshot) -> String {
    let lines = snapshot.outputs.iter().map(|output| format!("{} = {}", output.address.trim_start_matches("output."), output.value));
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn diagnostics(snapshot: &Snapshot) -> Vec<String> {
    snapshot.diagnostics.iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

fn questions(snapshot: &Snapshot) -> Vec<String> {
    snapshot.questions.iter().map(|question| format!("{:?} {}: {}", question.kind, question.subject, question.why)).collect()
}
