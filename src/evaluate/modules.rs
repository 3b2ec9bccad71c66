//! Module calls: entering local modules, opaque nodes for the others, and what their outputs are.

use std::rc::Rc;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::{collected, step_name};
use super::definition::Definition;
use super::expression::invalid;
use super::instance::{CallExpansion, Caller, Instance, Keys, Slot, Target};
use super::limits;
use super::scope::{Repetition, Scope};
use crate::diagnostic::Diagnostic;
use crate::lang::terraform;
use crate::model::{Address, Dialect, Expr, Key, Kind, Module, ModuleCall, Object, QuestionKind, Step, UnknownKind, Value};

impl<'p> Evaluator<'p> {
    /// Makes the instance of every root.
    pub(super) fn plant_roots(&mut self) {
        let program = self.program;
        for root in &program.roots {
            let Some(definition) = self.definition(&root.path) else { continue };
            self.plant(definition, root.prefix.clone(), &root.path, None, 0, None);
        }
    }

    /// The index of a folder's definition, made when first needed.
    fn definition(&mut self, folder: &str) -> Option<u32> {
        if let Some(at) = self.folders.get(folder) {
            return Some(*at);
        }
        let (folder, module) = self.program.modules.get_key_value(folder)?;
        let at = self.definitions.len() as u32;
        self.definitions.push(Definition::new(folder, module));
        self.folders.insert(folder, at);
        Some(at)
    }

    fn plant(
        &mut self,
        definition: u32,
        path: EcoString,
        root: &'p str,
        caller: Option<Caller>,
        level: u32,
        off: Option<EcoString>,
    ) -> u32 {
        fn slots<T: Default>(count: usize) -> Vec<T> {
            std::iter::repeat_with(T::default).take(count).collect()
        }
        let empty = Module::default();
        let module = self.definitions.get(definition as usize).map_or(&empty, |definition| definition.module);
        let instance = Instance {
            definition,
            path,
            root,
            caller,
            level,
            origin: self.present(),
            off,
            variables: slots(module.variables.len()),
            locals: slots(module.locals.len()),
            outputs: slots(module.outputs.len()),
            resources: slots(module.resources.len()),
            calls: slots(module.calls.len()),
            variable_references: slots(module.variables.len()),
            local_references: slots(module.locals.len()),
            output_references: slots(module.outputs.len()),
            call_references: Slot::Empty,
            inside: slots(module.calls.len()),
            input_numbers: Vec::new(),
            addresses: slots(module.resources.len()),
            providers: Vec::new(),
        };
        self.made += 1;
        if let Some(definition) = self.definitions.get_mut(definition as usize) {
            definition.parts.instances += 1;
        }
        self.instances.push(instance);
        self.instances.len() as u32 - 1
    }

    pub(super) fn call_of(&self, module: u32, at: u32) -> Option<&'p ModuleCall> {
        self.definition_of(module)?.module.calls.get(at as usize)
    }

    /// The instances of a module call.
    pub(super) fn call(&mut self, module: u32, at: u32) -> Rc<CallExpansion> {
        self.fill(
            Target::Call(module, at),
            |evaluator| evaluator.instance_mut(module)?.calls.get_mut(at as usize),
            |evaluator| {
                let Some(call) = evaluator.call_of(module, at) else {
                    return Rc::new(CallExpansion { keys: Keys::One, children: Vec::new(), opaque: true });
                };
                let scope = Scope::of_module(module);
                let keys = match evaluator.off(module) {
                    Some(reason) => Keys::Disabled(reason),
                    None => match call.enabled().and_then(|enabled| evaluator.enabled(enabled, &scope)) {
                        Some(keys) => keys,
                        None => evaluator.keys(call.count.as_ref(), call.for_each.as_ref(), &scope, call.header),
                    },
                };
                if evaluator.suspended.is_some() {
                    return Rc::new(CallExpansion { keys, children: Vec::new(), opaque: true });
                }
                match evaluator.enter(module, call, matches!(keys, Keys::Disabled(_))) {
                    Some(definition) => {
                        evaluator.compare_inputs(module, call, definition);
                        let children = evaluator.children(module, at, call, definition, &keys);
                        Rc::new(CallExpansion { keys, children, opaque: false })
                    }
                    None => {
                        evaluator.made += keys.len() as usize;
                        Rc::new(CallExpansion { keys, children: Vec::new(), opaque: true })
                    }
                }
            },
        )
    }

    /// Whether a call gives what the module's variables ask for, and nothing else.
    fn compare_inputs(&mut self, module: u32, call: &'p ModuleCall, definition: u32) {
        if self.dialect(module) != Dialect::Terraform {
            return;
        }
        let Some(callee) = self.definitions.get(definition as usize) else { return };
        let (folder, variables) = (callee.folder, &callee.module.variables);
        let given = &call.body.attributes;
        // Where a module has no variables at all, the file with them may not be at hand.
        let unknown = given.iter().filter(|it| {
            !matches!(it.name.as_str(), "version" | "source") && !variables.is_empty() && !callee.variables.contains_key(it.name.as_str())
        });
        let mut said: Vec<Diagnostic> = unknown
            .map(|it| Diagnostic::warning("module-input", it.name_span, eco_format!("{folder} has no variable `{}`", it.name)))
            .collect();
        let needed = variables.iter().filter(|it| it.default.is_none() && call.body.attribute(&it.name).is_none());
        let needed: Vec<&str> = needed.map(|it| it.name.as_str()).collect();
        if !needed.is_empty() {
            let message = eco_format!("{folder} asks for `{}`, which this call does not give", needed.join("`, `"));
            said.push(Diagnostic::warning("module-input", call.header, message));
        }
        said.into_iter().for_each(|it| self.diagnose(it));
    }

    fn children(&mut self, module: u32, at: u32, call: &'p ModuleCall, definition: u32, keys: &Keys) -> Vec<u32> {
        let Some((path, root, level)) = self.instance(module).map(|instance| (instance.path.clone(), instance.root, instance.level)) else {
            return Vec::new();
        };
        let mut children = Vec::with_capacity(keys.len() as usize);
        let off = match keys {
            Keys::Disabled(reason) => Some(match self.off(module) {
                Some(outer) => outer,
                None => eco_format!("module.{}: {reason}", call.name),
            }),
            _ => None,
        };
        if off.is_some() && self.dialect(module).has_plain_names() {
            return Vec::new();
        }
        for position in 0..keys.len().max(u32::from(off.is_some())) {
            let repetition = Rc::new(if *keys == Keys::One { Repetition::None } else { keys.repetition(position) });
            let caller = Caller { module, call: at, repetition };
            let path = match self.dialect(module).has_plain_names() {
                true => eco_format!("{path}{}/", call.name),
                false => module_path(&path, &call.name, &keys.key(position)),
            };
            children.push(self.plant(definition, path, root, Some(caller), level + 1, off.clone()));
        }
        children
    }

    /// Why nothing of a module instance is there.
    pub(super) fn off(&self, module: u32) -> Option<EcoString> {
        self.instance(module)?.off.clone()
    }

    /// The definition a call enters; `None`, with a question unless the call is switched off, when its source is not at
    /// hand.
    fn enter(&mut self, module: u32, call: &'p ModuleCall, off: bool) -> Option<u32> {
        let subject = eco_format!("module.{}", call.name);
        let source = &match (&call.source, call.worked_out_source()) {
            (Some(source), _) => source.clone(),
            (None, Some(written)) => self.worked_out(module, call, &subject, written, off)?,
            (None, None) => {
                self.warn("module-source", call.header, eco_format!("{subject} has no source"));
                return None;
            }
        };
        let folder = if self.dialect(module).has_plain_names() {
            // The reader has found the template already.
            Some(source.clone())
        } else {
            self.folder_of(module, call, source)
        };
        let Some(folder) = folder else {
            if off {
                return None;
            }
            let why = eco_format!("its source {source} was not given");
            self.ask_for(QuestionKind::Module, subject, why, call.header, false, source.clone());
            return None;
        };
        let level = self.instance(module)?.level;
        let Some(definition) = self.definition(&folder) else {
            if off {
                return None;
            }
            let why = eco_format!("the folder {source} was not given");
            self.ask_for(QuestionKind::Module, subject, why, call.header, false, source.clone());
            return None;
        };
        let mut above = Some(module);
        while let Some(outer) = above {
            let instance = self.instance(outer)?;
            if instance.definition == definition {
                let message = eco_format!("{subject} calls itself: {folder:?} is already being entered");
                self.diagnose(Diagnostic::error("cycle", call.header, message));
                return None;
            }
            above = instance.caller.as_ref().map(|caller| caller.module);
        }
        if self.made >= limits::INSTANCES || self.instances.len() >= limits::MODULES {
            self.warn("limit", call.header, "past 50,000 modules, or 200,000 instances in all, modules are not entered");
            return None;
        }
        if level >= limits::MODULE_DEPTH {
            self.warn("limit", call.header, "modules nested deeper than 32 are not entered");
            return None;
        }
        Some(definition)
    }

    fn folder_of(&self, module: u32, call: &ModuleCall, source: &str) -> Option<EcoString> {
        terraform::source_folder(self.definition_of(module)?.folder, &call.name, source, &self.program.installed)
    }

    /// A source that is no literal: what it comes to, or a question unless the call is switched off.
    fn worked_out(&mut self, module: u32, call: &ModuleCall, subject: &EcoString, written: &'p Expr, off: bool) -> Option<EcoString> {
        let value = self.eval(written, &Scope::of_module(module));
        match value.unmarked() {
            Value::Text(source) => return Some(source.clone()),
            // Where its files are may be known all the same: from the reviewer, or from where they were put.
            Value::Unknown(_) if self.folder_of(module, call, subject).is_some() => return Some(subject.clone()),
            Value::Unknown(_) if off => {}
            Value::Unknown(unknown) => {
                self.ask(QuestionKind::Module, subject.clone(), eco_format!("its source: {unknown}"), written.span, false)
            }
            _ => self.diagnose(Diagnostic::error("value", written.span, "A source is a text")),
        }
        None
    }

    /// The inputs of an opaque module instance, and where it comes from: another source is another module.
    pub(super) fn inputs(&mut self, module: u32, at: u32, expansion: &CallExpansion, position: u32) -> Arc<Object> {
        let Some(call) = self.call_of(module, at) else { return Arc::default() };
        let repetition = if expansion.keys == Keys::One { Repetition::None } else { expansion.keys.repetition(position) };
        let scope = Scope { repetition: &repetition, ..Scope::of_module(module) };
        let mut inputs = self.body(&call.body, &scope);
        if let Some(source) = call.source.as_ref().filter(|_| !self.dialect(module).has_plain_names()) {
            inputs.insert("source".into(), Value::Text(source.clone()));
        }
        Arc::new(inputs)
    }

    pub(super) fn call_address(&self, module: u32, at: u32, key: &Key) -> Address {
        match (self.instance(module), self.call_of(module, at)) {
            (Some(instance), Some(call)) => Address::terraform(&instance.path, false, "module", &call.name, key),
            _ => Address::plain(""),
        }
    }

    /// `module.name...`
    pub(super) fn module_reference(&mut self, steps: &[Step], scope: &Scope<'_>) -> Value {
        let Some(name) = steps.first().and_then(step_name) else {
            return Value::unknown(UnknownKind::Unsupported, "module as a whole");
        };
        let rest = steps.get(1..).unwrap_or(&[]);
        let module = scope.module;
        let Some(at) = self.definition_of(module).and_then(|definition| definition.calls.get(name.as_str()).copied()) else {
            return Value::unknown(UnknownKind::Unresolved, eco_format!("module.{name}"));
        };
        let expansion = self.call(module, at);
        if expansion.opaque {
            return Value::unknown(UnknownKind::NotAtHand, eco_format!("module.{name}"));
        }
        match &expansion.keys {
            Keys::One => match expansion.children.first() {
                Some(child) => self.outputs_of(*child, rest, scope),
                None => Value::unknown(UnknownKind::NotAtHand, eco_format!("module.{name}")),
            },
            Keys::Unknown(unknown) => Value::Unknown(unknown.clone()),
            Keys::Disabled(_) => {
                let counted = self.call_of(module, at).is_some_and(|call| call.count.is_some());
                let empty = if counted { Value::list(Vec::new()) } else { Value::object(Object::default()) };
                self.follow(empty, rest, scope)
            }
            keys => {
                if let Some((Step::Index(index), inner)) = rest.split_first() {
                    let key = self.eval(index, scope);
                    if let Value::Unknown(unknown) = key.unmarked() {
                        return Value::Unknown(unknown.clone());
                    }
                    return match keys.position(key.unmarked()).and_then(|position| expansion.children.get(position as usize)) {
                        Some(child) => self.outputs_of(*child, inner, scope),
                        None => invalid(eco_format!("module.{name} has no instance {key}")),
                    };
                }
                if let (Keys::Count(_), Some((Step::Splat(_), inner))) = (keys, rest.split_first()) {
                    let items = expansion.children.iter().map(|child| self.outputs_of(*child, inner, scope)).collect();
                    return collected(items, Kind::Each).unwrap_or_else(|wrong| wrong);
                }
                let whole = match keys {
                    Keys::Each(items) => Value::object(
                        items
                            .iter()
                            .zip(&expansion.children)
                            .map(|((key, _), child)| (key.clone(), self.outputs_of(*child, &[], scope)))
                            .collect(),
                    ),
                    _ => Value::list(expansion.children.iter().map(|child| self.outputs_of(*child, &[], scope)).collect()),
                };
                self.follow(whole, rest, scope)
            }
        }
    }

    pub(super) fn outputs_of(&mut self, child: u32, steps: &[Step], scope: &Scope<'_>) -> Value {
        let Some(module) = self.definition_of(child).map(|definition| definition.module) else { return Value::Null };
        match steps.first().and_then(step_name) {
            Some(name) => {
                let at = self.definition_of(child).and_then(|definition| definition.outputs.get(name.as_str()).copied());
                match at {
                    Some(at) => {
                        let value = self.output(child, at);
                        self.follow(value, steps.get(1..).unwrap_or(&[]), scope)
                    }
                    None if self.dialect(child) == Dialect::CloudFormation => {
                        Value::unknown(UnknownKind::Unresolved, eco_format!("the output {name}"))
                    }
                    None => invalid(eco_format!("the module has no output {name:?}")),
                }
            }
            None => {
                let mut object = Object::with_capacity(module.outputs.len());
                for (at, output) in module.outputs.iter().enumerate() {
                    object.insert(output.name.clone(), self.output(child, at as u32));
                }
                self.follow(Value::object(object), steps, scope)
            }
        }
    }
}

/// The path of a module instance inside another.
fn module_path(outer: &str, name: &str, key: &Key) -> EcoString {
    let dot = if outer.is_empty() || outer.ends_with("//") { "" } else { "." };
    eco_format!("{outer}{dot}module.{name}{key}")
}
