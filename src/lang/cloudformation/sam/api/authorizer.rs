//! Authorizers of a REST API: a user pool, a function, or IAM.

use ecow::{EcoString, eco_format};

use super::super::intrinsics::sub_with;
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::value::{Value, hashed, map};

#[derive(Debug, Clone)]
pub struct Authorizer {
    api: EcoString,
    name: EcoString,
    iam: bool,
    pool: Option<Value>,
    pub function: Option<Value>,
    identity: Option<Value>,
    payload: Option<Value>,
    role: Option<Value>,
    pub scopes: Value,
    pub without_permission: bool,
}

/// All authorizers in the order in which the reference defines them.
pub fn read(api: &EcoString, given: Option<&Value>, default: Option<&Value>) -> Made<Vec<(Value, Authorizer)>> {
    let mut order = Map::hashed();
    let mut all = Vec::new();
    if let Some(default) = default.filter(|default| default.is("AWS_IAM")) {
        order.insert("AWS_IAM".into(), default.is_marked(), None, Value::from(0));
        let nothing = Map::new();
        all.push(Authorizer { iam: true, ..one(api, &"AWS_IAM".into(), &nothing)? });
    }
    if let Some(given) = given {
        let Some(given) = given.map() else { return Err(Reject::resource(api, "Property 'Auth.Authorizers' should be a map.")) };
        for entry in given.iter() {
            let Some(authorizer) = entry.value.map() else {
                return Err(Reject::resource(api, eco_format!("Property 'Auth.Authorizers.{}' should be a map.", entry.key)));
            };
            order.insert(entry.key.clone(), entry.marked, None, Value::from(all.len() as i64));
            all.push(one(api, &entry.key, authorizer)?);
        }
    }
    let at = |entry: &Value| entry.int().and_then(|at| all.get(usize::try_from(at).ok()?)).cloned();
    Ok(order.iter().filter_map(|entry| Some((Value::marked_text(entry.key.clone(), entry.marked), at(&entry.value)?))).collect())
}

fn one(api: &EcoString, name: &EcoString, given: &Map) -> Made<Authorizer> {
    let reject = |message: EcoString| Err(Reject::resource(api, message));
    let payload = given.some("FunctionPayloadType");
    if payload.is_some_and(|payload| !payload.is("TOKEN") && !payload.is("REQUEST")) {
        return reject(eco_format!("{name} Authorizer has invalid 'FunctionPayloadType'."));
    }
    let identity = given.some("Identity");
    if payload.is_some_and(|payload| payload.is("REQUEST")) {
        let missing = match identity.filter(|identity| identity.truthy()) {
            None => true,
            Some(Value::Map(identity)) => {
                let none = ["Headers", "QueryStrings", "StageVariables", "Context"].iter().all(|key| identity.truthy(key).is_none());
                let ttl = identity.some("ReauthorizeEvery").and_then(|ttl| ttl.shown().trim().parse::<i64>().ok());
                ttl.is_none_or(|ttl| ttl > 0) && none
            }
            Some(_) => return reject(eco_format!("Property 'Authorizer.{name}.Identity' should be a map.")),
        };
        if missing {
            return reject(eco_format!(
                "{name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context."
            ));
        }
    }
    let scopes = match given.some("AuthorizationScopes") {
        None => Value::List(Vec::new()),
        Some(scopes @ Value::List(_)) => scopes.clone(),
        Some(_) => return reject(eco_format!("Property 'Authorizers.{name}.AuthorizationScopes' should be a list.")),
    };
    let without = match given.some("DisableFunctionDefaultPermissions") {
        None => false,
        Some(Value::Bool(without)) => *without,
        Some(_) => return reject(eco_format!("Property 'Authorizers.{name}.DisableFunctionDefaultPermissions' should be a boolean.")),
    };
    Ok(Authorizer {
        api: api.clone(),
        name: name.clone(),
        iam: false,
        pool: given.truthy("UserPoolArn").cloned(),
        function: given.get("FunctionArn").cloned(),
        identity: identity.cloned(),
        payload: given.truthy("FunctionPayloadType").cloned(),
        role: given.truthy("FunctionInvokeRole").filter(|role| !role.is("NONE")).cloned(),
        scopes,
        without_permission: without,
    })
}

impl Authorizer {
    fn by_request(&self) -> bool {
        self.payload.as_ref().is_some_and(|payload| payload.is("REQUEST"))
    }

    fn identity(&self) -> Option<&Map> {
        self.identity.as_ref().filter(|identity| identity.truthy()).and_then(Value::map)
    }

    /// The security definition.
    pub fn definition(&self, partition: &str) -> Made<Value> {
        const KEY: &str = "x-amazon-apigateway-authorizer";
        if self.identity.as_ref().is_some_and(|identity| identity.truthy() && identity.map().is_none()) {
            return Err(Reject::resource(&self.api, "Auth.Authorizers.<Authorizer>.Identity must be a dict."));
        }
        let by_function = !self.iam && self.pool.is_none();
        let header: Value = match self.identity().and_then(|identity| identity.truthy("Header")) {
            _ if by_function && self.by_request() => "Unused".into(),
            Some(header) => header.clone(),
            None => "Authorization".into(),
        };
        let kind = match () {
            () if self.iam => "awsSigv4",
            () if self.pool.is_some() => "cognito_user_pools",
            () => "custom",
        };
        let mut definition = hashed! { "type" => "apiKey", "name" => header, "in" => "header", "x-amazon-apigateway-authtype" => kind };
        if self.iam {
            return Ok(definition.into());
        }
        let mut inner = match &self.pool {
            Some(pool) => {
                let pools = if pool.list().is_some() { pool.clone() } else { Value::List(vec![pool.clone()]) };
                hashed! { "type" => "cognito_user_pools", "providerARNs" => pools }
            }
            None => self.by_lambda(partition)?,
        };
        if !(by_function && self.by_request()) {
            inner.set_some("identityValidationExpression", self.identity().and_then(|identity| identity.truthy("ValidationExpression")));
        }
        definition.set(KEY, inner);
        Ok(definition.into())
    }

    fn by_lambda(&self, partition: &str) -> Made<Map> {
        let uri =
            eco_format!("arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{__FunctionArn__}}/invocations");
        let uri = sub_with(uri, map! { "__FunctionArn__" => self.function.clone().unwrap_or_default() });
        let mut inner = hashed! { "type" => if self.by_request() { "request" } else { "token" }, "authorizerUri" => uri };
        inner.set_some("authorizerResultTtlInSeconds", self.identity().and_then(|identity| identity.some("ReauthorizeEvery")));
        inner.set_some("authorizerCredentials", self.role.as_ref());
        if self.by_request() {
            let (source, marked) = self.identity_source()?;
            if !source.is_empty() {
                inner.set("identitySource", Value::marked_text(source, marked));
            }
        }
        Ok(inner)
    }

    fn identity_source(&self) -> Made<(EcoString, bool)> {
        let kinds = [
            ("Headers", "method.request.header."),
            ("QueryStrings", "method.request.querystring."),
            ("StageVariables", "stageVariables."),
            ("Context", "context."),
        ];
        let (mut all, mut any_marked) = (Vec::new(), false);
        for (key, prefix) in kinds {
            let Some(values) = self.identity().and_then(|identity| identity.truthy(key)) else { continue };
            let wrong = |what: &str| {
                Reject::resource(&self.api, eco_format!("Property 'Auth.Authorizers.{}.Identity.{key}' should be a {what}.", self.name))
            };
            for value in values.list().ok_or_else(|| wrong("list"))? {
                let Value::Text(text, mark) = value else { return Err(wrong("list of strings")) };
                any_marked |= mark.marked;
                all.push(format!("{prefix}{text}"));
            }
        }
        Ok((all.join(", ").into(), any_marked))
    }
}
