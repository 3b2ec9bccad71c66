//! What the names of a program stand for while it is read: known values, handles of resources, outputs with what
//! they depend on, and what is not known, with its reason.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use ecow::{EcoString, eco_format};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{self, Language};
use crate::model::{Unknown, UnknownKind};
use crate::order::Order as _;
use crate::source::Span;

/// A resource's number in the order of registration.
pub type ResourceId = u32;

/// Keys are texts; keys of other kinds are spelled by [`key_of`].
pub type Dict = IndexMap<EcoString, Value, FxBuildHasher>;

#[derive(Clone)]
pub enum Value {
    /// `None`, `null`.
    Null,
    Undefined,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(EcoString),
    List(Rc<RefCell<Vec<Value>>>),
    Tuple(Rc<Vec<Value>>),
    Set(Rc<RefCell<Vec<Value>>>),
    Dict(Rc<RefCell<Dict>>),
    /// A function of the program.
    Function(Rc<Closure>),
    /// A function of the program with its `self`.
    Method(Rc<(Value, Rc<Closure>)>),
    /// A method of a known value: `text.upper`, `items.map`; the language's table runs it.
    Native(Rc<Native>),
    Class(Rc<ClassValue>),
    Instance(Rc<Instance>),
    /// `super()`: the instance, and the class whose bases are looked into.
    Super(Rc<(Value, Rc<ClassValue>)>),
    /// A file of the program that was imported.
    Module(Rc<Scope>),
    /// Something of a library, by its dotted path: `pulumi_aws.s3.Bucket`, `pulumi.Config`, `json.dumps`.
    Library(EcoString),
    /// A resource of an SDK class; an instance of the program's own component has the handle inside.
    Resource(ResourceId),
    Output(Rc<Output>),
    /// Not known as a plain value.
    Symbol(Rc<Symbol>),
}

/// A value that is there only when the resources it depends on are.
pub struct Output {
    pub inner: Value,
    pub deps: Deps,
    pub secret: bool,
}

/// What is not known as a plain value, but has a meaning.
pub struct Symbol {
    pub kind: SymbolKind,
    pub deps: Deps,
}

pub enum SymbolKind {
    /// What the provider says of a resource: `arn`, `endpoint.port`.
    Attribute {
        resource: ResourceId,
        path: EcoString,
    },
    /// A text with parts that are not known.
    Template(Vec<Value>),
    /// One of these: the arms of an undecided condition.
    Either(Vec<Value>),
    /// A part of a data call's result.
    Data {
        call: EcoString,
        path: EcoString,
    },
    Unknown(Unknown),
}

/// The resources something depends on, each once and in order.
#[derive(Clone, Default)]
pub struct Deps(Option<Rc<Vec<ResourceId>>>);

pub struct Closure {
    pub function: Arc<ast::Function>,
    pub scope: Rc<Scope>,
    /// The `this` an arrow took along.
    pub this: Option<Value>,
    /// The class it was defined in, for `super`.
    pub class: RefCell<Option<Rc<ClassValue>>>,
    pub defaults: Vec<Option<Value>>,
}

pub struct Native {
    pub this: Value,
    pub name: EcoString,
}

pub struct ClassValue {
    pub name: EcoString,
    pub bases: Vec<Value>,
    pub members: RefCell<Dict>,
    /// Fields with their defaults, in order: of a dataclass, a named tuple, or a JavaScript class.
    pub fields: Vec<Field>,
    /// Getters, setters and properties by name.
    pub getters: RefCell<Dict>,
    /// Members that are not given the instance.
    pub statics: RefCell<Vec<EcoString>>,
    /// Members that are given the class.
    pub class_methods: RefCell<Vec<EcoString>>,
    pub setters: RefCell<Dict>,
    pub language: Language,
    /// Takes its fields as arguments when there is no constructor.
    pub record: bool,
    pub is_enum: bool,
    /// Where it is written.
    pub span: Span,
    pub scope: Rc<Scope>,
}

pub struct Field {
    pub name: EcoString,
    pub default: Option<ast::Expr>,
}

pub struct Instance {
    pub class: Rc<ClassValue>,
    pub fields: RefCell<Dict>,
    /// Set when the constructor of a component or a resource ran.
    pub resource: Cell<Option<ResourceId>>,
    /// What a base class of a library was given: an exception's text, an enum member's value.
    pub inner: RefCell<Option<Value>>,
}

/// Names and what they stand for.
pub struct Scope {
    /// Shared with what remembers them, and copied when one of them changes then.
    pub names: RefCell<Rc<Dict>>,
    pub parent: Option<Rc<Scope>>,
    pub kind: ScopeKind,
    pub unit: Rc<Unit>,
    /// Names that `global` and `nonlocal` send elsewhere, with whether it is the module's.
    pub outer: RefCell<Vec<(EcoString, bool)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    Module,
    Function,
    Block,
}

/// The file that code comes from.
pub struct Unit {
    pub path: EcoString,
    pub language: Language,
}

impl Deps {
    pub fn one(resource: ResourceId) -> Deps {
        Deps(Some(Rc::new(vec![resource])))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub fn iter(&self) -> impl Iterator<Item = ResourceId> + '_ {
        self.0.iter().flat_map(|all| all.iter().copied())
    }

    pub fn add(&mut self, other: &Deps) {
        let Some(theirs) = &other.0 else { return };
        match &mut self.0 {
            None => self.0 = Some(theirs.clone()),
            Some(mine) => {
                if Rc::ptr_eq(mine, theirs) || theirs.iter().all(|id| mine.binary_search(id).is_ok()) {
                    return;
                }
                let mine = Rc::make_mut(mine);
                mine.extend(theirs.iter());
                mine.order();
                mine.dedup();
            }
        }
    }

    pub fn with(mut self, other: &Deps) -> Deps {
        self.add(other);
        self
    }
}

impl Value {
    pub fn text(text: impl Into<EcoString>) -> Value {
        Value::Text(text.into())
    }

    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Rc::new(RefCell::new(items)))
    }

    pub fn dict(dict: Dict) -> Value {
        Value::Dict(Rc::new(RefCell::new(dict)))
    }

    pub fn library(path: impl Into<EcoString>) -> Value {
        Value::Library(path.into())
    }

    pub fn unknown(kind: UnknownKind, subject: impl Into<EcoString>) -> Value {
        Value::unknown_of(Unknown::new(kind, subject), Deps::default())
    }

    pub fn unknown_of(unknown: Unknown, deps: Deps) -> Value {
        Value::Symbol(Rc::new(Symbol { kind: SymbolKind::Unknown(unknown), deps }))
    }

    pub fn unsupported(subject: impl Into<EcoString>, deps: Deps) -> Value {
        Value::unknown_of(Unknown::new(UnknownKind::Unsupported, subject), deps)
    }

    /// What the provider says of a resource, as an output.
    pub fn attribute(resource: ResourceId, path: impl Into<EcoString>) -> Value {
        let deps = Deps::one(resource);
        let symbol = Symbol { kind: SymbolKind::Attribute { resource, path: path.into() }, deps: deps.clone() };
        Value::output(Value::Symbol(Rc::new(symbol)), deps, false)
    }

    pub fn output(inner: Value, mut deps: Deps, mut secret: bool) -> Value {
        let mut inner = inner;
        // An output of an output is one output.
        if let Value::Output(nested) = &inner {
            deps.add(&nested.deps);
            secret |= nested.secret;
            inner = nested.inner.clone();
        }
        Value::Output(Rc::new(Output { inner, deps, secret }))
    }

    /// One of several; equal ones count once.
    pub fn either(values: Vec<Value>) -> Value {
        const MOST: usize = 8;
        let mut kept: Vec<Value> = Vec::new();
        for value in values {
            let parts = match &value {
                Value::Symbol(symbol) => match &symbol.kind {
                    SymbolKind::Either(parts) => parts.clone(),
                    _ => vec![value],
                },
                _ => vec![value],
            };
            for part in parts {
                if !kept.iter().any(|it| same(it, &part)) {
                    kept.push(part);
                }
            }
        }
        if kept.len() == 1 {
            return kept.swap_remove(0);
        }
        let mut deps = Deps::default();
        kept.iter().for_each(|value| deps.add(&shallow_deps(value)));
        if kept.len() > MOST {
            return Value::unknown_of(Unknown::new(UnknownKind::Unsupported, "a choice of many values"), deps);
        }
        Value::Symbol(Rc::new(Symbol { kind: SymbolKind::Either(kept), deps }))
    }

    /// A text joined of values; plain when every part is.
    pub fn template(parts: Vec<Value>) -> Value {
        let mut joined: Vec<Value> = Vec::new();
        let mut deps = Deps::default();
        let mut secret = false;
        let mut output = false;
        let mut push = |part: Value| match (joined.last_mut(), part) {
            (Some(Value::Text(last)), Value::Text(text)) => last.push_str(&text),
            (_, part) => joined.push(part),
        };
        for part in parts {
            let part = match part {
                Value::Output(inner) => {
                    deps.add(&inner.deps);
                    secret |= inner.secret;
                    output = true;
                    inner.inner.clone()
                }
                part => part,
            };
            match part {
                Value::Symbol(symbol) => {
                    deps.add(&symbol.deps);
                    match &symbol.kind {
                        SymbolKind::Template(parts) => parts.iter().for_each(|part| push(part.clone())),
                        _ => push(Value::Symbol(symbol)),
                    }
                }
                part => push(part),
            }
        }
        const MOST: usize = 20_000;
        // A text that doubles in a loop is cut off before it fills the memory.
        let length: usize = joined.iter().map(|part| part.as_text().map_or(1, |text| text.len())).sum();
        if joined.len() > MOST || length > LONGEST {
            return Value::unknown_of(Unknown::new(UnknownKind::Limit, "a very long text"), deps);
        }
        let text = match joined.as_slice() {
            [] => Value::text(""),
            [Value::Text(text)] => Value::Text(text.clone()),
            _ => Value::Symbol(Rc::new(Symbol { kind: SymbolKind::Template(joined), deps: deps.clone() })),
        };
        if output { Value::output(text, deps, secret) } else { text }
    }

    /// The value without its output; what `apply` hands to its function.
    pub fn bare(&self) -> Value {
        match self {
            Value::Output(output) => output.inner.clone(),
            other => other.clone(),
        }
    }

    /// What a resource is told that is made inside `apply`: what the function was handed is plain there, so that the
    /// engine does not learn where it is from.
    pub fn handed(&self, depth: u32) -> Value {
        const DEEPEST: u32 = 20;
        if depth > DEEPEST {
            return self.clone();
        }
        let each = |parts: &[Value]| parts.iter().map(|part| part.handed(depth + 1)).collect();
        match self {
            Value::List(items) => Value::list(each(&items.borrow())),
            Value::Tuple(items) => Value::Tuple(Rc::new(each(items))),
            Value::Dict(dict) => Value::dict(dict.borrow().iter().map(|(name, value)| (name.clone(), value.handed(depth + 1))).collect()),
            Value::Symbol(symbol) if !symbol.deps.is_empty() => match &symbol.kind {
                SymbolKind::Template(parts) => Value::template(each(parts)),
                SymbolKind::Either(parts) => Value::either(each(parts)),
                SymbolKind::Attribute { path, .. } => {
                    Value::unknown_of(Unknown::new(UnknownKind::AfterApply, path.clone()), Deps::default())
                }
                SymbolKind::Data { call, .. } => Value::unknown_of(Unknown::new(UnknownKind::AfterApply, call.clone()), Deps::default()),
                SymbolKind::Unknown(unknown) => Value::unknown_of(unknown.clone(), Deps::default()),
            },
            other => other.clone(),
        }
    }

    pub fn as_text(&self) -> Option<&EcoString> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The resource a handle, a component or an output of one stands for.
    pub fn as_resource(&self) -> Option<ResourceId> {
        match self {
            Value::Resource(id) => Some(*id),
            Value::Instance(instance) => instance.resource.get(),
            Value::Output(output) => output.inner.as_resource(),
            _ => None,
        }
    }

    pub fn is_nothing(&self) -> bool {
        matches!(self, Value::Null | Value::Undefined)
    }
}

/// What a value depends on at its surface, without entering collections.
pub fn shallow_deps(value: &Value) -> Deps {
    match value {
        Value::Output(output) => output.deps.clone().with(&shallow_deps(&output.inner)),
        Value::Symbol(symbol) => symbol.deps.clone(),
        Value::Resource(id) => Deps::one(*id),
        Value::Instance(instance) => instance.resource.get().map(Deps::one).unwrap_or_default(),
        _ => Deps::default(),
    }
}

/// Everything a value depends on, at any depth.
pub fn deps_of(value: &Value) -> Deps {
    let mut deps = Deps::default();
    visit(value, 0, &mut { MOST_PARTS }, &mut |part| deps.add(&own_deps(part)));
    deps
}

/// Longer texts are not made.
const LONGEST: usize = 2_000_000;

/// Parts of one value that are looked at: a list of itself twice, and that again, has more than any machine could.
const MOST_PARTS: u32 = 400_000;

/// Whether a value has so many parts that it is not written out.
pub fn is_large(value: &Value) -> bool {
    let mut left = MOST_PARTS / 4;
    visit(value, 0, &mut left, &mut |_| {});
    left == 0
}

fn own_deps(value: &Value) -> Deps {
    match value {
        Value::Output(output) => output.deps.clone(),
        other => shallow_deps(other),
    }
}

/// Calls for a value and all its parts.
fn visit(value: &Value, depth: u32, left: &mut u32, call: &mut dyn FnMut(&Value)) {
    const DEEPEST: u32 = 40;
    if depth > DEEPEST || *left == 0 {
        return;
    }
    *left -= 1;
    call(value);
    match value {
        Value::List(items) | Value::Set(items) => items.borrow().iter().for_each(|item| visit(item, depth + 1, left, call)),
        Value::Tuple(items) => items.iter().for_each(|item| visit(item, depth + 1, left, call)),
        Value::Dict(dict) => dict.borrow().values().for_each(|item| visit(item, depth + 1, left, call)),
        Value::Output(output) => visit(&output.inner, depth + 1, left, call),
        Value::Symbol(symbol) => {
            if let SymbolKind::Template(parts) | SymbolKind::Either(parts) = &symbol.kind {
                parts.iter().for_each(|part| visit(part, depth + 1, left, call));
            }
        }
        Value::Instance(instance) if instance.resource.get().is_none() => {
            instance.fields.borrow().values().for_each(|item| visit(item, depth + 1, left, call));
        }
        _ => {}
    }
}

/// Whether two values are the same for sure.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) | (Value::Undefined, Value::Undefined) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Int(a), Value::Float(b)) | (Value::Float(b), Value::Int(a)) => *a as f64 == *b,
        (Value::Text(a), Value::Text(b)) | (Value::Library(a), Value::Library(b)) => a == b,
        (Value::List(a), Value::List(b)) | (Value::Set(a), Value::Set(b)) => Rc::ptr_eq(a, b),
        (Value::Tuple(a), Value::Tuple(b)) => Rc::ptr_eq(a, b) || (a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))),
        (Value::Dict(a), Value::Dict(b)) => Rc::ptr_eq(a, b),
        (Value::Function(a), Value::Function(b)) => Rc::ptr_eq(a, b),
        (Value::Method(a), Value::Method(b)) => Rc::ptr_eq(a, b),
        (Value::Class(a), Value::Class(b)) => Rc::ptr_eq(a, b),
        (Value::Instance(a), Value::Instance(b)) => Rc::ptr_eq(a, b),
        (Value::Module(a), Value::Module(b)) => Rc::ptr_eq(a, b),
        (Value::Resource(a), Value::Resource(b)) => a == b,
        (Value::Output(a), Value::Output(b)) => Rc::ptr_eq(a, b) || same(&a.inner, &b.inner),
        (Value::Symbol(a), Value::Symbol(b)) => Rc::ptr_eq(a, b) || same_symbol(&a.kind, &b.kind),
        _ => false,
    }
}

fn same_symbol(left: &SymbolKind, right: &SymbolKind) -> bool {
    match (left, right) {
        (SymbolKind::Attribute { resource: a, path: x }, SymbolKind::Attribute { resource: b, path: y }) => a == b && x == y,
        _ => false,
    }
}

/// How a value is spelled as a key of a dict; `None` when it is not known.
pub fn key_of(value: &Value) -> Option<EcoString> {
    Some(match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => eco_format!("\0i{number}"),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => eco_format!("\0i{}", *number as i64),
        Value::Float(number) => eco_format!("\0f{number}"),
        Value::Bool(flag) => eco_format!("\0b{flag}"),
        Value::Null | Value::Undefined => EcoString::from("\0n"),
        Value::Tuple(items) => {
            let keys: Option<Vec<EcoString>> = items.iter().map(key_of).collect();
            eco_format!("\0t{}", keys?.join("\u{1}"))
        }
        Value::Instance(instance) => match &*instance.inner.borrow() {
            Some(value) if instance.class.is_enum => key_of(value)?,
            _ => eco_format!("\0o{:p}", Rc::as_ptr(instance)),
        },
        Value::Resource(id) => eco_format!("\0r{id}"),
        Value::Output(output) => key_of(&output.inner)?,
        Value::Library(path) => eco_format!("\0l{path}"),
        _ => return None,
    })
}

/// The value that a key of a dict was made from.
pub fn value_of_key(key: &str) -> Value {
    let Some(rest) = key.strip_prefix('\0') else { return Value::text(key) };
    let mut letters = rest.chars();
    let kind = letters.next();
    let rest = letters.as_str();
    match kind {
        Some('i') => rest.parse().map_or(Value::Null, Value::Int),
        Some('f') => rest.parse().map_or(Value::Null, Value::Float),
        Some('b') => Value::Bool(rest == "true"),
        Some('t') => Value::Tuple(Rc::new(rest.split('\u{1}').map(value_of_key).collect())),
        Some('r') => rest.parse().map_or(Value::Null, Value::Resource),
        Some('l') => Value::library(rest),
        Some('?') => Value::unknown(UnknownKind::Unsupported, "a key that is not known"),
        _ => Value::Null,
    }
}

impl Scope {
    pub fn module(unit: Rc<Unit>) -> Rc<Scope> {
        Rc::new(Scope { names: RefCell::default(), parent: None, kind: ScopeKind::Module, unit, outer: RefCell::default() })
    }

    pub fn inside(parent: &Rc<Scope>, kind: ScopeKind) -> Rc<Scope> {
        let unit = parent.unit.clone();
        Rc::new(Scope { names: RefCell::default(), parent: Some(parent.clone()), kind, unit, outer: RefCell::default() })
    }

    pub fn get(&self, name: &str) -> Option<Value> {
        let mut scope = self;
        loop {
            if let Some(value) = scope.names.borrow().get(name) {
                return Some(value.clone());
            }
            scope = scope.parent.as_deref()?;
        }
    }

    /// Makes a name in this very scope.
    pub fn define(&self, name: impl Into<EcoString>, value: Value) {
        Rc::make_mut(&mut self.names.borrow_mut()).insert(name.into(), value);
    }

    /// Assigns the way the language does: Python to its function, JavaScript to where the name is.
    pub fn assign(&self, name: &str, value: Value) {
        let module = self.outer.borrow().iter().find(|(outer, _)| outer == name).map(|(_, module)| *module);
        let mut scope = self;
        if self.unit.language == Language::Python && module.is_none() {
            while scope.kind == ScopeKind::Block {
                let Some(parent) = scope.parent.as_deref() else { break };
                scope = parent;
            }
            return scope.define(name, value);
        }
        if module.is_some() {
            match scope.parent.as_deref() {
                Some(parent) => scope = parent,
                None => return scope.define(name, value),
            }
        }
        loop {
            let here = if module == Some(true) { scope.kind == ScopeKind::Module } else { scope.names.borrow().contains_key(name) };
            match scope.parent.as_deref() {
                Some(parent) if !here => scope = parent,
                _ => return scope.define(name, value),
            }
        }
    }
}
