//! `data/impact.json` to a sorted text, a line for each type: what an update, a replacement and a deletion of it do. The
//! fields stand in the order in which `src/catalog/impact/table.rs` reads them.

use std::collections::BTreeSet;
use std::fmt::{Display, Write};
use std::path::Path;

use serde::Deserialize;

use super::ordered::Ordered;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "as_of")]
    _as_of: String,
    #[serde(rename = "source")]
    _source: String,
    tiers: Tiers,
    types: Ordered<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tiers {
    immediate: (u32, u32),
    data: (u32, u32),
    full: (u32, u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    update: Vec<Update>,
    replace: Event,
    delete: Event,
    tier: TypeTier,
    before: Vec<Step>,
    back: Vec<Step>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    arguments: Vec<String>,
    when: Option<String>,
    downtime: String,
    seconds: Option<(u32, u32)>,
    reversible: bool,
    note: Option<String>,
    confidence: String,
    checked: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    data_loss: bool,
    downtime: String,
    seconds: Option<(u32, u32)>,
    recoverable: Option<String>,
    note: Option<String>,
    confidence: String,
    checked: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeTier {
    tier: String,
    minutes: (u32, u32),
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    on: Vec<String>,
    kind: String,
    text: String,
    #[serde(default)]
    about: Vec<String>,
    command: Option<String>,
    needs: Option<String>,
    #[serde(default)]
    loses_data: bool,
    tier: Option<String>,
    minutes: Option<(u32, u32)>,
}

/// The table, and in Rust the minutes of the tiers.
pub fn table(path: &Path) -> (String, String) {
    let file: File = serde_json::from_str(&super::read(path)).unwrap_or_else(|error| panic!("impact.json: {error}"));
    let tiers = &file.tiers;
    let tiers = format!("pub(super) static TIERS: [(u32, u32); 3] = [{:?}, {:?}, {:?}];\n", tiers.immediate, tiers.data, tiers.full);
    let mut text = String::new();
    for (kind, entry) in file.types.sorted("impact.json") {
        assert!(!entry.sources.is_empty(), "impact.json: {kind} names no source");
        let _ = write!(text, "{kind} {}\t", entry.update.len());
        let mut row = Row { text: &mut text, kind: &kind };
        let mut seen = BTreeSet::new();
        entry.update.iter().for_each(|rule| update(&mut row, rule, &mut seen));
        event(&mut row, &entry.replace);
        event(&mut row, &entry.delete);
        assert!(entry.tier.minutes.0 <= entry.tier.minutes.1, "impact.json: {kind}: tier minutes fall");
        row.put(tier(&kind, &entry.tier.tier));
        row.range(Some(entry.tier.minutes));
        row.put(&entry.tier.words);
        for steps in [&entry.before, &entry.back] {
            row.put(steps.len());
            steps.iter().for_each(|it| step(&mut row, it));
        }
        row.list(&entry.sources);
        text.push('\n');
    }
    (text, tiers)
}

/// The line of a type while it is written.
struct Row<'a> {
    text: &'a mut String,
    kind: &'a str,
}

impl Row<'_> {
    fn put(&mut self, field: impl Display) {
        let field = field.to_string();
        assert!(!field.contains(['\t', '\n']), "impact.json: {}: {field:?} has a tab or more than a line", self.kind);
        let _ = write!(self.text, "{field}\t");
    }

    fn some(&mut self, field: &Option<String>) {
        assert!(field.as_deref() != Some(""), "impact.json: {}: an empty text", self.kind);
        self.put(field.as_deref().unwrap_or(""));
    }

    fn flag(&mut self, field: bool) {
        self.put(if field { "1" } else { "" });
    }

    fn range(&mut self, field: Option<(u32, u32)>) {
        self.put(field.map_or(String::new(), |(low, high)| format!("{low}-{high}")));
    }

    fn list(&mut self, fields: &[String]) {
        self.put(fields.len());
        fields.iter().for_each(|field| self.put(field));
    }
}

fn update<'a>(row: &mut Row<'_>, rule: &'a Update, seen: &mut BTreeSet<(&'a str, &'a str)>) {
    let kind = row.kind;
    assert!(!rule.arguments.is_empty(), "impact.json: {kind} has an update rule of no argument");
    let when = rule.when.as_deref().unwrap_or("");
    for argument in &rule.arguments {
        assert!(seen.insert((argument, when)), "impact.json: {kind} {argument} {when} stands twice");
    }
    row.list(&rule.arguments);
    let whens = ["", "grow", "lower", "on", "off", "minor", "major", "zero", "add", "remove", "single-az", "multi-az"];
    row.put(place(kind, "when", &whens, when));
    row.put(&rule.downtime);
    row.range(backed(kind, &rule.downtime, rule.seconds));
    row.flag(rule.reversible);
    row.some(&rule.note);
    row.put(confidence(kind, &rule.confidence));
    row.flag(rule.checked);
}

fn event(row: &mut Row<'_>, event: &Event) {
    row.flag(event.data_loss);
    row.put(&event.downtime);
    row.range(backed(row.kind, &event.downtime, event.seconds));
    row.some(&event.recoverable);
    row.some(&event.note);
    row.put(confidence(row.kind, &event.confidence));
    row.flag(event.checked);
}

fn step(row: &mut Row<'_>, step: &Step) {
    let kind = row.kind;
    let mut on = 0u8;
    for word in &step.on {
        on |= match word.as_str() {
            "update" => 1,
            "replace" => 2,
            "delete" => 4,
            "destroy" => 2 | 4,
            "stuck" => 8,
            other => panic!("impact.json: {kind}: unknown on {other:?}"),
        };
    }
    assert!(on != 0, "impact.json: a step of {kind} is for nothing");
    for template in [Some(&step.text), step.command.as_ref(), step.needs.as_ref()].into_iter().flatten() {
        placeholders(kind, template);
    }
    row.put(on);
    let kinds = ["verify", "backup", "switch", "revert", "restore", "recreate", "destroy"];
    row.put(place(kind, "kind of step", &kinds, &step.kind));
    row.put(&step.text);
    row.list(&step.about);
    row.some(&step.command);
    row.some(&step.needs);
    row.flag(step.loses_data);
    row.put(step.tier.as_ref().map_or(String::new(), |word| tier(kind, word).to_string()));
    row.range(step.minutes);
}

/// Where a word stands among those that there are.
fn place(kind: &str, what: &str, words: &[&str], word: &str) -> usize {
    words.iter().position(|known| *known == word).unwrap_or_else(|| panic!("impact.json: {kind}: unknown {what} {word:?}"))
}

/// A duration must be what the words say: `none...` is no time, any other stands in the words with its unit.
fn backed(kind: &str, words: &str, seconds: Option<(u32, u32)>) -> Option<(u32, u32)> {
    let (low, high) = seconds?;
    assert!(low <= high, "impact.json: {kind}: {words:?} has a range that falls");
    let said = if high == 0 {
        words.starts_with("none")
    } else {
        [("s", 1), ("min", 60), ("h", 3600)].iter().any(|(unit, length)| {
            let stated =
                if low == 0 { format!("up to {} {unit}", high / length) } else { format!("{}-{} {unit}", low / length, high / length) };
            high % length == 0 && low % length == 0 && words.contains(&stated)
        })
    };
    assert!(said, "impact.json: {kind}: {words:?} does not say {low} to {high} seconds");
    seconds
}

fn tier(kind: &str, word: &str) -> usize {
    place(kind, "tier", &["immediate", "data", "full"], word)
}

fn confidence(kind: &str, word: &str) -> usize {
    place(kind, "confidence", &["low", "medium", "high"], word)
}

/// `{argument}`, `{argument.inside}`, `{@}` (the address) and `{@name}` (the name) are filled in; anything else in braces is wrong.
fn placeholders(kind: &str, template: &str) {
    for part in template.split('{').skip(1) {
        let (name, _) = part.split_once('}').unwrap_or_else(|| panic!("impact.json: {kind}: open brace in {template:?}"));
        let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let known = matches!(name, "@" | "@name") || name.split('.').all(word);
        assert!(known, "impact.json: {kind}: {{{name}}} in {template:?}");
    }
}
