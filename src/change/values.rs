//! What differs between two objects of arguments: dotted paths of the smallest parts that differ.
//!
//! Lists compare by position, sets of the provider without order. Only values are compared here; what a
//! difference means for the resource is not asked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;
use sha1::{Digest as _, Sha1};

use crate::catalog::secret;
use crate::model::{Number, Object, Resource, Unknown, UnknownKind, Value};
use crate::order::Order as _;

use super::documents;

/// One argument, or part of one, that differs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    /// `ingress.1.cidr_blocks.0`
    pub path: EcoString,
    /// `Value::Null` where absent. Sensitive where any side is.
    pub before: Value,
    pub after: Value,
    /// A whole nested block was added or removed.
    pub block: bool,
    pub doubt: Option<Doubt>,
}

/// Why it is not certain that two values differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Doubt {
    /// One of them is not known.
    Unknown(Unknown),
    /// One is absent, the other is what many providers take for absent: `false`, `0`, an empty text.
    Default,
    /// One is absent, and the provider fills in a value of its own then.
    Filled,
    /// It differs only if another resource is replaced, which is not certain.
    Follows,
}

/// Everything that differs, in the order of the arguments after, then of those that are gone.
pub(super) fn differences(of: &Resource, before: &Object, after: &Object, names: &Names) -> Vec<Difference> {
    let mut walk = Walk { of, names, path: String::new(), sensitive: false, document: None, found: Vec::new() };
    walk.objects(before, after);
    walk.found
}

struct Walk<'a> {
    of: &'a Resource,
    names: &'a Names,
    path: String,
    /// The values walked are part of a sensitive one.
    sensitive: bool,
    /// They are part of a text, where no provider takes one thing for another; whether of a policy, where no order counts.
    document: Option<bool>,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn objects(&mut self, before: &Object, after: &Object) {
        for (key, after) in after {
            let before = before.get(key);
            if before != Some(after) {
                self.step(key, |walk| walk.values(before, Some(after)));
            }
        }
        for (key, before) in before {
            if !after.contains_key(key) {
                self.step(key, |walk| walk.values(Some(before), None));
            }
        }
    }

    fn values(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let outer = self.sensitive;
        self.sensitive |= [before, after].into_iter().flatten().any(Value::is_sensitive);
        match (present(before), present(after)) {
            (None, None) => {}
            (Some(before), Some(after)) if self.document == Some(true) && documents::mean_the_same(before, after) => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) if !self.sensitive => self.objects(before, after),
            (Some(Value::List(before)), Some(Value::List(after))) => self.lists(before, after),
            (Some(Value::List(before)), None) if blocks(before) => self.lists(before, &[]),
            (None, Some(Value::List(after))) if blocks(after) => self.lists(&[], after),
            (before, after) => {
                // Only a state holds a hash, and not every build reads states.
                let hashed = cfg!(feature = "plans") && self.path.ends_with("user_data") && is_hash_of(before, after);
                let same = if self.document.is_some() { before == after } else { equal(before, after) };
                if !hashed && !same {
                    self.leaf(before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null), false);
                }
            }
        }
        self.sensitive = outer;
    }

    fn lists(&mut self, before: &[Value], after: &[Value]) {
        if before == after {
            return;
        }
        let of_blocks = blocks(before) && blocks(after) && !self.sensitive;
        if self.document.unwrap_or_else(|| is_set(&self.of.r#type, &self.of.canonical_path(&self.path))) {
            let (old, new) = without_common(before, after);
            match (old.is_empty() && new.is_empty(), of_blocks) {
                (true, _) => {}
                (false, true) => self.pairs(&old, &new),
                (false, false) => self.leaf(&Value::list(before.to_vec()), &Value::list(after.to_vec()), false),
            }
        } else if of_blocks {
            let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
            let rest = |list: &[Value]| list.len() - start;
            let end = before.iter().rev().zip(after.iter().rev()).take(rest(before).min(rest(after))).take_while(|(a, b)| a == b).count();
            let middle = |list: &[Value]| {
                let numbered = list.iter().enumerate().skip(start).take(list.len() - start - end);
                numbered.map(|(at, value)| (at, value.clone())).collect::<Vec<_>>()
            };
            self.pairs(&middle(before), &middle(after));
        } else if before.len() == after.len() && !self.sensitive {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                self.step(&eco_format!("{at}"), |walk| walk.values(Some(before), Some(after)));
            }
        } else if !equal(Some(&Value::list(before.to_vec())), Some(&Value::list(after.to_vec()))) {
            self.leaf(&Value::list(before.to_vec()), &Value::list(after.to_vec()), false);
        }
    }

    /// Compares blocks in pairs; those without a partner were added or removed. Paths number the list after,
    /// for removed blocks the list before.
    fn pairs(&mut self, before: &[(usize, Value)], after: &[(usize, Value)]) {
        for ((_, before), (at, after)) in before.iter().zip(after) {
            self.step(&eco_format!("{at}"), |walk| walk.values(Some(before), Some(after)));
        }
        let paired = before.len().min(after.len());
        for (at, value) in after.iter().skip(paired) {
            self.step(&eco_format!("{at}"), |walk| walk.leaf(&Value::Null, value, true));
        }
        for (at, value) in before.iter().skip(paired) {
            self.step(&eco_format!("{at}"), |walk| walk.leaf(value, &Value::Null, true));
        }
    }

    fn leaf(&mut self, before: &Value, after: &Value, block: bool) {
        let mut sure = false;
        if let (Value::Unknown(old), Value::Unknown(new)) = (before.unmarked(), after.unmarked()) {
            // Texts with a part that is not known, and what is known of them differs.
            sure = old.differs(new);
            if self.names.same(old, new) {
                return;
            }
        }
        if !self.sensitive && self.documents(before, after) {
            return;
        }
        let open = |value| first_unknown(value).filter(|_| self.document.is_none() || matches!(value.unmarked(), Value::Unknown(_)));
        let unknown = open(after).or_else(|| open(before)).filter(|_| !sure);
        let doubt = unknown.map(|unknown| Doubt::Unknown(unknown.clone())).or_else(|| {
            let lone = match (present(Some(before)), present(Some(after))) {
                (None, Some(value)) | (Some(value), None) => Some(value),
                _ => None,
            };
            lone.filter(|value| self.document.is_none() && zero_like(value)).map(|_| Doubt::Default)
        });
        let shown = |value: &Value| match value {
            Value::Text(_) if secret::is(&self.path) => value.clone().sensitive(),
            _ if self.sensitive => value.clone().sensitive(),
            _ => value.clone(),
        };
        let (before, after) = (shown(before), shown(after));
        self.found.push(Difference { path: EcoString::from(self.path.as_str()), before, after, block, doubt });
    }

    /// Compares what stands in two texts in JSON part by part; whether a part was found that differs.
    fn documents(&mut self, before: &Value, after: &Value) -> bool {
        let (Some(before), Some(after)) = (documents::of(before), documents::of(after)) else { return false };
        let policy = documents::is_policy(&before) && documents::is_policy(&after);
        let (found, outer) = (self.found.len(), self.document.replace(policy));
        self.values(Some(&before), Some(&after));
        self.document = outer;
        self.found.len() > found
    }

    fn step(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        inner(self);
        self.path.truncate(length);
    }
}

/// Resources that have another address now, before -> after: what reads them reads the same.
#[derive(Debug, Default)]
pub(super) struct Names(pub FxHashMap<EcoString, EcoString>);

impl Names {
    /// Whether two values are unknown for the same reason, once moves are taken into account.
    fn same(&self, before: &Unknown, after: &Unknown) -> bool {
        if before.kind != after.kind || before.beside != after.beside {
            return false;
        }
        let subject = before.subject.as_str();
        let cuts = subject.rmatch_indices(['.', '[']).map(|(at, _)| at);
        let renamed = cuts.into_iter().find_map(|cut| Some((self.0.get(subject.get(..cut)?)?, subject.get(cut..)?)));
        match renamed {
            Some((name, rest)) if after.subject.strip_prefix(name.as_str()) == Some(rest) => true,
            // One of instances whose number is not known may be read as itself.
            Some((name, _)) => name.contains("[*]") && before == after,
            None => before == after,
        }
    }
}

/// The value, unless it says no more than leaving the argument out: null and empty collections.
fn present(value: Option<&Value>) -> Option<&Value> {
    match value?.unmarked() {
        Value::Null => None,
        Value::List(items) if items.is_empty() => None,
        Value::Object(object) if object.is_empty() => None,
        value => Some(value),
    }
}

/// Whether two values are the same to the provider: scalars as the language converts them, documents in JSON
/// by their content.
fn equal(before: Option<&Value>, after: Option<&Value>) -> bool {
    let (before, after) = (before.map(Value::unmarked), after.map(Value::unmarked));
    if before == after {
        return true;
    }
    match (before, after) {
        (Some(Value::Text(a)), Some(Value::Text(b))) => documents::same(a, b),
        (Some(Value::Text(text)), Some(Value::Number(number))) | (Some(Value::Number(number)), Some(Value::Text(text))) => {
            Number::parse(text) == Some(*number)
        }
        (Some(Value::Text(text)), Some(Value::Bool(value))) | (Some(Value::Bool(value)), Some(Value::Text(text))) => {
            text == if *value { "true" } else { "false" }
        }
        (Some(Value::List(a)), Some(Value::List(b))) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(Some(a), Some(b))),
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.contains_key(key) && equal(Some(value), b.get(key)))
        }
        _ => false,
    }
}

/// Whether the version before is a state that holds only the hash of what the version after says, as the AWS provider kept
/// the data of servers.
fn is_hash_of(before: Option<&Value>, after: Option<&Value>) -> bool {
    let (Some(Value::Text(hash)), Some(Value::Text(text))) = (before.map(Value::unmarked), after.map(Value::unmarked)) else {
        return false;
    };
    if hash.len() != 40 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let plain = STANDARD.decode(text.as_str()).unwrap_or_else(|_| text.as_bytes().to_vec());
    let hex = Sha1::digest(&plain).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    hash.eq_ignore_ascii_case(&hex)
}

fn zero_like(value: &Value) -> bool {
    match value {
        Value::Bool(value) => !value,
        Value::Number(number) => *number == Number::ZERO,
        Value::Text(text) => text.is_empty() || text == "false" || text == "0",
        _ => false,
    }
}

fn blocks(items: &[Value]) -> bool {
    items.iter().all(|item| matches!(item, Value::Object(_)))
}

/// Elements with their positions in the list.
type Numbered = Vec<(usize, Value)>;

/// The elements that the other list does not have.
fn without_common(before: &[Value], after: &[Value]) -> (Numbered, Numbered) {
    let sorted = |list: &[Value]| {
        let mut keyed: Vec<(String, usize)> = list.iter().enumerate().map(|(at, value)| (key_of(value), at)).collect();
        keyed.order();
        keyed
    };
    let (left, right) = (sorted(before), sorted(after));
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(a), Some(b)) if a.0 == b.0 => {
                left.next();
                right.next();
            }
            (Some(a), Some(b)) if a.0 < b.0 => old.extend(left.next().map(|(_, at)| at)),
            (Some(_), None) => old.extend(left.next().map(|(_, at)| at)),
            _ => new.extend(right.next().map(|(_, at)| at)),
        }
    }
    old.order();
    new.order();
    let take =
        |list: &[Value], places: Vec<usize>| places.into_iter().filter_map(|at| list.get(at).map(|value| (at, value.clone()))).collect();
    (take(before, old), take(after, new))
}

/// A text that is equal for equal set elements: keys sorted, sensitive parts included, what says no more than leaving it out
/// left out, and numbers as the provider reads them.
fn key_of(value: &Value) -> String {
    match value.unmarked() {
        Value::Object(object) => {
            let mut entries: Vec<(&EcoString, &Value)> =
                object.iter().filter(|(_, value)| present(Some(value)).is_some_and(|value| !zero_like(value))).collect();
            entries.order_by(|a, b| a.0.cmp(b.0));
            entries.into_iter().fold(String::from("{"), |text, (key, value)| text + key + "=" + &key_of(value) + ";") + "}"
        }
        Value::List(items) => items.iter().fold(String::from("["), |text, item| text + &key_of(item) + ",") + "]",
        Value::Text(text) => match Number::parse(text) {
            Some(number) => format!("{number}"),
            None if text == "true" || text == "false" => text.to_string(),
            None => format!("{text:?}"),
        },
        other => format!("{other}"),
    }
}

pub(super) fn first_unknown(value: &Value) -> Option<&Unknown> {
    match value {
        Value::Unknown(unknown) => Some(unknown),
        Value::Sensitive(inner) => first_unknown(inner),
        Value::List(items) => items.iter().find_map(first_unknown),
        Value::Object(object) => object.values().find_map(first_unknown),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}

/// Whether a value, or a part of it, is one that the provider computes.
pub(super) fn is_computed(value: &Value) -> bool {
    first_unknown(value).is_some_and(|unknown| unknown.kind == UnknownKind::AfterApply)
}

/// Arguments that the AWS provider keeps as sets: their order is not compared. Only names that are a set
/// wherever the provider has them are listed; the order of any other list counts.
const SETS: [&str; 33] = [
    "alarm_actions",
    "aliases",
    "allowed_methods",
    "attribute",
    "availability_zones",
    "cached_methods",
    "custom_error_response",
    "ebs_block_device",
    "egress",
    "enabled_cloudwatch_logs_exports",
    "enabled_cluster_log_types",
    "ephemeral_block_device",
    "global_secondary_index",
    "iam_roles",
    "ingress",
    "insufficient_data_actions",
    "load_balancers",
    "local_secondary_index",
    "managed_policy_arns",
    "ok_actions",
    "origin",
    "parameter",
    "policy_arns",
    "records",
    "route",
    "security_group_ids",
    "security_groups",
    "subject_alternative_names",
    "subnet_ids",
    "subnets",
    "target_group_arns",
    "vpc_security_group_ids",
    "vpc_zone_identifier",
];

fn is_set(kind: &str, path: &str) -> bool {
    kind.starts_with("aws_") && SETS.binary_search(&path.rsplit('.').next().unwrap_or(path)).is_ok()
}
