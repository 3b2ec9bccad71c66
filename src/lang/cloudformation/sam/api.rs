//! `AWS::Serverless::Api`: the REST API, its deployment and stage, and what stands around them.

mod authorizer;
mod cors;
mod domain;

pub use domain::{sets as domain_records, shared_group};

use ecow::{EcoString, eco_format};

use super::editor::{Editor, Flavour, is_openapi_3, is_supported_version, is_valid};
use super::events::is_word;
use super::intrinsics::{is_intrinsic, reference, sub_with};
use super::location;
use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource, propagate_tags, tag_list};
use super::shape;
use super::shared;
use super::transform::{Sam, arn};
use super::value::{Value, hash_text, hashed, map, short_hash};
use authorizer::Authorizer;

const SHAPE: &str = "__MANAGE_SWAGGER:b Name:sm StageName:sm! Tags:m PropagateTags:b DefinitionBody:m DefinitionUri:sm MergeDefinitions:b^ \
    CacheClusterEnabled:b CacheClusterSize:s Variables:m EndpointConfiguration:sm MethodSettings:l BinaryMediaTypes:l \
    MinimumCompressionSize:i Cors:sm Auth:m GatewayResponses:m AccessLogSetting:m CanarySetting:m TracingEnabled:b OpenApiVersion:s \
    Models:m Domain:m FailOnWarnings:b Description:s Mode:s DisableExecuteApiEndpoint:b ApiKeySourceType:s AlwaysDeploy:b^ Policy:sm \
    SecurityPolicy:s EndpointAccessMode:s";

const AUTH: &[&str] = &[
    "Authorizers",
    "DefaultAuthorizer",
    "InvokeRole",
    "AddDefaultAuthorizerToCorsPreflight",
    "AddApiKeyRequiredToCorsPreflight",
    "ApiKeyRequired",
    "ResourcePolicy",
    "UsagePlan",
];

/// An API while it is made.
pub struct Api<'a> {
    pub own: &'a Macro<'a>,
    pub partition: &'static str,
    pub body: Option<Value>,
    pub auth: Option<Value>,
    pub domain: Option<Value>,
}

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::Api", own.properties, SHAPE)?;
    let resolved = |key: &str| own.get(key).map(|value| sam.resolved(value)).transpose();
    let media = resolved("BinaryMediaTypes")?;
    let mut api = Api {
        own,
        partition: sam.partition,
        body: own.get("DefinitionBody").cloned(),
        auth: resolved("Auth")?,
        domain: resolved("Domain")?,
    };
    let rest = api.rest(media.as_ref())?;
    let mut made = vec![];
    let around = domain::make(sam, &mut api)?;
    let mut deployment = own.beside("Deployment", "AWS::ApiGateway::Deployment")?;
    deployment.set("RestApiId", rest.reference());
    if own.truthy("OpenApiVersion").is_none() {
        deployment.set("StageName", "Stage");
    }
    let definition = rest.properties.get("Body").or_else(|| rest.properties.get("BodyS3Location"));
    if let Some(definition) = definition.filter(|definition| definition.truthy()) {
        let whole = api.deployed(sam, definition);
        deployment.id = eco_format!("{}{}", deployment.id, hash_text(&whole, 10));
        deployment.set("Description", eco_format!("RestApi deployment id: {}", hash_text(&whole, 40)));
    }
    let stage = api.stage(&deployment)?;
    let permissions = api.permissions()?;
    let plan = shared::usage_plan(sam, &api, &stage)?;
    made.extend([rest, deployment, stage]);
    made.extend(permissions);
    made.extend(around);
    made.extend(plan);
    propagate_tags(&mut made, own.get("Tags"), own.truthy("PropagateTags").is_some());
    Ok(made)
}

impl Api<'_> {
    /// The definition as an editor, for a change that needs one.
    fn edit(&mut self, what: &str) -> Made<Editor> {
        if !self.body.as_ref().is_some_and(Value::truthy) {
            return self.own.reject(eco_format!("{what} works only with inline Swagger specified in 'DefinitionBody' property."));
        }
        if !is_valid(Flavour::Rest, self.body.as_ref()) {
            return self
                .own
                .reject(eco_format!("Unable to add {what} because 'DefinitionBody' does not contain a valid Swagger definition."));
        }
        Editor::open(Flavour::Rest, self.body.take())
    }

    fn rest(&mut self, media: Option<&Value>) -> Made<Resource> {
        let own = self.own;
        let body = self.body.as_ref().is_some_and(Value::truthy);
        if own.truthy("DefinitionUri").is_some() && body {
            return own.reject("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
        }
        if own.truthy("DefinitionUri").is_some() && own.truthy("MergeDefinitions").is_some() {
            return own.reject("Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.");
        }
        if own.truthy("OpenApiVersion").is_some_and(|version| !is_supported_version(version)) {
            return own.reject("The OpenApiVersion value must be of the format '3.0.0'.");
        }
        let mut rest = own.own("AWS::ApiGateway::RestApi")?;
        rest.set_some("BinaryMediaTypes", media).copy(own.properties, &["MinimumCompressionSize"]);
        match own.truthy("EndpointConfiguration") {
            Some(given) => self.endpoint(&mut rest, given)?,
            None if self.partition != "aws" => {
                self.endpoint(&mut rest, &"REGIONAL".into())?;
            }
            None => {}
        }
        self.add_cors()?;
        self.add_auth()?;
        self.add_gateway_responses()?;
        if let Some(media) = media.filter(|media| media.truthy() && self.body.as_ref().is_some_and(Value::truthy)) {
            let mut editor = Editor::open(Flavour::Rest, self.body.take())?;
            editor.doc.set("x-amazon-apigateway-binary-media-types", media_types(media));
            self.body = Some(editor.close());
        }
        self.add_models()?;
        rest.set_some("FailOnWarnings", own.truthy("FailOnWarnings"));
        if let Some(disabled) = own.get("DisableExecuteApiEndpoint") {
            let mut editor = self.edit("DisableExecuteApiEndpoint")?;
            editor.disable_endpoint(disabled)?;
            self.body = Some(editor.close());
        }
        if let Some(uri) = own.truthy("DefinitionUri") {
            let place = location::pointer(uri, own.id, "DefinitionUri")?;
            let mut body = Map::hashed();
            for key in ["Bucket", "Key", "Version"] {
                if let Some(value) = place.get(key) {
                    body.set(key, value.clone());
                }
            }
            rest.set("BodyS3Location", body);
        } else if let Some(mut body) = self.body.take().filter(Value::truthy) {
            self.postprocess(&mut body)?;
            rest.set("Body", body);
        }
        for key in ["Name", "Description", "Mode", "ApiKeySourceType", "Policy", "SecurityPolicy", "EndpointAccessMode"] {
            rest.set_some(key, own.truthy(key));
        }
        Ok(rest)
    }

    fn endpoint(&self, rest: &mut Resource, value: &Value) -> Made<()> {
        let kind = value.map().and_then(|map| map.truthy("Type"));
        let mut configuration = map! { "Types" => vec![kind.unwrap_or(value).clone()] };
        if let (Some(_), Some(given)) = (kind, value.map()) {
            if given.has("VPCEndpointIds") && given.has("VpcEndpointIds") {
                return self.own.reject("'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in EndpointConfiguration.");
            }
            configuration.set_some("VpcEndpointIds", given.truthy("VPCEndpointIds").or_else(|| given.get("VpcEndpointIds")));
            configuration.set_some("IpAddressType", given.get("IpAddressType"));
        }
        rest.set("EndpointConfiguration", configuration);
        rest.set("Parameters", map! { "endpointConfigurationTypes" => kind.unwrap_or(value).clone() });
        Ok(())
    }

    pub fn auth(&self) -> Option<&Map> {
        self.auth.as_ref().filter(|auth| auth.truthy()).and_then(Value::map)
    }

    fn authorizers(&self, default: Option<&Value>) -> Made<Vec<(Value, Authorizer)>> {
        let Some(auth) = self.auth() else { return Ok(Vec::new()) };
        authorizer::read(self.own.id, auth.truthy("Authorizers"), default)
    }

    fn add_auth(&mut self) -> Made<()> {
        let Some(auth) = self.auth().cloned() else { return Ok(()) };
        let own = self.own;
        if !self.body.as_ref().is_some_and(Value::truthy) {
            return own.reject("Auth works only with inline Swagger specified in 'DefinitionBody' property.");
        }
        if auth.keys().any(|key| !AUTH.contains(&key.as_str())) {
            return own.reject("Invalid value for 'Auth' property");
        }
        let default = auth.truthy("DefaultAuthorizer");
        let authorizers = self.authorizers(default)?;
        let mut editor = self.edit("Auth")?;
        let flag = |key: &str| auth.get(key).is_none_or(Value::truthy);
        if !authorizers.is_empty() {
            for (name, authorizer) in &authorizers {
                let marked = name.is_marked();
                editor.security.insert(name.shown(), marked, None, authorizer.definition(self.partition)?);
            }
            if let Some(default) = default {
                let Some(text) = default.text() else { return own.reject("DefaultAuthorizer is not a string.") };
                let found = authorizers.iter().find(|(name, _)| name.is(text));
                if found.is_none() && text != "AWS_IAM" {
                    return own.reject(eco_format!("Unable to set DefaultAuthorizer because '{text}' was not defined in 'Authorizers'."));
                }
                let names: Vec<EcoString> = authorizers.iter().map(|(name, _)| name.shown()).collect();
                let scopes = found.map(|(_, authorizer)| authorizer.scopes.clone()).unwrap_or_else(|| Value::List(Vec::new()));
                for path in editor.path_names() {
                    editor.default_authorizer(&path, default, &names, &scopes, flag("AddDefaultAuthorizerToCorsPreflight"))?;
                }
            }
        }
        if auth.truthy("ApiKeyRequired").is_some() {
            editor.add_key_security();
            for path in editor.path_names() {
                editor.default_key(&path, flag("AddApiKeyRequiredToCorsPreflight"))?;
            }
        }
        if let Some(policy) = auth.truthy("ResourcePolicy") {
            let Some(policy) = policy.map() else {
                return Err(Reject::template("ResourcePolicy must be a map (ResourcePolicyStatement)."));
            };
            let paths: Vec<_> = editor.paths().iter().map(|entry| (entry.key.clone(), entry.marked)).collect();
            for (path, marked) in paths {
                editor.add_resource_policy(policy, &path, marked, own.get("StageName"))?;
            }
            if let Some(custom) = policy.truthy("CustomStatements") {
                editor.add_custom_statements(custom);
            }
        }
        let mut body = editor.close();
        self.postprocess(&mut body)?;
        self.body = Some(body);
        Ok(())
    }

    fn add_gateway_responses(&mut self) -> Made<()> {
        let Some(given) = self.own.truthy("GatewayResponses").and_then(Value::map) else { return Ok(()) };
        let own = self.own;
        let mut all = Vec::new();
        for entry in given.iter() {
            let Some(response) = entry.value.map().filter(|_| !is_intrinsic(&entry.value)) else {
                return own.reject(eco_format!(
                    "Invalid property type for GatewayResponses '{}'. Expected an object of type 'GatewayResponse'.",
                    entry.key
                ));
            };
            if let Some(other) =
                response.keys().find(|key| !["ResponseParameters", "ResponseTemplates", "StatusCode"].contains(&key.as_str()))
            {
                return own.reject(eco_format!("Invalid property '{other}' in 'GatewayResponses' property '{}'.", entry.key));
            }
            all.push((entry.key.clone(), entry.marked, self.gateway_response(response)?));
        }
        let mut editor = self.edit("GatewayResponses")?;
        // The reference passes through a map of its own, and so through its order.
        let mut ordered = Map::hashed();
        for (name, marked, response) in all {
            ordered.insert(name, marked, None, response);
        }
        for entry in ordered.iter() {
            editor.gateway_responses.insert(entry.key.clone(), entry.marked, None, entry.value.clone());
        }
        self.body = Some(editor.close());
        Ok(())
    }

    fn gateway_response(&self, response: &Map) -> Made<Value> {
        let own = self.own;
        let mut parameters = Map::hashed();
        if let Some(given) = response.truthy("ResponseParameters") {
            let Some(given) = given.map() else { return own.reject("Property 'ResponseParameters' should be a map.") };
            if let Some(other) = given.keys().find(|key| !["Headers", "Paths", "QueryStrings"].contains(&key.as_str())) {
                return own.reject(eco_format!("Invalid gateway response parameter '{other}'"));
            }
            for (kind, prefix) in [("Headers", "header"), ("Paths", "path"), ("QueryStrings", "querystring")] {
                let Some(values) = given.get(kind) else { continue };
                let Some(values) = values.map() else {
                    return own.reject(eco_format!("Property 'ResponseParameters.{kind}' should be a map."));
                };
                for entry in values.iter() {
                    let key = eco_format!("gatewayresponse.{prefix}.{}", entry.key);
                    parameters.insert(key, entry.marked, entry.span, entry.value.clone());
                }
            }
        }
        let templates = response.truthy("ResponseTemplates").cloned().unwrap_or_else(|| Map::hashed().into());
        let mut made = hashed! { "responseParameters" => parameters, "responseTemplates" => templates };
        if let Some(status) = response.some("StatusCode") {
            let text = status.shown();
            if status.truthy() && !((1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())) {
                return own.reject("Property 'StatusCode' must be numeric");
            }
            if !text.is_empty() {
                made.set("statusCode", text);
            }
        }
        Ok(made.into())
    }

    fn add_models(&mut self) -> Made<()> {
        let Some(models) = self.own.truthy("Models").and_then(Value::map) else { return Ok(()) };
        let mut editor = self.edit("Models")?;
        for entry in models.iter() {
            let Some(model) = entry.value.map() else { return self.own.reject("Invalid value for 'Models' property") };
            if model.truthy("type").is_none() {
                return Err(Reject::resource(self.own.id, "'Models' schema is missing 'type'."));
            }
            editor.definitions.insert(entry.key.to_lowercase(), entry.marked, entry.span, entry.value.clone());
        }
        let mut body = editor.close();
        self.postprocess(&mut body)?;
        self.body = Some(body);
        Ok(())
    }

    /// Moves what OpenAPI 3 has elsewhere than Swagger 2.
    fn postprocess(&self, body: &mut Value) -> Made<()> {
        let Some(doc) = body.map_mut() else { return Ok(()) };
        if doc.some("swagger").is_some() {
            return Ok(());
        }
        let asked = self.own.get("OpenApiVersion");
        let version = asked.or_else(|| doc.some("openapi")).cloned();
        if !version.is_some_and(|version| version.truthy() && is_openapi_3(&version)) {
            return Ok(());
        }
        for (from, to) in [("securityDefinitions", "securitySchemes"), ("definitions", "schemas")] {
            let Some(moved) = doc.truthy(from).cloned() else { continue };
            let mut components = doc.truthy("components").and_then(Value::map).cloned().unwrap_or_else(Map::hashed);
            components.set(to, moved);
            doc.set("components", components);
            doc.remove(from);
        }
        cors::for_openapi_3(doc)
    }

    /// All that a deployment is made anew for.
    fn deployed(&self, sam: &Sam, definition: &Value) -> String {
        let mut parts = vec![definition.printed()];
        if let Some(version) = self.own.truthy("OpenApiVersion") {
            parts.push(version.shown().into());
        }
        if let Some(domain) = self.domain.as_ref().filter(|domain| domain.truthy()) {
            parts.push(domain.spaced_json());
        }
        if let Some(names) = sam.function_names.truthy(self.own.id) {
            parts.push(names.shown().into());
        }
        parts.join("||")
    }

    fn stage(&self, deployment: &Resource) -> Made<Resource> {
        let own = self.own;
        let name = own.text("StageName").cloned().unwrap_or_default();
        let suffix = if is_word(&name) { eco_format!("{name}Stage") } else { eco_format!("Stage{}", short_hash(&name.into())) };
        let mut stage = own.beside(&suffix, "AWS::ApiGateway::Stage")?;
        stage.set("RestApiId", reference(own.id)).set("DeploymentId", deployment.reference());
        stage.copy(
            own.properties,
            &[
                "StageName",
                "CacheClusterEnabled",
                "CacheClusterSize",
                "Variables",
                "MethodSettings",
                "AccessLogSetting",
                "CanarySetting",
                "TracingEnabled",
            ],
        );
        if own.get("Tags").is_some() {
            stage.set("Tags", tag_list(own.get("Tags")));
        }
        Ok(stage)
    }

    fn permissions(&self) -> Made<Vec<Resource>> {
        let mut made = Vec::new();
        for (name, authorizer) in self.authorizers(None)? {
            let Some(function) = authorizer.function.filter(|function| function.truthy() && !authorizer.without_permission) else {
                continue;
            };
            let mut permission = self.own.beside(&eco_format!("{}AuthorizerPermission", name.shown()), "AWS::Lambda::Permission")?;
            let source = arn(self.partition, "execute-api", "${__ApiId__}/authorizers/*");
            permission.set("Action", "lambda:InvokeFunction").set("FunctionName", function).set("Principal", "apigateway.amazonaws.com");
            permission.set("SourceArn", sub_with(source, map! { "__ApiId__" => reference(self.own.id) }));
            made.push(permission);
        }
        Ok(made)
    }
}

/// `~1` stands for a slash; what comes out is marked.
fn media_types(value: &Value) -> Value {
    match value {
        Value::Text(text, _) => Value::marked_text(text.replace("~1", "/"), true),
        Value::List(items) => Value::List(items.iter().map(media_types).collect()),
        Value::Map(map) => {
            let mut made = Map::hashed();
            for entry in map.iter() {
                made.insert(entry.key.replace("~1", "/"), true, entry.span, media_types(&entry.value));
            }
            made.into()
        }
        other => other.clone(),
    }
}
