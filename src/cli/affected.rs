//! "If I modify this, what is affected?": a review narrowed to what is in reach of one thing.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use ecow::EcoString;
use plumbline::review::{Action, Direction, Review, RollbackEntry, reach, resolve};

/// The names that a refusal suggests.
const SUGGESTIONS: usize = 3;

/// Keeps the thing itself and what is in reach of it, upstream and downstream.
pub fn focus(mut review: Review, of: &str) -> Result<Review> {
    let starts: Vec<EcoString> =
        resolve(&review, of).into_iter().filter_map(|at| review.resources.get(at)).map(|entry| entry.address.clone()).collect();
    if starts.is_empty() {
        bail!("{}", refusal(&review, of));
    }
    review.affected = reach(&review, of);
    let mut kept: BTreeSet<EcoString> = starts.iter().cloned().collect();
    kept.extend(review.affected.iter().map(|entry| entry.address.clone()));
    review.resources.retain(|entry| kept.contains(&entry.address));
    review.dependencies.retain(|entry| kept.contains(&entry.from) && kept.contains(&entry.to));
    // Nothing changes here, so nothing costs, breaks or needs a way back.
    review.changes.clear();
    review.disabled.clear();
    review.outputs.clear();
    review.findings.clear();
    review.not_known.clear();
    review.impact.per_resource.clear();
    review.rollback = RollbackEntry::default();
    review.cost.resources.clear();
    review.cost.free.clear();
    review.cost.usage_dependent.clear();
    review.cost.unpriced.clear();
    let (sentence, reason) = words(&review, &starts, of);
    review.verdict.source = review.resources.iter().find(|entry| Some(&entry.address) == starts.first()).map(|entry| entry.source.clone());
    review.verdict.sentence = sentence.into();
    review.verdict.reason = Some(reason.into());
    review.verdict.action = Action::NoOp;
    review.verdict.address = starts.first().cloned();
    review.verdict.facts.clear();
    Ok(review)
}

fn words(review: &Review, starts: &[EcoString], of: &str) -> (String, String) {
    let within = |direction| review.affected.iter().filter(move |entry| entry.direction == direction);
    let (down, up) = (within(Direction::Downstream).count(), within(Direction::Upstream).count());
    let farthest = within(Direction::Downstream).map(|entry| entry.distance).max().unwrap_or(0);
    let made = review.affected.iter().filter(|entry| entry.distance == 0).count();
    if made > 0 {
        let is = |count: usize| if count == 1 { "1 resource is".to_string() } else { format!("{count} resources are") };
        let rest = match (down - made, farthest) {
            (0, _) => "nothing else here depends on that".to_string(),
            (more, 1) => format!("{more} more in reach of that, directly"),
            (more, _) => format!("{more} more in reach of that, to {farthest} steps"),
        };
        return (format!("{} made of {of}, {rest}.", is(made)), format!("{} what they run with.", is(up)));
    }
    let what = match starts {
        [one] => format!("`{one}`"),
        several => format!("`{of}` ({} resources)", several.len()),
    };
    let sentence = match (down, farthest) {
        (0, _) => format!("Nothing here depends on {what}."),
        (1, _) => format!("1 resource is in reach of {what}."),
        (_, 1) => format!("{down} resources are in reach of {what}, all of them directly."),
        _ => format!("{down} resources are in reach of {what}, to {farthest} steps."),
    };
    let reason = match up {
        0 => "It needs nothing that is declared here.".to_string(),
        1 => "It needs 1 resource.".to_string(),
        _ => format!("It needs {up} resources."),
    };
    (sentence, reason)
}

fn refusal(review: &Review, of: &str) -> String {
    let part = of.rsplit(['.', '/', ':']).next().unwrap_or(of);
    let near: Vec<&str> =
        review.resources.iter().map(|entry| entry.address.as_str()).filter(|address| !part.is_empty() && address.contains(part)).collect();
    let mut text = format!("nothing here is called {of}");
    if !near.is_empty() {
        text.push_str("; there is ");
        text.push_str(&near.iter().take(SUGGESTIONS).copied().collect::<Vec<_>>().join(", "));
    }
    text
}
