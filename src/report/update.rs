//! What differs between two reviews, for a page that has the one before: the review's own JSON, in whose long lists
//! `[first, count]` stands for entries that are in the list before, in this order.
//!
//! After an edit that is a few kilobytes of megabytes, and the page keeps every entry that stayed.

use ecow::EcoString;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::json::written;
use crate::review::{
    CatalogInfo, ChangeEntry, CostEntry, CostTotals, DependencyEntry, DiagnosticEntry, DisabledEntry, DowntimeEntry, FileEntry,
    FindingEntry, ImpactEntry, LeftOutEntry, NotKnownEntry, OutputEntry, ResourceCostEntry, ResourceEntry, ResourceImpact, Review,
    RollbackEntry, Tool, UnpricedEntry, Verdict,
};

/// Bytes of the whole when little differs.
const EXPECTED: usize = 1 << 16;

/// The update from one review to the next; without one before, the whole.
pub fn update(review: &Review, before: Option<&Review>) -> String {
    written(&Update::between(review, before), EXPECTED)
}

#[derive(Serialize)]
struct Update<'r> {
    schema_version: u32,
    tool: &'r Tool,
    catalog: &'r CatalogInfo,
    compared: bool,
    verdict: &'r Verdict,
    files: Runs<'r, FileEntry>,
    resources: Runs<'r, ResourceEntry>,
    disabled: &'r [DisabledEntry],
    outputs: &'r [OutputEntry],
    dependencies: Runs<'r, DependencyEntry>,
    changes: Runs<'r, ChangeEntry>,
    affected: &'r [crate::review::AffectedEntry],
    impact: Impact<'r>,
    cost: Cost<'r>,
    findings: Runs<'r, FindingEntry>,
    rollback: &'r RollbackEntry,
    not_known: &'r [NotKnownEntry],
    diagnostics: &'r [DiagnosticEntry],
}

#[derive(Serialize)]
struct Impact<'r> {
    downtime: &'r DowntimeEntry,
    per_resource: Runs<'r, ResourceImpact>,
}

#[derive(Serialize)]
struct Cost<'r> {
    currency: &'r str,
    monthly: &'r CostTotals,
    resources: Runs<'r, ResourceCostEntry>,
    free: Runs<'r, EcoString>,
    usage_dependent: Runs<'r, EcoString>,
    unpriced: Runs<'r, UnpricedEntry>,
    left_out: Runs<'r, LeftOutEntry>,
}

impl<'r> Update<'r> {
    fn between(review: &'r Review, before: Option<&'r Review>) -> Update<'r> {
        // Taken apart, so that a new field is not forgotten.
        let Review { schema_version, tool, catalog, compared, verdict, files, resources, disabled, outputs, dependencies, .. } = review;
        let Review { changes, affected, impact, cost, findings, rollback, not_known, diagnostics, .. } = review;
        let ImpactEntry { downtime, per_resource } = impact;
        let CostEntry { currency, monthly, resources: costs, free, usage_dependent, unpriced, left_out } = cost;
        Update {
            schema_version: *schema_version,
            tool,
            catalog,
            compared: *compared,
            verdict,
            files: Runs::of(files, before.map(|it| &it.files)),
            resources: Runs::of(resources, before.map(|it| &it.resources)),
            disabled,
            outputs,
            dependencies: Runs::of(dependencies, before.map(|it| &it.dependencies)),
            changes: Runs::of(changes, before.map(|it| &it.changes)),
            affected,
            impact: Impact { downtime, per_resource: Runs::of(per_resource, before.map(|it| &it.impact.per_resource)) },
            cost: Cost {
                currency,
                monthly,
                resources: Runs::of(costs, before.map(|it| &it.cost.resources)),
                free: Runs::of(free, before.map(|it| &it.cost.free)),
                usage_dependent: Runs::of(usage_dependent, before.map(|it| &it.cost.usage_dependent)),
                unpriced: Runs::of(unpriced, before.map(|it| &it.cost.unpriced)),
                left_out: Runs::of(left_out, before.map(|it| &it.cost.left_out)),
            },
            findings: Runs::of(findings, before.map(|it| &it.findings)),
            rollback,
            not_known,
            diagnostics,
        }
    }
}

/// A list, in whose place runs of the list before are written where they are the same.
struct Runs<'r, T> {
    now: &'r [T],
    parts: Vec<Part>,
}

/// An entry of the list, or so many of the list before, from a place on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Now(usize),
    Before(usize, usize),
}

impl<'r, T: PartialEq> Runs<'r, T> {
    fn of(now: &'r [T], before: Option<&'r Vec<T>>) -> Runs<'r, T> {
        let before = before.map_or(&[][..], Vec::as_slice);
        let same = &mut |at: usize, place: usize| now.get(at) == before.get(place);
        Runs { now, parts: parts(now.len(), before.len(), same) }
    }
}

/// So far ahead an entry is looked for in the list before, to pass over what was taken out.
const AHEAD: usize = 32;

/// The parts that make a list of one before. `same` says whether an entry of the one is an entry of the other.
fn parts(now: usize, before: usize, same: &mut dyn FnMut(usize, usize) -> bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = 0;
    let mut missed = 0;
    for at in 0..now {
        let Some(place) = (next..before.min(next + AHEAD)).find(|place| same(at, *place)) else {
            parts.push(Part::Now(at));
            missed += 1;
            // What is only changed stands in the other list too.
            next += usize::from(missed > AHEAD / 2);
            continue;
        };
        missed = 0;
        next = place + 1;
        match parts.last_mut() {
            Some(Part::Before(first, count)) if *first + *count == place => *count += 1,
            _ => parts.push(Part::Before(place, 1)),
        }
    }
    parts
}

impl<T: Serialize> Serialize for Runs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for part in &self.parts {
            match part {
                Part::Now(at) => list.serialize_element(&self.now.get(*at))?,
                Part::Before(first, count) => list.serialize_element(&(first, count))?,
            }
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::example;
    use crate::report::json::json;

    #[test]
    fn without_a_review_before_it_is_the_review() {
        let review = example::replaced();
        assert_eq!(update(&review, None), json(&review));
    }

    #[test]
    fn against_itself_it_is_runs_alone() {
        let review = example::replaced();
        let update: serde_json::Value = serde_json::from_str(&update(&review, Some(&review))).unwrap();
        assert_eq!(update["changes"], serde_json::json!([[0, review.changes.len()]]));
        assert_eq!(update["verdict"]["sentence"], review.verdict.sentence.as_str());
    }

    fn joined(now: &[u8], before: &[u8]) -> (Vec<u8>, usize) {
        let parts = Runs::of(now, Some(&before.to_vec())).parts;
        let list = parts.iter().flat_map(|part| match part {
            Part::Now(at) => now[*at..=*at].to_vec(),
            Part::Before(first, count) => before[*first..first + count].to_vec(),
        });
        (list.collect(), parts.iter().filter(|part| matches!(part, Part::Now(_))).count())
    }

    #[test]
    fn one_entry_changed_added_or_taken_out_is_one_entry() {
        let before: Vec<u8> = (0..200).collect();
        let with = |edit: fn(&mut Vec<u8>)| {
            let mut now = before.clone();
            edit(&mut now);
            joined(&now, &before)
        };
        assert_eq!(with(|_| ()).1, 0);
        assert_eq!(with(|now| now[100] = 255).1, 1);
        assert_eq!(with(|now| now.insert(100, 255)).1, 1);
        assert_eq!(with(|now| now.truncate(100)).1, 0);
        assert_eq!(with(|now| now.retain(|it| *it != 100)).1, 0);
        assert_eq!(with(|now| now.iter_mut().take(100).for_each(|it| *it = 255)).1, 100);
    }

    proptest! {
        #[test]
        fn the_parts_make_the_list(now in proptest::collection::vec(0..6u8, 0..80), before in proptest::collection::vec(0..6u8, 0..80)) {
            prop_assert_eq!(joined(&now, &before).0, now);
        }
    }
}
