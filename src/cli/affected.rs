//! "If I modify this, what is affected?": a review narrowed to what is in reach of one thing.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use ecow::EcoString;
use plumbline::review::{Action, Review, RollbackEntry, ask};

/// Keeps the thing itself and what is in reach of it, upstream and downstream.
pub fn focus(mut review: Review, of: &str) -> Result<Review> {
    let asked = ask(&review, of);
    if asked.named.is_empty() {
        bail!("{}", refusal(of, &asked.near));
    }
    review.affected = asked.affected;
    let mut kept: BTreeSet<EcoString> = asked.named.iter().cloned().collect();
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
    review.verdict.source =
        review.resources.iter().find(|entry| Some(&entry.address) == asked.named.first()).map(|entry| entry.source.clone());
    review.verdict.sentence = asked.sentence;
    review.verdict.reason = Some(asked.reason);
    review.verdict.action = Action::NoOp;
    review.verdict.address = asked.named.first().cloned();
    review.verdict.facts.clear();
    Ok(review)
}

fn refusal(of: &str, near: &[EcoString]) -> String {
    let mut text = format!("nothing here is called {of}");
    if !near.is_empty() {
        text.push_str("; there is ");
        text.push_str(&near.join(", "));
    }
    text
}
