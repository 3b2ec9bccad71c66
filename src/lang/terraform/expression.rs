//! Expressions: HCL's tree to the model's.

use ecow::{EcoString, eco_format};

use super::lowering::{Lowering, MAX_ITEMS, text, unknown};
use super::{body, names, template};
use crate::model::{BinaryOperator, Expr, ExprKind, ForList, ForObject, ObjectItem, Step, UnaryOperator, Value};
use crate::source::Span;
use crate::syntax::{Node, hcl};

/// Lowers an expression node. Broken parts become unknown, each with a diagnostic.
pub(super) fn expression(low: &mut Lowering<'_>, node: Node<'_>) -> Expr {
    let span = low.span(node);
    match node.kind() {
        _ if low.hole == Some(span.start) => unknown(span, "the text is not closed"),
        hcl::NAME if span.start < span.end => names::value(low, span),
        hcl::STRING => template::string(low, span),
        hcl::NUMBER => names::number(low, span),
        _ if low.is_broken(node) => unknown(span, "a part of the expression cannot be read"),
        kind => match low.deeper(span, |low| compound(low, node, kind, span)) {
            Some(expr) => expr,
            None => low.limit(span, "nesting depth"),
        },
    }
}

fn compound(low: &mut Lowering<'_>, node: Node<'_>, kind: u16, span: Span) -> Expr {
    // Punctuation is hidden, so the children are the items; of an object, keys and values.
    let most = if kind == hcl::OBJECT { 2 * MAX_ITEMS } else { MAX_ITEMS };
    if matches!(kind, hcl::TUPLE | hcl::OBJECT | hcl::CALL) && node.child_count() > most {
        return low.too_many(span);
    }
    let kind = match kind {
        hcl::TEMPLATE => return template::template(low, node, span),
        hcl::HEREDOC => return template::heredoc(low, node, span),
        hcl::TRAVERSAL => return traversal(low, node, span),
        hcl::CALL => return call(low, node, span),
        hcl::PARENS => match parts(node).next() {
            Some(inner) => return Expr { span, ..expression(low, inner) },
            None => return low.invalid(span, "nothing stands between the parentheses"),
        },
        hcl::TUPLE => {
            let mut items = Vec::with_capacity(node.child_count());
            items.extend(parts(node).map(|item| expression(low, item)));
            ExprKind::List(items)
        }
        hcl::OBJECT => ExprKind::Object(entries(low, node)),
        hcl::UNARY => return unary(low, node, span),
        hcl::BINARY => return binary(low, node, span),
        hcl::CONDITIONAL => {
            let mut parts = parts(node);
            let (Some(condition), Some(then), Some(otherwise)) = (parts.next(), parts.next(), parts.next()) else {
                return low.invalid(span, "a condition needs two results: `condition ? then : otherwise`");
            };
            ExprKind::Conditional {
                condition: Box::new(expression(low, condition)),
                then: Box::new(expression(low, then)),
                otherwise: Box::new(expression(low, otherwise)),
            }
        }
        hcl::FOR_TUPLE | hcl::FOR_OBJECT => return for_expression(low, node, span),
        _ => return low.invalid(span, "cannot be read as an expression"),
    };
    Expr::new(kind, span)
}

/// The children that are expressions: no keys, no operators, no comments.
pub(super) fn parts(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    node.children().filter(|child| is_part(child.kind()))
}

pub(super) fn is_part(kind: u16) -> bool {
    matches!(
        kind,
        hcl::NAME
            | hcl::NUMBER
            | hcl::STRING
            | hcl::TEMPLATE
            | hcl::HEREDOC
            | hcl::CALL
            | hcl::TUPLE
            | hcl::OBJECT
            | hcl::FOR_TUPLE
            | hcl::FOR_OBJECT
            | hcl::PARENS
            | hcl::TRAVERSAL
            | hcl::UNARY
            | hcl::BINARY
            | hcl::CONDITIONAL
    )
}

fn traversal(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let mut steps = Vec::with_capacity(3);
    let mut root = None;
    let mut base = None;
    for child in node.children() {
        let at = low.span(child);
        match child.kind() {
            hcl::ATTR => attribute_step(low, at, &mut steps),
            hcl::INDEX => {
                let index = match parts(child).next() {
                    Some(index) if !low.is_broken(child) => expression(low, index),
                    _ => unknown(at, "the index cannot be read"),
                };
                steps.push(Step::Index(Box::new(index)));
            }
            hcl::SPLAT => {
                let older = low.slice(at.start, at.end).starts_with('.');
                steps.push(if older { names::older_splat(low, at, &steps) } else { Step::Splat(at) });
            }
            hcl::NAME if root.is_none() && base.is_none() => match names::path(low, at, &mut steps) {
                Some(name) => root = Some(name),
                None => base = Some(unknown(at, "the name cannot be read")),
            },
            kind if is_part(kind) && root.is_none() && base.is_none() => {
                // `1.5.0` is one number to the language, and a wrong one.
                let behind = low.slice(at.end, at.end + 2).as_bytes();
                base = Some(match behind {
                    [b'.', digit] if kind == hcl::NUMBER && digit.is_ascii_digit() => low.invalid(at, "this number has two points"),
                    _ => expression(low, child),
                });
            }
            _ => {}
        }
    }
    let kind = match (root, base) {
        (Some(root), _) => ExprKind::Reference { root, steps },
        (None, Some(of)) => ExprKind::Access { of: Box::new(of), steps },
        (None, None) => return low.invalid(span, "nothing stands before the first step"),
    };
    Expr::new(kind, span)
}

/// `.name`, or the older `.0` for `[0]`.
fn attribute_step(low: &mut Lowering<'_>, at: Span, steps: &mut Vec<Step>) {
    let text = behind_gap(low.slice(at.start + 1, at.end));
    let at = low.between(at.end - text.len() as u32, at.end);
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let index = names::older_index(low, at, steps);
        steps.push(index);
    } else {
        names::strange_character(low, text, at);
        steps.push(Step::Name(EcoString::from(text), at));
    }
}

/// A text behind the spaces, line ends and comments at its front.
fn behind_gap(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with(['#', '/']) {
        let end = if rest.starts_with("/*") { "*/" } else { "\n" };
        let Some((_, behind)) = rest.split_once(end) else { break };
        rest = behind.trim_start();
    }
    rest
}

fn call(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let mut function = None;
    let mut args = Vec::with_capacity(node.child_count().saturating_sub(1));
    let mut expand_last = false;
    for child in node.children() {
        match child.kind() {
            hcl::CALL_OPEN => function = Some(child),
            hcl::ELLIPSIS => expand_last = true,
            kind if is_part(kind) => args.push(expression(low, child)),
            _ => {}
        }
    }
    let Some(function) = function else { return low.invalid(span, "the function has no name") };
    let text = low.text_of(function);
    let text = text.split(['(', ' ', '\t', '/']).next().unwrap_or(text);
    let at = low.between(function.start(), function.start() + text.len() as u32);
    names::strange_character(low, text, at);
    if text.contains('.') {
        return low.invalid(at, eco_format!("`{text}` cannot be called: functions have no dots in their names"));
    }
    Expr::new(ExprKind::Call { function: EcoString::from(text), args, expand_last }, span)
}

fn unary(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let Some(operand) = parts(node).next() else { return low.invalid(span, "nothing stands after the operator") };
    let operand = expression(low, operand);
    if low.slice(span.start, span.end).starts_with('!') {
        return Expr::new(ExprKind::Unary { operator: UnaryOperator::Not, operand: Box::new(operand) }, span);
    }
    // A negative number is a literal to everyone but the grammar.
    if let ExprKind::Literal(Value::Number(number)) = operand.kind {
        return Expr::literal(Value::Number(-number), span);
    }
    Expr::new(ExprKind::Unary { operator: UnaryOperator::Negate, operand: Box::new(operand) }, span)
}

fn binary(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let mut left = None;
    let mut right = None;
    let mut operator = None;
    for child in node.children() {
        let kind = child.kind();
        if is_part(kind) {
            let side = expression(low, child);
            if left.is_none() { left = Some(side) } else { right = Some(side) }
        } else if let Some(found) = operator_of(kind) {
            operator = Some(found);
        }
    }
    match (left, operator, right) {
        (Some(left), Some(operator), Some(right)) => {
            Expr::new(ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) }, span)
        }
        _ => low.invalid(span, "the operator needs a value on both sides"),
    }
}

fn operator_of(kind: u16) -> Option<BinaryOperator> {
    Some(match kind {
        hcl::ANON_SYM_PIPE_PIPE => BinaryOperator::Or,
        hcl::ANON_SYM_AMP_AMP => BinaryOperator::And,
        hcl::ANON_SYM_EQ_EQ => BinaryOperator::Equal,
        hcl::ANON_SYM_BANG_EQ => BinaryOperator::NotEqual,
        hcl::ANON_SYM_LT => BinaryOperator::Less,
        hcl::ANON_SYM_LT_EQ => BinaryOperator::LessOrEqual,
        hcl::ANON_SYM_GT => BinaryOperator::Greater,
        hcl::ANON_SYM_GT_EQ => BinaryOperator::GreaterOrEqual,
        hcl::ANON_SYM_PLUS => BinaryOperator::Add,
        hcl::ANON_SYM_DASH => BinaryOperator::Subtract,
        hcl::ANON_SYM_STAR => BinaryOperator::Multiply,
        hcl::ANON_SYM_SLASH => BinaryOperator::Divide,
        hcl::ANON_SYM_PERCENT => BinaryOperator::Remainder,
        _ => return None,
    })
}

/// Keys and values stand side by side.
fn entries(low: &mut Lowering<'_>, node: Node<'_>) -> Vec<ObjectItem> {
    let mut items = Vec::with_capacity(node.child_count() / 2);
    let mut previous: Option<u32> = None;
    let mut key = None;
    let mut key_end = 0;
    for child in node.children() {
        match child.kind() {
            kind @ (hcl::KEY | hcl::QUOTED_KEY | hcl::LONG_KEY) => {
                let span = low.span(child);
                if let Some(end) = previous {
                    separated(low, end, span.start);
                }
                key_end = span.end;
                key = Some(object_key(low, child, kind, span));
            }
            kind if is_part(kind) => {
                let Some(key) = key.take() else { continue };
                let value = expression(low, child);
                if low.breaks(key_end, child.start()) {
                    low.error_with_help(key.span, "the value does not stand on the line of its key", "begin the value behind the sign");
                }
                body::one_line(low, child);
                previous = Some(child.end());
                items.push(ObjectItem { key, value });
            }
            _ => {}
        }
    }
    if let Some(end) = previous {
        early_comma(low, end, node.end());
    }
    items
}

/// In an object, a line that ends has ended the entry: no comma can follow.
fn early_comma(low: &mut Lowering<'_>, end: u32, start: u32) {
    let between = low.slice(end, start);
    if between.starts_with(['\n', '\r', ' ', '\t', '#', '/'])
        && let Some((before, _)) = between.rsplit_once(',')
        && low.breaks(end, end + before.len() as u32)
        && before.trim().is_empty()
    {
        let at = low.between(end + before.len() as u32, end + before.len() as u32 + 1);
        low.error_with_help(at, "this comma stands in the line after its entry", "put it behind the value");
    }
}

/// Entries stand on lines of their own or have a comma between them.
fn separated(low: &mut Lowering<'_>, end: u32, start: u32) {
    if !low.breaks(end, start) && !low.slice(end, start).contains(',') {
        let at = low.between(start, start);
        low.error_with_help(at, "two entries stand on one line", "put a comma or a new line between them");
    }
    early_comma(low, end, start);
}

/// A bare name is the key itself; anything computed stands in parentheses.
fn object_key(low: &mut Lowering<'_>, node: Node<'_>, kind: u16, span: Span) -> Expr {
    if kind == hcl::LONG_KEY {
        if let Some(key) = parts(node).next()
            && low.breaks(key.end(), span.end)
        {
            low.error_with_help(span, "the sign does not stand on the line of its key", "put `=` behind the key");
        }
        return match parts(node).next() {
            Some(key) if key.kind() == hcl::NAME => bare_key(low, low.span(key)),
            Some(key) if !low.is_broken(node) => expression(low, key),
            _ => unknown(span, "the key cannot be read"),
        };
    }
    let key = low.slice(span.start, span.end).trim_end_matches(['=', ':', ' ', '\t']);
    let at = low.between(span.start, span.start + key.len() as u32);
    if kind == hcl::KEY {
        return bare_key(low, at);
    }
    let inner = key.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default();
    text(inner, at)
}

fn bare_key(low: &mut Lowering<'_>, span: Span) -> Expr {
    let written = low.slice(span.start, span.end);
    if !written.is_ascii() {
        names::strange_character(low, written, span);
    }
    if !names::is_plain(written) {
        if low.provider_keys {
            return names::value(low, span);
        }
        let help = eco_format!("write `({written})` for what it refers to, or `\"{written}\"` for the text itself");
        let message = eco_format!("the key `{written}` can be read in two ways");
        low.error_with_help(span, message.clone(), help);
        return unknown(span, message);
    }
    text(written, span)
}

/// `for k, v in collection : …`, the part that lists, objects and template directives share.
pub(super) struct Loop<'t> {
    pub key: Option<EcoString>,
    pub value: EcoString,
    /// What follows `in`, in order.
    pub rest: Vec<Node<'t>>,
    pub has_if: bool,
}

pub(super) fn loop_of<'t>(low: &mut Lowering<'_>, node: Node<'t>) -> Option<Loop<'t>> {
    let mut names = Vec::with_capacity(2);
    let mut rest = Vec::with_capacity(4);
    let mut after_in = false;
    let mut has_if = false;
    for child in node.children() {
        whole_word(low, child);
        match child.kind() {
            hcl::ANON_SYM_IN => after_in = true,
            hcl::ANON_SYM_IF => has_if = true,
            hcl::NAME if !after_in => {
                let name = low.text_of(child);
                if !names::is_plain(name) {
                    let at = low.span(child);
                    low.error(at, eco_format!("`{name}` cannot name the item of a loop"));
                    return None;
                }
                names.push(EcoString::from(name));
            }
            kind if is_part(kind) => rest.push(child),
            _ => {}
        }
    }
    let value = names.pop()?;
    Some(Loop { key: names.pop(), value, rest, has_if })
}

/// The tree takes `ifx` for `if x`.
pub(super) fn whole_word(low: &mut Lowering<'_>, node: Node<'_>) {
    let end = node.end();
    let next = low.slice(end, end + 1).bytes().next();
    let is_word = matches!(node.kind(), hcl::ANON_SYM_IN | hcl::ANON_SYM_IF | hcl::ANON_SYM_FOR);
    if is_word && next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'_' | b'-')) {
        let at = low.span(node);
        low.error(at, "a space is missing behind this word");
    }
}

fn for_expression(low: &mut Lowering<'_>, node: Node<'_>, span: Span) -> Expr {
    let Some(Loop { key, value, rest, has_if }) = loop_of(low, node) else { return unknown(span, "the loop cannot be read") };
    let mut rest = rest.into_iter();
    let mut next = |low: &mut Lowering<'_>| rest.next().map(|part| expression(low, part));
    let collection = next(low);
    if node.kind() == hcl::FOR_TUPLE {
        let body = next(low);
        let condition = if has_if { next(low) } else { None };
        if let (Some(collection), Some(body)) = (collection, body) {
            return Expr::new(ExprKind::ForList(Box::new(ForList { key, value, collection, body, condition })), span);
        }
    } else {
        let body_key = next(low);
        let body = next(low);
        let condition = if has_if { next(low) } else { None };
        let group = node.children().any(|child| child.kind() == hcl::ELLIPSIS);
        if let (Some(collection), Some(body_key), Some(body)) = (collection, body_key, body) {
            let over = ForObject { key, value, collection, body_key, body, group, condition };
            return Expr::new(ExprKind::ForObject(Box::new(over)), span);
        }
    }
    low.invalid(span, "the loop has no result")
}
