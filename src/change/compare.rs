//! One resource in two versions: the arguments that differ, and whether each forces replacement.

use std::borrow::Cow;

use ecow::{EcoString, eco_format};

use crate::catalog::canonical;
use crate::catalog::global::is_global;
use crate::catalog::replacement::{self, Rules};
use crate::model::{Body, Certainty, Expr, ExprKind, Mode, Object, ObjectItem, Part, Resource, Value};
use crate::source::Span;

use super::values::{self, Difference, Doubt, Names};
use super::{Cause, condition, expressions};

/// A cause before it is known which resources are replaced.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub cause: Cause,
    /// Why the difference itself is not certain.
    pub doubt: Option<Doubt>,
    /// Whether the argument forces replacement if it differs.
    pub forces: Certainty,
}

/// The arguments that differ, without those whose changes are ignored.
pub(super) fn causes(before: &Resource, after: &Resource, names: &Names) -> Vec<Found> {
    if ignored(&after.ignore_changes, "all") {
        return Vec::new();
    }
    let rules = rules(after);
    let mut found = Vec::new();
    if before.r#type != after.r#type {
        let (old, new) = (Value::Text(before.native_type.clone()), Value::Text(after.native_type.clone()));
        found.push(certain("type", old, new, after.span));
    }
    let (own_before, own_after) = (before.own_attributes(), after.own_attributes());
    if own_before != own_after {
        let (own_before, own_after) = (with_all_tags(own_before, own_after), with_all_tags(own_after, own_before));
        for difference in values::differences(after, &own_before, &own_after, names) {
            if !ignored(&after.ignore_changes, &difference.path) && !only_runs(after, &difference.path) {
                found.push(judged(rules, before, after, difference));
            }
        }
    }
    // What the provider adds is told where it is the provider that changed, not beside every tag.
    fn behind<'p>(path: &'p str, names: [&str; 2]) -> Option<&'p str> {
        names.into_iter().find_map(|name| path.strip_prefix(name))
    }
    let told: Vec<EcoString> = found.iter().filter_map(|it| behind(&it.cause.path, ["tags", "labels"]).map(EcoString::from)).collect();
    found.retain(|it| behind(&it.cause.path, ["tags_all", "effective_labels"]).is_none_or(|tag| !told.iter().any(|it| it == tag)));
    reworded(rules, before, after, &mut found);
    if let (Some(old), Some(new)) = (&before.region, &after.region)
        && old != new
        && !is_global(&after.r#type)
        // What names its own region does not take the provider's.
        && !own_after.contains_key("region")
        && !found.iter().any(|found| found.cause.path == "region")
    {
        found.push(certain("region", Value::Text(old.clone()), Value::Text(new.clone()), after.span));
    }
    found
}

/// The arguments, with its own tags as all of them where only the other version has a provider that adds some.
fn with_all_tags<'o>(own: &'o Object, other: &Object) -> Cow<'o, Object> {
    let mut own = Cow::Borrowed(own);
    for (all, written) in [("tags_all", "tags"), ("effective_labels", "labels")] {
        if other.contains_key(all)
            && !own.contains_key(all)
            && let Some(tags) = own.get(written).cloned()
        {
            own.to_mut().insert(all.into(), tags);
        }
    }
    own
}

/// What replaces a resource that got another name with its content.
pub(super) fn renewed(before: &Resource, after: &Resource) -> Found {
    certain("LogicalId", Value::Text(before.name.clone()), Value::Text(after.name.clone()), after.span)
}

/// What replaces all instances of a block: they had indexes and get names, or the other way.
pub(super) fn rekeyed(after: &Resource) -> Found {
    let each = after.declaration.as_ref().is_some_and(|it| it.for_each.is_some());
    let (old, new) = if each { ("count", "for_each") } else { ("for_each", "count") };
    certain(new, Value::Text(old.into()), Value::Text(new.into()), after.span)
}

/// Whether a path lies in a block that only says what runs beside the resource, or is an argument that is written
/// only (`password_wo`): it is kept nowhere.
fn only_runs(resource: &Resource, path: &str) -> bool {
    let name = path.split('.').next().unwrap_or(path);
    if path.ends_with("_wo") && resource.mode == Mode::Managed {
        return true;
    }
    let block = |resource: &Resource| resource.declaration.as_ref().is_none_or(|it| it.body.attribute(name).is_none());
    matches!(name, "provisioner" | "connection") && resource.mode == Mode::Managed && block(resource)
}

/// The rules of a resource; data sources and modules are never replaced themselves.
pub(super) fn rules(resource: &Resource) -> Rules {
    match (resource.mode, &resource.native) {
        (Mode::Managed, None) => replacement::rules(&resource.r#type),
        (Mode::Managed, Some(_)) => replacement::rules(&resource.native_type),
        _ => Rules::NONE,
    }
}

/// Whether a dotted path is at or below one that is ignored. Numbers of list levels may be left out.
pub(super) fn ignored(ignore_changes: &[EcoString], path: &str) -> bool {
    ignore_changes.iter().any(|ignored| {
        let mut steps = path.split('.');
        ignored == "all" || ignored.split('.').all(|part| steps.next() == Some(part))
    })
}

fn judged(rules: Rules, before: &Resource, after: &Resource, difference: Difference) -> Found {
    let beside = canonical::is_beside(after, &difference.path);
    let forces = match () {
        () if ignored(&after.replace_on_changes, &difference.path) => Certainty::Yes,
        () if beside => Certainty::No,
        () => condition::forces(rules, before, after, &difference),
    };
    let path = after.canonical_path(&difference.path);
    let filled = match (&difference.before, &difference.after) {
        (Value::Null, _) | (_, Value::Null) if condition::filled_by_provider(&after.r#type, &path) => true,
        (_, Value::Null) => replacement::rules(&after.r#type).keeps(&path),
        _ => false,
    };
    let doubt = difference.doubt.or_else(|| filled.then_some(Doubt::Filled));
    let written = after.declaration.as_ref().and_then(|declaration| declaration.body.span_of(&difference.path));
    let span = match written {
        Some(span) if difference.after != Value::Null => span,
        _ => {
            before.declaration.as_ref().and_then(|declaration| declaration.body.span_of(&difference.path)).or(written).unwrap_or(after.span)
        }
    };
    let Difference { path, before, after, .. } = difference;
    let shown = if doubt.is_some() { weaker(forces) } else { forces };
    Found { cause: Cause { path, before, after, forces_replacement: shown, span, follows: None }, doubt, forces }
}

/// Values that are unknown for the same reason may still differ when the expression around them was changed.
fn reworded(rules: Rules, before: &Resource, after: &Resource, found: &mut Vec<Found>) {
    let (Some(old), Some(new)) = (&before.declaration, &after.declaration) else { return };
    if std::sync::Arc::ptr_eq(old, new) {
        return;
    }
    let mut parts = Vec::new();
    for (name, value) in after.own_attributes().iter() {
        // What is known is most of all, and costs least to tell.
        let open = values::first_unknown(value).is_some();
        if open && before.own_attributes().get(name) == Some(value) && !ignored(&after.ignore_changes, name) {
            rewritten(name.clone(), name, value, (&old.body, &new.body), &mut parts);
        }
    }
    for (path, value) in parts {
        let Some(unknown) = values::first_unknown(&value).cloned() else { continue };
        let forces = if canonical::is_beside(after, &path) { Certainty::No } else { rules.of(&path) };
        let span = new.body.span_of(&path).unwrap_or(after.span);
        let cause = Cause { path, before: value.clone(), after: value, forces_replacement: weaker(forces), span, follows: None };
        found.push(Found { cause, doubt: Some(Doubt::Unknown(unknown)), forces });
    }
}

type Parts = Vec<(EcoString, Value)>;

/// The parts of an argument that are not known and are written otherwise. Of what is written part by part, each counts
/// for itself: how a known one is written says nothing of those beside it.
fn rewritten(path: EcoString, name: &str, value: &Value, (old, new): (&Body, &Body), found: &mut Parts) {
    if values::first_unknown(value).is_none() || expressions::same_argument(old, new, name) {
        return;
    }
    match (old.attribute(name), new.attribute(name), value) {
        (Some(old), Some(new), _) => return other_words(path, value, &old.value, &new.value, found),
        (None, None, Value::List(items)) => {
            let one_by_one = |body: &Body| body.blocks(name).count() == items.len() && body.blocks(name).all(|it| it.dynamic.is_none());
            if one_by_one(old) && one_by_one(new) {
                for (at, ((old, new), item)) in old.blocks(name).zip(new.blocks(name)).zip(items.iter()).enumerate() {
                    let Value::Object(object) = item else { continue };
                    for (name, value) in object.iter() {
                        rewritten(eco_format!("{path}.{at}.{name}"), name, value, (&old.body, &new.body), found);
                    }
                }
                return;
            }
        }
        _ => {}
    }
    found.push((path, value.clone()));
}

fn other_words(path: EcoString, value: &Value, old: &Expr, new: &Expr, found: &mut Parts) {
    if values::first_unknown(value).is_none() || expressions::same(old, new) || plain(old) && plain(new) {
        return;
    }
    if let (Value::Object(object), ExprKind::Object(a), ExprKind::Object(b)) = (value, &old.kind, &new.kind) {
        fn item<'e>(items: &'e [ObjectItem], name: &str) -> Option<&'e Expr> {
            items.iter().find(|it| matches!(&it.key.kind, ExprKind::Literal(Value::Text(key)) if key == name)).map(|it| &it.value)
        }
        for (name, value) in object.iter() {
            match (item(a, name), item(b, name)) {
                (Some(a), Some(b)) => other_words(eco_format!("{path}.{name}"), value, a, b, found),
                _ if values::first_unknown(value).is_some() => found.push((eco_format!("{path}.{name}"), value.clone())),
                _ => {}
            }
        }
        return;
    }
    found.push((path, value.clone()));
}

/// Whether an expression passes a value on as it is: then the same unknown is the same value.
fn plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Reference { .. } => true,
        ExprKind::Template(parts) => matches!(parts.as_slice(), [Part::Interpolation(inner)] if plain(inner)),
        _ => false,
    }
}

fn certain(path: &str, before: Value, after: Value, span: Span) -> Found {
    let cause = Cause { path: path.into(), before, after, forces_replacement: Certainty::Yes, span, follows: None };
    Found { cause, doubt: None, forces: Certainty::Yes }
}

pub(super) fn weaker(certainty: Certainty) -> Certainty {
    if certainty == Certainty::No { Certainty::No } else { Certainty::Maybe }
}
