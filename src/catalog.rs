//! Facts about resource types: their canonical names, what forces replacement, what holds data, what a change does, prices.
//!
//! Facts come from `data/` with source and date; no decision is made here.

pub mod canonical;
pub mod free;
pub mod global;
pub mod icons;
pub mod impact;
pub mod names;
pub mod prices;
pub mod replacement;
pub mod secret;
mod table;

use std::sync::Arc;

use prices::Prices;

/// Region assumed where neither a provider nor the user names one. Shown in the review.
pub const DEFAULT_REGION: &str = "us-east-1";

/// The facts of a review. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    prices: Option<Arc<Prices>>,
}

impl Catalog {
    /// The built-in facts, without prices.
    pub fn new() -> Catalog {
        Catalog::default()
    }

    pub fn with_prices(mut self, prices: Prices) -> Catalog {
        self.prices = Some(Arc::new(prices));
        self
    }

    pub fn prices(&self) -> Option<&Prices> {
        self.prices.as_deref()
    }
}
