//! Usage plans and keys, of one API or shared by several.

use ecow::{EcoString, eco_format};

use super::api::Api;
use super::intrinsics::reference;
use super::map::Map;
use super::reject::Made;
use super::resource::Resource;
use super::transform::Sam;
use super::value::{Value, map, object};

/// What the APIs that share a plan have put in.
#[derive(Debug, Default)]
pub struct UsagePlan {
    apis: Vec<Value>,
    stages: Vec<Value>,
    keys: Vec<Value>,
    conditions: Vec<Value>,
    unconditional: bool,
    deletion: Option<Value>,
    replacement: Option<Value>,
}

const CONDITION: &str = "SharedUsagePlanCondition";
const KEYS: &[&str] = &["CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"];

pub fn usage_plan(sam: &mut Sam, api: &Api, stage: &Resource) -> Made<Vec<Resource>> {
    let own = api.own;
    let Some(plan) = api.auth().and_then(|auth| auth.some("UsagePlan")) else { return Ok(Vec::new()) };
    let Some(given) = plan.map() else { return own.reject("'UsagePlan' must be a dictionary") };
    if given.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return own.reject("Invalid property for 'UsagePlan'");
    }
    let shared = match given.some("CreateUsagePlan").map(|create| create.text().map(EcoString::as_str)) {
        None => return own.reject("'CreateUsagePlan' is a required field for UsagePlan."),
        Some(Some("NONE")) => return Ok(Vec::new()),
        Some(Some("SHARED")) => true,
        Some(Some("PER_API")) => false,
        Some(_) => return own.reject("'CreateUsagePlan' accepts one of ['SHARED', 'PER_API', 'NONE']."),
    };
    let prefix: EcoString = if shared { "Serverless".into() } else { own.id.clone() };
    let attributes = if shared { sam.shared_attributes(&own.passed) } else { own.passed.clone() };
    let of_plan = object! { "ApiId" => reference(own.id), "Stage" => stage.reference() };
    let of_key = object! { "RestApiId" => reference(own.id), "StageName" => stage.reference() };
    let (apis, stages, keys) = if shared {
        let all = &mut sam.usage_plan;
        push_new(&mut all.apis, own.id.into());
        push_new(&mut all.stages, of_plan);
        push_new(&mut all.keys, of_key);
        (all.apis.clone(), all.stages.clone(), all.keys.clone())
    } else {
        (vec![own.id.into()], vec![of_plan], vec![of_key])
    };
    let make = |suffix: &str, kind: &str, after: Vec<Value>| -> Made<Resource> {
        let mut made = Resource::new(eco_format!("{prefix}{suffix}"), kind, &attributes)?;
        made.depends_on = Some(after.into());
        made.span = own.properties.span("Auth").or(own.span);
        Ok(made)
    };
    let mut plan = make("UsagePlan", "AWS::ApiGateway::UsagePlan", apis)?;
    plan.set("ApiStages", stages);
    for key in KEYS.iter().skip(1) {
        plan.set_some(key, given.truthy(key));
    }
    let mut key = make("ApiKey", "AWS::ApiGateway::ApiKey", vec![(&plan.id).into()])?;
    key.set("Enabled", true).set("StageKeys", keys);
    let mut link = make("UsagePlanKey", "AWS::ApiGateway::UsagePlanKey", vec![(&key.id).into()])?;
    link.set("KeyId", key.reference()).set("KeyType", "API_KEY").set("UsagePlanId", plan.reference());
    Ok(vec![plan, key, link])
}

fn push_new(all: &mut Vec<Value>, value: Value) {
    if !all.contains(&value) {
        all.push(value);
    }
}

impl Sam {
    fn shared_attributes(&mut self, passed: &Map) -> Map {
        let plan = &mut self.usage_plan;
        let is = |value: &Option<Value>, text: &str| value.as_ref().is_some_and(|value| value.is(text));
        if let Some(policy) = passed.truthy("DeletionPolicy")
            && (plan.deletion.is_none() || policy.is("Retain"))
        {
            plan.deletion = Some(policy.clone());
        }
        if let Some(policy) = passed.truthy("UpdateReplacePolicy")
            && (plan.replacement.is_none() || policy.is("Retain") || (policy.is("Snapshot") && is(&plan.replacement, "Delete")))
        {
            plan.replacement = Some(policy.clone());
        }
        if !plan.unconditional {
            match passed.truthy("Condition") {
                None => {
                    plan.unconditional = true;
                    if let Some(conditions) = &mut self.conditions {
                        conditions.remove(CONDITION);
                    }
                }
                Some(condition) if !plan.conditions.contains(condition) => {
                    plan.conditions.push(condition.clone());
                    let all = match plan.conditions.as_slice() {
                        [only] => only.clone(),
                        all => {
                            let all: Vec<Value> = all.iter().map(|condition| object! { "Condition" => condition.clone() }).collect();
                            object! { "Fn::Or" => all }
                        }
                    };
                    self.conditions.get_or_insert_with(Map::new).set(CONDITION, all);
                }
                Some(_) => {}
            }
        }
        let plan = &self.usage_plan;
        let mut all = map! {};
        all.set_some("DeletionPolicy", plan.deletion.as_ref());
        all.set_some("UpdateReplacePolicy", plan.replacement.as_ref());
        if !plan.conditions.is_empty() && !plan.unconditional {
            all.set("Condition", CONDITION);
        }
        all
    }
}
