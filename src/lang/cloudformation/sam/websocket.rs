//! `AWS::Serverless::WebSocketApi`: a route, an integration and a permission for each route key.

use ecow::{EcoString, eco_format};

use super::http_api::{domain_of, permission};
use super::intrinsics::{is_intrinsic, object_join, reference, sub, sub_with};
use super::map::Map;
use super::reject::Made;
use super::resource::{Macro, Resource, propagate_tags};
use super::shape;
use super::transform::Sam;
use super::value::{Value, map};

const SHAPE: &str = "ApiKeySelectionExpression:s AccessLogSettings:m Auth:m DefaultRouteSettings:m Description:s DisableExecuteApiEndpoint:b \
    Domain:m DisableSchemaValidation:b FailOnWarnings:b IpAddressType:s Name:s PropagateTags:b Routes:m! RouteSettings:m \
    RouteSelectionExpression:s! StageName:sm StageVariables:m Tags:m";
const TAG: &str = "websocketapi:createdBy";

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::WebSocketApi", own.properties, SHAPE)?;
    let resolved = |key: &str| own.get(key).map(|value| sam.resolved(value)).transpose();
    let auth = resolved("Auth")?.filter(Value::truthy);
    let auth = auth.as_ref().and_then(Value::map);
    let mut domain = resolved("Domain")?;
    let routes = resolved("Routes")?.filter(Value::truthy);
    let Some(routes) = routes.as_ref().and_then(Value::map) else { return own.reject("WebSocket API must have at least one route.") };
    if let Some(kind) = own.get("IpAddressType")
        && !is_intrinsic(kind)
        && !kind.is("ipv4")
        && !kind.is("dualstack")
    {
        return own.reject("IpAddressType must be 'ipv4' or 'dualstack'.");
    }
    if domain.as_ref().and_then(Value::map).is_some_and(|domain| domain.truthy("MutualTlsAuthentication").is_some()) {
        return own.reject("Mutual TLS domain name association is not supported for Websocket APIs.");
    }
    if auth.is_some() && !routes.has("$connect") {
        return own.reject("Authorization is only available if there is a $connect route.");
    }
    let mut tags = own.truthy("Tags").and_then(Value::map).cloned().unwrap_or_default();
    tags.set(TAG, "SAM");
    // The reference hands on no attributes here: neither the API nor what stands beside it keeps a condition.
    let mut api = Resource::new(own.id.clone(), "AWS::ApiGatewayV2::Api", &Map::new())?;
    api.depends_on = own.depends_on.cloned();
    api.copy(
        own.properties,
        &[
            "ApiKeySelectionExpression",
            "Description",
            "DisableExecuteApiEndpoint",
            "DisableSchemaValidation",
            "IpAddressType",
            "RouteSelectionExpression",
        ],
    );
    api.set("Name", own.get("Name").cloned().unwrap_or_else(|| own.id.into())).set("ProtocolType", "WEBSOCKET").set("Tags", tags.clone());
    let stage_name = own.get("StageName").cloned().unwrap_or_else(|| "default".into());
    let bare =
        Macro { id: own.id, properties: own.properties, depends_on: None, attributes: Map::new(), passed: Map::new(), span: own.span };
    let around = domain_of(sam, &bare, domain.as_mut(), Some(TAG))?;
    let mut made = vec![api];
    let (mut ids, mut authorizer) = (Vec::new(), None);
    for entry in routes.iter() {
        let Some(spec) = entry.value.map() else { return own.reject(eco_format!("Route '{}' should be a map.", entry.key)) };
        let first = made.len();
        ids.push(route(&bare, &entry.key, spec, auth, &stage_name, &mut made, &mut authorizer)?);
        for resource in made.iter_mut().skip(first) {
            resource.span = entry.span.or(own.span);
        }
    }
    made.extend(around);
    made.push(stage(&bare, &stage_name, ids)?);
    if let Some(authorizer) = authorizer {
        made.push(authorizer);
        let custom = auth.filter(|auth| auth.get("AuthType").is_some_and(|kind| kind.is("CUSTOM")) && auth.truthy("InvokeRole").is_none());
        if let Some(function) = custom.and_then(|auth| auth.truthy("AuthArn")) {
            made.push(permission(&bare, "AuthorizerPermission", function.clone())?);
        }
    }
    propagate_tags(&mut made, Some(&tags.into()).filter(|_| own.truthy("Tags").is_some()), own.truthy("PropagateTags").is_some());
    Ok(made)
}

fn clean(own: &Macro, key: &str) -> Made<EcoString> {
    let word = match key {
        "$connect" | "$disconnect" | "$default" => key.trim_start_matches('$'),
        word if super::events::is_word(word) => word,
        _ => {
            return own.reject(eco_format!(
                "Route key '{key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported."
            ));
        }
    };
    let mut characters = word.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    Ok(eco_format!("{first}{}", characters.as_str().to_lowercase()))
}

fn route(
    own: &Macro,
    key: &str,
    spec: &Map,
    auth: Option<&Map>,
    stage: &Value,
    made: &mut Vec<Resource>,
    authorizer: &mut Option<Resource>,
) -> Made<EcoString> {
    let name = clean(own, key)?;
    let mut route = own.beside(&eco_format!("{name}Route"), "AWS::ApiGatewayV2::Route")?;
    let mut integration = own.beside(&eco_format!("{name}Integration"), "AWS::ApiGatewayV2::Integration")?;
    let mut call = own.beside(&eco_format!("{name}Permission"), "AWS::Lambda::Permission")?;
    if spec.truthy("RequestParameters").is_some() && key != "$connect" {
        return own.reject("Request parameters are only supported for the $connect route in WebSocket APIs.");
    }
    route.set("RouteKey", key).set("ApiId", reference(own.id));
    route.copy(
        spec,
        &[
            "ApiKeyRequired",
            "ModelSelectionExpression",
            "OperationName",
            "RequestModels",
            "RequestParameters",
            "RouteResponseSelectionExpression",
        ],
    );
    route.set("Target", object_join("/", vec!["integrations".into(), reference(&integration.id)]));
    if let Some(auth) = auth {
        check_auth(own, auth)?;
        if key == "$connect" {
            let kind = auth.get("AuthType").cloned().unwrap_or_default();
            if kind.is("CUSTOM") {
                let made = custom(own, auth)?;
                route.set("AuthorizerId", made.reference());
                *authorizer = Some(made);
            }
            route.set("AuthorizationType", kind);
        }
    }
    let Some(function) = spec.get("FunctionArn") else { return own.reject("Route must have associated function.") };
    let uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations";
    integration.set("ApiId", reference(own.id)).set("IntegrationType", "AWS_PROXY");
    integration.set("IntegrationUri", sub_with(uri, map! { "FunctionArn" => function.clone() }));
    integration.set_some("TimeoutInMillis", spec.get("IntegrationTimeout"));
    call.set("Action", "lambda:InvokeFunction").set("FunctionName", function.clone()).set("Principal", "apigateway.amazonaws.com");
    let base = eco_format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{}.ApiId}}", own.id);
    call.set(
        "SourceArn",
        match stage.text() {
            Some(stage) => sub(eco_format!("{base}/{stage}/{key}")),
            None => sub_with(eco_format!("{base}/${{__StageName__}}/{key}"), map! { "__StageName__" => stage.clone() }),
        },
    );
    let id = route.id.clone();
    made.extend([route, integration, call]);
    Ok(id)
}

fn check_auth(own: &Macro, auth: &Map) -> Made<()> {
    let Some(kind) = auth.truthy("AuthType") else { return own.reject("AuthType must be specified for additional auth configurations.") };
    match kind.text().map(EcoString::as_str) {
        Some("CUSTOM") if auth.truthy("AuthArn").is_none() => own.reject("AuthArn must be specified if AuthType is CUSTOM."),
        Some("CUSTOM") => Ok(()),
        Some(kind @ ("AWS_IAM" | "NONE")) if auth.len() > 1 => {
            own.reject(eco_format!("No additional configurations supported for AuthType {kind}."))
        }
        Some("AWS_IAM" | "NONE") => Ok(()),
        _ => own.reject(eco_format!("AuthType '{}' is not one of AWS_IAM, CUSTOM or NONE.", kind.shown())),
    }
}

fn custom(own: &Macro, auth: &Map) -> Made<Resource> {
    let mut made = own.beside("ConnectAuthorizer", "AWS::ApiGatewayV2::Authorizer")?;
    let uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations";
    made.set("ApiId", reference(own.id)).set_some("AuthorizerCredentialsArn", auth.get("InvokeRole")).set("AuthorizerType", "REQUEST");
    made.set("AuthorizerUri", sub_with(uri, map! { "AuthArn" => auth.get("AuthArn").cloned().unwrap_or_default() }));
    made.set_some("IdentitySource", auth.get("IdentitySource"));
    let name = auth.truthy("Name").cloned().unwrap_or_else(|| (&made.id).into());
    made.set("Name", name);
    Ok(made)
}

fn stage(own: &Macro, name: &Value, routes: Vec<EcoString>) -> Made<Resource> {
    if name.is("$default") {
        return own.reject("Stages cannot be named $default for WebSocket APIs.");
    }
    let prefix = name.text().cloned().unwrap_or_default();
    let suffix = if prefix == "default" { "DefaultStage".into() } else { eco_format!("{prefix}Stage") };
    let mut stage = own.beside(&suffix, "AWS::ApiGatewayV2::Stage")?;
    stage.set("ApiId", reference(own.id)).set("StageName", name.clone()).set("Tags", map! { TAG => "SAM" }).set("AutoDeploy", true);
    stage.copy(own.properties, &["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]);
    if own.truthy("RouteSettings").is_some() {
        stage.depends_on = Some(Value::List(routes.into_iter().map(Value::from).collect()));
    }
    Ok(stage)
}
