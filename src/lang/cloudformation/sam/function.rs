//! `AWS::Serverless::Function`: the function, its role, version, alias, URL and destinations.

use ecow::{EcoString, eco_format};

use super::events::{self, Target};
use super::intrinsics::{if_arguments, is_if, is_intrinsic, is_no_value, named_resource, not, object_join, reference, resolve, when_else};
use super::location;
use super::map::Map;
use super::policies::{RoleParts, role};
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource, propagate_tags, tag_list};
use super::shape;
use super::transform::{Sam, inline_policy, trust};
use super::value::{Value, hash_text, list, map, object, short_hash};

const SHAPE: &str = "FunctionName:sm Handler Runtime CodeUri ImageUri PackageType InlineCode DeadLetterQueue:m Description MemorySize \
    Timeout VpcConfig Role:s AssumeRolePolicyDocument:m Policies:smL RolePath PermissionsBoundary:s Environment:M Events:M Tags:m \
    PropagateTags:b Tracing:ms KmsKeyArn DeploymentPreference:m ReservedConcurrentExecutions Layers:L EventInvokeConfig:m \
    EphemeralStorage AutoPublishAlias:s AutoPublishCodeSha256:s AutoPublishAliasAllProperties:b^ VersionDescription \
    ProvisionedConcurrencyConfig FileSystemConfigs ImageConfig CodeSigningConfigArn Architectures SnapStart:m FunctionUrlConfig:m \
    RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn CapacityProviderConfig:m FunctionScalingConfig:m \
    VersionDeletionPolicy:s PublishToLatestPublished TenancyConfig DurableConfig:m";

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::Function", own.properties, SHAPE)?;
    let linked = events::link(sam, own, false)?;
    names_for_apis(sam, own)?;
    check(own)?;
    let mut function = lambda(sam, own)?;
    if own.truthy("ProvisionedConcurrencyConfig").is_some() && own.truthy("AutoPublishAlias").is_none() {
        return own.reject("To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function");
    }
    let mut made = Vec::new();
    let mut alias = None;
    if let Some(name) = own.truthy("AutoPublishAlias") {
        let (version, own_alias) = published(sam, own, name, &mut function)?;
        made.push(version);
        alias = Some(own_alias);
    }
    if let Some(config) = own.truthy("FunctionUrlConfig") {
        url(own, config, alias.as_ref().unwrap_or(&function), &mut made)?;
    }
    deployment(sam, own, alias.as_mut())?;
    let mut inline = Vec::new();
    if let Some(config) = own.truthy("EventInvokeConfig") {
        destinations(sam, own, config, alias.as_ref(), &mut made, &mut inline)?;
    }
    let mut execution = execution_role(sam, own, inline)?;
    let with_role = role_of(sam, own, &mut function, &mut execution)?;
    let target = Target::of(alias.as_ref().unwrap_or(&function), &own.passed);
    let mut of_events = events::make_for_function(sam, own, &target, &mut execution, linked)?;
    let mut all = vec![function];
    all.append(&mut made);
    all.extend(alias);
    if with_role {
        all.push(execution);
    }
    all.append(&mut of_events);
    propagate_tags(&mut all, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(all)
}

/// A REST API is deployed anew when the name of a function behind it changes.
fn names_for_apis(sam: &mut Sam, own: &Macro) -> Made<()> {
    let events = own.get("Events").and_then(Value::map);
    for event in events.into_iter().flat_map(Map::iter).filter(|event| event.value.get("Type").is_some_and(|kind| kind.is("Api"))) {
        let Some(api) = event.value.get("Properties").and_then(|properties| properties.get("RestApiId")) else { continue };
        let (Some(api), Some(name)) = (api.get("Ref").unwrap_or(api).text(), own.get("FunctionName")) else { continue };
        let name = sam.resolved(name)?;
        if name.truthy() {
            let before = sam.function_names.get(api).map(Value::shown).unwrap_or_default();
            sam.function_names.set(api, eco_format!("{before}{}", name.shown()));
        }
    }
    Ok(())
}

fn check(own: &Macro) -> Made<()> {
    let has = |key: &str| own.get(key).is_some();
    if has("CapacityProviderConfig") && (has("ProvisionedConcurrencyConfig") || has("VpcConfig")) {
        return own.reject("Cannot specify 'CapacityProviderConfig' together with 'ProvisionedConcurrencyConfig' or 'VpcConfig'.");
    }
    if has("FunctionScalingConfig") && !has("CapacityProviderConfig") {
        return own.reject("'FunctionScalingConfig' requires 'CapacityProviderConfig'.");
    }
    if has("VersionDeletionPolicy") && !has("AutoPublishAlias") {
        return own.reject("'VersionDeletionPolicy' requires 'AutoPublishAlias'.");
    }
    if let Some(policy) = own.get("VersionDeletionPolicy").and_then(Value::text)
        && !matches!(policy.as_str(), "Delete" | "Retain")
    {
        return own.reject("Property 'VersionDeletionPolicy' should be one of the strings: 'Delete' or 'Retain'.");
    }
    if let Some(queue) = own.truthy("DeadLetterQueue").and_then(Value::map) {
        let (Some(kind), Some(_)) = (queue.truthy("Type"), queue.truthy("TargetArn")) else {
            return own.reject("'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
        };
        if dead_letter_action(kind).is_none() {
            return own.reject("'DeadLetterQueue' requires Type of ['SQS', 'SNS']");
        }
    }
    if own.truthy("TenancyConfig").is_some() {
        for key in ["ProvisionedConcurrencyConfig", "FunctionUrlConfig", "SnapStart"] {
            if own.truthy(key).is_some() {
                return own.reject(eco_format!("{key} is not supported for functions enabled with tenancy configuration."));
            }
        }
        let events = own.get("Events").and_then(Value::map);
        let other = events
            .into_iter()
            .flat_map(Map::iter)
            .find(|event| !event.value.get("Type").is_some_and(|kind| kind.is("Api") || kind.is("HttpApi")));
        if let Some(other) = other {
            return own.reject(eco_format!(
                "Event source '{}' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.",
                other.key
            ));
        }
    }
    Ok(())
}

fn dead_letter_action(kind: &Value) -> Option<&'static str> {
    match kind.text()?.as_str() {
        "SQS" => Some("sqs:SendMessage"),
        "SNS" => Some("sns:Publish"),
        _ => None,
    }
}

fn traced(sam: &Sam, own: &Macro) -> Made<bool> {
    let Some(tracing) = own.truthy("Tracing") else { return Ok(false) };
    Ok(!sam.resolved(tracing)?.is("Disabled"))
}

fn lambda(sam: &Sam, own: &Macro) -> Made<Resource> {
    let mut function = own.own("AWS::Lambda::Function")?;
    function.set("Code", code(own)?);
    function.set_some("FunctionName", own.truthy("FunctionName"));
    function.copy(
        own.properties,
        &[
            "Handler",
            "Runtime",
            "Description",
            "MemorySize",
            "Timeout",
            "VpcConfig",
            "Role",
            "Environment",
            "KmsKeyArn",
            "ReservedConcurrentExecutions",
            "Layers",
            "FileSystemConfigs",
            "ImageConfig",
            "PackageType",
            "Architectures",
            "SnapStart",
            "EphemeralStorage",
            "CodeSigningConfigArn",
            "RuntimeManagementConfig",
            "LoggingConfig",
            "TenancyConfig",
            "RecursiveLoop",
            "DurableConfig",
            "PublishToLatestPublished",
        ],
    );
    function.set("Tags", tags(own)?);
    if traced(sam, own)? {
        function.set("TracingConfig", map! { "Mode" => own.get("Tracing").cloned().unwrap_or_default() });
    }
    if let Some(target) = own.truthy("DeadLetterQueue").and_then(|queue| queue.get("TargetArn")) {
        function.set("DeadLetterConfig", map! { "TargetArn" => target.clone() });
    }
    if let Some(config) = own.truthy("CapacityProviderConfig").and_then(Value::map) {
        let known = ["Arn", "PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"];
        if !config.has("Arn") || config.keys().any(|key| !known.contains(&key.as_str())) {
            return own.reject("Invalid CapacityProviderConfig");
        }
        let mut inner = map! { "CapacityProviderArn" => config.get("Arn").cloned().unwrap_or_default() };
        inner.set_some("PerExecutionEnvironmentMaxConcurrency", config.some("PerExecutionEnvironmentMaxConcurrency"));
        inner.set_some("ExecutionEnvironmentMemoryGiBPerVCpu", config.some("ExecutionEnvironmentMemoryGiBPerVCpu"));
        function.set("CapacityProviderConfig", map! { "LambdaManagedInstancesCapacityProviderConfig" => inner });
    }
    function.set_some("FunctionScalingConfig", own.truthy("FunctionScalingConfig"));
    check_package(own, &function)?;
    Ok(function)
}

/// The tags of the author after the one that says who made the function.
pub fn tags(own: &Macro) -> Made<Vec<Value>> {
    let given = own.get("Tags");
    for reserved in ["lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"] {
        if given.is_some_and(|tags| tags.get(reserved).is_some()) {
            return own.reject(eco_format!("{reserved} is a reserved Tag key name and cannot be set on your resource."));
        }
    }
    let mut all = tag_list(Some(&object! { "lambda:createdBy" => "SAM" }));
    all.extend(tag_list(given));
    Ok(all)
}

fn is_image(own: &Macro) -> Made<bool> {
    match own.truthy("PackageType") {
        None => Ok(false),
        Some(kind) if kind.is("Zip") => Ok(false),
        Some(kind) if kind.is("Image") => Ok(true),
        Some(kind) => own.reject(eco_format!("invalid 'PackageType' : {}", kind.shown())),
    }
}

fn code(own: &Macro) -> Made<Map> {
    if is_image(own)? {
        return match own.get("ImageUri") {
            None => own.reject("'ImageUri' must be set."),
            Some(image) if image.truthy() => Ok(map! { "ImageUri" => image.clone() }),
            Some(_) => own.reject("'ImageUri' requires that a image hosted at a registry be specified."),
        };
    }
    let mut code = match (own.get("InlineCode"), own.get("CodeUri")) {
        (Some(inline), _) => map! { "ZipFile" => inline.clone() },
        (None, Some(uri)) => location::lambda_code(uri, own.id, "CodeUri")?,
        (None, None) => return own.reject("Only one of 'InlineCode' or 'CodeUri' can be set."),
    };
    code.set_some("SourceKMSKeyArn", own.truthy("SourceKMSKeyArn"));
    Ok(code)
}

fn check_package(own: &Macro, function: &Resource) -> Made<()> {
    let has = |key: &str| function.properties.truthy(key).is_some();
    if is_image(own)? {
        if has("Handler") || has("Runtime") || has("Layers") {
            return own.reject("Runtime, Handler, Layers cannot be present when PackageType is of type `Image`");
        }
    } else {
        if !has("Runtime") || !has("Handler") {
            return own.reject("Runtime and Handler needs to be present when PackageType is of type `Zip`");
        }
        if has("ImageConfig") {
            return own.reject("ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`");
        }
    }
    Ok(())
}

/// The version and the alias that are published with each change of the code.
fn published(sam: &Sam, own: &Macro, name: &Value, function: &mut Resource) -> Made<(Resource, Resource)> {
    let Some(name) = sam.resolved(name)?.text().cloned() else {
        return own.reject("'AutoPublishAlias' must be a string or a Ref to a template parameter");
    };
    let mut sha = None;
    if let Some(given) = own.truthy("AutoPublishCodeSha256") {
        let Some(text) = sam.resolved(given)?.text().cloned() else { return own.reject("AutoPublishCodeSha256 must be a string") };
        let description = own.get("Description").map(|text| sam.resolved(text)).transpose()?.filter(Value::truthy);
        let described: Value = match description {
            None => text.clone().into(),
            Some(Value::Text(before, _)) => eco_format!("{before} {text}").into(),
            Some(call) => object_join(" ", vec![call, text.clone().into()]),
        };
        function.set("Description", described);
        sha = Some(text);
    }
    if let Some(code) = function.properties.get_mut("Code") {
        resolve(code, &sam.parameters)?;
    }
    let data = version_data(sam, own, function);
    let hash = match sha.filter(|sha| !sha.is_empty()) {
        Some(sha) => sha.chars().take(10).collect::<String>(),
        None => short_hash(&data.into()),
    };
    let mut version = own.named(eco_format!("{}Version{hash}", own.id), "AWS::Lambda::Version")?;
    if !version.attributes.has("DeletionPolicy") {
        let default = if own.get("CapacityProviderConfig").is_some() { "Delete" } else { "Retain" };
        version.attributes.set("DeletionPolicy", own.get("VersionDeletionPolicy").cloned().unwrap_or_else(|| default.into()));
    }
    version.span = own.properties.span("AutoPublishAlias").or(own.span);
    version.set("FunctionName", function.reference());
    version.set_some("Description", own.get("VersionDescription"));
    if own.get("CapacityProviderConfig").is_some() {
        version.set_some("FunctionScalingConfig", own.get("FunctionScalingConfig"));
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() {
        return own.reject("Alias name is required to create an alias");
    }
    if !name.chars().all(word) || name.chars().all(|c| c.is_ascii_digit()) {
        return own
            .reject(eco_format!("AutoPublishAlias name ('{name}') must contain only alphanumeric characters, hyphens, or underscores"));
    }
    let plain = name.replace("-", "D").replace("_", "U");
    let mut alias = own.named(eco_format!("{}Alias{plain}", own.id), "AWS::Lambda::Alias")?;
    alias.span = version.span;
    alias.set("Name", name);
    alias.set("FunctionName", function.reference());
    alias.set("FunctionVersion", super::intrinsics::attribute(&version.id, "Version"));
    alias.set_some("ProvisionedConcurrencyConfig", own.truthy("ProvisionedConcurrencyConfig"));
    Ok((version, alias))
}

/// What a new version is published for, when it changes.
fn version_data(sam: &Sam, own: &Macro, function: &Resource) -> Map {
    let properties = &function.properties;
    if own.truthy("AutoPublishAliasAllProperties").is_some() {
        let mut data = properties.clone();
        for layer in properties.get("Layers").and_then(Value::list).unwrap_or_default() {
            let Some(id) = named_resource(layer) else { continue };
            let Some(layer) = sam.output.get(&id).and_then(|body| body.get("Properties")) else { continue };
            if layer.map().is_some_and(|layer| layer.truthy("PublishLambdaVersion").is_some()) {
                data.set(&id, layer.clone());
            }
        }
        return data;
    }
    let mut data = properties.get("Code").and_then(Value::map).cloned().unwrap_or_default();
    if let Some(environment) = properties.truthy("Environment").and_then(Value::map) {
        data.update(environment);
    }
    data.set_some("MemorySize", properties.truthy("MemorySize"));
    if let Some(snap) = properties.truthy("SnapStart")
        && snap.get("ApplyOn").is_some_and(|apply| !apply.is("None"))
    {
        data.set("SnapStart", snap.clone());
    }
    data
}

fn url(own: &Macro, config: &Value, target: &Resource, made: &mut Vec<Resource>) -> Made<()> {
    let auth = config.get("AuthType");
    if !is_intrinsic(config) {
        if !auth.is_some_and(|auth| is_intrinsic(auth) || auth.is("AWS_IAM") || auth.is("NONE")) {
            return own
                .reject("AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.");
        }
        check_url_cors(own, config.get("Cors"))?;
    }
    let to = if target.kind == "AWS::Lambda::Alias" { target.arn() } else { target.reference() };
    let span = own.properties.span("FunctionUrlConfig").or(own.span);
    let mut url = own.beside("Url", "AWS::Lambda::Url")?;
    url.span = span;
    url.set_some("Cors", config.get("Cors").filter(|cors| cors.truthy()));
    url.set_some("AuthType", auth).set("TargetFunctionArn", to.clone()).set_some("InvokeMode", config.get("InvokeMode"));
    made.push(url);
    if is_intrinsic(config) || !auth.is_some_and(|auth| auth.is("NONE")) {
        return Ok(());
    }
    let mut open = own.beside("UrlPublicPermissions", "AWS::Lambda::Permission")?;
    open.set("Action", "lambda:InvokeFunctionUrl")
        .set("FunctionName", to.clone())
        .set("Principal", "*")
        .set_some("FunctionUrlAuthType", auth);
    let mut invoke = own.beside("URLInvokeAllowPublicAccess", "AWS::Lambda::Permission")?;
    invoke.set("Action", "lambda:InvokeFunction").set("FunctionName", to).set("Principal", "*").set("InvokedViaFunctionUrl", true);
    for mut permission in [open, invoke] {
        permission.span = span;
        made.push(permission);
    }
    Ok(())
}

fn check_url_cors(own: &Macro, cors: Option<&Value>) -> Made<()> {
    let Some(cors) = cors.filter(|cors| cors.truthy() && !is_intrinsic(cors)) else { return Ok(()) };
    let Some(cors) = cors.map() else { return own.reject("Property 'FunctionUrlConfig.Cors' should be a map.") };
    for entry in cors.iter() {
        let fits = match entry.key.as_str() {
            "AllowOrigins" | "AllowMethods" | "AllowHeaders" | "ExposeHeaders" => entry.value.list().is_some(),
            "AllowCredentials" => matches!(entry.value, Value::Bool(_)),
            "MaxAge" => entry.value.int().is_some() || matches!(entry.value, Value::Bool(_)),
            other => return own.reject(eco_format!("{other} is not a valid property for configuring Cors.")),
        };
        if !fits && !is_intrinsic(&entry.value) {
            return own.reject(eco_format!("{} must be of another type.", entry.key));
        }
    }
    Ok(())
}

fn deployment(sam: &mut Sam, own: &Macro, alias: Option<&mut Resource>) -> Made<()> {
    let Some(preference) = own.truthy("DeploymentPreference").and_then(Value::map) else { return Ok(()) };
    let mut preference = preference.clone();
    for key in ["Enabled", "Type"] {
        if let Some(value) = preference.get(key) {
            let value = sam.looked_up(value)?;
            preference.set(key, value);
        }
    }
    let mut passes = false;
    if let Some(value) = preference.get("PassthroughCondition") {
        let value = sam.looked_up(value)?;
        passes = match &value {
            Value::Bool(value) => *value,
            Value::Text(text, _) if matches!(text.as_str(), "true" | "True") => true,
            Value::Text(text, _) if matches!(text.as_str(), "false" | "False") => false,
            Value::Number(text) if text == "1" || text == "0" => text == "1",
            other if is_intrinsic(other) => {
                return own.reject("Unsupported intrinsic: the only intrinsic functions supported for property PassthroughCondition are FindInMap and parameter Refs.");
            }
            _ => return own.reject("Invalid value for property PassthroughCondition."),
        };
    }
    let condition = own.passed.some("Condition").filter(|_| passes);
    if !sam.deployments.add(own, &preference, condition)? {
        return Ok(());
    }
    let Some(alias) = alias else { return own.reject("'DeploymentPreference' requires AutoPublishAlias property to be specified.") };
    alias.attributes.set("UpdatePolicy", super::deployment::update_policy(own.id, &preference));
    Ok(())
}

fn destinations(
    sam: &mut Sam,
    own: &Macro,
    config: &Value,
    alias: Option<&Resource>,
    made: &mut Vec<Resource>,
    inline: &mut Vec<Value>,
) -> Made<()> {
    let config = sam.resolved(config)?;
    let id = eco_format!("{}EventInvokeConfig", own.id);
    let mut invoke = Resource::new(id.clone(), "AWS::Lambda::EventInvokeConfig", &own.attributes)?;
    invoke.span = own.properties.span("EventInvokeConfig").or(own.span);
    invoke.depends_on = alias.map(|alias| list![&alias.id]);
    let mut all = Map::new();
    if let Some(given) = config.map().and_then(|config| config.truthy("DestinationConfig")) {
        let Some(given) = given.map() else { return own.reject("Property 'EventInvokeConfig.DestinationConfig' should be a map.") };
        for name in ["OnSuccess", "OnFailure"] {
            let Some(one) = given.some(name) else { continue };
            let Some(one) = one.map() else {
                return own.reject(eco_format!("Property 'EventInvokeConfig.DestinationConfig.{name}' should be a map."));
            };
            let (to, resource) = destination(sam, own, one, name, &id, inline)?;
            all.set(name, map! { "Destination" => to });
            made.extend(resource);
        }
    }
    invoke.set("FunctionName", reference(own.id));
    let qualifier = alias.and_then(|alias| alias.properties.get("Name")).cloned();
    invoke.set("Qualifier", qualifier.unwrap_or_else(|| "$LATEST".into()));
    invoke.set("DestinationConfig", all);
    invoke.set_some("MaximumEventAgeInSeconds", config.get("MaximumEventAgeInSeconds"));
    invoke.set_some("MaximumRetryAttempts", config.get("MaximumRetryAttempts"));
    made.push(invoke);
    Ok(())
}

fn destination(sam: &mut Sam, own: &Macro, config: &Map, name: &str, id: &str, inline: &mut Vec<Value>) -> Made<(Value, Option<Resource>)> {
    let kind = config.get("Type").and_then(Value::text).map(EcoString::as_str).unwrap_or_default();
    if !matches!(kind, "SQS" | "SNS" | "EventBridge" | "Lambda" | "S3Bucket") {
        return own.reject(eco_format!("'Type: {kind}' must be one of ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']"));
    }
    let given = config.some("Destination");
    let (condition, other) = conditional(sam, given, id)?;
    let mut to = given.cloned().unwrap_or_default();
    let mut resource = None;
    if given.is_none() || condition.is_some() {
        let both = both_conditions(sam, own, condition.as_ref());
        let (suffix, made) = match kind {
            "SQS" => ("Queue", "AWS::SQS::Queue"),
            "SNS" => ("Topic", "AWS::SNS::Topic"),
            _ => return own.reject("Destination is required if Type is not ['SQS', 'SNS']"),
        };
        let mut made = own.named(eco_format!("{id}{name}{suffix}"), made)?;
        made.span = config.span("Type").or(own.span);
        if let Some(both) = both {
            made.attributes.set("Condition", both);
        }
        to = match &condition {
            Some(condition) => when_else(condition, made.arn(), other.unwrap_or_default()),
            None => made.arn(),
        };
        resource = Some(made);
    }
    let id = eco_format!("{id}{name}");
    inline.push(send_policy(kind, to.clone(), &id));
    Ok((to, resource))
}

/// A policy that lets a role send to a destination.
pub fn send_policy(kind: &str, to: Value, id: &str) -> Value {
    match kind {
        "SQS" => inline_policy(eco_format!("{id}SQSPolicy"), "sqs:SendMessage", to),
        "SNS" => inline_policy(eco_format!("{id}SNSPolicy"), "sns:publish", to),
        "EventBridge" => inline_policy(eco_format!("{id}EventBridgePolicy"), "events:PutEvents", to),
        "Lambda" => inline_policy(eco_format!("{id}LambdaPolicy"), "lambda:InvokeFunction", to),
        _ => {
            let objects = object_join("/", vec![to.clone(), "*".into()]);
            let put = object! { "Action" => "s3:PutObject", "Effect" => "Allow", "Resource" => objects };
            let read = object! { "Action" => "s3:ListBucket", "Effect" => "Allow", "Resource" => to };
            object! { "PolicyName" => eco_format!("{id}S3Policy"), "PolicyDocument" => map! { "Statement" => vec![put, read] } }
        }
    }
}

/// The condition under which no destination is given, and the one given otherwise.
fn conditional(sam: &mut Sam, given: Option<&Value>, id: &str) -> Made<(Option<Value>, Option<Value>)> {
    let Some(given) = given.filter(|given| is_if(given)) else { return Ok((None, None)) };
    let Some([condition, yes, no]) = if_arguments(given) else {
        return Err(Reject::resource(id, "Malformed 'Destination' property: Fn::If requires 3 arguments."));
    };
    match (is_no_value(yes), is_no_value(no)) {
        (true, false) => Ok((Some(condition.clone()), Some(no.clone()))),
        (false, true) => {
            let name = eco_format!("NOT{}{}", condition.shown(), hash_text(id, 10));
            sam.conditions.get_or_insert_with(Map::new).set(&name, not(&condition.shown()));
            Ok((Some(name.into()), Some(yes.clone())))
        }
        _ => Ok((None, None)),
    }
}

fn both_conditions(sam: &mut Sam, own: &Macro, property: Option<&Value>) -> Option<Value> {
    let (Some(resource), Some(property)) = (own.passed.some("Condition"), property) else {
        return own.passed.some("Condition").or(property).cloned();
    };
    let name = eco_format!("{}AND{}{}", resource.shown(), property.shown(), hash_text(own.id, 10));
    let part = |condition: &Value| object! { "Condition" => object! { "Condition" => condition.clone() } };
    sam.conditions.get_or_insert_with(Map::new).set(&name, object! { "Fn::And" => vec![part(resource), part(property)] });
    Some(name.into())
}

fn execution_role(sam: &Sam, own: &Macro, destinations: Vec<Value>) -> Made<Resource> {
    let basic = match own.truthy("DurableConfig") {
        Some(_) => "service-role/AWSLambdaBasicDurableExecutionRolePolicy",
        None => "service-role/AWSLambdaBasicExecutionRole",
    };
    let mut managed = vec![sam.managed_policy(basic).into()];
    if traced(sam, own)? {
        managed.push(sam.managed_policy(xray_policy(sam.partition)).into());
    }
    if own.truthy("VpcConfig").is_some() {
        managed.push(sam.managed_policy("service-role/AWSLambdaVPCAccessExecutionRole").into());
    }
    let mut inline = Vec::new();
    if let Some(queue) = own.truthy("DeadLetterQueue").and_then(Value::map) {
        let action = queue.get("Type").and_then(dead_letter_action).unwrap_or_default();
        inline.push(inline_policy("DeadLetterQueuePolicy".into(), action, queue.get("TargetArn").cloned().unwrap_or_default()));
    }
    inline.extend(destinations);
    let trust = own.get("AssumeRolePolicyDocument").cloned().unwrap_or_else(|| trust("lambda.amazonaws.com"));
    role(sam, own, RoleParts { trust, managed, inline, policies: own.get("Policies"), tags: tags(own)? })
}

pub fn xray_policy(partition: &str) -> &'static str {
    if partition == "aws" { "AWSXrayWriteOnlyAccess" } else { "AWSXRayDaemonWriteAccess" }
}

/// Sets the role of the function; true if the role that was made is needed.
fn role_of(sam: &mut Sam, own: &Macro, function: &mut Resource, made: &mut Resource) -> Made<bool> {
    let Some(given) = own.get("Role") else {
        function.set("Role", made.arn());
        return Ok(true);
    };
    if !is_if(given) {
        return Ok(false);
    }
    let given = sam.resolved(given)?;
    let Some([condition, yes, no]) = if_arguments(&given) else {
        return own.reject("Malformed 'Role' property: Fn::If requires 3 arguments.");
    };
    match (is_no_value(yes), is_no_value(no)) {
        (true, true) => {
            function.set("Role", made.arn());
        }
        (true, false) => {
            function.set("Role", when_else(condition, made.arn(), no.clone()));
            made.attributes.set("Condition", condition.clone());
        }
        (false, true) => {
            function.set("Role", when_else(condition, yes.clone(), made.arn()));
            let name = eco_format!("NOT{}", condition.shown());
            sam.conditions.get_or_insert_with(Map::new).set(&name, not(&condition.shown()));
            made.attributes.set("Condition", name);
        }
        (false, false) => return Ok(false),
    }
    Ok(true)
}
