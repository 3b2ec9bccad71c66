//! Pulumi's programs in the whole review: what YAML may look like, stacks that refer to each other, options of
//! resources in a comparison, and what is made of code.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use plumbline::review::Review;
use plumbline::{Input, InputFile};

fn files(files: &[(&str, &str)]) -> Vec<InputFile> {
    files.iter().map(|(path, text)| InputFile::new(*path, text.as_bytes())).collect()
}

fn review(after: &[(&str, &str)]) -> Review {
    plumbline::review(&Input { files: files(after), ..Input::default() })
}

fn compare(before: &[(&str, &str)], after: &[(&str, &str)]) -> Review {
    plumbline::review(&Input { files: files(after), base: Some(files(before)), ..Input::default() })
}

fn addresses(review: &Review) -> Vec<&str> {
    review.resources.iter().map(|it| it.address.as_str()).collect()
}

fn edges(review: &Review) -> Vec<String> {
    review.dependencies.iter().map(|it| format!("{} {} {}", it.from, it.via, it.to)).collect()
}

fn told(review: &Review) -> Vec<String> {
    let paths = |it: &plumbline::review::ChangeEntry| it.because.iter().map(|it| it.path.to_string()).collect::<Vec<_>>().join(" ");
    review.changes.iter().map(|it| format!("{:?} {} {}", it.action, it.address, paths(it)).trim_end().to_owned()).collect()
}

/// Sections, options and functions in the spellings of all versions of the language.
#[test]
fn yaml_is_read_in_every_spelling_it_had() {
    let old = "name: web\nruntime: yaml\nConfiguration:\n  Size: {Type: String, Default: t3.micro}\nResources:\n  Group:\n    Type: aws:ec2:SecurityGroup\n  \
        Server:\n    Type: aws:ec2/instance:Instance\n    Properties:\n      instanceType: ${Size}\n      ami:\n        Fn::Invoke:\n          Function: aws:getAmi\n          \
        Arguments: {mostRecent: true}\n          Return: id\n      userData:\n        Fn::Join:\n          - '-'\n          - - a\n            - Fn::Sub: echo ${Group.arn}\n    \
        Provider: East\n  East:\n    Type: pulumi:providers:aws\n    Properties: {region: us-east-2}\nOutputs:\n  Id: ${Server.id}\n";
    let review = review(&[("Pulumi.yaml", old)]);
    let expected = ["aws:ec2/instance:Instance::Server", "aws:ec2/securityGroup:SecurityGroup::Group", "pulumi:providers:aws::East"];
    assert_eq!(addresses(&review), expected);
    assert_eq!(edges(&review).len(), 2, "{:?}", edges(&review));
    assert!(review.diagnostics.is_empty(), "{:?}", review.diagnostics);
}

#[test]
fn a_program_in_json_and_one_without_a_runtime_are_programs() {
    let main = r#"{"resources": {"a.b": {"type": "aws:sqs:Queue"}, "c": {"type": "aws:sns:TopicSubscription", "properties": {"endpoint": "${[\"a.b\"].arn}"}}}}"#;
    let json = review(&[("app/Pulumi.yaml", "name: j\nruntime: yaml\n"), ("app/Main.json", main)]);
    assert_eq!(edges(&json), ["aws:sns/topicSubscription:TopicSubscription::c endpoint aws:sqs/queue:Queue::a.b"]);
    let bare = review(&[("Pulumi.yaml", "name: ${PROJECT}\nresources:\n  repo:\n    type: awsx:ecr:Repository\n")]);
    assert_eq!(addresses(&bare), ["awsx:ecr:Repository::repo"]);
}

/// The project declares what the program in its own file uses; a choice waits for all there is to choose from.
#[test]
fn configuration_and_choices_are_those_of_the_engine() {
    let project = "name: p\nruntime: yaml\nconfig:\n  size: {type: integer, default: 7}\n";
    let main = "resources:\n  a: {type: 'aws:sqs:Queue'}\n  b: {type: 'aws:sqs:Queue'}\n  \
        c: {type: 'aws:sqs:Queue', properties: {delaySeconds: '${size}', name: {'fn::select': [1, ['${a.name}', '${b.name}']]}}}\n";
    let review = review(&[("Pulumi.yaml", project), ("Main.yaml", main)]);
    let queue = "aws:sqs/queue:Queue";
    assert_eq!(edges(&review), [format!("{queue}::c name {queue}::a"), format!("{queue}::c name {queue}::b")]);
    let c = review.resources.iter().find(|it| it.address.ends_with("::c")).unwrap();
    assert!(c.attributes.get("delaySeconds").is_some_and(|it| it.to_string().contains('7')), "{:?}", c.attributes);
    assert!(review.diagnostics.is_empty(), "{:?}", review.diagnostics);
}

#[test]
fn components_of_packages_say_that_the_engine_makes_what_is_inside() {
    let text = "name: k\nruntime: yaml\npackages:\n  mine: ./components\nresources:\n  cluster:\n    type: eks:Cluster\n  net:\n    type: awsx:ec2:Vpc\n  \
        part:\n    type: mine:Thing\n    properties: {of: '${net.vpcId}'}\n";
    let review = review(&[("Pulumi.yaml", text)]);
    assert_eq!(addresses(&review), ["awsx:ec2:Vpc::net", "eks:index:Cluster::cluster", "mine:index:Thing::part"]);
    let notes: Vec<&str> = review.diagnostics.iter().filter(|it| it.code == "component-children").map(|it| it.message.as_str()).collect();
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("`awsx:ec2:Vpc`") && note.contains("NAT gateways")), "{notes:?}");
}

const NETWORK: &str = "import pulumi\nimport pulumi_aws as aws\nnet = aws.ec2.Vpc('net', cidr_block='10.0.0.0/16')\npulumi.export('vpcId', net.id)\npulumi.export('size', 3)\n";

#[test]
fn outputs_of_another_stack_are_joined_when_its_program_is_at_hand() {
    let shop = "name: shop\nruntime: yaml\nresources:\n  net:\n    type: pulumi:pulumi:StackReference\n    properties: {name: acme/network/prod}\n  \
        group:\n    type: aws:ec2:SecurityGroup\n    properties:\n      vpcId: ${net.outputs[\"vpcId\"]}\n      description: ${net.outputs.size} zones\n";
    let typescript = "import * as aws from '@pulumi/aws';\nimport * as pulumi from '@pulumi/pulumi';\nconst net = new pulumi.StackReference('acme/network/prod');\n\
        new aws.ec2.Subnet('a', { vpcId: net.getOutput('vpcId') });\n";
    let review = review(&[
        ("network/Pulumi.yaml", "name: network\nruntime: python\n"),
        ("network/__main__.py", NETWORK),
        ("shop/Pulumi.yaml", shop),
        ("web/Pulumi.yaml", "name: web\nruntime: nodejs\n"),
        ("web/index.ts", typescript),
    ]);
    let has = |from: &str, to: &str| edges(&review).iter().any(|edge| edge.contains(from) && edge.ends_with(to));
    let far = "network/Pulumi.yaml//aws:ec2/vpc:Vpc::net";
    assert!(has("SecurityGroup::group vpcId", "StackReference::net") && has("StackReference::net", far), "{:#?}", edges(&review));
    assert!(
        has("Subnet::a", "StackReference::acme/network/prod") && has("StackReference::acme/network/prod", far),
        "{:#?}",
        edges(&review)
    );
    let group = review.resources.iter().find(|it| it.address.ends_with("::group")).unwrap();
    assert_eq!(group.attributes.get("description").and_then(|it| it.as_text()).map(|it| it.as_str()), Some("3 zones"));
    let reach = plumbline::review::reach(&review, far);
    assert!(reach.iter().any(|it| it.address.ends_with("::group")), "{reach:?}");
}

#[test]
fn an_alias_makes_a_new_name_a_move() {
    let before = "import pulumi\nimport pulumi_aws as aws\naws.sqs.Queue('jobs')\naws.sns.Topic('news')\naws.s3.Bucket('files')\n";
    let after = "import pulumi\nimport pulumi_aws as aws\naws.sqs.Queue('work', opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name='jobs')]))\n\
        aws.sns.Topic('letters', opts=pulumi.ResourceOptions(aliases=['urn:pulumi:prod::shop::my:Group$aws:sns/topic:Topic::news']))\n\
        aws.s3.BucketV2('files', opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(type_='aws:s3/bucket:Bucket')]))\n";
    let review = compare(&[("__main__.py", before)], &[("__main__.py", after)]);
    let expected = ["Move aws:s3/bucketV2:BucketV2::files", "Move aws:sns/topic:Topic::letters", "Move aws:sqs/queue:Queue::work"];
    assert_eq!(told(&review), expected);
}

#[test]
fn options_decide_what_happens() {
    let program = |size: u32, more: &str| {
        format!(
            "import * as aws from '@pulumi/aws';\nnew aws.sqs.Queue('a', {{ delaySeconds: {size} }}, {{ replaceOnChanges: ['delaySeconds'] }});\n\
             new aws.sqs.Queue('b', {{ delaySeconds: {size} }}, {{ ignoreChanges: ['delaySeconds'] }});\n{more}"
        )
    };
    let gone = "new aws.sqs.Queue('c', {}, { retainOnDelete: true });\n";
    let taken = "new aws.sqs.Queue('d', {}, { import: 'https://queue', customTimeouts: { create: '20m' } });\n";
    let review = compare(&[("index.ts", &program(1, gone))], &[("index.ts", &program(2, taken))]);
    let expected = ["Replace aws:sqs/queue:Queue::a delaySeconds", "Forget aws:sqs/queue:Queue::c", "Import aws:sqs/queue:Queue::d"];
    assert_eq!(told(&review), expected);
    let d = review.resources.iter().find(|it| it.address.ends_with("::d")).unwrap();
    assert!(d.attributes.contains_key("timeouts"), "{:?}", d.attributes);
}

/// An argument that replaces: first the new one, unless the name is taken or the author says otherwise.
#[test]
fn the_old_one_goes_first_where_its_name_is_taken() {
    let program = |path: &str| {
        format!(
            "import * as aws from '@pulumi/aws';\nnew aws.iam.Role('a', {{ path: '{path}', assumeRolePolicy: '' }});\n\
             new aws.iam.Role('b', {{ name: 'fixed', path: '{path}', assumeRolePolicy: '' }});\n\
             new aws.iam.Role('c', {{ path: '{path}', assumeRolePolicy: '' }}, {{ deleteBeforeReplace: true }});\n"
        )
    };
    let review = compare(&[("index.ts", &program("/a/"))], &[("index.ts", &program("/b/"))]);
    let effect = |name: &str| review.impact.per_resource.iter().find(|it| it.address.ends_with(name)).unwrap().effect.to_string();
    assert_eq!(told(&review).len(), 3);
    assert_ne!(effect("::a"), effect("::b"));
    assert_eq!(effect("::b").replace("::b", "::c"), effect("::c"));
}

/// The sample of the page: four services of one shape, in three modules.
fn sample() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples/bookshop/infrastructure");
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let name = |path: &std::path::Path| format!("infrastructure/{}", path.file_name().unwrap().to_string_lossy());
    names.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// "If I modify the auth service, what is affected?", from the code, each with its reason; worked out by hand.
#[test]
fn code_leads_to_image_task_and_service_and_to_what_they_run_with() {
    let sample = sample();
    let review = review(&sample.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    assert_eq!(review.resources.len(), 67, "{:#?}", addresses(&review));
    let reach = plumbline::review::reach(&review, "applications/auth/src/login.py");
    let short = |address: &str| {
        address.split_once("::").map_or_else(String::new, |(kind, name)| format!("{} {name}", kind.rsplit(':').next().unwrap()))
    };
    let found: Vec<String> = reach.iter().map(|it| format!("{} {}: {}", it.distance, short(&it.address), it.reason)).collect();
    let expected = [
        "0 Image auth-image: is made of ../applications/auth",
        "1 TaskDefinition auth-task: reads .repo_digest of Image::auth-image",
        "2 Service auth: reads .arn of TaskDefinition::auth-task",
    ];
    assert_eq!(found[..3], expected, "{found:#?}");
    let runs: Vec<String> = reach[3..].iter().map(|it| short(&it.address)).collect();
    for wanted in [
        "TargetGroup auth-target",
        "Role auth-role",
        "Role auth-execution",
        "LogGroup auth-logs",
        "Secret settings",
        "RolePolicy auth-settings",
        "Repository auth",
    ] {
        assert!(runs.iter().any(|it| it == wanted), "{wanted}: {runs:#?}");
    }
    assert!(!found.iter().any(|it| it.contains("orders") || it.contains("catalogue")), "{found:#?}");
    assert!(plumbline::review::reach(&review, "applications/nowhere/x.py").is_empty());
}

/// Images that are built elsewhere: the repository is called like the folder.
#[test]
fn a_repository_that_is_called_like_a_folder_leads_on() {
    let text = "import pulumi_aws as aws\nrepo = aws.ecr.Repository('repo', name='shop/auth_api')\n\
        aws.ecs.TaskDefinition('task', family='t', container_definitions=repo.repository_url.apply(lambda url: '[{\"image\": \"' + url + ':latest\"}]'))\n";
    let review = review(&[("infrastructure/__main__.py", text)]);
    let reach = plumbline::review::reach(&review, "applications/auth-api/src/main.py");
    let found: Vec<&str> = reach.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(found, ["aws:ecr/repository:Repository::repo", "aws:ecs/taskDefinition:TaskDefinition::task"]);
    assert!(reach[0].reason.contains("is called like a folder"), "{}", reach[0].reason);
}

#[test]
fn terraform_and_sam_name_their_code_too() {
    let terraform = "data \"archive_file\" \"mail\" {\n  type = \"zip\"\n  source_dir = \"${path.module}/../functions/mail\"\n  output_path = \"mail.zip\"\n}\n\
        resource \"aws_lambda_function\" \"mail\" {\n  function_name = \"mail\"\n  filename = data.archive_file.mail.output_path\n  role = aws_iam_role.mail.arn\n}\n\
        resource \"aws_iam_role\" \"mail\" {\n  assume_role_policy = \"\"\n}\n\
        resource \"docker_image\" \"api\" {\n  name = \"api\"\n  build {\n    context = \"../apps/api\"\n  }\n}\n\
        resource \"aws_s3_object\" \"page\" {\n  bucket = \"b\"\n  key = \"index.html\"\n  source = \"site/index.html\"\n}\n";
    let review_of = review(&[("infra/main.tf", terraform)]);
    let of = |path: &str| plumbline::review::reach(&review_of, path).iter().map(|it| it.address.to_string()).collect::<Vec<_>>();
    assert_eq!(of("functions/mail/handler.py"), ["data.archive_file.mail", "aws_lambda_function.mail", "aws_iam_role.mail"]);
    assert_eq!(of("apps/api/Dockerfile"), ["docker_image.api"]);
    assert_eq!(of("infra/site/index.html"), ["aws_s3_object.page"]);
    let sam = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Mail:\n    Type: AWS::Serverless::Function\n    \
        Properties: {Handler: a.b, Runtime: python3.12, CodeUri: ./functions/mail}\n";
    let review_of = review(&[("sam/template.yaml", sam)]);
    let of = |path: &str| plumbline::review::reach(&review_of, path).iter().map(|it| it.address.to_string()).collect::<Vec<_>>();
    assert_eq!(of("sam/functions/mail/handler.py"), ["Mail", "MailRole"]);
}

/// Both versions hold the code of two services, and one of them differs.
#[test]
fn code_that_differs_updates_what_is_made_of_it() {
    let program = "import pulumi_aws as aws\nimport pulumi_docker as docker\n\
        for name in ['auth', 'shop']:\n    image = docker.Image(name, build={'context': f'../applications/{name}'}, image_name=name)\n    \
        aws.ecs.TaskDefinition(name, family=name, container_definitions=image.repo_digest)\n";
    let with = |auth: &'static str| {
        [("infrastructure/__main__.py", program), ("applications/auth/app.py", auth), ("applications/shop/app.py", "pass\n")]
    };
    let review = compare(&with("1\n"), &with("2\n"));
    assert_eq!(told(&review), ["Update docker:index/image:Image::auth contents"]);
    assert_eq!(review.changes[0].because[0].after.to_string(), "\"other in applications/auth/app.py\"");
    assert!(review.changes[0].condition.is_none());
    assert!(review.affected.iter().any(|it| it.address.ends_with("TaskDefinition::auth")));
    assert!(compare(&with("1\n"), &with("1\n")).changes.is_empty());
    // Code of one version says nothing about the other.
    assert!(compare(&with("1\n")[..1], &with("2\n")).changes.is_empty());
    let template = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Mail:\n    Type: AWS::Serverless::Function\n    \
        Properties: {Handler: a.b, Runtime: python3.12, CodeUri: ./mail}\n";
    let sam = |code: &'static str| [("template.yaml", template), ("mail/a.py", code)];
    assert_eq!(told(&compare(&sam("1\n"), &sam("2\n"))), ["Update Mail contents"]);
}

/// Two projects, and a preview of one: its resources are those of that project.
#[test]
fn a_preview_finds_its_project_among_several() {
    let preview = r#"{"steps": [{"op": "update", "urn": "urn:pulumi:prod::network::aws:ec2/vpc:Vpc::net",
        "oldState": {"inputs": {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": false}},
        "newState": {"inputs": {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": true}},
        "diffReasons": ["enableDnsHostnames"], "detailedDiff": null}]}"#;
    let review = review(&[
        ("network/Pulumi.yaml", "name: network\nruntime: python\n"),
        ("network/__main__.py", NETWORK),
        ("shop/Pulumi.yaml", "name: shop\nruntime: yaml\nresources:\n  net: {type: 'aws:ec2:Vpc'}\n"),
        ("preview.json", preview),
    ]);
    assert_eq!(told(&review), ["Update network/Pulumi.yaml//aws:ec2/vpc:Vpc::net enable_dns_hostnames"]);
    assert_eq!(review.changes[0].source.file, "network/__main__.py");
    assert_eq!(addresses(&review), ["network/Pulumi.yaml//aws:ec2/vpc:Vpc::net", "shop/Pulumi.yaml//aws:ec2/vpc:Vpc::net"]);
}

/// Types of the utilities are those of the same provider in Terraform, with what replaces them.
#[test]
fn utilities_are_known_by_their_rules() {
    let program = |length: u32| format!("import pulumi_random as random\nrandom.RandomPassword('p', length={length}, special=True)\n");
    let review = compare(&[("__main__.py", &program(16))], &[("__main__.py", &program(20))]);
    assert_eq!(told(&review), ["Replace random:index/randomPassword:RandomPassword::p length"]);
    assert_eq!(review.resources[0].r#type, "random_password");
}

/// What is expected follows Pulumi's reference of components in YAML: the type is `package:index:Name`, and the parts lie
/// below the component and are called after it.
#[test]
fn components_in_yaml_are_made_of_their_parts() {
    let plugin = "name: web\nruntime: yaml\ncomponents:\n  Site:\n    inputs:\n      page:\n        type: string\n      acl:\n        type: string\n        default: private\n    \
        variables:\n      full: ${page}.html\n    resources:\n      bucket:\n        type: aws:s3:Bucket\n        properties:\n          acl: ${acl}\n      \
        object:\n        type: aws:s3:BucketObject\n        properties:\n          bucket: ${bucket.id}\n          key: ${full}\n      note:\n        type: web:Note\n        properties:\n          of: ${object.id}\n    \
        outputs:\n      url: https://${bucket.websiteEndpoint}\n  Note:\n    inputs:\n      of:\n        type: string\n    resources:\n      text:\n        type: aws:ssm:Parameter\n        properties:\n          type: String\n          value: ${of}\n";
    let program = "name: shop\nruntime: yaml\npackages:\n  web: ../web\nresources:\n  cluster:\n    type: aws:ecs:Cluster\n  one:\n    type: web:Site\n    properties:\n      page: index\n    options:\n      dependsOn:\n        - ${cluster}\n  \
        two:\n    type: web:index:Site\n    properties:\n      page: ${cluster.name}\n      acl: public-read\n  link:\n    type: aws:ssm:Parameter\n    properties:\n      type: String\n      value: ${one.url}\n";
    let files = vec![InputFile::new("web/PulumiPlugin.yaml", plugin.as_bytes()), InputFile::new("infra/Pulumi.yaml", program.as_bytes())];
    let review = plumbline::review(&Input { files, ..Input::default() });
    assert!(review.diagnostics.is_empty(), "{:?}", review.diagnostics);
    let found: Vec<String> = review.resources.iter().map(|it| format!("{} {}:{}", it.address, it.source.file, it.source.line)).collect();
    let mut expected = vec![
        "aws:ecs/cluster:Cluster::cluster infra/Pulumi.yaml:6",
        "aws:ssm/parameter:Parameter::link infra/Pulumi.yaml:20",
        "web:index:Site::one infra/Pulumi.yaml:8",
        "web:index:Site::two infra/Pulumi.yaml:15",
    ];
    for site in ["one", "two"] {
        for part in [
            "aws:s3/bucket:Bucket::{}-bucket web/PulumiPlugin.yaml:14",
            "aws:s3/bucketObject:BucketObject::{}-object web/PulumiPlugin.yaml:18",
            "web:index:Note::{}-note web/PulumiPlugin.yaml:23",
            "aws:ssm/parameter:Parameter::{}-note-text web/PulumiPlugin.yaml:34",
        ] {
            expected.push(Box::leak(part.replace("{}", site).into_boxed_str()));
        }
    }
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let edge = |from: &str, to: &str| review.dependencies.iter().any(|it| it.from.ends_with(from) && it.to.ends_with(to));
    for (from, to) in [
        ("::one", "::cluster"),
        ("::two", "::cluster"),
        ("::one-object", "::one-bucket"),
        ("::one-bucket", "Site::one"),
        ("::two-object", "::cluster"),
        ("::two-note-text", "::two-object"),
        ("::link", "::one-bucket"),
    ] {
        assert!(edge(from, to), "{from} -> {to}: {:?}", review.dependencies.iter().map(|it| (&it.from, &it.to)).collect::<Vec<_>>());
    }
    assert!(!edge("::one-object", "::two-bucket") && !edge("::link", "::two-bucket"));
    let object = review.resources.iter().find(|it| it.address.ends_with("::one-object")).unwrap();
    assert_eq!(object.attributes.get("key").and_then(|it| it.as_text()).map(|it| it.as_str()), Some("index.html"));
    assert_eq!(object.called_from.len(), 1);
}

/// The way back is the program's own tool's, for what is made and for what is lost.
#[test]
fn the_way_back_speaks_of_pulumi() {
    let program = |encrypted: &str| {
        format!(
            "name: shop\nruntime: yaml\nresources:\n  db:\n    type: aws:rds:Instance\n    properties:\n      identifier: shop\n      engine: postgres\n      \
             instanceClass: db.t3.micro\n      allocatedStorage: 20\n      storageEncrypted: {encrypted}\n"
        )
    };
    let commands = |review: &Review| -> Vec<String> {
        review
            .rollback
            .tiers
            .iter()
            .flat_map(|tier| &tier.steps)
            .filter_map(|step| step.command.as_ref())
            .map(ToString::to_string)
            .collect()
    };
    let first = commands(&review(&[("Pulumi.yaml", &program("true"))]));
    assert!(first.iter().any(|command| command == "pulumi destroy"), "{first:?}");
    let replaced = commands(&compare(&[("Pulumi.yaml", &program("false"))], &[("Pulumi.yaml", &program("true"))]));
    assert!(replaced.iter().any(|command| command.ends_with("&& pulumi up")), "{replaced:?}");
    let import = "pulumi state delete <urn of db> && pulumi import aws:rds/instance:Instance db shop";
    assert!(replaced.iter().any(|command| command == import), "{replaced:?}");
    assert!(
        first.iter().chain(&replaced).all(|command| !command.contains("terraform") && !command.contains("cloudformation")),
        "{replaced:?}"
    );
}
