//! From code to resources: the folders and files that images, functions and objects are made of, and what runs them.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::{AffectedEntry, DependencyEntry, ResourceEntry, Review};
use crate::evaluate::code;
use crate::model::{Direction, Value};

/// Whether a resource is made of what lies at a path: a file or a folder, as the user names it.
pub(super) fn is_made_of(resource: &ResourceEntry, path: &str) -> bool {
    source_of(resource, path).is_some()
}

/// As which path a resource names the code that a path lies in.
fn source_of(resource: &ResourceEntry, path: &str) -> Option<EcoString> {
    code::source_of(&resource.native_type, &resource.attributes, &resource.source.file, &code::normal("", path))
}

/// Where nothing is made of a path, repositories of images that are called like one of its folders: the deepest counts.
pub(super) fn called_like(review: &Review, path: &str) -> Vec<usize> {
    let path = code::normal("", path);
    let steps: Vec<String> = path.split('/').map(plain).collect();
    for step in steps.iter().rev().filter(|step| step.len() > 2) {
        let called = |resource: &ResourceEntry| {
            let name = resource.attributes.get("name").or_else(|| resource.attributes.get("repository_name")).and_then(Value::as_text);
            let own = name.unwrap_or(&resource.name);
            resource.r#type == "aws_ecr_repository" && own.rsplit('/').next().is_some_and(|last| plain(last) == *step)
        };
        let found: Vec<usize> = review.resources.iter().enumerate().filter(|(_, it)| called(it)).map(|(at, _)| at).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// A name without what people change in it between code and infrastructure.
fn plain(name: &str) -> String {
    let name = name.strip_suffix("-repository").or_else(|| name.strip_suffix("_repository")).unwrap_or(name);
    name.chars().filter(|letter| letter.is_ascii_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// What is made of the code itself, nearest of all.
pub(super) fn made(review: &Review, starts: &[usize], of: &str) -> Vec<AffectedEntry> {
    let entry = |at: &usize| {
        let resource = review.resources.get(*at)?;
        let reason = match source_of(resource, of) {
            Some(written) => eco_format!("is made of {written}"),
            None => eco_format!("is called like a folder of {of}: its images are taken to be built there"),
        };
        Some(AffectedEntry {
            address: resource.address.clone(),
            distance: 0,
            direction: Direction::Downstream,
            path: vec![resource.address.clone()],
            effect: "is made anew".into(),
            reason,
        })
    };
    starts.iter().filter_map(entry).collect()
}

/// What the code runs with: what those in its reach name directly, such as roles, target groups and secrets, and the
/// policies of the roles.
pub(super) fn runs_with(review: &Review, reached: &[AffectedEntry]) -> Vec<AffectedEntry> {
    let mut known: BTreeSet<EcoString> = reached.iter().map(|it| it.address.clone()).collect();
    let mut found: Vec<AffectedEntry> = Vec::new();
    let mut edges: FxHashMap<&str, Vec<&DependencyEntry>> = FxHashMap::default();
    for edge in &review.dependencies {
        edges.entry(edge.from.as_str()).or_default().push(edge);
    }
    for reader in reached.iter().filter(|it| it.direction == Direction::Downstream) {
        for edge in edges.get(reader.address.as_str()).into_iter().flatten() {
            if known.insert(edge.to.clone()) {
                found.push(used(reader, edge));
            }
        }
    }
    let kinds: FxHashMap<&str, &str> = review.resources.iter().map(|it| (it.address.as_str(), it.r#type.as_str())).collect();
    let kind = |address: &str| kinds.get(address).copied().unwrap_or_default();
    let roles: Vec<AffectedEntry> = found.iter().filter(|it| kind(&it.address) == "aws_iam_role").cloned().collect();
    let policies: Vec<&DependencyEntry> =
        review.dependencies.iter().filter(|edge| kind(&edge.from).starts_with("aws_iam_role_policy")).collect();
    for role in &roles {
        for edge in policies.iter().filter(|edge| edge.to == role.address) {
            if known.insert(edge.from.clone()) {
                let mut path = role.path.clone();
                path.push(edge.from.clone());
                let reason = eco_format!("says what {} may do", super::reach::short(&role.address));
                found.push(AffectedEntry { address: edge.from.clone(), distance: role.distance + 1, path, reason, ..role.clone() });
            }
        }
    }
    found
}

fn used(reader: &AffectedEntry, edge: &DependencyEntry) -> AffectedEntry {
    let mut path = reader.path.clone();
    path.push(edge.to.clone());
    AffectedEntry {
        address: edge.to.clone(),
        distance: reader.distance + 1,
        direction: Direction::Upstream,
        path,
        effect: "is what the code runs with".into(),
        reason: super::reach::reason(edge, Direction::Upstream),
    }
}

#[cfg(test)]
mod tests {
    use crate::review::resolve;
    use crate::{Input, InputFile, review};

    #[test]
    fn a_file_of_code_leads_to_what_is_made_of_it() {
        let text = "import pulumi\nimport pulumi_aws as aws\nimport pulumi_docker as docker\n\
            image = docker.Image(\"auth\", build={\"context\": \"../applications/auth\"}, image_name=\"auth\")\n\
            code = pulumi.AssetArchive({\".\": pulumi.FileArchive(\"../functions/mail\")})\n\
            mail = aws.lambda_.Function(\"mail\", code=code)\n\
            aws.ecs.TaskDefinition(\"auth-task\", family=\"auth\", container_definitions=image.image_name)\n";
        let files = vec![InputFile::new("infrastructure/__main__.py", text.as_bytes())];
        let review = review(&Input { files, ..Input::default() });
        let of =
            |path: &str| -> Vec<String> { resolve(&review, path).into_iter().map(|at| review.resources[at].address.to_string()).collect() };
        assert_eq!(of("applications/auth/src/main.go"), ["docker:index/image:Image::auth"]);
        assert_eq!(of("applications/auth"), ["docker:index/image:Image::auth"]);
        assert_eq!(of("functions/mail/index.py"), ["aws:lambda/function:Function::mail"]);
        assert!(of("applications/authority/x").is_empty());
        assert_eq!(of("infrastructure/__main__.py").len(), 3);
        let affected = crate::review::reach(&review, "applications/auth/src/main.go");
        assert_eq!(affected[1].address, "aws:ecs/taskDefinition:TaskDefinition::auth-task");
    }
}
