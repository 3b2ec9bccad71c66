//! Calls: what is called decides which table or which function of the program runs.

use std::cell::RefCell;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::statement::Flow;
use super::value::{self, Closure, Dict, Scope, ScopeKind, SymbolKind, Value, deps_of, shallow_deps};
use super::{Args, Interpreter, Result, sdk};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::program::ast::{self, Arg, Call, Expr, Function, Language, Param, ParamKind, Pattern};
use crate::model::{Unknown, UnknownKind};
use crate::source::Span;

impl<'a> Interpreter<'a> {
    pub fn closure(&mut self, function: &Arc<Function>, scope: &Rc<Scope>) -> Result<Value> {
        // Python evaluates defaults once, where the function is defined.
        let mut defaults = Vec::new();
        if Interpreter::is_python(scope) {
            for param in &function.params {
                defaults.push(param.default.as_ref().map(|default| self.eval(default, scope)).transpose()?);
            }
        }
        self.circles.scope(scope);
        let this = if function.arrow { scope.get("this") } else { None };
        Ok(Value::Function(Rc::new(Closure {
            function: function.clone(),
            scope: scope.clone(),
            this,
            class: RefCell::default(),
            defaults,
        })))
    }

    pub fn call_expr(&mut self, call: &Call, span: Span, scope: &Rc<Scope>) -> Result<Value> {
        let callee = self.eval(&call.callee, scope)?;
        if call.optional && callee.is_nothing() {
            return Ok(Value::Undefined);
        }
        // Python's `super()` is what JavaScript's `super` is.
        if Interpreter::is_python(scope) && matches!(callee, Value::Super(_)) {
            return Ok(callee);
        }
        let args = self.args(&call.args, scope)?;
        self.call(&callee, args, span, scope.unit.language)
    }

    pub fn args(&mut self, written: &[Arg], scope: &Rc<Scope>) -> Result<Args> {
        let mut args = Args::default();
        for arg in written {
            match arg {
                Arg::Positional(value) => args.positional.push(self.eval(value, scope)?),
                Arg::Named(name, value) => {
                    let span = value.span;
                    let value = self.eval(value, scope)?;
                    args.named.push((name.clone(), value));
                    args.spans.push(span);
                }
                Arg::Spread(value) => {
                    let value = self.eval(value, scope)?;
                    match self.items(&value) {
                        Some(mut items) => args.positional.append(&mut items),
                        None => {
                            args.open = true;
                            let element = self.element_of(&value);
                            args.positional.push(element);
                        }
                    }
                }
                Arg::SpreadNamed(value) => {
                    let span = value.span;
                    let value = self.eval(value, scope)?;
                    let mut dict = Dict::default();
                    self.spread_into(&mut dict, &value);
                    for (name, value) in dict {
                        if name.starts_with('\0') {
                            args.open = true;
                        } else {
                            args.named.push((name, value));
                            args.spans.push(span);
                        }
                    }
                }
            }
        }
        Ok(args)
    }

    pub fn call(&mut self, callee: &Value, args: Args, span: Span, language: Language) -> Result<Value> {
        match callee {
            Value::Function(closure) => self.call_closure(closure, closure.this.clone(), args, span),
            Value::Method(method) => self.call_closure(&method.1.clone(), Some(method.0.clone()), args, span),
            Value::Class(class) => self.instantiate(&class.clone(), args, span),
            Value::Library(path) => sdk::call(self, &path.clone(), args, span, language),
            Value::Native(native) => {
                let native = native.clone();
                sdk::call_native(self, &native, args, span, language)
            }
            Value::Instance(instance) => match self.lookup(&instance.class.clone(), "__call__") {
                Some(method) => self.call_method(callee, &method, args, span),
                None => Ok(Value::unsupported("a call of an object", args.deps())),
            },
            Value::Super(inner) => {
                let (this, class) = (inner.0.clone(), inner.1.clone());
                self.construct_base(&this, &class, args, span)
            }
            Value::Symbol(symbol) => match &symbol.kind {
                SymbolKind::Either(parts) => {
                    let parts = parts.clone();
                    let mut results = Vec::new();
                    for part in parts.iter().filter(|part| !part.is_nothing()) {
                        self.conditions.push(span);
                        let result = self.call(part, args.clone(), span, language);
                        self.conditions.pop();
                        results.push(result?);
                    }
                    Ok(Value::either(results))
                }
                SymbolKind::Unknown(unknown) => {
                    let deps = args.deps().with(&symbol.deps);
                    let unknown = unknown.clone();
                    self.call_back(&args, span)?;
                    Ok(Value::unknown_of(unknown, deps))
                }
                _ => Ok(Value::unsupported("a call of what is not known", args.deps().with(&symbol.deps))),
            },
            Value::Output(output) => {
                self.refuses(callee, "call", span)?;
                let inner = self.call(&output.inner.clone(), args, span, language)?;
                Ok(Value::output(inner, output.deps.clone(), output.secret))
            }
            other => Ok(Value::unsupported("a call of what is no function", args.deps().with(&shallow_deps(other)))),
        }
    }

    /// An unknown function may call the functions it is given: they run once, with what is not known.
    pub fn call_back(&mut self, args: &Args, span: Span) -> Result<()> {
        for value in args.positional.iter().chain(args.named.iter().map(|(_, value)| value)) {
            if let Value::Function(closure) = value {
                let count = closure.function.params.len();
                let unknown = Value::unsupported("what an unknown function hands over", value::Deps::default());
                self.conditions.push(span);
                let done = self.call_closure(closure, closure.this.clone(), Args::of(vec![unknown; count]), span);
                self.conditions.pop();
                if let Err(stop @ (super::Stop::Limit | super::Stop::Enough)) = done {
                    return Err(stop);
                }
            }
        }
        Ok(())
    }

    pub fn call_method(&mut self, this: &Value, method: &Value, args: Args, span: Span) -> Result<Value> {
        match method {
            Value::Function(closure) => self.call_closure(&closure.clone(), Some(this.clone()), args, span),
            other => self.call(other, args, span, Language::Python),
        }
    }

    pub fn call_closure(&mut self, closure: &Rc<Closure>, this: Option<Value>, args: Args, span: Span) -> Result<Value> {
        const MOST_CALLS: usize = 60;
        if self.chain.len() >= MOST_CALLS {
            self.note("too-deep", span, "the program calls itself deeper here than is read");
            return Ok(Value::unknown_of(Unknown::new(UnknownKind::Limit, "calls nested too deep"), args.deps()));
        }
        let function = closure.function.clone();
        let remembers = remembers(&function).then(|| memory_key(closure, this.as_ref(), &args)).flatten();
        if let Some(known) = remembers.as_ref().and_then(|key| self.remembered.get(key)) {
            return Ok(known.clone());
        }
        let scope = Scope::inside(&closure.scope, ScopeKind::Function);
        let language = scope.unit.language;
        let mut args = args;
        if let Some(this) = this {
            if let Some(class) = &*closure.class.borrow() {
                scope.define("super", Value::Super(Rc::new((this.clone(), class.clone()))));
            }
            if language == Language::Python {
                args.positional.insert(0, this);
            } else {
                scope.define("this", this);
            }
        }
        let conditions = self.conditions.len();
        // A function that calls itself under a condition that is not known may do so for ever: two times are shown.
        let own = closure.function.span;
        let before = self.active.iter().filter(|(function, under)| *function == own && *under < conditions).count();
        if before >= 2 {
            self.note("undecided-recursion", span, "how often this function calls itself is not known; it is read twice");
            return Ok(Value::unknown_of(Unknown::new(UnknownKind::Limit, "a function that calls itself"), args.deps()));
        }
        self.active.push((own, conditions));
        self.chain.push(span);
        self.maybe.push(Vec::new());
        let done = self.run_function(&function, closure, args, &scope);
        let maybe = self.maybe.pop().unwrap_or_default();
        self.chain.pop();
        self.active.pop();
        self.conditions.truncate(conditions);
        let value = match done {
            // It may have returned before it came to what it raises.
            Err(super::Stop::Raise(..)) if !maybe.is_empty() => return Ok(Value::either(maybe)),
            done => done?,
        };
        if maybe.is_empty() {
            if let Some(key) = remembers {
                self.remembered.insert(key, value.clone());
            }
            return Ok(value);
        }
        let all = maybe.into_iter().chain([value]).collect();
        Ok(Value::either(all))
    }

    fn run_function(&mut self, function: &Arc<Function>, closure: &Rc<Closure>, args: Args, scope: &Rc<Scope>) -> Result<Value> {
        self.parameters(&function.params, closure, args, scope)?;
        let yielded = Value::list(Vec::new());
        if function.generator {
            scope.define("\0yield", yielded.clone());
        }
        let flow = match self.block(&function.body, scope) {
            Err(super::Stop::Enough) if function.generator => Flow::Next,
            other => other?,
        };
        if function.generator {
            return Ok(yielded);
        }
        Ok(match flow {
            Flow::Return(value) => value,
            _ if scope.unit.language == Language::Python => Value::Null,
            _ => Value::Undefined,
        })
    }

    fn parameters(&mut self, params: &[Param], closure: &Rc<Closure>, args: Args, scope: &Rc<Scope>) -> Result<()> {
        let Args { positional, mut named, open, .. } = args;
        let deps = if open { positional.last().map(deps_of).unwrap_or_default() } else { value::Deps::default() };
        let mut positional = positional.into_iter();
        for (at, param) in params.iter().enumerate() {
            let name = match &param.target {
                Pattern::Name(name, _) => Some(name.clone()),
                _ => None,
            };
            let take = |named: &mut Vec<(EcoString, Value)>| {
                let name = name.as_ref()?;
                let at = named.iter().position(|(given, _)| given == name)?;
                Some(named.remove(at).1)
            };
            let value = match param.kind {
                ParamKind::Rest => {
                    let rest: Vec<Value> = positional.by_ref().collect();
                    Some(if scope.unit.language == Language::Python { Value::Tuple(Rc::new(rest)) } else { Value::list(rest) })
                }
                ParamKind::NamedRest => Some(Value::dict(std::mem::take(&mut named).into_iter().collect())),
                ParamKind::KeywordOnly => take(&mut named),
                ParamKind::Ordinary => positional.next().or_else(|| take(&mut named)),
            };
            let value = match value {
                Some(Value::Undefined) | None => match (closure.defaults.get(at), &param.default) {
                    (Some(Some(default)), _) => default.clone(),
                    (_, Some(default)) => self.eval(default, scope)?,
                    _ if open => Value::unsupported("an argument that is not known", deps.clone()),
                    _ if scope.unit.language == Language::JavaScript => Value::Undefined,
                    _ => Value::unsupported(eco_format!("the missing argument {}", name.clone().unwrap_or_default()), deps.clone()),
                },
                Some(value) => value,
            };
            if param.field
                && let (Some(Value::Instance(instance)), Some(name)) = (scope.get("this"), &name)
            {
                instance.fields.borrow_mut().insert(name.clone(), value.clone());
            }
            self.bind(&param.target, value, scope, true)?;
        }
        Ok(())
    }

    /// Decorators that change nothing that matters here are passed through; those of the program run.
    pub fn decorated(&mut self, value: Value, decorators: &[Expr], scope: &Rc<Scope>) -> Result<Value> {
        let mut value = value;
        for decorator in decorators.iter().rev() {
            if is_passed_through(decorator) {
                continue;
            }
            let function = self.eval(decorator, scope)?;
            if matches!(function, Value::Function(_)) {
                value = self.call(&function, Args::of(vec![value]), decorator.span, scope.unit.language)?;
            }
        }
        Ok(value)
    }
}

/// Whether a function is run once for the same arguments.
fn remembers(function: &Function) -> bool {
    function.decorators.iter().any(|it| matches!(decorator_name(it).as_str(), "lru_cache" | "cache" | "cached_property"))
}

/// The function and its arguments as one text; `None` when an argument is not known.
fn memory_key(closure: &Closure, this: Option<&Value>, args: &Args) -> Option<(Span, EcoString)> {
    let mut key = EcoString::new();
    for value in this.into_iter().chain(&args.positional) {
        key.push_str(&value::key_of(value)?);
        key.push('\u{2}');
    }
    for (name, value) in &args.named {
        key.push_str(&eco_format!("{name}={}\u{2}", value::key_of(value)?));
    }
    Some((closure.function.span, key))
}

fn is_passed_through(decorator: &Expr) -> bool {
    let name = decorator_name(decorator);
    matches!(
        name.as_str(),
        "property" | "staticmethod" | "classmethod" | "dataclass" | "abstractmethod" | "setter" | "cached_property" | "lru_cache" | "cache"
    )
}

/// The last name of a decorator: `functools.wraps(f)` is `wraps`.
pub fn decorator_name(decorator: &Expr) -> EcoString {
    match &decorator.kind {
        ast::ExprKind::Name(name) => name.clone(),
        ast::ExprKind::Member { name, .. } => name.clone(),
        ast::ExprKind::Call(call) => decorator_name(&call.callee),
        _ => EcoString::new(),
    }
}
