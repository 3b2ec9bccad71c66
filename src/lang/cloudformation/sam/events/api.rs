//! Events of REST APIs: a path in the definition, and the permission or role that calling needs.

use ecow::{EcoString, eco_format};

use super::super::editor::{Editor, Flavour, INTEGRATION, is_openapi_3, method_name, skeleton, starred};
use super::super::intrinsics::{is_intrinsic, resolve, shorthand, sub, sub_with, when};
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::resource::{Macro, Resource};
use super::super::transform::{Sam, arn};
use super::super::value::{Value, hashed, list, map, object};
use super::rule::start_role;
use super::{Event, Link, Target};

pub fn link(sam: &Sam, event: &Event) -> Made<Link> {
    let api = event.get("RestApiId").map(|api| api.get("Ref").unwrap_or(api)).and_then(Value::text);
    let Some(api) = api else {
        return event.reject("RestApiId property of Api event must reference a valid resource in the same template.");
    };
    let Some(body) = sam.resources.get(api) else {
        return event.reject("RestApiId property of Api event must reference a valid resource in the same template.");
    };
    let suffix = match body.get("Properties") {
        None => "Stage".into(),
        Some(Value::Map(properties)) => match properties.get("StageName") {
            Some(Value::Text(stage, _)) if stage.is_empty() => return Err(Reject::resource(api, "StageName cannot be empty.")),
            Some(stage @ Value::Text(..)) => stage.clone(),
            _ => "Stage".into(),
        },
        Some(_) => return Err(Reject::resource(api, "Attribute 'Properties' should be a map.")),
    };
    Ok(Link::Rest { api: api.clone(), suffix })
}

/// The properties of an API of the author.
fn api_properties<'a>(sam: &'a mut Sam, api: &str) -> Option<&'a mut Map> {
    sam.resources.get_mut(api)?.map_mut()?.get_mut("Properties")?.map_mut()
}

pub fn for_function(sam: &mut Sam, own: &Macro, event: &Event, target: &Target, api: &EcoString, suffix: &Value) -> Made<Vec<Resource>> {
    let path = event.text("Path");
    let method = event.text("Method").to_lowercase();
    let permission = permission(sam, event, target, &path, &method, suffix)?;
    let parameters = sam.parameters.clone();
    let marked_target = sam.marks(own.id);
    let partition = sam.partition;
    let Some(properties) = api_properties(sam, api) else { return Ok(vec![permission]) };
    let merges = properties.truthy("MergeDefinitions").is_some();
    if (merges || properties.truthy("__MANAGE_SWAGGER").is_some()) && properties.some("DefinitionBody").is_some() {
        let definition = if merges {
            Value::from(skeleton(Flavour::Rest))
        } else {
            properties.get_mut("DefinitionBody").map(std::mem::take).unwrap_or_default()
        };
        let mut editor = Editor::open(Flavour::Rest, Some(definition))?;
        let call = Call { event, api, path: &path, method: &method, suffix, parameters: &parameters, partition };
        let integrated = call.integrate(&mut editor, properties, target, marked_target);
        let closed = editor.close();
        if merges {
            let source = properties.get("DefinitionBody").and_then(Value::map).map(Map::shallow).unwrap_or_default();
            properties.set("DefinitionBody", merged(source, &closed, &path, event.marked("Path"), &method, event.marked("Method")));
        } else {
            properties.set("DefinitionBody", closed);
        }
        integrated?;
    }
    let overrides = event.truthy("Auth").filter(|auth| auth.map().is_some_and(|auth| auth.truthy("OverrideApiAuth").is_some()));
    if let Some(auth) = overrides.and_then(Value::map)
        && properties.truthy("DefinitionBody").is_some()
    {
        if ["Authorizer", "ApiKeyRequired", "ResourcePolicy"].iter().all(|key| auth.truthy(key).is_none()) {
            return event
                .reject("Must define one of: Authorizer, ApiKeyRequired or ResourcePolicy when using the OverrideApiAuth property.");
        }
        let definition = properties.get_mut("DefinitionBody").map(std::mem::take);
        let mut editor = Editor::open(Flavour::Rest, definition)?;
        let call = Call { event, api, path: &path, method: &method, suffix, parameters: &parameters, partition };
        let authorized = call.authorize(&mut editor, properties, auth);
        properties.set("DefinitionBody", editor.close());
        authorized?;
    }
    Ok(vec![permission])
}

fn permission(sam: &Sam, event: &Event, target: &Target, path: &str, method: &str, suffix: &Value) -> Made<Resource> {
    let trimmed = path.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(path);
    let path = starred(trimmed, Flavour::Rest);
    let method = if method == "any" { "*".into() } else { method.to_uppercase() };
    let source = arn(sam.partition, "execute-api", &eco_format!("${{__ApiId__}}/${{__Stage__}}/{method}{path}"));
    let api = event.get("RestApiId").cloned().unwrap_or_default();
    let mut permission = event.permission(target, "apigateway.amazonaws.com", &suffix.shown())?;
    permission.set("SourceArn", sub_with(source, map! { "__ApiId__" => api, "__Stage__" => "*" }));
    Ok(permission)
}

/// The address under which API Gateway calls a function.
pub fn integration_uri(target: &Target, partition: &str, streamed: bool, marked: bool) -> Value {
    let (version, way) = if streamed { ("2021-11-15", "response-streaming-invocations") } else { ("2015-03-31", "invocations") };
    let function = shorthand(&target.arn);
    let uri = eco_format!("arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/{version}/functions/{function}/{way}");
    let marked = marked && target.arn.get("Fn::GetAtt").is_some();
    hashed! { "Fn::Sub" => Value::marked_text(uri, marked) }.into()
}

struct Call<'a> {
    event: &'a Event<'a>,
    api: &'a EcoString,
    path: &'a str,
    method: &'a str,
    suffix: &'a Value,
    parameters: &'a Map,
    partition: &'a str,
}

impl Call<'_> {
    fn integrate(&self, editor: &mut Editor, api: &mut Map, target: &Target, marked: bool) -> Made<()> {
        let (event, path, method) = (self.event, self.path, self.method);
        if editor.has_integration(path, method)? {
            return event.reject(eco_format!("API method \"{method}\" defined multiple times for path \"{path}\"."));
        }
        let empty = Map::new();
        let auth_of = |value: Option<&Value>| match value.filter(|value| value.truthy()) {
            None => Ok(empty.clone()),
            Some(Value::Map(map)) => Ok((**map).clone()),
            Some(_) => event.reject("Property 'Auth' should be a map."),
        };
        let method_auth = auth_of(event.get("Auth"))?;
        let api_auth = auth_of(api.get("Auth")).map_err(|reject| Reject::resource(self.api, reject.message))?;
        let streamed = event.get("ResponseTransferMode").is_some_and(|mode| mode.is("RESPONSE_STREAM"));
        let mut uri = integration_uri(target, self.partition, streamed, marked);
        if let Some(condition) = target.condition().filter(|condition| condition.truthy()) {
            uri = when(condition, uri);
        }
        let credentials = self.credentials(&method_auth, &api_auth);
        editor.add_path(path, event.marked("Path"), method, event.marked("Method"))?;
        editor.integrate(path, method, target.condition().filter(|condition| condition.truthy()), &|definition| {
            let mut integration = hashed! { "type" => "aws_proxy", "httpMethod" => "POST", "uri" => uri.clone() };
            if streamed {
                integration.set("responseTransferMode", "STREAM");
            }
            if let Some(credentials) = &credentials {
                integration.set("credentials", credentials.clone());
            }
            definition.set(INTEGRATION, integration);
            if !definition.has("responses") {
                definition.set("responses", Map::hashed());
            }
        })?;
        if !method_auth.is_empty() {
            self.authorize(editor, api, &method_auth)?;
        }
        if let Some(timeout) = event.truthy("TimeoutInMillis") {
            editor.set_timeout(path, method, timeout)?;
        }
        self.request_model(editor, api)?;
        self.request_parameters(editor)
    }

    /// With IAM, API Gateway calls the function as somebody.
    fn credentials(&self, method: &Map, api: &Map) -> Option<Value> {
        let iam = method.get("Authorizer").is_some_and(|name| name.is("AWS_IAM"));
        let by_default = api.get("DefaultAuthorizer").is_some_and(|name| name.is("AWS_IAM")) && method.is_empty();
        if !iam && !by_default {
            return None;
        }
        let role = |auth: &Map| auth.get("InvokeRole").map(|role| if role.truthy() { role.clone() } else { "NONE".into() });
        match role(method).or_else(|| role(api)) {
            Some(role) if role.is("NONE") => None,
            Some(role) if !role.is("CALLER_CREDENTIALS") => Some(role),
            _ => Some(eco_format!("arn:{}:iam::*:user/*", self.partition).into()),
        }
    }

    fn authorize(&self, editor: &mut Editor, api: &mut Map, auth: &Map) -> Made<()> {
        add_auth(self.event, api, self.api, self.path, self.method, self.suffix, editor, auth, self.parameters)
    }

    fn request_model(&self, editor: &mut Editor, api: &Map) -> Made<()> {
        let Some(model) = self.event.truthy("RequestModel") else { return Ok(()) };
        let Some(model) = model.map() else { return self.event.reject("Property 'RequestModel' should be a map.") };
        let Some(name) = model.truthy("Model") else { return Ok(()) };
        let at = eco_format!("on API method [{}] for path [{}]", self.method, self.path);
        let cannot = |why: &str| self.event.reject(eco_format!("Unable to set RequestModel [{}] {at} because {why}", name.shown()));
        let Some(models) = api.truthy("Models") else { return cannot("the related API does not define any Models.") };
        let Some(models) = models.map() else { return cannot("the related API Models defined is of invalid type.") };
        let Value::Text(text, marked) = name else { return cannot("the related API does not contain valid Models.") };
        if models.truthy(text).is_none() {
            return cannot("it wasn't defined in the API's Models.");
        }
        let name = text.to_lowercase();
        let required = model.some("Required");
        let swagger = editor.doc.some("swagger").is_some();
        let openapi = editor.doc.truthy("openapi").is_some_and(is_openapi_3);
        editor.at_method(self.path, self.method, &mut |definition| {
            if swagger {
                let schema = map! { "$ref" => eco_format!("#/definitions/{name}") };
                let mut parameter = hashed! { "in" => "body", "name" => Value::Text(name.clone(), *marked), "schema" => schema };
                parameter.set_some("required", required);
                push(definition, "parameters", parameter.into());
            } else if openapi {
                let schema = map! { "schema" => map! { "$ref" => eco_format!("#/components/schemas/{name}") } };
                let mut body = map! { "content" => map! { "application/json" => schema } };
                body.set_some("required", required);
                definition.set("requestBody", body);
            }
            Ok(())
        })?;
        let (body, parameters) = (model.some("ValidateBody"), model.some("ValidateParameters"));
        if body.is_none() && parameters.is_none() {
            return Ok(());
        }
        let flag = |value: Option<&Value>| match value {
            None => Ok(false),
            Some(Value::Bool(value)) => Ok(*value),
            Some(_) => cannot("ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported.")
                .map(|()| false),
        };
        self.validator(editor, flag(body)?, flag(parameters)?)
    }

    fn validator(&self, editor: &mut Editor, body: bool, parameters: bool) -> Made<()> {
        const VALIDATORS: &str = "x-amazon-apigateway-request-validators";
        let name = match (body, parameters) {
            (true, true) => "body-and-params",
            (true, false) => "body-only",
            (false, true) => "params-only",
            (false, false) => "no-validation",
        };
        if editor.doc.truthy(VALIDATORS).is_none() {
            editor.doc.set(VALIDATORS, Map::hashed());
        }
        if let Some(all) = editor.doc.get_mut(VALIDATORS).and_then(Value::map_mut)
            && all.truthy(name).is_none()
        {
            all.update(&hashed! { name => hashed! { "validateRequestBody" => body, "validateRequestParameters" => parameters } });
        }
        editor.at_method(self.path, self.method, &mut |definition| {
            definition.update(&hashed! { "x-amazon-apigateway-request-validator" => name });
            Ok(())
        })
    }

    fn request_parameters(&self, editor: &mut Editor) -> Made<()> {
        let given = match self.event.truthy("RequestParameters") {
            Some(Value::List(items)) => items.clone(),
            // A function call is read as a list of its name, and refused.
            Some(Value::Map(map)) => map.iter().map(|entry| Value::marked_text(entry.key.clone(), entry.marked)).collect(),
            _ => return Ok(()),
        };
        let mut all = Vec::new();
        for one in &given {
            let (name, marked, settings) = match one {
                Value::Text(name, mark) => (name, mark.marked, None),
                Value::Map(map) => {
                    let Some(entry) = map.iter().next() else {
                        return self.event.reject("Invalid value for 'RequestParameters' property.");
                    };
                    let known = entry.value.map().filter(|map| map.keys().all(|key| key == "Required" || key == "Caching"));
                    if known.is_none() {
                        return self.event.reject("Invalid value for 'RequestParameters' property. Values must be an object, e.g { Required: true, Caching: false }");
                    }
                    (&entry.key, entry.marked, known)
                }
                _ => {
                    return self
                        .event
                        .reject("Invalid value for 'RequestParameters' property. Property must be either a string or an object");
                }
            };
            let place = name.strip_prefix("method.request.").and_then(|rest| rest.split_once('.'));
            let Some((place @ ("querystring" | "path" | "header"), own)) = place else {
                return self.event.reject("Invalid value for 'RequestParameters' property. Keys must be in the format 'method.request.[querystring|path|header].{value}'");
            };
            let place = if place == "querystring" { "query".into() } else { Value::marked_text(place.into(), marked) };
            let setting = |key: &str| settings.and_then(|settings| settings.get(key)).cloned().unwrap_or(Value::Bool(false));
            let parameter = hashed! {
                "in" => place,
                "name" => Value::marked_text(own.replace("method.request.", "").into(), marked),
                "required" => setting("Required"),
                "type" => "string",
            };
            all.push((Value::marked_text(name.clone(), marked), parameter, setting("Caching").truthy()));
        }
        editor.at_method(self.path, self.method, &mut |definition| {
            let mut listed = definition.get("parameters").cloned().unwrap_or_else(|| list![]);
            for (name, parameter, cached) in &all {
                if let Some(listed) = listed.list_mut() {
                    listed.push(parameter.clone().into());
                }
                if let Some(integration) = definition.get_mut(INTEGRATION).filter(|_| *cached).and_then(Value::map_mut) {
                    push(integration, "cacheKeyParameters", name.clone());
                }
            }
            definition.set("parameters", listed);
            Ok(())
        })
    }
}

fn push(map: &mut Map, key: &str, value: Value) {
    let mut all = map.get(key).cloned().unwrap_or_else(|| list![]);
    if let Some(all) = all.list_mut() {
        all.push(value);
    }
    map.set(key, all);
}

/// What an event generated, put into a definition that the author wrote.
fn merged(mut source: Map, generated: &Value, path: &str, path_marked: bool, method: &str, method_marked: bool) -> Value {
    let (normal, _) = method_name(method, false);
    let generated =
        generated.get("paths").and_then(|paths| paths.get(path)?.get(&normal)).and_then(Value::map).cloned().unwrap_or_default();
    let Some(paths) = source.get_mut("paths").and_then(Value::map_mut).filter(|paths| !paths.is_empty()) else { return source.into() };
    let mut all = Map::new();
    for entry in
        paths.get(path).and_then(|item| item.get(method)).and_then(Value::map).into_iter().flat_map(Map::iter).chain(generated.iter())
    {
        all.insert(entry.key.clone(), entry.marked, entry.span, entry.value.clone());
    }
    if !paths.has(path) {
        paths.insert(path.into(), path_marked, None, Map::new().into());
    }
    if let Some(item) = paths.get_mut(path).and_then(Value::map_mut) {
        item.insert(method.into(), method_marked, None, all.into());
    }
    source.into()
}

/// The rules of one event about who may call.
#[allow(clippy::too_many_arguments)]
fn add_auth(
    event: &Event,
    api: &mut Map,
    api_id: &str,
    path: &str,
    method: &str,
    stage: &Value,
    editor: &mut Editor,
    auth: &Map,
    parameters: &Map,
) -> Made<()> {
    if let Some(api_auth) = api.get_mut("Auth") {
        resolve(api_auth, parameters)?;
    }
    let api_auth = api.get("Auth").and_then(Value::map);
    let at = eco_format!("on API method [{method}] for path [{path}]");
    if let Some(name) = auth.truthy("Authorizer") {
        let authorizers = api_auth.and_then(|auth| auth.truthy("Authorizers"));
        if authorizers.is_some_and(|authorizers| authorizers.map().is_none()) {
            return Err(Reject::resource(api_id, "Property 'Auth.Authorizers' should be a map."));
        }
        let authorizers = authorizers.and_then(Value::map);
        let cannot = |why: &str| event.reject(eco_format!("Unable to set Authorizer [{}] {at} because {why}", name.shown()));
        match name.text().map(EcoString::as_str) {
            Some("AWS_IAM") => {}
            Some("NONE") if api_auth.and_then(|auth| auth.truthy("DefaultAuthorizer")).is_none() => {
                return cannot("'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.");
            }
            Some("NONE") => {}
            text => {
                let Some(authorizers) = authorizers else { return cannot("the related API does not define any Authorizers.") };
                if text.and_then(|text| authorizers.truthy(text)).is_none() {
                    return cannot("it wasn't defined in the API's Authorizers.");
                }
            }
        }
    }
    if let Some(scopes) = auth.truthy("AuthorizationScopes") {
        if scopes.list().is_none() {
            return event.reject("Property 'Auth.AuthorizationScopes' should be a list.");
        }
        if auth.truthy("Authorizer").is_none() {
            return event.reject("AuthorizationScopes works only when Authorizer is set");
        }
    }
    let key = auth.some("ApiKeyRequired");
    if key.is_some_and(|key| !key.truthy()) && api_auth.and_then(|auth| auth.truthy("ApiKeyRequired")).is_none() {
        return event
            .reject(eco_format!("Unable to set ApiKeyRequired [False] {at} because the related API does not specify any ApiKeyRequired."));
    }
    if auth.truthy("Authorizer").is_some() || key.is_some() {
        editor.add_method_auth(path, method, auth, api)?;
    }
    if let Some(policy) = auth.truthy("ResourcePolicy") {
        let Some(policy) = policy.map() else {
            return Err(Reject::resource(event.name, "Property 'Auth.ResourcePolicy' should be a map."));
        };
        editor.add_resource_policy(policy, path, event.marked("Path"), Some(stage))?;
        if let Some(custom) = policy.truthy("CustomStatements") {
            editor.add_custom_statements(custom);
        }
    }
    Ok(())
}

pub fn for_machine(
    sam: &mut Sam,
    event: &Event,
    target: &Target,
    api: &EcoString,
    suffix: &Value,
    boundary: Option<&Value>,
) -> Made<Vec<Resource>> {
    let role = start_role(event, target, "apigateway.amazonaws.com", boundary)?;
    let path = event.text("Path");
    let method = event.text("Method").to_lowercase();
    let parameters = sam.parameters.clone();
    let Some(properties) = api_properties(sam, api) else { return Ok(vec![role]) };
    if properties.truthy("__MANAGE_SWAGGER").is_none() || properties.some("DefinitionBody").is_none() {
        return Ok(vec![role]);
    }
    let mut editor = Editor::open(Flavour::Rest, properties.get_mut("DefinitionBody").map(std::mem::take))?;
    if editor.has_integration(&path, &method)? {
        properties.set("DefinitionBody", editor.close());
        return event.reject(eco_format!("API method \"{method}\" defined multiple times for path \"{path}\"."));
    }
    let condition = target.condition().filter(|condition| condition.truthy());
    let mut uri = sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution");
    if let Some(condition) = condition {
        uri = when(condition, uri);
    }
    let template = if event.truthy("UnescapeMappingTemplate").is_some() {
        eco_format!(
            "{{\"input\": \"$util.escapeJavaScript($input.json('$')).replaceAll(\"\\\\'\",\"'\")\", \"stateMachineArn\": \"${{{}}}\"}}",
            target.id
        )
    } else {
        eco_format!("{{\"input\": \"$util.escapeJavaScript($input.json('$'))\", \"stateMachineArn\": \"${{{}}}\"}}", target.id)
    };
    editor.add_path(&path, event.marked("Path"), &method, event.marked("Method"))?;
    editor.integrate(&path, &method, condition, &|definition| {
        let status = |code: &str| hashed! { "statusCode" => code };
        let said = |text: &str| hashed! { "description" => text };
        let mut integration = hashed! {
            "type" => "aws",
            "httpMethod" => "POST",
            "uri" => uri.clone(),
            "responses" => hashed! { "200" => status("200"), "400" => status("400") },
            "credentials" => role.arn(),
        };
        integration.update(&map! { "requestTemplates" => object! { "application/json" => sub(template.clone()) } });
        // The reference puts the empty integration in first, then the responses, then fills it.
        definition.set(INTEGRATION, Map::hashed());
        if !definition.has("responses") {
            definition.set("responses", hashed! { "200" => said("OK"), "400" => said("Bad Request") });
        }
        definition.set(INTEGRATION, integration);
    })?;
    if let Some(auth) = event.truthy("Auth").filter(|auth| !is_intrinsic(auth) || auth.get("Ref").is_none()).and_then(Value::map) {
        let added = add_auth(event, properties, api, &path, &method, suffix, &mut editor, auth, &parameters);
        properties.set("DefinitionBody", editor.close());
        return added.map(|()| vec![role]);
    }
    properties.set("DefinitionBody", editor.close());
    Ok(vec![role])
}
