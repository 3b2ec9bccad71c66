//! `Fn::ForEach`: entries that are written once and stand for several, before anything else is read.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Given;
use crate::syntax::document::{Entry, Kind, Node};

/// Values that all loops of a template may make together.
const MOST: usize = 200_000;

struct Each<'o> {
    given: &'o Given,
    /// Parameters and mappings, for collections that are computed.
    parameters: Node,
    mappings: Node,
    made: usize,
    out: &'o mut Diagnostics,
}

/// The template with every loop expanded. A value that is given is the parameter's default here.
pub fn expanded<'o>(root: Node, given: &'o Given, out: &'o mut Diagnostics) -> Node {
    if !holds_loop(&root) {
        return root;
    }
    let part = |name: &str| root.get(name).cloned().unwrap_or_else(|| Node::plain_at(root.span, ""));
    let mut each = Each { given, parameters: part("Parameters"), mappings: part("Mappings"), made: 0, out };
    each.node(root)
}

fn holds_loop(node: &Node) -> bool {
    node.items().iter().any(holds_loop) || node.entries().iter().any(|entry| is_loop(entry) || holds_loop(&entry.value))
}

fn is_loop(entry: &Entry) -> bool {
    entry.key.text().is_some_and(|key| key.starts_with("Fn::ForEach"))
}

/// The entries of a mapping so far, and where those stand that loops made.
#[derive(Default)]
struct Kept {
    entries: Vec<Entry>,
    made: FxHashMap<EcoString, usize>,
}

impl Each<'_> {
    fn node(&mut self, mut node: Node) -> Node {
        node.kind = match node.kind {
            Kind::Sequence(items) => Kind::Sequence(items.into_iter().map(|item| self.node(item)).collect()),
            Kind::Mapping(entries) => {
                let mut kept = Kept::default();
                for entry in entries {
                    if is_loop(&entry) {
                        self.expand(&entry, &mut kept);
                    } else {
                        let value = self.node(entry.value);
                        kept.entries.push(Entry { key: entry.key, value });
                    }
                }
                Kind::Mapping(kept.entries)
            }
            scalar => scalar,
        };
        node
    }

    fn expand(&mut self, entry: &Entry, kept: &mut Kept) {
        let [name, collection, body] = entry.value.items() else {
            self.report(entry, "a loop is [name, collection, {key: value}]; it is left out");
            return;
        };
        let Some(name) = name.text() else {
            self.report(entry, "the first part of a loop is the name of its variable; it is left out");
            return;
        };
        let Some(values) = self.collection(collection) else {
            self.report(entry, "what this loop goes over is not known from the template alone; it is left out");
            return;
        };
        for value in values {
            for inner in body.entries() {
                self.made += 1;
                if self.made > MOST {
                    self.out.push(Diagnostic::warning(
                        "limit",
                        entry.key.span,
                        "loops make more than 200,000 values; the rest is left out",
                    ));
                    return;
                }
                let key = self.replaced(&inner.key, name, &value);
                let inner_value = self.replaced(&inner.value, name, &value);
                let inner = Entry { key, value: inner_value };
                if is_loop(&inner) {
                    self.expand(&inner, kept);
                } else {
                    let value = self.node(inner.value);
                    self.keep(Entry { key: inner.key, value }, entry, kept);
                }
            }
        }
    }

    fn keep(&mut self, made: Entry, entry: &Entry, kept: &mut Kept) {
        let name = EcoString::from(made.key.text().unwrap_or_default());
        match kept.made.get(&name).and_then(|at| kept.entries.get_mut(*at)) {
            Some(before) => {
                let message = eco_format!("the loop makes {name} twice; the last one counts");
                self.out.push(Diagnostic::warning("duplicate-key", entry.key.span, message));
                *before = made;
            }
            None => {
                kept.made.insert(name, kept.entries.len());
                kept.entries.push(made);
            }
        }
    }

    fn report(&mut self, entry: &Entry, message: &'static str) {
        self.out.push(Diagnostic::error("for-each", entry.key.span, message));
    }

    /// The texts of a collection: written out, a parameter's default, or out of a mapping.
    fn collection(&self, node: &Node) -> Option<Vec<EcoString>> {
        if let Kind::Sequence(items) = &node.kind {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                match self.single(item) {
                    Some(text) => values.push(text),
                    None => values.extend(self.collection(item)?),
                }
            }
            return Some(values);
        }
        if let Some(name) = node.get("Ref").and_then(Node::text) {
            let default = self.parameter(name)?;
            return Some(default.split(',').map(|item| item.trim().into()).collect());
        }
        if let Some([map, first, second, ..]) = node.get("Fn::FindInMap").map(Node::items) {
            let map = self.mappings.get(&self.single(map)?)?;
            let row = match (self.single(first), map.entries()) {
                (Some(first), _) => map.get(&first)?,
                // A key that is not known can only be the one that there is.
                (None, [only]) => &only.value,
                _ => return None,
            };
            let found = row.get(&self.single(second)?)?;
            return self.collection(found);
        }
        None
    }

    /// A text, or the default of a parameter that is one.
    fn single(&self, node: &Node) -> Option<EcoString> {
        if let Some(text) = node.text() {
            return Some(text.into());
        }
        let name = node.get("Ref")?.text()?;
        let parameter = self.parameters.get(name)?;
        let kind = parameter.get("Type").and_then(Node::text).unwrap_or("String");
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            return None;
        }
        Some(self.parameter(name)?.into())
    }

    /// The value of a parameter, as given or by default.
    fn parameter(&self, name: &str) -> Option<&str> {
        let declared = self.parameters.get(name)?;
        self.given.variables.get(name).map(EcoString::as_str).or_else(|| declared.get("Default")?.text())
    }

    /// A copy in which the loop's variable has its value: `${Name}`, `&{Name}` without signs, and `Ref`.
    fn replaced(&mut self, node: &Node, name: &str, value: &EcoString) -> Node {
        self.made += 1;
        if self.made > MOST {
            return Node::plain_at(node.span, "");
        }
        if node.get("Ref").and_then(Node::text) == Some(name) && node.entries().len() == 1 {
            return Node::text_at(node.span, value.clone());
        }
        let kind = match &node.kind {
            Kind::Scalar { text, style } => Kind::Scalar { text: with_value(text, name, value), style: *style },
            Kind::Sequence(items) => Kind::Sequence(items.iter().map(|item| self.replaced(item, name, value)).collect()),
            Kind::Mapping(entries) => {
                let entries = entries
                    .iter()
                    .map(|entry| Entry { key: self.replaced(&entry.key, name, value), value: self.replaced(&entry.value, name, value) });
                Kind::Mapping(entries.collect())
            }
        };
        plain(Node { span: node.span, kind, tag: node.tag.clone() })
    }
}

/// A text that holds no name any more is a text: what comes after the loops reads it as one.
fn plain(node: Node) -> Node {
    let [entry] = node.entries() else { return node };
    match (entry.key.text(), entry.value.text(), entry.value.items()) {
        (Some("Fn::Sub"), Some(text), _) if !text.contains("${") => Node::text_at(node.span, text),
        (Some("Fn::Join"), _, [separator, list]) if list.is_sequence() && list.items().iter().all(|item| item.text().is_some()) => {
            let texts: Vec<&str> = list.items().iter().filter_map(Node::text).collect();
            Node::text_at(node.span, texts.join(separator.text().unwrap_or_default()))
        }
        _ => node,
    }
}

fn with_value(text: &EcoString, name: &str, value: &str) -> EcoString {
    if !text.contains(name) {
        return text.clone();
    }
    let plain: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&eco_format!("${{{name}}}"), value).replace(&eco_format!("&{{{name}}}"), &plain)
}
