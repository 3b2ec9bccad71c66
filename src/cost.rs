//! What a snapshot costs a month: components with quantity, unit, unit price, source and date.
//!
//! Owns how a resource's arguments become quantities; prices come from `catalog`. A month is 730 hours. Free
//! tiers and discounts are never applied, money is exact and rounded by those who print it. What has no price,
//! or no known quantity, is listed with the reason and is in no total.
//!
//! A priced resource is one file in `cost/aws/` and one line in `cost/aws.rs`.

mod aws;
mod item;
mod kept;
mod lines;
mod quantity;
mod usage;

use std::sync::OnceLock;

use ecow::{EcoString, EcoVec};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, DEFAULT_REGION, free};
use crate::model::{Mode, Range, Resource, ResourceId, Snapshot};
use item::{Context, Item};
use lines::{Labels, Lines};

pub use kept::Kept;
pub use usage::Usage;

/// Everything about the price of one version. In address order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bill {
    pub resources: Vec<ResourceCost>,
    pub total: Range,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ResourceCost {
    pub resource: ResourceId,
    /// The region whose prices were used.
    pub region: EcoString,
    pub components: EcoVec<CostComponent>,
    /// Sum of the components that have one; `None` when no component has.
    pub monthly: Option<Range>,
    pub standing: Standing,
}

/// What a resource is to the bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Priced,
    /// Costs nothing by itself.
    Free,
    /// Every component depends on use that was not given.
    UsageDependent,
    /// No price, with the reason. Never counted as 0.
    Unpriced(EcoString),
}

#[derive(Debug, Clone, PartialEq)]
pub struct CostComponent {
    pub name: EcoString,
    /// `None` when it depends on use that was not given, or on a value that is not known.
    pub quantity: Option<Range>,
    /// What one of it is, as printed after the number: `h`, `GB-month`, `1M requests`.
    pub unit: EcoString,
    /// `None` when the price table has none.
    pub unit_price: Option<Decimal>,
    pub monthly: Option<Range>,
    pub usage_based: bool,
    /// Empty without a unit price.
    pub price_source: EcoString,
    pub assumption: Option<EcoString>,
    /// Why `monthly` is missing; always there when it is.
    pub reason: Option<EcoString>,
}

/// Prices every resource of a snapshot in its region, or in the region given.
pub fn bill(snapshot: &Snapshot, catalog: &Catalog, region: Option<&str>, usage: &Usage) -> Bill {
    bill_keeping(snapshot, catalog, region, usage, None)
}

/// The same with what was kept of the bill before, which had the same prices, region and usage.
pub fn bill_keeping(snapshot: &Snapshot, catalog: &Catalog, region: Option<&str>, usage: &Usage, kept: Option<&mut Kept>) -> Bill {
    let mut keeping = kept::Keeping::begin(kept);
    let context = Context::new(snapshot, catalog.prices(), usage);
    let mut labels = Labels::default();
    let (given, assumed) = (region.unwrap_or(DEFAULT_REGION), region.is_none());
    let mut resources = Vec::with_capacity(snapshot.resources.len());
    let mut total = Range::ZERO;
    for (id, resource) in snapshot.iter() {
        if !matches!(resource.mode, Mode::Managed | Mode::Module) {
            continue;
        }
        let cost = match keeping.taken(id, resource) {
            Some(cost) => cost,
            None => {
                context.looked_around.set(false);
                let cost = price(id, &Item::new(&context, resource, given, assumed), &mut labels);
                keeping.keep(resource, &cost, context.looked_around.get());
                cost
            }
        };
        if let Some(monthly) = cost.monthly {
            total += monthly;
        }
        resources.push(cost);
    }
    Bill { resources, total }
}

impl Bill {
    /// The cost of a resource; `None` for what is never billed, such as data sources.
    pub fn of(&self, resource: ResourceId) -> Option<&ResourceCost> {
        let at = self.resources.binary_search_by_key(&resource, |cost| cost.resource).ok()?;
        self.resources.get(at)
    }

    /// Resources that cost nothing by themselves.
    pub fn free(&self) -> impl Iterator<Item = ResourceId> {
        self.resources.iter().filter(|cost| cost.standing == Standing::Free).map(|cost| cost.resource)
    }

    /// Resources with a component whose quantity depends on use that was not given.
    pub fn usage_dependent(&self) -> impl Iterator<Item = ResourceId> {
        let open = |component: &CostComponent| component.usage_based && component.quantity.is_none();
        self.resources.iter().filter(move |cost| cost.components.iter().any(open)).map(|cost| cost.resource)
    }

    /// What is in no total for want of a price or of a value, with the reason: whole resources, and components of
    /// resources that are priced otherwise.
    pub fn unpriced(&self) -> impl Iterator<Item = (ResourceId, EcoString)> {
        self.resources.iter().flat_map(|cost| {
            let whole = match &cost.standing {
                Standing::Unpriced(reason) => Some((cost.resource, reason.clone())),
                _ => None,
            };
            let parts = cost.components.iter().filter(move |_| !matches!(cost.standing, Standing::Unpriced(_)));
            let parts = parts.filter(|component| component.reason.is_some() && !component.waits_for_use());
            let parts = parts.map(|component| {
                (cost.resource, ecow::eco_format!("{}: {}", component.name, component.reason.as_deref().unwrap_or_default()))
            });
            whole.into_iter().chain(parts)
        })
    }
}

impl CostComponent {
    /// Only the use is missing: there is a price.
    pub fn waits_for_use(&self) -> bool {
        self.usage_based && self.quantity.is_none() && self.unit_price.is_some()
    }
}

/// What is known of a type.
#[derive(Clone, Copy)]
enum Kind {
    Priced(fn(&Item, &mut Lines)),
    Free,
}

fn kind(canonical: &str) -> Option<Kind> {
    static KINDS: OnceLock<FxHashMap<&'static str, Kind>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        aws::PRICED.iter().flat_map(|priced| priced.resources.iter().map(|name| (*name, Kind::Priced(priced.components)))).collect()
    });
    kinds.get(canonical).copied().or_else(|| free::reason(canonical).map(|_| Kind::Free))
}

fn price(id: ResourceId, item: &Item, labels: &mut Labels) -> ResourceCost {
    let resource: &Resource = item.resource;
    let cost = |standing| ResourceCost { resource: id, region: item.region.clone(), components: EcoVec::new(), monthly: None, standing };
    let components = match kind(&resource.r#type) {
        _ if resource.mode == Mode::Module => return cost(Standing::Unpriced("its source is not at hand".into())),
        Some(Kind::Free) => return cost(Standing::Free),
        Some(Kind::Priced(_)) if !item.has_prices() => return cost(Standing::Unpriced("no price table was given".into())),
        Some(Kind::Priced(components)) => components,
        None => return cost(Standing::Unpriced("no price for this type".into())),
    };
    let mut lines = Lines::new(item, labels);
    components(item, &mut lines);
    let (components, verdict) = lines.finish();
    let monthly = components.iter().filter_map(|component| component.monthly).reduce(|sum, monthly| sum + monthly);
    let missing = components.iter().find(|component| component.reason.is_some() && !component.waits_for_use());
    let standing = match (verdict, monthly, missing) {
        (Some(standing), ..) => standing,
        (None, Some(_), _) => Standing::Priced,
        (None, None, Some(component)) => Standing::Unpriced(component.reason.clone().unwrap_or_default()),
        (None, None, None) if components.is_empty() => Standing::Free,
        (None, None, None) => Standing::UsageDependent,
    };
    ResourceCost { resource: id, region: item.region.clone(), components, monthly, standing }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::catalog::prices::{Prices, bundled};
    use crate::source::{Sources, Version};

    pub(crate) fn catalog() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| Catalog::new().with_prices(Prices::open(bundled()).unwrap()))
    }

    pub(crate) fn snapshot(text: &str) -> Snapshot {
        let mut sources = Sources::default();
        sources.add(Version::After, "main.tf", text);
        let mut diagnostics = Vec::new();
        let program = crate::lang::read(&sources, Version::After, &mut diagnostics);
        assert_eq!(diagnostics, []);
        crate::evaluate::evaluate(&program, &sources, Version::After, &crate::evaluate::Given::default())
    }

    /// The bill of a configuration as text, a line for each resource and component.
    pub(crate) fn bill(text: &str) -> String {
        bill_with(text, "")
    }

    /// The same with a usage file.
    pub(crate) fn bill_with(text: &str, usage: &str) -> String {
        let mut problems = Vec::new();
        let usage = Usage::read(usage, &mut problems);
        assert_eq!(problems, []);
        let snapshot = snapshot(text);
        let bill = super::bill(&snapshot, catalog(), None, &usage);
        print(&snapshot, &bill)
    }

    fn print(snapshot: &Snapshot, bill: &Bill) -> String {
        let mut lines = Vec::new();
        for cost in &bill.resources {
            let address = &snapshot.resource(cost.resource).unwrap().address;
            lines.push(match &cost.standing {
                Standing::Priced => format!("{address} {}", figure(cost.monthly.unwrap())),
                Standing::Free => format!("{address} free"),
                Standing::UsageDependent => format!("{address} depends on use"),
                Standing::Unpriced(reason) => format!("{address} unpriced: {reason}"),
            });
            lines.extend(cost.components.iter().map(component));
        }
        lines.join("\n")
    }

    fn component(component: &CostComponent) -> String {
        let quantity = component.quantity.map_or("?".into(), figure);
        let mut line = format!("  {}: {quantity} {}", component.name, component.unit);
        if let Some(price) = component.unit_price {
            line += &format!(" x {}", price.normalize());
        }
        if let Some(monthly) = component.monthly {
            line += &format!(" = {}", figure(monthly));
        }
        assert_eq!(component.reason.is_some(), component.monthly.is_none());
        for words in component.reason.iter().chain(&component.assumption) {
            line += &format!("; {words}");
        }
        line
    }

    fn figure(range: Range) -> String {
        let Range { low, expected, high } = range;
        if range.is_exact() {
            expected.normalize().to_string()
        } else {
            format!("{} ({} to {})", expected.normalize(), low.normalize(), high.normalize())
        }
    }

    #[test]
    fn a_region_comes_from_the_provider_the_user_or_is_assumed() {
        let source = |text: &str, region: Option<&str>| {
            let snapshot = snapshot(text);
            super::bill(&snapshot, catalog(), region, &Usage::default()).resources[0].components[0].price_source.clone()
        };
        let gateway = "resource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"s\"\n}\n";
        assert_eq!(source(gateway, None), "nat.json nat_gateway.hour, us-east-1 (assumed), 2025-10");
        assert_eq!(source(gateway, Some("eu-west-1")), "nat.json nat_gateway.hour, eu-west-1, 2025-10");
        let here = format!("provider \"aws\" {{\n  region = \"eu-central-1\"\n}}\n{gateway}");
        assert_eq!(source(&here, Some("eu-west-1")), "nat.json nat_gateway.hour, eu-central-1, 2025-10");
        let own = "resource \"aws_nat_gateway\" \"a\" {\n  region = \"sa-east-1\"\n}\n";
        assert_eq!(source(own, None), "nat.json nat_gateway.hour, sa-east-1, 2025-10");
    }

    #[test]
    fn what_has_no_price_is_never_zero() {
        let text = r#"
            variable "many" {}
            provider "aws" {
              region = "mars-north-1"
            }
            resource "aws_nat_gateway" "a" {
              subnet_id = "s"
            }
            resource "aws_quantum_ledger" "q" {}
            resource "aws_eip" "e" {
              count  = var.many
              domain = "vpc"
            }
            data "aws_region" "here" {}
        "#;
        insta::assert_snapshot!(bill(text), @r"
        aws_eip.e[*] unpriced: no price for this in mars-north-1
          Public IPv4 address: ? h; no price for this in mars-north-1
        aws_nat_gateway.a unpriced: no price for this in mars-north-1
          NAT gateway: ? h; no price for this in mars-north-1
          Data processed: ? GB; no price for this in mars-north-1
        aws_quantum_ledger.q unpriced: no price for this type
        ");
        let snapshot = snapshot(text);
        let bill = super::bill(&snapshot, catalog(), None, &Usage::default());
        assert_eq!((bill.total, bill.unpriced().count(), bill.free().count()), (Range::ZERO, 3, 0));
        let bill = super::bill(&snapshot, &Catalog::new(), None, &Usage::default());
        assert_eq!(bill.resources[1].standing, Standing::Unpriced("no price table was given".into()));
    }

    #[test]
    fn an_unknown_number_of_instances_is_not_counted() {
        insta::assert_snapshot!(bill(r#"
            variable "many" {}
            resource "aws_eip" "e" {
              count  = var.many
              domain = "vpc"
            }
        "#), @r"
        aws_eip.e[*] unpriced: how many instances there are is not known
          Public IPv4 address: ? h x 0.005; how many instances there are is not known
        ");
    }

    #[test]
    fn a_total_is_the_sum_of_what_is_known() {
        let snapshot = snapshot(
            "resource \"aws_nat_gateway\" \"a\" {\n  subnet_id = \"s\"\n}\nresource \"aws_eip\" \"e\" {\n  count = 2\n}\nresource \"aws_sqs_queue\" \"q\" {}\nresource \"aws_vpc\" \"v\" {}\n",
        );
        let bill = super::bill(&snapshot, catalog(), None, &Usage::default());
        // 730 x 0.045 + 2 x 730 x 0.005
        assert_eq!(bill.total, Range::exactly(Decimal::new(4015, 2)));
        assert_eq!(bill.free().count(), 1);
        // The queue, and the data that passes the gateway.
        assert_eq!(bill.usage_dependent().count(), 2);
        assert_eq!(bill.of(ResourceId(4)).map(|cost| &cost.standing), Some(&Standing::Free));
        assert_eq!(bill.of(ResourceId(5)), None);
    }

    /// Worked out by hand in `tests/cases/cost/ecommerce.md`.
    #[test]
    fn the_sample_costs_what_was_worked_out_by_hand() {
        let total = |version: &str| {
            let mut sources = Sources::default();
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples/ecommerce").join(version);
            let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            for path in paths {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                sources.add(Version::After, name, std::fs::read_to_string(path).unwrap());
            }
            let program = crate::lang::read(&sources, Version::After, &mut Vec::new());
            let snapshot = crate::evaluate::evaluate(&program, &sources, Version::After, &crate::evaluate::Given::default());
            let bill = super::bill(&snapshot, catalog(), None, &Usage::default());
            bill.total
        };
        let exactly =
            |low: i64, expected: i64, high: i64| Range::new(Decimal::new(low, 3), Decimal::new(expected, 3), Decimal::new(high, 3));
        assert_eq!(total("before"), exactly(68_948, 68_948, 68_948));
        assert_eq!(total("after"), exactly(491_759, 491_759, 1_054_585));
    }
}
