//! What refers to what: every mention of another block in an expression, followed through locals, variables
//! and outputs to resources, with the names in between.
//!
//! What a variable, local or output refers to is worked out once per module instance.

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
use crate::model::{Address, Body, Declaration, Expr, Key, Mode, Reference, Step, Value};
use crate::source::Span;

use mention::{Mention, Mentions};

/// What a variable, local, output or configuration refers to, each target once per attribute read.
pub(super) type References = Rc<Vec<Indirect>>;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Indirect {
    pub target: Address,
    pub reads: EcoString,
    /// The names in between, nearest first.
    pub through: EcoVec<EcoString>,
    /// Where it is written.
    pub span: Span,
}

/// Where mentions stand: the module instance and what indexes mean there.
#[derive(Clone, Copy)]
struct Place<'s> {
    module: u32,
    scope: Scope<'s>,
}

impl<'p> Evaluator<'p> {
    pub(super) fn local_references(&mut self, module: u32, at: u32) -> References {
        self.fill(
            Target::LocalReferences(module, at),
            |evaluator| evaluator.instance_mut(module)?.local_references.get_mut(at as usize),
            |evaluator| match evaluator.definition_of(module).and_then(|definition| definition.module.locals.get(at as usize)) {
                Some(local) => evaluator.expression_references([&local.value], false, Scope::of_module(module)),
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
                let values = evaluator.expression_references(output.value.as_ref(), false, scope);
                if output.depends_on.is_empty() {
                    return values;
                }
                let explicit = evaluator.expression_references(&output.depends_on, true, scope);
                merged([values, explicit])
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
                let name = evaluator.definition_of(module).and_then(|definition| definition.module.variables.get(at as usize));
                let input = name.and_then(|variable| {
                    evaluator.definition_of(caller.module)?.inputs.get(caller.call as usize)?.get(variable.name.as_str()).copied()
                });
                match input {
                    Some(input) => {
                        let scope = Scope { repetition: &caller.repetition, ..Scope::of_module(caller.module) };
                        evaluator.expression_references([&input.value], false, scope)
                    }
                    None => References::default(),
                }
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
                if call.count.is_none() && call.for_each.is_none() && call.depends_on.is_empty() {
                    return outer;
                }
                let scope = Scope::of_module(caller.module);
                let repeated = evaluator.expression_references(call.count.iter().chain(&call.for_each), false, scope);
                let explicit = evaluator.expression_references(&call.depends_on, true, scope);
                let name = eco_format!("module.{}", call.name);
                let own = [repeated, explicit].map(|found| Rc::new(found.iter().map(|indirect| indirect.by_way_of(&name)).collect()));
                let [repeated, explicit] = own;
                merged([repeated, explicit, outer])
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
                    found.push(Indirect { target, reads: EcoString::new(), through: EcoVec::new(), span });
                }
                for child in expansion.children.iter().copied() {
                    let Some(definition) = evaluator.definition_of(child).map(|definition| definition.module) else { continue };
                    for inner in 0..definition.resources.len() as u32 {
                        let target = evaluator.block_address(child, inner);
                        found.push(Indirect { target, reads: EcoString::new(), through: EcoVec::new(), span });
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
        let found = self.followed(&mentions.found, Scope::of_module(module));
        Rc::new(found.iter().map(|indirect| indirect.by_way_of(name)).collect())
    }

    fn expression_references<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>, explicit: bool, scope: Scope<'_>) -> References {
        let mut mentions = Mentions::default();
        for expr in exprs {
            mentions.expression(expr, "", explicit);
        }
        Rc::new(self.followed(&mentions.found, scope))
    }

    /// Follows mentions to their targets; each target and attribute once.
    fn followed(&mut self, mentions: &[Mention<'_>], scope: Scope<'_>) -> Vec<Indirect> {
        let mut found: Vec<Indirect> = Vec::new();
        let mut seen: FxHashSet<(Address, EcoString)> = FxHashSet::default();
        for mention in mentions {
            self.resolve(mention, Place { module: scope.module, scope }, &mut |target, reads, through| {
                if seen.insert((target.clone(), reads.clone())) {
                    found.push(Indirect { target, reads, through, span: mention.span });
                }
            });
        }
        found
    }

    /// The references of each instance of a resource block, in source order.
    pub(super) fn resource_references(&mut self, module: u32, at: u32, declaration: &'p Declaration, keys: &Keys) -> Vec<Vec<Reference>> {
        let mut mentions = Mentions::default();
        mentions.declaration(declaration);
        let own = self.block_address(module, at);
        let provider = super::provider::provider_name(declaration);
        let configuration = self.configuration(module, &provider);
        let provider_span = declaration.provider.as_ref().map_or(declaration.header, |provider| provider.span);
        let around = self.call_references(module);

        let varies = keys.len() > 1 && mentions.found.iter().any(Mention::varies);
        let rounds = if varies { keys.len() } else { 1 };
        let mut per_instance = Vec::with_capacity(keys.len() as usize);
        for position in 0..rounds {
            let repetition = keys.repetition(position);
            let scope = Scope { repetition: &repetition, own: Some((at, position)), ..Scope::of_module(module) };
            let mut references = self.direct(&mentions.found, &own, Place { module, scope });
            references.extend(configuration.references.iter().map(|indirect| indirect.ordering("provider", provider_span)));
            references.extend(around.iter().filter(|indirect| indirect.target != own).map(|indirect| indirect.ordering("", indirect.span)));
            per_instance.push(references);
        }
        if let (false, Some(first)) = (varies, per_instance.first().cloned()) {
            per_instance.resize(keys.len() as usize, first);
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
        let mut references = self.direct(&mentions.found, &own, Place { module, scope });
        let around = self.call_references(module);
        references.extend(around.iter().map(|indirect| indirect.ordering("", indirect.span)));
        references
    }

    fn direct(&mut self, mentions: &[Mention<'_>], own: &Address, place: Place<'_>) -> Vec<Reference> {
        let mut references = Vec::with_capacity(mentions.len());
        for mention in mentions {
            self.resolve(mention, place, &mut |target, reads, through| {
                // A block's reference to itself is no dependency.
                if target.without_key() != own.as_str() {
                    references.push(Reference {
                        target,
                        argument: mention.argument.clone(),
                        reads,
                        through: through.to_vec(),
                        explicit: mention.explicit,
                        span: mention.span,
                    });
                }
            });
        }
        references
    }

    /// Finds the resources that one mention leads to.
    fn resolve(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Address, EcoString, EcoVec<EcoString>)) {
        self.steps += 1;
        if self.steps > limits::STEPS {
            self.too_much(mention.span, "evaluation stops after 10,000,000 steps");
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
                if !references.is_empty() {
                    let way = if self.dialect(module).has_plain_names() { name.clone() } else { eco_format!("{root}.{name}") };
                    self.by_way(&references, &way, found);
                }
            }
            "module" => self.resolve_module(mention, place, found),
            "resource" if self.dialect(module).has_plain_names() => self.resolve_plain(mention, place, found),
            root @ ("data" | "ephemeral") => {
                let mode = if root == "data" { Mode::Data } else { Mode::Ephemeral };
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
        found: &mut dyn FnMut(Address, EcoString, EcoVec<EcoString>),
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
            found(target, reads_of(rest), EcoVec::new());
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
        found(target, reads, EcoVec::new());
    }

    /// The instance that the first step picks, when it is known, and the steps after it.
    fn narrowed<'e>(&mut self, keys: &Keys, steps: &'e [Step], mention: &Mention<'_>, place: Place<'_>) -> (Option<u32>, &'e [Step]) {
        match steps.split_first() {
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

    fn resolve_module(&mut self, mention: &Mention<'_>, place: Place<'_>, found: &mut dyn FnMut(Address, EcoString, EcoVec<EcoString>)) {
        let Some((name, rest)) = mention.steps.split_first().and_then(|(first, rest)| Some((step_name(first)?, rest))) else { return };
        let module = place.module;
        let Some(at) = self.definition_of(module).and_then(|definition| definition.calls.get(name.as_str()).copied()) else {
            let path = self.instance(module).map(|instance| instance.path.clone()).unwrap_or_default();
            let target = Address::terraform(&path, false, "module", name, &Key::None);
            self.undeclared(mention.span, target.text());
            self.external(target.clone(), &"module".into(), name, mention.span);
            found(target, reads_of(rest), EcoVec::new());
            return;
        };
        let expansion = self.call(module, at);
        let (position, rest) =
            if expansion.keys == Keys::One { (None, rest) } else { self.narrowed(&expansion.keys, rest, mention, place) };
        if expansion.opaque {
            let key = position.map_or(Key::None, |position| expansion.keys.key(position));
            let reads = if mention.explicit { EcoString::new() } else { reads_of(rest) };
            found(self.call_address(module, at, &key), reads, EcoVec::new());
            return;
        }
        let output = rest.first().and_then(step_name);
        let Some(output) = output.filter(|_| !mention.explicit) else {
            if mention.explicit {
                let inside = self.inside(module, at);
                self.by_way(&inside, &eco_format!("module.{name}"), found);
                return;
            }
            for child in expansion.children.iter().copied() {
                for at in 0..self.definition_of(child).map_or(0, |definition| definition.module.outputs.len()) as u32 {
                    let references = self.output_references(child, at);
                    self.by_way(&references, &eco_format!("module.{name}"), found);
                }
            }
            return;
        };
        let way = eco_format!("module.{name}.{output}");
        for (nth, child) in expansion.children.iter().copied().enumerate() {
            if position.is_some_and(|position| position as usize != nth) {
                continue;
            }
            match self.definition_of(child).and_then(|definition| definition.outputs.get(output.as_str()).copied()) {
                Some(at) => {
                    let references = self.output_references(child, at);
                    self.by_way(&references, &way, found);
                }
                None => self.undeclared(mention.span, &way),
            }
        }
    }

    fn by_way(&mut self, references: &References, name: &EcoString, found: &mut dyn FnMut(Address, EcoString, EcoVec<EcoString>)) {
        self.steps += references.len() as u64;
        for indirect in references.iter() {
            found(indirect.target.clone(), indirect.reads.clone(), indirect.by_way_of(name).through);
        }
    }

    fn undeclared(&mut self, span: Span, name: &EcoString) {
        self.diagnose(Diagnostic::warning("undeclared", span, eco_format!("{name} is declared in no file here")));
    }
}

impl Indirect {
    /// The same reference, seen from one name further away.
    fn by_way_of(&self, name: &EcoString) -> Indirect {
        let mut through = EcoVec::with_capacity(self.through.len() + 1);
        through.push(name.clone());
        through.extend(self.through.iter().take(limits::THROUGH - 1).cloned());
        Indirect { target: self.target.clone(), reads: self.reads.clone(), through, span: self.span }
    }

    fn ordering(&self, argument: &str, span: Span) -> Reference {
        Reference {
            target: self.target.clone(),
            argument: argument.into(),
            reads: self.reads.clone(),
            through: self.through.to_vec(),
            explicit: true,
            span,
        }
    }
}

fn merged<const N: usize>(parts: [References; N]) -> References {
    let mut seen: FxHashSet<(&Address, &EcoString)> = FxHashSet::default();
    let mut found = Vec::new();
    for part in &parts {
        for indirect in part.iter() {
            if seen.insert((&indirect.target, &indirect.reads)) {
                found.push(indirect.clone());
            }
        }
    }
    Rc::new(found)
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
