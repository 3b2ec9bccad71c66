//! What is made where a deleted resource seems to have got another key or another name only.
//!
//! Each deleted one could be any created one of its type: created ones are looked up by a value that both have, so that
//! a project in which everything got another name takes no longer than one in which nothing did.

use rustc_hash::FxHashSet;

use crate::Stage;
use crate::change::Change;
use crate::model::{Action, Address, DeclaredBy, Key, Mode, Resource, UnknownKind, Value};
use crate::order::Order as _;

/// So many are taken out of a list at once, as a rule.
const MOST_OUT: u64 = 8;

/// Created resources by what they have in common with deleted ones.
pub(super) struct Made<'s> {
    resources: Vec<&'s Resource>,
    /// A number for a type with its block, its key, or one argument's value, and who has that; in this order.
    places: Vec<(u64, u32)>,
}

impl<'s> Made<'s> {
    pub fn of(changes: &[Change], before: Option<&Stage>, after: &'s Stage) -> Made<'s> {
        let mut made = Made { resources: Vec::new(), places: Vec::new() };
        let gone = changes.iter().filter(|change| change.action == Action::Delete);
        let gone = gone.filter_map(|change| before?.snapshot.resource(change.before?));
        let types: FxHashSet<&str> = gone.map(|resource| resource.r#type.as_str()).collect();
        let created = changes.iter().filter(|change| change.action == Action::Create && !types.is_empty());
        for new in created.filter_map(|change| after.snapshot.resource(change.after?)).filter(|new| types.contains(new.r#type.as_str())) {
            made.add(new);
        }
        made.places.order();
        made
    }

    fn add(&mut self, new: &'s Resource) {
        let at = self.resources.len() as u32;
        self.resources.push(new);
        self.places.extend(places(new).into_iter().chain(values_of(new).map(|(place, _)| place)).map(|place| (place, at)));
    }

    /// The first one that is made with the same arguments, in the same block or with the same key.
    pub fn instead_of(&self, change: &Change, resource: &Resource) -> Option<&'s Resource> {
        if !is_comparable(change, resource) {
            return None;
        }
        // Whoever is like it stands in both places of any of these pairs; the shortest is enough.
        let [block, key] = places(resource);
        let values = values_of(resource).filter_map(|(place, open)| Some([place, open?]));
        let pairs = std::iter::once([block, key]).chain(values).map(|pair| pair.map(|place| self.at(place)));
        let [left, right] = pairs.min_by_key(|[left, right]| left.len() + right.len())?;
        let like = |at: &u32| self.resources.get(*at as usize).is_some_and(|new| is_like(resource, new));
        let first = |places: &[(u64, u32)]| places.iter().map(|(_, at)| *at).find(like);
        let first = [first(left), first(right)].into_iter().flatten().min()?;
        self.resources.get(first as usize).copied()
    }

    /// The instance of a lower index that has the arguments of a deleted one now: what was taken out stood before them,
    /// and all behind it moved up.
    pub fn moved_up(change: &Change, resource: &Resource, after: &'s Stage) -> Option<&'s Resource> {
        if !is_comparable(change, resource) {
            return None;
        }
        let index: u64 = resource.address.key().trim_matches(['[', ']']).parse().ok()?;
        let (last, resources) = (index.checked_sub(1)?, &after.snapshot.resources);
        let block = Address::plain(resource.address.without_key());
        (index.saturating_sub(MOST_OUT)..=last).rev().find_map(|index| {
            let address = block.with_key(&Key::Index(index));
            let at = resources.binary_search_by(|it| it.address.cmp(&address)).ok()?;
            resources.get(at).filter(|it| is_like(resource, it))
        })
    }

    fn at(&self, place: u64) -> &[(u64, u32)] {
        let start = self.places.partition_point(|(other, _)| *other < place);
        let rest = self.places.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(other, _)| *other == place)).unwrap_or_default()
    }
}

/// Whether a deleted one can be found elsewhere by its arguments: a text tells it from others of its type.
fn is_comparable(change: &Change, resource: &Resource) -> bool {
    change.declared_by == DeclaredBy::Diff
        && resource.mode == Mode::Managed
        && !resource.native_type.contains(':')
        && resource.attributes.values().any(|value| matches!(value, Value::Text(_)))
}

fn is_like(resource: &Resource, new: &Resource) -> bool {
    if new.r#type != resource.r#type || new.attributes.len() != resource.attributes.len() {
        return false;
    }
    let block = new.address.without_key() == resource.address.without_key();
    (block || new.address.key() == resource.address.key())
        && resource.attributes.iter().all(|(name, value)| new.attributes.get(name).is_some_and(|new| alike(value, new, block)))
}

/// Whether two values are the same as far as they are known. In two blocks what has no value may be two things; what
/// is computed may be the same once others are moved too.
fn alike(a: &Value, b: &Value, block: bool) -> bool {
    let computed = |value: &Value| !matches!(value, Value::Unknown(unknown) if unknown.kind != UnknownKind::AfterApply);
    match (a, b) {
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => block || computed(a) && computed(b),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| alike(a, b, block)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| alike(value, other, block)))
        }
        (a, b) => a == b,
    }
}

fn places(resource: &Resource) -> [u64; 2] {
    let (kind, address) = (text(0, &resource.r#type), &resource.address);
    [text(kind, address.without_key()), text(kind.wrapping_add(1), address.key())]
}

/// Of each argument the place of its value; of a known one also the place of those that do not know it.
fn values_of(resource: &Resource) -> impl Iterator<Item = (u64, Option<u64>)> {
    let kind = text(1, &resource.r#type);
    resource.attributes.iter().map(move |(name, value)| {
        let open = text(kind, name);
        match number(value) {
            Some(number) => (open.wrapping_mul(31).wrapping_add(number), Some(open)),
            None => (open, None),
        }
    })
}

/// The same for values that are alike, and often another one for others; `None` where a part is not known.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Unknown(_) => None,
        Value::Bool(is) => Some(2 + u64::from(*is)),
        Value::Text(is) => Some(text(5, is)),
        Value::List(items) => items.iter().try_fold(7, |sum: u64, item| Some(sum.wrapping_mul(31).wrapping_add(number(item)?))),
        // In any order.
        Value::Object(object) => object.iter().try_fold(11, |sum: u64, (name, item)| Some(sum.wrapping_add(text(number(item)?, name)))),
        Value::Null | Value::Number(_) | Value::Sensitive(_) => Some(1),
    }
}

/// Of its beginning: whole policies need not be read for that.
fn text(start: u64, text: &str) -> u64 {
    let begin = start ^ 0xcbf2_9ce4_8422_2325 ^ text.len() as u64;
    text.bytes().take(96).fold(begin, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Every way in which a few values, known and not, stand in resources with and without keys.
    #[test]
    fn who_is_looked_up_is_who_would_be_found_one_by_one() {
        let mut text = String::from("variable \"x\" {}\nvariable \"y\" {}\nresource \"aws_sns_topic\" \"t\" {}\n");
        let mut number = 0;
        for name in ["\"a\"", "\"b\"", "var.x", "aws_sns_topic.t.arn"] {
            for delay in ["1", "2", "var.y"] {
                for policy in ["\"p\"", "{ a = var.x, b = 1 }", "{ b = 1, a = var.y }", "[1, \"q\"]", "[aws_sns_topic.t.arn]"] {
                    for count in ["", "  count = 2\n"] {
                        number += 1;
                        let _ = writeln!(
                            text,
                            "resource \"aws_sqs_queue\" \"q{number}\" {{\n{count}  name = {name}\n  delay_seconds = {delay}\n  policy = {policy}\n}}"
                        );
                    }
                }
            }
        }
        let snapshot = crate::cost::tests::snapshot(&text);
        let change = |resource: &Resource| Change {
            address: resource.address.clone(),
            action: Action::Delete,
            before: None,
            after: None,
            causes: Vec::new(),
            condition: None,
            declared_by: DeclaredBy::Diff,
            previous_address: None,
            reason: None,
        };
        let mut found = 0;
        // Every third one is created, so that most have to be found under another name, and some are not.
        let mut made = Made { resources: Vec::new(), places: Vec::new() };
        snapshot.resources.iter().step_by(3).for_each(|new| made.add(new));
        made.places.order();
        for gone in &snapshot.resources {
            let named = gone.attributes.values().any(|value| matches!(value, Value::Text(_)));
            let one_by_one = made.resources.iter().find(|new| named && is_like(gone, new)).map(|new| &new.address);
            assert_eq!(made.instead_of(&change(gone), gone).map(|new| &new.address), one_by_one, "{}", gone.address);
            found += usize::from(one_by_one.is_some());
        }
        assert!(found > 50 && found < snapshot.resources.len() - 20, "{found} of {}", snapshot.resources.len());
    }
}
