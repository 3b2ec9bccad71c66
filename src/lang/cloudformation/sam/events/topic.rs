//! Events of SNS topics, straight or through a queue.

use ecow::{EcoString, eco_format};

use super::super::intrinsics::named_resource;
use super::super::map::Map;
use super::super::reject::Made;
use super::super::resource::Resource;
use super::super::transform::Sam;
use super::super::value::{Value, map, object};
use super::{Event, Target, mapping};

pub fn make(sam: &Sam, event: &Event, target: &Target, role: &mut Resource) -> Made<Vec<Resource>> {
    let topic = event.get("Topic").cloned().unwrap_or_default();
    match event.truthy("SqsSubscription") {
        None => {
            let mut permission = event.permission(target, "sns.amazonaws.com", "")?;
            permission.set("SourceArn", topic);
            Ok(vec![permission, subscription(event, target, "lambda", target.arn.clone())?])
        }
        Some(Value::Bool(_)) => {
            let mut queue = event.resource("Queue", "AWS::SQS::Queue", target)?;
            if let Some(fifo) = fifo(sam, &topic)? {
                queue.set("FifoQueue", fifo);
            }
            let (arn, url) = (queue.arn(), queue.reference());
            let mapping = mapping::of_queue(sam, event, target, role, &arn, None)?;
            let policy = queue_policy(event, target, &arn, &url, None)?;
            let subscription = subscription(event, target, "sqs", arn)?;
            Ok(vec![mapping, queue, policy, subscription])
        }
        Some(given) => {
            let Some(given) = given.map() else { return event.reject("Property 'SqsSubscription' should be a map.") };
            let (Some(arn), Some(url)) = (given.truthy("QueueArn"), given.truthy("QueueUrl")) else {
                return event.reject("No QueueARN or QueueURL provided.");
            };
            let id = given.truthy("QueuePolicyLogicalId").map(Value::shown);
            let policy = queue_policy(event, target, arn, url, id)?;
            let subscription = subscription(event, target, "sqs", arn.clone())?;
            let mapping = mapping::of_queue(sam, event, target, role, arn, given.truthy("BatchSize"))?;
            Ok(vec![mapping, policy, subscription])
        }
    }
}

fn fifo(sam: &Sam, topic: &Value) -> Made<Option<Value>> {
    let Some(id) = named_resource(topic) else { return Ok(None) };
    let Some(fifo) = sam.resources.get(&id).and_then(|topic| topic.get("Properties")?.get("FifoTopic")) else { return Ok(None) };
    Ok(Some(sam.resolved(fifo)?).filter(Value::truthy))
}

fn subscription(event: &Event, target: &Target, protocol: &str, endpoint: Value) -> Made<Resource> {
    let mut made = event.resource("", "AWS::SNS::Subscription", target)?;
    made.set("Protocol", protocol).set("Endpoint", endpoint).set_some("TopicArn", event.get("Topic"));
    made.copy(event.properties, &["Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"]);
    Ok(made)
}

fn queue_policy(event: &Event, target: &Target, arn: &Value, url: &Value, id: Option<EcoString>) -> Made<Resource> {
    let id = id.unwrap_or_else(|| eco_format!("{}QueuePolicy", event.id));
    let mut policy = event.named(id, "AWS::SQS::QueuePolicy", target)?;
    let mut equal = Map::new();
    equal.set_some("aws:SourceArn", event.get("Topic"));
    let statement = object! {
        "Action" => "sqs:SendMessage",
        "Effect" => "Allow",
        "Principal" => "*",
        "Resource" => arn.clone(),
        "Condition" => map! { "ArnEquals" => equal },
    };
    policy.set("PolicyDocument", map! { "Version" => "2012-10-17", "Statement" => vec![statement] });
    policy.set("Queues", vec![url.clone()]);
    Ok(policy)
}
