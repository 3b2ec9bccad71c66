//! A map that remembers its order, and the order in which the reference would iterate it.
//!
//! The reference hashes the printed form of an API definition, in the iteration order of hash tables of an old
//! runtime: open addressing from eight slots, five bits of perturbation, growth at two thirds. The hash becomes
//! part of a logical id, so that order is kept here, slot by slot.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::value::{Place, Value};
use crate::source::Span;

/// Above this, a search is no longer linear.
const SMALL: usize = 16;

/// Above this, the order of a copy is not worked out: an API is copied with each of its events, and no account may have
/// so many paths.
pub const MOST_EXACT: usize = 2000;
const LEAST_SLOTS: usize = 8;

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: EcoString,
    /// The key prints with a `u` before it.
    pub marked: bool,
    pub span: Option<Span>,
    pub value: Value,
    hash: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Empty,
    Removed,
    At(u32),
}

#[derive(Debug, Clone, PartialEq)]
struct Slots {
    slots: Vec<Slot>,
    size: usize,
    fill: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Map {
    entries: Vec<Entry>,
    slots: Option<Box<Slots>>,
    index: Option<Box<FxHashMap<EcoString, u32>>>,
    /// Copying this map, as the reference would, moves no slot here or below.
    settled: bool,
    /// Where the author wrote it.
    pub place: Place,
}

impl PartialEq for Map {
    /// As the reference compares: by keys and values, whatever the order.
    fn eq(&self, other: &Map) -> bool {
        self.len() == other.len() && self.entries.iter().all(|entry| other.get(&entry.key) == Some(&entry.value))
    }
}

impl Map {
    /// Iterated in the order of insertion.
    pub fn new() -> Map {
        Map::default()
    }

    /// Iterated in the order of the old hash table.
    pub fn hashed() -> Map {
        Map { slots: Some(Box::new(Slots::new())), ..Map::default() }
    }

    pub fn like(hashed: bool) -> Map {
        if hashed { Map::hashed() } else { Map::new() }
    }

    pub fn is_hashed(&self) -> bool {
        self.slots.is_some()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).map(|at| *at as usize),
            None => self.entries.iter().position(|entry| entry.key == key),
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.position(key).and_then(|at| self.entries.get(at))
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value unless it is null, as most readers want it.
    pub fn some(&self, key: &str) -> Option<&Value> {
        self.get(key).filter(|value| !matches!(value, Value::Null))
    }

    /// The value if it is not empty, false or zero.
    pub fn truthy(&self, key: &str) -> Option<&Value> {
        self.get(key).filter(|value| value.truthy())
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.settled = false;
        let at = self.position(key)?;
        self.entries.get_mut(at).map(|entry| &mut entry.value)
    }

    pub fn span(&self, key: &str) -> Option<Span> {
        self.entry(key).and_then(|entry| entry.span)
    }

    /// Where a key stands that the author did not write: with the first thing that asked for it.
    pub fn place_at(&mut self, key: &str, span: Option<Span>) {
        if let Some(entry) = self.position(key).and_then(|at| self.entries.get_mut(at)) {
            entry.span = entry.span.or(span);
        }
    }

    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.insert(key.into(), false, None, value.into());
    }

    pub fn set_some(&mut self, key: &str, value: Option<&Value>) {
        if let Some(value) = value {
            self.set(key, value.clone());
        }
    }

    /// Sets a value; a key that is there keeps its place and its mark.
    pub fn insert(&mut self, key: EcoString, marked: bool, span: Option<Span>, value: Value) {
        self.settled = false;
        if let Some(entry) = self.position(&key).and_then(|at| self.entries.get_mut(at)) {
            entry.value = value;
            entry.span = entry.span.or(span);
            return;
        }
        let at = self.entries.len() as u32;
        let hash = if self.slots.is_some() { old_hash(&key) } else { 0 };
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), at);
        }
        self.entries.push(Entry { key, marked, span, value, hash });
        if self.index.is_none() && self.entries.len() > SMALL {
            self.index_all();
        }
        if let Some(slots) = &mut self.slots {
            slots.add(at, &self.entries);
        }
    }

    fn index_all(&mut self) {
        let all = self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at as u32));
        self.index = Some(Box::new(all.collect()));
    }

    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.position(key)?;
        self.settled = false;
        if let Some(slots) = &mut self.slots {
            slots.remove(at as u32);
        }
        let entry = self.entries.remove(at);
        if self.index.is_some() {
            self.index_all();
        }
        Some(entry.value)
    }

    /// Makes room first, as one update with many keys does, which can give another order than one by one.
    pub fn update(&mut self, other: &Map) {
        if let Some(slots) = &mut self.slots {
            slots.make_room(other.len(), &self.entries);
        }
        for entry in other.iter() {
            self.insert(entry.key.clone(), entry.marked, entry.span, entry.value.clone());
        }
    }

    /// A copy one level deep, made as `update` of an empty map.
    pub fn shallow(&self) -> Map {
        let mut copy = Map::like(self.is_hashed());
        copy.update(self);
        copy.place = self.place;
        copy
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { map: self, at: 0 }
    }

    pub fn keys(&self) -> impl Iterator<Item = &EcoString> {
        self.iter().map(|entry| &entry.key)
    }

    /// Values to change, in no order that matters.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.settled = false;
        self.entries.iter_mut().map(|entry| &mut entry.value)
    }

    /// What a deep copy does to the order: each table is filled anew in the order in which it was iterated.
    /// True if anything moved.
    pub fn relayout(&mut self) -> bool {
        if self.settled || self.entries.len() > MOST_EXACT {
            return false;
        }
        let mut moved = false;
        if let Some(slots) = &mut self.slots {
            let anew = slots.copied(&self.entries);
            moved = anew != **slots;
            **slots = anew;
        }
        for entry in &mut self.entries {
            moved |= entry.value.relayout();
        }
        self.settled = !moved;
        moved
    }
}

pub struct Iter<'a> {
    map: &'a Map,
    at: usize,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entry;

    fn next(&mut self) -> Option<&'a Entry> {
        let Some(slots) = &self.map.slots else {
            self.at += 1;
            return self.map.entries.get(self.at - 1);
        };
        loop {
            let slot = slots.slots.get(self.at)?;
            self.at += 1;
            if let Slot::At(entry) = slot {
                return self.map.entries.get(*entry as usize);
            }
        }
    }
}

impl Slots {
    fn new() -> Slots {
        Slots { slots: vec![Slot::Empty; LEAST_SLOTS], size: 0, fill: 0 }
    }

    /// The slot of an entry, or the one it would take.
    fn slot_of(&self, entry: u32, entries: &[Entry]) -> usize {
        let mask = self.slots.len() as u64 - 1;
        let hash = entries.get(entry as usize).map_or(0, |entry| entry.hash);
        let mut at = hash & mask;
        let mut walker = at;
        let mut perturb = hash;
        let mut free = None;
        loop {
            match self.slots.get(at as usize) {
                None | Some(Slot::Empty) => return free.unwrap_or(at as usize),
                Some(Slot::At(found)) if *found == entry => return at as usize,
                Some(Slot::Removed) if free.is_none() => free = Some(at as usize),
                Some(_) => {}
            }
            walker = walker.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1);
            at = walker & mask;
            perturb >>= 5;
        }
    }

    fn add(&mut self, entry: u32, entries: &[Entry]) {
        let at = self.slot_of(entry, entries);
        let Some(slot) = self.slots.get_mut(at) else { return };
        match slot {
            Slot::At(_) => return,
            Slot::Empty => self.fill += 1,
            Slot::Removed => {}
        }
        *slot = Slot::At(entry);
        self.size += 1;
        if self.fill * 3 >= self.slots.len() * 2 {
            let factor = if self.size > 50_000 { 2 } else { 4 };
            self.resize(self.size * factor, entries);
        }
    }

    fn resize(&mut self, request: usize, entries: &[Entry]) {
        let mut size = LEAST_SLOTS;
        while size <= request {
            size <<= 1;
        }
        let old = std::mem::replace(&mut self.slots, vec![Slot::Empty; size]);
        self.size = 0;
        self.fill = 0;
        for slot in old {
            if let Slot::At(entry) = slot {
                self.add(entry, entries);
            }
        }
    }

    fn make_room(&mut self, more: usize, entries: &[Entry]) {
        if more > 0 && (self.fill + more) * 3 >= self.slots.len() * 2 {
            self.resize((self.size + more) * 2, entries);
        }
    }

    fn copied(&self, entries: &[Entry]) -> Slots {
        let mut copy = Slots::new();
        for slot in &self.slots {
            if let Slot::At(entry) = slot {
                copy.add(*entry, entries);
            }
        }
        copy
    }

    /// Frees the slot of an entry that goes; the entries after it move one down.
    fn remove(&mut self, entry: u32) {
        for slot in &mut self.slots {
            match slot {
                Slot::At(at) if *at == entry => *slot = Slot::Removed,
                Slot::At(at) if *at > entry => *at -= 1,
                _ => {}
            }
        }
        self.size = self.size.saturating_sub(1);
    }
}

/// The string hash of the old runtime, 64 bits, over code points.
fn old_hash(text: &str) -> u64 {
    let Some(first) = text.chars().next() else { return 0 };
    let mut hash = u64::from(u32::from(first)) << 7;
    let mut length = 0u64;
    for character in text.chars() {
        hash = hash.wrapping_mul(1_000_003) ^ u64::from(u32::from(character));
        length += 1;
    }
    hash ^ length
}
