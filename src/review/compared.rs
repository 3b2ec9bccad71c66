//! What the costs of a resource in two versions have in common: the difference of what both versions tell, and apart
//! from it what only one of them tells. A price that is missing in one version is never 0 in the difference.

use ecow::{EcoString, eco_format};

use crate::change::Change;
use crate::cost::{CostComponent, ResourceCost, Standing};
use crate::model::{Action, Range};

/// The costs of one resource in both versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Compared {
    /// Of what can be compared; `None` where nothing can.
    pub delta: Option<Range>,
    /// What the version before alone tells.
    pub before: Option<Range>,
    /// What the version under review alone tells.
    pub after: Option<Range>,
    /// Why the other version does not tell it.
    pub reason: EcoString,
}

impl Compared {
    pub fn is_whole(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }
}

/// A resource that one version alone has: nothing before it is created and after it is deleted. Whether that is so is
/// not always known, and what is taken over or let go is paid on either side.
pub(super) fn alone(change: Option<&Change>, before: Option<Range>, after: Option<Range>) -> Compared {
    let reason = match change {
        Some(Change { action: Action::Create | Action::Delete, condition: None, .. }) => {
            let delta = before.or(after).map(|_| after.unwrap_or_default() - before.unwrap_or_default());
            return Compared { delta, ..Compared::default() };
        }
        Some(Change { action: Action::Create, condition: Some(condition), .. }) => eco_format!("it is new {condition}"),
        Some(Change { condition: Some(condition), .. }) => eco_format!("it goes {condition}"),
        Some(Change { action: Action::Import, .. }) => "it is there already and is taken over".into(),
        Some(Change { action: Action::Forget, .. }) => "it is let go and stays as it is".into(),
        _ if before.is_some() => "how many stay is not known".into(),
        _ => "whether it was there is not known".into(),
    };
    Compared { delta: None, before, after, reason }
}

/// A resource of both versions, part by part. A part is known by its name without what it is of: `Instance` of
/// `Instance (db.t3.micro)`.
pub(super) fn both(before: &ResourceCost, after: &ResourceCost) -> Compared {
    let mut parts: Vec<(&str, [Side; 2])> = Vec::new();
    for (cost, at) in [(before, 0), (after, 1)] {
        for component in &cost.components {
            let name = component.name.split(" (").next().unwrap_or_default();
            let found = parts.iter().position(|(known, _)| *known == name);
            let found = found.unwrap_or_else(|| {
                parts.push((name, Default::default()));
                parts.len() - 1
            });
            if let Some(side) = parts.get_mut(found).and_then(|(_, sides)| sides.get_mut(at)) {
                side.add(component);
            }
        }
    }
    let open_before = in_place(parts.iter().map(|(_, [before, after])| (before, after)), &before.standing);
    let open_after = in_place(parts.iter().map(|(_, [before, after])| (after, before)), &after.standing);
    let mut compared = Compared::default();
    for (_, [before, after]) in &parts {
        let absent = |side: &Side| *side == Side::default();
        let reason = match (before.open, after.open) {
            (Some(reason), None) if after.known.is_some() => Some(reason),
            (None, Some(reason)) if before.known.is_some() => Some(reason),
            _ if absent(after) && before.known.is_some() => open_after,
            _ if absent(before) && after.known.is_some() => open_before,
            _ => None,
        };
        let (known, other) = (before.known, after.known);
        if let Some(reason) = reason {
            compared.before = plus(compared.before, known);
            compared.after = plus(compared.after, other);
            if compared.reason.is_empty() {
                compared.reason = reason.into();
            }
        } else if known.or(other).is_some() {
            compared.delta = plus(compared.delta, Some(other.unwrap_or_default() - known.unwrap_or_default()));
        }
    }
    compared
}

/// Why a part that the other version alone has may be in this one all the same: one without a figure has its place, or
/// nothing of this version has a price.
fn in_place<'c, 'p>(mut parts: impl Iterator<Item = (&'p Side<'c>, &'p Side<'c>)>, standing: &'c Standing) -> Option<&'c str>
where
    'c: 'p,
{
    let unmatched = parts.find_map(|(mine, other)| mine.open.filter(|_| *other == Side::default()));
    unmatched.or(match standing {
        Standing::Unpriced(reason) => Some(reason),
        _ => None,
    })
}

/// One part in one version.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Side<'c> {
    known: Option<Range>,
    /// Why something of it has no figure.
    open: Option<&'c str>,
}

impl<'c> Side<'c> {
    fn add(&mut self, component: &'c CostComponent) {
        self.known = plus(self.known, component.monthly);
        self.open = self.open.or(component.reason.as_deref());
    }
}

fn plus(sum: Option<Range>, more: Option<Range>) -> Option<Range> {
    match (sum, more) {
        (Some(sum), Some(more)) => Some(sum + more),
        (sum, more) => sum.or(more),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::model::ResourceId;

    /// `Name 12.5` is a part with a figure, `Name ?` one without.
    fn cost(parts: &str, standing: Standing) -> ResourceCost {
        let components: ecow::EcoVec<CostComponent> = parts
            .split(", ")
            .filter_map(|part| part.rsplit_once(' '))
            .map(|(name, figure)| CostComponent {
                name: name.into(),
                quantity: None,
                unit: "h".into(),
                unit_price: None,
                monthly: figure.parse().ok().map(Range::exactly),
                usage_based: false,
                price_source: EcoString::new(),
                assumption: None,
                reason: (figure == "?").then(|| EcoString::from("var.x has no value")),
            })
            .collect();
        let monthly = components.iter().filter_map(|component| component.monthly).reduce(|sum, more| sum + more);
        ResourceCost { resource: ResourceId(0), region: "us-east-1".into(), components, monthly, standing }
    }

    fn check(before: &str, after: &str) -> String {
        let standing = |parts: &str| if parts == "none" { Standing::Unpriced("no price".into()) } else { Standing::Priced };
        let found = both(&cost(before, standing(before)), &cost(after, standing(after)));
        let figure = |range: Option<Range>| range.map_or("-".into(), |range| range.expected.normalize().to_string());
        format!("{} | {} {} | {}", figure(found.delta), figure(found.before), figure(found.after), found.reason)
    }

    #[test]
    fn what_both_tell_is_compared_and_the_rest_is_told_apart() {
        assert_eq!(check("Instance (a) 10, Storage 5", "Instance (b) 30, Storage 5"), "20 | - - | ");
        assert_eq!(check("Instance (a) 10, Storage 5", "Instance ?, Storage 7"), "2 | 10 - | var.x has no value");
        assert_eq!(check("Instance ?, Storage 5", "Instance (a) 10, Storage 5"), "0 | - 10 | var.x has no value");
        assert_eq!(check("Instance (a) 10", "none"), "- | 10 - | no price");
        assert_eq!(check("none", "Instance (a) 10"), "- | - 10 | no price");
    }

    #[test]
    fn a_part_that_is_gone_is_a_saving_unless_one_without_a_figure_takes_its_place() {
        assert_eq!(check("Instance 10, Operations 4", "Instance 10"), "-4 | - - | ");
        assert_eq!(check("Instance 10, Data ?", "Instance 12, Data ?"), "2 | - - | ");
        assert_eq!(check("Instance 10", "Instance 12, Data ?"), "2 | - - | ");
        assert_eq!(check("Capacity 10", "Requests ?"), "- | 10 - | var.x has no value");
        assert_eq!(check("Disk 4, Disk ?", "Disk 4, Disk ?"), "0 | - - | ");
        assert_eq!(check("Disk 4, Disk ?", "Disk 4, Disk 6"), "- | 4 10 | var.x has no value");
    }

    #[test]
    fn what_is_free_in_one_version_is_compared() {
        let free = || cost("", Standing::Free);
        assert_eq!(both(&cost("Address 3.65", Standing::Priced), &free()).delta, Some(Range::exactly(Decimal::new(-365, 2))));
        assert_eq!(both(&free(), &free()), Compared::default());
    }
}
