//! What the reviewer says beside the files.

use std::collections::BTreeMap;

use ecow::EcoString;

/// Values given from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Root variables by name, in the language's own syntax (`3`, `["a"]`, `plain text`).
    pub variables: BTreeMap<EcoString, EcoString>,
    /// Folders among the files, by the source of a module that they are.
    pub modules: BTreeMap<EcoString, EcoString>,
    /// The folders that were asked for; without any, the top.
    pub named: Vec<EcoString>,
    /// What `AWS::Region` means.
    pub region: Option<EcoString>,
}
