//! The command line through the real binary: files in, text and exit status out.

// A helper outside a test function may fail a test as well as the function itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BUCKET: &str = "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"a\"\n}\n";
const GROUP: &str = "resource \"aws_cloudwatch_log_group\" \"a\" {\n  name = \"a\"\n}\n";
const OPEN: &str = "resource \"aws_vpc_security_group_ingress_rule\" \"a\" {\n  ip_protocol = \"tcp\"\n  from_port = 5432\n  to_port = 5432\n  cidr_ipv4 = \"0.0.0.0/0\"\n}\n";

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn with(self, path: &str, text: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plumbline"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A child that does not read its input closes the pipe; that is its right.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::from(child.wait_with_output().unwrap())
    }
}

struct Ran {
    out: String,
    err: String,
    status: i32,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { out: text(output.stdout), err: text(output.stderr), status: output.status.code().unwrap_or(-1) }
    }
}

impl Ran {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    fn texts(&self, list: &str, field: &str) -> Vec<String> {
        let json = self.json();
        json[list].as_array().unwrap().iter().map(|entry| entry[field].as_str().unwrap().to_string()).collect()
    }

    fn addresses(&self) -> Vec<String> {
        self.texts("resources", "address")
    }
}

#[test]
fn a_module_is_reviewed_without_its_examples_and_an_example_with_its_module() {
    let folder = Folder::new("examples")
        .with("main.tf", "resource \"aws_vpc\" \"this\" {}\n")
        .with("examples/one/main.tf", "module \"it\" { source = \"../../\" }\nresource \"aws_eip\" \"one\" {}\n")
        .with("examples/two/main.tf.json", r#"{"module": {"it": {"source": "../one"}}}"#)
        .with("other/main.tf", "resource \"aws_eip\" \"other\" {}\n");
    let module = folder.run(&["review", ".", "--format", "json"]);
    assert_eq!(module.addresses(), ["aws_vpc.this", "other//aws_eip.other"]);
    let notes = module.texts("diagnostics", "message");
    assert!(notes.len() == 1 && notes[0].ends_with("name it to review it"), "{notes:?}");
    let example = folder.run(&["review", "examples/one", "--format", "json"]);
    assert_eq!(example.addresses(), ["aws_eip.one", "module.it.aws_vpc.this"]);
    let outer = folder.run(&["review", "examples/two", "--format", "json"]);
    assert_eq!(outer.addresses(), ["module.it.aws_eip.one", "module.it.module.it.aws_vpc.this"]);
    let both = folder.run(&["review", "examples", "--format", "json"]);
    assert_eq!(both.addresses(), ["module.it.aws_eip.one", "module.it.module.it.aws_vpc.this"]);
}

#[test]
fn a_folder_can_stand_for_a_module_from_elsewhere() {
    let call = "module \"net\" {\n  source = \"acme/net/aws\"\n  version = \"1.0.0\"\n  cidr = \"10.0.0.0/16\"\n}\n";
    let deep = "module \"in\" {\n  source = \"acme/net/aws//modules/in\"\n}\n";
    let folder = Folder::new("module-option")
        .with("root/main.tf", format!("{call}{deep}"))
        .with("got/net/main.tf", "variable \"cidr\" {}\nresource \"aws_vpc\" \"this\" {\n  cidr_block = var.cidr\n}\n")
        .with("got/net/modules/in/main.tf", "resource \"aws_eip\" \"in\" {}\n")
        .with("got/net/examples/all/main.tf", "resource \"aws_eip\" \"example\" {}\n");
    let asked = folder.run(&["review", "root", "--format", "json"]);
    assert_eq!(asked.addresses(), ["module.in", "module.net"]);
    assert_eq!(asked.texts("not_known", "wants"), ["acme/net/aws", "acme/net/aws//modules/in"]);
    let given = folder.run(&["review", "root", "--module", "acme/net/aws=got/net", "--format", "json"]);
    assert_eq!(given.addresses(), ["module.in.aws_eip.in", "module.net.aws_vpc.this"]);
    assert_eq!(given.json()["resources"][1]["source"]["file"], "got/net/main.tf");
    assert_eq!(given.json()["resources"][1]["attributes"]["cidr_block"], "10.0.0.0/16");
    assert_eq!(given.texts("not_known", "what"), [""; 0]);
    assert_eq!(given.json()["diagnostics"].as_array().unwrap().len(), 0);
    let wrong = folder.run(&["review", "root", "--module", "acme/net/aws=nowhere"]);
    assert!(wrong.status == 2 && wrong.err.contains("nowhere is no folder"), "{}", wrong.err);
}

#[test]
fn a_file_a_folder_and_standard_input_give_the_same_resources() {
    let folder = Folder::new("inputs").with("infra/main.tf", BUCKET);
    let wanted = ["aws_s3_bucket.a"];
    assert_eq!(folder.run(&["review", "infra", "--format", "json"]).addresses(), wanted);
    assert_eq!(folder.run(&["review", "infra/main.tf", "--format", "json"]).addresses(), wanted);
    assert_eq!(folder.run_with(&["review", "-", "--format", "json"], BUCKET).addresses(), wanted);
}

#[test]
fn standard_input_is_what_its_text_says() {
    let folder = Folder::new("standard-input");
    let program = "import pulumi_aws as aws\njobs = aws.sqs.Queue('jobs')\n";
    assert_eq!(folder.run_with(&["review", "-", "--format", "json"], program).addresses(), ["aws:sqs/queue:Queue::jobs"]);
    let template = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n";
    assert_eq!(folder.run_with(&["review", "-", "--format", "json"], template).addresses(), ["Jobs"]);
    let named = folder.run_with(&["review", "-", "--stdin-name", "a.py", "--format", "json"], program);
    assert_eq!(named.texts("files", "path"), ["a.py"]);
}

#[test]
fn what_tools_fetched_is_left_out() {
    let folder = Folder::new("fetched")
        .with("main.tf", BUCKET)
        .with(".terraform/modules/x/main.tf", GROUP)
        .with("node_modules/x/main.tf", GROUP)
        .with("sub/.git/main.tf", GROUP);
    assert_eq!(folder.run(&["review", ".", "--format", "json"]).texts("files", "path"), ["main.tf"]);
}

#[test]
fn a_module_outside_is_read_too() {
    let folder = Folder::new("outside")
        .with("live/prod/main.tf", "module \"store\" {\n  source = \"../../modules/store\"\n}\n")
        .with("modules/store/main.tf", BUCKET)
        .with("modules/other/main.tf", GROUP);
    let ran = folder.run(&["review", "live/prod", "--format", "json"]);
    assert_eq!(ran.texts("files", "path"), ["live/prod/main.tf", "modules/store/main.tf"]);
    assert_eq!(ran.addresses(), ["module.store.aws_s3_bucket.a"]);
}

#[test]
fn a_template_whose_name_is_worked_out_is_read() {
    let text = "variable \"os\" {\n  default = \"linux\"\n}\noutput \"a\" {\n  value = templatefile(\"${path.module}/setup/${var.os}.tftpl\", { name = \"web\" })\n}\n";
    let folder = Folder::new("worked-out").with("main.tf", text).with("setup/linux.tftpl", "I am ${name}");
    let review = folder.run(&["review", ".", "--format", "json"]).json();
    assert_eq!(review["outputs"][0]["value"], "I am web");
    assert_eq!(review["not_known"], serde_json::json!([]));
}

#[test]
fn a_base_shows_what_changes() {
    let folder = Folder::new("base").with("old/main.tf", BUCKET).with("new/main.tf", GROUP);
    let ran = folder.run(&["review", "new", "--base", "old", "--format", "json"]);
    assert_eq!(ran.texts("changes", "address"), ["aws_cloudwatch_log_group.a", "aws_s3_bucket.a"]);
    assert_eq!(ran.texts("changes", "action"), ["create", "delete"]);
    assert_eq!(ran.status, 0);
}

const PATCH: &str =
    "--- a/main.tf\n+++ b/main.tf\n@@ -1,3 +1,3 @@\n resource \"aws_s3_bucket\" \"a\" {\n-  bucket = \"a\"\n+  bucket = \"b\"\n }\n";

#[test]
fn a_patch_gives_the_other_version() {
    let folder = Folder::new("patch").with("main.tf", BUCKET).with("change.patch", PATCH);
    let forwards = folder.run(&["review", "main.tf", "--patch", "change.patch", "--format", "json"]);
    assert_eq!(forwards.texts("changes", "address"), ["aws_s3_bucket.a"]);
    let because = &forwards.json()["changes"][0]["because"][0];
    assert_eq!((because["before"].as_str(), because["after"].as_str()), (Some("a"), Some("b")));
    // The patch is applied already: it is taken back, and the same change shows.
    let folder = folder.with("main.tf", BUCKET.replace("\"a\"\n}", "\"b\"\n}"));
    let backwards = folder.run_with(&["review", "main.tf", "--patch", "-", "--format", "json"], PATCH);
    assert_eq!(backwards.json()["changes"], forwards.json()["changes"]);
}

#[test]
fn a_patch_that_does_not_apply_names_the_line() {
    let folder = Folder::new("refused").with("main.tf", BUCKET.replace("bucket =", "acl =")).with("change.patch", PATCH);
    let ran = folder.run(&["review", "main.tf", "--patch", "change.patch"]);
    assert_eq!(ran.err, "error: main.tf: This hunk does not apply: line 2 reads differently\n");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
}

#[test]
fn variables_are_given_one_by_one_and_by_file() {
    let text = "variable \"n\" {\n  type = number\n}\nvariable \"name\" {\n  type = string\n}\nresource \"aws_s3_bucket\" \"a\" {\n  count = var.n\n  bucket = var.name\n}\n";
    let folder = Folder::new("variables").with("main.tf", text).with("set/prod.tfvars", "n = 2\nname = \"from file\"\n");
    let bucket = |arguments: &[&str]| {
        let mut all = vec!["review", "main.tf", "--format", "json"];
        all.extend(arguments);
        let json = folder.run(&all).json();
        let resources = json["resources"].as_array().unwrap();
        (resources.len(), resources[0]["attributes"]["bucket"].clone())
    };
    assert_eq!(bucket(&["--var-file", "set/prod.tfvars"]), (2, "from file".into()));
    assert_eq!(bucket(&["--var-file", "set/prod.tfvars", "--var", "name=by hand", "--var", "n=1"]), (1, "by hand".into()));
    let wrong = folder.run(&["review", "main.tf", "--var", "n"]);
    assert_eq!((wrong.status, wrong.err.as_str()), (2, "error: --var n: write NAME=VALUE\n"));
}

#[test]
fn parameters_of_a_stack_come_from_a_file() {
    let template = "Parameters: {Name: {Type: String}, Zones: {Type: CommaDelimitedList, Default: a}}\n\
                    Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub \"${Name}-${Zones}\", Zone: !Select [1, !Ref Zones]}}}\n\
                    AWSTemplateFormatVersion: x\n";
    let list = r#"[{"ParameterKey": "Name", "ParameterValue": "jobs"}, {"ParameterKey": "Zones", "ParameterValue": "b,c"}]"#;
    let folder = Folder::new("parameters")
        .with("set/list.json", list)
        .with("set/map.json", r#"{"Parameters": {"Name": "other", "Zones": "d,e"}}"#)
        .with("t.yaml", template);
    let zone = |file: &str| {
        let done = folder.run(&["review", "t.yaml", "--format", "json", "--var-file", file]);
        let json: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        json["resources"][0]["attributes"]["zone"].clone()
    };
    assert_eq!(zone("set/list.json"), "c");
    assert_eq!(zone("set/map.json"), "e");
}

#[test]
fn exit_status_says_what_was_found() {
    let folder = Folder::new("status").with("open.tf", OPEN).with("quiet.tf", BUCKET);
    let status = |arguments: &[&str]| folder.run(arguments).status;
    assert_eq!(status(&["review", "open.tf"]), 0);
    assert_eq!(status(&["review", "open.tf", "--fail-on", "critical"]), 1);
    assert_eq!(status(&["review", "quiet.tf", "--fail-on", "low"]), 0);
    // What the version before has already is not this change's fault.
    assert_eq!(status(&["review", "open.tf", "--base", "open.tf", "--fail-on", "critical"]), 0);
    assert_eq!(status(&["review", "missing.tf"]), 2);
    assert_eq!(status(&["review"]), 2);
    assert_eq!(status(&["review", "open.tf", "--format", "nonsense"]), 2);
    assert_eq!(status(&["--help"]), 0);
}

#[test]
fn nothing_readable_is_an_error_that_says_so() {
    let folder = Folder::new("nothing").with("picture.tf", [0xff, 0xd8, 0xff, 0x00]).with("notes/readme.md", "# Notes\n");
    let ran = folder.run(&["review", "notes"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("nothing here is configuration that Plumbline reads"), "{}", ran.err);
    let ran = folder.run(&["review", "picture.tf"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("picture.tf"), "{}", ran.err);
}

#[test]
fn broken_input_is_reviewed_as_far_as_it_goes() {
    let folder = Folder::new("broken").with("main.tf", format!("{BUCKET}resource \"aws_sqs_queue\" {{{{\n"));
    let ran = folder.run(&["review", "main.tf"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("--> main.tf:4:"), "{}", ran.err);
    assert_eq!(folder.run(&["review", "main.tf", "--format", "json"]).addresses()[0], "aws_s3_bucket.a");
}

#[test]
fn output_goes_to_a_file_and_every_format_prints() {
    let folder = Folder::new("formats").with("main.tf", BUCKET);
    let help = folder.run(&["review", "--help"]).out;
    for format in plumbline::report::Format::ALL {
        let name = format.name();
        let printed = folder.run(&["review", "main.tf", "--format", name]);
        assert_eq!((printed.status, printed.err.as_str()), (0, ""), "{name}");
        assert!(printed.out.ends_with('\n') && printed.out.len() > 20, "{name}");
        let written = folder.run(&["review", "main.tf", "--format", name, "--output", "report"]);
        assert_eq!((written.status, written.out.as_str()), (0, ""), "{name}");
        assert_eq!(std::fs::read_to_string(folder.0.join("report")).unwrap(), printed.out, "{name}");
        assert!(help.contains(name), "--help names {name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples/ecommerce");
    let (after, before) = (samples.join("after"), samples.join("before"));
    let folder = Folder::new("same");
    let run = || folder.run(&["review", after.to_str().unwrap(), "--base", before.to_str().unwrap(), "--format", "json"]).out;
    let first = run();
    assert!(first.len() > 10_000, "{}", first.len());
    assert_eq!(run(), first);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new("pipe").with("main.tf", BUCKET);
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(["review", "main.tf", "--format", "json"])
        .current_dir(&folder.0)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

const CHAIN: &str = "\
resource \"aws_sqs_queue\" \"jobs\" {}
locals {
  url = aws_sqs_queue.jobs.url
}
resource \"aws_ssm_parameter\" \"url\" {
  value = local.url
}
resource \"aws_lambda_function\" \"work\" {
  handler = aws_ssm_parameter.url.name
}
resource \"aws_s3_bucket\" \"apart\" {}
";

#[test]
fn affected_follows_references_both_ways() {
    let folder = Folder::new("affected").with("main.tf", CHAIN);
    let of = |name: &str| {
        let json = folder.run(&["affected", "main.tf", "--of", name, "--format", "json"]).json();
        let entries = json["affected"].as_array().unwrap().clone();
        let text = |entry: &serde_json::Value| {
            format!("{} {} {}", entry["direction"].as_str().unwrap(), entry["distance"], entry["address"].as_str().unwrap())
        };
        entries.iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(of("aws_sqs_queue.jobs"), ["downstream 1 aws_ssm_parameter.url", "downstream 2 aws_lambda_function.work"]);
    assert_eq!(of("aws_ssm_parameter.url"), ["downstream 1 aws_lambda_function.work", "upstream 1 aws_sqs_queue.jobs"]);
    // Line 6 lies in the parameter's block.
    assert_eq!(of("main.tf:6"), of("aws_ssm_parameter.url"));
    let text = folder.run(&["affected", "main.tf", "--of", "aws_sqs_queue.jobs"]).out;
    assert!(text.starts_with("2 resources are in reach of aws_sqs_queue.jobs, to 2 steps.\n"), "{text}");
    let ran = folder.run(&["affected", "main.tf", "--of", "aws_sqs_queue.job"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err, "error: nothing here is called aws_sqs_queue.job; there is aws_sqs_queue.jobs\n");
}

#[test]
fn explain_answers_or_says_that_it_cannot() {
    let folder = Folder::new("explain");
    assert!(folder.run(&["explain", "database-without-backups"]).out.starts_with("database-without-backups (high)\n"));
    assert!(folder.run(&["explain"]).out.contains("destroyed-without-final-snapshot"));
    let ran = folder.run(&["explain", "nonsense"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
}

#[test]
fn code_that_differs_is_answered_where_no_program_does() {
    let program = "import pulumi_aws as aws\nimport pulumi_docker as docker\n\
        image = docker.Image(\"auth\", build={\"context\": \"../applications/auth\"}, image_name=\"auth\")\n\
        aws.ecs.TaskDefinition(\"auth\", family=\"auth\", container_definitions=image.repo_digest)\n";
    let mut folder = Folder::new("code_that_differs");
    for version in ["old", "new"] {
        folder = folder
            .with(&format!("{version}/infra/Pulumi.yaml"), "name: shop\nruntime: python\n")
            .with(&format!("{version}/infra/__main__.py"), program)
            .with(&format!("{version}/applications/auth/main.go"), version);
    }
    let expected = "other in applications/auth/main.go";
    let compared = folder.run(&["review", "new/infra", "--base", "old/infra"]);
    assert!(compared.out.contains(expected) && compared.out.contains("TaskDefinition::auth"), "{}{}", compared.out, compared.err);
    let whole = folder.run(&["review", "new", "--base", "old"]);
    assert!(whole.out.contains(expected), "{}{}", whole.out, whole.err);
    let told = folder.run(&["review", "new/infra", "--changed", "new/applications/auth/main.go"]);
    assert!(told.out.contains(expected), "{}{}", told.out, told.err);
    let other = folder.run(&["review", "new/infra", "--changed", "new/applications/mail/main.go"]);
    assert!(!other.out.contains("other in"), "{}{}", other.out, other.err);
    let patch = "--- a/applications/auth/main.go\n+++ b/applications/auth/main.go\n@@ -1 +1 @@\n-new\n+newer\n";
    let patched = folder.with("new/change.diff", patch).run(&["review", "new/infra", "--patch", "new/change.diff"]);
    assert!(patched.out.contains(expected), "{}{}", patched.out, patched.err);
}

/// A repository with a root that reads, by exact paths, what lies beside and above it.
fn repository(name: &str) -> Folder {
    let main = r#"
module "net" {
  source = "../../modules/net"
}
output "beside" {
  value = file("${path.module}/../shared/user-data.sh")
}
output "above" {
  value = templatefile("../../templates/hello.tftpl", { name = "web" })
}
output "listed" {
  value = fileset("${path.module}/../policies", "*.json")
}
"#;
    let net = "output \"rules\" {\n  value = file(\"${path.module}/../../shared/rules.txt\")\n}\nresource \"aws_eip\" \"a\" {}\n";
    Folder::new(name)
        .with("live/prod/main.tf", main)
        .with("live/shared/user-data.sh", "echo beside\n")
        .with("live/policies/a.json", "{}")
        .with("live/policies/b.json", "{}")
        .with("live/other/main.tf", GROUP)
        .with("templates/hello.tftpl", "I am ${name}")
        .with("modules/net/main.tf", net)
        .with("shared/rules.txt", "all")
}

fn outputs(review: &serde_json::Value) -> Vec<String> {
    let outputs = review["outputs"].as_array().unwrap();
    outputs.iter().map(|output| format!("{} {}", output["address"].as_str().unwrap(), output["value"])).collect()
}

#[test]
fn what_lies_outside_is_read_as_far_as_the_repository_goes() {
    let folder = repository("repository").with(".git/HEAD", "");
    let ran = folder.run(&["review", "live/prod", "--format", "json"]);
    assert_eq!(ran.err, "");
    let review = ran.json();
    let files: Vec<String> = ran.texts("files", "path").into_iter().filter(|path| path.ends_with(".tf")).collect();
    assert_eq!(files, ["live/prod/main.tf", "modules/net/main.tf"]);
    assert_eq!(
        outputs(&review),
        ["output.above \"I am web\"", "output.beside \"echo beside\\n\"", "output.listed [\"a.json\",\"b.json\"]",]
    );
    assert_eq!(review["not_known"], serde_json::json!([]));
    // A version without a repository of its own reaches as far up.
    let old = repository("no-repository");
    let base = old.0.join("live/prod");
    let compared = folder.run(&["review", "live/prod", "--base", base.to_str().unwrap(), "--format", "json"]);
    assert_eq!(compared.json()["changes"], serde_json::json!([]), "{}", compared.err);
}

#[test]
fn beyond_the_repository_nothing_is_read_and_that_is_said() {
    // The nearest repository is the root alone.
    let folder = repository("small-repository").with("live/prod/.git/HEAD", "");
    let ran = folder.run(&["review", "live/prod", "--format", "json"]);
    assert_eq!(ran.texts("files", "path"), ["main.tf"]);
    let notes: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        notes,
        [
            "note: ../../templates/hello.tftpl, which main.tf reads, lies outside the repository: it is not read",
            "note: ../policies, which main.tf reads, lies outside the repository: it is not read",
            "note: ../shared/user-data.sh, which main.tf reads, lies outside the repository: it is not read",
            "note: The module ../../modules/net lies outside the repository: it is not read",
        ]
    );
    assert!(ran.texts("not_known", "what").iter().any(|what| what.ends_with("user-data.sh")), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let folder = Folder::new("linked").with("secret.txt", "secret").with("repo/.git/HEAD", "");
    let folder = folder.with("repo/live/main.tf", "output \"a\" {\n  value = file(\"${path.module}/../link.txt\")\n}\n");
    std::os::unix::fs::symlink(folder.0.join("secret.txt"), folder.0.join("repo/link.txt")).unwrap();
    let ran = folder.run(&["review", "repo/live", "--format", "json"]);
    assert_eq!(ran.err, "note: ../link.txt, which main.tf reads, lies outside the repository: it is not read\n");
    assert!(!ran.out.contains("secret"), "{}", ran.out);
}

#[test]
fn a_folder_that_is_listed_is_here_as_a_whole_or_not_at_all() {
    let main = "variable \"set\" {\n  default = \"policies\"\n}\noutput \"one\" {\n  value = file(\"${path.module}/../policies/a.json\")\n}\n\
                output \"all\" {\n  value = fileset(\"${path.module}/../${var.set}\", \"*.json\")\n}\n";
    let folder = Folder::new("listed").with(".git/HEAD", "").with("live/main.tf", main);
    let folder = folder.with("policies/a.json", "{}").with("policies/b.json", "{}");
    let ran = folder.run(&["review", "live", "--format", "json"]);
    assert!(ran.err.contains("may be in a folder that a fileset() lists and that is worked out"), "{}", ran.err);
    assert!(outputs(&ran.json()).iter().all(|output| !output.contains("a.json\"]")), "{}", ran.out);
}
