//! Programs, and what they register; the same programs run under Pulumi's own SDK register the same.

use crate::diagnostic::Diagnostics;
use crate::lang::pulumi::interpret::{self, Outcome, value::deps_of};
use crate::lang::pulumi::project;
use crate::source::{SourceFile, Sources, Version};

pub fn outcome(files: &[(&str, &str)]) -> Outcome {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(Version::After, *path, *text);
    }
    let files: Vec<&SourceFile> = sources.files().collect();
    let mut out = Diagnostics::new();
    let project = project::find(&files, &mut out).pop().unwrap_or_else(|| panic!("no project"));
    assert!(out.is_empty() && project.diagnostics.is_empty(), "{out:?} {:?}", project.diagnostics);
    match &project.document {
        Some(document) => interpret::run_yaml(&project.given, document, &project.components),
        None => interpret::run(&project.given),
    }
}

/// `Class::name` and, behind an arrow, the names of what it depends on.
fn registered(files: &[(&str, &str)]) -> Vec<String> {
    let outcome = outcome(files);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let all = &outcome.resources;
    let line = |resource: &interpret::Registered| {
        let mut deps = resource.options.depends_on.clone();
        resource.inputs.values().for_each(|input| deps.add(&deps_of(&input.value)));
        let names: Vec<String> = deps.iter().map(|id| all[id as usize].shown_name().to_string()).collect();
        let class = resource.token.rsplit(':').next().unwrap_or_default();
        let arrow = if names.is_empty() { String::new() } else { format!(" -> {}", names.join(" ")) };
        format!("{class}::{}{arrow}", resource.shown_name())
    };
    all.iter().map(line).collect()
}

fn queues(body: &str) -> Vec<String> {
    let text = format!("import * as aws from \"@pulumi/aws\";\nconst q = (n: string) => new aws.sqs.Queue(n);\n{body}");
    registered(&[("index.ts", &text)]).into_iter().map(|line| line.trim_start_matches("Queue::").to_owned()).collect()
}

#[test]
fn every_loop_makes_its_resources() {
    let made = queues(
        "for (let i = 0; i < 2; i++) q(`a${i}`);\nfor (const [k, v] of Object.entries({ x: 1, y: 2 })) q(k + v);\nfor (const k in { z: 1 }) q(k);\n\
         let j = 0; while (j < 1) { q(`w${j++}`); }\ndo { q(`d${j}`); j--; } while (j > 0);\n[...Array(2).keys()].map(i => q(`k${i}`));\n\
         Array.from({ length: 1 }, (_, i) => q(`f${i}`));\nconst m = new Map<string, number>([[\"m\", 1]]);\nfor (const [k, v] of m) q(k + v);\n\
         m.forEach((v, k) => q(`e${k}${v}`));\nfor (const s of new Set([\"p\", \"p\"])) q(s);\n[1, 2, 3].filter(n => n > 2).forEach(n => q(`n${n}`));",
    );
    assert_eq!(made, ["a0", "a1", "x1", "y2", "z", "w0", "d1", "k0", "k1", "f0", "m1", "em1", "p", "n3"]);
}

#[test]
fn names_are_computed_as_the_language_does() {
    let made = queues(
        "q([\"a\", \"b\"].join(\"_\") + [\"a\", \"b\"].indexOf(\"b\"));\nq(\"x\".padStart(3, \"0\") + \"Hello World\".toLowerCase().replace(\" \", \"-\") + (1 + 2) + \"3\" * 1);\n\
         q(`${[3, 1, 2].sort((a, b) => a - b).join(\"\")}${[10, 9].sort().toString()}`);\nq(\"GET /a/{b}\".replace(/[^a-zA-Z]+/g, \"-\").replace(/-$/, \"\"));\n\
         enum E { A = \"ea\" }\nenum N { X, Y = 5, Z }\nq(`${E.A}-${N.Z}-${N[5]}`);\nq(\"n\" + 10 / 4 + Math.ceil(1.2) + parseInt(\"42px\") + 7 % 3 + 2 ** 3);\n\
         const { a: { b = \"default\" } = {}, ...rest } = { c: 1, d: 2 } as any;\nq(b + Object.keys(rest).join(\"\"));\n\
         function f(a: string, b = a + \"_\", ...c: string[]) { return a + b + c.length; }\nq(f(\"x\", \"y\", \"z\", ...[\"w\"]));\n\
         const o = { n: \"obj\", get() { return this.n; } };\nq(o.get());\nq(JSON.parse('{\"a\": {\"b\": \"json\"}}').a.b);\n\
         q([1, 2].find(x => x > 1) + \"x\".concat(\"y\", \"z\").substring(1) + \"abc\".substr(1, 1) + \"a,b\".split(\",\").pop());",
    );
    let expected = ["a_b1", "00xhello-world33", "12310,9", "GET-a-b", "ea-6-Y", "n2.524218", "defaultcd", "xy2", "obj", "json", "2yzbb"];
    assert_eq!(made, expected);
}

#[test]
fn components_modules_and_functions_follow_the_language() {
    let made = registered(&[
        ("Pulumi.yaml", "name: p\nruntime: nodejs\n"),
        (
            "index.ts",
            "import { Net } from \"./net\";\nexport = async () => {\n  const net = new Net(\"net\", { count: 2 });\n  return { ids: net.ids };\n};\n",
        ),
        ("net/index.ts", "export * from \"./net\";\n"),
        (
            "net/net.ts",
            "import * as pulumi from \"@pulumi/pulumi\";\nimport { ec2 } from \"@pulumi/aws\";\n\
             export class Net extends pulumi.ComponentResource {\n  subnets: ec2.Subnet[] = [];\n  get ids() { return this.subnets.map(s => s.id); }\n\
             constructor(private readonly name: string, args: { count: number }, opts?: pulumi.ComponentResourceOptions) {\n\
             super(\"pkg:index:Net\", name, {}, opts);\n    const vpc = this.vpc();\n    for (let i = 0; i < args.count; i++)\n\
             this.subnets.push(new ec2.Subnet(`${name}-${i}`, { vpcId: vpc.id }, { parent: this }));\n  }\n\
             private vpc() { return new ec2.Vpc(this.name + \"-vpc\", {}, { parent: this }); }\n}\n",
        ),
    ]);
    assert_eq!(made, ["Net::net", "Vpc::net-vpc", "Subnet::net-0 -> net-vpc", "Subnet::net-1 -> net-vpc"]);
}

#[test]
fn outputs_carry_what_they_depend_on() {
    let made = registered(&[(
        "index.ts",
        "import * as pulumi from \"@pulumi/pulumi\";\nimport * as aws from \"@pulumi/aws\";\nconst a = new aws.sqs.Queue(\"a\"), b = new aws.sqs.Queue(\"b\");\n\
         const p = (n: string, value: any) => new aws.ssm.Parameter(n, { type: \"String\", value });\n\
         p(\"all\", pulumi.all([a.arn, b.arn]).apply(([x, y]) => `${x},${y}`));\np(\"object\", pulumi.all({ a: a.arn }).apply(o => o.a));\n\
         p(\"text\", pulumi.interpolate`${a.name}-x`);\np(\"json\", pulumi.jsonStringify({ list: [b.url] }));\np(\"secret\", pulumi.secret(b.arn));\n\
         p(\"chain\", a.arn.apply(x => b.arn.apply(y => x + y)));\nconst out = pulumi.output({ y: [b.arn] });\np(\"part\", out.y[0]);\n",
    )]);
    assert_eq!(
        made[2..],
        [
            "Parameter::all -> a b",
            "Parameter::object -> a",
            "Parameter::text -> a",
            "Parameter::json -> b",
            "Parameter::secret -> b",
            "Parameter::chain -> a b",
            "Parameter::part -> b"
        ]
    );
}

#[test]
fn each_round_has_its_own_variables_where_functions_take_them_along() {
    let made = queues(
        "const fs: any[] = []; for (let i = 0; i < 2; i++) fs.push(() => q(`f${i}`)); fs.forEach(f => f());\nfor (let j = 4; j--; j--) { [j].map(x => q(`j${x}`)); }",
    );
    assert_eq!(made, ["f0", "f1", "j3", "j1"]);
}

#[test]
fn a_function_of_the_program_becomes_a_lambda_with_its_role() {
    let made = registered(&[(
        "index.ts",
        "import * as aws from \"@pulumi/aws\";\nconst topic = new aws.sns.Topic(\"t\");\ntopic.onEvent(\"ev\", async () => {});\n\
         new aws.lambda.CallbackFunction(\"own\", { callback: async () => 1, policies: [aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole] });\n",
    )]);
    // The hash is the first eight digits of the policy's SHA-1, as the library names its attachments.
    let expected = ["Role::own", "RolePolicyAttachment::own-58ed699a -> own", "Function::own -> own"];
    assert_eq!(made[made.len() - 3..], expected);
    assert_eq!(made[1], "TopicEventSubscription::ev");
    assert_eq!(made[made.len() - 5..made.len() - 3], ["Permission::ev -> t ev", "TopicSubscription::ev -> t ev"]);
    assert_eq!(made.len(), 18);
}

#[test]
fn yaml_names_what_it_depends_on() {
    let made = registered(&[
        (
            "Pulumi.yaml",
            "name: site\nruntime: yaml\nconfig:\n  size:\n    type: integer\n    default: 2\nvariables:\n  zone:\n    fn::invoke:\n      function: aws:route53:getZone\n      arguments:\n        name: ${bucket.bucket}\n      return: zoneId\n  label: ${pulumi.project}-${pulumi.stack}-${size}\n\
             resources:\n  object:\n    type: aws:s3:BucketObject\n    properties:\n      bucket: ${bucket.id}\n      tags:\n        A: \"$${x} ${label}\"\n    options:\n      dependsOn:\n        - ${other}\n  bucket:\n    type: aws:s3/bucket:Bucket\n    name: ${label}\n  other:\n    type: random:RandomPet\n  record:\n    type: aws:route53:Record\n    properties:\n      zoneId: ${zone}\n      records:\n        - fn::join: [\".\", [\"${other.id}\", x]]\noutputs:\n  id: ${object[\"id\"]}\n",
        ),
        ("Pulumi.dev.yaml", "config:\n  site:size: 3\n"),
    ]);
    assert_eq!(
        made,
        ["Bucket::site-dev-3", "RandomPet::other", "BucketObject::object -> site-dev-3 other", "Record::record -> site-dev-3 other"]
    );
}

#[test]
fn a_circle_in_yaml_is_said_and_does_not_run_on() {
    let text = "name: c\nruntime: yaml\nresources:\n  a:\n    type: aws:sqs:Queue\n    properties: { name: \"${b.id}\" }\n  b:\n    type: aws:sqs:Queue\n    properties: { name: \"${a.id}\" }\n";
    let outcome = outcome(&[("Pulumi.yaml", text)]);
    assert_eq!(outcome.resources.len(), 2);
    assert_eq!(outcome.diagnostics.len(), 1);
}

#[test]
fn nothing_runs_for_ever() {
    let body = "import * as aws from \"@pulumi/aws\";\nfunction f(n: number): any { return f(n + 1) + f(n + 2); }\nf(0);\nlet i = 0;\nwhile (true) { i++; }\n\
                for (;;) { new aws.sqs.Queue(\"q\"); if (i > 3) break; }\nconst a: any = []; a.push(a); JSON.stringify(a); a.flat(99);\n";
    let outcome = outcome(&[("index.ts", body)]);
    assert!(!outcome.diagnostics.is_empty());
}
