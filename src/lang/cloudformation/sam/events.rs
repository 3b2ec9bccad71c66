//! What triggers a function or a state machine: each event makes what lets the source call it.

mod api;
mod bucket;
mod http;
mod mapping;
mod rule;
mod schedule;
mod topic;

use ecow::{EcoString, eco_format};

use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource};
use super::shape;
use super::transform::Sam;
use super::value::{Value, short_hash};
use crate::order::Order as _;
use crate::source::Span;

const RULE_SHAPE: &str = "EventBusName:s RuleName:s Pattern:m DeadLetterConfig:m RetryPolicy:m Input:s InputPath:s Target:m Enabled:b \
    State:s InputTransformer:m";
const SCHEDULE_V2: (&str, &str) = (
    "ScheduleV2",
    "PermissionsBoundary:s ScheduleExpression:s! FlexibleTimeWindow:m Name:s State:s Description:s StartDate:s EndDate:s \
     ScheduleExpressionTimezone:s GroupName:s KmsKeyArn:s Input:s RoleArn:s DeadLetterConfig:m RetryPolicy:m OmitName:b^",
);

/// The properties of each event of a function.
const OF_FUNCTIONS: &[(&str, &str)] = &[
    ("Schedule", "Schedule:s! RuleName:s Input:s Enabled:b State:s Name:s Description:s DeadLetterConfig:m RetryPolicy:m"),
    ("CloudWatchEvent", RULE_SHAPE),
    ("EventBridgeRule", RULE_SHAPE),
    ("S3", "Bucket:s! Events:sS!^ Filter:T"),
    ("SNS", "Topic:s! Region:s FilterPolicy FilterPolicyScope SqsSubscription:bm RedrivePolicy:m"),
    ("Api", "Path:s! Method:s! RestApiId:s! Stage:s Auth:m RequestModel:m RequestParameters:l TimeoutInMillis:i ResponseTransferMode:s"),
    ("AlexaSkill", "SkillId:s"),
    ("IoTRule", "Sql:s! AwsIotSqlVersion:s"),
    ("Cognito", "UserPool:s! Trigger:sS!^"),
    ("HttpApi", "Path:s Method:s ApiId:s Stage:s Auth:m TimeoutInMillis:i RouteSettings:m PayloadFormatVersion:s"),
    ("CloudWatchLogs", "LogGroupName:s! FilterPattern:s!"),
    SCHEDULE_V2,
    ("Kinesis", "Stream:*! StartingPosition:*!"),
    ("DynamoDB", "Stream:*! StartingPosition:*!"),
    ("MSK", "Stream:*! StartingPosition:*!"),
    ("SQS", "Queue:*!"),
    ("MQ", "Broker:*! DynamicPolicyName:b^"),
    ("SelfManagedKafka", ""),
    ("DocumentDB", "Cluster:*! DatabaseName:*! CollectionName FullDocument"),
];

/// What every event source mapping may have beside.
const MAPPING_SHAPE: &str = "BatchSize:i StartingPosition StartingPositionTimestamp Enabled:b MaximumBatchingWindowInSeconds:i \
    MaximumRetryAttempts:i BisectBatchOnFunctionError:b MaximumRecordAgeInSeconds:i DestinationConfig:m ParallelizationFactor:i Topics:l \
    Queues:l SourceAccessConfigurations:l SecretsManagerKmsKeyId:s TumblingWindowInSeconds:i FunctionResponseTypes:l \
    KafkaBootstrapServers:l FilterCriteria:m KmsKeyArn ConsumerGroupId:s ScalingConfig:m ProvisionedPollerConfig:m SchemaRegistryConfig:m \
    MetricsConfig:m LoggingConfig:m";

const STATE_RULE_SHAPE: &str = "EventBusName:s RuleName:s Pattern:m Input:s InputPath:s DeadLetterConfig:m RetryPolicy:m State:s Target:m^ \
    InputTransformer:m";

const OF_STATE_MACHINES: &[(&str, &str)] = &[
    ("Schedule", "Schedule:s! Input:s Enabled:b State:s Name:s Description:s DeadLetterConfig:m RetryPolicy:m Target:m^ RoleArn:s^"),
    ("CloudWatchEvent", STATE_RULE_SHAPE),
    ("EventBridgeRule", STATE_RULE_SHAPE),
    ("Api", "Path:s! Method:s! RestApiId:s! Stage:s Auth:m UnescapeMappingTemplate:b^"),
    SCHEDULE_V2,
];

/// What an event calls.
pub struct Target {
    /// The function, or its alias.
    pub id: EcoString,
    pub name: Value,
    pub arn: Value,
    pub attributes: Map,
    pub machine: bool,
}

impl Target {
    pub fn of(resource: &Resource, attributes: &Map) -> Target {
        let alias = resource.kind == "AWS::Lambda::Alias";
        Target {
            id: resource.id.clone(),
            name: if alias { resource.arn() } else { resource.reference() },
            arn: resource.arn(),
            attributes: attributes.clone(),
            machine: resource.kind.starts_with("AWS::StepFunctions"),
        }
    }

    pub fn condition(&self) -> Option<&Value> {
        self.attributes.get("Condition")
    }
}

/// One event of a resource.
pub struct Event<'a> {
    pub kind: &'a str,
    /// The name that the author gave it.
    pub name: &'a EcoString,
    /// The id that what it makes is named after.
    pub id: EcoString,
    pub properties: &'a Map,
    pub span: Option<Span>,
}

impl Event<'_> {
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.properties.some(key)
    }

    pub fn truthy(&self, key: &str) -> Option<&Value> {
        self.properties.truthy(key)
    }

    pub fn text(&self, key: &str) -> EcoString {
        self.get(key).map(Value::shown).unwrap_or_default()
    }

    pub fn marked(&self, key: &str) -> bool {
        self.get(key).is_some_and(Value::is_marked)
    }

    pub fn reject<T>(&self, message: impl Into<EcoString>) -> Made<T> {
        Err(Reject::event(self.name, message))
    }

    pub fn resource(&self, suffix: &str, kind: &str, target: &Target) -> Made<Resource> {
        self.named(eco_format!("{}{suffix}", self.id), kind, target)
    }

    pub fn named(&self, id: EcoString, kind: &str, target: &Target) -> Made<Resource> {
        let mut resource = Resource::new(id, kind, &target.attributes)?;
        resource.span = self.span;
        Ok(resource)
    }

    /// Lets a service call the function.
    pub fn permission(&self, target: &Target, principal: &str, suffix: &str) -> Made<Resource> {
        self.permission_named(&self.id, target, principal, suffix)
    }

    pub fn permission_named(&self, prefix: &str, target: &Target, principal: &str, suffix: &str) -> Made<Resource> {
        let suffix = if is_word(suffix) { suffix.to_owned() } else { short_hash(&suffix.into()) };
        let mut permission = self.named(eco_format!("{prefix}Permission{suffix}"), "AWS::Lambda::Permission", target)?;
        permission.set("Action", "lambda:InvokeFunction").set("FunctionName", target.name.clone()).set("Principal", principal);
        Ok(permission)
    }
}

pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphanumeric)
}

/// What an event found in the template before anything was made.
pub enum Link {
    None,
    /// The API, and the suffix of the permission's id.
    Rest {
        api: EcoString,
        suffix: Value,
    },
    Http {
        api: EcoString,
    },
    Author {
        id: EcoString,
    },
}

/// Checks every event, and finds the resources of the author that they change.
pub fn link(sam: &Sam, own: &Macro, machine: bool) -> Made<Vec<Link>> {
    let mut links = Vec::new();
    for entry in own.get("Events").and_then(Value::map).into_iter().flat_map(Map::iter) {
        let event = read(own, &entry.key, &entry.value, entry.span, machine)?;
        links.push(match (event.kind, machine) {
            ("Api", _) => api::link(sam, &event)?,
            ("HttpApi", _) => http::link(sam, &event)?,
            ("S3", _) => bucket::link(sam, &event, "Bucket", "S3 events must reference an S3 bucket in the same template.")?,
            ("Cognito", _) => {
                bucket::link(sam, &event, "UserPool", "Cognito events must reference a Cognito UserPool in the same template.")?
            }
            _ => Link::None,
        });
    }
    Ok(links)
}

fn read<'a>(own: &Macro, name: &'a EcoString, body: &'a Value, span: Option<Span>, machine: bool) -> Made<Event<'a>> {
    let known = if machine { OF_STATE_MACHINES } else { OF_FUNCTIONS };
    let kind = body.get("Type").and_then(Value::text);
    let Some((kind, words)) = kind.and_then(|kind| known.iter().find(|(own, _)| own == kind)) else {
        let shown = body.get("Type").map(Value::shown).unwrap_or_default();
        return Err(Reject::event(name, eco_format!("Resource dict has missing or invalid value for key Type. Event Type is: {shown}.")));
    };
    let id = eco_format!("{}{name}", own.id);
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Reject::resource(&id, "Logical ids must be alphanumeric."));
    }
    static EMPTY: std::sync::LazyLock<Map> = std::sync::LazyLock::new(Map::new);
    let properties = match body.get("Properties") {
        None => &*EMPTY,
        Some(Value::Map(map)) => map,
        Some(_) => return Err(Reject::resource(&id, "Properties of a resource must be an object.")),
    };
    let mapped = mapping::is_mapping(kind);
    let all = if mapped { eco_format!("{words} {MAPPING_SHAPE}") } else { (*words).into() };
    shape::check(&id, kind, properties, &all)?;
    Ok(Event { kind, name, id, properties, span: span.or(own.span) })
}

/// All that the events of a function make, in the order of their paths.
pub fn make_for_function(sam: &mut Sam, own: &Macro, target: &Target, role: &mut Resource, links: Vec<Link>) -> Made<Vec<Resource>> {
    let events = own.get("Events").and_then(Value::map);
    let mut all: Vec<_> = events.into_iter().flat_map(Map::iter).zip(links).collect();
    let key = |value: &Value, name: &EcoString| {
        value.get("Properties").and_then(|properties| properties.get("Path")).map_or_else(|| name.clone(), Value::shown)
    };
    all.order_by_key(|(entry, _)| key(&entry.value, &entry.key));
    let mut made = Vec::new();
    for (entry, link) in all {
        let event = read(own, &entry.key, &entry.value, entry.span, false)?;
        made.extend(match (event.kind, &link) {
            ("Api", Link::Rest { api, suffix }) => api::for_function(sam, own, &event, target, api, suffix)?,
            ("HttpApi", Link::Http { api }) => http::make(sam, own, &event, target, api)?,
            ("S3", Link::Author { id }) => bucket::notify(sam, &event, target, id)?,
            ("Cognito", Link::Author { id }) => bucket::trigger(sam, &event, target, id)?,
            ("Schedule", _) => rule::schedule(&event, target)?,
            ("CloudWatchEvent" | "EventBridgeRule", _) => rule::pattern(&event, target)?,
            ("ScheduleV2", _) => schedule::make(&event, target)?,
            ("SNS", _) => topic::make(sam, &event, target, role)?,
            ("AlexaSkill", _) => {
                let mut permission = event.permission(target, "alexa-appkit.amazon.com", "")?;
                permission.set_some("EventSourceToken", event.get("SkillId"));
                vec![permission]
            }
            ("IoTRule", _) => rule::iot(sam, &event, target)?,
            ("CloudWatchLogs", _) => rule::logs(sam, &event, target)?,
            _ => vec![mapping::make(sam, &event, target, role)?],
        });
    }
    Ok(made)
}

/// All that the events of a state machine make.
pub fn make_for_machine(sam: &mut Sam, own: &Macro, target: &Target, links: Vec<Link>) -> Made<Vec<Resource>> {
    let events = own.get("Events").and_then(Value::map);
    let all: Vec<_> = events.into_iter().flat_map(Map::iter).zip(links).collect();
    let boundary = own.truthy("PermissionsBoundary");
    let mut made = Vec::new();
    for (entry, link) in all {
        let event = read(own, &entry.key, &entry.value, entry.span, true)?;
        made.extend(match (event.kind, &link) {
            ("Api", Link::Rest { api, suffix }) => api::for_machine(sam, &event, target, api, suffix, boundary)?,
            ("Schedule", _) => rule::machine_schedule(&event, target, boundary)?,
            ("CloudWatchEvent" | "EventBridgeRule", _) => rule::machine_pattern(&event, target, boundary)?,
            _ => schedule::make(&event, target)?,
        });
    }
    Ok(made)
}
