//! A resource that the transform makes.

use ecow::EcoString;

use super::intrinsics::{attribute, reference};
use super::map::Map;
use super::reject::{Made, Reject};
use super::value::{Value, map};
use crate::source::Span;

/// What a resource has beside its properties, and what generated ones inherit.
const KEPT: &[&str] = &["DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"];
const PASSED: &[&str] = &["Condition", "DeletionPolicy", "UpdateReplacePolicy"];

#[derive(Debug, Clone)]
pub struct Resource {
    pub id: EcoString,
    pub kind: EcoString,
    pub depends_on: Option<Value>,
    pub attributes: Map,
    pub properties: Map,
    /// The line of the template that caused it.
    pub span: Option<Span>,
}

impl Resource {
    pub fn new(id: impl Into<EcoString>, kind: &str, attributes: &Map) -> Made<Resource> {
        let id = id.into();
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Reject::resource(&id, "Logical ids must be alphanumeric."));
        }
        Ok(Resource { id, kind: kind.into(), depends_on: None, attributes: attributes.clone(), properties: Map::new(), span: None })
    }

    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Resource {
        self.properties.set(key, value);
        self
    }

    /// Sets what is there and not null.
    pub fn set_some(&mut self, key: &str, value: Option<&Value>) -> &mut Resource {
        if let Some(value) = value.filter(|value| !matches!(value, Value::Null)) {
            self.properties.set(key, value.clone());
        }
        self
    }

    /// Takes several properties over under their names.
    pub fn copy(&mut self, from: &Map, keys: &[&str]) -> &mut Resource {
        for entry in keys.iter().filter_map(|key| from.entry(key)).filter(|entry| !matches!(entry.value, Value::Null)) {
            self.properties.insert(entry.key.clone(), false, entry.span, entry.value.clone());
        }
        self
    }

    pub fn reference(&self) -> Value {
        reference(&self.id)
    }

    pub fn arn(&self) -> Value {
        match self.kind.as_str() {
            "AWS::Lambda::Alias" | "AWS::Lambda::Version" | "AWS::SNS::Topic" => self.reference(),
            kind if kind.starts_with("AWS::StepFunctions::") => self.reference(),
            "AWS::AppSync::DataSource" => attribute(&self.id, "DataSourceArn"),
            _ => attribute(&self.id, "Arn"),
        }
    }

    pub fn into_value(self) -> Value {
        let mut value = map! { "Type" => self.kind };
        if let Some(depends_on) = self.depends_on.filter(Value::truthy) {
            value.set("DependsOn", depends_on);
        }
        value.update(&self.attributes);
        value.set("Properties", self.properties);
        value.into()
    }

    /// Whether the type has tags that the transform can give, and in which form.
    pub fn tags(&self) -> Option<Tags> {
        match self.kind.as_str() {
            "AWS::ApiGatewayV2::Api" if !self.properties.has("ProtocolType") => None,
            "AWS::ApiGatewayV2::Api" | "AWS::ApiGatewayV2::Stage" | "AWS::ApiGatewayV2::DomainName" => Some(Tags::Map),
            "AWS::SQS::Queue"
            | "AWS::SNS::Topic"
            | "AWS::IAM::Role"
            | "AWS::Lambda::Function"
            | "AWS::Lambda::CapacityProvider"
            | "AWS::Lambda::NetworkConnector"
            | "AWS::Lambda::MicrovmImage"
            | "AWS::IoT::TopicRule"
            | "AWS::S3::Bucket"
            | "AWS::StepFunctions::StateMachine"
            | "AWS::ApiGateway::RestApi"
            | "AWS::ApiGateway::Stage"
            | "AWS::ApiGateway::DomainName"
            | "AWS::ApiGateway::DomainNameV2"
            | "AWS::ApiGateway::UsagePlan"
            | "AWS::ApiGateway::ApiKey"
            | "AWS::ApiGateway::DomainNameAccessAssociation" => Some(Tags::List),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tags {
    List,
    Map,
}

/// Gives the tags of the author's resource to those made of it.
pub fn propagate_tags(resources: &mut [Resource], tags: Option<&Value>, wanted: bool) {
    let Some(tags) = tags.filter(|tags| wanted && tags.truthy()) else { return };
    for resource in resources {
        match resource.tags() {
            Some(Tags::List) => resource.properties.set("Tags", tag_list(Some(tags))),
            Some(Tags::Map) => resource.properties.set("Tags", tags.clone()),
            None => {}
        }
    }
}

/// Adds the tags of the author's resource; its value wins where both have a key.
pub fn combine_tags(resources: &mut [Resource], tags: Option<&Value>, wanted: bool) {
    let Some(tags) = tags.filter(|tags| wanted && tags.truthy()) else { return };
    for resource in resources {
        let Some(Tags::List) = resource.tags() else { continue };
        let mut all = Map::new();
        let own = resource.properties.get("Tags").cloned().unwrap_or_default();
        for tag in own.list().unwrap_or_default().iter().chain(&tag_list(Some(tags))) {
            if let (Some(key), Some(value)) = (tag.get("Key").and_then(Value::text), tag.get("Value")) {
                all.set(key, value.clone());
            }
        }
        resource.properties.set("Tags", tag_list(Some(&all.into())));
    }
}

/// `{a: b}` as `[{Key: a, Value: b}]`.
pub fn tag_list(tags: Option<&Value>) -> Vec<Value> {
    let Some(tags) = tags.and_then(Value::map) else { return Vec::new() };
    let tag = |key: &EcoString, value: &Value| {
        let value = if matches!(value, Value::Null) { Value::from("") } else { value.clone() };
        Value::from(map! { "Key" => key, "Value" => value })
    };
    tags.iter().map(|entry| tag(&entry.key, &entry.value)).collect()
}

/// One serverless resource as the author wrote it, Globals merged.
pub struct Macro<'a> {
    pub id: &'a EcoString,
    pub properties: &'a Map,
    pub depends_on: Option<&'a Value>,
    /// All that the resource itself keeps.
    pub attributes: Map,
    /// What every generated resource inherits.
    pub passed: Map,
    pub span: Option<Span>,
}

static NOTHING: std::sync::LazyLock<Map> = std::sync::LazyLock::new(Map::new);

impl<'a> Macro<'a> {
    pub fn new(id: &'a EcoString, body: &'a Value, span: Option<Span>) -> Made<Macro<'a>> {
        let pick = |keys: &[&str]| {
            let mut picked = Map::new();
            for key in keys {
                picked.set_some(key, body.get(key));
            }
            picked
        };
        let properties = match body.get("Properties") {
            None => &*NOTHING,
            Some(Value::Map(map)) => map,
            Some(_) => return Err(Reject::resource(id, "Properties of a resource must be an object.")),
        };
        Ok(Macro { id, properties, depends_on: body.get("DependsOn"), attributes: pick(KEPT), passed: pick(PASSED), span })
    }

    /// A property that is there and not null.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.properties.some(key)
    }

    pub fn truthy(&self, key: &str) -> Option<&'a Value> {
        self.properties.truthy(key)
    }

    pub fn text(&self, key: &str) -> Option<&'a EcoString> {
        self.get(key).and_then(Value::text)
    }

    pub fn reject<T>(&self, message: impl Into<EcoString>) -> Made<T> {
        Err(Reject::resource(self.id, message))
    }

    /// The resource that takes the author's id.
    pub fn own(&self, kind: &str) -> Made<Resource> {
        let mut resource = Resource::new(self.id.clone(), kind, &self.attributes)?;
        resource.depends_on = self.depends_on.cloned();
        resource.span = self.span;
        Ok(resource)
    }

    /// A resource beside it that inherits conditions and policies.
    pub fn beside(&self, suffix: &str, kind: &str) -> Made<Resource> {
        self.named(ecow::eco_format!("{}{suffix}", self.id), kind)
    }

    pub fn named(&self, id: EcoString, kind: &str) -> Made<Resource> {
        let mut resource = Resource::new(id, kind, &self.passed)?;
        resource.span = self.span;
        Ok(resource)
    }
}
