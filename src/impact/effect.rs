//! What one change does: time without service, data, and whether it can be taken back.

use std::borrow::Cow;

use ecow::{EcoString, eco_format};

use crate::catalog::impact::{self, TypeImpact, UpdateRule, When};
use crate::change::{Cause, Change, argument, version};
use crate::model::{Action, Confidence, DataLoss, Resource, Reversible, Setting, Snapshot, Value};

use super::{Downtime, Effect, data, words};

pub(super) fn of(change: &Change, before: &Snapshot, after: &Snapshot, made_first: &[bool]) -> Effect {
    let old = change.before.and_then(|id| before.resource(id));
    let new = change.after.and_then(|id| after.resource(id));
    let facts = new.or(old).and_then(|resource| impact::of(&resource.r#type));
    let first = change.after.is_some_and(|id| made_first.get(id.index()).copied().unwrap_or(false));
    let mut effect = match change.action {
        Action::Replace => replaced(change, facts, first),
        Action::Delete => deleted(change, facts),
        _ => updated(change, facts, old, new),
    };
    if matches!(change.action, Action::Replace | Action::Delete)
        && let Some(old) = old
    {
        let (loss, words) = data::loss(change.action, old, new);
        // What may not be there cannot be lost for certain.
        let loss = if loss == DataLoss::Certain && change.condition.is_some() { DataLoss::Possible } else { loss };
        (effect.data_loss, effect.data_words) = (loss, old.own_words(words));
        effect.reversible = match effect.data_loss {
            _ if old.r#type == "aws_eip" => Reversible::No,
            _ if old.r#type == "aws_cognito_user_pool" => Reversible::No,
            DataLoss::None => Reversible::Yes,
            _ => Reversible::WithBackup,
        };
    }
    if let Some(resource) = new.or(old) {
        effect.words = resource.own_words(effect.words);
    }
    if change.condition.is_some() && effect.confidence == Confidence::Sure {
        effect.confidence = Confidence::Likely;
    }
    effect.references = facts.map(|facts| facts.sources.iter().map(|source| EcoString::from(*source)).collect()).unwrap_or_default();
    effect
}

fn blank(change: &Change) -> Effect {
    Effect {
        address: change.address.clone(),
        words: EcoString::new(),
        downtime: Downtime { words: "not known".into(), seconds: None },
        data_loss: DataLoss::None,
        data_words: EcoString::new(),
        reversible: Reversible::Yes,
        confidence: Confidence::Guess,
        references: Vec::new(),
    }
}

fn replaced(change: &Change, facts: Option<&'static TypeImpact>, first: bool) -> Effect {
    let order = if first { "made again first, then the old one is destroyed" } else { "destroyed first, then made again" };
    let Some(facts) = facts else { return Effect { words: order.into(), ..blank(change) } };
    let event = &facts.replace;
    let downtime = match event.seconds {
        // With the new one made first, the time the words give does not apply.
        Some(seconds) if !first || seconds.1 == 0 => Downtime { words: words::range(seconds), seconds: Some(seconds) },
        _ if first => Downtime { words: "while clients switch over".into(), seconds: None },
        _ => Downtime { words: clause(event.words), seconds: None },
    };
    Effect { words: eco_format!("{order}: {}", event.words), downtime, confidence: event.confidence, ..blank(change) }
}

fn deleted(change: &Change, facts: Option<&'static TypeImpact>) -> Effect {
    let Some(facts) = facts else { return Effect { words: "destroyed".into(), ..blank(change) } };
    let event = &facts.delete;
    let downtime = match event.seconds {
        Some(seconds) => Downtime { words: words::range(seconds), seconds: Some(seconds) },
        None => Downtime { words: clause(event.words), seconds: None },
    };
    Effect { words: eco_format!("destroyed: {}", event.words), downtime, confidence: event.confidence, ..blank(change) }
}

/// All arguments together: the longest time, the least reversible, the weakest confidence.
fn updated(change: &Change, facts: Option<&'static TypeImpact>, old: Option<&Resource>, new: Option<&Resource>) -> Effect {
    let mut effect = blank(change);
    let mut worst: Option<(Option<(u32, u32)>, EcoString)> = None;
    let mut stuck = false;
    let mut confidence = Confidence::Sure;
    for cause in &change.causes {
        let path = new.or(old).map_or(Cow::Borrowed(cause.path.as_str()), |resource| resource.canonical_path(&cause.path));
        let (seconds, text) = if harmless(&path) {
            (Some((0, 0)), EcoString::new())
        } else {
            let mut seconds: Option<Option<(u32, u32)>> = None;
            let mut text = EcoString::new();
            for rule in facts.into_iter().flat_map(|facts| facts.updates_of(&path)) {
                if !holds(rule, cause, old, new) {
                    // The tables warn of one direction only: the other takes nothing away.
                    if seconds.is_none() && matches!(rule.when, When::Falls | When::TurnsOff | When::Removed) {
                        seconds = Some(Some((0, 0)));
                        confidence = weakest(confidence, Confidence::Likely);
                    }
                    continue;
                }
                stuck |= !rule.reversible;
                confidence = weakest(confidence, rule.confidence);
                seconds = Some(match (seconds, rule.seconds) {
                    (None, own) => own,
                    (Some(Some((low, high))), Some(own)) => Some((low.min(own.0), high.max(own.1))),
                    _ => None,
                });
                let note = rule.note.map(|note| eco_format!("; {note}")).unwrap_or_default();
                text = eco_format!("`{}`: {}{note}", argument(&cause.path), rule.words);
            }
            match seconds {
                Some(seconds) => (seconds, text),
                None => {
                    confidence = Confidence::Guess;
                    (None, eco_format!("`{}`: what this does at run time is not in the tables", argument(&cause.path)))
                }
            }
        };
        if worst.as_ref().is_none_or(|(other, _)| rank(seconds) > rank(*other)) {
            worst = Some((seconds, text));
        }
    }
    let (seconds, text) = worst.unwrap_or((None, EcoString::new()));
    effect.downtime = match seconds {
        Some(seconds) => Downtime { words: words::range(seconds), seconds: Some(seconds) },
        None => Downtime { words: "not known".into(), seconds: None },
    };
    effect.words = if text.is_empty() { "changed in place".into() } else { eco_format!("changed in place; {text}") };
    effect.reversible = match (stuck, new.and_then(|resource| impact::stateful(&resource.r#type))) {
        (false, _) => Reversible::Yes,
        (true, Some(_)) => Reversible::WithBackup,
        (true, None) => Reversible::No,
    };
    effect.confidence = confidence;
    effect
}

/// A known long time is worse than an unknown one, an unknown one worse than none.
fn rank(seconds: Option<(u32, u32)>) -> u64 {
    match seconds {
        Some((_, 0)) => 0,
        None => 1,
        Some((_, high)) => 1 + u64::from(high),
    }
}

/// Labels do nothing at run time.
fn harmless(path: &str) -> bool {
    matches!(
        path.split('.').next(),
        Some("tags" | "tags_all" | "labels" | "effective_labels" | "tag_specifications" | "deletion_policy" | "update_replace_policy")
    )
}

fn weakest(a: Confidence, b: Confidence) -> Confidence {
    match (a, b) {
        (Confidence::Guess, _) | (_, Confidence::Guess) => Confidence::Guess,
        (Confidence::Likely, _) | (_, Confidence::Likely) => Confidence::Likely,
        _ => Confidence::Sure,
    }
}

/// Whether a rule's condition holds for the values; what cannot be decided holds.
fn holds(rule: &UpdateRule, cause: &Cause, old: Option<&Resource>, new: Option<&Resource>) -> bool {
    let (before, after) = (&cause.before, &cause.after);
    let numbers = || Some((before.as_number()?, after.as_number()?));
    let unknown = matches!(before.unmarked(), Value::Unknown(_)) || matches!(after.unmarked(), Value::Unknown(_));
    match rule.when {
        When::Always => true,
        _ if unknown => true,
        When::Grows => numbers().is_none_or(|(before, after)| after > before),
        When::Falls => numbers().is_none_or(|(before, after)| after < before),
        When::TurnsOn => after.as_bool() == Some(true),
        When::TurnsOff => after.as_bool() != Some(true),
        When::Minor => major_changes(before, after, new) != Some(true),
        When::Major => major_changes(before, after, new) != Some(false),
        When::FromOrToZero => [before, after].into_iter().any(|value| value.as_number().is_none_or(|it| it == crate::model::Number::ZERO)),
        When::Added => matches!(before, Value::Null),
        When::Removed => matches!(after, Value::Null),
        When::SingleZone => zones(old) != Some(true),
        When::MultiZone => zones(old) != Some(false),
    }
}

/// Whether it runs in several zones now; `None` when that is not known.
fn zones(resource: Option<&Resource>) -> Option<bool> {
    match resource?.setting("multi_az") {
        Setting::Absent => Some(false),
        Setting::Known(value) => value.as_bool(),
        Setting::Unknown(_) => None,
    }
}

/// Whether a version changes in its major part: the first number, before MySQL's and MariaDB's 9 the first two.
fn major_changes(before: &Value, after: &Value, resource: Option<&Resource>) -> Option<bool> {
    let (old, new) = (version(before)?, version(after)?);
    let engine = resource.and_then(|resource| match resource.setting("engine") {
        Setting::Known(engine) => engine.as_text().cloned(),
        _ => None,
    });
    let parts = if engine.is_some_and(|engine| engine.contains("postgres")) { 1 } else { 2 };
    Some(old.iter().take(parts).ne(new.iter().take(parts)))
}

/// The first clause of a sentence of the tables.
fn clause(words: &str) -> EcoString {
    let end = words.find([';', ',', ':']).unwrap_or(words.len());
    words.get(..end).unwrap_or(words).trim().into()
}
