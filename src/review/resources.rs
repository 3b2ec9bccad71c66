//! Resources, files, outputs and dependencies of both versions, as entries.

use std::sync::Arc;

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Stage;
use crate::catalog::canonical;
use crate::catalog::icons::icon_class;
use crate::change::Change;
use crate::graph::{self, Dependency};
use crate::model::{Address, DependencyKind, Mode, Object, Resource, ResourceId, Snapshot, Unknown, UnknownKind, Value, camel_path};
use crate::review::place::source;
use crate::review::{Action, DependencyEntry, DisabledEntry, FileEntry, OutputEntry, ResourceEntry, ResourceMode, Understood};
use crate::source::{FileId, Sources, Version};

/// What is not known, gathered in one walk over every argument.
#[derive(Debug, Default)]
pub(super) struct Unknowns {
    by_file: FxHashMap<FileId, Understood>,
    /// Subject -> the arguments that hold it, in address order.
    pub concerns: FxHashMap<EcoString, Vec<Concern>>,
}

/// An argument whose value is not known.
#[derive(Debug, Clone)]
pub(super) struct Concern {
    pub resource: ResourceId,
    pub argument: EcoString,
}

/// Walks the arguments of every resource once.
pub(super) fn unknowns(snapshot: &Snapshot) -> Unknowns {
    let mut all = Unknowns::default();
    let mut reasons: FxHashMap<(FileId, &Unknown), u32> = FxHashMap::default();
    for (id, resource) in snapshot.iter() {
        if resource.mode == Mode::External {
            continue;
        }
        let mut resolved = resource.count_unknown.is_none();
        for (name, value) in resource.own_attributes().iter() {
            each_unknown(value, &mut |unknown| {
                if unknown.kind == UnknownKind::AfterApply {
                    return;
                }
                resolved = false;
                *reasons.entry((resource.span.file, unknown)).or_default() += 1;
                let concerns = all.concerns.entry(unknown.subject.clone()).or_default();
                if concerns.last().is_none_or(|last| last.resource != id || last.argument != *name) {
                    concerns.push(Concern { resource: id, argument: name.clone() });
                }
            });
        }
        let understood = all.by_file.entry(resource.span.file).or_default();
        understood.resources_seen += 1;
        understood.resources_resolved += u32::from(resolved);
    }
    for ((file, unknown), count) in reasons {
        if let Some(understood) = all.by_file.get_mut(&file) {
            *understood.unknown_reasons.entry(eco_format!("{unknown}")).or_default() += count;
        }
    }
    all
}

pub(super) fn files(sources: &Sources, stage: &Stage, unknowns: &Unknowns) -> Vec<FileEntry> {
    let entry = |kind: &crate::lang::FileKind| {
        let file = sources.file(kind.file)?;
        Some(FileEntry {
            path: file.path.clone(),
            kind: kind.kind.name().into(),
            bytes: file.text.len() as u32,
            resources: kind.resources,
            understood: unknowns.by_file.get(&kind.file).cloned().unwrap_or_default(),
            before: file.version == Version::Before,
        })
    };
    stage.program.files.iter().filter_map(entry).collect()
}

pub(super) fn outputs(sources: &Sources, snapshot: &Snapshot) -> Vec<OutputEntry> {
    let entry = |output: &crate::model::OutputValue| OutputEntry {
        address: output.address.clone(),
        value: if output.sensitive { output.value.clone().sensitive() } else { output.value.clone() },
        sensitive: output.sensitive,
        source: source(sources, output.span),
    };
    snapshot.outputs.iter().map(entry).collect()
}

pub(super) fn disabled(sources: &Sources, snapshot: &Snapshot) -> Vec<DisabledEntry> {
    let entry = |disabled: &crate::model::Disabled| DisabledEntry {
        address: disabled.address.text().clone(),
        native_type: disabled.native_type.clone(),
        source: source(sources, disabled.span),
        reason: disabled.reason.clone(),
    };
    snapshot.disabled.iter().map(entry).collect()
}

/// Resources and dependencies of the version under review, followed by those that only the version before has.
pub(super) fn graph(
    sources: &Sources,
    before: Option<&Stage>,
    after: &Stage,
    changes: &[Change],
) -> (Vec<ResourceEntry>, Vec<DependencyEntry>) {
    let mut resources: Vec<ResourceEntry> = Vec::with_capacity(after.snapshot.resources.len());
    let mut icons = Icons::default();
    resources.extend(after.snapshot.resources.iter().map(|resource| resource_entry(sources, resource, &mut icons, false)));
    let mut dependencies: Vec<DependencyEntry> = Vec::with_capacity(after.graph.dependencies.len());
    dependencies.extend(after.graph.dependencies.iter().filter_map(|edge| dependency(sources, &after.snapshot, edge)));
    dependencies.extend(graph::idle(&after.snapshot).iter().map(|edge| idle_dependency(sources, edge)));
    if let Some(before) = before {
        let gone = gone(&before.snapshot, &after.snapshot, changes);
        if !gone.is_empty() {
            let edges = before.graph.dependencies.iter().filter(|edge| gone.contains(&edge.from) || gone.contains(&edge.to));
            let edges: Vec<&Dependency> = edges.collect();
            // Both ends of an edge stand in the list: a thing declared nowhere is listed where it is referred to.
            let ends: FxHashSet<ResourceId> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
            let kept = |id: ResourceId, resource: &Resource| resource.mode != Mode::External || ends.contains(&id);
            let listed = before.snapshot.iter().filter(|(id, resource)| gone.contains(id) && kept(*id, resource));
            resources.extend(listed.map(|(_, resource)| resource_entry(sources, resource, &mut icons, true)));
            let known: FxHashSet<EcoString> = resources.iter().map(|resource| resource.address.clone()).collect();
            let entries = edges.into_iter().filter_map(|edge| dependency(sources, &before.snapshot, edge));
            dependencies.extend(entries.filter(|entry| known.contains(&entry.from) && known.contains(&entry.to)));
        }
    }
    (resources, dependencies)
}

/// Resources of the version before that the one under review has under no name.
fn gone(before: &Snapshot, after: &Snapshot, changes: &[Change]) -> FxHashSet<ResourceId> {
    let moved: FxHashSet<ResourceId> = changes.iter().filter(|change| change.after.is_some()).filter_map(|change| change.before).collect();
    // Instances of a block whose number is not known any more may all still be there.
    let open: FxHashSet<&str> =
        after.resources.iter().filter(|resource| resource.count_unknown.is_some()).map(|resource| resource.address.without_key()).collect();
    let is_open = |resource: &Resource| !open.is_empty() && open.contains(Address::with_open_keys(resource.address.without_key()).as_str());
    let mut left = after.resources.iter().peekable();
    let mut gone: FxHashSet<ResourceId> =
        changes.iter().filter(|change| change.action == Action::Delete).filter_map(|change| change.before).collect();
    for (id, resource) in before.iter() {
        while left.peek().is_some_and(|other| other.address < resource.address) {
            left.next();
        }
        let same = left.peek().is_some_and(|other| other.address == resource.address);
        if !same && !moved.contains(&id) && !open.contains(resource.address.without_key()) && !is_open(resource) {
            gone.insert(id);
        }
    }
    gone
}

/// Icon classes of the types seen so far: many resources have one of few types.
type Icons<'s> = FxHashMap<&'s str, &'static str>;

fn resource_entry<'s>(sources: &Sources, resource: &'s Resource, icons: &mut Icons<'s>, deleted: bool) -> ResourceEntry {
    ResourceEntry {
        address: resource.address.text().clone(),
        native_type: resource.native_type.clone(),
        r#type: resource.r#type.clone(),
        name: resource.name.clone(),
        provider: resource.provider.clone(),
        module: resource.address.module().into(),
        mode: match resource.mode {
            Mode::Managed => ResourceMode::Managed,
            Mode::Data | Mode::Ephemeral => ResourceMode::Data,
            Mode::Module => ResourceMode::Module,
            Mode::Component => ResourceMode::Component,
            Mode::External => ResourceMode::External,
        },
        count_unknown: resource.count_unknown.is_some(),
        source: source(sources, resource.span),
        called_from: match &resource.declaration {
            Some(declaration) => declaration.called_from.iter().map(|span| source(sources, *span)).collect(),
            None => Vec::new(),
        },
        region: resource.region.clone(),
        icon: match resource.mode {
            Mode::Module => "module".into(),
            Mode::External => "external".into(),
            _ => {
                let known = icons.entry(&resource.r#type);
                (*known.or_insert_with(|| icon_class(&canonical::icon_type(&resource.r#type)))).into()
            }
        },
        deleted,
        attributes: if resource.is_camel() { Arc::new(camel_object(&resource.attributes)) } else { resource.attributes.clone() },
    }
}

/// The arguments as a program in TypeScript spells them.
fn camel_object(object: &Object) -> Object {
    let entry = |(name, value): (&EcoString, &Value)| {
        let inside = camel_path(&eco_format!("{name}.a_b")).ends_with("aB");
        (camel_path(name), if inside { camel_value(value) } else { value.clone() })
    };
    object.iter().map(entry).collect()
}

fn camel_value(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::list(items.iter().map(camel_value).collect::<Vec<_>>()),
        Value::Object(object) => Value::Object(Arc::new(camel_object(object))),
        other => other.clone(),
    }
}

fn dependency(sources: &Sources, snapshot: &Snapshot, edge: &Dependency) -> Option<DependencyEntry> {
    let (from, to) = (snapshot.resource(edge.from)?, snapshot.resource(edge.to)?);
    let spelled = |path: &EcoString| if from.is_camel() { camel_path(path) } else { path.clone() };
    Some(DependencyEntry {
        from: from.address.text().clone(),
        to: to.address.text().clone(),
        via: spelled(&edge.argument),
        reads: spelled(&edge.reads),
        through: edge.through.to_vec(),
        kind: edge.kind,
        disabled: false,
        source: source(sources, edge.span),
    })
}

/// An edge of what is switched off.
fn idle_dependency(sources: &Sources, edge: &graph::Idle<'_>) -> DependencyEntry {
    let reference = edge.reference;
    DependencyEntry {
        from: edge.from.clone(),
        to: edge.to.clone(),
        via: reference.argument.clone(),
        reads: reference.reads.clone(),
        through: reference.through.to_vec(),
        kind: if reference.explicit { DependencyKind::Explicit } else { DependencyKind::Reference },
        disabled: true,
        source: source(sources, reference.span),
    }
}

fn each_unknown<'v>(value: &'v Value, visit: &mut impl FnMut(&'v Unknown)) {
    match value {
        Value::Unknown(unknown) => visit(unknown),
        Value::Sensitive(inner) => each_unknown(inner, visit),
        Value::List(items) => items.iter().for_each(|item| each_unknown(item, visit)),
        Value::Object(object) => object.values().for_each(|value| each_unknown(value, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
