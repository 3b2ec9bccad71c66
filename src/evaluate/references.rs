//! What refers to what: every mention of another block in an expression, followed through locals, variables
//! and outputs to resources, with the names in between.
//!
//! What a variable, local or output refers to is worked out once per module instance.

mod each;
mod found;
mod mention;
mod plain;

use std::rc::Rc;

use ecow::{EcoString, EcoVec, eco_format};
use rustc_hash::FxHashSet;

use super::Evaluator;
use super::access::{literal_index, step_name};
use super::expand::written_address;
use super::instance::{CallExpansion, Keys, Target};
use super::limits;
use super::scope::Scope;
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Body, Declaration, Dialect, Expr, Key, Mode, Reference, Step, Value};
use crate::source::Span;

use mention::Mention;
pub(super) use mention::Mentions;

use found::{Found, merged, way};
pub(super) use found::{Indirect, References};

/// Of what is done once a resource is there; the others have their circle told where its instances are counted.
const AFTER: [&str; 4] = ["provisioner.", "connection.", "count", "for_each"];

/// Where mentions stand: the module instance, what indexes mean there, and what `for_each` refers to.
#[derive(Clone, Copy)]
struct Place<'s> {
    module: u32,
    scope: Scope<'s>,
    each: &'s [Mention<'s>],
}

impl<'s> Place<'s> {
    fn of(scope: Scope<'s>) -> Place<'s> {
        Place { module: scope.module, scope, each: &[] }
    }
}

impl<'p> Evaluator<'p> {
    pub(super) fn local_references(&mut self, module: u32, at: u32) -> References {
        self.fill(
            Target::LocalReferences(module, at),
            |evaluator| evaluator.instance_mut(module)?.local_references.get_mut(at as usize),
            |evaluator| match evaluator.definition_of(module).and_then(|definition| definition.module.locals.get(at as usize)) {
                Some(local) => {
                    let found = evaluator.value_references(&local.value, Place::of(Scope::of_module(module)));
                    let name = evaluator.way_name(module, "local", &local.name);
                    Rc::new(found.into_iter().map(|indirect| indirect.by_way_of(&name)).collect())
                }
                None => References::default(),
            },
        )
    }

    pub(super) fn output_references(&mut self, module: u32, at: u32) -> References {
        self.fill(
            Target::OutputReferences(module, at),
            |evaluator| evaluator.instance_mut(module)?.output_references.get_mut(at as usize),
            |evaluator| {
                let Some(output) = evaluator.definition_of(module).and_then(|definition| definition.module.outputs.get(at as usize)) else {
                    return References::default();
                };
                let scope = Scope::of_module(module);
                let mut found = match &output.value {
                    Some(value) => evaluator.value_references(value, Place::of(scope)),
                    None => Vec::new(),
                };
                if !output.depends_on.is_empty() {
                    let explicit = evaluator.expression_references(&output.depends_on, true, scope);
                    found = merged([found.as_slice(), explicit.as_slice()]);
                }
                // Read from outside by the call's name; nothing reads a root's output.
                let caller = evaluator.instance(module).and_then(|instance| instance.caller.clone());
                let call = caller.and_then(|caller| evaluator.call_of(caller.module, caller.call));
                let Some(call) = call else { return Rc::new(found) };
                let name = eco_format!("module.{}.{}", call.name, output.name);
                Rc::new(found.into_iter().map(|indirect| indirect.by_way_of(&name)).collect())
            },
        )
    }

    /// What a module's input refers to; nothing for a root's variable.
    pub(super) fn variable_references(&mut self, module: u32, at: u32) -> References {
        let Some(caller) = self.instance(module).and_then(|instance| instance.caller.clone()) else { return References::default() };
        self.fill(
            Target::VariableReferences(module, at),
            |evaluator| evaluator.instance_mut(module)?.variable_references.get_mut(at as usize),
            |evaluator| {
                let variable = evaluator.definition_of(module).and_then(|definition| definition.module.variables.get(at as usize));
                let Some(variable) = variable else { return References::default() };
                let input = evaluator
                    .definition_of(caller.module)
                    .and_then(|outer| outer.inputs.get(caller.call as usize)?.get(variable.name.as_str()).copied());
                let Some(input) = input else { return References::default() };
                let scope = Scope { repetition: &caller.repetition, ..Scope::of_module(caller.module) };
                let mut each = Mentions::default();
                if let Some(for_each) = evaluator.call_of(caller.module, caller.call).and_then(|call| call.for_each.as_ref()) {
                    each.value(for_each);
                }
                let found = evaluator.value_references(&input.value, Place { each: &each.found, ..Place::of(scope) });
                let name = evaluator.way_name(module, "var", &variable.name);
                Rc::new(found.into_iter().map(|indirect| indirect.by_way_of(&name)).collect())
            },
        )
    }

    /// What `count`, `for_each` and `depends_on` of the module calls around an instance refer to: everything
    /// inside waits for that.
    pub(super) fn call_references(&mut self, module: u32) -> References {
        let Some(caller) = self.instance(module).and_then(|instance| instance.caller.clone()) else { return References::default() };
        self.fill(
            Target::CallReferences(module),
            |evaluator| Some(&mut evaluator.instance_mut(module)?.call_references),
            |evaluator| {
                let outer = evaluator.call_references(caller.module);
                let Some(call) = evaluator.call_of(caller.module, caller.call) else { return outer };
                let enabled = call.enabled();
                if call.count.is_none() && call.for_each.is_none() && enabled.is_none() && call.depends_on.is_empty() {
                    return outer;
                }
                let scope = Scope::of_module(caller.module);
                let mut repeated = evaluator.expression_references(call.count.iter().chain(enabled), false, scope);
                if let Some(for_each) = &call.for_each {
                    let (mut mentions, mut each) = (Mentions::default(), Mentions::default());
                    mentions.expression(for_each, "for_each", false);
                    each.value(for_each);
                    let scope = Scope { repetition: &caller.repetition, ..scope };
                    repeated.extend(evaluator.followed(&mentions.found, Place { each: &each.found, ..Place::of(scope) }));
                }
                let explicit = evaluator.expression_references(&call.depends_on, true, scope);
                let name = eco_format!("module.{}", call.name);
                let own: Vec<Indirect> = repeated.into_iter().chain(explicit).map(|indirect| indirect.by_way_of(&name)).collect();
                Rc::new(merged([own.as_slice(), outer.as_slice()]))
            },
        )
    }

    /// Everything inside the instances of a module call, for `depends_on = [module.x]`.
    pub(super) fn inside(&mut self, module: u32, at: u32) -> References {
        self.fill(
            Target::Inside(module, at),
            |evaluator| evaluator.instance_mut(module)?.inside.get_mut(at as usize),
            |evaluator| {
                let Some(call) = evaluator.call_of(module, at) else { return References::default() };
                let expansion = evaluator.call(module, at);
                let span = call.header;
                let mut found = Vec::new();
                if expansion.opaque {
                    let target = evaluator.call_address(module, at, &Key::None);
                    found.push(Indirect::to(target, span));
                }
                for child in expansion.children.iter().copied() {
                    let Some(definition) = evaluator.definition_of(child).map(|definition| definition.module) else { continue };
                    for inner in 0..definition.resources.len() as u32 {
                        let target = evaluator.block_address(child, inner);
                        found.push(Indirect::to(target, span));
                    }
                    for inner in 0..definition.calls.len() as u32 {
                        found.extend(evaluator.inside(child, inner).iter().cloned());
                    }
                }
                Rc::new(found)
            },
        )
    }

    /// What a block's arguments refer to, by way of a name.
    pub(super) fn body_references(&mut self, body: &'p Body, module: u32, name: &EcoString) -> References {
        let mut mentions = Mentions::default();
        mentions.body(body);
        let found = self.followed(&mentions.found, Place::of(Scope::of_module(module)));
        Rc::new(found.into_iter().map(|indirect| indirect.by_way_of(name)).collect())
    }

    fn expression_references<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>, explicit: bool, scope: Scope<'_>) -> Vec<Indirect> {
        let mut mentions = Mentions::default();
        for expr in exprs {
            mentions.expression(expr, "", explicit);
        }
        self.followed(&mentions.found, Place::of(scope))
    }

    /// What a value refers to, each reference with its place in the value.
    fn value_references(&mut self, expr: &Expr, place: Place<'_>) -> Vec<Indirect> {
        let mut mentions = Mentions::default();
        mentions.value(expr);
        self.followed(&mentions.found, place)
    }

    /// Follows mentions to their targets; each target and attribute once for each place in the value.
    fn followed(&mut self, mentions: &[Mention<'_>], place: Place<'_>) -> Vec<Indirect> {
        let mut found: Vec<Indirect> = Vec::new();
        let mut seen: FxHashSet<(Address, EcoString, EcoVec<EcoString>, bool)> = FxHashSet::default();
        for mention in mentions {
            self.resolve_any(mention, place, &mut |inner| {
                let mut path = mention.path.clone();
                // What is mentioned stands here whole: its own places lie behind this one.
                if mention.whole {
                    path.extend(inner.rest.iter().take(limits::PATH.saturating_sub(path.len())).cloned());
                }
                if seen.insert((inner.target.clone(), inner.reads.clone(), path.clone(), inner.idle)) {
                    let Found { target, reads, through, idle, .. } = inner;
                    found.push(Indirect { target, reads, through, path, idle, span: mention.span });
                }
            });
        }
        if found.len() > limits::PLACED && found.iter().any(|indirect| !indirect.path.is_empty()) {
            for indirect in &mut found {
                indirect.path = EcoVec::new();
            }
            return merged([found.as_slice()]);
        }
        found
    }

    /// The references of each instance of a resource block, in source order.
    pub(super) fn resource_references(&mut self, module: u32, at: u32, declaration: &'p Declaration, keys: &Keys) -> Vec<Vec<Reference>> {
        let mut mentions = Mentions::default();
        mentions.declaration(declaration);
        let own = self.block_address(module, at);
        let configuration = match keys {
            Keys::Disabled(_) => Rc::default(),
            _ => self.configuration(module, &super::provider::provider_name(declaration)),
        };
        let provider_span = declaration.provider.as_ref().map_or(declaration.header, |provider| provider.span);
        let around = self.call_references(module);

        let mut each = Mentions::default();
        if let (Keys::Each(_) | Keys::Unknown(_) | Keys::Disabled(_), Some(for_each)) = (keys, &declaration.for_each) {
            each.value(for_each);
        }
        if each.found.is_empty() {
            mentions.found.retain(|mention| mention.root != "each");
        }
        let placed = each.found.iter().any(|mention| mention.whole || !mention.path.is_empty());
        let varies = keys.len() > 1 && (placed || mentions.found.iter().any(|mention| mention.varies));
        // What is switched off refers as one instance of it would.
        let instances = keys.len().max(1);
        let rounds = if varies { instances } else { 1 };
        let mut per_instance = Vec::with_capacity(instances as usize);
        for position in 0..rounds {
            let repetition = keys.repetition(position);
            // Where there is none, it is in nobody's way.
            let of_itself = (keys.len() > 0).then_some((at, position));
            let scope = Scope { repetition: &repetition, own: of_itself, ..Scope::of_module(module) };
            let mut references = self.direct(&mentions.found, &own, Place { module, scope, each: &each.found });
            if placed {
                each::without_doubles(&mut references);
            }
            references.extend(configuration.references.iter().map(|indirect| indirect.ordering("provider", provider_span)));
            references.extend(around.iter().filter(|indirect| indirect.target != own).map(|indirect| indirect.ordering("", indirect.span)));
            per_instance.push(references);
        }
        if let (false, Some(first)) = (varies, per_instance.first().cloned()) {
            per_instance.resize(instances as usize, first);
        }
        per_instance
    }

    /// The references of one instance of a module that is not at hand.
    pub(super) fn opaque_references(&mut self, module: u32, at: u32, expansion: &CallExpansion, position: u32) -> Vec<Reference> {
        let Some(call) = self.call_of(module, at) else { return Vec::new() };
        let mut mentions = Mentions::default();
        mentions.call(call);
        let own = self.call_address(module, at, &Key::None);
        let repetition = expansion.keys.repetition(position);
        let scope = Scope { repetition: &repetition, ..Scope::of_module(module) };
        let mut each = Mentions::default();
        if let Some(for_each) = &call.for_each {
            each.value(for_each);
        }
        let mut references = self.direct(&mentions.found, &own, Place { module, scope, each: &each.found });
        let around = self.call_references(module);
        references.extend(around.iter().map(|indirect| indirect.ordering("", indirect.span)));
        references
    }

    fn direct(&mut self, mentions: &[Mention<'_>], own: &Address, place: Place<'_>) -> Vec<Reference> {
        let mut references = Vec::with_capacity(mentions.len());
        for mention in mentions {
            // Of the type that stands above: a table of another kind is a kilobyte of code.
            let mut seen: FxHashSet<(Address, EcoString, EcoVec<EcoString>, bool)> = FxHashSet::default();
            let mut itself = false;
            self.resolve_any(mention, place, &mut |found| {
                // A block's reference to itself is no dependency.
                if found.target.without_key() == own.as_str() {
                    // What is done once it is there may name it.
                    let after = found.through.is_empty() && AFTER.iter().any(|it| mention.argument.starts_with(it));
                    itself |= !mention.explicit && !after;
                    return;
                }
                // The same may stand at several places of one value.
                if found.placed && !seen.insert((found.target.clone(), found.reads.clone(), EcoVec::new(), found.idle)) {
                    return;
                }
                references.push(Reference {
                    target: found.target,
                    argument: mention.argument.clone(),
                    reads: found.reads,
                    through: found.through,
                    explicit: mention.explicit,
                    idle: found.idle,
                    span: mention.span,
                });
            });
            if itself && place.scope.own.is_some() && self.dialect(place.module) == Dialect::Terraform {
                self.diagnose(Diagnostic::error("cycle", mention.span, eco_format!("{own} refers to itself")));
            }
        }
        references
    }

    /// Finds the resources that one mention leads to.
    fn resolve(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Found)) {
        self.steps += 1;
        self.depend_on_file(mention.span.file);
        if self.steps > limits::STEPS {
            self.too_much(mention.span, "evaluation stops after 5,000,000 steps");
            return;
        }
        let module = place.module;
        match mention.root.as_str() {
            root @ ("var" | "local") => {
                let Some(name) = mention.steps.first().and_then(step_name) else { return };
                let Some(definition) = self.definition_of(module) else { return };
                let table = if root == "var" { &definition.variables } else { &definition.locals };
                let Some(at) = table.get(name.as_str()).copied() else {
                    self.undeclared(mention.span, &eco_format!("{root}.{name}"));
                    return;
                };
                let references = if root == "var" { self.variable_references(module, at) } else { self.local_references(module, at) };
                let steps = mention.steps.get(1..).unwrap_or_default();
                self.by_way(&references, steps, mention, place, found);
            }
            "module" => self.resolve_module(mention, place, found),
            "import" if self.dialect(module).has_plain_names() => self.resolve_import(mention, place, found),
            "resource" if self.dialect(module).has_plain_names() => self.resolve_plain(mention, place, found),
            root @ ("data" | "ephemeral" | "resource") => {
                let mode = match root {
                    "data" => Mode::Data,
                    "ephemeral" => Mode::Ephemeral,
                    // The long form of a managed resource's name.
                    _ => Mode::Managed,
                };
                if let [first, second, rest @ ..] = mention.steps
                    && let (Some(native_type), Some(name)) = (step_name(first), step_name(second))
                {
                    self.resolve_resource(mode, native_type, name, rest, mention, place, found);
                }
            }
            _ => {
                if let [first, rest @ ..] = mention.steps
                    && let Some(name) = step_name(first)
                {
                    self.resolve_resource(Mode::Managed, mention.root, name, rest, mention, place, found);
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn resolve_resource(
        &mut self,
        mode: Mode,
        native_type: &EcoString,
        name: &EcoString,
        rest: &[Step],
        mention: &Mention<'_>,
        place: Place<'_>,
        found: &mut dyn FnMut(Found),
    ) {
        let module = place.module;
        let at = self
            .definition_of(module)
            .and_then(|definition| definition.resources.get(&(mode, native_type.as_str(), name.as_str())).copied());
        let Some(at) = at else {
            let path = self.instance(module).map(|instance| instance.path.clone()).unwrap_or_default();
            let target = written_address(&path, mode, native_type, name);
            self.undeclared(mention.span, target.text());
            self.external(target.clone(), native_type, name, mention.span);
            found(Found::direct(target, reads_of(rest)));
            return;
        };
        let expansion = self.expansion(module, at);
        let counted = !matches!(expansion.keys, Keys::One);
        let (key, rest) = if counted { self.narrowed(&expansion.keys, rest, mention, place) } else { (None, rest) };
        let target = match key {
            Some(position) => self.instance_address(module, at, &expansion.keys.key(position)),
            None => self.block_address(module, at),
        };
        let reads = if mention.explicit { EcoString::new() } else { reads_of(rest) };
        found(Found::direct(target, reads));
    }

    /// The instance that the first step picks, when it is known, and the steps after it.
    fn narrowed<'e>(&mut self, keys: &Keys, steps: &'e [Step], mention: &Mention<'_>, place: Place<'_>) -> (Option<u32>, &'e [Step]) {
        match steps.split_first() {
            Some((Step::Index(_), rest)) if matches!(keys, Keys::Disabled(_)) => (None, rest),
            Some((Step::Index(index), rest)) => {
                let key = match literal_index(index) {
                    Some(value) => value.clone(),
                    None if mention.bound => return (None, rest),
                    None => self.eval(index, &place.scope),
                };
                (keys.position(key.unmarked()), rest)
            }
            // The older spelling of an index: name.0.id
            Some((Step::Name(name, _), rest)) if matches!(keys, Keys::Count(_)) && name.parse::<u32>().is_ok() => {
                (keys.position(&Value::Text(name.clone())), rest)
            }
            Some((Step::Splat(_) | Step::LegacySplat(_), rest)) => (None, rest),
            _ => (None, steps),
        }
    }

    fn resolve_module(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Found)) {
        let Some((name, rest)) = mention.steps.split_first().and_then(|(first, rest)| Some((step_name(first)?, rest))) else { return };
        let module = place.module;
        let Some(at) = self.definition_of(module).and_then(|definition| definition.calls.get(name.as_str()).copied()) else {
            let path = self.instance(module).map(|instance| instance.path.clone()).unwrap_or_default();
            let target = Address::terraform(&path, false, "module", name, &Key::None);
            self.undeclared(mention.span, target.text());
            self.external(target.clone(), &"module".into(), name, mention.span);
            found(Found::direct(target, reads_of(rest)));
            return;
        };
        let expansion = self.call(module, at);
        let (position, rest) =
            if expansion.keys == Keys::One { (None, rest) } else { self.narrowed(&expansion.keys, rest, mention, place) };
        if expansion.opaque {
            let key = position.map_or(Key::None, |position| expansion.keys.key(position));
            let reads = if mention.explicit { EcoString::new() } else { reads_of(rest) };
            found(Found::direct(self.call_address(module, at, &key), reads));
            return;
        }
        let off = matches!(expansion.keys, Keys::Disabled(_));
        let output = rest.first().and_then(step_name);
        let Some(output) = output.filter(|_| !mention.explicit) else {
            if mention.explicit {
                let inside = self.inside(module, at);
                self.steps += inside.len() as u64;
                let way = way(&eco_format!("module.{name}"), &[]);
                inside.iter().for_each(|indirect| found(Found { through: way.clone(), ..Found::of(indirect, 0) }));
                return;
            }
            for child in expansion.children.iter().copied() {
                for at in 0..self.definition_of(child).map_or(0, |definition| definition.module.outputs.len()) as u32 {
                    let references = self.output_references(child, at);
                    self.steps += references.len() as u64;
                    for indirect in references.iter() {
                        // Read as a whole: the output's own name is not written.
                        let through = way(&eco_format!("module.{name}"), indirect.through.get(1..).unwrap_or_default());
                        found(Found { through, idle: off || indirect.idle, ..Found::of(indirect, 0) });
                    }
                }
            }
            return;
        };
        let rest = rest.get(1..).unwrap_or_default();
        for (nth, child) in expansion.children.iter().copied().enumerate() {
            if position.is_some_and(|position| position as usize != nth) {
                continue;
            }
            match self.definition_of(child).and_then(|definition| definition.outputs.get(output.as_str()).copied()) {
                Some(at) => {
                    let references = self.output_references(child, at);
                    self.by_way(&references, rest, mention, place, &mut |inner| found(Found { idle: off || inner.idle, ..inner }));
                }
                None if self.dialect(child) == Dialect::CloudFormation => {
                    self.undeclared(mention.span, &eco_format!("the output {output} of {name}"));
                }
                None => self.undeclared(mention.span, &eco_format!("module.{name}.{output}")),
            }
        }
    }

    /// A variable or local as its language refers to it.
    fn way_name(&self, module: u32, root: &str, name: &EcoString) -> EcoString {
        if self.dialect(module).has_plain_names() { name.clone() } else { eco_format!("{root}.{name}") }
    }

    fn undeclared(&mut self, span: Span, name: &EcoString) {
        self.warn("undeclared", span, eco_format!("{name} is declared in no file here"));
    }
}

/// The attribute path that steps read, as far as it is written plainly.
fn reads_of(steps: &[Step]) -> EcoString {
    let mut path = EcoString::new();
    for step in steps {
        let name = match step {
            Step::Name(name, _) => name.clone(),
            Step::Index(index) => match literal_index(index) {
                Some(Value::Text(name)) => name.clone(),
                Some(Value::Number(number)) => eco_format!("{number}"),
                _ => break,
            },
            Step::Splat(_) | Step::LegacySplat(_) => continue,
        };
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&name);
    }
    path
}
