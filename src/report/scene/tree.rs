//! Groups: which box a thing stands in, by module, file, type or provider.

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use super::GroupBy;
use super::model::{Model, Thing, short_type};

/// Boxes nest this deep; what lies deeper shares a box per path.
const DEEPEST: usize = 3;

/// A group, open or collapsed.
pub(super) struct Folder {
    pub id: EcoString,
    pub label: EcoString,
    pub parent: Option<u32>,
}

/// Folders, each after its parent, in the order of their first member.
pub(super) struct Tree {
    pub folders: Vec<Folder>,
    /// Folder of each thing.
    pub home: Vec<Option<u32>>,
}

/// What decides a thing's folder; equal places need no second look.
type Place<'a> = (&'a str, &'a str, &'a str);

impl Tree {
    pub fn of(model: &Model<'_>, by: GroupBy) -> Tree {
        let shared = shared_folder(model.things.iter().map(|thing| thing.file).filter(|file| !file.is_empty()));
        let mut tree = Tree { folders: Vec::new(), home: Vec::with_capacity(model.things.len()) };
        let mut by_id: FxHashMap<EcoString, u32> = FxHashMap::default();
        let mut by_place: FxHashMap<Place<'_>, Option<u32>> = FxHashMap::default();
        for thing in &model.things {
            let place = place(thing, by);
            let home = match by_place.get(&place) {
                Some(home) => *home,
                None => {
                    let mut parent = None;
                    for (id, label) in path(place, by, shared) {
                        let folders = &mut tree.folders;
                        parent = Some(*by_id.entry(id.clone()).or_insert_with(|| {
                            folders.push(Folder { id, label, parent });
                            folders.len() as u32 - 1
                        }));
                    }
                    by_place.insert(place, parent);
                    parent
                }
            };
            tree.home.push(home);
        }
        tree
    }

    /// Gives every folder with more than `most` of the counted things, and of several types, one folder per type
    /// inside; those in `whole` stay whole.
    pub fn split_by_type(&mut self, model: &Model<'_>, counted: &[bool], most: u32, whole: &FxHashSet<&str>) {
        let mut counts = vec![0_u32; self.folders.len()];
        let mut types: Vec<(&str, bool)> = vec![("", false); self.folders.len()];
        for ((home, counted), thing) in self.home.iter().zip(counted).zip(&model.things) {
            let Some(home) = home.map(|home| home as usize) else { continue };
            if let Some(count) = counts.get_mut(home).filter(|_| *counted) {
                *count += 1;
            }
            if let Some((first, several)) = types.get_mut(home) {
                *several |= !first.is_empty() && *first != thing.native_type;
                *first = thing.native_type;
            }
        }
        for ((count, (_, several)), folder) in counts.iter_mut().zip(&types).zip(&self.folders) {
            if !several || whole.contains(folder.id.as_str()) {
                *count = 0;
            }
        }
        let mut by_type: FxHashMap<(u32, &str), u32> = FxHashMap::default();
        let folders = &mut self.folders;
        for (home, thing) in self.home.iter_mut().zip(&model.things) {
            let Some(folder) = *home else { continue };
            if counts.get(folder as usize).is_none_or(|count| *count <= most) {
                continue;
            }
            let kind = short_type(thing.native_type);
            *home = Some(*by_type.entry((folder, kind)).or_insert_with(|| {
                let id = folders.get(folder as usize).map(|parent| eco_format!("{}/type:{kind}", parent.id)).unwrap_or_default();
                folders.push(Folder { id, label: kind.into(), parent: Some(folder) });
                folders.len() as u32 - 1
            }));
        }
    }

    /// Adds up a figure of each folder into its parents.
    pub fn roll_up(&self, figures: &mut [u32]) {
        for (at, folder) in self.folders.iter().enumerate().rev() {
            let figure = figures.get(at).copied().unwrap_or(0);
            if let Some(parent) = folder.parent.and_then(|parent| figures.get_mut(parent as usize)) {
                *parent += figure;
            }
        }
    }
}

/// The review's root, the module, and what it is grouped by inside.
fn place<'a>(thing: &Thing<'a>, by: GroupBy) -> Place<'a> {
    let Some(entry) = thing.entry.filter(|_| thing.kind != super::CardKind::External) else {
        // Things from elsewhere stand outside; what is switched off stands in its file.
        let by_file = thing.kind == super::CardKind::Disabled && matches!(by, GroupBy::Auto | GroupBy::File);
        return ("", "", if by_file { thing.file } else { "" });
    };
    let root = match thing.address.split_once("//") {
        Some((root, _)) if !root.contains(['[', '"']) => root,
        _ => "",
    };
    match by {
        GroupBy::Auto if entry.module.is_empty() => (root, "", thing.file),
        GroupBy::Auto | GroupBy::Module => (root, &entry.module, ""),
        GroupBy::File => ("", "", thing.file),
        GroupBy::Type => ("", "", short_type(thing.native_type)),
        GroupBy::Provider => ("", "", entry.provider.as_str()),
        GroupBy::None => ("", "", ""),
    }
}

/// Id and label of each folder on the way to a place, outermost first.
fn path((root, module, inside): Place<'_>, by: GroupBy, shared: &str) -> Vec<(EcoString, EcoString)> {
    let mut path = Vec::new();
    if !root.is_empty() {
        path.push((eco_format!("root:{root}"), root.into()));
    }
    let mut start = 0;
    let ends = module_ends(module);
    for (depth, end) in ends.iter().enumerate() {
        // The deepest box takes the rest of the path into its label.
        let end = if depth + 1 == DEEPEST { module.len() } else { *end };
        let label = module.get(start..end).unwrap_or(module).trim_start_matches('.');
        path.push((eco_format!("module:{root}//{}", module.get(..end).unwrap_or(module)), label.into()));
        start = end;
        if end == module.len() {
            break;
        }
    }
    if !inside.is_empty() {
        let word = match by {
            GroupBy::Auto | GroupBy::File => "file",
            GroupBy::Type => "type",
            GroupBy::Module | GroupBy::Provider | GroupBy::None => "provider",
        };
        let label = if word == "file" { inside.strip_prefix(shared).unwrap_or(inside) } else { inside };
        path.push((eco_format!("{word}:{inside}"), label.into()));
    }
    path
}

/// Byte offsets at which the steps of `module.a["k"].module.b` end.
fn module_ends(module: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut quoted = false;
    for (at, byte) in module.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'.' if !quoted && module.get(at..).is_some_and(|rest| rest.starts_with(".module.")) => ends.push(at),
            _ => (),
        }
    }
    if !module.is_empty() {
        ends.push(module.len());
    }
    ends
}

/// The folder, with its slash, that all files lie in.
fn shared_folder<'a>(mut files: impl Iterator<Item = &'a str>) -> &'a str {
    let folder = |file: &'a str| file.get(..file.rfind('/').map_or(0, |slash| slash + 1)).unwrap_or("");
    let Some(first) = files.next() else { return "" };
    let mut shared = folder(first);
    for file in files {
        while !file.starts_with(shared) {
            shared = folder(shared.trim_end_matches('/'));
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_path_is_cut_at_its_steps_and_not_inside_keys() {
        let path = |module| path(("", module, ""), GroupBy::Module, "").into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(path("module.a[\"x.module.y\"].module.b"), ["module.a[\"x.module.y\"]", "module.b"]);
        assert_eq!(path("module.a.module.b.module.c.module.d"), ["module.a", "module.b", "module.c.module.d"]);
        assert!(path("").is_empty());
    }

    #[test]
    fn file_labels_lose_the_folder_they_share() {
        assert_eq!(shared_folder(["infra/net/a.tf", "infra/net/b.tf", "infra/db/c.tf"].into_iter()), "infra/");
        assert_eq!(shared_folder(["a.tf", "infra/b.tf"].into_iter()), "");
        assert_eq!(shared_folder(["infra/a.tf"].into_iter()), "infra/");
    }
}
