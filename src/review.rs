//! The review: everything found, sorted and worded, final. What the reports print and the page draws.
//!
//! Plain data, the one shape of `--format json`, of the npm package and of the page; the TypeScript types are
//! generated from these structs. Fields are only ever added; taking one away raises [`SCHEMA_VERSION`].

mod asked;
mod assemble;
mod bill;
mod changes;
mod code;
mod compared;
mod costs;
mod diagnostics;
mod encode;
mod facts;
mod findings;
mod lost;
mod place;
mod questions;
mod reach;
mod renamed;
mod resources;
mod rollbacks;
mod verdict;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::model::Object;

pub use crate::model::{
    Action, Certainty, Confidence, DataLoss, DeclaredBy, DependencyKind, Direction, Reversible, Severity, StepKind, Tier,
};
pub use asked::{Asked, ask};
pub(crate) use assemble::{KeptBills, assemble};
pub use bill::{CostComponentEntry, CostEntry, CostTotals, LeftOutEntry, NotCompared, ResourceCostEntry, UnpricedEntry};
pub use reach::{reach, resolve};
pub(crate) use words::grouped;

/// Version of the Review JSON.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Review {
    pub schema_version: u32,
    pub tool: Tool,
    pub catalog: CatalogInfo,
    /// Whether two versions were compared. `false`: a snapshot was reviewed, and every change is a create.
    pub compared: bool,
    pub verdict: Verdict,
    pub files: Vec<FileEntry>,
    pub resources: Vec<ResourceEntry>,
    pub disabled: Vec<DisabledEntry>,
    pub outputs: Vec<OutputEntry>,
    pub dependencies: Vec<DependencyEntry>,
    pub changes: Vec<ChangeEntry>,
    pub affected: Vec<AffectedEntry>,
    pub impact: ImpactEntry,
    pub cost: CostEntry,
    pub findings: Vec<FindingEntry>,
    pub rollback: RollbackEntry,
    /// What could not be known, those that change the verdict first.
    pub not_known: Vec<NotKnownEntry>,
    pub diagnostics: Vec<DiagnosticEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Tool {
    #[tsify(type = "string")]
    pub name: EcoString,
    #[tsify(type = "string")]
    pub version: EcoString,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CatalogInfo {
    /// Month of the newest price source, `2026-10`; absent when no price table was given.
    #[tsify(type = "string | null")]
    pub prices_as_of: Option<EcoString>,
    #[tsify(type = "string")]
    pub currency: EcoString,
    #[tsify(type = "string")]
    pub region_default: EcoString,
}

/// A place in a file. Lines and columns start at 1, columns count code points, the end is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
pub struct Source {
    #[tsify(type = "string")]
    pub file: EcoString,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// The place is in the version before the change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub before: bool,
}

/// The one sentence that says what is worst, one that says why, and six facts.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Verdict {
    #[tsify(type = "string")]
    pub sentence: EcoString,
    #[tsify(type = "string | null")]
    pub reason: Option<EcoString>,
    pub source: Option<Source>,
    /// The action whose colour the verdict carries.
    pub action: Action,
    /// Address of the resource the sentence speaks of.
    #[tsify(type = "string | null")]
    pub address: Option<EcoString>,
    /// Changes, Data, Downtime, Cost a month, Way back, Not known: always these six in this order.
    pub facts: Vec<Fact>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Fact {
    pub id: FactId,
    #[tsify(type = "string")]
    pub label: EcoString,
    #[tsify(type = "string")]
    pub value: EcoString,
    #[tsify(type = "string | null")]
    pub detail: Option<EcoString>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum FactId {
    Changes,
    Data,
    Downtime,
    Cost,
    WayBack,
    NotKnown,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct FileEntry {
    #[tsify(type = "string")]
    pub path: EcoString,
    /// `terraform`, `tfvars`, `ignored` ...
    #[tsify(type = "string")]
    pub kind: EcoString,
    pub bytes: u32,
    /// Resource blocks declared in it.
    pub resources: u32,
    pub understood: Understood,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub before: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
pub struct Understood {
    pub resources_seen: u32,
    /// Resources whose every argument's value is known, or known after apply.
    pub resources_resolved: u32,
    /// Reason -> how many arguments are unknown for it.
    #[tsify(type = "Record<string, number>")]
    pub unknown_reasons: BTreeMap<EcoString, u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct ResourceEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[tsify(type = "string")]
    pub native_type: EcoString,
    #[serde(rename = "type")]
    #[tsify(type = "string")]
    pub r#type: EcoString,
    #[tsify(type = "string")]
    pub name: EcoString,
    #[tsify(type = "string")]
    pub provider: EcoString,
    #[tsify(type = "string")]
    pub module: EcoString,
    pub mode: ResourceMode,
    pub count_unknown: bool,
    pub source: Source,
    /// The calls of the program that led to it, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub called_from: Vec<Source>,
    #[tsify(type = "string | null")]
    pub region: Option<EcoString>,
    /// Icon class, from the canonical type: `database`, `network` ...
    #[tsify(type = "string")]
    pub icon: EcoString,
    /// Only in the version before the change.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub deleted: bool,
    /// Values; an unknown one is `{"unknown": reason}`, a sensitive one `{"sensitive": true}`.
    #[serde(serialize_with = "encode::object")]
    #[tsify(type = "Record<string, AttributeValue>")]
    pub attributes: Arc<Object>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceMode {
    Managed,
    Data,
    Module,
    Component,
    External,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct DisabledEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[tsify(type = "string")]
    pub native_type: EcoString,
    pub source: Source,
    #[tsify(type = "string")]
    pub reason: EcoString,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct OutputEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[serde(serialize_with = "encode::value")]
    #[tsify(type = "AttributeValue")]
    pub value: crate::model::Value,
    pub sensitive: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct DependencyEntry {
    /// The resource that refers.
    #[tsify(type = "string")]
    pub from: EcoString,
    /// The resource it needs.
    #[tsify(type = "string")]
    pub to: EcoString,
    /// The argument that refers.
    #[tsify(type = "string")]
    pub via: EcoString,
    /// What is read of the other, `address`; empty for the whole.
    #[tsify(type = "string")]
    pub reads: EcoString,
    /// The names in between: `local.db_host`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(type = "string[]", optional)]
    pub through: Vec<EcoString>,
    pub kind: DependencyKind,
    /// An end of it, or its way, is switched off: nothing follows from it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[tsify(optional)]
    pub disabled: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct ChangeEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    pub action: Action,
    /// The action is only certain under a condition: `only if var.env is known`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string", optional)]
    pub condition: Option<EcoString>,
    /// One sentence: what happens to it and why, as the table shows it.
    #[tsify(type = "string")]
    pub reason: EcoString,
    pub because: Vec<Because>,
    pub declared_by: DeclaredBy,
    /// The address before a move.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string", optional)]
    pub previous_address: Option<EcoString>,
    pub source: Source,
    /// The `count` or `for_each`, of the version under review, that no longer makes what is deleted, and the name that it
    /// takes its keys from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[tsify(optional)]
    pub lost_by: Vec<Source>,
}

/// One argument whose change is part of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct Because {
    #[tsify(type = "string")]
    pub path: EcoString,
    #[serde(serialize_with = "encode::value")]
    #[tsify(type = "AttributeValue")]
    pub before: crate::model::Value,
    #[serde(serialize_with = "encode::value")]
    #[tsify(type = "AttributeValue")]
    pub after: crate::model::Value,
    pub forces_replacement: Certainty,
    pub source: Source,
    /// The replaced resource whose new value this argument reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string", optional)]
    pub follows: Option<EcoString>,
}

/// A resource in reach of a changed one.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct AffectedEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    pub distance: u32,
    pub direction: Direction,
    /// From the changed resource to this one.
    #[tsify(type = "string[]")]
    pub path: Vec<EcoString>,
    #[tsify(type = "string")]
    pub effect: EcoString,
    #[tsify(type = "string")]
    pub reason: EcoString,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct ImpactEntry {
    pub downtime: DowntimeEntry,
    pub per_resource: Vec<ResourceImpact>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
pub struct DowntimeEntry {
    /// In words: `none`, `15–60 min`, `not known`.
    #[tsify(type = "string")]
    pub expected: EcoString,
    pub low_seconds: Option<u32>,
    pub high_seconds: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct ResourceImpact {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[tsify(type = "string")]
    pub effect: EcoString,
    pub downtime: DowntimeEntry,
    pub data_loss: DataLoss,
    pub reversible: Reversible,
    pub confidence: Confidence,
    /// Pages that say so.
    #[tsify(type = "string[]")]
    pub references: Vec<EcoString>,
}

/// Money as decimal strings with the precision the price has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Tsify)]
pub struct MoneyRange {
    #[serde(serialize_with = "encode::money")]
    #[tsify(type = "string")]
    pub low: Decimal,
    #[serde(serialize_with = "encode::money")]
    #[tsify(type = "string")]
    pub expected: Decimal,
    #[serde(serialize_with = "encode::money")]
    #[tsify(type = "string")]
    pub high: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Tsify)]
pub struct QuantityRange {
    #[serde(serialize_with = "encode::quantity")]
    #[tsify(type = "number")]
    pub low: Decimal,
    #[serde(serialize_with = "encode::quantity")]
    #[tsify(type = "number")]
    pub expected: Decimal,
    #[serde(serialize_with = "encode::quantity")]
    #[tsify(type = "number")]
    pub high: Decimal,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct FindingEntry {
    #[tsify(type = "string")]
    pub id: EcoString,
    pub severity: Severity,
    pub confidence: Confidence,
    #[tsify(type = "string")]
    pub title: EcoString,
    #[tsify(type = "string")]
    pub message: EcoString,
    #[tsify(type = "string")]
    pub address: EcoString,
    pub source: Source,
    #[tsify(type = "string[]")]
    pub related: Vec<EcoString>,
    #[tsify(type = "string")]
    pub fix: EcoString,
    #[tsify(type = "string[]")]
    pub references: Vec<EcoString>,
    /// Not there in the version before.
    pub new: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Tsify)]
pub struct RollbackEntry {
    /// Immediate, data, full: always these three in this order.
    pub tiers: Vec<TierEntry>,
    pub irreversible: Vec<IrreversibleEntry>,
    /// To do before the change is deployed: snapshots, notes of what is there.
    pub before_deploy: Vec<StepEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct TierEntry {
    pub tier: Tier,
    /// `null` when the tier has no steps.
    pub estimate_minutes: Option<(u32, u32)>,
    /// `Blocked at step 2: ...` when the change itself makes a step impossible.
    #[tsify(type = "string | null")]
    pub blocked: Option<EcoString>,
    pub steps: Vec<StepEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct StepEntry {
    /// From 1 within its tier.
    pub order: u32,
    #[tsify(type = "string")]
    pub address: EcoString,
    pub kind: StepKind,
    #[tsify(type = "string")]
    pub text: EcoString,
    #[tsify(type = "string | null")]
    pub command: Option<EcoString>,
    #[tsify(type = "string | null")]
    pub precondition: Option<EcoString>,
    pub loses_data: bool,
    pub estimate_minutes: Option<(u32, u32)>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct IrreversibleEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[tsify(type = "string")]
    pub why: EcoString,
    #[tsify(type = "string")]
    pub mitigation: EcoString,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct NotKnownEntry {
    /// `var.db_password`.
    #[tsify(type = "string")]
    pub what: EcoString,
    #[tsify(type = "string")]
    pub why: EcoString,
    /// What it would change, as a sentence.
    #[tsify(type = "string")]
    pub effect: EcoString,
    pub supply: Supply,
    pub sensitive: bool,
    /// Addresses whose answers depend on it.
    #[tsify(type = "string[]")]
    pub concerns: Vec<EcoString>,
    /// Where it is looked for: a module's source as written, a file's path.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string", optional)]
    pub wants: Option<EcoString>,
    pub source: Source,
}

/// How the reviewer can supply what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Supply {
    /// Type a value for the variable.
    Variable,
    /// Drop the folder of the module.
    Folder,
    /// Drop the file.
    File,
    /// Only applying the change can tell.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticSeverity {
    Error,
    Warning,
    Note,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct DiagnosticEntry {
    pub severity: DiagnosticSeverity,
    #[tsify(type = "string")]
    pub code: EcoString,
    #[tsify(type = "string")]
    pub message: EcoString,
    /// A file that is not text has line 0.
    pub source: Source,
    #[tsify(type = "string | null")]
    pub help: Option<EcoString>,
}
