//! What resources cost, kept from one bill to the next: for those that are the very same and that were priced by their
//! own arguments alone.

use std::iter::Peekable;
use std::sync::Arc;
use std::vec;

use ecow::EcoString;

use super::ResourceCost;
use crate::model::{Address, Mode, Object, Resource, ResourceId};

/// What one bill leaves for the next, in address order. Only for bills with the same prices, region and usage.
#[derive(Debug, Clone, Default)]
pub struct Kept(Vec<Priced>);

#[derive(Debug, Clone)]
struct Priced {
    address: Address,
    mode: Mode,
    r#type: EcoString,
    region: Option<EcoString>,
    is_open: bool,
    attributes: Arc<Object>,
    cost: ResourceCost,
}

/// A bill while it is made: what is left of the one before, and what the next one gets.
pub(super) struct Keeping<'k> {
    before: Peekable<vec::IntoIter<Priced>>,
    after: Option<&'k mut Vec<Priced>>,
}

impl<'k> Keeping<'k> {
    pub fn begin(kept: Option<&'k mut Kept>) -> Keeping<'k> {
        let after = kept.map(|kept| &mut kept.0);
        let (before, after) = match after {
            Some(after) => {
                let next = Vec::with_capacity(after.len());
                (std::mem::replace(after, next), Some(after))
            }
            None => (Vec::new(), None),
        };
        Keeping { before: before.into_iter().peekable(), after }
    }

    /// The cost of a resource that is the same as before. To be asked in address order.
    pub fn taken(&mut self, id: ResourceId, resource: &Resource) -> Option<ResourceCost> {
        let after = self.after.as_mut()?;
        while self.before.next_if(|it| it.address < resource.address).is_some() {}
        let mut priced = self.before.next_if(|it| it.is_of(resource))?;
        priced.cost.resource = id;
        let cost = priced.cost.clone();
        after.push(priced);
        Some(cost)
    }

    /// Keeps a cost, unless others had a part in it.
    pub fn keep(&mut self, resource: &Resource, cost: &ResourceCost, others: bool) {
        // In a language with names of its own, the arguments are made again in each evaluation.
        if let Some(after) = self.after.as_mut().filter(|_| !others && resource.native.is_none()) {
            after.push(Priced {
                address: resource.address.clone(),
                mode: resource.mode,
                r#type: resource.r#type.clone(),
                region: resource.region.clone(),
                is_open: resource.count_unknown.is_some(),
                attributes: Arc::clone(&resource.attributes),
                cost: cost.clone(),
            });
        }
    }
}

impl Priced {
    /// Arguments that are held here are nowhere else made anew, so the same place means the same arguments.
    fn is_of(&self, resource: &Resource) -> bool {
        Arc::ptr_eq(&self.attributes, &resource.attributes)
            && (&self.address, self.mode, &self.r#type, &self.region)
                == (&resource.address, resource.mode, &resource.r#type, &resource.region)
            && self.is_open == resource.count_unknown.is_some()
            && resource.native.is_none()
    }
}
