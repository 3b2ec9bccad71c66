//! Classes of the program: components, argument classes, enums and whatever else it builds for itself.

use std::cell::{Cell, RefCell};

use ecow::EcoString;

use super::access::native;
use super::call::decorator_name;
use super::value::{self, ClassValue, Dict, Field, Instance, Scope, ScopeKind, Value};
use super::{Args, Interpreter, Result, sdk};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{self, Accessor, ClassMember, Expr, Language, Stmt, StmtKind};
use crate::source::Span;

/// How many bases upwards a member is looked for.
const HIGHEST: u32 = 30;

impl Interpreter<'_> {
    pub fn class(&mut self, class: &ast::Class, scope: &Rc<Scope>) -> Result<Value> {
        let mut bases = Vec::new();
        for base in &class.bases {
            bases.push(self.eval(base, scope)?);
        }
        let python = Interpreter::is_python(scope);
        let inside = Scope::inside(scope, ScopeKind::Function);
        let is_enum = bases.iter().any(|base| match base {
            Value::Library(path) => path.starts_with("enum."),
            Value::Class(base) => base.is_enum,
            _ => false,
        });
        let record =
            class.decorators.iter().any(|it| matches!(decorator_name(it).as_str(), "dataclass" | "input_type" | "define" | "s" | "frozen"))
                || bases.iter().any(|base| match base {
                    Value::Library(path) => {
                        ["NamedTuple", "TypedDict", "BaseModel", "BaseSettings", "Struct"].iter().any(|name| path.ends_with(name))
                    }
                    Value::Class(base) => base.record,
                    _ => false,
                });
        let fields = class.members.iter().filter_map(|member| match member {
            ClassMember::Field { name, value, is_static: false, .. } => Some(Field { name: name.clone(), default: value.clone() }),
            _ => None,
        });
        let made = Rc::new(ClassValue {
            name: class.name.clone(),
            bases,
            members: RefCell::default(),
            fields: fields.collect(),
            getters: RefCell::default(),
            statics: RefCell::default(),
            class_methods: RefCell::default(),
            setters: RefCell::default(),
            language: scope.unit.language,
            record,
            is_enum,
            span: class.span,
            scope: inside.clone(),
        });
        self.circles.class(&made);
        for member in &class.members {
            match member {
                ClassMember::Method { function, is_static, accessor } => {
                    // Methods see the names around the class, not those in it.
                    let method = self.closure(function, scope)?;
                    if let Value::Function(closure) = &method {
                        *closure.class.borrow_mut() = Some(made.clone());
                    }
                    let names: Vec<EcoString> = function.decorators.iter().map(decorator_name).collect();
                    let has = |wanted: &str| names.iter().any(|name| name == wanted);
                    if *accessor == Some(Accessor::Set) || has("setter") {
                        made.setters.borrow_mut().insert(function.name.clone(), method);
                        continue;
                    }
                    if *accessor == Some(Accessor::Get) || has("property") || has("cached_property") {
                        made.getters.borrow_mut().insert(function.name.clone(), method);
                        continue;
                    }
                    if *is_static || has("staticmethod") {
                        made.statics.borrow_mut().push(function.name.clone());
                    }
                    if has("classmethod") {
                        made.class_methods.borrow_mut().push(function.name.clone());
                    }
                    made.members.borrow_mut().insert(function.name.clone(), method);
                }
                ClassMember::Field { name, value: Some(value), is_static, .. } if python || *is_static => {
                    let inner = self.eval(value, &inside)?;
                    inside.define(name.clone(), inner.clone());
                    let inner = if is_enum { self.enum_member(&made, name, inner) } else { inner };
                    made.members.borrow_mut().insert(name.clone(), inner);
                }
                ClassMember::Field { .. } => {}
                ClassMember::Statement(stmt) => self.class_statement(stmt, &inside, &made)?,
            }
        }
        // What a base does for each class made of it.
        if python
            && let Some(hook) = made.bases.iter().find_map(|base| match base {
                Value::Class(base) => self.lookup(base, "__init_subclass__"),
                _ => None,
            })
        {
            self.call_method(&Value::Class(made.clone()), &hook, Args::default(), class.span)?;
        }
        Ok(Value::Class(made))
    }

    fn class_statement(&mut self, stmt: &Stmt, inside: &Rc<Scope>, made: &Rc<ClassValue>) -> Result<()> {
        let before: Vec<EcoString> = inside.names.borrow().keys().cloned().collect();
        self.statement(stmt, inside)?;
        if let StmtKind::Expr(_) = stmt.kind {
            return Ok(());
        }
        let new: Vec<(EcoString, Value)> = inside
            .names
            .borrow()
            .iter()
            .filter(|(name, _)| !before.contains(name) || !made.members.borrow().contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        for (name, value) in new {
            let value = if made.is_enum { self.enum_member(made, &name, value) } else { value };
            made.members.borrow_mut().insert(name, value);
        }
        Ok(())
    }

    fn enum_member(&self, class: &Rc<ClassValue>, name: &EcoString, value: Value) -> Value {
        let value = match &value {
            Value::Library(path) if path == "enum.auto()" => Value::Int(class.members.borrow().len() as i64 + 1),
            _ => value,
        };
        let fields = [(EcoString::from("value"), value.clone()), (EcoString::from("name"), Value::Text(name.clone()))];
        Value::Instance(Rc::new(Instance {
            class: class.clone(),
            fields: RefCell::new(fields.into_iter().collect()),
            resource: Cell::new(None),
            inner: RefCell::new(Some(value)),
        }))
    }

    /// TypeScript's `enum`: an object whose members are plain values.
    pub fn enumeration(&mut self, name: &EcoString, members: &[(EcoString, Option<Expr>)], scope: &Rc<Scope>) -> Result<()> {
        // Later members are written with earlier ones.
        let inside = Scope::inside(scope, ScopeKind::Block);
        let mut dict = Dict::default();
        let mut next = 0;
        for (member, value) in members {
            let value = match value {
                Some(value) => self.eval(value, &inside)?,
                None => Value::Int(next),
            };
            if let Value::Int(number) = value {
                next = number.wrapping_add(1);
                // A number leads back to its name.
                dict.insert(ecow::eco_format!("{number}"), Value::Text(member.clone()));
            }
            inside.define(member.clone(), value.clone());
            dict.insert(member.clone(), value);
        }
        scope.define(name.clone(), Value::dict(dict));
        Ok(())
    }

    pub fn instantiate(&mut self, class: &Rc<ClassValue>, args: Args, span: Span) -> Result<Value> {
        if class.is_enum {
            let wanted = args.first().cloned().unwrap_or(Value::Null);
            let members: Vec<Value> = class.members.borrow().values().cloned().collect();
            let found = members.iter().find(|member| match member {
                Value::Instance(instance) => instance.inner.borrow().as_ref().is_some_and(|inner| value::same(inner, &wanted)),
                _ => false,
            });
            return Ok(found.cloned().unwrap_or_else(|| Value::unsupported("a member that is not known", value::deps_of(&wanted))));
        }
        let instance =
            Rc::new(Instance { class: class.clone(), fields: RefCell::default(), resource: Cell::new(None), inner: RefCell::default() });
        self.circles.instance(&instance);
        let this = Value::Instance(instance);
        self.construct(&this, class, args, span, 0)?;
        Ok(this)
    }

    /// Runs the constructor that a class has or inherits.
    fn construct(&mut self, this: &Value, class: &Rc<ClassValue>, args: Args, span: Span, height: u32) -> Result<()> {
        if height > HIGHEST {
            return Ok(());
        }
        let python = class.language == Language::Python;
        if !python {
            self.initial_fields(this, class)?;
        }
        let constructor = class.members.borrow().get(if python { "__init__" } else { "constructor" }).cloned();
        if let Some(Value::Function(constructor)) = constructor {
            self.call_closure(&constructor, Some(this.clone()), args, span)?;
            return Ok(());
        }
        if class.record {
            return self.take_fields(this, class, args, span);
        }
        if python {
            return self.bases(this, class, args, span, height);
        }
        // The constructor that nobody wrote stands where the class begins.
        self.chain.push(span);
        let done = self.bases(this, class, args, class.span, height);
        self.chain.pop();
        done
    }

    /// What `super().__init__(…)` and `super(…)` run.
    pub fn construct_base(&mut self, this: &Value, class: &Rc<ClassValue>, args: Args, span: Span) -> Result<Value> {
        self.bases(this, class, args, span, 0)?;
        Ok(Value::Null)
    }

    fn bases(&mut self, this: &Value, class: &Rc<ClassValue>, args: Args, span: Span, height: u32) -> Result<()> {
        for base in &class.bases {
            match base {
                Value::Class(base) => return self.construct(this, base, args, span, height + 1),
                Value::Library(path) if sdk::is_constructed(path) => return sdk::construct(self, path, this, args, span, class.language),
                // A configuration of the program's own kind.
                Value::Library(path) if path == "pulumi.Config" => {
                    let name = args.first().filter(|name| !name.is_nothing()).cloned();
                    let name = name.unwrap_or_else(|| Value::Text(self.given.project.clone()));
                    if let Value::Instance(instance) = this {
                        *instance.inner.borrow_mut() = Some(native(&name, "Config"));
                    }
                    return Ok(());
                }
                Value::Library(path) if path.starts_with("builtins.") => {
                    if let (Value::Instance(instance), Some(text)) = (this, args.first()) {
                        *instance.inner.borrow_mut() = Some(text.clone());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn initial_fields(&mut self, this: &Value, class: &Rc<ClassValue>) -> Result<()> {
        let Value::Instance(instance) = this else { return Ok(()) };
        let scope = Scope::inside(&class.scope, ScopeKind::Function);
        scope.define("this", this.clone());
        for field in &class.fields {
            let value = match &field.default {
                Some(value) => self.eval(value, &scope)?,
                None => continue,
            };
            instance.fields.borrow_mut().insert(field.name.clone(), value);
        }
        Ok(())
    }

    fn take_fields(&mut self, this: &Value, class: &Rc<ClassValue>, args: Args, span: Span) -> Result<()> {
        let Value::Instance(instance) = this else { return Ok(()) };
        let mut positional = args.positional.into_iter();
        for (name, default, scope) in all_fields(class, 0) {
            let given = positional.next().or_else(|| args.named.iter().find(|(given, _)| *given == name).map(|(_, value)| value.clone()));
            let value = match (given, default) {
                (Some(value), _) => value,
                (None, Some(default)) => {
                    let value = self.eval(&default, &scope)?;
                    self.field_default(value, span)?
                }
                (None, None) => continue,
            };
            instance.fields.borrow_mut().insert(name, value);
        }
        for (name, value) in &args.named {
            instance.fields.borrow_mut().entry(name.clone()).or_insert_with(|| value.clone());
        }
        if let Some(after) = self.lookup(class, "__post_init__") {
            self.call_method(this, &after, Args::default(), span)?;
        }
        Ok(())
    }

    /// `field(default_factory=list)` gives a new value each time.
    fn field_default(&mut self, value: Value, span: Span) -> Result<Value> {
        let Value::Native(field) = &value else { return Ok(value) };
        if field.name != "field" {
            return Ok(value);
        }
        let Value::Dict(options) = &field.this else { return Ok(Value::Null) };
        let (default, factory) = (options.borrow().get("default").cloned(), options.borrow().get("default_factory").cloned());
        match (default, factory) {
            (Some(default), _) => Ok(default),
            (None, Some(factory)) => self.call(&factory, Args::default(), span, Language::Python),
            (None, None) => Ok(Value::Null),
        }
    }

    /// A member of a class or of its bases.
    pub fn lookup(&self, class: &Rc<ClassValue>, name: &str) -> Option<Value> {
        find(class, &|class| class.members.borrow().get(name).cloned(), 0)
    }

    pub fn lookup_setter(&self, class: &Rc<ClassValue>, name: &str) -> Option<Value> {
        find(class, &|class| class.setters.borrow().get(name).cloned(), 0)
    }

    pub fn instance_member(&mut self, of: &Value, name: &str, span: Span) -> Result<Value> {
        let Value::Instance(instance) = of else { return Ok(Value::Null) };
        if let Some(value) = instance.fields.borrow().get(name) {
            return Ok(value.clone());
        }
        let class = &instance.class;
        // Not the constructor's own code.
        if name == "constructor" && class.language == Language::JavaScript {
            return Ok(Value::Class(class.clone()));
        }
        if let Some(Value::Function(getter)) = find(class, &|class| class.getters.borrow().get(name).cloned(), 0) {
            return self.call_closure(&getter, Some(of.clone()), Args::default(), span);
        }
        let owner = find(class, &|class| class.members.borrow().contains_key(name).then(|| class.clone()), 0);
        if let Some(owner) = owner {
            let member = owner.members.borrow().get(name).cloned().unwrap_or(Value::Null);
            let Value::Function(closure) = &member else { return Ok(member) };
            if owner.statics.borrow().iter().any(|it| it == name) {
                return Ok(member.clone());
            }
            let this = if owner.class_methods.borrow().iter().any(|it| it == name) { Value::Class(class.clone()) } else { of.clone() };
            return Ok(Value::Method(Rc::new((this, closure.clone()))));
        }
        match name {
            "__class__" | "constructor" => return Ok(Value::Class(class.clone())),
            "__dict__" => return Ok(Value::dict(instance.fields.borrow().clone())),
            "register_outputs" | "registerOutputs" | "_asdict" | "model_dump" | "dict" | "_replace" | "getData" | "message" => {
                return Ok(native(of, name));
            }
            _ => {}
        }
        if let Some(id) = instance.resource.get() {
            let custom = self.resources.get(id as usize).is_some_and(|resource| resource.kind != super::Kind::Component);
            if custom || matches!(name, "urn" | "id") {
                return Ok(Value::attribute(id, name));
            }
            if name.starts_with("get_provider") || name == "getProvider" {
                return Ok(native(of, name));
            }
        }
        if let Some(inner) = &*instance.inner.borrow() {
            if class.is_enum {
                return Ok(native(inner, name));
            }
            if let Value::Native(config) = inner
                && config.name == "Config"
            {
                return Ok(sdk::native_member(config, name));
            }
        }
        if class.language == Language::JavaScript {
            return Ok(Value::Undefined);
        }
        if let Some(found) = self.special(of, "__getattr__", vec![Value::text(name)], span)? {
            return Ok(found);
        }
        // A base without source may have anything.
        if has_foreign_base(class, 0) {
            return Ok(native(of, name));
        }
        Ok(Value::unsupported(name, value::Deps::default()))
    }

    pub fn class_member(&mut self, class: &Rc<ClassValue>, name: &str, span: Span) -> Result<Value> {
        if let Some(member) = self.lookup(class, name) {
            let bound = find(class, &|class| class.class_methods.borrow().iter().any(|it| it == name).then_some(()), 0).is_some();
            return Ok(match &member {
                Value::Function(closure) if bound => Value::Method(Rc::new((Value::Class(class.clone()), closure.clone()))),
                Value::Function(closure) if class.language == Language::JavaScript => {
                    Value::Method(Rc::new((Value::Class(class.clone()), closure.clone())))
                }
                _ => member,
            });
        }
        Ok(match name {
            "__name__" | "name" => Value::Text(class.name.clone()),
            "__init__" => native(&Value::Class(class.clone()), "__init__"),
            "__members__" => Value::dict(class.members.borrow().clone()),
            "model_validate" | "parse_obj" | "from_dict" if class.record => native(&Value::Class(class.clone()), name),
            "get" if class.bases.iter().any(|base| matches!(base, Value::Library(_))) => native(&Value::Class(class.clone()), "get"),
            _ if class.language == Language::JavaScript => Value::Undefined,
            _ => self.no_member(&class.name.clone(), name, span),
        })
    }

    pub fn super_member(&mut self, inner: &(Value, Rc<ClassValue>), name: &str, span: Span) -> Result<Value> {
        for base in &inner.1.bases {
            if let Value::Class(base) = base {
                if let Some(Value::Function(closure)) = self.lookup(base, name) {
                    return Ok(Value::Method(Rc::new((inner.0.clone(), closure))));
                }
                if name == "__init__" {
                    return Ok(native(&Value::Super(Rc::new((inner.0.clone(), inner.1.clone()))), name));
                }
            }
        }
        if matches!(name, "__init__" | "register_outputs" | "registerOutputs") {
            return Ok(native(&Value::Super(Rc::new((inner.0.clone(), inner.1.clone()))), name));
        }
        self.instance_member(&inner.0, name, span)
    }

    /// Whether a value is of a class; `None` when that is not known.
    pub fn is_instance(&self, value: &Value, class: &Value) -> Option<bool> {
        match (value, class) {
            (value, Value::Tuple(classes)) => {
                let all: Vec<Option<bool>> = classes.iter().map(|class| self.is_instance(value, class)).collect();
                if all.contains(&Some(true)) { Some(true) } else { all.iter().all(Option::is_some).then_some(false) }
            }
            (Value::Instance(instance), Value::Class(class)) => {
                Some(find(&instance.class, &|it| Rc::ptr_eq(it, class).then_some(()), 0).is_some())
            }
            (Value::Symbol(_), _) => None,
            (Value::Native(native), _) if super::errors::kind(native).is_some() => self.catches(value, class),
            (Value::Instance(instance), Value::Library(path)) if path.starts_with("builtins.") && instance.inner.borrow().is_some() => {
                self.catches(value, class)
            }
            (value, Value::Library(name)) => sdk::is_of(self, value, name),
            (_, Value::Class(_)) => Some(false),
            _ => None,
        }
    }
}

fn has_foreign_base(class: &Rc<ClassValue>, height: u32) -> bool {
    height < HIGHEST
        && class.bases.iter().any(|base| match base {
            Value::Class(base) => has_foreign_base(base, height + 1),
            Value::Library(path) => !path.starts_with("pulumi.") && !path.starts_with("builtins."),
            Value::Symbol(_) => true,
            _ => false,
        })
}

fn find<T>(class: &Rc<ClassValue>, wanted: &dyn Fn(&Rc<ClassValue>) -> Option<T>, height: u32) -> Option<T> {
    if height > HIGHEST {
        return None;
    }
    wanted(class).or_else(|| {
        class.bases.iter().find_map(|base| match base {
            Value::Class(base) => find(base, wanted, height + 1),
            _ => None,
        })
    })
}

/// Fields of a record with those of its bases first, each with the scope of its default.
fn all_fields(class: &Rc<ClassValue>, height: u32) -> Vec<(EcoString, Option<Expr>, Rc<Scope>)> {
    let mut all = Vec::new();
    if height > HIGHEST {
        return all;
    }
    for base in &class.bases {
        if let Value::Class(base) = base {
            all.extend(all_fields(base, height + 1));
        }
    }
    for field in &class.fields {
        all.retain(|(name, _, _)| *name != field.name);
        all.push((field.name.clone(), field.default.clone(), class.scope.clone()));
    }
    all
}
