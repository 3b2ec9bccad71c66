//! One vocabulary: resources of CloudFormation by the names that costs, impact and checks know.
//!
//! A table has what differs from the rule: the canonical name of a property is its own name in the canonical
//! spelling, inside and out. Where the two sides have different shapes, [`shapes`] makes one of the other. What is
//! written stays beside it, for comparisons and for people.

mod named;
mod names;
#[cfg(feature = "programs")]
pub(super) mod pulumi;
mod shapes;

use std::borrow::Cow;
use std::sync::Arc;

use ecow::EcoString;

use crate::catalog::table::Table;
use crate::evaluate::code::CONTENTS;
use crate::model::{Action, Mode, Names, Native, Object, Resource, Snapshot, Value};

pub use names::spelled;

/// `type canonical? name=canonical ... | rule ...` per line, sorted by type.
static TABLE: Table =
    Table::new(if cfg!(feature = "templates") { include_str!(concat!(env!("OUT_DIR"), "/cloudformation.txt")) } else { "" });

/// What stands beside the properties of a resource, for people and for what runs in it.
const METADATA: &str = "Metadata";

/// Whether a path is of what stands beside the properties: a change of that never replaces.
pub fn is_beside(resource: &Resource, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    let listed = matches!(first, METADATA | "DeletionPolicy" | "UpdateReplacePolicy" | "UpdatePolicy" | "CreationPolicy");
    listed && resource.native.is_some() || first == CONTENTS
}

/// What the table says of a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    canonical: Option<&'static str>,
    /// `own=canonical`, own as a path of own names, canonical as one name; `.` for what has no level of its own
    /// there, `-` for what is not there, `=` for what is kept as it is, and `[]` behind a name for a list of one.
    names: &'static str,
    /// Own paths that force replacement.
    pub rules: &'static str,
}

pub(super) fn row(kind: &str) -> Option<Row> {
    let (head, rules) = TABLE.find(kind)?.split_once('|')?;
    let head = head.trim_end();
    let (first, rest) = head.split_once(' ').unwrap_or((head, ""));
    let named = !first.is_empty() && (first == "=" || !first.contains('='));
    Some(Row { canonical: named.then_some(first), names: if named { rest } else { head }, rules })
}

impl Row {
    fn name(self, path: &str) -> Option<&'static str> {
        self.names.split(' ').find_map(|word| word.strip_prefix(path)?.strip_prefix('='))
    }
}

/// The canonical name of a type; of a type that the table lacks, its own.
pub fn canonical_type(kind: &str) -> EcoString {
    match row(kind) {
        Some(Row { canonical: Some("="), .. }) => kind.into(),
        Some(Row { canonical: Some(canonical), .. }) => canonical.into(),
        Some(_) => names::spelled_type(kind),
        None => kind.into(),
    }
}

/// What stands for a type in the table of icons.
pub fn icon_type(kind: &str) -> Cow<'_, str> {
    if kind.starts_with("AWS::") { Cow::Owned(names::spelled_type(kind).into()) } else { Cow::Borrowed(kind) }
}

/// Gives every resource of CloudFormation its canonical type and arguments.
pub fn translate(snapshot: &mut Snapshot) {
    for resource in &mut snapshot.resources {
        if matches!(resource.mode, Mode::Managed | Mode::Module) && resource.native_type.contains("::") && resource.native.is_none() {
            translate_one(resource);
        }
        #[cfg(feature = "programs")]
        if resource.mode == Mode::Managed {
            pulumi::translate(resource);
        }
    }
    #[cfg(feature = "programs")]
    paths(snapshot);
    named::imply(snapshot);
}

/// Gives the arguments that a preview names their canonical names.
#[cfg(feature = "programs")]
fn paths(snapshot: &mut Snapshot) {
    let Snapshot { planned: Some(planned), resources, .. } = snapshot else { return };
    for planned in planned.iter_mut().filter(|planned| !planned.replace_paths.is_empty()) {
        let found = resources.binary_search_by(|resource| resource.address.cmp(&planned.address)).ok().and_then(|at| resources.get(at));
        if let Some(resource) = found.filter(|resource| pulumi::canonical_type(&resource.native_type).is_some()) {
            planned.replace_paths.iter_mut().for_each(|path| *path = pulumi::path(&resource.native_type, path));
        }
    }
}

fn translate_one(resource: &mut Resource) {
    resource.r#type = canonical_type(&resource.native_type);
    // The new one is made before the old one is deleted.
    resource.create_before_destroy = true;
    resource.provider = "aws".into();
    let own = Arc::clone(&resource.attributes);
    if let Some(name) = construct(&own) {
        resource.name = name;
    }
    let mut into = Object::default();
    let row = row(&resource.native_type);
    Translation { row, path: String::new() }.object(&own, &mut into);
    resource.native = Some(Arc::new(Native { attributes: own, names: Names { canonical: names::canonical, own: names::own } }));
    shapes::shape(resource, &mut into);
    resource.attributes = Arc::new(into);
}

/// What people call a resource that a program synthesised: the path of its construct, without the last step that every
/// construct of one resource has.
fn construct(own: &Object) -> Option<EcoString> {
    let path = own.get(METADATA)?.as_object()?.get("aws:cdk:path")?.as_text()?;
    let path = path.strip_suffix("/Resource").or_else(|| path.strip_suffix("/Default")).unwrap_or(path);
    (!path.is_empty()).then(|| path.into())
}

struct Translation {
    row: Option<Row>,
    path: String,
}

impl Translation {
    fn object(&mut self, from: &Object, into: &mut Object) {
        for (key, value) in from {
            let length = self.path.len();
            if length > 0 {
                self.path.push('/');
            }
            self.path.push_str(key);
            self.entry(key, value, into);
            self.path.truncate(length);
        }
    }

    fn entry(&mut self, key: &EcoString, value: &Value, into: &mut Object) {
        if self.path == METADATA {
            return;
        }
        let named = self.row.and_then(|row| row.name(&self.path));
        match named {
            Some("-") => {}
            Some("=") => drop(into.insert(spelled(key), value.clone())),
            Some(".") => {
                match value.as_object() {
                    Some(object) => self.object(object, into),
                    // Code that is not packaged yet is a path.
                    None if value.as_text().is_some() => drop(into.insert(spelled(key), value.clone())),
                    None => {}
                }
            }
            Some(name) => match name.strip_suffix("[]") {
                Some(name) => {
                    let items = Value::list(vec![self.value(value)]);
                    let name = EcoString::from(name);
                    let joined = match into.get(&name).and_then(Value::as_list) {
                        Some(before) => Value::list(before.iter().chain(items.as_list().unwrap_or_default()).cloned().collect()),
                        None => items,
                    };
                    into.insert(name, joined);
                }
                None => drop(into.insert(name.into(), self.value(value))),
            },
            None if key == "Tags" => drop(into.insert("tags".into(), tags(value))),
            None => drop(into.insert(spelled(key), self.value(value))),
        }
    }

    fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::List(items) if items.iter().any(|item| matches!(item.unmarked(), Value::Object(_) | Value::List(_))) => {
                Value::list(items.iter().map(|item| self.value(item)).collect())
            }
            Value::Object(object) if object.keys().all(|key| names::is_property(key)) => {
                let mut into = Object::default();
                self.object(object, &mut into);
                Value::object(into)
            }
            Value::Sensitive(inner) => self.value(inner).sensitive(),
            other => other.clone(),
        }
    }
}

/// `[{Key, Value}]` as a map; what has another shape stays as it is.
fn tags(value: &Value) -> Value {
    let Value::List(items) = value else { return value.clone() };
    let mut map = Object::default();
    for item in items.iter() {
        let entry = item.as_object().and_then(|item| Some((item.get("Key")?.as_text()?.clone(), item.get("Value")?.clone())));
        let Some((key, value)) = entry else { return value.clone() };
        map.insert(key, value);
    }
    Value::object(map)
}

/// The policy of CloudFormation that decides, as written or by default. A replacement is governed by the template that
/// demands it, a deletion by the one before.
pub fn policy<'r>(action: Action, before: &'r Resource, after: Option<&'r Resource>) -> Option<(&'static str, &'r str)> {
    let (name, resource) = match action {
        // What a generator names by its content is another resource then, and the old one is deleted.
        Action::Replace if after.is_some_and(|after| after.address != before.address) => ("DeletionPolicy", before),
        Action::Replace => ("UpdateReplacePolicy", after.unwrap_or(before)),
        _ => ("DeletionPolicy", before),
    };
    resource.native.as_ref()?;
    if resource.own_attributes().get(name).is_some_and(|value| value.as_text().is_none()) {
        return None;
    }
    let by_default = match (action, before.r#type.as_str()) {
        (Action::Delete, "aws_db_instance" | "aws_rds_cluster") => "Snapshot",
        _ => "Delete",
    };
    Some((name, resource.own_text(name).map_or(by_default, EcoString::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_a_canonical_name_in_the_table_or_by_its_spelling() {
        assert_eq!(canonical_type("AWS::RDS::DBInstance"), "aws_db_instance");
        assert_eq!(canonical_type("AWS::Lambda::Function"), "aws_lambda_function");
        assert_eq!(canonical_type("AWS::EC2::Instance"), "aws_instance");
        assert_eq!(canonical_type("Custom::Thing"), "Custom::Thing");
        assert_eq!(canonical_type("AWS::Nowhere::Thing"), "AWS::Nowhere::Thing");
    }

    /// `BucketName` is create-only in the registry's schema, `LifecycleConfiguration` is not.
    #[test]
    fn rules_are_those_of_the_registry() {
        use crate::catalog::replacement::replacement;
        use crate::model::Certainty;
        assert_eq!(replacement("AWS::S3::Bucket", "BucketName"), Certainty::Yes);
        assert_eq!(replacement("AWS::S3::Bucket", "LifecycleConfiguration.Rules.0.Id"), Certainty::No);
        assert_eq!(replacement("AWS::EC2::Instance", "InstanceType"), Certainty::Maybe);
        assert_eq!(replacement("AWS::Lambda::Version", "Description"), Certainty::Yes);
        assert_eq!(replacement("AWS::Nowhere::Thing", "Name"), Certainty::Maybe);
    }

    #[test]
    fn every_row_is_found() {
        for line in TABLE.text.lines() {
            let kind = line.split(' ').next().unwrap();
            assert!(row(kind).is_some() && !canonical_type(kind).is_empty(), "{line}");
        }
    }
}
