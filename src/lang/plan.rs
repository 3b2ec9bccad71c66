//! Plans and states of Terraform and OpenTofu in JSON, as `terraform show -json` prints them: formats 0.1 to 1.2.
//!
//! A plan holds values and actions, but neither lines nor edges: edges come from the references that its
//! `configuration` lists, lines from sources with the same addresses, if there are any.

mod configuration;
mod resource;
mod values;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Action, Address, Module, OutputValue, Planned, Recorded, Reference, Resource, Unmet};
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Node};

use configuration::Configuration;

/// Whether a JSON text is a plan or a state: it names its format and the tool that wrote it.
pub fn is_recorded(text: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = start.get(..LOOKED_AT).unwrap_or(start);
    start.starts_with('{') && head.contains("\"format_version\"") && head.contains("\"terraform_version\"")
}

/// Whether it is a plan; anything else that is recorded is a state.
pub fn is_plan(text: &str) -> bool {
    text.contains("\"resource_changes\"") || text.contains("\"planned_values\"")
}

/// Reads a plan or a state.
pub fn read(file: &SourceFile) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let Some(root) = document::read_one(file.id, &file.text, &mut out) else { return (Module::default(), out) };
    let version = root.get("format_version");
    if let Some(version) = version
        && let Some(text) = version.text()
        && !text.starts_with("0.")
        && !text.starts_with("1.")
    {
        let message = eco_format!("format {text} is newer than what is known here (0.1 to 1.2); what has kept its name is read");
        out.push(Diagnostic::warning("plan-format", version.span, message));
    }
    let damaged = out.iter().any(|it| it.level == Level::Error);
    let recorded = if is_plan(&file.text) { plan(&root, &mut out) } else { state(&root) };
    // A damaged text of which nothing was understood must not stand in the place of the files beside it.
    if damaged && recorded.before.is_empty() && recorded.after.is_empty() {
        return (Module::default(), out);
    }
    (Module { recorded: Some(Arc::new(recorded)), ..Module::default() }, out)
}

/// The conditions that the tool found not to hold.
fn unmet(checks: &Node) -> Vec<Unmet> {
    let mut found = Vec::new();
    for check in checks.items() {
        let warns = check.get("address").and_then(|address| address.get("kind")).and_then(Node::text) == Some("check");
        for instance in check.get("instances").map(Node::items).unwrap_or_default() {
            let Some(address) = instance.get("address").and_then(|address| address.get("to_display")).and_then(Node::text) else {
                continue;
            };
            for problem in instance.get("problems").map(Node::items).unwrap_or_default() {
                let message = problem.get("message").and_then(Node::text).unwrap_or_default();
                found.push(Unmet { address: Address::plain(address), warns, message: message.into(), span: problem.span });
            }
        }
    }
    found
}

fn plan(root: &Node, out: &mut Diagnostics) -> Recorded {
    let configuration = Configuration::of(root.get("configuration"));
    let mut recorded = Recorded { planned: Some(Vec::new()), ..Recorded::default() };
    let prior = root.get("prior_state").and_then(|state| state.get("values")).map(state_resources).unwrap_or_default();
    for entry in root.get("resource_changes").map(Node::items).unwrap_or_default() {
        change(entry, &configuration, &mut recorded);
    }
    let mut known: FxHashMap<EcoString, ()> = recorded.before.iter().map(|it| (it.address.text().clone(), ())).collect();
    let mut ordering: FxHashMap<EcoString, EcoVec<Reference>> = FxHashMap::default();
    for found in prior {
        // Data sources that were read while planning change nothing; they are here for what refers to them.
        if found.address.as_str().contains("data.") && known.insert(found.address.text().clone(), ()).is_none() {
            recorded.after.push(found.clone());
            recorded.before.push(found);
        } else if !found.references.is_empty() {
            ordering.insert(found.address.text().clone(), found.references);
        }
    }
    configuration.connect(&mut recorded.after);
    let now: FxHashMap<EcoString, EcoVec<Reference>> =
        recorded.after.iter().map(|it| (it.address.text().clone(), it.references.clone())).collect();
    for resource in &mut recorded.before {
        if let Some(references) = now.get(resource.address.text()).or_else(|| ordering.get(resource.address.text())) {
            resource.references = references.clone();
        }
    }
    recorded.outputs = outputs(root.get("output_changes"), "after", "after_unknown", "after_sensitive");
    recorded.unmet = root.get("checks").map(unmet);
    drift(root.get("resource_drift"), out);
    if root.get("errored").and_then(Node::text) == Some("true") {
        let place = root.entry("errored").map_or(root.span, |entry| entry.key.span.to(entry.value.span));
        out.push(Diagnostic::warning("plan-incomplete", place, "planning ended with an error: this plan is not complete"));
    }
    for entry in root.get("deferred_changes").map(Node::items).unwrap_or_default() {
        let address = entry.get("resource_change").and_then(|change| change.get("address"));
        if let Some(address) = address {
            let why = entry.get("reason").and_then(Node::text).unwrap_or("unknown");
            let message =
                eco_format!("{} is put off to a later plan ({why}); it is not in this review", address.text().unwrap_or_default());
            out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("plan-deferred", address.span, message) });
        }
    }
    recorded
}

/// One entry of `resource_changes`.
fn change(entry: &Node, configuration: &Configuration<'_>, recorded: &mut Recorded) {
    let Some(change) = entry.get("change") else { return };
    let Some(shell) = resource::shell(entry) else { return };
    let actions: Vec<&str> = change.get("actions").map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect();
    let previous = entry.get("previous_address").and_then(Node::text).filter(|address| *address != shell.address.as_str());
    let importing = change.get("importing").is_some_and(|it| !it.is_null());
    let action = match actions.as_slice() {
        ["no-op"] if importing => Action::Import,
        ["no-op"] if previous.is_some() => Action::Move,
        ["no-op"] => Action::NoOp,
        ["create"] | ["create", "forget"] => Action::Create,
        ["read"] => Action::Read,
        ["update"] => Action::Update,
        ["delete"] => Action::Delete,
        ["delete", "create"] | ["create", "delete"] => Action::Replace,
        ["forget"] => Action::Forget,
        _ => return,
    };
    let region = configuration.region(&shell);
    let side = |name: &str, unknown: &str, sensitive: &str| {
        let value = change.get(name).filter(|value| !value.is_null());
        // Of what is made, everything may be unknown: then there is no object after, only what is not known.
        let value = value.or_else(|| change.get(unknown).filter(|it| it.is_mapping() && name == "after" && !it.entries().is_empty()))?;
        let attributes = values::attributes(value, change.get(unknown), change.get(sensitive), shell.address.as_str());
        let create_before_destroy = actions.as_slice() == ["create", "delete"];
        Some(Resource { attributes: Arc::new(attributes), region: region.clone(), create_before_destroy, ..shell.clone() })
    };
    let gone = matches!(action, Action::Delete | Action::Forget);
    let after = side("after", "after_unknown", "after_sensitive").filter(|_| !gone);
    let before = side("before", "", "before_sensitive").filter(|_| action != Action::Create);
    let previous = previous.map(|text| resource::address(text, entry));
    if let Some(before) = before {
        recorded.before.push(Resource { address: previous.clone().unwrap_or_else(|| before.address.clone()), ..before });
    } else if gone {
        recorded.before.push(Resource { region: region.clone(), ..shell.clone() });
    }
    if let Some(after) = after {
        recorded.after.push(after);
    } else if !gone {
        recorded.after.push(Resource { region, ..shell.clone() });
    }
    if action != Action::NoOp
        && let Some(planned) = &mut recorded.planned
    {
        let mut reason = entry.get("action_reason").and_then(Node::text).map(words);
        if actions.as_slice() == ["create", "forget"] {
            reason = Some("The old one is let go of and not destroyed.".into());
        } else if importing {
            reason = Some(
                reason.map_or_else(|| "Taken over into the state.".into(), |reason| eco_format!("{reason} Taken over into the state.")),
            );
        }
        let paths = change.get("replace_paths").map(Node::items).unwrap_or_default();
        planned.push(Planned {
            address: shell.address.clone(),
            previous,
            action,
            reason,
            replace_paths: paths.iter().map(dotted).collect(),
            condition: None,
        });
    }
}

/// The plan's own reason as a sentence.
fn words(reason: &str) -> EcoString {
    match reason {
        "replace_because_cannot_update" => "The provider cannot change it in place.".into(),
        "replace_because_tainted" => "It is marked as tainted: an earlier apply left it unfinished.".into(),
        "replace_by_request" => "Its replacement was asked for on the command line.".into(),
        "replace_by_triggers" => "`replace_triggered_by` names something that changes.".into(),
        "delete_because_no_resource_config" => "No file declares it any more.".into(),
        "delete_because_wrong_repetition" => "Its `count` or `for_each` came or went, and so did its address.".into(),
        "delete_because_count_index" => "`count` no longer reaches its index.".into(),
        "delete_because_each_key" => "`for_each` no longer has its key.".into(),
        "delete_because_no_module" => "Its module is no longer called.".into(),
        "delete_because_no_move_target" => "It was moved to an address that nothing declares.".into(),
        "read_because_config_unknown" => "Its arguments are known only while applying.".into(),
        "read_because_dependency_pending" => "What it depends on changes first.".into(),
        "read_because_check_nested" => "A check reads it.".into(),
        other => eco_format!("The plan's reason: {other}."),
    }
}

/// `["vpc_config", 0, "subnet_ids"]` as `vpc_config.0.subnet_ids`.
fn dotted(path: &Node) -> EcoString {
    let steps: Vec<&str> = path.items().iter().filter_map(Node::text).collect();
    steps.join(".").into()
}

fn outputs(changes: Option<&Node>, value: &str, unknown: &str, sensitive: &str) -> Vec<OutputValue> {
    let entries = changes.map(Node::entries).unwrap_or_default();
    let output = |entry: &document::Entry| {
        let address = eco_format!("output.{}", entry.key.text()?);
        let nothing = Node::plain_at(entry.value.span, "null");
        let found = entry.value.get(value).unwrap_or(&nothing);
        let value = values::value(found, entry.value.get(unknown), entry.value.get(sensitive), &address);
        Some(OutputValue { sensitive: value.is_sensitive(), address, value, span: entry.key.span })
    };
    entries.iter().filter_map(output).collect()
}

/// What was changed behind the tool's back.
fn drift(changes: Option<&Node>, out: &mut Diagnostics) {
    const MOST: usize = 200;
    for entry in changes.map(Node::items).unwrap_or_default().iter().take(MOST) {
        let (Some(address), Some(change)) = (entry.get("address"), entry.get("change")) else { continue };
        let name = address.text().unwrap_or_default();
        let gone = change.get("after").is_none_or(Node::is_null);
        let message = if gone {
            eco_format!("{name} was deleted outside of Terraform")
        } else {
            let (Some(before), Some(after)) = (change.get("before"), change.get("after")) else { continue };
            let differs =
                |it: &&document::Entry| !it.key.text().and_then(|key| before.get(key)).is_some_and(|old| values::same(old, &it.value));
            let names: Vec<&str> = after.entries().iter().filter(differs).filter_map(|it| it.key.text()).take(5).collect();
            if names.is_empty() {
                continue;
            }
            eco_format!("{name} was changed outside of Terraform: {}", names.join(", "))
        };
        out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("drift", address.span, message) });
    }
}

fn state(root: &Node) -> Recorded {
    let Some(values) = root.get("values") else { return Recorded::default() };
    Recorded { before: state_resources(values), outputs: outputs(values.get("outputs"), "value", "", "sensitive"), ..Recorded::default() }
}

/// Every resource of a state, child modules included.
fn state_resources(values: &Node) -> Vec<Resource> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&Node, &str)> = values.get("root_module").map(|module| (module, "")).into_iter().collect();
    while let Some((module, path)) = waiting.pop() {
        for entry in module.get("resources").map(Node::items).unwrap_or_default() {
            let Some(mut resource) = resource::shell_in(entry, path) else { continue };
            if let Some(values) = entry.get("values") {
                let attributes = values::attributes(values, None, entry.get("sensitive_values"), resource.address.as_str());
                resource.attributes = Arc::new(attributes);
            }
            for target in entry.get("depends_on").map(Node::items).unwrap_or_default() {
                let Some(text) = target.text() else { continue };
                resource.references.push(ordering(Address::plain(text), target.span));
            }
            found.push(resource);
        }
        for child in module.get("child_modules").map(Node::items).unwrap_or_default() {
            waiting.push((child, child.get("address").and_then(Node::text).unwrap_or(path)));
        }
    }
    found
}

fn ordering(target: Address, span: Span) -> Reference {
    Reference {
        target,
        argument: EcoString::new(),
        reads: EcoString::new(),
        through: Default::default(),
        explicit: true,
        idle: false,
        span,
    }
}
