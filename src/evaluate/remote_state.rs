//! `terraform_remote_state`: the root among those at hand whose state a data source reads.

use ecow::EcoString;

use super::Evaluator;
use crate::lang::terraform::paths;
use crate::model::{Block, Declaration, Mode, Object, Reference, Value};

/// Settings that tell one state from another, whichever the backend.
const PLACES: [&str; 11] = [
    "address",
    "bucket",
    "container_name",
    "hostname",
    "key",
    "organization",
    "path",
    "prefix",
    "schema_name",
    "secret_suffix",
    "storage_account_name",
];
/// What a local state is called unless its root says otherwise.
const LOCAL: &str = "terraform.tfstate";

impl Evaluator<'_> {
    /// The root whose state a data source with these arguments reads, if it is at hand.
    pub(super) fn remote_root(&mut self, module: u32, declaration: &Declaration, arguments: &Object) -> Option<u32> {
        if declaration.mode == Mode::Data && declaration.native_type == "pulumi:pulumi:StackReference" {
            return self.referred_stack(module, arguments);
        }
        if declaration.mode != Mode::Data || declaration.native_type != "terraform_remote_state" {
            return None;
        }
        let kind = arguments.get("backend")?.as_text()?;
        let config = arguments.get("config")?.as_object()?;
        let reader = EcoString::from(self.instance(module)?.root);
        // Roots are the first instances there are.
        (0..self.program.roots.len() as u32).find(|at| {
            let Some(instance) = self.instance(*at).filter(|instance| instance.caller.is_none() && instance.root != reader) else {
                return false;
            };
            let backend = self.definition_of(*at).and_then(|definition| definition.module.backend.as_ref());
            match kind.as_str() {
                "local" => config
                    .get("path")
                    .and_then(Value::as_text)
                    .is_some_and(|path| local_state(instance.root, backend).is_some_and(|state| state == paths::join(&reader, path))),
                _ => backend.is_some_and(|backend| keeps(backend, kind, config)),
            }
        })
    }

    /// The program whose stack is named, `organization/project/stack`. Which of its stacks is meant does not matter: it is
    /// one program.
    fn referred_stack(&mut self, module: u32, arguments: &Object) -> Option<u32> {
        let mut name = arguments.get("name")?.as_text()?.rsplit('/');
        let (_stack, project) = (name.next()?, name.next()?);
        let reader = EcoString::from(self.instance(module)?.root);
        (0..self.program.roots.len() as u32).find(|at| {
            let other = self.instance(*at).is_some_and(|instance| instance.caller.is_none() && instance.root != reader);
            let backend = self.definition_of(*at).and_then(|definition| definition.module.backend.as_ref());
            other && backend.is_some_and(|backend| backend.name == "pulumi" && backend.labels.first().is_some_and(|it| it == project))
        })
    }

    /// What the outputs refer to that a data source reads from another root.
    pub(super) fn remote_references(&mut self, module: u32, declaration: &Declaration, arguments: &Object) -> Vec<Reference> {
        let Some(root) = self.remote_root(module, declaration, arguments) else { return Vec::new() };
        let outputs = self.definition_of(root).map_or(0, |definition| definition.module.outputs.len());
        let mut found = Vec::new();
        for at in 0..outputs as u32 {
            let references = self.output_references(root, at);
            found.extend(references.iter().map(|indirect| indirect.ordering("config", declaration.header)));
        }
        found
    }
}

/// The file of a root that keeps its state in one.
fn local_state(root: &str, backend: Option<&Block>) -> Option<EcoString> {
    let Some(backend) = backend else { return Some(paths::join(root, LOCAL)) };
    if backend.labels.first().is_none_or(|kind| kind != "local") {
        return None;
    }
    Some(paths::join(root, literal(backend, "path").map_or(LOCAL, EcoString::as_str)))
}

/// Whether a backend is the one that a configuration names: every place it writes is the same there.
fn keeps(backend: &Block, kind: &str, config: &Object) -> bool {
    let remote = backend.name == "cloud" || backend.labels.first().is_some_and(|label| label == "remote");
    if remote != (kind == "remote") || !remote && backend.labels.first().is_none_or(|label| label != kind) {
        return false;
    }
    let mut told = false;
    for place in PLACES {
        let Some(written) = literal(backend, place) else { continue };
        // An organization has many workspaces, a bucket many states.
        told |= !matches!(place, "hostname" | "organization" | "bucket" | "container_name" | "storage_account_name");
        if config.get(place).and_then(Value::as_text) != Some(written) {
            return false;
        }
    }
    if remote {
        let ours = backend.body.blocks("workspaces").find_map(|block| literal(block, "name"));
        let theirs = match config.get("workspaces").map(Value::unmarked) {
            Some(Value::Object(one)) => one.get("name").and_then(Value::as_text),
            Some(Value::List(blocks)) => blocks.first().and_then(Value::as_object).and_then(|one| one.get("name")?.as_text()),
            _ => None,
        };
        return ours.is_some() && ours == theirs;
    }
    told
}

fn literal<'b>(block: &'b Block, name: &str) -> Option<&'b EcoString> {
    match &block.body.attribute(name)?.value.kind {
        crate::model::ExprKind::Literal(Value::Text(text)) => Some(text),
        _ => None,
    }
}
