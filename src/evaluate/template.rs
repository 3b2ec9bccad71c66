//! Text with interpolations and directives.

use super::Evaluator;
use super::access::items_of;
use super::convert::{text_of, truth_of};
use super::expression::{invalid, mark};
use super::limits;
use super::scope::{Binding, Scope};
use crate::lang::terraform;
use crate::model::{ExprKind, Part, Unknown, UnknownKind, Value};
use crate::source::{FileId, Span};
use crate::unicode::composed;

/// A text as it is written, with what is known of it.
#[derive(Default)]
struct Written {
    text: String,
    sensitive: bool,
    /// The first part that is not known.
    open: Option<Unknown>,
}

impl Written {
    /// Goes on after a part that is not known; one that is wrong makes the whole text wrong.
    fn leave_open(&mut self, unknown: Unknown) -> Result<(), Value> {
        if unknown.kind == UnknownKind::Invalid && self.open.is_none() {
            return Err(Value::Unknown(unknown));
        }
        self.text.push(Unknown::SIGN);
        self.text.extend(unknown.sign());
        self.open.get_or_insert(unknown);
        Ok(())
    }
}

impl Evaluator<'_> {
    pub(super) fn template(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span) -> Value {
        // One interpolation alone keeps its value's type.
        if let [Part::Interpolation(expr)] = parts {
            return self.eval(expr, scope);
        }
        let mut text = Written::default();
        let value = match self.parts(parts, scope, span, &mut text) {
            Ok(()) => match text.open {
                Some(unknown) => {
                    // Read only where two of them differ.
                    let document = !text.sensitive && text.text.trim_start().starts_with(['{', '[']);
                    let document = if document { Value::text(text.text.as_str()) } else { Value::Null };
                    Value::Unknown(unknown.within(&text.text, 0, document))
                }
                None => Value::Text(composed(text.text.into())),
            },
            Err(value) => value,
        };
        mark(value, text.sensitive)
    }

    fn parts(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span, text: &mut Written) -> Result<(), Value> {
        for part in parts {
            match part {
                Part::Text(literal) => text.text.push_str(literal),
                Part::Interpolation(expr) => {
                    let value = self.eval(expr, scope);
                    text.sensitive |= value.is_sensitive();
                    match text_of(&value) {
                        Ok(known) => text.text.push_str(&known),
                        Err(unknown) => text.leave_open(unknown)?,
                    }
                }
                Part::If { condition, then, otherwise } => {
                    let condition = self.eval(condition, scope);
                    text.sensitive |= condition.is_sensitive();
                    match truth_of(&condition) {
                        Ok(holds) => self.nested(if holds { then } else { otherwise }, scope, span, text)?,
                        Err(unknown) => text.leave_open(unknown)?,
                    }
                }
                Part::For { key, value, collection, body } => {
                    let collection = self.eval(collection, scope);
                    text.sensitive |= collection.is_sensitive();
                    let items = match items_of(&collection) {
                        Ok(items) => items,
                        Err(Value::Unknown(unknown)) => {
                            text.leave_open(unknown)?;
                            continue;
                        }
                        Err(other) => return Err(other),
                    };
                    for (item_key, item) in items {
                        let key = key.as_ref().map(|name| Binding { name, value: item_key, outer: scope.names });
                        let outer = key.as_ref().map_or(*scope, |key| scope.with(key));
                        let item = Binding { name: value, value: item, outer: outer.names };
                        let inner = outer.with(&item);
                        self.nested(body, &inner, span, text)?;
                    }
                }
            }
            if text.text.len() > limits::TEXT {
                return Err(self.too_much(span, "texts longer than 4 MiB are not evaluated"));
            }
            if self.suspended.is_some() {
                return Err(Value::unknown(UnknownKind::Limit, "depth"));
            }
        }
        Ok(())
    }

    /// Directives nest as deep as expressions do.
    fn nested(&mut self, parts: &[Part], scope: &Scope<'_>, span: Span, text: &mut Written) -> Result<(), Value> {
        if self.depth >= limits::EXPRESSION_DEPTH {
            return Err(self.too_much(span, "expressions nested deeper than 300 are not evaluated"));
        }
        self.steps += 1;
        if self.steps > limits::STEPS {
            return Err(self.too_much(span, "evaluation stops after 5,000,000 steps"));
        }
        self.depth += 1;
        let outcome = self.parts(parts, scope, span, text);
        self.depth -= 1;
        outcome
    }
}

impl Evaluator<'_> {
    /// A template that stands in a file or a text, with the values it is given.
    pub(super) fn template_text(&mut self, text: &str, values: &Value, span: Span) -> Value {
        if !text.contains("${") && !text.contains("%{") {
            return Value::Text(composed(text.into()));
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
