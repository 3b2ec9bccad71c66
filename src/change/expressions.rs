//! Whether two expressions are written the same. Places, comments and layout do not count.

use crate::model::{Block, Body, Expr, ExprKind, ObjectItem, Part, Step};

/// Whether two expressions have the same structure.
pub(super) fn same(left: &Expr, right: &Expr) -> bool {
    match (&left.kind, &right.kind) {
        (ExprKind::Literal(a), ExprKind::Literal(b)) => a == b,
        (ExprKind::Template(a), ExprKind::Template(b)) => all(a, b, same_part),
        (ExprKind::Reference { root: a, steps: x }, ExprKind::Reference { root: b, steps: y }) => a == b && all(x, y, same_step),
        (ExprKind::Access { of: a, steps: x }, ExprKind::Access { of: b, steps: y }) => same(a, b) && all(x, y, same_step),
        (ExprKind::Call { function: a, args: x, expand_last: p }, ExprKind::Call { function: b, args: y, expand_last: q }) => {
            a == b && p == q && all(x, y, same)
        }
        (ExprKind::Unary { operator: a, operand: x }, ExprKind::Unary { operator: b, operand: y }) => a == b && same(x, y),
        (ExprKind::Binary { operator: a, left: x, right: p }, ExprKind::Binary { operator: b, left: y, right: q }) => {
            a == b && same(x, y) && same(p, q)
        }
        (ExprKind::Conditional { condition: a, then: x, otherwise: p }, ExprKind::Conditional { condition: b, then: y, otherwise: q }) => {
            same(a, b) && same(x, y) && same(p, q)
        }
        (ExprKind::List(a), ExprKind::List(b)) => all(a, b, same),
        (ExprKind::Object(a), ExprKind::Object(b)) => all(a, b, same_item),
        (ExprKind::ForList(a), ExprKind::ForList(b)) => {
            let names = (&a.key, &a.value) == (&b.key, &b.value);
            names && same(&a.collection, &b.collection) && same(&a.body, &b.body) && same_option(a.condition.as_ref(), b.condition.as_ref())
        }
        (ExprKind::ForObject(a), ExprKind::ForObject(b)) => {
            (&a.key, &a.value, a.group) == (&b.key, &b.value, b.group)
                && same(&a.collection, &b.collection)
                && same(&a.body_key, &b.body_key)
                && same(&a.body, &b.body)
                && same_option(a.condition.as_ref(), b.condition.as_ref())
        }
        (ExprKind::Unknown(a), ExprKind::Unknown(b)) => a == b,
        _ => false,
    }
}

/// Whether an argument or a group of nested blocks is written the same in two bodies.
pub(super) fn same_argument(left: &Body, right: &Body, name: &str) -> bool {
    match (left.attribute(name), right.attribute(name)) {
        (Some(a), Some(b)) => same(&a.value, &b.value),
        (None, None) => {
            let (mut a, mut b) = (left.blocks(name), right.blocks(name));
            loop {
                match (a.next(), b.next()) {
                    (None, None) => return true,
                    (Some(a), Some(b)) if same_block(a, b) => {}
                    _ => return false,
                }
            }
        }
        _ => false,
    }
}

fn same_block(left: &Block, right: &Block) -> bool {
    let dynamic = match (&left.dynamic, &right.dynamic) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.iterator == b.iterator && same(&a.for_each, &b.for_each) && same_option(a.labels.as_ref(), b.labels.as_ref())
        }
        _ => false,
    };
    dynamic && left.labels == right.labels && same_body(&left.body, &right.body)
}

/// The order of arguments does not count, the order of blocks of one name does.
fn same_body(left: &Body, right: &Body) -> bool {
    left.attributes.len() == right.attributes.len()
        && left.blocks.len() == right.blocks.len()
        && left.attributes.iter().all(|a| right.attribute(&a.name).is_some_and(|b| same(&a.value, &b.value)))
        && left.blocks.iter().enumerate().all(|(at, block)| {
            // Each name once: the comparison takes all blocks of a name.
            left.blocks.iter().take(at).any(|earlier| earlier.name == block.name) || same_argument(left, right, &block.name)
        })
}

fn same_part(left: &Part, right: &Part) -> bool {
    match (left, right) {
        (Part::Text(a), Part::Text(b)) => a == b,
        (Part::Interpolation(a), Part::Interpolation(b)) => same(a, b),
        (Part::If { condition: a, then: x, otherwise: p }, Part::If { condition: b, then: y, otherwise: q }) => {
            same(a, b) && all(x, y, same_part) && all(p, q, same_part)
        }
        (Part::For { key: a, value: p, collection: x, body: m }, Part::For { key: b, value: q, collection: y, body: n }) => {
            a == b && p == q && same(x, y) && all(m, n, same_part)
        }
        _ => false,
    }
}

fn same_step(left: &Step, right: &Step) -> bool {
    match (left, right) {
        (Step::Name(a, _), Step::Name(b, _)) => a == b,
        (Step::Index(a), Step::Index(b)) => same(a, b),
        (Step::Splat(_), Step::Splat(_)) | (Step::LegacySplat(_), Step::LegacySplat(_)) => true,
        _ => false,
    }
}

fn same_item(left: &ObjectItem, right: &ObjectItem) -> bool {
    same(&left.key, &right.key) && same(&left.value, &right.value)
}

fn same_option(left: Option<&Expr>, right: Option<&Expr>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same(left, right),
        (None, None) => true,
        _ => false,
    }
}

fn all<T>(left: &[T], right: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b))
}
