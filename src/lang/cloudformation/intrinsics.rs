//! Values with intrinsic functions, lowered to expressions.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashSet;

use super::sub::{self, Piece};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{BinaryOperator, Expr, ExprKind, Number, ObjectItem, Part, Step, UnaryOperator, UnknownKind, Value};
use crate::source::Span;
use crate::syntax::document::{Node, Scalar};

/// The names a template declares, and what lowering found out.
pub struct Lowering<'a> {
    pub text: &'a str,
    pub parameters: FxHashSet<&'a str>,
    pub conditions: FxHashSet<&'a str>,
    /// Pseudo parameters that are used, with the first place.
    pub pseudo: Vec<(EcoString, Span)>,
    /// The resource that is lowered; empty for what may name every resource.
    pub own: EcoString,
    pub out: &'a mut Diagnostics,
}

/// Names of conditions and mappings among a module's locals.
pub fn condition_name(name: &str) -> EcoString {
    eco_format!("Conditions.{name}")
}

pub const MAPPINGS: &str = "Mappings";

impl Lowering<'_> {
    pub fn expr(&mut self, node: &Node) -> Expr {
        let span = node.span;
        if node.is_sequence() {
            return Expr::new(ExprKind::List(node.items().iter().map(|item| self.expr(item)).collect()), span);
        }
        if node.is_mapping() {
            if let [entry] = node.entries()
                && let Some(name) = entry.key.text()
                && (name == "Ref" || name.starts_with("Fn::"))
            {
                return self.intrinsic(name, &entry.value, span);
            }
            let items = node.entries().iter().map(|entry| ObjectItem { key: text_expr(&entry.key), value: self.expr(&entry.value) });
            return Expr::new(ExprKind::Object(items.collect()), span);
        }
        let text = node.text().unwrap_or_default();
        if let Some((reference, secret)) = sub::dynamic(text) {
            let value = Value::unknown(UnknownKind::AfterApply, reference);
            return Expr::literal(if secret { value.sensitive() } else { value }, span);
        }
        Expr::literal(plain(node), span)
    }

    fn intrinsic(&mut self, name: &str, value: &Node, span: Span) -> Expr {
        let kind = match (name, value.items()) {
            ("Ref", _) => return self.named(value.text().unwrap_or_default(), span),
            ("Fn::GetAtt", _) => return self.attribute(value, span),
            ("Fn::Sub", _) => return self.sub(value, span),
            ("Fn::If", [condition, then, otherwise]) => ExprKind::Conditional {
                condition: Box::new(self.condition_named(condition)),
                then: Box::new(self.expr(then)),
                otherwise: Box::new(self.expr(otherwise)),
            },
            ("Fn::Join", [separator, list]) => self.call("join", [separator, list]),
            ("Fn::Split", [separator, text]) => self.call("split", [separator, text]),
            ("Fn::Select", [index, list]) => {
                let index = match index.text().and_then(|text| text.trim().parse::<i64>().ok()) {
                    Some(number) => Expr::literal(Value::Number(number.into()), index.span),
                    None => self.expr(index),
                };
                ExprKind::Access { of: Box::new(self.expr(list)), steps: vec![Step::Index(Box::new(index))] }
            }
            ("Fn::FindInMap", [map, first, second, rest @ ..]) => self.find_in_map([map, first, second], rest.first(), span),
            ("Fn::Base64", _) => self.call("base64encode", [value]),
            ("Fn::Length", _) => self.call("length", [value]),
            ("Fn::ToJsonString", _) => self.call("jsonencode", [value]),
            ("Fn::GetAZs", _) => {
                // The argument keeps its references; the zones are the account's.
                let zones = Expr::literal(Value::unknown(UnknownKind::AfterApply, "the availability zones"), span);
                ExprKind::Access {
                    of: Box::new(Expr::new(ExprKind::List(vec![zones, self.expr(value)]), span)),
                    steps: vec![index(0, span)],
                }
            }
            ("Fn::ImportValue", _) => {
                let name = self.expr(value);
                ExprKind::Reference { root: "import".into(), steps: vec![Step::Index(Box::new(name))] }
            }
            ("Fn::Contains", [list, value]) => self.call("contains", [list, value]),
            ("Fn::EachMemberIn", [items, of]) => {
                let items = self.expr(items);
                super::parameters::among(items, self.expr(of))
            }
            ("Fn::EachMemberEquals", [items, value]) => {
                let (items, value) = (self.expr(items), self.expr(value));
                let only = Expr::new(ExprKind::List(vec![value]), span);
                super::parameters::among(items, only)
            }
            ("Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals", _) => return self.condition_expr(name, value, span),
            ("Fn::Cidr", items) if !items.is_empty() => {
                ExprKind::Call { function: name.into(), args: items.iter().map(|item| self.expr(item)).collect(), expand_last: false }
            }
            ("Fn::If" | "Fn::Join" | "Fn::Split" | "Fn::Select" | "Fn::FindInMap" | "Fn::Cidr", items) => {
                let message = eco_format!("{name} does not take {} arguments; its value is not known", items.len());
                self.out.push(Diagnostic::error("intrinsic", span, message));
                let list = self.expr(value);
                ExprKind::Call { function: name.into(), args: vec![list], expand_last: false }
            }
            _ => ExprKind::Call { function: name.into(), args: vec![self.expr(value)], expand_last: false },
        };
        Expr::new(kind, span)
    }

    fn call<const N: usize>(&mut self, function: &str, args: [&Node; N]) -> ExprKind {
        ExprKind::Call { function: function.into(), args: args.map(|arg| self.expr(arg)).into(), expand_last: false }
    }

    /// `Ref`: a parameter's value, or what a resource is called.
    fn named(&mut self, name: &str, span: Span) -> Expr {
        if name == "AWS::NoValue" {
            return Expr::literal(Value::Null, span);
        }
        let pseudo = name.starts_with("AWS::");
        if pseudo && !self.pseudo.iter().any(|(known, _)| known == name) {
            self.pseudo.push((name.into(), span));
        }
        if pseudo || self.parameters.contains(name) {
            return reference("var", [name.into()], span);
        }
        self.not_itself(name, span);
        reference("resource", [name.into(), "Ref".into()], span)
    }

    /// A resource may not name itself.
    pub fn not_itself(&mut self, name: &str, span: Span) {
        if name == self.own && !name.is_empty() {
            let message = eco_format!("{name} depends on itself: the template is refused");
            self.out.push(Diagnostic::error("cycle", span, message));
        }
    }

    /// `Fn::GetAtt`: `[id, attribute]`, or both in one text.
    fn attribute(&mut self, value: &Node, span: Span) -> Expr {
        let (id, attribute) = match (value.text(), value.items()) {
            (Some(text), _) => text.split_once('.').unwrap_or((text, "")),
            (None, [id, attribute]) if attribute.text().is_some() => (id.text().unwrap_or_default(), attribute.text().unwrap_or_default()),
            (None, [id, rest @ ..]) => {
                let mut steps = vec![Step::Name(id.text().unwrap_or_default().into(), span)];
                for step in rest {
                    steps.push(Step::Index(Box::new(self.expr(step))));
                }
                return Expr::new(ExprKind::Reference { root: "resource".into(), steps }, span);
            }
            _ => {
                self.out.push(Diagnostic::error("intrinsic", span, "Fn::GetAtt takes a logical id and an attribute"));
                return Expr::literal(Value::unknown(UnknownKind::Invalid, "Fn::GetAtt without a logical id"), span);
            }
        };
        self.attribute_of(id, attribute, span)
    }

    fn attribute_of(&mut self, id: &str, attribute: &str, span: Span) -> Expr {
        self.not_itself(id, span);
        match attribute.strip_prefix("Outputs.") {
            Some(output) => reference("resource", [id.into(), "Outputs".into(), output.into()], span),
            None => reference("resource", [id.into(), attribute.into()], span),
        }
    }

    fn sub(&mut self, value: &Node, span: Span) -> Expr {
        let (text, names) = match value.items() {
            [text, names] => (text, names.entries()),
            [text] => (text, &[][..]),
            _ => (value, &[][..]),
        };
        let Some(written) = text.text() else {
            self.out.push(Diagnostic::error("intrinsic", span, "Fn::Sub takes a text, or a list of a text and its names"));
            return Expr::literal(Value::unknown(UnknownKind::Invalid, "Fn::Sub without a text"), span);
        };
        let shift = self.text_offset(text, written);
        let mut parts = Vec::new();
        for piece in sub::pieces(written) {
            match piece {
                Piece::Text(text) => match sub::dynamic(text) {
                    Some((dynamic, secret)) => {
                        let value = Value::unknown(UnknownKind::AfterApply, dynamic);
                        parts.push(Part::Interpolation(Expr::literal(if secret { value.sensitive() } else { value }, span)));
                    }
                    None => parts.push(Part::Text(text.into())),
                },
                Piece::Name(at, name) => {
                    let place = match shift {
                        Some(shift) => Span::new(span.file, shift + at as u32, shift + (at + name.len()) as u32),
                        None => text.span,
                    };
                    let own = names.iter().find(|entry| entry.key.text() == Some(name));
                    parts.push(Part::Interpolation(match (own, name.split_once('.')) {
                        (Some(entry), _) => self.expr(&entry.value),
                        (None, Some((id, attribute))) => self.attribute_of(id, attribute, place),
                        (None, None) => self.named(name, place),
                    }));
                }
            }
        }
        match parts.as_slice() {
            [] => Expr::literal(Value::text(""), span),
            [Part::Text(only)] => Expr::literal(Value::Text(only.clone()), span),
            _ => Expr::new(ExprKind::Template(parts), span),
        }
    }

    /// Where a scalar's text begins in the file, when it stands there as it is.
    fn text_offset(&self, node: &Node, written: &str) -> Option<u32> {
        let start = node.span.start as usize;
        [start, start + 1].into_iter().find(|at| self.text.get(*at..at + written.len()) == Some(written)).map(|at| at as u32)
    }

    fn find_in_map(&mut self, keys: [&Node; 3], options: Option<&Node>, span: Span) -> ExprKind {
        let mut steps = vec![Step::Name(MAPPINGS.into(), span)];
        for key in keys {
            let key = match key.text() {
                Some(text) => Expr::literal(Value::text(text), key.span),
                None => self.expr(key),
            };
            steps.push(Step::Index(Box::new(key)));
        }
        let found = ExprKind::Reference { root: "local".into(), steps };
        match options.and_then(|options| options.get("DefaultValue")) {
            Some(default) => {
                let args = vec![Expr::new(found, span), self.expr(default)];
                ExprKind::Call { function: "try".into(), args, expand_last: false }
            }
            None => found,
        }
    }

    /// A value that holds or does not: what stands in `Conditions`.
    pub fn condition(&mut self, node: &Node) -> Expr {
        if let [entry] = node.entries()
            && let Some(name) = entry.key.text()
        {
            match name {
                "Condition" => return self.condition_named(&entry.value),
                "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" => return self.condition_expr(name, &entry.value, node.span),
                _ => {}
            }
        }
        self.expr(node)
    }

    /// A condition by its name.
    pub fn condition_named(&mut self, node: &Node) -> Expr {
        let Some(name) = node.text() else { return self.condition(node) };
        if !self.conditions.contains(name) {
            self.out.push(Diagnostic::warning(
                "undeclared",
                node.span,
                eco_format!("the condition {name} is declared nowhere in this template"),
            ));
            return Expr::literal(Value::unknown(UnknownKind::Unresolved, name), node.span);
        }
        reference("local", [condition_name(name)], node.span)
    }

    fn condition_expr(&mut self, name: &str, value: &Node, span: Span) -> Expr {
        if name == "Fn::Equals" {
            let [left, right] = value.items() else {
                self.out.push(Diagnostic::error("intrinsic", span, "Fn::Equals compares two values"));
                return Expr::literal(Value::unknown(UnknownKind::Invalid, "Fn::Equals without two values"), span);
            };
            let [left, right] = [left, right].map(|side| match side.text() {
                // Both sides are compared as texts.
                Some(text) => Expr::literal(Value::text(text), side.span),
                None => self.expr(side),
            });
            let kind = ExprKind::Binary { operator: BinaryOperator::Equal, left: Box::new(left), right: Box::new(right) };
            return Expr::new(kind, span);
        }
        let mut sides = value.items().iter().map(|item| self.condition(item)).collect::<Vec<_>>().into_iter();
        let Some(first) = sides.next() else {
            self.out.push(Diagnostic::error("intrinsic", span, eco_format!("{name} takes a list of conditions")));
            return Expr::literal(Value::unknown(UnknownKind::Invalid, eco_format!("{name} without conditions")), span);
        };
        if name == "Fn::Not" {
            return Expr::new(ExprKind::Unary { operator: UnaryOperator::Not, operand: Box::new(first) }, span);
        }
        let operator = if name == "Fn::And" { BinaryOperator::And } else { BinaryOperator::Or };
        sides.fold(first, |left, right| Expr::new(ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) }, span))
    }
}

fn index(at: i64, span: Span) -> Step {
    Step::Index(Box::new(Expr::literal(Value::Number(at.into()), span)))
}

pub fn reference<const N: usize>(root: &str, names: [EcoString; N], span: Span) -> Expr {
    let steps = names.into_iter().map(|name| Step::Name(name, span)).collect();
    Expr::new(ExprKind::Reference { root: root.into(), steps }, span)
}

/// A scalar's text as a literal, whatever else it could mean.
pub fn text_expr(node: &Node) -> Expr {
    Expr::literal(Value::text(node.text().unwrap_or_default()), node.span)
}

/// What a scalar means.
pub fn plain(node: &Node) -> Value {
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Bool(value)) => Value::Bool(value),
        Some(Scalar::Integer(value)) => Value::Number(value.into()),
        Some(Scalar::Number(text)) => Number::parse(text).map_or_else(|| Value::text(text), Value::Number),
        Some(Scalar::Text(text)) => Value::text(text),
    }
}
