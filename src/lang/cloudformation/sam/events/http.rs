//! Events of HTTP APIs.

use ecow::{EcoString, eco_format};

use super::super::editor::{ANY_METHOD, Editor, Flavour, INTEGRATION, read_alternatives, starred};
use super::super::intrinsics::{sub_with, when};
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::resource::{Macro, Resource};
use super::super::transform::{Sam, arn};
use super::super::value::{Value, hashed, list, map};
use super::api::integration_uri;
use super::{Event, Link, Target};

const DEFAULT: &str = "$default";

pub fn link(sam: &Sam, event: &Event) -> Made<Link> {
    let api = event.get("ApiId").map(|api| api.get("Ref").unwrap_or(api)).and_then(Value::text);
    match api.filter(|api| sam.resources.has(api)) {
        Some(api) => Ok(Link::Http { api: api.clone() }),
        None => event.reject("ApiId must be a valid reference to an 'AWS::Serverless::HttpApi' resource in same template."),
    }
}

pub fn make(sam: &mut Sam, own: &Macro, event: &Event, target: &Target, api: &EcoString) -> Made<Vec<Resource>> {
    let path = event.text("Path");
    let method = event.text("Method").to_lowercase();
    let permission = permission(sam, event, target, api, &path, &method)?;
    let marked = sam.marks(own.id);
    let properties = sam.resources.get_mut(api).and_then(|api| api.map_mut()?.get_mut("Properties")?.map_mut());
    if let Some(properties) = properties.filter(|properties| properties.some("DefinitionBody").is_some()) {
        let mut editor = Editor::open(Flavour::Http, properties.get_mut("DefinitionBody").map(std::mem::take))
            .map_err(|reject| Reject::resource(api, reject.message))?;
        let integrated = integrate(event, target, api, &path, &method, properties, &mut editor, marked);
        properties.set("DefinitionBody", editor.close());
        integrated?;
    }
    Ok(permission.into_iter().collect())
}

/// None for a path below a default route to the same function, which is allowed already.
fn permission(sam: &Sam, event: &Event, target: &Target, api: &str, path: &str, method: &str) -> Made<Option<Resource>> {
    let mut path = path.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(path);
    let definition = sam.resources.get(api).and_then(|api| api.get("Properties")?.get("DefinitionBody"));
    if path == DEFAULT {
        path = "";
    } else if default_goes_to(definition, &target.id)? {
        return Ok(None);
    }
    let starred = starred(path, Flavour::Http);
    let any = method == "any" || method == ANY_METHOD;
    let shown = if any { "*".into() } else { method.to_uppercase() };
    let resource = eco_format!("${{__ApiId__}}/${{__Stage__}}/{shown}{starred}");
    let mut permission = event.permission(target, "apigateway.amazonaws.com", "")?;
    let api = event.get("ApiId").cloned().unwrap_or_default();
    permission
        .set("SourceArn", sub_with(arn("${AWS::Partition}", "execute-api", &resource), map! { "__ApiId__" => api, "__Stage__" => "*" }));
    Ok(Some(permission))
}

fn default_goes_to(definition: Option<&Value>, id: &str) -> Made<bool> {
    let Some(item) = definition.and_then(|definition| definition.get("paths")?.get(DEFAULT)) else { return Ok(false) };
    let mut found = false;
    for item in read_alternatives(item)? {
        let Some(method) = item.get(ANY_METHOD) else { return Ok(false) };
        for method in read_alternatives(method)? {
            let Some(uri) = method.get(INTEGRATION).and_then(|integration| integration.get("uri")) else { return Ok(false) };
            for uri in read_alternatives(uri)? {
                let text = uri.get("Fn::Sub").and_then(Value::text).cloned().unwrap_or_default();
                let before = text.split(".Arn").next().filter(|before| before.len() < text.len()).unwrap_or_default();
                let named = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                if named.is_empty() || named != id {
                    return Ok(false);
                }
                found = true;
            }
        }
    }
    Ok(found)
}

#[allow(clippy::too_many_arguments)]
fn integrate(
    event: &Event,
    target: &Target,
    api_id: &str,
    path: &str,
    method: &str,
    api: &Map,
    editor: &mut Editor,
    marked: bool,
) -> Made<()> {
    let managed = api.truthy("__MANAGE_SWAGGER").is_some();
    let there = editor.has_integration(path, method)?;
    if managed && there {
        return event.reject(eco_format!("API method '{method}' defined multiple times for path '{path}'."));
    }
    let condition = target.condition().filter(|condition| condition.truthy());
    if !there {
        let mut uri = integration_uri(target, "${AWS::Partition}", false, marked);
        if let Some(condition) = condition {
            uri = when(condition, uri);
        }
        editor.add_path(path, event.marked("Path"), method, event.marked("Method"))?;
        let default = path == DEFAULT && method == ANY_METHOD;
        editor.integrate(path, method, condition, &|definition| {
            let integration =
                hashed! { "type" => "aws_proxy", "httpMethod" => "POST", "payloadFormatVersion" => "2.0", "uri" => uri.clone() };
            definition.set(INTEGRATION, integration);
            if default {
                definition.set("isDefaultRoute", true);
            }
            if !definition.has("responses") {
                definition.set("responses", Map::hashed());
            }
        })?;
    }
    if let Some(auth) = event.truthy("Auth").and_then(Value::map) {
        authorize(event, api_id, path, method, api, editor, auth)?;
    }
    if let Some(timeout) = event.truthy("TimeoutInMillis") {
        editor.set_timeout(path, method, timeout)?;
    }
    let names: Vec<&str> = path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect();
    editor.at_method(path, method, &mut |definition| {
        if !names.is_empty() {
            let mut all = definition.get("parameters").cloned().unwrap_or_else(|| list![]);
            for name in &names {
                let Some(all) = all.list_mut() else { break };
                match all.iter_mut().filter_map(Value::map_mut).find(|own| own.get("name").is_some_and(|own| own.is(name))) {
                    Some(own) => {
                        own.set("in", "path");
                        own.set("required", true);
                    }
                    None => all.push(hashed! { "name" => *name, "in" => "path", "required" => true }.into()),
                }
            }
            definition.set("parameters", all);
        }
        if let (Some(version), Some(integration)) =
            (event.truthy("PayloadFormatVersion"), definition.get_mut(INTEGRATION).and_then(Value::map_mut))
        {
            integration.set("payloadFormatVersion", version.clone());
        }
        Ok(())
    })
}

fn authorize(event: &Event, api_id: &str, path: &str, method: &str, api: &Map, editor: &mut Editor, auth: &Map) -> Made<()> {
    let empty = Map::new();
    let api_auth = match api.get("Auth") {
        None => &empty,
        Some(Value::Map(map)) => map,
        Some(_) => return Err(Reject::resource(api_id, "Property 'Auth' should be a map.")),
    };
    let name = auth.truthy("Authorizer").or_else(|| api_auth.truthy("DefaultAuthorizer"));
    let Some(name) = name else {
        return event
            .reject("'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.");
    };
    let cannot = |why: &str| {
        event.reject(eco_format!("Unable to set Authorizer [{}] on API method [{method}] for path [{path}] because {why}", name.shown()))
    };
    let iam = matches!(api_auth.get("EnableIamAuthorizer"), Some(Value::Bool(true)));
    let authorizers = api_auth.truthy("Authorizers");
    let text = name.text().cloned().unwrap_or_default();
    if text == "NONE" && api_auth.truthy("DefaultAuthorizer").is_none() {
        return cannot("'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.");
    }
    if text != "NONE" && !(iam && text == "AWS_IAM") {
        let Some(authorizers) = authorizers.and_then(Value::map) else { return cannot("the related API does not define any Authorizers.") };
        if text.is_empty() || authorizers.truthy(&text).is_none() {
            return cannot("it wasn't defined in the API's Authorizers.");
        }
    }
    let scopes = auth.truthy("AuthorizationScopes");
    if scopes.is_some_and(|scopes| scopes.list().is_none()) {
        return cannot("'AuthorizationScopes' must be a list of strings.");
    }
    let authorizer = authorizers.and_then(|all| all.get(&text)).filter(|_| text != "AWS_IAM" && text != "NONE");
    let scopes = authorizer.and_then(|own| scopes.or_else(|| own.map().and_then(|own| own.truthy("AuthorizationScopes"))));
    editor.at_method(path, method, &mut |definition| {
        let mut all = Editor::security_of(definition, path, method)?.to_vec();
        all.push(map! { &text => scopes.cloned().unwrap_or_else(|| list![]) }.into());
        definition.set("security", all);
        Ok(())
    })
}
