//! Files that a configuration names without being one: templates, scripts, policies.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::files::{Files, MAX_FILES};

/// The largest template or other file that is read because a configuration names it.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A name of which a part is worked out: `"${path.module}/templates/app-${var.os}.tftpl"`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern<'t> {
    /// The folder that is written out before it; any that holds configuration where none is.
    folder: &'t str,
    start: &'t str,
    end: &'t str,
}

impl Pattern<'_> {
    fn holds(&self, path: &Path, folders: &BTreeSet<PathBuf>) -> bool {
        let (Some(name), Some(parent)) = (path.file_name(), path.parent()) else { return false };
        let name = name.to_string_lossy();
        let here = match self.folder {
            "" => folders.contains(parent),
            folder => parent.file_name().is_some_and(|name| name == folder),
        };
        here && name.len() >= self.start.len() + self.end.len() && name.starts_with(self.start) && name.ends_with(self.end)
    }
}

/// Reads those of the candidates whose names stand in the configuration.
pub fn read(files: &mut Files, candidates: BTreeSet<PathBuf>) {
    if candidates.is_empty() {
        return;
    }
    let texts: Vec<String> = files.by_path.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    let folders: BTreeSet<PathBuf> = files.by_path.keys().filter_map(|path| path.parent()).map(Path::to_path_buf).collect();
    let names: BTreeSet<&str> = texts.iter().flat_map(|text| names_at_the_end_of_literals(text)).collect();
    let worked_out: BTreeSet<Pattern<'_>> = texts.iter().flat_map(|text| names_worked_out(text)).collect();
    // Files that a pattern names are named by none of their own names, nor are those that a program lists.
    let patterns = texts.iter().any(|text| text.contains("fileset("));
    let lists = ["readdir", "listdir(", "glob(", "os.walk(", "iterdir(", "scandir("];
    let listed = texts.iter().any(|text| lists.iter().any(|call| text.contains(call)));
    for path in candidates {
        let own = path.file_name().is_some_and(|name| names.contains(name.to_string_lossy().as_ref()));
        let named = patterns || listed || own || worked_out.iter().any(|pattern| pattern.holds(&path, &folders));
        let small = fs::metadata(&path).is_ok_and(|kind| kind.is_file() && kind.len() <= MAX_BYTES);
        if named && small && files.by_path.len() < MAX_FILES {
            // A named file that cannot be read is not at hand; the review says so where it is used.
            if let Ok(bytes) = fs::read(&path) {
                let is_text = std::str::from_utf8(&bytes).is_ok();
                // Of what is only listed the name is enough.
                if is_text || !patterns {
                    files.by_path.insert(path, if is_text || !listed { bytes } else { Vec::new() });
                }
            }
        }
    }
}

/// `user-data.sh` of `"${path.module}/files/user-data.sh"`.
fn names_at_the_end_of_literals(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['"', '\'', '`']).filter_map(|(end, _)| {
        let name = tail(text.get(..end)?);
        (!name.is_empty()).then_some(name)
    })
}

/// Names with an ending of their own after a part that is worked out.
fn names_worked_out(text: &str) -> impl Iterator<Item = Pattern<'_>> {
    text.match_indices('"').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let end = tail(before);
        let inside = before.strip_suffix(end)?.strip_suffix('}')?;
        let lead = inside.get(..inside.rfind("${")?)?;
        let start = tail(lead);
        let above = lead.strip_suffix(start)?;
        let folder = above.strip_suffix('/').map(tail).unwrap_or_default();
        (end.contains('.') && above.ends_with(['/', '"'])).then_some(Pattern { folder, start, end })
    })
}

/// What a name may be made of, at the end of a text.
fn tail(text: &str) -> &str {
    let start = text.rfind(|character: char| !(character.is_alphanumeric() || "._-".contains(character)));
    // The sign before may be longer than a byte.
    let start = start.map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_files_are_the_ends_of_literals() {
        let names: Vec<&str> = names_at_the_end_of_literals("a = file(\"${path.module}/files/user-data.sh\")\nb = \"\"").collect();
        assert!(names.contains(&"user-data.sh"));
        assert!(!names.contains(&""));
    }

    #[test]
    fn a_part_of_a_name_may_be_worked_out() {
        let text = r#"
            a = templatefile("${path.module}/templates/app-${var.os}.tftpl", {})
            b = file("${path.module}/${each.key}.json")
            c = file("policies/${lookup(var.names, "x")}.json")
            d = "${var.name}-sg"
            e = "https://${var.host}/index.html"
        "#;
        let found: Vec<Pattern<'_>> = names_worked_out(text).collect();
        let pattern = |folder, start, end| Pattern { folder, start, end };
        assert_eq!(found, [pattern("templates", "app-", ".tftpl"), pattern("", "", ".json"), pattern("policies", "", ".json")]);
        let folders = [PathBuf::from("/m")].into();
        let holds = |at: usize, path: &str| found[at].holds(Path::new(path), &folders);
        assert!(holds(0, "/m/templates/app-linux.tftpl") && !holds(0, "/m/other/app-linux.tftpl") && !holds(0, "/m/templates/linux.tftpl"));
        assert!(holds(1, "/m/reader.json") && !holds(1, "/m/deep/reader.json"));
    }
}
