//! Steps of a preview or a run: one resource may take several, and together they are one action.

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use super::state::{Urn, path_of, provider_urn, references, resource};
use super::{Part, values};
use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Action, Address, Object, OutputValue, Planned, Recorded, Resource};
use crate::source::Span;
use crate::syntax::document::Node;

/// All steps, gathered by resource.
#[derive(Default)]
pub(super) struct Steps<'n> {
    order: Vec<Taken<'n>>,
    by_urn: FxHashMap<&'n str, usize>,
    /// Addresses by URN; two resources of one type and name, with other parents, are numbered.
    addresses: FxHashMap<&'n str, Address>,
    taken: FxHashMap<EcoString, u32>,
    /// The region of the configuration.
    pub region: Option<EcoString>,
    /// Regions of providers by URN.
    regions: FxHashMap<&'n str, EcoString>,
    outputs: Vec<OutputValue>,
    project: Option<EcoString>,
}

/// What is done to one resource.
struct Taken<'n> {
    urn: &'n str,
    ops: Vec<&'n str>,
    old: Option<&'n Node>,
    new: Option<&'n Node>,
    /// Properties that differ, as the engine names them.
    diffs: Vec<&'n str>,
    /// Those that cannot change in place.
    keys: Vec<&'n str>,
    span: Span,
}

impl<'n> Steps<'n> {
    pub fn add(&mut self, part: &Part, step: &'n Node) {
        let Some(urn) = step.get("urn") else { return };
        let (Some(text), Some(op)) = (urn.text(), step.get("op").and_then(Node::text)) else { return };
        let state = |long: &str, short: &str| step.get(long).or_else(|| step.get(short)).filter(|state| state.is_mapping());
        let (old, new) = (state("oldState", "old"), state("newState", "new"));
        if !self.note(text, new.or(old)) {
            return;
        }
        let at = self.slot(text, part.place(urn));
        let Some(taken) = self.order.get_mut(at) else { return };
        // Of the steps of a replacement, the logical one has both sides.
        if op == "replace" || taken.old.is_none() {
            taken.old = old.or(taken.old);
        }
        if op == "replace" || taken.new.is_none() {
            taken.new = new.or(taken.new);
        }
        taken.ops.push(op);
        let texts = |long: &str, short: &str| step.get(long).or_else(|| step.get(short)).map(Node::items).unwrap_or_default().iter();
        let mut diffs: Vec<&str> = texts("diffReasons", "diffs").filter_map(Node::text).collect();
        let mut keys: Vec<&str> = texts("replaceReasons", "keys").filter_map(Node::text).collect();
        for entry in step.get("detailedDiff").map(Node::entries).unwrap_or_default() {
            let Some(path) = entry.key.text() else { continue };
            let kind = entry.value.get("kind").or_else(|| entry.value.get("diffKind"));
            diffs.push(path);
            if kind.and_then(Node::text).is_some_and(|kind| kind.ends_with("-replace")) {
                keys.push(path);
            }
        }
        taken.diffs.extend(diffs);
        taken.keys.extend(keys);
    }

    /// A resource that is there, in a deployment.
    pub fn known(&mut self, part: &Part, entry: &'n Node) {
        let Some(urn) = entry.get("urn") else { return };
        let Some(text) = urn.text() else { return };
        // What only waits to be deleted has a successor of the same URN.
        if entry.get("delete").and_then(Node::text) == Some("true") || !self.note(text, Some(entry)) {
            return;
        }
        let at = self.slot(text, part.place(urn));
        if let Some(taken) = self.order.get_mut(at) {
            taken.old = Some(entry);
        }
    }

    fn slot(&mut self, urn: &'n str, span: Span) -> usize {
        let next = self.order.len();
        let at = *self.by_urn.entry(urn).or_insert(next);
        if at == next {
            let (ops, diffs, keys) = (Vec::new(), Vec::new(), Vec::new());
            self.order.push(Taken { urn, ops, old: None, new: None, diffs, keys, span });
        }
        at
    }

    /// Gives an URN its address, and remembers what the stack and its providers say; `false` for what is no resource
    /// of the user's.
    fn note(&mut self, text: &'n str, state: Option<&'n Node>) -> bool {
        let Some(urn) = Urn::of(text) else { return false };
        self.project.get_or_insert_with(|| urn.project.into());
        if urn.token.starts_with("pulumi:providers:")
            && let Some(region) = state.and_then(|state| state.get("inputs")?.get("region")?.text())
        {
            self.regions.insert(text, region.into());
        }
        if urn.token == "pulumi:pulumi:Stack" && self.outputs.is_empty() {
            self.outputs = state.and_then(|state| state.get("outputs")).map(outputs).unwrap_or_default();
        }
        if urn.is_implied() {
            return false;
        }
        if !self.addresses.contains_key(text) {
            let plain = urn.address();
            let count = self.taken.entry(plain.clone()).or_default();
            *count += 1;
            let address = if *count == 1 { plain } else { eco_format!("{plain}#{count}") };
            self.addresses.insert(text, Address::plain(address));
        }
        true
    }

    fn address(&self, urn: &str) -> Option<Address> {
        self.addresses.get(urn).cloned()
    }

    fn region_of(&self, state: Option<&Node>) -> Option<EcoString> {
        let provider = state.and_then(|state| state.get("provider")).and_then(Node::text).map(provider_urn);
        provider.and_then(|urn| self.regions.get(urn)).or(self.region.as_ref()).cloned()
    }

    /// One side of what is done to a resource.
    fn side(&self, taken: &Taken<'_>, urn: &str, address: Address, state: Option<&Node>) -> Option<Resource> {
        let urn = Urn::of(urn)?;
        let named: FxHashSet<&str> = taken.diffs.iter().chain(&taken.keys).filter_map(|path| path.split(['.', '[']).next()).collect();
        let named = |name: &str| named.contains(name);
        let mut found = resource(address, &urn, state, taken.span, &named);
        found.region = self.region_of(state);
        if let Some(state) = state {
            found.references = references(state, taken.span, &|urn| self.address(urn)).into();
            found.references.retain(|it| it.target != found.address);
        }
        Some(found)
    }

    /// The content of a deployment.
    pub fn state(self) -> Recorded {
        let resource = |taken: &Taken<'n>| self.side(taken, taken.urn, self.address(taken.urn)?, taken.old);
        let before = self.order.iter().filter_map(resource).collect();
        Recorded { before, outputs: self.outputs, project: self.project, ..Recorded::default() }
    }

    /// The content of a preview; `same` is how many resources it says stay as they are.
    pub fn finish(self, same: Option<usize>, out: &mut Diagnostics) -> Recorded {
        let mut recorded = Recorded { planned: Some(Vec::new()), ..Recorded::default() };
        let mut unchanged = 0;
        for taken in &self.order {
            self.take(taken, &mut recorded, &mut unchanged, out);
        }
        // The stack itself is one of them.
        recorded.partial = same.is_none_or(|same| unchanged + 1 < same);
        recorded.outputs = self.outputs;
        recorded.project = self.project;
        recorded
    }

    fn take(&self, taken: &Taken<'n>, recorded: &mut Recorded, unchanged: &mut usize, out: &mut Diagnostics) {
        let Some(address) = self.address(taken.urn) else { return };
        let old_urn = taken.old.and_then(|old| old.get("urn")).and_then(Node::text).filter(|urn| !urn.is_empty()).unwrap_or(taken.urn);
        let previous = (old_urn != taken.urn).then(|| {
            let plain = || Urn::of(old_urn).map(|urn| Address::plain(urn.address()));
            self.address(old_urn).or_else(plain)
        });
        let previous = previous.flatten().filter(|previous| *previous != address);
        let Some(mut action) = action(taken) else {
            drifted(taken, &address, out);
            return;
        };
        match action {
            Action::NoOp if previous.is_some() => action = Action::Move,
            Action::NoOp => *unchanged += 1,
            _ => {}
        }
        let gone = matches!(action, Action::Delete | Action::Forget);
        let has_before = !matches!(action, Action::Create | Action::Import | Action::Read) || taken.old.is_some();
        let old_address = previous.clone().unwrap_or_else(|| address.clone());
        let mut before = self.side(taken, old_urn, old_address, taken.old).filter(|_| has_before && action != Action::Create);
        let mut after = self.side(taken, taken.urn, address.clone(), taken.new.or(taken.old)).filter(|_| !gone);
        if let Some(first) = order_of(&taken.ops) {
            for side in before.iter_mut().chain(after.iter_mut()) {
                side.create_before_destroy = first;
            }
        }
        if let (Some(before), Some(after)) = (&mut before, &mut after) {
            differ(taken, before, after);
        }
        recorded.before.extend(before);
        recorded.after.extend(after);
        if action == Action::NoOp {
            return;
        }
        let planned = Planned {
            address,
            previous,
            action,
            reason: reason(taken, action),
            replace_paths: once(&taken.keys).map(path_of).filter(|path| !path.is_empty()).collect(),
            condition: None,
        };
        recorded.planned.get_or_insert_default().push(planned);
    }
}

/// Each text once, in order.
fn once<'t>(texts: &'t [&'t str]) -> impl Iterator<Item = &'t str> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    texts.iter().copied().filter(move |text| seen.insert(text))
}

/// What the steps of one resource come to; `None` where nothing is done to it.
fn action(taken: &Taken<'_>) -> Option<Action> {
    let has = |ops: &[&str]| taken.ops.iter().any(|op| ops.contains(op));
    let kept = taken.old.and_then(|old| old.get("retainOnDelete")).and_then(Node::text) == Some("true");
    Some(match () {
        () if has(&["replace", "create-replacement", "delete-replaced", "import-replacement"]) => Action::Replace,
        () if has(&["import"]) => Action::Import,
        () if has(&["create"]) => Action::Create,
        () if has(&["update"]) => Action::Update,
        () if has(&["read", "read-replacement", "discard-replaced"]) => Action::Read,
        () if has(&["same"]) => Action::NoOp,
        () if has(&["discard"]) || has(&["delete"]) && kept => Action::Forget,
        () if has(&["delete"]) => Action::Delete,
        () => return None,
    })
}

/// Whether a replacement makes the new one first; `None` where its steps do not say.
fn order_of(ops: &[&str]) -> Option<bool> {
    let at = |wanted: &str| ops.iter().position(|op| *op == wanted);
    Some(at("create-replacement")? < at("delete-replaced")?)
}

fn reason(taken: &Taken<'_>, action: Action) -> Option<EcoString> {
    let of = |state: Option<&Node>, name: &str| state.and_then(|state| state.get(name)).and_then(Node::text) == Some("true");
    let has = |op: &str| taken.ops.contains(&op);
    match action {
        Action::Replace if has("import-replacement") => Some("Another existing one is taken over in its place.".into()),
        Action::Replace if of(taken.old, "taint") => Some("It is marked as tainted.".into()),
        Action::Replace if taken.keys.is_empty() || taken.keys.contains(&"__meta") => {
            Some("The engine does not say which argument cannot change in place.".into())
        }
        Action::Forget if has("discard") => Some("It was only read, so nothing is deleted.".into()),
        Action::Forget => Some("`retainOnDelete` is set: it stays, and the stack lets go of it.".into()),
        Action::Delete if of(taken.old, "protect") => Some("It is protected: the engine refuses to delete it.".into()),
        _ => None,
    }
}

/// A property that differs although both sides write the same differs in what is there, or is hidden.
fn differ(taken: &Taken<'_>, before: &mut Resource, after: &Resource) {
    let outputs = taken.old.and_then(|old| old.get("outputs"));
    let mut object = Object::clone(&before.attributes);
    for path in once(&taken.diffs) {
        let Some(first) = path.split(['.', '[']).next().filter(|first| !first.is_empty()) else { continue };
        let name = path_of(first);
        let Some(value) = object.get(&name).filter(|value| Some(*value) == after.attributes.get(&name)) else { continue };
        let subject = eco_format!("{}.{first} before", before.address);
        let there = outputs.and_then(|outputs| outputs.get(first)).map(|node| values::value(node, &subject, 0));
        let other = match there {
            Some(there) if there != *value && !value.is_sensitive() => there,
            _ if value.is_sensitive() => values::value(&Node::text_at(taken.span, "[secret]"), &subject, 0),
            _ => continue,
        };
        object.insert(name, other);
    }
    before.attributes = object.into();
}

/// A refresh says what was changed behind the engine's back.
fn drifted(taken: &Taken<'_>, address: &Address, out: &mut Diagnostics) {
    const MOST: usize = 200;
    if !taken.ops.contains(&"refresh") || out.len() >= MOST {
        return;
    }
    let message = match (taken.old, taken.new) {
        (Some(_), None) => eco_format!("{address} was deleted outside of Pulumi"),
        (Some(old), Some(new)) => {
            let of = |state: &'_ Node| state.get("outputs").map(|it| values::value(it, "", 0));
            let (Some(old), Some(new)) = (of(old), of(new)) else { return };
            let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return };
            let names: Vec<&str> = new.iter().filter(|(key, value)| old.get(key) != Some(*value)).map(|(key, _)| key.as_str()).collect();
            if names.is_empty() {
                return;
            }
            eco_format!("{address} was changed outside of Pulumi: {}", names.get(..5).unwrap_or(&names).join(", "))
        }
        _ => return,
    };
    out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("drift", taken.span, message) });
}

fn outputs(node: &Node) -> Vec<OutputValue> {
    let output = |entry: &crate::syntax::document::Entry| {
        let address = eco_format!("output.{}", entry.key.text()?);
        let value = values::value(&entry.value, &address, 0);
        Some(OutputValue { sensitive: value.is_sensitive(), address, value, span: entry.key.span })
    };
    node.entries().iter().filter_map(output).collect()
}
