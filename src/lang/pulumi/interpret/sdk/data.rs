//! Data calls whose result follows from the region alone.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::registry::MARK;
use crate::lang::pulumi::interpret::value::{Dict, Value};
use crate::lang::pulumi::interpret::{Args, Interpreter};

/// The region a program is read for when its configuration names none.
const REGION: &str = "us-west-2";

/// How many zones an account sees, where it is not three.
const ZONES: &[(&str, usize)] = &[("ap-northeast-2", 4), ("us-east-1", 6), ("us-west-1", 2), ("us-west-2", 4)];

/// The result of a call, where it is known.
pub fn known(interpreter: &Interpreter<'_>, call: &str, args: &Args) -> Option<Value> {
    let region = region(interpreter);
    let text = |text: &EcoString| Value::Text(text.clone());
    let mut dict = Dict::default();
    dict.insert(MARK.into(), Value::text(call));
    match call {
        // Filters may leave any of them out.
        "aws:index/getAvailabilityZones:getAvailabilityZones" if !filtered(args) => {
            let count = ZONES.iter().find(|(name, _)| *name == region).map_or(3, |(_, count)| *count);
            let names = ["a", "b", "c", "d", "e", "f"].iter().take(count).map(|zone| Value::Text(eco_format!("{region}{zone}")));
            dict.insert("names".into(), Value::list(names.collect()));
        }
        "aws:index/getRegion:getRegion" if args.positional.is_empty() && args.named.is_empty() => {
            for name in ["name", "region", "id"] {
                dict.insert(name.into(), text(&region));
            }
        }
        "aws:index/getPartition:getPartition" => {
            let (partition, suffix) = if region.starts_with("cn-") { ("aws-cn", "amazonaws.com.cn") } else { ("aws", "amazonaws.com") };
            dict.insert("partition".into(), Value::text(partition));
            dict.insert("id".into(), Value::text(partition));
            dict.insert("dns_suffix".into(), Value::text(suffix));
            dict.insert("dnsSuffix".into(), Value::text(suffix));
        }
        _ => return None,
    }
    Some(Value::dict(dict))
}

/// Whether the arguments leave zones out. Those that leave out what must be asked for first leave the usual ones.
fn filtered(args: &Args) -> bool {
    let plain = |value: &Value| {
        match value {
        Value::List(items) => items.borrow().iter().all(|filter| match filter {
            Value::Dict(dict) => {
                matches!(dict.borrow().get("name"), Some(Value::Text(name)) if matches!(name.as_str(), "opt-in-status" | "region-name" | "zone-type"))
            }
            _ => false,
        }),
        value => value.is_nothing(),
    }
    };
    args.named.iter().any(|(name, value)| match name.as_str() {
        "state" | "all_availability_zones" => false,
        "filters" => !plain(value),
        _ => !value.is_nothing(),
    })
}

/// Whether a variable of the environment names the region: it is read as that of the configuration.
pub fn names_region(variable: &str) -> bool {
    matches!(variable, "AWS_REGION" | "AWS_DEFAULT_REGION")
}

/// The region of the configuration.
pub fn region(interpreter: &Interpreter<'_>) -> EcoString {
    let setting = interpreter.given.config.get("aws:region");
    setting.and_then(|setting| setting.text.clone()).unwrap_or_else(|| REGION.into())
}
