//! Code beside the infrastructure: the paths of what is uploaded or built, and whether what lies there differs between
//! two versions.

use std::sync::Arc;

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Mode, Object, Resource, Snapshot, Value};
use crate::order::Order as _;
use crate::source::{Sources, Version};

/// The argument that stands for what lies at the paths of a resource.
pub const CONTENTS: &str = "contents";

/// Arguments that hold paths.
const PATHS: &[&str] = &[
    "archive",
    "assets",
    "build",
    "code",
    "code_uri",
    "codeUri",
    "content_uri",
    "contentUri",
    "context",
    "dockerfile",
    "file",
    "filename",
    "local_path",
    "localPath",
    "location",
    "source",
    "source_dir",
    "sourceDir",
    "source_file",
    "sourceFile",
    "source_path",
    "sourcePath",
];

/// Types whose `path` is one of code; elsewhere it is a part of an address.
const WITH_PATH: &[&str] = &["awsx:ecr:Image", "docker_image", "synced-folder:"];

/// As which path a resource, declared in a file, names the code that a path lies in.
pub fn source_of(native_type: &str, attributes: &Object, file: &str, path: &str) -> Option<EcoString> {
    let mut found = None;
    each_path(native_type, attributes, &mut |written| {
        if found.is_none() && folders(file, written).any(|folder| lies_in(path, &folder)) {
            found = Some(written.into());
        }
    });
    found
}

/// Every path of code that a resource names.
pub fn each_path(native_type: &str, attributes: &Object, found: &mut dyn FnMut(&str)) {
    for (name, value) in attributes.iter() {
        each_in(value, holds_path(name), found);
    }
    if WITH_PATH.iter().any(|start| native_type.starts_with(start))
        && let Some(path) = attributes.get("path").and_then(Value::as_text)
    {
        found(path);
    }
}

/// Programs spell names in two ways: `source_dir`, `sourceDir`.
fn holds_path(name: &str) -> bool {
    let plain = name.replace('_', "").to_ascii_lowercase();
    PATHS.iter().any(|known| known.bytes().filter(|letter| *letter != b'_').eq(plain.bytes()))
}

fn each_in(value: &Value, named: bool, found: &mut dyn FnMut(&str)) {
    match value.unmarked() {
        Value::Text(text) if named && !text.contains("://") && !text.contains(['\n', '{']) => found(text),
        Value::List(items) => items.iter().for_each(|item| each_in(item, named, found)),
        Value::Object(object) => {
            for (name, value) in object.iter() {
                each_in(value, named && value.as_text().is_none() || holds_path(name), found);
            }
        }
        _ => {}
    }
}

/// What a written path may mean: it is relative to the project, which is at or above the file that declares the resource.
fn folders(file: &str, written: &str) -> impl Iterator<Item = String> {
    let above = file.match_indices('/').filter_map(|(at, _)| file.get(..at));
    std::iter::once("").chain(above).map(move |folder| normal(folder, written))
}

/// Whether one is the other, or lies below it.
fn lies_in(path: &str, folder: &str) -> bool {
    !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The path from a folder, without `.` and `..` steps.
pub fn normal(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Notes on both sides of a comparison what of its code differs, where both versions have some of it at hand.
/// `told` are files of code that are known to differ and are at hand in neither.
pub fn compare(sources: &Sources, told: &[EcoString], before: &mut Snapshot, after: &mut Snapshot) {
    let of = |version| sources.files().filter(move |file| file.version == version).map(|file| (file.path.as_str(), &file.text));
    let (old, new): (FxHashMap<_, _>, FxHashMap<_, _>) = (of(Version::Before).collect(), of(Version::After).collect());
    let mut changed: Vec<&str> = new.iter().filter(|(path, text)| old.get(*path) != Some(text)).map(|(path, _)| *path).collect();
    changed.extend(old.keys().filter(|path| !new.contains_key(*path)));
    changed.extend(told.iter().map(EcoString::as_str));
    if changed.is_empty() {
        return;
    }
    changed.order();
    changed.dedup();
    let places: FxHashMap<EcoString, usize> = before.resources.iter().enumerate().map(|(at, it)| (it.address.text().clone(), at)).collect();
    for resource in after.resources.iter_mut().filter(|it| matches!(it.mode, Mode::Managed | Mode::Data | Mode::Module)) {
        let file = sources.file(resource.span.file).map_or("", |file| file.path.as_str());
        let mut named = FxHashSet::default();
        each_path(&resource.native_type, &resource.attributes, &mut |written| named.extend(folders(file, written)));
        let inside = |path: &str| named.iter().any(|folder| lies_in(path, folder));
        if named.is_empty() {
            continue;
        }
        let at_hand = |files: &FxHashMap<&str, _>| files.keys().any(|path| inside(path));
        if !(told.iter().any(|path| inside(path)) || at_hand(&old) && at_hand(&new)) {
            continue;
        }
        let differs: Vec<&str> = changed.iter().copied().filter(|path| inside(path)).collect();
        let (Some(first), Some(before)) =
            (differs.first(), places.get(resource.address.text()).and_then(|at| before.resources.get_mut(*at)))
        else {
            continue;
        };
        let more = if differs.len() == 1 { EcoString::new() } else { eco_format!(" and {} more", differs.len() - 1) };
        note(before, "as they were".into());
        note(resource, eco_format!("other in {first}{more}"));
    }
}

fn note(resource: &mut Resource, text: EcoString) {
    Arc::make_mut(&mut resource.attributes).insert(CONTENTS.into(), Value::Text(text.clone()));
    if let Some(native) = &mut resource.native {
        Arc::make_mut(&mut Arc::make_mut(native).attributes).insert(CONTENTS.into(), Value::Text(text));
    }
}
