//! Which format a file is, by name and content.

use super::cloudformation::stack_policy::is_stack_policy;
use super::cloudformation::{change_set, is_template};
use super::plan;

/// The formats Plumbline reads. Printed in `files[].kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `*.tf`, `*.tofu`, and both with `.json` behind.
    Terraform,
    /// `*.tfvars`, `*.tfvars.json`.
    TerraformVariables,
    /// `terraform show -json` of a plan.
    TerraformPlan,
    /// `terraform show -json` of a state.
    TerraformState,
    /// A CloudFormation template, SAM included, in YAML or JSON.
    CloudFormation,
    /// A part of a Pulumi project: its program, its configuration.
    Pulumi,
    /// `aws cloudformation describe-change-set`.
    ChangeSet,
    /// What `aws cloudformation set-stack-policy` takes.
    StackPolicy,
    /// `pulumi preview --json`, or the events of a preview or a run.
    PulumiPreview,
    /// `pulumi stack export`, or the checkpoint of a backend on disk.
    PulumiStack,
    /// Nothing Plumbline reads.
    Ignored,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Terraform => "terraform",
            Kind::TerraformVariables => "terraform-variables",
            Kind::TerraformPlan => "terraform-plan",
            Kind::TerraformState => "terraform-state",
            Kind::CloudFormation => "cloudformation",
            Kind::Pulumi => "pulumi",
            Kind::ChangeSet => "change-set",
            Kind::StackPolicy => "stack-policy",
            Kind::PulumiPreview => "pulumi-preview",
            Kind::PulumiStack => "pulumi-stack",
            Kind::Ignored => "ignored",
        }
    }
}

/// Says which format a file is. The name decides where it is clear; a text without a telling name is looked into.
pub fn kind_of(path: &str, text: &str) -> Kind {
    if is_fetched(path) && !path.contains(".terraform/modules/") {
        return Kind::Ignored;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(rest) = name.strip_prefix("Pulumi.").or_else(|| name.strip_prefix("PulumiPlugin."))
        && (rest.ends_with("yaml") || rest.ends_with("yml"))
    {
        return Kind::Pulumi;
    }
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        // Editors' copies, which Terraform passes over.
        Some("tf" | "tofu") if name.starts_with('.') => Kind::Ignored,
        Some("tf" | "tofu") => Kind::Terraform,
        Some("json") if name.ends_with(".tf.json") || name.ends_with(".tofu.json") => Kind::Terraform,
        Some("json") if name.ends_with(".tfvars.json") => Kind::TerraformVariables,
        Some("py") if imports_pulumi(text) => Kind::Pulumi,
        Some("ts" | "tsx" | "mts" | "cts" | "js" | "mjs" | "cjs") if imports_pulumi_javascript(text) => Kind::Pulumi,
        Some("tfvars") => Kind::TerraformVariables,
        None | Some("json" | "txt") if plan::is_recorded(text) => match plan::is_plan(text) {
            true => Kind::TerraformPlan,
            false => Kind::TerraformState,
        },
        None | Some("json" | "txt") if change_set::is_change_set(text) => Kind::ChangeSet,
        None | Some("json" | "txt") if is_stack_policy(text) => Kind::StackPolicy,
        None | Some("json" | "jsonl" | "ndjson" | "log" | "txt") if of_engine(text).is_some() => of_engine(text).unwrap_or(Kind::Ignored),
        Some("yaml" | "yml" | "json" | "template") if is_template(text) => Kind::CloudFormation,
        None | Some("txt") if !looks_like_terraform(text) && is_template(text) => Kind::CloudFormation,
        None | Some("txt") if looks_like_terraform(text) => Kind::Terraform,
        None | Some("txt") if imports_pulumi(text) || imports_pulumi_javascript(text) => Kind::Pulumi,
        _ => Kind::Ignored,
    }
}

/// What a file of this text would be called if it came without a name, as standard input does.
pub fn name_of(text: &str) -> &'static str {
    let program = || text.lines().any(|line| line.starts_with("runtime:")) && text.lines().any(|line| line.starts_with("name:"));
    match text.trim_start_matches('\u{feff}').trim_start().as_bytes().first() {
        Some(b'{') if kind_of("stdin", text) == Kind::Ignored && text.contains("\"resource\"") => "stdin.tf.json",
        Some(b'{') => "stdin.json",
        _ if of_engine(text).is_some() => "stdin.json",
        _ if imports_pulumi(text) => "stdin.py",
        _ if imports_pulumi_javascript(text) => "stdin.ts",
        _ if looks_like_terraform(text) => "stdin.tf",
        _ if program() => "Pulumi.yaml",
        _ if is_template(text) => "stdin.yaml",
        _ => "stdin.tf",
    }
}

/// What Pulumi's engine wrote: it names resources by URN. A command may have printed something before it.
fn of_engine(text: &str) -> Option<Kind> {
    const LOOKED_AT: usize = 200;
    let has = |mark: &str| text.contains(mark);
    let begins = |line: &str| line.trim_start_matches('\u{feff}').starts_with(['{', '[']);
    if !text.lines().take(LOOKED_AT).any(begins) || !has("\"urn:pulumi:") {
        return None;
    }
    match () {
        () if has("\"deployment\"") && has("\"manifest\"") || has("\"checkpoint\"") && (has("\"latest\"") || has("\"Latest\"")) => {
            Some(Kind::PulumiStack)
        }
        () if has("\"resourcePreEvent\"") || has("\"steps\"") && has("\"op\"") => Some(Kind::PulumiPreview),
        () => None,
    }
}

/// Whether a file lies where the tool keeps what it fetched.
pub fn is_fetched(path: &str) -> bool {
    path.split('/').any(|step| step == ".terraform")
}

/// Whether the name, and for a program its text, speak of Pulumi.
pub(super) fn may_be_pulumi(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    match extension {
        Some("yaml" | "yml") => name.starts_with("Pulumi.") || name.starts_with("PulumiPlugin."),
        Some("py" | "ts" | "tsx" | "mts" | "cts" | "js" | "mjs" | "cjs") => text.contains("pulumi"),
        None | Some("txt") => text.contains("import pulumi") || text.contains("@pulumi/"),
        _ => false,
    }
}

/// Whether a text in Python imports Pulumi or one of its libraries.
pub(super) fn imports_pulumi(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("import pulumi") || line.starts_with("from pulumi"))
}

/// Whether a text in TypeScript or JavaScript does.
pub(super) fn imports_pulumi_javascript(text: &str) -> bool {
    let marks = ["from \"@pulumi/", "from '@pulumi/", "require(\"@pulumi/", "require('@pulumi/"];
    text.contains("@pulumi/") && marks.iter().any(|mark| text.contains(mark))
}

/// Whether some line begins a block that only Terraform has: a pasted text has no name to go by.
fn looks_like_terraform(text: &str) -> bool {
    const LINES: usize = 400;
    text.lines().take(LINES).any(|line| {
        let mut words = line.splitn(2, [' ', '\t']);
        let (Some(word), Some(rest)) = (words.next(), words.next()) else { return false };
        let rest = rest.trim_start();
        match word {
            "resource" | "data" | "module" | "variable" | "output" | "provider" => rest.starts_with('"') && rest.contains('{'),
            "locals" | "terraform" => rest.starts_with('{'),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_and_content_helps_where_they_do_not() {
        let block = "# pasted\nresource \"aws_vpc\" \"main\" {\n}\n";
        assert_eq!(kind_of("infra/main.tf", ""), Kind::Terraform);
        assert_eq!(kind_of("main.tofu", ""), Kind::Terraform);
        assert_eq!(kind_of("infra/.#main.tf", ""), Kind::Ignored);
        assert_eq!(kind_of("prod.auto.tfvars", ""), Kind::TerraformVariables);
        assert_eq!(kind_of("infra/.terraform/providers/x/main.tf", block), Kind::Ignored);
        assert_eq!(kind_of(".terraform.lock.hcl", "provider \"registry.terraform.io/hashicorp/aws\" {\n}\n"), Kind::Ignored);
        assert_eq!(kind_of("pasted", block), Kind::Terraform);
        assert_eq!(kind_of("pasted.txt", "locals {\n}\n"), Kind::Terraform);
        assert_eq!(kind_of("README.md", block), Kind::Ignored);
        let urn = "urn:pulumi:s::p::a:b:C::n";
        assert_eq!(
            kind_of("p.json", &format!("Previewing\n{{\"steps\": [{{\"op\": \"same\", \"urn\": \"{urn}\"}}]}}")),
            Kind::PulumiPreview
        );
        assert_eq!(kind_of("s", &format!("{{\"deployment\": {{\"manifest\": {{}}, \"resources\": [\"{urn}\"]}}}}")), Kind::PulumiStack);
        assert_eq!(kind_of("x.json", &format!("{{\"a\": \"{urn}\"}}")), Kind::Ignored);
        for (text, name) in [
            (block, "stdin.tf"),
            ("a = 1\n", "stdin.tf"),
            ("import pulumi\n", "stdin.py"),
            ("import * as aws from \"@pulumi/aws\";\n", "stdin.ts"),
            ("name: shop\nruntime: yaml\n", "Pulumi.yaml"),
            ("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n", "stdin.yaml"),
            ("{\"Resources\": {\"Jobs\": {\"Type\": \"AWS::SQS::Queue\"}}}", "stdin.json"),
            ("{\"resource\": {\"aws_sqs_queue\": {\"jobs\": {}}}}", "stdin.tf.json"),
        ] {
            assert_eq!(name_of(text), name, "{text}");
        }
        assert_eq!(kind_of("notes.txt", "the resource \"x\" is big {\n"), Kind::Ignored);
    }
}
