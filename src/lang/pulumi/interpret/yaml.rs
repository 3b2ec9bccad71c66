//! Pulumi YAML: no steps, only names that stand for values; each is evaluated when first named.

mod components;
mod functions;
mod interpolation;

use ecow::{EcoString, eco_format};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::registry::{Input, Kind};
use super::sdk::token;
use super::value::{Dict, ResourceId, Value};
use super::{Given, Interpreter, Outcome, Result};
use crate::model::UnknownKind;
use crate::source::Span;
use crate::syntax::document::{Kind as NodeKind, Node, Scalar};

/// What a name stands for, and whether it was evaluated.
enum Name<'n> {
    Config(&'n Node),
    Variable(&'n Node),
    Resource(&'n Node, Span),
    /// Being evaluated: naming it again is a circle.
    Open,
    Done(Value),
}

struct Program<'n, 'a> {
    interpreter: Interpreter<'a>,
    names: IndexMap<EcoString, Name<'n>, FxBuildHasher>,
    /// The provider that resources of a package use when they name none.
    defaults: Vec<(EcoString, EcoString)>,
    /// Packages that the program names by a path or an address: they are made of components.
    components: Vec<EcoString>,
    /// The components that are at hand: their package, and what each is made of.
    plugins: &'n [(EcoString, Node)],
    /// The component whose parts are made.
    inside: Option<components::Inside>,
}

/// How far a chain of names is followed that is not in order: a circle.
const DEEPEST: u32 = 20;

/// Options by the name they have here; those with a resource in them become handles.
const OPTIONS: &[&str] = &[
    "dependsOn",
    "parent",
    "provider",
    "providers",
    "protect",
    "ignoreChanges",
    "replaceOnChanges",
    "deleteBeforeReplace",
    "retainOnDelete",
    "deletedWith",
    "aliases",
    "customTimeouts",
    "import",
];

/// Reads a program whose sections stand in `document`.
pub fn run(given: &Given, document: &Node, plugins: &[(EcoString, Node)]) -> Outcome {
    let mut program = Program {
        interpreter: Interpreter::new(given),
        names: IndexMap::default(),
        defaults: Vec::new(),
        components: Vec::new(),
        plugins,
        inside: None,
    };
    for section in ["config", "configuration"] {
        for entry in section_of(document, section) {
            program.declare(&entry.key, Name::Config(&entry.value));
        }
    }
    for entry in section_of(document, "packages") {
        let source = entry.value.text().or_else(|| field(&entry.value, "source").and_then(Node::text)).unwrap_or_default();
        if source.contains("://") || source.starts_with('.') || source.starts_with("github.com/") {
            program.components.extend(entry.key.text().map(EcoString::from));
        }
    }
    program.declare_all(document);
    let _ = program.all(document);
    let Interpreter { resources, exports, questions, notes, .. } = program.interpreter;
    Outcome { resources, exports, questions, diagnostics: notes, camel: true, circles: Default::default() }
}

fn section_of<'n>(document: &'n Node, name: &str) -> &'n [crate::syntax::document::Entry] {
    field(document, name).map(Node::entries).unwrap_or_default()
}

/// An entry of what the language itself names, which may be written in any case.
fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let spelled = |entry: &&crate::syntax::document::Entry| entry.key.text().is_some_and(|key| key.eq_ignore_ascii_case(name));
    node.get(name).or_else(|| node.entries().iter().find(spelled).map(|entry| &entry.value))
}

impl<'n> Program<'n, '_> {
    fn declare(&mut self, key: &Node, name: Name<'n>) {
        let Some(text) = key.text() else { return };
        if self.names.contains_key(text) && !matches!(name, Name::Config(_)) {
            let message = eco_format!("`{text}` is declared twice; the last one counts");
            self.interpreter.note("duplicate", key.span, message);
        }
        self.names.insert(text.into(), name);
    }

    /// The variables and resources of a program or of a component.
    fn declare_all(&mut self, document: &'n Node) {
        for entry in section_of(document, "variables") {
            self.declare(&entry.key, Name::Variable(&entry.value));
        }
        for entry in section_of(document, "resources") {
            let span = entry.key.span.to(entry.value.span);
            self.declare(&entry.key, Name::Resource(&entry.value, span));
            let (Some(name), Some(kind)) = (entry.key.text(), field(&entry.value, "type").and_then(Node::text)) else { continue };
            let default = field(&entry.value, "defaultProvider").and_then(Node::scalar) == Some(Scalar::Bool(true));
            if let Some(package) = kind.strip_prefix("pulumi:providers:").filter(|_| default) {
                self.defaults.push((package.into(), name.into()));
            }
        }
    }

    fn all(&mut self, document: &'n Node) -> Result<()> {
        let names: Vec<EcoString> = self.names.keys().cloned().collect();
        for name in self.in_order(&names) {
            self.named(&name, document.span)?;
        }
        for entry in section_of(document, "outputs") {
            let value = self.value(&entry.value)?;
            if let Some(name) = entry.key.text() {
                self.interpreter.exports.push((name.into(), value, entry.key.span));
            }
        }
        Ok(())
    }

    /// Names behind those they depend on, so that a long chain does not nest.
    fn in_order(&self, names: &[EcoString]) -> Vec<EcoString> {
        let mut order = Vec::with_capacity(names.len());
        let mut seen: std::collections::BTreeSet<EcoString> = Default::default();
        for name in names {
            let mut waiting = vec![(name.clone(), false)];
            while let Some((name, done)) = waiting.pop() {
                if done {
                    order.push(name);
                    continue;
                }
                if !seen.insert(name.clone()) {
                    continue;
                }
                waiting.push((name.clone(), true));
                let mut named = Vec::new();
                if let Some(Name::Variable(node) | Name::Resource(node, _)) = self.names.get(&name) {
                    interpolation::names_in(node, 0, &mut named);
                }
                waiting.extend(named.into_iter().filter(|name| self.names.contains_key(name)).map(|name| (name, false)));
            }
        }
        order
    }

    /// What a name stands for, evaluated at most once.
    fn named(&mut self, name: &str, span: Span) -> Result<Option<Value>> {
        let Some(slot) = self.names.get_mut(name) else { return Ok(None) };
        if let Name::Done(value) = slot {
            return Ok(Some(value.clone()));
        }
        let declared = std::mem::replace(slot, Name::Open);
        let value = match declared {
            Name::Open => {
                self.interpreter.note("circle", span, eco_format!("`{name}` depends on itself"));
                return Ok(Some(Value::unknown(UnknownKind::Invalid, name)));
            }
            Name::Config(node) => self.config(name, node)?,
            Name::Variable(node) if self.interpreter.depth < DEEPEST => self.below(|this| this.value(node))?,
            Name::Resource(node, span) if self.interpreter.depth < DEEPEST => {
                self.below(|this| this.resource(name, node, span))?.map_or(Value::Undefined, Value::Resource)
            }
            Name::Variable(_) | Name::Resource(..) => self.interpreter.too_deep(span),
            Name::Done(value) => value,
        };
        self.names.insert(name.into(), Name::Done(value.clone()));
        Ok(Some(value))
    }

    fn below<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.interpreter.depth += 1;
        let done = run(self);
        self.interpreter.depth -= 1;
        done
    }

    fn config(&mut self, name: &str, node: &'n Node) -> Result<Value> {
        let given = self.interpreter.given;
        let full = if name.contains(':') { EcoString::from(name) } else { eco_format!("{}:{name}", given.project) };
        let kind = node.get("type").and_then(Node::text).unwrap_or_default().to_ascii_lowercase();
        let secret = node.get("secret").and_then(Node::scalar) == Some(Scalar::Bool(true));
        let default = if node.is_mapping() { node.get("default").or_else(|| node.get("value")) } else { Some(node) };
        let (value, secret) = match (given.config.get(&full), default) {
            (Some(setting), default) => (
                match &setting.text {
                    Some(text) => typed(text, &kind, default),
                    None => Value::unknown(UnknownKind::NoValue, eco_format!("the configuration {full}")),
                },
                secret || setting.secret,
            ),
            (None, Some(default)) => (self.value(default)?, secret),
            (None, None) => (Value::unknown(UnknownKind::NoValue, eco_format!("the configuration {full}")), secret),
        };
        Ok(if secret { Value::output(value, Default::default(), true) } else { value })
    }

    fn resource(&mut self, logical: &str, node: &'n Node, span: Span) -> Result<Option<ResourceId>> {
        let Some(written) = field(node, "type").and_then(Node::text) else {
            self.interpreter.note("no-type", span, eco_format!("the resource `{logical}` has no type and is left out"));
            return Ok(None);
        };
        let component = self.component(written);
        let class = match &component {
            Some((token, _)) => token::Class { token: token.clone(), kind: Kind::Component },
            None => self.class(written),
        };
        let name = match field(node, "name") {
            Some(name) => self.value(name)?,
            None => Value::text(logical),
        };
        let name = self.prefixed(name);
        let mut inputs: IndexMap<EcoString, Input, FxBuildHasher> = IndexMap::default();
        let mut kind = class.kind;
        let properties = match field(node, "get") {
            Some(get) => {
                kind = Kind::Read;
                if let Some(id) = field(get, "id") {
                    inputs.insert("id".into(), Input { value: self.value(id)?, span: id.span });
                }
                field(get, "state")
            }
            None => field(node, "properties"),
        };
        match properties {
            Some(properties) if properties.is_mapping() && functions::call_of(properties).is_none() => {
                for entry in properties.entries() {
                    let value = self.value(&entry.value)?;
                    if let Some(name) = entry.key.text().filter(|_| !value.is_nothing()) {
                        inputs.insert(name.into(), Input { value, span: entry.key.span.to(entry.value.span) });
                    }
                }
            }
            // All of them at once: `properties: ${settings}`.
            Some(properties) => {
                let value = self.value(properties)?;
                let mut all = Dict::default();
                self.interpreter.spread_into(&mut all, &value);
                for (name, value) in all.into_iter().filter(|(name, _)| !name.starts_with('\0')) {
                    inputs.insert(name, Input { value, span: properties.span });
                }
            }
            None => {}
        }
        let options = self.options(&class.token, node, logical)?;
        let Some((_, component)) = component else {
            return self.interpreter.register(kind, class.token, name, inputs, Some(&options), span).map(Some);
        };
        let given = inputs.iter().map(|(name, input)| (name.clone(), input.value.clone())).collect();
        let id = self.interpreter.register(kind, class.token, name.clone(), inputs, Some(&options), span)?;
        self.make(id, name, component, given, span)?;
        Ok(Some(id))
    }

    fn class(&self, written: &str) -> token::Class {
        let mut steps = written.split(':');
        let (package, class) = (steps.next().unwrap_or_default(), steps.next_back().unwrap_or_default());
        if !self.components.iter().any(|known| known == package) {
            return token::of_token(written);
        }
        let module = steps.next().unwrap_or("index");
        token::Class { token: eco_format!("{package}:{module}:{class}"), kind: Kind::Remote }
    }

    fn options(&mut self, token: &str, node: &'n Node, logical: &str) -> Result<Value> {
        let mut options = Dict::default();
        let given = field(node, "options").map(Node::entries).unwrap_or_default();
        // At first, options stood beside the type, and named resources without a reference.
        for entry in node.entries().iter().chain(given) {
            if let Some(name) = entry.key.text().and_then(|name| OPTIONS.iter().find(|known| name.eq_ignore_ascii_case(known))) {
                let value = match entry.value.text() {
                    Some(plain) if matches!(*name, "provider" | "parent") && self.names.contains_key(plain) => {
                        self.named(&EcoString::from(plain), entry.value.span)?.unwrap_or(Value::Null)
                    }
                    _ => self.value(&entry.value)?,
                };
                options.insert((*name).into(), value);
            }
        }
        self.below_component(&mut options);
        let package = token.split(':').next().unwrap_or_default();
        let default = self.defaults.iter().find(|(of, name)| of == package && name != logical).map(|(_, name)| name.clone());
        if let Some(default) = default.filter(|_| !options.contains_key("provider"))
            && let Some(provider) = self.named(&default, node.span)?
        {
            options.insert("provider".into(), provider);
        }
        Ok(Value::dict(options))
    }

    fn value(&mut self, node: &'n Node) -> Result<Value> {
        self.interpreter.step()?;
        Ok(match &node.kind {
            NodeKind::Scalar { .. } => match node.scalar() {
                Some(Scalar::Null) | None => Value::Null,
                Some(Scalar::Bool(flag)) => Value::Bool(flag),
                Some(Scalar::Integer(number)) => Value::Int(number),
                Some(Scalar::Number(number)) => number.parse().map_or_else(|_| Value::text(number), Value::Float),
                Some(Scalar::Text(text)) => self.text(text, node.span)?,
            },
            NodeKind::Sequence(items) => {
                let mut all = Vec::with_capacity(items.len());
                for item in items {
                    all.push(self.value(item)?);
                }
                Value::list(all)
            }
            NodeKind::Mapping(entries) => {
                if let Some((name, argument)) = functions::call_of(node) {
                    return self.function(name, argument, node.span);
                }
                let mut dict = Dict::default();
                for entry in entries {
                    let Some(key) = entry.key.text() else { continue };
                    // Keys may be interpolated too.
                    let key = super::text::shown(&self.text(key, entry.key.span)?);
                    let value = self.value(&entry.value)?;
                    dict.insert(key, value);
                }
                Value::dict(dict)
            }
        })
    }
}

/// A configured text as the type that is declared for it, or that its default has.
fn typed(text: &EcoString, kind: &str, default: Option<&Node>) -> Value {
    let kind = match (kind, default.and_then(Node::scalar)) {
        ("", Some(Scalar::Integer(_))) => "integer",
        ("", Some(Scalar::Bool(_))) => "boolean",
        (kind, _) => kind,
    };
    let text = text.clone();
    match kind {
        "integer" | "number" | "int" => text.trim().parse().map_or(Value::Text(text), super::operate::number_value),
        "boolean" | "bool" => Value::Bool(text.trim() == "true"),
        kind if kind.starts_with("list") || kind.starts_with("array") || kind == "object" => {
            super::python::json::parsed(&Value::Text(text))
        }
        _ => Value::Text(text),
    }
}
