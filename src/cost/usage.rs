//! Usage given by the user, in Infracost's usage-file format: what a month's traffic and storage are.
//!
//! Figures for one address (`aws_sqs_queue.jobs`), for all instances of a block (`aws_sqs_queue.jobs[*]`) and for
//! all resources of a type, in that order of precedence, field by field.

mod yaml;

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{Address, Number, Snapshot};

/// Name under which problems of the usage file are reported.
const FILE: &str = "usage file";

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage {
    by_address: BTreeMap<EcoString, Fields>,
    by_type: BTreeMap<EcoString, Fields>,
}

/// Fields by name, those of a nested block dotted: `standard.storage_gb`.
type Fields = BTreeMap<EcoString, Figure>;

#[derive(Debug, Clone, PartialEq)]
enum Figure {
    Number(Decimal),
    Text(EcoString),
}

/// The use of one resource.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Used<'a> {
    /// Most precise first.
    fields: [Option<&'a Fields>; 3],
}

impl Usage {
    /// Reads a usage file. Lines that cannot be read are left out with a diagnostic.
    pub fn read(text: &str, out: &mut Diagnostics) -> Usage {
        let mut usage = Usage::default();
        let mut unknown = None;
        for entry in yaml::read(text, out) {
            let mut path = entry.path.iter();
            let (section, name) = (path.next(), path.next());
            let field = path.fold(EcoString::new(), |path, step| if path.is_empty() { step.clone() } else { eco_format!("{path}.{step}") });
            let map = match section.map(EcoString::as_str) {
                Some("resource_usage") => &mut usage.by_address,
                Some("resource_type_default_usage") => &mut usage.by_type,
                Some("version") => continue,
                _ => {
                    if unknown.as_ref() != section {
                        out.push(problem(
                            entry.line,
                            "usage-section",
                            &eco_format!("{} is not a section of a usage file", text_of(section)),
                        ));
                        unknown = section.cloned();
                    }
                    continue;
                }
            };
            let Some(name) = name else { continue };
            let fields = map.entry(name.clone()).or_default();
            if field.is_empty() || entry.value.is_empty() {
                continue;
            }
            let figure = match Number::parse(&entry.value.replace("_", "")) {
                Some(number) if !entry.quoted => Figure::Number(number.decimal()),
                _ => Figure::Text(entry.value),
            };
            if matches!(&figure, Figure::Number(number) if number.is_sign_negative()) {
                out.push(problem(entry.line, "usage-value", &eco_format!("{field} is negative")));
                continue;
            }
            if fields.insert(field.clone(), figure).is_some() {
                out.push(problem(entry.line, "usage-twice", &eco_format!("{field} of {name} is given twice; the last counts")));
            }
        }
        usage
    }

    pub fn is_empty(&self) -> bool {
        self.by_address.is_empty() && self.by_type.is_empty()
    }

    /// Reports addresses and types that no resource of any of the snapshots has.
    pub fn check(&self, snapshots: &[&Snapshot], out: &mut Diagnostics) {
        if self.is_empty() {
            return;
        }
        let mut known = std::collections::BTreeSet::new();
        for resource in snapshots.iter().flat_map(|snapshot| &snapshot.resources) {
            known.extend([resource.address.text().clone(), every_instance(&resource.address), resource.r#type.clone()]);
            known.insert(resource.address.without_key().into());
        }
        for name in self.by_address.keys().chain(self.by_type.keys()).filter(|name| !known.contains(*name)) {
            let message = eco_format!("{name} is in the usage file, but not in the configuration");
            out.push(Diagnostic::about_path(Level::Note, "usage-unmatched", FILE, message));
        }
    }

    pub(super) fn of(&self, address: &Address, canonical: &str) -> Used<'_> {
        if self.is_empty() {
            return Used::default();
        }
        let exact = self.by_address.get(address.as_str());
        let every = if address.key().is_empty() { None } else { self.by_address.get(&every_instance(address)) };
        Used { fields: [exact, every, self.by_type.get(canonical)] }
    }
}

impl<'a> Used<'a> {
    pub fn number(&self, field: &str) -> Option<Decimal> {
        match self.figure(field)? {
            Figure::Number(number) => Some(*number),
            Figure::Text(_) => None,
        }
    }

    pub fn text(&self, field: &str) -> Option<&'a str> {
        match self.figure(field)? {
            Figure::Text(text) => Some(text),
            Figure::Number(_) => None,
        }
    }

    fn figure(&self, field: &str) -> Option<&'a Figure> {
        self.fields.iter().flatten().find_map(|fields| fields.get(field))
    }
}

fn every_instance(address: &Address) -> EcoString {
    eco_format!("{}[*]", address.without_key())
}

fn problem(line: u32, code: &'static str, message: &str) -> Diagnostic {
    Diagnostic::about_path(Level::Warning, code, FILE, eco_format!("line {line}: {message}"))
}

fn text_of(section: Option<&EcoString>) -> &str {
    section.map_or("", EcoString::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Key;

    fn read(text: &str) -> (Usage, Vec<EcoString>) {
        let mut out = Vec::new();
        let usage = Usage::read(text, &mut out);
        (usage, out.into_iter().map(|diagnostic| diagnostic.message).collect())
    }

    #[test]
    fn the_most_precise_figure_counts_field_by_field() {
        let (usage, problems) = read(
            "version: 0.1\nresource_type_default_usage:\n  aws_sqs_queue:\n    monthly_requests: 1000\n    request_size_kb: 64\n\
             resource_usage:\n  aws_sqs_queue.jobs[*]:\n    monthly_requests: 2_000_000 # a month\n  aws_sqs_queue.jobs[1]:\n    request_size_kb: 128\n\
             \x20 aws_s3_bucket.logs:\n    standard:\n      storage_gb: 10.5\n    operating_system: linux\n",
        );
        assert_eq!(problems, Vec::<EcoString>::new());
        let jobs = Address::terraform("", false, "aws_sqs_queue", "jobs", &Key::Index(1));
        let used = usage.of(&jobs, "aws_sqs_queue");
        assert_eq!(used.number("monthly_requests"), Some(Decimal::from(2_000_000)));
        assert_eq!(used.number("request_size_kb"), Some(Decimal::from(128)));
        let other = Address::terraform("module.a", false, "aws_sqs_queue", "mail", &Key::None);
        assert_eq!(usage.of(&other, "aws_sqs_queue").number("request_size_kb"), Some(Decimal::from(64)));
        let logs = usage.of(&Address::terraform("", false, "aws_s3_bucket", "logs", &Key::None), "aws_s3_bucket");
        assert_eq!(logs.number("standard.storage_gb"), Some(Decimal::new(105, 1)));
        assert_eq!((logs.text("operating_system"), logs.number("operating_system")), (Some("linux"), None));
        assert_eq!(logs.number("storage_gb"), None);
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_line() {
        let (usage, problems) = read(
            "resource_usage:\n  aws_sqs_queue.jobs:\n    monthly_requests: -5\n    storage_gb: 1\n    storage_gb: 2\n    tags:\n      - a\nresources:\n  x: 1\n",
        );
        assert_eq!(
            problems,
            [
                "line 7: a list cannot be read here",
                "line 3: monthly_requests is negative",
                "line 5: storage_gb of aws_sqs_queue.jobs is given twice; the last counts",
                "line 8: resources is not a section of a usage file",
            ]
        );
        let jobs = usage.of(&Address::plain("aws_sqs_queue.jobs"), "aws_sqs_queue");
        assert_eq!((jobs.number("monthly_requests"), jobs.number("storage_gb")), (None, Some(Decimal::from(2))));
        let mut out = Vec::new();
        usage.check(&[&Snapshot::default()], &mut out);
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].message, "aws_sqs_queue.jobs is in the usage file, but not in the configuration");
    }
}
