use crate::{Input, InputFile, Review, report, review};

/// A program whose database is about to get another engine, and a queue another name in the code.
const PROGRAM: &str = "import pulumi
import pulumi_aws as aws

files = aws.s3.BucketV2(\"files\", tags={\"Team\": \"web\"})
db = aws.rds.Instance(
    \"orders\",
    engine=\"postgres\",
    instance_class=\"db.t4g.small\",
    allocated_storage=20,
    password=pulumi.Output.secret(\"never-printed\"),
    skip_final_snapshot=False,
)
aws.sqs.Queue(\"jobs\", opts=pulumi.ResourceOptions(depends_on=[db]))
aws.sns.Topic(\"same\")
";

const PREVIEW: &str = r#"Previewing update (prod):
{
  "config": {"aws:region": "eu-west-1", "shop:key": "[secret]"},
  "steps": [
    {"op": "same", "urn": "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod",
     "newState": {"urn": "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod", "custom": false, "type": "pulumi:pulumi:Stack",
       "outputs": {"address": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "key": "[secret]"}}, "detailedDiff": null},
    {"op": "update", "urn": "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files",
     "oldState": {"urn": "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files", "custom": true, "id": "files-1", "type": "aws:s3/bucketV2:BucketV2",
       "inputs": {"__defaults": ["bucket"], "bucket": "files-1", "tags": {"__defaults": [], "Team": "ops"}}},
     "newState": {"urn": "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files", "custom": true, "id": "files-1", "type": "aws:s3/bucketV2:BucketV2",
       "inputs": {"__defaults": ["bucket"], "bucket": "files-1", "tags": {"__defaults": [], "Team": "web"}}},
     "diffReasons": ["tags"], "detailedDiff": {"tags.Team": {"kind": "update", "inputDiff": true}}},
    {"op": "create-replacement", "urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders", "oldState": {"protect": true}},
    {"op": "replace", "urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders",
     "oldState": {"urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders", "custom": true, "type": "aws:rds/instance:Instance", "protect": true,
       "inputs": {"__defaults": ["identifier"], "identifier": "orders-1", "engine": "mysql", "instanceClass": "db.t4g.small",
         "allocatedStorage": 20, "password": "[secret]"}},
     "newState": {"urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders", "custom": true, "type": "aws:rds/instance:Instance",
       "inputs": {"__defaults": ["identifier"], "identifier": "orders-2", "engine": "postgres", "instanceClass": "db.t4g.small",
         "allocatedStorage": 20, "password": "[secret]"}},
     "diffReasons": ["engine", "password"], "replaceReasons": ["engine"], "detailedDiff": null},
    {"op": "delete-replaced", "urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders"},
    {"op": "same", "urn": "urn:pulumi:prod::shop::aws:sqs/queue:Queue::jobs",
     "oldState": {"urn": "urn:pulumi:prod::shop::aws:sqs/queue:Queue::work", "custom": true, "type": "aws:sqs/queue:Queue", "inputs": {}},
     "newState": {"urn": "urn:pulumi:prod::shop::aws:sqs/queue:Queue::jobs", "custom": true, "type": "aws:sqs/queue:Queue", "inputs": {}}},
    {"op": "delete", "urn": "urn:pulumi:prod::shop::my:Group$aws:iam/role:Role::old",
     "oldState": {"urn": "urn:pulumi:prod::shop::my:Group$aws:iam/role:Role::old", "custom": true, "type": "aws:iam/role:Role", "inputs": {"name": "old"}}},
    {"op": "delete", "urn": "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::left",
     "oldState": {"retainOnDelete": true, "inputs": {"bucket": "left"}}},
    {"op": "read", "urn": "urn:pulumi:prod::shop::aws:ec2/vpc:Vpc::net", "newState": {"external": true, "inputs": {}}},
    {"op": "import", "urn": "urn:pulumi:prod::shop::aws:kms/key:Key::taken", "newState": {"inputs": {"description": "x"}}},
    {"op": "discard", "urn": "urn:pulumi:prod::shop::aws:ec2/subnet:Subnet::seen", "oldState": {"external": true, "inputs": {}}}
  ],
  "diagnostics": [{"severity": "error", "message": "<{%red%}>error: no such zone<{%reset%}>\nmore"}],
  "changeSummary": {"same": 3, "replace": 1, "update": 1}
}
Resources: 1 to replace
"#;

fn review_of(files: &[(&str, &str)]) -> Review {
    let files = files.iter().map(|(path, text)| InputFile::new(*path, text.as_bytes())).collect();
    review(&Input { files, ..Input::default() })
}

fn told(review: &Review) -> Vec<String> {
    let change = |it: &crate::review::ChangeEntry| {
        let paths: Vec<String> = it
            .because
            .iter()
            .map(|cause| format!("{}{}", cause.path, if cause.forces_replacement == crate::model::Certainty::Yes { "!" } else { "" }))
            .collect();
        format!("{:?} {} {}:{} {}", it.action, it.address, it.source.file, it.source.line, paths.join(" ")).trim_end().to_owned()
    };
    review.changes.iter().map(change).collect()
}

#[test]
fn a_preview_tells_what_changes() {
    let review = review_of(&[("preview.json", PREVIEW)]);
    let expected = [
        "Replace aws:rds/instance:Instance::orders preview.json:14 engine! password",
        "Update aws:s3/bucketV2:BucketV2::files preview.json:8 tags.Team",
        "Forget aws:s3/bucketV2:BucketV2::left preview.json:29",
        "Forget aws:ec2/subnet:Subnet::seen preview.json:33",
        "Read aws:ec2/vpc:Vpc::net preview.json:31",
        "Delete aws:iam/role:Role::old preview.json:27",
        "Import aws:kms/key:Key::taken preview.json:32",
        "Move aws:sqs/queue:Queue::jobs preview.json:24",
    ];
    let mut found = told(&review);
    let mut expected: Vec<String> = expected.iter().map(|it| (*it).to_owned()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(review.files[0].kind, "pulumi-preview");
    assert!(review.changes.iter().all(|it| it.declared_by == crate::model::DeclaredBy::Preview));
    let db = review.resources.iter().find(|it| it.address.ends_with("orders")).unwrap();
    assert_eq!((db.r#type.as_str(), db.region.as_deref()), ("aws_db_instance", Some("eu-west-1")));
    let moved = review.changes.iter().find(|it| it.address.ends_with("jobs")).unwrap();
    assert_eq!(moved.previous_address.as_deref(), Some("aws:sqs/queue:Queue::work"));
    let said: Vec<&str> = review.diagnostics.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(said, ["preview-incomplete"], "{:?}", review.diagnostics);
    assert!(review.diagnostics[0].message.ends_with("error: no such zone"), "{:?}", review.diagnostics);
    let printed = report::json::json(&review);
    assert!(!printed.contains("[secret]") && printed.contains("[hidden]") | printed.contains("sensitive"));
}

#[test]
fn a_program_beside_a_preview_gives_it_lines_edges_and_the_rest() {
    let review = review_of(&[("preview.json", PREVIEW), ("__main__.py", PROGRAM)]);
    let found = told(&review);
    assert!(found.contains(&"Replace aws:rds/instance:Instance::orders __main__.py:5 engine! password".to_owned()), "{found:#?}");
    assert!(found.contains(&"Move aws:sqs/queue:Queue::jobs __main__.py:13".to_owned()), "{found:#?}");
    let edge = |from: &str, to: &str| review.dependencies.iter().any(|it| it.from.ends_with(from) && it.to.ends_with(to));
    assert!(edge("::jobs", "::orders"));
    // The preview leaves out what stays; the program has it, and it stays.
    assert!(review.resources.iter().any(|it| it.address.ends_with("::same")) && !found.iter().any(|it| it.contains("::same")));
    assert!(!report::json::json(&review).contains("never-printed"));
}

const EVENTS: &str = r#"{"sequence":0,"timestamp":1700000000,"preludeEvent":{"config":{"aws:region":"eu-central-1"}}}
warning: a line of something else
{"sequence":1,"timestamp":1700000000,"resourcePreEvent":{"metadata":{"op":"create","urn":"urn:pulumi:dev::p::aws:sqs/queue:Queue::a","type":"aws:sqs/queue:Queue","old":null,"new":{"type":"aws:sqs/queue:Queue","urn":"urn:pulumi:dev::p::aws:sqs/queue:Queue::a","custom":true,"id":"","parent":"urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev","inputs":{"fifoQueue":true},"outputs":{},"provider":""},"detailedDiff":null,"provider":""},"planning":true}}
{"sequence":2,"timestamp":1700000001,"resourcePreEvent":{"metadata":{"op":"delete-replaced","urn":"urn:pulumi:dev::p::aws:iam/role:Role::r","old":{"urn":"urn:pulumi:dev::p::aws:iam/role:Role::r","custom":true,"inputs":{"name":"r","path":"/a/"}},"new":null,"keys":["path"]},"planning":true}}
{"sequence":3,"timestamp":1700000001,"resourcePreEvent":{"metadata":{"op":"create-replacement","urn":"urn:pulumi:dev::p::aws:iam/role:Role::r","old":{"custom":true,"inputs":{"name":"r","path":"/a/"}},"new":{"custom":true,"inputs":{"name":"r","path":"/b/"}},"keys":["path"],"detailedDiff":{"path":{"diffKind":"update-replace","inputDiff":true}}},"planning":true}}
{"sequence":4,"timestamp":1700000002,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":1,"resourceChanges":{"create":1,"replace":1}}}
{"sequence":5,"timestamp":1700000002,"cancelEvent":{}}
"#;

#[test]
fn events_are_read_line_by_line_and_the_last_may_be_cut_off() {
    for (text, expected) in [(EVENTS, 2), (&EVENTS[..EVENTS.find("\"keys\":[\"path\"],\"detailedDiff").unwrap()], 2), (&EVENTS[..300], 1)] {
        let review = review_of(&[("events.jsonl", text)]);
        let found = told(&review);
        assert_eq!(found.len(), expected, "{found:?}");
        assert!(found[expected - 1].starts_with("Create aws:sqs/queue:Queue::a events.jsonl:3"), "{found:?}");
        if expected == 2 {
            assert!(found[0].starts_with("Replace aws:iam/role:Role::r events.jsonl:4"), "{found:?}");
        }
    }
    let review = review_of(&[("events.jsonl", EVENTS)]);
    assert_eq!(review.resources.iter().find(|it| it.address.ends_with("::a")).and_then(|it| it.region.as_deref()), Some("eu-central-1"));
    assert!(review.diagnostics.is_empty(), "{:?}", review.diagnostics);
}

const STACK: &str = r#"{
  "version": 3,
  "deployment": {
    "manifest": {"time": "2024-01-01T00:00:00Z", "magic": "m", "version": "v3.100.0"},
    "secrets_providers": {"type": "passphrase", "state": {"salt": "v1:x"}},
    "resources": [
      {"urn": "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod", "custom": false, "type": "pulumi:pulumi:Stack"},
      {"urn": "urn:pulumi:prod::shop::pulumi:providers:aws::default_6_0_0", "custom": true, "id": "p", "type": "pulumi:providers:aws", "inputs": {"region": "eu-west-1"}},
      {"urn": "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files", "custom": true, "id": "files-1", "type": "aws:s3/bucketV2:BucketV2",
       "inputs": {"__defaults": ["bucket"], "bucket": "files-1", "tags": {"Team": "web", "__defaults": []}},
       "provider": "urn:pulumi:prod::shop::pulumi:providers:aws::default_6_0_0::p", "parent": "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod"},
      {"urn": "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders", "custom": true, "id": "db-1", "type": "aws:rds/instance:Instance",
       "inputs": {"engine": "mysql", "instanceClass": "db.t4g.small", "allocatedStorage": 20, "skipFinalSnapshot": false,
         "password": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:aaaa"}},
       "provider": "urn:pulumi:prod::shop::pulumi:providers:aws::default_6_0_0::p", "dependencies": []},
      {"urn": "urn:pulumi:prod::shop::aws:sqs/queue:Queue::jobs", "custom": true, "id": "q", "type": "aws:sqs/queue:Queue",
       "inputs": {"kmsMasterKeyId": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "\"shown-once\""}},
       "dependencies": ["urn:pulumi:prod::shop::aws:rds/instance:Instance::orders", "urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files"],
       "propertyDependencies": {"kmsMasterKeyId": ["urn:pulumi:prod::shop::aws:s3/bucketV2:BucketV2::files"]}},
      {"urn": "urn:pulumi:prod::shop::aws:sqs/queue:Queue::jobs", "custom": true, "delete": true, "id": "q0", "type": "aws:sqs/queue:Queue"}
    ],
    "pending_operations": [{"type": "creating", "resource": {"urn": "urn:pulumi:prod::shop::aws:sns/topic:Topic::half"}}]
  }
}"#;

#[test]
fn a_stack_is_a_version() {
    let review = review_of(&[("stack.json", STACK)]);
    assert_eq!(review.files[0].kind, "pulumi-stack");
    let found: Vec<(&str, &str)> = review.resources.iter().map(|it| (it.address.as_str(), it.r#type.as_str())).collect();
    let expected = [
        ("aws:rds/instance:Instance::orders", "aws_db_instance"),
        ("aws:s3/bucketV2:BucketV2::files", "aws_s3_bucket"),
        ("aws:sqs/queue:Queue::jobs", "aws_sqs_queue"),
    ];
    assert_eq!(found, expected);
    let edges: Vec<String> = review.dependencies.iter().map(|it| format!("{} {} {}", it.from, it.via, it.to)).collect();
    let expected = [
        "aws:sqs/queue:Queue::jobs  aws:rds/instance:Instance::orders",
        "aws:sqs/queue:Queue::jobs kms_master_key_id aws:s3/bucketV2:BucketV2::files",
    ];
    assert_eq!(edges, expected);
    assert!(review.resources.iter().all(|it| it.region.as_deref() == Some("eu-west-1") || it.r#type == "aws_sqs_queue"));
    assert_eq!(review.diagnostics[0].code, "pending-operation");
    let printed = report::json::json(&review);
    assert!(!printed.contains("shown-once") && !printed.contains("v1:aaaa"));
}

#[test]
fn a_stack_is_the_version_before_a_program() {
    let review = review_of(&[("stack.json", STACK), ("__main__.py", PROGRAM)]);
    let found = told(&review);
    let expected =
        ["Replace aws:rds/instance:Instance::orders __main__.py:5 engine! password", "Create aws:sns/topic:Topic::same __main__.py:14"];
    assert!(expected.iter().all(|it| found.iter().any(|found| found == it)), "{found:#?}");
    assert!(!found.iter().any(|it| it.contains("BucketV2")), "{found:#?}");
}

#[test]
fn what_is_cut_off_or_nonsense_breaks_nothing() {
    for text in [PREVIEW, STACK, EVENTS] {
        for at in (0..text.len()).step_by(97) {
            let review = review_of(&[("a.json", text.get(..at).unwrap_or_default()), ("__main__.py", PROGRAM)]);
            assert!(
                review.resources.len() >= 4,
                "{at} {:?} {:?} {:?}",
                review.files,
                review.resources.iter().map(|it| &it.address).collect::<Vec<_>>(),
                review.diagnostics
            );
        }
    }
    for text in [
        "{\"steps\": [{\"op\": 1, \"urn\": \"urn:pulumi:x\"}, 3, {\"op\": \"create\", \"urn\": \"urn:pulumi:a::b::c\"}]}",
        "{\"steps\": {\"op\": {}}, \"x\": \"urn:pulumi:::::::\"}",
        "{\"version\": 9, \"deployment\": {\"manifest\": [], \"resources\": [{\"urn\": \"urn:pulumi:a::b::$::\"}]}}",
        "{\"version\": 3, \"checkpoint\": {\"latest\": null, \"a\": \"urn:pulumi:\"}}",
    ] {
        review_of(&[("a.json", text)]);
    }
}

/// Lists as long as a file allows cost no more than their length.
#[test]
fn long_lists_are_read_once() {
    use std::fmt::Write as _;
    let (mut diffs, mut inputs, mut deps) = (String::new(), String::new(), String::new());
    for at in 0..20_000 {
        let _ = write!(diffs, "\"p{at}\": {{\"kind\": \"update-replace\"}},");
        let _ = write!(inputs, "\"p{at}\": {at},");
        let _ = write!(deps, "\"urn:pulumi:s::p::a:b:C::n{at}\",");
    }
    let text = format!(
        "{{\"steps\": [{{\"op\": \"replace\", \"urn\": \"urn:pulumi:s::p::a:b:C::n\", \"detailedDiff\": {{{}}}, \"oldState\": {{\"inputs\": {{{}}}}}, \
         \"newState\": {{\"inputs\": {{{} \"q\": 1}}, \"dependencies\": [{}]}}}}]}}",
        diffs.trim_end_matches(','),
        inputs.trim_end_matches(','),
        inputs,
        deps.trim_end_matches(',')
    );
    let review = review_of(&[("preview.json", &text)]);
    assert_eq!(told(&review), ["Replace a:b:C::n preview.json:1 q"]);
    // Nesting is bounded by the parser, and said.
    let deep = "{\"steps\": [{\"op\": \"create\", \"urn\": \"urn:pulumi:s::p::a:b:C::n\", \"newState\": {\"inputs\": {\"x\": ".to_owned()
        + &"[".repeat(100_000);
    assert!(!review_of(&[("preview.json", &deep)]).diagnostics.is_empty());
}

/// The same events in a list, in the answer of the service, and spread over lines one after the other.
#[test]
fn events_are_read_in_every_frame() {
    let event = |op: &str, name: &str| {
        format!(
            "{{\"sequence\": 1,\n\"resourcePreEvent\": {{\"metadata\": {{\"op\": \"{op}\", \"urn\": \"urn:pulumi:s::p::a:b:C::{name}\"}}}}\n}}"
        )
    };
    let (one, two) = (event("create", "x"), event("delete", "y"));
    let frames = [
        format!("[{one}, {two}]"),
        format!("{{\"events\": [{one}, {two}], \"continuationToken\": null}}"),
        format!("{one}\n{two}\n"),
        format!("some words\n{}\n{}\n", one.replace('\n', " "), two.replace('\n', " ")),
    ];
    for frame in frames {
        let review = review_of(&[("events.json", &frame)]);
        let found: Vec<String> = review.changes.iter().map(|it| format!("{:?} {}", it.action, it.address)).collect();
        assert_eq!(found, ["Create a:b:C::x", "Delete a:b:C::y"], "{frame}\n{:?}", review.diagnostics);
        assert!(review.diagnostics.is_empty(), "{frame}\n{:?}", review.diagnostics);
    }
    let checkpoint = "{\"version\": 3, \"checkpoint\": {\"stack\": \"organization/p/s\", \"latest\": {\"manifest\": {}, \"resources\": [{\"urn\": \"urn:pulumi:s::p::a:b:C::x\"}]}}}";
    assert_eq!(review_of(&[("s.json", checkpoint)]).resources[0].address, "a:b:C::x");
}

/// In events a state without `custom` is a component's.
#[test]
fn events_leave_out_what_is_false() {
    let state = |more: &str, name: &str| {
        format!(
            "{{\"type\": \"m:c:{name}\", \"urn\": \"urn:pulumi:s::p::m:c:{name}::n\", {more} \"id\": \"\", \"parent\": \"urn:pulumi:s::p::pulumi:pulumi:Stack::p-s\", \"inputs\": {{}}, \"outputs\": {{}}, \"provider\": \"\"}}"
        )
    };
    let event = |more: &str, name: &str| {
        format!(
            "{{\"sequence\":1,\"resourcePreEvent\":{{\"metadata\":{{\"op\":\"delete\",\"urn\":\"urn:pulumi:s::p::m:c:{name}::n\",\"old\":{},\"new\":null}}}}}}\n",
            state(more, name)
        )
    };
    let text = event("", "Group") + &event("\"custom\": true,", "Thing");
    let mut sources = crate::source::Sources::default();
    let id = sources.add(crate::source::Version::After, "events.json", text);
    let modes: Vec<_> = super::read(sources.file(id).unwrap()).0.recorded.unwrap().before.iter().map(|it| it.mode).collect();
    assert_eq!(modes, [crate::model::Mode::Component, crate::model::Mode::Managed]);
}
