//! What a program registers: resources with their inputs, options, place, and what they depend on.

use ecow::EcoString;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::value::{Deps, Dict, ResourceId, Value, deps_of};
use super::{Interpreter, MOST_RESOURCES, Result, Stop};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::Language;
use crate::order::Order as _;
use crate::source::Span;

/// Marks the objects that the SDK makes of options and assets.
pub const MARK: &str = "\0made";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Custom,
    /// A component of the program itself.
    Component,
    /// A component whose source is not at hand; the engine makes its children.
    Remote,
    /// Read with `get`, not managed.
    Read,
    Provider,
}

/// One resource as the program would register it.
pub struct Registered {
    pub kind: Kind,
    pub token: EcoString,
    pub name: Value,
    /// By the name the engine is told.
    pub inputs: IndexMap<EcoString, Input, FxBuildHasher>,
    pub options: Options,
    /// The constructor's call.
    pub span: Span,
    /// The calls that led there, outermost first.
    pub chain: Vec<Span>,
    /// Conditions it depends on that are not known.
    pub conditions: Vec<Span>,
    pub children: Vec<ResourceId>,
    /// What the program stored on the handle.
    pub extra: Dict,
}

pub struct Input {
    pub value: Value,
    pub span: Span,
}

#[derive(Default)]
pub struct Options {
    pub parent: Option<ResourceId>,
    pub provider: Option<ResourceId>,
    /// Providers for children, by package.
    pub providers: Vec<(EcoString, ResourceId)>,
    pub depends_on: Deps,
    pub deleted_with: Option<ResourceId>,
    pub protect: Option<Value>,
    pub ignore_changes: Vec<EcoString>,
    pub replace_on_changes: Vec<EcoString>,
    pub delete_before_replace: Option<Value>,
    pub retain_on_delete: Option<Value>,
    pub aliases: Option<Value>,
    pub custom_timeouts: Option<Value>,
    /// The id of what exists already and is taken over.
    pub import: Option<Value>,
}

impl Interpreter<'_> {
    pub fn register(
        &mut self,
        kind: Kind,
        token: EcoString,
        name: Value,
        inputs: IndexMap<EcoString, Input, FxBuildHasher>,
        options: Option<&Value>,
        span: Span,
    ) -> Result<ResourceId> {
        if self.resources.len() >= MOST_RESOURCES {
            return Err(Stop::Limit);
        }
        let id = self.resources.len() as ResourceId;
        let options = self.options(options, &token);
        let inputs = if self.applying == 0 {
            inputs
        } else {
            inputs.into_iter().map(|(name, input)| (name, Input { value: input.value.handed(0), span: input.span })).collect()
        };
        if let Some(parent) = options.parent.and_then(|parent| self.resources.get_mut(parent as usize)) {
            parent.children.push(id);
        }
        self.resources.push(Registered {
            kind,
            token,
            name,
            inputs,
            options,
            span,
            chain: self.chain.clone(),
            conditions: self.conditions.clone(),
            children: Vec::new(),
            extra: Dict::default(),
        });
        Ok(id)
    }

    fn options(&mut self, given: Option<&Value>, token: &str) -> Options {
        let mut options = Options::default();
        let package = token.split(':').next().unwrap_or_default();
        let mut own = Vec::new();
        if let Some(Value::Dict(dict)) = given {
            let dict = dict.borrow();
            let get = |snake: &str, camel: &str| dict.get(snake).or_else(|| dict.get(camel)).filter(|value| !value.is_nothing());
            options.parent = get("parent", "parent").and_then(Value::as_resource);
            if let Some(value) = get("provider", "provider") {
                own.extend(value.as_resource());
            }
            if let Some(value) = get("providers", "providers") {
                own.extend(handles(value));
            }
            if let Some(value) = get("depends_on", "dependsOn") {
                options.depends_on = deps_of(value);
            }
            options.deleted_with = get("deleted_with", "deletedWith").and_then(Value::as_resource);
            options.protect = get("protect", "protect").cloned();
            options.ignore_changes = get("ignore_changes", "ignoreChanges").map(texts).unwrap_or_default();
            options.replace_on_changes = get("replace_on_changes", "replaceOnChanges").map(texts).unwrap_or_default();
            options.delete_before_replace = get("delete_before_replace", "deleteBeforeReplace").cloned();
            options.retain_on_delete = get("retain_on_delete", "retainOnDelete").cloned();
            options.aliases = get("aliases", "aliases").cloned();
            options.custom_timeouts = get("custom_timeouts", "customTimeouts").cloned();
            options.import = get("import_", "import").cloned();
        }
        for provider in own {
            let package = self.resources.get(provider as usize).map(|it| it.token.rsplit(':').next().unwrap_or_default().into());
            options.providers.extend(package.map(|package: EcoString| (package, provider)));
        }
        if let Some(parent) = options.parent.and_then(|parent| self.resources.get(parent as usize)) {
            for (package, provider) in &parent.options.providers {
                if !options.providers.iter().any(|(own, _)| own == package) {
                    options.providers.push((package.clone(), *provider));
                }
            }
            if options.protect.is_none() {
                options.protect = parent.options.protect.clone();
            }
        }
        options.provider = options.providers.iter().find(|(it, _)| it == package).map(|(_, provider)| *provider);
        options
    }

    /// What follows the program: nothing for Python; JavaScript's exports become the stack's outputs.
    pub fn after_main(&mut self, scope: &Rc<super::value::Scope>) -> Result<()> {
        if Interpreter::is_python(scope) {
            return Ok(());
        }
        let mut exports = super::modules::exports_of(scope);
        // A program whose one export is a function is that function.
        let alone = match &exports {
            Value::Dict(dict) if dict.borrow().len() == 1 => dict.borrow().get("default").cloned(),
            _ => None,
        };
        exports = alone.unwrap_or(exports);
        if let Value::Function(main) = &exports {
            let span = main.function.span;
            exports = self.call(&exports.clone(), super::Args::default(), span, Language::JavaScript)?;
        }
        let span = self.resources.last().map(|last| last.span);
        if let (Value::Dict(exports), Some(span)) = (&exports, span) {
            self.exports.extend(exports.borrow().iter().map(|(name, value)| (name.clone(), value.clone(), span)));
        }
        Ok(())
    }
}

/// Resources in a list, a dict or alone.
fn handles(value: &Value) -> Vec<ResourceId> {
    match value {
        Value::List(items) => items.borrow().iter().filter_map(Value::as_resource).collect(),
        Value::Tuple(items) => items.iter().filter_map(Value::as_resource).collect(),
        Value::Dict(dict) => dict.borrow().values().filter_map(Value::as_resource).collect(),
        other => other.as_resource().into_iter().collect(),
    }
}

fn texts(value: &Value) -> Vec<EcoString> {
    match value {
        Value::List(items) => items.borrow().iter().filter_map(|item| item.as_text().cloned()).collect(),
        Value::Tuple(items) => items.iter().filter_map(|item| item.as_text().cloned()).collect(),
        Value::Text(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// The resources that dependencies stand for: a component of the program stands for what is below it.
pub fn expanded(resources: &[Registered], deps: &Deps) -> Vec<ResourceId> {
    let mut found = Vec::new();
    let mut waiting: Vec<ResourceId> = deps.iter().collect();
    let mut seen = vec![false; resources.len()];
    while let Some(id) = waiting.pop() {
        let Some(resource) = resources.get(id as usize) else { continue };
        match seen.get_mut(id as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        if resource.kind == Kind::Component { waiting.extend(&resource.children) } else { found.push(id) }
    }
    found.order();
    found
}

impl Registered {
    /// The resource's own name as text, with `…` for what is not known.
    pub fn shown_name(&self) -> EcoString {
        super::text::shown(&self.name)
    }
}
