//! Two bills as one list of entries: what each resource costs, cost before, and the totals.

use std::cmp::Reverse;

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Stage;
use crate::change::Change;
use crate::cost::{Bill, CostComponent, ResourceCost, Standing};
use crate::model::{Range, Resource, ResourceId};
use crate::order::Order as _;
use crate::review::compared::{self, Compared};
use crate::review::place::source;
use crate::review::{
    CostComponentEntry, CostEntry, CostTotals, LeftOutEntry, MoneyRange, NotCompared, QuantityRange, ResourceCostEntry, UnpricedEntry,
};
use crate::source::Sources;

/// Currency of the price tables.
pub(super) const CURRENCY: &str = "USD";

pub(super) fn entry(sources: &Sources, before: Option<(&Stage, &Bill)>, after: (&Stage, &Bill), changes: &[Change]) -> CostEntry {
    let (stage, bill) = after;
    let address = |id: ResourceId| stage.snapshot.resource(id).map(|resource| resource.address.text().clone());
    let mut entry = CostEntry {
        currency: CURRENCY.into(),
        monthly: CostTotals { before: None, after: money(bill.total), delta: None, not_compared: 0, delta_percent: None },
        resources: Vec::with_capacity(bill.resources.len()),
        free: bill.free().filter_map(address).collect(),
        usage_dependent: bill.usage_dependent().filter_map(address).collect(),
        unpriced: bill.unpriced().filter_map(|(id, reason)| Some(UnpricedEntry { address: address(id)?, reason })).collect(),
        left_out: Vec::new(),
    };
    let mut earlier = before.map(|(stage, bill)| Earlier::of(stage, bill));
    let compared = before.is_some();
    let by_after: FxHashMap<ResourceId, &Change> =
        changes.iter().filter(|_| compared).filter_map(|change| Some((change.after?, change))).collect();
    let mut delta = Range::ZERO;
    let mut add = |entry: &mut CostEntry, resource: &Resource, costs: (Option<Range>, Option<Range>), compared: Compared, components| {
        delta += compared.delta.unwrap_or_default();
        let whole = compared.is_whole();
        entry.monthly.not_compared += u32::from(!whole);
        let not_compared = (!whole).then(|| NotCompared {
            before: compared.before.map(money),
            after: compared.after.map(money),
            reason: compared.reason,
            source: source(sources, resource.span),
        });
        let address = resource.address.text().clone();
        let (before, monthly) = (costs.0.map(money), costs.1.map(money));
        entry.resources.push(ResourceCostEntry { address, monthly, before, delta: compared.delta.map(money), not_compared, components });
    };
    for cost in &bill.resources {
        let Some(resource) = stage.snapshot.resource(cost.resource) else { continue };
        let change = by_after.get(&cost.resource).copied();
        let old = earlier.as_mut().and_then(|earlier| earlier.take(change, resource.address.as_str()));
        let monthly = old.and_then(|old| old.monthly);
        if cost.components.is_empty() && monthly.is_none() {
            continue;
        }
        let compared = match old {
            _ if before.is_none() => Compared::default(),
            Some(old) => compared::both(old, cost),
            None => compared::alone(change, None, cost.monthly),
        };
        add(&mut entry, resource, (monthly, cost.monthly), compared, cost.components.iter().map(component).collect());
    }
    if let (Some((stage, bill)), Some(earlier)) = (before, &earlier) {
        let gone: FxHashMap<ResourceId, &Change> =
            changes.iter().filter(|change| change.after.is_none()).filter_map(|change| Some((change.before?, change))).collect();
        for cost in bill.resources.iter().filter(|cost| !earlier.taken.contains(&cost.resource)) {
            let Some(resource) = stage.snapshot.resource(cost.resource) else { continue };
            let change = gone.get(&cost.resource).copied();
            if cost.monthly.is_some() {
                add(&mut entry, resource, (cost.monthly, None), compared::alone(change, cost.monthly, None), Vec::new());
            } else if let (Standing::Unpriced(reason), Some(_)) = (&cost.standing, change) {
                // What it cost is not known either, so that what is saved is not.
                entry.unpriced.push(UnpricedEntry { address: resource.address.text().clone(), reason: reason.clone() });
            }
        }
        entry.monthly.before = Some(money(bill.total));
        entry.monthly.delta = Some(money(delta));
        let percent = || delta.expected.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(bill.total.expected);
        entry.monthly.delta_percent = percent().filter(|_| entry.monthly.not_compared == 0).map(|percent| percent.round_dp(1));
    }
    // What moves the total most stands first; of a snapshot, what costs most. The rest keeps its order.
    entry.resources.order_by_key(|entry| {
        let expected = |range: Option<MoneyRange>| range.map_or(Decimal::ZERO, |range| range.expected);
        let apart = entry.not_compared.as_ref().map_or(Decimal::ZERO, |it| expected(it.before).saturating_add(expected(it.after)));
        let moves = if before.is_some() { expected(entry.delta).abs().saturating_add(apart) } else { expected(entry.monthly) };
        let high = entry.monthly.map_or(Decimal::ZERO, |range| range.high);
        (Reverse(moves), Reverse(high))
    });
    entry.left_out = left_out(&entry);
    entry
}

/// Everything that is in no total: parts without a figure, then resources without a price, equal ones together.
fn left_out(cost: &CostEntry) -> Vec<LeftOutEntry> {
    let mut all: Vec<LeftOutEntry> = Vec::new();
    let mut places: FxHashMap<(&str, &str, Option<Decimal>, &str), usize> = FxHashMap::default();
    let mut add = |component: Option<&'_ CostComponentEntry>, key, address: &EcoString| {
        let at = *places.entry(key).or_insert(all.len());
        if at == all.len() {
            let (_, unit, unit_price, reason) = key;
            let component = component.map(|it| it.name.clone());
            all.push(LeftOutEntry { component, unit_price, unit: unit.into(), reason: reason.into(), addresses: Vec::new() });
        }
        all.get_mut(at).into_iter().for_each(|entry| entry.addresses.push(address.clone()));
    };
    // What is told of the parts of those that have no price as a whole, which are few.
    let open: FxHashSet<&str> = cost.unpriced.iter().map(|it| it.address.as_str()).collect();
    let mut told: FxHashSet<(&EcoString, EcoString)> = FxHashSet::default();
    for entry in &cost.resources {
        for part in entry.components.iter().filter(|part| part.monthly.is_none()) {
            let reason = part.reason.as_deref().unwrap_or_default();
            if open.contains(entry.address.as_str()) {
                told.extend([(&entry.address, reason.into()), (&entry.address, eco_format!("{}: {reason}", part.name))]);
            }
            add(Some(part), (part.name.as_str(), part.unit.as_str(), part.unit_price, reason), &entry.address);
        }
    }
    for UnpricedEntry { address, reason } in &cost.unpriced {
        // A part without a price is told as such; the resource need not be told again for it.
        if told.is_empty() || !told.contains(&(address, reason.clone())) {
            add(None, ("", "", None, reason.as_str()), address);
        }
    }
    all
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
    bill: &'b Bill,
    by_address: FxHashMap<&'b str, ResourceId>,
    /// Those that a resource of the version under review was compared with.
    taken: FxHashSet<ResourceId>,
}

impl<'b> Earlier<'b> {
    fn of(stage: &'b Stage, bill: &'b Bill) -> Earlier<'b> {
        let address = |cost: &ResourceCost| Some((stage.snapshot.resource(cost.resource)?.address.as_str(), cost.resource));
        Earlier { bill, by_address: bill.resources.iter().filter_map(address).collect(), taken: FxHashSet::default() }
    }

    /// The cost before of what a change speaks of; of what did not change, by its address.
    fn take(&mut self, change: Option<&Change>, address: &str) -> Option<&'b ResourceCost> {
        let id = match change {
            Some(change) => change.before?,
            None => *self.by_address.get(address)?,
        };
        self.taken.insert(id);
        self.bill.of(id)
    }
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
