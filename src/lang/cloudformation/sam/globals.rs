//! The Globals section: what every serverless resource of a type starts from.

use ecow::{EcoString, eco_format};

use super::intrinsics::is_intrinsic;
use super::map::Map;
use super::reject::{Made, Reject};
use super::value::Value;

/// The sections, with the properties that each may set.
const SECTIONS: &[(&str, &str)] = &[
    (
        "Function",
        "Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags PropagateTags Tracing \
         KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers DeploymentPreference RolePath PermissionsBoundary \
         ReservedConcurrentExecutions ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs \
         CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig LoggingConfig \
         RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig FunctionScalingConfig \
         PublishToLatestPublished VersionDeletionPolicy",
    ),
    (
        "Api",
        "Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables EndpointConfiguration \
         MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses AccessLogSetting CanarySetting TracingEnabled \
         OpenApiVersion Domain AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode",
    ),
    (
        "HttpApi",
        "Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain RouteSettings FailOnWarnings PropagateTags",
    ),
    ("SimpleTable", "SSESpecification"),
    ("StateMachine", "PropagateTags"),
    ("LayerVersion", "PublishLambdaVersion"),
    (
        "CapacityProvider",
        "VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags LoggingConfig ManagedResourceTags",
    ),
    (
        "MicrovmImage",
        "BuildRoleArn BaseImageArn BaseImageVersion Logging EgressNetworkConnectors CpuConfigurations Resources \
         AdditionalOsCapabilities Hooks EnvironmentVariables Tags PropagateTags",
    ),
    ("NetworkConnector", "OperatorRole Tags PropagateTags"),
    (
        "WebSocketApi",
        "AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint DisableSchemaValidation Domain \
         FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression RouteSettings StageVariables Tags",
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Merge,
    /// What the resource says stands alone.
    Replace,
    /// Only the keys that the resource names.
    Prune,
}

fn rule(path: &str) -> Rule {
    match path {
        "Function.Architectures" | "CapacityProvider.InstanceRequirements.Architectures" => Rule::Replace,
        "CapacityProvider.ManagedResourceTags" => Rule::Prune,
        _ => Rule::Merge,
    }
}

pub fn check(globals: &Value) -> Made<()> {
    let wrong = |message: EcoString| Reject::template(eco_format!("'Globals' section is invalid. {message}"));
    let Some(sections) = globals.map() else { return Err(wrong("It must be a non-empty dictionary".into())) };
    for section in sections.iter() {
        let Some((_, known)) = SECTIONS.iter().find(|(name, _)| *name == section.key) else {
            return Err(wrong(eco_format!("'{}' is not supported.", section.key)));
        };
        let Some(properties) = section.value.map() else { return Err(wrong(eco_format!("Value of {} must be a dictionary", section.key))) };
        if let Some(other) = properties.keys().find(|key| !known.split_whitespace().any(|known| known == key.as_str())) {
            return Err(wrong(eco_format!("'{other}' is not a supported property of '{}'.", section.key)));
        }
    }
    Ok(())
}

/// The properties of a resource with those of its section beneath them.
pub fn merged(id: &str, section: &str, globals: &Map, ignore: Option<&Value>, local: &Map) -> Made<Map> {
    let wrong = || Reject::resource(id, eco_format!("Resource {id} has invalid resource attribute 'IgnoreGlobals'."));
    match ignore.filter(|ignore| ignore.truthy()) {
        None => Ok(merge_maps(globals, local, section)),
        Some(ignore) if ignore.is("*") => Ok(local.shallow()),
        Some(Value::List(keys)) => {
            let mut left = globals.clone();
            for key in keys {
                key.text().and_then(|key| left.remove(key)).ok_or_else(wrong)?;
            }
            Ok(merge_maps(&left, local, section))
        }
        Some(_) => Err(wrong()),
    }
}

fn merge(global: &Value, local: &Value, path: &str) -> Value {
    let rule = rule(path);
    match (global, local) {
        (Value::Map(a), Value::Map(b)) if !is_intrinsic(global) && !is_intrinsic(local) => match rule {
            Rule::Replace => local.clone(),
            Rule::Prune if !b.is_empty() => {
                let mut pruned = Map::new();
                for entry in b.iter() {
                    let value = a.get(&entry.key).map(|global| merge(global, &entry.value, &eco_format!("{path}.{}", entry.key)));
                    pruned.insert(entry.key.clone(), entry.marked, entry.span, value.unwrap_or_else(|| entry.value.clone()));
                }
                pruned.into()
            }
            _ => merge_maps(a, b, path).into(),
        },
        (Value::List(a), Value::List(b)) if rule != Rule::Replace => Value::List(a.iter().chain(b).cloned().collect()),
        _ => local.clone(),
    }
}

fn merge_maps(global: &Map, local: &Map, path: &str) -> Map {
    let mut all = global.shallow();
    for entry in local.iter() {
        let value = match all.get(&entry.key) {
            Some(global) => merge(global, &entry.value, &eco_format!("{path}.{}", entry.key)),
            None => entry.value.clone(),
        };
        all.insert(entry.key.clone(), entry.marked, entry.span, value);
    }
    all
}
