//! Module instances and the slots that hold what is known of them.

use std::rc::Rc;
use std::sync::Arc;

use ecow::EcoString;
use rustc_hash::FxHashSet;

use super::Evaluator;
use super::depends::{Origin, UNKEPT};
use super::limits;
use super::provider::Configuration;
use super::references::References;
use super::scope::Repetition;
use crate::model::{Address, Key, ModulePath, Object, Unknown, UnknownKind, Value};

/// Something that is worked out once, when first asked for.
#[derive(Debug, Clone, Default)]
pub(super) enum Slot<T> {
    #[default]
    Empty,
    /// Being worked out now: whoever asks closes a circle.
    Busy,
    /// With what went into it.
    Done(T, Origin),
}

/// Names one slot. The first number is the module instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Variable(u32, u32),
    Local(u32, u32),
    Output(u32, u32),
    /// The instances of a resource block.
    Resource(u32, u32),
    /// The arguments of one instance of a resource block.
    Body(u32, u32, u32),
    /// The instances of a module call.
    Call(u32, u32),
    /// What a variable, local or output refers to.
    VariableReferences(u32, u32),
    LocalReferences(u32, u32),
    OutputReferences(u32, u32),
    /// What the module calls around an instance refer to.
    CallReferences(u32),
    /// Everything inside the instances of a module call.
    Inside(u32, u32),
}

pub(super) struct Instance<'p> {
    pub definition: u32,
    /// Path as printed in addresses, with the root's prefix.
    pub path: ModulePath,
    /// The folder of the root module it belongs to.
    pub root: &'p str,
    pub caller: Option<Caller>,
    pub level: u32,
    /// What decided that it is there.
    pub origin: Origin,
    /// Why nothing of it is there: a call around it is switched off. It is not evaluated, only what it would refer to
    /// is told.
    pub off: Option<EcoString>,
    pub variables: Vec<Slot<Value>>,
    pub locals: Vec<Slot<Value>>,
    pub outputs: Vec<Slot<Value>>,
    pub resources: Vec<Slot<Rc<Expansion>>>,
    pub calls: Vec<Slot<Rc<CallExpansion>>>,
    pub variable_references: Vec<Slot<References>>,
    pub local_references: Vec<Slot<References>>,
    pub output_references: Vec<Slot<References>>,
    pub call_references: Slot<References>,
    pub inside: Vec<Slot<References>>,
    /// Numbers of the variables' values, 0 until one is asked for: equal values have equal ones.
    pub input_numbers: Vec<u32>,
    /// Block addresses of the resources, made when first needed.
    pub addresses: Vec<Option<Address>>,
    /// Provider configurations by name as printed, `aws.east`.
    pub providers: Vec<(EcoString, Rc<Configuration>, Origin)>,
}

/// Who called a module instance, and with which `each` or `count`.
#[derive(Clone)]
pub(super) struct Caller {
    pub module: u32,
    pub call: u32,
    pub repetition: Rc<Repetition>,
}

/// The instances of a block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Keys {
    /// Neither `count` nor `for_each`.
    One,
    Count(u64),
    /// Sorted by key.
    Each(Vec<(EcoString, Value)>),
    /// Any number of them.
    Unknown(Unknown),
    /// None, with the reason.
    Disabled(EcoString),
}

pub(super) struct Expansion {
    pub keys: Keys,
    /// Index of the first instance's body.
    pub first: u32,
}

pub(super) struct CallExpansion {
    pub keys: Keys,
    /// Module instances in key order; empty when the module is not at hand. Of a call that is switched off, the one that
    /// tells what would be there.
    pub children: Vec<u32>,
    /// Its source is not at hand: each instance is one opaque resource.
    pub opaque: bool,
}

impl Target {
    pub fn module(self) -> u32 {
        match self {
            Target::Variable(module, _)
            | Target::Local(module, _)
            | Target::Output(module, _)
            | Target::Resource(module, _)
            | Target::Body(module, _, _)
            | Target::Call(module, _)
            | Target::VariableReferences(module, _)
            | Target::LocalReferences(module, _)
            | Target::OutputReferences(module, _)
            | Target::CallReferences(module)
            | Target::Inside(module, _) => module,
        }
    }
}

impl Keys {
    pub fn len(&self) -> u32 {
        match self {
            Keys::One | Keys::Unknown(_) => 1,
            Keys::Count(count) => *count as u32,
            Keys::Each(items) => items.len() as u32,
            Keys::Disabled(_) => 0,
        }
    }

    pub fn key(&self, at: u32) -> Key {
        match self {
            Keys::One | Keys::Disabled(_) => Key::None,
            Keys::Count(_) => Key::Index(u64::from(at)),
            Keys::Each(items) => items.get(at as usize).map_or(Key::Unknown, |(key, _)| Key::Name(key.clone())),
            Keys::Unknown(_) => Key::Unknown,
        }
    }

    /// The position of a known key, given as an index expression's value.
    pub fn position(&self, key: &Value) -> Option<u32> {
        match self {
            Keys::Count(count) => {
                let at = u64::try_from(key.as_number()?.to_i64()?).ok()?;
                (at < *count).then_some(at as u32)
            }
            Keys::Each(items) => {
                let name = key.as_text()?;
                items.binary_search_by(|(item, _)| item.cmp(name)).ok().map(|at| at as u32)
            }
            Keys::One | Keys::Unknown(_) | Keys::Disabled(_) => None,
        }
    }

    pub fn repetition(&self, at: u32) -> Repetition {
        match self {
            Keys::One => Repetition::None,
            Keys::Count(_) => Repetition::Count(Value::Number(i64::from(at).into())),
            Keys::Each(items) => items
                .get(at as usize)
                .map_or(Repetition::None, |(key, value)| Repetition::Each { key: Value::Text(key.clone()), value: value.clone() }),
            // Whichever of the two is meant, its value is not known for the same reason.
            Keys::Unknown(unknown) => Repetition::Each { key: Value::Unknown(unknown.clone()), value: Value::Unknown(unknown.clone()) },
            // What an instance would refer to, if there were one.
            Keys::Disabled(reason) => {
                let unknown = Value::Unknown(Unknown::new(UnknownKind::NotAtHand, reason.clone()));
                Repetition::Each { key: unknown.clone(), value: unknown }
            }
        }
    }
}

/// What can stand in a slot.
pub(super) trait Slotted: Clone {
    /// Stands in for a while, until the slot it depends on is filled.
    fn pending() -> Self;
    /// The result when working it out needs itself.
    fn circular(unknown: Unknown) -> Self;
}

impl Slotted for Value {
    fn pending() -> Value {
        Value::unknown(UnknownKind::Limit, "depth")
    }

    fn circular(unknown: Unknown) -> Value {
        Value::Unknown(unknown)
    }
}

/// Arguments read while they are being worked out: none is written yet.
impl Slotted for Arc<Object> {
    fn pending() -> Arc<Object> {
        Arc::default()
    }

    fn circular(_: Unknown) -> Arc<Object> {
        Arc::default()
    }
}

impl Slotted for Rc<Expansion> {
    fn pending() -> Rc<Expansion> {
        Slotted::circular(Unknown::new(UnknownKind::Limit, "depth"))
    }

    fn circular(unknown: Unknown) -> Rc<Expansion> {
        Rc::new(Expansion { keys: Keys::Unknown(unknown), first: u32::MAX })
    }
}

impl Slotted for Rc<CallExpansion> {
    fn pending() -> Rc<CallExpansion> {
        Slotted::circular(Unknown::new(UnknownKind::Limit, "depth"))
    }

    fn circular(unknown: Unknown) -> Rc<CallExpansion> {
        Rc::new(CallExpansion { keys: Keys::Unknown(unknown), children: Vec::new(), opaque: false })
    }
}

impl Slotted for References {
    fn pending() -> References {
        References::default()
    }

    fn circular(_: Unknown) -> References {
        References::default()
    }
}

impl<'p> Evaluator<'p> {
    /// Fills a slot once; `make` works out what belongs there.
    pub(super) fn fill<T: Slotted>(
        &mut self,
        target: Target,
        slot: impl Fn(&mut Self) -> Option<&mut Slot<T>>,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        match slot(self) {
            Some(Slot::Done(done, origin)) => {
                let (done, origin) = (done.clone(), *origin);
                self.depend(origin);
                return done;
            }
            Some(Slot::Empty) => {}
            Some(Slot::Busy) => return T::circular(self.circle(target)),
            None => return T::pending(),
        }
        if self.suspended.is_some() || self.depth >= limits::SLOT_DEPTH {
            self.suspended.get_or_insert(target);
            return T::pending();
        }
        if let Some(slot) = slot(self) {
            *slot = Slot::Busy;
        }
        self.depth += 4;
        self.filling.push(target);
        self.open();
        self.depend_on_declaration(target);
        let made = make(self);
        let origin = self.close();
        self.filling.pop();
        self.depth -= 4;
        let given_up = self.suspended.is_some();
        if let Some(slot) = slot(self) {
            *slot = if given_up { Slot::Empty } else { Slot::Done(made.clone(), origin) };
        }
        made
    }

    /// Fills a slot from the bottom of the stack, filling first what it gave up on.
    pub(super) fn demand(&mut self, target: Target) {
        self.suspended = None;
        self.touch(target);
        let Some(first) = self.suspended.take() else { return };
        let mut waiting = vec![target, first];
        // A circle whose length is no multiple of the depth is gone around many times before it closes.
        let mut held = FxHashSet::from_iter([target, first]);
        while let Some(next) = waiting.last().copied() {
            self.touch(next);
            match self.suspended.take() {
                None => {
                    held.remove(&next);
                    waiting.pop();
                }
                // A circle longer than the depth: it is broken here, as a short one is where it closes.
                Some(deeper) if !held.insert(deeper) => self.break_circle(deeper),
                Some(deeper) => waiting.push(deeper),
            }
        }
    }

    fn break_circle(&mut self, target: Target) {
        let unknown = self.circle(target);
        let Some(instance) = self.instances.get_mut(target.module() as usize) else { return };
        match target {
            Target::Variable(_, at) => settle(instance.variables.get_mut(at as usize), unknown),
            Target::Local(_, at) => settle(instance.locals.get_mut(at as usize), unknown),
            Target::Output(_, at) => settle(instance.outputs.get_mut(at as usize), unknown),
            Target::Resource(_, at) => settle(instance.resources.get_mut(at as usize), unknown),
            Target::Call(_, at) => settle(instance.calls.get_mut(at as usize), unknown),
            Target::VariableReferences(_, at) => settle(instance.variable_references.get_mut(at as usize), unknown),
            Target::LocalReferences(_, at) => settle(instance.local_references.get_mut(at as usize), unknown),
            Target::OutputReferences(_, at) => settle(instance.output_references.get_mut(at as usize), unknown),
            Target::CallReferences(_) => settle(Some(&mut instance.call_references), unknown),
            Target::Inside(_, at) => settle(instance.inside.get_mut(at as usize), unknown),
            Target::Body(module, at, position) => {
                let first = self.expansion(module, at).first;
                settle(self.bodies.get_mut(first.saturating_add(position) as usize), unknown);
            }
        }
    }

    fn touch(&mut self, target: Target) {
        self.depth = 0;
        match target {
            Target::Variable(module, at) => drop(self.variable(module, at)),
            Target::Local(module, at) => drop(self.local(module, at)),
            Target::Output(module, at) => drop(self.output(module, at)),
            Target::Resource(module, at) => drop(self.expansion(module, at)),
            Target::Body(module, at, instance) => drop(self.arguments(module, at, instance)),
            Target::Call(module, at) => drop(self.call(module, at)),
            Target::VariableReferences(module, at) => drop(self.variable_references(module, at)),
            Target::LocalReferences(module, at) => drop(self.local_references(module, at)),
            Target::OutputReferences(module, at) => drop(self.output_references(module, at)),
            Target::CallReferences(module) => drop(self.call_references(module)),
            Target::Inside(module, at) => drop(self.inside(module, at)),
        }
    }

    pub(super) fn instance(&self, module: u32) -> Option<&Instance<'p>> {
        self.instances.get(module as usize)
    }

    pub(super) fn instance_mut(&mut self, module: u32) -> Option<&mut Instance<'p>> {
        self.instances.get_mut(module as usize)
    }
}

fn settle<T: Slotted>(slot: Option<&mut Slot<T>>, unknown: Unknown) {
    if let Some(slot) = slot {
        *slot = Slot::Done(T::circular(unknown), UNKEPT);
    }
}
