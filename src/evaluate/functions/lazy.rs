//! Functions that decide themselves what to evaluate, or that read marks and reasons.

use ecow::eco_format;

use super::{Call, functions, holds_mark};
use crate::evaluate::Evaluator;
use crate::evaluate::convert::{Type, convert, text_of};
use crate::evaluate::expression::{first_unknown, invalid, mark};
use crate::evaluate::one_type::NOTHING_IN_COMMON;
use crate::evaluate::operate::INFINITE;
use crate::evaluate::unify::{type_of_value, unified};
use crate::model::{ExprKind, Unknown, UnknownKind, Value};

functions! {
    lazy "can"(1) = can;
    lazy "try"(1 ..= super::MANY) = r#try;
    lazy "templatefile"(2) = templatefile;
    lazy "templatestring"(2) = templatestring;
    lazy "pulumi.apply"(1 ..= super::MANY) = hanging;
    unsupported "type"(1);
}

/// What a program computed: the first argument is the value, the others are what it hangs on.
fn hanging(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    call.args.first().map_or(Value::Null, |value| evaluator.eval(value, call.scope))
}

/// Why the evaluation fails, at whatever depth; what is only not known is no failure.
pub(in crate::evaluate) fn failure(value: &Value) -> Option<&Unknown> {
    match value {
        Value::Unknown(unknown) if unknown.kind == UnknownKind::Invalid && unknown.subject != INFINITE => Some(unknown),
        Value::Sensitive(inner) => failure(inner),
        Value::List(items) => items.iter().find_map(failure),
        Value::Object(object) => object.values().find_map(failure),
        _ => None,
    }
}

/// The first argument whose evaluation does not fail. One that is not known may still come to fail, and then
/// what follows it would count: the result is not known.
fn r#try(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let mut last = None;
    for arg in call.args {
        let value = evaluator.eval(arg, call.scope);
        match failure(&value) {
            None => return value,
            Some(unknown) => last = Some(unknown.clone()),
        }
    }
    last.map_or_else(|| invalid("try() needs an argument"), Value::Unknown)
}

fn can(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let Some(arg) = call.args.first() else { return invalid("can() needs an argument") };
    let value = evaluator.eval(arg, call.scope);
    match (failure(&value), first_unknown(value.unmarked())) {
        (Some(_), _) => Value::Bool(false),
        (None, Some(unknown)) if unknown.subject != INFINITE && matches!(value.unmarked(), Value::Unknown(_)) => {
            Value::Unknown(unknown.clone())
        }
        _ => Value::Bool(true),
    }
}

/// The first argument that is neither null nor an empty text; an unknown one before it leaves the choice open.
pub(super) fn coalesce(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let (values, mut sensitive) = match evaluator.arguments_of(call.args, call.expand_last, call.scope) {
        Ok(found) => found,
        Err(value) => return value,
    };
    let types: Vec<Type> = values
        .iter()
        .enumerate()
        .map(|(at, value)| match call.args.get(at).filter(|_| !call.expand_last) {
            Some(arg) => evaluator.type_told(value, arg, call.scope),
            None => type_of_value(value),
        })
        .collect();
    let one = match unified(&types.iter().collect::<Vec<_>>()) {
        Some(one) => one,
        None => return invalid(NOTHING_IN_COMMON),
    };
    sensitive |= values.iter().any(holds_mark);
    for value in values {
        let value = convert(value, &one).unwrap_or_else(Value::Unknown);
        match value.unmarked() {
            Value::Null => {}
            Value::Text(text) if text.is_empty() && one != Type::Untyped => {}
            _ => return mark(value, sensitive),
        }
    }
    invalid("coalesce(): every argument is null or empty")
}

fn only<'c>(evaluator: &mut Evaluator<'_>, call: &Call<'c>, name: &str) -> Result<Value, Value> {
    match call.args {
        [arg] => Ok(evaluator.eval(arg, call.scope)),
        _ => Err(invalid(eco_format!("{name}() takes one argument"))),
    }
}

pub(super) fn sensitive(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    only(evaluator, call, "sensitive").map_or_else(|wrong| wrong, Value::sensitive)
}

pub(super) fn nonsensitive(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    only(evaluator, call, "nonsensitive").map_or_else(|wrong| wrong, |value| value.unmarked().clone())
}

pub(super) fn issensitive(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    match only(evaluator, call, "issensitive") {
        Ok(Value::Unknown(unknown)) => Value::Unknown(unknown),
        Ok(value) => Value::Bool(value.is_sensitive()),
        Err(wrong) => wrong,
    }
}

/// Ephemeral values never reach the state: they are null wherever they are stored.
pub(super) fn ephemeralasnull(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    match call.args.first().map(|arg| &arg.kind) {
        Some(ExprKind::Reference { root, .. }) if root == "ephemeral" => Value::Null,
        _ => only(evaluator, call, "ephemeralasnull").unwrap_or_else(|wrong| wrong),
    }
}

pub(super) fn convert_to(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let [value, constraint] = call.args else { return invalid("convert() takes two arguments") };
    let value = evaluator.eval(value, call.scope);
    let wanted = evaluator.type_of(constraint, call.scope.module, 32);
    if wanted == Type::Any {
        return value;
    }
    convert(value, &wanted).unwrap_or_else(Value::Unknown)
}

fn templatefile(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let [path, values] = call.args else { return invalid("templatefile() takes two arguments") };
    let path = evaluator.eval(path, call.scope);
    let sensitive = path.is_sensitive();
    let path = match text_of(&path) {
        Ok(path) => path,
        Err(unknown) => return Value::Unknown(unknown),
    };
    let values = evaluator.eval(values, call.scope);
    match evaluator.given_text(&path, call.scope.module) {
        Some(text) => {
            let text = text.to_owned();
            mark(evaluator.template_text(&text, &values, call.span), sensitive)
        }
        None => evaluator.outcome(Err(super::Failure::File(path)), "templatefile", call.scope.module, call.span, true),
    }
}

fn templatestring(evaluator: &mut Evaluator<'_>, call: &Call<'_>) -> Value {
    let [template, values] = call.args else { return invalid("templatestring() takes two arguments") };
    let template = evaluator.eval(template, call.scope);
    let values = evaluator.eval(values, call.scope);
    match text_of(&template) {
        Ok(text) => mark(evaluator.template_text(&text, &values, call.span), template.is_sensitive()),
        Err(unknown) => Value::Unknown(unknown),
    }
}
