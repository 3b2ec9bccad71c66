//! Pulumi's names for what the bridged provider of AWS makes: types by rule, with a table of what differs.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use crate::model::{Object, Resource, Value};

/// `module/name type-without-aws_-or-dash own=canonical ...` per line, sorted; what the rule gives is not listed.
/// Source: the schema of the provider, version 7, with the names of the Terraform provider it is made of.
const TABLE: &str = include_str!("../../../data/pulumi_aws.txt");

/// Modules whose types have no word of their own in the canonical name.
const BARE: &[&str] = &["ec2", "elb"];

/// Arguments whose keys are the user's own, not names of arguments.
const MAPS: &[&str] = &[
    "annotations",
    "common_tags",
    "default_tags",
    "dimensions",
    "environment_variables",
    "keepers",
    "labels",
    "parameters",
    "request_parameters",
    "response_parameters",
    "tags",
    "tags_all",
    "triggers",
    "variables",
];

/// `aws:ec2/vpc:Vpc` is `aws_vpc`; `None` for what is no type of this provider.
pub fn canonical_type(token: &str) -> Option<EcoString> {
    if let Some((package, "index", name)) = token.split_once(':').and_then(|(package, rest)| {
        let (module, name) = rest.split_once(':')?.0.split_once('/')?;
        Some((package, module, name))
    }) && let Some(kind) = of_utility(package, name)
    {
        return Some(kind);
    }
    let (module, name) = parts(token)?;
    match row(module, name).and_then(|row| row.split(' ').nth(1)) {
        None | Some("-") if BARE.contains(&module) => Some(eco_format!("aws_{}", snake(name))),
        None | Some("-") => Some(eco_format!("aws_{}_{}", module.to_ascii_lowercase(), snake(name))),
        Some(listed) => Some(eco_format!("aws_{listed}")),
    }
}

/// Types of small providers that are bridged too. Pulumi's own image of Docker is none of them.
fn of_utility(package: &str, name: &str) -> Option<EcoString> {
    match (package, name) {
        ("docker", "image") => None,
        ("docker", "remoteImage") => Some("docker_image".into()),
        ("docker", "serviceConfig") => Some("docker_config".into()),
        ("docker" | "tls", name) => Some(eco_format!("{package}_{}", snake(name))),
        ("random", name) if name.starts_with("random") => Some(snake(name)),
        _ => None,
    }
}

/// `kubernetes:apps/v1:Deployment` is `kubernetes_deployment` to the Terraform provider, whose arguments are others.
pub fn kubernetes_name(token: &str) -> Option<EcoString> {
    let (_, kind) = token.strip_prefix("kubernetes:")?.rsplit_once(':')?;
    let mut name = String::from(kind);
    name.get_mut(..1)?.make_ascii_lowercase();
    Some(eco_format!("kubernetes_{}", snake(&name)))
}

/// Gives a resource its canonical type and names of arguments.
pub fn translate(resource: &mut Resource) {
    // What a preview leaves out comes from the program, and is translated already.
    if resource.r#type != resource.native_type {
        return;
    }
    let Some(kind) = canonical_type(&resource.native_type) else { return };
    let row = parts(&resource.native_type).and_then(|(module, name)| row(module, name)).unwrap_or_default();
    let mut into = Object::default();
    for (name, value) in resource.attributes.iter() {
        let spelled = snake(name);
        let listed = row.split(' ').skip(2).find_map(|word| word.strip_prefix(spelled.as_str())?.strip_prefix('='));
        let value = if MAPS.contains(&spelled.as_str()) { value.clone() } else { nested(value) };
        into.insert(listed.map_or(spelled, EcoString::from), value);
    }
    resource.attributes = Arc::new(into);
    resource.r#type = kind;
    let Resource { ignore_changes, replace_on_changes, native_type, .. } = resource;
    for name in ignore_changes.make_mut().iter_mut().chain(replace_on_changes.make_mut()) {
        *name = path(native_type, name);
    }
}

/// The canonical path of an argument: its first name may be another.
pub fn path(token: &str, path: &str) -> EcoString {
    let row = parts(token).and_then(|(module, name)| row(module, name)).unwrap_or_default();
    let first = path.split('.').next().unwrap_or(path);
    let listed = row.split(' ').skip(2).find_map(|word| word.strip_prefix(first)?.strip_prefix('='));
    let steps = path.split('.').enumerate().map(|(at, step)| match (at, listed) {
        (0, Some(listed)) => EcoString::from(listed),
        _ => snake(step),
    });
    steps.collect::<Vec<_>>().join(".").into()
}

fn nested(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::list(items.iter().map(nested).collect::<Vec<_>>()),
        Value::Object(object) => {
            let mut into = Object::default();
            for (name, value) in object.iter() {
                let spelled = snake(name);
                let value = if MAPS.contains(&spelled.as_str()) { value.clone() } else { nested(value) };
                into.insert(spelled, value);
            }
            Value::Object(Arc::new(into))
        }
        other => other.clone(),
    }
}

fn parts(token: &str) -> Option<(&str, &str)> {
    token.strip_prefix("aws:")?.split_once(':')?.0.split_once('/')
}

fn row(module: &str, name: &str) -> Option<&'static str> {
    let wanted = eco_format!("{module}/{name}");
    let first = |line: &'static str| line.split(' ').next().unwrap_or_default();
    TABLE.lines().find(|line| first(line) == wanted)
}

/// `cidrBlock` is `cidr_block`; what is not in that spelling is the user's own and stays.
fn snake(name: &str) -> EcoString {
    let camel = name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(|letter| letter.is_ascii_alphanumeric());
    if !camel {
        return name.into();
    }
    let mut out = EcoString::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_the_rule_or_the_table() {
        let of = |token: &str| canonical_type(token).unwrap_or_default();
        assert_eq!(of("aws:ec2/vpc:Vpc"), "aws_vpc");
        assert_eq!(of("aws:ec2/eip:Eip"), "aws_eip");
        assert_eq!(of("aws:rds/instance:Instance"), "aws_db_instance");
        assert_eq!(of("aws:rds/cluster:Cluster"), "aws_rds_cluster");
        assert_eq!(of("aws:lb/targetGroup:TargetGroup"), "aws_lb_target_group");
        assert_eq!(of("aws:cloudwatch/logGroup:LogGroup"), "aws_cloudwatch_log_group");
        assert_eq!(of("aws:lambda/function:Function"), "aws_lambda_function");
        assert_eq!(of("aws:apigateway/restApi:RestApi"), "aws_api_gateway_rest_api");
        assert_eq!(of("aws:sqs/queue:Queue"), "aws_sqs_queue");
        assert_eq!(of("aws:s3/bucketV2:BucketV2"), "aws_s3_bucket");
        assert!(canonical_type("pulumi:providers:aws").is_none() && canonical_type("docker:index/image:Image").is_none());
        assert_eq!(of("random:index/randomId:RandomId"), "random_id");
        assert_eq!(of("tls:index/privateKey:PrivateKey"), "tls_private_key");
        assert_eq!(of("docker:index/remoteImage:RemoteImage"), "docker_image");
        assert_eq!(of("docker:index/container:Container"), "docker_container");
    }

    #[test]
    fn the_table_is_sorted_and_its_rows_are_whole() {
        let names: Vec<&str> = TABLE.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(names.is_sorted());
        for line in TABLE.lines() {
            assert!(line.split(' ').nth(1).is_some() && line.split(' ').skip(2).all(|word| word.contains('=')), "{line}");
        }
    }
}
