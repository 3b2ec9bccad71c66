//! The tree that Python, TypeScript and JavaScript lower to: what infrastructure programs use, no more.
//!
//! Types are left out, decorators and annotations are kept as expressions. Every node has its place.

use std::sync::Arc;

use ecow::EcoString;

use crate::source::{FileId, Span};

/// Whose names, truth and methods apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Python,
    /// TypeScript and JavaScript.
    JavaScript,
}

/// One file of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub id: FileId,
    pub path: EcoString,
    pub language: Language,
    pub body: Vec<Stmt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `None`, `null`.
    Null,
    Undefined,
    Bool(bool),
    /// A whole number; JavaScript's whole literals are these too.
    Int(i64),
    Float(f64),
    Text(EcoString),
    /// f-strings and template literals.
    Template(Vec<Piece>),
    Name(EcoString),
    /// `this`; in Python an ordinary name.
    This,
    /// `super`, called or not.
    Super,
    List(Vec<Item>),
    Tuple(Vec<Item>),
    Set(Vec<Item>),
    /// A dict or an object literal. A bare key of an object literal is a text.
    Dict(Vec<Entry>),
    /// `a.b`, `a?.b`.
    Member {
        of: Box<Expr>,
        name: EcoString,
        optional: bool,
    },
    /// `a[b]`, `a?.[b]`.
    Index {
        of: Box<Expr>,
        index: Box<Expr>,
        optional: bool,
    },
    /// `a[from:to:step]`.
    Slice {
        of: Box<Expr>,
        bounds: Box<[Option<Expr>; 3]>,
    },
    Call(Box<Call>),
    Unary {
        operator: Unary,
        operand: Box<Expr>,
    },
    Binary {
        operator: Binary,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `a < b <= c`: every neighbour is compared. JavaScript has only the simple form.
    Compare {
        first: Box<Expr>,
        rest: Vec<(Compare, Expr)>,
    },
    /// `and`, `or`, `??`: the right side may not run.
    Logic {
        operator: Logic,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Conditional {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    /// A lambda, an arrow or a function expression.
    Function(Arc<Function>),
    Class(Arc<Class>),
    Comprehension(Box<Comprehension>),
    /// An assignment inside an expression: `(n := f())`, `a = b`, `n += 1`, `n++`.
    Assign {
        target: Box<Pattern>,
        operator: Option<Binary>,
        value: Box<Expr>,
        gives_old: bool,
    },
    Await(Box<Expr>),
    /// `yield value`; `yield from values` and `yield* values` hand on each.
    Yield {
        value: Option<Box<Expr>>,
        each: bool,
    },
    /// `a, b`: all run, the last is the value.
    Sequence(Vec<Expr>),
    /// `import("./x")`, `require("./x")` with a constant.
    Import(EcoString),
    /// What the reader does not know; the text says what it is.
    Unsupported(EcoString),
}

/// A piece of an f-string or a template literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Text(EcoString),
    Value {
        value: Expr,
        /// Python's `!r`, `!s`, `!a`.
        conversion: Option<char>,
        /// What follows Python's colon; empty without one.
        format: Vec<Piece>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    One(Expr),
    /// `*items`, `...items`.
    Spread(Expr),
    /// A place left out in `[, a]`.
    Hole,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Pair {
        key: Expr,
        value: Expr,
    },
    /// `**more`, `...more`.
    Spread(Expr),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub callee: Expr,
    pub args: Vec<Arg>,
    /// `new C()`.
    pub new: bool,
    /// `f?.()`.
    pub optional: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Positional(Expr),
    Named(EcoString, Expr),
    /// `*items`, `...items`.
    Spread(Expr),
    /// `**names`.
    SpreadNamed(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    Not,
    Negate,
    Plus,
    BitNot,
    TypeOf,
    /// `void x`, `delete x`: the value is undefined.
    Void,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Remainder,
    Power,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    /// `a @ b`.
    Matrix,
    /// `a &&= b`, `a ||= b`, `a ??= b` as assignments only.
    And,
    Or,
    Coalesce,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Equal,
    NotEqual,
    /// JavaScript's `==`, which holds for null and undefined alike.
    LooseEqual,
    LooseNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// Python's membership; JavaScript's `key in object`.
    In,
    NotIn,
    Is,
    IsNot,
    /// `instanceof`.
    InstanceOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logic {
    And,
    Or,
    Coalesce,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    pub kind: ComprehensionKind,
    /// The element; the key of a dict comprehension.
    pub element: Expr,
    /// The value of a dict comprehension.
    pub value: Option<Expr>,
    pub clauses: Vec<Clause>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComprehensionKind {
    List,
    Set,
    Dict,
    Generator,
}

/// `for target in iterable if conditions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub target: Pattern,
    pub iterable: Expr,
    pub conditions: Vec<Expr>,
}

/// What is assigned to.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    Name(EcoString, Span),
    /// `a.b = …`, `a[b] = …`: the expression names the place.
    Place(Expr),
    /// `a, *b = …`, `[a, , ...b] = …`.
    List(Vec<PatternItem>),
    /// `{ a, b: c = 1, ...rest } = …`.
    Object(Vec<PatternField>),
    /// `pattern = default` within another pattern.
    Default(Box<Pattern>, Box<Expr>),
}

#[derive(Debug, Clone, PartialEq)]
pub enum PatternItem {
    One(Pattern),
    Rest(Pattern),
    Hole,
}

#[derive(Debug, Clone, PartialEq)]
pub enum PatternField {
    One { key: Expr, target: Pattern },
    Rest(Pattern),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Empty for lambdas.
    pub name: EcoString,
    pub params: Vec<Param>,
    /// An expression body is one `return`.
    pub body: Vec<Stmt>,
    /// `this` is that of the surrounding function.
    pub arrow: bool,
    pub is_async: bool,
    /// Contains `yield`.
    pub generator: bool,
    pub decorators: Vec<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    pub target: Pattern,
    pub default: Option<Expr>,
    pub kind: ParamKind,
    /// A constructor's `private x: T`: also a field.
    pub field: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    Ordinary,
    /// After a bare `*`.
    KeywordOnly,
    /// `*args`, `...args`.
    Rest,
    /// `**kwargs`.
    NamedRest,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    pub name: EcoString,
    pub bases: Vec<Expr>,
    pub members: Vec<ClassMember>,
    pub decorators: Vec<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ClassMember {
    /// `__init__` and `constructor` are methods of these names.
    Method {
        function: Arc<Function>,
        is_static: bool,
        accessor: Option<Accessor>,
    },
    Field {
        name: EcoString,
        value: Option<Expr>,
        annotation: Option<Expr>,
        is_static: bool,
        span: Span,
    },
    /// Anything else in a Python class body.
    Statement(Stmt),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accessor {
    Get,
    Set,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum StmtKind {
    Expr(Expr),
    /// `a = b = value`. `declares` for `const`, `let`, `var`: the names are new in this block.
    Assign {
        targets: Vec<Pattern>,
        value: Expr,
        declares: bool,
    },
    /// `a += value`.
    Update {
        target: Pattern,
        operator: Binary,
        value: Expr,
    },
    /// A name declared without a value: `let a;`, `a: int`.
    Declare(Vec<Pattern>),
    Function(Arc<Function>),
    Class(Arc<Class>),
    /// An enum of the program: member by member.
    Enum {
        name: EcoString,
        members: Vec<(EcoString, Option<Expr>)>,
    },
    Return(Option<Expr>),
    If {
        condition: Expr,
        then: Vec<Stmt>,
        otherwise: Vec<Stmt>,
    },
    /// `for target in iterable`, `for (const target of iterable)`. `keys` for JavaScript's `in`.
    For {
        target: Pattern,
        iterable: Expr,
        body: Vec<Stmt>,
        otherwise: Vec<Stmt>,
        keys: bool,
    },
    /// `while`, and with `update` the loop `for (;;)` whose start stands before it in a block.
    While {
        condition: Expr,
        body: Vec<Stmt>,
        update: Option<Expr>,
        otherwise: Vec<Stmt>,
        body_first: bool,
    },
    Try {
        body: Vec<Stmt>,
        handlers: Vec<Handler>,
        otherwise: Vec<Stmt>,
        finally: Vec<Stmt>,
    },
    With {
        items: Vec<(Expr, Option<Pattern>)>,
        body: Vec<Stmt>,
    },
    Raise(Option<Expr>),
    /// `switch`, `match`: the first case that fits; JavaScript falls through where no `break` stands.
    Switch {
        subject: Expr,
        cases: Vec<Case>,
        falls_through: bool,
    },
    /// With the label of the statement it leaves.
    Break(Option<EcoString>),
    Continue(Option<EcoString>),
    /// `name: statement`.
    Labelled {
        label: EcoString,
        body: Box<Stmt>,
    },
    Block(Vec<Stmt>),
    Import(Import),
    Export(Export),
    /// `global a`, `nonlocal a`.
    Outer {
        names: Vec<EcoString>,
        global: bool,
    },
    Delete(Vec<Pattern>),
    /// What the reader could not read; its diagnostic is already given.
    Unreadable,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Handler {
    /// The kinds of exception it takes; all without one.
    pub kind: Option<Expr>,
    pub target: Option<Pattern>,
    pub body: Vec<Stmt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Any of these equals the subject; empty, and without a pattern, is the default case.
    pub values: Vec<Expr>,
    /// Python's `case`.
    pub pattern: Option<MatchPattern>,
    /// `case x if …`.
    pub guard: Option<Expr>,
    pub body: Vec<Stmt>,
}

/// What a value must look like, and the names its parts take.
#[derive(Debug, Clone, PartialEq)]
pub enum MatchPattern {
    Any,
    Name(EcoString),
    Value(Expr),
    As(Box<MatchPattern>, EcoString),
    Or(Vec<MatchPattern>),
    /// With `*rest`: before which part it stands, and its name.
    Sequence {
        parts: Vec<MatchPattern>,
        rest: Option<(usize, Option<EcoString>)>,
    },
    Mapping {
        entries: Vec<(Expr, MatchPattern)>,
        rest: Option<EcoString>,
    },
    Class {
        class: Box<Expr>,
        positional: Vec<MatchPattern>,
        named: Vec<(EcoString, MatchPattern)>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// `a.b` in Python, `./a/b` or `@pulumi/aws` in JavaScript, as written and without Python's leading dots.
    pub module: EcoString,
    /// Python's leading dots.
    pub level: u32,
    pub names: ImportNames,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ImportNames {
    /// `import a.b` (binds `a`), `import a.b as c`, `import * as c from "…"`, `import c = require("…")`.
    Whole { alias: Option<EcoString> },
    /// `from a import b as c`, `import { b as c } from "…"`; a default import is the name `default`.
    Some(Vec<(EcoString, EcoString)>),
    /// `from a import *`.
    All,
    /// `import "…"`.
    None,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Export {
    /// `export { a as b }`: local name, exported name. `export const a = …` is the statement and this.
    Names(Vec<(EcoString, EcoString)>),
    /// `export default value`.
    Default(Expr),
    /// `export = value`, `module.exports = value`.
    Whole(Expr),
    /// `export { a as b } from "…"`.
    From { module: EcoString, names: Vec<(EcoString, EcoString)> },
    /// `export * from "…"`, `export * as a from "…"`.
    All { module: EcoString, alias: Option<EcoString> },
}

impl Expr {
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr { kind, span }
    }
}

impl Stmt {
    pub fn new(kind: StmtKind, span: Span) -> Stmt {
        Stmt { kind, span }
    }
}
