//! APIs that nobody wrote: `ServerlessRestApi` and `ServerlessHttpApi` come of the events that name no API, and every
//! API whose definition the transform manages gets a path for each event.

use std::collections::{BTreeMap, BTreeSet};

use ecow::{EcoString, eco_format};

use super::editor::{ANY_METHOD, Editor, Flavour, is_valid, skeleton};
use super::intrinsics::{reference, when};
use super::map::Map;
use super::reject::{Made, Reject};
use super::transform::Sam;
use super::value::{Value, map, object};
use crate::source::Span;

struct Kind {
    flavour: Flavour,
    api_property: &'static str,
    id: &'static str,
    condition: &'static str,
    event: &'static str,
    resource: &'static str,
}

const REST: Kind = Kind {
    flavour: Flavour::Rest,
    api_property: "RestApiId",
    id: "ServerlessRestApi",
    condition: "ServerlessRestApiCondition",
    event: "Api",
    resource: "AWS::Serverless::Api",
};

const HTTP: Kind = Kind {
    flavour: Flavour::Http,
    api_property: "ApiId",
    id: "ServerlessHttpApi",
    condition: "ServerlessHttpApiCondition",
    event: "HttpApi",
    resource: "AWS::Serverless::HttpApi",
};

/// Conditions of each method by API and path; `None` for a method without one.
type Conditions = BTreeMap<EcoString, BTreeMap<EcoString, BTreeMap<EcoString, Option<Value>>>>;

#[derive(Default)]
struct Seen {
    conditions: Conditions,
    deletion: BTreeMap<EcoString, Vec<EcoString>>,
    replacement: BTreeMap<EcoString, Vec<EcoString>>,
}

/// Gives APIs without a definition an empty one that the transform manages.
pub fn default_definitions(sam: &mut Sam) {
    for kind in [&REST, &HTTP] {
        for body in sam.resources.values_mut() {
            if !body.get("Type").is_some_and(|own| own.is(kind.resource)) {
                continue;
            }
            let Some(body) = body.map_mut() else { continue };
            if kind.flavour == Flavour::Http && !body.has("Properties") {
                body.set("Properties", Map::new());
            }
            let Some(properties) = body.get_mut("Properties").and_then(Value::map_mut) else { continue };
            if properties.truthy("DefinitionBody").is_none() && properties.truthy("DefinitionUri").is_none() {
                properties.set("DefinitionBody", skeleton(kind.flavour));
                properties.set("__MANAGE_SWAGGER", true);
            }
        }
    }
}

pub fn rest(sam: &mut Sam) -> Made<()> {
    run(sam, &REST)
}

pub fn http(sam: &mut Sam) -> Made<()> {
    run(sam, &HTTP)
}

fn run(sam: &mut Sam, kind: &Kind) -> Made<()> {
    let existing = sam.resources.get(kind.id).cloned();
    let definition = skeleton(kind.flavour);
    let properties = match kind.flavour {
        Flavour::Rest => map! { "StageName" => "Prod", "DefinitionBody" => definition, "__MANAGE_SWAGGER" => true },
        Flavour::Http => map! { "DefinitionBody" => definition, "__MANAGE_SWAGGER" => true },
    };
    sam.resources.set(kind.id, map! { "Type" => kind.resource, "Properties" => properties });
    let mut seen = Seen::default();
    let mut errors = Vec::new();
    let owners: Vec<EcoString> = sam.ids_of(&["AWS::Serverless::Function", "AWS::Serverless::StateMachine"]);
    for owner in owners {
        match events_of(sam, kind, &owner, &mut seen) {
            Err(reject) if reject.event => errors.push(reject.of(&owner)),
            other => other?,
        }
    }
    policies(sam, kind, &seen);
    condition(sam, kind, &seen);
    path_conditions(sam, kind, &seen)?;
    let empty = sam
        .resources
        .get(kind.id)
        .and_then(|api| api.get("Properties")?.get("DefinitionBody")?.get("paths")?.map())
        .is_none_or(Map::is_empty);
    if empty {
        match existing {
            Some(existing) => sam.resources.set(kind.id, existing),
            None => {
                sam.resources.remove(kind.id);
            }
        }
    }
    let first = errors.first().cloned();
    sam.rejects.extend(errors);
    match first {
        // All of them are noted; the first stops the transform, as nothing after it would be right.
        Some(_) => Err(Reject::stop()),
        None => Ok(()),
    }
}

fn events_of(sam: &mut Sam, kind: &Kind, owner: &EcoString, seen: &mut Seen) -> Made<()> {
    let Some(body) = sam.resources.get(owner) else { return Ok(()) };
    let Some(Value::Map(events)) = body.get("Properties").and_then(|properties| properties.get("Events")) else { return Ok(()) };
    let mut api_events = Map::hashed();
    for event in events.iter().filter(|event| event.value.get("Type").is_some_and(|own| own.is(kind.event))) {
        api_events.insert(event.key.clone(), event.marked, event.span, event.value.clone());
    }
    if api_events.is_empty() {
        return Ok(());
    }
    let owner_of = body.clone();
    let ids: Vec<EcoString> = api_events.keys().cloned().collect();
    for id in ids {
        let span = api_events.span(&id);
        if let Some(event) = api_events.get_mut(&id).and_then(Value::map_mut) {
            one_event(sam, kind, &owner_of, (&id, span), event, seen)?;
        }
    }
    if let Some(events) =
        sam.resources.get_mut(owner).and_then(|body| body.map_mut()?.get_mut("Properties")?.map_mut()?.get_mut("Events")?.map_mut())
    {
        events.update(&api_events);
    }
    Ok(())
}

fn one_event(sam: &mut Sam, kind: &Kind, owner: &Value, (id, span): (&str, Option<Span>), event: &mut Map, seen: &mut Seen) -> Made<()> {
    if event.get("Properties").is_none_or(|properties| !properties.truthy()) {
        if kind.flavour == Flavour::Rest {
            return Ok(());
        }
        if !matches!(event.get("Properties"), None | Some(Value::Map(_))) {
            return Err(Reject::event(id, "Properties should be a map."));
        }
        event.set("Properties", Map::new());
    }
    let Some(properties) = event.get_mut("Properties").and_then(Value::map_mut) else {
        return Err(Reject::event(id, "Properties should be a map."));
    };
    if !properties.has(kind.api_property) {
        tags_of_implicit(sam, kind, owner);
        sam.resources.place_at(kind.id, span);
        properties.set(kind.api_property, reference(kind.id));
    }
    if kind.flavour == Flavour::Http && properties.truthy("Path").is_none() && properties.truthy("Method").is_none() {
        properties.set("Path", "$default");
        properties.set("Method", ANY_METHOD);
    }
    let api = properties.get(kind.api_property).map(|api| api.get("Ref").unwrap_or(api));
    let text = |key: &str, value: Option<&Value>| {
        let text = value.and_then(Value::text).cloned();
        text.ok_or_else(|| Reject::event(id, eco_format!("Property '{key}' should be a string.")))
    };
    let required = |key: &str| {
        if properties.some(key).is_none() {
            return Err(Reject::event(id, eco_format!("Property '{key}' is required.")));
        }
        Ok(())
    };
    required("Path")?;
    required("Method")?;
    let api = text(kind.api_property, api)?;
    let path = text("Path", properties.get("Path"))?;
    let method = text("Method", properties.get("Method"))?;
    let conditions = seen.conditions.entry(api.clone()).or_default().entry(path.clone()).or_default();
    conditions.insert(method.clone(), owner.some("Condition").cloned());
    let policy = |key: &str| owner.some(key).and_then(Value::text).cloned().unwrap_or_default();
    seen.deletion.entry(api.clone()).or_default().push(policy("DeletionPolicy"));
    seen.replacement.entry(api.clone()).or_default().push(policy("UpdateReplacePolicy"));
    let marked = |key: &str| properties.get(key).is_some_and(Value::is_marked);
    add_path(sam, kind, id, &api, (&path, marked("Path")), (&method, marked("Method")))?;
    if kind.flavour == Flavour::Http && properties.has("RouteSettings") {
        route_settings(sam, id, &api, &path, &method, properties, owner.some("Condition"))?;
    }
    Ok(())
}

fn add_path(sam: &mut Sam, kind: &Kind, id: &str, api: &str, path: (&str, bool), method: (&str, bool)) -> Made<()> {
    let wrong = || {
        Reject::event(
            id,
            eco_format!("{} must be a valid reference to an '{}' resource in same template.", kind.api_property, kind.resource),
        )
    };
    let body = sam.resources.get_mut(api).ok_or_else(wrong)?;
    if kind.flavour == Flavour::Rest && body.get("Type").is_some_and(|own| own.is(HTTP.resource)) {
        return Err(wrong());
    }
    let Some(properties) = body.map_mut().and_then(|body| body.get_mut("Properties")).and_then(Value::map_mut) else { return Ok(()) };
    if !is_valid(kind.flavour, properties.get("DefinitionBody")) || properties.truthy("__MANAGE_SWAGGER").is_none() {
        return Ok(());
    }
    let Some(definition) = properties.get_mut("DefinitionBody") else { return Ok(()) };
    let mut editor = Editor::open(kind.flavour, Some(std::mem::take(definition)))?;
    editor.add_path(path.0, path.1, method.0, method.1)?;
    *definition = editor.close();
    Ok(())
}

fn route_settings(sam: &mut Sam, id: &str, api: &str, path: &str, method: &str, event: &Map, condition: Option<&Value>) -> Made<()> {
    let route = if method == ANY_METHOD { path.into() } else { eco_format!("{} {path}", method.to_uppercase()) };
    let Some(properties) = sam.resources.get_mut(api).and_then(|body| body.map_mut()?.get_mut("Properties")?.map_mut()) else {
        return Ok(());
    };
    if !properties.has("RouteSettings") {
        properties.set("RouteSettings", Map::new());
    }
    let Some(all) = properties.get_mut("RouteSettings").and_then(Value::map_mut) else {
        return Err(Reject::resource(api, "Property 'RouteSettings' should be a map."));
    };
    let mut own = event.get("RouteSettings").cloned().unwrap_or_default();
    if let Some(condition) = condition {
        own = when(condition, own);
    }
    let Some(own) = own.map() else { return Err(Reject::event(id, "Property 'RouteSettings' should be a map.")) };
    if !all.has(&route) {
        all.set(&route, Map::new());
    }
    if let Some(settings) = all.get_mut(&route).and_then(Value::map_mut) {
        settings.update(own);
    }
    Ok(())
}

fn tags_of_implicit(sam: &mut Sam, kind: &Kind, owner: &Value) {
    let section = owner.get("Type").and_then(Value::text).and_then(|own| own.strip_prefix("AWS::Serverless::")).unwrap_or_default();
    let globals = sam.globals.as_ref().and_then(|globals| globals.get(section)).and_then(Value::map);
    let find = |key: &str| {
        let own = owner.get("Properties").and_then(Value::map).and_then(|properties| properties.truthy(key));
        own.or_else(|| globals.and_then(|globals| globals.truthy(key))).cloned()
    };
    let (Some(_), Some(tags)) = (find("PropagateTags"), find("Tags")) else { return };
    let Some(tags) = tags.map() else { return };
    let Some(properties) = sam.resources.get_mut(kind.id).and_then(|api| api.map_mut()?.get_mut("Properties")?.map_mut()) else { return };
    if !properties.has("Tags") {
        properties.set("Tags", Map::new());
    }
    if let Some(all) = properties.get_mut("Tags").and_then(Value::map_mut) {
        all.update(tags);
    }
    properties.set("PropagateTags", true);
}

fn condition(sam: &mut Sam, kind: &Kind, seen: &Seen) {
    let Some(paths) = seen.conditions.get(kind.id) else { return };
    let methods = || paths.values().flat_map(BTreeMap::values);
    if methods().any(Option::is_none) {
        return;
    }
    let all: BTreeSet<EcoString> = methods().flatten().map(Value::shown).collect();
    let name = match all.first() {
        None => return,
        Some(only) if all.len() == 1 => only.clone(),
        Some(_) => {
            sam.combine_conditions(kind.condition, all.into_iter().collect());
            kind.condition.into()
        }
    };
    if let Some(api) = sam.resources.get_mut(kind.id).and_then(Value::map_mut) {
        api.set("Condition", name);
    }
}

fn policies(sam: &mut Sam, kind: &Kind, seen: &Seen) {
    let strongest = |all: Option<&Vec<EcoString>>, order: &[&'static str]| {
        order.iter().find(|policy| all.is_some_and(|all| all.iter().any(|own| own == *policy))).copied()
    };
    let deletion = strongest(seen.deletion.get(kind.id), &["Retain", "Delete"]);
    let replacement = strongest(seen.replacement.get(kind.id), &["Retain", "Snapshot", "Delete"]);
    let Some(api) = sam.resources.get_mut(kind.id).and_then(Value::map_mut) else { return };
    if let Some(deletion) = deletion {
        api.set("DeletionPolicy", deletion);
    }
    if let Some(replacement) = replacement {
        api.set("UpdateReplacePolicy", replacement);
    }
}

/// A path all of whose methods are conditional is conditional itself.
fn path_conditions(sam: &mut Sam, kind: &Kind, seen: &Seen) -> Made<()> {
    for id in sam.ids_of(&[kind.resource]) {
        let Some(properties) = sam.resources.get_mut(&id).and_then(|api| api.map_mut()?.get_mut("Properties")?.map_mut()) else { continue };
        if properties.truthy("__MANAGE_SWAGGER").is_none() {
            continue;
        }
        let Some(definition) = properties.get_mut("DefinitionBody") else { continue };
        let mut editor = Editor::open(kind.flavour, Some(std::mem::take(definition)))?;
        let mut combined = Vec::new();
        for path in editor.path_names() {
            let Some(methods) = seen.conditions.get(&id).and_then(|paths| paths.get(&path)) else { continue };
            if methods.is_empty() || methods.values().any(Option::is_none) {
                continue;
            }
            let all: BTreeMap<EcoString, &Value> = methods.values().flatten().map(|condition| (condition.shown(), condition)).collect();
            let name = match all.first_key_value() {
                Some((_, only)) if all.len() == 1 => (*only).clone(),
                _ => {
                    let safe = path.replace("/", "SLASH").replace("{", "OB").replace("}", "CB");
                    let name = eco_format!("{id}{safe}PathCondition");
                    combined.push((name.clone(), all.into_keys().collect()));
                    Value::from(name)
                }
            };
            if let Some(item) = editor.path_mut(&path) {
                let plain = std::mem::take(item);
                *item = when(&name, plain);
            }
        }
        *definition = editor.close();
        for (name, all) in combined {
            sam.combine_conditions(&name, all);
        }
    }
    Ok(())
}

/// One condition that holds when any of several does; a function takes at most ten.
pub fn combined(name: &str, mut all: Vec<EcoString>) -> Vec<(EcoString, Value)> {
    const MOST: usize = 10;
    let mut made = Vec::new();
    if all.len() < 2 {
        return made;
    }
    let mut number = (all.len() - 2) / (MOST - 1);
    while all.len() > 1 {
        let own = if number > 0 { eco_format!("{name}{number}") } else { name.into() };
        number = number.saturating_sub(1);
        let rest = all.split_off(all.len().min(MOST));
        let parts: Vec<Value> = all.iter().map(|condition| object! { "Condition" => condition }).collect();
        made.push((own.clone(), object! { "Fn::Or" => parts }));
        all = rest;
        all.push(own);
    }
    made
}
