//! Parameters, what their values must be, and the rules about several of them.

use ecow::{EcoString, eco_format};

use super::intrinsics::{Lowering, reference, text_expr};
use super::whole;
use crate::diagnostic::Diagnostics;
use crate::model::{BinaryOperator, Expr, ExprKind, UnaryOperator, UnknownKind, Value, Variable};
use crate::source::{SourceFile, Span};
use crate::syntax::document::{self, Entry, Node, Scalar};

pub fn parameter(entry: &Entry) -> Variable {
    let node = &entry.value;
    let span = entry.key.span;
    let kind = node.get("Type").and_then(Node::text).unwrap_or("String");
    let list = kind == "CommaDelimitedList" || kind.starts_with("List<");
    let text = reference("string", [], span);
    let default = node.get("Default").map(|default| match default.text() {
        // The default names where the value is kept.
        Some(name) if kind.starts_with("AWS::SSM::Parameter::Value<") => {
            Expr::literal(Value::unknown(UnknownKind::AfterApply, eco_format!("the SSM parameter {name}")), default.span)
        }
        Some(text) if list => {
            let items = text.split(',').map(|item| Expr::literal(Value::text(item.trim()), default.span));
            Expr::new(ExprKind::List(items.collect()), default.span)
        }
        _ => text_expr(default),
    });
    let r#type = match (list, kind.starts_with("AWS::SSM::Parameter::Value<")) {
        (true, _) => Some(Expr::new(ExprKind::Call { function: "list".into(), args: vec![text], expand_last: false }, span)),
        (false, true) => None,
        (false, false) => Some(text),
    };
    Variable {
        name: entry.key.text().unwrap_or_default().into(),
        span: whole(entry),
        header: span,
        default,
        r#type,
        sensitive: node.get("NoEcho").is_some_and(|hidden| hidden.scalar() == Some(Scalar::Bool(true)) || hidden.text() == Some("true")),
        nullable: true,
        ephemeral: false,
        validations: allowed(entry, list),
        description: node.get("Description").and_then(Node::text).map(EcoString::from),
    }
}

/// What CloudFormation itself knows. The region may be given; the partition is that of most.
pub fn pseudo(name: EcoString, span: Span) -> Variable {
    let default = match name.as_str() {
        "AWS::Region" => None,
        "AWS::Partition" => Some(Value::text("aws")),
        "AWS::URLSuffix" => Some(Value::text("amazonaws.com")),
        _ => Some(Value::unknown(UnknownKind::AfterApply, name.clone())),
    };
    let default = default.map(|value| Expr::literal(value, span));
    Variable { default, ..Variable::new(name, span, span) }
}

/// Values of parameters as files hold them: a list of `ParameterKey` and `ParameterValue`, or a mapping `Parameters`.
/// `None` for any other file.
pub fn values(file: &SourceFile) -> Option<Vec<(EcoString, EcoString)>> {
    let root = document::read_one(file.id, &file.text, &mut Diagnostics::new())?;
    let pair = |name: &Node, value: &Node| Some((name.text()?.into(), value.text()?.into()));
    if root.is_sequence() && !root.items().is_empty() {
        let entry = |item: &Node| pair(item.get("ParameterKey")?, item.get("ParameterValue")?);
        return root.items().iter().map(entry).collect();
    }
    let given = root.get("Parameters").filter(|given| given.is_mapping())?;
    given.entries().iter().map(|entry| pair(&entry.key, &entry.value)).collect()
}

/// The conditions that a parameter declares for its value, with what it says of a value that does not meet them.
fn allowed(entry: &Entry, list: bool) -> Vec<(Expr, Option<Expr>)> {
    let node = &entry.value;
    let said = node.get("ConstraintDescription").and_then(Node::text);
    let mut found = Vec::new();
    let mut add = |what: &str, limit: &Node, condition: ExprKind| {
        let message = match said {
            Some(said) => said.into(),
            None => eco_format!("{what} {}", shown(limit)),
        };
        found.push((Expr::new(condition, limit.span), Some(Expr::literal(Value::Text(message), limit.span))));
    };
    let own = |span: Span| reference("var", [entry.key.text().unwrap_or_default().into()], span);
    let compare = |operator, left: Expr, right: &Node| {
        let right = Box::new(Expr::literal(super::intrinsics::plain(right), right.span));
        ExprKind::Binary { operator, left: Box::new(left), right }
    };
    if let Some(values) = node.get("AllowedValues").filter(|values| values.is_sequence()) {
        let items = Expr::new(ExprKind::List(values.items().iter().map(text_expr).collect()), values.span);
        let condition = match list {
            true => among(own(values.span), items),
            false => ExprKind::Call { function: "contains".into(), args: vec![items, own(values.span)], expand_last: false },
        };
        add("it must be one of", values, condition);
    }
    // A list is checked item by item where it is deployed.
    if list {
        return found;
    }
    if let Some((pattern, text)) = node.get("AllowedPattern").and_then(|pattern| Some((pattern, pattern.text()?))) {
        let whole = Expr::literal(Value::Text(eco_format!("^(?:{text})$")), pattern.span);
        let matches = ExprKind::Call { function: "regexall".into(), args: vec![whole, own(pattern.span)], expand_last: false };
        let length = call("length", vec![Expr::new(matches, pattern.span)], pattern.span);
        let zero = Box::new(Expr::literal(Value::Number(0i64.into()), pattern.span));
        add("it must match", pattern, ExprKind::Binary { operator: BinaryOperator::Greater, left: Box::new(length), right: zero });
    }
    for (name, operator, what) in [
        ("MinValue", BinaryOperator::GreaterOrEqual, "it must be at least"),
        ("MaxValue", BinaryOperator::LessOrEqual, "it must be at most"),
        ("MinLength", BinaryOperator::GreaterOrEqual, "its length must be at least"),
        ("MaxLength", BinaryOperator::LessOrEqual, "its length must be at most"),
    ] {
        let Some(limit) = node.get(name).filter(|limit| limit.text().is_some_and(|text| text.trim().parse::<f64>().is_ok())) else {
            continue;
        };
        let own = own(limit.span);
        let left = if name.ends_with("Length") { call("length", vec![own], limit.span) } else { own };
        add(what, limit, compare(operator, left, limit));
    }
    found
}

/// A limit as it is written, in short.
fn shown(limit: &Node) -> EcoString {
    const MOST: usize = 12;
    if let Some(text) = limit.text() {
        return text.into();
    }
    let mut out = EcoString::new();
    for (at, text) in limit.items().iter().filter_map(Node::text).enumerate() {
        if at == MOST {
            out.push_str(", …");
            break;
        }
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(text);
    }
    out
}

fn call(function: &str, args: Vec<Expr>, span: Span) -> Expr {
    Expr::new(ExprKind::Call { function: function.into(), args, expand_last: false }, span)
}

/// Whether every item of a list is one of another.
pub fn among(items: Expr, of: Expr) -> ExprKind {
    let span = of.span;
    let left = Box::new(call("length", vec![call("setsubtract", vec![items, of], span)], span));
    let right = Box::new(Expr::literal(Value::Number(0i64.into()), span));
    ExprKind::Binary { operator: BinaryOperator::Equal, left, right }
}

/// `Rules`: each is about values of parameters, and is kept with the first that it names.
pub fn rules(low: &mut Lowering<'_>, root: &Node, variables: &mut [Variable]) {
    for rule in root.get("Rules").map(Node::entries).unwrap_or_default() {
        let name = rule.key.text().unwrap_or_default();
        let when = rule.value.get("RuleCondition").map(|condition| low.condition(condition));
        for assertion in rule.value.get("Assertions").map(Node::items).unwrap_or_default() {
            let Some(assert) = assertion.get("Assert") else { continue };
            let subject = first_reference(assert).or_else(|| first_reference(&rule.value));
            let Some(variable) = variables.iter_mut().find(|variable| Some(variable.name.as_str()) == subject) else { continue };
            let mut condition = low.condition(assert);
            if let Some(when) = &when {
                let not = Expr::new(ExprKind::Unary { operator: UnaryOperator::Not, operand: Box::new(when.clone()) }, when.span);
                let kind = ExprKind::Binary { operator: BinaryOperator::Or, left: Box::new(not), right: Box::new(condition) };
                condition = Expr::new(kind, assert.span);
            }
            let said = match assertion.get("AssertDescription").and_then(Node::text) {
                Some(said) => eco_format!("the rule {name} says: {said}"),
                None => eco_format!("the rule {name} does not hold"),
            };
            variable.validations.push((condition, Some(Expr::literal(Value::Text(said), assert.span))));
        }
    }
}

fn first_reference(node: &Node) -> Option<&str> {
    let own = |entry: &'_ Entry| entry.key.text() == Some("Ref");
    node.entries().iter().find(|entry| own(entry)).and_then(|entry| entry.value.text()).or_else(|| {
        let inside = node.entries().iter().find_map(|entry| first_reference(&entry.value));
        inside.or_else(|| node.items().iter().find_map(first_reference))
    })
}
