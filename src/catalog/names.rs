//! Types of which two cannot have one name at a time; from `data/unique_names.csv`.

use super::table::{Table, table};

/// `type argument within?` per line, sorted by type.
pub(super) static TABLE: Table = table!("unique_names.txt");

/// What makes a resource the only one of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UniqueName {
    /// The argument that names it.
    pub argument: &'static str,
    /// Of another value of this one, two may have one name.
    pub within: Option<&'static str>,
}

/// How a type is named; `None` where two may have one name, or where that is not known.
pub fn unique(canonical: &str) -> Option<UniqueName> {
    let row = TABLE.find(canonical)?;
    let (argument, within) = row.split_once(' ').map_or((row, None), |(argument, within)| (argument, Some(within)));
    Some(UniqueName { argument, within })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_unique_as_far_as_it_is() {
        assert_eq!(unique("aws_lb"), Some(UniqueName { argument: "name", within: None }));
        assert_eq!(unique("aws_security_group"), Some(UniqueName { argument: "name", within: Some("vpc_id") }));
        assert_eq!(unique("aws_vpc"), None);
    }
}
