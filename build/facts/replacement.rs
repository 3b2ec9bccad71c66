//! `data/replacement/*.json` to one text: a line per type, `type rule rule? ...`, sorted.
//!
//! A rule that is decided at plan time ends in `?`, one of an argument that the provider keeps where it is left out in `~`.
//! The library searches the text as it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::ordered::Ordered;

const CERTAIN: [&str; 4] = ["terraform_aws.json", "terraform_docker.json", "terraform_kubernetes.json", "terraform_utilities.json"];
const CONDITIONAL: [&str; 1] = ["terraform_aws_conditional.json"];
const KEPT: &str = "terraform_aws_kept.json";

pub fn table(folder: &Path) -> String {
    let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in CERTAIN {
        for (kind, rules) in rules(folder, name) {
            assert!(types.insert(kind.clone(), rules).is_none(), "{name}: {kind} is listed in two files");
        }
    }
    for name in CONDITIONAL {
        for (kind, rules) in rules(folder, name) {
            let known = types.get_mut(&kind).unwrap_or_else(|| panic!("{name}: unknown type {kind}"));
            for rule in rules {
                assert!(!known.contains(&rule), "{name}: {kind} {rule} forces replacement in any case already");
                known.push(rule + "?");
            }
        }
    }
    for (kind, arguments) in rules(folder, KEPT) {
        let known = types.get_mut(&kind).unwrap_or_else(|| panic!("{KEPT}: unknown type {kind}"));
        for argument in arguments {
            let rule = known.iter_mut().find(|rule| **rule == argument);
            rule.unwrap_or_else(|| panic!("{KEPT}: {kind} {argument} does not force replacement")).push('~');
        }
    }
    let mut text = String::new();
    for (kind, rules) in types {
        text.push_str(&kind);
        for rule in rules {
            text.push(' ');
            text.push_str(&rule);
        }
        text.push('\n');
    }
    text
}

fn rules(folder: &Path, name: &str) -> Vec<(String, Vec<String>)> {
    let entries: Ordered<Vec<String>> =
        serde_json::from_str(&super::read(&folder.join(name))).unwrap_or_else(|error| panic!("{name}: {error}"));
    let entries = entries.sorted(name);
    for (kind, rules) in &entries {
        assert!(plain(kind), "{name}: {kind:?} is not a type name");
        for rule in rules {
            let path = rule.strip_suffix('#').unwrap_or(rule);
            assert!(path.split('/').all(plain), "{name}: {kind} {rule:?} is not a path");
        }
        assert!(rules.windows(2).all(|pair| pair[0] < pair[1]), "{name}: the rules of {kind} are not sorted, or one stands twice");
    }
    entries
}

fn plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
