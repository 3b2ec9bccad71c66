//! `AWS::Serverless::GraphQLApi`: the AppSync API, its schema, sources, functions and resolvers.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use super::connector;
use super::intrinsics::{attribute, reference, sub_with};
use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource, tag_list};
use super::shape;
use super::transform::{Sam, trust};
use super::value::{Value, list, map, object};

const SHAPE: &str = "Name Tags:m^ XrayEnabled Auth:m!^ SchemaInline:s^ SchemaUri:s^ Logging:mb^ DataSources:m^ Functions:m^ Resolvers:m^ \
    ApiKeys:m^ DomainName:m^ Cache:m^ Visibility OwnerContact IntrospectionConfig QueryDepthLimit ResolverCountLimit";
const RESOLVER: &str =
    "\nexport function request(ctx) {\n    return {};\n}\n\nexport function response(ctx) {\n    return ctx.prev.result;\n}\n";

struct GraphQl<'a> {
    own: &'a Macro<'a>,
    sources: BTreeMap<EcoString, Value>,
    functions: BTreeMap<EcoString, Value>,
    none: Option<Resource>,
}

pub fn make(sam: &mut Sam, own: &Macro) -> Made<Vec<Resource>> {
    shape::check(own.id, "AWS::Serverless::GraphQLApi", own.properties, SHAPE)?;
    check_parts(own)?;
    let mut this = GraphQl { own, sources: BTreeMap::new(), functions: BTreeMap::new(), none: None };
    let mut api = this.resource("", "AWS::AppSync::GraphQLApi")?;
    api.set("Name", own.truthy("Name").cloned().unwrap_or_else(|| own.id.into()));
    for key in ["Visibility", "OwnerContact", "IntrospectionConfig", "QueryDepthLimit", "ResolverCountLimit"] {
        api.set_some(key, own.truthy(key));
    }
    api.set_some("XrayEnabled", own.get("XrayEnabled"));
    let lambdas = this.auth(&mut api)?;
    let mut tags = own.get("Tags").and_then(Value::map).map(Map::shallow).unwrap_or_default();
    tags.set("graphqlapi:createdBy", "SAM");
    api.set("Tags", tag_list(Some(&tags.into())));
    let role = this.logging(&mut api)?;
    let schema = this.schema()?;
    let schema_id = schema.id.clone();
    let mut made = vec![api, schema];
    for (number, arn) in lambdas.into_iter().enumerate() {
        let source = object! {
            "Type" => "AWS::AppSync::GraphQLApi",
            "Arn" => reference(own.id),
            "ResourceId" => attribute(own.id, "ApiId"),
        };
        let id = eco_format!("{}ToLambdaAuthConnector{}", own.id, number + 1);
        made.extend(connected(sam, own, id, source, object! { "Type" => "AWS::Lambda::Function", "Arn" => arn }, list!["Write"])?);
    }
    made.extend(role);
    for entry in entries(own.get("ApiKeys")) {
        let mut key = this.resource(&entry.key, "AWS::AppSync::ApiKey")?;
        key.span = entry.span.or(own.span);
        key.set("ApiId", this.api_id()).set_some("ApiKeyId", entry.value.get("ApiKeyId"));
        key.set_some("Description", entry.value.get("Description")).set_some("Expires", entry.value.get("ExpiresOn"));
        made.push(key);
    }
    if let Some(cache) = own.truthy("Cache").and_then(Value::map) {
        let mut made_cache = this.resource("ApiCache", "AWS::AppSync::ApiCache")?;
        made_cache.set("ApiId", this.api_id());
        required(own, cache, &["ApiCachingBehavior", "Ttl", "Type"], "Cache")?;
        made_cache.copy(cache, &["ApiCachingBehavior", "Type", "Ttl", "AtRestEncryptionEnabled", "TransitEncryptionEnabled"]);
        made.push(made_cache);
    }
    made.extend(this.data_sources(sam)?);
    if let Some(domain) = own.truthy("DomainName").and_then(Value::map) {
        required(own, domain, &["CertificateArn", "DomainName"], "DomainName")?;
        let mut name = this.resource("DomainName", "AWS::AppSync::DomainName")?;
        name.copy(domain, &["CertificateArn", "DomainName", "Description"]);
        let mut link = this.resource("DomainNameApiAssociation", "AWS::AppSync::DomainNameApiAssociation")?;
        link.set("ApiId", this.api_id()).set("DomainName", name.reference());
        made.extend([name, link]);
    }
    made.extend(this.functions()?);
    made.extend(this.resolvers(&schema_id)?);
    made.extend(this.none);
    Ok(made)
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = &super::map::Entry> {
    value.and_then(Value::map).into_iter().flat_map(Map::iter)
}

/// What the parts of the API may hold, asked before any of them is made.
fn check_parts(own: &Macro) -> Made<()> {
    let wrong = |path: EcoString| own.reject(eco_format!("Property '{path}' is invalid."));
    for section in entries(own.get("DataSources")) {
        let known = matches!(section.key.as_str(), "DynamoDb" | "Lambda");
        if !known || !matches!(section.value, Value::Map(_) | Value::Null) {
            return wrong(eco_format!("DataSources.{}", section.key));
        }
    }
    const LOGGING: &[&str] = &["CloudWatchLogsRoleArn", "ExcludeVerboseContent", "FieldLogLevel"];
    if let Some(key) = entries(own.get("Logging")).map(|entry| &entry.key).find(|key| !LOGGING.contains(&key.as_str())) {
        return wrong(eco_format!("Logging.{key}"));
    }
    const FUNCTION: &[&str] = &["DataSource", "Runtime", "InlineCode", "CodeUri", "Description", "MaxBatchSize", "Name", "Id", "Sync"];
    const RESOLVER: &[&str] = &["FieldName", "Caching", "InlineCode", "CodeUri", "MaxBatchSize", "Pipeline", "Runtime", "Sync"];
    let unknown = |map: &Map, known: &[&str]| map.keys().find(|key| !known.contains(&key.as_str())).cloned();
    for function in entries(own.get("Functions")) {
        let path = eco_format!("Functions.{}", function.key);
        let Some(given) = function.value.map() else { return wrong(path) };
        if let Some(key) = unknown(given, FUNCTION) {
            return wrong(eco_format!("{path}.{key}"));
        }
    }
    for kind in entries(own.get("Resolvers")) {
        let Some(fields) = kind.value.map() else { return wrong(eco_format!("Resolvers.{}", kind.key)) };
        for field in fields.iter() {
            let path = eco_format!("Resolvers.{}.{}", kind.key, field.key);
            let Some(given) = field.value.map() else { return wrong(path) };
            if let Some(key) = unknown(given, RESOLVER) {
                return wrong(eco_format!("{path}.{key}"));
            }
            match given.some("Pipeline") {
                Some(Value::List(steps)) => {
                    if let Some(at) = steps.iter().position(|step| matches!(step, Value::Map(_) | Value::List(_) | Value::Null)) {
                        return wrong(eco_format!("{path}.Pipeline.{at}"));
                    }
                }
                Some(_) => return wrong(eco_format!("{path}.Pipeline")),
                None => {}
            }
        }
    }
    Ok(())
}

fn required(own: &Macro, map: &Map, keys: &[&str], path: &str) -> Made<()> {
    match keys.iter().find(|key| map.some(key).is_none()) {
        Some(key) => own.reject(eco_format!("Property '{path}.{key}' is invalid.")),
        None => Ok(()),
    }
}

/// What a connector between a part of the API and another resource makes.
fn connected(sam: &mut Sam, own: &Macro, id: EcoString, source: Value, destination: Value, permissions: Value) -> Made<Vec<Resource>> {
    let properties = map! { "Source" => source, "Destination" => destination, "Permissions" => permissions };
    let connector =
        Macro { id: &id, properties: &properties, depends_on: None, attributes: Map::new(), passed: Map::new(), span: own.span };
    connector::make(sam, &connector)
}

impl GraphQl<'_> {
    fn resource(&self, suffix: &str, kind: &str) -> Made<Resource> {
        let mut resource = Resource::new(eco_format!("{}{suffix}", self.own.id), kind, &self.own.attributes)?;
        resource.depends_on = self.own.depends_on.cloned();
        resource.span = self.own.span;
        Ok(resource)
    }

    fn api_id(&self) -> Value {
        attribute(self.own.id, "ApiId")
    }

    fn service_role(&self, suffix: &str) -> Made<Resource> {
        let mut role = self.resource(suffix, "AWS::IAM::Role")?;
        role.set("AssumeRolePolicyDocument", trust("appsync.amazonaws.com"));
        Ok(role)
    }

    /// Sets who may call; gives the functions that decide.
    fn auth(&self, api: &mut Resource) -> Made<Vec<Value>> {
        let Some(auth) = self.own.get("Auth").and_then(Value::map) else { return Ok(Vec::new()) };
        let mut functions = Vec::new();
        let mut first = auth.clone();
        first.remove("Additional");
        let (kind, config) = self.authorizer(&first, &mut functions, false)?;
        api.set("AuthenticationType", kind);
        if let Some((name, config)) = config {
            api.set(name, config);
        }
        let mut more = Vec::new();
        for one in auth.get("Additional").and_then(Value::list).unwrap_or_default() {
            let Some(one) = one.map() else { return self.own.reject("Property 'Auth.Additional' is invalid.") };
            let (kind, config) = self.authorizer(one, &mut functions, true)?;
            let mut made = map! { "AuthenticationType" => kind };
            if let Some((name, config)) = config {
                made.set(name, config);
            }
            more.push(made.into());
        }
        if !more.is_empty() {
            api.set("AdditionalAuthenticationProviders", more);
        }
        Ok(functions)
    }

    fn authorizer(&self, auth: &Map, functions: &mut Vec<Value>, additional: bool) -> Made<(Value, Option<(&'static str, Map)>)> {
        let own = self.own;
        let known = ["Type", "LambdaAuthorizer", "OpenIDConnect", "UserPool"];
        if auth.keys().any(|key| !known.contains(&key.as_str())) {
            return own.reject("Property 'Auth' is invalid.");
        }
        if known.iter().filter(|key| auth.some(key).is_some()).count() > 2 {
            return own.reject("'Auth' has more than one authentication configuration defined.");
        }
        let kind = auth.some("Type").cloned().unwrap_or_default();
        let (key, to) = match kind.text().map(EcoString::as_str) {
            Some("AWS_LAMBDA") => ("LambdaAuthorizer", "LambdaAuthorizerConfig"),
            Some("OPENID_CONNECT") => ("OpenIDConnect", "OpenIDConnectConfig"),
            Some("AMAZON_COGNITO_USER_POOLS") => ("UserPool", "UserPoolConfig"),
            Some("AWS_IAM" | "API_KEY") => return Ok((kind, None)),
            _ => return own.reject("Property 'Auth.Type' is invalid."),
        };
        let Some(config) = auth.some(key).and_then(Value::map) else {
            return own.reject(eco_format!("'{key}' must be defined if type is '{}'.", kind.shown()));
        };
        let mut config = config.clone();
        if key == "LambdaAuthorizer" {
            required(own, &config, &["AuthorizerUri"], "Auth.LambdaAuthorizer")?;
            functions.extend(config.get("AuthorizerUri").cloned());
        }
        if key == "UserPool" {
            required(own, &config, &["UserPoolId"], "Auth.UserPool")?;
            if additional {
                config.remove("DefaultAction");
            }
        }
        Ok((kind, Some((to, config))))
    }

    fn logging(&self, api: &mut Resource) -> Made<Option<Resource>> {
        let logging = self.own.get("Logging");
        if matches!(logging, Some(Value::Bool(false))) {
            return Ok(None);
        }
        let given = logging.and_then(Value::map);
        let mut config = Map::new();
        config.set_some("ExcludeVerboseContent", given.and_then(|given| given.truthy("ExcludeVerboseContent")));
        config.set("FieldLogLevel", given.and_then(|given| given.truthy("FieldLogLevel")).cloned().unwrap_or_else(|| "ALL".into()));
        if let Some(role) = given.and_then(|given| given.truthy("CloudWatchLogsRoleArn")) {
            config.set("CloudWatchLogsRoleArn", role.clone());
            api.set("LogConfig", config);
            return Ok(None);
        }
        let mut role = self.service_role("CloudWatchRole")?;
        let policy = super::intrinsics::sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs");
        role.set("ManagedPolicyArns", list![policy]);
        config.set("CloudWatchLogsRoleArn", role.arn());
        api.set("LogConfig", config);
        Ok(Some(role))
    }

    fn schema(&self) -> Made<Resource> {
        let mut schema = self.resource("Schema", "AWS::AppSync::GraphQLSchema")?;
        match (self.own.truthy("SchemaInline"), self.own.truthy("SchemaUri")) {
            (None, None) => return self.own.reject("One of 'SchemaInline' or 'SchemaUri' must be set."),
            (Some(_), Some(_)) => return self.own.reject("Both 'SchemaInline' and 'SchemaUri' cannot be defined at the same time."),
            (inline, uri) => {
                schema.set("ApiId", self.api_id()).set_some("Definition", inline).set_some("DefinitionS3Location", uri);
            }
        }
        Ok(schema)
    }

    fn data_sources(&mut self, sam: &mut Sam) -> Made<Vec<Resource>> {
        let own = self.own;
        let mut made = Vec::new();
        for (section, word) in [("DynamoDb", "DynamoDB"), ("Lambda", "Lambda")] {
            let all = own.get("DataSources").and_then(|sources| sources.get(section));
            for entry in entries(all) {
                let Some(given) = entry.value.map() else {
                    return own.reject(eco_format!("Property 'DataSources.{section}.{}' is invalid.", entry.key));
                };
                let path = eco_format!("DataSources.{section}.{}", entry.key);
                let id = eco_format!("{}{word}DataSource", entry.key);
                let mut source = self.resource(&id, "AWS::AppSync::DataSource")?;
                source.span = entry.span.or(own.span);
                source.set("Name", given.truthy("Name").cloned().unwrap_or_else(|| (&entry.key).into())).set("ApiId", self.api_id());
                source.set_some("Description", given.get("Description"));
                let region = given.truthy("Region").cloned().unwrap_or_else(|| reference("AWS::Region"));
                let (target, permissions, name) = if section == "Lambda" {
                    required(own, given, &["FunctionArn"], &path)?;
                    source.set("Type", "AWS_LAMBDA");
                    source.set("LambdaConfig", map! { "LambdaFunctionArn" => given.get("FunctionArn").cloned().unwrap_or_default() });
                    let target =
                        object! { "Type" => "AWS::Lambda::Function", "Arn" => given.get("FunctionArn").cloned().unwrap_or_default() };
                    (target, list!["Write"], "ToLambdaConnector")
                } else {
                    required(own, given, &["TableName"], &path)?;
                    source.set("Type", "AMAZON_DYNAMODB").set("DynamoDBConfig", table_config(given, &region));
                    let arn = given.truthy("TableArn").cloned().unwrap_or_else(|| table_arn(given, &region));
                    let permissions = given.truthy("Permissions").cloned().unwrap_or_else(|| list!["Read", "Write"]);
                    (object! { "Type" => "AWS::DynamoDB::Table", "Arn" => arn }, permissions, "ToTableConnector")
                };
                self.sources.insert(entry.key.clone(), attribute(&source.id, "Name"));
                if let Some(role) = given.truthy("ServiceRoleArn") {
                    source.set("ServiceRoleArn", role.clone());
                    made.push(source);
                    continue;
                }
                let role = self.service_role(&eco_format!("{id}Role"))?;
                source.set("ServiceRoleArn", role.arn());
                let from = object! { "Type" => "AWS::AppSync::DataSource", "Arn" => source.arn(), "RoleName" => role.reference() };
                let id = eco_format!("{}{name}", source.id);
                made.extend([source, role]);
                made.extend(connected(sam, own, id, from, target, permissions)?);
            }
        }
        Ok(made)
    }

    fn functions(&mut self) -> Made<Vec<Resource>> {
        let own = self.own;
        let mut made = Vec::new();
        for entry in entries(own.get("Functions")) {
            let name = &entry.key;
            let Some(given) = entry.value.map() else { return own.reject(eco_format!("Property 'Functions.{name}' is invalid.")) };
            if let Some(id) = given.truthy("Id") {
                if given.len() != 1 {
                    return Err(Reject::resource(name, "'Id' cannot be defined with other properties in Function."));
                }
                self.functions.insert(name.clone(), id.clone());
                continue;
            }
            let mut function = self.resource(name, "AWS::AppSync::FunctionConfiguration")?;
            function.span = entry.span.or(own.span);
            function.set("ApiId", self.api_id()).set("Name", given.truthy("Name").cloned().unwrap_or_else(|| name.into()));
            code(name, given, &mut function, true)?;
            function.set("DataSourceName", self.source_of(name, given)?);
            function.copy(given, &["MaxBatchSize", "Description"]).set("Runtime", runtime(name, given)?);
            function.set_some("SyncConfig", given.truthy("Sync"));
            self.functions.insert(name.clone(), attribute(&function.id, "FunctionId"));
            made.push(function);
        }
        Ok(made)
    }

    fn source_of(&mut self, name: &str, given: &Map) -> Made<Value> {
        match given.truthy("DataSource") {
            None => Err(Reject::resource(name, "'DataSource' must be set.")),
            Some(Value::Text(source, _)) if source.eq_ignore_ascii_case("none") => {
                let mut made = self.resource("NoneDataSource", "AWS::AppSync::DataSource")?;
                let id = made.id.clone();
                let name = attribute(&id, "Name");
                made.set("ApiId", self.api_id()).set("Name", id).set("Type", "NONE");
                self.none.get_or_insert(made);
                Ok(name)
            }
            Some(Value::Text(source, _)) => self.sources.get(source).cloned().ok_or_else(|| {
                Reject::resource(name, eco_format!("Either define DataSource '{source}' in 'DataSources' or use intrinsic function to reference a DataSource defined outside of this GraphQLApi resource."))
            }),
            Some(other) => Ok(other.clone()),
        }
    }

    fn resolvers(&self, schema: &EcoString) -> Made<Vec<Resource>> {
        let own = self.own;
        let mut made = Vec::new();
        for kind in entries(own.get("Resolvers")) {
            for entry in entries(Some(&kind.value)) {
                let name = &entry.key;
                let Some(given) = entry.value.map() else {
                    return own.reject(eco_format!("Property 'Resolvers.{}.{name}' is invalid.", kind.key));
                };
                let mut resolver = self.resource(&eco_format!("{}{name}", kind.key), "AWS::AppSync::Resolver")?;
                resolver.depends_on = Some(list![schema]);
                resolver.span = entry.span.or(own.span);
                code(name, given, &mut resolver, false)?;
                if resolver.properties.has("Code") || resolver.properties.has("CodeS3Location") {
                    resolver.set("Runtime", runtime(name, given)?);
                } else {
                    resolver.set("Code", RESOLVER).set("Runtime", map! { "Name" => "APPSYNC_JS", "RuntimeVersion" => "1.0.0" });
                }
                resolver.set("ApiId", self.api_id()).set("FieldName", given.truthy("FieldName").cloned().unwrap_or_else(|| name.into()));
                resolver.set("TypeName", &kind.key).set("Kind", "PIPELINE");
                let Some(pipeline) = given.truthy("Pipeline").and_then(Value::list) else {
                    return Err(Reject::resource(
                        name,
                        eco_format!("Resolver '{name}' must have Pipeline defined. Unit resolvers are not supported."),
                    ));
                };
                let mut ids = Vec::new();
                for function in pipeline {
                    let id = function.text().and_then(|function| self.functions.get(function));
                    let Some(id) = id else {
                        return Err(Reject::resource(name, eco_format!("Function '{}' does not exist.", function.shown())));
                    };
                    ids.push(id.clone());
                }
                resolver.set("PipelineConfig", map! { "Functions" => ids });
                resolver.set_some("CachingConfig", given.truthy("Caching")).set_some("MaxBatchSize", given.truthy("MaxBatchSize"));
                made.push(resolver);
            }
        }
        Ok(made)
    }
}

fn code(name: &str, given: &Map, to: &mut Resource, needed: bool) -> Made<()> {
    match (given.truthy("InlineCode"), given.truthy("CodeUri")) {
        (Some(_), Some(_)) => Err(Reject::resource(name, "Both 'InlineCode' and 'CodeUri' cannot be defined at the same time.")),
        (None, None) if needed => Err(Reject::resource(name, "One of 'InlineCode' or 'CodeUri' must be set.")),
        (inline, uri) => {
            to.set_some("Code", inline).set_some("CodeS3Location", uri);
            Ok(())
        }
    }
}

fn runtime(name: &str, given: &Map) -> Made<Map> {
    let Some(runtime) = given.truthy("Runtime").and_then(Value::map) else {
        return Err(Reject::resource(name, eco_format!("'Runtime' must be defined as a property in {name}.")));
    };
    let mut made = Map::new();
    made.set_some("Name", runtime.get("Name"));
    made.set_some("RuntimeVersion", runtime.get("Version"));
    Ok(made)
}

fn table_config(given: &Map, region: &Value) -> Map {
    let mut config = map! { "AwsRegion" => region.clone(), "TableName" => given.get("TableName").cloned().unwrap_or_default() };
    config.set_some("UseCallerCredentials", given.truthy("UseCallerCredentials"));
    config.set_some("Versioned", given.truthy("Versioned"));
    config.set_some("DeltaSyncConfig", given.truthy("DeltaSync"));
    config
}

fn table_arn(given: &Map, region: &Value) -> Value {
    let variables = map! { "__TableName__" => given.get("TableName").cloned().unwrap_or_default(), "__Region__" => region.clone() };
    sub_with("arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}", variables)
}
