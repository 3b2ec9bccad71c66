//! From the tree of the document to the tree of the transform and back: what the author wrote keeps its place, and
//! what was made has the place of what caused it.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::map::Map;
use super::value::{Mark, Value};
use super::{Reject, is_serverless, transform, unpackaged};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Given;
use crate::order::Order as _;
use crate::source::Span;
use crate::syntax::document::{Entry, Kind, Node, Scalar};

/// The region where the review does not know better. It decides the partition in generated ARNs, and no id.
const REGION: &str = "us-east-1";

/// The template as it is deployed: with serverless resources, the transform's; any other as it was. Short tags must
/// be long and loops expanded.
pub fn applied(root: Node, given: &Given, out: &mut Diagnostics) -> Node {
    if !serverless(&root) {
        return root;
    }
    let Value::Map(mut template) = value(&root) else { return root };
    unpackaged::addressed(&mut template);
    let mut parameters = Map::new();
    for entry in root.get("Parameters").map(Node::entries).unwrap_or_default() {
        if let Some((name, value)) = entry.key.text().and_then(|name| given.variables.get_key_value(name)) {
            parameters.set(name, value.clone());
        }
    }
    let done = transform(*template, &parameters, given.region.as_deref().unwrap_or(REGION));
    for reject in &done.rejects {
        out.push(Diagnostic::error("sam", place_of(reject, &root), said(reject)));
    }
    let mut places = Places { root: root.span, values: FxHashMap::default() };
    places.note(&root);
    places.rebuilt(root, &done.template)
}

/// Whether a document needs the transform, without building the other tree for those that do not.
fn serverless(root: &Node) -> bool {
    let resources = root.get("Resources").map(Node::entries).unwrap_or_default();
    let serverless = |entry: &Entry| entry.value.get("Type").and_then(Node::text).is_some_and(|kind| kind.starts_with("AWS::Serverless::"));
    resources.iter().any(serverless)
        || root.get("Transform").is_some_and(|transform| {
            let mut only = Map::new();
            only.set("Transform", value(transform));
            is_serverless(&only)
        })
}

fn said(reject: &Reject) -> EcoString {
    match reject.id.is_empty() {
        true => eco_format!("the serverless transform refuses this template: {}", reject.message),
        false => eco_format!("the serverless transform refuses {}: {}", reject.id, reject.message),
    }
}

fn place_of(reject: &Reject, root: &Node) -> Span {
    let all = root.get("Resources").map(Node::entries).unwrap_or_default();
    let own = |entry: &&Entry| entry.key.text() == Some(reject.id.as_str());
    // What is refused may be a part of a resource, or have an id that begins with the author's.
    let begins = |entry: &&Entry| entry.key.text().is_some_and(|id| !id.is_empty() && reject.id.starts_with(id));
    let longest = all.iter().filter(begins).max_by_key(|entry| entry.key.text().map(str::len));
    let resource = all.iter().find(own).or_else(|| all.iter().find_map(|entry| part(&entry.value, &reject.id))).or(longest);
    let section = root.entry(&reject.id).or_else(|| root.entry("Globals").filter(|_| reject.message.contains("Globals")));
    resource.or(section).or_else(|| root.entry("Resources")).map_or(root.span, |entry| entry.key.span)
}

/// The entry with a key, anywhere inside.
fn part<'a>(node: &'a Node, key: &str) -> Option<&'a Entry> {
    let here = node.entries().iter().find(|entry| !key.is_empty() && entry.key.text() == Some(key));
    let inside = || node.entries().iter().find_map(|entry| part(&entry.value, key));
    here.or_else(inside).or_else(|| node.items().iter().find_map(|item| part(item, key)))
}

fn value(node: &Node) -> Value {
    let place = (node.span.start, node.span.end);
    match &node.kind {
        Kind::Sequence(items) => Value::List(items.iter().map(value).collect()),
        Kind::Mapping(entries) => {
            let mut map = Map::new();
            map.place = place;
            for entry in entries {
                map.insert(key(&entry.key), false, Some(entry.key.span), value(&entry.value));
            }
            map.into()
        }
        Kind::Scalar { .. } => match node.scalar() {
            Some(Scalar::Text(text)) => Value::Text(text.into(), Mark { marked: false, place }),
            Some(Scalar::Bool(value)) => value.into(),
            Some(Scalar::Integer(number)) => number.into(),
            Some(Scalar::Number(text)) => Value::Number(number(text)),
            _ => Value::Null,
        },
    }
}

/// Keys are texts, whatever they would mean as values.
fn key(node: &Node) -> EcoString {
    match node.scalar() {
        Some(Scalar::Bool(value)) => eco_format!("{value}"),
        Some(Scalar::Integer(value)) => eco_format!("{value}"),
        Some(Scalar::Null) => "null".into(),
        _ => node.text().unwrap_or_default().into(),
    }
}

/// A number that is no integer, as the reference prints it: `1.50` is `1.5`, `2e3` is `2000.0`.
fn number(text: &str) -> EcoString {
    match text.replace('_', "").parse::<f64>() {
        Ok(value) if value.is_finite() && text.contains(['.', 'e', 'E']) => eco_format!("{value:?}"),
        _ => text.into(),
    }
}

struct Places {
    root: Span,
    /// Where values stand, by where their keys begin.
    values: FxHashMap<u32, Span>,
}

impl Places {
    fn note(&mut self, node: &Node) {
        node.items().iter().for_each(|item| self.note(item));
        for entry in node.entries() {
            self.values.insert(entry.key.span.start, entry.value.span);
            self.note(&entry.value);
        }
    }

    /// The sections that the transform changes, in the place of the old ones, in the order of what caused them.
    /// Resources that it left alone stay as they are.
    fn rebuilt(&self, mut root: Node, done: &Map) -> Node {
        let mut sections = match root.kind {
            Kind::Mapping(entries) => entries,
            other => {
                root.kind = other;
                return root;
            }
        };
        // Transform stays: it may name other macros.
        sections.retain(|entry| entry.key.text() != Some("Globals"));
        for name in ["Resources", "Conditions", "Outputs"] {
            let Some(made) = done.get(name).and_then(Value::map) else { continue };
            let before = sections.iter().position(|entry| entry.key.text() == Some(name));
            let old = before.and_then(|at| sections.get(at));
            let span = old.map_or(self.root, |entry| entry.value.span);
            let written = old.map(|old| old.value.entries()).unwrap_or_default();
            let written: FxHashMap<&str, &Entry> = written.iter().filter_map(|entry| Some((entry.key.text()?, entry))).collect();
            let entries = made.iter().map(|entry| {
                let same = written.get(entry.key.as_str()).filter(|old| entry.value == value(&old.value));
                same.map_or_else(|| self.entry(&entry.key, entry.span, &entry.value, span), |old| Entry::clone(old))
            });
            let mut entries: Vec<Entry> = entries.collect();
            entries.order_by(|a, b| a.key.span.start.cmp(&b.key.span.start).then_with(|| a.key.text().cmp(&b.key.text())));
            let value = Node::new(span, Kind::Mapping(entries));
            match before.and_then(|at| sections.get_mut(at)) {
                Some(section) => section.value = value,
                None => sections.push(Entry { key: Node::text_at(span, name), value }),
            }
        }
        root.kind = Kind::Mapping(sections);
        root
    }

    /// `span` is where the key stands, `cause` what is said where nobody wrote it.
    fn entry(&self, key: &EcoString, span: Option<Span>, made: &Value, cause: Span) -> Entry {
        let place = span.unwrap_or(cause);
        let of_value = span.and_then(|span| self.values.get(&span.start).copied()).unwrap_or(place);
        Entry { key: Node::text_at(place, key.clone()), value: self.node(made, of_value) }
    }

    fn node(&self, made: &Value, cause: Span) -> Node {
        let at = |(start, end): (u32, u32)| if end == 0 { cause } else { Span::new(cause.file, start, end) };
        if let Some(path) = unpackaged::path(made) {
            return Node::text_at(cause, path);
        }
        match made {
            Value::Null => Node::plain_at(cause, "null"),
            Value::Bool(value) => Node::plain_at(cause, if *value { "true" } else { "false" }),
            Value::Number(text) => Node::plain_at(cause, text.clone()),
            Value::Text(text, mark) => Node::text_at(at(mark.place), text.clone()),
            Value::List(items) => Node::sequence_at(cause, items.iter().map(|item| self.node(item, cause))),
            Value::Map(map) => {
                let span = at(map.place);
                let entries = map.iter().map(|entry| self.entry(&entry.key, entry.span, &entry.value, span));
                Node::new(span, Kind::Mapping(entries.collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::cloudformation::long_forms;
    use crate::source::FileId;
    use crate::syntax::document;

    const TEMPLATE: &str = "\
Globals:
  Function:
    Timeout: 9
Conditions:
  Live: !Equals [a, b]
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: t}}
  Fn:
    Type: AWS::Serverless::Function
    Condition: Live
    Properties:
      Handler: app.handler
      Runtime: python3.12
      CodeUri: ./src/
      MemorySize: 512
      Policies:
        - DynamoDBReadPolicy: {TableName: !Ref Table}
      Events:
        Hourly:
          Type: Schedule
          Properties: {Schedule: rate(1 hour)}
        Show:
          Type: Api
          Properties: {Path: /a, Method: get}
Outputs:
  Name: {Value: !Ref Fn}
";

    fn read(text: &str) -> (Node, Vec<String>) {
        let mut out = Diagnostics::new();
        let root = document::read_one(FileId(0), text, &mut out).expect("a document");
        let root = long_forms(root, &mut out);
        let root = applied(root, &Given::default(), &mut out);
        let said = out.iter().map(|one| format!("{}: {}", line(text, one.span.expect("a place")), one.message));
        let said = said.collect();
        (root, said)
    }

    fn line(text: &str, span: Span) -> usize {
        text.get(..span.start as usize).expect("inside").lines().count().max(1)
    }

    fn at<'a>(root: &'a Node, path: &[&str]) -> &'a Node {
        path.iter().fold(root, |node, step| match step.parse::<usize>() {
            Ok(index) => node.items().get(index).unwrap_or_else(|| panic!("no {step} in {path:?}")),
            Err(_) => node.get(step).unwrap_or_else(|| panic!("no {step} in {path:?}")),
        })
    }

    fn written(span: Span) -> &'static str {
        TEMPLATE.get(span.start as usize..span.end as usize).expect("inside")
    }

    #[test]
    fn what_is_made_has_the_place_of_its_cause() {
        let (root, said) = read(TEMPLATE);
        assert!(said.is_empty(), "{said:?}");
        let resources = root.get("Resources").expect("resources");
        let causes: Vec<(&str, &str)> =
            resources.entries().iter().map(|entry| (entry.key.text().unwrap_or_default(), written(entry.key.span))).collect();
        let expected = [
            ("Table", "Table"),
            ("Fn", "Fn"),
            ("FnRole", "Policies"),
            ("FnHourly", "Hourly"),
            ("FnHourlyPermission", "Hourly"),
            ("FnShowPermissionProd", "Show"),
            ("ServerlessRestApi", "Show"),
            // With the hash that the reference gives it.
            ("ServerlessRestApiDeployment2bb1991af7", "Show"),
            ("ServerlessRestApiProdStage", "Show"),
        ];
        assert_eq!(causes, expected);
        assert!(written(at(resources, &["FnHourly"]).span).starts_with("Type: Schedule"));
        assert_eq!(at(resources, &["FnRole", "Condition"]).text(), Some("Live"));
    }

    #[test]
    fn what_the_author_wrote_keeps_its_place() {
        let (root, _) = read(TEMPLATE);
        let function = at(&root, &["Resources", "Fn", "Properties"]);
        for (name, value) in [("Handler", "app.handler"), ("MemorySize", "512"), ("Timeout", "9")] {
            assert_eq!(written(at(function, &[name]).span), value);
            assert_eq!(at(function, &[name]).text(), Some(value));
        }
        assert_eq!(written(at(&root, &["Outputs", "Name", "Value"]).span), "Fn");
        assert_eq!(written(at(&root, &["Resources", "Table", "Properties", "TableName"]).span), "t");
    }

    #[test]
    fn code_that_is_not_packaged_is_the_path_that_was_written() {
        let (root, _) = read(TEMPLATE);
        assert_eq!(at(&root, &["Resources", "Fn", "Properties", "Code"]).text(), Some("src"));
    }

    #[test]
    fn a_refusal_names_the_resource_and_the_rest_is_made() {
        let text = "Resources:\n  Bad:\n    Type: AWS::Serverless::Function\n    Properties: {Typo: 1}\n  Good:\n    Type: AWS::Serverless::SimpleTable\n";
        let (root, said) = read(text);
        assert_eq!(said.len(), 1);
        assert!(said.iter().all(|one| one.starts_with("2: the serverless transform refuses Bad: ")), "{said:?}");
        assert_eq!(at(&root, &["Resources", "Good", "Type"]).text(), Some("AWS::DynamoDB::Table"));
        assert_eq!(at(&root, &["Resources", "Bad", "Type"]).text(), Some("AWS::Serverless::Function"));
    }

    #[test]
    fn a_part_that_is_refused_is_found() {
        let text = "Resources:\n  G:\n    Type: AWS::Serverless::GraphQLApi\n    Properties:\n      Auth: {Type: AWS_IAM}\n      SchemaInline: x\n      Functions:\n        get: {DataSource: none}\n";
        let (_, said) = read(text);
        assert!(said.iter().any(|one| one.starts_with("8: the serverless transform refuses get: ")), "{said:?}");
    }

    #[test]
    fn a_template_without_serverless_resources_is_left_alone() {
        let text = "Resources: {Queue: {Type: AWS::SQS::Queue}}\nGlobals: {a: 1}\n";
        let (root, said) = read(text);
        assert!(said.is_empty() && root.get("Globals").is_some());
    }
}
