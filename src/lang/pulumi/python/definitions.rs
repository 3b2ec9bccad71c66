//! Python's functions and classes, and its `match`.

use std::sync::Arc;

use super::cursor::{Broken, Parser, Read};
use super::lexer::Kind;
use crate::lang::pulumi::program::ast::*;

impl Parser<'_> {
    pub fn decorated(&mut self) -> Read<Stmt> {
        let first = self.here();
        let mut decorators = Vec::new();
        while self.eat("@") {
            decorators.push(self.expression()?);
            if self.at_kind(Kind::Newline) {
                self.next();
            }
        }
        let kind = if self.word("class") {
            StmtKind::Class(Arc::new(self.class(decorators)?))
        } else {
            let is_async = self.eat_word("async");
            StmtKind::Function(Arc::new(self.function(decorators, is_async)?))
        };
        Ok(Stmt::new(kind, self.since(first)))
    }

    pub fn function(&mut self, decorators: Vec<Expr>, is_async: bool) -> Read<Function> {
        let first = self.here();
        self.expect_word("def")?;
        let name = self.name()?;
        self.type_parameters()?;
        self.expect("(")?;
        let params = self.parameters(")", true)?;
        self.expect(")")?;
        if self.eat("->") {
            self.expression()?;
        }
        self.generators.push(false);
        let body = self.suite();
        let generator = self.generators.pop().unwrap_or(false);
        Ok(Function { name, params, body: body?, arrow: false, is_async, generator, decorators, span: self.since(first) })
    }

    /// `def f[T](…)`.
    fn type_parameters(&mut self) -> Read<()> {
        if self.eat("[") {
            while !self.eat("]") {
                if matches!(self.here().kind, Kind::Newline | Kind::End) {
                    return Err(Broken);
                }
                self.next();
            }
        }
        Ok(())
    }

    pub fn parameters(&mut self, end: &str, annotated: bool) -> Read<Vec<Param>> {
        let mut params = Vec::new();
        let mut keyword_only = false;
        while !self.is(end) {
            if self.eat("/") {
                self.eat(",");
                continue;
            }
            let mut kind = if keyword_only { ParamKind::KeywordOnly } else { ParamKind::Ordinary };
            if self.eat("**") {
                kind = ParamKind::NamedRest;
            } else if self.eat("*") {
                keyword_only = true;
                if self.eat(",") {
                    continue;
                }
                kind = ParamKind::Rest;
            }
            let token = self.here();
            let name = self.name()?;
            let target = Pattern::Name(name, self.between(token, token));
            if annotated && self.eat(":") {
                self.eat("*");
                self.expression()?;
            }
            let default = if self.eat("=") { Some(self.expression()?) } else { None };
            params.push(Param { target, default, kind, field: false });
            if !self.eat(",") {
                break;
            }
        }
        Ok(params)
    }

    pub fn class(&mut self, decorators: Vec<Expr>) -> Read<Class> {
        let first = self.here();
        self.expect_word("class")?;
        let name = self.name()?;
        self.type_parameters()?;
        let mut bases = Vec::new();
        if self.is("(") {
            for arg in self.arguments()? {
                match arg {
                    Arg::Positional(base) | Arg::Spread(base) => bases.push(base),
                    Arg::Named(..) | Arg::SpreadNamed(_) => {}
                }
            }
        }
        let body = self.suite()?;
        let members = body.into_iter().filter_map(member).collect();
        Ok(Class { name, bases, members, decorators, span: self.since(first) })
    }

    /// `match` is a name too: a statement's line ends with a colon.
    pub fn opens_match(&self) -> bool {
        let after = self.ahead(1);
        if matches!(self.slice_of(after), "=" | "." | ":" | ")" | "," | "+=") || matches!(after.kind, Kind::Newline | Kind::End) {
            return false;
        }
        let mut last = after;
        let mut at = 1;
        loop {
            let token = self.ahead(at);
            if matches!(token.kind, Kind::Newline | Kind::End) {
                return self.slice_of(last) == ":";
            }
            last = token;
            at += 1;
        }
    }
}

/// A statement of a class body as a member. Only fields with a type are a record's.
fn member(stmt: Stmt) -> Option<ClassMember> {
    let span = stmt.span;
    Some(match stmt.kind {
        StmtKind::Function(function) => ClassMember::Method { function, is_static: false, accessor: None },
        StmtKind::Assign { mut targets, value, declares } if matches!(targets.as_slice(), [Pattern::Name(..)]) => match targets.pop() {
            Some(Pattern::Name(name, _)) => ClassMember::Field { name, value: Some(value), annotation: None, is_static: !declares, span },
            _ => return None,
        },
        StmtKind::Declare(targets) => match targets.into_iter().next() {
            Some(Pattern::Name(name, _)) => ClassMember::Field { name, value: None, annotation: None, is_static: false, span },
            _ => return None,
        },
        // A text at the start is documentation.
        StmtKind::Expr(Expr { kind: ExprKind::Text(_), .. }) => return None,
        _ => ClassMember::Statement(stmt),
    })
}
