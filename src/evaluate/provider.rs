//! Provider configurations: which one a resource uses, its region, and what it refers to.

use std::rc::Rc;

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::step_name;
use super::references::References;
use super::scope::Scope;
use crate::model::{Declaration, Expr, ExprKind, Object, ProviderConfig, Value};

/// What a provider configuration says.
#[derive(Debug, Clone, Default)]
pub(super) struct Configuration {
    pub region: Option<EcoString>,
    /// Tags, or labels, that it adds to every resource.
    pub default_tags: Option<Value>,
    /// Its other plain arguments.
    pub settings: Object,
    /// What its configuration refers to.
    pub references: References,
}

/// The provider's name as printed: `aws`, or `aws.east` with an alias.
pub(super) fn provider_name(declaration: &Declaration) -> EcoString {
    match &declaration.provider {
        Some(provider) => printed(provider).unwrap_or_else(|| default_name(&declaration.native_type)),
        None => default_name(&declaration.native_type),
    }
}

/// The type's first word names the provider: `aws_vpc`, `AWS::EC2::VPC`, `aws:ec2/vpc:Vpc`.
pub(super) fn default_name(native_type: &str) -> EcoString {
    match native_type.split_once(':') {
        Some((provider, _)) => provider.to_ascii_lowercase().into(),
        None => native_type.split('_').next().unwrap_or(native_type).into(),
    }
}

fn printed(expr: &Expr) -> Option<EcoString> {
    match &expr.kind {
        ExprKind::Reference { root, steps } => match steps.first().and_then(step_name) {
            Some(alias) => Some(eco_format!("{root}.{alias}")),
            None => Some(root.clone()),
        },
        // The quoted form of older versions.
        ExprKind::Literal(Value::Text(name)) => Some(name.clone()),
        _ => None,
    }
}

impl<'p> Evaluator<'p> {
    /// The configuration a module instance means by a provider's name.
    pub(super) fn configuration(&mut self, module: u32, name: &EcoString) -> Rc<Configuration> {
        let known = self.instance(module).and_then(|instance| instance.providers.iter().find(|(known, ..)| known == name));
        if let Some((_, found, origin)) = known {
            let (found, origin) = (found.clone(), *origin);
            self.depend(origin);
            return found;
        }
        self.open();
        let found = Rc::new(self.find_configuration(module, name));
        let origin = self.close();
        if let Some(instance) = self.instance_mut(module) {
            instance.providers.push((name.clone(), found.clone(), origin));
        }
        found
    }

    fn find_configuration(&mut self, module: u32, name: &EcoString) -> Configuration {
        let (mut module, mut name) = (module, name.clone());
        while let Some(definition) = self.definition_of(module).map(|definition| definition.module) {
            let (local, alias) = name.split_once('.').map_or((name.as_str(), None), |(local, alias)| (local, Some(alias)));
            let here = definition.providers.iter().find(|provider| provider.name == local && provider.alias.as_deref() == alias);
            if let Some(provider) = here {
                return self.read_configuration(module, provider);
            }
            let Some(caller) = self.instance(module).and_then(|instance| instance.caller.clone()) else { break };
            let Some(call) = self.call_of(caller.module, caller.call) else { break };
            let handed = call.providers.as_ref().and_then(|providers| handed_over(providers, &name));
            name = match handed {
                Some(outer) => outer,
                // Only the default configuration is inherited by itself.
                None if alias.is_none() => name.clone(),
                None => break,
            };
            module = caller.module;
        }
        Configuration::default()
    }

    fn read_configuration(&mut self, module: u32, provider: &'p ProviderConfig) -> Configuration {
        let scope = Scope::of_module(module);
        let region = provider.body.attribute("region").map(|attribute| self.eval(&attribute.value, &scope));
        // A sensitive region is never printed, so it is as good as not known.
        let region = match region {
            Some(Value::Text(region)) => Some(region),
            _ => None,
        };
        let tags = provider.body.blocks("default_tags").find_map(|block| block.body.attribute("tags"));
        let tags = tags.or_else(|| provider.body.attribute("default_labels"));
        let default_tags = tags.map(|tags| self.eval(&tags.value, &scope)).filter(|tags| *tags.unmarked() != Value::Null);
        let mut settings = Object::default();
        for name in ["project", "zone", "region"] {
            if let Some(attribute) = provider.body.attribute(name) {
                settings.insert(name.into(), self.eval(&attribute.value, &scope));
            }
        }
        let references = self.body_references(&provider.body, module, &eco_format!("provider.{}", provider.name));
        Configuration { region, default_tags, settings, references }
    }
}

/// What a call's `providers` hands over under a name.
fn handed_over(providers: &Expr, name: &str) -> Option<EcoString> {
    let ExprKind::Object(items) = &providers.kind else { return None };
    items.iter().find(|item| printed(&item.key).is_some_and(|key| key == name)).and_then(|item| printed(&item.value))
}
