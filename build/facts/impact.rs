//! `data/impact.json` to a Rust table: what an update, a replacement and a deletion of a type do.

use std::collections::BTreeSet;
use std::fmt::Write;
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

pub fn table(path: &Path) -> String {
    let file: File = serde_json::from_str(&super::read(path)).unwrap_or_else(|error| panic!("impact.json: {error}"));
    let tiers = &file.tiers;
    let mut text = format!(
        "pub(super) static TIERS: [(u32, u32); 3] = [{:?}, {:?}, {:?}];\npub(super) static TYPES: &[TypeImpact] = &[\n",
        tiers.immediate, tiers.data, tiers.full
    );
    for (kind, entry) in file.types.sorted("impact.json") {
        assert!(!entry.sources.is_empty(), "impact.json: {kind} names no source");
        let _ = writeln!(text, "TypeImpact {{ kind: {kind:?}, updates: &[");
        let mut seen = BTreeSet::new();
        for rule in &entry.update {
            update(&mut text, &kind, rule, &mut seen);
        }
        text.push_str("], replace: ");
        event(&mut text, &kind, &entry.replace);
        text.push_str(", delete: ");
        event(&mut text, &kind, &entry.delete);
        assert!(entry.tier.minutes.0 <= entry.tier.minutes.1, "impact.json: {kind}: tier minutes fall");
        let _ = write!(
            text,
            ", tier: Tier::{}, minutes: {:?}, tier_words: {:?}, before: &[",
            tier(&kind, &entry.tier.tier),
            entry.tier.minutes,
            entry.tier.words
        );
        entry.before.iter().for_each(|row| step(&mut text, &kind, row));
        text.push_str("], back: &[");
        entry.back.iter().for_each(|row| step(&mut text, &kind, row));
        let _ = writeln!(text, "], sources: &{:?} }},", entry.sources);
    }
    text.push_str("];\n");
    text
}

fn update<'a>(text: &mut String, kind: &str, rule: &'a Update, seen: &mut BTreeSet<(&'a str, &'a str)>) {
    assert!(!rule.arguments.is_empty(), "impact.json: {kind} has an update rule of no argument");
    let when = rule.when.as_deref().unwrap_or("");
    for argument in &rule.arguments {
        assert!(seen.insert((argument, when)), "impact.json: {kind} {argument} {when} stands twice");
    }
    let condition = match when {
        "" => "Always",
        "grow" => "Grows",
        "lower" => "Falls",
        "on" => "TurnsOn",
        "off" => "TurnsOff",
        "minor" => "Minor",
        "major" => "Major",
        "zero" => "FromOrToZero",
        "add" => "Added",
        "remove" => "Removed",
        "single-az" => "SingleZone",
        "multi-az" => "MultiZone",
        other => panic!("impact.json: {kind}: unknown when {other:?}"),
    };
    let _ = writeln!(
        text,
        "UpdateRule {{ arguments: &{:?}, when: When::{condition}, words: {:?}, seconds: {:?}, reversible: {}, note: {:?}, confidence: {}, checked: {} }},",
        rule.arguments,
        rule.downtime,
        backed(kind, &rule.downtime, rule.seconds),
        rule.reversible,
        rule.note,
        confidence(kind, &rule.confidence),
        rule.checked
    );
}

fn event(text: &mut String, kind: &str, event: &Event) {
    let _ = write!(
        text,
        "Event {{ data_loss: {}, words: {:?}, seconds: {:?}, recoverable: {:?}, note: {:?}, confidence: {}, checked: {} }}",
        event.data_loss,
        event.downtime,
        backed(kind, &event.downtime, event.seconds),
        event.recoverable,
        event.note,
        confidence(kind, &event.confidence),
        event.checked
    );
}

fn step(text: &mut String, kind: &str, step: &Step) {
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
    let step_kind = match step.kind.as_str() {
        "backup" => "Backup",
        "switch" => "Switch",
        "revert" => "Revert",
        "restore" => "Restore",
        "recreate" => "Recreate",
        "destroy" => "Destroy",
        "verify" => "Verify",
        other => panic!("impact.json: {kind}: unknown kind of step {other:?}"),
    };
    let tier = step.tier.as_ref().map_or("None".to_owned(), |word| format!("Some(Tier::{})", tier(kind, word)));
    let _ = writeln!(
        text,
        "StepTemplate {{ on: On({on}), kind: StepKind::{step_kind}, text: {:?}, about: &{:?}, command: {:?}, needs: {:?}, loses_data: {}, tier: {tier}, minutes: {:?} }},",
        step.text, step.about, step.command, step.needs, step.loses_data, step.minutes
    );
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

fn tier(kind: &str, word: &str) -> &'static str {
    match word {
        "immediate" => "Immediate",
        "data" => "Data",
        "full" => "Full",
        other => panic!("impact.json: {kind}: unknown tier {other:?}"),
    }
}

fn confidence(kind: &str, word: &str) -> &'static str {
    match word {
        "high" => "Confidence::Sure",
        "medium" => "Confidence::Likely",
        "low" => "Confidence::Guess",
        other => panic!("impact.json: {kind}: unknown confidence {other:?}"),
    }
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
