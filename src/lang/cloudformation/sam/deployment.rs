//! Gradual deployments: one CodeDeploy application and role for all functions, a group for each.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};

use super::intrinsics::{attribute, if_arguments, is_if, is_intrinsic, is_no_value, reference, sub_with};
use super::map::Map;
use super::reject::Made;
use super::resource::{Macro, Resource, tag_list};
use super::transform::{Sam, trust};
use super::value::{Value, list, map, object};
use crate::source::Span;

const APPLICATION: &str = "ServerlessDeploymentApplication";
const ROLE: &str = "CodeDeployServiceRole";
const CONDITION: &str = "ServerlessCodeDeployCondition";
const CONFIGURATIONS: &[&str] = &[
    "Canary10Percent5Minutes",
    "Canary10Percent10Minutes",
    "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",
    "Linear10PercentEvery1Minute",
    "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes",
    "Linear10PercentEvery10Minutes",
    "AllAtOnce",
];

#[derive(Debug, Default)]
pub struct Deployments(Vec<One>);

#[derive(Debug)]
struct One {
    function: EcoString,
    preference: Map,
    condition: Option<EcoString>,
    tags: Option<Value>,
    span: Option<Span>,
}

impl Deployments {
    /// False for a preference that is switched off.
    pub fn add(&mut self, own: &Macro, preference: &Map, condition: Option<&Value>) -> Made<bool> {
        let off = preference.get("Enabled").is_some_and(|enabled| !enabled.truthy() || enabled.is("false") || enabled.is("False"));
        if off {
            return Ok(false);
        }
        if !preference.has("Type") {
            return own.reject("'DeploymentPreference' is missing required Property 'Type'");
        }
        if preference.get("Hooks").is_some_and(|hooks| hooks.map().is_none()) {
            return own.reject("'Hooks' property of 'DeploymentPreference' must be a dictionary");
        }
        let propagates = own.truthy("PropagateTags").is_some();
        self.0.push(One {
            function: own.id.clone(),
            preference: preference.clone(),
            condition: condition.map(Value::shown),
            tags: own.truthy("Tags").filter(|_| propagates).cloned(),
            span: own.properties.span("DeploymentPreference").or(own.span),
        });
        Ok(true)
    }

    pub fn make(self, sam: &mut Sam) -> Made<Vec<Resource>> {
        let Some(first) = self.0.first() else { return Ok(Vec::new()) };
        let conditions: BTreeSet<&EcoString> = self.0.iter().filter_map(|one| one.condition.as_ref()).collect();
        let conditional = self.0.iter().all(|one| one.condition.is_some());
        let mut attributes = Map::new();
        if conditional {
            if conditions.len() > 1 {
                sam.combine_conditions(CONDITION, conditions.into_iter().cloned().collect());
                attributes.set("Condition", CONDITION);
            } else if let Some(only) = conditions.first() {
                attributes.set("Condition", *only);
            }
        }
        let mut tags = Map::new();
        for one in self.0.iter().filter_map(|one| one.tags.as_ref().and_then(Value::map)) {
            tags.update(one);
        }
        let tags = tag_list(Some(&tags.into()));
        let mut application = Resource::new(APPLICATION, "AWS::CodeDeploy::Application", &attributes)?;
        application.set("ComputePlatform", "Lambda");
        application.span = first.span;
        let mut made = Vec::new();
        if self.0.iter().any(|one| one.preference.truthy("Role").is_none()) {
            let mut role = Resource::new(ROLE, "AWS::IAM::Role", &attributes)?;
            let limited = if matches!(sam.partition, "aws-iso" | "aws-iso-b") { "Limited" } else { "" };
            let policy = sam.managed_policy(&eco_format!("service-role/AWSCodeDeployRoleForLambda{limited}"));
            role.set("AssumeRolePolicyDocument", trust("codedeploy.amazonaws.com")).set("ManagedPolicyArns", list![policy]);
            role.span = first.span;
            made.push(role);
        }
        made.push(application);
        if !tags.is_empty() {
            made.iter_mut().for_each(|resource| resource.properties.set("Tags", tags.clone()));
        }
        for one in &self.0 {
            made.push(one.group()?);
        }
        Ok(made)
    }
}

impl One {
    fn group(&self) -> Made<Resource> {
        let preference = &self.preference;
        let mut group = Resource::new(eco_format!("{}DeploymentGroup", self.function), "AWS::CodeDeploy::DeploymentGroup", &Map::new())?;
        group.span = self.span;
        if let Some(condition) = &self.condition {
            group.attributes.set("Condition", condition);
        }
        if let Some(alarms) = preference.truthy("Alarms").filter(|alarms| !is_no_value(alarms)) {
            group.set("AlarmConfiguration", self.alarms(alarms)?);
        }
        group.set("ApplicationName", reference(APPLICATION));
        let events = list!["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];
        group.set("AutoRollbackConfiguration", map! { "Enabled" => true, "Events" => events });
        group.set("DeploymentConfigName", configuration(preference.get("Type").cloned().unwrap_or_default(), false));
        group.set("DeploymentStyle", map! { "DeploymentType" => "BLUE_GREEN", "DeploymentOption" => "WITH_TRAFFIC_CONTROL" });
        group.set("ServiceRoleArn", preference.truthy("Role").cloned().unwrap_or_else(|| attribute(ROLE, "Arn")));
        group.set_some("TriggerConfigurations", preference.truthy("TriggerConfigurations"));
        if let Some(tags) = &self.tags {
            group.set("Tags", tag_list(Some(tags)));
        }
        Ok(group)
    }

    fn alarms(&self, alarms: &Value) -> Made<Value> {
        let wrong = |message: &str| Err(super::reject::Reject::resource(&self.function, message));
        if is_if(alarms) {
            let Some([condition, yes, no]) = if_arguments(alarms) else { return wrong("Fn::If requires 3 arguments") };
            return Ok(object! { "Fn::If" => Value::List(vec![condition.clone(), self.alarms(yes)?, self.alarms(no)?]) });
        }
        let Some(all) = alarms.list() else { return wrong("Alarms must be a list") };
        if all.first().is_none_or(is_no_value) {
            return Ok(Map::new().into());
        }
        let all: Vec<Value> = all.iter().map(|alarm| object! { "Name" => alarm.clone() }).collect();
        Ok(object! { "Enabled" => true, "Alarms" => all })
    }
}

/// The full name of a predefined configuration, wherever it stands in a call.
fn configuration(value: Value, in_sub: bool) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(|item| configuration(item, false)).collect()),
        call if is_intrinsic(&call) => {
            let mut new = Map::new();
            for entry in call.map().into_iter().flat_map(Map::iter) {
                new.set(&entry.key, configuration(entry.value.clone(), entry.key == "Fn::Sub"));
            }
            new.into()
        }
        Value::Text(text, _) if CONFIGURATIONS.contains(&text.as_str()) => {
            let name = map! { "ConfigName" => text };
            const FULL: &str = "CodeDeployDefault.Lambda${ConfigName}";
            if in_sub { Value::List(vec![FULL.into(), name.into()]) } else { sub_with(FULL, name) }
        }
        other => other,
    }
}

/// What the alias of a function says about its deployment.
pub fn update_policy(function: &str, preference: &Map) -> Value {
    let mut update = map! {
        "ApplicationName" => reference(APPLICATION),
        "DeploymentGroupName" => reference(&eco_format!("{function}DeploymentGroup")),
    };
    let hooks = preference.get("Hooks").and_then(Value::map);
    for (from, to) in [("PreTraffic", "BeforeAllowTrafficHook"), ("PostTraffic", "AfterAllowTrafficHook")] {
        update.set_some(to, hooks.and_then(|hooks| hooks.some(from)));
    }
    object! { "CodeDeployLambdaAliasUpdate" => update }
}
