//! Bodies: attributes and nested blocks, `dynamic` among them.

use ecow::{EcoString, eco_format};

use super::expression::{expression, parts};
use super::lowering::{Lowering, unknown};
use super::template;
use crate::model::{Attribute, Block, Body, Dynamic, Expr, ExprKind, Value};
use crate::source::Span;
use crate::syntax::{Node, hcl};

/// A block's type, labels and place, before its body is read.
pub(super) struct Header<'s> {
    pub kind: &'s str,
    pub labels: Vec<EcoString>,
    /// From the type to the last label.
    pub span: Span,
}

/// An attribute or a block, in source order.
pub(super) enum Item<'t> {
    Attribute(Node<'t>),
    Block(Node<'t>),
}

/// The items of a file, of a block, or of a piece of text that fits no rule: what stands inside it is kept.
pub(super) fn items<'t>(low: &mut Lowering<'_>, node: Node<'t>, visit: &mut dyn FnMut(&mut Lowering<'_>, Item<'t>)) {
    let mut previous: Option<u32> = None;
    for child in node.children() {
        let item = match child.kind() {
            hcl::ATTRIBUTE => Item::Attribute(child),
            hcl::BLOCK => Item::Block(child),
            hcl::ERROR => {
                let span = low.span(child);
                low.deeper(span, |low| items(low, child, visit));
                previous = None;
                continue;
            }
            _ => continue,
        };
        if let Some(end) = previous {
            on_own_line(low, end, child.start());
        }
        previous = Some(child.end());
        visit(low, item);
    }
}

/// Two items never share a line; the tree lets them.
fn on_own_line(low: &mut Lowering<'_>, end: u32, start: u32) {
    if !low.slice(end.saturating_sub(1), start).contains('\n') {
        let at = low.between(start, start);
        low.error_with_help(at, "a new line is missing before this", "put every argument and every block on a line of its own");
    }
}

/// Reads a body whole, with no argument taken out.
pub(super) fn body(low: &mut Lowering<'_>, node: Node<'_>) -> Body {
    let mut body = Body::default();
    items(low, node, &mut |low, item| match item {
        Item::Attribute(node) => body.attributes.extend(attribute(low, node)),
        Item::Block(node) => body.blocks.extend(block(low, node)),
    });
    body
}

/// The name of an attribute, without reading its value.
pub(super) fn attribute_name<'s>(low: &Lowering<'s>, node: Node<'_>) -> &'s str {
    node.children().find(|child| child.kind() == hcl::NAME).map(|name| low.text_of(name)).unwrap_or_default()
}

/// `None` only for what has no usable name.
pub(super) fn attribute(low: &mut Lowering<'_>, node: Node<'_>) -> Option<Attribute> {
    let mut parts = parts(node);
    let name_node = parts.next()?;
    let name_span = low.span(name_node);
    let name = low.text_of(name_node);
    let value = parts.next();
    if name.contains(['.', ':']) {
        let help = "an argument has one name; write the nested object or block out";
        low.error_with_help(name_span, eco_format!("`{name}` cannot be set by a path"), help);
        return None;
    }
    let value = match value {
        Some(value) if !low.is_broken(node) => {
            one_line(low, value);
            expression(low, value)
        }
        Some(value) => unknown(low.span(value), "a part of the value cannot be read"),
        None if low.is_broken(node) => unknown(name_span, "the value cannot be read"),
        None => low.invalid(name_span, eco_format!("`{name}` has no value")),
    };
    Some(Attribute { name: EcoString::from(name), name_span, value })
}

/// Outside brackets a value ends with its line; the tree lets operators and steps continue it.
fn one_line(low: &mut Lowering<'_>, value: Node<'_>) {
    if !continues(value.kind()) || !low.text_of(value).contains('\n') {
        return;
    }
    let mut stack = vec![value];
    while let Some(node) = stack.pop() {
        let mut end: Option<u32> = None;
        for child in node.children() {
            if let Some(end) = end
                && low.slice(end, child.start()).contains('\n')
            {
                let at = low.between(child.start(), child.end());
                low.error_with_help(at, "a value cannot go on in the next line", "put the whole value in parentheses");
                return;
            }
            if continues(child.kind()) {
                stack.push(child);
            }
            end = Some(child.end());
        }
    }
}

fn continues(kind: u16) -> bool {
    matches!(kind, hcl::BINARY | hcl::CONDITIONAL | hcl::UNARY | hcl::TRAVERSAL)
}

/// Type, labels and place of a block; wrong labels are reported.
pub(super) fn header<'s>(low: &mut Lowering<'s>, node: Node<'_>) -> Option<Header<'s>> {
    let mut kind: Option<Span> = None;
    let mut labels = Vec::new();
    let mut end = 0;
    let mut has_body = false;
    for child in node.children() {
        let span = low.span(child);
        match child.kind() {
            hcl::NAME if kind.is_none() => {
                kind = Some(span);
                end = span.end;
            }
            hcl::NAME => {
                labels.push(EcoString::from(low.slice(span.start, span.end)));
                end = span.end;
            }
            hcl::STRING => {
                labels.push(template::quoted(low, span));
                end = span.end;
            }
            hcl::ANON_SYM_LBRACE => {
                has_body = true;
                break;
            }
            _ => {}
        }
    }
    let kind_span = kind?;
    let kind = low.slice(kind_span.start, kind_span.end);
    let span = low.between(kind_span.start, end);
    if kind.contains(['.', ':']) {
        low.error(kind_span, eco_format!("`{kind}` cannot name a block"));
        return None;
    }
    if !has_body && !low.is_broken(node) {
        low.error_with_help(span, eco_format!("`{kind}` has no body"), "add `{` and `}`, or `=` and a value");
    }
    Some(Header { kind, labels, span })
}

/// A nested block. `dynamic "x" { … content { … } }` becomes a block `x` with its loop.
pub(super) fn block(low: &mut Lowering<'_>, node: Node<'_>) -> Option<Block> {
    let span = low.span(node);
    let header = header(low, node)?;
    if header.kind == "dynamic"
        && let Some(name) = header.labels.first().cloned()
    {
        return low.deeper(span, |low| dynamic(low, node, span, header.span, name))?;
    }
    let body = low.deeper(span, |low| body(low, node))?;
    Some(Block { name: EcoString::from(header.kind), span, header: header.span, labels: header.labels, body, dynamic: None })
}

fn dynamic(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: Span, name: EcoString) -> Option<Block> {
    let mut for_each = None;
    let mut iterator = None;
    let mut labels = None;
    let mut content = None;
    items(low, node, &mut |low, item| match item {
        Item::Attribute(node) => {
            let Some(Attribute { name, name_span, value }) = attribute(low, node) else { return };
            match name.as_str() {
                "for_each" => for_each = Some(value),
                "iterator" => iterator = bare_name(low, &value),
                "labels" => labels = Some(value),
                _ => low.error(name_span, eco_format!("`dynamic` has no argument `{name}`")),
            }
        }
        Item::Block(node) => {
            let Some(inner) = block(low, node) else { return };
            match inner.name.as_str() {
                "content" => content = Some(inner.body),
                _ => low.error(inner.header, eco_format!("`dynamic` has no block `{}`", inner.name)),
            }
        }
    });
    let for_each = match for_each {
        Some(for_each) => for_each,
        None => low.invalid(header, "`dynamic` needs `for_each`"),
    };
    let Some(body) = content else {
        low.error(header, "`dynamic` needs a `content` block");
        return None;
    };
    let iterator = iterator.unwrap_or_else(|| name.clone());
    Some(Block { name, span, header, labels: Vec::new(), body, dynamic: Some(Dynamic { for_each, iterator, labels }) })
}

/// A name standing where a name is wanted, such as an iterator's.
pub(super) fn bare_name(low: &mut Lowering<'_>, value: &Expr) -> Option<EcoString> {
    match &value.kind {
        ExprKind::Reference { root, steps } if steps.is_empty() => Some(root.clone()),
        ExprKind::Unknown(_) => None,
        _ => {
            low.error(value.span, "a name is expected here");
            None
        }
    }
}

/// A text that must be written out, such as a module's source.
pub(super) fn literal_text(low: &mut Lowering<'_>, value: &Expr) -> Option<EcoString> {
    match &value.kind {
        ExprKind::Literal(Value::Text(text)) => Some(text.clone()),
        ExprKind::Unknown(_) => None,
        _ => {
            low.error(value.span, "a plain text is expected here");
            None
        }
    }
}

/// `true` or `false` that must be written out; the texts count too, as the language converts them.
pub(super) fn literal_bool(low: &mut Lowering<'_>, value: &Expr, otherwise: bool) -> bool {
    match &value.kind {
        ExprKind::Literal(value) if value.as_bool().is_some() => value.as_bool().unwrap_or(otherwise),
        ExprKind::Unknown(_) => otherwise,
        _ => {
            low.error(value.span, "`true` or `false` is expected here");
            otherwise
        }
    }
}
