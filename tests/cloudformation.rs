//! Edges of templates against cfn-lint's graph; `tests/oracles/cfn_graph_vectors.py` wrote the vectors.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use plumbline::model::DependencyKind;
use plumbline::{Input, InputFile};
use serde_json::Value;

#[test]
fn edges_are_those_of_cfn_lint() {
    let path = std::env::var("CFN_VECTORS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/cfn_graph.json").into());
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let input = Input { files: vec![InputFile::new(case["name"].as_str().unwrap(), text.as_bytes())], ..Input::default() };
        let review = plumbline::review(&input);
        // What is found by name alone is in no reference.
        let written = review.dependencies.iter().filter(|edge| edge.kind != DependencyKind::Implicit);
        let found: BTreeSet<(String, String)> = written.map(|edge| (edge.from.to_string(), edge.to.to_string())).collect();
        let edges = case["edges"].as_array().unwrap().iter();
        let expected: BTreeSet<(String, String)> =
            edges.map(|edge| (edge[0].as_str().unwrap().to_owned(), edge[1].as_str().unwrap().to_owned())).collect();
        compared += expected.len();
        if found != expected {
            let more: Vec<_> = found.difference(&expected).collect();
            let less: Vec<_> = expected.difference(&found).collect();
            wrong.push(format!("{text}\n  more: {more:?}\n  less: {less:?}\n  {:?}", review.diagnostics));
        }
    }
    assert!(cases.len() >= 60 && compared > 500, "{compared} edges of {} templates", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(3)].join("\n\n"));
}

fn review(files: &[(&str, &str)]) -> plumbline::Review {
    let files = files.iter().map(|(path, text)| InputFile::new(*path, text.as_bytes())).collect();
    plumbline::review(&Input { files, ..Input::default() })
}

const CHANGE_SET: &str = r#"{
  "ChangeSetName": "next", "StackName": "shop",
  "Changes": [
    {"Type": "Resource", "ResourceChange": {
      "Action": "Modify", "LogicalResourceId": "Db", "PhysicalResourceId": "shop-db", "ResourceType": "AWS::RDS::DBInstance",
      "Replacement": "True", "Scope": ["Properties"],
      "Details": [
        {"Target": {"Attribute": "Properties", "Name": "StorageEncrypted", "RequiresRecreation": "Always"}, "Evaluation": "Static", "ChangeSource": "DirectModification"},
        {"Target": {"Attribute": "Properties", "Name": "DBInstanceClass", "RequiresRecreation": "Never", "BeforeValue": "db.t3.small"}, "Evaluation": "Static"}
      ]}},
    {"Type": "Resource", "ResourceChange": {
      "Action": "Modify", "LogicalResourceId": "Api", "ResourceType": "AWS::Lambda::Function", "Replacement": "False",
      "BeforeContext": "{\"Properties\":{\"MemorySize\":\"128\",\"Runtime\":\"python3.12\"}}",
      "AfterContext": "{\"Properties\":{\"MemorySize\":\"256\",\"Runtime\":\"python3.12\"}}",
      "Details": [{"Target": {"Attribute": "Properties", "Name": "MemorySize", "RequiresRecreation": "Never"}}]}},
    {"Type": "Resource", "ResourceChange": {"Action": "Remove", "LogicalResourceId": "Old", "ResourceType": "AWS::S3::Bucket", "PolicyAction": "Retain"}},
    {"Type": "Resource", "ResourceChange": {"Action": "Remove", "LogicalResourceId": "Gone", "ResourceType": "AWS::SQS::Queue", "PolicyAction": "Delete"}},
    {"Type": "Resource", "ResourceChange": {"Action": "Add", "LogicalResourceId": "New", "ResourceType": "AWS::SNS::Topic"}}
  ]
}"#;

const TEMPLATE: &str = "AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.t3.large, StorageEncrypted: true}
  Api:
    Type: AWS::Lambda::Function
    Properties: {MemorySize: 256, Runtime: python3.12, Environment: {Variables: {DB: !GetAtt Db.Endpoint.Address}}}
  New: {Type: AWS::SNS::Topic}
  Same: {Type: AWS::SQS::Queue}
";

fn told(review: &plumbline::Review) -> Vec<String> {
    let changes = review.changes.iter().map(|change| {
        let because: Vec<String> = change.because.iter().map(|cause| cause.path.to_string()).collect();
        format!("{} {:?} {}", change.address, change.action, because.join(" "))
    });
    changes.collect()
}

#[test]
fn a_change_set_tells_what_changes() {
    let alone = review(&[("changes.json", CHANGE_SET)]);
    let expected = ["Api Update MemorySize", "Db Replace StorageEncrypted DBInstanceClass", "Gone Delete ", "New Create ", "Old Forget "];
    assert_eq!(told(&alone), expected);
    assert_eq!(alone.files[0].kind, "change-set");
}

#[test]
fn a_template_beside_a_change_set_gives_it_lines_and_the_rest() {
    let both = review(&[("changes.json", CHANGE_SET), ("template.yaml", TEMPLATE)]);
    assert_eq!(told(&both).len(), 5, "{:?}", told(&both));
    assert!(told(&both).contains(&"Db Replace StorageEncrypted DBInstanceClass".to_owned()), "{:?}", told(&both));
    let db = both.resources.iter().find(|it| it.address == "Db").unwrap();
    assert_eq!((db.r#type.as_str(), db.source.file.as_str()), ("aws_db_instance", "template.yaml"));
    assert!(both.resources.iter().any(|it| it.address == "Same"));
    assert!(both.dependencies.iter().any(|it| it.from == "Api" && it.to == "Db"));
}

fn compared(before: &str, after: &str) -> plumbline::Review {
    let file = |text: &str| vec![InputFile::new("template.yaml", text.as_bytes())];
    plumbline::review(&Input { files: file(after), base: Some(file(before)), ..Input::default() })
}

#[test]
fn what_is_named_by_its_content_is_replaced() {
    let sam = |path: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n      \
             Runtime: python3.12\n      CodeUri: s3://code/a\n      Events: {{Get: {{Type: Api, Properties: {{Path: {path}, Method: get}}}}}}\n"
        )
    };
    let review = compared(&sam("/a"), &sam("/b"));
    let deployments: Vec<String> = told(&review).into_iter().filter(|it| it.starts_with("ServerlessRestApiDeployment")).collect();
    assert!(deployments.len() == 1 && deployments[0].contains(" Replace LogicalId"), "{:?}", told(&review));
    // The CDK's names have forty digits; another type with such a name is another resource.
    let cdk = |hash: &str| {
        format!(
            "Resources:\n  FnCurrentVersion17A89ABB{hash}: {{Type: AWS::Lambda::Version, Properties: {{FunctionName: f}}}}\n  \
             Queue17A89ABB{hash}: {{Type: AWS::SQS::Queue}}\n"
        )
    };
    let review = compared(&cdk("dc13e6bac4cf7a7ff6ba4f2a7c2d0c3e"), &cdk("aa13e6bac4cf7a7ff6ba4f2a7c2d0c3f"));
    let mut actions: Vec<String> = review.changes.iter().map(|change| format!("{:?}", change.action)).collect();
    actions.sort();
    assert_eq!(actions, ["Create", "Delete", "Replace"]);
}

#[test]
fn a_construct_is_called_by_its_path() {
    let review = review(&[(
        "t.json",
        r#"{"Resources": {"JobsQueue1A2B3C4D": {"Type": "AWS::SQS::Queue", "Metadata": {"aws:cdk:path": "Shop/Jobs/Queue/Resource"}}}}"#,
    )]);
    assert_eq!((review.resources[0].address.as_str(), review.resources[0].name.as_str()), ("JobsQueue1A2B3C4D", "Shop/Jobs/Queue"));
    assert!(!review.resources[0].attributes.contains_key("metadata"));
}

#[test]
fn what_is_not_a_property_never_replaces() {
    let with = |policy: &str| {
        format!("Resources:\n  V: {{Type: AWS::Lambda::Version, DeletionPolicy: {policy}, Properties: {{FunctionName: f}}}}\n")
    };
    assert_eq!(told(&compared(&with("Retain"), &with("Delete"))), ["V Update DeletionPolicy"]);
}

#[test]
fn what_is_named_is_needed() {
    let text = r#"
Parameters: {Env: {Type: String, Default: dev}}
Resources:
  Notes: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub "${Env}-notes"}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
  Work: {Type: AWS::Lambda::Function, Properties: {FunctionName: work, Role: !GetAtt Role.Arn}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Statement:
              - {Action: "dynamodb:*", Resource: !Sub "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Env}-notes/index/*"}
              - {Action: "sqs:*", Resource: {"Fn::Join": [":", [arn, !Ref AWS::Partition, sqs, !Ref AWS::Region, !Ref AWS::AccountId, jobs]]}}
              - {Action: "s3:*", Resource: ["arn:aws:s3:::files/*", "arn:aws:s3:::other/*", "arn:aws:sqs:*:*:files"]}
              - {Action: "lambda:*", Resource: !Sub "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:work:live"}
  MayCall: {Type: AWS::Lambda::Permission, Properties: {FunctionName: work, Action: "lambda:InvokeFunction"}}
"#;
    let review = review(&[("t.yaml", text)]);
    let named = review.dependencies.iter().filter(|edge| edge.kind == DependencyKind::Implicit);
    let named: Vec<String> = named.map(|edge| format!("{} -> {} {}", edge.from, edge.to, edge.source.line)).collect();
    let expected = ["MayCall -> Work 18", "Role -> Files 16", "Role -> Jobs 15", "Role -> Notes 14", "Role -> Work 17"];
    assert_eq!(named, expected);
    // The role names the function that has the role: no circle.
    assert!(review.diagnostics.is_empty(), "{:?}", review.diagnostics);
}

/// The canonical arguments of a resource.
fn arguments(text: &str, address: &str) -> Value {
    let review = review(&[("t.yaml", &format!("AWSTemplateFormatVersion: x\n{text}"))]);
    let printed: Value = serde_json::from_str(&plumbline::report::json::json(&review)).unwrap();
    printed["resources"].as_array().unwrap().iter().find(|it| it["address"] == address).unwrap()["attributes"].clone()
}

#[test]
fn what_stands_inside_a_bucket_or_a_table_has_the_canonical_shape() {
    let bucket = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: {Status: Enabled}\n      \
                  BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: \"aws:kms\", KMSMasterKeyID: k}}]}\n      \
                  PublicAccessBlockConfiguration: {BlockPublicAcls: true}\n";
    let found = arguments(bucket, "B");
    assert_eq!(found["versioning"][0]["enabled"], true);
    let rule = &found["server_side_encryption_configuration"][0]["rule"][0]["apply_server_side_encryption_by_default"][0];
    assert_eq!((&rule["sse_algorithm"], &rule["kms_master_key_id"]), (&"aws:kms".into(), &"k".into()));
    assert_eq!(found["block_public_acls"], true);
    let table = "Resources:\n  T:\n    Type: AWS::DynamoDB::GlobalTable\n    Properties:\n      KeySchema: [{AttributeName: id, KeyType: HASH}]\n      \
                 Replicas:\n        - {Region: us-east-1, DeletionProtectionEnabled: true, TableClass: STANDARD_INFREQUENT_ACCESS, \
                 ReadProvisionedThroughputSettings: {ReadCapacityUnits: 7}}\n        - {Region: eu-west-1}\n";
    let found = arguments(table, "T");
    assert_eq!((&found["hash_key"], &found["read_capacity"]), (&"id".into(), &7.into()));
    assert_eq!((&found["deletion_protection_enabled"], &found["replica"][0]["region_name"]), (&true.into(), &"eu-west-1".into()));
}

#[test]
fn a_review_of_a_template_speaks_in_its_names() {
    let text = "Resources:\n  T: {Type: AWS::DynamoDB::Table, Properties: {TableName: t, KeySchema: [{AttributeName: a, KeyType: HASH}]}}\n  \
                D: {Type: AWS::RDS::DBInstance, Properties: {Engine: MySQL, DBInstanceClass: db.t3.small}}\n  \
                S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: far.yaml}}\n";
    let catalog =
        plumbline::Catalog::new().with_prices(plumbline::catalog::prices::Prices::open(plumbline::catalog::prices::bundled()).unwrap());
    let file = InputFile::new("t.yaml", format!("AWSTemplateFormatVersion: x\n{text}").as_bytes());
    let review = plumbline::review(&Input { files: vec![file], catalog, ..Input::default() });
    let fix = review.findings.iter().find(|it| it.id == "table-without-point-in-time-recovery").unwrap();
    assert!(fix.fix.contains("PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}"), "{}", fix.fix);
    let printed = plumbline::report::json::json(&review);
    assert!(printed.contains("AllocatedStorage is not set"), "what the bill lacks is named as it is written");
    assert!(printed.contains("its template is not at hand") && !printed.contains("no price for the engine"));
}

#[test]
fn a_large_template_is_reviewed_and_a_flood_of_problems_is_cut_off() {
    let long = "x".repeat(2_500);
    let mut text = String::from("AWSTemplateFormatVersion: x\nResources:\n");
    for at in 0..2_000 {
        text.push_str(&format!("  T{at}: {{Type: AWS::SNS::Topic, Properties: {{DisplayName: {long}}}}}\n"));
    }
    assert!(text.len() > 5_000_000);
    let large = review(&[("t.yaml", &text)]);
    assert_eq!((large.resources.len(), large.diagnostics.len()), (2_000, 0));
    let flood = format!("Resources:\n  Q: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !Sub '{}'}}}}\n", "${No}".repeat(12_000));
    let flood = review(&[("t.yaml", &flood)]);
    assert!(flood.diagnostics.len() < 10_100 && flood.diagnostics.iter().any(|it| it.message.contains("is not listed")));
}

#[test]
fn tabs_are_read_and_said_and_a_template_that_is_a_change_set_is_read() {
    let tabs = review(&[("t.yaml", "Resources:\n\tQ:\n\t\tType: AWS::SQS::Queue\n  T:\n    Type: AWS::SNS::Topic\n")]);
    assert_eq!(tabs.resources.len(), 2);
    assert!(tabs.diagnostics.iter().any(|it| it.code == "tab"));
    let both = r#"{"ChangeSetName": "n", "Changes": [], "Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}"#;
    assert_eq!(review(&[("t.json", both)]).resources.len(), 1);
    // A change set in YAML is no template, and is said to have no resources.
    let yaml = "AWSTemplateFormatVersion: x\nChangeSetName: n\nChanges: [{ResourceChange: {Action: Add, LogicalResourceId: A}}]\n";
    assert!(review(&[("t.yaml", yaml)]).diagnostics.iter().any(|it| it.message.contains("has no resources")));
}
