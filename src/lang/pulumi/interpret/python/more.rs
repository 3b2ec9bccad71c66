//! Parts of Python's library that give structures: YAML, named tuples.

use ecow::EcoString;

use crate::diagnostic::Diagnostics;
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::operate::number_value;
use crate::lang::pulumi::interpret::value::{ClassValue, Dict, Field, Scope, Unit, Value, deps_of, key_of};
use crate::lang::pulumi::interpret::{Args, Interpreter};
use crate::lang::pulumi::program::ast::Language;
use crate::source::FileId;
use crate::syntax::document::{self, Node, Scalar};

/// `yaml.safe_load(text or file)`.
pub fn yaml(interpreter: &Interpreter<'_>, given: &Value) -> Value {
    let text = match given {
        Value::Native(file) => super::csv::content(interpreter, file).unwrap_or_else(|| given.clone()),
        other => other.clone(),
    };
    let Value::Text(text) = &text else { return Value::unsupported("YAML that is not known", deps_of(&text)) };
    match document::read_one(FileId(0), text, &mut Diagnostics::new()) {
        Some(node) => from_node(&node, 0),
        None => Value::Null,
    }
}

fn from_node(node: &Node, depth: u32) -> Value {
    const DEEPEST: u32 = 40;
    if depth > DEEPEST {
        return Value::Null;
    }
    if node.is_mapping() {
        let entry = |entry: &document::Entry| Some((key_of(&from_node(&entry.key, depth + 1))?, from_node(&entry.value, depth + 1)));
        return Value::dict(node.entries().iter().filter_map(entry).collect::<Dict>());
    }
    if node.is_sequence() {
        return Value::list(node.items().iter().map(|item| from_node(item, depth + 1)).collect());
    }
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Bool(flag)) => Value::Bool(flag),
        Some(Scalar::Integer(number)) => Value::Int(number),
        Some(Scalar::Number(number)) => number.parse().map_or_else(|_| Value::text(number), number_value),
        Some(Scalar::Text(text)) => Value::text(text),
    }
}

/// `namedtuple(name, fields)`: a class whose fields are its arguments.
pub fn named_tuple(interpreter: &mut Interpreter<'_>, args: &Args) -> Value {
    let name = args.first().and_then(Value::as_text).cloned().unwrap_or_default();
    let fields: Vec<EcoString> = match args.get(1, "field_names") {
        Some(Value::Text(names)) => names.split([',', ' ']).filter(|name| !name.is_empty()).map(EcoString::from).collect(),
        Some(names) => interpreter.items_or_unknown(&names.clone()).iter().filter_map(|name| name.as_text().cloned()).collect(),
        None => Vec::new(),
    };
    let scope = Scope::module(Rc::new(Unit { path: EcoString::new(), language: Language::Python }));
    Value::Class(Rc::new(ClassValue {
        name,
        bases: Vec::new(),
        members: Default::default(),
        fields: fields.into_iter().map(|name| Field { name, default: None }).collect(),
        getters: Default::default(),
        statics: Default::default(),
        class_methods: Default::default(),
        setters: Default::default(),
        language: Language::Python,
        record: true,
        is_enum: false,
        span: crate::source::Span::new(FileId(0), 0, 0),
        scope,
    }))
}
