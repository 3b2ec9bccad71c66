//! CORS of a REST API: an `options` method that answers for each path.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};

use super::super::editor::{ANY_METHOD, INTEGRATION, alternatives};
use super::super::intrinsics::is_intrinsic;
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::value::{Value, hashed, list, map};
use super::Api;

const KEYS: &[&str] = &["AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials"];

impl Api<'_> {
    pub fn add_cors(&mut self) -> Made<()> {
        let Some(cors) = self.own.truthy("Cors") else { return Ok(()) };
        let own = self.own;
        let given = match cors {
            Value::Text(..) => map! { "AllowOrigin" => cors.clone() },
            _ if is_intrinsic(cors) => map! { "AllowOrigin" => cors.clone() },
            Value::Map(given) => (**given).clone(),
            _ => return own.reject("Invalid value for 'Cors' property"),
        };
        if let Some(other) = given.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return own.reject(eco_format!("Invalid key '{other}' for 'Cors' property."));
        }
        let origin = given.get("AllowOrigin").cloned().unwrap_or_else(|| "'*'".into());
        let credentials = matches!(given.get("AllowCredentials"), Some(Value::Bool(true)));
        let mut editor = self.edit("Cors")?;
        if credentials && origin.is("'*'") {
            return own.reject(
                "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
            );
        }
        if !origin.truthy() && !editor.paths().is_empty() {
            return own.reject("Invalid input. Value for AllowedOrigins is required");
        }
        let mut done = BTreeSet::new();
        for path in editor.path_names() {
            let normal: EcoString = if path == "/" { path.clone() } else { path.trim_end_matches('/').into() };
            if !done.insert(normal) {
                continue;
            }
            let Some(value) = editor.path_mut(&path) else { continue };
            let mut methods = given.truthy("AllowMethods").cloned();
            for item in alternatives(value)? {
                let Some(item) = item.map_mut() else {
                    return Err(Reject::template(eco_format!("Value of '{path}' path must be a dictionary according to Swagger spec.")));
                };
                if item.has("options") {
                    continue;
                }
                let methods = methods.get_or_insert_with(|| allowed(item).into()).clone();
                item.set("options", answer(&origin, &given, methods, credentials));
            }
        }
        self.body = Some(editor.close());
        Ok(())
    }
}

fn allowed(item: &Map) -> EcoString {
    if item.has(ANY_METHOD) {
        return "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'".into();
    }
    let mut all: BTreeSet<String> = item.keys().map(|method| method.to_uppercase().to_string()).collect();
    all.insert("OPTIONS".to_owned());
    eco_format!("'{}'", all.into_iter().collect::<Vec<_>>().join(","))
}

fn answer(origin: &Value, given: &Map, methods: Value, credentials: bool) -> Map {
    let mut parameters = Map::hashed();
    let mut headers = Map::hashed();
    let mut add = |name: &str, value: Value, kind: &str| {
        parameters.set(&eco_format!("method.response.header.Access-Control-{name}"), value);
        headers.set(&eco_format!("Access-Control-{name}"), map! { "type" => kind });
    };
    add("Allow-Origin", origin.clone(), "string");
    if let Some(allowed) = given.truthy("AllowHeaders") {
        add("Allow-Headers", allowed.clone(), "string");
    }
    if methods.truthy() {
        add("Allow-Methods", methods, "string");
    }
    if let Some(age) = given.some("MaxAge") {
        add("Max-Age", age.clone(), "integer");
    }
    if credentials {
        add("Allow-Credentials", "'true'".into(), "string");
    }
    let default = hashed! {
        "statusCode" => "200",
        "responseParameters" => parameters,
        "responseTemplates" => map! { "application/json" => "{}\n" },
    };
    let integration = hashed! {
        "type" => "mock",
        "requestTemplates" => map! { "application/json" => "{\n  \"statusCode\" : 200\n}\n" },
        "responses" => hashed! { "default" => default },
    };
    hashed! {
        "summary" => "CORS support",
        "consumes" => list!["application/json"],
        "produces" => list!["application/json"],
        INTEGRATION => integration,
        "responses" => hashed! { "200" => hashed! { "description" => "Default response for CORS method", "headers" => headers } },
    }
}

/// OpenAPI 3 has no `consumes` and `produces`, and headers have a schema.
pub fn for_openapi_3(doc: &mut Map) -> Made<()> {
    let Some(paths) = doc.get_mut("paths").filter(|paths| paths.truthy()) else { return Ok(()) };
    let Some(paths) = paths.map_mut() else {
        return Err(Reject::template("Value of paths must be a dictionary according to Swagger spec."));
    };
    let names: Vec<EcoString> = paths.keys().cloned().collect();
    for path in names {
        let wrong =
            |what: &str| Reject::template(eco_format!("Value of {what} for path {path} must be a dictionary according to Swagger spec."));
        let Some(item) = paths.get_mut(&path) else { continue };
        let item = item.map_mut().ok_or_else(|| wrong("item"))?;
        let Some(options) = item.get_mut("options").filter(|options| options.truthy()) else { continue };
        let options = options.map_mut().ok_or_else(|| wrong("options method"))?;
        options.remove("produces");
        options.remove("consumes");
        let headers = options.get_mut("responses").and_then(|responses| responses.map_mut()?.get_mut("200")?.map_mut()?.get_mut("headers"));
        let Some(headers) = headers.filter(|headers| headers.truthy()) else { continue };
        for header in headers.map_mut().ok_or_else(|| wrong("response's headers in options method"))?.values_mut() {
            let plain = std::mem::take(header);
            *header = hashed! { "schema" => plain }.into();
        }
    }
    Ok(())
}
