//! What a change of each type does at run time, how to take it back, and which types hold data.
//!
//! Words and figures come from `data/impact.json` and `data/stateful.json`; nothing is decided here.

pub(super) mod table;

use crate::model::{Action, Confidence, StepKind, Tier};

/// What is known of one resource type.
#[derive(Debug)]
pub struct TypeImpact {
    pub kind: &'static str,
    pub updates: &'static [UpdateRule],
    pub replace: Event,
    pub delete: Event,
    /// How far back one has to go for the type: a switch, a restore, or everything.
    pub tier: Tier,
    /// How long going back takes.
    pub minutes: (u32, u32),
    /// The same in the words of the table: `TTL (1 min-48 h)`.
    pub tier_words: &'static str,
    /// To do before a change is deployed.
    pub before: &'static [StepTemplate],
    /// The way back.
    pub back: &'static [StepTemplate],
    /// Pages that say so.
    pub sources: &'static [&'static str],
}

/// What an update in place of some arguments does.
#[derive(Debug)]
pub struct UpdateRule {
    /// Dotted, without indexes; `*` for every argument.
    pub arguments: &'static [&'static str],
    pub when: When,
    pub words: &'static str,
    /// Lowest and highest seconds without service, where the words state them plainly.
    pub seconds: Option<(u32, u32)>,
    /// Whether setting the old value again takes it back.
    pub reversible: bool,
    pub note: Option<&'static str>,
    pub confidence: Confidence,
    /// Whether a page was read that confirms or corrected the row.
    pub checked: bool,
}

/// What a replacement or a deletion does.
#[derive(Debug)]
pub struct Event {
    pub data_loss: bool,
    pub words: &'static str,
    pub seconds: Option<(u32, u32)>,
    /// How what was deleted may come back.
    pub recoverable: Option<&'static str>,
    pub note: Option<&'static str>,
    pub confidence: Confidence,
    pub checked: bool,
}

/// The condition on the values under which an update rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Always,
    Grows,
    Falls,
    TurnsOn,
    TurnsOff,
    /// A version whose first number stays.
    Minor,
    /// A version whose first number changes.
    Major,
    /// A number that becomes 0 or was 0.
    FromOrToZero,
    /// A block that is added.
    Added,
    /// A block that is removed.
    Removed,
    /// The resource runs in one zone.
    SingleZone,
    /// The resource runs in several zones.
    MultiZone,
}

/// Something to do, with placeholders: `{x}` the value of argument `x`, `{@}` the address, `{@name}` the name.
#[derive(Debug)]
pub struct StepTemplate {
    pub on: On,
    pub kind: StepKind,
    pub text: &'static str,
    /// Of an update, the arguments that it is for; every one where the list is empty.
    pub about: &'static [&'static str],
    pub command: Option<&'static str>,
    pub needs: Option<&'static str>,
    pub loses_data: bool,
    /// The type's own where absent.
    pub tier: Option<Tier>,
    pub minutes: Option<(u32, u32)>,
}

/// The kinds of change a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct On(u8);

impl On {
    /// Whether the step is for a change; `stuck` marks an update that cannot be taken back in place.
    pub fn holds(self, action: Action, stuck: bool) -> bool {
        let bit = match action {
            Action::Update => 1,
            Action::Replace => 2,
            Action::Delete => 4,
            _ => 0,
        };
        self.0 & bit != 0 || (stuck && action == Action::Update && self.0 & 8 != 0)
    }
}

/// A type that holds data.
#[derive(Debug)]
pub struct Stateful {
    pub kind: &'static str,
    /// What people call it: `database`.
    pub noun: &'static str,
    /// What it holds: `messages`.
    pub holds: &'static str,
    /// 1 what nothing else keeps, 4 what is missed least.
    pub order: u8,
}

mod tiers {
    include!(concat!(env!("OUT_DIR"), "/tiers.rs"));
}

mod stateful_table {
    use super::Stateful;
    include!(concat!(env!("OUT_DIR"), "/stateful.rs"));
}

/// What is known of a type; `None` where the table has no entry, or is not at hand: in a browser it comes with the prices.
pub fn of(kind: &str) -> Option<&'static TypeImpact> {
    let types = table::types();
    types.get(types.binary_search_by(|entry| entry.kind.cmp(kind)).ok()?)
}

/// What a type holds; `None` for a type that is not known to hold data.
pub fn stateful(kind: &str) -> Option<&'static Stateful> {
    let at = stateful_table::TYPES.binary_search_by(|entry| entry.kind.cmp(kind)).ok()?;
    stateful_table::TYPES.get(at)
}

/// Minutes that a tier of the way back takes where the type says nothing else.
pub fn tier_minutes(tier: Tier) -> (u32, u32) {
    let [immediate, data, full] = tiers::TIERS;
    match tier {
        Tier::Immediate => immediate,
        Tier::Data => data,
        Tier::Full => full,
    }
}

impl TypeImpact {
    /// The rules that speak of a dotted path (indexes may be left in), the most specific first.
    pub fn updates_of<'a>(&'static self, path: &'a str) -> impl Iterator<Item = &'static UpdateRule> + 'a {
        self.updates.iter().filter(move |rule| rule.arguments.iter().any(|argument| names(argument, path)))
    }
}

fn names(argument: &str, path: &str) -> bool {
    if argument == "*" {
        return true;
    }
    let mut steps = path.split('.').filter(|step| !step.bytes().all(|byte| byte.is_ascii_digit()));
    argument.split('.').all(|part| steps.next() == Some(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_restarts_five_to_fifteen_minutes_in_one_zone() {
        let database = of("aws_db_instance").unwrap();
        let rules: Vec<(When, Option<(u32, u32)>)> = database.updates_of("instance_class").map(|rule| (rule.when, rule.seconds)).collect();
        assert_eq!(rules, [(When::MultiZone, Some((60, 120))), (When::SingleZone, Some((300, 900)))]);
        assert_eq!(database.replace.seconds, Some((900, 3600)));
        assert!(database.replace.data_loss && database.delete.data_loss);
        assert_eq!((database.tier, database.minutes), (Tier::Data, (15, 30)));
    }

    #[test]
    fn nested_arguments_and_wildcards_match() {
        let server = of("aws_instance").unwrap();
        assert_eq!(server.updates_of("root_block_device.0.volume_size").count(), 1);
        assert_eq!(server.updates_of("root_block_device.0.volume_type").count(), 0);
        assert_eq!(of("aws_launch_template").unwrap().updates_of("image_id").count(), 1);
    }

    #[test]
    fn steps_are_for_kinds_of_change() {
        let queue = of("aws_sqs_queue").unwrap();
        let held = |action| queue.before.iter().filter(|step| step.on.holds(action, false)).count();
        assert_eq!((held(Action::Update), held(Action::Delete), held(Action::Create)), (1, 1, 0));
        let database = of("aws_db_instance").unwrap();
        assert!(database.before.iter().any(|step| step.on.holds(Action::Update, true)));
        assert!(!database.before.iter().any(|step| step.on.holds(Action::Update, false)));
    }

    #[test]
    fn what_holds_data_is_a_short_list() {
        assert_eq!(stateful("aws_db_instance").map(|kind| (kind.noun, kind.order)), Some(("database", 1)));
        assert!(stateful("aws_lb").is_none());
        assert_eq!(tier_minutes(Tier::Full), (60, 120));
    }
}
