//! Stack policies in JSON: what `aws cloudformation set-stack-policy` takes.

use ecow::EcoString;

use super::texts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Module, StackPolicy, Statement};
use crate::source::SourceFile;
use crate::syntax::document::{self, Node};

/// Whether a JSON text is a stack policy: its actions are updates of a stack.
pub fn is_stack_policy(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && text.contains("\"Statement\"")
        && text.contains("\"Update:")
        && !text.contains("\"Resources\"")
}

/// Reads a stack policy.
pub fn read(file: &SourceFile) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let Some(root) = document::read_one(file.id, &file.text, &mut out) else { return (Module::default(), out) };
    let mut policy = StackPolicy { statements: Vec::new(), span: root.span };
    for node in root.get("Statement").map(|all| if all.is_sequence() { all.items() } else { std::slice::from_ref(all) }).unwrap_or_default()
    {
        match statement(node) {
            Some(statement) => policy.statements.push(statement),
            None => {
                out.push(Diagnostic::warning("stack-policy", node.span, "this statement has no Effect, Action or Resource; it is left out"))
            }
        }
    }
    (Module { stack_policy: Some(policy), ..Module::default() }, out)
}

fn statement(node: &Node) -> Option<Statement> {
    let all = |name: &str, not: &str| {
        let (node, without) = node.get(name).map(|node| (node, false)).or_else(|| Some((node.get(not)?, true)))?;
        Some((texts(node).into_iter().map(|(text, _)| text.into()).collect::<Vec<EcoString>>(), without))
    };
    let (actions, not_actions) = all("Action", "NotAction")?;
    let (resources, not_resources) = all("Resource", "NotResource")?;
    let condition = node.get("Condition");
    let types = ["StringEquals", "StringLike"].iter().filter_map(|kind| condition?.get(kind)?.get("ResourceType"));
    Some(Statement {
        deny: node.get("Effect")?.text()? == "Deny",
        actions,
        not_actions,
        resources,
        not_resources,
        types: types.flat_map(texts).map(|(text, _)| text.into()).collect(),
        span: node.span,
    })
}
