//! Resources as the engine keeps them, and the URNs it calls them by.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashSet;

use super::values;
use crate::lang::pulumi::interpret::snake;
use crate::model::{Address, Dialect, Mode, Object, Reference, Resource};
use crate::source::Span;
use crate::syntax::document::Node;

/// `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`, taken apart.
pub(super) struct Urn<'u> {
    pub project: &'u str,
    pub token: &'u str,
    pub name: &'u str,
}

impl<'u> Urn<'u> {
    pub fn of(urn: &'u str) -> Option<Urn<'u>> {
        let mut parts = urn.strip_prefix("urn:pulumi:")?.splitn(4, "::");
        let (_stack, project, types, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // The types of its parents stand before its own.
        let token = types.rsplit('$').next().unwrap_or(types);
        (!token.is_empty()).then_some(Urn { project, token, name })
    }

    pub fn address(&self) -> EcoString {
        Dialect::Pulumi.plain_name(self.token, &self.name.into())
    }

    /// The stack itself, and the providers that the engine makes by itself.
    pub fn is_implied(&self) -> bool {
        let by_itself = self.name == "default" || self.name.starts_with("default_");
        self.token == "pulumi:pulumi:Stack" || self.token.starts_with("pulumi:providers:") && by_itself
    }
}

/// A provider is named by its URN and id: `URN::ID`.
pub(super) fn provider_urn(text: &str) -> &str {
    text.rsplit_once("::").map_or(text, |(urn, _)| urn)
}

/// A resource without references; `named` has the properties that the engine speaks of.
pub(super) fn resource(address: Address, urn: &Urn<'_>, state: Option<&Node>, span: Span, named: &dyn Fn(&str) -> bool) -> Resource {
    let flag = |name: &str| state.and_then(|state| state.get(name)).and_then(Node::text) == Some("true");
    // Events leave out what is false; what is shortened by hand leaves out more.
    let is_custom = state.is_none_or(|state| match state.get("custom").and_then(Node::text) {
        Some(text) => text == "true",
        None => state.get("parent").is_none(),
    });
    let mode = match is_custom {
        _ if flag("external") => Mode::Data,
        true if !urn.token.starts_with("pulumi:providers:") => Mode::Managed,
        _ => Mode::Component,
    };
    let inputs = state.and_then(|state| state.get("inputs"));
    let attributes = inputs.map_or_else(Object::default, |inputs| values::arguments(inputs, address.as_str(), named));
    Resource {
        address,
        mode,
        native_type: urn.token.into(),
        r#type: urn.token.into(),
        name: urn.name.into(),
        provider: urn.token.split(':').next().unwrap_or_default().into(),
        region: None,
        count_unknown: None,
        attributes: Arc::new(attributes),
        references: EcoVec::new(),
        span,
        declaration: None,
        prevent_destroy: flag("protect"),
        // The engine makes the new one first, unless the name is the user's own and so taken.
        create_before_destroy: !inputs.is_some_and(has_own_name),
        ignore_changes: EcoVec::new(),
        replace_triggered_by: EcoVec::new(),
        replace_on_changes: EcoVec::new(),
        retained: flag("retainOnDelete"),
        native: None,
    }
}

/// Whether the user chose the name: then the old one has to go before there can be a new one.
fn has_own_name(inputs: &Node) -> bool {
    crate::lang::pulumi::declare::NAMES.iter().any(|(_, name)| inputs.get(name).is_some() && !values::is_filled_in(inputs, name))
}

/// What a state says the resource hangs on: its properties by name, then the rest.
pub(super) fn references(state: &Node, span: Span, address: &dyn Fn(&str) -> Option<Address>) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let reference = |target: Address, argument: EcoString, explicit: bool| Reference {
        target,
        argument,
        reads: EcoString::new(),
        through: Default::default(),
        explicit,
        idle: false,
        span,
    };
    for entry in state.get("propertyDependencies").map(Node::entries).unwrap_or_default() {
        let Some(property) = entry.key.text() else { continue };
        for target in entry.value.items().iter().filter_map(Node::text).filter_map(address) {
            found.push(reference(target, snake(property), false));
        }
    }
    let text = |name: &str| state.get(name).and_then(Node::text).filter(|text| !text.is_empty());
    let listed = |name: &str| state.get(name).map(Node::items).unwrap_or_default().iter().filter_map(Node::text);
    let rest = listed("dependencies").chain(listed("replaceWith")).chain(text("parent")).chain(text("deletedWith"));
    let rest: Vec<&str> = rest.chain(text("provider").map(provider_urn)).collect();
    let mut known: FxHashSet<EcoString> = found.iter().map(|it| it.target.text().clone()).collect();
    for target in rest.into_iter().filter_map(address) {
        if known.insert(target.text().clone()) {
            found.push(reference(target, EcoString::new(), true));
        }
    }
    found
}

/// The dotted path of a property: `rules[0].ports["a.b"]` as `rules.0.ports.a.b`, its first name as a program's.
pub fn path_of(property: &str) -> EcoString {
    let mut steps: Vec<&str> = property.split(['.', '[', ']', '"']).filter(|step| !step.is_empty()).collect();
    if steps.is_empty() {
        return EcoString::new();
    }
    let first = snake(steps.remove(0));
    steps.iter().fold(first, |path, step| eco_format!("{path}.{step}"))
}
