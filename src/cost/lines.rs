//! The bill of one resource while it is written: a line for each component.

use ecow::{EcoString, EcoVec, eco_format};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::item::Item;
use super::quantity::{Amount, MONTH, Quantity, Text, join};
use super::{CostComponent, Standing};
use crate::catalog::prices::{GLOBAL, Price};
use crate::model::Range;

/// Price labels already printed, by price and whether the region was assumed.
pub(super) type Labels = FxHashMap<((u32, u32, u32), bool), EcoString>;

/// Which price: file and key of the table, and the type where the key has one price for each.
#[derive(Debug, Clone)]
pub(super) struct Sku<'a> {
    file: &'static str,
    key: &'a str,
    kind: Option<Text<'a>>,
    region: Option<&'a str>,
}

pub(super) struct Lines<'a, 'b> {
    item: &'b Item<'a>,
    labels: &'b mut Labels,
    components: EcoVec<CostComponent>,
    standing: Option<Standing>,
}

impl<'a> Sku<'a> {
    pub fn new(file: &'static str, key: &'a str) -> Sku<'a> {
        Sku { file, key, kind: None, region: None }
    }

    /// A price of a table by type.
    pub fn of(file: &'static str, key: &'a str, kind: Text<'a>) -> Sku<'a> {
        Sku { file, key, kind: Some(kind), region: None }
    }

    /// A price that is the same in every region.
    pub fn global(file: &'static str, key: &'a str) -> Sku<'a> {
        Sku::new(file, key).at(GLOBAL)
    }

    /// The price of another region than the resource's.
    pub fn at(self, region: &'a str) -> Sku<'a> {
        Sku { region: Some(region), ..self }
    }
}

impl<'a, 'b> Lines<'a, 'b> {
    pub fn new(item: &'b Item<'a>, labels: &'b mut Labels) -> Lines<'a, 'b> {
        Lines { item, labels, components: EcoVec::new(), standing: None }
    }

    /// So many of something, every hour of the month.
    pub fn hourly(&mut self, name: impl Into<EcoString>, count: Quantity, sku: Sku) {
        self.line(name.into(), "h", count * MONTH, sku, false);
    }

    /// So much of something a month.
    pub fn monthly(&mut self, name: impl Into<EcoString>, unit: &str, quantity: Quantity, sku: Sku) {
        self.line(name.into(), unit, quantity, sku, false);
    }

    /// So much of something a month, as far as the use is given. The unit of a price for many at once names how many:
    /// `1M requests`.
    pub fn used(&mut self, name: impl Into<EcoString>, unit: &str, quantity: Quantity, sku: Sku) {
        self.line(name.into(), unit, quantity, sku, true);
    }

    /// As [`Lines::used`], but only where the use is given: for what few have.
    pub fn used_if_given(&mut self, name: impl Into<EcoString>, unit: &str, quantity: Quantity, sku: Sku) {
        if !quantity.is_of_use() {
            self.used(name, unit, quantity, sku);
        }
    }

    /// A component that is known to cost and that cannot be priced.
    pub fn missing(&mut self, name: impl Into<EcoString>, unit: &str, reason: impl Into<EcoString>) {
        self.components.push(CostComponent {
            name: name.into(),
            quantity: None,
            unit: unit.into(),
            unit_price: None,
            monthly: None,
            usage_based: false,
            price_source: EcoString::new(),
            assumption: None,
            reason: Some(reason.into()),
        });
    }

    /// The resource costs nothing as it is configured.
    pub fn free(&mut self) {
        self.standing = Some(Standing::Free);
    }

    /// The resource cannot be priced as it is configured.
    pub fn unpriced(&mut self, reason: impl Into<EcoString>) {
        self.standing = Some(Standing::Unpriced(reason.into()));
    }

    /// The components, and what the resource is where its configuration alone decides that.
    pub fn finish(mut self) -> (EcoVec<CostComponent>, Option<Standing>) {
        let resource = self.item.resource;
        if resource.native.is_some() {
            let remarks =
                self.components.make_mut().iter_mut().flat_map(|component| component.reason.iter_mut().chain(&mut component.assumption));
            let standing = match &mut self.standing {
                Some(Standing::Unpriced(reason)) => Some(reason),
                _ => None,
            };
            for remark in remarks.chain(standing) {
                *remark = resource.own_remark(std::mem::take(remark));
            }
        }
        (self.components, self.standing)
    }

    fn line(&mut self, name: EcoString, unit: &str, quantity: Quantity, sku: Sku, usage_based: bool) {
        let quantity = match quantity.amount {
            _ if self.item.resource.count_unknown.is_some() => {
                Quantity { amount: Amount::Unknown("how many instances there are is not known".into()), ..quantity }
            }
            _ => quantity,
        };
        let region = sku.region.unwrap_or(&self.item.region);
        let Some(prices) = self.item.prices() else { return };
        let first = match &sku.kind {
            None => prices.price(region, sku.file, sku.key),
            Some(Text::Known(kind)) => prices.table(region, sku.file, sku.key, kind),
            Some(_) => None,
        };
        let Some(first) = first else {
            let reason = match sku.kind {
                Some(Text::Unknown(reason)) => reason,
                Some(Text::Absent) => "its type is not set".into(),
                Some(Text::Known(kind)) => eco_format!("no price for {kind} in {region}"),
                None => eco_format!("no price for this in {region}"),
            };
            self.missing(name, unit, reason);
            return;
        };
        let per = Decimal::from(first.per());
        match quantity.amount {
            Amount::Known(range) if first.to.is_some() => {
                let tiers: Vec<Price> = prices.tiers(region, sku.file, sku.key).collect();
                self.tiers(&name, unit, range, &tiers, usage_based, quantity.assumption);
            }
            Amount::Known(range) => {
                let quantity_in_units = Range { low: range.low / per, expected: range.expected / per, high: range.high / per };
                self.priced(name, unit, quantity_in_units, &first, usage_based, quantity.assumption);
            }
            Amount::Use | Amount::Unknown(_) => {
                let reason = match quantity.amount {
                    Amount::Unknown(reason) => reason,
                    _ => "depends on use".into(),
                };
                let tier = first.to.map(|to| eco_format!("unit price of the first {}", amount(to)));
                let component = CostComponent {
                    name,
                    quantity: None,
                    unit: unit.into(),
                    unit_price: Some(first.amount),
                    monthly: None,
                    usage_based,
                    price_source: self.label(&first),
                    assumption: join(quantity.assumption, tier),
                    reason: Some(reason),
                };
                self.components.push(component);
            }
        }
    }

    /// A line for each tier that the quantity reaches.
    fn tiers(&mut self, name: &EcoString, unit: &str, range: Range, tiers: &[Price], usage_based: bool, assumption: Option<EcoString>) {
        for (at, tier) in tiers.iter().enumerate() {
            let (from, per) = (Decimal::from(tier.from), Decimal::from(tier.per()));
            if at > 0 && range.high <= from {
                break;
            }
            let inside = |amount: Decimal| (tier.to.map_or(amount, |to| amount.min(Decimal::from(to))) - from).max(Decimal::ZERO) / per;
            let quantity = Range { low: inside(range.low), expected: inside(range.expected), high: inside(range.high) };
            let named = match tier.to {
                _ if at == 0 && tier.to.is_none_or(|to| range.high <= Decimal::from(to)) => name.clone(),
                Some(to) if at == 0 => eco_format!("{name} (first {})", amount(to)),
                Some(to) => eco_format!("{name} (next {})", amount(to - tier.from)),
                None => eco_format!("{name} (over {})", amount(tier.from)),
            };
            let alone = (at > 0).then(|| EcoString::from("tiers counted for this resource alone"));
            self.priced(named, unit, quantity, tier, usage_based, join(assumption.clone(), alone));
        }
    }

    fn priced(&mut self, name: EcoString, unit: &str, quantity: Range, price: &Price, usage_based: bool, assumption: Option<EcoString>) {
        let component = CostComponent {
            name,
            quantity: Some(quantity),
            unit: unit.into(),
            unit_price: Some(price.amount),
            monthly: Some(quantity * Range::exactly(price.amount)),
            usage_based,
            price_source: self.label(price),
            assumption,
            reason: None,
        };
        self.components.push(component);
    }

    fn label(&mut self, price: &Price) -> EcoString {
        let assumed = self.item.region_assumed && *price.region() == self.item.region;
        self.labels.entry((price.id(), assumed)).or_insert_with(|| price.label(assumed)).clone()
    }
}

/// A large number with its thousands apart: `51,200`.
fn amount(number: u64) -> EcoString {
    let digits = number.to_string();
    let mut text = EcoString::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
