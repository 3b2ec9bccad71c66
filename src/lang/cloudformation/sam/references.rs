//! References of the author to what the transform makes: `Function.Alias`, a layer by its id before the hash.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use super::intrinsics::{call, replace_names, sub_text};
use super::map::Map;
use super::resource::Resource;
use super::transform::Sam;
use super::value::Value;

/// Names that a template may use after a dot, with the type that each stands for.
const REFERABLE: &[(&str, &[(&str, &str)])] = &[
    (
        "AWS::Serverless::Function",
        &[
            ("Alias", "AWS::Lambda::Alias"),
            ("Version", "AWS::Lambda::Version"),
            ("DestinationTopic", "AWS::SNS::Topic"),
            ("DestinationQueue", "AWS::SQS::Queue"),
        ],
    ),
    (
        "AWS::Serverless::Api",
        &[
            ("Stage", "AWS::ApiGateway::Stage"),
            ("Deployment", "AWS::ApiGateway::Deployment"),
            ("DomainName", "AWS::ApiGateway::DomainName"),
            ("DomainNameV2", "AWS::ApiGateway::DomainNameV2"),
            ("UsagePlan", "AWS::ApiGateway::UsagePlan"),
            ("UsagePlanKey", "AWS::ApiGateway::UsagePlanKey"),
            ("ApiKey", "AWS::ApiGateway::ApiKey"),
        ],
    ),
    ("AWS::Serverless::HttpApi", &[("Stage", "AWS::ApiGatewayV2::Stage"), ("DomainName", "AWS::ApiGatewayV2::DomainName")]),
    ("AWS::Serverless::WebSocketApi", &[("Stage", "AWS::ApiGatewayV2::Stage"), ("DomainName", "AWS::ApiGatewayV2::DomainName")]),
];

#[derive(Debug, Default)]
pub struct Supported(BTreeMap<(EcoString, &'static str), EcoString>);

/// Ids that the transform changed, with the new ones.
#[derive(Debug, Default)]
pub struct Changed(pub BTreeMap<EcoString, EcoString>);

impl Supported {
    pub fn note(&mut self, id: &EcoString, kind: &str, made: &[Resource]) {
        let Some((_, names)) = REFERABLE.iter().find(|(own, _)| *own == kind) else { return };
        for (name, of) in *names {
            // The last of several, as the reference has it.
            if let Some(resource) = made.iter().rev().find(|resource| resource.kind == *of) {
                self.0.insert((id.clone(), name), resource.id.clone());
            }
        }
    }
}

/// Rewrites every reference in the output and in the other sections of the template.
pub fn rewrite(sam: &mut Sam, template: &mut Map) {
    let (supported, changed) = (std::mem::take(&mut sam.supported), std::mem::take(&mut sam.changed));
    // One look-up per reference, not one search: templates have hundreds of them.
    let by_id = supported.0.iter().fold(BTreeMap::<&str, Vec<(&str, &EcoString)>>::new(), |mut all, ((id, name), to)| {
        all.entry(id).or_default().push((name, to));
        all
    });
    if !(by_id.is_empty() && changed.0.is_empty()) {
        for value in sam.output.values_mut() {
            depends_on(value, &changed);
            walk(value, &by_id, &changed);
        }
        for entry in sam.conditions.iter_mut().flat_map(Map::values_mut) {
            walk(entry, &by_id, &changed);
        }
        if let Some(outputs) = template.get_mut("Outputs") {
            walk(outputs, &by_id, &changed);
        }
    }
    drop(by_id);
    (sam.supported, sam.changed) = (supported, changed);
}

fn depends_on(resource: &mut Value, changed: &Changed) {
    let Some(value) = resource.map_mut().and_then(|map| map.get_mut("DependsOn")) else { return };
    let new = |value: &mut Value| {
        if let Some(to) = value.text().and_then(|id| changed.0.get(id)) {
            *value = to.into();
        }
    };
    match value {
        Value::List(items) => items.iter_mut().for_each(new),
        other => new(other),
    }
}

type ById<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a EcoString)>>;

fn named<'a>(by_id: &ById<'a>, id: &str, name: &str) -> Option<&'a EcoString> {
    by_id.get(id)?.iter().find(|(own, _)| *own == name).map(|(_, to)| *to)
}

fn walk(value: &mut Value, by_id: &ById, changed: &Changed) {
    match call(value).map(|(name, _)| name.as_str()) {
        Some("Ref") => {
            let new = value.get("Ref").and_then(Value::text).and_then(|text| match text.split_once('.') {
                Some((id, name)) => named(by_id, id, name),
                None => changed.0.get(text),
            });
            if let Some(new) = new.cloned()
                && let Some(map) = value.map_mut()
            {
                map.set("Ref", new);
            }
            return;
        }
        Some("Fn::GetAtt") => attribute(value, by_id, changed),
        Some("Fn::Sub") => {
            if let Some(text) = sub_text(value) {
                *text = replace_names(text, |name| substituted(name, by_id, changed));
            }
        }
        _ => {}
    }
    match value {
        Value::Map(map) => map.values_mut().for_each(|value| walk(value, by_id, changed)),
        Value::List(items) => items.iter_mut().for_each(|value| walk(value, by_id, changed)),
        _ => {}
    }
}

fn substituted(name: &str, by_id: &ById, changed: &Changed) -> Option<EcoString> {
    let mut parts = name.split('.');
    let id = parts.next().unwrap_or_default();
    let mut whole = EcoString::from(name);
    if let Some(to) = changed.0.get(id) {
        whole = whole.replace(id, to);
    }
    if let Some(property) = parts.next()
        && let Some(to) = named(by_id, id, property)
    {
        whole = whole.replace(&format!("{id}.{property}"), to);
    }
    (whole != name).then(|| eco_format!("${{{whole}}}"))
}

fn attribute(value: &mut Value, by_id: &ById, changed: &Changed) {
    let Some(argument) = value.map_mut().and_then(|map| map.get_mut("Fn::GetAtt")) else { return };
    let Some(items) = argument.list().filter(|items| items.len() >= 2) else { return };
    let texts: Option<Vec<&str>> = items.iter().map(|item| item.text().map(EcoString::as_str)).collect();
    let Some(texts) = texts else { return };
    let joined = texts.join(".");
    let mut parts: Vec<EcoString> = joined.split('.').map(EcoString::from).collect();
    let mut new = false;
    if let Some(first) = parts.first_mut()
        && let Some(to) = changed.0.get(first)
    {
        *first = to.clone();
        new = true;
    }
    if let [id, property, rest @ ..] = parts.as_slice()
        && let Some(to) = named(by_id, id, property)
    {
        parts = std::iter::once(to.clone()).chain(rest.iter().cloned()).collect();
        new = true;
    }
    if new {
        *argument = Value::List(parts.into_iter().map(Value::from).collect());
    }
}
