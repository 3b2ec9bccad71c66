//! What the AWS library for JavaScript makes of a function of the program: a Lambda function with its role, and the
//! subscriptions that call it.

use ecow::{EcoString, eco_format};
use sha1::{Digest as _, Sha1};

use super::library::entries_of;
use crate::lang::pulumi::interpret::registry::{Input, Kind};
use crate::lang::pulumi::interpret::value::{Dict, ResourceId, Value};
use crate::lang::pulumi::interpret::{Args, Interpreter, Result};
use crate::source::Span;

/// Policies of a function that names none.
const POLICIES: &[&str] = &[
    "AWSLambda_FullAccess",
    "CloudWatchFullAccessV2",
    "CloudWatchEventsFullAccess",
    "AmazonS3FullAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonSQSFullAccess",
    "AmazonKinesisFullAccess",
    "AmazonCognitoPowerUser",
    "AWSXrayWriteOnlyAccess",
];

type Inputs = Vec<(&'static str, Value)>;

fn register(
    interpreter: &mut Interpreter<'_>,
    token: &str,
    name: &Value,
    inputs: Inputs,
    options: &Value,
    span: Span,
) -> Result<ResourceId> {
    let kind = if token.contains('/') { Kind::Custom } else { Kind::Component };
    let inputs = inputs.into_iter().filter(|(_, value)| !value.is_nothing());
    let inputs = inputs.map(|(name, value)| (EcoString::from(name), Input { value, span })).collect();
    interpreter.register(kind, token.into(), name.clone(), inputs, Some(options), span)
}

fn part(of: &Value, name: &str) -> Value {
    match of {
        Value::Dict(dict) => dict.borrow().get(name).cloned().unwrap_or(Value::Undefined),
        _ => Value::Undefined,
    }
}

/// `new aws.lambda.CallbackFunction(name, args, opts)`.
pub fn callback_function(interpreter: &mut Interpreter<'_>, args: &Args, span: Span) -> Result<ResourceId> {
    let name = args.first().cloned().unwrap_or(Value::Undefined);
    let given = args.positional.get(1).cloned().unwrap_or(Value::Undefined);
    let options = args.positional.get(2).cloned().unwrap_or(Value::Undefined);
    let role = match part(&given, "role") {
        Value::Undefined => {
            let policy = Value::text(
                r#"{"Version":"2012-10-17","Statement":[{"Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"},"Effect":"Allow","Sid":""}]}"#,
            );
            let role = register(interpreter, "aws:iam/role:Role", &name, vec![("assumeRolePolicy", policy)], &options, span)?;
            for (key, policy) in policies(&part(&given, "policies")) {
                let attached = Value::template(vec![name.clone(), Value::text("-"), key]);
                let inputs = vec![("role", Value::attribute(role, "name")), ("policyArn", policy)];
                register(interpreter, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", &attached, inputs, &options, span)?;
            }
            Value::attribute(role, "arn")
        }
        own => own.as_resource().filter(|_| !matches!(own, Value::Output(_))).map_or(own, |role| Value::attribute(role, "arn")),
    };
    let mut inputs: Vec<(EcoString, Value)> = entries_of(&given).unwrap_or_default();
    inputs.retain(|(name, _)| !matches!(name.as_str(), "callback" | "callbackFactory" | "policies" | "role" | "codePathOptions"));
    let timeout = part(&given, "timeout");
    let timeout = if timeout.is_nothing() { Value::Int(180) } else { timeout };
    let runtime = part(&given, "runtime");
    let runtime = if runtime.is_nothing() { Value::text("nodejs22.x") } else { runtime };
    let code = Value::unsupported("the code of a function of the program", Default::default());
    inputs.extend(
        [("role", role), ("timeout", timeout), ("runtime", runtime), ("code", code), ("handler", Value::text("__index.handler"))]
            .map(|(name, value)| (EcoString::from(name), value)),
    );
    let inputs = inputs.into_iter().filter(|(_, value)| !value.is_nothing()).map(|(name, value)| (name, Input { value, span })).collect();
    interpreter.register(Kind::Custom, "aws:lambda/function:Function".into(), name, inputs, Some(&options), span)
}

/// Pairs of what the attachment's name ends with, and the policy.
fn policies(given: &Value) -> Vec<(Value, Value)> {
    let hashed = |policy: Value| {
        let key = match &policy {
            Value::Text(arn) => Value::Text(short_hash(arn)),
            _ => Value::unsupported("a policy that is not known", Default::default()),
        };
        (key, policy)
    };
    match given {
        Value::List(items) => items.borrow().iter().cloned().map(hashed).collect(),
        Value::Dict(dict) => dict.borrow().iter().map(|(key, value)| (Value::Text(key.clone()), value.clone())).collect(),
        _ => POLICIES.iter().map(|name| hashed(Value::Text(eco_format!("arn:aws:iam::aws:policy/{name}")))).collect(),
    }
}

fn short_hash(text: &str) -> EcoString {
    Sha1::digest(text.as_bytes()).iter().take(4).map(|byte| eco_format!("{byte:02x}")).collect::<Vec<_>>().concat().into()
}

/// Whether a member is one that subscribes a function to a resource.
pub fn subscribes(name: &str) -> bool {
    matches!(name, "onEvent" | "onObjectCreated" | "onObjectRemoved" | "onDecodedEvent")
}

/// `topic.onEvent(name, handler, args, opts)` and its like; `None` for resources that have none.
pub fn subscription(interpreter: &mut Interpreter<'_>, of: ResourceId, args: &Args, span: Span) -> Result<Option<Value>> {
    let Some(resource) = interpreter.resources.get(of as usize) else { return Ok(None) };
    let token = resource.token.clone();
    let (component, principal, source) = match token.as_str() {
        "aws:sns/topic:Topic" => ("aws:sns:TopicEventSubscription", "sns", "id"),
        "aws:sqs/queue:Queue" => ("aws:sqs:QueueEventSubscription", "sqs", "arn"),
        "aws:dynamodb/table:Table" => ("aws:dynamodb:TableEventSubscription", "dynamodb", "streamArn"),
        "aws:cloudwatch/eventRule:EventRule" => ("aws:cloudwatch:EventRuleEventSubscription", "events", "arn"),
        "aws:s3/bucket:Bucket" => ("aws:s3:BucketEventSubscription", "s3", "arn"),
        _ => return Ok(None),
    };
    let name = args.first().cloned().unwrap_or(Value::Undefined);
    let mut options = Dict::default();
    options.insert("parent".into(), Value::Resource(of));
    interpreter.spread_into(&mut options, args.positional.get(3).unwrap_or(&Value::Undefined));
    let this = register(interpreter, component, &name, Vec::new(), &Value::dict(options), span)?;
    subscribed(interpreter, this, of, &name, args, (principal, source), span)?;
    Ok(Some(Value::Resource(this)))
}

/// `aws.cloudwatch.onSchedule(name, schedule, handler, args, opts)`.
pub fn schedule(interpreter: &mut Interpreter<'_>, args: &Args, span: Span) -> Result<Value> {
    let name = args.first().cloned().unwrap_or(Value::Undefined);
    let rule = args.positional.get(1).cloned().unwrap_or(Value::Undefined);
    let rest = Args::of([name.clone()].into_iter().chain(args.positional.iter().skip(2).cloned()).collect());
    if let Some(rule) = rule.as_resource() {
        return Ok(subscription(interpreter, rule, &rest, span)?.unwrap_or(Value::Undefined));
    }
    let options = args.positional.get(4).cloned().unwrap_or(Value::Undefined);
    let this = register(interpreter, "aws:cloudwatch:EventRuleEventSubscription", &name, Vec::new(), &options, span)?;
    let inputs = vec![("scheduleExpression", rule)];
    let rule = register(interpreter, "aws:cloudwatch/eventRule:EventRule", &name, inputs, &below(this), span)?;
    subscribed(interpreter, this, rule, &name, &rest, ("events", "arn"), span)?;
    Ok(Value::Resource(this))
}

fn below(parent: ResourceId) -> Value {
    Value::dict([(EcoString::from("parent"), Value::Resource(parent))].into_iter().collect())
}

/// The function, its permission, and what joins it to its source.
fn subscribed(
    interpreter: &mut Interpreter<'_>,
    this: ResourceId,
    of: ResourceId,
    name: &Value,
    args: &Args,
    (principal, source): (&str, &str),
    span: Span,
) -> Result<()> {
    let options = below(this);
    let handler = args.positional.get(1).cloned().unwrap_or(Value::Undefined);
    let function = match handler.as_resource() {
        Some(function) => function,
        None => callback_function(interpreter, &Args::of(vec![name.clone(), Value::Undefined, options.clone()]), span)?,
    };
    let source = Value::attribute(of, source);
    let (function_name, function_arn) = (Value::attribute(function, "name"), Value::attribute(function, "arn"));
    let permission = vec![
        ("action", Value::text("lambda:InvokeFunction")),
        ("function", function_name.clone()),
        ("principal", Value::Text(eco_format!("{principal}.amazonaws.com"))),
        ("sourceArn", source.clone()),
    ];
    let permission = register(interpreter, "aws:lambda/permission:Permission", name, permission, &options, span)?;
    let (token, inputs, options) = match principal {
        "sns" => (
            "aws:sns/topicSubscription:TopicSubscription",
            vec![("topic", source), ("protocol", Value::text("lambda")), ("endpoint", function_arn)],
            options,
        ),
        "events" => (
            "aws:cloudwatch/eventTarget:EventTarget",
            vec![
                ("rule", Value::attribute(of, "name")),
                ("arn", function_arn),
                ("targetId", name.clone()),
                ("eventBusName", Value::attribute(of, "eventBusName")),
            ],
            options,
        ),
        "s3" => {
            let entry = [(EcoString::from("lambdaFunctionArn"), function_arn)].into_iter().collect();
            let functions = Value::list(vec![Value::dict(entry)]);
            let options = [("parent", Value::Resource(of)), ("dependsOn", Value::list(vec![Value::Resource(permission)]))];
            let options = Value::dict(options.map(|(name, value)| (EcoString::from(name), value)).into_iter().collect());
            let inputs = vec![("bucket", Value::attribute(of, "id")), ("lambdaFunctions", functions)];
            ("aws:s3/bucketNotification:BucketNotification", inputs, options)
        }
        _ => (
            "aws:lambda/eventSourceMapping:EventSourceMapping",
            vec![("enabled", Value::Bool(true)), ("eventSourceArn", source), ("functionName", function_name)],
            options,
        ),
    };
    // Arguments of the subscription go to what joins.
    let given = args.positional.get(2).map(|given| entries_of(given).unwrap_or_default()).unwrap_or_default();
    let mut all: Vec<(EcoString, Value)> = if principal == "s3" { Vec::new() } else { given };
    all.extend(inputs.into_iter().map(|(name, value)| (EcoString::from(name), value)));
    let all = all.into_iter().filter(|(_, value)| !value.is_nothing()).map(|(name, value)| (name, Input { value, span })).collect();
    interpreter.register(Kind::Custom, token.into(), name.clone(), all, Some(&options), span)?;
    Ok(())
}

/// Managed policies whose ARN is not under the plain path.
const SERVICE_ROLES: &[&str] = &[
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaKinesisExecutionRole",
    "AWSLambdaRole",
    "AmazonECSTaskExecutionRolePolicy",
    "AmazonEC2ContainerServiceforEC2Role",
];

/// `aws.iam.ManagedPolicy.Name`.
pub fn managed_policy(name: &str) -> EcoString {
    let path = if SERVICE_ROLES.contains(&name) { "service-role/" } else { "" };
    let name = if name == "LambdaFullAccess" { "AWSLambda_FullAccess" } else { name };
    eco_format!("arn:aws:iam::aws:policy/{path}{name}")
}
