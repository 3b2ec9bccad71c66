//! Pulumi: programs are read without being run, and what they would register becomes declarations.
//!
//! A project is a folder with `Pulumi.yaml`. Its program is read to one tree ([`program`]), run abstractly
//! ([`interpret`]), and lowered to a [`Module`] ([`declare`]).

mod aliases;
mod declare;
pub mod engine;
pub mod interpret;
pub mod program;
pub mod project;
pub mod python;
pub mod typescript;

use ecow::{EcoString, eco_format};

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Block, Body, Module};
use crate::source::{SourceFile, Span};

/// The projects among the files of one version, each with a path that no other has and what its program would register.
pub fn read(files: &[&SourceFile], out: &mut Diagnostics) -> Vec<(EcoString, Module)> {
    project::find(files, out)
        .into_iter()
        .map(|project| {
            let mut outcome = match &project.document {
                Some(document) => interpret::run_yaml(&project.given, document, &project.components),
                None => interpret::run(&project.given),
            };
            out.extend(project.diagnostics);
            out.append(&mut outcome.diagnostics);
            note_components(&outcome, out);
            let mut module = declare::module(&outcome);
            module.backend = Some(stack(&project.given, project.span));
            let region = project.given.config.get("aws:region").and_then(|setting| setting.text.clone());
            if let (Some(region), Some(first)) = (region, module.resources.first()) {
                module.providers.push(declare::provider("aws", region, first.span));
            }
            (project.path, module)
        })
        .collect()
}

/// Where the state is kept, for other programs to refer to: project and stack.
fn stack(given: &interpret::Given, span: Span) -> Block {
    let labels = vec![given.project.clone(), given.stack.clone().unwrap_or_default()];
    Block { name: "pulumi".into(), span, header: span, labels, body: Body::default(), dynamic: None }
}

/// What the engine makes inside components whose source is elsewhere.
const INSIDE: &[(&str, &str)] = &[
    ("aws-apigateway:index:RestAPI", "a REST API, its stage and deployment, permissions, and buckets for local files"),
    ("awsx:cloudtrail:Trail", "a trail, and a bucket and log group unless given"),
    ("awsx:ec2:DefaultVpc", "nothing new: it looks up the default network"),
    ("awsx:ec2:Vpc", "a VPC, its subnets, route tables, internet gateway, and NAT gateways with addresses unless it is told otherwise"),
    ("awsx:ecr:Image", "an image, built and pushed"),
    ("awsx:ecr:Repository", "a repository and its lifecycle policy"),
    ("awsx:ecs:EC2Service", "a service, and a task definition, roles and log group unless given"),
    ("awsx:ecs:EC2TaskDefinition", "a task definition, roles and a log group"),
    ("awsx:ecs:FargateService", "a service, and a task definition, roles and log group unless given"),
    ("awsx:ecs:FargateTaskDefinition", "a task definition, roles and a log group"),
    ("awsx:lb:ApplicationLoadBalancer", "a load balancer, a listener, a target group, and a security group unless given"),
    ("awsx:lb:NetworkLoadBalancer", "a load balancer, a listener and a target group"),
    ("awsx:lb:TargetGroupAttachment", "an attachment, and a permission for a function"),
    ("eks:index:Cluster", "a cluster, its roles and security groups, and nodes unless it is told otherwise"),
    ("eks:index:ManagedNodeGroup", "a node group, and a launch template where settings need one"),
    ("eks:index:NodeGroup", "an auto scaling group, a launch configuration and security group rules"),
    ("eks:index:NodeGroupV2", "an auto scaling group, a launch template and security group rules"),
];

/// Says once of each type of component that the engine makes what is inside.
fn note_components(outcome: &interpret::Outcome, out: &mut Diagnostics) {
    let mut seen: Vec<&str> = Vec::new();
    let remote = outcome.resources.iter().filter(|it| it.kind == interpret::Kind::Remote);
    for resource in remote {
        if seen.contains(&resource.token.as_str()) {
            continue;
        }
        seen.push(&resource.token);
        let inside = INSIDE.iter().find(|(token, _)| *token == resource.token).map(|(_, inside)| *inside);
        let inside = inside.map_or_else(EcoString::new, |inside| eco_format!(" ({inside})"));
        let message = eco_format!(
            "`{}` is a component: the engine makes what is inside it{inside}; of that, neither resources nor costs are in this review",
            resource.token
        );
        out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("component-children", resource.span, message) });
    }
}
