//! From what a program registers to declarations: inputs become expressions, outputs become references.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::interpret::value::{Deps, ResourceId, Symbol, SymbolKind, Value, deps_of, is_large};
use super::interpret::{Kind, MARK, Outcome, Registered, expanded, snake, value_of_key};
use crate::model::{
    self, Address, Attribute, Body, Declaration, Dialect, Expr, ExprKind, Import, Lifecycle, Mode, Module, Moved, Number, ObjectItem,
    Output, Part, ProviderConfig, Step, Told, UnaryOperator, Unknown, UnknownKind,
};
use crate::source::Span;

/// How deep a value is written out.
const DEEPEST: u32 = 40;

/// What the provider of AWS names by itself unless the user does, as programs and as the engine spell it. With a name of
/// the user's own, the old one has to be deleted before there can be a new one.
pub const NAMES: [(&str, &str); 5] = [
    ("name", "name"),
    ("bucket", "bucket"),
    ("identifier", "identifier"),
    ("cluster_identifier", "clusterIdentifier"),
    ("cluster_id", "clusterId"),
];

struct Lowering<'a> {
    resources: &'a [Registered],
    /// What each resource is called, by number; each name is given once.
    names: Vec<EcoString>,
    camel: bool,
}

/// The module that a program's outcome makes.
pub fn module(outcome: &Outcome) -> Module {
    let resources = outcome.resources.as_slice();
    let lowering = Lowering { resources, names: names(resources), camel: outcome.camel };
    let declarations = resources.iter().enumerate().map(|(at, resource)| Arc::new(lowering.declaration(at, resource)));
    let outputs = outcome.exports.iter().map(|(name, value, span)| Output {
        name: name.clone(),
        span: *span,
        header: *span,
        value: Some(lowering.expr(value, *span, 0)),
        sensitive: matches!(value, Value::Output(output) if output.secret),
        depends_on: Vec::new(),
    });
    let mut module = Module {
        dialect: Dialect::Pulumi,
        resources: declarations.collect(),
        outputs: outputs.collect(),
        questions: outcome.questions.clone(),
        ..Module::default()
    };
    for (resource, name) in resources.iter().zip(&lowering.names) {
        let (span, own) = (resource.span, Dialect::Pulumi.plain_name(&resource.token, name));
        if resource.options.import.is_some() {
            let to = Expr::new(ExprKind::Reference { root: own.clone(), steps: Vec::new() }, span);
            module.imports.push(Import { to, id: None, for_each: None, span });
        }
        if let Some(aliases) = &resource.options.aliases {
            let former = former_names(aliases, resource, 0).into_iter().filter(|from| *from != own);
            module.moved.extend(former.map(|from| Moved { from: Address::plain(from), to: Address::plain(own.clone()), span }));
        }
    }
    module
}

/// The addresses that aliases say a resource had: URNs, or what differed of type and name.
fn former_names(aliases: &Value, resource: &Registered, depth: u32) -> Vec<EcoString> {
    const MOST: u32 = 4;
    if depth > MOST {
        return Vec::new();
    }
    match aliases {
        Value::List(items) => items.borrow().iter().flat_map(|item| former_names(item, resource, depth + 1)).collect(),
        Value::Tuple(items) => items.iter().flat_map(|item| former_names(item, resource, depth + 1)).collect(),
        Value::Output(output) => former_names(&output.inner, resource, depth + 1),
        Value::Text(urn) => super::engine::former(urn).into_iter().collect(),
        Value::Dict(dict) => {
            let dict = dict.borrow();
            let text = |keys: [&str; 2]| keys.iter().find_map(|key| dict.get(*key)?.as_text().cloned());
            let token = text(["type", "type_"]).unwrap_or_else(|| resource.token.clone());
            let name = text(["name", "name"]).unwrap_or_else(|| resource.shown_name());
            vec![Dialect::Pulumi.plain_name(&token, &name)]
        }
        _ => Vec::new(),
    }
}

/// A provider with the region of the configuration.
pub fn provider(name: &str, region: EcoString, span: Span) -> ProviderConfig {
    let value = Expr::literal(model::Value::Text(region), span);
    let attributes = vec![Attribute { name: "region".into(), name_span: span, value }];
    ProviderConfig { name: name.into(), alias: None, span, header: span, body: Body { attributes, blocks: Vec::new() } }
}

/// Names as people read them. Two of one type and name, such as those of an undecided loop, are numbered.
fn names(resources: &[Registered]) -> Vec<EcoString> {
    let mut taken: std::collections::BTreeMap<(EcoString, EcoString), u32> = Default::default();
    resources
        .iter()
        .map(|resource| {
            let name = resource.shown_name();
            let count = taken.entry((resource.token.clone(), name.clone())).or_default();
            *count += 1;
            if *count == 1 { name } else { eco_format!("{name}#{count}") }
        })
        .collect()
}

impl Lowering<'_> {
    fn declaration(&self, at: usize, resource: &Registered) -> Declaration {
        let span = resource.span;
        let inputs = resource.inputs.iter().map(|(name, input)| Attribute {
            // The names of the facts; Python's own.
            name: snake(name),
            name_span: input.span,
            value: self.expr(&input.value, input.span, 0),
        });
        let options = &resource.options;
        // By the name that the provider's own language has for them.
        let timeouts = options.custom_timeouts.as_ref().filter(|it| matches!(it, Value::Dict(_))).map(|value| {
            let value = self.list(std::slice::from_ref(value), span, 0);
            Attribute { name: "timeouts".into(), name_span: span, value }
        });
        let depends_on = expanded(self.resources, &options.depends_on);
        let named = depends_on.into_iter().chain(options.parent).chain(options.provider).chain(options.deleted_with);
        let flag = |value: &Option<Value>| value.as_ref().filter(|value| !value.is_nothing()).map(|value| self.expr(value, span, 0));
        let text = |name: &EcoString| {
            let root = if name == "*" { "all".into() } else { super::engine::path_of(name) };
            Expr::new(ExprKind::Reference { root, steps: Vec::new() }, span)
        };
        Declaration {
            mode: match resource.kind {
                Kind::Custom => Mode::Managed,
                Kind::Provider | Kind::Component => Mode::Component,
                Kind::Remote => Mode::Module,
                Kind::Read => Mode::Data,
            },
            native_type: resource.token.clone(),
            name: self.names.get(at).cloned().unwrap_or_default(),
            span,
            header: span,
            count: None,
            for_each: None,
            condition: (!resource.conditions.is_empty()).then(|| {
                let place = resource.conditions.last().copied().unwrap_or(span);
                unknown(UnknownKind::NoValue, "a condition of the program", place)
            }),
            depends_on: named.map(|id| self.reference(id, "", span)).collect(),
            provider: None,
            lifecycle: Lifecycle::from(Told {
                prevent_destroy: flag(&options.protect),
                create_before_destroy: self.first_new(resource),
                ignore_changes: options.ignore_changes.iter().map(text).collect(),
                replace_triggered_by: Vec::new(),
                replace_on_changes: options.replace_on_changes.iter().map(text).collect(),
                retain: flag(&options.retain_on_delete),
                conditions: Vec::new(),
            }),
            body: Body { attributes: inputs.chain(timeouts).collect(), blocks: Vec::new() },
            camel: self.camel,
            called_from: resource.chain.clone(),
        }
    }

    /// Whether a replacement makes the new one before the old one goes: the engine does, unless it is told otherwise or
    /// the name is taken.
    fn first_new(&self, resource: &Registered) -> Option<Expr> {
        let span = resource.span;
        if let Some(value) = resource.options.delete_before_replace.as_ref().filter(|value| !value.is_nothing()) {
            let told = self.expr(value, span, 0);
            return Some(Expr::new(ExprKind::Unary { operator: UnaryOperator::Not, operand: Box::new(told) }, span));
        }
        let bridged = resource.token.starts_with("aws:");
        let named = bridged && NAMES.iter().any(|(_, name)| resource.inputs.get(*name).is_some_and(|input| !input.value.is_nothing()));
        Some(Expr::literal(model::Value::Bool(!named), span))
    }

    /// `resource["type::name"].path`.
    fn reference(&self, id: ResourceId, path: &str, span: Span) -> Expr {
        let name = match (self.resources.get(id as usize), self.names.get(id as usize)) {
            (Some(resource), Some(name)) => Dialect::Pulumi.plain_name(&resource.token, name),
            _ => EcoString::new(),
        };
        let of_stack = self.resources.get(id as usize).is_some_and(|it| it.token == "pulumi:pulumi:StackReference");
        let mut steps = vec![Step::Name(name, span)];
        for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
            match step.parse::<i64>() {
                Ok(at) => {
                    let at = model::Value::Number(Number::from(at));
                    steps.push(Step::Index(Box::new(Expr::literal(at, span))));
                }
                Err(_) if step == "*" => break,
                // The names of a stack's outputs are the user's own.
                Err(_) if steps.len() > 1 && of_stack => steps.push(Step::Name(step.into(), span)),
                Err(_) => steps.push(Step::Name(snake(step), span)),
            }
        }
        Expr::new(ExprKind::Reference { root: "resource".into(), steps }, span)
    }

    fn expr(&self, value: &Value, span: Span, depth: u32) -> Expr {
        if depth > DEEPEST || depth == 0 && is_large(value) {
            return unknown(UnknownKind::Limit, "nested too deep", span);
        }
        let literal = |value: model::Value| Expr::literal(value, span);
        match value {
            Value::Null | Value::Undefined => literal(model::Value::Null),
            Value::Bool(flag) => literal(model::Value::Bool(*flag)),
            Value::Int(number) => literal(model::Value::Number(Number::from(*number))),
            Value::Float(number) => match Number::from_f64(*number) {
                Some(number) => literal(model::Value::Number(number)),
                None => unknown(UnknownKind::Unsupported, "a number", span),
            },
            Value::Text(text) => literal(model::Value::Text(text.clone())),
            Value::List(items) | Value::Set(items) => self.list(&items.borrow(), span, depth),
            Value::Tuple(items) => self.list(items, span, depth),
            Value::Dict(dict) => {
                let entries: Vec<(EcoString, Value)> = dict
                    .borrow()
                    .iter()
                    .filter(|(key, value)| key.as_str() != MARK && !value.is_nothing())
                    .map(|(key, value)| (key_text(key), value.clone()))
                    .collect();
                self.object(entries.iter().map(|(key, value)| (key, value)), span, depth)
            }
            Value::Resource(id) => self.reference(*id, "", span),
            Value::Instance(instance) => match (instance.resource.get(), &*instance.inner.borrow()) {
                (Some(id), _) => self.through(&Deps::one(id), span, "the component"),
                (None, Some(inner)) => self.expr(inner, span, depth + 1),
                (None, None) => self.object(instance.fields.borrow().iter(), span, depth),
            },
            Value::Output(output) => {
                let inner = self.expr(&output.inner, span, depth + 1);
                // What was computed from others keeps what it hangs on.
                let missing: Vec<ResourceId> = {
                    let inside = deps_of(&output.inner);
                    expanded(self.resources, &output.deps).into_iter().filter(|id| !inside.iter().any(|known| known == *id)).collect()
                };
                if missing.is_empty() { inner } else { self.hanging(inner, &missing, span) }
            }
            Value::Symbol(symbol) => self.symbol(symbol, span, depth),
            Value::Library(path) => match super::interpret::enum_value(path) {
                Some(text) => literal(model::Value::Text(text)),
                None => unknown(UnknownKind::Unsupported, path, span),
            },
            Value::Native(native) if native.name == "Path" => self.expr(&native.this, span, depth + 1),
            Value::Function(_) | Value::Method(_) | Value::Native(_) => {
                unknown(UnknownKind::Unsupported, "a function of the program", span)
            }
            Value::Class(_) | Value::Super(_) | Value::Module(_) => unknown(UnknownKind::Unsupported, "an object of the program", span),
        }
    }

    fn symbol(&self, symbol: &Symbol, span: Span, depth: u32) -> Expr {
        match &symbol.kind {
            SymbolKind::Attribute { resource, path } => self.reference(*resource, path, span),
            SymbolKind::Template(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Value::Text(text) => Part::Text(text.clone()),
                    other => Part::Interpolation(self.expr(other, span, depth + 1)),
                });
                Expr::new(ExprKind::Template(parts.collect()), span)
            }
            SymbolKind::Either(parts) => {
                let mut parts = parts.iter().rev().map(|part| self.expr(part, span, depth + 1));
                let Some(mut last) = parts.next() else { return unknown(UnknownKind::Unsupported, "a choice", span) };
                for part in parts {
                    let condition = Box::new(unknown(UnknownKind::NoValue, "a condition of the program", span));
                    last = Expr::new(ExprKind::Conditional { condition, then: Box::new(part), otherwise: Box::new(last) }, span);
                }
                last
            }
            SymbolKind::Data { call, path } => {
                let subject = if path.is_empty() { call.clone() } else { eco_format!("{path} of {call}") };
                let known = unknown(UnknownKind::AfterApply, &subject, span);
                let missing = expanded(self.resources, &symbol.deps);
                if missing.is_empty() { known } else { self.hanging(known, &missing, span) }
            }
            SymbolKind::Unknown(reason) => {
                let known = Expr::new(ExprKind::Unknown(reason.clone()), span);
                let missing = expanded(self.resources, &symbol.deps);
                if missing.is_empty() { known } else { self.hanging(known, &missing, span) }
            }
        }
    }

    /// A value together with resources that it hangs on without naming an attribute.
    fn hanging(&self, value: Expr, on: &[ResourceId], span: Span) -> Expr {
        let mut args = vec![value];
        args.extend(on.iter().map(|id| self.reference(*id, "", span)));
        Expr::new(ExprKind::Call { function: "pulumi.apply".into(), args, expand_last: false }, span)
    }

    fn through(&self, deps: &Deps, span: Span, what: &str) -> Expr {
        let on = expanded(self.resources, deps);
        self.hanging(unknown(UnknownKind::AfterApply, what, span), &on, span)
    }

    fn list(&self, items: &[Value], span: Span, depth: u32) -> Expr {
        Expr::new(ExprKind::List(items.iter().map(|item| self.expr(item, span, depth + 1)).collect()), span)
    }

    fn object<'v>(&self, entries: impl Iterator<Item = (&'v EcoString, &'v Value)>, span: Span, depth: u32) -> Expr {
        let items = entries.map(|(key, value)| ObjectItem {
            key: Expr::literal(model::Value::Text(key.clone()), span),
            value: self.expr(value, span, depth + 1),
        });
        Expr::new(ExprKind::Object(items.collect()), span)
    }
}

fn key_text(key: &str) -> EcoString {
    match value_of_key(key) {
        Value::Text(text) => text,
        Value::Int(number) => eco_format!("{number}"),
        Value::Bool(flag) => eco_format!("{flag}"),
        _ => "…".into(),
    }
}

fn unknown(kind: UnknownKind, subject: &str, span: Span) -> Expr {
    Expr::new(ExprKind::Unknown(Unknown::new(kind, subject)), span)
}
