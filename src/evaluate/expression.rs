//! One expression to one value.

use std::sync::Arc;

use ecow::EcoString;

use super::Evaluator;
use super::access::items_of;
use super::convert::{text_of, truth_of};
use super::functions::{self, failure};
use super::limits;
use super::one_type::EVALUATED;
use super::operate;
use super::scope::{Binding, Scope};
use crate::model::{Dialect, Expr, ExprKind, ForList, ForObject, Kind, Object, ObjectItem, Unknown, UnknownKind, Value};
use crate::source::Span;

/// A value that says why the expression's evaluation fails.
pub(super) fn invalid(message: impl Into<EcoString>) -> Value {
    Value::unknown(UnknownKind::Invalid, message)
}

impl Evaluator<'_> {
    pub(super) fn eval(&mut self, expr: &Expr, scope: &Scope<'_>) -> Value {
        match &expr.kind {
            ExprKind::Literal(value) => return value.clone(),
            ExprKind::Unknown(unknown) => {
                if unknown.kind == UnknownKind::Invalid {
                    self.unreadable.insert(unknown.subject.clone());
                    self.unkept();
                }
                return Value::Unknown(unknown.clone());
            }
            _ => {}
        }
        if self.suspended.is_some() {
            return Value::unknown(UnknownKind::Limit, "depth");
        }
        if self.depth >= limits::EXPRESSION_DEPTH {
            return self.too_much(expr.span, "expressions nested deeper than 300 are not evaluated");
        }
        self.steps += 1;
        if self.steps > limits::STEPS {
            return self.too_much(expr.span, "evaluation stops after 5,000,000 steps");
        }
        self.depth += 1;
        self.depend_on_file(expr.span.file);
        let value = self.eval_kind(expr, scope);
        self.depth -= 1;
        value
    }

    fn eval_kind(&mut self, expr: &Expr, scope: &Scope<'_>) -> Value {
        match &expr.kind {
            ExprKind::Literal(value) => value.clone(),
            ExprKind::Unknown(unknown) => Value::Unknown(unknown.clone()),
            ExprKind::Template(parts) => self.template(parts, scope, expr.span),
            ExprKind::Reference { root, steps } => self.reference(root, steps, scope),
            ExprKind::Access { of, steps } => {
                let value = self.eval(of, scope);
                if let Some(unknown) = failure(&value) {
                    return Value::Unknown(unknown.clone());
                }
                let value = self.splattable(value, steps, &|evaluator| evaluator.type_as_written(of, scope, EVALUATED));
                self.follow(value, steps, scope)
            }
            ExprKind::Call { function, args, expand_last } => self.call_function(function, args, *expand_last, scope, expr.span),
            ExprKind::Unary { operator, operand } => operate::unary(*operator, self.eval(operand, scope)),
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right, scope),
            ExprKind::Conditional { condition, then, otherwise } => self.conditional(condition, then, otherwise, scope),
            ExprKind::List(items) => self.list(items, scope, expr.span),
            ExprKind::Object(items) => self.object(items, scope),
            ExprKind::ForList(it) => {
                let ForList { key, value, collection, body, condition } = &**it;
                self.for_list(&For { key: key.as_ref(), value, collection, condition: condition.as_ref(), span: expr.span }, body, scope)
            }
            ExprKind::ForObject(it) => {
                let ForObject { key, value, collection, body_key, body, group, condition } = &**it;
                let over = For { key: key.as_ref(), value, collection, condition: condition.as_ref(), span: expr.span };
                self.for_object(&over, body_key, body, *group, scope)
            }
        }
    }

    pub(super) fn too_much(&mut self, span: Span, message: &'static str) -> Value {
        self.warn("limit", span, message);
        Value::unknown(UnknownKind::Limit, message)
    }

    fn list(&mut self, items: &[Expr], scope: &Scope<'_>, span: Span) -> Value {
        if items.len() > limits::ITEMS {
            return self.too_much(span, "lists of more than 100,000 items are not evaluated");
        }
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.push(self.eval(item, scope));
        }
        Value::list_of(Kind::Each, values)
    }

    fn object(&mut self, items: &[ObjectItem], scope: &Scope<'_>) -> Value {
        let mut object = Object::with_capacity(items.len());
        let mut sensitive = false;
        for item in items {
            let key = match &item.key.kind {
                ExprKind::Literal(Value::Text(name)) => name.clone(),
                _ => {
                    let key = self.eval(&item.key, scope);
                    sensitive |= key.is_sensitive();
                    match text_of(&key) {
                        Ok(name) => name,
                        Err(unknown) => return Value::Unknown(unknown),
                    }
                }
            };
            let value = self.eval(&item.value, scope);
            object.insert(key, value);
        }
        mark(Value::object_of(Kind::Each, object), sensitive)
    }

    fn conditional(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr, scope: &Scope<'_>) -> Value {
        let condition = self.eval(condition, scope);
        let sensitive = condition.is_sensitive();
        let value = match truth_of(&condition) {
            Ok(holds) => {
                let (taken, other) = if holds { (then, otherwise) } else { (otherwise, then) };
                let value = self.eval(taken, scope);
                self.of_one_type(value, taken, other, scope)
            }
            Err(unknown) if unknown.kind == UnknownKind::Invalid => Value::Unknown(unknown),
            // Either arm may come. When both are the same, it does not matter which.
            Err(unknown) => {
                let first = self.eval(then, scope);
                if first.is_wholly_known() && first == self.eval(otherwise, scope) { first } else { Value::Unknown(unknown) }
            }
        };
        mark(value, sensitive)
    }

    fn for_list(&mut self, over: &For<'_>, body: &Expr, scope: &Scope<'_>) -> Value {
        let mut values = Vec::new();
        let outcome = self.each_of(over, scope, &mut |evaluator, scope| {
            let value = evaluator.eval(body, scope);
            values.push(value);
            None
        });
        match outcome {
            Ok(sensitive) => mark(Value::list_of(Kind::Each, values), sensitive),
            Err(value) => value,
        }
    }

    fn for_object(&mut self, over: &For<'_>, body_key: &Expr, body: &Expr, group: bool, scope: &Scope<'_>) -> Value {
        let mut object = Object::default();
        let mut hidden_key = false;
        let outcome = self.each_of(over, scope, &mut |evaluator, scope| {
            let key = evaluator.eval(body_key, scope);
            hidden_key |= key.is_sensitive();
            let key = match text_of(&key) {
                Ok(key) => key,
                Err(unknown) => return Some(Value::Unknown(unknown)),
            };
            let value = evaluator.eval(body, scope);
            if group {
                match object.get_mut(&key) {
                    Some(Value::List(items)) => Arc::make_mut(items).push(value),
                    _ => drop(object.insert(key, Value::list_of(Kind::Each, vec![value]))),
                }
            } else if object.contains_key(&key) {
                return Some(invalid(format!("two items have the key {key:?}; add ... to the value to group them")));
            } else {
                object.insert(key, value);
            }
            None
        });
        let sensitive = match outcome {
            Ok(sensitive) => sensitive,
            Err(value) => return value,
        };
        object.sort_keys();
        mark(Value::object_of(Kind::Each, object), sensitive || hidden_key)
    }

    /// Calls `visit` for each item that the condition admits. `visit` may end the loop with a value.
    fn each_of(
        &mut self,
        over: &For<'_>,
        scope: &Scope<'_>,
        visit: &mut dyn FnMut(&mut Self, &Scope<'_>) -> Option<Value>,
    ) -> Result<bool, Value> {
        let collection = self.eval(over.collection, scope);
        let mut sensitive = collection.is_sensitive();
        if let Some(unknown) = failure(&collection) {
            return Err(Value::Unknown(unknown.clone()));
        }
        let items = items_of(&collection)?;
        if items.len() > limits::ITEMS {
            return Err(self.too_much(over.span, "for expressions over more than 100,000 items are not evaluated"));
        }
        for (key, value) in items {
            let key = over.key.map(|name| Binding { name, value: key, outer: scope.names });
            let outer = key.as_ref().map_or(*scope, |key| scope.with(key));
            let value = Binding { name: over.value, value, outer: outer.names };
            let inner = outer.with(&value);
            if let Some(condition) = over.condition {
                let condition = self.eval(condition, &inner);
                sensitive |= condition.is_sensitive();
                match truth_of(&condition) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(unknown) => return Err(mark(Value::Unknown(unknown), sensitive)),
                }
            }
            if let Some(value) = visit(self, &inner) {
                return Err(mark(value, sensitive));
            }
            if self.suspended.is_some() {
                return Err(Value::unknown(UnknownKind::Limit, "depth"));
            }
        }
        Ok(sensitive)
    }

    fn call_function(&mut self, name: &EcoString, args: &[Expr], expand_last: bool, scope: &Scope<'_>, span: Span) -> Value {
        match functions::find(name) {
            Some(function) => self.apply(function, args, expand_last, scope, span),
            None => {
                self.ask_unsupported(name, span);
                // A provider's has its name in it; what another language calls is its reader's to tell.
                if !name.contains("::") && self.dialect(scope.module) == Dialect::Terraform {
                    return invalid(ecow::eco_format!("there is no function {name}{}", functions::near(name)));
                }
                Value::unknown(UnknownKind::Unsupported, ecow::eco_format!("{name}()"))
            }
        }
    }

    /// The values of a call's arguments; the last one may be a list of several.
    pub(super) fn arguments_of(&mut self, args: &[Expr], expand_last: bool, scope: &Scope<'_>) -> Result<(Vec<Value>, bool), Value> {
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.eval(arg, scope));
        }
        let mut sensitive = false;
        if expand_last && let Some(last) = values.pop() {
            sensitive = last.is_sensitive();
            match last.unmarked() {
                Value::List(items) => values.extend(items.iter().cloned()),
                Value::Unknown(unknown) => return Err(mark(Value::Unknown(unknown.clone()), sensitive)),
                other => return Err(invalid(format!("a {} cannot be expanded to arguments", other.type_name()))),
            }
        }
        Ok((values, sensitive))
    }
}

/// The parts that both kinds of `for` expression share.
struct For<'e> {
    key: Option<&'e EcoString>,
    value: &'e EcoString,
    collection: &'e Expr,
    condition: Option<&'e Expr>,
    span: Span,
}

/// Carries a sensitive mark over to a result.
pub(super) fn mark(value: Value, sensitive: bool) -> Value {
    if sensitive { value.sensitive() } else { value }
}

/// The first unknown value at any depth.
pub(super) fn first_unknown(value: &Value) -> Option<&Unknown> {
    match value {
        Value::Unknown(unknown) => Some(unknown),
        Value::Sensitive(inner) => first_unknown(inner),
        Value::List(items) => items.iter().find_map(first_unknown),
        Value::Object(object) => object.values().find_map(first_unknown),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}
