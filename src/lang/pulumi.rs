//! Pulumi: programs are read without being run, and what they would register becomes declarations.
//!
//! A project is a folder with `Pulumi.yaml`. Its program is read to one tree ([`program`]), run abstractly
//! ([`interpret`]), and lowered to a [`Module`] ([`declare`]).

mod aliases;
mod declare;
pub mod engine;
pub mod interpret;
pub mod program;
pub mod project;
pub mod python;
pub mod typescript;

use ecow::EcoString;

use crate::diagnostic::Diagnostics;
use crate::model::Module;
use crate::source::SourceFile;

/// The projects among the files of one version, each with a path that no other has and what its program would register.
pub fn read(files: &[&SourceFile], out: &mut Diagnostics) -> Vec<(EcoString, Module)> {
    project::find(files, out)
        .into_iter()
        .map(|project| {
            let mut outcome = match &project.document {
                Some(document) => interpret::run_yaml(&project.given, document),
                None => interpret::run(&project.given),
            };
            out.extend(project.diagnostics);
            out.append(&mut outcome.diagnostics);
            let mut module = declare::module(&outcome);
            let region = project.given.config.get("aws:region").and_then(|setting| setting.text.clone());
            if let (Some(region), Some(first)) = (region, module.resources.first()) {
                module.providers.push(declare::provider("aws", region, first.span));
            }
            (project.path, module)
        })
        .collect()
}
