use super::*;
use crate::evaluate::{Given, evaluate};
use crate::graph::Graph;
use crate::lang;
use crate::model::Snapshot;
use crate::source::{Sources, Version};

/// The snapshot of templates, its edges, and what was said.
fn read(files: &[(&str, &str)], given: &[(&str, &str)]) -> (Snapshot, Vec<String>, Vec<String>) {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(Version::After, *path, *text);
    }
    let mut out = Diagnostics::new();
    let variables = given.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let given = Given { variables, ..Given::default() };
    let program = lang::read_given(&sources, Version::After, &given, &mut lang::Kept::default(), &mut out);
    let mut snapshot = evaluate(&program, &sources, Version::After, &given);
    out.append(&mut snapshot.diagnostics);
    let graph = Graph::of(&snapshot);
    graph.diagnose(&snapshot, &mut out);
    let name = |id| snapshot.resource(id).map(|resource| resource.address.to_string()).unwrap_or_default();
    let edges =
        graph.dependencies.iter().map(|edge| format!("{} -> {} ({} {})", name(edge.from), name(edge.to), edge.argument, edge.reads));
    let edges = edges.collect();
    let said = out.iter().map(|it| {
        let line = it.span.and_then(|span| Some(sources.file(span.file)?.line_column(span.start).0)).unwrap_or_default();
        format!("{line} {}: {}", it.code, it.message)
    });
    (snapshot, edges, said.collect())
}

fn attribute(snapshot: &Snapshot, address: &str, name: &str) -> String {
    let resource = snapshot.resources.iter().find(|resource| resource.address.as_str() == address);
    resource.and_then(|resource| resource.attributes.get(name)).map_or("absent".into(), |value| value.to_string())
}

const VALUES: &str = r#"
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Zones: {Type: CommaDelimitedList, Default: "a, b"}
  Count: {Type: Number, Default: 3}
  Password: {Type: String, NoEcho: true, Default: secret}
Mappings:
  Sizes: {dev: {type: t3.micro}, prod: {type: m5.large}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Small: !And [!Not [!Condition IsProd], !Equals [!Ref Count, "3"]]
  Somewhere: !Equals [!Ref AWS::AccountId, "123"]
Resources:
  A:
    Type: AWS::X::Y
    Properties:
      Size: !FindInMap [Sizes, !Ref Env, type]
      Fallback: !FindInMap [Sizes, other, type, {DefaultValue: none}]
      Joined: !Join ["-", [x, !Ref Env, !Select [1, !Ref Zones]]]
      Split: !Select ["1", !Split [",", "p,q"]]
      Sub: !Sub ["${Env}/${Own}/${!Env}", {Own: mine}]
      Chosen: !If [IsProd, 1, 2]
      Gone: !If [IsProd, x, !Ref AWS::NoValue]
      Base: {"Fn::Base64": hi}
      Length: !Length [1, 2]
      Json: !ToJsonString {a: [1]}
      Hidden: !Ref Password
      Secret: "{{resolve:secretsmanager:db:SecretString:pw}}"
      Plain: "{{resolve:ssm:/a}}"
      Open: !If [Somewhere, a, b]
  Off: {Type: AWS::X::Y, Condition: IsProd}
  On: {Type: AWS::X::Y, Condition: Small}
  Perhaps: {Type: AWS::X::Y, Condition: Somewhere}
"#;

#[test]
fn intrinsics_have_values() {
    let (snapshot, _, said) = read(&[("t.yaml", VALUES)], &[]);
    let value = |name| attribute(&snapshot, "A", name);
    let names = ["Size", "Fallback", "Joined", "Split", "Sub", "Chosen", "Base", "Length", "Json"];
    assert_eq!(
        names.map(value),
        ["\"t3.micro\"", "\"none\"", "\"x-dev-b\"", "\"q\"", "\"dev/mine/${Env}\"", "2", "\"aGk=\"", "2", "\"{\\\"a\\\":[1]}\""]
    );
    assert_eq!(["Gone", "Hidden", "Secret"].map(value), ["absent", "(sensitive)", "(sensitive)"]);
    assert_eq!(value("Plain"), "(ssm:/a is known after apply)");
    assert_eq!(value("Open"), "(AWS::AccountId is known after apply)");
    let there: Vec<(&str, bool)> =
        snapshot.resources.iter().map(|resource| (resource.address.as_str(), resource.count_unknown.is_some())).collect();
    assert_eq!(there, [("A", false), ("On", false), ("Perhaps", true)]);
    assert_eq!(snapshot.disabled[0].address.as_str(), "Off");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn given_values_count() {
    let (snapshot, ..) = read(&[("t.yaml", VALUES)], &[("Env", "prod"), ("Zones", "x,y")]);
    assert_eq!(attribute(&snapshot, "A", "Size"), "\"m5.large\"");
    assert_eq!(attribute(&snapshot, "A", "Joined"), "\"x-prod-y\"");
}

#[test]
fn references_that_lead_nowhere_stay_visible() {
    let text = "Resources:\n  A:\n    Type: AWS::X::Y\n    Properties:\n      P: !Ref Missing\n    DependsOn: Gone\n";
    let (snapshot, edges, said) = read(&[("t.yaml", text)], &[]);
    assert_eq!(edges, ["A -> Gone ( )", "A -> Missing (P Ref)"]);
    assert_eq!(snapshot.resources.len(), 3);
    assert_eq!(said, ["5 undeclared: Missing is declared in no file here", "6 undeclared: Gone is declared in no file here"]);
}

#[test]
fn a_circle_names_all_its_members() {
    let text = "Resources:\n  A: {Type: T::A::B, DependsOn: B}\n  B: {Type: T::A::B, DependsOn: C}\n  C: {Type: T::A::B, DependsOn: A}\n";
    let (.., said) = read(&[("t.yaml", &format!("AWSTemplateFormatVersion: x\n{text}"))], &[]);
    assert!(said.len() == 1 && ["A", "B", "C"].iter().all(|name| said[0].contains(name)), "{said:?}");
    let text = "Resources:\n  A: {Type: T::A::B, Properties: {P: !Sub \"${A}\", Q: !GetAtt A.Arn}}\n  B: {Type: T::A::B, DependsOn: B}\n";
    let (.., said) = read(&[("t.yaml", &format!("AWSTemplateFormatVersion: x\n{text}"))], &[]);
    let refused = |line, name| format!("{line} cycle: {name} depends on itself: the template is refused");
    assert_eq!(said, [refused(3, "A"), refused(3, "A"), refused(4, "B")]);
    let text = "Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\nResources: {Q: {Type: T::A::B, Condition: A}}\n";
    let (.., said) = read(&[("t.yaml", &format!("AWSTemplateFormatVersion: x\n{text}"))], &[]);
    assert_eq!(said, ["2 cycle: A depends on itself: A → B → A"]);
}

#[test]
fn loops_are_expanded() {
    let text = r#"
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: "one-a,two"}}
Conditions:
  Fn::ForEach::Conditions: [C, [X], {"Is${C}": !Equals [a, a]}]
Resources:
  Fn::ForEach::Queues:
    - Name
    - !Ref Names
    - Queue&{Name}:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: !Sub "${Name}-${AWS::Region}"
          Other: !Ref Name
          Fn::ForEach::Props: [Key, [A, B], {"P${Key}": !Ref Key}]
"#;
    let (snapshot, _, said) = read(&[("t.yaml", text)], &[("AWS::Region", "eu-west-1")]);
    let names: Vec<&str> = snapshot.resources.iter().map(|resource| resource.address.as_str()).collect();
    assert_eq!(names, ["Queueonea", "Queuetwo"]);
    assert_eq!(
        ["QueueName", "Other", "PA", "PB"].map(|name| attribute(&snapshot, "Queueonea", name)),
        ["\"one-a-eu-west-1\"", "\"one-a\"", "\"A\"", "\"B\""]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_loop_without_end_is_cut_off() {
    let many: Vec<String> = (0..1_000).map(|n| n.to_string()).collect();
    let list = format!("[{}]", many.join(", "));
    let text = format!(
        "Resources:\n  Fn::ForEach::A:\n    - X\n    - {list}\n    - Fn::ForEach::B${{X}}:\n        - Y\n        - {list}\n        - \"R${{X}}x${{Y}}\": {{Type: AWS::X::Y}}\n"
    );
    let (snapshot, _, said) = read(&[("t.yaml", &text)], &[]);
    assert!(snapshot.resources.len() > 1_000 && snapshot.resources.len() < 200_000, "{}", snapshot.resources.len());
    assert!(said.iter().any(|it| it.contains("limit")), "{said:?}");
}

#[test]
fn nested_stacks_are_entered_and_their_outputs_followed() {
    let outer = "Resources:\n  Net:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://s3.amazonaws.com/b/net.yaml\n      \
                 Parameters: {Cidr: 10.1.0.0/16}\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      SubnetId: !GetAtt Net.Outputs.Subnet\n      \
                 Range: !GetAtt Net.Outputs.Range\n";
    let inner = "Parameters: {Cidr: {Type: String}}\nResources:\n  Sub:\n    Type: AWS::EC2::Subnet\n    Properties: {CidrBlock: !Ref Cidr}\nOutputs:\n  \
                 Subnet: {Value: !Ref Sub}\n  Range: {Value: !Ref Cidr}\n";
    let (snapshot, edges, said) = read(&[("main.yaml", outer), ("parts/net.yaml", inner)], &[]);
    assert_eq!(edges, ["Host -> Net (SubnetId Outputs.Subnet)", "Host -> Net (Range Outputs.Range)", "Host -> Net/Sub (SubnetId Ref)"]);
    assert_eq!(attribute(&snapshot, "Net/Sub", "CidrBlock"), "\"10.1.0.0/16\"");
    assert_eq!(attribute(&snapshot, "Host", "Range"), "\"10.1.0.0/16\"");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn exports_and_imports_join_stacks() {
    let network = "Resources:\n  Vpc: {Type: AWS::EC2::VPC}\nOutputs:\n  Id: {Value: !Ref Vpc, Export: {Name: !Sub \"${AWS::StackName}-vpc\"}}\n  \
                   Fixed: {Value: !Ref Vpc, Export: {Name: the-vpc}}\n";
    let app = "Parameters: {Net: {Type: String}}\nResources:\n  A: {Type: AWS::X::Y, Properties: {V: !ImportValue the-vpc}}\n  \
               B: {Type: AWS::X::Y, Properties: {V: {\"Fn::ImportValue\": !Sub \"${Net}-vpc\"}}}\n  C: {Type: AWS::X::Y, Properties: {V: !ImportValue elsewhere}}\n";
    let (_, edges, _) = read(&[("app.yaml", app), ("net.yaml", network)], &[]);
    assert_eq!(
        edges,
        ["app.yaml//A -> net.yaml//Vpc (V Ref)", "app.yaml//B -> net.yaml//Vpc (V Ref)", "app.yaml//C -> import elsewhere (V )"]
    );
}

#[test]
fn what_is_no_template_is_not_read() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
    let (snapshot, _, said) = read(&[("pod.yaml", pod), ("compose.yaml", "services: {}\n")], &[]);
    assert!(snapshot.resources.is_empty());
    assert_eq!(said, ["1 kubernetes: this file holds Kubernetes objects and is not read"]);
}

#[test]
fn json_with_a_comma_too_many_is_read() {
    let text = "{\"Resources\": {\"A\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": \"a\",},},},}";
    let (snapshot, _, said) = read(&[("t.json", text)], &[]);
    assert_eq!(attribute(&snapshot, "A", "QueueName"), "\"a\"");
    assert_eq!(said.len(), 4);
}

#[test]
fn nested_conditions_stay_linear() {
    let mut value = String::from("x");
    for _ in 0..200 {
        value = format!("!If [C, {value}, !Ref AWS::NoValue]");
    }
    let text =
        format!("Conditions: {{C: !Equals [!Ref AWS::AccountId, a]}}\nResources:\n  A: {{Type: AWS::X::Y, Properties: {{P: {value}}}}}\n");
    let (snapshot, _, said) = read(&[("t.yaml", &text)], &[]);
    assert_eq!(attribute(&snapshot, "A", "P"), "(AWS::AccountId is known after apply)");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_is_wrong_is_said_where_it_stands_and_the_rest_is_read() {
    let text = "Resources:\n  A: {Type: AWS::SNS::Topic}\n  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nothing}}\n  B: text\n  \
                C: {Type: AWS::SQS::Queue, DependsOn: Nobody}\n  D: {Type: AWS::SQS::Queue, Condition: None}\n";
    let (snapshot, edges, said) = read(&[("t.yaml", text)], &[]);
    let names: Vec<&str> = snapshot.resources.iter().map(|resource| resource.address.as_str()).collect();
    assert_eq!(names, ["A", "C", "D", "Nobody", "Nothing"]);
    assert_eq!(edges, ["A -> Nothing (QueueName Ref)", "C -> Nobody ( )"]);
    let places: Vec<&str> = said.iter().filter_map(|it| it.split(':').next()).collect();
    assert_eq!(places, ["3 duplicate-key", "4 template", "6 undeclared", "3 undeclared", "5 undeclared"]);
}

#[test]
fn aliases_that_would_copy_without_end_are_cut_off() {
    let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in ["ab", "bc", "cd", "de", "ef", "fg", "gh"].iter().map(|pair| pair.split_at(1)) {
        text.push_str(&format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 10].join(", ")));
    }
    text.push_str("Resources:\n  A: {Type: AWS::SNS::Topic, Properties: {X: *h}}\n  B: {Type: AWS::SQS::Queue}\n");
    let (snapshot, _, said) = read(&[("t.yaml", &text)], &[]);
    assert_eq!(snapshot.resources.len(), 2);
    assert!(said.iter().any(|it| it.contains("alias")), "{said:?}");
}

#[test]
fn loops_and_the_serverless_transform_ask_for_given_values() {
    let text = r#"
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Names: {Type: CommaDelimitedList, Default: "one"}
  Stage: {Type: String, Default: dev}
Resources:
  Fn::ForEach::Queues: [Name, !Ref Names, {"Queue${Name}": {Type: AWS::SQS::Queue}}]
  Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, Runtime: python3.12, CodeUri: s3://a/b, AutoPublishAlias: !Ref Stage}}
"#;
    let names = |given: &[(&str, &str)]| {
        let (snapshot, _, said) = read(&[("t.yaml", text)], given);
        assert!(said.is_empty(), "{said:?}");
        let names: Vec<String> = snapshot.resources.iter().map(|resource| resource.address.to_string()).collect();
        names.into_iter().filter(|name| !name.starts_with("FnVersion")).collect::<Vec<String>>().join(" ")
    };
    assert_eq!(names(&[]), "Fn FnAliasdev FnRole Queueone");
    assert_eq!(names(&[("Names", "two,three"), ("Stage", "prod")]), "Fn FnAliasprod FnRole Queuethree Queuetwo");
}

const LIMITED: &str = r#"
Parameters:
  Env: {Type: String, Default: staging, AllowedValues: [dev, prod]}
  Size: {Type: Number, Default: 3, MinValue: 5, MaxValue: 10}
  Name: {Type: String, Default: "Ab", AllowedPattern: "[a-z]+", ConstraintDescription: only small letters}
  Zones: {Type: CommaDelimitedList, Default: "a,b", AllowedValues: [a, c]}
  Long: {Type: String, Default: abc, MinLength: 4}
  Open: {Type: String, AllowedValues: [x]}
Rules:
  Big:
    RuleCondition: !Equals [!Ref Env, staging]
    Assertions: [{Assert: !Contains [[large], !Ref Name], AssertDescription: staging is large}]
Resources: {Q: {Type: AWS::SQS::Queue}}
"#;

#[test]
fn values_that_a_parameter_does_not_allow_are_said() {
    let (.., said) = read(&[("t.yaml", LIMITED)], &[]);
    let expected = [
        "3 validation: The value of Env is refused: it must be one of dev, prod",
        "4 validation: The value of Size is refused: it must be at least 5",
        "5 validation: The value of Name is refused: only small letters",
        "12 validation: The value of Name is refused: the rule Big says: staging is large",
        "6 validation: The value of Zones is refused: it must be one of a, c",
        "7 validation: The value of Long is refused: its length must be at least 4",
    ];
    assert_eq!(said, expected);
    let given = [("Env", "dev"), ("Size", "10"), ("Name", "b"), ("Zones", "c,a"), ("Long", "abcd"), ("Open", "y")];
    let (.., said) = read(&[("t.yaml", LIMITED)], &given);
    assert_eq!(said, ["8 validation: The value of Open is refused: it must be one of x"]);
}

#[test]
fn metadata_lead_to_what_they_name() {
    let text = "Resources:\n  Logs: {Type: AWS::Logs::LogGroup}\n  Host:\n    Type: AWS::EC2::Instance\n    Metadata:\n      \
                AWS::CloudFormation::Init: {config: {files: {/etc/a: {content: !Sub \"group=${Logs}\"}}}}\n";
    let (_, edges, _) = read(&[("t.yaml", text)], &[]);
    assert_eq!(edges, ["Host -> Logs (Metadata.AWS::CloudFormation::Init.config.files./etc/a.content Ref)"]);
}

#[test]
fn a_stack_does_not_import_what_it_exports() {
    let text = "Parameters: {Net: {Type: String}}\nResources:\n  Own: {Type: AWS::X::Y}\n  A: {Type: AWS::X::Y, Properties: {V: {\"Fn::ImportValue\": \
                !Sub \"${Net}-Id\"}}}\nOutputs:\n  Id: {Value: !Ref Own, Export: {Name: !Sub \"${AWS::StackName}-Id\"}}\n";
    let (_, edges, _) = read(&[("t.yaml", text)], &[]);
    assert_eq!(edges, ["A -> import ${Net}-Id (V )"]);
}

#[test]
fn a_loop_leaves_texts_where_no_name_is_left() {
    let text = r#"
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Globals: {Function: {Runtime: python3.12, Handler: a.b, CodeUri: s3://a/b}}
Resources:
  Fn::ForEach::Each:
    - Name
    - [orders, users]
    - "${Name}Fn":
        Type: AWS::Serverless::Function
        Properties:
          FunctionName: !Join ["-", [api, !Ref Name]]
          Description: !Sub "${Name} in ${AWS::Region}"
          Events: {Get: {Type: Api, Properties: {Path: !Sub "/${Name}", Method: get}}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/more.yaml}}
"#;
    let (snapshot, _, said) = read(&[("t.yaml", text)], &[("AWS::Region", "eu-west-1")]);
    assert_eq!(said, ["14 macro: what this adds is known when the stack is deployed; it is not part of the review"]);
    assert_eq!(
        ["FunctionName", "Description"].map(|name| attribute(&snapshot, "usersFn", name)),
        ["\"api-users\"", "\"users in eu-west-1\""]
    );
    let names: Vec<&str> = snapshot.resources.iter().map(|resource| resource.address.as_str()).collect();
    assert!(names.contains(&"ordersFnGetPermissionProd") && names.contains(&"ServerlessRestApi"), "{names:?}");
}

#[test]
fn an_output_that_a_nested_stack_lacks_is_said() {
    let outer = "Resources:\n  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: net.yaml}}\n  A: {Type: T::A::B, Properties: {P: \
                 !GetAtt Net.Outputs.None}}\nAWSTemplateFormatVersion: x\n";
    let inner =
        "AWSTemplateFormatVersion: x\nParameters: {Cidr: {Type: String}}\nResources: {V: {Type: T::A::B, Properties: {P: !Ref Cidr}}}\n";
    let (.., said) = read(&[("main.yaml", outer), ("net.yaml", inner)], &[]);
    assert_eq!(
        said,
        ["3 undeclared: the output None of Net is declared in no file here", "2 missing-argument: Net needs a value for Cidr"]
    );
}

#[test]
fn a_loop_over_the_only_row_of_a_mapping_needs_no_value() {
    let text = "Parameters: {Env: {Type: String}}\nMappings: {M: {prod: {names: [a, b]}}}\nResources:\n  Fn::ForEach::Q: [N, !FindInMap [M, !Ref Env, \
                names], {\"Q${N}\": {Type: AWS::SQS::Queue}}]\n";
    let (snapshot, ..) = read(&[("t.yaml", text)], &[]);
    assert_eq!(snapshot.resources.len(), 2);
    let (snapshot, _, said) = read(&[("t.yaml", &text.replace("prod: {", "dev: {names: [c]}, prod: {"))], &[]);
    assert_eq!(snapshot.resources.len(), 0);
    assert!(said.iter().any(|it| it.contains("is not known from the template alone")), "{said:?}");
}
