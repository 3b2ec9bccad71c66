//! Classes and enums.

use std::sync::Arc;

use ecow::EcoString;

use super::cursor::{Broken, Parser, Read};
use super::lexer::{Kind, Token};
use crate::lang::pulumi::program::ast::*;

const MODIFIERS: &[&str] =
    &["public", "private", "protected", "static", "readonly", "abstract", "override", "declare", "async", "get", "set", "accessor"];

impl Parser<'_> {
    /// `class Name<T> extends Base<T> implements I { members }`.
    pub fn class(&mut self, decorators: Vec<Expr>, first: Token) -> Read<Class> {
        self.eat_word("abstract");
        if !self.eat_word("class") {
            return Err(Broken);
        }
        let named = self.at_kind(Kind::Name) && !matches!(self.slice_of(self.here()), "extends" | "implements");
        let name = if named { self.name()? } else { EcoString::new() };
        self.type_parameters()?;
        let mut bases = Vec::new();
        if self.eat_word("extends") {
            bases.push(self.base()?);
        }
        if self.eat_word("implements") {
            loop {
                self.skip_type()?;
                if !self.eat(",") {
                    break;
                }
            }
        }
        let members = self.inside(Parser::members)?;
        Ok(Class { name, bases, members, decorators, span: self.since(first) })
    }

    /// What stands behind `extends`: a name, a member, a call.
    fn base(&mut self) -> Read<Expr> {
        let first = self.here();
        let mut value = self.primary()?;
        loop {
            if self.is("<") {
                self.type_arguments()?;
                continue;
            }
            let kind = if self.eat(".") {
                ExprKind::Member { of: Box::new(value), name: self.any_name()?, optional: false }
            } else if self.is("(") {
                ExprKind::Call(Box::new(Call { callee: value, args: self.arguments()?, new: false, optional: false }))
            } else {
                return Ok(value);
            };
            value = Expr::new(kind, self.since(first));
        }
    }

    fn members(&mut self) -> Read<Vec<ClassMember>> {
        self.expect("{")?;
        let mut members = Vec::new();
        while !self.closes("}") {
            if self.eat(";") {
                continue;
            }
            let start = self.at;
            let depth = self.depth;
            let generators = self.generators.len();
            match self.member() {
                Ok(member) => members.extend(member),
                Err(Broken) => {
                    self.depth = depth;
                    self.generators.truncate(generators);
                    self.broken(start);
                }
            }
        }
        self.expect("}")?;
        Ok(members)
    }

    fn member(&mut self) -> Read<Option<ClassMember>> {
        let decorators = self.decorators()?;
        let first = self.here();
        let mut is_static = false;
        let mut is_async = false;
        let mut accessor = None;
        let mut declared = false;
        loop {
            let token = self.here();
            let word = self.slice_of(token);
            if token.kind != Kind::Name || !MODIFIERS.contains(&word) {
                break;
            }
            if word == "static" && self.sign_at(self.at + 1, "{") {
                self.next();
                let body = self.block()?;
                return Ok(Some(ClassMember::Statement(Stmt::new(StmtKind::Block(body), self.since(first)))));
            }
            // A modifier's name may be the member's own.
            if !self.begins_key(1) || self.sign_at(self.at + 1, "{") || (self.ahead(1).newline && !matches!(word, "static" | "async")) {
                break;
            }
            match word {
                "static" => is_static = true,
                "async" => is_async = true,
                "get" => accessor = Some(Accessor::Get),
                "set" => accessor = Some(Accessor::Set),
                "declare" | "abstract" => declared = true,
                _ => {}
            }
            self.next();
        }
        let generator = self.eat("*");
        // `[key: string]: T`.
        if self.is("[") && self.ahead(1).kind == Kind::Name && self.sign_at(self.at + 2, ":") {
            self.skip_bracket();
            self.annotation()?;
            self.ends()?;
            return Ok(None);
        }
        let key = self.property_key()?;
        let name = match key.kind {
            ExprKind::Text(name) => name,
            ExprKind::Int(number) => ecow::eco_format!("{number}"),
            // `[Symbol.iterator]`.
            ExprKind::Member { of, name, .. } if matches!(&of.kind, ExprKind::Name(of) if of == "Symbol") => {
                ecow::eco_format!("Symbol.{name}")
            }
            _ => "\0computed".into(),
        };
        if !self.eat("?") {
            self.eat("!");
        }
        if self.is("(") || self.is("<") {
            let function = self.method(name, first, is_async, decorators)?;
            let Some(function) = function else {
                self.ends()?;
                return Ok(None);
            };
            let function = Function { generator: function.generator || generator, ..function };
            return Ok(Some(ClassMember::Method { function: Arc::new(function), is_static, accessor }));
        }
        self.annotation()?;
        let value = if self.eat("=") { Some(self.assignment()?) } else { None };
        let span = self.since(first);
        self.ends()?;
        Ok((!declared).then_some(ClassMember::Field { name, value, annotation: None, is_static, span }))
    }

    /// `enum Name { A, B = 1 }`.
    pub fn enumeration(&mut self) -> Read<(EcoString, StmtKind)> {
        self.eat_word("const");
        if !self.eat_word("enum") {
            return Err(Broken);
        }
        let name = self.name()?;
        self.expect("{")?;
        let mut members = Vec::new();
        while !self.closes("}") {
            let key = self.property_key()?;
            let ExprKind::Text(member) = key.kind else { return Err(Broken) };
            let value = if self.eat("=") { Some(self.inside(Parser::assignment)?) } else { None };
            members.push((member, value));
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok((name.clone(), StmtKind::Enum { name, members }))
    }
}
