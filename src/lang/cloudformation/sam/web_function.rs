//! `AWS::Serverless::WebFunction`: the function, a revision and an endpoint.

use ecow::{EcoString, eco_format};

use super::function::tags;
use super::intrinsics::{attribute, is_intrinsic, reference, sub_with};
use super::location;
use super::map::Map;
use super::policies::service_role;
use super::reject::Made;
use super::resource::{Macro, Resource};
use super::shape;
use super::transform::Sam;
use super::value::{Value, list, map, object};

const SHAPE: &str = "FunctionName:sm Tags:m ReplicaRegions:lm AuthType Runtime CodeUri InlineCode RevisionDescription KmsKeyArn \
    ExecutionRoleArn:s EnvironmentVariables:m EntryPoint MaxConcurrencyPerEnvironment EgressNetworkConnectorArn Timeout:i LoggingConfig \
    RevisionWeights EndpointName EndpointType EndpointDescription ScalingConfig ThrottleConfig AutoDeploymentMode";

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::WebFunction", own.properties, SHAPE)?;
    check(sam, own)?;
    let mut made = Vec::new();
    let role = match own.get("ExecutionRoleArn") {
        Some(role) => role.clone(),
        None => {
            let mut role = service_role(eco_format!("{}Role", own.id), "lambda.amazonaws.com", &own.passed, Vec::new())?;
            role.span = own.span;
            role.set("ManagedPolicyArns", list![sam.managed_policy("service-role/AWSLambdaBasicExecutionRole")]).set("Tags", tags(own)?);
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    let name = name(own);
    let mut function = own.own("AWS::Lambda::WebFunction")?;
    function.set("FunctionName", name.clone()).set("Tags", tags(own)?);
    let mut revision = own.beside("Revision", "AWS::Lambda::WebFunctionRevision")?;
    revision.depends_on = Some(list![&function.id]);
    revision
        .set("FunctionName", name.clone())
        .set_some("Description", own.get("RevisionDescription"))
        .set_some("KmsKeyArn", own.get("KmsKeyArn"));
    revision.set("BuildConfig", build(own)?).set("ServiceConfig", service(own, role)?);
    let mut endpoint = own.beside("Endpoint", "AWS::Lambda::WebFunctionEndpoint")?;
    endpoint.depends_on = Some(list![&function.id, &revision.id]);
    let or = |key: &str, default: &str| own.truthy(key).cloned().unwrap_or_else(|| default.into());
    endpoint
        .set("FunctionName", name)
        .set("EndpointName", or("EndpointName", "prod"))
        .set("EndpointType", or("EndpointType", "HomeRegion"));
    let weights: Vec<Value> = match own.truthy("RevisionWeights").and_then(Value::map) {
        Some(weights) => weights.iter().map(|entry| object! { "RevisionId" => &entry.key, "Weight" => entry.value.clone() }).collect(),
        None => vec![object! { "RevisionId" => attribute(&revision.id, "RevisionId"), "Weight" => 100 }],
    };
    endpoint.set_some("AuthType", own.get("AuthType")).set("RevisionWeights", weights);
    endpoint.set_some("Regions", own.get("ReplicaRegions")).set_some("Description", own.get("EndpointDescription"));
    endpoint.copy(own.properties, &["ScalingConfig", "ThrottleConfig"]);
    made.extend([function, revision, endpoint]);
    Ok(made)
}

fn check(sam: &Sam, own: &Macro) -> Made<()> {
    let text = |key: &str, default: &str| -> Made<EcoString> {
        let value = own.get(key).map(|value| sam.resolved(value)).transpose()?.filter(Value::truthy);
        Ok(value.map_or_else(|| default.into(), |value| value.shown()))
    };
    let mode = text("AutoDeploymentMode", "LatestRevision")?;
    if mode != "LatestRevision" && mode != "Disabled" {
        return own.reject("'AutoDeploymentMode' must be one of ['LatestRevision', 'Disabled'].");
    }
    if own.truthy("AuthType").is_none() {
        return own.reject("'AuthType' is required.");
    }
    let kind = text("EndpointType", "HomeRegion")?;
    let regional = kind == "MultiRegion" || kind == "PerRegion";
    let weights = own.truthy("RevisionWeights");
    match (mode == "Disabled", regional) {
        (false, _) if weights.is_some() => {
            return own.reject("'RevisionWeights' cannot be specified when 'AutoDeploymentMode' is 'LatestRevision'.");
        }
        (false, true) => return own.reject(eco_format!("'AutoDeploymentMode' must be 'Disabled' when 'EndpointType' is '{kind}'.")),
        (true, false) if weights.is_none() => {
            return own.reject("'RevisionWeights' must be specified when 'AutoDeploymentMode' is 'Disabled'.");
        }
        _ => {}
    }
    if own.get("Timeout").and_then(Value::int).is_some_and(|timeout| !(3..=900).contains(&timeout)) {
        return own.reject("'Timeout' must be an integer between 3 and 900.");
    }
    if let Some(weights) = weights {
        let Some(all) = weights.map().filter(|_| !is_intrinsic(weights)) else {
            return own.reject("'RevisionWeights' must be a map of revision IDs to weights.");
        };
        let numbers: Vec<Option<i64>> = all.iter().map(|entry| entry.value.int()).collect();
        let fits =
            |entry: &super::map::Entry| is_intrinsic(&entry.value) || entry.value.int().is_some_and(|weight| (1..=100).contains(&weight));
        if all.len() > 2 || !all.iter().all(fits) {
            return own.reject("'RevisionWeights' must be at most two weights between 1 and 100.");
        }
        let sum: Option<i64> = numbers.into_iter().sum();
        if sum.is_some_and(|sum| sum != 100) {
            return own.reject("'RevisionWeights' values must sum to 100.");
        }
    }
    Ok(())
}

fn name(own: &Macro) -> Value {
    if let Some(name) = own.truthy("FunctionName") {
        return name.clone();
    }
    let select = |index: i64, with: &str, value: Value| {
        let split = object! { "Fn::Split" => Value::List(vec![with.into(), value]) };
        object! { "Fn::Select" => Value::List(vec![Value::from(index), split]) }
    };
    let suffix = select(0, "-", select(2, "/", reference("AWS::StackId")));
    let id: String = own.id.chars().take(55).collect();
    sub_with(eco_format!("{id}-${{StackIdSuffix}}"), map! { "StackIdSuffix" => suffix })
}

fn build(own: &Macro) -> Made<Map> {
    let code = match (own.get("CodeUri"), own.get("InlineCode")) {
        (Some(_), Some(_)) => return own.reject("Only one of 'InlineCode' or 'CodeUri' can be set."),
        (None, Some(_)) => {
            return own.reject("'InlineCode' is not yet supported for 'AWS::Serverless::WebFunction'. Please use 'CodeUri' instead.");
        }
        (Some(uri), None) if uri.truthy() => location::pointer(uri, own.id, "CodeUri")?,
        _ => return own.reject("Either 'InlineCode' or 'CodeUri' must be set."),
    };
    let mut object = map! {};
    object.set_some("Bucket", code.get("Bucket"));
    object.set_some("Key", code.get("Key"));
    object.set_some("VersionId", code.get("Version"));
    let Some(runtime) = own.get("Runtime") else { return own.reject("'Runtime' is required.") };
    Ok(map! { "CodeConfig" => map! { "S3Object" => object }, "RuntimeConfig" => map! { "Runtime" => runtime.clone() } })
}

fn service(own: &Macro, role: Value) -> Made<Map> {
    let mut config = map! { "ExecutionRoleArn" => role };
    let variables = own.truthy("EnvironmentVariables");
    match variables.filter(|variables| is_intrinsic(variables)) {
        Some(_) if own.truthy("EntryPoint").is_some() => {
            return own.reject("'EntryPoint' cannot be used when 'EnvironmentVariables' is an intrinsic function.");
        }
        Some(call) => config.set("EnvironmentVariables", call.clone()),
        None => {
            let mut all = variables.and_then(Value::map).map(Map::shallow).unwrap_or_default();
            all.set_some("AWS_LAMBDA_NODEJS_ENTRYPOINT", own.truthy("EntryPoint"));
            if !all.is_empty() {
                config.set("EnvironmentVariables", all);
            }
        }
    }
    if let Some(logging) = own.truthy("LoggingConfig") {
        config.set("TelemetryConfig", map! { "LoggingConfig" => logging.clone() });
    }
    config.set_some("MaxConcurrencyPerEnvironment", own.get("MaxConcurrencyPerEnvironment"));
    config.set_some("EgressNetworkConnectorArn", own.get("EgressNetworkConnectorArn"));
    config.set("TimeoutSeconds", own.truthy("Timeout").cloned().unwrap_or_else(|| Value::from(30)));
    Ok(config)
}
