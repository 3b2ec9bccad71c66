//! The finished evaluation: resources with their references, in address order.

use std::sync::Arc;

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::access::dotted;
use super::computed::tags_of;
use super::convert::truth_of;
use super::instance::{Keys, Target};
use super::provider::{default_name, provider_name};
use super::refused::Declared;
use super::scope::{Repetition, Scope};
use crate::model::{
    Address, Declaration, Dialect, Disabled, Expr, ExprKind, Key, Mode, Module, Object, OutputValue, Reference, Removed, Resource,
    Snapshot, Value,
};
use crate::order::Order as _;
use crate::source::Span;

/// Things referred to that nothing declares, by address, with the first place that mentions them.
pub(super) type Externals = (FxHashMap<EcoString, u32>, Vec<Resource>);

impl<'p> Evaluator<'p> {
    /// Evaluates everything the modules declare, entering calls as they come, to what is there in the end.
    pub(super) fn run(mut self) -> Snapshot {
        self.everything()
    }

    pub(super) fn everything(&mut self) -> Snapshot {
        let mut snapshot = Snapshot { resources: Vec::with_capacity(self.kept_resources()), ..Snapshot::default() };
        let mut places = Vec::new();
        let mut module = 0;
        while let Some(definition) = self.definition_of(module).map(|definition| definition.module) {
            for at in 0..definition.calls.len() as u32 {
                self.demand(Target::Call(module, at));
            }
            let off = self.off(module).is_some();
            let path = self.instance(module).map(|instance| instance.path.clone()).unwrap_or_default();
            let first = snapshot.resources.len();
            self.open_parts(&path);
            let order = self.order_from_kept(&path).unwrap_or_else(|| self.by_address(module, definition.resources.len() as u32));
            for &at in order.iter() {
                let Some(declaration) = definition.resources.get(at as usize) else { continue };
                if self.taken_from_kept(at as usize, &mut snapshot) {
                    continue;
                }
                let mark = self.begin_part(module, &snapshot);
                self.demand(Target::Resource(module, at));
                if !off {
                    for position in 0..self.expansion(module, at).keys.len() {
                        self.demand(Target::Body(module, at, position));
                    }
                }
                // While the declaration is at hand: values and references in one pass over it.
                self.block_resources(module, at, declaration, &mut snapshot);
                self.end_part(&mark, at as usize, &snapshot);
            }
            self.keep_order(&path, order);
            for at in 0..definition.calls.len() {
                let place = definition.resources.len() + at;
                if !self.taken_from_kept(place, &mut snapshot) {
                    let mark = self.begin_part(module, &snapshot);
                    self.call_resources(module, at as u32, &mut snapshot);
                    self.end_part(&mark, place, &snapshot);
                }
            }
            // In order module by module, while it is at hand: then all of them are long runs that are in order.
            snapshot.resources.get_mut(first..).unwrap_or_default().order_by(|a, b| a.address.cmp(&b.address));
            let place = definition.resources.len() + definition.calls.len();
            if !self.taken_from_kept(place, &mut snapshot) {
                let mark = self.begin_part(module, &snapshot);
                self.rest_of_module(module, definition, off, &mut snapshot);
                self.end_part(&mark, place, &snapshot);
            }
            self.close_parts(&path);
            let terraform = definition.dialect == Dialect::Terraform;
            places.extend(definition.moved.iter().map(|moved| terraform.then_some(moved.span)));
            snapshot.moved.extend(definition.moved.iter().map(|moved| (moved.from.inside(&path), moved.to.inside(&path))));
            let removed = |removed: &Removed| Removed { from: removed.from.inside(&path), ..removed.clone() };
            snapshot.removed.extend(definition.removed.iter().map(removed));
            module += 1;
        }
        self.tell_moves(&snapshot, &places);
        self.finished(snapshot)
    }

    /// The positions of a module's blocks in the order of their addresses: what is made in the order in which it is read
    /// later lies side by side then.
    fn by_address(&mut self, module: u32, blocks: u32) -> Arc<[u32]> {
        let addresses: Vec<Address> = (0..blocks).map(|at| self.block_address(module, at)).collect();
        let mut order: Vec<u32> = (0..blocks).collect();
        order.order_by(|a, b| addresses.get(*a as usize).cmp(&addresses.get(*b as usize)));
        order.into()
    }

    /// Outputs, conditions and what the module says of moves, imports and removals.
    fn rest_of_module(&mut self, module: u32, definition: &'p Module, off: bool, snapshot: &mut Snapshot) {
        if !off {
            for at in 0..definition.outputs.len() as u32 {
                self.demand(Target::Output(module, at));
            }
            for at in 0..definition.variables.len() as u32 {
                self.validate(module, at);
            }
        }
        for at in 0..definition.outputs.len() as u32 {
            self.demand(Target::OutputReferences(module, at));
        }
        for at in 0..definition.locals.len() as u32 {
            self.demand(Target::LocalReferences(module, at));
        }
        self.demand(Target::CallReferences(module));
        let (path, caller) = self.instance(module).map(|instance| (instance.path.clone(), instance.caller.is_some())).unwrap_or_default();
        if !caller {
            for (at, output) in definition.outputs.iter().enumerate() {
                let value = self.output(module, at as u32);
                // A circle is told where it closes.
                let circle = matches!(value.unmarked(), Value::Unknown(unknown) if unknown.subject.ends_with("depends on itself"));
                if !off
                    && !circle
                    && let Some(expr) = &output.value
                {
                    self.tell_wrong(expr, &value, 8);
                    if value.has_sensitive() && !output.sensitive && self.dialect(module) == Dialect::Terraform {
                        let message =
                            eco_format!("`{}` is made of sensitive values: without `sensitive = true` the plan is refused", output.name);
                        self.warn("sensitive", expr.span, message);
                    }
                }
                snapshot.outputs.push(OutputValue {
                    address: eco_format!("{path}output.{}", output.name),
                    sensitive: output.sensitive || value.is_sensitive(),
                    value,
                    span: output.header,
                });
            }
        }
        for asked in &definition.questions {
            self.ask(asked.kind, asked.subject.clone(), asked.why.clone(), asked.span, asked.sensitive);
        }
        self.demands_of_module(module, &path, &definition.conditions, &mut snapshot.unmet);
        for import in definition.imports.iter().filter(|_| !off) {
            let taken = self.settled(|evaluator| evaluator.taken_over(module, import));
            self.tell_import(module, import, &taken, &snapshot.imported);
            snapshot.imported.extend(taken);
        }
    }

    fn finished(&mut self, mut snapshot: Snapshot) -> Snapshot {
        snapshot.resources.extend(std::mem::take(&mut self.externals).1);
        snapshot.resources.order_by(|a, b| a.address.cmp(&b.address));
        let declared = Declared::of(&snapshot.resources, !snapshot.removed.is_empty());
        for removed in &snapshot.removed {
            if declared.has(&removed.from, true) {
                let message = eco_format!("{} is still declared, and what is declared is not let go of", removed.from);
                self.warn("removed", removed.span, message);
            }
        }
        snapshot.disabled.order_by(|a, b| a.address.cmp(&b.address));
        snapshot.outputs.order_by(|a, b| a.address.cmp(&b.address));
        snapshot.imported.order();
        snapshot.stack_policies = self.program.stack_policies.clone();
        snapshot.questions = std::mem::take(&mut self.questions);
        snapshot.questions.order_by(|a, b| (a.span, a.kind, &a.subject).cmp(&(b.span, b.kind, &b.subject)));
        snapshot.diagnostics = std::mem::take(&mut self.diagnostics);
        snapshot
    }

    /// Says which conditions of a variable its value does not meet.
    fn validate(&mut self, module: u32, at: u32) {
        let variable = self.definition_of(module).and_then(|definition| definition.module.variables.get(at as usize));
        let Some(variable) = variable else { return };
        // Whether it fits its type shows when it is converted, used or not.
        let typed = variable.r#type.is_some() && variable.default.is_some();
        let own = self.instance(module).is_some_and(|instance| instance.caller.is_none());
        if !variable.validations.is_empty() || typed && own {
            self.demand(Target::Variable(module, at));
        }
        let scope = Scope::of_module(module);
        for (condition, message) in &variable.validations {
            if truth_of(&self.settled(|evaluator| evaluator.eval(condition, &scope))) != Ok(false) {
                continue;
            }
            let message = message.as_ref().map(|message| self.settled(|evaluator| evaluator.eval(message, &scope)));
            let why = match message {
                Some(Value::Text(text)) => text,
                _ => "its condition does not hold".into(),
            };
            let message = eco_format!("The value of {} is refused: {why}", self.variable_name(module, &variable.name));
            self.warn("validation", condition.span, message);
        }
    }

    /// Does something that needs slots, filling those first that lie too deep.
    pub(super) fn settled<T>(&mut self, mut work: impl FnMut(&mut Self) -> T) -> T {
        loop {
            self.depth = 0;
            let done = work(self);
            match self.suspended.take() {
                None => return done,
                Some(target) => self.demand(target),
            }
        }
    }

    fn block_resources(&mut self, module: u32, at: u32, declaration: &'p Arc<Declaration>, snapshot: &mut Snapshot) {
        let expansion = self.expansion(module, at);
        let references = self.settled(|evaluator| evaluator.resource_references(module, at, declaration, &expansion.keys));
        self.demands_of_resource(module, at, declaration, &expansion.keys, &mut snapshot.unmet);
        if let Keys::Disabled(reason) = &expansion.keys {
            snapshot.disabled.push(Disabled {
                address: self.block_address(module, at),
                native_type: declaration.native_type.clone(),
                span: declaration.header,
                reason: reason.clone(),
                references: references.into_iter().next().unwrap_or_default(),
            });
            return;
        }
        let count_unknown = self.decides_count(module, &expansion.keys);
        let provider = provider_name(declaration);
        let region = self.configuration(module, &provider).region.clone();
        let lifecycle = &declaration.lifecycle;
        let ignore_changes: EcoVec<EcoString> = lifecycle.ignore_changes.iter().filter_map(ignored_path).collect();
        let prevent_destroy = self.settled(|evaluator| evaluator.setting(lifecycle.prevent_destroy.as_ref(), module));
        let create_before_destroy = self.settled(|evaluator| evaluator.setting(lifecycle.create_before_destroy.as_ref(), module));
        let replace_on_changes: EcoVec<EcoString> = lifecycle.replace_on_changes.iter().filter_map(ignored_path).collect();
        let retained = lifecycle.retain.is_some() && self.settled(|evaluator| evaluator.setting(lifecycle.retain.as_ref(), module));
        for (position, mut references) in (0..expansion.keys.len()).zip(references) {
            let key = expansion.keys.key(position);
            let mut attributes = self.arguments(module, at, position);
            references.extend(self.settled(|evaluator| evaluator.remote_references(module, declaration, &attributes)));
            if declaration.mode == Mode::Managed
                && let Some((written, all)) = tags_of(&declaration.native_type, &attributes)
                && let Some(tags) = self.all_tags(module, &provider, attributes.get(written))
            {
                Arc::make_mut(&mut attributes).insert(all.into(), tags);
            }
            let replace_triggered_by = triggers(&references);
            snapshot.resources.push(Resource {
                address: self.instance_address(module, at, &key),
                mode: declaration.mode,
                native_type: declaration.native_type.clone(),
                r#type: declaration.native_type.clone(),
                name: declaration.name.clone(),
                provider: provider.clone(),
                region: own_region(&attributes, &provider).or_else(|| region.clone()),
                count_unknown: count_unknown.clone(),
                attributes,
                references: references.into(),
                span: declaration.header,
                declaration: Some(Arc::clone(declaration)),
                prevent_destroy,
                create_before_destroy,
                ignore_changes: ignore_changes.clone(),
                replace_triggered_by,
                replace_on_changes: replace_on_changes.clone(),
                retained,
                native: None,
            });
        }
    }

    fn call_resources(&mut self, module: u32, at: u32, snapshot: &mut Snapshot) {
        let Some(call) = self.call_of(module, at) else { return };
        let expansion = self.call(module, at);
        if let Keys::Disabled(reason) = &expansion.keys {
            let references = match expansion.opaque {
                true => self.settled(|evaluator| evaluator.opaque_references(module, at, &expansion, 0)),
                false => Vec::new(),
            };
            snapshot.disabled.push(Disabled {
                address: self.call_address(module, at, &Key::None),
                native_type: "module".into(),
                span: call.header,
                reason: reason.clone(),
                references,
            });
            return;
        }
        if !expansion.opaque {
            return;
        }
        let count_unknown = self.decides_count(module, &expansion.keys);
        for position in 0..expansion.keys.len() {
            let key = expansion.keys.key(position);
            let attributes = self.settled(|evaluator| evaluator.inputs(module, at, &expansion, position));
            let references = self.settled(|evaluator| evaluator.opaque_references(module, at, &expansion, position));
            let address = self.call_address(module, at, &key);
            snapshot.resources.push(Resource {
                count_unknown: count_unknown.clone(),
                attributes,
                references: references.into(),
                ..bare(address, Mode::Module, "module".into(), call.name.clone(), call.header)
            });
        }
    }

    /// What decides how many there are of a block, or of a module around it, where that is not known.
    fn decides_count(&self, module: u32, keys: &Keys) -> Option<EcoString> {
        if let Keys::Unknown(unknown) = keys {
            return Some(unknown.subject.clone());
        }
        let caller = self.instance(module)?.caller.as_ref()?;
        match &*caller.repetition {
            Repetition::Each { key: Value::Unknown(unknown), .. } => Some(unknown.subject.clone()),
            _ => self.decides_count(caller.module, &Keys::One),
        }
    }

    /// Remembers something that is referred to and declared nowhere.
    pub(super) fn external(&mut self, address: Address, native_type: &EcoString, name: &EcoString, span: Span) {
        // The first place that mentions it is told by nothing that is kept.
        self.unkept();
        if !self.externals.0.contains_key(address.text()) {
            let resource = bare(address.clone(), Mode::External, native_type.clone(), name.clone(), span);
            self.externals.0.insert(address.text().clone(), self.externals.1.len() as u32);
            self.externals.1.push(resource);
        }
    }

    fn setting(&mut self, expr: Option<&Expr>, module: u32) -> bool {
        expr.is_some_and(|expr| truth_of(&self.eval(expr, &Scope::of_module(module))) == Ok(true))
    }
}

/// A resource without arguments.
fn bare(address: Address, mode: Mode, native_type: EcoString, name: EcoString, span: Span) -> Resource {
    let provider = match mode {
        Mode::Module => EcoString::new(),
        _ => default_name(&native_type),
    };
    Resource {
        address,
        mode,
        r#type: native_type.clone(),
        native_type,
        name,
        provider,
        region: None,
        count_unknown: None,
        attributes: Arc::new(Object::default()),
        references: EcoVec::new(),
        span,
        declaration: None,
        prevent_destroy: false,
        create_before_destroy: false,
        ignore_changes: EcoVec::new(),
        replace_triggered_by: EcoVec::new(),
        replace_on_changes: EcoVec::new(),
        retained: false,
        native: None,
    }
}

/// The region that a resource of the AWS provider names itself.
fn own_region(attributes: &Object, provider: &str) -> Option<EcoString> {
    let aws = provider == "aws" || provider.starts_with("aws.");
    match attributes.get("region") {
        Some(Value::Text(region)) if aws => Some(region.clone()),
        _ => None,
    }
}

fn triggers(references: &[Reference]) -> EcoVec<Address> {
    references
        .iter()
        .filter(|reference| reference.argument == "lifecycle.replace_triggered_by")
        .map(|reference| reference.target.clone())
        .collect()
}

/// An entry of `ignore_changes` as a dotted path: `tags["Name"]` is `tags.Name`.
fn ignored_path(expr: &Expr) -> Option<EcoString> {
    match &expr.kind {
        ExprKind::Reference { root, steps } => {
            let mut path = root.clone();
            for step in steps {
                let name = match step {
                    crate::model::Step::Index(index) => match &index.kind {
                        ExprKind::Literal(Value::Text(name)) => name.clone(),
                        ExprKind::Literal(Value::Number(number)) => eco_format!("{number}"),
                        _ => break,
                    },
                    crate::model::Step::Name(name, _) => name.clone(),
                    _ => break,
                };
                path.push('.');
                path.push_str(&name);
            }
            Some(path)
        }
        // The quoted form of older versions.
        ExprKind::Literal(Value::Text(name)) => Some(name.clone()),
        ExprKind::Access { .. } => None,
        _ => Some(dotted("", &[])).filter(|path| !path.is_empty()),
    }
}
