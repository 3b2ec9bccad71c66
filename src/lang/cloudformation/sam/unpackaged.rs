//! Code and definitions that still lie beside the template: people write a path, packaging uploads it and writes where.
//! Here a path stands for itself, as `s3://local/<path>`, and comes out as the path that it was.

use ecow::{EcoString, eco_format};

use super::map::Map;
use super::value::Value;

const BUCKET: &str = "local";
/// Where nothing is said, packaging takes the folder of the template.
const NOTHING: &str = "root";
const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/local:latest";

/// Properties that packaging replaces.
fn property_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "Function" => "CodeUri",
        "LayerVersion" => "ContentUri",
        "Api" | "HttpApi" | "StateMachine" => "DefinitionUri",
        "GraphQLApi" => "SchemaUri",
        "Application" => "Location",
        _ => return None,
    })
}

/// Paths in a template, and code that nothing names, as addresses.
pub fn addressed(template: &mut Map) {
    let mut given = Map::new();
    if let Some(globals) = template.get_mut("Globals").and_then(Value::map_mut) {
        for kind in ["Function", "LayerVersion", "Api", "HttpApi"] {
            if let (Some(section), Some(property)) = (globals.get_mut(kind).and_then(Value::map_mut), property_of(kind)) {
                address(section, property);
            }
        }
        given = globals.get("Function").and_then(Value::map).cloned().unwrap_or_default();
    }
    for body in template.get_mut("Resources").and_then(Value::map_mut).into_iter().flat_map(Map::values_mut) {
        let kind = body.get("Type").and_then(Value::text).and_then(|kind| kind.strip_prefix("AWS::Serverless::")).map(EcoString::from);
        let Some((kind, body)) = kind.zip(body.map_mut()) else { continue };
        let Some(property) = property_of(&kind) else { continue };
        if body.some("Properties").is_none() {
            body.set("Properties", Map::new());
        }
        let Some(properties) = body.get_mut("Properties").and_then(Value::map_mut) else { continue };
        address(properties, property);
        if kind != "Function" {
            continue;
        }
        let image = properties.get("PackageType").or_else(|| given.get("PackageType")).is_some_and(|package| package.is("Image"));
        if !image && !properties.has("CodeUri") && !properties.has("InlineCode") && !given.has("CodeUri") {
            properties.set("CodeUri", eco_format!("s3://{BUCKET}/{NOTHING}"));
        }
        if image && !properties.has("ImageUri") {
            properties.set("ImageUri", IMAGE);
        }
    }
}

fn address(properties: &mut Map, property: &str) {
    let Some(Value::Text(text, _)) = properties.get_mut(property) else { return };
    if !text.starts_with("s3://") && !text.starts_with("http") {
        let path = text.trim_matches(['.', '/']);
        *text = eco_format!("s3://{BUCKET}/{}", if path.is_empty() { NOTHING } else { path });
    }
}

/// The path that an address stands for, and whether it was written at all; `None` for an address that is one.
pub fn path(value: &Value) -> Option<&str> {
    let local = match value {
        Value::Text(text, _) if text == IMAGE => ".",
        Value::Text(text, _) => text.strip_prefix("s3://local/")?,
        Value::Map(map) => {
            let bucket = map.get("S3Bucket").or_else(|| map.get("Bucket"))?;
            let key = map.get("S3Key").or_else(|| map.get("Key"))?.text()?;
            bucket.is(BUCKET).then_some(key.as_str())?
        }
        _ => return None,
    };
    Some(if local == NOTHING { "." } else { local })
}
