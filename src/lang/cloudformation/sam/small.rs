//! Serverless resources that become one resource, or one with a role.

use ecow::{EcoString, eco_format};

use super::function::tags;
use super::intrinsics::{is_intrinsic, sub, sub_with};
use super::location;
use super::map::Map;
use super::policies::service_role;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource, combine_tags, tag_list};
use super::shape;
use super::transform::Sam;
use super::value::{Value, list, map, object, short_hash};

pub fn make(sam: &mut Sam, kind: &str, own: &Macro) -> Made<Vec<Resource>> {
    match kind {
        "AWS::Serverless::SimpleTable" => table(own),
        "AWS::Serverless::Application" => application(own),
        "AWS::Serverless::LayerVersion" => layer(sam, own),
        "AWS::Serverless::CapacityProvider" => capacity_provider(sam, own),
        "AWS::Serverless::NetworkConnector" => network_connector(sam, own),
        _ => image(sam, own),
    }
}

fn table(own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "PointInTimeRecoverySpecification PrimaryKey:T ProvisionedThroughput:N TableName:sm Tags:m SSESpecification:m";
    shape::check(own.id, "AWS::Serverless::SimpleTable", own.properties, SHAPE)?;
    let mut table = own.own("AWS::DynamoDB::Table")?;
    let (name, kind) = match own.truthy("PrimaryKey") {
        None => (Value::from("id"), "S"),
        Some(key) => {
            let Some(name) = key.some("Name") else { return own.reject("Property 'PrimaryKey.Name' is required.") };
            let Some(kind) = key.some("Type") else { return own.reject("Property 'PrimaryKey.Type' is required.") };
            let short = match kind.text().map(EcoString::as_str) {
                Some("String") => "S",
                Some("Number") => "N",
                Some("Binary") => "B",
                _ => return own.reject(eco_format!("Invalid 'Type' \"{}\".", kind.shown())),
            };
            (name.clone(), short)
        }
    };
    table.set("AttributeDefinitions", list![object! { "AttributeName" => name.clone(), "AttributeType" => kind }]);
    table.set("KeySchema", list![object! { "AttributeName" => name, "KeyType" => "HASH" }]);
    match own.truthy("ProvisionedThroughput") {
        Some(throughput) => table.set("ProvisionedThroughput", throughput.clone()),
        None => table.set("BillingMode", "PAY_PER_REQUEST"),
    };
    for key in ["PointInTimeRecoverySpecification", "SSESpecification", "TableName"] {
        table.set_some(key, own.truthy(key));
    }
    if let Some(tags) = own.truthy("Tags") {
        table.set("Tags", tag_list(Some(tags)));
    }
    Ok(vec![table])
}

/// Puts values in place of parameters and mappings in the id and version of applications of the repository.
pub fn locate_applications(sam: &mut Sam) -> Made<()> {
    for id in sam.ids_of(&["AWS::Serverless::Application"]) {
        let location = sam.resources.get(&id).and_then(|body| body.get("Properties")?.get("Location")).and_then(Value::map).cloned();
        let Some(mut location) = location else { continue };
        if location.some("ApplicationId").is_none() || location.some("SemanticVersion").is_none() {
            continue;
        }
        for key in ["ApplicationId", "SemanticVersion"] {
            let value = sam.looked_up(location.get(key).unwrap_or(&Value::Null))?;
            location.set(key, value);
        }
        if let Some(properties) = sam.resources.get_mut(&id).and_then(|body| body.map_mut()?.get_mut("Properties")?.map_mut()) {
            properties.set("Location", location);
        }
    }
    Ok(())
}

fn application(own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "Location:sm! TemplateUrl:s Parameters:m NotificationARNs:L Tags:m TimeoutInMinutes:i";
    let Some(location) = own.properties.get("Location") else { return own.reject("Resource is missing the required [Location] property.") };
    let mut stack = Resource::new(own.id.clone(), "AWS::CloudFormation::Stack", &own.passed)?;
    stack.depends_on = own.depends_on.cloned();
    let mut of_application = Map::new();
    match location.map() {
        None => {
            stack.set("TemplateURL", location.clone());
        }
        Some(location) => {
            for (key, tag) in [("ApplicationId", "serverlessrepo:applicationId"), ("SemanticVersion", "serverlessrepo:semanticVersion")] {
                let Some(value) = location.get(key) else {
                    return own.reject(eco_format!("Resource is missing the required [{key}] property."));
                };
                if !value.truthy() {
                    return own.reject(eco_format!("Property '{key}' cannot be blank."));
                }
                let Some(text) = value.text() else {
                    return own.reject(eco_format!(
                        "Property '{key}' cannot be resolved. Only FindInMap and Ref intrinsic functions are supported."
                    ));
                };
                if key == "ApplicationId" && text.contains("{{resolve:ssm:") {
                    return own.reject("Serverless Application Repostiory does not support dynamic reference in 'ApplicationId' property.");
                }
                of_application.set(tag, value.clone());
            }
        }
    }
    shape::check(own.id, "AWS::Serverless::Application", own.properties, SHAPE)?;
    stack.copy(own.properties, &["Parameters", "NotificationARNs", "TimeoutInMinutes"]);
    let mut all = tags(own)?;
    let own_tags = all.split_off(1);
    all.extend(tag_list(Some(&of_application.into())));
    all.extend(own_tags);
    stack.set("Tags", all);
    Ok(vec![stack])
}

fn layer(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "LayerName:sm Description:s PublishLambdaVersion:b ContentUri:sm! CompatibleArchitectures:L CompatibleRuntimes:L \
        LicenseInfo:s RetentionPolicy:s";
    shape::check(own.id, "AWS::Serverless::LayerVersion", own.properties, SHAPE)?;
    let mut properties = own.properties.clone();
    for key in ["LayerName", "LicenseInfo", "Description", "RetentionPolicy"] {
        if let Some(value) = properties.truthy(key) {
            let value = sam.resolved(value)?;
            if value.text().is_none() && value.map().is_none() {
                return own.reject(eco_format!("Could not resolve parameter for '{key}' or parameter is not a String."));
            }
            properties.set(key, value);
        }
    }
    let retention = match properties.some("RetentionPolicy") {
        None => None,
        Some(Value::Text(text, _)) if text.eq_ignore_ascii_case("Retain") => Some("Retain"),
        Some(Value::Text(text, _)) if text.eq_ignore_ascii_case("Delete") => Some("Delete"),
        Some(_) => return own.reject("'RetentionPolicy' must be one of the following options: ['Retain', 'Delete']."),
    };
    // The hash is of the author's resource, without what only says how it ends.
    let mut hashed = map! { "Type" => "AWS::Serverless::LayerVersion" };
    if let Some(depends) = own.depends_on.filter(|depends| depends.truthy()) {
        hashed.set("DependsOn", depends.clone());
    }
    for key in ["UpdatePolicy", "Condition"] {
        hashed.set_some(key, own.attributes.get(key));
    }
    let mut kept = Map::new();
    for entry in properties.iter().filter(|entry| !matches!(entry.value, Value::Null)) {
        kept.set(&entry.key, entry.value.clone());
    }
    hashed.set("Properties", kept);
    let id = eco_format!("{}{}", own.id, short_hash(&object! { own.id => hashed }));
    let mut layer = own.named(id.clone(), "AWS::Lambda::LayerVersion")?;
    layer.depends_on = own.depends_on.cloned();
    if !layer.attributes.has("DeletionPolicy") {
        layer.attributes.set("DeletionPolicy", "Retain");
    }
    if let Some(retention) = retention {
        layer.attributes.set("DeletionPolicy", retention);
    }
    layer.set("LayerName", properties.truthy("LayerName").cloned().unwrap_or_else(|| own.id.into()));
    layer.set("Content", location::lambda_code(properties.get("ContentUri").unwrap_or(&Value::Null), &id, "ContentUri")?);
    layer.copy(&properties, &["Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"]);
    let known = |value: &Value| is_intrinsic(value) || value.is("arm64") || value.is("x86_64");
    let architectures = properties.truthy("CompatibleArchitectures").filter(|all| !is_intrinsic(all)).and_then(Value::list);
    if architectures.is_some_and(|all| !all.iter().all(known)) {
        return Err(Reject::resource(&id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'"));
    }
    sam.changed.0.insert(own.id.clone(), id);
    Ok(vec![layer])
}

/// The author's tags, then who made it.
fn created_tags(own: &Macro, with: bool) -> Vec<Value> {
    let mut all = own.get("Tags").filter(|_| with).and_then(Value::map).map(Map::shallow).unwrap_or_default();
    all.set("lambda:createdBy", "SAM");
    tag_list(Some(&all.into()))
}

fn operator_role(sam: &Sam, own: &Macro, policy: &str) -> Made<Resource> {
    let mut role = service_role(eco_format!("{}OperatorRole", own.id), "lambda.amazonaws.com", &own.passed, Vec::new())?;
    role.span = own.span;
    role.set("ManagedPolicyArns", list![sam.managed_policy(policy)]).set("Tags", created_tags(own, false));
    Ok(role)
}

/// A function, or a list of texts and functions.
fn texts_or_functions(value: &Value) -> bool {
    let text = |item: &Value| !matches!(item, Value::List(_) | Value::Null);
    value.map().is_some() || value.list().is_some_and(|items| items.iter().all(text))
}

fn capacity_provider(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "CapacityProviderName:sm VpcConfig:m!^ OperatorRole:sm Tags:m^ PropagateTags:b^ InstanceRequirements:m^ \
        ScalingConfig:m^ KmsKeyArn:sm LoggingConfig:m^ ManagedResourceTags:m^";
    shape::check(own.id, "AWS::Serverless::CapacityProvider", own.properties, SHAPE)?;
    let known = |key: &str, inner: &[&str]| {
        let other = own.get(key).and_then(Value::map).and_then(|map| map.keys().find(|key| !inner.contains(&key.as_str())).cloned());
        other.map_or(Ok(()), |other| own.reject(eco_format!("Property '{key}.{other}' is an invalid property.")))
    };
    known("VpcConfig", &["SecurityGroupIds", "SubnetIds"])?;
    known("InstanceRequirements", &["Architectures", "AllowedTypes", "ExcludedTypes"])?;
    known("ScalingConfig", &["MaxVCpuCount", "AverageCPUUtilization"])?;
    known("ManagedResourceTags", &["Tags"])?;
    let part = |key: &str, inner: &str| own.get(key).and_then(|part| part.some(inner));
    if part("VpcConfig", "SubnetIds").is_none() {
        return own.reject("Property 'VpcConfig.SubnetIds' is required.");
    }
    if part("InstanceRequirements", "AllowedTypes").is_some() && part("InstanceRequirements", "ExcludedTypes").is_some() {
        return own.reject("Cannot specify 'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes' together.");
    }
    let lists = [
        ("VpcConfig", &["SecurityGroupIds", "SubnetIds"][..]),
        ("InstanceRequirements", &["Architectures", "AllowedTypes", "ExcludedTypes"][..]),
    ];
    for (key, inner) in lists.iter().flat_map(|(key, inner)| inner.iter().map(move |inner| (key, inner))) {
        if part(key, inner).is_some_and(|value| !texts_or_functions(value)) {
            return own.reject(eco_format!("Property '{key}.{inner}' value must be dictionary or list."));
        }
    }
    let mut made = Vec::new();
    let mut provider = own.own("AWS::Lambda::CapacityProvider")?;
    let role = match own.truthy("OperatorRole") {
        Some(role) => role.clone(),
        None => {
            let role = operator_role(sam, own, "AWSLambdaManagedEC2ResourceOperator")?;
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    provider.set_some("CapacityProviderName", own.truthy("CapacityProviderName")).set_some("VpcConfig", own.get("VpcConfig"));
    provider.set("PermissionsConfig", map! { "CapacityProviderOperatorRoleArn" => role }).set("Tags", created_tags(own, true));
    let mut requirements = Map::new();
    for (from, to) in
        [("Architectures", "Architectures"), ("AllowedTypes", "AllowedInstanceTypes"), ("ExcludedTypes", "ExcludedInstanceTypes")]
    {
        requirements.set_some(to, part("InstanceRequirements", from));
    }
    if !requirements.is_empty() {
        provider.set("InstanceRequirements", requirements);
    }
    if own.truthy("ScalingConfig").is_some() {
        let mut scaling = Map::new();
        scaling.set_some("MaxVCpuCount", part("ScalingConfig", "MaxVCpuCount"));
        match part("ScalingConfig", "AverageCPUUtilization") {
            None => scaling.set("ScalingMode", "Auto"),
            Some(target) => {
                scaling.set("ScalingMode", "Manual");
                let policy =
                    object! { "PredefinedMetricType" => "LambdaCapacityProviderAverageCPUUtilization", "TargetValue" => target.clone() };
                scaling.set("ScalingPolicies", list![policy]);
            }
        }
        provider.set("CapacityProviderScalingConfig", scaling);
    }
    provider.set_some("KmsKeyArn", own.truthy("KmsKeyArn"));
    if let Some(logging) = own.truthy("LoggingConfig") {
        provider.set("TelemetryConfig", map! { "LoggingConfig" => logging.clone() });
    }
    if let Some(tags) = part("ManagedResourceTags", "Tags") {
        provider.set("PropagateTags", map! { "Mode" => "Explicit", "ExplicitTags" => tag_list(Some(tags)) });
    }
    made.push(provider);
    combine_tags(&mut made, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(made)
}

fn network_connector(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "Name:sm VpcConfig:m!^ ComputeTypes:l^ OperatorRole:sm Tags:m^ PropagateTags:b^";
    shape::check(own.id, "AWS::Serverless::NetworkConnector", own.properties, SHAPE)?;
    for key in ["SubnetIds", "SecurityGroupIds", "NetworkProtocol"] {
        if own.get("VpcConfig").and_then(|config| config.some(key)).is_none() {
            return own.reject(eco_format!("Property 'VpcConfig.{key}' is required."));
        }
        if key != "NetworkProtocol" && own.get("VpcConfig").and_then(|config| config.some(key)?.list()).is_none() {
            return own.reject(eco_format!("Property 'VpcConfig.{key}' should be a list."));
        }
    }
    if let Some(kinds) = own.get("ComputeTypes").and_then(Value::list) {
        if kinds.len() != 1 {
            return own.reject(eco_format!("'ComputeTypes' must contain exactly one value, got {}.", kinds.len()));
        }
        if kinds.iter().any(|kind| kind.text().is_none() && kind.map().is_none()) {
            return own.reject("Property 'ComputeTypes.0' value is not a valid dict.");
        }
        if kinds.iter().filter_map(Value::text).any(|kind| kind != "MicroVm" && kind != "WebFunction") {
            return own.reject("'ComputeTypes' values must be one of ['MicroVm', 'WebFunction'].");
        }
    }
    let mut made = Vec::new();
    let mut connector = own.own("AWS::Lambda::NetworkConnector")?;
    let role = match own.truthy("OperatorRole") {
        Some(role) => role.clone(),
        None => {
            let role = operator_role(sam, own, "AWSLambdaNetworkConnectorOperatorPolicy")?;
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    let mut egress = own.get("VpcConfig").and_then(Value::map).map(Map::shallow).unwrap_or_default();
    egress.set("AssociatedComputeResourceTypes", own.truthy("ComputeTypes").cloned().unwrap_or_else(|| list!["MicroVm"]));
    connector.set_some("Name", own.truthy("Name")).set("Configuration", map! { "VpcEgressConfiguration" => egress });
    connector.set("OperatorRole", role).set("Tags", created_tags(own, true));
    made.push(connector);
    combine_tags(&mut made, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(made)
}

fn image(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    const SHAPE: &str = "Name:sm! CodeUri:sm! BaseImageArn:sm! BuildRoleArn:sm BaseImageVersion:sm! Description:sm Tags:m^ Logging:m^ \
        EgressNetworkConnectors:l^ CpuConfigurations:l^ Resources:l^ AdditionalOsCapabilities:l^ Hooks:m^ EnvironmentVariables:m^ \
        PropagateTags:b^";
    shape::check(own.id, "AWS::Serverless::MicrovmImage", own.properties, SHAPE)?;
    let mut made = Vec::new();
    let mut image = own.own("AWS::Lambda::MicrovmImage")?;
    let uri = own.get("CodeUri").cloned().unwrap_or_default();
    let role = match own.truthy("BuildRoleArn") {
        Some(role) => role.clone(),
        None => {
            let role = build_role(sam, own, &uri)?;
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    image.set("CodeArtifact", map! { "Uri" => uri }).set("BuildRoleArn", role).set("Tags", created_tags(own, true));
    image.copy(
        own.properties,
        &[
            "Name",
            "BaseImageArn",
            "BaseImageVersion",
            "Description",
            "Logging",
            "EgressNetworkConnectors",
            "CpuConfigurations",
            "Resources",
            "AdditionalOsCapabilities",
            "Hooks",
        ],
    );
    let variables = own.truthy("EnvironmentVariables").and_then(Value::map);
    let variables: Vec<Value> =
        variables.into_iter().flat_map(Map::iter).map(|entry| object! { "Key" => &entry.key, "Value" => entry.value.clone() }).collect();
    image.set("EnvironmentVariables", variables);
    made.push(image);
    combine_tags(&mut made, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(made)
}

fn build_role(sam: &Sam, own: &Macro, uri: &Value) -> Made<Resource> {
    let resolved = if uri.map().is_some() { sam.resolved(uri)? } else { uri.clone() };
    let objects = match resolved.text().and_then(|text| text.strip_prefix("s3://")) {
        Some(rest) => match rest.split('/').next().filter(|bucket| !bucket.is_empty()) {
            Some(bucket) => sub(eco_format!("arn:${{AWS::Partition}}:s3:::{bucket}/*")),
            None => return Err(Reject::resource(own.id, "CodeUri must be a valid S3 URI with a bucket name (e.g. s3://bucket/key.zip).")),
        },
        None => {
            let split = object! { "Fn::Split" => Value::List(vec!["/".into(), uri.clone()]) };
            let bucket = object! { "Fn::Select" => Value::List(vec![Value::from(2), split]) };
            sub_with("arn:${AWS::Partition}:s3:::${Bucket}/*", map! { "Bucket" => bucket })
        }
    };
    let read = object! { "Effect" => "Allow", "Action" => list!["s3:GetObject"], "Resource" => objects };
    let log = object! {
        "Effect" => "Allow",
        "Action" => list!["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource" => "*",
    };
    let document = map! { "Version" => "2012-10-17", "Statement" => vec![read, log] };
    let inline = object! { "PolicyName" => "MicrovmImageBuildPolicy", "PolicyDocument" => document };
    let mut role = service_role(eco_format!("{}BuildRole", own.id), "lambda.amazonaws.com", &own.passed, vec![inline])?;
    role.span = own.span;
    role.set("Tags", created_tags(own, false));
    Ok(role)
}
