//! `AWS::Serverless::HttpApi`, and the domains that it shares with WebSocket APIs.

use ecow::{EcoString, eco_format};

use super::api::domain_records;
use super::editor::{Editor, Flavour, is_valid};
use super::events::is_word;
use super::intrinsics::{attribute, is_intrinsic, is_no_value, reference, sub_with};
use super::json;
use super::location;
use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource, propagate_tags};
use super::shape;
use super::transform::{Sam, arn};
use super::value::{Value, hashed, list, map, object, short_hash};

const SHAPE: &str = "__MANAGE_SWAGGER:b Name StageName:sm Tags:m PropagateTags:b DefinitionBody:m DefinitionUri:sm StageVariables:m \
    CorsConfiguration:bm AccessLogSettings:m DefaultRouteSettings:m Auth:m RouteSettings:m Domain:m FailOnWarnings:b Description:s \
    DisableExecuteApiEndpoint:b";
const DEFAULT: &str = "$default";
const CORS: &[&str] = &["AllowMethods", "AllowHeaders", "AllowOrigins", "MaxAge", "ExposeHeaders", "AllowCredentials"];

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::HttpApi", own.properties, SHAPE)?;
    let resolved = |key: &str| own.get(key).map(|value| sam.resolved(value)).transpose();
    let cors = resolved("CorsConfiguration")?;
    let mut domain = resolved("Domain")?;
    let mut tags = own.get("Tags").cloned();
    let mut body = own.get("DefinitionBody").cloned().filter(Value::truthy);
    let mut api = own.own("AWS::ApiGatewayV2::Api")?;
    if own.truthy("DefinitionUri").is_some() && body.is_some() {
        return own.reject("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
    }
    if let Some(cors) = cors.as_ref().filter(|cors| cors.truthy()) {
        add_cors(own, cors, &mut body)?;
    }
    let authorizers = read_authorizers(own)?;
    add_auth(sam, own, &authorizers, &mut body)?;
    add_tags(own, &mut tags, &mut body)?;
    api.set_some("FailOnWarnings", own.truthy("FailOnWarnings"));
    if let Some(disabled) = own.get("DisableExecuteApiEndpoint") {
        let mut editor = edit(own, "DisableExecuteApiEndpoint", &mut body)?;
        editor.disable_endpoint(disabled)?;
        body = Some(editor.close());
    }
    describe(own, &mut body)?;
    if let (Some(_), Some(Value::Map(body))) = (own.truthy("FailOnWarnings"), &mut body)
        && let Some(paths) = body.get_mut("paths").and_then(Value::map_mut)
        && let Some(default) = paths.remove(DEFAULT)
    {
        paths.set("/$default", default);
    }
    if let Some(uri) = own.truthy("DefinitionUri") {
        let place = location::pointer(uri, own.id, "DefinitionUri")?;
        let mut location = Map::new();
        ["Bucket", "Key", "Version"].iter().for_each(|key| location.set_some(key, place.get(key)));
        api.set("BodyS3Location", location);
    } else if let Some(body) = body {
        api.set("Body", body);
    } else {
        return own.reject("'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'.");
    }
    let mut made = vec![api];
    for (name, authorizer) in &authorizers {
        let (Some(function), true) = (&authorizer.function, authorizer.permits) else { continue };
        made.push(permission(own, &eco_format!("{name}AuthorizerPermission"), function.clone())?);
    }
    made.extend(domain_of(sam, own, domain.as_mut(), Some("httpapi:createdBy"))?);
    made.push(stage(own, tags.as_ref())?);
    propagate_tags(&mut made, tags.as_ref(), own.get("DefinitionBody").is_some());
    Ok(made)
}

fn edit(own: &Macro, what: &str, body: &mut Option<Value>) -> Made<Editor> {
    if body.is_none() {
        return own.reject(eco_format!("{what} works only with inline OpenApi specified in the 'DefinitionBody' property."));
    }
    if !is_valid(Flavour::Http, body.as_ref()) {
        return own.reject(eco_format!("Unable to add {what} because 'DefinitionBody' does not contain a valid OpenApi definition."));
    }
    Editor::open(Flavour::Http, body.take())
}

fn add_cors(own: &Macro, cors: &Value, body: &mut Option<Value>) -> Made<()> {
    const KEY: &str = "x-amazon-apigateway-cors";
    let given = match cors {
        Value::Bool(_) => map! { "AllowOrigins" => list!["*"] },
        _ if is_intrinsic(cors) => map! { "AllowOrigins" => cors.clone() },
        Value::Map(given) => (**given).clone(),
        _ => return own.reject("Invalid value for 'Cors' property."),
    };
    if let Some(other) = given.keys().find(|key| !CORS.contains(&key.as_str())) {
        return own.reject(eco_format!("Invalid key '{other}' for 'Cors' property."));
    }
    let mut editor = edit(own, "Cors", body)?;
    let credentials = matches!(given.get("AllowCredentials"), Some(Value::Bool(true)));
    if credentials && given.get("AllowOrigins") == Some(&list!["*"]) {
        return own.reject(
            "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set.",
        );
    }
    let mut all = match editor.doc.get(KEY) {
        None => Map::new(),
        Some(Value::Map(map)) => (**map).clone(),
        Some(_) => return Err(Reject::template(eco_format!("Value of '{KEY}' must be a dictionary according to Swagger spec."))),
    };
    let lower = |key: &str| {
        eco_format!("{}{}", key.chars().take(1).map(|c| c.to_ascii_lowercase()).collect::<String>(), key.get(1..).unwrap_or_default())
    };
    if let Some(call) = given.truthy("AllowOrigins").filter(|origins| is_intrinsic(origins)) {
        // The whole configuration is the call: its words are written as OpenAPI writes them.
        let mut text = call.spaced_json();
        for key in CORS {
            text = text.replace(key, &lower(key));
        }
        if let Some(parsed) = json::parse(&text).as_ref().and_then(Value::map) {
            all.update(parsed);
        }
    } else {
        for key in ["AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders"] {
            if let Some(value) = given.truthy(key) {
                all.set(&lower(key), value.clone());
            }
        }
        all.set_some("maxAge", given.some("MaxAge"));
        if credentials {
            all.set("allowCredentials", true);
        }
    }
    editor.doc.set(KEY, all);
    *body = Some(editor.close());
    Ok(())
}

#[derive(Debug)]
struct Authorizer {
    definition: Value,
    scopes: Option<Value>,
    function: Option<Value>,
    permits: bool,
}

fn read_authorizers(own: &Macro) -> Made<Vec<(EcoString, Authorizer)>> {
    let Some(auth) = own.truthy("Auth").and_then(Value::map) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    if matches!(auth.get("EnableIamAuthorizer"), Some(Value::Bool(true))) {
        let definition = object! {
            "type" => "apiKey",
            "name" => "Authorization",
            "in" => "header",
            "x-amazon-apigateway-authtype" => "awsSigv4",
        };
        all.push(("AWS_IAM".into(), Authorizer { definition, scopes: None, function: None, permits: false }));
    }
    let Some(given) = auth.truthy("Authorizers") else { return Ok(all) };
    let Some(given) = given.map() else { return own.reject("Property 'Auth.Authorizers' should be a map.") };
    for entry in given.iter() {
        let Some(one) = entry.value.map() else {
            return own.reject(eco_format!("Property 'Auth.Authorizers.{}' should be a map.", entry.key));
        };
        if one.has("OpenIdConnectUrl") {
            return own.reject(eco_format!("'OpenIdConnectUrl' is no longer a supported property for authorizer '{}'.", entry.key));
        }
        let authorizer =
            if one.truthy("JwtConfiguration").is_some() { by_token(own, &entry.key, one)? } else { by_function(own, &entry.key, one)? };
        all.push((entry.key.clone(), authorizer));
    }
    Ok(all)
}

fn by_token(own: &Macro, name: &str, one: &Map) -> Made<Authorizer> {
    for key in [
        "FunctionArn",
        "FunctionInvokeRole",
        "Identity",
        "AuthorizerPayloadFormatVersion",
        "EnableSimpleResponses",
        "EnableFunctionDefaultPermissions",
    ] {
        if one.some(key).is_some() {
            return own.reject(eco_format!("{key} is only supported for Lambda Authorizer."));
        }
    }
    if one.some("AuthorizationScopes").is_some_and(|scopes| scopes.list().is_none()) {
        return own.reject("AuthorizationScopes must be a list.");
    }
    let Some(source) = one.truthy("IdentitySource") else {
        return own.reject(eco_format!("{name} OAuth2 Authorizer must define 'IdentitySource'."));
    };
    let Some(configuration) = one.get("JwtConfiguration").and_then(Value::map) else {
        return own.reject("Property 'JwtConfiguration' should be a map.");
    };
    let mut jwt = Map::new();
    for entry in configuration.iter() {
        jwt.set(&entry.key.to_lowercase(), entry.value.clone());
    }
    let inner = map! { "jwtConfiguration" => jwt, "identitySource" => source.clone(), "type" => "jwt" };
    let definition = object! { "type" => "oauth2", "x-amazon-apigateway-authorizer" => inner };
    Ok(Authorizer { definition, scopes: one.some("AuthorizationScopes").cloned(), function: None, permits: false })
}

fn by_function(own: &Macro, name: &str, one: &Map) -> Made<Authorizer> {
    for (key, only) in [
        ("AuthorizationScopes", "OAuth2 Authorizer"),
        ("IdentitySource", "OAuth2 Authorizer. For Lambda Authorizer, use the 'Identity' property instead"),
    ] {
        if one.some(key).is_some() {
            return own.reject(eco_format!("{key} is only supported for {only}."));
        }
    }
    let Some(function) = one.truthy("FunctionArn") else {
        return own.reject(eco_format!("{name} Lambda Authorizer must define 'FunctionArn'."));
    };
    let Some(version) = one.truthy("AuthorizerPayloadFormatVersion") else {
        return own.reject(eco_format!("{name} Lambda Authorizer must define 'AuthorizerPayloadFormatVersion'."));
    };
    let permits = match one.some("EnableFunctionDefaultPermissions") {
        None => false,
        Some(Value::Bool(permits)) => *permits,
        Some(_) => return own.reject(eco_format!("Property 'Authorizers.{name}.EnableFunctionDefaultPermissions' should be a boolean.")),
    };
    let uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations";
    let mut inner = map! { "type" => "request", "authorizerUri" => sub_with(uri, map! { "__FunctionArn__" => function.clone() }) };
    inner.set_some("authorizerCredentials", one.truthy("FunctionInvokeRole").filter(|role| !role.is("NONE")));
    if let Some(identity) = one.truthy("Identity") {
        let Some(identity) = identity.map() else {
            return own.reject(eco_format!("Property 'Auth.Authorizers.{name}.Identity' should be a map."));
        };
        inner.set_some("authorizerResultTtlInSeconds", identity.some("ReauthorizeEvery"));
        let mut source = Vec::new();
        for (prefix, key) in [("header", "Headers"), ("querystring", "QueryStrings"), ("", "StageVariables"), ("", "Context")] {
            let Some(values) = identity.truthy(key) else { continue };
            let texts: Option<Vec<&EcoString>> = values.list().and_then(|values| values.iter().map(Value::text).collect());
            let Some(texts) = texts else {
                return own.reject(eco_format!("Property 'Authorizers.{name}.Identity.{key}' should be a list of strings."));
            };
            source.extend(texts.into_iter().map(|text| match key {
                "StageVariables" => Value::from(eco_format!("$stageVariables.{text}")),
                "Context" => eco_format!("$context.{text}").into(),
                _ => eco_format!("$request.{prefix}.{text}").into(),
            }));
        }
        inner.set("identitySource", source);
    }
    inner.set("authorizerPayloadFormatVersion", version.clone());
    inner.set_some("enableSimpleResponses", one.truthy("EnableSimpleResponses"));
    let definition = object! { "type" => "apiKey", "name" => "Unused", "in" => "header", "x-amazon-apigateway-authorizer" => inner };
    Ok(Authorizer { definition, scopes: None, function: Some(function.clone()), permits })
}

fn add_auth(_: &Sam, own: &Macro, authorizers: &[(EcoString, Authorizer)], body: &mut Option<Value>) -> Made<()> {
    let Some(auth) = own.truthy("Auth").and_then(Value::map) else { return Ok(()) };
    if auth.keys().any(|key| !["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"].contains(&key.as_str())) {
        return own.reject("Invalid value for 'Auth' property");
    }
    let mut editor = edit(own, "Auth", body)?;
    for (name, authorizer) in authorizers {
        editor.security.set(name, authorizer.definition.clone());
    }
    if let Some(default) = auth.truthy("DefaultAuthorizer").filter(|default| !is_no_value(default)) {
        let Some(text) = default.text() else { return own.reject("Property 'Auth.DefaultAuthorizer' should be a string.") };
        let Some((_, authorizer)) = authorizers.iter().find(|(name, _)| name == text) else {
            return own.reject(eco_format!("Unable to set DefaultAuthorizer because '{text}' was not defined in 'Authorizers'."));
        };
        for path in editor.path_names() {
            editor.each_method(&path, &mut |method, definition| {
                if method != "options" && definition.truthy("security").is_none() {
                    let scopes = authorizer.scopes.clone().unwrap_or_else(|| list![]);
                    definition.set("security", list![object! { text => scopes }]);
                }
                Ok(())
            })?;
        }
    }
    *body = Some(editor.close());
    Ok(())
}

fn add_tags(own: &Macro, tags: &mut Option<Value>, body: &mut Option<Value>) -> Made<()> {
    let given = tags.as_ref().is_some_and(Value::truthy);
    if body.is_none() || !is_valid(Flavour::Http, body.as_ref()) {
        if given {
            return own.reject("Tags works only with inline OpenApi specified in the 'DefinitionBody' property.");
        }
        return Ok(());
    }
    let mut all = tags.take().filter(Value::truthy).unwrap_or_else(|| Map::new().into());
    if let Some(all) = all.map_mut() {
        all.set("httpapi:createdBy", "SAM");
    }
    let mut editor = Editor::open(Flavour::Http, body.take())?;
    for entry in all.map().into_iter().flat_map(Map::iter) {
        let own = editor.tags.iter_mut().filter_map(Value::map_mut).find(|tag| tag.get("name").is_some_and(|name| name.is(&entry.key)));
        match own {
            Some(tag) => tag.set("x-amazon-apigateway-tag-value", entry.value.clone()),
            None => editor.tags.push(hashed! { "name" => &entry.key, "x-amazon-apigateway-tag-value" => entry.value.clone() }.into()),
        }
    }
    *body = Some(editor.close());
    *tags = Some(all);
    Ok(())
}

fn describe(own: &Macro, body: &mut Option<Value>) -> Made<()> {
    let info = |body: &Option<Value>, key: &str| body.as_ref().and_then(|body| body.get("info")?.get(key)).cloned();
    for (property, key) in [("Name", "title"), ("Description", "description")] {
        let Some(value) = own.truthy(property) else { continue };
        let before = info(body, key);
        let free = match key {
            "title" => before == Some(reference("AWS::StackName")),
            _ => !before.is_some_and(|before| before.truthy()),
        };
        let mut editor = edit(own, property, body)?;
        if !free {
            return own.reject(eco_format!(
                "Unable to set {property} because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property."
            ));
        }
        if !editor.doc.has("info") {
            editor.doc.set("info", Map::hashed());
        }
        if let Some(info) = editor.doc.get_mut("info").and_then(Value::map_mut) {
            info.set(key, value.clone());
        }
        *body = Some(editor.close());
    }
    Ok(())
}

/// Lets an API call the function of an authorizer.
pub fn permission(own: &Macro, suffix: &str, function: Value) -> Made<Resource> {
    let mut permission = own.beside(suffix, "AWS::Lambda::Permission")?;
    let source = arn("${AWS::Partition}", "execute-api", "${__ApiId__}/authorizers/*");
    permission.set("Action", "lambda:InvokeFunction").set("FunctionName", function).set("Principal", "apigateway.amazonaws.com");
    permission.set("SourceArn", sub_with(source, map! { "__ApiId__" => reference(own.id) }));
    Ok(permission)
}

fn stage(own: &Macro, tags: Option<&Value>) -> Made<Resource> {
    let given = own.truthy("StageName").cloned().unwrap_or_else(|| DEFAULT.into());
    let name = given.text().cloned().unwrap_or_default();
    let suffix = match name.as_str() {
        DEFAULT => "ApiGatewayDefaultStage".into(),
        word if is_word(word) => eco_format!("{word}Stage"),
        other => eco_format!("Stage{}", short_hash(&other.into())),
    };
    let mut stage = own.beside(&suffix, "AWS::ApiGatewayV2::Stage")?;
    stage.set("ApiId", reference(own.id)).set("StageName", given).set("AutoDeploy", true).set_some("Tags", tags);
    stage.copy(own.properties, &["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]);
    Ok(stage)
}

/// The domain of an HTTP or WebSocket API.
pub fn domain_of(sam: &mut Sam, own: &Macro, domain: Option<&mut Value>, tag: Option<&str>) -> Made<Vec<Resource>> {
    let Some(domain) = domain else { return Ok(Vec::new()) };
    let Some(domain) = domain.map_mut() else { return own.reject("Property 'Domain' should be a map.") };
    let (Some(name), Some(certificate)) = (domain.some("DomainName").cloned(), domain.some("CertificateArn").cloned()) else {
        return own.reject("Custom Domains only works if both DomainName and CertificateArn are provided.");
    };
    let id = eco_format!("ApiGatewayDomainNameV2{}", short_hash(&name));
    let mut made = own.named(id.clone(), "AWS::ApiGatewayV2::DomainName")?;
    made.set("DomainName", name);
    if let Some(tag) = tag {
        made.set("Tags", map! { tag => "SAM" });
    }
    let endpoint = domain.some("EndpointConfiguration").cloned().unwrap_or_else(|| "REGIONAL".into());
    if !endpoint.is("REGIONAL") {
        return own.reject("EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].");
    }
    let mut configuration = map! { "CertificateArn" => certificate, "EndpointType" => endpoint };
    configuration.set_some("OwnershipVerificationCertificateArn", domain.truthy("OwnershipVerificationCertificateArn"));
    configuration.set_some("SecurityPolicy", domain.truthy("SecurityPolicy"));
    made.set("DomainNameConfigurations", vec![configuration.into()]);
    if let Some(tls) = domain.truthy("MutualTlsAuthentication") {
        let known = ["TruststoreUri", "TruststoreVersion"];
        let Some(tls) = tls.map().filter(|tls| tls.keys().all(|key| known.contains(&key.as_str()))) else {
            return own.reject("Available MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].");
        };
        let mut all = Map::new();
        known.iter().for_each(|key| all.set_some(key, tls.truthy(key)));
        made.set("MutualTlsAuthentication", all);
    }
    let mut all = vec![made];
    let paths = match domain.truthy("BasePath") {
        Some(path @ Value::Text(..)) => vec![path.clone()],
        Some(Value::List(paths)) => paths.clone(),
        _ => vec![Value::Null],
    };
    for path in paths {
        let text = match &path {
            Value::Null => "",
            Value::Text(text, _) => text,
            _ => return own.reject("Basepath must be a string."),
        };
        if text.chars().any(|c| !(c.is_ascii_alphanumeric() || "/-_".contains(c))) {
            return own.reject("Invalid Basepath name provided.");
        }
        let plain: EcoString = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let mut mapping = own.beside(&eco_format!("{plain}ApiMapping"), "AWS::ApiGatewayV2::ApiMapping")?;
        mapping.set("DomainName", reference(&id)).set("ApiId", reference(own.id)).set("Stage", reference(&eco_format!("{}.Stage", own.id)));
        if path.text().is_some() {
            mapping.set("ApiMappingKey", text.trim_matches('/'));
        }
        all.push(mapping);
    }
    all.extend(records(sam, own, domain, &id)?);
    let span = own.properties.span("Domain").or(own.span);
    all.iter_mut().for_each(|resource| resource.span = span);
    Ok(all)
}

fn records(sam: &mut Sam, own: &Macro, domain: &Map, id: &str) -> Made<Option<Resource>> {
    let Some(route) = domain.some("Route53") else { return Ok(None) };
    let Some(route) = route.map() else { return own.reject("Property 'Domain.Route53' should be a map.") };
    let Some(zone) = route.truthy("HostedZoneId").or_else(|| route.some("HostedZoneName")).or_else(|| route.some("HostedZoneId")) else {
        return own.reject("HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.");
    };
    let mut group = own.named(eco_format!("RecordSetGroup{}", short_hash(zone)), "AWS::Route53::RecordSetGroup")?;
    let key = if route.has("HostedZoneId") { "HostedZoneId" } else { "HostedZoneName" };
    group.set_some(key, route.get(key));
    let mut alias = Map::new();
    alias.set_some("EvaluateTargetHealth", route.some("EvaluateTargetHealth"));
    alias.set("HostedZoneId", attribute(id, "RegionalHostedZoneId"));
    alias.set("DNSName", attribute(id, "RegionalDomainName"));
    let sets = domain_records(domain, route, &alias);
    Ok(Some(super::api::shared_group(sam, group, sets)))
}
