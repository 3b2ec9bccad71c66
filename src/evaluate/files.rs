//! Files and folders as expressions name them. Nothing is read but the files that were given.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::step_name;
use super::expression::invalid;
use super::scope::Scope;
use crate::model::{Step, UnknownKind, Value};

/// Whether a module source names a folder beside the module.
pub(super) fn is_local(source: &str) -> bool {
    source == "." || source == ".." || source.starts_with("./") || source.starts_with("../")
}

/// A path relative to a folder, without `.` and `..`; `None` when it leads out of what was given or is absolute.
pub(super) fn join(folder: &str, path: &str) -> Option<EcoString> {
    if path.starts_with('/') || path.starts_with('~') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/").into())
}

/// The way from one folder to another, as `path.module` prints it.
fn relative(from: &str, to: &str) -> EcoString {
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').filter(|part| !part.is_empty()).collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts: Vec<&str> = vec![".."; from.len() - shared];
    parts.extend(to.iter().skip(shared));
    if parts.is_empty() { ".".into() } else { parts.join("/").into() }
}

impl Evaluator<'_> {
    pub(super) fn path_reference(&mut self, steps: &[Step], scope: &Scope<'_>) -> Value {
        let value = match steps.first().and_then(step_name).map(EcoString::as_str) {
            Some("root") => Value::text("."),
            Some("module") => match (self.instance(scope.module), self.definition_of(scope.module)) {
                (Some(instance), Some(definition)) => Value::Text(relative(instance.root, definition.folder)),
                _ => Value::text("."),
            },
            Some("cwd") => Value::unknown(UnknownKind::Impure, "path.cwd"),
            _ => invalid("path has only module, root and cwd"),
        };
        self.follow(value, steps.get(1..).unwrap_or(&[]), scope)
    }

    /// The text of a file that was given, by its path as an expression in this module names it.
    pub(super) fn given_text(&self, path: &str, module: u32) -> Option<&str> {
        let root = self.instance(module)?.root;
        let full = join(root, path)?;
        self.sources.find(self.version, &full).map(|file| &*file.text)
    }

    /// The unknown value for a file that was not given.
    pub(super) fn not_given(path: &str) -> Value {
        Value::unknown(UnknownKind::NotAtHand, eco_format!("{path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join("a/b", "../c/./d").unwrap(), "a/c/d");
        assert_eq!(join("", "./modules/vpc").unwrap(), "modules/vpc");
        assert_eq!(join("a", "../.."), None);
        assert_eq!(join("a", "/etc/passwd"), None);
    }

    #[test]
    fn the_way_between_folders() {
        assert_eq!(relative("", "modules/vpc"), "modules/vpc");
        assert_eq!(relative("live/prod", "modules/vpc"), "../../modules/vpc");
        assert_eq!(relative("live/prod", "live/prod"), ".");
    }
}
