//! Who may call a method: authorizers, API keys and resource policies, written into an API definition.

use ecow::{EcoString, eco_format};

use super::editor::Editor;
use super::intrinsics::sub_with;
use super::map::Map;
use super::reject::{Made, Reject};
use super::value::{Mark, Value, hashed, list, map};

impl Editor {
    fn add_iam_security(&mut self) {
        let scheme = hashed! {
            "x-amazon-apigateway-authtype" => "awsSigv4",
            "type" => "apiKey",
            "name" => "Authorization",
            "in" => "header",
        };
        if !self.security.has("AWS_IAM") {
            self.security.update(&hashed! { "AWS_IAM" => scheme });
        }
    }

    pub fn add_key_security(&mut self) {
        let scheme = hashed! { "type" => "apiKey", "name" => "x-api-key", "in" => "header" };
        if !self.security.has("api_key") {
            self.security.update(&hashed! { "api_key" => scheme });
        }
    }

    /// The authorizer and key rules of one event.
    pub fn add_method_auth(&mut self, path: &str, method: &str, auth: &Map, api: &Map) -> Made<()> {
        let authorizers = api.get("Auth").and_then(|auth| auth.get("Authorizers")).and_then(Value::map);
        if let Some(name) = auth.truthy("Authorizer") {
            self.set_method_authorizer(path, method, name, authorizers, auth.some("AuthorizationScopes"))?;
        }
        if let Some(required) = auth.some("ApiKeyRequired") {
            let name = if required.truthy() { "api_key" } else { "api_key_false" };
            let mut used = false;
            self.at_method(path, method, &mut |definition| {
                used = true;
                push_security(definition, hashed! { name => Vec::new() }, path, method)
            })?;
            if used && required.truthy() {
                self.add_key_security();
            }
        }
        Ok(())
    }

    fn set_method_authorizer(
        &mut self,
        path: &str,
        method: &str,
        name: &Value,
        authorizers: Option<&Map>,
        scopes: Option<&Value>,
    ) -> Made<()> {
        let marked = name.is_marked();
        let name = name.shown();
        let authorizer = authorizers.filter(|map| !map.is_empty() && name != "NONE").and_then(|map| map.get(&name));
        if authorizer.is_some_and(|authorizer| authorizer.map().is_none()) {
            return Err(Reject::template(eco_format!("Type of authorizer '{name}' must be a dictionary")));
        }
        let scopes = authorizer.and_then(|authorizer| scopes.or_else(|| authorizer.some("AuthorizationScopes")));
        let mut iam = false;
        self.at_method(path, method, &mut |definition| {
            let mut security = Map::hashed();
            security.insert(name.clone(), marked, None, scopes.cloned().unwrap_or_else(|| list![]));
            push_security(definition, security, path, method)?;
            iam |= definition
                .get("security")
                .and_then(Value::list)
                .and_then(|all| all.first())
                .is_some_and(|first| first.get("AWS_IAM").is_some());
            Ok(())
        })?;
        if iam {
            self.add_iam_security();
        }
        Ok(())
    }

    /// Gives every method that has no rule of its own the default authorizer of a REST API.
    pub fn default_authorizer(&mut self, path: &str, name: &Value, known: &[EcoString], scopes: &Value, preflight: bool) -> Made<()> {
        let marked = name.is_marked();
        let default = name.shown();
        let mut iam = false;
        self.each_method(path, &mut |method, definition| {
            if !preflight && method == "options" {
                return Ok(());
            }
            let (mut other, mut own) = (Vec::new(), Vec::new());
            for security in Editor::security_of(definition, path, method)? {
                let Some(names) = security.map() else {
                    return Err(Reject::template(eco_format!("Security for path {path} method {method} is not a valid dictionary.")));
                };
                let listed = names.keys().any(|name| name == "AWS_IAM" || known.contains(name));
                if listed { own.push(security.clone()) } else { other.push(security.clone()) }
            }
            let none = other.iter().position(|security| security.get("NONE").is_some());
            if let Some(none) = none {
                other.remove(none);
                own.clear();
            } else if own.is_empty() {
                let mut security = Map::hashed();
                security.insert(default.clone(), marked, None, scopes.clone());
                own.push(security.into());
            }
            other.append(&mut own);
            if let Some(first) = other.first() {
                iam |= first.get("AWS_IAM").is_some();
                definition.set("security", other);
            }
            Ok(())
        })?;
        if iam {
            self.add_iam_security();
        }
        Ok(())
    }

    pub fn default_key(&mut self, path: &str, preflight: bool) -> Made<()> {
        self.each_method(path, &mut |method, definition| {
            let existing = Editor::security_of(definition, path, method)?;
            let (mut other, mut keys) = (Vec::new(), Vec::new());
            for security in existing {
                let Some(names) = security.map() else {
                    return Err(Reject::template(eco_format!("Security for path {path} method {method} is not a valid dictionary.")));
                };
                let of_keys = names.keys().any(|name| name == "api_key" || name == "api_key_false");
                if of_keys { keys.push(names) } else { other.push(security.clone()) }
            }
            let refused = keys.iter().any(|names| names.has("api_key_false"));
            if !refused && (method != "options" || preflight) {
                other.push(hashed! { "api_key" => Vec::new() }.into());
            }
            if other != existing {
                definition.set("security", other);
            }
            Ok(())
        })
    }

    /// The statements that a resource policy asks for on one path.
    pub fn add_resource_policy(&mut self, policy: &Map, path: &str, marked: bool, stage: Option<&Value>) -> Made<()> {
        let resources = self.method_resources(path, marked, stage)?;
        for (key, effect) in [("AwsAccountWhitelist", "Allow"), ("AwsAccountBlacklist", "Deny")] {
            if let Some(accounts) = policy.some(key).filter(|accounts| accounts.truthy()) {
                if accounts.map().is_none() && accounts.list().is_none() {
                    return Err(Reject::template(eco_format!("Type of '{}' must be a list or dictionary", accounts.shown())));
                }
                let accounts = as_list(accounts);
                let statement = hashed! {
                    "Effect" => effect,
                    "Action" => "execute-api:Invoke",
                    "Resource" => resources.clone(),
                    "Principal" => hashed! { "AWS" => accounts },
                };
                self.policy.set("Version", "2012-10-17");
                match self.policy.some("Statement").cloned() {
                    None => self.policy.set("Statement", statement),
                    Some(before) => {
                        let mut all = as_list(&before);
                        all.push(statement.into());
                        self.policy.set("Statement", all);
                    }
                }
            }
        }
        for (key, condition) in [("IpRangeWhitelist", "NotIpAddress"), ("IpRangeBlacklist", "IpAddress")] {
            if let Some(ranges) = policy.some(key).filter(|ranges| ranges.truthy()) {
                let ranges = as_list(ranges);
                self.allow_and_deny(&resources, map! { condition => map! { "aws:SourceIp" => ranges } });
            }
        }
        for (kind, condition) in [("Black", "StringEquals"), ("White", "StringNotEquals")] {
            let texts = policy.some(&eco_format!("SourceVpc{kind}list")).and_then(Value::list).unwrap_or_default();
            if texts.iter().any(|text| text.text().is_none()) {
                return Err(Reject::template(eco_format!(
                    "SourceVpc{kind}list must be a list of strings. Use IntrinsicVpc{kind}list instead for values that use Intrinsic Functions"
                )));
            }
            let starting =
                |prefix: &str| texts.iter().filter(|text| text.text().is_some_and(|text| text.starts_with(prefix))).cloned().collect();
            let mut networks: Vec<Value> = starting("vpc-");
            let mut endpoints: Vec<Value> = starting("vpce-");
            let mut wanted = Map::hashed();
            // A function where the list should be counts as its keys, a text as its letters.
            let intrinsic = |key: EcoString| match policy.some(&key) {
                Some(Value::List(items)) => items.clone(),
                Some(Value::Map(map)) => {
                    map.iter().map(|entry| Value::Text(entry.key.clone(), Mark { marked: entry.marked, ..Mark::default() })).collect()
                }
                Some(Value::Text(text, _)) => text.chars().map(|letter| Value::from(EcoString::from(letter))).collect(),
                _ => Vec::new(),
            };
            if !networks.is_empty() {
                wanted.set("aws:SourceVpc", Value::Null);
            }
            if !endpoints.is_empty() {
                wanted.set("aws:SourceVpce", Value::Null);
            }
            networks.extend(intrinsic(eco_format!("IntrinsicVpc{kind}list")));
            endpoints.extend(intrinsic(eco_format!("IntrinsicVpce{kind}list")));
            if networks.is_empty() && endpoints.is_empty() {
                continue;
            }
            if !networks.is_empty() || policy.some(&eco_format!("IntrinsicVpc{kind}list")).is_some() {
                wanted.set("aws:SourceVpc", networks);
            }
            if !endpoints.is_empty() || policy.some(&eco_format!("IntrinsicVpce{kind}list")).is_some() {
                wanted.set("aws:SourceVpce", endpoints);
            }
            self.allow_and_deny(&resources, map! { condition => wanted });
        }
        self.keep_policy();
        Ok(())
    }

    fn method_resources(&self, path: &str, marked: bool, stage: Option<&Value>) -> Made<Value> {
        let mut methods = Vec::new();
        if let Some(value) = self.paths().get(path) {
            for item in super::editor::read_alternatives(value)? {
                let item = item.map().ok_or_else(|| {
                    Reject::template(eco_format!("Value of '{path}' path must be a dictionary according to Swagger spec."))
                })?;
                methods.extend(item.iter().map(|entry| (entry.key.clone(), entry.marked)));
            }
        }
        let path = super::editor::starred(path, self.flavour);
        let resource = |(method, method_marked): (EcoString, bool)| {
            let any = method.eq_ignore_ascii_case("any") || method.eq_ignore_ascii_case(super::editor::ANY_METHOD);
            let shown = if any { "*".into() } else { method.to_uppercase() };
            let text = eco_format!("execute-api:/${{__Stage__}}/{shown}{path}");
            let text = Value::marked_text(text, marked || (method_marked && !any));
            sub_with(text, map! { "__Stage__" => stage.cloned().unwrap_or_default() })
        };
        Ok(Value::List(methods.into_iter().map(resource).collect()))
    }

    fn allow_and_deny(&mut self, resources: &Value, condition: Map) {
        let statement = |effect: &str| {
            hashed! {
                "Effect" => effect,
                "Action" => "execute-api:Invoke",
                "Resource" => resources.clone(),
                "Principal" => "*",
            }
        };
        let allow = Value::from(statement("Allow"));
        let mut deny = statement("Deny");
        deny.set("Condition", condition);
        self.policy.set("Version", "2012-10-17");
        let mut all = self.policy.some("Statement").map(as_list).unwrap_or_default();
        for wanted in [allow, deny.into()] {
            if !all.contains(&wanted) {
                all.push(wanted);
            }
        }
        self.policy.set("Statement", all);
    }

    pub fn add_custom_statements(&mut self, statements: &Value) {
        self.policy.set("Version", "2012-10-17");
        match self.policy.some("Statement").cloned() {
            None => self.policy.set("Statement", statements.clone()),
            Some(before) => {
                let mut all = as_list(&before);
                for statement in as_list(statements) {
                    if !all.contains(&statement) {
                        all.push(statement);
                    }
                }
                self.policy.set("Statement", all);
            }
        }
        self.keep_policy();
    }
}

fn push_security(definition: &mut Map, security: Map, path: &str, method: &str) -> Made<()> {
    let mut all = Editor::security_of(definition, path, method)?.to_vec();
    all.push(security.into());
    definition.set("security", all);
    Ok(())
}

pub fn as_list(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.clone(),
        other => vec![other.clone()],
    }
}
