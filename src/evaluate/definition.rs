//! A module's declarations, found by name. Shared by all instances of the module.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::twins::Parts;
use crate::model::{Attribute, Mode, Module};

pub(super) struct Definition<'p> {
    /// The module's folder.
    pub folder: &'p EcoString,
    pub module: &'p Module,
    pub variables: FxHashMap<&'p str, u32>,
    pub locals: FxHashMap<&'p str, u32>,
    pub outputs: FxHashMap<&'p str, u32>,
    pub calls: FxHashMap<&'p str, u32>,
    /// By mode, type and name.
    pub resources: FxHashMap<(Mode, &'p str, &'p str), u32>,
    /// Where resources have plain names: by that name.
    pub plain: FxHashMap<EcoString, u32>,
    /// Values from variable files; the last one given counts.
    pub assignments: FxHashMap<&'p str, &'p Attribute>,
    /// The arguments of each module call.
    pub inputs: Vec<FxHashMap<&'p str, &'p Attribute>>,
    pub parts: Parts,
}

impl<'p> Definition<'p> {
    pub fn new(folder: &'p EcoString, module: &'p Module) -> Definition<'p> {
        // A name declared twice keeps its first declaration, as the language reports the second.
        let mut resources = FxHashMap::default();
        for (at, declaration) in module.resources.iter().enumerate() {
            let key = (declaration.mode, declaration.native_type.as_str(), declaration.name.as_str());
            resources.entry(key).or_insert(at as u32);
        }
        let dialect = module.dialect;
        let mut plain = FxHashMap::default();
        if dialect.has_plain_names() {
            for (at, declaration) in module.resources.iter().enumerate() {
                plain.entry(dialect.plain_name(&declaration.native_type, &declaration.name)).or_insert(at as u32);
            }
        }
        Definition {
            folder,
            module,
            variables: by_name(module.variables.iter().map(|variable| &variable.name)),
            locals: by_name(module.locals.iter().map(|local| &local.name)),
            outputs: by_name(module.outputs.iter().map(|output| &output.name)),
            calls: by_name(module.calls.iter().map(|call| &call.name)),
            resources,
            plain,
            assignments: module.assignments.iter().map(|attribute| (attribute.name.as_str(), attribute)).collect(),
            inputs: module
                .calls
                .iter()
                .map(|call| call.body.attributes.iter().map(|attribute| (attribute.name.as_str(), attribute)).collect())
                .collect(),
            parts: Parts::default(),
        }
    }
}

fn by_name<'p>(names: impl Iterator<Item = &'p EcoString>) -> FxHashMap<&'p str, u32> {
    let mut index = FxHashMap::default();
    for (at, name) in names.enumerate() {
        index.entry(name.as_str()).or_insert(at as u32);
    }
    index
}
