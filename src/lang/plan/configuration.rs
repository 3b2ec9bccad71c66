//! The edges of a plan: its `configuration` lists which names every expression refers to, block by block.

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use super::resource::{together, without_keys};
use crate::model::{Address, Reference, Resource};
use crate::order::Order as _;
use crate::source::Span;
use crate::syntax::document::Node;

/// Modules inside modules, and names behind names, that are followed.
const DEPTH: u32 = 32;
/// References in all.
const MOST: usize = 1_000_000;

#[derive(Default)]
pub(super) struct Configuration<'n> {
    /// Resource blocks by module path without keys and address in the module.
    blocks: FxHashMap<(EcoString, EcoString), &'n Node>,
    /// Module calls by the path of the module they make, with the path of the module they stand in.
    calls: FxHashMap<EcoString, (&'n Node, EcoString)>,
    providers: Option<&'n Node>,
}

/// What a name leads to, before instances are looked for.
#[derive(Clone)]
struct Found {
    /// Module path without keys, and address in it.
    block: (EcoString, EcoString),
    argument: EcoString,
    reads: EcoString,
    through: Vec<EcoString>,
    explicit: bool,
    span: Span,
}

impl<'n> Configuration<'n> {
    pub fn of(root: Option<&'n Node>) -> Configuration<'n> {
        let mut configuration = Configuration { providers: root.and_then(|root| root.get("provider_config")), ..Configuration::default() };
        if let Some(module) = root.and_then(|root| root.get("root_module")) {
            configuration.module(module, EcoString::new(), 0);
        }
        configuration
    }

    fn module(&mut self, module: &'n Node, path: EcoString, depth: u32) {
        for entry in module.get("resources").map(Node::items).unwrap_or_default() {
            if let Some(address) = entry.get("address").and_then(Node::text) {
                self.blocks.insert((path.clone(), address.into()), entry);
            }
        }
        for call in module.get("module_calls").map(Node::entries).unwrap_or_default() {
            let Some(name) = call.key.text().filter(|_| depth < DEPTH) else { continue };
            let inner = if path.is_empty() { eco_format!("module.{name}") } else { eco_format!("{path}.module.{name}") };
            self.calls.insert(inner.clone(), (&call.value, path.clone()));
            if let Some(module) = call.value.get("module") {
                self.module(module, inner, depth + 1);
            }
        }
    }

    /// The region of a resource's provider, where it is written out.
    pub fn region(&self, resource: &Resource) -> Option<EcoString> {
        let key = (without_keys(resource.address.module()), block_in_module(resource));
        let configured = self.blocks.get(&key).and_then(|block| block.get("provider_config_key")).and_then(Node::text);
        let name = configured.unwrap_or(&resource.provider);
        let provider = self.providers?.get(name).or_else(|| self.providers?.get(name.rsplit(':').next()?))?;
        provider.get("expressions")?.get("region")?.get("constant_value")?.text().map(EcoString::from)
    }

    /// Gives each resource its references.
    pub fn connect(&self, resources: &mut [Resource]) {
        let mut instances: FxHashMap<(EcoString, EcoString), Vec<Address>> = FxHashMap::default();
        for resource in resources.iter() {
            let key = (without_keys(resource.address.module()), block_in_module(resource));
            let blocks = instances.entry(key).or_default();
            let block = block_of(resource);
            if blocks.last() != Some(&block) {
                blocks.push(block);
            }
        }
        let mut known: FxHashMap<(EcoString, EcoString), Vec<Found>> = FxHashMap::default();
        let mut made = 0;
        for resource in resources.iter_mut() {
            let key = (without_keys(resource.address.module()), block_in_module(resource));
            let found = known.entry(key.clone()).or_insert_with(|| self.block(&key));
            let mut seen: FxHashSet<(Address, EcoString, EcoString)> = FxHashSet::default();
            for it in found.iter().filter(|it| it.block != key) {
                for target in instances.get(&it.block).map(Vec::as_slice).unwrap_or_default() {
                    if made >= MOST || !together(target.module(), resource.address.module()) {
                        continue;
                    }
                    if seen.insert((target.clone(), it.argument.clone(), it.reads.clone())) {
                        made += 1;
                        resource.references.push(Reference {
                            target: target.clone(),
                            argument: it.argument.clone(),
                            reads: it.reads.clone(),
                            through: it.through.as_slice().into(),
                            explicit: it.explicit,
                            idle: false,
                            span: it.span,
                        });
                    }
                }
            }
        }
    }

    /// Everything one block refers to.
    fn block(&self, key: &(EcoString, EcoString)) -> Vec<Found> {
        let mut found = Vec::new();
        if let Some(block) = self.blocks.get(key) {
            for (name, argument) in [("count_expression", "count"), ("for_each_expression", "for_each")] {
                if let Some(expression) = block.get(name) {
                    self.expression(&key.0, expression, argument, false, &mut found);
                }
            }
            if let Some(expressions) = block.get("expressions") {
                self.expression(&key.0, expressions, "", false, &mut found);
            }
            for target in block.get("depends_on").map(Node::items).unwrap_or_default() {
                self.name(&key.0, target.text().unwrap_or_default(), &Way::new("", true, target.span), 0, &mut found);
            }
        }
        // What the calls around it wait for.
        let mut path = key.0.clone();
        while let Some((call, outer)) = self.calls.get(&path) {
            for name in ["count_expression", "for_each_expression"] {
                if let Some(expression) = call.get(name) {
                    self.expression(outer, expression, "", true, &mut found);
                }
            }
            for target in call.get("depends_on").map(Node::items).unwrap_or_default() {
                self.name(outer, target.text().unwrap_or_default(), &Way::new("", true, target.span), 0, &mut found);
            }
            path = outer.clone();
        }
        found.order_by_key(|it| it.span.start);
        found
    }

    /// Collects the `references` at any depth below a node, with the path of the argument.
    fn expression(&self, path: &str, node: &Node, argument: &str, explicit: bool, found: &mut Vec<Found>) {
        if let Some(references) = node.get("references").filter(|it| it.is_sequence()) {
            for (text, span) in longest(references) {
                self.name(path, text, &Way::new(argument, explicit, span), 0, found);
            }
            return;
        }
        let below = |step: &str| if argument.is_empty() { EcoString::from(step) } else { eco_format!("{argument}.{step}") };
        for entry in node.entries() {
            self.expression(path, &entry.value, &below(entry.key.text().unwrap_or_default()), explicit, found);
        }
        for (at, item) in node.items().iter().enumerate() {
            self.expression(path, item, &below(&eco_format!("{at}")), explicit, found);
        }
    }

    /// Follows one name through variables and outputs to resources.
    fn name(&self, path: &str, text: &str, way: &Way, depth: u32, found: &mut Vec<Found>) {
        if depth > DEPTH || found.len() > MOST {
            return;
        }
        let mut parts = split(text).into_iter();
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return };
        let plain = |part: &str| EcoString::from(part.split('[').next().unwrap_or(part));
        match first {
            "var" => {
                let Some((call, outer)) = self.calls.get(path) else { return };
                let input = call.get("expressions").and_then(|inputs| inputs.get(&plain(second)));
                let way = way.by(eco_format!("var.{}", plain(second)));
                self.follow(outer, input, &way, depth, found);
            }
            "module" => {
                let name = plain(second);
                let inner = if path.is_empty() { eco_format!("module.{name}") } else { eco_format!("{path}.module.{name}") };
                let outputs = self.calls.get(&inner).and_then(|(call, _)| call.get("module")?.get("outputs"));
                match parts.next().map(plain) {
                    Some(output) => {
                        let expression = outputs.and_then(|outputs| outputs.get(&output)?.get("expression"));
                        self.follow(&inner, expression, &way.by(eco_format!("module.{name}.{output}")), depth, found);
                    }
                    None if way.explicit => {
                        let inside = self.blocks.keys().filter(|(module, _)| {
                            module.strip_prefix(inner.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                        });
                        let mut inside: Vec<_> = inside.cloned().collect();
                        inside.order();
                        found.extend(inside.into_iter().map(|block| way.found(block, "")));
                    }
                    None => {
                        for output in outputs.map(Node::entries).unwrap_or_default() {
                            let way = way.by(eco_format!("module.{name}"));
                            self.follow(&inner, output.value.get("expression"), &way, depth, found);
                        }
                    }
                }
            }
            "each" | "count" | "self" | "path" | "terraform" | "local" | "ephemeral" => {}
            "data" => {
                let Some(name) = parts.next() else { return };
                let block = (EcoString::from(path), eco_format!("data.{second}.{}", plain(name)));
                found.push(way.found(block, &parts.collect::<Vec<_>>().join(".")));
            }
            native_type => {
                let block = (EcoString::from(path), eco_format!("{native_type}.{}", plain(second)));
                found.push(way.found(block, &parts.collect::<Vec<_>>().join(".")));
            }
        }
    }

    fn follow(&self, path: &str, expression: Option<&Node>, way: &Way, depth: u32, found: &mut Vec<Found>) {
        let Some(references) = expression.and_then(|it| it.get("references")) else { return };
        for (text, _) in longest(references) {
            self.name(path, text, way, depth + 1, found);
        }
    }
}

/// How a reference came to where it is.
struct Way {
    argument: EcoString,
    through: Vec<EcoString>,
    explicit: bool,
    span: Span,
}

impl Way {
    fn new(argument: &str, explicit: bool, span: Span) -> Way {
        Way { argument: argument.into(), through: Vec::new(), explicit, span }
    }

    fn by(&self, name: EcoString) -> Way {
        let mut through = self.through.clone();
        through.push(name);
        Way { argument: self.argument.clone(), through, explicit: self.explicit, span: self.span }
    }

    fn found(&self, block: (EcoString, EcoString), reads: &str) -> Found {
        Found {
            block,
            argument: self.argument.clone(),
            reads: reads.into(),
            through: self.through.clone(),
            explicit: self.explicit,
            span: self.span,
        }
    }
}

/// A plan lists `a.b.c` and `a.b` for one reference: the longest of each counts.
fn longest(references: &Node) -> Vec<(&str, Span)> {
    let all: Vec<(&str, Span)> = references.items().iter().filter_map(|item| Some((item.text()?, item.span))).collect();
    let longer = |text: &str| all.iter().any(|(other, _)| other.strip_prefix(text).is_some_and(|rest| rest.starts_with(['.', '['])));
    all.iter().filter(|(text, _)| !longer(text)).copied().collect()
}

/// Parts of a reference; a dot inside brackets separates nothing.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0;
    text.split(|sign: char| {
        match sign {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        sign == '.' && depth == 0
    })
    .collect()
}

/// `aws_vpc.main` or `data.aws_vpc.main`.
fn block_in_module(resource: &Resource) -> EcoString {
    eco_format!("{}{}.{}", resource.mode.prefix(), resource.native_type, resource.name)
}

fn block_of(resource: &Resource) -> Address {
    Address::terraform(
        resource.address.module(),
        resource.mode == crate::model::Mode::Data,
        &resource.native_type,
        &resource.name,
        &crate::model::Key::None,
    )
}
