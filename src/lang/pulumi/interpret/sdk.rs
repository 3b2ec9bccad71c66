//! Pulumi's SDK and the providers': what their classes register and what their functions give.

mod core;
mod data;
mod enums;
mod provider;
pub mod token;

use ecow::{EcoString, eco_format};

use super::access::native;
use super::value::{Native, Value, deps_of};
use super::{Args, Interpreter, Result};
use crate::lang::pulumi::program::ast::Language;
use crate::source::Span;

pub use data::{names_region, region};
pub use enums::value as enum_value;

/// `library.name`.
pub fn member(path: &str, name: &str) -> Value {
    let path = eco_format!("{path}.{name}");
    match path.as_str() {
        "os.environ" => native(&Value::Null, "os.environ"),
        "os.sep" => Value::text("/"),
        "sys.argv" | "sys.path" => Value::list(Vec::new()),
        "string.ascii_lowercase" => Value::text("abcdefghijklmnopqrstuvwxyz"),
        "string.digits" => Value::text("0123456789"),
        "string.ascii_uppercase" => Value::text("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "string.ascii_letters" => Value::text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        // Never true when a program runs.
        "typing.TYPE_CHECKING" => Value::Bool(false),
        "math.pi" => Value::Float(std::f64::consts::PI),
        // The SDK's own modules hold what the SDK itself has.
        path if name.starts_with(|first: char| first.is_ascii_uppercase())
            && [
                "pulumi.resource.",
                "pulumi.output.",
                "pulumi.config.",
                "pulumi.asset.",
                "pulumi.stack_reference.",
                "pulumi.resource_options.",
            ]
            .iter()
            .any(|module| path.len() == module.len() + name.len() && path.starts_with(module)) =>
        {
            Value::Library(eco_format!("pulumi.{name}"))
        }
        // Each variable is asked for by its own name.
        path if path.starts_with("pulumi_aws.iam.ManagedPolic") && path.matches('.').count() == 3 => {
            Value::Text(super::javascript::managed_policy(name))
        }
        path if path.starts_with("process.env.") => super::javascript::environment(name),
        _ => match enums::value(&path) {
            Some(known) => Value::Text(known),
            None => Value::Library(path),
        },
    }
}

/// Calls something of a library.
pub fn call(interpreter: &mut Interpreter<'_>, path: &EcoString, args: Args, span: Span, language: Language) -> Result<Value> {
    if let Some(rest) = path.strip_prefix("pulumi.") {
        return core::call(interpreter, rest, args, span, language);
    }
    if path.starts_with("pulumi_") {
        return provider::call(interpreter, path, args, span, language);
    }
    let known = match language {
        Language::Python => super::python::library(interpreter, path, &args, span)?,
        Language::JavaScript => super::javascript::library(interpreter, path, &args, span)?,
    };
    if let Some(value) = known {
        return Ok(value);
    }
    interpreter.call_back(&args, span)?;
    Ok(Value::unsupported(path.clone(), args.deps()))
}

/// Whether calling the base's constructor registers something.
pub fn is_constructed(path: &str) -> bool {
    matches!(
        path,
        "pulumi.ComponentResource" | "pulumi.CustomResource" | "pulumi.dynamic.Resource" | "pulumi.ProviderResource" | "pulumi.Resource"
    ) || provider::is_class(path)
}

/// Runs the constructor of a library's class for an instance of the program's own.
pub fn construct(interpreter: &mut Interpreter<'_>, path: &str, this: &Value, args: Args, span: Span, language: Language) -> Result<()> {
    let Value::Instance(instance) = this else { return Ok(()) };
    let id = match path.strip_prefix("pulumi.") {
        Some(rest) => core::construct(interpreter, rest, &instance.class.name.clone(), args, span, language)?,
        None => provider::register(interpreter, path, args, span, language)?,
    };
    // It is where the constructor that calls the base is called, as Pulumi itself says; not the base's call. Where the
    // base has a base of its own, Pulumi says the call of the base.
    if !path.contains(".dynamic.")
        && path.starts_with("pulumi.")
        && let Some(resource) = interpreter.resources.get_mut(id as usize)
        && let Some(called) = resource.chain.pop()
    {
        resource.span = called;
    }
    instance.resource.set(Some(id));
    Ok(())
}

/// A member of something that is called later: `config.require`, `Output.apply`.
pub fn native_member(of: &crate::lang::pulumi::interpret::held::Rc<Native>, name: &str) -> Value {
    match (of.name.as_str(), name) {
        ("Config", "name") => of.this.clone(),
        ("Config", _) => native(&of.this, &eco_format!("Config.{name}")),
        ("Path", "name") => part_of_path(&of.this, |path| path.rsplit('/').next().unwrap_or(path).into()),
        ("Path", "stem") => part_of_path(&of.this, |path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.rsplit_once('.').map_or(name, |(stem, _)| stem).into()
        }),
        ("Path", "suffix") => {
            part_of_path(&of.this, |path| path.rsplit_once('.').map_or_else(EcoString::new, |(_, suffix)| eco_format!(".{suffix}")))
        }
        ("Path", "parents") => {
            let mut parents = Vec::new();
            let mut path = of.this.clone();
            while path.as_text().is_some_and(|path| !path.is_empty()) {
                path = part_of_path(&path, |path| super::modules::folder_of(path).into());
                parents.push(native(&path, "Path"));
            }
            Value::list(parents)
        }
        ("Path", "parent") => {
            let parent = part_of_path(&of.this, |path| super::modules::folder_of(path).into());
            native(&parent, "Path")
        }
        _ => match super::errors::member(of, name)
            .or_else(|| super::python::csv::member(of, name))
            .or_else(|| super::python::networks::property(of, name))
        {
            Some(value) => value,
            None => native(&Value::Native(of.clone()), name),
        },
    }
}

fn part_of_path(path: &Value, part: impl Fn(&str) -> EcoString) -> Value {
    match path {
        Value::Text(path) => Value::Text(part(path)),
        other => Value::unsupported("a part of a path", deps_of(other)),
    }
}

/// Calls a method of a value that is known, or of an output.
pub fn call_native(
    interpreter: &mut Interpreter<'_>,
    native: &crate::lang::pulumi::interpret::held::Rc<Native>,
    args: Args,
    span: Span,
    language: Language,
) -> Result<Value> {
    if let Value::Resource(id) = native.this
        && language == Language::JavaScript
        && super::javascript::subscribes(&native.name)
        && let Some(value) = super::javascript::subscription(interpreter, id, &args, span)?
    {
        return Ok(value);
    }
    // Methods of what an output holds are not the output's.
    if !matches!(native.name.as_str(), "apply" | "get" | "get_item" | "future" | "toString" | "toJSON")
        && !matches!(&native.this, Value::Output(output) if matches!(output.inner, Value::Native(_)))
    {
        interpreter.refuses(&native.this, &native.name, span)?;
    }
    if language == Language::JavaScript && matches!(native.name.as_str(), "toString" | "toJSON") && super::plain::is_awaited(&native.this) {
        return Ok(interpreter.plain_text(&native.this, language, span));
    }
    if let Some(value) = core::method(interpreter, &native.this, &native.name, &args, span, language)? {
        return Ok(value);
    }
    let known = match language {
        Language::Python => super::python::method(interpreter, &native.this, &native.name, &args, span)?,
        Language::JavaScript => super::javascript::method(interpreter, &native.this, &native.name, &args, span)?,
    };
    if let Some(value) = known {
        return Ok(value);
    }
    interpreter.call_back(&args, span)?;
    Ok(Value::unsupported(eco_format!("the method {}", native.name), args.deps().with(&deps_of(&native.this))))
}

/// `isinstance(value, str)` and the like.
pub fn is_of(interpreter: &Interpreter<'_>, value: &Value, name: &str) -> Option<bool> {
    let output = matches!(value, Value::Output(_));
    Some(match name.rsplit('.').next().unwrap_or(name) {
        "Output" => output,
        "Resource" | "CustomResource" | "ComponentResource" => value.as_resource().is_some() && !output,
        "str" => matches!(value, Value::Text(_)),
        "bool" => matches!(value, Value::Bool(_)),
        "int" => matches!(value, Value::Int(_) | Value::Bool(_)),
        "float" => matches!(value, Value::Float(_)),
        "list" | "List" | "Sequence" | "Array" => matches!(value, Value::List(_)),
        "tuple" => matches!(value, Value::Tuple(_)),
        "set" => matches!(value, Value::Set(_)),
        "dict" | "Mapping" | "Dict" => matches!(value, Value::Dict(_)),
        _ => match value.as_resource() {
            Some(id) => interpreter.resources.get(id as usize).is_some_and(|resource| resource.token == token::of_class(name).token),
            None => return None,
        },
    })
}
