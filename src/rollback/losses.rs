//! What no step brings back, and how to lose less.

use ecow::{EcoString, eco_format};

use crate::catalog::impact::{self, stateful};
use crate::impact::short_name;
use crate::model::{Action, DataLoss, Reversible};

use super::Irreversible;
use super::fill::local;
use super::templates::Subject;

pub(super) fn of(subject: &Subject<'_>) -> Option<Irreversible> {
    let effect = subject.effect?;
    let resource = subject.resource;
    let name = short_name(&resource.address);
    let entry = |why: EcoString, mitigation: EcoString| Irreversible {
        address: resource.address.clone(),
        why,
        mitigation,
        span: subject.change.causes.first().map_or(resource.span, |cause| cause.span),
    };
    let later = || eco_format!("Keep `{}` in this change and remove it in a later one, when nothing uses it.", local(&resource.address));
    match (subject.change.action, stateful(&resource.r#type)) {
        (Action::Replace | Action::Delete | Action::Update, Some(stateful)) if effect.data_loss != DataLoss::None => {
            let (noun, holds) = (stateful.noun, stateful.holds);
            let why = match effect.data_loss {
                DataLoss::Certain => {
                    eco_format!("The {holds} of the {noun} `{name}`: a backup has them up to its moment, what is written later is gone.")
                }
                _ if noun == "key" => eco_format!("What is encrypted with the key `{name}`, once its waiting period is over."),
                _ => eco_format!("What is written to the {noun} `{name}` after the last backup or snapshot."),
            };
            let mitigation = match subject.change.action {
                Action::Delete => later(),
                _ => eco_format!(
                    "Make the new {noun} beside the old one, copy the {holds}, switch over, and remove the old one in a later change."
                ),
            };
            Some(entry(why, mitigation))
        }
        (Action::Replace | Action::Delete, _) if resource.r#type == "aws_eip" => Some(entry(
            eco_format!("The address of `{name}`: once released it may go to someone else, and whoever allows it by number loses access."),
            later(),
        )),
        (Action::Replace | Action::Delete, None) => {
            let facts = impact::of(&resource.r#type)?;
            // The note of a replacement says what brings it about, not what it costs.
            let (event, note) = match subject.change.action {
                Action::Replace => (&facts.replace, None),
                _ => (&facts.delete, facts.delete.note),
            };
            let words = event.recoverable.or(note).unwrap_or(event.words);
            let mitigation = match subject.change.action {
                Action::Delete => later(),
                _ => "Make the new one beside the old one, move what uses it, and remove the old one in a later change.".into(),
            };
            event.data_loss.then(|| entry(eco_format!("`{name}` as it was: {words}."), mitigation))
        }
        (Action::Update, _) if effect.reversible != Reversible::Yes => Some(entry(
            eco_format!("{}.", capital(&effect.words)),
            "Try the change on a copy first; setting the old value again does not take it back.".into(),
        )),
        _ => None,
    }
}

fn capital(text: &str) -> EcoString {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => eco_format!("{}{}", first.to_uppercase(), letters.as_str()),
        None => EcoString::new(),
    }
}
