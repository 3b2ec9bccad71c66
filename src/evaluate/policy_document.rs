//! `aws_iam_policy_document`: statements written as blocks to the JSON that the provider makes of them.
//!
//! A document of which any part is not known is not known.

use ecow::EcoString;

use super::expression::{first_unknown, mark};
use super::functions::{holds_mark, json};
use crate::model::{Object, Value};

/// Names in the provider's order: as blocks have them, and as JSON has them.
const LISTS: [(&str, &str); 4] =
    [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource")];
const PRINCIPALS: [(&str, &str); 2] = [("principals", "Principal"), ("not_principals", "NotPrincipal")];

/// Lists of texts by a name.
type Texts = Vec<(EcoString, Vec<EcoString>)>;

/// The document as `json`, indented, or as `minified_json`.
pub(super) fn rendered(arguments: &Object, indented: bool) -> Option<Value> {
    if arguments.values().any(|value| first_unknown(value).is_some()) {
        return None;
    }
    let mut document = Document::default();
    for text in texts(arguments.get("source_policy_documents")) {
        document.merge(Document::parsed(&text)?);
    }
    document.merge(Document::written(arguments)?);
    for text in texts(arguments.get("override_policy_documents")) {
        document.merge(Document::parsed(&text)?);
    }
    let mut out = String::new();
    let value = document.value();
    if indented {
        pretty(&value, 0, &mut out)
    } else {
        compact(&value, &mut out)
    }
    Some(mark(Value::text(out), arguments.values().any(holds_mark)))
}

#[derive(Default)]
struct Document {
    version: EcoString,
    id: EcoString,
    statements: Vec<Object>,
}

impl Document {
    fn written(arguments: &Object) -> Option<Document> {
        let text = |name: &str| arguments.get(name).and_then(Value::as_text).cloned();
        let statements = blocks(arguments, "statement").iter().map(|block| statement(block.as_object()?)).collect::<Option<_>>()?;
        Some(Document {
            version: text("version").unwrap_or_else(|| "2012-10-17".into()),
            id: text("policy_id").unwrap_or_default(),
            statements,
        })
    }

    fn parsed(text: &str) -> Option<Document> {
        let parsed = json::parse(text)?;
        let document = parsed.as_object()?;
        let text = |name: &str| document.get(name).and_then(Value::as_text).cloned().unwrap_or_default();
        let statements = match document.get("Statement") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::List(items)) => items.iter().map(|item| item.as_object().map(in_order)).collect::<Option<_>>()?,
            Some(one) => vec![in_order(one.as_object()?)],
        };
        Some(Document { version: text("Version"), id: text("Id"), statements })
    }

    /// A statement replaces the one with its `Sid`; the newer version and the later id count.
    fn merge(&mut self, other: Document) {
        if !other.id.is_empty() {
            self.id = other.id;
        }
        if other.version > self.version {
            self.version = other.version;
        }
        for statement in other.statements {
            let sid = statement.get("Sid").cloned();
            match self.statements.iter_mut().find(|it| sid.is_some() && it.get("Sid") == sid.as_ref()) {
                Some(same) => *same = statement,
                None => self.statements.push(statement),
            }
        }
    }

    fn value(self) -> Value {
        let mut object = Object::default();
        let mut put = |name: &str, value: EcoString| {
            if !value.is_empty() {
                object.insert(name.into(), Value::Text(value));
            }
        };
        put("Version", self.version);
        put("Id", self.id);
        if !self.statements.is_empty() {
            object.insert("Statement".into(), Value::list(self.statements.into_iter().map(Value::object).collect()));
        }
        Value::object(object)
    }
}

fn statement(block: &Object) -> Option<Object> {
    let mut out = Object::default();
    if let Some(sid) = block.get("sid").and_then(Value::as_text).filter(|sid| !sid.is_empty()) {
        out.insert("Sid".into(), Value::Text(sid.clone()));
    }
    let effect = block.get("effect").and_then(Value::as_text).cloned().unwrap_or_else(|| "Allow".into());
    out.insert("Effect".into(), Value::Text(effect));
    for (from, to) in LISTS {
        let items = texts(block.get(from));
        if !items.is_empty() {
            out.insert(to.into(), one_or_more(set(items)));
        }
    }
    for (from, to) in PRINCIPALS {
        let blocks = blocks(block, from);
        if !blocks.is_empty() {
            out.insert(to.into(), principals(blocks)?);
        }
    }
    let conditions = blocks(block, "condition");
    if !conditions.is_empty() {
        out.insert("Condition".into(), condition(conditions)?);
    }
    Some(out)
}

/// A statement of JSON in the order in which the provider writes its parts.
fn in_order(statement: &Object) -> Object {
    const ORDER: [&str; 9] = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];
    ORDER.iter().filter_map(|name| Some(((*name).into(), statement.get(name)?.clone()))).collect()
}

fn principals(blocks: &[Value]) -> Option<Value> {
    let mut by_type = Texts::new();
    for block in blocks {
        let block = block.as_object()?;
        let kind = block.get("type")?.as_text()?;
        let items = set(texts(block.get("identifiers")));
        match by_type.iter_mut().find(|(known, _)| known == kind) {
            Some((_, all)) => all.extend(items),
            None => by_type.push((kind.clone(), items)),
        }
    }
    if let [(kind, items)] = by_type.as_slice()
        && kind == "*"
        && items.len() == 1
        && items.first().is_some_and(|item| item == "*")
    {
        return Some(Value::text("*"));
    }
    Some(Value::object(by_type.into_iter().map(|(kind, items)| (kind, one_or_more(items))).collect()))
}

fn condition(blocks: &[Value]) -> Option<Value> {
    let mut tests: Vec<(EcoString, Texts)> = Vec::new();
    for block in blocks {
        let block = block.as_object()?;
        let (test, variable) = (block.get("test")?.as_text()?, block.get("variable")?.as_text()?);
        let values = texts(block.get("values"));
        if !tests.iter().any(|(known, _)| known == test) {
            tests.push((test.clone(), Texts::new()));
        }
        let variables = &mut tests.iter_mut().find(|(known, _)| known == test)?.1;
        match variables.iter_mut().find(|(known, _)| known == variable) {
            Some((_, all)) => all.extend(values),
            None => variables.push((variable.clone(), values)),
        }
    }
    let of = |variables: Texts| Value::object(variables.into_iter().map(|(variable, values)| (variable, one_or_more(values))).collect());
    Some(Value::object(tests.into_iter().map(|(test, variables)| (test, of(variables))).collect()))
}

fn blocks<'v>(arguments: &'v Object, name: &str) -> &'v [Value] {
    arguments.get(name).and_then(Value::as_list).unwrap_or_default()
}

/// The texts of a list, `&{` being how these documents write `${`.
fn texts(value: Option<&Value>) -> Vec<EcoString> {
    let items = value.and_then(Value::as_list).unwrap_or_default();
    items.iter().filter_map(|item| super::convert::text_of(item).ok()).map(|text| text.replace("&{", "${")).collect()
}

/// A set in the provider's order, which is the reverse of the alphabet's.
fn set(mut items: Vec<EcoString>) -> Vec<EcoString> {
    use crate::order::Order as _;
    items.order_by(|a, b| b.cmp(a));
    items.dedup();
    items
}

fn one_or_more(items: Vec<EcoString>) -> Value {
    match <[EcoString; 1]>::try_from(items) {
        Ok([one]) => Value::Text(one),
        Err(items) => Value::list(items.into_iter().map(Value::Text).collect()),
    }
}

/// The document's and the statements' names keep their order, all below is sorted.
fn is_ordered(object: &Object) -> bool {
    object.contains_key("Effect") || object.contains_key("Version") || object.contains_key("Statement")
}

fn entries(object: &Object) -> Vec<(&EcoString, &Value)> {
    use crate::order::Order as _;
    let mut entries: Vec<(&EcoString, &Value)> = object.iter().collect();
    if !is_ordered(object) {
        entries.order_by(|a, b| a.0.cmp(b.0));
    }
    entries
}

fn compact(value: &Value, out: &mut String) {
    match value {
        Value::Object(object) => {
            out.push('{');
            for (at, (name, value)) in entries(object).into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                json::write(&Value::Text(name.clone()), out);
                out.push(':');
                compact(value, out);
            }
            out.push('}');
        }
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                compact(item, out);
            }
            out.push(']');
        }
        plain => json::write(plain, out),
    }
}

fn pretty(value: &Value, level: usize, out: &mut String) {
    let line = |out: &mut String, level: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    };
    match value {
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (at, (name, value)) in entries(object).into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, level + 1);
                json::write(&Value::Text(name.clone()), out);
                out.push_str(": ");
                pretty(value, level + 1, out);
            }
            line(out, level);
            out.push('}');
        }
        Value::List(items) if !items.is_empty() => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, level + 1);
                pretty(item, level + 1, out);
            }
            line(out, level);
            out.push(']');
        }
        plain => json::write(plain, out),
    }
}
