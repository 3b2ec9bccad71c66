//! Documents that are tests: `tests/cases/**/*.md`.
//!
//! A document has a title, prose, and fenced blocks. A block whose first word after the language is a path is a file; one
//! under `before/` belongs to the version before. `^^^ word: message` below a line of a file marks the text that a
//! diagnostic (error, warning, note) or a finding (its severity) must speak of. Other blocks say what to expect:
//!
//! | block | lines |
//! | --- | --- |
//! | `verdict` | the sentence |
//! | `resources` | addresses, in order |
//! | `values` | `address path = value` |
//! | `changes` | `action address`, then indented `path before -> after` |
//! | `graph` | `from -> to via argument`, and `off` before what is switched off |
//! | `affected` | `distance address` of what is downstream |
//! | `bill` | `address expected`, `address low..expected..high`, or `not in total address`; `total`, `before`, `difference` |
//! | `apart` | `address before -> after: reason`, of what only one version tells |
//! | `unknown` | `what: why` |
//! | `effects` | `what: what knowing it would change` |
//! | `facts` | `label: value, detail`, of those labels that are asked for |
//! | `disabled` | `address: reason` |
//!
//! What a document does not mention is not compared, but diagnostics must be marked, and so must findings where one is.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use plumbline::catalog::prices::{Prices, bundled};
use plumbline::review::{DiagnosticSeverity, Direction, Review, Severity, Source};
use plumbline::{Catalog, Input, InputFile};

#[test]
fn every_document_holds() {
    let catalog = Catalog::new().with_prices(Prices::open(bundled()).unwrap());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = String::new();
    let mut count = 0;
    for path in documents(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let document = Document::parse(&text);
        if document.files.is_empty() {
            continue;
        }
        count += 1;
        for (what, wanted, found) in document.compare(&catalog) {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            let _ = writeln!(wrong, "== {name}: {what}\n-- wanted\n{wanted}\n-- found\n{found}\n");
        }
    }
    assert!(count >= 12, "the documents were found: {count}");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The harness itself must fail on what is wrong.
#[test]
fn a_wrong_document_fails() {
    let document = Document::parse(
        "# Wrong\n\n```hcl main.tf\nresource \"aws_cloudwatch_log_group\" \"a\" {}\n^^^ low: Something else.\n```\n\n```resources\naws_sqs_queue.a\n```\n\n```bill\ntotal 1\n```\n",
    );
    let wrong: Vec<&str> = document.compare(&Catalog::new()).iter().map(|(what, _, _)| *what).collect();
    assert_eq!(wrong, ["findings", "resources", "bill"]);
}

#[derive(Default)]
struct Document {
    files: Vec<(String, String)>,
    /// `path:line:column-end word: message`.
    marks: Vec<String>,
    blocks: Vec<(String, String)>,
}

impl Document {
    fn parse(text: &str) -> Document {
        let mut document = Document::default();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(info) = line.strip_prefix("```") else { continue };
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match info.split_whitespace().collect::<Vec<_>>()[..] {
                [_, path] => {
                    let (text, marks) = unmarked(path, &body);
                    document.files.push((path.to_string(), text));
                    document.marks.extend(marks);
                }
                [kind] => document.blocks.push((kind.to_string(), body.iter().map(|line| format!("{line}\n")).collect())),
                _ => {}
            }
        }
        document
    }

    /// What differs: the block, what it wants, what was found.
    fn compare(&self, catalog: &Catalog) -> Vec<(&'static str, String, String)> {
        let review = plumbline::review(&self.input(catalog));
        let mut wrong = Vec::new();
        let mut check = |what: &'static str, wanted: String, found: String| {
            if wanted.trim_end() != found.trim_end() {
                wrong.push((what, wanted, found));
            }
        };
        let (said, found) = (self.marks_of(DIAGNOSTICS), diagnostics(&review));
        check("diagnostics", said, found);
        if self.marks.iter().any(|mark| is_of(mark, FINDINGS)) {
            check("findings", self.marks_of(FINDINGS), findings(&review));
        }
        for (kind, wanted) in &self.blocks {
            let (what, found) = match kind.as_str() {
                "verdict" => ("verdict", review.verdict.sentence.to_string()),
                "resources" => ("resources", joined(review.resources.iter().filter(|it| !it.deleted).map(|it| it.address.to_string()))),
                "values" => ("values", values(&review, wanted)),
                "changes" => ("changes", changes(&review)),
                "reasons" => ("reasons", joined(review.changes.iter().map(|it| format!("{}: {}", it.address, it.reason)))),
                "lost-by" => ("lost-by", lost_by(&review)),
                "steps" => ("steps", steps(&review)),
                "graph" => (
                    "graph",
                    joined(review.dependencies.iter().map(|edge| {
                        let off = if edge.disabled { "off " } else { "" };
                        format!("{off}{} -> {} via {}", edge.from, edge.to, edge.via).trim_end().to_string()
                    })),
                ),
                "affected" => ("affected", affected(&review)),
                "bill" => ("bill", bill(&review, wanted)),
                "apart" => ("apart", apart(&review)),
                "left-out" => ("left-out", left_out(&review)),
                "unknown" => ("unknown", joined(review.not_known.iter().map(|entry| format!("{}: {}", entry.what, entry.why)))),
                "effects" => ("effects", joined(review.not_known.iter().map(|entry| format!("{}: {}", entry.what, entry.effect)))),
                "facts" => ("facts", facts(&review, wanted)),
                "disabled" => ("disabled", joined(review.disabled.iter().map(|entry| format!("{}: {}", entry.address, entry.reason)))),
                _ => continue,
            };
            check(what, wanted.clone(), found);
        }
        wrong
    }

    fn input(&self, catalog: &Catalog) -> Input {
        let side = |before: bool| -> Vec<InputFile> {
            let files = self.files.iter().filter(|(path, _)| path.starts_with("before/") == before);
            files.map(|(path, text)| InputFile::new(path.trim_start_matches("before/"), text.as_bytes())).collect()
        };
        let base = self.files.iter().any(|(path, _)| path.starts_with("before/")).then(|| side(true));
        Input { files: side(false), base, catalog: catalog.clone(), ..Input::default() }
    }

    fn marks_of(&self, words: &[&str]) -> String {
        let mut marks: Vec<&String> = self.marks.iter().filter(|mark| is_of(mark, words)).collect();
        marks.sort();
        joined(marks.into_iter().cloned())
    }
}

const DIAGNOSTICS: &[&str] = &["error", "warning", "note"];
const FINDINGS: &[&str] = &["critical", "high", "medium", "low", "info"];

fn is_of(mark: &str, words: &[&str]) -> bool {
    let word = mark.split(' ').nth(1).unwrap_or_default();
    words.contains(&word.trim_end_matches(':'))
}

/// A file without its marks, and the marks with the place they point at.
fn unmarked(path: &str, body: &[&str]) -> (String, Vec<String>) {
    let (mut text, mut marks, mut line) = (String::new(), Vec::new(), 0);
    for row in body {
        let mark = row.trim_start();
        if mark.starts_with('^') {
            let column = row.chars().count() - mark.chars().count() + 1;
            let length = mark.chars().take_while(|character| *character == '^').count();
            marks.push(format!("{path}:{line}:{column}-{} {}", column + length, mark[length..].trim()));
        } else {
            let _ = writeln!(text, "{row}");
            line += 1;
        }
    }
    (text, marks)
}

fn diagnostics(review: &Review) -> String {
    let mut found: Vec<String> = review
        .diagnostics
        .iter()
        .map(|entry| {
            let word = match entry.severity {
                DiagnosticSeverity::Error => "error",
                DiagnosticSeverity::Warning => "warning",
                DiagnosticSeverity::Note => "note",
            };
            format!("{} {word}: {}", place(&entry.source), entry.message)
        })
        .collect();
    found.sort();
    joined(found.into_iter())
}

fn findings(review: &Review) -> String {
    let mut found: Vec<String> = review
        .findings
        .iter()
        .map(|entry| {
            let word = match entry.severity {
                Severity::Critical => "critical",
                Severity::High => "high",
                Severity::Medium => "medium",
                Severity::Low => "low",
                Severity::Info => "info",
            };
            format!("{} {word}: {}", place(&entry.source), entry.message)
        })
        .collect();
    found.sort();
    joined(found.into_iter())
}

fn place(source: &Source) -> String {
    let version = if source.before { "before/" } else { "" };
    format!("{version}{}:{}:{}-{}", source.file, source.line, source.column, source.end_column)
}

/// The values that the document asks for, in its order, as the JSON has them.
/// What no total has, with its unit where that has a price.
fn left_out(review: &Review) -> String {
    joined(review.cost.left_out.iter().map(|it| {
        let what = it.component.as_deref().unwrap_or("all");
        let per = it.unit_price.map(|_| format!(" priced per {}", it.unit)).unwrap_or_default();
        format!("{what}{per}, {}: {}", it.reason, it.addresses.join(", "))
    }))
}

/// What no longer makes each deleted resource, and where that stands.
fn lost_by(review: &Review) -> String {
    let told = review.changes.iter().filter(|it| !it.lost_by.is_empty());
    joined(told.map(|it| {
        let places: Vec<String> = it.lost_by.iter().map(|at| format!("{}:{}", at.file, at.line)).collect();
        format!("{}: {}", it.address, places.join(", "))
    }))
}

fn values(review: &Review, wanted: &str) -> String {
    let json = serde_json::to_value(review).unwrap();
    joined(wanted.lines().map(|line| {
        let (asked, _) = line.split_once(" = ").unwrap_or((line, ""));
        let (address, path) = asked.rsplit_once(' ').unwrap_or((asked, ""));
        let resources = json["resources"].as_array().unwrap();
        let resource = resources.iter().find(|resource| resource["address"] == address);
        let value = path.split('.').fold(resource.map(|resource| &resource["attributes"]), |value, step| match value {
            Some(serde_json::Value::Array(items)) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            Some(serde_json::Value::Object(object)) => object.get(step),
            _ => None,
        });
        format!("{asked} = {}", value.map_or_else(|| "absent".to_string(), ToString::to_string))
    }))
}

fn changes(review: &Review) -> String {
    let mut out = String::new();
    for change in &review.changes {
        let action = serde_json::to_value(change.action).unwrap();
        let condition = change.condition.as_ref().map(|condition| format!(" ({condition})")).unwrap_or_default();
        let _ = writeln!(out, "{} {}{condition}", action.as_str().unwrap_or_default(), change.address);
        for because in &change.because {
            let _ = writeln!(out, "  {} {} -> {}", because.path, because.before, because.after);
        }
    }
    out
}

/// What to save first and the way back at once and with data: each step's command, or its text where it has none; then what
/// makes a way impossible.
fn steps(review: &Review) -> String {
    let saved = review.rollback.before_deploy.iter().map(|step| ("before", step));
    let tiers = review.rollback.tiers.iter().zip(["at once", "data"]);
    let back = tiers.flat_map(|(tier, name)| tier.steps.iter().map(move |step| (name, step)));
    let steps = saved.chain(back).map(|(tier, step)| format!("{tier}: {}", step.command.as_ref().unwrap_or(&step.text)));
    joined(steps.chain(review.rollback.tiers.iter().filter_map(|tier| tier.blocked.as_ref().map(ToString::to_string))))
}

fn affected(review: &Review) -> String {
    let downstream = review.affected.iter().filter(|entry| entry.direction == Direction::Downstream);
    joined(downstream.map(|entry| format!("{} {}", entry.distance, entry.address)))
}

/// The lines of the bill that the document asks for, in its order.
fn bill(review: &Review, wanted: &str) -> String {
    let range = |range: &plumbline::review::MoneyRange| {
        let text = |figure: rust_decimal::Decimal| figure.normalize().to_string();
        match range.low == range.high {
            true => text(range.expected),
            false => format!("{}..{}..{}", text(range.low), text(range.expected), text(range.high)),
        }
    };
    joined(wanted.lines().map(|line| {
        if let Some(address) = line.strip_prefix("not in total ") {
            let unpriced = review.cost.unpriced.iter().any(|entry| entry.address == address);
            let depends = review.cost.usage_dependent.iter().any(|entry| entry == address);
            return if unpriced || depends { line.to_string() } else { format!("{address} is in the total") };
        }
        let asked = line.rsplit_once(' ').map_or(line, |(asked, _)| asked);
        let figure = match asked {
            "total" => Some(range(&review.cost.monthly.after)),
            "before" => review.cost.monthly.before.as_ref().map(range),
            "difference" => review.cost.monthly.delta.as_ref().map(range),
            address => {
                let entry = review.cost.resources.iter().find(|entry| entry.address == address);
                entry.and_then(|entry| entry.monthly.as_ref()).map(range)
            }
        };
        format!("{asked} {}", figure.unwrap_or_else(|| "has no figure".to_string()))
    }))
}

/// What of the costs only one version tells, with the place it is told at.
fn apart(review: &Review) -> String {
    let figure = |range: &Option<plumbline::review::MoneyRange>| range.map_or("?".to_string(), |it| it.expected.normalize().to_string());
    joined(review.cost.resources.iter().filter_map(|entry| {
        let apart = entry.not_compared.as_ref()?;
        let (place, reason) = (place(&apart.source), &apart.reason);
        Some(format!("{} {} -> {} at {}: {reason}", entry.address, figure(&apart.before), figure(&apart.after), place.split('-').next()?))
    }))
}

/// The facts of the verdict that the document asks for.
fn facts(review: &Review, wanted: &str) -> String {
    let asked = |label: &str| wanted.lines().any(|line| line.split(':').next() == Some(label));
    let facts = review.verdict.facts.iter().filter(|fact| asked(&fact.label));
    joined(facts.map(|fact| {
        let detail = fact.detail.as_ref().map(|detail| format!(", {detail}")).unwrap_or_default();
        format!("{}: {}{detail}", fact.label, fact.value)
    }))
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| line + "\n").collect()
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
