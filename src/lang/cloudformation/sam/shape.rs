//! Which properties each serverless resource and event has, and of which type.
//!
//! One word per property: its name, then what it may be. `s` text, `m` map, `l` list, `b` boolean, `i` integer,
//! `M` map of maps,
//! `T` map of texts, `N` map of integers or maps, `L` list of texts or maps, `S` list of texts, `*` anything. `!` required, `^` no function call instead.

use ecow::eco_format;

use super::map::Map;
use super::reject::{Made, Reject};
use super::value::Value;

/// Checks all properties against the words of a type.
pub fn check(id: &str, kind: &str, properties: &Map, words: &str) -> Made<()> {
    for entry in properties.iter() {
        if !words.split_whitespace().any(|word| name_of(word) == entry.key) {
            return Err(Reject::resource(id, eco_format!("property {} not defined for resource of type {kind}", entry.key)));
        }
    }
    for word in words.split_whitespace() {
        let (name, rule) = word.split_once(':').unwrap_or((word, "*"));
        match properties.some(name) {
            None if rule.contains('!') => return Err(Reject::resource(id, eco_format!("Missing required property '{name}'."))),
            None => {}
            Some(value) if fits(value, rule) => {}
            Some(_) => return Err(Reject::resource(id, eco_format!("Property '{name}' has a value of the wrong type."))),
        }
    }
    Ok(())
}

fn name_of(word: &str) -> &str {
    word.split_once(':').map_or(word, |(name, _)| name)
}

fn fits(value: &Value, rule: &str) -> bool {
    let call = !rule.contains('^') && value.map().is_some_and(|map| map.len() == 1);
    let text_or_map = |value: &Value| matches!(value, Value::Text(..) | Value::Map(_));
    call || rule.chars().any(|letter| match letter {
        '*' => true,
        's' => value.text().is_some(),
        'm' => value.map().is_some(),
        'l' => value.list().is_some(),
        'b' => matches!(value, Value::Bool(_)),
        'i' => matches!(value, Value::Bool(_)) || value.int().is_some(),
        'M' => value.map().is_some_and(|map| map.iter().all(|entry| entry.value.map().is_some())),
        'T' => value.map().is_some_and(|map| map.iter().all(|entry| entry.value.text().is_some())),
        'N' => value.map().is_some_and(|map| map.iter().all(|entry| entry.value.int().is_some() || entry.value.map().is_some())),
        'L' => value.list().is_some_and(|items| items.iter().all(text_or_map)),
        'S' => value.list().is_some_and(|items| items.iter().all(|item| item.text().is_some())),
        _ => false,
    })
}
