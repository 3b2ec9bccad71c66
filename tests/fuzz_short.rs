//! The entry points of `fuzz/` on changed copies of our own files, for a few seconds, always the same ones.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use plumbline::source::{Sources, Version};
use plumbline::{InputFile, intake};

#[path = "../fuzz/entry.rs"]
mod entry;

/// What files are made of: put in at random, it reaches further than random bytes do.
const PIECES: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "${",
    "%{",
    "}",
    "<<E\n",
    "<<-E\n",
    "\nE\n",
    "#",
    "/*",
    "*/",
    "\n",
    "=",
    "=>",
    ",",
    ".",
    "...",
    "[*]",
    ".*",
    "?",
    ":",
    "!",
    "-",
    "&&",
    "==",
    "for",
    " in ",
    "if",
    "each.key",
    "count.index",
    "var.",
    "local.",
    "module.",
    "data.",
    "null",
    "1e9",
    "-1",
    "\\",
    "resource \"aws_db_instance\" \"a\" {\n",
    "dynamic \"a\" {\n",
    "count = ",
    "for_each = ",
    "\u{e9}",
];

/// A small generator of numbers: the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

/// Changes a few places: a part taken out, put in twice, cut off, or replaced by a piece or a byte.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + 1 + numbers.below(40)).min(bytes.len());
        let part = bytes.get(at..end).unwrap_or_default().to_vec();
        match numbers.below(6) {
            0 => drop(bytes.splice(at..end.max(at), [])),
            1 => drop(bytes.splice(at..at, part)),
            2 if numbers.below(8) == 0 => bytes.truncate(at),
            3 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            4 => {
                let to = numbers.below(bytes.len() + 1);
                drop(bytes.splice(to..to, part));
            }
            _ => drop(bytes.splice(at..at, PIECES[numbers.below(PIECES.len())].bytes())),
        }
    }
    bytes
}

/// Our own files with one of the endings, none larger than what is read in a millisecond or two.
fn seeds(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                let bytes = std::fs::read(path).unwrap();
                found.extend((bytes.len() <= 3000).then_some(bytes));
            }
        }
    }
    assert!(found.len() > 3, "{folder} has files to start from");
    found
}

fn run(name: &str, seeds: &[Vec<u8>], rounds: usize, entry: fn(&[u8])) {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for round in 0..rounds {
        let seed = &seeds[numbers.below(seeds.len())];
        let bytes = if round < seeds.len() { seeds[round].clone() } else { changed(seed, &mut numbers) };
        if catch_unwind(AssertUnwindSafe(|| entry(&bytes))).is_err() {
            panic!("{name}, round {round}: this input breaks a promise:\n{}\nas bytes: {bytes:?}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn hcl() {
    run("hcl", &seeds("www/samples", &[".tf"]), 500, entry::hcl);
}

#[test]
fn values_of_the_language() {
    run("hcl", &seeds("tests/cases", &[".md"]).iter().map(|text| code_of(text)).collect::<Vec<_>>(), 500, entry::hcl);
}

#[test]
fn expressions_of_the_language() {
    let all: Vec<Vec<u8>> = ["vectors/hcl_expressions.json", "vectors/hcl_functions.json"]
        .iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)).unwrap();
            let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
            let list = vectors.as_array().cloned().or_else(|| vectors["vectors"].as_array().cloned()).unwrap();
            list.into_iter().filter_map(|vector| Some(vector["expr"].as_str()?.as_bytes().to_vec())).collect::<Vec<_>>()
        })
        .collect();
    assert!(all.len() > 300, "{}", all.len());
    run("values", &all, 700, entry::values);
}

/// The files in a document of `tests/cases`, one after the other.
fn code_of(document: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(document);
    let blocks = text.split("```hcl").skip(1).filter_map(|block| block.split_once('\n')?.1.split("```").next());
    blocks.collect::<Vec<_>>().join("\n").into_bytes()
}

#[test]
fn documents() {
    let json = b"{\"resource\": {\"aws_sqs_queue\": {\"a\": {\"count\": 2, \"name\": \"${var.a}-${count.index}\"}}}, \"locals\": [{\"a\": [1, true, null]}]}";
    let yaml = b"a: &x [1, 'two', \"three\\n\"]\nb:\n  - <<: {c: d}\n    e: |\n      text\n  - *x\n? f\n: !T g\n---\nh: >-\n  i\n";
    run("document", &[json.to_vec(), yaml.to_vec()], 2000, entry::document);
}

#[test]
fn plans() {
    let plan = br#"{"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[{"address":"aws_db_instance.a[0]","mode":"managed","type":"aws_db_instance","name":"a","index":0,"provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["delete","create"],"before":{"engine":"postgres","tags":{"a":"b"}},"after":{"engine":"mysql"},"after_unknown":{"id":true,"list":[{"x":true}]},"before_sensitive":false,"after_sensitive":{"password":true},"replace_paths":[["engine"],["list",0,"x"]]},"action_reason":"replace_because_cannot_update"}],"output_changes":{"o":{"actions":["update"],"before":1,"after":2}},"configuration":{"root_module":{"resources":[{"address":"aws_db_instance.a","expressions":{"engine":{"references":["var.e","aws_vpc.v.id","aws_vpc.v"]}}}],"module_calls":{"m":{"module":{"resources":[]}}}}}}"#;
    let state = br#"{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[{"address":"aws_eip.a","mode":"managed","type":"aws_eip","name":"a","values":{"domain":"vpc"},"depends_on":["aws_vpc.v"]}],"child_modules":[{"address":"module.m","resources":[]}]},"outputs":{"o":{"value":1,"sensitive":true}}}}"#;
    run("plan", &[plan.to_vec(), state.to_vec()], 1200, entry::plan);
}

#[test]
fn documents_of_an_engine() {
    let preview = br#"{"config":{"aws:region":"eu-west-1"},"steps":[{"op":"replace","urn":"urn:pulumi:s::p::aws:s3/bucket:Bucket::b","oldState":{"urn":"urn:pulumi:s::p::aws:s3/bucket:Bucket::a","custom":true,"inputs":{"__defaults":["bucket"],"bucket":"b-1","tags":{"a":"[secret]"}},"outputs":{"acl":"private"}},"newState":{"inputs":{"bucket":"04da6b54-80e4-46f7-96ec-b56ff0331ba9","acl":"private"},"propertyDependencies":{"acl":["urn:pulumi:s::p::x:y:Z::n"]}},"replaceReasons":["bucket"],"diffReasons":["acl"],"detailedDiff":{"tags[0].a":{"kind":"update-replace"}}}],"diagnostics":[{"severity":"error","message":"<{%red%}>x<{%reset%}>"}],"changeSummary":{"same":1}}"#;
    let stack = br#"{"version":3,"deployment":{"manifest":{},"resources":[{"urn":"urn:pulumi:s::p::c:C$aws:lambda/function:Function::f","custom":true,"inputs":{"code":{"4dabf18193072939515e22adb298388d":"0def7320c3a5731c473e5ecbe6d01bc7","assets":{".":{"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","path":"./x"}}},"k":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","plaintext":"\"x\""}},"parent":"urn:pulumi:s::p::c:C::c","provider":"urn:pulumi:s::p::pulumi:providers:aws::e::id"}],"pending_operations":[{"type":"creating","resource":{"urn":"urn:pulumi:s::p::a:b:C::n"}}]}}"#;
    let events = br#"{"sequence":1,"timestamp":1,"resourcePreEvent":{"metadata":{"op":"refresh","urn":"urn:pulumi:s::p::aws:sqs/queue:Queue::q","old":{"outputs":{"a":1}},"new":{"outputs":{"a":2}},"detailedDiff":{"a":{"diffKind":"update"}}}}}
{"sequence":2,"timestamp":1,"summaryEvent":{"resourceChanges":{"same":2}}}
{"sequence":3,"timestamp":1,"policyEvent":{"enforcementLevel":"mandatory","policyName":"n","resourceUrn":"u"}}"#;
    run("engine", &[preview.to_vec(), stack.to_vec(), events.to_vec()], 800, entry::engine);
}

#[test]
fn templates() {
    // A template of every kind of resource and event, in few words.
    let mut all = vec![include_bytes!("../www/samples/serverless/after/template.yaml").to_vec()];
    all.extend(include_str!("vectors/sam.jsonl").lines().skip(1).step_by(9).filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        let text = line["template"].to_string();
        (text.len() < 2500).then(|| text.into_bytes())
    }));
    run("template", &all, 300, entry::template);
}

#[test]
fn programs_in_python() {
    run("python", &programs(include_str!("vectors/pulumi_python.json"), "__main__.py"), 250, entry::python);
}

#[test]
fn programs_in_typescript() {
    run("typescript", &programs(include_str!("vectors/pulumi_typescript.json"), "index.ts"), 250, entry::typescript);
}

/// The main files of our own programs.
fn programs(vectors: &str, main: &str) -> Vec<Vec<u8>> {
    let vectors: Vec<serde_json::Value> = serde_json::from_str(vectors).unwrap();
    let main = |it: &serde_json::Value| it["files"].get(main)?.as_str().map(|text| text.as_bytes().to_vec());
    let found: Vec<Vec<u8>> = vectors.iter().filter_map(main).filter(|text| text.len() < 4000).collect();
    assert!(found.len() > 10, "{}", found.len());
    found
}

#[test]
fn usage_files() {
    let usage = b"version: 0.1\nresource_usage:\n  aws_sqs_queue.jobs:\n    monthly_requests: 5_000_000 # a month\n  aws_sqs_queue.jobs[*]:\n    standard:\n      storage_gb: 1.5\nresource_type_default_usage:\n  aws_sqs_queue:\n    request_size: \"64\"\n";
    run("usage", &[usage.to_vec()], 1500, entry::usage);
}

#[test]
fn archives() {
    let stored = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\xb7\xef\xdc\x83\x01\0\0\0\x01\0\0\0\x04\0\0\0a.tf1PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\xb7\xef\xdc\x83\x01\0\0\0\x01\0\0\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.tfPK\x05\x06\0\0\0\0\x01\0\x01\0\x32\0\0\0\x23\0\0\0\0\0";
    let (mut sources, mut out) = (Sources::default(), Vec::new());
    intake::take(&[InputFile::new("a.zip", *stored)], Version::After, &mut sources, &mut out);
    assert_eq!(sources.files().map(|file| file.text.as_ref()).collect::<Vec<&str>>(), ["1"], "{out:?}");
    run("archive", &[stored.to_vec()], 4000, entry::archive);
}

#[test]
fn whole_reviews() {
    let mut all = seeds("www/samples", &[".tf"]);
    all.extend(seeds("tests/cases", &[".md"]).iter().map(|text| code_of(text)));
    run("review", &all, 200, entry::review_of);
}
