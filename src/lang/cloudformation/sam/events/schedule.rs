//! Events of EventBridge Scheduler.

use ecow::eco_format;

use super::super::function::send_policy;
use super::super::policies::service_role;
use super::super::reject::{Made, Reject};
use super::super::resource::Resource;
use super::super::transform::inline_policy;
use super::super::value::{Value, map};
use super::rule::check_dead_letters;
use super::{Event, Target};

pub fn make(event: &Event, target: &Target) -> Made<Vec<Resource>> {
    let mut schedule = event.resource("", "AWS::Scheduler::Schedule", target)?;
    schedule.copy(
        event.properties,
        &["ScheduleExpression", "Description", "StartDate", "EndDate", "ScheduleExpressionTimezone", "GroupName", "KmsKeyArn"],
    );
    schedule.set_some("State", event.truthy("State"));
    if event.truthy("OmitName").is_some() {
        if event.truthy("Name").is_some() {
            return Err(Reject::event(&event.id, "Name cannot be set when OmitName is True"));
        }
    } else {
        schedule.set("Name", event.truthy("Name").cloned().unwrap_or_else(|| (&event.id).into()));
    }
    let window = event.truthy("FlexibleTimeWindow").cloned();
    schedule.set("FlexibleTimeWindow", window.unwrap_or_else(|| map! { "Mode" => "OFF" }.into()));
    let mut made = Vec::new();
    let mut queue = None;
    if let Some(config) = event.get("DeadLetterConfig").and_then(Value::map) {
        check_dead_letters(event, config)?;
        queue = config.some("Arn").cloned();
        if queue.is_none() {
            let id = config.truthy("QueueLogicalId").and_then(Value::text).cloned();
            let own = event.named(id.unwrap_or_else(|| eco_format!("{}Queue", event.id)), "AWS::SQS::Queue", target)?;
            queue = Some(own.arn());
            made.push(own);
        }
    }
    let role = match event.truthy("RoleArn") {
        Some(role) => role.clone(),
        None => {
            let role = execution_role(event, target, queue.as_ref())?;
            let arn = role.arn();
            made.push(role);
            arn
        }
    };
    let mut to = map! { "Arn" => target.arn.clone(), "RoleArn" => role };
    to.set_some("Input", event.get("Input"));
    if let Some(queue) = queue {
        to.set("DeadLetterConfig", map! { "Arn" => queue });
    }
    to.set_some("RetryPolicy", event.get("RetryPolicy"));
    schedule.set("Target", to);
    made.insert(0, schedule);
    Ok(made)
}

fn execution_role(event: &Event, target: &Target, queue: Option<&Value>) -> Made<Resource> {
    let call = if target.machine {
        inline_policy(eco_format!("{}StartExecutionPolicy", event.id), "states:StartExecution", target.arn.clone())
    } else {
        send_policy("Lambda", target.arn.clone(), &event.id)
    };
    let mut inline = vec![call];
    inline.extend(queue.filter(|queue| queue.truthy()).map(|queue| send_policy("SQS", queue.clone(), &event.id)));
    let mut role = service_role(eco_format!("{}Role", event.id), "scheduler.amazonaws.com", &target.attributes, inline)?;
    role.span = event.span;
    role.set_some("PermissionsBoundary", event.truthy("PermissionsBoundary"));
    Ok(role)
}
