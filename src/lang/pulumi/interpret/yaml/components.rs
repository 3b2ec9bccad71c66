//! Components written in YAML: each use of one makes its parts below it, called `NAME-PART`.

use ecow::EcoString;

use super::{Name, Program, section_of};
use crate::lang::pulumi::interpret::Result;
use crate::lang::pulumi::interpret::value::{Dict, ResourceId, Value};
use crate::source::Span;
use crate::syntax::document::Node;

/// The component whose parts are made, and what it is called.
#[derive(Clone)]
pub struct Inside {
    component: ResourceId,
    name: Value,
}

impl<'n> Program<'n, '_> {
    /// The component at hand that a type names, and its token: `package:Name` or `package:index:Name`.
    pub fn component(&self, written: &str) -> Option<(EcoString, &'n Node)> {
        let (package, name) = (written.split(':').next()?, written.rsplit(':').next()?);
        let plugins = self.plugins.iter().filter(|(known, _)| known == package);
        let found = plugins.filter_map(|(_, components)| components.get(name)).next()?;
        Some((ecow::eco_format!("{package}:index:{name}"), found))
    }

    /// Parts of a component are called after it.
    pub fn prefixed(&self, name: Value) -> Value {
        match &self.inside {
            Some(inside) => Value::template(vec![inside.name.clone(), Value::text("-"), name]),
            None => name,
        }
    }

    /// Parts of a component lie below it unless they say otherwise.
    pub fn below_component(&self, options: &mut Dict) {
        if let Some(inside) = &self.inside {
            options.entry("parent".into()).or_insert(Value::Resource(inside.component));
        }
    }

    /// Makes the parts of a component; its outputs become its members.
    pub fn make(&mut self, id: ResourceId, name: Value, component: &'n Node, given: Vec<(EcoString, Value)>, span: Span) -> Result<()> {
        let names = std::mem::take(&mut self.names);
        let defaults = std::mem::take(&mut self.defaults);
        let inside = self.inside.replace(Inside { component: id, name });
        self.interpreter.chain.push(span);
        let made = self.below(|this| this.parts(component, given));
        self.interpreter.chain.pop();
        self.names = names;
        self.defaults = defaults;
        self.inside = inside;
        let outputs = made?;
        if let Some(resource) = self.interpreter.resources.get_mut(id as usize) {
            resource.extra = outputs;
        }
        Ok(())
    }

    fn parts(&mut self, component: &'n Node, given: Vec<(EcoString, Value)>) -> Result<Dict> {
        for entry in section_of(component, "inputs") {
            let Some(name) = entry.key.text() else { continue };
            let default = if entry.value.is_mapping() { entry.value.get("default") } else { Some(&entry.value) };
            let value = match (given.iter().find(|(given, _)| given == name), default) {
                (Some((_, value)), _) => value.clone(),
                (None, Some(default)) => self.value(default)?,
                (None, None) => Value::Null,
            };
            self.names.insert(name.into(), Name::Done(value));
        }
        self.declare_all(component);
        let names: Vec<EcoString> = self.names.keys().cloned().collect();
        for name in self.in_order(&names) {
            self.named(&name, component.span)?;
        }
        let mut outputs = Dict::default();
        for entry in section_of(component, "outputs") {
            let value = self.value(&entry.value)?;
            if let Some(name) = entry.key.text() {
                outputs.insert(name.into(), value);
            }
        }
        Ok(outputs)
    }
}
