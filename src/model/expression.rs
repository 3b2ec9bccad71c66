//! The one expression language that every format lowers to.
//!
//! HCL expressions, CloudFormation intrinsics, YAML scalars and the constant part of programs all become
//! [`Expr`], so evaluation, references and spans are written once.

use ecow::EcoString;

use super::{Unknown, Value};
use crate::source::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Literal(Value),
    /// Text with interpolations; one interpolation alone keeps its value's type.
    Template(Vec<Part>),
    /// A name and the way from it: `var.region`, `aws_db_instance.primary[0].address`. The root is never dotted.
    Reference {
        root: EcoString,
        steps: Vec<Step>,
    },
    /// A way from any other expression: `f(x).y`, `[1, 2][0]`.
    Access {
        of: Box<Expr>,
        steps: Vec<Step>,
    },
    Call {
        function: EcoString,
        args: Vec<Expr>,
        expand_last: bool,
    },
    Unary {
        operator: UnaryOperator,
        operand: Box<Expr>,
    },
    Binary {
        operator: BinaryOperator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Conditional {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    List(Vec<Expr>),
    Object(Vec<ObjectItem>),
    /// Apart, because it is large and rare: there are as many expressions as anything.
    ForList(Box<ForList>),
    ForObject(Box<ForObject>),
    /// What the reader could not read, with the reason; its diagnostic is already given.
    Unknown(Unknown),
}

/// `[for key, value in collection : body if condition]`
#[derive(Debug, Clone, PartialEq)]
pub struct ForList {
    pub key: Option<EcoString>,
    pub value: EcoString,
    pub collection: Expr,
    pub body: Expr,
    pub condition: Option<Expr>,
}

/// `{for key, value in collection : body_key => body... if condition}`
#[derive(Debug, Clone, PartialEq)]
pub struct ForObject {
    pub key: Option<EcoString>,
    pub value: EcoString,
    pub collection: Expr,
    pub body_key: Expr,
    pub body: Expr,
    /// With `...`: values of one key are gathered to a list.
    pub group: bool,
    pub condition: Option<Expr>,
}

/// One entry of an object expression. A bare name is a literal key.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectItem {
    pub key: Expr,
    pub value: Expr,
}

/// One step of a way: `.name`, `[key]`, `[*]`, or the older `.*` which stops at the first index.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Name(EcoString, Span),
    Index(Box<Expr>),
    Splat(Span),
    LegacySplat(Span),
}

/// A part of a template. Directives are nested here, already paired and with strip markers applied.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Text(EcoString),
    Interpolation(Expr),
    If { condition: Expr, then: Vec<Part>, otherwise: Vec<Part> },
    For { key: Option<EcoString>, value: EcoString, collection: Expr, body: Vec<Part> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    Not,
    Negate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Expr {
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr { kind, span }
    }

    pub fn literal(value: Value, span: Span) -> Expr {
        Expr { kind: ExprKind::Literal(value), span }
    }

    /// Calls `visit` on this expression and every expression below it, in source order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Literal(_) | ExprKind::Unknown(_) => {}
            ExprKind::Template(parts) => walk_parts(parts, visit),
            ExprKind::Reference { steps, .. } => walk_steps(steps, visit),
            ExprKind::Access { of, steps } => {
                of.walk(visit);
                walk_steps(steps, visit);
            }
            ExprKind::Call { args, .. } => args.iter().for_each(|arg| arg.walk(visit)),
            ExprKind::Unary { operand, .. } => operand.walk(visit),
            ExprKind::Binary { left, right, .. } => {
                left.walk(visit);
                right.walk(visit);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                condition.walk(visit);
                then.walk(visit);
                otherwise.walk(visit);
            }
            ExprKind::List(items) => items.iter().for_each(|item| item.walk(visit)),
            ExprKind::Object(items) => items.iter().for_each(|item| {
                item.key.walk(visit);
                item.value.walk(visit);
            }),
            ExprKind::ForList(over) => {
                over.collection.walk(visit);
                over.body.walk(visit);
                over.condition.iter().for_each(|condition| condition.walk(visit));
            }
            ExprKind::ForObject(over) => {
                over.collection.walk(visit);
                over.body_key.walk(visit);
                over.body.walk(visit);
                over.condition.iter().for_each(|condition| condition.walk(visit));
            }
        }
    }
}

fn walk_steps<'a>(steps: &'a [Step], visit: &mut dyn FnMut(&'a Expr)) {
    for step in steps {
        if let Step::Index(index) = step {
            index.walk(visit);
        }
    }
}

fn walk_parts<'a>(parts: &'a [Part], visit: &mut dyn FnMut(&'a Expr)) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Interpolation(expr) => expr.walk(visit),
            Part::If { condition, then, otherwise } => {
                condition.walk(visit);
                walk_parts(then, visit);
                walk_parts(otherwise, visit);
            }
            Part::For { collection, body, .. } => {
                collection.walk(visit);
                walk_parts(body, visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There are as many expressions as anything: of 20,000 resources, some 400,000. What is large is boxed.
    #[test]
    fn expressions_are_small() {
        assert_eq!(size_of::<ExprKind>(), 48);
        assert_eq!(size_of::<Expr>(), 64);
    }
}
