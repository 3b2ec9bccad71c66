//! The blocks of a file: resources, variables, modules and the rest, meta-arguments taken out.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::body::{self, Header, Item, attribute, block, header, items, literal_bool, literal_text};
use super::lowering::Lowering;
use super::{conditions, paths, pieces, schema};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{
    Attribute, Block, Body, Condition, ConditionKind, Declaration, Expr, ExprKind, Import, Lifecycle, Local, Mode, Module, ModuleCall,
    Moved, Output, ProviderConfig, Removed, Step, UnaryOperator, Value, Variable,
};
use crate::order::Order as _;
use crate::source::Span;
use crate::syntax::{Node, hcl};

/// Reads the items of a `.tf` file.
pub(super) fn configuration(low: &mut Lowering<'_>, root: Node<'_>) -> Module {
    let mut module = Module::default();
    items(low, root, &mut |low, item| match item {
        Item::Block(node) => top(low, node, &mut module),
        Item::Attribute(written) => {
            let span = written.name;
            let name = low.slice(span.start, span.end);
            low.error_with_help(span, eco_format!("`{name}` stands outside any block"), "values of variables belong in a `.tfvars` file");
        }
    });
    if low.damaged || low.swallowed {
        // Where a brace is missing, the blocks that follow seem to lie inside the one before.
        for node in swallowed(low, root) {
            top(low, node, &mut module);
        }
    }
    module
}

/// Top-level blocks below the top, outermost first: they begin a line as only top-level blocks do.
fn swallowed<'t>(low: &Lowering<'_>, root: Node<'t>) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    let mut waiting: Vec<(Node<'t>, bool)> = vec![(root, true)];
    while let Some((node, top)) = waiting.pop() {
        for child in node.children() {
            match child.kind() {
                hcl::BLOCK | hcl::LOOSE_BLOCK => {
                    if !top && is_top_level(low, child) {
                        found.push(child);
                    }
                    // A check reads data of its own.
                    waiting.push((child, low.text_of(child).starts_with("check")));
                }
                hcl::ERROR => waiting.push((child, top)),
                _ => {}
            }
        }
    }
    found.order_by_key(|node| node.start());
    found
}

/// Whether a block can only stand at the top: by its labels, or, in a broken file, by beginning its line.
pub(super) fn is_top_level(low: &Lowering<'_>, node: Node<'_>) -> bool {
    let start = node.start();
    let text = low.text_of(node);
    let labelled = || text.split(['{', '\n']).next().is_some_and(|header| header.contains('"'));
    pieces::heads_block(text) && (labelled() || low.damaged && (start == 0 || low.slice(start - 1, start) == "\n"))
}

/// Reads a `.tfvars` file.
pub(super) fn values(low: &mut Lowering<'_>, root: Node<'_>) -> Module {
    let module = assignments(low, root);
    module.assignments.iter().for_each(|it| schema::constant(low, &it.value));
    module
}

/// Reads assignments, as a file of values has them.
pub(super) fn assignments(low: &mut Lowering<'_>, root: Node<'_>) -> Module {
    let mut module = Module::default();
    items(low, root, &mut |low, item| match item {
        Item::Attribute(written) => module.assignments.extend(attribute(low, written)),
        Item::Block(node) => {
            if let Some(header) = header(low, node) {
                low.error(header.span, eco_format!("a file of variable values has no block `{}`", header.kind));
            }
        }
    });
    module
}

fn top(low: &mut Lowering<'_>, node: Node<'_>, module: &mut Module) {
    let span = low.span(node);
    let Some(mut header) = header(low, node) else { return };
    if !header.labels.is_empty() && matches!(header.kind, "locals" | "terraform" | "moved" | "removed" | "import") {
        low.error(header.span, eco_format!("`{}` takes no label", header.kind));
    }
    schema::names(low, header.kind, header.span, &header.labels);
    low.depth = 1;
    contents(low, node, span, &mut header, module);
    low.depth = 0;
}

fn contents(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>, module: &mut Module) {
    match header.kind {
        "resource" => module.resources.extend(declaration(low, node, span, header, Mode::Managed).map(Arc::new)),
        "data" => module.resources.extend(declaration(low, node, span, header, Mode::Data).map(Arc::new)),
        "ephemeral" => module.resources.extend(declaration(low, node, span, header, Mode::Ephemeral).map(Arc::new)),
        "variable" => module.variables.extend(variable(low, node, span, header)),
        "output" => module.outputs.extend(output(low, node, span, header, &mut module.conditions)),
        "locals" => locals(low, node, &mut module.locals),
        "module" => module.calls.extend(call(low, node, span, header)),
        "provider" => module.providers.extend(provider(low, node, span, header)),
        "moved" => module.moved.extend(moved(low, node, span, header)),
        "removed" => module.removed.extend(removed(low, node, span, header)),
        "import" => module.imports.extend(import(low, node, span, header)),
        "check" => check(low, node, header, module),
        // What is done beside a change, and never deployed itself.
        "action" => {}
        // Settings of the tool itself: nothing of them is deployed. Where the state is kept, others may read it.
        "terraform" | "language" => {
            let settings = body::body(low, node);
            schema::check(low, header.kind, header.span, &settings);
            let backend = settings.blocks.into_iter().find(|block| matches!(block.name.as_str(), "backend" | "cloud"));
            module.backend = backend.or(module.backend.take());
        }
        other => {
            let message = eco_format!("`{other}` is no block of Terraform; it is left out");
            low.out.push(Diagnostic { level: Level::Note, ..Diagnostic::error("unknown-block", header.span, message) });
        }
    }
}

/// Exactly `wanted` labels, or a diagnostic.
fn labels<const N: usize>(low: &mut Lowering<'_>, header: &mut Header<'_>, wanted: [&str; N]) -> Option<[EcoString; N]> {
    let given = header.labels.len();
    if let Ok(labels) = <[EcoString; N]>::try_from(std::mem::take(&mut header.labels)) {
        return Some(labels);
    }
    let names = wanted.join("\" \"");
    let form = if N == 0 { EcoString::from(header.kind) } else { eco_format!("{} \"{names}\"", header.kind) };
    low.error_with_help(
        header.span,
        eco_format!("`{}` takes {N} label{}, {} given", header.kind, if N == 1 { "" } else { "s" }, given),
        eco_format!("write `{form} {{`"),
    );
    None
}

fn declaration(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>, mode: Mode) -> Option<Declaration> {
    let [native_type, name] = labels(low, header, ["type", "name"])?;
    let mut it = Declaration {
        mode,
        native_type,
        name,
        span,
        header: header.span,
        count: None,
        for_each: None,
        condition: None,
        depends_on: Vec::new(),
        provider: None,
        lifecycle: Lifecycle::default(),
        body: body::empty(node),
        camel: false,
        called_from: Vec::new(),
    };
    let mut ruled = false;
    items(low, node, &mut |low, item| match item {
        Item::Attribute(written) => {
            let Some(attribute) = attribute(low, written) else { return };
            match attribute.name.as_str() {
                "count" => it.count = Some(attribute.value),
                "for_each" => it.for_each = Some(attribute.value),
                "provider" => it.provider = Some(attribute.value),
                "depends_on" => {
                    schema::references(low, "depends_on", &attribute.value);
                    it.depends_on = dependencies(attribute.value);
                }
                _ => it.body.attributes.push(attribute),
            }
        }
        Item::Block(node) => {
            let Some(block) = block(low, node) else { return };
            if block.name == "lifecycle" && block.dynamic.is_none() {
                if std::mem::replace(&mut ruled, true) {
                    low.error(block.header, "a block has `lifecycle` once");
                }
                lifecycle(low, block, &mut it);
            } else {
                it.body.blocks.push(block);
            }
        }
    });
    schema::one_repetition(low, it.count.as_ref(), it.for_each.as_ref());
    schema::provisioners(low, &it.body.blocks);
    Some(it)
}

fn lifecycle(low: &mut Lowering<'_>, block: Block, it: &mut Declaration) {
    schema::check(low, &block.name, block.header, &block.body);
    for Attribute { name, value, .. } in block.body.attributes {
        if matches!(name.as_str(), "ignore_changes" | "replace_triggered_by") {
            schema::references(low, &name, &value);
        } else if matches!(name.as_str(), "prevent_destroy" | "create_before_destroy") {
            schema::rule(low, &name, &value);
        }
        match name.as_str() {
            "prevent_destroy" => it.lifecycle.prevent_destroy = Some(value),
            "create_before_destroy" => it.lifecycle.create_before_destroy = Some(value),
            "ignore_changes" => it.lifecycle.ignore_changes = list(value),
            "replace_triggered_by" => it.lifecycle.replace_triggered_by = list(value),
            "enabled" => it.condition = Some(value),
            "destroy" => it.lifecycle.retain = Some(negated(value)),
            _ => {}
        }
    }
    it.lifecycle.conditions.extend(block.body.blocks.iter().filter_map(|block| match block.name.as_str() {
        "precondition" => conditions::of(block, ConditionKind::Before),
        "postcondition" => conditions::of(block, ConditionKind::After),
        _ => None,
    }));
}

/// What is retained is what is not destroyed.
pub(super) fn negated(value: Expr) -> Expr {
    let span = value.span;
    Expr::new(ExprKind::Unary { operator: UnaryOperator::Not, operand: Box::new(value) }, span)
}

/// The items of a list that is written out; a single expression, such as `all`, is a list of one.
pub(super) fn list(value: Expr) -> Vec<Expr> {
    match value.kind {
        ExprKind::List(items) => items,
        _ => vec![value],
    }
}

/// The entries of `depends_on`; as texts too, which is how versions before 0.12 wrote them.
pub(super) fn dependencies(value: Expr) -> Vec<Expr> {
    let mut items = list(value);
    for item in &mut items {
        let ExprKind::Literal(Value::Text(text)) = &item.kind else { continue };
        let mut names = text.split('.').map(EcoString::from);
        if let (Some(root), true) = (names.next(), text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_'))) {
            let span = item.span;
            item.kind = ExprKind::Reference { root, steps: names.map(|name| Step::Name(name, span)).collect() };
        }
    }
    items
}

fn variable(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<Variable> {
    let [name] = labels(low, header, ["name"])?;
    let mut it = Variable::new(name, span, header.span);
    let body = body::body(low, node);
    schema::check(low, "variable", header.span, &body);
    for block in body.blocks.iter().filter(|block| block.name == "validation") {
        let of = |name: &str| block.body.attribute(name).map(|attribute| attribute.value.clone());
        if let Some(condition) = of("condition") {
            schema::validation(low, &it.name, &condition);
            it.validations.push((condition, of("error_message")));
        }
    }
    for Attribute { name, value, .. } in body.attributes {
        match name.as_str() {
            "default" => {
                schema::constant(low, &value);
                it.default = Some(value);
            }
            "type" => {
                schema::constraint(low, &value);
                it.r#type = Some(value);
            }
            "sensitive" => it.sensitive = literal_bool(low, &value, false),
            "nullable" => it.nullable = literal_bool(low, &value, true),
            "ephemeral" => it.ephemeral = literal_bool(low, &value, false),
            "description" => it.description = literal_text(low, &value),
            _ => {}
        }
    }
    Some(it)
}

fn output(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>, demanded: &mut Vec<Condition>) -> Option<Output> {
    let [name] = labels(low, header, ["name"])?;
    let mut it = Output { name, span, header: header.span, value: None, sensitive: false, depends_on: Vec::new() };
    let body = body::body(low, node);
    schema::check(low, "output", header.span, &body);
    let conditions = body.blocks.iter().filter(|block| block.name == "precondition");
    demanded.extend(conditions.filter_map(|block| conditions::of(block, ConditionKind::Output(it.name.clone()))));
    for Attribute { name, value, .. } in body.attributes {
        match name.as_str() {
            "value" => it.value = Some(value),
            "sensitive" => it.sensitive = literal_bool(low, &value, false),
            "depends_on" => {
                schema::references(low, "depends_on", &value);
                it.depends_on = dependencies(value);
            }
            _ => {}
        }
    }
    Some(it)
}

fn locals(low: &mut Lowering<'_>, node: Node<'_>, locals: &mut Vec<Local>) {
    items(low, node, &mut |low, item| match item {
        Item::Attribute(written) => {
            locals.extend(attribute(low, written).map(|Attribute { name, name_span, value }| Local { name, name_span, value }));
        }
        Item::Block(node) => {
            if let Some(header) = header(low, node) {
                low.error_with_help(header.span, eco_format!("`locals` has no block `{}`", header.kind), "write `name = { … }`");
            }
        }
    });
}

fn call(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<ModuleCall> {
    let [name] = labels(low, header, ["name"])?;
    let mut it = ModuleCall {
        name,
        span,
        header: header.span,
        source: None,
        count: None,
        for_each: None,
        depends_on: Vec::new(),
        providers: None,
        body: Body::default(),
    };
    items(low, node, &mut |low, item| match item {
        Item::Attribute(written) => {
            low.provider_keys = low.slice(written.name.start, written.name.end) == "providers";
            let read = attribute(low, written);
            low.provider_keys = false;
            let Some(attribute) = read else { return };
            match attribute.name.as_str() {
                "source" => match &attribute.value.kind {
                    ExprKind::Literal(Value::Text(text)) => it.source = Some(text.clone()),
                    _ => it.body.attributes.push(attribute),
                },
                "count" => it.count = Some(attribute.value),
                "for_each" => it.for_each = Some(attribute.value),
                "depends_on" => {
                    schema::references(low, "depends_on", &attribute.value);
                    it.depends_on = dependencies(attribute.value);
                }
                "providers" => it.providers = Some(attribute.value),
                "version" => {
                    schema::versions(low, &attribute.value);
                    it.body.attributes.push(attribute);
                }
                _ => it.body.attributes.push(attribute),
            }
        }
        Item::Block(node) => {
            let Some(block) = block(low, node) else { return };
            // OpenTofu switches a module off in it.
            if block.name != "lifecycle" {
                low.error(block.header, eco_format!("`module` has no block `{}`", block.name));
            }
            it.body.blocks.push(block);
        }
    });
    schema::one_repetition(low, it.count.as_ref(), it.for_each.as_ref());
    Some(it)
}

fn provider(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<ProviderConfig> {
    let [name] = labels(low, header, ["name"])?;
    let mut body = body::body(low, node);
    let at = body.attributes.iter().position(|attribute| attribute.name == "alias");
    let alias = at.and_then(|at| literal_text(low, &body.attributes.remove(at).value));
    Some(ProviderConfig { name, alias, span, header: header.span, body })
}

fn moved(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<Moved> {
    let mut from = None;
    let mut to = None;
    let body = body::body(low, node);
    schema::check(low, "moved", header.span, &body);
    for Attribute { name, value, .. } in body.attributes {
        match name.as_str() {
            "from" => from = paths::address(low, &value),
            "to" => to = paths::address(low, &value),
            _ => {}
        }
    }
    match (from, to) {
        (Some(from), Some(to)) if from == to => {
            // Refused when the plan is made, not before.
            low.out.push(Diagnostic::warning("moved", header.span, "`from` and `to` are the same address"));
            None
        }
        (Some(from), Some(to)) => Some(Moved { from, to, span }),
        _ => {
            low.error(header.span, "`moved` needs the addresses `from` and `to`");
            None
        }
    }
}

fn removed(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<Removed> {
    let body = body::body(low, node);
    schema::check(low, "removed", header.span, &body);
    let from = body.attribute("from").and_then(|from| paths::address(low, &from.value));
    let destroy = body.blocks("lifecycle").find_map(|lifecycle| lifecycle.body.attribute("destroy"));
    let destroy = destroy.is_none_or(|destroy| literal_bool(low, &destroy.value, true));
    match from {
        Some(from) => Some(Removed { from, destroy, span }),
        None => {
            low.error(header.span, "`removed` needs the address `from`");
            None
        }
    }
}

fn import(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: &mut Header<'_>) -> Option<Import> {
    let mut to = None;
    let mut id = None;
    let mut for_each = None;
    let body = body::body(low, node);
    schema::check(low, "import", header.span, &body);
    for Attribute { name, value, .. } in body.attributes {
        match name.as_str() {
            "to" => to = Some(value),
            "id" | "identity" => id = Some(value),
            "for_each" => for_each = Some(value),
            _ => {}
        }
    }
    if to.is_none() || id.is_none() {
        low.error(header.span, "`import` needs the address `to` and an `id`");
    }
    to.map(|to| Import { to, id, for_each, span })
}

/// A check deploys nothing, but a data source inside it is read like any other.
fn check(low: &mut Lowering<'_>, node: Node<'_>, outer: &mut Header<'_>, module: &mut Module) {
    let name = outer.labels.first().cloned().unwrap_or_default();
    // What it reads stands in it as at the top.
    low.depth = 0;
    let conditions = module.conditions.len();
    items(low, node, &mut |low, item| {
        let Item::Block(node) = item else { return };
        let span = low.span(node);
        let Some(mut header) = header(low, node) else { return };
        match header.kind {
            "data" => module.resources.extend(declaration(low, node, span, &mut header, Mode::Data).map(Arc::new)),
            "assert" => {
                let Some(block) = block(low, node) else { return };
                schema::check(low, "assert", block.header, &block.body);
                module.conditions.extend(conditions::of(&block, ConditionKind::Check(name.clone())));
            }
            other => low.error(header.span, eco_format!("`check` has no block `{other}`")),
        }
    });
    if module.conditions.len() == conditions && !low.damaged {
        low.error(outer.span, "`check` needs `assert`");
    }
}
