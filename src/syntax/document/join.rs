//! A mapping of its entries: merge keys, and keys that stand twice.

use ecow::eco_format;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Entry, Kind, Node, Reader};
use crate::diagnostic::Diagnostic;

/// Up to here, looking through a mapping's keys is faster than hashing them.
const FEW: usize = 8;

impl Reader<'_, '_> {
    pub(super) fn joined(&mut self, start: usize, end: usize, entries: Vec<Entry>) -> Node {
        let merges = entries.iter().any(|entry| entry.key.text() == Some("<<"));
        let mut entries = self.without_duplicates(entries);
        if merges {
            entries = self.merged(entries);
        }
        Node::new(self.span(start, end), Kind::Mapping(entries))
    }

    /// Of a key that stands twice, the last value counts.
    fn without_duplicates(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let twice = if entries.len() <= FEW {
            let key_at = |at: usize| entries.get(at).and_then(|entry| entry.key.text());
            (1..entries.len()).any(|at| key_at(at).is_some() && (0..at).any(|before| key_at(before) == key_at(at)))
        } else {
            let mut seen = rustc_hash::FxHashSet::with_capacity_and_hasher(entries.len(), FxBuildHasher);
            entries.iter().filter_map(|entry| entry.key.text()).any(|key| !seen.insert(key))
        };
        if !twice {
            return entries;
        }
        let mut places: FxHashMap<ecow::EcoString, usize> = FxHashMap::default();
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = entry.key.text().filter(|key| *key != "<<").map(ecow::EcoString::from);
            let before = key.as_ref().and_then(|key| places.get(key)).and_then(|at| kept.get_mut(*at));
            match (key, before) {
                (Some(key), Some(before)) => {
                    let line = 1 + self.bytes.iter().take(before.key.span.start as usize).filter(|byte| **byte == b'\n').count();
                    let message = eco_format!("`{key}` stands twice here, first in line {line}; the last one counts");
                    self.out.push(Diagnostic::warning("duplicate-key", entry.key.span, message));
                    *before = entry;
                }
                (key, _) => {
                    if let Some(key) = key {
                        places.insert(key, kept.len());
                    }
                    kept.push(entry);
                }
            }
        }
        kept
    }

    /// `<<: *other` and `<<: [*one, *other]`: entries of the others that are not written here.
    fn merged(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let (merges, mut own): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.key.text() == Some("<<"));
        for merge in merges {
            let span = merge.value.span;
            let sources = match merge.value.kind {
                Kind::Sequence(items) => items,
                kind => vec![Node { span, kind, tag: None }],
            };
            for source in sources {
                match source.kind {
                    Kind::Mapping(entries) => {
                        let missing: Vec<Entry> = entries
                            .into_iter()
                            .filter(|entry| !own.iter().any(|it| it.key.text().is_some() && it.key.text() == entry.key.text()))
                            .collect();
                        own.extend(missing);
                    }
                    _ => self.out.push(Diagnostic::error("alias", source.span, "only mappings can be merged; this is left out")),
                }
            }
        }
        own
    }
}
