//! What Pulumi's engine writes: `pulumi preview --json`, `pulumi stack export`, and streams of engine events.
//!
//! Shapes as of Pulumi 3.0 to 3.2xx (`PreviewDigest` and `EngineEvent` of its Go SDK; deployments of versions 1 to 4, and
//! checkpoints as a backend on disk keeps them). A document names resources by URN, which has their type and name and so
//! their address: a program beside it gives lines, edges and what the document leaves out as unchanged.

mod state;
mod steps;
mod values;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Module, Recorded};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::document::{self, Node};

pub use state::path_of;
use steps::Steps;

/// A part of the text that is a document of its own, and where it begins.
struct Part {
    root: Node,
    base: u32,
}

/// Reads what the engine wrote.
pub fn read(file: &SourceFile) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let text = file.text.as_ref();
    let parts = match whole(text) {
        Some(found) => found.into_iter().filter_map(|(base, text)| part(file.id, base, text, &mut out)).collect(),
        None => lines(file.id, text, &mut out),
    };
    let damaged = out.iter().any(|it| it.level == Level::Error);
    let mut recorded = match parts.first() {
        Some(first) if first.root.get("deployment").is_some() || first.root.get("checkpoint").is_some() => stack(first, &mut out),
        _ => preview(&parts, &mut out),
    };
    // What was cut off may have been there.
    recorded.partial |= damaged;
    // A damaged text of which nothing was understood must not stand in the place of the files beside it.
    let nothing = recorded.before.is_empty() && recorded.after.is_empty() && recorded.planned.as_ref().is_none_or(Vec::is_empty);
    if damaged && nothing {
        return (Module::default(), out);
    }
    (Module { recorded: Some(Arc::new(recorded)), ..Module::default() }, out)
}

/// The documents of a text that are spread over lines, mostly one; `None` for events that stand on a line each. What a
/// command printed before and after is passed over.
fn whole(text: &str) -> Option<Vec<(u32, &str)>> {
    let list = text.trim_start_matches('\u{feff}').trim_start();
    if list.starts_with('[') {
        return Some(vec![((text.len() - list.len()) as u32, list)]);
    }
    let start = line_starts(text).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('{')))?;
    let rest = text.get(start..)?;
    let first = rest.lines().next().unwrap_or_default();
    let alone = first.trim_end().ends_with('}') && rest.trim_end().len() > first.trim_end().len();
    let event = ["\"sequence\":", "\"timestamp\":", "Event\":"].iter().any(|mark| first.contains(mark)) && !first.contains("\"events\":");
    let only = rest.trim_end().len() == first.trim_end().len();
    if alone || event && only {
        return None;
    }
    let closes = |at: &usize| rest.get(*at + 2..).is_some_and(|behind| behind.is_empty() || behind.starts_with(['\n', '\r']));
    let end = rest.rmatch_indices("\n}").map(|(at, _)| at).find(closes).map_or(rest.len(), |at| at + 2);
    let rest = rest.get(..end)?;
    // Events may be spread over lines too, one after the other.
    let mut from = 0;
    let mut found = Vec::new();
    for (at, _) in rest.match_indices("\n}\n{") {
        found.extend(rest.get(from..at + 2).map(|text| ((start + from) as u32, text)));
        from = at + 3;
    }
    found.extend(rest.get(from..).map(|text| ((start + from) as u32, text)));
    Some(found)
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let first = text.len() - text.trim_start_matches('\u{feff}').len();
    std::iter::once(first).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn lines(file: FileId, text: &str, out: &mut Diagnostics) -> Vec<Part> {
    let starts = line_starts(text).filter_map(|at| Some((at, text.get(at..)?.lines().next()?)));
    starts.filter(|(_, line)| line.starts_with('{')).filter_map(|(at, line)| part(file, at as u32, line, out)).collect()
}

fn part(file: FileId, base: u32, text: &str, out: &mut Diagnostics) -> Option<Part> {
    let mut said = Diagnostics::new();
    let root = document::read_one(file, text, &mut said);
    for mut diagnostic in said {
        diagnostic.span = diagnostic.span.map(|span| moved(span, base));
        out.push(diagnostic);
    }
    root.map(|root| Part { root, base })
}

fn moved(span: Span, base: u32) -> Span {
    Span::new(span.file, span.start + base, span.end + base)
}

impl Part {
    fn place(&self, node: &Node) -> Span {
        moved(node.span, self.base)
    }
}

/// A preview, or a run: what is done to each resource.
fn preview(parts: &[Part], out: &mut Diagnostics) -> Recorded {
    let mut steps = Steps::default();
    let mut same = None;
    for part in parts {
        let root = &part.root;
        if let Some(region) = root.get("config").and_then(|config| config.get("aws:region")).and_then(Node::text) {
            steps.region = Some(region.into());
        }
        for step in root.get("steps").map(Node::items).unwrap_or_default() {
            steps.add(part, step);
        }
        for diagnostic in root.get("diagnostics").map(Node::items).unwrap_or_default() {
            failed(part, diagnostic, out);
        }
        if root.get("maybeCorrupt").and_then(Node::text) == Some("true") {
            let message = "the engine says that the stack's state may be damaged; this preview may be wrong";
            out.push(Diagnostic::warning("preview-incomplete", part.place(root), message));
        }
        same = same.or_else(|| count(root.get("changeSummary")?.get("same")));
        match root.get("events").or(Some(root).filter(|root| root.is_sequence())) {
            Some(events) => events.items().iter().for_each(|event| same = same.or(read_event(part, event, &mut steps, out))),
            None => same = same.or(read_event(part, root, &mut steps, out)),
        }
    }
    steps.finish(same, out)
}

/// One event; the number of unchanged resources where it is the summary.
fn read_event<'n>(part: &Part, event: &'n Node, steps: &mut Steps<'n>, out: &mut Diagnostics) -> Option<usize> {
    if let Some(step) = event.get("resourcePreEvent").and_then(|event| event.get("metadata")) {
        steps.add(part, step);
    } else if let Some(diagnostic) = event.get("diagnosticEvent") {
        failed(part, diagnostic, out);
    } else if let Some(prelude) = event.get("preludeEvent") {
        let region = prelude.get("config").and_then(|config| config.get("aws:region")).and_then(Node::text);
        steps.region = region.map(EcoString::from).or(steps.region.take());
    } else if let Some(step) = event.get("resOpFailedEvent").and_then(|event| event.get("metadata")) {
        let urn = step.get("urn").and_then(Node::text).unwrap_or_default();
        let op = step.get("op").and_then(Node::text).unwrap_or_default();
        out.push(Diagnostic::warning("step-failed", part.place(step), eco_format!("the step {op} of {} failed in this run", shown(urn))));
    } else if let Some(policy) = event.get("policyEvent").filter(|it| it.get("enforcementLevel").and_then(Node::text) == Some("mandatory"))
    {
        let name = policy.get("policyName").and_then(Node::text).unwrap_or_default();
        let urn = policy.get("resourceUrn").and_then(Node::text).unwrap_or_default();
        let message = eco_format!("the mandatory policy {name} forbids what is done to {}", shown(urn));
        out.push(Diagnostic::warning("policy", part.place(policy), message));
    }
    count(event.get("summaryEvent")?.get("resourceChanges")?.get("same"))
}

fn count(node: Option<&Node>) -> Option<usize> {
    node?.text()?.parse().ok()
}

/// An error that the engine or the program reported.
fn failed(part: &Part, diagnostic: &Node, out: &mut Diagnostics) {
    const LONGEST: usize = 200;
    if diagnostic.get("severity").and_then(Node::text) != Some("error") {
        return;
    }
    let message = diagnostic.get("message").and_then(Node::text).unwrap_or_default();
    // Colours are written as `<{%red%}>`.
    let plain: String = message
        .split("<{%")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once("%}>").map_or("", |it| it.1) })
        .collect();
    let line = plain.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let short: String = line.chars().take(LONGEST).collect();
    let message = eco_format!("the engine reported an error, so this preview may not be complete: {short}");
    out.push(Diagnostic::warning("preview-incomplete", part.place(diagnostic), message));
}

/// A deployment: all that a stack has.
fn stack(part: &Part, out: &mut Diagnostics) -> Recorded {
    const NEWEST: i64 = 4;
    let root = &part.root;
    let deployment = root.get("deployment").or_else(|| root.get("checkpoint").and_then(|it| it.get("latest").or_else(|| it.get("Latest"))));
    if let Some(version) = root.get("version")
        && version.text().and_then(|text| text.parse().ok()).is_some_and(|number: i64| number > NEWEST)
    {
        let text = version.text().unwrap_or_default();
        let message = eco_format!("version {text} is newer than what is known here (1 to {NEWEST}); what has kept its name is read");
        out.push(Diagnostic::warning("stack-version", part.place(version), message));
    }
    let Some(deployment) = deployment else { return Recorded::default() };
    for operation in deployment.get("pending_operations").map(Node::items).unwrap_or_default() {
        let urn = operation.get("resource").and_then(|it| it.get("urn"));
        let what = operation.get("type").and_then(Node::text).unwrap_or_default();
        let place = part.place(urn.unwrap_or(operation));
        let urn = shown(urn.and_then(Node::text).unwrap_or_default());
        let message = eco_format!("a run was interrupted while {what} {urn}: whether it exists is not known");
        out.push(Diagnostic::warning("pending-operation", place, message));
    }
    let mut steps = Steps::default();
    for entry in deployment.get("resources").map(Node::items).unwrap_or_default() {
        steps.known(part, entry);
    }
    steps.state()
}

/// The address that an URN means; `None` for what is no URN.
pub fn former(urn: &str) -> Option<EcoString> {
    state::Urn::of(urn).map(|urn| urn.address())
}

/// An URN as people read it.
fn shown(urn: &str) -> EcoString {
    state::Urn::of(urn).map_or_else(|| urn.into(), |urn| urn.address())
}
