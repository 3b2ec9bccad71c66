//! Files and folders as expressions name them. Nothing is read but the files that were given.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::step_name;
use super::expression::invalid;
use super::scope::Scope;
use crate::lang::terraform::paths;
use crate::model::{Step, UnknownKind, Value};

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
        let full = self.path_of_file(path, module);
        if full.ends_with(".tf") || full.ends_with(".tofu") {
            self.source_read.set(true);
        }
        self.sources.find(self.version, &full).map(|file| &*file.text)
    }

    /// Where a file is looked for that an expression in this module names.
    pub(super) fn path_of_file(&self, path: &str, module: u32) -> EcoString {
        let root = self.instance(module).map_or("", |instance| instance.root);
        if path.starts_with('/') { path.into() } else { paths::join(root, path) }
    }

    /// The files that were given of a folder, by their paths inside it.
    pub(super) fn given_below(&self, folder: &str, module: u32) -> impl Iterator<Item = &str> {
        let root = self.instance(module).map_or("", |instance| instance.root);
        let mut folder = if folder.starts_with('/') { folder.into() } else { paths::join(root, folder) };
        if !folder.is_empty() && !folder.ends_with('/') {
            folder.push('/');
        }
        let version = self.version;
        let files = self.sources.files().filter(move |file| file.version == version);
        files.filter_map(move |file| file.path.strip_prefix(folder.as_str()))
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
    fn the_way_between_folders() {
        assert_eq!(relative("", "modules/vpc"), "modules/vpc");
        assert_eq!(relative("live/prod", "modules/vpc"), "../../modules/vpc");
        assert_eq!(relative("live/prod", "live/prod"), ".");
    }
}
