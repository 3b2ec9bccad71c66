//! The serverless transform: what a template with `AWS::Serverless` resources becomes when it is deployed.
//!
//! Ids are those of the reference transform, hashes included; each generated resource keeps the span of what the
//! author wrote to cause it. The work is done on a tree of its own ([`value::Value`]), which the caller fills.

mod api;
mod connector;
mod deployment;
mod editor;
mod events;
mod function;
mod globals;
mod graphql;
mod http_api;
mod implicit;
mod intrinsics;
pub mod json;
mod location;
pub mod map;
mod marks;
mod policies;
mod references;
mod reject;
mod resource;
mod security;
mod shape;
mod shared;
mod small;
mod state_machine;
mod tables;
mod transform;
mod tree;
mod unpackaged;
pub mod value;
mod web_function;
mod websocket;

use map::Map;
pub use reject::Reject;
pub use tree::applied;
use value::Value;

/// What a template becomes.
#[derive(Debug)]
pub struct Transformed {
    /// The template with its resources and conditions replaced; Globals and Transform are gone.
    pub template: Map,
    /// What cannot be accepted. The resources of everything else are in the template all the same.
    pub rejects: Vec<Reject>,
}

/// Transforms a template for one region. `parameters` are the values that are known, beside the defaults.
pub fn transform(mut template: Map, parameters: &Map, region: &str) -> Transformed {
    match transform::run(&mut template, parameters, region) {
        Ok(sam) => {
            template.set("Resources", sam.output);
            if let Some(conditions) = sam.conditions {
                template.set("Conditions", conditions);
            }
            template.remove("Globals");
            template.remove("Transform");
            Transformed { template, rejects: sam.rejects }
        }
        Err(reject) => Transformed { template, rejects: vec![reject] },
    }
}

/// Whether a template needs the transform: it says so, or it has a serverless resource all the same.
pub fn is_serverless(template: &Map) -> bool {
    let named = |value: &Value| value.text().is_some_and(|text| text.starts_with("AWS::Serverless-"));
    let says =
        template.get("Transform").is_some_and(|transform| named(transform) || transform.list().is_some_and(|all| all.iter().any(named)));
    let resources = template.get("Resources").and_then(Value::map);
    says || resources
        .into_iter()
        .flat_map(Map::iter)
        .any(|entry| entry.value.get("Type").and_then(Value::text).is_some_and(|kind| kind.starts_with("AWS::Serverless::")))
}
