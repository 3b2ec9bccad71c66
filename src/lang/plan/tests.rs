use crate::model::Action;
use crate::project::Project;
use crate::source::Version;
use crate::{InputFile, Review};

const PLAN: &str = r#"{
  "format_version": "1.2", "terraform_version": "1.9.5",
  "resource_changes": [
    {"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main",
     "provider_name": "registry.terraform.io/hashicorp/aws", "action_reason": "replace_because_cannot_update",
     "change": {"actions": ["delete", "create"],
       "before": {"engine": "mysql", "password": "hidden-one", "arn": "arn:1", "port": 3306, "tags": null},
       "after": {"engine": "postgres", "password": "hidden-two", "port": 3306, "tags": null},
       "after_unknown": {"arn": true}, "before_sensitive": {"password": true}, "after_sensitive": {"password": true},
       "replace_paths": [["engine"]]}},
    {"address": "module.app[\"a.b\"].aws_lambda_function.f", "module_address": "module.app[\"a.b\"]", "mode": "managed",
     "type": "aws_lambda_function", "name": "f", "previous_address": "aws_lambda_function.f",
     "change": {"actions": ["no-op"], "before": {"memory_size": 128}, "after": {"memory_size": 128}}},
    {"address": "aws_s3_bucket.gone[1]", "mode": "managed", "type": "aws_s3_bucket", "name": "gone", "index": 1,
     "action_reason": "delete_because_count_index",
     "change": {"actions": ["delete"], "before": {"bucket": "b"}, "after": null}},
    {"address": "aws_instance.w", "deposed": "ab12", "mode": "managed", "type": "aws_instance", "name": "w",
     "change": {"actions": ["delete"], "before": {"ami": "x"}, "after": null}},
    {"address": "aws_sqs_queue.left", "mode": "managed", "type": "aws_sqs_queue", "name": "left",
     "change": {"actions": ["forget"], "before": {"name": "q"}, "after": null}},
    {"address": "aws_sns_topic.taken", "mode": "managed", "type": "aws_sns_topic", "name": "taken",
     "change": {"actions": ["no-op"], "before": {"name": "t"}, "after": {"name": "t"}, "importing": {"id": "t"}}},
    {"address": "data.aws_ami.a", "mode": "data", "type": "aws_ami", "name": "a", "action_reason": "read_because_config_unknown",
     "change": {"actions": ["read"], "before": null, "after": {"owners": ["self"]}, "after_unknown": {"id": true}}}
  ],
  "resource_drift": [
    {"address": "aws_sqs_queue.left", "change": {"actions": ["update"], "before": {"name": "q", "d": 1}, "after": {"name": "q", "d": 2}}}
  ],
  "configuration": {
    "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
    "root_module": {
      "resources": [{"address": "aws_db_instance.main", "provider_config_key": "aws", "expressions": {}}],
      "module_calls": {"app": {
        "expressions": {"db": {"references": ["aws_db_instance.main.arn", "aws_db_instance.main"]}},
        "module": {"resources": [{"address": "aws_lambda_function.f",
          "expressions": {"environment": [{"variables": {"references": ["var.db"]}}]}}]}}}
    }
  }
}"#;

fn review(files: &[(Version, &str, &str)]) -> Review {
    let mut project = Project::default();
    for (version, path, text) in files {
        project.set_file(*version, InputFile::new(*path, text.as_bytes()));
    }
    project.review().clone()
}

fn changes(review: &Review) -> Vec<String> {
    let change = |it: &crate::review::ChangeEntry| format!("{:?} {}: {}", it.action, it.address, it.reason);
    review.changes.iter().map(change).collect()
}

#[test]
fn the_actions_of_a_plan_are_its_own() {
    let review = review(&[(Version::After, "plan.json", PLAN)]);
    assert_eq!(
        changes(&review),
        [
            "Replace aws_db_instance.main: `engine` cannot change in place: \"mysql\" → \"postgres\". With it, `password` changes.",
            "Delete aws_instance.w (deposed ab12): No file declares it any more.",
            "Delete aws_s3_bucket.gone[1]: `count` no longer reaches its index.",
            "Import aws_sns_topic.taken: Taken over as it is. Taken over into the state.",
            "Forget aws_sqs_queue.left: No longer managed here; nothing is destroyed.",
            "Read data.aws_ami.a: Its arguments are known only while applying.",
            "Move module.app[\"a.b\"].aws_lambda_function.f: Was aws_lambda_function.f.",
        ]
    );
    let database = &review.changes[0];
    assert_eq!(database.declared_by, crate::model::DeclaredBy::Plan);
    assert_eq!(database.because.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["engine", "password", "arn"]);
    assert!(!crate::report::json::json(&review).contains("hidden-"), "a sensitive value is never printed");
    let edges: Vec<String> = review.dependencies.iter().map(|it| format!("{} -> {} via {}", it.from, it.to, it.via)).collect();
    assert_eq!(edges, ["module.app[\"a.b\"].aws_lambda_function.f -> aws_db_instance.main via environment.0.variables"]);
    assert_eq!(review.resources.iter().find(|it| it.address == "aws_db_instance.main").unwrap().region.as_deref(), Some("eu-west-1"));
    let said: Vec<&str> = review.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said, ["aws_sqs_queue.left was changed outside of Terraform: d"]);
}

#[test]
fn sources_lend_a_plan_their_lines_and_edges() {
    let source = "\nresource \"aws_db_instance\" \"main\" {\n  engine = \"postgres\"\n  tags   = { q = aws_kms_key.k.arn }\n}\n";
    let review = review(&[(Version::After, "plan.json", PLAN), (Version::After, "main.tf", source)]);
    let change = review.changes.iter().find(|it| it.address == "aws_db_instance.main").unwrap();
    assert_eq!((change.action, change.source.file.as_str(), change.source.line), (Action::Replace, "main.tf", 2));
    assert_eq!((change.because[0].source.file.as_str(), change.because[0].source.line), ("main.tf", 3));
}

const STATE: &str = r#"{"format_version": "1.0", "terraform_version": "1.5.0", "values": {"root_module": {
  "resources": [
    {"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main",
     "provider_name": "registry.terraform.io/hashicorp/aws", "values": {"cidr_block": "10.0.0.0/16", "id": "vpc-1", "arn": "arn:x"}},
    {"address": "aws_subnet.a", "mode": "managed", "type": "aws_subnet", "name": "a",
     "values": {"vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24"}, "depends_on": ["aws_vpc.main"]}],
  "child_modules": [{"address": "module.m[0]", "resources": [
    {"address": "module.m[0].aws_sqs_queue.q[\"x\"]", "mode": "managed", "type": "aws_sqs_queue", "name": "q", "index": "x",
     "values": {"name": "q"}}]}]}}}"#;

#[test]
fn a_state_is_the_version_before() {
    let source = "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.1.0.0/16\"\n}\nresource \"aws_subnet\" \"b\" {\n  vpc_id = aws_vpc.main.id\n  cidr_block = \"10.0.1.0/24\"\n}\nmoved {\n  from = aws_subnet.a\n  to = aws_subnet.b\n}\n";
    for before in [Version::Before, Version::After] {
        let review = review(&[(before, "state.json", STATE), (Version::After, "main.tf", source)]);
        let actions: Vec<String> = review.changes.iter().map(|it| format!("{:?} {}", it.action, it.address)).collect();
        assert_eq!(actions, ["Replace aws_subnet.b", "Replace aws_vpc.main", "Delete module.m[0].aws_sqs_queue.q[\"x\"]"], "{before:?}");
    }
    let alone = review(&[(Version::After, "state.json", STATE)]);
    let addresses: Vec<&str> = alone.resources.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["aws_subnet.a", "aws_vpc.main", "module.m[0].aws_sqs_queue.q[\"x\"]"]);
    assert_eq!(alone.dependencies.len(), 1);
}

#[test]
fn what_the_tool_found_of_conditions_stands_at_their_lines() {
    let plan = r#"{"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": [], "checks": [
      {"address": {"kind": "check", "name": "n", "to_display": "check.n"}, "status": "fail", "instances": [
        {"address": {"to_display": "check.n"}, "status": "fail", "problems": [{"message": "n is 3"}]}]},
      {"address": {"kind": "resource", "to_display": "terraform_data.a"}, "status": "fail", "instances": [
        {"address": {"to_display": "terraform_data.a[0]"}, "status": "pass"},
        {"address": {"to_display": "terraform_data.a[1]"}, "status": "fail", "problems": [{"message": "too many"}]}]}]}"#;
    let source = "variable \"n\" {\n  default = 3\n}\ncheck \"n\" {\n  assert {\n    condition = var.n == 1\n    error_message = \"n is ${var.n}\"\n  }\n}\noutput \"n\" {\n  value = var.n\n  precondition {\n    condition = var.n == 1\n    error_message = \"with another value it holds\"\n  }\n}\n";
    let review = review(&[(Version::After, "plan.json", plan), (Version::After, "main.tf", source)]);
    let found: Vec<String> = review
        .findings
        .iter()
        .map(|it| format!("{:?} {} {} {}:{}", it.severity, it.address, it.message, it.source.file, it.source.line))
        .collect();
    assert_eq!(
        found,
        ["High terraform_data.a[1] It stops the run: too many plan.json:6", "Low check.n The check fails: n is 3 main.tf:6",]
    );
}

#[test]
fn a_plan_that_breaks_off_is_read_as_far_as_it_goes() {
    for end in (0..PLAN.len()).step_by(37) {
        review(&[(Version::After, "plan.json", &PLAN[..end])]);
    }
    let cut = PLAN.find("\"aws_s3_bucket.gone[1]\"").unwrap();
    let review = review(&[(Version::After, "plan.json", &PLAN[..cut])]);
    assert!(review.changes.iter().any(|it| it.address == "aws_db_instance.main"));
    assert!(!review.diagnostics.is_empty());
}
