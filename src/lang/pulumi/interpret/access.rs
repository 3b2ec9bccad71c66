//! Ways into values: members, elements, parts, and what a loop goes over.

use ecow::{EcoString, eco_format};

use super::value::{self, Deps, Native, Scope, Symbol, SymbolKind, Value, deps_of, key_of, shallow_deps, value_of_key};
use super::{Args, Interpreter, Result, errors, registry, sdk};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{Expr, ExprKind, Language};
use crate::model::{Unknown, UnknownKind};
use crate::source::Span;

/// Methods of Python's dicts.
const DICT_METHODS: &[&str] =
    &["clear", "copy", "fromkeys", "get", "items", "keys", "most_common", "pop", "popitem", "setdefault", "update", "values"];

impl Interpreter<'_> {
    /// `of.name`.
    pub fn member(&mut self, of: &Value, name: &str, span: Span, scope: &Rc<Scope>) -> Result<Value> {
        let python = Interpreter::is_python(scope);
        Ok(match of {
            Value::Library(path) if path == "pulumi_aws.config" && name == "region" => Value::Text(sdk::region(self)),
            Value::Library(path) if path == "process.env" && sdk::names_region(name) => Value::Text(sdk::region(self)),
            Value::Library(path) if path == "sys" && name == "path" => Value::List(self.search.clone()),
            Value::Library(path) if name == "__name__" || name == "__qualname__" => Value::text(path.rsplit('.').next().unwrap_or(path)),
            Value::Library(path) => sdk::member(path, name),
            Value::Module(module) => match module.names.borrow().get(name) {
                Some(value) => value.clone(),
                None if name == "__file__" => Value::Text(module.unit.path.clone()),
                None if name == "__name__" => Value::text(module.unit.path.trim_end_matches(".py").replace('/', ".")),
                None => return Ok(self.no_member("this module", name, span)),
            },
            Value::Instance(_) => return self.instance_member(of, name, span),
            Value::Class(class) => return self.class_member(class, name, span),
            Value::Super(inner) => return self.super_member(inner, name, span),
            Value::Resource(id) => self.resource_member(*id, name, python),
            Value::Output(output) => match name {
                "apply" | "get" if name == "apply" || !python => native(of, name),
                "get_item" => native(of, name),
                "toString" | "toJSON" if !python => native(of, name),
                _ => {
                    let inner = output.inner.clone();
                    let (deps, secret) = (output.deps.clone(), output.secret);
                    if matches!(inner, Value::Native(_)) {
                        return Ok(native(of, name));
                    }
                    let part = match &inner {
                        Value::Dict(dict) if python => dict.borrow().get(name).cloned().unwrap_or(Value::Null),
                        Value::Text(_) => Value::unsupported(eco_format!("the part {name}"), deps.clone()),
                        inner => self.member(inner, name, span, scope)?,
                    };
                    Value::output(part, deps, secret)
                }
            },
            // What is not known may be a list or a promise: the functions it is given run.
            Value::Symbol(symbol)
                if !python && super::javascript::runs_functions(name) && !matches!(symbol.kind, SymbolKind::Either(_)) =>
            {
                native(of, name)
            }
            Value::Symbol(symbol) => match &symbol.kind {
                SymbolKind::Either(parts) => {
                    let parts = parts.clone();
                    let mut found = Vec::with_capacity(parts.len());
                    for part in parts.iter().filter(|part| !part.is_nothing()) {
                        found.push(self.member(part, name, span, scope)?);
                    }
                    Value::either(found)
                }
                SymbolKind::Template(_) => native(of, name),
                SymbolKind::Attribute { resource, path } => {
                    let kind = SymbolKind::Attribute { resource: *resource, path: eco_format!("{path}.{name}") };
                    Value::Symbol(Rc::new(Symbol { kind, deps: symbol.deps.clone() }))
                }
                SymbolKind::Data { call, path } => {
                    let path = if path.is_empty() { name.into() } else { eco_format!("{path}.{name}") };
                    Value::Symbol(Rc::new(Symbol { kind: SymbolKind::Data { call: call.clone(), path }, deps: symbol.deps.clone() }))
                }
                SymbolKind::Unknown(unknown) => Value::unknown_of(unknown.clone(), symbol.deps.clone()),
            },
            Value::Native(inner) => sdk::native_member(inner, name),
            Value::Dict(dict) if !python => match dict.borrow().get(name) {
                Some(Value::Function(closure)) if !closure.function.arrow => Value::Method(Rc::new((of.clone(), closure.clone()))),
                Some(value) => value.clone(),
                None if super::javascript::has_method(of, name) => native(of, name),
                None => super::javascript::property(of, name).unwrap_or(Value::Undefined),
            },
            // Options and arguments of the SDK are objects whose fields have names.
            Value::Dict(dict) if matches!(dict.borrow().get(registry::MARK), Some(Value::Text(_))) => {
                if name == "merge" {
                    native(of, name)
                } else {
                    dict.borrow().get(name).cloned().unwrap_or(Value::Null)
                }
            }
            // Dicts have no members: one that is read is that of a model the dict was made from.
            Value::Dict(dict) if python && dict.borrow().contains_key(name) && !DICT_METHODS.contains(&name) => {
                dict.borrow().get(name).cloned().unwrap_or(Value::Null)
            }
            Value::Null | Value::Undefined => {
                if python {
                    let message = eco_format!("None has no {name}");
                    return Err(errors::raised("AttributeError", message, span));
                }
                let message = eco_format!("undefined has no {name}");
                return Err(errors::raised("TypeError", message, span));
            }
            Value::Function(closure) => match name {
                "__name__" | "name" => Value::Text(closure.function.name.clone()),
                "__doc__" => Value::Null,
                _ => native(of, name),
            },
            _ => match super::javascript::property(of, name) {
                Some(value) if !python => value,
                _ => native(of, name),
            },
        })
    }

    pub fn no_member(&mut self, what: &str, name: &str, span: Span) -> Value {
        self.note("unknown-name", span, eco_format!("{what} has no `{name}`"));
        Value::unknown_of(Unknown::new(UnknownKind::Unresolved, name), Deps::default())
    }

    fn resource_member(&mut self, id: value::ResourceId, name: &str, python: bool) -> Value {
        let of = Value::Resource(id);
        let Some(resource) = self.resources.get(id as usize) else { return Value::Null };
        if let Some(value) = resource.extra.get(name) {
            return value.clone();
        }
        if resource.token == "pulumi:pulumi:StackReference"
            && matches!(
                name,
                "get_output"
                    | "require_output"
                    | "getOutput"
                    | "requireOutput"
                    | "getOutputDetails"
                    | "get_output_details"
                    | "getOutputValue"
            )
        {
            return native(&of, name);
        }
        if matches!(
            name,
            "get_provider" | "getProvider" | "register_outputs" | "registerOutputs" | "translate_output_property" | "get_data"
        ) {
            return native(&of, name);
        }
        if !python && super::javascript::subscribes(name) {
            return native(&of, name);
        }
        // Methods of components that have source elsewhere: `cluster.createNodeGroup`.
        if resource.kind == registry::Kind::Remote && !python && name.starts_with("create") {
            return native(&of, name);
        }
        Value::attribute(id, name)
    }

    /// `of[index]`, where a missing key of a known dict is an error as it is for the program.
    pub fn element(&mut self, of: &Value, index: &Value, span: Span, scope: &Rc<Scope>) -> Result<Value> {
        let python = Interpreter::is_python(scope);
        match of {
            Value::Dict(dict) => {
                let key = match index {
                    Value::Symbol(_) => None,
                    known => Some(self.key(known, scope.unit.language, 0)),
                };
                let Some(key) = key else { return Ok(self.index(of, index)) };
                // A dict that makes what is missing.
                let made_by = dict.borrow().get(registry::MARK).filter(|_| python && !dict.borrow().contains_key(&key)).cloned();
                if let Some(made_by) = made_by.filter(|made_by| !matches!(made_by, Value::Text(_))) {
                    let made = self.call(&made_by, Args::default(), span, Language::Python)?;
                    dict.borrow_mut().insert(key, made.clone());
                    return Ok(made);
                }
                let dict = dict.borrow();
                if let Some(value) = dict.get(&key) {
                    return Ok(value.clone());
                }
                if dict.keys().any(|key| key.starts_with("\0?")) {
                    return Ok(Value::unsupported("an entry of what is not wholly known", deps_of(of)));
                }
                if python {
                    Err(errors::raised("KeyError", super::text::shown(&super::text::represented(index)), span))
                } else {
                    Ok(Value::Undefined)
                }
            }
            Value::Library(path) if path == "process.env" => match index.as_text() {
                Some(name) => self.member(of, &name.clone(), span, scope),
                None => Ok(self.index(of, index)),
            },
            Value::Instance(_) | Value::Class(_) | Value::Module(_) if !python => match index.as_text() {
                Some(name) => self.member(of, &name.clone(), span, scope),
                None => Ok(Value::unsupported("a member that is not known", deps_of(of))),
            },
            Value::Instance(instance) => {
                if let Some(method) = self.lookup(&instance.class.clone(), "__getitem__") {
                    return self.call_method(of, &method, Args::of(vec![index.clone()]), span);
                }
                let found = match index {
                    Value::Int(at) => usize::try_from(*at).ok().and_then(|at| Some(instance.fields.borrow().get_index(at)?.1.clone())),
                    index => index.as_text().and_then(|name| instance.fields.borrow().get(name).cloned()),
                };
                Ok(found.unwrap_or_else(|| Value::unsupported("a part of an object", deps_of(of))))
            }
            // An enum's member by its name.
            Value::Class(class) if class.is_enum => match index.as_text() {
                Some(name) => self.member(of, &name.clone(), span, scope),
                None => Ok(Value::unsupported("a member that is not known", Deps::default())),
            },
            Value::List(_) | Value::Tuple(_) | Value::Text(_) => {
                let found = self.index(of, index);
                if matches!(found, Value::Undefined) && python {
                    return Err(errors::raised("IndexError", "index out of range", span));
                }
                Ok(found)
            }
            Value::Null | Value::Undefined => Err(errors::raised("TypeError", "nothing has no parts", span)),
            _ => Ok(self.index(of, index)),
        }
    }

    /// `of[index]` without failing: what is not there is undefined.
    pub fn index(&self, of: &Value, index: &Value) -> Value {
        let at = |length: usize| match index {
            Value::Int(at) if *at < 0 => usize::try_from(length as i64 + at).ok(),
            Value::Int(at) => usize::try_from(*at).ok(),
            Value::Bool(flag) => Some(usize::from(*flag)),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        let known = !matches!(index, Value::Symbol(_) | Value::Output(_));
        match of {
            Value::List(items) if known => {
                let items = items.borrow();
                at(items.len()).and_then(|at| items.get(at).cloned()).unwrap_or(Value::Undefined)
            }
            Value::Tuple(items) if known => at(items.len()).and_then(|at| items.get(at).cloned()).unwrap_or(Value::Undefined),
            Value::Text(text) if known => {
                let found = at(text.chars().count()).and_then(|at| text.chars().nth(at));
                found.map_or(Value::Undefined, Value::text)
            }
            Value::List(items) => Value::either(items.borrow().iter().take(4).cloned().collect::<Vec<_>>()).or_unknown(),
            Value::Dict(dict) => match key_of(index).filter(|_| known) {
                Some(key) => dict.borrow().get(&key).cloned().unwrap_or(Value::Undefined),
                None => Value::unsupported("an entry whose key is not known", deps_of(of)),
            },
            Value::Output(output) => {
                let inner = match (&output.inner, index) {
                    (Value::Dict(_), Value::Text(_)) => self.index(&output.inner, index),
                    (inner, index) => self.index(inner, index),
                };
                Value::output(inner, output.deps.clone(), output.secret)
            }
            Value::Symbol(symbol) => match &symbol.kind {
                SymbolKind::Attribute { resource, path } => {
                    let kind = SymbolKind::Attribute { resource: *resource, path: step(path, index) };
                    Value::Symbol(Rc::new(Symbol { kind, deps: symbol.deps.clone() }))
                }
                SymbolKind::Data { call, path } => {
                    let kind = SymbolKind::Data { call: call.clone(), path: step(path, index) };
                    Value::Symbol(Rc::new(Symbol { kind, deps: symbol.deps.clone() }))
                }
                SymbolKind::Either(parts) => Value::either(parts.iter().map(|part| self.index(part, index)).collect()),
                SymbolKind::Template(_) => Value::unsupported("a part of a text", symbol.deps.clone()),
                SymbolKind::Unknown(unknown) => Value::unknown_of(unknown.clone(), symbol.deps.clone()),
            },
            Value::Resource(id) => match index.as_text() {
                Some(name) => {
                    let extra = self.resources.get(*id as usize).and_then(|resource| resource.extra.get(name.as_str()));
                    extra.cloned().unwrap_or_else(|| Value::attribute(*id, name.clone()))
                }
                None => Value::unsupported("a part of a resource", shallow_deps(of)),
            },
            Value::Library(path) => match index.as_text() {
                Some(name) => sdk::member(path, name),
                None => Value::unsupported(path.clone(), deps_of(index)),
            },
            Value::Native(inner) if inner.name == "os.environ" => match index.as_text() {
                Some(name) if sdk::names_region(name) => Value::Text(sdk::region(self)),
                Some(name) => Value::unknown(UnknownKind::NoValue, eco_format!("the environment's {name}")),
                None => Value::unsupported("the environment", Deps::default()),
            },
            Value::Null | Value::Undefined => Value::Undefined,
            Value::Native(network) => {
                let found = match index {
                    Value::Int(at) => super::python::networks::element(network, *at),
                    _ => None,
                };
                found.unwrap_or_else(|| Value::unsupported("a part of a value", deps_of(of)))
            }
            other => Value::unsupported("a part of a value", deps_of(other)),
        }
    }

    pub fn slice(&self, of: &Value, bounds: [Option<Value>; 3]) -> Value {
        let [from, to, step] = bounds;
        let int = |value: &Option<Value>| match value {
            None | Some(Value::Null) => Some(None),
            Some(Value::Int(number)) => Some(Some(*number)),
            _ => None,
        };
        let (Some(from), Some(to), Some(step)) = (int(&from), int(&to), int(&step)) else {
            return Value::unsupported("a part whose bounds are not known", deps_of(of));
        };
        let step = step.unwrap_or(1);
        let pick = |length: usize| -> Vec<usize> {
            let length = length as i64;
            let clamp = |at: i64| if at < 0 { (length + at).max(0) } else { at.min(length) };
            let mut picked: Vec<usize> = if step < 0 {
                // Only the whole, backwards, is written in practice.
                (0..length).rev().map(|at| at as usize).collect()
            } else {
                (clamp(from.unwrap_or(0))..clamp(to.unwrap_or(length))).map(|at| at as usize).collect()
            };
            let every = usize::try_from(step.unsigned_abs()).unwrap_or(1).max(1);
            picked = picked.into_iter().step_by(every).collect();
            picked
        };
        match of {
            Value::Text(text) => {
                let letters: Vec<char> = text.chars().collect();
                Value::Text(pick(letters.len()).into_iter().filter_map(|at| letters.get(at).copied()).collect())
            }
            Value::List(items) => {
                let items = items.borrow();
                Value::list(pick(items.len()).into_iter().filter_map(|at| items.get(at).cloned()).collect())
            }
            Value::Tuple(items) => Value::Tuple(Rc::new(pick(items.len()).into_iter().filter_map(|at| items.get(at).cloned()).collect())),
            Value::Output(output) => {
                let bounds = [from, to, Some(step)].map(|bound| bound.map(Value::Int));
                Value::output(self.slice(&output.inner, bounds), output.deps.clone(), output.secret)
            }
            other => Value::unsupported("a part of what is not known", deps_of(other)),
        }
    }

    /// What a loop goes over; `None` when that is not known.
    pub fn items(&mut self, value: &Value) -> Option<Vec<Value>> {
        Some(match value {
            Value::List(items) | Value::Set(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            Value::Dict(dict) if super::javascript::is_map(value) => super::javascript::pairs(&dict.borrow()),
            Value::Dict(dict) => dict.borrow().keys().filter(|key| key.as_str() != registry::MARK).map(|key| value_of_key(key)).collect(),
            Value::Text(text) => text.chars().map(Value::text).collect(),
            Value::Native(of) => match super::python::csv::items(self, of) {
                Some(items) => items,
                None => super::python::networks::addresses(of, false)?,
            },
            Value::Class(class) if class.is_enum => {
                class.members.borrow().values().filter(|value| matches!(value, Value::Instance(_))).cloned().collect()
            }
            Value::Instance(instance) if instance.class.record => instance.fields.borrow().values().cloned().collect(),
            Value::Instance(instance) => {
                let class = instance.class.clone();
                let method = ["__iter__", "Symbol.iterator"].iter().find_map(|name| self.lookup(&class, name))?;
                let Value::Function(closure) = &method else { return None };
                let made = self.call_closure(closure, Some(value.clone()), Args::default(), closure.function.span).ok()?;
                match made {
                    Value::Instance(_) => return None,
                    made => self.items(&made)?,
                }
            }
            Value::Output(output) => self.items(&output.inner)?,
            Value::Null | Value::Undefined => Vec::new(),
            Value::Symbol(symbol) => match &symbol.kind {
                // What a resource was given it has.
                SymbolKind::Attribute { resource, path } => {
                    let given = self.resources.get(*resource as usize)?.inputs.get(&sdk::token::camel(path))?.value.clone();
                    match &given {
                        Value::List(_) | Value::Tuple(_) | Value::Dict(_) => self.items(&given)?,
                        _ => return None,
                    }
                }
                SymbolKind::Either(parts) => {
                    // Lists that may be empty: what is in them may be there.
                    let parts = parts.clone();
                    let mut all = Vec::new();
                    for part in &parts {
                        all.extend(self.items(part)?);
                    }
                    all
                }
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The items, or one that stands for those that are not known.
    pub fn items_or_unknown(&mut self, value: &Value) -> Vec<Value> {
        match self.items(value) {
            Some(items) => items,
            None => vec![self.element_of(value)],
        }
    }

    /// One element of a collection whose length is not known.
    pub fn element_of(&self, value: &Value) -> Value {
        match value {
            Value::Symbol(symbol) if matches!(symbol.kind, SymbolKind::Attribute { .. } | SymbolKind::Data { .. }) => {
                self.index(value, &Value::text("*"))
            }
            Value::Output(output) => {
                let inner = self.element_of(&output.inner);
                Value::output(inner, output.deps.clone(), output.secret)
            }
            other => Value::unknown_of(Unknown::new(UnknownKind::Unsupported, "an element of what is not known"), deps_of(other)),
        }
    }

    pub fn keys_of(&mut self, value: &Value) -> Value {
        match value {
            Value::Dict(dict) => Value::list(dict.borrow().keys().map(|key| value_of_key(key)).collect()),
            Value::List(items) => Value::list((0..items.borrow().len()).map(|at| Value::text(eco_format!("{at}"))).collect()),
            Value::Instance(instance) => Value::list(instance.fields.borrow().keys().map(|key| Value::Text(key.clone())).collect()),
            other => other.clone(),
        }
    }

    /// `place = value` where the place is a member or an element.
    pub fn store(&mut self, place: &Expr, value: Value, scope: &Rc<Scope>) -> Result<()> {
        match &place.kind {
            ExprKind::Member { of, name, .. } => {
                let of = self.eval(of, scope)?;
                self.set_member(&of, name.clone(), value, place.span)
            }
            ExprKind::Index { of, index, .. } => {
                let of = self.eval(of, scope)?;
                let index = self.eval(index, scope)?;
                match &of {
                    Value::Dict(dict) => {
                        let at = dict.borrow().len();
                        let key = self.key(&index, scope.unit.language, at);
                        dict.borrow_mut().insert(key, value);
                    }
                    Value::List(items) => {
                        let mut items = items.borrow_mut();
                        let length = items.len() as i64;
                        if let Value::Int(at) = index
                            && let Ok(at) = usize::try_from(if at < 0 { length + at } else { at })
                        {
                            if let Some(item) = items.get_mut(at) {
                                *item = value;
                            } else if scope.unit.language == Language::JavaScript && at == items.len() {
                                items.push(value);
                            }
                        }
                    }
                    Value::Instance(instance) => {
                        if let Some(method) = self.lookup(&instance.class.clone(), "__setitem__") {
                            self.call_method(&of, &method, Args::of(vec![index, value]), place.span)?;
                        } else if let Some(name) = index.as_text() {
                            instance.fields.borrow_mut().insert(name.clone(), value);
                        }
                    }
                    _ => {}
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn set_member(&mut self, of: &Value, name: EcoString, value: Value, span: Span) -> Result<()> {
        match of {
            Value::Instance(instance) => {
                let setter = self.lookup_setter(&instance.class.clone(), &name);
                if let Some(Value::Function(setter)) = setter {
                    self.call_closure(&setter, Some(of.clone()), Args::of(vec![value]), span)?;
                    return Ok(());
                }
                instance.fields.borrow_mut().insert(name, value);
            }
            Value::Class(class) => {
                class.members.borrow_mut().insert(name, value);
            }
            Value::Dict(dict) => {
                dict.borrow_mut().insert(name, value);
            }
            Value::Module(module) => module.define(name, value),
            Value::Library(path) if path.starts_with("pulumi") => {
                let message = eco_format!("this changes what `{path}.{name}` is; it is read as the library has it");
                self.note("changed-library", span, message);
            }
            Value::Resource(id) => {
                if let Some(resource) = self.resources.get_mut(*id as usize) {
                    resource.extra.insert(name, value);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What `with` binds.
    pub fn entered(&mut self, value: Value, span: Span) -> Result<Value> {
        // A generator that manages a context gives one value.
        if let Value::List(items) = &value
            && let [one] = items.borrow().as_slice()
        {
            return Ok(one.clone());
        }
        if let Value::Instance(instance) = &value
            && let Some(method) = self.lookup(&instance.class.clone(), "__enter__")
        {
            return self.call_method(&value, &method, Args::default(), span);
        }
        Ok(value)
    }
}

impl Value {
    fn or_unknown(self) -> Value {
        match self {
            Value::Symbol(symbol) if matches!(&symbol.kind, SymbolKind::Either(parts) if parts.is_empty()) => {
                Value::unsupported("an element of an empty list", Deps::default())
            }
            other => other,
        }
    }
}

fn step(path: &str, index: &Value) -> EcoString {
    match index {
        Value::Int(at) => eco_format!("{path}[{at}]"),
        Value::Text(name) if path.is_empty() => name.clone(),
        Value::Text(name) => eco_format!("{path}.{name}"),
        _ => eco_format!("{path}[*]"),
    }
}

pub fn native(this: &Value, name: &str) -> Value {
    Value::Native(Rc::new(Native { this: this.clone(), name: name.into() }))
}
