//! CloudFormation templates in YAML and JSON, as people, SAM and CDK write them: one module per template.

pub mod change_set;
mod each;
mod intrinsics;
pub mod parameters;
pub mod sam;
pub mod stack_policy;
mod sub;
mod tags;
mod template;
#[cfg(test)]
mod tests;

use ecow::EcoString;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Dialect, Given, Module};
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Node};

pub use tags::long_forms;

/// Reads one template to its declarations. Loops and the serverless transform ask for the values that are given.
pub fn template(file: &SourceFile, given: &Given) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let empty = Module { dialect: Dialect::CloudFormation, ..Module::default() };
    let Some(root) = document::read_one(file.id, &file.text, &mut out) else { return (empty, out) };
    if !root.is_mapping() {
        out.push(Diagnostic::error("template", root.span, "a template is a mapping with Resources; nothing is read"));
        return (empty, out);
    }
    let root = long_forms(root, &mut out);
    let root = each::expanded(root, given, &mut out);
    let root = sam::applied(root, given, &mut out);
    (template::module(file, &root, &mut out), out)
}

/// Whether a text is a template: by what only templates say.
pub fn is_template(text: &str) -> bool {
    if text.contains("AWSTemplateFormatVersion") {
        return true;
    }
    text.contains("Resources") && (text.contains("AWS::") || text.contains("Custom::"))
}

/// Whether a text holds Kubernetes objects: both words begin lines.
pub fn is_kubernetes(text: &str) -> bool {
    let begins = |word: &str| text.lines().any(|line| line.starts_with(word));
    begins("apiVersion:") && begins("kind:")
}

/// The path of the template that a `TemplateURL` or `Location` means, among the templates at hand: by its path from
/// the folder of the template that names it, or else by its file name where only one has that.
pub fn nested<'a>(from: &str, location: &str, templates: impl Iterator<Item = &'a EcoString>) -> Option<EcoString> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let direct = joined(folder, location);
    let name = location.split(['?', '#']).next().unwrap_or(location).rsplit('/').next().unwrap_or(location);
    let mut by_name = Vec::new();
    for path in templates {
        if *path == direct {
            return Some(path.clone());
        }
        if path != from && path.rsplit('/').next() == Some(name) {
            by_name.push(path.clone());
        }
    }
    if by_name.len() == 1 { by_name.pop() } else { None }
}

fn joined(folder: &str, relative: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in relative.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// From a key to the end of its value.
fn whole(entry: &document::Entry) -> Span {
    entry.key.span.to(entry.value.span)
}

/// The texts of a value that is one text or a list of them.
fn texts(node: &Node) -> Vec<(&str, Span)> {
    match node.text() {
        Some(text) => vec![(text, node.span)],
        None => node.items().iter().filter_map(|item| Some((item.text()?, item.span))).collect(),
    }
}
