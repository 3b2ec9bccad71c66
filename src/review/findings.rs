//! Findings as entries; of a comparison, those that the version before does not have stand first.

use crate::checks::Finding;
use crate::order::Order as _;
use crate::review::FindingEntry;
use crate::review::place::source;
use crate::source::Sources;

pub(super) fn entries(sources: &Sources, compared: bool, findings: &[Finding]) -> Vec<FindingEntry> {
    let mut entries: Vec<FindingEntry> = findings
        .iter()
        .map(|finding| FindingEntry {
            id: finding.check.into(),
            severity: finding.severity,
            confidence: finding.confidence,
            title: finding.title.clone(),
            message: finding.message.clone(),
            address: finding.address.text().clone(),
            source: source(sources, finding.span),
            related: finding.related.iter().map(|address| address.text().clone()).collect(),
            fix: finding.fix.clone(),
            references: finding.references.clone(),
            new: compared && finding.new,
        })
        .collect();
    entries.order_by_key(|entry| (compared && !entry.new, entry.severity));
    entries
}
