//! What is promised of any bytes: each reader ends, and whatever it says has a place inside its text.

use std::collections::BTreeMap;

use plumbline::cost::Usage;
use plumbline::diagnostic::Diagnostics;
use plumbline::evaluate::{Given, evaluate};
use plumbline::graph::Graph;
use plumbline::lang;
use plumbline::model::Value;
use plumbline::report::json::json;
use plumbline::review::Action;
use plumbline::source::{Sources, Version};
use plumbline::syntax::{Language, document, parse};
use plumbline::{Input, InputFile, Options, intake, review};

/// HCL to a tree, to declarations, to values and edges.
pub fn hcl(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(tree) = parse(Language::Hcl, &text) {
        assert!(tree.root().end() as usize <= text.len());
    }
    read("main.tf", &text);
    read("terraform.tfvars", &text);
}

/// Expressions to values, at every place where one may stand: the evaluation ends, gives the same twice, and has a reason
/// for each value that it does not know. Bytes after the first NUL are a template's text and the value of a variable.
pub fn values(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (expression, given) = text.split_once('\0').unwrap_or((&text, "[1, \"a\"]"));
    let main = format!(
        "variable \"v\" {{\n  type = any\n}}\nvariable \"m\" {{\n  type = map(object({{ n = optional(number, 1) }}))\n  default = {{}}\n}}\n\
         locals {{\n  x = ({expression}\n  )\n}}\noutput \"x\" {{\n  value = local.x\n}}\n\
         resource \"aws_sqs_queue\" \"one\" {{\n  name = \"a-${{local.x}}\"\n  tags = local.x\n}}\n\
         resource \"aws_sqs_queue\" \"counted\" {{\n  count = try(length(local.x), local.x)\n  name = local.x[count.index]\n}}\n\
         resource \"aws_sqs_queue\" \"each\" {{\n  for_each = local.x\n  name = each.value\n}}\n\
         resource \"aws_security_group\" \"dynamic\" {{\n  dynamic \"ingress\" {{\n    for_each = local.x\n    content {{\n      from_port = ingress.value\n    }}\n  }}\n}}\n\
         module \"inner\" {{\n  source = \"./inner\"\n  m = local.x\n}}\n\
         output \"inner\" {{\n  value = templatefile(\"text.tftpl\", {{ x = local.x, m = module.inner }})\n}}\n"
    );
    let inner = "variable \"m\" {\n  type = map(object({ n = optional(number, 1) }))\n}\noutput \"m\" {\n  value = var.m == {} ? jsonencode(var.m) : yamlencode(var.m)\n}\n";
    let evaluated = || {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        sources.add(Version::After, "main.tf", main.as_str());
        sources.add(Version::After, "inner/main.tf", inner);
        sources.add(Version::After, "text.tftpl", given);
        let program = lang::read(&sources, Version::After, &mut out);
        let variables = [("v".into(), given.into())].into_iter().collect();
        let mut snapshot = evaluate(&program, &sources, Version::After, &Given { variables, ..Given::default() });
        out.append(&mut snapshot.diagnostics);
        places(&sources, &out);
        for resource in &snapshot.resources {
            resource.attributes.values().for_each(reasons);
        }
        let outputs: Vec<String> = snapshot.outputs.iter().map(|output| format!("{} = {}", output.address, output.value)).collect();
        (outputs, snapshot.resources.len(), out.len())
    };
    assert_eq!(evaluated(), evaluated(), "the same expressions give the same values");
}

fn reasons(value: &Value) {
    match value {
        Value::Unknown(unknown) => assert!(!unknown.subject.is_empty(), "an unknown value has its reason"),
        Value::Sensitive(inner) => reasons(inner),
        Value::List(items) => items.iter().for_each(reasons),
        Value::Object(object) => object.values().for_each(reasons),
        _ => {}
    }
}

/// YAML and JSON to one tree, and the spelling of configurations in JSON.
pub fn document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
    let file = sources.add(Version::After, "a.yaml", text.as_ref());
    for node in document::read(file, &text, &mut out) {
        assert!(text.get(node.span.start as usize..node.span.end as usize).is_some());
    }
    places(&sources, &out);
    read("main.tf.json", &text);
}

/// A plan or a state. The head decides which it is, so it is there whatever the bytes say.
pub fn plan(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read("plan.json", &text);
    let rest = text.trim_start().trim_start_matches('{');
    read("plan.json", &format!("{{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", {rest}"));
}

/// A template, with and without the serverless transform; beside itself nothing changes.
pub fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read("template.yaml", &text);
    for head in ["AWSTemplateFormatVersion: '2010-09-09'\n", "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n"] {
        read("template.yaml", &format!("{head}{text}"));
    }
    let file = || vec![InputFile::new("template.yaml", data)];
    let same = review(&Input { files: file(), base: Some(file()), ..Input::default() });
    for change in &same.changes {
        let sure = matches!(change.action, Action::Create | Action::Delete | Action::Replace) && change.condition.is_none();
        assert!(!sure, "nothing differs, and {} is to be changed: {}", change.address, change.reason);
    }
}

/// What Pulumi's engine writes: a document or events, each with the head that tells it from other texts.
pub fn engine(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read("preview.json", &text);
    let rest = text.trim_start().trim_start_matches('{');
    read("preview.json", &format!("{{\"steps\": [{{\"op\": \"same\", \"urn\": \"urn:pulumi:s::p::a:b:C::n\"}}], {rest}"));
    read("stack.json", &format!("{{\"version\": 3, \"deployment\": {{\"manifest\": {{}}, \"x\": \"urn:pulumi:\", {rest}}}"));
    let event = "{\"sequence\": 1, \"resourcePreEvent\": {\"metadata\": {\"op\": \"create\", \"urn\": \"urn:pulumi:s::p::a:b:C::n\"}}}";
    read("events.jsonl", &format!("{event}\n{text}"));
}

/// A program in Python, with its project.
pub fn python(data: &[u8]) {
    program("python", "__main__.py", data);
}

/// A program in TypeScript, with its project.
pub fn typescript(data: &[u8]) {
    program("nodejs", "index.ts", data);
}

fn program(runtime: &str, path: &str, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let project = format!("name: fuzzed\nruntime: {runtime}\n");
    read_all(&[("Pulumi.yaml", &project), (path, &text)]);
}

/// A usage file, beside a resource that it may speak of.
pub fn usage(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    Usage::read(&text, &mut Diagnostics::new());
    let files = vec![InputFile::new("main.tf", *b"resource \"aws_sqs_queue\" \"jobs\" {}\n")];
    let options = Options { usage: Some(text.as_ref().into()), variables: BTreeMap::new(), ..Options::default() };
    review(&Input { files, options, ..Input::default() });
}

/// An archive, as a user drops it.
pub fn archive(data: &[u8]) {
    let zip: Vec<u8> = b"PK\x03\x04".iter().chain(data.strip_prefix(b"PK\x03\x04").unwrap_or(data)).copied().collect();
    let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
    intake::take(&[InputFile::new("a.zip", zip)], Version::After, &mut sources, &mut out);
    let unpacked: usize = sources.files().map(|file| file.text.len()).sum();
    assert!(unpacked <= intake::MAX_TOTAL_BYTES);
}

/// The whole path, against itself and against a part of itself.
pub fn review_of(data: &[u8]) {
    let file = |bytes: &[u8]| vec![InputFile::new("main.tf", bytes)];
    let same = review(&Input { files: file(data), base: Some(file(data)), ..Input::default() });
    for change in &same.changes {
        let sure = matches!(change.action, Action::Create | Action::Delete | Action::Replace) && change.condition.is_none();
        assert!(!sure, "nothing differs, and {} is to be changed: {}", change.address, change.reason);
    }
    let part = data.get(..data.len() / 2).unwrap_or_default();
    let input = Input { files: file(data), base: Some(file(part)), ..Input::default() };
    let first = review(&input);
    assert!(first.changes.iter().all(|change| change.source.line > 0), "each change has its line");
    assert_eq!(json(&first), json(&review(&input)), "the same input gives the same review");
}

fn read(path: &str, text: &str) {
    read_all(&[(path, text)]);
}

fn read_all(files: &[(&str, &str)]) {
    let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
    for (path, text) in files {
        sources.add(Version::After, *path, *text);
    }
    let program = lang::read(&sources, Version::After, &mut out);
    let mut snapshot = evaluate(&program, &sources, Version::After, &Given::default());
    out.append(&mut snapshot.diagnostics);
    let graph = Graph::of(&snapshot);
    graph.diagnose(&snapshot, &mut out);
    assert!(snapshot.resources.is_sorted_by(|a, b| a.address <= b.address), "resources stand in the order of their addresses");
    places(&sources, &out);
}

fn places(sources: &Sources, out: &Diagnostics) {
    for diagnostic in out {
        let Some(span) = diagnostic.span else { continue };
        let text = sources.files().find(|file| file.id == span.file).map_or("", |file| file.text.as_ref());
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{diagnostic:?} lies outside its file");
        assert!(!diagnostic.message.is_empty());
    }
}
