//! "If this is modified, what is affected?": the answer in words, with what is in reach and why.

use std::collections::BTreeSet;

use ecow::{EcoString, eco_format};
use serde::Serialize;
use tsify::Tsify;

use super::{AffectedEntry, ResourceMode, Review, reach, resolve};
use crate::evaluate::code;
use crate::model::Direction;

/// The names that a refusal suggests.
const SUGGESTIONS: usize = 3;
/// More paths than anyone reads through.
const MOST_PATHS: usize = 200;

/// An answer to "if this is modified, what is affected?".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
pub struct Asked {
    /// What is in reach, in one sentence; or that nothing has this name.
    #[tsify(type = "string")]
    pub sentence: EcoString,
    /// What it needs itself; empty where nothing has this name.
    #[tsify(type = "string")]
    pub reason: EcoString,
    /// The resources that the name stands for: an address, a file, a line of a file, or a path of code.
    #[tsify(type = "string[]")]
    pub named: Vec<EcoString>,
    /// What depends on them, then what they need, nearest first.
    pub affected: Vec<AffectedEntry>,
    /// Names that are like this one, where nothing has it.
    #[tsify(type = "string[]")]
    pub near: Vec<EcoString>,
    /// The paths of code that the review's resources are made of: what can be asked about beside addresses and files.
    #[tsify(type = "string[]")]
    pub code: Vec<EcoString>,
}

/// Asks a review about an address, a file, a line of a file (`main.tf:12`) or a path of code.
pub fn ask(review: &Review, of: &str) -> Asked {
    let of = of.trim();
    let named: Vec<EcoString> =
        resolve(review, of).into_iter().filter_map(|at| review.resources.get(at)).map(|entry| entry.address.clone()).collect();
    let code = code_paths(review);
    if of.is_empty() {
        return Asked { code, ..Asked::default() };
    }
    if named.is_empty() {
        let (near, sentence) = (near(review, &code, of), eco_format!("Nothing here is called {of}."));
        return Asked { sentence, near, code, ..Asked::default() };
    }
    let affected = reach(review, of);
    let (sentence, reason) = words(&affected, &named, of);
    Asked { sentence, reason, named, affected, near: Vec::new(), code }
}

fn words(affected: &[AffectedEntry], named: &[EcoString], of: &str) -> (EcoString, EcoString) {
    let within = |direction| affected.iter().filter(move |entry| entry.direction == direction);
    let (down, up) = (within(Direction::Downstream).count(), within(Direction::Upstream).count());
    let farthest = within(Direction::Downstream).map(|entry| entry.distance).max().unwrap_or(0);
    let made = affected.iter().filter(|entry| entry.distance == 0).count();
    if made > 0 {
        let is = |count: usize| if count == 1 { eco_format!("1 resource is") } else { eco_format!("{count} resources are") };
        let rest = match (down - made, farthest) {
            (0, _) => eco_format!("nothing else here depends on that"),
            (more, 1) => eco_format!("{more} more in reach of that, directly"),
            (more, _) => eco_format!("{more} more in reach of that, to {farthest} steps"),
        };
        let with =
            if up == 0 { "They run with nothing that is declared here.".into() } else { eco_format!("{} what they run with.", is(up)) };
        return (eco_format!("{} made of {of}, {rest}.", is(made)), with);
    }
    let what = match named {
        [one] => eco_format!("`{one}`"),
        several => eco_format!("`{of}` ({} resources)", several.len()),
    };
    let sentence = match (down, farthest) {
        (0, _) => eco_format!("Nothing here depends on {what}."),
        (1, _) => eco_format!("1 resource is in reach of {what}."),
        (_, 1) => eco_format!("{down} resources are in reach of {what}, all of them directly."),
        _ => eco_format!("{down} resources are in reach of {what}, to {farthest} steps."),
    };
    let reason = match up {
        0 => "It needs nothing that is declared here.".into(),
        1 => "It needs 1 resource.".into(),
        _ => eco_format!("It needs {up} resources."),
    };
    (sentence, reason)
}

/// Addresses and paths that have the last part of a name in them.
fn near(review: &Review, code: &[EcoString], of: &str) -> Vec<EcoString> {
    let part = of.trim_end_matches('/').rsplit(['.', '/', ':']).next().unwrap_or(of);
    let names = code.iter().chain(review.resources.iter().map(|entry| &entry.address));
    names.filter(|name| !part.is_empty() && name.contains(part)).take(SUGGESTIONS).cloned().collect()
}

/// The paths that resources name as what they are made of, as a path from the project's own folder.
fn code_paths(review: &Review) -> Vec<EcoString> {
    let mut found = BTreeSet::new();
    for resource in review.resources.iter().filter(|it| it.mode == ResourceMode::Managed || it.mode == ResourceMode::Data) {
        code::each_path(&resource.native_type, &resource.attributes, &mut |written| {
            // A word alone may be a place of a cloud; `arn:…` and `https:…` are no paths here.
            if written.contains('/') && !written.starts_with('/') && !written.contains([':', ' ', '$']) {
                found.insert(EcoString::from(code::normal("", written)));
            }
        });
    }
    found.retain(|path| !path.is_empty());
    found.into_iter().take(MOST_PATHS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, InputFile, review};

    fn reviewed(path: &str, text: &str) -> Review {
        review(&Input { files: vec![InputFile::new(path, text.as_bytes())], ..Input::default() })
    }

    #[test]
    fn a_path_of_code_is_answered_with_what_is_made_of_it_what_uses_that_and_what_it_runs_with() {
        let review = reviewed(
            "infrastructure/__main__.py",
            "import pulumi_aws as aws\nimport pulumi_docker as docker\n\
             role = aws.iam.Role(\"auth\", assume_role_policy=\"{}\")\n\
             image = docker.Image(\"auth\", build={\"context\": \"../applications/auth\"}, image_name=\"auth\")\n\
             aws.ecs.TaskDefinition(\"auth\", family=\"auth\", container_definitions=image.image_name, task_role_arn=role.arn)\n",
        );
        let asked = ask(&review, "applications/auth/");
        let seen: Vec<(u32, &str)> = asked.affected.iter().map(|it| (it.distance, it.address.as_str())).collect();
        let expected =
            [(0, "docker:index/image:Image::auth"), (1, "aws:ecs/taskDefinition:TaskDefinition::auth"), (2, "aws:iam/role:Role::auth")];
        assert_eq!(seen, expected);
        assert_eq!(asked.sentence, "1 resource is made of applications/auth/, 1 more in reach of that, directly.");
        assert_eq!(asked.reason, "1 resource is what they run with.");
        assert_eq!(asked.code, ["applications/auth"]);
    }

    #[test]
    fn what_nothing_is_called_gets_names_that_are_like_it() {
        let review = reviewed("main.tf", "resource \"aws_sqs_queue\" \"jobs\" {}\n");
        let asked = ask(&review, "aws_sqs_queue.job");
        assert_eq!((asked.sentence.as_str(), asked.affected.len()), ("Nothing here is called aws_sqs_queue.job.", 0));
        assert_eq!(asked.near, ["aws_sqs_queue.jobs"]);
        assert_eq!(ask(&review, " "), Asked::default());
        assert_eq!(ask(&review, "aws_sqs_queue.jobs").sentence, "Nothing here depends on `aws_sqs_queue.jobs`.");
    }

    #[test]
    fn places_of_a_cloud_and_addresses_of_the_web_are_no_paths_of_code() {
        let review = reviewed(
            "main.tf",
            "resource \"a_b\" \"c\" {\n  location = \"westeurope\"\n  source = \"https://example.com/a.zip\"\n  source_dir = \"./src/jobs\"\n}\n",
        );
        assert_eq!(ask(&review, "").code, ["src/jobs"]);
    }
}
