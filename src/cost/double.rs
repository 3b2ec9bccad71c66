//! Stands in for evaluation in the tests of this module: literals, references and lists, nothing else.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use crate::lang::Program;
use crate::model::{
    Address, Body, Declaration, Expr, ExprKind, Key, Module, Object, Part, Reference, Resource, Snapshot, Step, UnknownKind, Value,
};

pub(super) fn evaluate(program: &Program) -> Snapshot {
    let mut resources = Vec::new();
    for module in program.modules.values() {
        let region = module.providers.first().and_then(|provider| provider.body.attribute("region"));
        let region = region.and_then(|region| value(&region.value, "", module, &mut Vec::new()).as_text().cloned());
        for declaration in &module.resources {
            match declaration.count.as_ref().map(|count| value(count, "", module, &mut Vec::new())) {
                None => resources.push(resource(declaration, Key::None, module, &region)),
                Some(count) => match count.as_number().and_then(|count| count.to_i64()) {
                    Some(count) => resources.extend((0..count).map(|at| resource(declaration, Key::Index(at as u64), module, &region))),
                    None => resources.push(resource(declaration, Key::Unknown, module, &region)),
                },
            }
        }
    }
    resources.sort_by(|a, b| a.address.cmp(&b.address));
    Snapshot { resources, ..Snapshot::default() }
}

fn resource(declaration: &Arc<Declaration>, key: Key, module: &Module, region: &Option<EcoString>) -> Resource {
    let mut references = Vec::new();
    let attributes = object(&declaration.body, "", module, &mut references);
    let data = declaration.mode == crate::model::Mode::Data;
    Resource {
        address: Address::terraform("", data, &declaration.native_type, &declaration.name, &key),
        mode: declaration.mode,
        native_type: declaration.native_type.clone(),
        r#type: declaration.native_type.clone(),
        name: declaration.name.clone(),
        provider: "aws".into(),
        region: region.clone(),
        count_unknown: key == Key::Unknown,
        attributes: Arc::new(attributes),
        references,
        span: declaration.header,
        declaration: Some(declaration.clone()),
        prevent_destroy: false,
        create_before_destroy: false,
        ignore_changes: Vec::new(),
        replace_triggered_by: Vec::new(),
    }
}

fn object(body: &Body, within: &str, module: &Module, references: &mut Vec<Reference>) -> Object {
    let mut object = Object::default();
    for attribute in &body.attributes {
        object.insert(attribute.name.clone(), value(&attribute.value, &eco_format!("{within}{}", attribute.name), module, references));
    }
    for block in &body.blocks {
        let at = object.get(&block.name).and_then(Value::as_list).map_or(0, <[Value]>::len);
        let inner = self::object(&block.body, &eco_format!("{within}{}.{at}.", block.name), module, references);
        let mut blocks = object.get(&block.name).and_then(Value::as_list).map(<[Value]>::to_vec).unwrap_or_default();
        blocks.push(Value::object(inner));
        object.insert(block.name.clone(), Value::list(blocks));
    }
    object
}

fn value(expr: &Expr, path: &str, module: &Module, references: &mut Vec<Reference>) -> Value {
    match &expr.kind {
        ExprKind::Literal(literal) => literal.clone(),
        ExprKind::List(items) => Value::list(items.iter().map(|item| value(item, path, module, references)).collect()),
        ExprKind::Template(parts) => {
            let mut known = EcoString::new();
            let mut unknown = None;
            for part in parts {
                match part {
                    Part::Text(text) => known.push_str(text),
                    Part::Interpolation(inner) => unknown = Some(value(inner, path, module, references)),
                    _ => {}
                }
            }
            unknown.unwrap_or(Value::Text(known))
        }
        ExprKind::Reference { root, steps } => {
            let names: Vec<&EcoString> =
                steps.iter().filter_map(|step| if let Step::Name(name, _) = step { Some(name) } else { None }).collect();
            let (name, reads) = (names.first().map(|name| name.as_str()).unwrap_or(""), names.get(1));
            if root == "var" {
                return Value::unknown(UnknownKind::NoValue, eco_format!("var.{name}"));
            }
            references.push(Reference {
                target: Address::terraform("", false, root, name, &Key::None),
                argument: path.into(),
                reads: reads.map(|reads| (*reads).clone()).unwrap_or_default(),
                through: Vec::new(),
                explicit: false,
                span: expr.span,
            });
            let target = module.resources.iter().find(|target| target.native_type == *root && target.name == name);
            let written = reads.and_then(|reads| target?.body.attribute(reads));
            if let Some(written) = written {
                return value(&written.value, "", module, &mut Vec::new());
            }
            Value::unknown(UnknownKind::AfterApply, eco_format!("{root}.{name}"))
        }
        _ => Value::unknown(UnknownKind::Unsupported, "this"),
    }
}
