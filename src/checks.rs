//! Checks: a file each and a word in the registry below; one check serves every language.
//!
//! A check reads settings in three ways, absent, known and unknown, and finds nothing where a value is not known.

use std::cell::OnceCell;
use std::cmp::Ordering;

use ecow::{EcoString, eco_format};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::catalog::Catalog;
use crate::change::Change;
use crate::graph::Graph;
use crate::model::{Address, Confidence, Mode, Resource, ResourceId, Setting, Severity, Snapshot, Unmet};
use crate::order::Order as _;
use crate::source::Span;

/// Declares each check's module and lists its `CHECK`, in this order.
macro_rules! checks {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Every check there is.
        pub static CHECKS: &[&Check] = &[$(&$name::CHECK),*];
    };
}

checks! {
    apply_of_what_is_protected,
    bucket_open_to_anyone,
    change_refused_by_stack_policy,
    cluster_endpoint_open_to_the_internet,
    condition_not_met,
    database_open_to_the_internet,
    database_publicly_accessible,
    database_without_backups,
    destroyed_without_final_snapshot,
    listener_without_tls,
    log_group_without_retention,
    remote_login_open_to_the_internet,
    replacement_under_the_same_name,
    secret_in_plain_text,
    storage_without_encryption,
    table_without_point_in_time_recovery,
}

mod ingress;
/// A finding at an address as one text: sets of texts are compiled anyway.
fn key(finding: &Finding, address: &str) -> EcoString {
    eco_format!("{} {address}", finding.check)
}

#[cfg(test)]
mod testing;

/// One rule: what it is called, how bad what it finds is, and what it looks at.
#[derive(Debug)]
pub struct Check {
    /// Kebab-case; reads well after "allow".
    pub id: &'static str,
    pub severity: Severity,
    /// What is wrong, as a title.
    pub title: &'static str,
    /// What it finds and why that matters, in a few sentences; `explain` prints it.
    pub doc: &'static str,
    pub references: &'static [&'static str],
    looks_at: LooksAt,
}

#[derive(Debug)]
enum LooksAt {
    /// Each resource of these types, of the version under review.
    Resources(&'static [&'static str], fn(&Resource, &Scope<'_>, &mut Findings)),
    /// Each change, of whatever type.
    Changes(fn(&Change, &Scope<'_>, &mut Findings)),
    /// What the author demands and does not hold.
    Unmet(fn(&Unmet) -> (Severity, EcoString, &'static str)),
}

/// Something wrong or risky in the infrastructure, with its place and the smallest fix.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub check: &'static str,
    pub severity: Severity,
    pub confidence: Confidence,
    pub title: EcoString,
    pub message: EcoString,
    pub address: Address,
    pub span: Span,
    pub related: Vec<Address>,
    pub fix: EcoString,
    pub references: Vec<EcoString>,
    /// The version before does not have it; always so without one.
    pub new: bool,
}

/// The check of that id.
pub fn find(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.id == id).copied()
}

/// Runs every check. Sorted by severity, worst first, then address, then id.
pub fn run(changes: &[Change], before: Option<(&Snapshot, &Graph)>, after: (&Snapshot, &Graph), catalog: &Catalog) -> Vec<Finding> {
    let known: FxHashSet<EcoString> = match before {
        Some((snapshot, graph)) => {
            let scope = Scope { snapshot, graph, before: None, catalog, made_first: OnceCell::new() };
            findings(&scope, &[]).into_iter().map(|finding| key(&finding, finding.address.text())).collect()
        }
        None => FxHashSet::default(),
    };
    let scope =
        Scope { snapshot: after.0, graph: after.1, before: before.map(|(snapshot, _)| snapshot), catalog, made_first: OnceCell::new() };
    let mut found = findings(&scope, changes);
    if !known.is_empty() {
        // What moved is what it was under its old address.
        let moved: FxHashMap<&str, &str> = changes
            .iter()
            .filter_map(|change| Some((change.address.text().as_str(), change.previous_address.as_ref()?.text().as_str())))
            .collect();
        for finding in &mut found {
            let address = moved.get(finding.address.text().as_str()).copied().unwrap_or(finding.address.text());
            finding.new = !known.contains(&key(finding, address));
        }
    }
    found
}

/// What a check may look at besides the resource itself.
struct Scope<'a> {
    snapshot: &'a Snapshot,
    graph: &'a Graph,
    before: Option<&'a Snapshot>,
    #[allow(dead_code, reason = "facts for checks to come")]
    catalog: &'a Catalog,
    /// By resource; made when first asked for.
    made_first: OnceCell<Vec<bool>>,
}

impl<'a> Scope<'a> {
    /// Whether a new one of it is made before the old one is destroyed.
    fn is_made_first(&self, id: ResourceId) -> bool {
        self.made_first.get_or_init(|| self.graph.made_first(self.snapshot)).get(id.index()).copied().unwrap_or(false)
    }

    fn id(&self, address: &Address) -> Option<ResourceId> {
        let at = self.snapshot.resources.binary_search_by(|other| other.address.cmp(address)).ok()?;
        Some(ResourceId(at as u32))
    }

    fn resource(&self, address: &Address) -> Option<&'a Resource> {
        self.snapshot.resource(self.id(address)?)
    }

    /// The resources that refer to this one, in address order.
    fn users_of(&self, resource: &Resource) -> impl Iterator<Item = &'a Resource> {
        let snapshot = self.snapshot;
        let edges = self.id(&resource.address).into_iter().flat_map(|id| self.graph.needed_by(id));
        edges.filter_map(|edge| snapshot.resource(edge.from))
    }
}

/// Collects what one check finds.
struct Findings {
    check: &'static Check,
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding about a resource, at the argument it is about: where that is written, or else at the header.
    fn push(&mut self, resource: &Resource, argument: &str, message: impl Into<EcoString>, fix: impl Into<EcoString>) -> &mut Finding {
        let at = self.found.len();
        self.found.push(Finding {
            check: self.check.id,
            severity: self.check.severity,
            confidence: Confidence::Sure,
            title: self.check.title.into(),
            message: resource.own_words(message.into()),
            address: resource.address.clone(),
            span: if argument.is_empty() { resource.span } else { resource.span_of(argument) },
            related: Vec::new(),
            fix: resource.own_words(fix.into()),
            references: self.check.references.iter().map(|link| EcoString::from(*link)).collect(),
            new: true,
        });
        // Just pushed, so it is there.
        #[allow(clippy::indexing_slicing)]
        &mut self.found[at]
    }
}

fn findings(scope: &Scope<'_>, changes: &[Change]) -> Vec<Finding> {
    let mut by_type: FxHashMap<&str, Vec<&Resource>> = FxHashMap::default();
    for resource in scope.snapshot.resources.iter().filter(|resource| resource.mode == Mode::Managed) {
        by_type.entry(resource.r#type.as_str()).or_default().push(resource);
    }
    let mut all = Vec::new();
    for check in CHECKS {
        let mut out = Findings { check, found: Vec::new() };
        match check.looks_at {
            LooksAt::Resources(types, run) => {
                for resource in types.iter().filter_map(|kind| by_type.get(kind)).flatten() {
                    run(resource, scope, &mut out);
                }
            }
            LooksAt::Changes(run) => changes.iter().for_each(|change| run(change, scope, &mut out)),
            LooksAt::Unmet(run) => out.found.extend(scope.snapshot.unmet.iter().map(|unmet| {
                let (severity, message, fix) = run(unmet);
                Finding {
                    check: check.id,
                    severity,
                    confidence: Confidence::Sure,
                    title: check.title.into(),
                    message,
                    address: unmet.address.clone(),
                    span: unmet.span,
                    related: Vec::new(),
                    fix: fix.into(),
                    references: check.references.iter().map(|link| EcoString::from(*link)).collect(),
                    new: true,
                }
            })),
        }
        all.append(&mut out.found);
    }
    all.order_by(order);
    all
}

fn order(a: &Finding, b: &Finding) -> Ordering {
    a.severity.cmp(&b.severity).then_with(|| a.address.cmp(&b.address)).then_with(|| a.check.cmp(b.check)).then(a.span.cmp(&b.span))
}

/// Whether a setting is known to be false or is not there; unknown is neither.
fn is_off(setting: Setting<'_>) -> bool {
    match setting {
        Setting::Absent => true,
        Setting::Known(value) => value.as_bool() == Some(false),
        Setting::Unknown(_) => false,
    }
}

/// Whether a setting is known to be true.
fn is_on(setting: Setting<'_>) -> bool {
    matches!(setting, Setting::Known(value) if value.as_bool() == Some(true))
}

/// A known text.
fn text_of(setting: Setting<'_>) -> Option<&EcoString> {
    match setting {
        Setting::Known(value) => value.as_text(),
        Setting::Absent | Setting::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_file_names_and_docs_are_sentences() {
        let mut ids: Vec<&str> = CHECKS.iter().map(|check| check.id).collect();
        assert!(ids.is_sorted(), "the registry is sorted");
        ids.dedup();
        assert_eq!(ids.len(), CHECKS.len());
        for check in CHECKS {
            assert!(check.doc.ends_with('.') && check.doc.contains(". "), "{}: says what and why", check.id);
            assert!(!check.title.ends_with('.'), "{}: a title has no full stop", check.id);
            assert!(check.references.iter().all(|link| link.starts_with("https://")), "{}", check.id);
        }
    }
}
