//! Types that cost nothing by themselves, with the reason; from `data/free.csv`.

include!(concat!(env!("OUT_DIR"), "/free.rs"));

/// Why a type costs nothing by itself; `None` for every other type.
pub fn reason(canonical: &str) -> Option<&'static str> {
    let at = TYPES.binary_search_by(|(name, _)| (*name).cmp(canonical)).ok()?;
    TYPES.get(at).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_free_type_says_why() {
        assert_eq!(super::reason("aws_iam_role"), Some("IAM has no charge"));
        assert_eq!(super::reason("aws_nat_gateway"), None);
    }
}
