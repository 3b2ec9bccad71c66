//! Imports, exports and namespaces.

use std::sync::Arc;

use ecow::EcoString;

use super::cursor::{Broken, Parser, Read};
use super::lexer::{Kind, Token};
use super::patterns::names_of;
use crate::lang::pulumi::program::ast::*;

impl Parser<'_> {
    pub fn import(&mut self, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        self.next();
        if self.at_kind(Kind::Text) {
            let module = self.module()?;
            let import = Import { module, level: 0, names: ImportNames::None };
            return self.finish(first, StmtKind::Import(import), out);
        }
        // `import type { T } from`, where `type` may also be the name that is imported.
        if self.word("type") && !self.word_at(self.at + 1, "from") && !self.sign_at(self.at + 1, ",") && !self.sign_at(self.at + 1, "=") {
            while !self.at_kind(Kind::Text) && !self.at_kind(Kind::End) && !self.is(";") {
                if self.here().close > 0 { self.skip_bracket() } else { self.next() }
            }
            self.next();
            return self.ends();
        }
        let mut names = Vec::new();
        let mut whole = None;
        if self.at_kind(Kind::Name) {
            let local = self.name()?;
            if self.eat("=") {
                return self.import_assigned(local, first, out);
            }
            names.push(("default".into(), local));
            self.eat(",");
        }
        if self.eat("*") {
            if !self.eat_word("as") {
                return Err(Broken);
            }
            whole = Some(self.name()?);
        } else if self.is("{") {
            self.next();
            self.specifiers(&mut names)?;
        }
        if !self.eat_word("from") {
            return Err(Broken);
        }
        let module = self.module()?;
        self.ends()?;
        let span = self.since(first);
        let mut push = |names| out.push(Stmt::new(StmtKind::Import(Import { module: module.clone(), level: 0, names }), span));
        if let Some(alias) = whole {
            push(ImportNames::Whole { alias: Some(alias) });
            if names.is_empty() {
                return Ok(());
            }
        }
        push(ImportNames::Some(names));
        Ok(())
    }

    /// `import a = require("a")`, `import b = a.b`.
    fn import_assigned(&mut self, local: EcoString, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        let token = self.here();
        let value = self.assignment()?;
        let kind = match value.kind {
            ExprKind::Import(module) => StmtKind::Import(Import { module, level: 0, names: ImportNames::Whole { alias: Some(local) } }),
            _ => StmtKind::Assign { targets: vec![Pattern::Name(local, self.between(token, token))], value, declares: true },
        };
        self.finish(first, kind, out)
    }

    fn module(&mut self) -> Read<EcoString> {
        let token = self.here();
        if token.kind != Kind::Text {
            return Err(Broken);
        }
        self.next();
        // `with { type: "json" }`.
        if (self.word("with") || self.word("assert")) && self.sign_at(self.at + 1, "{") {
            self.next();
            self.skip_bracket();
        }
        let module = self.text_of(token);
        self.imports.push(module.clone());
        Ok(module)
    }

    /// `a, b as c, type D }`: pairs of the name there and the name here.
    fn specifiers(&mut self, names: &mut Vec<(EcoString, EcoString)>) -> Read<()> {
        while !self.closes("}") {
            let is_type = self.word("type") && matches!(self.ahead(1).kind, Kind::Name | Kind::Text) && !self.word_at(self.at + 1, "as");
            self.at += usize::from(is_type);
            let name = self.specifier()?;
            let other = if self.eat_word("as") { self.specifier()? } else { name.clone() };
            if !is_type {
                names.push((name, other));
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")
    }

    fn specifier(&mut self) -> Read<EcoString> {
        let token = self.here();
        if token.kind == Kind::Text {
            self.next();
            return Ok(self.text_of(token));
        }
        self.any_name()
    }

    pub fn export(&mut self, first: Token, decorators: Vec<Expr>, out: &mut Vec<Stmt>) -> Read<()> {
        self.next();
        if self.eat("=") {
            let value = self.assignment()?;
            return self.finish(first, StmtKind::Export(Export::Whole(value)), out);
        }
        if self.eat("*") {
            let alias = if self.eat_word("as") { Some(self.specifier()?) } else { None };
            if !self.eat_word("from") {
                return Err(Broken);
            }
            let module = self.module()?;
            return self.finish(first, StmtKind::Export(Export::All { module, alias }), out);
        }
        if self.word("type") && (self.sign_at(self.at + 1, "{") || self.sign_at(self.at + 1, "*")) {
            while !self.at_kind(Kind::End) && !self.is(";") {
                if self.here().newline && !self.word("from") && !self.is("{") {
                    break;
                }
                if self.here().close > 0 { self.skip_bracket() } else { self.next() }
            }
            return self.ends();
        }
        if self.eat("{") {
            let mut names = Vec::new();
            self.specifiers(&mut names)?;
            let export = if self.eat_word("from") { Export::From { module: self.module()?, names } } else { Export::Names(names) };
            return self.finish(first, StmtKind::Export(export), out);
        }
        if self.eat_word("as") {
            // `export as namespace X`.
            self.next();
            self.name()?;
            return self.ends();
        }
        if self.eat_word("default") {
            return self.export_default(first, decorators, out);
        }
        // What follows is a statement; the names it declares are exported.
        let start = out.len();
        self.statement(first, decorators, out)?;
        let mut names = Vec::new();
        for stmt in out.iter().skip(start) {
            declared_names(&stmt.kind, &mut names);
        }
        if !names.is_empty() {
            let names: Vec<_> = names.into_iter().map(|name| (name.clone(), name)).collect();
            out.push(Stmt::new(StmtKind::Export(Export::Names(names)), self.since(first)));
        }
        Ok(())
    }

    fn export_default(&mut self, first: Token, decorators: Vec<Expr>, out: &mut Vec<Stmt>) -> Read<()> {
        if self.word("interface") {
            return self.statement(first, decorators, out);
        }
        let declares = self.word("function") || (self.word("async") && self.word_at(self.at + 1, "function"));
        let class = self.word("class") || self.word("abstract") || self.is("@");
        if !declares && !class {
            let value = self.assignment()?;
            return self.finish(first, StmtKind::Export(Export::Default(value)), out);
        }
        let (name, stmt, value) = if class {
            let mut decorators = decorators;
            decorators.append(&mut self.decorators()?);
            let class = Arc::new(self.class(decorators, first)?);
            (class.name.clone(), StmtKind::Class(class.clone()), ExprKind::Class(class))
        } else {
            let Some(function) = self.function_or_signature(decorators)? else { return self.ends() };
            let function = Arc::new(function);
            (function.name.clone(), StmtKind::Function(function.clone()), ExprKind::Function(function))
        };
        let span = self.since(first);
        if name.is_empty() {
            out.push(Stmt::new(StmtKind::Export(Export::Default(Expr::new(value, span))), span));
        } else {
            out.push(Stmt::new(stmt, span));
            out.push(Stmt::new(StmtKind::Export(Export::Names(vec![(name, "default".into())])), span));
        }
        Ok(())
    }

    /// `namespace A.B { … }`: an object of what it exports.
    pub fn namespace(&mut self, first: Token, out: &mut Vec<Stmt>) -> Read<()> {
        self.next();
        if self.at_kind(Kind::Text) {
            self.next();
            if self.is("{") {
                self.skip_bracket();
            }
            return Ok(());
        }
        let token = self.here();
        let name = self.name()?;
        let inner = if self.is(".") {
            let mut inner = Vec::new();
            self.deeper(|this| this.namespace(first, &mut inner))?;
            let names: Vec<_> = inner.iter().flat_map(|stmt| names_declared(&stmt.kind)).map(|name| (name.clone(), name)).collect();
            inner.push(Stmt::new(StmtKind::Export(Export::Names(names)), self.since(first)));
            inner
        } else {
            self.deeper(Parser::block)?
        };
        let span = self.since(first);
        let mut entries = Vec::new();
        let mut body = Vec::new();
        for stmt in inner {
            let StmtKind::Export(Export::Names(names)) = &stmt.kind else {
                body.push(stmt);
                continue;
            };
            for (local, exported) in names {
                let key = Expr::new(ExprKind::Text(exported.clone()), span);
                entries.push(Entry::Pair { key, value: Expr::new(ExprKind::Name(local.clone()), span) });
            }
        }
        if body.is_empty() {
            return Ok(());
        }
        body.push(Stmt::new(StmtKind::Return(Some(Expr::new(ExprKind::Dict(entries), span))), span));
        let function = Function {
            name: name.clone(),
            params: Vec::new(),
            body,
            arrow: true,
            is_async: false,
            generator: false,
            decorators: Vec::new(),
            span,
        };
        let callee = Expr::new(ExprKind::Function(Arc::new(function)), span);
        let value = Expr::new(ExprKind::Call(Box::new(Call { callee, args: Vec::new(), new: false, optional: false })), span);
        let targets = vec![Pattern::Name(name, self.between(token, token))];
        out.push(Stmt::new(StmtKind::Assign { targets, value, declares: true }, span));
        Ok(())
    }
}

fn names_declared(kind: &StmtKind) -> Vec<EcoString> {
    let mut names = Vec::new();
    declared_names(kind, &mut names);
    names
}

/// The names a statement makes.
fn declared_names(kind: &StmtKind, names: &mut Vec<EcoString>) {
    match kind {
        StmtKind::Assign { targets, declares: true, .. } => targets.iter().for_each(|target| names_of(target, names)),
        StmtKind::Declare(targets) => targets.iter().for_each(|target| names_of(target, names)),
        StmtKind::Function(function) => names.push(function.name.clone()),
        StmtKind::Class(class) => names.push(class.name.clone()),
        StmtKind::Enum { name, .. } => names.push(name.clone()),
        StmtKind::Import(Import { names: ImportNames::Whole { alias: Some(alias) }, .. }) => names.push(alias.clone()),
        _ => {}
    }
}
