//! How the packed price table foretells a price; shared by the packer and the reader, so that both agree.

/// The price expected in a region, in proportion to the neighbouring type before it: what that one costs here,
/// times how the base region prices this type against that one. Only the difference to it is stored.
///
/// `neighbour` is the price here and in the base region of the last type that has both.
pub fn predict(neighbour: Option<(u64, u64)>, base: Option<u64>, last: u64) -> u64 {
    match (neighbour, base) {
        (Some((here, there)), Some(base)) if there > 0 => {
            let product = u128::from(here) * u128::from(base);
            let rounded = match u64::try_from(product) {
                Ok(product) => product.saturating_add(there / 2) / there,
                Err(_) => u64::try_from((product + u128::from(there / 2)) / u128::from(there)).unwrap_or(u64::MAX),
            };
            rounded.min(LARGEST)
        }
        (_, Some(base)) => base,
        (_, None) => last,
    }
}

/// Prices are at most this many of their smallest unit, so that a product of two fits 128 bits.
pub const LARGEST: u64 = 1 << 52;
