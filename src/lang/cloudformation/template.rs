//! The sections of a template, lowered to a module.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::intrinsics::{Lowering, MAPPINGS, condition_name, plain, reference, text_expr};
use super::parameters::{self, parameter, pseudo};
use super::{texts, whole};
use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::model::{
    Attribute, Body, Declaration, Dialect, Expr, ExprKind, Lifecycle, Local, Mode, Module, ModuleCall, ObjectItem, Output, Value,
};
use crate::source::SourceFile;
use crate::syntax::document::{Entry, Node};

/// The key of the metadata that holds the path of the construct.
const CONSTRUCT: &str = "aws:cdk:path";

/// Keys of a resource that are kept beside its properties.
pub const POLICIES: &[&str] = &["DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"];

pub fn module(file: &SourceFile, root: &Node, out: &mut Diagnostics) -> Module {
    let section = |name: &str| root.get(name).map(Node::entries).unwrap_or_default();
    let names = |name: &str| section(name).iter().filter_map(|entry| entry.key.text()).collect();
    let mut low = Lowering {
        text: &file.text,
        parameters: names("Parameters"),
        conditions: names("Conditions"),
        pseudo: Vec::new(),
        own: EcoString::new(),
        out,
    };
    let mut module = Module { dialect: Dialect::CloudFormation, ..Module::default() };
    for name in root.get("Transform").map(texts).unwrap_or_default() {
        if !matches!(name.0, "AWS::Serverless-2016-10-31" | "AWS::LanguageExtensions") {
            let message =
                eco_format!("the macro {} may change this template when it is deployed; the review is of what is written", name.0);
            low.out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("macro", name.1, message) });
        }
    }
    module.variables.extend(section("Parameters").iter().map(parameter));
    if let Some(mappings) = root.get("Mappings") {
        let value = literal(mappings);
        module.locals.push(Local { name: MAPPINGS.into(), name_span: mappings.span, value });
    }
    for entry in section("Conditions") {
        let name = condition_name(entry.key.text().unwrap_or_default());
        module.locals.push(Local { name, name_span: entry.key.span, value: low.condition(&entry.value) });
    }
    if section("Resources").is_empty() {
        low.out.push(Diagnostic::warning(
            "template",
            root.get("Resources").map_or(root.span, |it| it.span),
            "this template has no resources",
        ));
    }
    for entry in section("Resources") {
        resource(&mut low, entry, &mut module);
    }
    parameters::rules(&mut low, root, &mut module.variables);
    for entry in section("Outputs") {
        output(&mut low, entry, &mut module);
    }
    for (name, span) in std::mem::take(&mut low.pseudo) {
        module.variables.push(pseudo(name, span));
    }
    module
}

fn resource(low: &mut Lowering<'_>, entry: &Entry, module: &mut Module) {
    let Some(id) = entry.key.text() else { return };
    let node = &entry.value;
    if id == "Fn::Transform" {
        let message = "what this adds is known when the stack is deployed; it is not part of the review";
        low.out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("macro", entry.key.span, message) });
        return;
    }
    let Some(kind) = node.get("Type").and_then(Node::text) else {
        low.out.push(Diagnostic::error("template", entry.key.span, eco_format!("{id} has no Type; it is left out")));
        return;
    };
    low.own = id.into();
    let mut body = Body::default();
    for property in node.get("Properties").map(Node::entries).unwrap_or_default() {
        body.attributes.push(attribute(low, property));
    }
    for policy in POLICIES.iter().filter_map(|name| node.entry(name)) {
        body.attributes.push(attribute(low, policy));
    }
    low.own = EcoString::new();
    if let Some(metadata) = node.entry("Metadata").filter(|metadata| says_something(&metadata.value)) {
        body.attributes.push(attribute(low, metadata));
    }
    if matches!(kind, "AWS::CloudFormation::Stack" | "AWS::Serverless::Application") {
        nested_stack(low, id, entry, module);
    }
    let depends_on = node.get("DependsOn").map(texts).unwrap_or_default();
    if let Some((_, span)) = depends_on.iter().find(|(name, _)| *name == id) {
        low.own = id.into();
        low.not_itself(id, *span);
        low.own = EcoString::new();
    }
    module.resources.push(Arc::new(Declaration {
        mode: Mode::Managed,
        native_type: kind.into(),
        name: id.into(),
        span: whole(entry),
        header: entry.key.span,
        count: None,
        for_each: None,
        condition: node.get("Condition").map(|condition| low.condition_named(condition)),
        depends_on: depends_on.into_iter().map(|(name, span)| reference("resource", [name.into()], span)).collect(),
        provider: None,
        lifecycle: Lifecycle::default(),
        body,
        camel: false,
        called_from: Vec::new(),
    }));
}

/// Whether metadata are more than remarks: they tell an instance what to install, name other resources, or say which
/// construct of a program made this.
fn says_something(metadata: &Node) -> bool {
    let known = |name: &str| matches!(name, "AWS::CloudFormation::Init" | CONSTRUCT);
    metadata.entries().iter().any(|entry| entry.key.text().is_some_and(known)) || holds_function(metadata)
}

fn holds_function(node: &Node) -> bool {
    let function = |entry: &Entry| entry.key.text().is_some_and(|key| key == "Ref" || key.starts_with("Fn::"));
    node.entries().iter().any(|entry| function(entry) || holds_function(&entry.value)) || node.items().iter().any(holds_function)
}

fn attribute(low: &mut Lowering<'_>, entry: &Entry) -> Attribute {
    Attribute { name: entry.key.text().unwrap_or_default().into(), name_span: entry.key.span, value: low.expr(&entry.value) }
}

/// A stack inside the stack, to be entered where its template is at hand.
fn nested_stack(low: &mut Lowering<'_>, id: &str, entry: &Entry, module: &mut Module) {
    let Some(properties) = entry.value.get("Properties") else { return };
    let source = properties.get("TemplateURL").or_else(|| properties.get("Location")).and_then(Node::text);
    let mut body = Body::default();
    for parameter in properties.get("Parameters").map(Node::entries).unwrap_or_default() {
        body.attributes.push(attribute(low, parameter));
    }
    module.calls.push(ModuleCall {
        name: id.into(),
        span: whole(entry),
        header: entry.key.span,
        source: source.map(EcoString::from),
        count: None,
        for_each: None,
        depends_on: Vec::new(),
        providers: None,
        body,
    });
}

fn output(low: &mut Lowering<'_>, entry: &Entry, module: &mut Module) {
    let Some(name) = entry.key.text() else { return };
    let node = &entry.value;
    let value = node.get("Value").map(|value| low.expr(value));
    let condition = node.get("Condition").map(|condition| low.condition_named(condition));
    let value = match (value, condition) {
        (Some(value), Some(condition)) => {
            let span = value.span;
            let otherwise = Box::new(Expr::literal(Value::Null, span));
            Some(Expr::new(ExprKind::Conditional { condition: Box::new(condition), then: Box::new(value), otherwise }, span))
        }
        (value, _) => value,
    };
    if let Some(export) = node.get("Export").and_then(|export| export.get("Name")) {
        let value = low.expr(export);
        module.locals.push(Local { name: eco_format!("Exports.{name}"), name_span: export.span, value });
    }
    module.outputs.push(Output {
        name: name.into(),
        span: whole(entry),
        header: entry.key.span,
        value,
        sensitive: false,
        depends_on: Vec::new(),
    });
}

/// A value without functions: mappings may hold none.
fn literal(node: &Node) -> Expr {
    let kind = if node.is_mapping() {
        let items = node.entries().iter().map(|entry| ObjectItem { key: text_expr(&entry.key), value: literal(&entry.value) });
        ExprKind::Object(items.collect())
    } else if node.is_sequence() {
        ExprKind::List(node.items().iter().map(literal).collect())
    } else {
        ExprKind::Literal(plain(node))
    };
    Expr::new(kind, node.span)
}
