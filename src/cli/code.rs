//! Code that resources are made of: which of its files differ between two versions on this machine.
//!
//! A review reads no code. What differs is found here, file by file, and handed on as paths.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ecow::EcoString;
use plumbline::Review;
use plumbline::evaluate::code;

use super::files::{Files, ancestor, is_left_out, normal, relative, shared};

/// The most files of one folder of code that are compared.
const MAX_FILES: usize = 20_000;

/// The files of code that differ, by the names that the review knows them by.
pub fn differing(review: &Review, after: &Files, before: &Files, levels: usize) -> Vec<EcoString> {
    let (new, old) = (ancestor(&after.folder, levels), ancestor(&before.folder, levels));
    let mut found = BTreeSet::new();
    let mut paths: BTreeSet<(&Path, String)> = BTreeSet::new();
    for resource in &review.resources {
        // A path is relative to the project, which is at or above the file that names it.
        let folders = Path::new(resource.source.file.as_str()).ancestors().skip(1);
        code::each_path(&resource.native_type, &resource.attributes, &mut |written| {
            paths.extend(folders.clone().map(|folder| (folder, written.to_owned())));
        });
    }
    for (folder, written) in &paths {
        let below = |root: &Path| normal(&root.join(folder).join(written));
        let (new, old) = (below(new), below(old));
        if new == old || !new.exists() || !old.exists() {
            continue;
        }
        let name = code::normal(&relative(folder, Path::new("")), written);
        for part in parts(&new).union(&parts(&old)) {
            // Those that are read are compared as they are read.
            if after.by_path.contains_key(&new.join(part)) && before.by_path.contains_key(&old.join(part)) {
                continue;
            }
            if fs::read(new.join(part)).ok() != fs::read(old.join(part)).ok() {
                let inside = relative(part, Path::new(""));
                found.insert(EcoString::from(if inside.is_empty() { name.clone() } else { format!("{name}/{inside}") }));
            }
        }
    }
    found.into_iter().collect()
}

/// What a file on this machine is called among those of a review, when it lies beside them too.
pub fn name_of(path: &Path, files: &Files, levels: usize) -> EcoString {
    let root = ancestor(&files.folder, levels);
    relative(path, &shared(root, path)).into()
}

/// The files below a folder, by their path in it; of a file, the file itself.
fn parts(path: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    if path.is_file() {
        found.insert(PathBuf::new());
        return found;
    }
    let mut open = vec![path.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !is_left_out(&entry.file_name().to_string_lossy()) {
                open.push(entry.path());
            } else if kind.is_file()
                && found.len() < MAX_FILES
                && let Ok(part) = entry.path().strip_prefix(path)
            {
                found.insert(part.to_path_buf());
            }
        }
    }
    found
}
