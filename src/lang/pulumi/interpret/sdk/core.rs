//! Pulumi itself: configuration, outputs, options, assets, components, stacks.

use ecow::{EcoString, eco_format};

use super::provider::{Inputs, is_options, take};
use super::token::snake;
use crate::lang::pulumi::interpret::access::native;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::registry::{Input, Kind, MARK};
use crate::lang::pulumi::interpret::value::{Deps, Dict, ResourceId, Symbol, SymbolKind, Value, deps_of, is_large};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result, python};
use crate::lang::pulumi::program::ast::Language;
use crate::model::UnknownKind;
use crate::source::Span;

pub fn call(interpreter: &mut Interpreter<'_>, path: &str, args: Args, span: Span, language: Language) -> Result<Value> {
    let nothing = if language == Language::Python { Value::Null } else { Value::Undefined };
    let path = snake(path);
    Ok(match path.as_str() {
        "config" => {
            let name = args.get(0, "name").filter(|name| !name.is_nothing()).cloned();
            native(&name.unwrap_or_else(|| Value::Text(interpreter.given.project.clone())), "Config")
        }
        "get_stack" => stack(interpreter),
        "get_project" => Value::Text(interpreter.given.project.clone()),
        "get_organization" => Value::unknown(UnknownKind::NoValue, "the organization"),
        "export" => {
            if let (Some(Value::Text(name)), Some(value)) = (args.get(0, "name"), args.get(1, "value")) {
                interpreter.exports.push((name.clone(), value.clone(), span));
            }
            nothing
        }
        "resource_options" | "invoke_options" | "invoke_output_options" | "component_resource_options" | "custom_resource_options" => {
            made("options", args)
        }
        "resource_options.merge" | "merge_options" => merged(interpreter, &args.positional),
        "alias" | "custom_timeouts" => made("arguments", args),
        "file_asset" | "asset.file_asset" => asset("file", &args),
        "file_archive" | "asset.file_archive" => asset("archive", &args),
        "string_asset" | "asset.string_asset" => asset("text", &args),
        "remote_asset" | "remote_archive" | "asset.remote_asset" | "asset.remote_archive" => asset("remote", &args),
        "asset_archive" | "asset.asset_archive" => asset("assets", &args),
        "output.all" | "all" => all(interpreter, &args, span, language),
        "output.concat" | "concat" => {
            as_output(Value::template(args.positional.iter().map(|it| interpreter.as_text(it, language)).collect()))
        }
        "output.format" => {
            let format = args.first().cloned().unwrap_or(Value::Null);
            let rest = Args { positional: args.positional.iter().skip(1).cloned().collect(), ..args.clone() };
            let text = python::method(interpreter, &format, "\0format", &rest, span)?;
            as_output(text.unwrap_or_else(|| Value::unsupported("a format", args.deps())))
        }
        "interpolate" => as_output(Value::template(args.positional.clone())),
        "output.secret" | "secret" => {
            let value = args.first().cloned().unwrap_or(Value::Null);
            Value::output(value.bare(), deps_of(&value), true)
        }
        "output.unsecret" | "unsecret" => as_output(args.first().cloned().unwrap_or(Value::Null)),
        "output.from_input" | "output" | "output.create" => as_output(args.first().cloned().unwrap_or(Value::Null)),
        "output.json_dumps" | "json_stringify" => {
            let value = args.first().cloned().unwrap_or(Value::Null);
            let text = python::json::text(interpreter, &value, &args);
            as_output(text).with_deps(&deps_of(&value))
        }
        "output.json_loads" | "json_parse" => {
            let value = args.first().cloned().unwrap_or(Value::Null);
            Value::output(python::json::parsed(&value.bare()), deps_of(&value), false)
        }
        "output.is_instance" | "is_output" => Value::Bool(matches!(args.first(), Some(Value::Output(_)))),
        "stack_reference" => {
            let name = args.get(0, "name").cloned().unwrap_or(Value::Null);
            let mut inputs = Inputs::default();
            let target = args.named("stack_name").cloned().or_else(|| match args.positional.get(1) {
                Some(Value::Dict(dict)) if language == Language::JavaScript => dict.borrow().get("name").cloned(),
                Some(other) if !is_options(other) => Some(other.clone()),
                _ => None,
            });
            inputs.insert("name".into(), Input { value: target.filter(|it| !it.is_nothing()).unwrap_or_else(|| name.clone()), span });
            let options = options(&args, 2, language);
            Value::Resource(interpreter.register(
                Kind::Read,
                "pulumi:pulumi:StackReference".into(),
                name,
                inputs,
                options.as_ref(),
                span,
            )?)
        }
        "component_resource" | "custom_resource" | "dynamic.resource" | "provider_resource" => {
            Value::Resource(construct(interpreter, &path, "", args, span, language)?)
        }
        "require_pulumi_version" | "set_mocks" => nothing,
        // It is read for what an update would make.
        "runtime.has_engine" => Value::Bool(true),
        "runtime.is_dry_run" | "is_dry_run" => Value::Bool(false),
        "runtime.invoke" | "runtime.invoke_async" => {
            let call = args.first().map(crate::lang::pulumi::interpret::text::shown).unwrap_or_default();
            Value::Symbol(Rc::new(Symbol { kind: SymbolKind::Data { call, path: EcoString::new() }, deps: args.deps() }))
        }
        "runtime.get_config" => {
            let key = args.first().and_then(Value::as_text).cloned().unwrap_or_default();
            setting(interpreter, &key, "get", &nothing, span)
        }
        // A program that another drives: what it is given to run is the program.
        path if path.starts_with("automation.") => {
            let given = args.positional.iter().chain(args.named.iter().map(|(_, value)| value));
            let programs: Vec<Value> = given
                .filter_map(|value| match value {
                    Value::Function(_) | Value::Method(_) => Some(value.clone()),
                    Value::Dict(dict) => dict.borrow().get("program").cloned(),
                    _ => None,
                })
                .collect();
            for program in &programs {
                interpreter.call(program, Args::default(), span, language)?;
            }
            Value::unsupported(eco_format!("pulumi.{path}"), Deps::default())
        }
        path if path.starts_with("log.") || matches!(path, "info" | "warn" | "error" | "debug") => nothing,
        _ => {
            interpreter.call_back(&args, span)?;
            Value::unsupported(eco_format!("pulumi.{path}"), args.deps())
        }
    })
}

/// The constructor of a component or of a dynamic resource.
pub fn construct(
    interpreter: &mut Interpreter<'_>,
    path: &str,
    class: &str,
    args: Args,
    span: Span,
    language: Language,
) -> Result<ResourceId> {
    let path = snake(path);
    let mut inputs = Inputs::default();
    if path == "dynamic.resource" {
        let name = args.get(1, "name").cloned().unwrap_or(Value::Null);
        if let Some(props) = args.get(2, "props").or_else(|| args.named("args")) {
            take(&mut inputs, props, span, Language::JavaScript);
        }
        let language_name = if language == Language::Python { "python" } else { "nodejs" };
        let token = eco_format!("pulumi-{language_name}:dynamic:Resource");
        let options = options(&args, 3, language);
        let _ = class;
        return interpreter.register(Kind::Custom, token, name, inputs, options.as_ref(), span);
    }
    let token = match args.get(0, "t") {
        Some(Value::Text(token)) => token.clone(),
        _ => eco_format!("…:{class}"),
    };
    let name = args.get(1, "name").cloned().unwrap_or(Value::Null);
    let name = interpreter.as_text(&name, language);
    let token = if path == "provider_resource" { eco_format!("pulumi:providers:{token}") } else { token };
    let kind = match path.as_str() {
        "component_resource" | "resource" => Kind::Component,
        "provider_resource" => Kind::Provider,
        _ => Kind::Custom,
    };
    let remote = matches!(args.get(4, "remote"), Some(Value::Bool(true)));
    let kind = if remote { Kind::Remote } else { kind };
    if let Some(props) = args.get(2, "props") {
        if is_options(props) {
            return interpreter.register(kind, token, name, inputs, Some(&props.clone()), span);
        }
        // A component's inputs are told to the engine only when it is built elsewhere, in JavaScript always.
        take(&mut inputs, props, span, Language::JavaScript);
    }
    let options = options(&args, 3, language);
    interpreter.register(kind, token, name, inputs, options.as_ref(), span)
}

fn options(args: &Args, at: usize, language: Language) -> Option<Value> {
    args.named("opts")
        .cloned()
        .or_else(|| args.positional.iter().skip(1).find(|value| is_options(value)).cloned())
        .or_else(|| args.positional.get(at).filter(|value| language == Language::JavaScript && matches!(value, Value::Dict(_))).cloned())
}

/// Options of which later ones win; what is a list is joined.
fn merged(interpreter: &mut Interpreter<'_>, parts: &[Value]) -> Value {
    let mut merged = Dict::default();
    for part in parts {
        if let Value::Dict(part) = part {
            for (name, value) in part.borrow().iter().filter(|(_, value)| !value.is_nothing()) {
                let value = match (name.as_str(), merged.get(name)) {
                    ("depends_on" | "dependsOn" | "aliases" | "ignore_changes", Some(before)) => {
                        let mut all = interpreter.items_or_unknown(before);
                        all.append(&mut interpreter.items_or_unknown(value));
                        Value::list(all)
                    }
                    _ => value.clone(),
                };
                merged.insert(name.clone(), value);
            }
        }
    }
    merged.insert(MARK.into(), Value::text("options"));
    Value::dict(merged)
}

fn stack(interpreter: &Interpreter<'_>) -> Value {
    match &interpreter.given.stack {
        Some(stack) => Value::Text(stack.clone()),
        None => Value::unknown(UnknownKind::NoValue, "the stack's name"),
    }
}

fn made(kind: &str, args: Args) -> Value {
    let mut dict = Dict::default();
    dict.insert(MARK.into(), Value::text(kind));
    dict.extend(args.named);
    Value::dict(dict)
}

fn asset(kind: &str, args: &Args) -> Value {
    let mut dict = Dict::default();
    dict.insert(MARK.into(), Value::text("asset"));
    let source = args.positional.first().or_else(|| args.named.first().map(|(_, value)| value)).cloned().unwrap_or(Value::Null);
    let source = match &source {
        Value::Native(path) if path.name == "Path" => path.this.clone(),
        _ => source,
    };
    dict.insert(kind.into(), source);
    Value::dict(dict)
}

pub fn as_output(value: Value) -> Value {
    let deps = deps_of(&value);
    Value::output(value, deps, false)
}

impl Value {
    fn with_deps(self, deps: &Deps) -> Value {
        match self {
            Value::Output(output) => Value::output(output.inner.clone(), output.deps.clone().with(deps), output.secret),
            other => other,
        }
    }
}

/// `Output.all(a, b)` is a list, `Output.all(a=a)` and `all({ a })` are objects; what is inside is handed over bare.
fn all(interpreter: &mut Interpreter<'_>, args: &Args, span: Span, language: Language) -> Value {
    let mut deps = Deps::default();
    args.positional.iter().chain(args.named.iter().map(|(_, value)| value)).for_each(|value| deps.add(&flowing(value, 0, language)));
    let is_secret = |value: &Value| matches!(value, Value::Output(output) if output.secret);
    if !args.named.is_empty() {
        let secret = args.named.iter().any(|(_, value)| is_secret(value));
        let dict = args.named.iter().map(|(name, value)| (name.clone(), value.bare())).collect();
        return Value::output(Value::dict(dict), deps, secret);
    }
    let of_one = |value: &Value| matches!(value, Value::List(_) | Value::Tuple(_) | Value::Dict(_));
    if language == Language::JavaScript
        && let [one] = args.positional.as_slice()
        && of_one(one)
    {
        return Value::output(unwrapped(one, 0), deps, false);
    }
    if let [Value::List(items)] = args.positional.as_slice()
        && language == Language::Python
    {
        // One list is one output whose value is the list.
        let inner = unwrapped(&Value::List(items.clone()), 0);
        return Value::output(Value::list(vec![inner]), deps, false);
    }
    let _ = (interpreter, span);
    let secret = args.positional.iter().any(is_secret);
    Value::output(Value::list(args.positional.iter().map(|value| unwrapped(value, 0)).collect()), deps, secret)
}

/// What a value hangs on that is made one output: a resource in it is no output.
fn flowing(value: &Value, depth: u32, language: Language) -> Deps {
    const DEEPEST: u32 = 12;
    let mut deps = Deps::default();
    match value {
        Value::Resource(_) => {}
        Value::Instance(instance) if instance.resource.get().is_some() => {}
        // Nor does Python look into objects of the program.
        Value::Instance(instance) if language == Language::Python && instance.inner.borrow().is_none() => {}
        Value::List(items) if depth < DEEPEST => items.borrow().iter().for_each(|item| deps.add(&flowing(item, depth + 1, language))),
        Value::Tuple(items) if depth < DEEPEST => items.iter().for_each(|item| deps.add(&flowing(item, depth + 1, language))),
        Value::Dict(dict) if depth < DEEPEST => dict.borrow().values().for_each(|item| deps.add(&flowing(item, depth + 1, language))),
        other => deps = deps_of(other),
    }
    deps
}

/// A value with every output in it replaced by what it holds.
pub fn unwrapped(value: &Value, depth: u32) -> Value {
    const DEEPEST: u32 = 30;
    if depth > DEEPEST || depth == 0 && is_large(value) {
        return value.clone();
    }
    match value {
        Value::Output(output) => unwrapped(&output.inner, depth + 1),
        Value::List(items) => Value::list(items.borrow().iter().map(|item| unwrapped(item, depth + 1)).collect()),
        Value::Dict(dict) => Value::dict(dict.borrow().iter().map(|(name, value)| (name.clone(), unwrapped(value, depth + 1))).collect()),
        other => other.clone(),
    }
}

/// Methods of outputs, configuration, stack references and components.
pub fn method(
    interpreter: &mut Interpreter<'_>,
    this: &Value,
    name: &str,
    args: &Args,
    span: Span,
    language: Language,
) -> Result<Option<Value>> {
    if let Some(method) = name.strip_prefix("Config.") {
        return Ok(Some(configuration(interpreter, this, &snake(method), args, span, language)));
    }
    Ok(Some(match (this, name) {
        (Value::Output(output), "apply") => {
            let function = args.get(0, "func").cloned().unwrap_or(Value::Null);
            let (inner, mut deps, secret) = (unwrapped(&output.inner, 0), output.deps.clone(), output.secret);
            interpreter.applying += 1;
            let result = interpreter.call(&function, Args::of(vec![inner]), span, language);
            interpreter.applying -= 1;
            let result = result?;
            if let Value::Output(result) = &result {
                deps.add(&result.deps);
            }
            deps.add(&deps_of(&result.bare()));
            Value::output(result, deps, secret)
        }
        (Value::Output(output), "get_item") => {
            let key = args.first().cloned().unwrap_or(Value::Null);
            Value::output(interpreter.index(&output.inner.clone(), &key), output.deps.clone(), output.secret)
        }
        (Value::Output(output), _) => {
            // A method of what the output holds.
            let (inner, deps, secret) = (output.inner.clone(), output.deps.clone(), output.secret);
            let called = crate::lang::pulumi::interpret::value::Native { this: inner, name: name.into() };
            let result = super::call_native(interpreter, &Rc::new(called), args.clone(), span, language)?;
            Value::output(result, deps, secret)
        }
        (Value::Dict(_), "merge") if is_options(this) => {
            let parts: Vec<Value> = std::iter::once(this).chain(&args.positional).cloned().collect();
            merged(interpreter, &parts)
        }
        (Value::Super(inner), "__init__") => {
            let (instance, class) = (inner.0.clone(), inner.1.clone());
            interpreter.construct_base(&instance, &class, args.clone(), span)?
        }
        // A model made of what a dict holds.
        (Value::Class(class), "model_validate" | "parse_obj" | "from_dict") => {
            let mut named = Dict::default();
            if let Some(given) = args.first() {
                interpreter.spread_into(&mut named, given);
            }
            let given = Args { spans: vec![span; named.len()], named: named.into_iter().collect(), ..Args::default() };
            interpreter.instantiate(&class.clone(), given, span)?
        }
        // `ComponentResource.__init__(self, …)`.
        (Value::Class(class), "__init__") => {
            let this = args.first().cloned().unwrap_or(Value::Null);
            let rest = Args { positional: args.positional.iter().skip(1).cloned().collect(), ..args.clone() };
            interpreter.construct_base(&this, &class.clone(), rest, span)?
        }
        (_, "register_outputs" | "registerOutputs") => Value::Null,
        (Value::Resource(id), "getOutput" | "get_output" | "requireOutput" | "require_output" | "getOutputValue") => {
            let outputs = interpreter.index(&Value::Resource(*id), &Value::text("outputs"));
            interpreter.index(&outputs, &args.first().cloned().unwrap_or(Value::Null))
        }
        (Value::Instance(_) | Value::Resource(_), "get_provider" | "getProvider") => Value::Undefined,
        (Value::Resource(id), _) => {
            interpreter.call_back(args, span)?;
            Value::output(Value::unsupported(eco_format!("the method {name}"), args.deps()), Deps::one(*id), false)
        }
        _ => return Ok(None),
    }))
}

fn configuration(interpreter: &mut Interpreter<'_>, namespace: &Value, method: &str, args: &Args, span: Span, language: Language) -> Value {
    let nothing = if language == Language::Python { Value::Null } else { Value::Undefined };
    let Some(key) = args.get(0, "key").and_then(Value::as_text) else {
        return Value::unsupported("a configuration key that is not known", args.deps());
    };
    let full = match namespace.as_text() {
        Some(namespace) => eco_format!("{namespace}:{key}"),
        None => key.clone(),
    };
    if method == "full_key" {
        return Value::Text(full);
    }
    let default = args.get(1, "default").filter(|value| !value.is_nothing() && !matches!(value, Value::Dict(_)));
    if !interpreter.given.config.contains_key(&full)
        && let Some(default) = default
    {
        return default.clone();
    }
    setting(interpreter, &full, method, &nothing, span)
}

fn setting(interpreter: &mut Interpreter<'_>, key: &EcoString, method: &str, nothing: &Value, span: Span) -> Value {
    let wants_secret = method.contains("secret");
    let setting = interpreter.given.config.get(key);
    let hidden = wants_secret || setting.is_some_and(|setting| setting.secret);
    let mut missing = || interpreter.without_value(key, hidden, span);
    let value = match setting {
        Some(setting) => match &setting.text {
            Some(text) => {
                let number = || text.trim().parse::<f64>().ok();
                match method {
                    it if it.ends_with("int") => number().map_or_else(&mut missing, |number| Value::Int(number as i64)),
                    it if it.ends_with("float") => number().map_or_else(&mut missing, Value::Float),
                    it if it.ends_with("number") => {
                        number().map_or_else(&mut missing, crate::lang::pulumi::interpret::operate::number_value)
                    }
                    it if it.ends_with("bool") || it.ends_with("boolean") => Value::Bool(text.trim().eq_ignore_ascii_case("true")),
                    it if it.ends_with("object") => python::json::parsed(&Value::Text(text.clone())),
                    _ => Value::Text(text.clone()),
                }
            }
            None => missing(),
        },
        None if method.starts_with("get") => return nothing.clone(),
        None => missing(),
    };
    if wants_secret { Value::output(value, Deps::default(), true) } else { value }
}
