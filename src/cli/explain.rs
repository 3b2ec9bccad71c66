//! What a word of a review means: a check, an action, or a resource type with all that is known of it.

use std::fmt::Write;

use plumbline::catalog::impact::{self, Event, TypeImpact, When};
use plumbline::catalog::replacement;
use plumbline::checks::{self, CHECKS, Check};
use plumbline::review::Confidence;
use plumbline::{Catalog, Input, InputFile, Options};

/// An action of a change, and what it does.
const ACTIONS: &[(&str, &str)] = &[
    ("create", "The resource is new and is made."),
    ("update", "The resource stays and some of its arguments change in place. Whether that interrupts it depends on the argument."),
    (
        "replace",
        "An argument that cannot change in place changes, so the resource is destroyed and made again, in this order unless \
         create_before_destroy turns it round. What it holds goes with it, and whatever read its ids or addresses reads new ones.",
    ),
    ("delete", "No file declares the resource any more, so it is destroyed."),
    ("read", "A data source is read. Nothing changes."),
    ("no-op", "Nothing about the resource changes."),
    ("move", "The resource has a new address in the code, by a moved block. Nothing about it changes."),
    ("import", "A resource that is there already comes under the code's control. Nothing about it changes."),
    ("forget", "The resource leaves the code's control, by a removed block with destroy = false. It stays where it is."),
];

/// The text for a word; `None` when nothing is called that.
pub fn explain(word: &str, catalog: &Catalog, region: Option<&str>) -> Option<String> {
    if let Some(check) = checks::find(word) {
        return Some(explain_check(check));
    }
    if let Some((_, meaning)) = ACTIONS.iter().find(|(action, _)| *action == word) {
        return Some(format!("{word}\n\n{meaning}\n"));
    }
    explain_type(word, catalog, region)
}

/// Everything that can be explained by a fixed word.
pub fn list() -> String {
    let mut out = String::from("Checks\n");
    for check in CHECKS {
        let _ = writeln!(out, "  {:40} {}", check.id, check.title);
    }
    out.push_str("\nActions\n");
    for (action, meaning) in ACTIONS {
        let first = meaning.split_inclusive(". ").next().unwrap_or(meaning);
        let _ = writeln!(out, "  {action:40} {}", first.trim_end_matches(['.', ' ']));
    }
    out.push_str("\nResource types, such as aws_db_instance: what replaces them, what a change does, what they cost.\n");
    out
}

fn explain_check(check: &Check) -> String {
    let severity = format!("{:?}", check.severity).to_lowercase();
    let mut out = format!("{} ({severity})\n{}\n\n{}\n", check.id, check.title, check.doc);
    for link in check.references {
        let _ = write!(out, "\n{link}");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn explain_type(kind: &str, catalog: &Catalog, region: Option<&str>) -> Option<String> {
    let rules = replacement::rules(kind);
    let known = impact::of(kind);
    let data = impact::stateful(kind);
    if !rules.known() && known.is_none() && data.is_none() {
        return None;
    }
    let mut out = format!("{kind}\n");
    if let Some(data) = data {
        let _ = writeln!(out, "A {}; holds {}.", data.noun, data.holds);
    }
    let replacing: Vec<String> = rules.listed().map(argument).collect();
    if !rules.known() {
        out.push_str("\nWhat replaces it is in no table.\n");
    } else if replacing.is_empty() {
        out.push_str("\nEvery argument changes in place.\n");
    } else {
        let _ = writeln!(out, "\nReplaced when one of these changes\n  {}", replacing.join("\n  "));
    }
    if let Some(known) = known {
        impact_of(&mut out, known);
    }
    cost_of(&mut out, kind, catalog, region);
    if let Some(known) = known {
        let _ = writeln!(out, "\nSources\n  {}", known.sources.join("\n  "));
    }
    Some(out)
}

fn argument(rule: &str) -> String {
    let (rule, may) = rule.strip_suffix('?').map_or((rule, ""), |rule| (rule, " (may)"));
    let (rule, count) = rule.strip_suffix('#').map_or((rule, ""), |rule| (rule, " (when one is added or removed)"));
    format!("{}{count}{may}", rule.replace('/', "."))
}

fn impact_of(out: &mut String, known: &TypeImpact) {
    event(out, "Replaced", &known.replace);
    event(out, "Deleted", &known.delete);
    if !known.updates.is_empty() {
        out.push_str("\nUpdated in place\n");
    }
    for rule in known.updates {
        let back = if rule.reversible { "" } else { "; setting the old value does not take it back" };
        let arguments = if rule.arguments == ["*"] { "any other argument".to_string() } else { rule.arguments.join(", ") };
        let _ = writeln!(out, "  {arguments}{}: downtime {}{back}{}", when(rule.when), rule.words, sure(rule.confidence, rule.checked));
        if let Some(note) = rule.note {
            let _ = writeln!(out, "    {note}");
        }
    }
    for (title, steps) in [("Before a change", known.before), ("Way back", known.back)] {
        if !steps.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for step in steps {
            let _ = writeln!(out, "  {}", step.text);
            step.command.iter().for_each(|command| {
                let _ = writeln!(out, "    {command}");
            });
        }
    }
}

fn event(out: &mut String, title: &str, event: &Event) {
    let data = if event.data_loss { "its data is lost" } else { "no data is lost" };
    let _ = writeln!(out, "\n{title}\n  {}; {data}{}", event.words, sure(event.confidence, event.checked));
    for more in [event.recoverable, event.note].into_iter().flatten() {
        let _ = writeln!(out, "  {more}");
    }
}

/// How sure the table is, unless a page was read that says so.
fn sure(confidence: Confidence, checked: bool) -> &'static str {
    match (checked, confidence) {
        (true, _) => "",
        (false, Confidence::Sure) => " (general knowledge)",
        (false, Confidence::Likely) => " (general knowledge, likely)",
        (false, Confidence::Guess) => " (a guess)",
    }
}

const fn when(when: When) -> &'static str {
    match when {
        When::Always => "",
        When::Grows => " (grows)",
        When::Falls => " (falls)",
        When::TurnsOn => " (turned on)",
        When::TurnsOff => " (turned off)",
        When::Minor => " (minor version)",
        When::Major => " (major version)",
        When::FromOrToZero => " (from or to 0)",
        When::Added => " (added)",
        When::Removed => " (removed)",
        When::SingleZone => " (one zone)",
        When::MultiZone => " (several zones)",
    }
}

/// Prices one resource of the type without any argument: what remains is what its price is made of.
fn cost_of(out: &mut String, kind: &str, catalog: &Catalog, region: Option<&str>) {
    let text = format!("resource \"{kind}\" \"example\" {{}}\n");
    let options = Options { region: region.map(Into::into), ..Options::default() };
    let input = Input { files: vec![InputFile::new("main.tf", text.into_bytes())], options, catalog: catalog.clone(), ..Input::default() };
    let cost = plumbline::review(&input).cost;
    if !cost.free.is_empty() {
        out.push_str("\nCosts nothing by itself.\n");
    }
    let components: Vec<_> = cost.resources.iter().flat_map(|entry| &entry.components).collect();
    if components.is_empty() {
        return;
    }
    let region = region.unwrap_or(plumbline::catalog::DEFAULT_REGION);
    let _ = writeln!(out, "\nCost in {region}, without any argument given");
    for component in components {
        let price = component.unit_price.map(|price| format!("${} per {}", price.normalize(), component.unit));
        let reason = component.reason.as_deref().map(String::from);
        let said: Vec<String> = [price, reason].into_iter().flatten().collect();
        let source = if component.price_source.is_empty() { String::new() } else { format!(" [{}]", component.price_source) };
        let _ = writeln!(out, "  {}: {}{source}", component.name, said.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_actions_and_types() {
        let catalog = Catalog::new();
        let text = |word| explain(word, &catalog, None).unwrap_or_default();
        assert!(text("log-group-without-retention").starts_with("log-group-without-retention (low)\nLogs are kept for ever\n"));
        assert!(text("replace").contains("create_before_destroy"));
        let database = text("aws_db_instance");
        assert!(database.contains("\n  storage_encrypted\n"), "{database}");
        assert!(database.contains("A database; holds "), "{database}");
        assert!(!database.contains("\n  instance_class\n"), "{database}");
        assert_eq!(explain("aws_nothing", &catalog, None), None);
    }

    #[test]
    fn every_word_of_the_list_is_explained() {
        for line in list().lines().filter(|line| line.starts_with("  ")) {
            let word = line.split_whitespace().next().unwrap();
            assert!(explain(word, &Catalog::new(), None).is_some(), "{word}");
        }
    }
}
