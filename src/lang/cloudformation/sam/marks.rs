//! Which parts of a template the reference marks: where an API's definition will be hashed, the strings of the
//! author print with a mark and maps iterate as an old hash table.

use super::map::Map;
use super::value::Value;

/// Marks a template, and the values of its parameters, if it has an API whose definition counts.
pub fn mark(template: &mut Map, parameters: &mut Map) {
    if !has_rest_api(template) && !has_default_authorizer(template) {
        return;
    }
    if let Some(Value::Map(globals)) = template.get_mut("Globals") {
        mark_in(globals, "Api");
    }
    if let Some(Value::Map(defined)) = template.get_mut("Parameters") {
        for parameter in defined.values_mut() {
            if let Some(parameter) = parameter.map_mut() {
                mark_in(parameter, "Default");
            }
        }
        **defined = rehashed(defined);
    }
    if let Some(Value::Map(resources)) = template.get_mut("Resources") {
        for body in resources.values_mut() {
            let kind = body.get("Type").and_then(Value::text).cloned().unwrap_or_default();
            let Some(body) = body.map_mut() else { continue };
            match kind.as_str() {
                "AWS::Serverless::Api" | "AWS::Serverless::HttpApi" => mark_in(body, "Properties"),
                "AWS::Serverless::Function" | "AWS::Serverless::StateMachine" if body.some("Properties").is_some() => {
                    mark_in(body, "Condition");
                    if let Some(properties) = body.get_mut("Properties").and_then(Value::map_mut) {
                        mark_in(properties, "FunctionName");
                        mark_in(properties, "Events");
                    }
                }
                _ => {}
            }
        }
        **resources = rehashed(resources);
    }
    for value in parameters.values_mut() {
        *value = std::mem::take(value).marked();
    }
}

fn mark_in(map: &mut Map, key: &str) {
    if let Some(value) = map.get_mut(key) {
        *value = std::mem::take(value).marked();
    }
}

/// Keys marked and hashed, values as they are.
fn rehashed(map: &Map) -> Map {
    let mut hashed = Map::hashed();
    hashed.place = map.place;
    for entry in map.iter() {
        hashed.insert(entry.key.clone(), true, entry.span, entry.value.clone());
    }
    hashed
}

fn bodies(template: &Map) -> impl Iterator<Item = &Value> {
    template.get("Resources").and_then(Value::map).into_iter().flat_map(Map::iter).map(|entry| &entry.value)
}

fn is(value: &Value, kinds: &[&str]) -> bool {
    value.get("Type").and_then(Value::text).is_some_and(|kind| kinds.contains(&kind.as_str()))
}

fn has_event(body: &Value, kind: &str) -> bool {
    let events = body.get("Properties").and_then(|properties| properties.get("Events")).and_then(Value::map);
    events.is_some_and(|events| events.iter().any(|event| is(&event.value, &[kind])))
}

fn has_rest_api(template: &Map) -> bool {
    bodies(template).any(|body| {
        is(body, &["AWS::Serverless::Api"])
            || (is(body, &["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]) && has_event(body, "Api"))
    })
}

fn has_default_authorizer(template: &Map) -> bool {
    let default = |auth: Option<&Value>| auth.and_then(Value::map).is_some_and(|auth| auth.truthy("DefaultAuthorizer").is_some());
    let global = default(template.get("Globals").and_then(|globals| globals.get("HttpApi")?.get("Auth")));
    bodies(template).any(|body| {
        let own = is(body, &["AWS::Serverless::HttpApi"])
            && (global || default(body.get("Properties").and_then(|properties| properties.get("Auth"))));
        own || (global && is(body, &["AWS::Serverless::Function"]) && has_event(body, "HttpApi"))
    })
}
