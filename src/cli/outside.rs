//! Files outside the folders that were named, where a configuration names them by their exact path: what `terraform`
//! would read, as far as the repository goes, and not one step beyond it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::files::{Files, MAX_FILES, highest, is_configuration, is_known, is_left_out, normal, relative};
use super::mentions::MAX_BYTES;

/// The nearest folder above that is a repository.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// Where the repository of another version would begin: as far above the folder as it does there, over the same names.
pub fn alike(folder: &Path, like: &Files) -> Option<PathBuf> {
    let below = like.folder.strip_prefix(like.repository.as_ref()?).ok()?;
    let root = folder.ancestors().nth(below.components().count())?;
    (folder.strip_prefix(root) == Ok(below)).then(|| root.to_path_buf())
}

/// Whether a path lies in the repository, links followed; without one, whether it lies below a folder that was named.
pub fn reaches(files: &Files, path: &Path) -> Result<(), &'static str> {
    let Some(root) = &files.repository else {
        let inside = files.named.iter().any(|folder| path.starts_with(folder));
        return if inside { Ok(()) } else { Err("lies outside the folder named, and in no repository with it") };
    };
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(path)) if path.starts_with(&root) => Ok(()),
        _ => Err("lies outside the repository"),
    }
}

/// Reads what the configurations name outside; what is left out is noted with the reason.
pub fn read(files: &mut Files) {
    let mentioned = Mentioned::of(files);
    for mention in &mentioned.paths {
        if let Err(why) = mentioned.take(mention, files) {
            let file = relative(&mention.file, &files.folder);
            files.left_out.push(format!("{}, which {file} reads, {why}: it is not read", mention.written));
        }
    }
}

/// What all configurations name.
#[derive(Default)]
struct Mentioned {
    /// Outside, and not read yet.
    paths: BTreeSet<Mention>,
    /// A folder that is listed must be here as a whole or not at all: what is here of it is taken for all of it.
    listed: BTreeSet<PathBuf>,
    /// A folder is listed, and which one is worked out.
    worked_out: bool,
}

/// One path that a file names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mention {
    path: PathBuf,
    /// The highest folder on the way to it.
    passed: PathBuf,
    written: String,
    file: PathBuf,
}

impl Mentioned {
    fn of(files: &Files) -> Mentioned {
        let mut found = Mentioned::default();
        for (file, bytes) in files.by_path.iter().filter(|(path, _)| is_configuration(&path.to_string_lossy())) {
            let text = String::from_utf8_lossy(bytes);
            let module = file.parent().unwrap_or(Path::new(""));
            // A path that begins nowhere begins in the root, as `path.root` does.
            let folders = |start: Start| match start {
                Start::Module => vec![module.to_path_buf()],
                Start::Root => files.named.clone(),
            };
            for (start, written) in exact_paths(&text) {
                for folder in folders(start) {
                    let path = normal(&folder.join(written));
                    if !files.named.iter().any(|named| path.starts_with(named)) && !files.by_path.contains_key(&path) {
                        let (passed, written) = (highest(&folder, written), written.into());
                        found.paths.insert(Mention { path, passed, written, file: file.clone() });
                    }
                }
            }
            for folder in listings(&text) {
                match folder {
                    Some((start, written)) => found.listed.extend(folders(start).iter().map(|folder| normal(&folder.join(written)))),
                    None => found.worked_out = true,
                }
            }
        }
        found
    }

    fn take(&self, mention: &Mention, files: &mut Files) -> Result<(), &'static str> {
        let path = &mention.path;
        // What is not there is said where it is used.
        let Ok(kind) = fs::metadata(path) else { return Ok(()) };
        if kind.is_dir() && !self.listed.contains(path) {
            return Ok(());
        }
        reaches(files, path)?;
        if kind.is_dir() {
            let mut found = Vec::new();
            below(path, &mut found)?;
            for path in found {
                take_file(&path, files)?;
            }
        } else if self.worked_out {
            return Err("may be in a folder that a fileset() lists and that is worked out");
        } else if !self.listed.iter().any(|folder| path.starts_with(folder)) {
            take_file(path, files)?;
        }
        files.passed.insert(mention.passed.clone());
        Ok(())
    }
}

fn take_file(path: &Path, files: &mut Files) -> Result<(), &'static str> {
    if files.by_path.contains_key(path) {
        return Ok(());
    }
    reaches(files, path)?;
    if is_configuration(&path.to_string_lossy()) || is_known(path) {
        return Err("is configuration of its own");
    }
    if !fs::metadata(path).is_ok_and(|kind| kind.is_file() && kind.len() <= MAX_BYTES) {
        return Err("is larger than 1 MiB, or no file");
    }
    if files.by_path.len() >= MAX_FILES {
        return Err("is one file too many");
    }
    let bytes = fs::read(path).map_err(|_| "cannot be read")?;
    files.by_path.insert(path.to_path_buf(), bytes);
    Ok(())
}

/// Every file of a folder, to any depth.
fn below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), &'static str> {
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).map_err(|_| "cannot be read")?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // A folder behind a link may lead round in circles.
            match fs::symlink_metadata(&path) {
                Ok(kind) if kind.is_dir() && !is_left_out(&name) => open.push(path),
                Ok(kind) if !kind.is_dir() => found.push(path),
                _ => {}
            }
        }
        if found.len() > MAX_FILES {
            return Err("holds too many files");
        }
    }
    Ok(())
}

/// Where a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Module,
    Root,
}

const STARTS: [(&str, Start, bool); 4] = [
    ("\"${path.module}/", Start::Module, false),
    ("\"${path.root}/", Start::Root, false),
    // The dots belong to the path.
    ("\"./", Start::Root, true),
    ("\"../", Start::Root, true),
];

/// Paths that are written out from where they begin to their end.
fn exact_paths(text: &str) -> impl Iterator<Item = (Start, &str)> {
    STARTS.iter().flat_map(move |(lead, start, whole)| {
        text.match_indices(lead).filter_map(move |(at, _)| Some((*start, exact(text, if *whole { at + 1 } else { at + lead.len() })?)))
    })
}

/// The rest of a literal, if no part of it is worked out.
fn exact(text: &str, at: usize) -> Option<&str> {
    let value = text.get(at..)?.split(['"', '\n']).next()?;
    (!value.contains("${") && !value.contains("%{") && !value.contains('\\')).then_some(value)
}

/// The folders that `fileset` lists; nothing where the folder is worked out.
fn listings(text: &str) -> impl Iterator<Item = Option<(Start, &str)>> {
    text.match_indices("fileset(").map(|(at, call)| {
        let rest = text.get(at + call.len()..)?.trim_start();
        for (word, start) in [("path.module", Start::Module), ("path.root", Start::Root)] {
            let quoted = format!("\"${{{word}}}\"");
            let after = rest.strip_prefix(word).or_else(|| rest.strip_prefix(quoted.as_str()));
            if after.is_some_and(|after| after.trim_start().starts_with(',')) {
                return Some((start, ""));
            }
        }
        if let Some((lead, start, whole)) = STARTS.iter().find(|(lead, ..)| rest.starts_with(lead)) {
            return Some((*start, exact(rest, if *whole { 1 } else { lead.len() })?));
        }
        let plain = rest.strip_prefix('"').filter(|it| !it.starts_with(['$', '/']))?;
        let written = exact(plain, 0)?;
        Some((Start::Root, written))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_exact_or_none() {
        let text = r#"
            a = file("${path.module}/../scripts/a.sh")
            b = templatefile("../b.tftpl", {})
            c = file("${path.root}/c/${var.name}.json")
            d = file("${path.root}/d.json")
            e = "plain ../e"
        "#;
        let found: Vec<(Start, &str)> = exact_paths(text).collect();
        assert_eq!(found, [(Start::Module, "../scripts/a.sh"), (Start::Root, "d.json"), (Start::Root, "../b.tftpl")]);
    }

    #[test]
    fn folders_are_listed_or_worked_out() {
        let text = r#"
            a = fileset("${path.module}/../policies", "*.json")
            b = fileset(path.module, "x/*")
            c = fileset(var.folder, "*")
            d = fileset("${path.module}/${var.x}", "*")
            e = fileset("files", "*")
        "#;
        let found: Vec<Option<(Start, &str)>> = listings(text).collect();
        assert_eq!(found, [Some((Start::Module, "../policies")), Some((Start::Module, "")), None, None, Some((Start::Root, "files"))]);
    }

    #[test]
    fn the_other_version_begins_as_far_above() {
        let like = Files { folder: "/repo/live/prod".into(), repository: Some("/repo".into()), ..Files::default() };
        assert_eq!(alike(Path::new("/other/live/prod"), &like), Some("/other".into()));
        assert_eq!(alike(Path::new("/other/live/test"), &like), None);
    }
}
