//! The order of the work: plugins over the whole template, then every serverless resource, then what they share.

use ecow::{EcoString, eco_format};

use super::deployment::Deployments;
use super::intrinsics::{find_in_map, resolved};
use super::map::Map;
use super::references::{Changed, Supported};
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource};
use super::shared::UsagePlan;
use super::value::{Value, map};
use super::{
    api, connector, function, globals, graphql, http_api, implicit, policies, references, small, state_machine, web_function, websocket,
};
use crate::order::Order as _;
use crate::source::Span;

/// All that the transform knows while it runs.
pub struct Sam {
    /// The author's resources; events change them (paths of APIs, notifications of buckets).
    pub resources: Map,
    /// What comes out.
    pub output: Map,
    pub globals: Option<Value>,
    pub parameters: Map,
    pub mappings: Map,
    pub conditions: Option<Map>,
    pub partition: &'static str,
    pub deployments: Deployments,
    pub usage_plan: UsagePlan,
    /// Record set groups by id, which several domains share.
    pub record_sets: Map,
    pub supported: Supported,
    pub changed: Changed,
    /// Names of functions by the API that they have an event on.
    pub function_names: Map,
    pub rejects: Vec<Reject>,
    /// Which line caused each generated resource.
    pub causes: std::collections::BTreeMap<EcoString, Span>,
}

const API: &str = "AWS::Serverless::Api";
const HTTP_API: &str = "AWS::Serverless::HttpApi";
const WEBSOCKET_API: &str = "AWS::Serverless::WebSocketApi";
const FUNCTION: &str = "AWS::Serverless::Function";
const WEB_FUNCTION: &str = "AWS::Serverless::WebFunction";
const STATE_MACHINE: &str = "AWS::Serverless::StateMachine";
const CONNECTOR: &str = "AWS::Serverless::Connector";
const OTHERS: &[&str] = &[
    "AWS::Serverless::SimpleTable",
    "AWS::Serverless::Application",
    "AWS::Serverless::LayerVersion",
    "AWS::Serverless::GraphQLApi",
    "AWS::Serverless::CapacityProvider",
    "AWS::Serverless::NetworkConnector",
    "AWS::Serverless::MicrovmImage",
];

/// In this order: events of functions and state machines change APIs, and connectors need all else to be made.
const ORDER: &[&[&str]] = &[&[FUNCTION], &[WEB_FUNCTION], &[STATE_MACHINE], &[API, HTTP_API, WEBSOCKET_API], OTHERS, &[CONNECTOR]];

/// Types that Globals apply to.
const WITH_GLOBALS: &[&str] = &[
    FUNCTION,
    WEB_FUNCTION,
    STATE_MACHINE,
    API,
    HTTP_API,
    WEBSOCKET_API,
    "AWS::Serverless::SimpleTable",
    "AWS::Serverless::Application",
    "AWS::Serverless::LayerVersion",
    "AWS::Serverless::CapacityProvider",
    "AWS::Serverless::MicrovmImage",
    "AWS::Serverless::NetworkConnector",
];

pub fn partition_of(region: &str) -> &'static str {
    const PREFIXES: &[(&str, &str)] = &[
        ("cn-", "aws-cn"),
        ("us-iso-", "aws-iso"),
        ("us-isob", "aws-iso-b"),
        ("us-gov", "aws-us-gov"),
        ("eu-isoe", "aws-iso-e"),
        ("us-isof", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    let region = region.to_lowercase();
    PREFIXES.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

/// Runs the whole transform over a template. What cannot be accepted is in `rejects`; the rest is made all the same.
pub fn run(template: &mut Map, parameters: &Map, region: &str) -> Result<Sam, Reject> {
    let Some(resources) = template.get("Resources").and_then(Value::map).filter(|map| !map.is_empty()) else {
        return Err(Reject::template("'Resources' section is required"));
    };
    if resources.iter().any(|entry| entry.value.map().is_none()) {
        return Err(Reject::template("All 'Resources' must be Objects."));
    }
    let mut parameters = parameters.clone();
    super::marks::mark(template, &mut parameters);
    let Some(Value::Map(resources)) = template.get("Resources").cloned() else {
        return Err(Reject::template("'Resources' section is required"));
    };
    let partition = partition_of(region);
    let defaults = template.get("Parameters").and_then(Value::map);
    for entry in defaults.into_iter().flat_map(Map::iter) {
        if let Some(default) = entry.value.get("Default").filter(|_| !parameters.has(&entry.key)) {
            parameters.set(&entry.key, default.clone());
        }
    }
    for (name, value) in [("AWS::Region", region), ("AWS::Partition", partition)] {
        if !parameters.has(name) {
            parameters.set(name, value);
        }
    }
    let section = |name: &str| template.get(name).and_then(Value::map).cloned();
    let mut sam = Sam {
        resources: *resources,
        output: Map::new(),
        globals: template.get("Globals").cloned(),
        parameters,
        mappings: section("Mappings").unwrap_or_default(),
        conditions: section("Conditions"),
        partition,
        deployments: Deployments::default(),
        usage_plan: UsagePlan::default(),
        record_sets: Map::new(),
        supported: Supported::default(),
        changed: Changed::default(),
        function_names: Map::new(),
        rejects: Vec::new(),
        causes: Default::default(),
    };
    let stopped = sam.prepare()?;
    sam.output = sam.resources.clone();
    for kinds in ORDER {
        for id in sam.ids_of(kinds) {
            sam.one(&id);
        }
    }
    sam.shared_deployments();
    references::rewrite(&mut sam, template);
    if let Some(count) = stopped {
        sam.rejects.truncate(count);
    }
    Ok(sam)
}

impl Sam {
    /// What plugins of the reference do before any resource is made. Where an event of an API is refused, the reference
    /// ends with what it has noted until then, and so many are given; here the rest is made all the same.
    fn prepare(&mut self) -> Made<Option<usize>> {
        // Each of its plugins meets the resources of some types; the last meets all.
        const MET: &[&[&str]] = &[&["AWS::Serverless::Application"], &[API], &[HTTP_API], &[FUNCTION, STATE_MACHINE]];
        let met = |entry: &super::map::Entry| {
            let kind = entry.value.get("Type").and_then(Value::text).map(EcoString::as_str).unwrap_or_default();
            MET.iter().position(|kinds| kinds.contains(&kind)).unwrap_or(MET.len())
        };
        let mut entries: Vec<&super::map::Entry> = self.resources.iter().collect();
        entries.order_by_key(|entry| met(entry));
        for entry in entries {
            let known = entry.value.get("Type").and_then(Value::text).is_some_and(|kind| WITH_GLOBALS.contains(&kind.as_str()));
            if known && !matches!(entry.value.get("Properties"), None | Some(Value::Map(_))) {
                return Err(Reject::resource(&entry.key, "Attribute 'Properties' should be a map."));
            }
            if known && entry.value.some("Condition").is_some_and(|condition| condition.truthy() && condition.text().is_none()) {
                return Err(Reject::template("Every Condition member must be a string."));
            }
        }
        small::locate_applications(self)?;
        implicit::default_definitions(self);
        let mut stopped = None;
        for implicit in [implicit::rest, implicit::http] {
            match implicit(self) {
                Err(reject) if reject.is_stop() => stopped = stopped.or(Some(self.rejects.len())),
                other => other?,
            }
        }
        match self.merge_globals() {
            Err(_) if stopped.is_some() => {}
            other => other?,
        }
        connector::embedded(self);
        Ok(stopped)
    }

    fn merge_globals(&mut self) -> Made<()> {
        if let Some(globals) = &self.globals {
            globals::check(globals)?;
        }
        for id in self.ids_of(WITH_GLOBALS) {
            let Some(body) = self.resources.get(&id) else { continue };
            let kind = body.get("Type").and_then(Value::text).cloned().unwrap_or_default();
            let section = kind.trim_start_matches("AWS::Serverless::");
            let globals = self.globals.as_ref().and_then(|globals| globals.get(section)).and_then(Value::map);
            let merged = match (globals, body.get("Properties").and_then(Value::map)) {
                (Some(globals), own) => {
                    Some(globals::merged(&id, section, globals, body.get("IgnoreGlobals"), own.unwrap_or(&Map::new()))?)
                }
                (None, None) => Some(Map::new()),
                (None, Some(_)) => None,
            };
            if let (Some(merged), Some(body)) = (merged, self.resources.get_mut(&id).and_then(Value::map_mut)) {
                body.set("Properties", merged);
            }
            if kind == API {
                self.open_api_version(&id);
            }
        }
        Ok(())
    }

    /// A managed definition says the version that the author asked for.
    fn open_api_version(&mut self, id: &str) {
        let Some(properties) = self.resources.get_mut(id).and_then(|body| body.map_mut()?.get_mut("Properties")?.map_mut()) else { return };
        if !properties.has("__MANAGE_SWAGGER") {
            return;
        }
        let Some(version) = properties.get("OpenApiVersion").filter(|version| super::editor::is_openapi_3(version)).cloned() else {
            return;
        };
        let version = if version.text().is_some() { version } else { Value::from(version.shown()) };
        properties.set("OpenApiVersion", version.clone());
        if let Some(definition) = properties.get_mut("DefinitionBody").and_then(Value::map_mut) {
            definition.set("openapi", version);
            if definition.truthy("swagger").is_some() {
                definition.remove("swagger");
            }
        }
    }

    /// The ids of resources of some types, in the order in which the reference visits them.
    pub fn ids_of(&self, kinds: &[&str]) -> Vec<EcoString> {
        let is = |value: &Value| value.get("Type").and_then(Value::text).is_some_and(|kind| kinds.contains(&kind.as_str()));
        self.resources.iter().filter(|entry| is(&entry.value)).map(|entry| entry.key.clone()).collect()
    }

    pub fn combine_conditions(&mut self, name: &str, all: Vec<EcoString>) {
        let conditions = self.conditions.get_or_insert_with(Map::new);
        for (name, value) in implicit::combined(name, all) {
            conditions.set(&name, value);
        }
    }

    pub fn resolved(&self, value: &Value) -> Made<Value> {
        resolved(value, &self.parameters)
    }

    /// Parameters, then mappings.
    pub fn looked_up(&self, value: &Value) -> Made<Value> {
        let mut value = self.resolved(value)?;
        find_in_map(&mut value, &self.mappings)?;
        Ok(value)
    }

    pub fn managed_policy(&self, name: &str) -> EcoString {
        eco_format!("arn:{}:iam::aws:policy/{name}", self.partition)
    }

    /// Whether the id is marked, as ids are where the reference marks strings.
    pub fn marks(&self, id: &str) -> bool {
        self.resources.entry(id).is_some_and(|entry| entry.marked)
    }

    fn one(&mut self, id: &EcoString) {
        let Some(mut body) = self.resources.get(id).cloned() else { return };
        let span = self.resources.span(id);
        match self.made(id, &mut body, span) {
            Ok(made) => self.put(id, made, span),
            Err(reject) => self.rejects.push(reject.of(id)),
        }
    }

    fn made(&mut self, id: &EcoString, body: &mut Value, span: Option<Span>) -> Made<Vec<Resource>> {
        let kind = body.get("Type").and_then(Value::text).cloned().unwrap_or_default();
        if matches!(kind.as_str(), FUNCTION | STATE_MACHINE)
            && let Some(properties) = body.map_mut().and_then(|body| body.get_mut("Properties")).and_then(Value::map_mut)
        {
            policies::expand_templates(id, properties)?;
        }
        let own = Macro::new(id, body, span)?;
        let made = match kind.as_str() {
            FUNCTION => function::make(self, &own),
            WEB_FUNCTION => web_function::make(self, &own),
            STATE_MACHINE => state_machine::make(self, &own),
            API => api::make(self, &own),
            HTTP_API => http_api::make(self, &own),
            WEBSOCKET_API => websocket::make(self, &own),
            CONNECTOR => connector::make(self, &own),
            "AWS::Serverless::GraphQLApi" => graphql::make(self, &own),
            _ => small::make(self, &kind, &own),
        }?;
        self.supported.note(id, &kind, &made);
        Ok(made)
    }

    /// Puts what is made of the author's resource in its place, or takes it out where nothing has its id.
    fn put(&mut self, id: &EcoString, made: Vec<Resource>, span: Option<Span>) {
        if made.iter().all(|resource| resource.id != *id) {
            self.output.remove(id);
        }
        for resource in made {
            let before = self.resources.get(&resource.id).and_then(|body| body.get("Type")).and_then(Value::text);
            if before.is_some_and(|before| !may_replace(&resource.kind, before)) {
                self.rejects.push(Reject::resource(
                    id,
                    eco_format!("Transforming resource with id [{id}] attempts to create a new resource [{}] of type \"{}\". A resource with that id already exists within this template. Please use a different id for that resource.", resource.id, resource.kind),
                ));
                continue;
            }
            if let Some(span) = resource.span.or(span) {
                self.causes.insert(resource.id.clone(), span);
            }
            let id = resource.id.clone();
            let span = resource.span.or(span);
            self.output.insert(id, false, span, resource.into_value());
        }
    }

    fn shared_deployments(&mut self) {
        let deployments = std::mem::take(&mut self.deployments);
        match deployments.make(self) {
            Ok(made) => {
                for resource in made {
                    let id = resource.id.clone();
                    if let Some(span) = resource.span {
                        self.causes.insert(id.clone(), span);
                    }
                    let span = resource.span;
                    self.output.insert(id, false, span, resource.into_value());
                }
            }
            Err(reject) => self.rejects.push(reject),
        }
    }

    /// Removes an entry that stands for a change of the author's own resource, and gives it as it now is.
    pub fn changed_resource(&self, id: &str, kind: &str) -> Made<Resource> {
        let body = self.resources.get(id).cloned().unwrap_or_default();
        if !body.get("Type").is_some_and(|own| own.is(kind)) {
            return Err(Reject::resource(id, eco_format!("Resource has incorrect Type; expected '{kind}'.")));
        }
        let id = EcoString::from(id);
        let span = self.resources.span(&id);
        let own = Macro::new(&id, &body, span)?;
        let mut resource = own.own(kind)?;
        resource.properties = own.properties.clone();
        Ok(resource)
    }
}

/// Types that a generated resource may take the id of.
fn may_replace(kind: &str, before: &str) -> bool {
    match kind {
        "AWS::Lambda::Function" => before == FUNCTION,
        "AWS::Lambda::WebFunction" => before == WEB_FUNCTION,
        "AWS::Lambda::LayerVersion" => before == "AWS::Serverless::LayerVersion",
        "AWS::Lambda::CapacityProvider" => before == "AWS::Serverless::CapacityProvider",
        "AWS::Lambda::MicrovmImage" => before == "AWS::Serverless::MicrovmImage",
        "AWS::Lambda::NetworkConnector" => before == "AWS::Serverless::NetworkConnector",
        "AWS::ApiGateway::RestApi" => before == API,
        "AWS::ApiGatewayV2::Api" => before == HTTP_API || before == WEBSOCKET_API,
        "AWS::S3::Bucket"
        | "AWS::SNS::Topic"
        | "AWS::Cognito::UserPool"
        | "AWS::ApiGateway::DomainName"
        | "AWS::ApiGateway::BasePathMapping"
        | "AWS::ApiGateway::DomainNameV2"
        | "AWS::ApiGateway::BasePathMappingV2" => before == kind,
        "AWS::DynamoDB::Table" => before == "AWS::Serverless::SimpleTable",
        "AWS::CloudFormation::Stack" => before == "AWS::Serverless::Application",
        "AWS::StepFunctions::StateMachine" => before == STATE_MACHINE,
        "AWS::AppSync::GraphQLApi" => before == "AWS::Serverless::GraphQLApi",
        _ => false,
    }
}

/// An account's ARN in the caller's region, for a `Fn::Sub`.
pub fn arn(partition: &str, service: &str, resource: &str) -> EcoString {
    eco_format!("arn:{partition}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}")
}

/// The trust policy of a role that a service takes.
pub fn trust(service: &str) -> Value {
    map! {
        "Version" => "2012-10-17",
        "Statement" => vec![map! {
            "Action" => vec![Value::from("sts:AssumeRole")],
            "Effect" => "Allow",
            "Principal" => map! { "Service" => vec![Value::from(service)] },
        }.into()],
    }
    .into()
}

/// An inline policy of one statement.
pub fn inline_policy(name: EcoString, action: &str, resource: Value) -> Value {
    let statement = map! { "Action" => action, "Effect" => "Allow", "Resource" => resource };
    map! { "PolicyName" => name, "PolicyDocument" => map! { "Statement" => vec![statement.into()] } }.into()
}
