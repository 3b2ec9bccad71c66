//! Where code and definitions lie in S3.

use ecow::{EcoString, eco_format};

use super::map::Map;
use super::reject::{Made, Reject};
use super::value::{Value, map};

/// Bucket, key and version of an `s3://` address.
pub fn parse(uri: &str) -> Option<(EcoString, EcoString, Option<EcoString>)> {
    let (scheme, rest) = uri.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("s3") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, key) = place.split_once('/')?;
    if bucket.is_empty() {
        return None;
    }
    let mut versions = query.split('&').filter_map(|part| part.strip_prefix("versionId=")).filter(|version| !version.is_empty());
    let version = versions.next().filter(|_| versions.next().is_none()).map(EcoString::from);
    Some((bucket.into(), key.trim_start_matches('/').into(), version))
}

/// Bucket, key and version, from an address or a map of them.
pub fn pointer(uri: &Value, id: &str, property: &str) -> Made<Map> {
    match uri {
        Value::Map(given) => {
            if given.truthy("Bucket").is_none() || given.truthy("Key").is_none() {
                return Err(Reject::resource(id, eco_format!("'{property}' requires Bucket and Key properties to be specified.")));
            }
            Ok((**given).clone())
        }
        Value::Text(text, marked) => {
            let Some((bucket, key, version)) = parse(text) else {
                return Err(Reject::resource(
                    id,
                    eco_format!(
                        "'{property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter."
                    ),
                ));
            };
            let text = |text| Value::Text(text, *marked);
            let mut made = map! { "Bucket" => text(bucket), "Key" => text(key) };
            if let Some(version) = version {
                made.set("Version", text(version));
            }
            Ok(made)
        }
        _ => Err(Reject::resource(id, eco_format!("'{property}' must be of type dict or string."))),
    }
}

/// The `Code` of a function or the `Content` of a layer.
pub fn lambda_code(uri: &Value, id: &str, property: &str) -> Made<Map> {
    if uri.text().is_some_and(|text| names_secret(text)) {
        return Err(Reject::resource(id, eco_format!("Unsupported dynamic reference detected in '{property}'.")));
    }
    let place = pointer(uri, id, property)?;
    let mut code = Map::new();
    for (from, to) in [("Bucket", "S3Bucket"), ("Key", "S3Key"), ("Version", "S3ObjectVersion"), ("StorageMode", "S3ObjectStorageMode")] {
        if let Some(value) = place.get(from) {
            code.set(to, value.clone());
        }
    }
    Ok(code)
}

/// A dynamic reference with a path in it cannot stand in an address.
fn names_secret(text: &str) -> bool {
    text.split("{{resolve:").skip(1).any(|rest| {
        let inner = rest.split("}}").next().unwrap_or_default();
        let name = ["ssm:", "ssm-secure:", "secretsmanager:"].iter().find_map(|prefix| inner.strip_prefix(prefix));
        name.is_some_and(|name| name.contains('/'))
    })
}
