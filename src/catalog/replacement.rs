//! Which arguments cannot change in place: the providers' own tables, searched as one sorted text.
//!
//! Answers for an argument alone; what the values before and after say is for the comparison to judge.

use super::table::{Table, table};
use crate::model::Certainty;

/// `type rule rule? ...` per line, sorted by type; made by the build from `data/replacement`.
pub(super) static TABLE: Table = table!("replacement.txt");

/// The rules of one type. Copied freely; looked up once per resource.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// `None` for a type that is in no table.
    rules: Option<&'static str>,
}

/// The rules of a type; of a type that no table lists, every answer is [`Certainty::Maybe`].
pub fn rules(kind: &str) -> Rules {
    match kind.contains("::") {
        true => Rules { rules: super::canonical::row(kind).map(|row| row.rules) },
        false => Rules { rules: TABLE.find(kind) },
    }
}

/// Whether a change of `path` (dotted, list indexes may be left in) replaces a resource of the type.
pub fn replacement(kind: &str, path: &str) -> Certainty {
    rules(kind).of(path)
}

impl Rules {
    /// Nothing forces replacement.
    pub const NONE: Rules = Rules { rules: Some("") };

    /// Whether the tables list the type at all.
    pub fn known(self) -> bool {
        self.rules.is_some()
    }

    /// Whether a change of the argument at `path`, or of anything below it, forces replacement.
    pub fn of(self, path: &str) -> Certainty {
        self.matching(|rule| !rule.ends_with('#') && covers(rule, path))
    }

    /// Whether adding or removing a block `path` forces replacement by the mere number of blocks. The
    /// arguments inside it count too: ask [`Rules::of`] for each.
    pub fn of_count(self, path: &str) -> Certainty {
        self.matching(|rule| covers(rule.strip_suffix('#').unwrap_or(rule), path))
    }

    /// Whether the provider keeps what it has where the argument at `path` is left out, so that leaving it out changes
    /// nothing.
    pub fn keeps(self, path: &str) -> bool {
        self.rules.unwrap_or("").split_ascii_whitespace().any(|rule| rule.strip_suffix('~') == Some(path))
    }

    /// The rules as the tables write them: `a/b` for an argument of a block, `#` where the number of blocks counts, `?`
    /// where it only may.
    pub fn listed(self) -> impl Iterator<Item = &'static str> {
        self.rules.unwrap_or("").split_ascii_whitespace().map(|rule| rule.strip_suffix('~').unwrap_or(rule))
    }

    /// Whether any rule of the type speaks of `path` or of something below it: a cheap way to skip.
    pub fn any_below(self, path: &str) -> bool {
        let Some(rules) = self.rules else { return true };
        let first = path.split('.').next().unwrap_or(path);
        rules.split_ascii_whitespace().any(|rule| rule == "*" || rule.split(['/', '#', '?', '~']).next() == Some(first))
    }

    fn matching(self, matches: impl Fn(&str) -> bool) -> Certainty {
        if self.rules.is_none() {
            return Certainty::Maybe;
        }
        let mut found = Certainty::No;
        for rule in self.listed() {
            match rule.strip_suffix('?') {
                Some(rule) if matches(rule) => found = Certainty::Maybe,
                None if matches(rule) => return Certainty::Yes,
                _ => {}
            }
        }
        found
    }
}

/// Whether a rule `a/b` names the dotted path, or a part of it from the front. Indexes are passed over.
fn covers(rule: &str, path: &str) -> bool {
    let mut steps = path.split('.').filter(|step| !step.bytes().all(|byte| byte.is_ascii_digit()));
    rule.split('/').all(|part| part == "*" || steps.next() == Some(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read off the provider's schema: `storage_encrypted` is ForceNew, `instance_class` is not.
    #[test]
    fn an_argument_forces_or_does_not() {
        assert_eq!(replacement("aws_db_instance", "storage_encrypted"), Certainty::Yes);
        assert_eq!(replacement("aws_db_instance", "instance_class"), Certainty::No);
        assert_eq!(replacement("aws_db_instance", "tags.Name"), Certainty::No);
        assert_eq!(replacement("aws_instance", "root_block_device.0.encrypted"), Certainty::Yes);
        assert_eq!(replacement("aws_instance", "root_block_device.0.volume_size"), Certainty::No);
        assert_eq!(replacement("aws_instance", "user_data"), Certainty::Maybe);
        assert_eq!(replacement("aws_eks_node_group", "remote_access.0.ec2_ssh_key"), Certainty::Yes);
    }

    #[test]
    fn a_block_that_forces_by_its_number_does_not_force_by_its_content() {
        let rules = rules("aws_db_instance");
        assert_eq!(rules.of_count("restore_to_point_in_time.0"), Certainty::Yes);
        assert_eq!(rules.of("restore_to_point_in_time.0.use_latest_restorable_time"), Certainty::No);
        assert_eq!(rules.of_count("tags"), Certainty::No);
    }

    /// `Optional`, `Computed` and `ForceNew` in the provider's schema, the first of a key that it makes up if none is given.
    #[test]
    fn what_is_left_out_may_be_kept() {
        assert!(rules("aws_api_gateway_api_key").keeps("value") && rules("aws_instance").keeps("availability_zone"));
        assert!(!rules("aws_db_instance").keeps("storage_encrypted") && !rules("aws_sns_topic").keeps("fifo_topic"));
        assert_eq!(replacement("aws_api_gateway_api_key", "value"), Certainty::Yes);
        assert!(rules("aws_api_gateway_api_key").any_below("value"));
    }

    #[test]
    fn a_type_in_no_table_is_not_guessed() {
        assert_eq!(replacement("google_sql_database_instance", "name"), Certainty::Maybe);
        assert!(!rules("aws_db").known() && !rules("").known() && !rules("zzz").known());
    }

    /// The bisection reaches every line: first, last and all between.
    #[test]
    fn every_type_is_found() {
        let mut count = 0;
        for line in TABLE.text.lines() {
            let (name, expected) = line.split_once(' ').unwrap_or((line, ""));
            assert_eq!(TABLE.find(name), Some(expected), "{name}");
            count += 1;
        }
        // 1,691 of the AWS provider, 79 of Kubernetes', 11 of Docker's, 18 of utilities: the counts of data/replacement/README.md.
        assert_eq!(count, 1691 + 79 + 11 + 18);
    }

    #[test]
    fn a_name_that_begins_with_digits_is_not_an_index() {
        assert!(covers("rule/3a", "rule.0.3a"));
        assert!(!covers("rule/3a", "rule.0"));
        assert!(!covers("subnet", "subnet_id"));
    }
}
