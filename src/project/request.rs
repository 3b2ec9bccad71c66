//! What callers from JavaScript hand over, decoded: options by name, files as text or bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use tsify::Tsify;

use super::Project;
use crate::intake::InputFile;
use crate::order::map_of;
use crate::source::Version;
use crate::{Catalog, Options};

/// What the reviewer may set. All of it is optional; an unknown name is an error, so that a misspelt one is
/// not taken for an unset one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Tsify)]
#[serde(default, deny_unknown_fields)]
pub struct ReviewOptions {
    /// Variables by name, in the language's own syntax: `3`, `["a"]`, `plain text`.
    #[tsify(type = "Record<string, string>", optional)]
    pub variables: BTreeMap<String, String>,
    /// Folders among the files, by the source of a module that they are: `{"terraform-aws-modules/vpc/aws": "vpc"}`.
    #[tsify(type = "Record<string, string>", optional)]
    pub modules: BTreeMap<String, String>,
    /// Region for resources whose provider names none.
    #[tsify(optional)]
    pub region: Option<String>,
    /// Text of a usage file in Infracost's format.
    #[tsify(optional)]
    pub usage: Option<String>,
}

/// Everything one review is made from.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
pub struct ReviewInput {
    /// The version under review: content by path, with forward slashes.
    #[tsify(type = "Record<string, string | Uint8Array>")]
    pub files: BTreeMap<String, FileContent>,
    /// The version before the change; without it a snapshot is reviewed.
    #[serde(default)]
    #[tsify(type = "Record<string, string | Uint8Array>", optional)]
    pub base: Option<BTreeMap<String, FileContent>>,
    #[serde(default)]
    #[tsify(optional)]
    pub options: ReviewOptions,
}

/// Text, or the bytes of a file or an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileContent(pub Arc<[u8]>);

impl From<ReviewOptions> for Options {
    fn from(given: ReviewOptions) -> Options {
        Options {
            variables: map_of(given.variables.into_iter().map(|(name, value)| (name.into(), value.into()))),
            modules: map_of(given.modules.into_iter().map(|(source, folder)| (source.into(), folder.into()))),
            named: Vec::new(),
            changed: Vec::new(),
            region: given.region.map(Into::into),
            usage: given.usage.map(Into::into),
        }
    }
}

impl ReviewInput {
    /// The project that has these files and options.
    pub fn open(self, catalog: Catalog) -> Project {
        let mut project = Project::new(self.options.into());
        project.set_catalog(catalog);
        if let Some(base) = self.base {
            // Also a version before without any file is a version.
            project.before = Some(BTreeMap::new());
            for (path, content) in base {
                project.set_file(Version::Before, InputFile::new(path, content.0));
            }
        }
        for (path, content) in self.files {
            project.set_file(Version::After, InputFile::new(path, content.0));
        }
        project
    }
}

impl<'de> Deserialize<'de> for FileContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FileContent, D::Error> {
        struct TextOrBytes;
        impl Visitor<'_> for TextOrBytes {
            type Value = FileContent;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("text or bytes")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FileContent, E> {
                Ok(FileContent(text.as_bytes().into()))
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<FileContent, E> {
                Ok(FileContent(bytes.into()))
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<FileContent, E> {
                Ok(FileContent(bytes.into()))
            }
        }
        deserializer.deserialize_any(TextOrBytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_option_is_named() {
        let error = serde_json::from_str::<ReviewOptions>(r#"{"regoin": "eu-west-1"}"#).unwrap_err();
        assert!(error.to_string().contains("regoin"), "{error}");
    }

    #[test]
    fn options_left_out_are_unset() {
        assert_eq!(serde_json::from_str::<ReviewOptions>("{}").unwrap(), ReviewOptions::default());
    }

    #[test]
    fn an_empty_base_is_a_version_before() {
        let compared = |text: &str| {
            let input: ReviewInput = serde_json::from_str(text).unwrap();
            input.open(Catalog::new()).review().compared
        };
        assert!(compared(r#"{"files": {"main.tf": ""}, "base": {}}"#));
        assert!(!compared(r#"{"files": {"main.tf": ""}}"#));
    }

    #[test]
    fn a_file_that_is_neither_text_nor_bytes_is_an_error() {
        let error = serde_json::from_str::<ReviewInput>(r#"{"files": {"main.tf": 3}}"#).unwrap_err();
        assert!(error.to_string().contains("text or bytes"), "{error}");
    }
}
