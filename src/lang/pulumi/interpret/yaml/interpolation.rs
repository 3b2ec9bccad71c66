//! `${name.property[0]["key"]}` within texts.

use ecow::{EcoString, eco_format};

use super::Program;
use crate::lang::pulumi::interpret::value::Value;
use crate::lang::pulumi::interpret::{Result, Setting};
use crate::model::{Unknown, UnknownKind};
use crate::source::Span;
use crate::syntax::document::Node;

impl Program<'_, '_> {
    /// A text with its references replaced; one that is only a reference is the value itself.
    pub fn text(&mut self, text: &str, span: Span) -> Result<Value> {
        if !text.contains('$') {
            return Ok(Value::text(text));
        }
        let mut parts = Vec::new();
        let mut plain = EcoString::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            plain.push_str(rest.get(..at).unwrap_or_default());
            let after = rest.get(at + 1..).unwrap_or_default();
            if let Some(escaped) = after.strip_prefix("${") {
                plain.push_str("${");
                rest = escaped;
                continue;
            }
            let Some((path, tail)) = after.strip_prefix('{').and_then(closed) else {
                plain.push('$');
                rest = after;
                continue;
            };
            let value = self.reference(path.trim(), span)?;
            if plain.is_empty() && parts.is_empty() && tail.is_empty() {
                return Ok(value);
            }
            if !plain.is_empty() {
                parts.push(Value::Text(std::mem::take(&mut plain)));
            }
            parts.push(self.interpreter.as_text(&value, crate::lang::pulumi::program::ast::Language::JavaScript));
            rest = tail;
        }
        plain.push_str(rest);
        parts.push(Value::Text(plain));
        Ok(Value::template(parts))
    }

    fn reference(&mut self, path: &str, span: Span) -> Result<Value> {
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let (mut root, mut rest) = path.split_at(end);
        // `["a.b"].id`: a name that has signs of its own.
        if let Some((quoted, after)) = rest.strip_prefix("[\"").filter(|_| root.is_empty()).and_then(|rest| rest.split_once("\"]")) {
            (root, rest) = (quoted, after);
        }
        let mut value = match self.named(root, span)? {
            Some(value) => value,
            None if root == "pulumi" => {
                let (name, after) = rest.strip_prefix('.').unwrap_or(rest).split_once('.').unwrap_or((rest.trim_start_matches('.'), ""));
                rest = after;
                self.of_pulumi(name)
            }
            // What the project declares, whose program stands in a file of its own.
            None if self.configured(root).is_some() => match self.configured(root) {
                Some(Setting { text: Some(text), secret: false }) => Value::Text(text.clone()),
                Some(Setting { text: Some(text), .. }) => Value::output(Value::Text(text.clone()), Default::default(), true),
                _ => self.interpreter.without_value(root, false, span),
            },
            // A setting of a provider's, which its package reads from the stack.
            None if root.contains(':') => Value::unknown(UnknownKind::NoValue, eco_format!("the configuration {root}")),
            None => {
                let message = eco_format!("`{root}` is not declared in this program");
                self.interpreter.note("unknown-name", span, message);
                return Ok(Value::unknown_of(Unknown::new(UnknownKind::Unresolved, root), Default::default()));
            }
        };
        while !rest.is_empty() {
            let step;
            (step, rest) = next_step(rest);
            value = self.interpreter.index(&value, &step);
        }
        Ok(value)
    }

    fn configured(&self, name: &str) -> Option<&Setting> {
        let given = self.interpreter.given;
        given.config.get(name).or_else(|| given.config.get(&eco_format!("{}:{name}", given.project)))
    }

    fn of_pulumi(&self, name: &str) -> Value {
        let given = self.interpreter.given;
        match name {
            "project" => Value::Text(given.project.clone()),
            "stack" => given.stack.clone().map_or_else(|| Value::unknown(UnknownKind::NoValue, "the stack's name"), Value::Text),
            "cwd" | "rootDirectory" => Value::text(if given.folder.is_empty() { "." } else { &given.folder }),
            other => Value::unknown(UnknownKind::NoValue, eco_format!("pulumi.{other}")),
        }
    }
}

/// The names that stand first in the references of a node.
pub fn names_in(node: &Node, depth: u32, out: &mut Vec<EcoString>) {
    const DEEPEST: u32 = 100;
    if depth > DEEPEST {
        return;
    }
    for entry in node.entries() {
        names_in(&entry.key, depth + 1, out);
        names_in(&entry.value, depth + 1, out);
    }
    node.items().iter().for_each(|item| names_in(item, depth + 1, out));
    let mut rest = node.text().unwrap_or_default();
    while let Some((_, after)) = rest.split_once("${") {
        let end = after.find(['.', '[', '}']).unwrap_or(after.len());
        let quoted = after.strip_prefix("[\"").and_then(|name| name.split_once('"')).map(|(name, _)| name);
        out.extend(quoted.or(after.get(..end)).map(|name| EcoString::from(name.trim())));
        rest = after;
    }
}

/// The path up to the brace that closes it, and what follows.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '}' if !quoted => return Some((text.get(..at)?, text.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

/// `.name`, `[0]` or `["name"]` at the start, and the rest.
fn next_step(path: &str) -> (Value, &str) {
    if let Some(inner) = path.strip_prefix('[') {
        let (index, rest) = inner.split_once(']').unwrap_or((inner, ""));
        let index = index.trim();
        let step = match index.strip_prefix('"').and_then(|index| index.strip_suffix('"')) {
            Some(name) => Value::text(name),
            None => index.parse().map_or_else(|_| Value::text(index), Value::Int),
        };
        return (step, rest);
    }
    let name = path.strip_prefix('.').unwrap_or(path);
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    // Nothing between two dots: never stand still.
    let rest = if name.is_empty() { rest.get(1..).filter(|_| !path.starts_with('.')).unwrap_or(rest) } else { rest };
    (Value::text(name), rest)
}
