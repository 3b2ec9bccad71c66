//! `AWS::Serverless::StateMachine`: the machine, its role, version and alias, and its events.

use ecow::{EcoString, eco_format};

use super::events::{self, Target};
use super::function::xray_policy;
use super::intrinsics::{attribute, is_intrinsic, object_join};
use super::location;
use super::map::Map;
use super::policies::{RoleParts, role};
use super::reject::Made;
use super::resource::{Macro, Resource, propagate_tags, tag_list};
use super::shape;
use super::transform::{Sam, trust};
use super::value::{Value, map, object};

const SHAPE: &str = "Definition:m DefinitionUri:sm Logging:m Role:s RolePath DefinitionSubstitutions:m Events:M Name:s Type:s Tags:m \
    PropagateTags:b Policies:sL Tracing:m PermissionsBoundary:s AutoPublishAlias DeploymentPreference UseAliasAsEventTarget:b^";

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::StateMachine", own.properties, SHAPE)?;
    let linked = events::link(sam, own, true)?;
    let mut machine = own.own("AWS::StepFunctions::StateMachine")?;
    define(own, &mut machine)?;
    let mut made = Vec::new();
    match own.truthy("Role") {
        Some(_) if own.truthy("Policies").is_some() => {
            return own.reject("Specify either 'Role' or 'Policies' (but not both at the same time) or neither of them");
        }
        Some(given) => {
            machine.set("RoleArn", given.clone());
        }
        None => {
            let role = execution_role(sam, own)?;
            machine.set("RoleArn", role.arn());
            made.push(role);
        }
    }
    for (from, to) in [
        ("Name", "StateMachineName"),
        ("Type", "StateMachineType"),
        ("Logging", "LoggingConfiguration"),
        ("Tracing", "TracingConfiguration"),
    ] {
        machine.set_some(to, own.get(from));
    }
    machine.set("Tags", tags(own));
    let alias = publish(own, &machine, &mut made)?;
    let aliased = own.truthy("UseAliasAsEventTarget").is_some();
    let target = Target::of(alias.as_ref().filter(|_| aliased).unwrap_or(&machine), &own.passed);
    let of_events = events::make_for_machine(sam, own, &target, linked)?;
    let mut all = vec![machine];
    all.append(&mut made);
    all.extend(alias);
    all.extend(of_events);
    propagate_tags(&mut all, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(all)
}

fn tags(own: &Macro) -> Vec<Value> {
    let mut all = tag_list(Some(&object! { "stateMachine:createdBy" => "SAM" }));
    all.extend(tag_list(own.get("Tags")));
    all
}

fn execution_role(sam: &Sam, own: &Macro) -> Made<Resource> {
    let mut policies = match own.truthy("Policies") {
        None => Vec::new(),
        Some(Value::List(policies)) => policies.clone(),
        Some(one) => vec![one.clone()],
    };
    if own.truthy("Tracing").is_some_and(|tracing| matches!(tracing.get("Enabled"), Some(Value::Bool(true)))) {
        policies.push(xray_policy(sam.partition).into());
    }
    let policies = Value::List(policies);
    let parts = RoleParts {
        trust: trust("states.amazonaws.com"),
        managed: Vec::new(),
        inline: Vec::new(),
        policies: Some(&policies),
        tags: tags(own),
    };
    role(sam, own, parts)
}

fn define(own: &Macro, machine: &mut Resource) -> Made<()> {
    let mut substitutions = own.truthy("DefinitionSubstitutions").cloned();
    match (own.truthy("Definition"), own.truthy("DefinitionUri")) {
        (Some(_), Some(_)) => return own.reject("Specify either 'Definition' or 'DefinitionUri' property and not both."),
        (None, None) => return own.reject("Either 'Definition' or 'DefinitionUri' property must be specified."),
        (Some(definition), None) => {
            let mut definition = definition.clone();
            let mut found = Map::new();
            substitute(&mut definition, &mut found);
            if !found.is_empty() {
                match substitutions.as_mut().and_then(Value::map_mut) {
                    Some(all) => all.update(&found),
                    None => substitutions = Some(found.into()),
                }
            }
            // The reference prints the definition on lines of its own; the text is the same.
            machine.set("DefinitionString", object_join("\n", vec![definition.compact_json().into()]));
        }
        (None, Some(uri)) => {
            let place = location::pointer(uri, own.id, "DefinitionUri")?;
            let mut location = Map::new();
            ["Bucket", "Key", "Version"].iter().for_each(|key| location.set_some(key, place.get(key)));
            machine.set("DefinitionS3Location", location);
        }
    }
    machine.set_some("DefinitionSubstitutions", substitutions.as_ref());
    Ok(())
}

/// Function calls cannot stand in a definition: each becomes a name, in the order of sorted keys.
fn substitute(value: &mut Value, found: &mut Map) {
    let mut one = |value: &mut Value| {
        let dynamic = value.text().is_some_and(|text| text.starts_with("{{resolve:") && text.ends_with("}}"));
        if is_intrinsic(value) || dynamic {
            let name = eco_format!("definition_substitution_{}", found.len() + 1);
            let call = std::mem::replace(value, eco_format!("${{{name}}}").into());
            found.set(&name, call);
        } else {
            substitute(value, found);
        }
    };
    match value {
        Value::Map(map) => {
            let mut keys: Vec<EcoString> = map.keys().cloned().collect();
            keys.sort();
            for key in keys {
                if let Some(value) = map.get_mut(&key) {
                    one(value);
                }
            }
        }
        Value::List(items) => items.iter_mut().for_each(one),
        _ => {}
    }
}

fn publish(own: &Macro, machine: &Resource, made: &mut Vec<Resource>) -> Made<Option<Resource>> {
    let Some(name) = own.truthy("AutoPublishAlias") else {
        if own.truthy("UseAliasAsEventTarget").is_some() {
            return own.reject("'UseAliasAsEventTarget' requires 'AutoPublishAlias' property to be specified.");
        }
        if own.truthy("DeploymentPreference").is_some() {
            return own.reject("'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.");
        }
        return Ok(None);
    };
    let mut version = own.beside("Version", "AWS::StepFunctions::StateMachineVersion")?;
    for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
        if !version.attributes.has(policy) {
            version.attributes.set(policy, "Retain");
        }
    }
    version.set("StateMachineArn", machine.reference());
    version.set("StateMachineRevisionId", attribute(&machine.id, "StateMachineRevisionId"));
    let mut alias = own.beside(&eco_format!("Alias{}", name.shown()), "AWS::StepFunctions::StateMachineAlias")?;
    let mut preference =
        own.truthy("DeploymentPreference").and_then(Value::map).cloned().unwrap_or_else(|| map! { "Type" => "ALL_AT_ONCE" });
    preference.set("StateMachineVersionArn", version.reference());
    alias.set("Name", name.clone()).set("DeploymentPreference", preference);
    made.push(version);
    Ok(Some(alias))
}
