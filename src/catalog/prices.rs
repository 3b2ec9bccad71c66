//! Public list prices, on demand, from the packed price table.

/// An opened price table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {}
