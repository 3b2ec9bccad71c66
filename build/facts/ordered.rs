//! JSON objects with their keys in the order of the file, so that duplicates and disorder are seen.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The entries of an object, in file order.
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Ordered<T> {
    /// Stops the build unless the keys rise strictly.
    pub fn sorted(self, what: &str) -> Vec<(String, T)> {
        for pair in self.0.windows(2) {
            if let [(left, _), (right, _)] = pair {
                assert!(left < right, "{what}: {right:?} stands after {left:?}: duplicate or not sorted");
            }
        }
        self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}
