//! Findings as entries, told apart by whether the version before has them already.

use rustc_hash::FxHashSet;

use crate::Stage;
use crate::change::Change;
use crate::checks::Finding;
use crate::model::ResourceId;
use crate::review::FindingEntry;
use crate::review::place::source;
use crate::source::Sources;

/// The findings after; of a comparison, those that are new stand first. `before` are the findings of the
/// version before, if there is one.
pub(super) fn entries(
    sources: &Sources,
    before: Option<(&Stage, &[Finding])>,
    after: &Stage,
    findings: &[Finding],
    changes: &[Change],
) -> Vec<FindingEntry> {
    let address = |stage: &'_ Stage, id: ResourceId| stage.snapshot.resource(id).map(|resource| resource.address.text().clone());
    let moved: FxHashSet<(ResourceId, ResourceId)> = changes.iter().filter_map(|change| Some((change.after?, change.before?))).collect();
    let by_place: FxHashSet<_> = before
        .into_iter()
        .flat_map(|(stage, findings)| findings.iter().filter_map(move |finding| Some((finding.check, address(stage, finding.resource)?))))
        .collect();
    let by_id: FxHashSet<(&str, ResourceId)> =
        before.into_iter().flat_map(|(_, findings)| findings.iter().map(|finding| (finding.check, finding.resource))).collect();
    let earlier: rustc_hash::FxHashMap<ResourceId, ResourceId> = moved.into_iter().collect();
    let mut entries: Vec<FindingEntry> = findings
        .iter()
        .filter_map(|finding| {
            let own = address(after, finding.resource)?;
            let known = by_place.contains(&(finding.check, own.clone()))
                || earlier.get(&finding.resource).is_some_and(|before| by_id.contains(&(finding.check, *before)));
            Some(FindingEntry {
                id: finding.check.into(),
                severity: finding.severity,
                confidence: finding.confidence,
                title: finding.title.clone(),
                message: finding.message.clone(),
                address: own,
                source: source(sources, finding.span),
                related: finding.related.iter().filter_map(|id| address(after, *id)).collect(),
                fix: finding.fix.clone(),
                references: finding.references.clone(),
                new: before.is_some() && !known,
            })
        })
        .collect();
    entries.sort_by_key(|entry| (before.is_some() && !entry.new, entry.severity));
    entries
}
