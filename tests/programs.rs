//! Programs against Pulumi's own SDK, which ran each of them under its mocks: `tests/vectors/pulumi_python.json` and
//! `pulumi_typescript.json` hold the programs, what they register with file and line, and the dependencies that the
//! engine is told.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use plumbline::{Input, InputFile};
use serde_json::Value;

#[test]
fn programs_in_python_register_what_the_sdk_says() {
    compare(include_str!("vectors/pulumi_python.json"), 50, 895, 977);
}

#[test]
fn programs_in_typescript_register_what_the_sdk_says() {
    compare(include_str!("vectors/pulumi_typescript.json"), 47, 812, 872);
}

/// Every resource at its line and every edge, no more and no less, of at least so many.
fn compare(text: &str, programs: usize, least_resources: usize, least_edges: usize) {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut wrong = Vec::new();
    let (mut resources, mut edges) = (0, 0);
    for case in &cases {
        let files = case["files"].as_object().unwrap().iter();
        let files = files.map(|(path, text)| InputFile::new(path.as_str(), text.as_str().unwrap().as_bytes())).collect();
        let review = plumbline::review(&Input { files, ..Input::default() });
        let found: BTreeSet<String> =
            review.resources.iter().map(|it| format!("{} {}:{}", it.address, it.source.file, it.source.line)).collect();
        let expected: BTreeSet<String> = case["resources"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        resources += expected.len();
        let found_edges: BTreeSet<String> = review.dependencies.iter().map(|edge| format!("{} -> {}", edge.from, edge.to)).collect();
        let expected_edges: BTreeSet<String> = case["edges"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
        edges += expected_edges.len();
        if found != expected || found_edges != expected_edges {
            let more: Vec<_> = found.difference(&expected).chain(found_edges.difference(&expected_edges)).collect();
            let less: Vec<_> = expected.difference(&found).chain(expected_edges.difference(&found_edges)).collect();
            wrong.push(format!("{}\n  more: {more:#?}\n  less: {less:#?}\n  {:?}", case["name"], review.diagnostics));
        }
    }
    let enough = cases.len() >= programs && resources >= least_resources && edges >= least_edges;
    assert!(enough, "{resources} resources, {edges} edges of {} programs", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

/// Arguments are shown as the program spells them, and the calls that led to a resource are listed.
#[test]
fn words_are_those_of_the_language() {
    let review = |runtime: &str, path: &str, text: &str, before: &str| {
        let files = |text: &str| {
            let project = format!("name: words\nruntime: {runtime}\n");
            vec![InputFile::new("Pulumi.yaml", project.as_bytes()), InputFile::new(path, text.as_bytes())]
        };
        plumbline::review(&Input { files: files(text), base: Some(files(before)), ..Input::default() })
    };
    let text = "import * as aws from \"@pulumi/aws\";\nconst vpc = (n: string) => new aws.ec2.Vpc(n, { cidrBlock: \"10.1.0.0/16\", tags: { my_key: \"a\" } });\nexport const main = vpc(\"main\").id;\n";
    let shown = review("nodejs", "index.ts", text, &text.replace("10.1", "10.0"));
    let vpc = &shown.resources[0];
    assert_eq!((vpc.source.line, vpc.called_from.iter().map(|it| it.line).collect::<Vec<_>>()), (2, vec![3]));
    assert!(vpc.attributes.get("cidrBlock").is_some() && shown.changes[0].because[0].path == "cidrBlock", "{:?}", shown.changes);
    assert!(shown.changes[0].reason.starts_with("`cidrBlock` cannot change in place"), "{}", shown.changes[0].reason);
    let text = "import pulumi_aws as aws\nvpc = aws.ec2.Vpc(\"main\", cidr_block=\"10.1.0.0/16\", tags={\"myKey\": \"a\"})\n";
    let shown = review("python", "__main__.py", text, &text.replace("10.1", "10.0"));
    assert!(shown.resources[0].called_from.is_empty() && shown.changes[0].because[0].path == "cidr_block");
}
