//! How values and money are written in JSON.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::catalog::secret;
use crate::model::{Number, Object, Value};

pub(super) fn object<S: Serializer>(object: &Object, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(object.len()))?;
    for (key, value) in object {
        match value {
            Value::Text(_) if secret::is(key) => map.serialize_entry(key.as_str(), &Hidden { sensitive: true })?,
            _ => map.serialize_entry(key.as_str(), &Encoded(value))?,
        }
    }
    map.end()
}

pub(super) fn value<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    Encoded(value).serialize(serializer)
}

/// A decimal string with the precision the figure has.
pub(super) fn money<S: Serializer>(money: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&money.normalize())
}

pub(super) fn optional_money<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => money(value, serializer),
        None => serializer.serialize_none(),
    }
}

pub(super) fn quantity<S: Serializer>(quantity: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    number(Number::from_decimal(*quantity), serializer)
}

pub(super) fn optional_quantity<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => quantity(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// Stands for a value that is not shown.
#[derive(Serialize)]
struct Hidden {
    sensitive: bool,
}

struct Encoded<'a>(&'a Value);

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(value) => number(*value, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(&Encoded(item))?;
                }
                list.end()
            }
            Value::Object(inner) => object(inner, serializer),
            Value::Unknown(unknown) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_key("unknown")?;
                map.serialize_value(&format_args!("{unknown}"))?;
                map.end()
            }
            Value::Sensitive(_) => Hidden { sensitive: true }.serialize(serializer),
        }
    }
}

/// Integers with all their digits, other numbers as the nearest double: JSON readers have nothing better. Past 2^64 only
/// text holds them: `serde_json::to_value` refuses.
fn number<S: Serializer>(number: Number, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(integer) = number.to_i64() {
        return serializer.serialize_i64(integer);
    }
    if number.is_integer() {
        return serializer.serialize_i128(number.decimal().trunc().mantissa());
    }
    serializer.serialize_f64(number.decimal().to_f64().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Number, Value, value};

    #[test]
    fn integers_keep_their_digits() {
        let digits = "[18446744073709551615,-9223372036854775809,1234567890123456789012345678,9007199254740993]";
        let numbers = digits.trim_matches(['[', ']']).split(',').map(|text| Value::Number(Number::parse(text).unwrap()));
        let mut out = Vec::new();
        value(&Value::list(numbers.collect()), &mut serde_json::Serializer::new(&mut out)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), digits);
    }
}
