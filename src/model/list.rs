//! Values in a row, with what the language takes the row for.

use std::ops::Deref;

use super::Value;

/// What a list or an object is to the language: they look alike, and are neither equal nor converted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Not told, as for an argument whose type only the provider knows: it is like any.
    #[default]
    Open,
    /// A tuple or an object: each part has its own type.
    Each,
    /// A list or a map: all parts have one type.
    One,
    Set,
}

impl Kind {
    /// Whether nothing of this kind equals anything of the other.
    pub fn differs(self, other: Kind) -> bool {
        self != other && self != Kind::Open && other != Kind::Open
    }
}

#[derive(Clone, Default)]
pub struct List {
    items: Vec<Value>,
    pub kind: Kind,
}

impl List {
    pub fn new(items: Vec<Value>, kind: Kind) -> List {
        List { items, kind }
    }

    pub fn push(&mut self, item: Value) {
        self.items.push(item);
    }

    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Value> {
        self.items.iter_mut()
    }
}

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

/// What changes is seen in the items: the kind only says how the language came to them.
impl PartialEq for List {
    fn eq(&self, other: &List) -> bool {
        self.items == other.items
    }
}

/// Every value is equal to itself: what is shared need not be looked at.
impl Eq for List {}
