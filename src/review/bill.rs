//! The entries of the bill: what each resource costs, of what parts, and what is in no total.

use ecow::EcoString;
use rust_decimal::Decimal;
use serde::Serialize;
use tsify::Tsify;

use crate::review::{MoneyRange, QuantityRange, Source, encode};

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CostEntry {
    #[tsify(type = "string")]
    pub currency: EcoString,
    pub monthly: CostTotals,
    /// What moves the total most first; of a snapshot, what costs most.
    pub resources: Vec<ResourceCostEntry>,
    #[tsify(type = "string[]")]
    pub free: Vec<EcoString>,
    #[tsify(type = "string[]")]
    pub usage_dependent: Vec<EcoString>,
    pub unpriced: Vec<UnpricedEntry>,
    /// Everything that is in no total: parts without a figure, then resources without a price, equal ones together.
    pub left_out: Vec<LeftOutEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CostTotals {
    /// `null` when a snapshot is reviewed.
    pub before: Option<MoneyRange>,
    pub after: MoneyRange,
    /// Of what both versions tell: what only one tells is in `before` or `after` and not in here.
    pub delta: Option<MoneyRange>,
    /// How many resources have a cost that only one version tells, `not_compared` in `resources`.
    pub not_compared: u32,
    /// Change of the expected total in per cent of the one before; `null` when that was zero or absent, or when something
    /// is not compared.
    #[tsify(type = "number | null")]
    #[serde(serialize_with = "encode::optional_quantity")]
    pub delta_percent: Option<Decimal>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct ResourceCostEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    /// Of the version under review; `null` when it is deleted, or when no part of it has a figure.
    pub monthly: Option<MoneyRange>,
    /// Of the version before; `null` when it is new, when no part of it has a figure, or when a snapshot is reviewed.
    pub before: Option<MoneyRange>,
    /// The change of what both versions tell; `null` when nothing can be compared.
    pub delta: Option<MoneyRange>,
    /// What only one version tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub not_compared: Option<NotCompared>,
    pub components: Vec<CostComponentEntry>,
}

/// The part of a resource's cost that one version tells and the other does not; it is in no difference.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct NotCompared {
    /// Known before and not any more.
    pub before: Option<MoneyRange>,
    /// Not known before and known now.
    pub after: Option<MoneyRange>,
    /// Why the other version does not tell it.
    #[tsify(type = "string")]
    pub reason: EcoString,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct CostComponentEntry {
    #[tsify(type = "string")]
    pub name: EcoString,
    /// `null` when it depends on use that was not given, or on a value that is not known.
    pub quantity: Option<QuantityRange>,
    #[tsify(type = "string")]
    pub unit: EcoString,
    /// `null` when the price table has none; never 0 in its place.
    #[serde(serialize_with = "encode::optional_money")]
    #[tsify(type = "string | null")]
    pub unit_price: Option<Decimal>,
    /// `null` when it depends on use that was not given; never 0 in its place.
    pub monthly: Option<MoneyRange>,
    pub usage_based: bool,
    /// The price table and its date: `elb.json alb.hour, us-east-1, 2025-06`.
    #[tsify(type = "string")]
    pub price_source: EcoString,
    /// What was assumed for the quantity, in words.
    #[tsify(type = "string | null")]
    pub assumption: Option<EcoString>,
    /// Why `monthly` is `null`: `depends on use`, `var.nodes has no value`.
    #[tsify(type = "string | null")]
    pub reason: Option<EcoString>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct UnpricedEntry {
    #[tsify(type = "string")]
    pub address: EcoString,
    #[tsify(type = "string")]
    pub reason: EcoString,
}

/// What no total has, for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
pub struct LeftOutEntry {
    /// `Data processed`; `null` for resources of which nothing has a price.
    #[tsify(type = "string | null")]
    pub component: Option<EcoString>,
    /// `null` when the price table has none; never 0 in its place.
    #[serde(serialize_with = "encode::optional_money")]
    #[tsify(type = "string | null")]
    pub unit_price: Option<Decimal>,
    #[tsify(type = "string")]
    pub unit: EcoString,
    /// `depends on use`, `no price for this type`.
    #[tsify(type = "string")]
    pub reason: EcoString,
    #[tsify(type = "string[]")]
    pub addresses: Vec<EcoString>,
}
