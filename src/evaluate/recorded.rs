//! Plans and states beside sources: what a tool recorded gets the lines and references of the block with its address.

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

use crate::model::{Mode, Object, Recorded, Resource, Snapshot, UnknownKind, Unmet, Value};
use crate::order::Order as _;

/// The two versions that a plan tells of. What the sources have and the plan does not change is kept from them.
pub fn planned(recorded: &Recorded, written: Snapshot) -> (Snapshot, Snapshot) {
    let (mut before, mut after) = {
        let index = Index::of(&written);
        (index.placed(&recorded.before), index.placed(&recorded.after))
    };
    if recorded.partial {
        complete(recorded, &mut before, &mut after);
    }
    let gone = recorded.before.iter().filter(|_| recorded.partial);
    let known: FxHashSet<EcoString> = after.iter().chain(gone).map(|it| it.address.text().clone()).collect();
    let modules: FxHashSet<&str> = after.iter().flat_map(|it| around(it.address.module())).collect();
    let open = |module: &str| modules.contains(module);
    let kept: Vec<Resource> = written
        .resources
        .iter()
        .filter(|it| {
            (recorded.partial || it.mode != Mode::Managed)
                && !known.contains(it.address.text())
                && !(it.mode == Mode::Module && open(it.address.as_str()))
        })
        .cloned()
        .collect();
    let mut after: Vec<Resource> = after.into_iter().chain(kept.iter().cloned()).collect();
    let mut before: Vec<Resource> = before.into_iter().chain(kept.into_iter().filter(|it| it.mode != Mode::External)).collect();
    sorted(&mut before);
    sorted(&mut after);
    let outputs = if recorded.outputs.is_empty() { written.outputs } else { recorded.outputs.clone() };
    // What the tool found weighs more than what the text alone tells; the place is that of the text.
    let unmet = match &recorded.unmet {
        Some(all) => all
            .iter()
            .map(|it| {
                let place = written.unmet.iter().find(|own| own.address == it.address && own.message == it.message);
                Unmet { span: place.map_or(it.span, |own| own.span), ..it.clone() }
            })
            .collect(),
        None => written.unmet.clone(),
    };
    // Values that the plan has are no questions any more.
    let after = Snapshot { resources: after, outputs, unmet, questions: Vec::new(), planned: recorded.planned.clone(), ..written };
    (Snapshot { resources: before, ..Snapshot::default() }, after)
}

/// A change set without values names the properties that change: the template has the others, and those after.
fn complete(recorded: &Recorded, before: &mut [Resource], after: &mut [Resource]) {
    let bare = |it: &&Resource| it.attributes.is_empty();
    let bare: FxHashSet<&str> = recorded.after.iter().filter(bare).map(|it| it.address.as_str()).collect();
    let places: FxHashMap<EcoString, usize> = after.iter().enumerate().map(|(at, it)| (it.address.text().clone(), at)).collect();
    for old in before.iter_mut().filter(|it| bare.contains(it.address.as_str())) {
        let Some(new) = places.get(old.address.text()).and_then(|at| after.get_mut(*at)) else { continue };
        let mut now = Object::clone(&new.attributes);
        if now.is_empty() {
            let unknown = |name: &EcoString| Value::unknown(UnknownKind::NotAtHand, ecow::eco_format!("the value of {name} after"));
            now.extend(old.attributes.keys().map(|name| (name.clone(), unknown(name))));
            new.attributes = Arc::new(now.clone());
        }
        now.extend(old.attributes.iter().map(|(name, value)| (name.clone(), value.clone())));
        old.attributes = Arc::new(now);
    }
}

/// A state as one version, placed where the sources of that version have the same addresses.
pub fn state(recorded: &Recorded, written: &Snapshot) -> Snapshot {
    let mut resources = Index::of(written).placed(&recorded.before);
    sorted(&mut resources);
    Snapshot { resources, outputs: recorded.outputs.clone(), ..Snapshot::default() }
}

/// A state as the version before some sources: a state holds every attribute, sources only the arguments: what the
/// sources do not write is left out, and what they leave unknown until apply is taken as unchanged.
pub fn shaped_as(mut snapshot: Snapshot, after: &Snapshot) -> Snapshot {
    let index = Index::of(after);
    for resource in &mut snapshot.resources {
        if let Some(written) = index.find(resource) {
            resource.attributes = Arc::new(shaped(&resource.attributes, &written.attributes));
            resource.region = written.region.clone().or(resource.region.take());
        }
    }
    snapshot
}

fn sorted(resources: &mut Vec<Resource>) {
    resources.order_by(|a, b| a.address.cmp(&b.address));
    resources.dedup_by(|a, b| a.address == b.address);
}

/// A module path and those around it.
fn around(path: &str) -> impl Iterator<Item = &str> {
    let whole = Some(path).filter(|path| !path.is_empty());
    whole.into_iter().chain(path.match_indices('.').filter_map(|(at, _)| path.get(..at)))
}

fn shaped(have: &Object, wanted: &Object) -> Object {
    // Pulumi's names have two spellings, `fromPort` and `from_port`.
    let other = |key: &EcoString| {
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let wanted = plain(key);
        have.iter().find(|(name, _)| plain(name) == wanted).map(|(_, value)| value)
    };
    wanted.iter().filter_map(|(key, wanted)| Some((key.clone(), shaped_value(have.get(key).or_else(|| other(key))?, wanted)))).collect()
}

fn shaped_value(have: &Value, wanted: &Value) -> Value {
    match (have, wanted) {
        (_, Value::Unknown(unknown)) if unknown.kind == UnknownKind::AfterApply => wanted.clone(),
        (_, Value::Sensitive(inner)) => shaped_value(have.unmarked(), inner).sensitive(),
        (Value::Object(have), Value::Object(wanted)) => Value::object(shaped(have, wanted)),
        (Value::List(have), Value::List(wanted)) if have.len() == wanted.len() => {
            Value::list(have.iter().zip(wanted.iter()).map(|(have, wanted)| shaped_value(have, wanted)).collect())
        }
        // The language converts between these; a state has the provider's own type.
        (Value::Text(text), Value::Number(_)) if have.as_number().is_some() => {
            Value::Number(have.as_number().unwrap_or_else(|| text.len().into()))
        }
        (Value::Number(number), Value::Text(_)) => Value::text(ecow::eco_format!("{number}")),
        (Value::Bool(flag), Value::Text(_)) => Value::text(if *flag { "true" } else { "false" }),
        _ => have.clone(),
    }
}

/// What sources declare, by address and by block.
struct Index<'s> {
    by_address: FxHashMap<&'s str, &'s Resource>,
    by_block: FxHashMap<&'s str, &'s Resource>,
}

impl<'s> Index<'s> {
    fn of(snapshot: &'s Snapshot) -> Index<'s> {
        let own = |resource: &'s Resource| resource.declaration.is_some();
        let mut index = Index { by_address: FxHashMap::default(), by_block: FxHashMap::default() };
        for resource in snapshot.resources.iter().filter(|resource| own(resource)) {
            index.by_address.insert(resource.address.as_str(), resource);
            index.by_block.entry(resource.address.without_key()).or_insert(resource);
        }
        index
    }

    fn find(&self, resource: &Resource) -> Option<&'s Resource> {
        let exact = self.by_address.get(resource.address.as_str());
        exact.or_else(|| self.by_block.get(resource.address.without_key())).copied()
    }

    /// The resources with the lines, references and meta-arguments that the sources have for them.
    fn placed(&self, resources: &[Resource]) -> Vec<Resource> {
        let place = |resource: &Resource| {
            let mut resource = resource.clone();
            let Some(written) = self.find(&resource) else { return resource };
            resource.span = written.span;
            // A change set without values leaves them to the template.
            if resource.attributes.is_empty() && resource.native_type.contains("::") {
                resource.attributes = written.own_attributes().clone();
            }
            resource.declaration = written.declaration.clone();
            resource.prevent_destroy = written.prevent_destroy;
            resource.create_before_destroy |= written.create_before_destroy;
            resource.ignore_changes = written.ignore_changes.clone();
            resource.replace_triggered_by = written.replace_triggered_by.clone();
            resource.replace_on_changes = written.replace_on_changes.clone();
            resource.provider = written.provider.clone();
            resource.region = resource.region.take().or_else(|| written.region.clone());
            let mut references = written.references.clone();
            let targets: FxHashSet<EcoString> = references.iter().map(|it| it.target.without_key().into()).collect();
            references.extend(resource.references.drain(..).filter(|it| !targets.contains(it.target.without_key())));
            resource.references = references;
            resource
        };
        resources.iter().map(place).collect()
    }
}
