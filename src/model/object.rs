//! Names with values, in the order they were written: what most of a project is made of, so it is kept small.

use std::fmt;
use std::slice;
use std::vec;

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{Kind, Value};
use crate::order::Order as _;

/// Up to so many entries, comparing names one after the other finds one sooner than a table does.
const FEW: usize = 16;

/// Values by name. Keys in source order; evaluation of maps sorts where the language does. Two are equal when they
/// have the same entries in any order.
#[derive(Clone, Default)]
pub struct Object {
    entries: Vec<(EcoString, Value)>,
    /// Where each name stands, once there are more than a few.
    places: Option<Box<FxHashMap<EcoString, u32>>>,
    pub kind: Kind,
}

impl Object {
    pub fn new() -> Object {
        Object::default()
    }

    pub fn with_capacity(capacity: usize) -> Object {
        Object { entries: Vec::with_capacity(capacity), ..Object::default() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn get_index_of(&self, name: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.get(name).map(|at| *at as usize),
            None => self.entries.iter().position(|(key, _)| key == name),
        }
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries.get(self.get_index_of(name)?).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.get_index_of(name)?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.get_index_of(name).is_some()
    }

    /// Sets a name's value, in its place if it has one, else as the last; gives the value before.
    pub fn insert(&mut self, name: EcoString, value: Value) -> Option<Value> {
        match self.get_mut(&name) {
            Some(place) => Some(std::mem::replace(place, value)),
            None => {
                self.add(name, value);
                None
            }
        }
    }

    /// Takes an entry out; those behind it move up.
    pub fn shift_remove(&mut self, name: &str) -> Option<Value> {
        let at = self.get_index_of(name)?;
        let (_, value) = self.entries.remove(at);
        self.place();
        Some(value)
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&EcoString, &Value) -> bool) {
        self.entries.retain(|(name, value)| keep(name, value));
        self.place();
    }

    pub fn sort_keys(&mut self) {
        self.entries.order_by(|a, b| a.0.cmp(&b.0));
        self.place();
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter(self.entries.iter())
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &EcoString> + ExactSizeIterator {
        self.entries.iter().map(|(name, _)| name)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// A name that is not there yet.
    fn add(&mut self, name: EcoString, value: Value) {
        if let Some(places) = &mut self.places {
            places.insert(name.clone(), self.entries.len() as u32);
        }
        self.entries.push((name, value));
        if self.places.is_none() && self.entries.len() > FEW {
            self.place();
        }
    }

    fn place(&mut self) {
        let place = || Box::new(self.entries.iter().enumerate().map(|(at, (name, _))| (name.clone(), at as u32)).collect());
        self.places = (self.entries.len() > FEW).then(place);
    }
}

impl PartialEq for Object {
    /// Looks at each value once: twice at every level would be without end for deep ones.
    fn eq(&self, other: &Object) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.keys().eq(other.keys()) {
            return self.values().eq(other.values());
        }
        self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

/// Every value is equal to itself: what is shared need not be looked at.
impl Eq for Object {}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl FromIterator<(EcoString, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (EcoString, Value)>>(entries: I) -> Object {
        let mut object = Object::new();
        object.extend(entries);
        object
    }
}

impl<const N: usize> From<[(EcoString, Value); N]> for Object {
    fn from(entries: [(EcoString, Value); N]) -> Object {
        entries.into_iter().collect()
    }
}

impl Extend<(EcoString, Value)> for Object {
    fn extend<I: IntoIterator<Item = (EcoString, Value)>>(&mut self, entries: I) {
        let entries = entries.into_iter();
        self.entries.reserve(entries.size_hint().0);
        for (name, value) in entries {
            self.insert(name, value);
        }
    }
}

/// The entries of an object, in order.
#[derive(Clone)]
pub struct Iter<'o>(slice::Iter<'o, (EcoString, Value)>);

impl<'o> Iterator for Iter<'o> {
    type Item = (&'o EcoString, &'o Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(name, value)| (name, value))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'o> IntoIterator for &'o Object {
    type Item = (&'o EcoString, &'o Value);
    type IntoIter = Iter<'o>;

    fn into_iter(self) -> Iter<'o> {
        self.iter()
    }
}

impl IntoIterator for Object {
    type Item = (EcoString, Value);
    type IntoIter = vec::IntoIter<(EcoString, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use proptest::prelude::*;

    use super::super::Number;
    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_an_ordered_table_holds(steps in prop::collection::vec((0..4u8, 0..40u8, 0..9u8), 0..200)) {
            let (mut object, mut table) = (Object::new(), IndexMap::new());
            for (what, name, value) in steps {
                let (name, value) = (EcoString::from(format!("name {name}")), Value::Number(i64::from(value).into()));
                match what {
                    0 => assert_eq!(object.shift_remove(&name), table.shift_remove(&name)),
                    1 if value == Value::Number(Number::ZERO) => {
                        object.sort_keys();
                        table.sort_keys();
                    }
                    _ => assert_eq!(object.insert(name.clone(), value.clone()), table.insert(name.clone(), value)),
                }
                assert_eq!(object.get(&name), table.get(&name));
                assert!(object.iter().eq(table.iter()));
            }
            let mut other: Object = table.iter().rev().map(|(name, value)| (name.clone(), value.clone())).collect();
            assert_eq!(object, other);
            other.insert("another".into(), Value::Null);
            assert_ne!(object, other);
        }
    }

    #[test]
    fn deep_objects_that_differ_inside_are_compared_once_at_each_level() {
        let nested = |inside: bool| {
            (0..200).fold(Value::Bool(inside), |inner, _| Value::object([("a".into(), Value::Null), ("b".into(), inner)].into()))
        };
        assert_eq!(nested(true), nested(true));
        assert_ne!(nested(true), nested(false));
    }
}
