//! Reads the rows that `build/facts/impact.rs` writes: a type and a space, then its fields, each ended by a tab, in the order
//! of the structures; a list begins with how many it has. What a row lacks is empty.

use std::str::Split;
use std::sync::OnceLock;

use super::{Event, On, StepTemplate, TypeImpact, UpdateRule, When};
use crate::catalog::table::{Table, table};
use crate::model::{Confidence, StepKind, Tier};

pub(in crate::catalog) static TABLE: Table = table!("impact.txt");

/// More of a list is no row of ours.
const MOST: usize = 99;

const WHENS: [When; 12] = [
    When::Always,
    When::Grows,
    When::Falls,
    When::TurnsOn,
    When::TurnsOff,
    When::Minor,
    When::Major,
    When::FromOrToZero,
    When::Added,
    When::Removed,
    When::SingleZone,
    When::MultiZone,
];
const KINDS: [StepKind; 7] =
    [StepKind::Verify, StepKind::Backup, StepKind::Switch, StepKind::Revert, StepKind::Restore, StepKind::Recreate, StepKind::Destroy];
const CONFIDENCES: [Confidence; 3] = [Confidence::Guess, Confidence::Likely, Confidence::Sure];
const TIERS: [Tier; 3] = [Tier::Immediate, Tier::Data, Tier::Full];

/// All types, sorted; none while the table is not at hand.
pub(super) fn types() -> &'static [TypeImpact] {
    static TYPES: OnceLock<Vec<TypeImpact>> = OnceLock::new();
    match TABLE.lines() {
        [] => &[],
        lines => TYPES.get_or_init(|| {
            lines.iter().filter_map(|line| line.split_once(' ')).map(|(kind, fields)| row(kind, &mut Fields::of(fields))).collect()
        }),
    }
}

fn row(kind: &'static str, fields: &mut Fields) -> TypeImpact {
    TypeImpact {
        kind,
        updates: fields.list(update),
        replace: event(fields),
        delete: event(fields),
        tier: fields.one_of(&TIERS).unwrap_or(Tier::Full),
        minutes: fields.range().unwrap_or_default(),
        tier_words: fields.text(),
        before: fields.list(step),
        back: fields.list(step),
        sources: fields.list(Fields::text),
    }
}

fn update(fields: &mut Fields) -> UpdateRule {
    UpdateRule {
        arguments: fields.list(Fields::text),
        when: fields.one_of(&WHENS).unwrap_or(When::Always),
        words: fields.text(),
        seconds: fields.range(),
        reversible: fields.is_set(),
        note: fields.some(),
        confidence: fields.one_of(&CONFIDENCES).unwrap_or(Confidence::Guess),
        checked: fields.is_set(),
    }
}

fn event(fields: &mut Fields) -> Event {
    Event {
        data_loss: fields.is_set(),
        words: fields.text(),
        seconds: fields.range(),
        recoverable: fields.some(),
        note: fields.some(),
        confidence: fields.one_of(&CONFIDENCES).unwrap_or(Confidence::Guess),
        checked: fields.is_set(),
    }
}

fn step(fields: &mut Fields) -> StepTemplate {
    StepTemplate {
        on: On(fields.number() as u8),
        kind: fields.one_of(&KINDS).unwrap_or(StepKind::Verify),
        text: fields.text(),
        about: fields.list(Fields::text),
        command: fields.some(),
        needs: fields.some(),
        loses_data: fields.is_set(),
        tier: fields.one_of(&TIERS),
        minutes: fields.range(),
    }
}

struct Fields(Split<'static, char>);

impl Fields {
    fn of(text: &'static str) -> Fields {
        Fields(text.split('\t'))
    }

    fn text(&mut self) -> &'static str {
        self.0.next().unwrap_or_default()
    }

    fn some(&mut self) -> Option<&'static str> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    fn is_set(&mut self) -> bool {
        self.some().is_some()
    }

    fn number(&mut self) -> usize {
        self.text().parse().unwrap_or_default()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        self.text().parse::<usize>().ok().and_then(|at| all.get(at).copied())
    }

    fn range(&mut self) -> Option<(u32, u32)> {
        let (low, high) = self.text().split_once('-')?;
        Some((low.parse().ok()?, high.parse().ok()?))
    }

    /// Lives as long as the program, as the table does.
    fn list<T>(&mut self, item: fn(&mut Fields) -> T) -> &'static [T] {
        let count = self.number().min(MOST);
        (0..count).map(|_| item(self)).collect::<Vec<T>>().leak()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_to_its_end() {
        assert!(types().len() >= 70 && types().is_sorted_by(|a, b| a.kind < b.kind));
        for (kind, fields) in TABLE.lines().iter().filter_map(|line| line.split_once(' ')) {
            let mut fields = Fields::of(fields);
            row(kind, &mut fields);
            assert_eq!((fields.text(), fields.0.next()), ("", None), "{kind}");
        }
    }

    #[test]
    fn a_broken_row_is_read_without_a_panic() {
        for text in ["", "x", "9\t", "99999999999999999999\ta\t\t", "2\t1\ta\t77\t-\t9-x\t"] {
            let read = row("aws_x", &mut Fields::of(text));
            assert!(read.updates.len() <= MOST && read.tier == Tier::Full);
        }
    }
}
