//! Whole evaluations of small configurations, and the expression vectors.

mod vectors;

use super::*;
use crate::lang;
use crate::model::{Resource, Value};

/// A configuration's snapshot; the text may hold several files, each begun by `//// path`.
pub(super) fn snapshot(text: &str) -> Snapshot {
    snapshot_with(text, &[])
}

pub(super) fn snapshot_with(text: &str, variables: &[(&str, &str)]) -> Snapshot {
    let mut sources = Sources::default();
    for (path, text) in files(text) {
        sources.add(Version::After, path, text);
    }
    let mut problems = Vec::new();
    let program = lang::read(&sources, Version::After, &mut problems);
    assert_eq!(problems, [], "the configuration must be readable");
    let given = Given { variables: variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect() };
    evaluate(&program, &sources, Version::After, &given)
}

fn files(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match line.trim_start().strip_prefix("//// ") {
            Some(path) => files.push((path, String::new())),
            None => {
                if files.is_empty() {
                    files.push(("main.tf", String::new()));
                }
                let (_, file) = files.last_mut().unwrap();
                file.push_str(line);
                file.push('\n');
            }
        }
    }
    files
}

fn resource<'s>(snapshot: &'s Snapshot, address: &str) -> &'s Resource {
    let found = snapshot.resources.iter().find(|resource| resource.address.as_str() == address);
    found.unwrap_or_else(|| panic!("{address} is not among {:?}", addresses(snapshot)))
}

fn addresses(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.resources.iter().map(|resource| resource.address.as_str()).collect()
}

/// The value of `output "x"` as it prints.
#[track_caller]
fn check(text: &str, wanted: &str) {
    let snapshot = snapshot(text);
    let output = snapshot.outputs.iter().find(|output| output.address == "output.x").expect("an output x");
    assert_eq!(format!("{}", output.value), wanted);
}

#[test]
fn smoke() {
    let found = snapshot(
        r#"
        variable "n" { default = 2 }
        resource "aws_subnet" "a" { count = var.n }
        output "x" { value = aws_subnet.a[*].id }
    "#,
    );
    assert_eq!(addresses(&found), ["aws_subnet.a[0]", "aws_subnet.a[1]"]);
    let _ = (resource(&found, "aws_subnet.a[0]"), Value::Null);
    check("output \"x\" { value = 1 + 1 }", "2");
}
