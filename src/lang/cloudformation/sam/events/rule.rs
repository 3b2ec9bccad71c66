//! Events of rules: EventBridge patterns and schedules, IoT rules, log subscriptions.

use ecow::{EcoString, eco_format};

use super::super::intrinsics::{reference, sub, sub_with};
use super::super::map::Map;
use super::super::policies::service_role;
use super::super::reject::{Made, Reject};
use super::super::resource::Resource;
use super::super::transform::{Sam, arn, inline_policy};
use super::super::value::{Value, list, map, object};
use super::{Event, Target};

/// A target's id may have so many characters.
const LONGEST_ID: usize = 64;
const EVENTS: &str = "events.amazonaws.com";

fn base(event: &Event, target: &Target) -> Made<Resource> {
    let mut rule = event.resource("", "AWS::Events::Rule", target)?;
    if event.truthy("State").is_some() && event.get("Enabled").is_some() {
        return event.reject("State and Enabled Properties cannot both be specified.");
    }
    rule.set_some("State", event.truthy("State"));
    if let Some(enabled) = event.get("Enabled") {
        rule.set("State", if enabled.truthy() { "ENABLED" } else { "DISABLED" });
    }
    Ok(rule)
}

pub fn schedule(event: &Event, target: &Target) -> Made<Vec<Resource>> {
    let mut rule = base(event, target)?;
    rule.copy(event.properties, &["Name", "Description"]).set_some("ScheduleExpression", event.get("Schedule"));
    with_permission(event, target, rule)
}

pub fn pattern(event: &Event, target: &Target) -> Made<Vec<Resource>> {
    let mut rule = base(event, target)?;
    rule.set_some("EventBusName", event.get("EventBusName")).set_some("EventPattern", event.get("Pattern"));
    rule.set_some("Name", event.get("RuleName"));
    with_permission(event, target, rule)
}

fn with_permission(event: &Event, target: &Target, mut rule: Resource) -> Made<Vec<Resource>> {
    let (queue, mut made) = dead_letters(event, target, &rule)?;
    rule.set("Targets", vec![rule_target(event, target, None, queue, "LambdaTarget")]);
    let mut permission = event.permission(target, EVENTS, "")?;
    permission.set("SourceArn", rule.arn());
    made.push(rule);
    made.push(permission);
    Ok(made)
}

fn rule_target(event: &Event, target: &Target, role: Option<Value>, queue: Option<Value>, suffix: &str) -> Value {
    let own = event.truthy("Target").and_then(|own| own.get("Id")).cloned();
    let id = own.unwrap_or_else(|| {
        let whole = eco_format!("{}{suffix}", event.id);
        let cut: EcoString = event.id.chars().take(LONGEST_ID - suffix.len()).collect();
        if whole.len() <= LONGEST_ID { whole.into() } else { eco_format!("{cut}{suffix}").into() }
    });
    let mut made = map! { "Arn" => target.arn.clone(), "Id" => id };
    if let Some(role) = role {
        made.set("RoleArn", role);
    }
    made.set_some("Input", event.get("Input"));
    made.set_some("InputPath", event.get("InputPath"));
    if let Some(queue) = queue {
        made.set("DeadLetterConfig", map! { "Arn" => queue });
    }
    made.set_some("RetryPolicy", event.get("RetryPolicy"));
    made.set_some("InputTransformer", event.get("InputTransformer"));
    made.into()
}

/// Checks the dead letter queue that an event names or wants.
pub fn check_dead_letters(event: &Event, config: &Map) -> Made<()> {
    let wrong = |message: &str| Err(Reject::event(&event.id, message));
    match (config.has("Arn"), config.get("Type")) {
        (true, Some(_)) => wrong("You can either define 'Arn' or 'Type' property of DeadLetterConfig."),
        (_, Some(kind)) if !kind.is("SQS") => wrong("The only valid value for 'Type' property of DeadLetterConfig is 'SQS'."),
        (false, None) => wrong("No 'Arn' or 'Type' property provided for DeadLetterConfig."),
        _ => match config.some("QueueLogicalId") {
            Some(id) if config.some("Arn").is_none() && id.text().is_none() => wrong("QueueLogicalId must be a string"),
            _ => Ok(()),
        },
    }
}

/// The queue for events that could not be delivered, with the policy that lets the rule send to it.
fn dead_letters(event: &Event, target: &Target, rule: &Resource) -> Made<(Option<Value>, Vec<Resource>)> {
    let Some(config) = event.get("DeadLetterConfig").and_then(Value::map) else { return Ok((None, Vec::new())) };
    check_dead_letters(event, config)?;
    if let Some(arn) = config.some("Arn") {
        return Ok((Some(arn.clone()), Vec::new()));
    }
    let id = config.truthy("QueueLogicalId").and_then(Value::text).cloned().unwrap_or_else(|| eco_format!("{}Queue", event.id));
    let queue = event.named(id, "AWS::SQS::Queue", target)?;
    let mut policy = event.resource("QueuePolicy", "AWS::SQS::QueuePolicy", target)?;
    let statement = object! {
        "Action" => "sqs:SendMessage",
        "Effect" => "Allow",
        "Principal" => map! { "Service" => EVENTS },
        "Resource" => queue.arn(),
        "Condition" => map! { "ArnEquals" => map! { "aws:SourceArn" => rule.arn() } },
    };
    policy.set("PolicyDocument", map! { "Version" => "2012-10-17", "Statement" => vec![statement] });
    policy.set("Queues", vec![queue.reference()]);
    Ok((Some(queue.arn()), vec![queue, policy]))
}

/// A role that lets an event source start a state machine.
pub fn start_role(event: &Event, target: &Target, principal: &str, boundary: Option<&Value>) -> Made<Resource> {
    let id = eco_format!("{}Role", event.id);
    let start = inline_policy(eco_format!("{id}StartExecutionPolicy"), "states:StartExecution", target.arn.clone());
    let mut role = service_role(id, principal, &target.attributes, vec![start])?;
    role.span = event.span;
    role.set_some("PermissionsBoundary", boundary);
    Ok(role)
}

pub fn machine_schedule(event: &Event, target: &Target, boundary: Option<&Value>) -> Made<Vec<Resource>> {
    let mut rule = base(event, target)?;
    rule.copy(event.properties, &["Name", "Description"]).set_some("ScheduleExpression", event.get("Schedule"));
    for_machine(event, target, rule, boundary, event.get("RoleArn"))
}

pub fn machine_pattern(event: &Event, target: &Target, boundary: Option<&Value>) -> Made<Vec<Resource>> {
    let mut rule = base(event, target)?;
    rule.set_some("EventBusName", event.get("EventBusName")).set_some("EventPattern", event.get("Pattern"));
    rule.set_some("Name", event.get("RuleName"));
    for_machine(event, target, rule, boundary, None)
}

fn for_machine(event: &Event, target: &Target, mut rule: Resource, boundary: Option<&Value>, role: Option<&Value>) -> Made<Vec<Resource>> {
    let (queue, mut made) = dead_letters(event, target, &rule)?;
    let role = match role {
        Some(role) => role.clone(),
        None => {
            let role = start_role(event, target, EVENTS, boundary)?;
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    rule.set("Targets", vec![rule_target(event, target, Some(role), queue, "StepFunctionsTarget")]);
    made.push(rule);
    Ok(made)
}

pub fn iot(sam: &Sam, event: &Event, target: &Target) -> Made<Vec<Resource>> {
    let mut permission = event.permission(target, "iot.amazonaws.com", "")?;
    let source = arn(sam.partition, "iot", "rule/${RuleName}");
    permission.set("SourceArn", sub_with(source, map! { "RuleName" => reference(&event.id) }));
    permission.set("SourceAccount", sub("${AWS::AccountId}"));
    let mut rule = event.resource("", "AWS::IoT::TopicRule", target)?;
    let action = object! { "Lambda" => map! { "FunctionArn" => target.arn.clone() } };
    let mut payload = map! { "Sql" => event.get("Sql").cloned().unwrap_or_default(), "RuleDisabled" => false, "Actions" => vec![action] };
    payload.set_some("AwsIotSqlVersion", event.truthy("AwsIotSqlVersion"));
    rule.set("TopicRulePayload", payload);
    Ok(vec![permission, rule])
}

pub fn logs(sam: &Sam, event: &Event, target: &Target) -> Made<Vec<Resource>> {
    let mut permission = event.permission(target, "logs.amazonaws.com", "")?;
    let source = arn(sam.partition, "logs", "log-group:${__LogGroupName__}:*");
    permission.set("SourceArn", sub_with(source, map! { "__LogGroupName__" => event.get("LogGroupName").cloned().unwrap_or_default() }));
    let mut filter = event.resource("", "AWS::Logs::SubscriptionFilter", target)?;
    filter.depends_on = Some(list![&permission.id]);
    filter.copy(event.properties, &["LogGroupName", "FilterPattern"]).set("DestinationArn", target.arn.clone());
    Ok(vec![permission, filter])
}
