//! Where modules from elsewhere lie: `.terraform/modules/modules.json`, which `init` writes, or who has their files.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use super::paths;
use crate::diagnostic::Diagnostics;
use crate::order::map_of;
use crate::source::SourceFile;
use crate::syntax::document;

/// Folders of modules from elsewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Installed {
    /// By the folder of the calling module and the name of the call.
    calls: BTreeMap<(EcoString, EcoString), EcoString>,
    /// By source, as the reviewer says.
    given: BTreeMap<EcoString, EcoString>,
}

impl Installed {
    /// With folders that the reviewer gives by source.
    pub fn with(mut self, given: &BTreeMap<EcoString, EcoString>) -> Installed {
        self.given = map_of(given.iter().map(|(source, folder)| (source.clone(), paths::join("", folder))));
        self
    }

    /// The folders that `init` filled.
    pub fn fetched(&self) -> impl Iterator<Item = &EcoString> {
        self.calls.values()
    }

    /// Whether a folder is, or lies in, one that the reviewer gave.
    pub fn is_given(&self, path: &str) -> bool {
        self.given.values().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// The folder given for a source: for all of it, or for the part before `//` or `?ref=`.
    fn given_for(&self, source: &str) -> Option<EcoString> {
        if let Some(folder) = self.given.get(source) {
            return Some(folder.clone());
        }
        let source = source.split_once('?').map_or(source, |(before, _)| before);
        if let Some(folder) = self.given.get(source) {
            return Some(folder.clone());
        }
        let scheme = source.find("://").map_or(0, |at| at + 3);
        let at = scheme + source.get(scheme..)?.find("//")?;
        let folder = self.given.get(source.get(..at)?)?;
        Some(paths::join(folder, source.get(at + 2..)?))
    }
}

const MANIFEST: &str = ".terraform/modules/modules.json";

/// Reads every manifest among the files. An entry is named by the way of calls to it, `network.subnets`, and says
/// its folder as seen from the root.
pub fn installed<'f>(files: impl Iterator<Item = &'f SourceFile>) -> Installed {
    let mut found = Installed::default();
    for file in files {
        let Some(root) = file.path.strip_suffix(MANIFEST) else { continue };
        let root = root.strip_suffix('/').unwrap_or(root);
        // What is no manifest names no folders; the modules are then asked for as if it were not there.
        let Some(manifest) = document::read_one(file.id, &file.text, &mut Diagnostics::new()) else { continue };
        let entries = manifest.get("Modules").map(document::Node::items).unwrap_or_default();
        let folders = entries.iter().filter_map(|entry| Some((entry.get("Key")?.text()?, paths::join(root, entry.get("Dir")?.text()?))));
        let folders: BTreeMap<&str, EcoString> = map_of(folders);
        for (key, folder) in &folders {
            let (outer, name) = key.rsplit_once('.').unwrap_or(("", key));
            let caller = if outer.is_empty() { Some(EcoString::from(root)) } else { folders.get(outer).cloned() };
            if let Some(caller) = caller.filter(|_| !name.is_empty()) {
                found.calls.insert((caller, name.into()), folder.clone());
            }
        }
    }
    found
}

/// The folder that a call in `folder` enters: the one its source names, or where its files were put.
pub fn source_folder(folder: &str, call: &str, source: &str, installed: &Installed) -> Option<EcoString> {
    let given = installed.given_for(source).or_else(|| paths::local_source(folder, source));
    given.or_else(|| installed.calls.get(&(folder.into(), call.into())).cloned())
}

/// The folders of a manifest as it writes them.
pub fn folders_of(manifest: &str) -> Vec<EcoString> {
    let files = [SourceFile::new(crate::source::FileId(0), crate::source::Version::After, eco_format!("{MANIFEST}"), manifest)];
    installed(files.iter()).calls.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_a_source() {
        let given = [("a/b/aws".into(), "vpc".into()), ("git::https://host.example/x.git".into(), "./in/x/".into())].into();
        let installed = Installed::default().with(&given);
        let of = |source: &str| source_folder("live", "m", source, &installed);
        assert_eq!(of("a/b/aws").unwrap(), "vpc");
        assert_eq!(of("a/b/aws//modules/inner").unwrap(), "vpc/modules/inner");
        assert_eq!(of("git::https://host.example/x.git//y?ref=v1").unwrap(), "in/x/y");
        assert_eq!(of("git::https://host.example/x.git?ref=v1").unwrap(), "in/x");
        assert_eq!(of("a/b/google"), None);
        assert_eq!(of("./near").unwrap(), "live/near");
        assert!(installed.is_given("vpc/examples/x") && !installed.is_given("vpc-2"));
    }

    #[test]
    fn entries_are_found_by_who_calls_them() {
        let text = r#"{"Modules":[
            {"Key":"","Source":"","Dir":"."},
            {"Key":"network","Source":"registry.example/a/b/c","Version":"1.0.0","Dir":".terraform/modules/network"},
            {"Key":"network.subnets","Source":"./subnets","Dir":".terraform/modules/network/subnets"},
            {"Key":"lost.inner","Source":"./x","Dir":"x"},
            {"Key":7}, 5
        ]}"#;
        let file = SourceFile::new(crate::source::FileId(0), crate::source::Version::After, "live/.terraform/modules/modules.json", text);
        let found: Vec<String> = installed([&file].into_iter()).calls.iter().map(|((a, b), c)| format!("{a} {b} {c}")).collect();
        assert_eq!(
            found,
            [
                "live network live/.terraform/modules/network",
                "live/.terraform/modules/network subnets live/.terraform/modules/network/subnets"
            ]
        );
        assert_eq!(folders_of(text).len(), 2);
        assert!(folders_of("{").is_empty());
    }
}
