//! Two versions out of one and a patch: finds the patch's files among those at hand and applies it in memory.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::files::{Files, is_configuration};
use super::patch::{self, Direction, FilePatch};

/// Both versions, and how many files of the patch lie elsewhere.
pub struct Versions {
    pub before: Files,
    pub after: Files,
    pub elsewhere: usize,
    /// Those, by where they would lie.
    pub code: Vec<PathBuf>,
}

/// The files at hand are the version before the patch, or when it only comes off, the version after.
pub fn versions(files: Files, text: &str) -> Result<Versions> {
    let patches: Vec<FilePatch> = match patch::parse(text) {
        Ok(patches) => patches.into_iter().filter(|patch| !patch.binary).collect(),
        Err(refusal) => bail!("{refusal}."),
    };
    let Some(place) = Place::of(&patches, &files).or_else(|| Place::of_code(&patches, &files)) else {
        bail!("The patch changes none of the files given.");
    };
    match patched(&files, &patches, &place, Direction::Forwards) {
        Ok((after, code)) => Ok(Versions { before: files, after, elsewhere: code.len(), code }),
        Err(forwards) => match patched(&files, &patches, &place, Direction::Backwards) {
            Ok((before, code)) => Ok(Versions { before, after: files, elsewhere: code.len(), code }),
            Err(_) => Err(forwards),
        },
    }
}

fn patched(files: &Files, patches: &[FilePatch], place: &Place, direction: Direction) -> Result<(Files, Vec<PathBuf>)> {
    let mut result = files.clone();
    let mut elsewhere = Vec::new();
    for patch in patches {
        let (old, new) = match direction {
            Direction::Forwards => (&patch.before, &patch.after),
            Direction::Backwards => (&patch.after, &patch.before),
        };
        let (old_path, new_path) = (old.as_ref().map(|path| place.locate(path)), new.as_ref().map(|path| place.locate(path)));
        let there = old_path.as_ref().and_then(|path| files.by_path.get(path));
        let text = match (&old_path, there) {
            (Some(_), Some(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            (None, _) if new_path.as_ref().is_some_and(|path| belongs(path, files)) => {
                if let Some(path) = new_path.as_ref().filter(|path| files.by_path.contains_key(*path)) {
                    bail!("{}: the patch makes this file, and it is there already", path.display());
                }
                String::new()
            }
            _ => {
                elsewhere.extend(old_path.or(new_path));
                continue;
            }
        };
        let name = old.as_deref().or(new.as_deref()).unwrap_or_default();
        let text = patch::apply(&text, patch, direction).map_err(|refusal| anyhow::anyhow!("{name}: {refusal}"))?;
        if let Some(path) = &old_path {
            result.by_path.remove(path);
        }
        if let Some(path) = new_path {
            result.by_path.insert(path, text.into_bytes());
        }
    }
    Ok((result, elsewhere))
}

fn belongs(path: &Path, files: &Files) -> bool {
    path.starts_with(&files.folder) && is_configuration(&path.to_string_lossy())
}

/// Where the paths of a patch stand: the part they begin with is taken off, the rest is below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    folder: PathBuf,
    without: PathBuf,
}

impl Place {
    fn locate(&self, path: &str) -> PathBuf {
        let path = Path::new(path);
        self.folder.join(path.strip_prefix(&self.without).unwrap_or(path))
    }

    /// The place under which the first file of the patch lies that is there, though it is none of those given: code.
    fn of_code(patches: &[FilePatch], files: &Files) -> Option<Place> {
        let roots = files.folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf);
        let roots = roots.into_iter().chain(files.folder.ancestors().map(Path::to_path_buf));
        let mut places = roots.map(|folder| Place { folder, without: PathBuf::new() });
        let there = |place: &Place, path: &Option<String>| path.as_ref().is_some_and(|path| place.locate(path).is_file());
        places.find(|place| patches.iter().any(|patch| there(place, &patch.before) || there(place, &patch.after)))
    }

    /// The place under which most of the patch's files are at hand; of equal ones the repository's root wins, then
    /// the working folder, then the folder the user named.
    fn of(patches: &[FilePatch], files: &Files) -> Option<Place> {
        let paths: Vec<&str> = patches.iter().flat_map(|patch| [&patch.before, &patch.after]).flatten().map(String::as_str).collect();
        let below = |folder: &Path| Place { folder: folder.to_path_buf(), without: PathBuf::new() };
        let mut places: Vec<Place> = Vec::new();
        places.extend(files.folder.ancestors().find(|folder| folder.join(".git").exists()).map(below));
        places.extend(std::env::current_dir().ok().map(|folder| below(&folder)));
        places.push(below(&files.folder));
        for path in paths.iter().take(20).map(Path::new) {
            for (at_hand, _) in files.by_path.iter() {
                let relative = at_hand.strip_prefix(&files.folder).unwrap_or(at_hand);
                let place = if at_hand.ends_with(path) {
                    at_hand.ancestors().nth(path.components().count()).map(below)
                } else if path.ends_with(relative) {
                    let without = path.ancestors().nth(relative.components().count()).map(Path::to_path_buf);
                    without.map(|without| Place { folder: files.folder.clone(), without })
                } else {
                    None
                };
                places.extend(place.filter(|place| !places.contains(place)));
            }
        }
        let at_hand = |place: &Place| paths.iter().filter(|path| files.by_path.contains_key(&place.locate(path))).count();
        let made = |place: &Place| paths.iter().filter(|path| belongs(&place.locate(path), files)).count();
        let (found, place) = places
            .into_iter()
            .map(|place| ((at_hand(&place), made(&place)), place))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        // A patch that only makes files has none of them at hand; any other must touch one.
        let only_makes = patches.iter().all(|patch| patch.before.is_none() || !patch.before.as_deref().is_some_and(is_configuration));
        (found.0 > 0 || (only_makes && found.1 > 0)).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "--- a/infra/rds.tf\n+++ b/infra/rds.tf\n@@ -1 +1 @@\n-a\n+b\n--- /dev/null\n+++ b/infra/new.tf\n@@ -0,0 +1 @@\n+n\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-r\n+s\n";

    fn files(folder: &str, paths: &[(&str, &str)]) -> Files {
        Files {
            folder: folder.into(),
            by_path: paths.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect(),
            ..Files::default()
        }
    }

    fn show(files: &Files) -> Vec<String> {
        files.by_path.iter().map(|(path, bytes)| format!("{} {}", path.display(), String::from_utf8_lossy(bytes).trim())).collect()
    }

    #[test]
    fn a_patch_of_the_repository_on_one_folder() {
        let versions = versions(files("/repo/infra", &[("/repo/infra/rds.tf", "a\n")]), PATCH).unwrap();
        assert_eq!(show(&versions.before), ["/repo/infra/rds.tf a"]);
        assert_eq!(show(&versions.after), ["/repo/infra/new.tf n", "/repo/infra/rds.tf b"]);
        assert_eq!(versions.elsewhere, 1);
    }

    #[test]
    fn a_patch_that_is_already_applied_gives_the_version_before() {
        let there = files("/x/copy", &[("/x/copy/rds.tf", "b\n"), ("/x/copy/new.tf", "n\n")]);
        let versions = versions(there, PATCH).unwrap();
        assert_eq!(show(&versions.before), ["/x/copy/rds.tf a"]);
    }

    #[test]
    fn a_patch_that_does_not_apply_says_where() {
        let refusal = versions(files("/repo/infra", &[("/repo/infra/rds.tf", "c\n")]), PATCH).err().unwrap();
        assert_eq!(refusal.to_string(), "infra/rds.tf: This hunk does not apply: line 1 reads differently");
        let refusal = versions(files("/repo/other", &[("/repo/other/x.tf", "c\n")]), PATCH).err().unwrap();
        assert_eq!(refusal.to_string(), "The patch changes none of the files given.");
    }
}
