//! Runs the stages that explain two versions and puts what they found into its final form.

use crate::catalog::{Catalog, DEFAULT_REGION};
use crate::change;
use crate::checks;
use crate::cost::{self, Usage};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::impact;
use crate::model::Snapshot;
use crate::review::verdict::{Seen, verdict};
use crate::review::{CatalogInfo, ImpactEntry, Review, SCHEMA_VERSION, Tool, questions, resources, rollbacks};
use crate::rollback;
use crate::source::Sources;
use crate::{Options, Stage};

use super::{changes as change_entries, costs, diagnostics as diagnostic_entries, findings as finding_entries};

/// What the bills of both versions leave for the next review with the same catalog and options.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeptBills {
    before: cost::Kept,
    after: cost::Kept,
}

pub(crate) fn assemble(
    sources: &Sources,
    before: Option<&Stage>,
    after: &Stage,
    options: &Options,
    catalog: &Catalog,
    kept_bills: Option<&mut KeptBills>,
    mut diagnostics: Vec<Diagnostic>,
) -> Review {
    let changes = change::diff(before.map(pair), pair(after), catalog);
    let impact = impact::assess(&changes, before.map(pair), pair(after), catalog);
    let rollback = rollback::plan(&changes, &impact, before.map(pair), pair(after), catalog);

    let usage = options.usage.as_deref().map(|text| Usage::read(text, &mut diagnostics)).unwrap_or_default();
    let snapshots: Vec<&Snapshot> = before.into_iter().chain([after]).map(|stage| &stage.snapshot).collect();
    usage.check(&snapshots, &mut diagnostics);
    let price =
        |snapshot: &Snapshot, kept: Option<&mut cost::Kept>| cost::bill_keeping(snapshot, catalog, options.region.as_deref(), &usage, kept);
    let (bills_before, bills_after) = kept_bills.map(|kept| (&mut kept.before, &mut kept.after)).unzip();
    let kept = before.and_then(|before| change::kept(&before.snapshot, &after.snapshot, &changes));
    let bill = price(kept.as_ref().unwrap_or(&after.snapshot), bills_after);
    let bill_before = before.map(|stage| (stage, price(&stage.snapshot, bills_before)));
    let cost = costs::entry(sources, bill_before.as_ref().map(|(stage, bill)| (*stage, bill)), (after, &bill), &changes);

    let findings = checks::run(&changes, before.map(pair), pair(after), catalog);
    let findings = finding_entries::entries(sources, before.is_some(), &findings);

    let unknowns = resources::unknowns(&after.snapshot);
    let asked = questions::Asked {
        snapshot: &after.snapshot,
        changes: &changes,
        impact: &impact,
        bill: &bill,
        unknowns: &unknowns,
        compared: before.is_some(),
    };
    let (not_known, deciding) = questions::entries(sources, &asked);
    let rollback = rollbacks::entry(sources, &rollback);
    let (resource_entries, dependencies) = resources::graph(sources, before, after, &changes);
    let entries = change_entries::entries(sources, before, after, &changes);
    let verdict = verdict(&Seen {
        sources,
        entries: &entries,
        before,
        after,
        changes: &changes,
        impact: &impact,
        findings: &findings,
        cost: &cost,
        priced: catalog.prices().is_some(),
        without_price: costs::without_price(&cost),
        rollback: &rollback,
        not_known: (not_known.len(), deciding),
    });
    Review {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "plumbline".into(), version: env!("CARGO_PKG_VERSION").into() },
        catalog: CatalogInfo {
            prices_as_of: catalog.prices().map(|prices| prices.as_of().into()),
            currency: costs::CURRENCY.into(),
            region_default: DEFAULT_REGION.into(),
        },
        compared: before.is_some(),
        verdict,
        files: resources::files(sources, after, &unknowns),
        resources: resource_entries,
        disabled: resources::disabled(sources, &after.snapshot),
        outputs: resources::outputs(sources, &after.snapshot),
        dependencies,
        changes: entries,
        affected: impact.affected.iter().map(change_entries::affected).collect(),
        impact: ImpactEntry {
            downtime: change_entries::downtime(&impact.downtime),
            per_resource: impact.effects.iter().map(change_entries::effect).collect(),
        },
        cost,
        findings,
        rollback,
        not_known,
        diagnostics: diagnostic_entries::entries(sources, &diagnostics),
    }
}

fn pair(stage: &Stage) -> (&Snapshot, &Graph) {
    (&stage.snapshot, &stage.graph)
}
