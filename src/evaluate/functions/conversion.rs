//! Conversions, marks, and the assertions of OpenTofu.

use ecow::eco_format;

use super::argument::{any, fail, list, object, text, whole};
use super::{Outcome, functions};
use crate::evaluate::convert::{Type, convert};
use crate::evaluate::operate::equal;
use crate::model::Value;

functions! {
    whole "assumeequal"(2) = assumeequal;
    shape "assumelistlength"(3) = assumelistlength;
    shape "assumelistlengthmax"(2) = assumelistlengthmax;
    shape "assumelistlengthmin"(2) = assumelistlengthmin;
    shape "assumemaplength"(3) = assumemaplength;
    shape "assumemaplengthmax"(2) = assumemaplengthmax;
    shape "assumemaplengthmin"(2) = assumemaplengthmin;
    shape "assumenotnull"(1) = assumenotnull;
    shape "assumesetlength"(3) = assumelistlength;
    shape "assumesetlengthmax"(2) = assumelistlengthmax;
    shape "assumesetlengthmin"(2) = assumelistlengthmin;
    whole "assumestringprefix"(2) = assumestringprefix;
    lazy "convert"(2) = super::lazy::convert_to;
    lazy "ephemeralasnull"(1) = super::lazy::ephemeralasnull;
    lazy "issensitive"(1) = super::lazy::issensitive;
    lazy "nonsensitive"(1) = super::lazy::nonsensitive;
    lazy "sensitive"(1) = super::lazy::sensitive;
    shape "tobool"(1) = tobool;
    shape "tolist"(1) = tolist;
    shape "tomap"(1) = tomap;
    shape "tonumber"(1) = tonumber;
    shape "toset"(1) = toset;
    shape "tostring"(1) = tostring;
}

fn to(args: &[Value], wanted: &Type) -> Outcome {
    Ok(convert(any(args, 0)?.clone(), wanted)?)
}

fn tobool(args: &[Value]) -> Outcome {
    to(args, &Type::Bool)
}

fn tonumber(args: &[Value]) -> Outcome {
    to(args, &Type::Number)
}

fn tostring(args: &[Value]) -> Outcome {
    to(args, &Type::Text)
}

fn tomap(args: &[Value]) -> Outcome {
    to(args, &Type::Map(Box::new(Type::Any)))
}

fn tolist(args: &[Value]) -> Outcome {
    to(args, &Type::List(Box::new(Type::Any)))
}

fn toset(args: &[Value]) -> Outcome {
    if matches!(any(args, 0)?, Value::Null) {
        return Ok(Value::Null);
    }
    let items = list(args, 0)?;
    // An unknown item may equal a known one: how many there are is not known.
    if let Some(Value::Unknown(unknown)) = items.iter().map(Value::unmarked).find(|item| matches!(item, Value::Unknown(_))) {
        return Err(super::Failure::Unknown(unknown.clone()));
    }
    to(args, &Type::Set(Box::new(Type::Any)))
}

fn assumeequal(args: &[Value]) -> Outcome {
    let value = any(args, 0)?;
    if equal(value, any(args, 1)?) == Ok(true) { Ok(value.clone()) } else { fail("the two are not equal") }
}

fn assumenotnull(args: &[Value]) -> Outcome {
    match any(args, 0)? {
        Value::Null => fail("the value is null"),
        value => Ok(value.clone()),
    }
}

fn within(args: &[Value], length: usize, least: i64, most: i64) -> Outcome {
    let length = length as i64;
    if length < least || length > most {
        return fail(eco_format!("the length is {length}"));
    }
    Ok(any(args, 0)?.clone())
}

fn assumelistlength(args: &[Value]) -> Outcome {
    within(args, list(args, 0)?.len(), whole(args, 1)?, whole(args, 2)?)
}

fn assumelistlengthmin(args: &[Value]) -> Outcome {
    within(args, list(args, 0)?.len(), whole(args, 1)?, i64::MAX)
}

fn assumelistlengthmax(args: &[Value]) -> Outcome {
    within(args, list(args, 0)?.len(), 0, whole(args, 1)?)
}

fn assumemaplength(args: &[Value]) -> Outcome {
    within(args, object(args, 0)?.len(), whole(args, 1)?, whole(args, 2)?)
}

fn assumemaplengthmin(args: &[Value]) -> Outcome {
    within(args, object(args, 0)?.len(), whole(args, 1)?, i64::MAX)
}

fn assumemaplengthmax(args: &[Value]) -> Outcome {
    within(args, object(args, 0)?.len(), 0, whole(args, 1)?)
}

fn assumestringprefix(args: &[Value]) -> Outcome {
    let value = text(args, 0)?;
    if value.starts_with(text(args, 1)?.as_str()) { Ok(Value::Text(value)) } else { fail("the text does not begin so") }
}
