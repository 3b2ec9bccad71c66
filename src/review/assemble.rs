//! Runs the stages that explain two versions and puts what they found into its final form.

use crate::catalog::{Catalog, DEFAULT_REGION};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Mode, Resource};
use crate::review::{
    Action, CatalogInfo, CostEntry, CostTotals, DependencyEntry, DiagnosticEntry, DiagnosticSeverity, DowntimeEntry, FileEntry,
    ImpactEntry, MoneyRange, ResourceEntry, ResourceMode, Review, RollbackEntry, SCHEMA_VERSION, Source, Tool, Understood, Verdict,
};
use crate::source::{Sources, Span, Version};
use crate::{Options, Stage};

pub(crate) fn assemble(
    sources: &Sources,
    before: Option<&Stage>,
    after: &Stage,
    options: &Options,
    catalog: &Catalog,
    diagnostics: Vec<Diagnostic>,
) -> Review {
    let _ = options;
    Review {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "plumbline".into(), version: env!("CARGO_PKG_VERSION").into() },
        catalog: CatalogInfo { prices_as_of: None, currency: "USD".into(), region_default: DEFAULT_REGION.into() },
        compared: before.is_some(),
        verdict: Verdict {
            sentence: "Nothing to review".into(),
            reason: None,
            source: None,
            action: Action::NoOp,
            address: None,
            facts: Vec::new(),
        },
        files: files(sources, after),
        resources: after.snapshot.resources.iter().map(|resource| resource_entry(sources, resource, catalog)).collect(),
        disabled: Vec::new(),
        outputs: Vec::new(),
        dependencies: after
            .graph
            .dependencies
            .iter()
            .filter_map(|edge| {
                Some(DependencyEntry {
                    from: after.snapshot.resource(edge.from)?.address.text().clone(),
                    to: after.snapshot.resource(edge.to)?.address.text().clone(),
                    via: edge.argument.clone(),
                    reads: edge.reads.clone(),
                    through: edge.through.clone(),
                    kind: edge.kind,
                    source: source(sources, edge.span),
                })
            })
            .collect(),
        changes: Vec::new(),
        affected: Vec::new(),
        impact: ImpactEntry { downtime: DowntimeEntry::default(), per_resource: Vec::new() },
        cost: CostEntry {
            currency: "USD".into(),
            monthly: CostTotals { before: None, after: MoneyRange::default(), delta: None, delta_percent: None },
            resources: Vec::new(),
            free: Vec::new(),
            usage_dependent: Vec::new(),
            unpriced: Vec::new(),
        },
        findings: Vec::new(),
        rollback: RollbackEntry::default(),
        not_known: Vec::new(),
        diagnostics: diagnostics.iter().map(|diagnostic| diagnostic_entry(sources, diagnostic)).collect(),
    }
}

/// The place of a span as people and editors count.
pub(super) fn source(sources: &Sources, span: Span) -> Source {
    let Some(file) = sources.file(span.file) else {
        return Source { file: "".into(), line: 0, column: 0, end_line: 0, end_column: 0, before: false };
    };
    let place = file.place(span);
    Source {
        file: file.path.clone(),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        before: file.version == Version::Before,
    }
}

fn files(sources: &Sources, stage: &Stage) -> Vec<FileEntry> {
    stage
        .program
        .files
        .iter()
        .filter_map(|entry| {
            let file = sources.file(entry.file)?;
            Some(FileEntry {
                path: file.path.clone(),
                kind: entry.kind.name().into(),
                bytes: file.text.len() as u32,
                resources: entry.resources,
                understood: Understood::default(),
                before: file.version == Version::Before,
            })
        })
        .collect()
}

fn resource_entry(sources: &Sources, resource: &Resource, _catalog: &Catalog) -> ResourceEntry {
    ResourceEntry {
        address: resource.address.text().clone(),
        native_type: resource.native_type.clone(),
        r#type: resource.r#type.clone(),
        name: resource.name.clone(),
        provider: resource.provider.clone(),
        module: resource.address.module().into(),
        mode: match resource.mode {
            Mode::Managed => ResourceMode::Managed,
            Mode::Data => ResourceMode::Data,
            Mode::Module => ResourceMode::Module,
            Mode::Component => ResourceMode::Component,
            Mode::External => ResourceMode::External,
        },
        count_unknown: resource.count_unknown,
        source: source(sources, resource.span),
        region: resource.region.clone(),
        icon: "other".into(),
        deleted: false,
        attributes: resource.attributes.clone(),
    }
}

fn diagnostic_entry(sources: &Sources, diagnostic: &Diagnostic) -> DiagnosticEntry {
    let place = diagnostic.span.map(|span| source(sources, span));
    DiagnosticEntry {
        severity: match diagnostic.level {
            Level::Error => DiagnosticSeverity::Error,
            Level::Warning => DiagnosticSeverity::Warning,
            Level::Note => DiagnosticSeverity::Note,
        },
        code: diagnostic.code.into(),
        message: diagnostic.message.clone(),
        source: place.unwrap_or_else(|| Source {
            file: diagnostic.path.clone().unwrap_or_default(),
            line: 0,
            column: 0,
            end_line: 0,
            end_column: 0,
            before: false,
        }),
        help: diagnostic.help.clone(),
    }
}
