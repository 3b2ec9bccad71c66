//! Pulumi: programs are read without being run, and what they would register becomes declarations.
//!
//! A project is a folder with `Pulumi.yaml`. Its program is read to one tree ([`program`]), run abstractly
//! ([`interpret`]), and lowered to a [`Module`] ([`declare`]).

mod declare;
pub mod interpret;
pub mod program;
pub mod project;
pub mod python;
pub mod typescript;

use ecow::EcoString;

use crate::diagnostic::Diagnostics;
use crate::model::Module;
use crate::source::{Sources, Version};

/// The projects of one version, each with its folder and what its program would register.
pub fn read(sources: &Sources, version: Version, out: &mut Diagnostics) -> Vec<(EcoString, Module)> {
    project::find(sources, version, out)
        .into_iter()
        .map(|project| {
            let mut outcome = interpret::run(&project.given);
            out.extend(project.diagnostics);
            out.append(&mut outcome.diagnostics);
            (project.given.folder, declare::module(&outcome))
        })
        .collect()
}
