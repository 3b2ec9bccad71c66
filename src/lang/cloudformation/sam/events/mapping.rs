//! Event source mappings: queues, streams, brokers and clusters that Lambda polls, and what the role needs for it.

use ecow::{EcoString, eco_format};

use super::super::function::send_policy;
use super::super::intrinsics::{is_intrinsic, resolve, sub};
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::resource::Resource;
use super::super::transform::Sam;
use super::super::value::{Value, list, map, object};
use super::{Event, Target};

/// Kind, the property that names the source, and the managed policy that reading it needs.
const KINDS: &[(&str, &str, Option<&str>)] = &[
    ("Kinesis", "Stream", Some("service-role/AWSLambdaKinesisExecutionRole")),
    ("DynamoDB", "Stream", Some("service-role/AWSLambdaDynamoDBExecutionRole")),
    ("SQS", "Queue", Some("service-role/AWSLambdaSQSQueueExecutionRole")),
    ("MSK", "Stream", Some("service-role/AWSLambdaMSKExecutionRole")),
    ("MQ", "Broker", None),
    ("SelfManagedKafka", "", None),
    ("DocumentDB", "Cluster", None),
];

const NETWORK: &[&str] = &[
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
];

pub fn is_mapping(kind: &str) -> bool {
    KINDS.iter().any(|(own, _, _)| *own == kind)
}

/// The mapping behind a topic that goes through a queue.
pub fn of_queue(sam: &Sam, event: &Event, target: &Target, role: &mut Resource, queue: &Value, batch: Option<&Value>) -> Made<Resource> {
    let properties = map! {
        "Queue" => queue.clone(),
        "BatchSize" => batch.cloned().unwrap_or_else(|| Value::from(10)),
        "Enabled" => true,
    };
    let id = eco_format!("{}EventSourceMapping", event.id);
    let of_queue = Event { kind: "SQS", name: event.name, id, properties: &properties, span: event.span };
    make(sam, &of_queue, target, role)
}

pub fn make(sam: &Sam, event: &Event, target: &Target, role: &mut Resource) -> Made<Resource> {
    let (_, source, policy) = KINDS.iter().find(|(kind, _, _)| *kind == event.kind).copied().unwrap_or(("", "", None));
    let mut mapping = event.resource("", "AWS::Lambda::EventSourceMapping", target)?;
    mapping.set("FunctionName", target.name.clone()).set_some("EventSourceArn", event.get(source));
    mapping.copy(
        event.properties,
        &[
            "StartingPosition",
            "StartingPositionTimestamp",
            "BatchSize",
            "Enabled",
            "MaximumBatchingWindowInSeconds",
            "MaximumRetryAttempts",
            "BisectBatchOnFunctionError",
            "MaximumRecordAgeInSeconds",
            "ParallelizationFactor",
            "Topics",
            "Queues",
            "SourceAccessConfigurations",
            "TumblingWindowInSeconds",
            "FunctionResponseTypes",
            "FilterCriteria",
            "KmsKeyArn",
            "ScalingConfig",
            "ProvisionedPollerConfig",
            "MetricsConfig",
            "LoggingConfig",
        ],
    );
    if let Some(filter) = event.truthy("FilterCriteria").filter(|filter| !is_intrinsic(filter)).and_then(Value::map)
        && filter.keys().any(|key| key != "Filters")
    {
        return event.reject("FilterCriteria field has a wrong format");
    }
    if let Some(servers) = event.truthy("KafkaBootstrapServers") {
        mapping.set("SelfManagedEventSource", map! { "Endpoints" => map! { "KafkaBootstrapServers" => servers.clone() } });
    }
    kafka_config(event, &mut mapping)?;
    let destination = failure_destination(event, &mut mapping)?;
    if event.kind == "DocumentDB" {
        let mut config = Map::new();
        config.set_some("DatabaseName", event.get("DatabaseName"));
        config.set_some("CollectionName", event.truthy("CollectionName"));
        config.set_some("FullDocument", event.truthy("FullDocument"));
        mapping.set("DocumentDBEventSourceConfig", config);
    }
    let inline = needed_policy(sam, event)?;
    give(role, policy.map(|policy| sam.managed_policy(policy)), inline, destination);
    Ok(mapping)
}

fn kafka_config(event: &Event, mapping: &mut Resource) -> Made<()> {
    let key = match event.kind {
        "MSK" => "AmazonManagedKafkaEventSourceConfig",
        "SelfManagedKafka" => "SelfManagedKafkaEventSourceConfig",
        _ if event.truthy("ConsumerGroupId").is_some() => {
            return Err(Reject::event(&event.id, eco_format!("Property ConsumerGroupId not defined for resource of type {}.", event.kind)));
        }
        _ => return Ok(()),
    };
    let mut config = Map::new();
    config.set_some("ConsumerGroupId", event.truthy("ConsumerGroupId"));
    config.set_some("SchemaRegistryConfig", event.truthy("SchemaRegistryConfig"));
    if !config.is_empty() {
        mapping.set(key, config);
    }
    Ok(())
}

/// Where what could not be handled goes; the policy that sending there needs.
fn failure_destination(event: &Event, mapping: &mut Resource) -> Made<Option<Value>> {
    let Some(config) = event.truthy("DestinationConfig") else { return Ok(None) };
    let mut config = config.clone();
    let Some(failure) = config.map_mut().and_then(|config| config.get_mut("OnFailure")).and_then(Value::map_mut) else {
        return Err(Reject::event(&event.id, "Property 'DestinationConfig.OnFailure' should be a map."));
    };
    let mut policy = None;
    if let Some(kind) = failure.truthy("Type").cloned() {
        failure.remove("Type");
        let to = failure.get("Destination").cloned().unwrap_or_default();
        policy = match kind.text().map(EcoString::as_str) {
            Some("SQS") => Some(send_policy("SQS", to, &event.id)),
            Some("SNS") => Some(send_policy("SNS", to, &event.id)),
            Some("S3") => Some(send_policy("S3Bucket", to, &event.id)),
            Some("Kafka") => None,
            _ => return Err(Reject::event(&event.id, "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'")),
        };
    }
    mapping.set("DestinationConfig", config);
    Ok(policy)
}

fn give(role: &mut Resource, managed: Option<EcoString>, inline: Option<Value>, destination: Option<Value>) {
    if let (Some(managed), Some(all)) = (managed, role.properties.get_mut("ManagedPolicyArns").and_then(Value::list_mut)) {
        let managed = Value::from(managed);
        if !all.contains(&managed) {
            all.push(managed);
        }
    }
    for policy in inline.into_iter().chain(destination) {
        if role.properties.some("Policies").is_none() {
            role.properties.set("Policies", list![]);
        }
        let Some(all) = role.properties.get_mut("Policies").and_then(Value::list_mut) else { continue };
        if !all.iter().any(|own| own.get("PolicyDocument") == policy.get("PolicyDocument")) {
            all.push(policy);
        }
    }
}

fn allow(actions: &[&str], resource: Value) -> Value {
    let actions: Vec<Value> = actions.iter().map(|action| (*action).into()).collect();
    object! { "Action" => actions, "Effect" => "Allow", "Resource" => resource }
}

fn secret(uri: Value) -> Value {
    allow(&["secretsmanager:GetSecretValue"], uri)
}

fn needed_policy(sam: &Sam, event: &Event) -> Made<Option<Value>> {
    let named = |name: EcoString, statements: Vec<Value>| {
        (!statements.is_empty()).then(|| object! { "PolicyName" => name, "PolicyDocument" => map! { "Statement" => statements } })
    };
    match event.kind {
        "MSK" => {
            let mut statements = registry(sam, event)?;
            for config in event.get("SourceAccessConfigurations").and_then(Value::list).unwrap_or_default() {
                let certificate = config.get("Type").is_some_and(|kind| kind.is("CLIENT_CERTIFICATE_TLS_AUTH"));
                statements.extend(config.get("URI").filter(|uri| certificate && uri.truthy()).map(|uri| secret(uri.clone())));
            }
            Ok(named("MSKExecutionRolePolicy".into(), statements))
        }
        "MQ" => {
            let uri = basic_auth(event, &["BASIC_AUTH", "VIRTUAL_HOST"])?;
            let broker = event.get("Broker").cloned().unwrap_or_default();
            let mut statements = vec![secret(uri), allow(&["mq:DescribeBroker"], broker)];
            statements.extend(decrypt(event)?);
            let dynamic = event.truthy("DynamicPolicyName").is_some();
            let name = if dynamic { eco_format!("{}AMQPolicy", event.id) } else { "SamAutoGeneratedAMQPolicy".into() };
            Ok(named(name, statements))
        }
        "DocumentDB" => {
            let uri = basic_auth(event, &["BASIC_AUTH"])?;
            let rds = |kind: &str| sub(eco_format!("arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:{kind}:*"));
            let mut statements = vec![
                secret(uri),
                allow(&["rds:DescribeDBClusterParameters"], rds("cluster-pg")),
                allow(&["rds:DescribeDBSubnetGroups"], rds("subgrp")),
                allow(&["rds:DescribeDBClusters"], event.get("Cluster").cloned().unwrap_or_default()),
                allow(NETWORK, "*".into()),
            ];
            statements.extend(decrypt(event)?);
            Ok(named("SamAutoGeneratedDocumentDBPolicy".into(), statements))
        }
        "SelfManagedKafka" => Ok(named("SelfManagedKafkaExecutionRolePolicy".into(), kafka(sam, event)?)),
        _ => Ok(None),
    }
}

fn decrypt(event: &Event) -> Made<Option<Value>> {
    let Some(key) = event.truthy("SecretsManagerKmsKeyId") else { return Ok(None) };
    let Some(key) = key.text() else { return event.reject("Property 'SecretsManagerKmsKeyId' should be a string.") };
    let key = sub(eco_format!("arn:${{AWS::Partition}}:kms:${{AWS::Region}}:${{AWS::AccountId}}:key/{key}"));
    Ok(Some(allow(&["kms:Decrypt"], key)))
}

fn basic_auth(event: &Event, known: &[&str]) -> Made<Value> {
    let Some(configs) = event.truthy("SourceAccessConfigurations") else {
        return event.reject(eco_format!("No SourceAccessConfigurations for Amazon {} event provided.", event.kind));
    };
    let Some(configs) = configs.list() else { return event.reject("Provided SourceAccessConfigurations cannot be parsed into a list.") };
    let mut found = None;
    for config in configs {
        let Some(kind) = config.get("Type").and_then(Value::text) else {
            return event.reject("Property 'SourceAccessConfigurations.Type' should be a string.");
        };
        if !known.contains(&kind.as_str()) {
            return event.reject("Invalid property Type specified in SourceAccessConfigurations.");
        }
        if kind == "BASIC_AUTH" {
            if found.is_some() {
                return event.reject("Multiple BASIC_AUTH properties specified in SourceAccessConfigurations.");
            }
            found = config.get("URI").filter(|uri| uri.truthy()).cloned();
            if found.is_none() {
                return event.reject("No BASIC_AUTH URI property specified in SourceAccessConfigurations.");
            }
        }
    }
    match found {
        Some(found) => Ok(found),
        None => event.reject("No BASIC_AUTH property specified in SourceAccessConfigurations."),
    }
}

fn kafka(sam: &Sam, event: &Event) -> Made<Vec<Value>> {
    if event.truthy("KafkaBootstrapServers").is_none() {
        return event.reject("No KafkaBootstrapServers provided for self managed kafka as an event source");
    }
    match event.truthy("Topics") {
        None => return event.reject("No Topics provided for self managed kafka as an event source"),
        Some(Value::List(topics)) if topics.len() == 1 => {}
        Some(Value::Map(function)) if function.len() == 1 => {}
        Some(_) => return event.reject("Topics for self managed kafka only supports single configuration entry."),
    }
    let Some(configs) = event.truthy("SourceAccessConfigurations") else {
        return event.reject("No SourceAccessConfigurations for self managed kafka event provided.");
    };
    let Some(configs) = configs.list() else {
        return event.reject("SourceAccessConfigurations for self managed kafka event should be a list.");
    };
    let (mut subnet, mut group, mut auth) = (false, false, false);
    let (mut first, mut second) = (None, None);
    for config in configs {
        if config.map().is_none() {
            return Err(Reject::resource(event.name, "Property 'SourceAccessConfigurations' should be a map."));
        }
        let uri = config.get("URI").filter(|uri| uri.truthy());
        let required = |what: &str| match uri {
            None => {
                event.reject(eco_format!("No {what} URI property specified in SourceAccessConfigurations for self managed kafka event."))
            }
            Some(uri) if uri.text().is_some() || is_intrinsic(uri) => Ok(Some(uri.clone())),
            Some(_) => event.reject(eco_format!("Wrong Type for {what} URI property specified in SourceAccessConfigurations.")),
        };
        let kind = config.get("Type").and_then(Value::text).map(EcoString::as_str).unwrap_or_default();
        match kind {
            "VPC_SUBNET" => subnet = required(kind)?.is_some(),
            "VPC_SECURITY_GROUP" => group = required(kind)?.is_some(),
            "SASL_SCRAM_256_AUTH"
            | "SASL_SCRAM_512_AUTH"
            | "BASIC_AUTH"
            | "CLIENT_CERTIFICATE_TLS_AUTH"
            | "OAUTHBEARER_AUTH"
            | "IAM_AUTH"
            | "IAM_OAUTHBEARER_AUTH" => {
                if auth {
                    return event.reject(
                        "Multiple auth mechanism properties specified in SourceAccessConfigurations for self managed kafka event.",
                    );
                }
                auth = true;
                first = if kind.starts_with("IAM_") { uri.cloned() } else { required("auth mechanism")? };
            }
            "SERVER_ROOT_CA_CERTIFICATE" => second = required(kind)?,
            "OAUTHBEARER_SCOPE" | "OAUTHBEARER_AUDIENCE" | "OAUTHBEARER_LOGICAL_CLUSTER" | "OAUTHBEARER_IDENTITY_POOL" => {
                required(kind)?;
            }
            _ => return event.reject("Invalid SourceAccessConfigurations Type provided for self managed kafka event."),
        }
    }
    if subnet != group {
        return event.reject("VPC_SUBNET and VPC_SECURITY_GROUP in SourceAccessConfigurations for SelfManagedKafka must be both provided.");
    }
    let mut statements: Vec<Value> = first.into_iter().chain(second).map(secret).collect();
    if subnet {
        statements.push(allow(NETWORK, "*".into()));
    }
    statements.extend(decrypt(event)?);
    statements.extend(registry(sam, event)?);
    Ok(statements)
}

/// What a schema registry needs.
fn registry(sam: &Sam, event: &Event) -> Made<Vec<Value>> {
    let Some(config) = event.truthy("SchemaRegistryConfig") else { return Ok(Vec::new()) };
    let Some(config) = config.map() else { return event.reject("Property 'SchemaRegistryConfig' should be a map.") };
    for field in ["SchemaRegistryURI", "EventRecordFormat", "SchemaValidationConfigs"] {
        if !config.has(field) {
            return event.reject(eco_format!("Missing required field {field} in SchemaRegistryConfig"));
        }
    }
    if !config.get("EventRecordFormat").is_some_and(|format| format.is("JSON") || format.is("SOURCE")) {
        return event.reject("EventRecordFormat in SchemaRegistryConfig must be either 'JSON' or 'SOURCE'");
    }
    if config.get("SchemaValidationConfigs").and_then(Value::list).is_none() {
        return event.reject("SchemaValidationConfigs must be a list");
    }
    let mut statements = Vec::new();
    if let Some(access) = config.truthy("AccessConfigs") {
        let Some(access) = access.list() else { return event.reject("AccessConfigs in SchemaRegistryConfig must be a list") };
        for one in access {
            match (one.get("Type"), one.get("URI")) {
                (Some(_), Some(uri)) => statements.push(secret(uri.clone())),
                _ => return event.reject("Each AccessConfig must be a dict with 'Type' and 'URI' fields"),
            }
        }
    }
    let uri = config.get("SchemaRegistryURI").cloned().unwrap_or_default();
    let mut resolved = uri.clone();
    if resolved.map().is_some() {
        resolve(&mut resolved, &sam.parameters)?;
        resolved = resolved.get("Fn::Sub").cloned().unwrap_or_default();
    }
    let name = resolved.text().filter(|text| text.starts_with("arn")).and_then(|text| text.split(':').nth(5)?.strip_prefix("registry/"));
    if let Some(name) = name {
        statements.push(allow(&["glue:GetRegistry"], uri));
        let schema = sub(eco_format!("arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:schema/{name}/*"));
        statements.push(allow(&["glue:GetSchemaVersion"], list![schema]));
    }
    Ok(statements)
}
