//! The JSON spelling of the language: `*.tf.json`, `*.tofu.json` and `*.tfvars.json`.
//!
//! Texts are templates. Whether an object is an argument or a nested block, only a provider's schema tells; both
//! evaluate to the same value, so all but the language's own blocks are read as arguments.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::blocks::{dependencies, list, negated};
use super::lowering::{Lowering, text};
use super::{expression, paths};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{
    Attribute, Block, Body, Condition, ConditionKind, Declaration, Dynamic, Expr, ExprKind, Import, Lifecycle, Local, Mode, Module,
    ModuleCall, Moved, Number, ObjectItem, Output, Part, ProviderConfig, Removed, Step, Value, Variable,
};
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Entry, Kind, Node, Scalar};
use crate::unicode::composed;

/// Reads a configuration in JSON.
pub(super) fn configuration(file: &SourceFile) -> (Module, Diagnostics) {
    let mut reader = Reader { out: Diagnostics::new() };
    let mut module = Module::default();
    if let Some(root) = document::read_one(file.id, &file.text, &mut reader.out) {
        each(&root, &mut |root| root.entries().iter().for_each(|entry| reader.top(entry, &mut module)));
    }
    (module, reader.out)
}

/// Reads values of variables in JSON.
pub(super) fn assignments(file: &SourceFile) -> (Module, Diagnostics) {
    let mut out = Diagnostics::new();
    let root = document::read_one(file.id, &file.text, &mut out);
    let entries = root.as_ref().map(Node::entries).unwrap_or_default();
    // Here texts are texts, whatever is in them.
    let plain = |entry: &Entry| {
        let name = entry.key.text()?.into();
        Some(Attribute { name, name_span: entry.key.span, value: plain(&entry.value) })
    };
    (Module { assignments: entries.iter().filter_map(plain).collect(), ..Module::default() }, out)
}

/// A node, or every item of a list of them: the format lets blocks stand in a list at every level.
fn each<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(|item| each(item, visit)),
        _ => visit(node),
    }
}

fn literal(node: &Node) -> Option<Value> {
    Some(match node.scalar()? {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => Value::Bool(value),
        Scalar::Integer(value) => Value::Number(value.into()),
        Scalar::Number(text) => Number::parse(text).map_or_else(|| Value::text(text), Value::Number),
        Scalar::Text(text) => Value::Text(composed(text.into())),
    })
}

fn plain(node: &Node) -> Expr {
    let kind = match &node.kind {
        Kind::Scalar { .. } => ExprKind::Literal(literal(node).unwrap_or_default()),
        Kind::Sequence(items) => ExprKind::List(items.iter().map(plain).collect()),
        Kind::Mapping(entries) => ExprKind::Object(
            entries
                .iter()
                .map(|entry| ObjectItem { key: text(entry.key.text().unwrap_or_default(), entry.key.span), value: plain(&entry.value) })
                .collect(),
        ),
    };
    Expr::new(kind, node.span)
}

struct Reader {
    out: Diagnostics,
}

impl Reader {
    fn top(&mut self, entry: &Entry, module: &mut Module) {
        let (Some(kind), value) = (entry.key.text(), &entry.value) else { return };
        match kind {
            "//" | "action" => {}
            "terraform" => each(value, &mut |node| {
                for kind in ["backend", "cloud"] {
                    let Some(written) = node.get(kind) else { continue };
                    let mut keep = |labels: Vec<EcoString>, node: &Node, header: Span, body: Body| {
                        module.backend = Some(Block { name: kind.into(), span: node.span, header, labels, body, dynamic: None });
                    };
                    match kind {
                        "cloud" => {
                            let body = self.body(written, &[]);
                            keep(Vec::new(), written, written.span, body);
                        }
                        _ => self.named(written, &mut |reader, label, node, header| {
                            let body = reader.body(node, &[]);
                            keep(vec![label.into()], node, header, body);
                        }),
                    }
                }
            }),
            "check" => self.named(value, &mut |reader, name, node, _| {
                module.conditions.extend(reader.conditions(node, "assert", &ConditionKind::Check(name.into())));
                if let Some(data) = node.get("data") {
                    reader.resources(Mode::Data, data, module);
                }
            }),
            "resource" | "data" | "ephemeral" => {
                let mode = match kind {
                    "data" => Mode::Data,
                    "ephemeral" => Mode::Ephemeral,
                    _ => Mode::Managed,
                };
                self.resources(mode, value, module);
            }
            "variable" => self.named(value, &mut |reader, name, body, header| module.variables.push(reader.variable(name, body, header))),
            "output" => self.named(value, &mut |reader, name, body, header| {
                module.conditions.extend(reader.conditions(body, "precondition", &ConditionKind::Output(name.into())));
                module.outputs.push(reader.output(name, body, header));
            }),
            "module" => self.named(value, &mut |reader, name, body, header| module.calls.push(reader.call(name, body, header))),
            "provider" => self.named(value, &mut |reader, name, body, header| {
                let alias = body.get("alias").and_then(Node::text).map(EcoString::from);
                let body_read = reader.body(body, &["alias"]);
                module.providers.push(ProviderConfig { name: name.into(), alias, span: body.span, header, body: body_read });
            }),
            "locals" => each(value, &mut |node| {
                for entry in node.entries() {
                    let Some(name) = entry.key.text().filter(|name| *name != "//") else { continue };
                    let value = self.expression(&entry.value);
                    module.locals.push(Local { name: name.into(), name_span: entry.key.span, value });
                }
            }),
            "moved" => each(value, &mut |node| {
                if let (Some(from), Some(to)) = (self.address(node, "from"), self.address(node, "to")) {
                    module.moved.push(Moved { from, to, span: node.span });
                }
            }),
            "removed" => each(value, &mut |node| {
                let destroy = node.get("lifecycle").and_then(|it| it.get("destroy")).and_then(Node::text) != Some("false");
                if let Some(from) = self.address(node, "from") {
                    module.removed.push(Removed { from, destroy, span: node.span });
                }
            }),
            "import" => each(value, &mut |node| {
                if let Some(to) = node.get("to") {
                    let to = self.reference(to);
                    let id = node.get("id").or_else(|| node.get("identity")).map(|id| self.expression(id));
                    let for_each = node.get("for_each").map(|it| self.expression(it));
                    module.imports.push(Import { to, id, for_each, span: node.span });
                }
            }),
            other => {
                let message = eco_format!("`{other}` is no block of Terraform; it is left out");
                self.out.push(Diagnostic {
                    level: crate::diagnostic::Level::Note,
                    ..Diagnostic::error("unknown-block", entry.key.span, message)
                });
            }
        }
    }

    fn resources(&mut self, mode: Mode, node: &Node, module: &mut Module) {
        self.named(node, &mut |reader, native_type, node, _| {
            reader.named(node, &mut |reader, name, body, header| {
                module.resources.push(Arc::new(reader.declaration(mode, native_type, name, body, header)));
            });
        });
    }

    fn conditions(&mut self, node: &Node, name: &str, kind: &ConditionKind) -> Vec<Condition> {
        let written = self.demands(node, name).into_iter();
        written.map(|(condition, message)| Condition { kind: kind.clone(), condition, message }).collect()
    }

    /// Calls `visit` for each body under each name, with the place of the name.
    fn named<'n>(&mut self, node: &'n Node, visit: &mut dyn FnMut(&mut Reader, &'n str, &'n Node, Span)) {
        each(node, &mut |node| {
            for entry in node.entries() {
                let Some(name) = entry.key.text().filter(|name| *name != "//") else { continue };
                each(&entry.value, &mut |body| visit(self, name, body, entry.key.span));
            }
        });
    }

    fn declaration(&mut self, mode: Mode, native_type: &str, name: &str, node: &Node, header: Span) -> Declaration {
        const META: &[&str] = &["count", "for_each", "depends_on", "provider", "lifecycle"];
        let mut lifecycle = Lifecycle::default();
        let mut enabled = None;
        if let Some(written) = node.get("lifecycle") {
            each(written, &mut |it| {
                let mut of = |name: &str| it.get(name).map(|value| self.expression(value));
                lifecycle.prevent_destroy = of("prevent_destroy");
                lifecycle.create_before_destroy = of("create_before_destroy");
                lifecycle.retain = of("destroy").map(negated);
                enabled = of("enabled");
                let names = it.get("ignore_changes");
                lifecycle.ignore_changes = names.map(|names| list(self.references(names))).unwrap_or_default();
                let names = it.get("replace_triggered_by");
                lifecycle.replace_triggered_by = names.map(|names| list(self.references(names))).unwrap_or_default();
                lifecycle.conditions.extend(self.conditions(it, "precondition", &ConditionKind::Before));
                lifecycle.conditions.extend(self.conditions(it, "postcondition", &ConditionKind::After));
            });
        }
        Declaration {
            mode,
            native_type: native_type.into(),
            name: name.into(),
            span: node.span,
            header,
            count: node.get("count").map(|it| self.expression(it)),
            for_each: node.get("for_each").map(|it| self.expression(it)),
            condition: enabled,
            depends_on: node.get("depends_on").map(|it| dependencies(plain(it))).unwrap_or_default(),
            provider: node.get("provider").map(plain),
            lifecycle,
            body: self.body(node, META),
            camel: false,
            called_from: Vec::new(),
        }
    }

    fn body(&mut self, node: &Node, left_out: &[&str]) -> Body {
        let mut body = Body::default();
        for entry in node.entries() {
            let Some(name) = entry.key.text().filter(|name| *name != "//" && !left_out.contains(name)) else { continue };
            match name {
                "dynamic" => self.named(&entry.value, &mut |reader, name, node, header| {
                    let content = node.get("content").map(|content| reader.body(content, &[])).unwrap_or_default();
                    let Some(for_each) = node.get("for_each").map(|it| reader.expression(it)) else { return };
                    let iterator = node.get("iterator").and_then(Node::text).unwrap_or(name).into();
                    let dynamic = Some(Box::new(Dynamic { for_each, iterator, labels: None }));
                    body.blocks.push(Block { name: name.into(), span: node.span, header, labels: Vec::new(), body: content, dynamic });
                }),
                "provisioner" => self.named(&entry.value, &mut |reader, label, node, header| {
                    let inner = reader.body(node, &[]);
                    let labels = vec![label.into()];
                    body.blocks.push(Block { name: name.into(), span: node.span, header, labels, body: inner, dynamic: None });
                }),
                _ => {
                    let value = self.expression(&entry.value);
                    body.attributes.push(Attribute { name: name.into(), name_span: entry.key.span, value });
                }
            }
        }
        body
    }

    fn variable(&mut self, name: &str, node: &Node, header: Span) -> Variable {
        let flag = |name: &str, otherwise: bool| node.get(name).and_then(Node::text).map_or(otherwise, |text| text == "true");
        Variable {
            name: name.into(),
            span: node.span,
            header,
            default: node.get("default").map(plain),
            r#type: node.get("type").map(|it| self.reference(it)),
            sensitive: flag("sensitive", false),
            nullable: flag("nullable", true),
            ephemeral: flag("ephemeral", false),
            validations: self.demands(node, "validation"),
            description: node.get("description").and_then(Node::text).map(EcoString::from),
        }
    }

    /// Conditions, each with its message.
    fn demands(&mut self, node: &Node, name: &str) -> Vec<(Expr, Option<Expr>)> {
        let mut found = Vec::new();
        if let Some(written) = node.get(name) {
            each(written, &mut |it| {
                let message = it.get("error_message").map(|message| self.expression(message));
                found.extend(it.get("condition").map(|condition| (self.expression(condition), message)));
            });
        }
        found
    }

    fn output(&mut self, name: &str, node: &Node, header: Span) -> Output {
        Output {
            name: name.into(),
            span: node.span,
            header,
            value: node.get("value").map(|it| self.expression(it)),
            sensitive: node.get("sensitive").and_then(Node::text) == Some("true"),
            depends_on: node.get("depends_on").map(|it| dependencies(plain(it))).unwrap_or_default(),
        }
    }

    fn call(&mut self, name: &str, node: &Node, header: Span) -> ModuleCall {
        let source = node.get("source").and_then(Node::text).filter(|text| !text.contains("${"));
        let mut body = self.body(node, &["count", "for_each", "depends_on", "providers"]);
        body.attributes.retain(|it| source.is_none() || it.name != "source");
        ModuleCall {
            name: name.into(),
            span: node.span,
            header,
            source: source.map(EcoString::from),
            count: node.get("count").map(|it| self.expression(it)),
            for_each: node.get("for_each").map(|it| self.expression(it)),
            depends_on: node.get("depends_on").map(|it| dependencies(plain(it))).unwrap_or_default(),
            providers: node.get("providers").map(plain),
            body,
        }
    }

    fn address(&mut self, node: &Node, name: &str) -> Option<crate::model::Address> {
        let value = self.reference(node.get(name)?);
        let mut low = Lowering::new("", value.span.file, false);
        let address = paths::address(&mut low, &value);
        self.out.append(&mut low.out);
        address
    }

    /// A text that holds an expression itself: an address, a type.
    fn reference(&mut self, node: &Node) -> Expr {
        match node.text() {
            Some(text) => self.parsed(text, node.span),
            None => plain(node),
        }
    }

    fn references(&mut self, node: &Node) -> Expr {
        match &node.kind {
            Kind::Sequence(items) => Expr::new(ExprKind::List(items.iter().map(|item| self.reference(item)).collect()), node.span),
            _ => self.reference(node),
        }
    }

    /// A value in which texts are templates.
    fn expression(&mut self, node: &Node) -> Expr {
        match &node.kind {
            Kind::Sequence(items) => Expr::new(ExprKind::List(items.iter().map(|item| self.expression(item)).collect()), node.span),
            Kind::Mapping(entries) => {
                let items = entries.iter().filter(|entry| entry.key.text() != Some("//"));
                let items = items.map(|entry| ObjectItem { key: self.expression(&entry.key), value: self.expression(&entry.value) });
                Expr::new(ExprKind::Object(items.collect()), node.span)
            }
            Kind::Scalar { text, .. } if text.contains("${") || text.contains("%{") => {
                let quoted = quoted(text);
                self.parsed(&quoted, node.span)
            }
            Kind::Scalar { .. } => plain(node),
        }
    }

    fn parsed(&mut self, text: &str, span: Span) -> Expr {
        let (mut expr, problems) = expression(span.file, text);
        if let Some(problem) = problems.into_iter().next() {
            self.out.push(Diagnostic { span: Some(span), ..problem });
        }
        place(&mut expr, span);
        expr
    }
}

/// A text as the language quotes it: inside interpolations nothing is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut depth = 0_u32;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '$' | '%' if depth == 0 && signs.peek() == Some(&sign) => {
                // `$${` is the text `${`.
                out.extend([sign, sign]);
                signs.next();
                if signs.peek() == Some(&'{') {
                    out.extend(signs.next());
                }
                continue;
            }
            '$' | '%' if depth == 0 && signs.peek() == Some(&'{') => {
                out.push(sign);
                out.extend(signs.next());
                depth = 1;
                continue;
            }
            '{' if depth > 0 => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '"' | '\\' if depth == 0 => out.push('\\'),
            '\n' if depth == 0 => {
                out.push_str("\\n");
                continue;
            }
            '\r' if depth == 0 => {
                out.push_str("\\r");
                continue;
            }
            _ => {}
        }
        out.push(sign);
    }
    out.push('"');
    out
}

/// Puts an expression and everything in it at one place: that of the text it was read from.
fn place(expr: &mut Expr, span: Span) {
    expr.span = span;
    match &mut expr.kind {
        ExprKind::Literal(_) | ExprKind::Unknown(_) => {}
        ExprKind::Template(parts) => place_parts(parts, span),
        ExprKind::Reference { steps, .. } => place_steps(steps, span),
        ExprKind::Access { of, steps } => {
            place(of, span);
            place_steps(steps, span);
        }
        ExprKind::Call { args: items, .. } | ExprKind::List(items) => items.iter_mut().for_each(|item| place(item, span)),
        ExprKind::Unary { operand, .. } => place(operand, span),
        ExprKind::Binary { left, right, .. } => [left, right].into_iter().for_each(|it| place(it, span)),
        ExprKind::Conditional { condition, then, otherwise } => [condition, then, otherwise].into_iter().for_each(|it| place(it, span)),
        ExprKind::Object(items) => items.iter_mut().for_each(|item| {
            place(&mut item.key, span);
            place(&mut item.value, span);
        }),
        ExprKind::ForList(over) => {
            [&mut over.collection, &mut over.body].into_iter().chain(&mut over.condition).for_each(|it| place(it, span));
        }
        ExprKind::ForObject(over) => {
            let parts = [&mut over.collection, &mut over.body_key, &mut over.body];
            parts.into_iter().chain(&mut over.condition).for_each(|it| place(it, span));
        }
    }
}

fn place_steps(steps: &mut [Step], span: Span) {
    for step in steps {
        match step {
            Step::Index(index) => place(index, span),
            Step::Name(_, at) | Step::Splat(at) | Step::LegacySplat(at) => *at = span,
        }
    }
}

fn place_parts(parts: &mut [Part], span: Span) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Interpolation(expr) => place(expr, span),
            Part::If { condition, then, otherwise } => {
                place(condition, span);
                place_parts(then, span);
                place_parts(otherwise, span);
            }
            Part::For { collection, body, .. } => {
                place(collection, span);
                place_parts(body, span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Input, InputFile};

    fn facts(path: &str, text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let review = crate::review(&Input { files: vec![InputFile::new(path, text.as_bytes())], ..Input::default() });
        let resources = review.resources.iter().map(|it| {
            let mut values: Vec<String> = it.attributes.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            values.sort();
            format!("{} {}", it.address, values.join("; "))
        });
        (
            resources.collect(),
            review.dependencies.iter().map(|it| format!("{} -> {} {}", it.from, it.to, it.via)).collect(),
            review.diagnostics.iter().map(|it| it.message.to_string()).collect(),
        )
    }

    #[test]
    fn a_configuration_in_json_says_what_it_says_in_the_languages_own_spelling() {
        let json = r#"{
          "//": "a comment",
          "terraform": {"required_version": ">= 1"},
          "variable": {"names": {"type": "list(string)", "default": ["a", "b"]}},
          "locals": {"first": "${var.names[0]}-${lookup({k = \"v\"}, \"k\")}", "cost": "$${not} \"quoted\""},
          "resource": {
            "aws_sqs_queue": {
              "q": {"for_each": "${toset(var.names)}", "name": "${each.key}", "tags": {"first": "${local.first}", "cost": "${local.cost}"}},
              "dead": [{"name": "dead", "delay_seconds": 5}]
            },
            "aws_security_group": {"g": {
              "depends_on": ["aws_sqs_queue.dead"],
              "ingress": [{"from_port": 80}],
              "dynamic": {"egress": {"for_each": [1, 2], "content": {"from_port": "${egress.value}"}}},
              "lifecycle": {"ignore_changes": ["tags"], "prevent_destroy": true}
            }}
          },
          "moved": {"from": "aws_sqs_queue.old", "to": "aws_sqs_queue.dead"},
          "output": {"o": {"value": "${aws_sqs_queue.q[\"a\"].arn}"}}
        }"#;
        let own = r#"
          variable "names" {
            type    = list(string)
            default = ["a", "b"]
          }
          locals {
            first = "${var.names[0]}-${lookup({ k = "v" }, "k")}"
            cost  = "$${not} \"quoted\""
          }
          resource "aws_sqs_queue" "q" {
            for_each = toset(var.names)
            name     = each.key
            tags     = { first = local.first, cost = local.cost }
          }
          resource "aws_sqs_queue" "dead" {
            name          = "dead"
            delay_seconds = 5
          }
          resource "aws_security_group" "g" {
            depends_on = [aws_sqs_queue.dead]
            ingress {
              from_port = 80
            }
            dynamic "egress" {
              for_each = [1, 2]
              content {
                from_port = egress.value
              }
            }
          }
        "#;
        let (json, own) = (facts("main.tf.json", json), facts("main.tf", own));
        assert_eq!(json, own);
        assert!(json.0[3].contains("first = \"a-v\""), "{json:?}");
    }

    #[test]
    fn texts_in_values_of_variables_are_no_templates() {
        let files = vec![
            InputFile::new("main.tf", *b"variable \"v\" {}\nresource \"aws_sqs_queue\" \"q\" {\n  name = var.v\n}\n"),
            InputFile::new("terraform.tfvars.json", *b"{\"v\": \"${x}\"}"),
        ];
        let review = crate::review(&Input { files, ..Input::default() });
        assert_eq!(review.resources[0].attributes.get("name").unwrap().to_string(), "\"${x}\"");
    }
}
