//! `data/cloudformation.json` and `data/replacement/cloudformation.json` to one text: a line per type,
//! `type canonical? name=canonical ... | rule rule? ...`, sorted. A canonical type that is the type's own name in the
//! canonical spelling is left out; `=` for a type that has no other name.

use std::path::Path;

use super::ordered::Ordered;

pub fn table(names: &Path, rules: &Path) -> String {
    let names = entries(names);
    let rules = entries(rules);
    assert_eq!(names.len(), rules.len(), "the types of data/cloudformation.json and of its rules are not the same");
    let mut text = String::new();
    for ((kind, words), (other, rules)) in names.iter().zip(&rules) {
        assert_eq!(kind, other, "one of the two files lacks a type");
        assert!(kind.starts_with("AWS::") && kind.split("::").count() == 3, "{kind:?} is not a type");
        let canonical = words.first().unwrap_or_else(|| panic!("{kind} has no canonical type"));
        assert!(canonical.starts_with("aws_") || canonical == "=", "{kind}: {canonical:?} is not a canonical type");
        assert!(words.iter().skip(1).all(|word| word.split_once('=').is_some()), "{kind}: a name is written own=canonical");
        text.push_str(kind);
        for word in words.iter().skip(usize::from(spelled(kind) == *canonical)) {
            text.push(' ');
            text.push_str(word);
        }
        text.push_str(" |");
        for rule in rules {
            text.push(' ');
            text.push_str(rule);
        }
        text.push('\n');
    }
    text
}

fn entries(path: &Path) -> Vec<(String, Vec<String>)> {
    let name = path.display().to_string();
    let entries: Ordered<Vec<String>> = serde_json::from_str(&super::read(path)).unwrap_or_else(|error| panic!("{name}: {error}"));
    entries.sorted(&name)
}

/// `AWS::Lambda::EventSourceMapping` is `aws_lambda_event_source_mapping`: the library does the same.
fn spelled(kind: &str) -> String {
    let mut out = String::from("aws");
    for part in kind.split("::").skip(1) {
        out.push('_');
        let letters: Vec<char> = part.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| letters[at]);
            let after = letters.get(at + 1);
            let begins = letter.is_ascii_uppercase()
                && before.is_some_and(|before| !before.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase));
            if begins {
                out.push('_');
            }
            out.push(letter.to_ascii_lowercase());
        }
    }
    out
}
