//! Changes an API definition (Swagger 2 or OpenAPI 3) as the reference does, key by key and copy by copy: the
//! definition is hashed in the order in which its maps iterate.

use ecow::{EcoString, eco_format};

use super::intrinsics::{is_no_value, when};
use super::map::{MOST_EXACT, Map};
use super::reject::{Made, Reject};
use super::value::{Value, hashed};

pub const INTEGRATION: &str = "x-amazon-apigateway-integration";
pub const ANY_METHOD: &str = "x-amazon-apigateway-any-method";
const GATEWAY_RESPONSES: &str = "x-amazon-apigateway-gateway-responses";
const POLICY: &str = "x-amazon-apigateway-policy";

/// Which kind of API a definition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    Rest,
    Http,
}

/// A definition under change. What stands beside the paths is put back, in a fixed order, at the end.
#[derive(Debug)]
pub struct Editor {
    pub flavour: Flavour,
    pub doc: Map,
    /// `securityDefinitions`, or `components.securitySchemes`.
    pub security: Map,
    pub gateway_responses: Map,
    pub policy: Map,
    pub definitions: Map,
    pub tags: Vec<Value>,
}

pub fn is_openapi_3(version: &Value) -> bool {
    let text = version.shown();
    let mut parts = text.trim_end_matches('\n').split('.');
    parts.next() == Some("3") && digits(parts, 1, 2)
}

/// `2` or `3`, then one or two single digits.
pub fn is_supported_version(version: &Value) -> bool {
    let text = version.shown();
    let mut parts = text.split('.');
    matches!(parts.next(), Some("2" | "3")) && digits(parts, 1, 2)
}

fn digits<'a>(parts: impl Iterator<Item = &'a str>, least: usize, most: usize) -> bool {
    let parts: Vec<&str> = parts.collect();
    (least..=most).contains(&parts.len()) && parts.iter().all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit()))
}

pub fn skeleton(flavour: Flavour) -> Map {
    let title = super::intrinsics::reference("AWS::StackName");
    let info = hashed! { "version" => "1.0", "title" => title };
    match flavour {
        Flavour::Rest => hashed! { "swagger" => "2.0", "info" => info, "paths" => Map::hashed() },
        Flavour::Http => hashed! { "openapi" => "3.0.1", "info" => info, "paths" => Map::hashed() },
    }
}

pub fn is_valid(flavour: Flavour, doc: Option<&Value>) -> bool {
    let Some(doc) = doc.and_then(Value::map) else { return false };
    if doc.get("paths").and_then(Value::map).is_none() {
        return false;
    }
    if flavour == Flavour::Rest && doc.truthy("swagger").is_some() {
        return true;
    }
    doc.truthy("openapi").is_some_and(is_openapi_3)
}

/// Methods are lower case, and `any` has a name of its own.
pub fn method_name(method: &str, marked: bool) -> (EcoString, bool) {
    let lower = method.to_lowercase();
    if lower == "any" { (ANY_METHOD.into(), false) } else { (lower.into(), marked) }
}

/// The alternatives of a conditional, or the value alone.
pub fn alternatives(value: &mut Value) -> Made<Vec<&mut Value>> {
    if value.map().is_some_and(|map| map.has("Fn::If")) {
        let Some(Value::List(items)) = value.map_mut().and_then(|map| map.get_mut("Fn::If")) else {
            return Err(Reject::template("Value of Fn::If must be a list."));
        };
        return Ok(items.iter_mut().skip(1).filter(|item| !is_no_value(item)).collect());
    }
    Ok(vec![value])
}

pub fn read_alternatives(value: &Value) -> Made<Vec<&Value>> {
    if let Some(argument) = value.get("Fn::If") {
        let Some(items) = argument.list() else { return Err(Reject::template("Value of Fn::If must be a list.")) };
        return Ok(items.iter().skip(1).filter(|item| !is_no_value(item)).collect());
    }
    Ok(vec![value])
}

impl Editor {
    /// Takes a copy of the definition.
    pub fn open(flavour: Flavour, doc: Option<Value>) -> Made<Editor> {
        if !is_valid(flavour, doc.as_ref()) {
            return Err(Reject::template(match flavour {
                Flavour::Rest => "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.",
                Flavour::Http => "Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.",
            }));
        }
        let Some(Value::Map(doc)) = doc else { return Err(Reject::template("the definition is no map")) };
        let mut doc = *doc;
        doc.relayout();
        let taken = |doc: &Map, key: &str| match doc.truthy(key) {
            Some(Value::Map(map)) => Ok((**map).clone()),
            Some(_) => Err(Reject::template(eco_format!("{key} must be a dictionary."))),
            None => Ok(Map::hashed()),
        };
        let mut editor = Editor {
            flavour,
            security: Map::hashed(),
            gateway_responses: Map::hashed(),
            policy: Map::hashed(),
            definitions: taken(&doc, "definitions")?,
            tags: Vec::new(),
            doc,
        };
        match flavour {
            Flavour::Rest => {
                editor.security = taken(&editor.doc, "securityDefinitions")?;
                editor.gateway_responses = taken(&editor.doc, GATEWAY_RESPONSES)?;
                editor.policy = taken(&editor.doc, POLICY)?;
                editor.check_paths()?;
            }
            Flavour::Http => {
                if let Some(components) = editor.doc.truthy("components") {
                    let Some(components) = components.map() else {
                        return Err(Reject::template("Invalid OpenApi document: The value of 'components' should be a map"));
                    };
                    editor.security = taken(components, "securitySchemes")?;
                }
                match editor.doc.truthy("tags") {
                    Some(Value::List(tags)) => editor.tags = tags.clone(),
                    Some(_) => return Err(Reject::template("Tags in OpenApi DefinitionBody needs to be a list.")),
                    None => {}
                }
            }
        }
        Ok(editor)
    }

    fn check_paths(&self) -> Made<()> {
        if self.paths().len() > MOST_EXACT {
            return Ok(());
        }
        for entry in self.paths().iter() {
            for item in read_alternatives(&entry.value)? {
                if item.map().is_none() {
                    return Err(not_a_path(&entry.key));
                }
            }
        }
        Ok(())
    }

    /// The definition as it now stands: a copy again.
    pub fn close(mut self) -> Value {
        match self.flavour {
            Flavour::Rest => {
                if !self.security.is_empty() {
                    self.doc.set("securityDefinitions", self.security);
                }
                if !self.gateway_responses.is_empty() {
                    self.doc.set(GATEWAY_RESPONSES, self.gateway_responses);
                }
                if !self.definitions.is_empty() {
                    self.doc.set("definitions", self.definitions);
                }
            }
            Flavour::Http => {
                if !self.tags.is_empty() {
                    self.doc.set("tags", self.tags);
                }
                if !self.security.is_empty() {
                    if self.doc.truthy("components").is_none() {
                        self.doc.set("components", Map::hashed());
                    }
                    if let Some(components) = self.doc.get_mut("components").and_then(Value::map_mut) {
                        components.set("securitySchemes", self.security);
                    }
                }
            }
        }
        self.doc.relayout();
        self.doc.into()
    }

    pub fn paths(&self) -> &Map {
        static NONE: std::sync::LazyLock<Map> = std::sync::LazyLock::new(Map::new);
        self.doc.get("paths").and_then(Value::map).unwrap_or(&NONE)
    }

    pub fn path_names(&self) -> Vec<EcoString> {
        self.paths().keys().cloned().collect()
    }

    pub fn path_mut(&mut self, path: &str) -> Option<&mut Value> {
        self.doc.get_mut("paths")?.map_mut()?.get_mut(path)
    }

    fn items(&mut self, path: &str) -> Made<Vec<&mut Map>> {
        let Some(value) = self.path_mut(path) else { return Err(not_a_path(path)) };
        alternatives(value)?.into_iter().map(|item| item.map_mut().ok_or_else(|| not_a_path(path))).collect()
    }

    pub fn has_integration(&self, path: &str, method: &str) -> Made<bool> {
        let Some(value) = self.paths().get(path) else { return Ok(false) };
        let (method, _) = method_name(method, false);
        for item in read_alternatives(value)? {
            let Some(definition) = item.get(&method).filter(|definition| definition.map().is_some()) else { return Ok(false) };
            let mut found = false;
            for definition in read_alternatives(definition)? {
                if definition.map().is_none() {
                    return Err(not_a_method(path, &method));
                }
                found |= has_integration(definition);
            }
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub fn add_path(&mut self, path: &str, marked_path: bool, method: &str, marked_method: bool) -> Made<()> {
        let (method, marked_method) = method_name(method, marked_method);
        let Some(paths) = self.doc.get_mut("paths").and_then(Value::map_mut) else { return Ok(()) };
        if !paths.has(path) {
            paths.insert(path.into(), marked_path, None, Map::hashed().into());
        }
        for item in self.items(path)? {
            if !item.has(&method) {
                item.insert(method.clone(), marked_method, None, Map::hashed().into());
            }
        }
        Ok(())
    }

    /// Puts an integration in a method that is there, in every alternative of its path, conditional if the
    /// resource behind it is.
    pub fn integrate(&mut self, path: &str, method: &str, condition: Option<&Value>, build: &dyn Fn(&mut Map)) -> Made<()> {
        let (method, _) = method_name(method, false);
        for item in self.items(path)? {
            if !matches!(item.get(&method), Some(Value::Map(_))) {
                item.set(&method, Map::hashed());
            }
            if let Some(definition) = item.get_mut(&method).and_then(Value::map_mut) {
                build(definition);
            }
            if let (Some(condition), Some(definition)) = (condition, item.get_mut(&method)) {
                let plain = std::mem::take(definition);
                *definition = when(condition, plain);
            }
        }
        Ok(())
    }

    /// Every definition of one method of a path that has an integration.
    pub fn at_method(&mut self, path: &str, method: &str, change: &mut dyn FnMut(&mut Map) -> Made<()>) -> Made<()> {
        let (method, _) = method_name(method, false);
        for item in self.items(path)? {
            let Some(value) = item.get_mut(&method) else { return Err(not_a_method(path, &method)) };
            for definition in alternatives(value)? {
                if definition.map().is_none() {
                    return Err(not_a_method(path, &method));
                }
                if has_integration(definition)
                    && let Some(definition) = definition.map_mut()
                {
                    change(definition)?;
                }
            }
        }
        Ok(())
    }

    /// Every definition of every method of a path that has an integration, with the method's name.
    pub fn each_method(&mut self, path: &str, change: &mut dyn FnMut(&str, &mut Map) -> Made<()>) -> Made<()> {
        let skipped: &[&str] = match self.flavour {
            Flavour::Rest => &["summary", "description", "parameters"],
            Flavour::Http => &["parameters"],
        };
        for item in self.items(path)? {
            let names: Vec<EcoString> = item.keys().cloned().collect();
            for name in names.iter().filter(|name| !skipped.contains(&name.as_str())) {
                let Some(value) = item.get_mut(name) else { continue };
                for definition in alternatives(value)? {
                    if definition.map().is_none() {
                        return Err(not_a_method(path, name));
                    }
                    if has_integration(definition)
                        && let Some(definition) = definition.map_mut()
                    {
                        change(&method_name(name, false).0, definition)?;
                    }
                }
            }
        }
        Ok(())
    }

    pub fn set_timeout(&mut self, path: &str, method: &str, timeout: &Value) -> Made<()> {
        self.at_method(path, method, &mut |definition| {
            if let Some(integration) = definition.get_mut(INTEGRATION).and_then(Value::map_mut) {
                integration.set("timeoutInMillis", timeout.clone());
            }
            Ok(())
        })
    }

    pub fn disable_endpoint(&mut self, disabled: &Value) -> Made<()> {
        const CONFIGURATION: &str = "x-amazon-apigateway-endpoint-configuration";
        fn deep(config: &mut Map, disabled: &Value) -> Made<()> {
            if !config.has(CONFIGURATION) {
                config.set(CONFIGURATION, Map::new());
            }
            match config.get_mut(CONFIGURATION) {
                Some(Value::Map(inner)) => inner.set("disableExecuteApiEndpoint", disabled.clone()),
                _ => {
                    return Err(Reject::template(eco_format!(
                        "Invalid OpenAPI definition: The value of '{CONFIGURATION}' should be a map."
                    )));
                }
            }
            Ok(())
        }
        if self.flavour == Flavour::Rest && !self.doc.truthy("openapi").is_some_and(is_openapi_3) {
            return deep(&mut self.doc, disabled);
        }
        let mut servers = self.doc.get("servers").cloned().unwrap_or_else(|| Value::List(vec![Map::hashed().into()]));
        for config in servers.list_mut().into_iter().flatten() {
            let Some(config) = config.map_mut() else {
                return Err(Reject::template("Value of 'servers' item must be a dictionary according to Swagger spec."));
            };
            deep(config, disabled)?;
        }
        self.doc.set("servers", servers);
        Ok(())
    }

    pub fn keep_policy(&mut self) {
        self.doc.set(POLICY, self.policy.clone());
    }

    pub fn security_of<'a>(definition: &'a Map, path: &str, method: &str) -> Made<&'a [Value]> {
        match definition.get("security") {
            None => Ok(&[]),
            Some(Value::List(items)) => Ok(items),
            Some(_) => Err(Reject::template(eco_format!("Type of security for path {path} method {method} must be a list"))),
        }
    }
}

pub fn has_integration(definition: &Value) -> bool {
    definition.map().is_some_and(|map| map.truthy(INTEGRATION).is_some())
}

fn not_a_path(path: &str) -> Reject {
    Reject::template(eco_format!("Value of '{path}' path must be a dictionary according to Swagger spec."))
}

fn not_a_method(path: &str, method: &str) -> Reject {
    Reject::template(eco_format!("Definition of method '{method}' for path '{path}' should be a map."))
}

/// `{name}` parts of a path become `*`, as a permission names it. `{name+}` only for REST.
pub fn starred(path: &str, flavour: Flavour) -> EcoString {
    let mut out = EcoString::new();
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let inner = after.get(1..).unwrap_or_default();
        let name = inner.find('}').and_then(|end| inner.get(..end)).filter(|name| is_parameter(name, flavour));
        match name {
            Some(name) => {
                out.push('*');
                rest = inner.get(name.len() + 1..).unwrap_or_default();
            }
            None => {
                out.push('{');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_parameter(name: &str, flavour: Flavour) -> bool {
    let bare = match flavour {
        Flavour::Rest => name.strip_suffix('+').unwrap_or(name),
        Flavour::Http if name == "proxy+" => "proxy",
        Flavour::Http => name,
    };
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
