//! What Terraform refuses is reported near the line that it names, and what it reads is read without a word.
//!
//! `tests/vectors/terraform_verdicts.json` holds changed copies of our own files (one token deleted, doubled, swapped or
//! inserted) with what `terraform fmt` said, version 1.11.4, and wrong blocks of Terraform's own with what
//! `terraform init -backend=false` and `terraform validate` said: the line of the first error, 0 for none.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use plumbline::review::DiagnosticSeverity;
use plumbline::{Input, InputFile, review};

#[test]
fn verdicts_are_terraforms() {
    let rows: Vec<serde_json::Value> = serde_json::from_str(include_str!("vectors/terraform_verdicts.json")).unwrap();
    assert!(rows.len() > 400, "{}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let (line, text) = (row["line"].as_u64().unwrap() as u32, row["text"].as_str().unwrap());
        let said = errors(text);
        let agrees = if line == 0 { said.is_empty() } else { said.iter().any(|at| at.abs_diff(line) <= 2) };
        if !agrees {
            wrong.push(format!("Terraform's line {line}, ours {said:?}:\n{text}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// The lines of the errors in a file.
fn errors(text: &str) -> Vec<u32> {
    let review = review(&Input { files: vec![InputFile::new("main.tf", text.as_bytes().to_vec())], ..Input::default() });
    let errors = review.diagnostics.iter().filter(|it| it.severity == DiagnosticSeverity::Error);
    errors.map(|it| it.source.line).collect()
}
