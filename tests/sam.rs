//! The serverless transform against the reference: `tests/vectors/sam.jsonl` holds templates of our own and what the
//! reference made of them (`tests/oracles/sam/`). Ids with their hashes, types, conditions and edges must be the same,
//! and what the reference refuses must be refused, naming the same resource.

// A test may panic; that is how it fails.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use plumbline::lang::cloudformation::sam::map::Map;
use plumbline::lang::cloudformation::sam::value::Value;
use plumbline::lang::cloudformation::sam::{json, transform};

type Summary = BTreeMap<String, Vec<String>>;

#[test]
fn every_template_becomes_what_the_reference_makes_of_it() {
    let (total, wrong) = compare(include_str!("vectors/sam.jsonl"));
    assert!(wrong.is_empty(), "{} of {total} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(total >= 600, "only {total} templates");
}

/// With `SAM_VECTORS=FILE`, the same over another file, as `expect.py` writes it for another seed.
#[test]
fn so_do_templates_that_are_given() {
    let Some(path) = std::env::var_os("SAM_VECTORS") else { return };
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let (total, wrong) = compare(&text);
    assert!(wrong.is_empty(), "{} of {total} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whatever a template says, it is transformed or refused: two places of each template get other values.
#[test]
fn no_value_in_any_place_is_too_much() {
    let mut lines = include_str!("vectors/sam.jsonl").lines().map(|line| json::parse(line).expect("each line is JSON"));
    let base = lines.next().expect("a first line");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for one in lines {
        let mut template = Value::from(whole(&one, &base));
        for _ in 0..2 {
            let at = dice.below(count(&template));
            let other = dice.value();
            put(&mut template, at, &other);
        }
        if let Value::Map(template) = template {
            let done = transform(*template, &Map::new(), "us-east-1");
            let named = done.rejects.iter().all(|reject| !reject.message.is_empty());
            assert!(named, "{:?}", done.rejects);
        }
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        for shift in [13, -7, 17i32] {
            self.0 ^= if shift > 0 { self.0 << shift } else { self.0 >> -shift };
        }
        (self.0 % bound.max(1) as u64) as usize
    }

    fn value(&mut self) -> Value {
        let all = [
            "null",
            "\"\"",
            "\"é-${x.y}\"",
            "{}",
            "[]",
            "0",
            "-1.5",
            "true",
            "[[{}]]",
            "{\"Ref\":\"Fn\"}",
            "{\"Ref\":[]}",
            "{\"Fn::GetAtt\":\"a\"}",
            "{\"Fn::If\":[\"Prod\"]}",
            "{\"Fn::Sub\":[]}",
            "{\"Fn::Join\":5}",
            "\"s3://\"",
            "{\"Fn::FindInMap\":[]}",
            "{\"\":\"\"}",
        ];
        json::parse(all[self.below(all.len())]).expect("JSON")
    }
}

fn count(value: &Value) -> usize {
    let inside = value.list().into_iter().flatten().chain(value.map().into_iter().flat_map(Map::iter).map(|entry| &entry.value));
    1 + inside.map(count).sum::<usize>()
}

/// Puts a value in the place of the one that is reached after `at` others.
fn put(value: &mut Value, mut at: usize, other: &Value) {
    if at == 0 {
        *value = other.clone();
        return;
    }
    at -= 1;
    let mut inside: Vec<&mut Value> = match value {
        Value::List(items) => items.iter_mut().collect(),
        Value::Map(map) => map.values_mut().collect(),
        _ => Vec::new(),
    };
    for inner in &mut inside {
        let all = count(inner);
        if at < all {
            return put(inner, at, other);
        }
        at -= all;
    }
}

fn compare(text: &str) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut total = 0;
    let mut lines = text.lines().map(|line| json::parse(line).expect("each line is JSON"));
    let base = lines.next().expect("a first line");
    for one in lines {
        total += 1;
        let name = one.get("name").and_then(Value::text).expect("a name");
        if let Some(difference) = difference(&one, &base) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    (total, wrong)
}

fn difference(one: &Value, base: &Value) -> Option<String> {
    let template = whole(one, base);
    let parameters = one.get("parameters").and_then(Value::map).expect("parameters");
    let region = one.get("region").and_then(Value::text).expect("a region");
    let done = transform(template, parameters, region);
    if let Some(refused) = one.get("refused").and_then(Value::list) {
        let ids: BTreeSet<String> = refused.iter().map(|id| id.shown().to_string()).collect();
        let own: BTreeSet<String> = done.rejects.iter().map(|reject| reject.id.to_string()).filter(|id| !id.is_empty()).collect();
        let fits = !done.rejects.is_empty() && (ids.contains("") || ids.contains("Globals") || ids == own);
        return (!fits).then(|| format!("refused {ids:?}, here {:?}; {}", done.rejects, one.get("why").unwrap().shown()));
    }
    if let Some(reject) = done.rejects.first() {
        return Some(format!("refused: {reject:?}"));
    }
    let made = summary(&done.template);
    let wanted: Summary = one
        .get("made")
        .and_then(Value::map)
        .expect("what it becomes")
        .iter()
        .map(|entry| (entry.key.to_string(), entry.value.list().unwrap().iter().map(|part| part.shown().to_string()).collect()))
        .collect();
    let mut said = Vec::new();
    for id in wanted.keys().chain(made.keys()).collect::<BTreeSet<_>>() {
        match (wanted.get(id), made.get(id)) {
            (Some(wanted), None) => said.push(format!("missing {id} {wanted:?}")),
            (None, Some(made)) => said.push(format!("extra {id} {made:?}")),
            (Some(wanted), Some(made)) if wanted != made => said.push(format!("{id}: wanted {wanted:?}, made {made:?}")),
            _ => {}
        }
    }
    (!said.is_empty()).then(|| said.join("\n    "))
}

/// The template of a line, with the sections that it shares.
fn whole(one: &Value, base: &Value) -> Map {
    let mut template = base.get("base").and_then(Value::map).expect("a base").clone();
    template.update(one.get("template").and_then(Value::map).expect("a template"));
    template
}

fn summary(template: &Map) -> Summary {
    let resources = template.get("Resources").and_then(Value::map).expect("resources");
    let describe = |body: &Value| {
        let mut found = BTreeSet::new();
        for key in ["Properties", "UpdatePolicy", "CreationPolicy"] {
            if let Some(value) = body.get(key) {
                edges(value, &mut found);
            }
        }
        match body.get("DependsOn") {
            Some(Value::List(all)) => found.extend(all.iter().map(|one| (one.shown().to_string(), "DependsOn"))),
            Some(one) => _ = found.insert((one.shown().to_string(), "DependsOn")),
            None => {}
        }
        let text = |key: &str| body.get(key).map(|value| value.shown().to_string()).unwrap_or_default();
        let mut edges: Vec<String> = found.iter().filter(|(to, _)| resources.has(to)).map(|(to, kind)| format!("{kind} {to}")).collect();
        edges.sort();
        [vec![text("Type"), text("Condition")], edges].concat()
    };
    resources.iter().map(|entry| (entry.key.to_string(), describe(&entry.value))).collect()
}

fn edges(value: &Value, found: &mut BTreeSet<(String, &'static str)>) {
    if let Value::List(items) = value {
        items.iter().for_each(|item| edges(item, found));
    }
    for entry in value.map().into_iter().flat_map(Map::iter) {
        match entry.key.as_str() {
            "Ref" if entry.value.text().is_some() => _ = found.insert((entry.value.shown().to_string(), "Ref")),
            "Fn::GetAtt" => {
                let first = match &entry.value {
                    Value::List(items) => items.first().and_then(Value::text).map(|id| id.to_string()),
                    other => other.text().and_then(|text| text.split('.').next()).map(str::to_owned),
                };
                found.extend(first.map(|id| (id, "GetAtt")));
            }
            "Fn::Sub" => {
                let (text, given) = match &entry.value {
                    Value::List(items) => (items.first(), items.get(1).and_then(Value::map)),
                    other => (Some(other), None),
                };
                for name in text.and_then(Value::text).into_iter().flat_map(|text| text.split("${").skip(1)) {
                    let name = name.split('}').next().unwrap_or_default();
                    if !name.starts_with('!') && !given.is_some_and(|given| given.has(name)) {
                        found.insert((name.split('.').next().unwrap_or_default().to_owned(), "Sub"));
                    }
                }
                for entry in given.into_iter().flat_map(Map::iter) {
                    edges(&entry.value, found);
                }
            }
            _ => edges(&entry.value, found),
        }
    }
}
