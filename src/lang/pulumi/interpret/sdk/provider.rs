//! Classes and functions of providers: a class registers a resource, a function is a data call.

use ecow::EcoString;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{data, enums, token};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::registry::{Input, Kind, MARK};
use crate::lang::pulumi::interpret::value::{Deps, Dict, Instance, ResourceId, Symbol, SymbolKind, Value, deps_of};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result};
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

pub type Inputs = IndexMap<EcoString, Input, FxBuildHasher>;

/// Whether the path is that of a resource class.
pub fn is_class(path: &str) -> bool {
    path.starts_with("pulumi_") && is_upper(last(path)) && !is_arguments(path) && !enums::is_enum(path)
}

pub fn call(interpreter: &mut Interpreter<'_>, path: &EcoString, args: Args, span: Span, language: Language) -> Result<Value> {
    if language == Language::JavaScript {
        match path.as_str() {
            "pulumi_aws.lambda.CallbackFunction" => {
                return crate::lang::pulumi::interpret::javascript::callback_function(interpreter, &args, span).map(Value::Resource);
            }
            "pulumi_aws.cloudwatch.onSchedule" => return crate::lang::pulumi::interpret::javascript::schedule(interpreter, &args, span),
            _ => {}
        }
    }
    let name = last(path);
    let owner = path.rsplit('.').nth(1).unwrap_or_default();
    if is_upper(name) {
        if is_arguments(path) {
            return Ok(arguments(args));
        }
        if enums::is_enum(path) {
            return Ok(args.first().cloned().unwrap_or(Value::Null));
        }
        return register(interpreter, path, args, span, language).map(Value::Resource);
    }
    if is_upper(owner) && name == "get" {
        let class = path.strip_suffix(".get").unwrap_or(path);
        return read(interpreter, class, args, span).map(Value::Resource);
    }
    if is_upper(owner) && name == "isInstance" {
        return Ok(Value::unsupported(path.clone(), args.deps()));
    }
    // What a call is made with besides its arguments, such as a provider, is no part of its result.
    let mut args = args;
    let mut waits = Deps::default();
    let mut waited = |options: &Value| {
        if let Value::Dict(dict) = options {
            let dict = dict.borrow();
            dict.get("dependsOn").or_else(|| dict.get("depends_on")).into_iter().for_each(|on| waits.add(&deps_of(on)));
        }
    };
    if language == Language::JavaScript {
        args.positional.drain(1.min(args.positional.len())..).for_each(|options| waited(&options));
    }
    args.positional.iter().filter(|value| is_options(value)).for_each(&mut waited);
    args.named.iter().filter(|(name, _)| name == "opts").for_each(|(_, options)| waited(options));
    args.positional.retain(|value| !is_options(value));
    args.named.retain(|(name, _)| name != "opts");
    let deps = args.deps().with(&waits);
    let call = token::of_function(path);
    if let Some(known) = data::known(interpreter, &call, &args) {
        let output = name.ends_with("_output") || name.ends_with("Output");
        return Ok(if output { Value::output(known, deps, false) } else { known });
    }
    let symbol = Symbol { kind: SymbolKind::Data { call, path: EcoString::new() }, deps: deps.clone() };
    let value = Value::Symbol(Rc::new(symbol));
    let output = name.ends_with("_output") || name.ends_with("Output");
    Ok(if output { Value::output(value, deps, false) } else { value })
}

/// Registers a resource of a provider's class.
pub fn register(interpreter: &mut Interpreter<'_>, path: &str, args: Args, span: Span, language: Language) -> Result<ResourceId> {
    let class = token::of_class(path);
    let name = args.get(0, "resource_name").cloned().unwrap_or(Value::Null);
    let name = interpreter.as_text(&name, language);
    let mut inputs = Inputs::default();
    let mut options: Option<Value> = args.named("opts").cloned();
    for (at, value) in args.positional.iter().enumerate().skip(1) {
        if is_options(value) || (language == Language::JavaScript && at == 2) {
            options = Some(value.clone());
        } else {
            take(&mut inputs, value, span, language);
        }
    }
    for (at, (name, value)) in args.named.iter().enumerate() {
        let span = args.spans.get(at).copied().unwrap_or(span);
        match name.as_str() {
            "opts" | "resource_name" | "__props__" => {}
            "args" => take(&mut inputs, value, span, language),
            _ => put(&mut inputs, name, value.clone(), span, language),
        }
    }
    let token = own_kind(&inputs, &class.token).unwrap_or(class.token);
    interpreter.register(class.kind, token, name, inputs, options.as_ref(), span)
}

/// A custom resource of Kubernetes is of the type that its arguments name.
fn own_kind(inputs: &Inputs, token: &str) -> Option<EcoString> {
    let end = token.strip_prefix("kubernetes:apiextensions:CustomResource")?;
    let text = |name: &str| inputs.get(name).and_then(|input| input.value.as_text().cloned());
    Some(ecow::eco_format!("kubernetes:{}:{}{end}", text("apiVersion")?, text("kind")?))
}

fn read(interpreter: &mut Interpreter<'_>, path: &str, args: Args, span: Span) -> Result<ResourceId> {
    let class = token::of_class(path);
    let name = args.get(0, "resource_name").cloned().unwrap_or(Value::Null);
    let mut inputs = Inputs::default();
    if let Some(id) = args.get(1, "id") {
        inputs.insert("id".into(), Input { value: id.clone(), span });
    }
    let options = args.named("opts").cloned().or_else(|| args.positional.iter().find(|value| is_options(value)).cloned());
    interpreter.register(Kind::Read, class.token, name, inputs, options.as_ref(), span)
}

/// Inputs out of an arguments object or a dict.
pub fn take(inputs: &mut Inputs, value: &Value, span: Span, language: Language) {
    match value {
        Value::Dict(dict) => {
            for (name, value) in dict.borrow().iter().filter(|(name, _)| !name.starts_with('\0')) {
                put(inputs, name, value.clone(), span, language);
            }
        }
        Value::Instance(instance) => take_fields(inputs, instance, span, language),
        Value::Output(output) => take(inputs, &output.inner, span, language),
        Value::Symbol(symbol) => {
            if let SymbolKind::Either(parts) = &symbol.kind {
                parts.iter().for_each(|part| take(inputs, part, span, language));
            }
        }
        _ => {}
    }
}

fn take_fields(inputs: &mut Inputs, instance: &Rc<Instance>, span: Span, language: Language) {
    for (name, value) in instance.fields.borrow().iter() {
        put(inputs, name, value.clone(), span, language);
    }
}

fn put(inputs: &mut Inputs, name: &str, value: Value, span: Span, language: Language) {
    if value.is_nothing() {
        return;
    }
    let name = if language == Language::Python { token::camel(name) } else { name.into() };
    inputs.insert(name, Input { value, span });
}

/// An `…Args` object: its fields by name.
fn arguments(args: Args) -> Value {
    let mut dict = Dict::default();
    dict.insert(MARK.into(), Value::text("arguments"));
    for value in &args.positional {
        if let Value::Dict(more) = value {
            dict.extend(more.borrow().iter().map(|(name, value)| (name.clone(), value.clone())));
        }
    }
    dict.extend(args.named.into_iter().filter(|(_, value)| !value.is_nothing()));
    Value::dict(dict)
}

pub fn is_options(value: &Value) -> bool {
    match value {
        Value::Dict(dict) => matches!(dict.borrow().get(MARK), Some(Value::Text(kind)) if kind == "options"),
        _ => false,
    }
}

fn is_arguments(path: &str) -> bool {
    let name = last(path);
    name.ends_with("Args") || name.ends_with("ArgsDict") || path.contains(".inputs.") || path.contains(".types.input")
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn is_upper(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}
