//! Text with interpolations and directives.

use super::Evaluator;
use super::access::items_of;
use super::convert::{text_of, truth_of};
use super::expression::{invalid, mark};
use super::limits;
use super::scope::{Binding, Scope};
use crate::lang::terraform;
use crate::model::{ExprKind, Part, UnknownKind, Value};
use crate::source::{FileId, Span};

impl Evaluator<'_> {
    pub(super) fn template(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span) -> Value {
        // One interpolation alone keeps its value's type.
        if let [Part::Interpolation(expr)] = parts {
            return self.eval(expr, scope);
        }
        let mut text = String::new();
        let mut sensitive = false;
        match self.parts(parts, scope, span, &mut text, &mut sensitive) {
            Ok(()) => mark(Value::text(text), sensitive),
            Err(value) => mark(value, sensitive),
        }
    }

    fn parts(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span, text: &mut String, sensitive: &mut bool) -> Result<(), Value> {
        for part in parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Interpolation(expr) => {
                    let value = self.eval(expr, scope);
                    *sensitive |= value.is_sensitive();
                    text.push_str(&text_of(&value).map_err(Value::Unknown)?);
                }
                Part::If { condition, then, otherwise } => {
                    let condition = self.eval(condition, scope);
                    *sensitive |= condition.is_sensitive();
                    let taken = if truth_of(&condition).map_err(Value::Unknown)? { then } else { otherwise };
                    self.nested(taken, scope, span, text, sensitive)?;
                }
                Part::For { key, value, collection, body } => {
                    let set = key.is_some() && self.is_set(collection, scope, 8);
                    let collection = self.eval(collection, scope);
                    *sensitive |= collection.is_sensitive();
                    for (item_key, item) in items_of(collection.unmarked(), set)? {
                        let item = Binding { name: value, value: item, outer: scope.names };
                        let inner = scope.with(&item);
                        let key = key.as_ref().map(|name| Binding { name, value: item_key, outer: inner.names });
                        let inner = key.as_ref().map_or(inner, |key| inner.with(key));
                        self.nested(body, &inner, span, text, sensitive)?;
                    }
                }
            }
            if text.len() > limits::TEXT {
                return Err(self.too_much(span, "texts longer than 4 MiB are not evaluated"));
            }
            if self.suspended.is_some() {
                return Err(Value::unknown(UnknownKind::Limit, "depth"));
            }
        }
        Ok(())
    }

    /// Directives nest as deep as expressions do.
    fn nested(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span, text: &mut String, sensitive: &mut bool) -> Result<(), Value> {
        if self.depth >= limits::EXPRESSION_DEPTH {
            return Err(self.too_much(span, "expressions nested deeper than 300 are not evaluated"));
        }
        self.steps += 1;
        if self.steps > limits::STEPS {
            return Err(self.too_much(span, "evaluation stops after 5,000,000 steps"));
        }
        self.depth += 1;
        let outcome = self.parts(parts, scope, span, text, sensitive);
        self.depth -= 1;
        outcome
    }
}

impl Evaluator<'_> {
    /// A template that stands in a file or a text, with the values it is given.
    pub(super) fn template_text(&mut self, text: &str, values: &Value, span: Span) -> Value {
        if !text.contains("${") && !text.contains("%{") {
            return Value::text(text);
        }
        if self.depth >= limits::EXPRESSION_DEPTH {
            return self.too_much(span, "expressions nested deeper than 300 are not evaluated");
        }
        let sensitive = values.is_sensitive();
        let handed = match values.unmarked() {
            Value::Object(object) => object,
            Value::Unknown(unknown) => return Value::Unknown(unknown.clone()),
            _ => return invalid("the values for a template are a map"),
        };
        // A heredoc is the one text that has interpolations but no escapes, as a template file has.
        let mut marker = String::from("TEMPLATE");
        while text.contains(&marker) {
            marker.push('_');
        }
        let ends_line = text.ends_with('\n');
        let wrapped = format!("<<{marker}\n{text}{}{marker}", if ends_line { "" } else { "\n" });
        let (template, problems) = terraform::expression(FileId(u32::MAX), &wrapped);
        if let Some(problem) = problems.first() {
            return invalid(problem.message.clone());
        }
        let scope = Scope { handed: Some(handed), ..Scope::of_module(0) };
        let value = match &template.kind {
            // The line feed that only the heredoc needs.
            ExprKind::Template(parts) if !ends_line => {
                let mut parts = parts.clone();
                if let Some(Part::Text(last)) = parts.last_mut()
                    && let Some(kept) = last.strip_suffix('\n')
                {
                    *last = kept.into();
                }
                parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
                self.template(&parts, &scope, span)
            }
            ExprKind::Literal(Value::Text(text)) if !ends_line => Value::text(text.strip_suffix('\n').unwrap_or(text)),
            _ => self.eval(&template, &scope),
        };
        mark(value, sensitive)
    }
}
