//! Statements, where they end, and how reading goes on behind one that is broken.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::cursor::{Broken, Parser, Read};
use super::lexer::{Kind, Token};
use crate::diagnostic::Diagnostic;
use crate::lang::pulumi::program::ast::*;

/// Broken places that are named; the others are counted.
const MOST_PROBLEMS: usize = 20;

/// Words that begin a statement: a new line with one ends a broken statement.
const STARTS: &[&str] = &[
    "const",
    "let",
    "var",
    "function",
    "class",
    "export",
    "import",
    "if",
    "for",
    "while",
    "return",
    "switch",
    "try",
    "throw",
    "interface",
    "type",
    "enum",
    "async",
    "abstract",
    "namespace",
];

impl Parser<'_> {
    pub fn file(&mut self) -> Vec<Stmt> {
        for problem in std::mem::take(&mut self.problems) {
            let span = crate::source::Span::new(self.file, problem.start, problem.end);
            self.diagnostics.push(Diagnostic::error("syntax", span, problem.message));
        }
        let mut body = Vec::new();
        while !self.at_kind(Kind::End) {
            self.statement_or_broken(&mut body);
        }
        let more = self.diagnostics.len().saturating_sub(MOST_PROBLEMS);
        if more > 0 {
            self.diagnostics.truncate(MOST_PROBLEMS);
            let message = eco_format!("{more} more places cannot be read");
            self.diagnostics.push(Diagnostic::error("syntax", crate::source::Span::new(self.file, 0, 0), message));
        }
        body
    }

    fn statement_or_broken(&mut self, body: &mut Vec<Stmt>) {
        let start = self.at;
        let (depth, generators, count) = (self.depth, self.generators.len(), body.len());
        let (no_in, in_choice) = (self.no_in, self.in_choice);
        let first = self.here();
        if self.deeper(|this| this.statement(first, Vec::new(), body)).is_ok() && self.at > start {
            return;
        }
        self.depth = depth;
        (self.no_in, self.in_choice) = (no_in, in_choice);
        self.generators.truncate(generators);
        body.truncate(count);
        let token = self.here();
        self.broken(start);
        body.push(Stmt::new(StmtKind::Unreadable, self.between(token, token)));
    }

    /// Says what cannot be read, and goes on behind the statement or member that began at `start`.
    pub fn broken(&mut self, start: usize) {
        let token = self.here();
        let failed = self.at;
        let found = self.slice_of(token);
        let message = match token.kind {
            Kind::End => EcoString::from("this statement is not finished"),
            _ if found.is_empty() => EcoString::from("this is not finished"),
            _ => eco_format!("cannot read `{}`", found.chars().take(40).collect::<String>()),
        };
        self.diagnostics.push(Diagnostic::error("syntax", self.between(token, token), message));
        self.at = start;
        loop {
            let token = self.here();
            if token.kind == Kind::End || (self.closes("}") && self.at > start) {
                break;
            }
            if self.at > start && token.newline && token.kind == Kind::Name {
                let word = self.slice_of(token);
                if self.at > failed || STARTS.contains(&word) {
                    break;
                }
            }
            if self.eat(";") {
                break;
            }
            if token.close > 0 { self.skip_bracket() } else { self.next() }
        }
        if self.at <= start {
            self.at = start + 1;
        }
    }

    pub fn block(&mut self) -> Read<Vec<Stmt>> {
        self.expect("{")?;
        let mut body = Vec::new();
        while !self.closes("}") {
            self.statement_or_broken(&mut body);
        }
        self.expect("}")?;
        Ok(body)
    }

    /// The end of a statement: a semicolon, a line, a bracket.
    pub fn ends(&mut self) -> Read<()> {
        if self.eat(";") || self.here().newline || self.closes("}") || self.is(")") { Ok(()) } else { Err(Broken) }
    }

    pub fn finish(&mut self, first: Token, kind: StmtKind, out: &mut Vec<Stmt>) -> Read<()> {
        self.ends()?;
        out.push(Stmt::new(kind, self.since(first)));
        Ok(())
    }

    /// One statement, or a block, as the body of another.
    fn body(&mut self) -> Read<Vec<Stmt>> {
        if self.is("{") {
            return self.deeper(Parser::block);
        }
        let mut body = Vec::new();
        let first = self.here();
        self.deeper(|this| this.statement(first, Vec::new(), &mut body))?;
        Ok(body)
    }

    fn condition(&mut self) -> Read<Expr> {
        self.expect("(")?;
        let condition = self.inside(Parser::sequence)?;
        self.expect(")")?;
        Ok(condition)
    }

    pub fn statement(&mut self, first: Token, decorators: Vec<Expr>, out: &mut Vec<Stmt>) -> Read<()> {
        let token = self.here();
        if token.kind == Kind::Sign {
            match self.slice_of(token) {
                ";" => {
                    self.next();
                    return Ok(());
                }
                "{" => {
                    let body = self.block()?;
                    out.push(Stmt::new(StmtKind::Block(body), self.since(first)));
                    return Ok(());
                }
                "@" => {
                    let decorators = self.decorators()?;
                    return self.statement(first, decorators, out);
                }
                _ => {}
            }
        }
        let word = if token.kind == Kind::Name { self.slice_of(token) } else { "" };
        let next_word = self.ahead(1).kind == Kind::Name && !self.ahead(1).newline;
        let kind = match word {
            "const" if self.word_at(self.at + 1, "enum") => self.enumeration()?.1,
            "enum" if next_word => self.enumeration()?.1,
            "const" | "var" => return self.declaration(first, out),
            "let" if next_word || self.sign_at(self.at + 1, "[") || self.sign_at(self.at + 1, "{") => {
                return self.declaration(first, out);
            }
            "using" if next_word && !self.word_at(self.at + 1, "in") && !self.word_at(self.at + 1, "of") => {
                return self.declaration(first, out);
            }
            "function" => return self.function_statement(decorators, first, out),
            "async" if self.word_at(self.at + 1, "function") && next_word => return self.function_statement(decorators, first, out),
            "class" => StmtKind::Class(Arc::new(self.class(decorators, first)?)),
            "abstract" if self.word_at(self.at + 1, "class") => StmtKind::Class(Arc::new(self.class(decorators, first)?)),
            "if" => self.if_statement()?,
            "for" => self.for_statement(first)?,
            "while" => {
                self.next();
                let condition = self.condition()?;
                StmtKind::While { condition, body: self.body()?, update: None, otherwise: Vec::new(), body_first: false }
            }
            "do" => {
                self.next();
                let body = self.body()?;
                if !self.eat_word("while") {
                    return Err(Broken);
                }
                let condition = self.condition()?;
                self.eat(";");
                StmtKind::While { condition, body, update: None, otherwise: Vec::new(), body_first: true }
            }
            "switch" => self.switch()?,
            "try" => self.try_statement()?,
            "return" | "throw" => {
                self.next();
                let ends = self.here().newline || self.is(";") || self.closes("}");
                let value = if ends { None } else { Some(self.sequence()?) };
                let kind = if word == "return" { StmtKind::Return(value) } else { StmtKind::Raise(value) };
                return self.finish(first, kind, out);
            }
            "break" | "continue" => {
                self.next();
                let label = if self.at_kind(Kind::Name) && !self.here().newline { Some(self.name()?) } else { None };
                return self.finish(first, if word == "break" { StmtKind::Break(label) } else { StmtKind::Continue(label) }, out);
            }
            "debugger" => {
                self.next();
                return self.ends();
            }
            "import" if !self.sign_at(self.at + 1, "(") && !self.sign_at(self.at + 1, ".") => return self.import(first, out),
            "export" => return self.export(first, decorators, out),
            "interface" if next_word => return self.interface(),
            "type" if next_word => {
                self.next();
                self.name()?;
                self.type_parameters()?;
                self.expect("=")?;
                self.skip_type()?;
                return self.ends();
            }
            "namespace" | "module" if next_word || (word == "module" && self.ahead(1).kind == Kind::Text) => {
                return self.namespace(first, out);
            }
            "declare" if next_word => {
                // What it declares is elsewhere.
                self.next();
                if self.word("global") && self.sign_at(self.at + 1, "{") {
                    self.next();
                    self.skip_bracket();
                    return Ok(());
                }
                let count = out.len();
                self.statement(first, decorators, out)?;
                out.truncate(count);
                return Ok(());
            }
            _ if token.kind == Kind::Name && self.sign_at(self.at + 1, ":") => {
                self.next();
                self.next();
                let inner = self.here();
                let mut body = Vec::new();
                self.deeper(|this| this.statement(inner, Vec::new(), &mut body))?;
                // A declaration in front, such as that of `for (let i = 0; …)`, belongs to it.
                let body = match body.len() {
                    1 => body.pop().map(Box::new),
                    _ => Some(Box::new(Stmt::new(StmtKind::Block(body), self.since(inner)))),
                };
                let Some(body) = body else { return Ok(()) };
                StmtKind::Labelled { label: word.into(), body }
            }
            _ => return self.expression_statement(first, out),
        };
        out.push(Stmt::new(kind, self.since(first)));
        Ok(())
    }

    fn interface(&mut self) -> Read<()> {
        self.next();
        self.name()?;
        self.type_parameters()?;
        while !self.is("{") {
            if self.at_kind(Kind::End) || self.is(";") {
                return Err(Broken);
            }
            if self.here().close > 0 { self.skip_bracket() } else { self.next() }
        }
        self.skip_bracket();
        Ok(())
    }

    fn function_statement(&mut self, decorators: Vec<Expr>, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        let Some(function) = self.function_or_signature(decorators)? else { return self.ends() };
        out.push(Stmt::new(StmtKind::Function(Arc::new(function)), self.since(first)));
        Ok(())
    }

    /// `const a = 1, { b } = c`.
    fn declaration(&mut self, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        let count = out.len();
        self.declarators(first, out)?;
        self.ends()?;
        // One declaration is the whole statement, with its semicolon.
        if out.len() == count + 1
            && let Some(last) = out.last_mut()
        {
            last.span = self.since(first);
        }
        Ok(())
    }

    fn declarators(&mut self, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        self.next();
        let mut start = first;
        loop {
            let target = self.binding()?;
            self.eat("!");
            self.annotation()?;
            let kind = if self.eat("=") {
                StmtKind::Assign { targets: vec![target], value: self.assignment()?, declares: true }
            } else {
                StmtKind::Declare(vec![target])
            };
            out.push(Stmt::new(kind, self.since(start)));
            if !self.eat(",") {
                return Ok(());
            }
            start = self.here();
        }
    }

    fn if_statement(&mut self) -> Read<StmtKind> {
        // A long chain of `else if` is read in a loop and nested from its end.
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let first = self.here();
            self.next();
            let condition = self.condition()?;
            let then = self.body()?;
            arms.push((condition, then, first.start));
            if !self.eat_word("else") {
                break;
            }
            if self.word("if") && arms.len() < 500 {
                continue;
            }
            otherwise = self.body()?;
            break;
        }
        while let Some((condition, then, start)) = arms.pop() {
            let kind = StmtKind::If { condition, then, otherwise };
            if arms.is_empty() {
                return Ok(kind);
            }
            otherwise = vec![Stmt::new(kind, self.since_place(start))];
        }
        Err(Broken)
    }

    fn for_statement(&mut self, first: Token) -> Read<StmtKind> {
        self.next();
        self.eat_word("await");
        self.expect("(")?;
        let mut start = Vec::new();
        let declares = matches!(self.slice_of(self.here()), "const" | "let" | "var" | "using");
        if declares && let Some(kind) = self.for_each()? {
            return Ok(kind);
        }
        let no_in = std::mem::replace(&mut self.no_in, true);
        let read = self.for_start(declares, &mut start);
        self.no_in = no_in;
        if let Some(target) = read? {
            return self.for_rest(target);
        }
        self.expect(";")?;
        let here = self.here();
        let condition =
            if self.is(";") { Expr::new(ExprKind::Bool(true), self.between(here, here)) } else { self.inside(Parser::sequence)? };
        self.expect(";")?;
        let update = if self.is(")") { None } else { Some(self.inside(Parser::sequence)?) };
        self.expect(")")?;
        let (at, mut body) = (self.at, self.body()?);
        self.own_copies(&start, at, &mut body);
        let kind = StmtKind::While { condition, body, update, otherwise: Vec::new(), body_first: false };
        start.push(Stmt::new(kind, self.since(first)));
        Ok(StmtKind::Block(start))
    }

    /// Functions of the body see each round's own variables: they are copied where the body does not assign them.
    fn own_copies(&self, start: &[Stmt], from: usize, body: &mut Vec<Stmt>) {
        let mut names = Vec::new();
        for stmt in start {
            if let StmtKind::Assign { targets, declares: true, .. } = &stmt.kind {
                targets.iter().for_each(|target| super::patterns::names_of(target, &mut names));
            }
        }
        let makes_functions = (from..self.at).any(|at| self.sign_at(at, "=>") || self.word_at(at, "function"));
        let assigned = |name: &str| {
            let changes = |at: usize| {
                let sign = self.token(at);
                let text = self.slice_of(sign);
                sign.kind == Kind::Sign
                    && (matches!(text, "++" | "--") || text.ends_with('=') && !matches!(text, "==" | "===" | "!=" | "!==" | "<="))
            };
            (from..self.at).any(|at| {
                self.word_at(at, name) && (changes(at + 1) || at > from && matches!(self.slice_of(self.token(at - 1)), "++" | "--"))
            })
        };
        names.retain(|name| makes_functions && !assigned(name));
        let span = |at: usize| self.between(self.token(at), self.token(at));
        let copies = names.into_iter().map(|name| {
            let value = Expr::new(ExprKind::Name(name.clone()), span(from));
            Stmt::new(StmtKind::Assign { targets: vec![Pattern::Name(name, span(from))], value, declares: true }, span(from))
        });
        body.splice(0..0, copies);
    }

    /// `const target of items)`, `const key in object)` and the body.
    fn for_each(&mut self) -> Read<Option<StmtKind>> {
        let start = self.at;
        self.next();
        if let Ok(target) = self.binding()
            && self.annotation().is_ok()
            && (self.word("of") || self.word("in"))
        {
            return self.for_rest(target).map(Some);
        }
        self.at = start;
        Ok(None)
    }

    /// From `of` or `in` on.
    fn for_rest(&mut self, target: Pattern) -> Read<StmtKind> {
        let keys = self.word("in");
        self.next();
        let iterable = self.inside(Parser::sequence)?;
        self.expect(")")?;
        Ok(StmtKind::For { target, iterable, body: self.body()?, otherwise: Vec::new(), keys })
    }

    fn for_start(&mut self, declares: bool, start: &mut Vec<Stmt>) -> Read<Option<Pattern>> {
        if self.is(";") {
            return Ok(None);
        }
        let first = self.here();
        if declares {
            self.declarators(first, start)?;
            return Ok(None);
        }
        let expr = self.sequence()?;
        if self.word("of") || self.word("in") {
            return self.pattern(expr).map(Some);
        }
        start.push(Stmt::new(StmtKind::Expr(expr), self.since(first)));
        Ok(None)
    }

    fn switch(&mut self) -> Read<StmtKind> {
        self.next();
        let subject = self.condition()?;
        self.expect("{")?;
        let mut cases = Vec::new();
        while !self.closes("}") {
            let values = if self.eat_word("default") {
                Vec::new()
            } else if self.eat_word("case") {
                vec![self.inside(Parser::sequence)?]
            } else {
                return Err(Broken);
            };
            self.expect(":")?;
            let mut body = Vec::new();
            while !self.closes("}") && !self.word("case") && !self.word("default") {
                self.statement_or_broken(&mut body);
            }
            cases.push(Case { values, pattern: None, guard: None, body });
        }
        self.expect("}")?;
        Ok(StmtKind::Switch { subject, cases, falls_through: true })
    }

    fn try_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let body = self.block()?;
        let mut handlers = Vec::new();
        if self.eat_word("catch") {
            let mut target = None;
            if self.eat("(") {
                target = Some(self.binding()?);
                self.annotation()?;
                self.expect(")")?;
            }
            handlers.push(Handler { kind: None, target, body: self.block()? });
        }
        let finally = if self.eat_word("finally") { self.block()? } else { Vec::new() };
        Ok(StmtKind::Try { body, handlers, otherwise: Vec::new(), finally })
    }

    fn expression_statement(&mut self, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        let start = self.at;
        let expr = self.sequence()?;
        let deletes = self.word_at(start, "delete");
        let kind = match expr.kind {
            ExprKind::Unary { operator: Unary::Void, operand } if deletes => StmtKind::Delete(vec![self.pattern(*operand)?]),
            ExprKind::Assign { target, operator: None, value, .. } if is_module_exports(&target) => StmtKind::Export(Export::Whole(*value)),
            ExprKind::Assign { target, operator: None, value, .. } => {
                StmtKind::Assign { targets: vec![*target], value: *value, declares: false }
            }
            kind => StmtKind::Expr(Expr::new(kind, expr.span)),
        };
        self.finish(first, kind, out)
    }
}

fn is_module_exports(target: &Pattern) -> bool {
    let Pattern::Place(Expr { kind: ExprKind::Member { of, name, .. }, .. }) = target else { return false };
    name == "exports" && matches!(&of.kind, ExprKind::Name(of) if of == "module")
}
