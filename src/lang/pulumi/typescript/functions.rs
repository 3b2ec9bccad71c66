//! Functions, arrows and their parameters.

use std::sync::Arc;

use ecow::EcoString;

use super::cursor::{Broken, Parser, Read, is_reserved};
use super::lexer::{Kind, Token};
use crate::lang::pulumi::program::ast::*;

impl Parser<'_> {
    /// `async function* name<T>(params): R { body }`, with a body.
    pub fn function(&mut self, decorators: Vec<Expr>) -> Read<Function> {
        self.function_or_signature(decorators)?.ok_or(Broken)
    }

    /// The same; `None` for an overload that has no body.
    pub fn function_or_signature(&mut self, decorators: Vec<Expr>) -> Read<Option<Function>> {
        let first = self.here();
        let is_async = self.eat_word("async");
        if !self.eat_word("function") {
            return Err(Broken);
        }
        let generator = self.eat("*");
        let name = if self.at_kind(Kind::Name) { self.any_name()? } else { EcoString::new() };
        let function = self.method(name, first, is_async, decorators)?;
        Ok(function.map(|function| Function { generator: function.generator || generator, ..function }))
    }

    /// From the parameters on.
    pub fn method(&mut self, name: EcoString, first: Token, is_async: bool, decorators: Vec<Expr>) -> Read<Option<Function>> {
        self.type_parameters()?;
        let params = self.parameters()?;
        self.annotation()?;
        if !self.is("{") {
            return Ok(None);
        }
        self.generators.push(false);
        let body = self.inside(Parser::block);
        let generator = self.generators.pop().unwrap_or(false);
        let span = self.since(first);
        Ok(Some(Function { name, params, body: body?, arrow: false, is_async, generator, decorators, span }))
    }

    pub fn parameters(&mut self) -> Read<Vec<Param>> {
        self.inside(|this| {
            this.expect("(")?;
            let mut params = Vec::new();
            while !this.closes(")") {
                params.extend(this.parameter()?);
                if !this.eat(",") {
                    break;
                }
            }
            this.expect(")")?;
            Ok(params)
        })
    }

    fn parameter(&mut self) -> Read<Option<Param>> {
        self.decorators()?;
        let mut field = false;
        while matches!(self.slice_of(self.here()), "public" | "private" | "protected" | "readonly" | "override")
            && (self.ahead(1).kind == Kind::Name || self.sign_at(self.at + 1, "{") || self.sign_at(self.at + 1, "["))
        {
            field = true;
            self.next();
        }
        let kind = if self.eat("...") { ParamKind::Rest } else { ParamKind::Ordinary };
        // `this: T` only tells the type.
        if self.eat_word("this") {
            self.annotation()?;
            return Ok(None);
        }
        let target = self.binding()?;
        self.eat("?");
        self.annotation()?;
        let default = if self.eat("=") { Some(self.assignment()?) } else { None };
        Ok(Some(Param { target, default, kind, field }))
    }

    /// An arrow function, when one begins here.
    pub fn arrow(&mut self) -> Read<Option<Expr>> {
        let first = self.here();
        let after_async = self.word("async") && !self.ahead(1).newline;
        let start = self.at;
        let at = start + usize::from(after_async);
        if self.token(at).kind == Kind::Name && self.sign_at(at + 1, "=>") && !is_reserved(self.slice_of(self.token(at))) {
            self.at = at;
            let token = self.here();
            self.next();
            let target = Pattern::Name(self.slice_of(token).into(), self.between(token, token));
            let params = vec![Param { target, default: None, kind: ParamKind::Ordinary, field: false }];
            return self.arrow_body(params, after_async, first).map(Some);
        }
        let mut open = at;
        if self.sign_at(at, "<") {
            self.at = at;
            let typed = self.type_parameters().is_ok();
            open = self.at;
            self.at = start;
            if !typed {
                return Ok(None);
            }
        }
        if !self.sign_at(open, "(") || !self.is_arrow(open) {
            return Ok(None);
        }
        self.at = open;
        let params = self.parameters()?;
        self.annotation()?;
        self.arrow_body(params, after_async, first).map(Some)
    }

    /// Whether the brackets that open here are an arrow's parameters.
    fn is_arrow(&mut self, open: usize) -> bool {
        let close = self.token(open).close as usize;
        if close <= open {
            return false;
        }
        if self.sign_at(close + 1, "=>") {
            return true;
        }
        if self.in_choice || !self.sign_at(close + 1, ":") {
            return false;
        }
        let start = self.at;
        let depth = self.depth;
        self.at = close + 2;
        let typed = self.skip_type().is_ok() && self.is("=>");
        self.at = start;
        self.depth = depth;
        typed
    }

    fn arrow_body(&mut self, params: Vec<Param>, is_async: bool, first: Token) -> Read<Expr> {
        self.expect("=>")?;
        let body = if self.is("{") {
            self.generators.push(false);
            let body = self.inside(Parser::block);
            self.generators.pop();
            body?
        } else {
            let value = self.assignment()?;
            let span = value.span;
            vec![Stmt::new(StmtKind::Return(Some(value)), span)]
        };
        let span = self.since(first);
        let function =
            Function { name: EcoString::new(), params, body, arrow: true, is_async, generator: false, decorators: Vec::new(), span };
        Ok(Expr::new(ExprKind::Function(Arc::new(function)), span))
    }

    /// `@decorator` and `@decorator(args)`.
    pub fn decorators(&mut self) -> Read<Vec<Expr>> {
        let mut decorators = Vec::new();
        while self.eat("@") {
            let first = self.here();
            let mut value = self.primary()?;
            loop {
                let kind = if self.eat(".") {
                    ExprKind::Member { of: Box::new(value), name: self.any_name()?, optional: false }
                } else if self.is("(") {
                    ExprKind::Call(Box::new(Call { callee: value, args: self.arguments()?, new: false, optional: false }))
                } else {
                    break;
                };
                value = Expr::new(kind, self.since(first));
            }
            decorators.push(value);
        }
        Ok(decorators)
    }
}
