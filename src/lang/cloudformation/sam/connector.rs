//! `AWS::Serverless::Connector`, on its own or inside a resource: the policy or permission that lets one resource
//! use another.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};

use super::intrinsics::{attribute, named_resource, reference, sub, sub_with};
use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource};
use super::shape;
use super::tables;
use super::transform::Sam;
use super::value::{Value, list, map, object};

const SHAPE: &str = "Source:m! Destination:ml! Permissions:S!";
const KIND: &str = "AWS::Serverless::Connector";

/// Makes a connector of its own of each one inside a resource.
pub fn embedded(sam: &mut Sam) {
    let mut made: Vec<(EcoString, Map, Option<crate::source::Span>)> = Vec::new();
    let mut rejects = Vec::new();
    for entry in sam.resources.iter() {
        let Some(connectors) = entry.value.get("Connectors") else { continue };
        let Some(connectors) = connectors.map() else {
            rejects.push(Reject::resource(&entry.key, "Attribute 'Connectors' should be a map."));
            continue;
        };
        for one in connectors.iter() {
            match taken_out(&entry.key, &one.key, &one.value) {
                Ok((id, _)) if sam.resources.has(&id) => {
                    rejects.push(Reject::resource(&entry.key, eco_format!("A connector takes the id [{id}], which is taken already.")));
                }
                Ok((id, body)) => made.push((id, body, one.span.or(entry.span))),
                Err(reject) => rejects.push(reject),
            }
        }
    }
    sam.rejects.extend(rejects);
    for (id, body, span) in made {
        sam.resources.insert(id, false, span, body.into());
    }
    for body in sam.resources.values_mut() {
        if let Some(body) = body.map_mut().filter(|body| body.has("Connectors")) {
            body.remove("Connectors");
        }
    }
}

fn taken_out(source: &EcoString, name: &EcoString, connector: &Value) -> Made<(EcoString, Map)> {
    let id = eco_format!("{source}{name}");
    let Some(mut body) = connector.map().cloned() else { return Err(Reject::resource(&id, eco_format!("{source}.{id} should be a map."))) };
    let Some(mut properties) = body.get("Properties").and_then(Value::map).cloned() else {
        return Err(Reject::resource(source, eco_format!("Attribute 'Connectors.{name}.Properties' should be a map.")));
    };
    let mut from = map! { "Id" => source };
    if let Some(given) = properties.remove("SourceReference") {
        let Some(given) = given.map() else {
            return Err(Reject::resource(source, eco_format!("Property 'Connectors.{name}.Properties.SourceReference' should be a map.")));
        };
        if given.has("Id") {
            return Err(Reject::resource(name, "'Id' shouldn't be defined in 'SourceReference'."));
        }
        from.update(given);
    }
    properties.set("Source", from);
    shape::check(&id, KIND, &properties, SHAPE)?;
    body.set("Type", KIND);
    body.set("Properties", properties);
    Ok((id, body))
}

/// One end of a connector.
#[derive(Debug, Default)]
struct End {
    id: Option<EcoString>,
    kind: EcoString,
    arn: Option<Value>,
    role: Option<Value>,
    url: Option<Value>,
    resource_id: Option<Value>,
    name: Option<Value>,
    qualifier: Option<Value>,
}

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, KIND, own.properties, SHAPE)?;
    let source = own.get("Source").cloned().unwrap_or_default();
    let permissions: BTreeSet<EcoString> =
        own.get("Permissions").and_then(Value::list).unwrap_or_default().iter().filter_map(Value::text).cloned().collect();
    let (destinations, several) = match own.get("Destination") {
        Some(Value::List(all)) => (all.clone(), true),
        Some(one) => (vec![one.clone()], false),
        None => (Vec::new(), true),
    };
    let mut made = Vec::new();
    for (index, destination) in destinations.iter().enumerate() {
        let to = end(sam, own, destination, &source)?;
        let from = end(sam, own, &source, destination)?;
        let suffix = if several { eco_format!("Destination{index}") } else { EcoString::new() };
        made.extend(connect(sam, own, &from, &to, &permissions, &suffix)?);
    }
    let ids: Vec<Value> = made.iter().map(|resource| (&resource.id).into()).collect();
    instead_of(sam, own.id, &ids);
    if made.is_empty() {
        return own.reject("'Destination' is an empty list");
    }
    Ok(made)
}

/// Whoever depended on the connector depends on what it became.
fn instead_of(sam: &mut Sam, id: &EcoString, ids: &[Value]) {
    for body in sam.output.values_mut().filter_map(Value::map_mut) {
        let Some(depends) = body.get("DependsOn") else { continue };
        let mut all = super::security::as_list(depends);
        let before = all.len();
        all.retain(|one| !one.is(id));
        if all.len() < before {
            for id in ids {
                if !all.contains(id) {
                    all.push(id.clone());
                }
            }
            body.set("DependsOn", all);
        }
    }
}

fn end(sam: &Sam, own: &Macro, given: &Value, other: &Value) -> Made<End> {
    let Some(given) = given.map() else { return own.reject("'Source' and 'Destination' should be maps.") };
    let more = given.keys().any(|key| key != "Id" && key != "Qualifier");
    if given.has("Id") == more {
        return own.reject("Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.");
    }
    let Some(id) = given.truthy("Id") else {
        let Some(kind) = given.truthy("Type").and_then(Value::text) else { return own.reject("'Type' is missing or not a string.") };
        let get = |key: &str| given.some(key).cloned();
        return Ok(End {
            id: None,
            kind: deployed_type(kind).into(),
            arn: get("Arn"),
            role: get("RoleName"),
            url: get("QueueUrl"),
            resource_id: get("ResourceId"),
            name: get("Name"),
            qualifier: get("Qualifier"),
        });
    };
    let Some(id) = id.text() else { return own.reject("'Id' is missing or not a string.") };
    let Some(body) = sam.output.get(id).filter(|body| body.truthy()) else {
        return own.reject(eco_format!("Unable to find resource with logical ID '{id}'."));
    };
    let Some(kind) = body.get("Type").and_then(Value::text).filter(|kind| !kind.is_empty()) else {
        return own.reject("'Type' is missing or not a string.");
    };
    let mut end = known(kind, id, body.get("Properties"), other);
    if let Some(qualifier) = given.get("Qualifier") {
        end.qualifier = Some(qualifier.clone());
    }
    Ok(end)
}

fn deployed_type(kind: &str) -> &str {
    match kind {
        "AWS::Serverless::Function" => "AWS::Lambda::Function",
        "AWS::Serverless::StateMachine" => "AWS::StepFunctions::StateMachine",
        "AWS::Serverless::Api" => "AWS::ApiGateway::RestApi",
        "AWS::Serverless::HttpApi" => "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::SimpleTable" => "AWS::DynamoDB::Table",
        other => other,
    }
}

/// What a resource of the template gives to a connector.
fn known(kind: &EcoString, id: &EcoString, properties: Option<&Value>, other: &Value) -> End {
    let arn = Some(attribute(id, "Arn"));
    let property = |key: &str| properties.and_then(|properties| properties.some(key)).and_then(named_resource).map(|id| reference(&id));
    let base = End { id: Some(id.clone()), kind: kind.clone(), ..End::default() };
    match kind.as_str() {
        "AWS::Lambda::Function" => End { arn, role: property("Role"), ..base },
        "AWS::StepFunctions::StateMachine" => {
            End { arn: Some(reference(id)), role: property("RoleArn"), name: Some(attribute(id, "Name")), ..base }
        }
        "AWS::AppSync::GraphQLApi" => End { arn: Some(reference(id)), resource_id: Some(attribute(id, "ApiId")), ..base },
        "AWS::AppSync::DataSource" => End { arn: Some(reference(id)), role: property("ServiceRoleArn"), ..base },
        "AWS::Events::Rule" => End { arn, role: rule_role(properties, other), ..base },
        "AWS::SQS::Queue" => End { arn, url: Some(reference(id)), ..base },
        "AWS::SNS::Topic" => End { arn: Some(reference(id)), ..base },
        "AWS::ApiGatewayV2::Api" | "AWS::ApiGateway::RestApi" => {
            End { arn, qualifier: Some("*".into()), resource_id: Some(reference(id)), ..base }
        }
        "AWS::DynamoDB::Table" | "AWS::S3::Bucket" | "AWS::Location::PlaceIndex" | "AWS::Events::EventBus" => End { arn, ..base },
        _ => base,
    }
}

/// The role with which a rule calls its target.
fn rule_role(properties: Option<&Value>, other: &Value) -> Option<Value> {
    let targets = properties.and_then(|properties| properties.get("Targets")).and_then(Value::list).unwrap_or_default();
    let target = targets.iter().find(|target| {
        let arn = target.get("Arn");
        let named = arn.and_then(named_resource);
        let by_id = named.is_some_and(|id| other.get("Id").is_some_and(|own| own.is(&id)));
        by_id || other.some("Arn").is_some_and(|own| own.truthy() && Some(own) == arn)
    });
    target.and_then(|target| target.get("RoleArn")).and_then(named_resource).map(|id| reference(&id))
}

fn connect(sam: &mut Sam, own: &Macro, from: &End, to: &End, permissions: &BTreeSet<EcoString>, suffix: &str) -> Made<Vec<Resource>> {
    let Some(profile) = tables::connector(&from.kind, &to.kind) else {
        return own.reject(eco_format!(
            "Unable to create connector from {} to {}; it's not supported or the template is invalid.",
            from.kind,
            to.kind
        ));
    };
    let Some(categories) = profile.get("allows").and_then(Value::map) else { return Ok(Vec::new()) };
    let valid = categories.keys().map(EcoString::as_str).collect::<Vec<_>>().join(", ");
    if permissions.is_empty() {
        return own.reject(eco_format!("'Permissions' cannot be empty; valid values are: {valid}."));
    }
    if permissions.iter().any(|permission| !categories.has(permission)) {
        return own.reject(eco_format!(
            "Unsupported 'Permissions' provided for connector from {} to {}; valid values are: {valid}.",
            from.kind,
            to.kind
        ));
    }
    if let Some(sets) = profile.get("together").and_then(Value::list) {
        let is = |set: &Value| {
            set.list().is_some_and(|set| {
                set.len() == permissions.len() && set.iter().filter_map(Value::text).all(|name| permissions.contains(name))
            })
        };
        if !sets.iter().any(is) {
            return own.reject(eco_format!("Unsupported 'Permissions' provided for connector from {} to {}.", from.kind, to.kind));
        }
    }
    // Every placeholder must have a value, also those of permissions that are not asked for.
    let categories = filled(own, &Value::from(categories.clone()), from, to)?;
    let wanted: Vec<(EcoString, Value)> = categories
        .map()
        .into_iter()
        .flat_map(Map::iter)
        .filter(|entry| permissions.contains(&entry.key))
        .map(|entry| (entry.key.clone(), entry.value.clone()))
        .collect();
    let by_source = profile.get("source").is_some_and(Value::truthy);
    let end = if by_source { from } else { to };
    let named = |name: &str, kind: &str| {
        let mut made = Resource::new(eco_format!("{}{name}{suffix}", own.id), kind, &own.attributes)?;
        made.depends_on = own.depends_on.cloned();
        made.span = own.span;
        let mut metadata = made.attributes.get("Metadata").and_then(Value::map).cloned().unwrap_or_default();
        let original = |end: &End| {
            let before = end.id.as_ref().and_then(|id| sam.resources.get(id)).and_then(|body| body.get("Type")).cloned();
            object! { "Type" => before.unwrap_or_else(|| (&end.kind).into()) }
        };
        let ends = map! { "Source" => original(from), "Destination" => original(to) };
        metadata.set("aws:sam:connectors", map! { own.id => ends });
        made.attributes.set("Metadata", metadata);
        Ok::<_, Reject>(made)
    };
    let side = if by_source { "Source" } else { "Destination" };
    let missing = |what: &str| Reject::resource(own.id, eco_format!("Unable to get {what} from '{side}' resource."));
    let document = || {
        let all: Vec<Value> = wanted.iter().flat_map(|(_, statements)| statements.list().unwrap_or_default()).cloned().collect();
        map! { "Version" => "2012-10-17", "Statement" => all }
    };
    match profile.get("makes").and_then(Value::text).map(EcoString::as_str) {
        Some("role") => {
            let mut policy = named("Policy", "AWS::IAM::ManagedPolicy")?;
            let role = end.role.clone().filter(Value::truthy).ok_or_else(|| missing("IAM role name"))?;
            policy.set("PolicyDocument", document()).set("Roles", list![role]);
            before(sam, profile.get("before"), from, to, &policy.id);
            Ok(vec![policy])
        }
        Some("queue") => {
            let mut policy = named("QueuePolicy", "AWS::SQS::QueuePolicy")?;
            let url = end.url.clone().filter(Value::truthy).ok_or_else(|| missing("SQS queue URL"))?;
            policy.set("PolicyDocument", document()).set("Queues", list![url]);
            Ok(vec![policy])
        }
        Some("topic") => {
            let mut policy = named("TopicPolicy", "AWS::SNS::TopicPolicy")?;
            let arn = end.arn.clone().filter(Value::truthy).ok_or_else(|| missing("SNS topic ARN"))?;
            policy.set("Topics", list![arn]).set("PolicyDocument", document());
            Ok(vec![policy])
        }
        _ => wanted
            .iter()
            .map(|(name, of)| {
                let mut permission = named(&eco_format!("{name}LambdaPermission"), "AWS::Lambda::Permission")?;
                let arn = end.arn.clone().filter(Value::truthy).ok_or_else(|| missing("Lambda function ARN"))?;
                permission.set("FunctionName", arn);
                for key in ["Action", "Principal", "SourceArn", "SourceAccount"] {
                    permission.set_some(key, of.get(key));
                }
                Ok(permission)
            })
            .collect(),
    }
}

/// A policy must be there before what needs it starts.
fn before(sam: &mut Sam, what: Option<&Value>, from: &End, to: &End, policy: &EcoString) {
    let Some(source) = &from.id else { return };
    let dependent = match what.and_then(Value::text).map(EcoString::as_str) {
        Some("source") => Some(source.clone()),
        Some("mapping") => to.id.as_ref().and_then(|function| {
            let is = |body: &Value| {
                let named = |key: &str| body.get("Properties").and_then(|properties| properties.get(key)).and_then(named_resource);
                body.get("Type").is_some_and(|kind| kind.is("AWS::Lambda::EventSourceMapping"))
                    && named("FunctionName").as_ref() == Some(function)
                    && named("EventSourceArn").as_ref() == Some(source)
            };
            let mut mappings = sam.output.iter().filter(|entry| is(&entry.value)).map(|entry| entry.key.clone());
            mappings.next().filter(|_| mappings.next().is_none())
        }),
        _ => None,
    };
    let Some(body) = dependent.and_then(|id| sam.output.get_mut(&id)).and_then(Value::map_mut) else { return };
    let mut all = body.get("DependsOn").map(super::security::as_list).unwrap_or_default();
    if !all.contains(&policy.into()) {
        all.push(policy.into());
    }
    body.set("DependsOn", all);
}

/// Puts the ends in place of `%{Source.Arn}` and the like.
fn filled(own: &Macro, value: &Value, from: &End, to: &End) -> Made<Value> {
    match value {
        Value::List(items) => Ok(Value::List(items.iter().map(|item| filled(own, item, from, to)).collect::<Made<_>>()?)),
        Value::Map(map) => {
            let mut made = Map::new();
            for entry in map.iter() {
                made.set(&entry.key, filled(own, &entry.value, from, to)?);
            }
            Ok(made.into())
        }
        Value::Text(text, _) => filled_text(own, text, from, to),
        other => Ok(other.clone()),
    }
}

fn filled_text(own: &Macro, text: &str, from: &End, to: &End) -> Made<Value> {
    let mut text = EcoString::from(text);
    let mut variables = Map::new();
    for (side, end) in [("Source", from), ("Destination", to)] {
        let parts = [("Arn", &end.arn), ("ResourceId", &end.resource_id), ("Name", &end.name), ("Qualifier", &end.qualifier)];
        for (part, value) in parts {
            let pattern = eco_format!("%{{{side}.{part}}}");
            if !text.contains(pattern.as_str()) {
                continue;
            }
            let Some(value) = value else { return own.reject(eco_format!("{side}.{part} is missing.")) };
            if text == pattern {
                return Ok(value.clone());
            }
            text = text.replace(&pattern, &eco_format!("${{{side}{part}}}"));
            variables.set(&eco_format!("{side}{part}"), value.clone());
        }
    }
    Ok(match (text.contains("${"), variables.is_empty()) {
        (true, true) => sub(text),
        (true, false) => sub_with(text, variables),
        (false, _) => text.into(),
    })
}
