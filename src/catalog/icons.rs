//! Icon classes: which of our own drawings stands for a resource type.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Class of a type that no row covers.
pub const OTHER: &str = "other";

/// `prefix,class`, sorted; our own assignment.
const TABLE: &str = include_str!("../../data/icons.csv");

static CLASSES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| rows().collect());

/// The icon class of a canonical type: the row with the most leading words of it, else [`OTHER`].
pub fn icon_class(canonical: &str) -> &'static str {
    let mut prefix = canonical;
    loop {
        if let Some(class) = CLASSES.get(prefix) {
            return class;
        }
        match prefix.rsplit_once('_') {
            Some((shorter, _)) => prefix = shorter,
            None => return OTHER,
        }
    }
}

/// Every row of the table.
pub fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().skip(1).filter_map(|line| line.split_once(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_row_of_whole_words_wins() {
        assert_eq!(icon_class("aws_db_instance"), "database");
        assert_eq!(icon_class("aws_db_subnet_group"), "subnet");
        assert_eq!(icon_class("aws_lb_target_group"), "balancer");
        assert_eq!(icon_class("aws_vpc_security_group_ingress_rule"), "firewall");
        assert_eq!(icon_class("aws_vpcx"), OTHER, "a row ends at a word");
        assert_eq!(icon_class(""), OTHER);
    }

    #[test]
    fn rows_are_sorted_unique_and_complete() {
        let rows: Vec<_> = rows().collect();
        assert_eq!(rows.len(), TABLE.lines().count() - 1, "every line is a row");
        assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
