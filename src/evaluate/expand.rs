//! `count`, `for_each` and conditions: how many instances a block has, and what a reference to them reads.

use std::rc::Rc;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::access::{collected, opened, opened_blocks, step_name};
use super::convert::{number_of, sort_set, truth_of};
use super::expression::{invalid, mark};
use super::instance::{Expansion, Keys, Slot, Target};
use super::limits;
use super::quote::quote;
use super::scope::{Repetition, Scope};
use super::twins::Part;
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Dialect, Expr, ExprKind, Key, Kind, Mode, Object, Step, Unknown, UnknownKind, Value};
use crate::order::Order as _;
use crate::source::Span;

impl<'p> Evaluator<'p> {
    pub(super) fn expansion(&mut self, module: u32, at: u32) -> Rc<Expansion> {
        self.fill(
            Target::Resource(module, at),
            |evaluator| evaluator.instance_mut(module)?.resources.get_mut(at as usize),
            |evaluator| {
                let declaration = evaluator.definition_of(module).and_then(|definition| definition.module.resources.get(at as usize));
                let Some(declaration) = declaration else { return Rc::new(Expansion { keys: Keys::One, first: u32::MAX }) };
                let scope = Scope::of_module(module);
                let keys = match (evaluator.off(module), &declaration.condition) {
                    (Some(reason), _) => Some(Keys::Disabled(reason)),
                    (None, Some(condition)) => evaluator.enabled(condition, &scope),
                    (None, None) => None,
                };
                let keys = match keys {
                    Some(keys) => keys,
                    None => evaluator.keys(declaration.count.as_ref(), declaration.for_each.as_ref(), &scope, declaration.header),
                };
                let first = if evaluator.suspended.is_none() { evaluator.reserve_bodies(keys.len()) } else { u32::MAX };
                Rc::new(Expansion { keys, first })
            },
        )
    }

    pub(super) fn reserve_bodies(&mut self, count: u32) -> u32 {
        let first = self.bodies.len() as u32;
        self.made += count as usize;
        self.bodies.resize_with(self.bodies.len() + count as usize, Slot::default);
        first
    }

    /// A condition that switches the block off, or leaves open whether it is there.
    pub(super) fn enabled(&mut self, condition: &Expr, scope: &Scope<'_>) -> Option<Keys> {
        let value = self.eval(condition, scope);
        match truth_of(&value) {
            Ok(true) => None,
            Ok(false) => Some(Keys::Disabled("condition is false".into())),
            Err(unknown) => Some(Keys::Unknown(unknown)),
        }
    }

    /// The instances that `count` or `for_each` gives.
    pub(super) fn keys(&mut self, count: Option<&Expr>, for_each: Option<&Expr>, scope: &Scope<'_>, header: Span) -> Keys {
        let room = (limits::INSTANCES.saturating_sub(self.made) as u64).min(limits::INSTANCES_OF_BLOCK);
        match (count, for_each) {
            (Some(count), _) => {
                let value = self.eval(count, scope);
                match number_of(&value) {
                    Ok(number) => match number.to_i64().and_then(|number| u64::try_from(number).ok()) {
                        Some(0) => Keys::Disabled(self.reason("count = 0", count)),
                        Some(number) if number <= room => Keys::Count(number),
                        Some(_) => Keys::Unknown(self.too_many(count.span, room)),
                        None => self.wrong_keys(count.span, header, "count is not a whole number"),
                    },
                    Err(unknown) if unknown.kind == UnknownKind::Invalid && !self.is_told(&unknown.subject) => {
                        self.wrong_keys(count.span, header, &eco_format!("count is not a whole number: {}", unknown.subject))
                    }
                    Err(unknown) => Keys::Unknown(unknown),
                }
            }
            (None, Some(for_each)) => {
                let value = self.eval(for_each, scope);
                self.each_keys(&value, for_each, room, header)
            }
            (None, None) => Keys::One,
        }
    }

    fn each_keys(&mut self, value: &Value, for_each: &Expr, room: u64, header: Span) -> Keys {
        if value.is_sensitive() {
            // The keys would be printed in every address.
            return self.wrong_keys(for_each.span, header, "for_each is sensitive");
        }
        if matches!(for_each.kind, ExprKind::List(_)) {
            self.diagnose(
                Diagnostic::warning("for-each", for_each.span, "for_each needs a map or a set, this is a list")
                    .with_help("wrap it in toset(...)"),
            );
        }
        let items: Vec<(EcoString, Value)> = match value {
            Value::Object(object) if object.contains_key(super::access::OPEN) => {
                return Keys::Unknown(Unknown::new(UnknownKind::AfterApply, "the attributes of a resource"));
            }
            Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            Value::List(items) => {
                let mut items = items.to_vec();
                sort_set(&mut items);
                let mut keys = Vec::with_capacity(items.len());
                for item in items {
                    match item {
                        Value::Text(key) => keys.push((key.clone(), Value::Text(key))),
                        Value::Unknown(unknown) => return Keys::Unknown(unknown),
                        _ => return self.wrong_keys(for_each.span, header, "the items of a for_each set are texts"),
                    }
                }
                keys
            }
            Value::Unknown(unknown) if unknown.kind != UnknownKind::Invalid || self.is_told(&unknown.subject) => {
                return Keys::Unknown(unknown.clone());
            }
            Value::Unknown(unknown) => {
                return self.wrong_keys(
                    for_each.span,
                    header,
                    &eco_format!("for_each is not a map or a set of texts: {}", unknown.subject),
                );
            }
            _ => return self.wrong_keys(for_each.span, header, "for_each is not a map or a set of texts"),
        };
        if items.is_empty() {
            return Keys::Disabled(self.reason("for_each is empty", for_each));
        }
        if items.len() as u64 > room {
            return Keys::Unknown(self.too_many(for_each.span, room));
        }
        let mut items = items;
        items.order_by(|a, b| a.0.cmp(&b.0));
        Keys::Each(items)
    }

    fn wrong_keys(&mut self, span: Span, _header: Span, message: &str) -> Keys {
        self.warn("instances", span, message);
        self.unreadable.insert(message.into());
        self.unkept();
        Keys::Unknown(Unknown::new(UnknownKind::Invalid, message))
    }

    fn too_many(&mut self, span: Span, room: u64) -> Unknown {
        let message = if room == limits::INSTANCES_OF_BLOCK {
            "a block of more than 10,000 instances is shown as one"
        } else {
            "past 200,000 instances in all, a block is shown as one"
        };
        self.warn("limit", span, message);
        Unknown::new(UnknownKind::Limit, message)
    }

    /// The reason why a block has no instances, with the expression where it says more than the reason.
    fn reason(&self, reason: &'static str, expr: &Expr) -> EcoString {
        if matches!(expr.kind, ExprKind::Literal(_)) {
            return reason.into();
        }
        match quote(self.sources.slice(expr.span)) {
            Some(quoted) => eco_format!("{reason} ({quoted})"),
            None => reason.into(),
        }
    }

    /// The block's address, without instance key.
    pub(super) fn block_address(&mut self, module: u32, at: u32) -> Address {
        if let Some(Some(address)) = self.instance(module).and_then(|instance| instance.addresses.get(at as usize)) {
            return address.clone();
        }
        let Some((path, declaration)) = self
            .instance(module)
            .and_then(|instance| Some((instance.path.clone(), self.definition_of(module)?.module.resources.get(at as usize)?)))
        else {
            return Address::plain("");
        };
        let dialect = self.dialect(module);
        let address = if dialect.has_plain_names() {
            Address::in_stack(&path, &dialect.plain_name(&declaration.native_type, &declaration.name))
        } else {
            written_address(&path, declaration.mode, &declaration.native_type, &declaration.name)
        };
        if let Some(slot) = self.instance_mut(module).and_then(|instance| instance.addresses.get_mut(at as usize)) {
            *slot = Some(address.clone());
        }
        address
    }

    /// The address of one instance.
    pub(super) fn instance_address(&mut self, module: u32, at: u32, key: &Key) -> Address {
        let block = self.block_address(module, at);
        // A stack's resource is one or none: a condition that is not known gives it no key.
        let keyless = *key == Key::None || *key == Key::Unknown && self.dialect(module).has_plain_names();
        if keyless { block } else { block.with_key(key) }
    }

    /// The arguments of one instance as written.
    pub(super) fn arguments(&mut self, module: u32, at: u32, position: u32) -> Arc<Object> {
        let expansion = self.expansion(module, at);
        if expansion.first == u32::MAX {
            return Arc::default();
        }
        let slot = expansion.first.saturating_add(position) as usize;
        self.fill(
            Target::Body(module, at, position),
            |evaluator| evaluator.bodies.get_mut(slot),
            |evaluator| {
                let declaration = evaluator.definition_of(module).and_then(|definition| definition.module.resources.get(at as usize));
                let Some(declaration) = declaration else { return Arc::default() };
                if expansion.keys == Keys::One
                    && let Some(twin) = evaluator.twin(module, Part::Body(at))
                {
                    return evaluator.arguments(twin, at, position);
                }
                let repetition = if expansion.keys == Keys::One { Repetition::None } else { expansion.keys.repetition(position) };
                let scope = Scope { repetition: &repetition, own: Some((at, position)), ..Scope::of_module(module) };
                Arc::new(evaluator.body(&declaration.body, &scope))
            },
        )
    }

    /// What a reference to a resource block reads.
    pub(super) fn resource_value(&mut self, module: u32, at: u32, steps: &[Step], scope: &Scope<'_>) -> Value {
        let expansion = self.expansion(module, at);
        match &expansion.keys {
            Keys::One => match steps.first() {
                Some(Step::Index(index)) if matches!(index.kind, ExprKind::Literal(Value::Number(_))) => {
                    invalid(eco_format!("there is no instance by number: {} has no `count`", self.block_address(module, at)))
                }
                _ => self.instance_value(module, at, 0, steps, scope),
            },
            Keys::Unknown(unknown) => Value::Unknown(unknown.clone()),
            Keys::Count(_) | Keys::Each(_) => match steps.split_first() {
                Some((Step::Index(index), rest)) => {
                    let key = self.eval(index, scope);
                    self.at_key(module, at, &expansion, &key, rest, scope)
                }
                Some((Step::Name(name, _), rest)) => self.at_key(module, at, &expansion, &Value::Text(name.clone()), rest, scope),
                Some((Step::Splat(_), rest)) if matches!(expansion.keys, Keys::Count(_)) => {
                    let items = (0..expansion.keys.len()).map(|position| self.instance_value(module, at, position, rest, scope)).collect();
                    collected(items, Kind::Each).unwrap_or_else(|wrong| wrong)
                }
                _ => {
                    let whole = self.whole(module, at, &expansion, scope);
                    self.follow(whole, steps, scope)
                }
            },
            Keys::Disabled(_) => {
                let declaration = self.definition_of(module).and_then(|definition| definition.module.resources.get(at as usize));
                let empty = match declaration {
                    Some(declaration) if declaration.for_each.is_some() => Value::object(Object::default()),
                    Some(declaration) if declaration.count.is_some() => Value::list(Vec::new()),
                    Some(declaration) if self.dialect(module).has_plain_names() => {
                        return Value::unknown(UnknownKind::NotAtHand, declaration.name.clone());
                    }
                    _ => Value::Null,
                };
                self.follow(empty, steps, scope)
            }
        }
    }

    fn at_key(&mut self, module: u32, at: u32, expansion: &Expansion, key: &Value, rest: &[Step], scope: &Scope<'_>) -> Value {
        let sensitive = key.is_sensitive();
        let value = match key.unmarked() {
            Value::Unknown(unknown) => Value::Unknown(unknown.clone()),
            known => match expansion.keys.position(known) {
                Some(position) => self.instance_value(module, at, position, rest, scope),
                None => invalid(eco_format!("{} has no instance {known}", self.block_address(module, at))),
            },
        };
        mark(value, sensitive)
    }

    /// All instances: a list for `count`, an object for `for_each`.
    fn whole(&mut self, module: u32, at: u32, expansion: &Expansion, scope: &Scope<'_>) -> Value {
        match &expansion.keys {
            Keys::Each(items) => {
                let mut object = Object::with_capacity(items.len());
                for (position, (key, _)) in items.iter().enumerate() {
                    object.insert(key.clone(), self.instance_value(module, at, position as u32, &[], scope));
                }
                Value::object(object)
            }
            keys => Value::list((0..keys.len()).map(|position| self.instance_value(module, at, position, &[], scope)).collect()),
        }
    }

    /// What is read of one instance: the argument where it is written, else what the provider will say.
    pub(super) fn instance_value(&mut self, module: u32, at: u32, position: u32, steps: &[Step], scope: &Scope<'_>) -> Value {
        let arguments = self.arguments(module, at, position);
        let declaration = self.definition_of(module).and_then(|definition| definition.module.resources.get(at as usize));
        let body = declaration.map(|declaration| &declaration.body);
        let Some((first, rest)) = steps.split_first() else {
            let subject = self.subject(module, at, position);
            return opened(arguments.as_ref().clone(), body.as_slice(), subject);
        };
        let Some(name) = step_name(first) else {
            let subject = self.subject(module, at, position);
            let whole = opened(arguments.as_ref().clone(), body.as_slice(), subject);
            return self.follow(whole, steps, scope);
        };
        match arguments.get(name) {
            // A nested block may hold more than is written, an argument does not.
            Some(Value::List(items)) if body.is_some_and(|body| body.blocks.iter().any(|block| block.name == *name)) => {
                let subject = self.subject(module, at, position);
                let blocks = opened_blocks(items, body.as_slice(), name, &subject);
                self.follow(blocks, rest, scope)
            }
            Some(value) => {
                let value = value.clone();
                match self.follow(value, rest, scope) {
                    // What the engine tells of an argument holds more than was given.
                    Value::Unknown(wrong) if wrong.kind == UnknownKind::Invalid && self.dialect(module) == Dialect::Pulumi => {
                        let subject = self.subject(module, at, position);
                        Value::unknown(UnknownKind::AfterApply, eco_format!("{subject}.{name}"))
                    }
                    read => read,
                }
            }
            None => {
                if name == "outputs"
                    && let Some(root) = self.remote_state_of(module, at, &arguments)
                {
                    return self.outputs_of(root, rest, scope);
                }
                let subject = self.subject(module, at, position);
                let value = self.known_attribute(module, at, name, &arguments);
                let value = value.unwrap_or_else(|| Value::unknown(UnknownKind::AfterApply, eco_format!("{subject}.{name}")));
                self.follow(value, rest, scope)
            }
        }
    }

    fn remote_state_of(&mut self, module: u32, at: u32, arguments: &Object) -> Option<u32> {
        let declaration = self.definition_of(module)?.module.resources.get(at as usize)?;
        self.remote_root(module, declaration, arguments)
    }

    fn subject(&mut self, module: u32, at: u32, position: u32) -> EcoString {
        let expansion = self.expansion(module, at);
        self.instance_address(module, at, &expansion.keys.key(position)).text().clone()
    }
}

/// The address of a block as the language writes it.
pub(super) fn written_address(path: &str, mode: Mode, native_type: &EcoString, name: &EcoString) -> Address {
    match mode {
        Mode::Ephemeral => Address::terraform(path, false, &eco_format!("ephemeral.{native_type}"), name, &Key::None),
        mode => Address::terraform(path, mode == Mode::Data, native_type, name, &Key::None),
    }
}
