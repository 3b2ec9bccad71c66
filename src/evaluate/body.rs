//! The arguments of a block: attributes, nested blocks as lists of objects, dynamic blocks.

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::Evaluator;
use super::access::items_of;
use super::functions::failure;
use super::limits;
use super::scope::{Binding, Scope};
use crate::model::{Block, Body, Dynamic, Expr, ExprKind, Object, UnknownKind, Value};

/// The blocks of one name, until all are seen.
#[derive(Default)]
struct Group {
    blocks: Vec<Value>,
    /// How many there are is not known.
    unknown: Option<Value>,
}

impl Evaluator<'_> {
    pub(super) fn body(&mut self, body: &Body, scope: &Scope<'_>) -> Object {
        let mut object = Object::with_capacity(body.attributes.len() + body.blocks.len());
        for attribute in &body.attributes {
            let value = self.eval(&attribute.value, scope);
            // A null argument is as if not written.
            if matches!(value.unmarked(), Value::Null) {
                continue;
            }
            self.tell_wrong(&attribute.value, &value, 8);
            object.insert(attribute.name.clone(), value);
        }
        if body.blocks.is_empty() {
            return object;
        }
        let mut places: FxHashMap<&str, u32> = FxHashMap::default();
        let mut groups: Vec<(&EcoString, Group)> = Vec::new();
        for block in &body.blocks {
            let at = *places.entry(&block.name).or_insert(groups.len() as u32) as usize;
            if at == groups.len() {
                groups.push((&block.name, Group::default()));
            }
            if let Some((_, group)) = groups.get_mut(at) {
                self.block(block, scope, group);
            }
        }
        for (name, group) in groups {
            let value = match group.unknown {
                Some(unknown) => unknown,
                None if group.blocks.is_empty() => continue,
                None => Value::list(group.blocks),
            };
            object.insert(name.clone(), value);
        }
        object
    }

    /// Says where an expression is wrong: at itself, or at the part of what it writes out.
    pub(super) fn tell_wrong(&mut self, expr: &Expr, value: &Value, levels: u32) {
        match (&expr.kind, value.unmarked()) {
            (_, Value::Unknown(unknown)) if unknown.kind == UnknownKind::Invalid && !self.is_told(&unknown.subject) => {
                self.warn("expression", expr.span, sentence(&unknown.subject));
            }
            (ExprKind::Object(items), Value::Object(object))
                if levels > 0 && items.iter().all(|item| matches!(item.key.kind, ExprKind::Literal(_))) =>
            {
                for item in items {
                    if let ExprKind::Literal(Value::Text(name)) = &item.key.kind
                        && let Some(value) = object.get(name)
                    {
                        self.tell_wrong(&item.value, value, levels - 1);
                    }
                }
            }
            (ExprKind::List(items), Value::List(values)) if levels > 0 => {
                items.iter().zip(values.iter()).for_each(|(item, value)| self.tell_wrong(item, value, levels - 1));
            }
            (ExprKind::Reference { .. }, _) => {}
            (_, value) => {
                if let Some(unknown) = failure(value).filter(|unknown| !self.is_told(&unknown.subject)) {
                    self.warn("expression", expr.span, sentence(&unknown.subject));
                }
            }
        }
    }

    fn block(&mut self, block: &Block, scope: &Scope<'_>, group: &mut Group) {
        if self.depth >= limits::EXPRESSION_DEPTH {
            group.unknown = Some(self.too_much(block.header, "expressions nested deeper than 300 are not evaluated"));
            return;
        }
        self.depth += 1;
        match &block.dynamic {
            Some(dynamic) => self.dynamic(dynamic, block, scope, group),
            None => {
                let object = self.body(&block.body, scope);
                group.blocks.push(Value::object(object));
            }
        }
        self.depth -= 1;
    }

    fn dynamic(&mut self, dynamic: &Dynamic, block: &Block, scope: &Scope<'_>, group: &mut Group) {
        let collection = self.eval(&dynamic.for_each, scope);
        // Dynamic blocks inside dynamic blocks multiply; each alone would be few enough.
        if self.blocks > limits::DYNAMIC_BLOCKS {
            group.unknown = Some(self.too_much(dynamic.for_each.span, "past 200,000 dynamic blocks in all, no more are evaluated"));
            return;
        }
        let items = match items_of(&collection) {
            Ok(items) => items,
            Err(value) => {
                if let Value::Unknown(unknown) = &value
                    && unknown.kind == UnknownKind::Invalid
                    && !self.is_told(&unknown.subject)
                {
                    self.warn("expression", dynamic.for_each.span, sentence(&unknown.subject));
                }
                group.unknown = Some(value);
                return;
            }
        };
        if items.len() as u64 > limits::INSTANCES_OF_BLOCK {
            group.unknown = Some(self.too_much(dynamic.for_each.span, "more than 10,000 dynamic blocks are not evaluated"));
            return;
        }
        for (key, value) in items {
            let mut iterator = Object::with_capacity(2);
            iterator.insert("key".into(), key);
            iterator.insert("value".into(), value);
            let binding = Binding { name: &dynamic.iterator, value: Value::object(iterator), outer: scope.names };
            self.blocks += 1;
            let object = self.body(&block.body, &scope.with(&binding));
            let object = Value::object(object);
            group.blocks.push(if collection.is_sensitive() { object.sensitive() } else { object });
            if self.suspended.is_some() {
                return;
            }
        }
    }
}

/// A reason as a sentence of its own; the name of a function stays as it is.
pub(super) fn sentence(reason: &str) -> EcoString {
    if reason.split_once("()").is_some_and(|(name, _)| !name.contains(' ')) {
        return reason.into();
    }
    let mut letters = reason.chars();
    let mut text = EcoString::new();
    if let Some(first) = letters.next() {
        text.extend(first.to_uppercase());
        text.push_str(letters.as_str());
    }
    text
}
