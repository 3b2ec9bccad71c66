//! Bodies: attributes and nested blocks, `dynamic` among them.

use std::ops::Range;

use ecow::{EcoString, eco_format};

use super::blocks;
use super::expression::{expression, is_part, parts};
use super::lowering::{Lowering, MAX_DEPTH, unknown};
use super::{names, template};
use crate::diagnostic::Diagnostic;
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
    Attribute(Written<'t>),
    Block(Node<'t>),
}

/// An attribute before its value is read.
#[derive(Clone, Copy)]
pub(super) struct Written<'t> {
    pub name: Span,
    pub value: Option<Node<'t>>,
    /// Something in or around the value cannot be read.
    broken: bool,
}

/// The items of a file, of a block, or of a piece of text that fits no rule: what stands inside it is kept.
pub(super) fn items<'t, 's>(low: &mut Lowering<'s>, node: Node<'t>, visit: &mut dyn FnMut(&mut Lowering<'s>, Item<'t>)) {
    let mut seen = Seen::default();
    let mut visit = |low: &mut Lowering<'s>, item| {
        if let Item::Attribute(written) = &item
            && !seen.is_new(low, written.name)
        {
            return;
        }
        visit(low, item);
    };
    each(low, node, &mut visit);
}

fn each<'t, 's>(low: &mut Lowering<'s>, node: Node<'t>, visit: &mut dyn FnMut(&mut Lowering<'s>, Item<'t>)) {
    let mut previous: Option<u32> = None;
    // Where the first item begins and ends, and whether it is an argument.
    let mut first: Option<(u32, Option<u32>, bool)> = None;
    let mut key: Option<Written<'t>> = None;
    let mut children = node.children().peekable();
    while let Some(child) = children.next() {
        let kind = child.kind();
        if is_part(kind) {
            let Some(mut written) = key.take() else { continue };
            let end = child.end();
            if low.damaged {
                written.broken |= child.is_missing();
                // What cannot be read and stands on the same line belongs to the value.
                if let Some(next) = children.peek().filter(|next| next.kind() == hcl::ERROR) {
                    written.broken |= !low.slice(end, next.start()).contains('\n');
                }
            }
            written.value = Some(child);
            previous = Some(end);
            if let Some((_, first @ None, _)) = &mut first {
                *first = previous;
            }
            visit(low, Item::Attribute(written));
            continue;
        }
        if kind == hcl::COMMENT {
            continue;
        }
        let start = child.start();
        if kind == hcl::ERROR {
            if let Some(written) = &mut key {
                written.broken = true;
                if is_part_of_value(child) {
                    continue;
                }
            }
            finish(low, &mut key, visit);
            if low.errors < MAX_DEPTH {
                low.errors += 1;
                each(low, child, visit);
                low.errors -= 1;
            }
            previous = None;
            continue;
        }
        finish(low, &mut key, visit);
        if let Some(end) = previous {
            on_own_line(low, end, start);
        }
        match kind {
            hcl::KEY => {
                first.get_or_insert((start, None, true));
                key = Some(Written { name: key_span(low, start, child.end()), value: None, broken: false });
            }
            hcl::ATTRIBUTE => {
                previous = Some(child.end());
                first.get_or_insert((start, previous, true));
                let written = long(low, child);
                visit(low, Item::Attribute(written));
            }
            hcl::BLOCK | hcl::LOOSE_BLOCK => {
                previous = Some(child.end());
                first.get_or_insert((start, previous, false));
                // Swallowed by an unclosed block; read where it belongs.
                if low.depth > 0 && blocks::is_top_level(low, child) {
                    low.swallowed = true;
                    let at = low.between(start, start + low.text_of(child).split('{').next().unwrap_or_default().trim_end().len() as u32);
                    low.error(at, "this block cannot stand inside another; a `}` is probably missing before it");
                } else {
                    visit(low, Item::Block(child));
                }
            }
            _ => {}
        }
    }
    finish(low, &mut key, visit);
    if let (Some((start, Some(end), argument)), Some(last)) = (first, previous) {
        braces(low, node, start..end, argument, last);
    }
}

/// The names of a body's arguments: each may be set once.
#[derive(Default)]
struct Seen<'s> {
    few: Vec<&'s str>,
    many: rustc_hash::FxHashSet<&'s str>,
}

impl<'s> Seen<'s> {
    fn is_new(&mut self, low: &mut Lowering<'s>, span: Span) -> bool {
        const FEW: usize = 32;
        let name = low.slice(span.start, span.end);
        let new = if self.few.len() < FEW {
            let new = !self.few.contains(&name);
            self.few.push(name);
            new
        } else {
            !self.few.contains(&name) && self.many.insert(name)
        };
        if !new {
            low.out.push(Diagnostic::error("duplicate", span, eco_format!("`{name}` is set twice")));
        }
        new
    }
}

/// A block's braces stand on lines of their own, or the block has one argument and is one line.
fn braces(low: &mut Lowering<'_>, node: Node<'_>, first: Range<u32>, argument: bool, last: u32) {
    if !matches!(node.kind(), hcl::BLOCK | hcl::LOOSE_BLOCK) || low.is_broken(node) {
        return;
    }
    let mut opened = node.start();
    for child in node.children().take_while(|child| child.start() < first.start && child.kind() != hcl::COMMENT) {
        opened = child.end();
    }
    let close = node.end().saturating_sub(1);
    if !low.breaks(opened, first.start) {
        if !argument || low.breaks(first.end, close) {
            let at = low.between(first.start, first.end);
            low.error_with_help(
                at,
                "a new line is missing before this",
                "only a block of one argument, closed in the same line, needs none",
            );
        }
    } else {
        on_own_line(low, last, close);
    }
}

/// Hands over a key whose value never came.
fn finish<'t, 's>(low: &mut Lowering<'s>, key: &mut Option<Written<'t>>, visit: &mut dyn FnMut(&mut Lowering<'s>, Item<'t>)) {
    if let Some(written) = key.take() {
        visit(low, Item::Attribute(written));
    }
}

/// Whether a piece that cannot be read holds no item of its own.
fn is_part_of_value(error: Node<'_>) -> bool {
    !error.children().any(|child| matches!(child.kind(), hcl::KEY | hcl::ATTRIBUTE | hcl::BLOCK | hcl::LOOSE_BLOCK | hcl::BLOCK_OPEN))
}

/// The name in a key token: `name   =`.
fn key_span(low: &mut Lowering<'_>, start: u32, end: u32) -> Span {
    let text = low.slice(start, end);
    let name = text.trim_end_matches(['=', ':', ' ', '\t']);
    if text.ends_with(':') {
        let at = low.between(end - 1, end);
        low.error_with_help(at, "`:` cannot stand between an argument and its value", "write `=`");
    }
    low.between(start, start + name.len() as u32)
}

/// An attribute in its long form: a path for a name, or a comment before the sign.
fn long<'t>(low: &mut Lowering<'_>, node: Node<'t>) -> Written<'t> {
    let mut parts = parts(node);
    let name = parts.next().map_or_else(|| low.span(node), |name| low.span(name));
    Written { name, value: parts.next(), broken: low.is_broken(node) }
}

/// Two items never share a line, nor an item and the brace behind it; the tree lets them.
fn on_own_line(low: &mut Lowering<'_>, end: u32, start: u32) {
    if !low.breaks(end, start) {
        let at = low.between(start, start + u32::from(low.slice(start, start + 1) == "}"));
        low.error_with_help(at, "a new line is missing before this", "put every argument and every block on a line of its own");
    }
}

/// Reads a body whole, with no argument taken out.
pub(super) fn body(low: &mut Lowering<'_>, node: Node<'_>) -> Body {
    let mut body = empty(node);
    items(low, node, &mut |low, item| match item {
        Item::Attribute(written) => body.attributes.extend(attribute(low, written)),
        Item::Block(node) => body.blocks.extend(block(low, node)),
    });
    body
}

/// With memory for as many arguments as the node can hold: each has a key and a value.
pub(super) fn empty(node: Node<'_>) -> Body {
    const MOST: usize = 64;
    Body { attributes: Vec::with_capacity((node.child_count() / 2).min(MOST)), blocks: Vec::new() }
}

/// `None` only for what has no usable name.
pub(super) fn attribute(low: &mut Lowering<'_>, written: Written<'_>) -> Option<Attribute> {
    let name_span = written.name;
    let name = low.slice(name_span.start, name_span.end);
    if !names::is_plain(name) {
        let help = "an argument has one name; write the nested object or block out";
        low.error_with_help(name_span, eco_format!("`{name}` cannot be set by a path"), help);
        return None;
    }
    if !name.is_ascii() {
        names::strange_character(low, name, name_span);
    }
    let value = match written.value {
        Some(value) if !written.broken => {
            one_line(low, value);
            expression(low, value)
        }
        Some(value) => unknown(low.span(value), "a part of the value cannot be read"),
        None if written.broken => unknown(name_span, "the value cannot be read"),
        None => low.invalid(name_span, eco_format!("`{name}` has no value")),
    };
    Some(Attribute { name: EcoString::from(name), name_span, value })
}

/// Outside brackets a value ends with its line; the tree lets operators and steps continue it.
pub(super) fn one_line(low: &mut Lowering<'_>, value: Node<'_>) {
    if !continues(value.kind()) || !low.text_of(value).contains('\n') {
        return;
    }
    let mut stack = vec![value];
    while let Some(node) = stack.pop() {
        let mut end: Option<u32> = None;
        for child in node.children() {
            let inside = matches!(child.kind(), hcl::ATTR | hcl::SPLAT) && low.breaks(child.start(), child.end());
            if inside || end.is_some_and(|end| low.breaks(end, child.start())) {
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
    let header = match node.children().next() {
        Some(open) if open.kind() == hcl::BLOCK_OPEN => short_header(low, low.span(open)),
        _ => long_header(low, node),
    };
    let kind = header.kind;
    if kind.is_empty() {
        return None;
    }
    if !names::is_plain(kind) {
        low.error(header.span, eco_format!("`{kind}` cannot name a block"));
        return None;
    }
    names::strange_character(low, kind, header.span);
    Some(header)
}

/// `type "label" "label" {`, one token.
fn short_header<'s>(low: &mut Lowering<'s>, open: Span) -> Header<'s> {
    let text = low.slice(open.start, open.end).trim_end_matches(['{', ' ', '\t']);
    let end = text.find([' ', '\t', '"']).unwrap_or(text.len());
    let (kind, mut rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let mut labels = Vec::with_capacity(2);
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let (label, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_at_checked(rest.find([' ', '\t', '"']).unwrap_or(rest.len())).unwrap_or((rest, "")),
        };
        if rest.is_empty() {
            break;
        }
        if !rest.starts_with('"') && !label.is_ascii() {
            names::strange_character(low, label, open);
        }
        labels.push(EcoString::from(label));
        rest = after;
    }
    Header { kind, labels, span: low.between(open.start, open.start + text.len() as u32) }
}

/// A header with comments, escapes or templates in it, over several lines, or without a body.
fn long_header<'s>(low: &mut Lowering<'s>, node: Node<'_>) -> Header<'s> {
    let whole = low.span(node);
    let mut header = Header { kind: "", labels: Vec::new(), span: whole };
    for child in node.children() {
        let span = low.span(child);
        match child.kind() {
            hcl::NAME if header.kind.is_empty() => {
                header.kind = low.slice(span.start, span.end);
                header.span = span;
                continue;
            }
            hcl::NAME => {
                let label = low.slice(span.start, span.end);
                if !names::is_plain(label) {
                    low.error_with_help(span, eco_format!("`{label}` is no label"), "write it in quotes");
                }
                names::strange_character(low, label, span);
                header.labels.push(EcoString::from(label));
            }
            hcl::STRING | hcl::TEMPLATE => header.labels.push(template::label(low, span)),
            hcl::COMMENT => continue,
            _ => break,
        }
        header.span = header.span.to(span);
    }
    let rest = low.slice(header.span.end, whole.end);
    if !rest.contains('{') && !low.is_broken(node) {
        low.error_with_help(header.span, eco_format!("`{}` has no body", header.kind), "add `{` and `}`, or `=` and a value");
    } else if rest
        .split('{')
        .next()
        .is_some_and(|before| before.contains('\n') && low.breaks(header.span.end, header.span.end + before.len() as u32))
    {
        low.error_with_help(header.span, "the brace stands on a line of its own", "put `{` on the line of the block's header");
    }
    header
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
    let mut body = low.deeper(span, |low| body(low, node))?;
    if header.kind == "provisioner" {
        body.attributes.iter_mut().for_each(keyword);
    }
    Some(Block { name: EcoString::from(header.kind), span, header: header.span, labels: header.labels, body, dynamic: None })
}

fn dynamic(low: &mut Lowering<'_>, node: Node<'_>, span: Span, header: Span, name: EcoString) -> Option<Block> {
    let mut for_each = None;
    let mut iterator = None;
    let mut labels = None;
    let mut content = None;
    items(low, node, &mut |low, item| match item {
        Item::Attribute(written) => {
            let Some(Attribute { name, name_span, value }) = attribute(low, written) else { return };
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
    Some(Block { name, span, header, labels: Vec::new(), body, dynamic: Some(Box::new(Dynamic { for_each, iterator, labels })) })
}

/// `when = destroy` and `on_failure = continue` of a provisioner: words of the language, which name nothing.
fn keyword(attribute: &mut Attribute) {
    if matches!(attribute.name.as_str(), "when" | "on_failure")
        && let ExprKind::Reference { root, steps } = &attribute.value.kind
        && steps.is_empty()
    {
        attribute.value.kind = ExprKind::Literal(Value::Text(root.clone()));
    }
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
