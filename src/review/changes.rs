//! Changes and their effects as entries, each with the sentence that the table shows.

use ecow::{EcoString, eco_format};

use crate::Stage;
use crate::change::{self, Cause, Change, argument};
use crate::impact::{Affected, Effect, telling_name};
use crate::model::{Address, Certainty, DeclaredBy, Mode, Resource, Value, camel_path};
use crate::review::lost::{Blocks, Lost, keyed, lost, lost_by, modules};
use crate::review::place::source;
use crate::review::renamed::Made;
use crate::review::verdict::may_be_replaced;
use crate::review::{Action, AffectedEntry, Because, ChangeEntry, DowntimeEntry, ResourceImpact, Source};
use crate::source::Sources;

/// Longest value that a sentence quotes.
const LONGEST_VALUE: usize = 60;

/// The change entries, in the order of the changes.
pub(super) fn entries(sources: &Sources, before: Option<&Stage>, after: &Stage, changes: &[Change]) -> Vec<ChangeEntry> {
    // What is made, and its modules, with and without their keys; and why a block makes nothing.
    let none = EcoString::new();
    let mut blocks = Blocks::default();
    // Only of what is deleted that is asked.
    let deletes = changes.iter().any(|change| change.action == Action::Delete);
    let mut last = "";
    let declared = |resource: &&Resource| deletes && resource.mode != Mode::External;
    for address in after.snapshot.resources.iter().filter(declared).map(|resource| &resource.address) {
        let mut note = |name, bare: bool| {
            blocks.entry(name).and_modify(|it| it.1 |= bare).or_insert((&none, bare));
        };
        note(address.without_key(), address.key().is_empty());
        // Neighbours are most often of one module.
        if std::mem::replace(&mut last, address.module()) != address.module() {
            for module in modules(address) {
                let (block, key) = keyed(module);
                note(module, true);
                note(block, key.is_empty());
            }
        }
    }
    blocks.extend(after.snapshot.disabled.iter().map(|disabled| (disabled.address.as_str(), (&disabled.reason, false))));
    let told = Told { changes, compared: before.is_some(), after, blocks: &blocks, made: Made::of(changes, before, after) };
    let mut last_lost: Option<(&str, Vec<Source>)> = None;
    let entry = |change: &Change| {
        let resource = subject(change, before, after)?;
        let lost = (change.action == Action::Delete).then(|| lost(&blocks, &resource.address)).flatten();
        let by = lost.filter(|_| change.declared_by == DeclaredBy::Diff).and_then(|(block, ..)| {
            // Neighbours are most often of one block.
            if last_lost.as_ref().is_none_or(|(known, _)| *known != block) {
                last_lost = Some((block, lost_by(sources, &after.program, block, resource).unwrap_or_default()));
            }
            last_lost.as_ref().map(|(_, by)| by.clone())
        });
        Some(ChangeEntry {
            address: change.address.text().clone(),
            action: change.action,
            condition: change.condition.clone(),
            reason: spelled(told.reason(change, resource, lost), resource, &change.causes),
            because: change.causes.iter().map(|cause| because(sources, resource, cause)).collect(),
            declared_by: change.declared_by,
            previous_address: change.previous_address.as_ref().map(|address| address.text().clone()),
            source: source(sources, resource.span),
            lost_by: by.unwrap_or_default(),
        })
    };
    let mut entries = Vec::with_capacity(changes.len());
    entries.extend(changes.iter().filter_map(entry));
    entries
}

/// Why nothing makes a deleted resource any more.
fn why_gone(lost: Option<Lost<'_>>, address: &Address) -> EcoString {
    let Some((block, key, bare)) = lost else { return "No file declares it any more.".into() };
    let own = block == address.without_key();
    let (what, of) = if own { ("Its block".into(), EcoString::new()) } else { (eco_format!("`{block}`"), eco_format!(" of `{block}`")) };
    match key {
        "" => eco_format!("{what} has `count` or `for_each` now, and had none."),
        _ if bare => eco_format!("{what} has no `count` or `for_each` any more."),
        "*" => eco_format!("{what} has other keys now."),
        key if key.starts_with('"') => eco_format!("`for_each`{of} no longer has {key}."),
        key => eco_format!("`count`{of} no longer reaches {key}."),
    }
}

/// The resource that a change speaks of: the one after, of a deletion the one before.
pub(super) fn subject<'s>(change: &Change, before: Option<&'s Stage>, after: &'s Stage) -> Option<&'s Resource> {
    match change.after {
        Some(id) => after.snapshot.resource(id),
        None => before?.snapshot.resource(change.before?),
    }
}

pub(super) fn effect(effect: &Effect) -> ResourceImpact {
    let words = match (effect.words.as_str(), effect.data_words.as_str()) {
        (words, "") => words.into(),
        (words, data) => eco_format!("{words}. {data}"),
    };
    ResourceImpact {
        address: effect.address.text().clone(),
        effect: words,
        downtime: downtime(&effect.downtime),
        data_loss: effect.data_loss,
        reversible: effect.reversible,
        confidence: effect.confidence,
        references: effect.references.clone(),
    }
}

pub(super) fn downtime(downtime: &crate::impact::Downtime) -> DowntimeEntry {
    DowntimeEntry {
        expected: downtime.words.clone(),
        low_seconds: downtime.seconds.map(|(low, _)| low),
        high_seconds: downtime.seconds.map(|(_, high)| high),
    }
}

pub(super) fn affected(affected: &Affected) -> AffectedEntry {
    AffectedEntry {
        address: affected.address.text().clone(),
        distance: affected.distance,
        direction: affected.direction,
        path: affected.path.iter().map(|address| address.text().clone()).collect(),
        effect: affected.effect.clone(),
        reason: affected.reason.clone(),
    }
}

fn because(sources: &Sources, resource: &Resource, cause: &Cause) -> Because {
    Because {
        path: if resource.is_camel() { camel_path(&cause.path) } else { cause.path.clone() },
        before: cause.before.clone(),
        after: cause.after.clone(),
        forces_replacement: cause.forces_replacement,
        source: source(sources, cause.span),
        follows: cause.follows.as_ref().map(|address| address.text().clone()),
    }
}

/// The sentence with the arguments as the user's program spells them.
fn spelled(words: EcoString, resource: &Resource, causes: &[Cause]) -> EcoString {
    if !resource.is_camel() {
        return words;
    }
    causes.iter().fold(words, |words, cause| {
        let path = argument(&cause.path);
        words.replace(eco_format!("`{path}`").as_str(), &eco_format!("`{}`", camel_path(&path)))
    })
}

/// What the sentence about a change is made of.
struct Told<'a> {
    changes: &'a [Change],
    compared: bool,
    after: &'a Stage,
    blocks: &'a Blocks<'a>,
    made: Made<'a>,
}

impl Told<'_> {
    /// What happens and why, in one or two sentences.
    fn reason(&self, change: &Change, resource: &Resource, lost: Option<Lost<'_>>) -> EcoString {
        let disabled = self.blocks.get(resource.address.without_key()).map(|it| it.0).filter(|reason| !reason.is_empty());
        let words: EcoString = match change.action {
            Action::Create if resource.mode == Mode::Module => "New module; its source is not at hand.".into(),
            Action::Create if self.compared => "New.".into(),
            Action::Create => "Made.".into(),
            Action::Delete => match disabled {
                Some(reason) => eco_format!("Switched off: {reason}."),
                None => {
                    let gone = why_gone(lost, &resource.address);
                    if let Some(like) = self.made.instead_of(change, resource) {
                        eco_format!("{gone} `{}` is made with the same arguments: a `moved` block would keep it.", like.address)
                    } else if let Some(like) = Made::moved_up(change, resource, self.after) {
                        eco_format!(
                            "{gone} `{}` has its arguments now: what stands behind one that is taken out moves up. Keys of `for_each` would hold each.",
                            like.address
                        )
                    } else {
                        gone
                    }
                }
            },
            Action::Forget => "No longer managed here; nothing is destroyed.".into(),
            Action::Move => moved(change),
            Action::Import => "Taken over as it is.".into(),
            Action::Read => match change.causes.iter().find_map(|cause| cause.follows.as_ref()) {
                Some(source) => eco_format!("Read while applying: {} changes.", telling_name(source)),
                None => {
                    let causes: Vec<&Cause> = change.causes.iter().collect();
                    match (change::waits(resource), causes.is_empty()) {
                        (true, true) => "Read while applying.".into(),
                        (true, false) => eco_format!("Read while applying: {}", changing(&causes)),
                        (false, _) => eco_format!("Read while planning: {}", changing(&causes)),
                    }
                }
            },
            Action::Replace => replaced(self.changes, &change.causes),
            Action::Update | Action::NoOp => updated(self.changes, &change.causes),
        };
        let words = match &change.reason {
            Some(reason) if change.action == Action::Delete && disabled.is_none() => reason.clone(),
            Some(reason) if matches!(words.as_str(), "Replaced." | "May change." | "Read while applying.") => reason.clone(),
            Some(reason) if reason != "The provider cannot change it in place." => eco_format!("{words} {reason}"),
            _ => words,
        };
        if resource.prevent_destroy && change.action == Action::Replace {
            return eco_format!("{words} Terraform refuses: `prevent_destroy` is set.");
        }
        if resource.prevent_destroy && change.action == Action::Delete {
            return eco_format!("{words} `prevent_destroy` does not hold it: the block that says so is gone too.");
        }
        words
    }
}

fn moved(change: &Change) -> EcoString {
    match &change.previous_address {
        Some(address) => eco_format!("Was {address}."),
        None => "Moved.".into(),
    }
}

fn replaced(changes: &[Change], causes: &[Cause]) -> EcoString {
    let forcing: Vec<&Cause> = causes.iter().filter(|cause| cause.forces_replacement == Certainty::Yes).collect();
    let own: Vec<&Cause> = forcing.iter().filter(|cause| cause.follows.is_none()).copied().collect();
    let words: EcoString = match (own.as_slice(), forcing.as_slice()) {
        ([], []) => return "Replaced.".into(),
        ([], [first, ..]) => follows(changes, first),
        ([only], _) => match change_of(only) {
            Some(values) => eco_format!("`{}` cannot change in place: {values}.", argument(&only.path)),
            None => eco_format!("`{}` cannot change in place.", argument(&only.path)),
        },
        ([first, second], _) => eco_format!("{} and {} cannot change in place.", with_values(first), with_values(second)),
        ([first, rest @ ..], _) => eco_format!("{} and {} more arguments cannot change in place.", with_values(first), rest.len()),
    };
    // A version that changes with it weighs as much as what replaces. What the provider computes anew is no news.
    let with_it = |cause: &&Cause| {
        cause.forces_replacement != Certainty::Yes && cause.follows.is_none() && !matches!(cause.after.unmarked(), Value::Unknown(_))
    };
    let others: Vec<&Cause> = causes.iter().filter(with_it).collect();
    if others.is_empty() { words } else { eco_format!("{words} With it, {}", changing(&others)) }
}

fn updated(changes: &[Change], causes: &[Cause]) -> EcoString {
    let (following, own): (Vec<&Cause>, Vec<&Cause>) = causes.iter().partition(|cause| cause.follows.is_some());
    match (own.as_slice(), following.as_slice()) {
        ([], []) => "May change.".into(),
        ([], [first, ..]) => follows(changes, first),
        (own, []) => changing(own),
        (own, [first, ..]) => eco_format!("{} {}", changing(own), follows(changes, first)),
    }
}

fn with_values(cause: &Cause) -> EcoString {
    let name = argument(&cause.path);
    change_of(cause).map_or_else(|| eco_format!("`{name}`"), |values| eco_format!("`{name}` ({values})"))
}

/// The arguments that change, with their values where those are short.
fn changing(causes: &[&Cause]) -> EcoString {
    let names: Vec<EcoString> = causes.iter().map(|cause| argument(&cause.path)).collect();
    match (causes, names.as_slice()) {
        ([only], [name]) => match change_of(only) {
            Some(values) => eco_format!("`{name}`: {values}."),
            None => eco_format!("`{name}` changes."),
        },
        ([first, second], [name, other]) if name != other => match (change_of(first), change_of(second)) {
            (Some(values), Some(others)) => eco_format!("`{name}`: {values}, `{other}`: {others}."),
            _ => eco_format!("`{name}` and `{other}` change."),
        },
        (_, [name, rest @ ..]) if rest.iter().any(|other| other != name) => match causes.first().and_then(|cause| change_of(cause)) {
            Some(values) => eco_format!("`{name}`: {values}, and {} more arguments change.", rest.len()),
            None => eco_format!("`{name}` and {} more arguments change.", rest.len()),
        },
        (_, names) => eco_format!("`{}` changes.", names.first().map_or("", EcoString::as_str)),
    }
}

/// Why an argument changes though no one changed it.
pub(super) fn follows(changes: &[Change], cause: &Cause) -> EcoString {
    let Some(source) = &cause.follows else { return eco_format!("`{}` changes.", argument(&cause.path)) };
    let name = telling_name(source);
    let happens = match change::of(changes, source).map(|it| (it.action, it.condition.is_some(), may_be_replaced(it))) {
        Some((Action::Replace, false, _)) => "is replaced",
        Some((Action::Read, ..)) => "is read again",
        Some((Action::Update, false, _)) => "is updated",
        Some((Action::Update, _, false)) => "may be updated",
        Some((Action::Replace | Action::Update, ..)) => "may be replaced",
        _ => "changes",
    };
    match cause.path.as_str() {
        "lifecycle.replace_triggered_by" => eco_format!("`replace_triggered_by` names {name}, which {happens}."),
        path => eco_format!("`{}` follows {name}, which {happens}.", argument(path)),
    }
}

/// `"a" → "b"` for short values that may be shown.
fn change_of(cause: &Cause) -> Option<EcoString> {
    let shown = |value: &Value| match value {
        Value::Null => Some(EcoString::from("not set")),
        Value::Bool(_) | Value::Number(_) => Some(eco_format!("{value}")),
        Value::Text(text) if text.len() <= LONGEST_VALUE && !text.contains('\n') => Some(eco_format!("{value}")),
        _ => None,
    };
    Some(eco_format!("{} → {}", shown(&cause.before)?, shown(&cause.after)?))
}
