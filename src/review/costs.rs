//! Two bills as one list of entries: what each resource costs, cost before, and the totals.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::Stage;
use crate::change::Change;
use crate::cost::{Bill, CostComponent, ResourceCost};
use crate::model::{Range, ResourceId};
use crate::order::Order as _;
use crate::review::{CostComponentEntry, CostEntry, CostTotals, MoneyRange, QuantityRange, ResourceCostEntry, UnpricedEntry};

/// Currency of the price tables.
pub(super) const CURRENCY: &str = "USD";

pub(super) fn entry(before: Option<(&Stage, &Bill)>, after: (&Stage, &Bill), changes: &[Change]) -> CostEntry {
    let (stage, bill) = after;
    let address = |id: ResourceId| stage.snapshot.resource(id).map(|resource| resource.address.text().clone());
    let mut entry = CostEntry {
        currency: CURRENCY.into(),
        monthly: totals(before.map(|(_, bill)| bill.total), bill.total),
        resources: Vec::with_capacity(bill.resources.len()),
        free: bill.free().filter_map(address).collect(),
        usage_dependent: bill.usage_dependent().filter_map(address).collect(),
        unpriced: bill.unpriced().filter_map(|(id, reason)| Some(UnpricedEntry { address: address(id)?, reason })).collect(),
    };
    let earlier = before.map(|(stage, bill)| Earlier::of(stage, bill, stage_pairs(changes)));
    for cost in &bill.resources {
        let Some(address) = address(cost.resource) else { continue };
        let before = earlier.as_ref().and_then(|earlier| earlier.of_resource(cost.resource, &address)).and_then(|cost| cost.monthly);
        if !cost.components.is_empty() || before.is_some() {
            entry.resources.push(ResourceCostEntry {
                address,
                monthly: cost.monthly.map(money),
                before: before.map(money),
                components: cost.components.iter().map(component).collect(),
            });
        }
    }
    if let Some((stage, bill)) = before {
        let gone: FxHashMap<ResourceId, ()> =
            changes.iter().filter(|change| change.after.is_none()).filter_map(|change| Some((change.before?, ()))).collect();
        for cost in &bill.resources {
            let (Some(monthly), true) = (cost.monthly, gone.contains_key(&cost.resource)) else { continue };
            let Some(resource) = stage.snapshot.resource(cost.resource) else { continue };
            entry.resources.push(ResourceCostEntry {
                address: resource.address.text().clone(),
                monthly: None,
                before: Some(money(monthly)),
                components: Vec::new(),
            });
        }
    }
    // What moves the total most stands first; of a snapshot, what costs most. The rest keeps its order.
    entry.resources.order_by_key(|entry| {
        let expected = |range: &Option<MoneyRange>| range.map_or(Decimal::ZERO, |range| range.expected);
        let high = entry.monthly.map_or(Decimal::ZERO, |range| range.high);
        (Reverse(expected(&entry.monthly).saturating_sub(expected(&entry.before)).abs()), Reverse(high))
    });
    entry
}

/// How many resources have no price, when no other has one: then the total says nothing.
pub(super) fn without_price(cost: &CostEntry) -> usize {
    if cost.resources.iter().any(|entry| entry.monthly.is_some() || entry.before.is_some()) {
        return 0;
    }
    cost.unpriced.chunk_by(|a, b| a.address == b.address).count()
}

/// The bill before, by resource.
struct Earlier<'b> {
    by_address: FxHashMap<&'b str, &'b ResourceCost>,
    by_id: FxHashMap<ResourceId, &'b ResourceCost>,
    /// After -> before, of resources that have another address now.
    pairs: FxHashMap<ResourceId, ResourceId>,
}

impl<'b> Earlier<'b> {
    fn of(stage: &'b Stage, bill: &'b Bill, pairs: FxHashMap<ResourceId, ResourceId>) -> Earlier<'b> {
        let address = |cost: &'b ResourceCost| Some((stage.snapshot.resource(cost.resource)?.address.as_str(), cost));
        Earlier {
            by_address: bill.resources.iter().filter_map(address).collect(),
            by_id: bill.resources.iter().map(|cost| (cost.resource, cost)).collect(),
            pairs,
        }
    }

    fn of_resource(&self, after: ResourceId, address: &str) -> Option<&'b ResourceCost> {
        match self.pairs.get(&after) {
            Some(before) => self.by_id.get(before).copied(),
            None => self.by_address.get(address).copied(),
        }
    }
}

fn stage_pairs(changes: &[Change]) -> FxHashMap<ResourceId, ResourceId> {
    changes.iter().filter(|change| change.previous_address.is_some()).filter_map(|change| Some((change.after?, change.before?))).collect()
}

fn totals(before: Option<Range>, after: Range) -> CostTotals {
    let delta = before.map(|before| after - before);
    let percent = before.zip(delta).and_then(|(before, delta)| {
        let percent = delta.expected.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.expected)?;
        Some(percent.round_dp(1))
    });
    CostTotals { before: before.map(money), after: money(after), delta: delta.map(money), delta_percent: percent }
}

fn component(component: &CostComponent) -> CostComponentEntry {
    CostComponentEntry {
        name: component.name.clone(),
        quantity: component.quantity.map(quantity),
        unit: component.unit.clone(),
        unit_price: component.unit_price,
        monthly: component.monthly.map(money),
        usage_based: component.usage_based,
        price_source: component.price_source.clone(),
        assumption: component.assumption.clone(),
        reason: component.reason.clone(),
    }
}

fn money(range: Range) -> MoneyRange {
    MoneyRange { low: range.low, expected: range.expected, high: range.high }
}

fn quantity(range: Range) -> QuantityRange {
    QuantityRange { low: range.low, expected: range.expected, high: range.high }
}
