//! Python's statements, line by line.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::cursor::{Broken, DEEPEST, Parser, Read};
use super::lexer::{Kind, Token};
use crate::diagnostic::Diagnostic;
use crate::lang::pulumi::program::ast::*;
use crate::source::Span;

/// Broken places that are said one by one.
const MOST_PROBLEMS: usize = 20;

impl Parser<'_> {
    pub fn file(&mut self) -> Vec<Stmt> {
        let mut body = Vec::new();
        while !self.at_kind(Kind::End) {
            self.statements(&mut body);
        }
        let more = self.diagnostics.len().saturating_sub(MOST_PROBLEMS);
        if more > 0 {
            self.diagnostics.truncate(MOST_PROBLEMS);
            let message = eco_format!("{more} more places cannot be read");
            self.diagnostics.push(Diagnostic::error("syntax", Span::new(self.file, 0, 0), message));
        }
        body
    }

    /// One line's statements; what cannot be read is said and skipped.
    fn statements(&mut self, body: &mut Vec<Stmt>) {
        let start = self.at;
        let depth = self.depth;
        let generators = self.generators.len();
        let count = body.len();
        if self.line(body).is_ok() {
            return;
        }
        let broken = self.here();
        self.depth = depth;
        self.generators.truncate(generators);
        body.truncate(count);
        let found = self.slice_of(broken).trim();
        let message = match broken.kind {
            Kind::Newline | Kind::End => EcoString::from("this line is not finished"),
            Kind::Indent | Kind::Dedent => EcoString::from("this line is not indented as it must be"),
            _ => eco_format!("cannot read `{}`", found.chars().take(40).collect::<String>()),
        };
        self.diagnostics.push(Diagnostic::error("syntax", self.between(broken, broken), message));
        if self.at == start {
            self.next();
        }
        self.skip_line();
        let span = Span::new(self.file, broken.start, broken.end);
        body.push(Stmt::new(StmtKind::Unreadable, span));
    }

    /// Past the end of this line, and of the block that hangs on it.
    fn skip_line(&mut self) {
        while !matches!(self.here().kind, Kind::Newline | Kind::End | Kind::Dedent) {
            self.next();
        }
        if self.at_kind(Kind::Newline) {
            self.next();
        }
        if self.at_kind(Kind::Indent) {
            let mut open = 0usize;
            loop {
                match self.here().kind {
                    Kind::Indent => open += 1,
                    Kind::Dedent => open = open.saturating_sub(1),
                    Kind::End => return,
                    _ => {}
                }
                self.next();
                if open == 0 {
                    return;
                }
            }
        }
    }

    fn line(&mut self, body: &mut Vec<Stmt>) -> Read<()> {
        match self.here().kind {
            Kind::Newline => {
                self.next();
                return Ok(());
            }
            // A block that nothing opened: its lines are read all the same.
            Kind::Indent | Kind::Dedent => {
                self.next();
                return Ok(());
            }
            _ => {}
        }
        if let Some(stmt) = self.deeper(Parser::compound)? {
            body.push(stmt);
            return Ok(());
        }
        loop {
            let stmt = self.simple()?;
            body.extend(stmt);
            if !self.eat(";") {
                break;
            }
            if self.at_kind(Kind::Newline) {
                break;
            }
        }
        match self.here().kind {
            Kind::Newline => {
                self.next();
                Ok(())
            }
            Kind::End | Kind::Dedent => Ok(()),
            _ => Err(Broken),
        }
    }

    /// `: …` with a block or the rest of the line.
    pub fn suite(&mut self) -> Read<Vec<Stmt>> {
        self.expect(":")?;
        let mut body = Vec::new();
        if !self.at_kind(Kind::Newline) {
            self.line(&mut body)?;
            return Ok(body);
        }
        self.next();
        if !self.at_kind(Kind::Indent) {
            return Err(Broken);
        }
        self.next();
        while !matches!(self.here().kind, Kind::Dedent | Kind::End) {
            self.statements(&mut body);
        }
        if self.at_kind(Kind::Dedent) {
            self.next();
        }
        Ok(body)
    }

    fn compound(&mut self) -> Read<Option<Stmt>> {
        let first = self.here();
        if self.is("@") {
            return self.decorated().map(Some);
        }
        if first.kind != Kind::Name {
            return Ok(None);
        }
        let kind = match self.slice_of(first) {
            "if" => self.if_statement()?,
            "for" => self.for_statement()?,
            "while" => {
                self.next();
                let condition = self.expression()?;
                let body = self.suite()?;
                let otherwise = self.otherwise()?;
                StmtKind::While { condition, body, update: None, otherwise, body_first: false }
            }
            "try" => self.try_statement()?,
            "with" => self.with_statement()?,
            "def" => StmtKind::Function(Arc::new(self.function(Vec::new(), false)?)),
            "class" => StmtKind::Class(Arc::new(self.class(Vec::new())?)),
            "async" => {
                self.next();
                match self.slice_of(self.here()) {
                    "def" => StmtKind::Function(Arc::new(self.function(Vec::new(), true)?)),
                    "for" => self.for_statement()?,
                    "with" => self.with_statement()?,
                    _ => return Err(Broken),
                }
            }
            "match" if self.opens_match() => self.match_statement()?,
            _ => return Ok(None),
        };
        Ok(Some(Stmt::new(kind, self.since(first))))
    }

    fn otherwise(&mut self) -> Read<Vec<Stmt>> {
        if self.eat_word("else") { self.suite() } else { Ok(Vec::new()) }
    }

    fn if_statement(&mut self) -> Read<StmtKind> {
        // A long chain of `elif` is read in a loop and nested from its end.
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let first = self.here();
            self.next();
            let condition = self.expression()?;
            let then = self.suite()?;
            arms.push((condition, then, self.since(first)));
            if self.word("elif") && arms.len() < DEEPEST as usize {
                continue;
            }
            if self.eat_word("else") {
                otherwise = self.suite()?;
            }
            break;
        }
        while let Some((condition, then, span)) = arms.pop() {
            let kind = StmtKind::If { condition, then, otherwise };
            if arms.is_empty() {
                return Ok(kind);
            }
            otherwise = vec![Stmt::new(kind, span)];
        }
        Err(Broken)
    }

    fn for_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let target = self.target_list()?;
        self.expect_word("in")?;
        let iterable = self.expression_list()?;
        let body = self.suite()?;
        let otherwise = self.otherwise()?;
        Ok(StmtKind::For { target, iterable, body, otherwise, keys: false })
    }

    fn try_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let body = self.suite()?;
        let mut handlers = Vec::new();
        while self.eat_word("except") {
            self.eat("*");
            let kind = if self.is(":") { None } else { Some(self.expression_list()?) };
            let target = if self.eat_word("as") {
                let token = self.here();
                Some(Pattern::Name(self.name()?, self.between(token, token)))
            } else {
                None
            };
            handlers.push(Handler { kind, target, body: self.suite()? });
        }
        let otherwise = self.otherwise()?;
        let finally = if self.eat_word("finally") { self.suite()? } else { Vec::new() };
        Ok(StmtKind::Try { body, handlers, otherwise, finally })
    }

    fn with_statement(&mut self) -> Read<StmtKind> {
        self.next();
        // `with (a as b, c as d):` has brackets of its own.
        let start = self.at;
        if self.eat("(")
            && let Ok(items) = self.with_items(")")
            && self.eat(")")
            && self.is(":")
        {
            return Ok(StmtKind::With { items, body: self.suite()? });
        }
        self.at = start;
        let items = self.with_items(":")?;
        Ok(StmtKind::With { items, body: self.suite()? })
    }

    fn with_items(&mut self, end: &str) -> Read<Vec<(Expr, Option<Pattern>)>> {
        let mut items = Vec::new();
        while !self.is(end) {
            let context = self.expression()?;
            let target = if self.eat_word("as") {
                let expr = self.expression()?;
                Some(self.pattern(expr)?)
            } else {
                None
            };
            items.push((context, target));
            if !self.eat(",") {
                break;
            }
        }
        Ok(items)
    }

    fn simple(&mut self) -> Read<Option<Stmt>> {
        let first = self.here();
        let word = if first.kind == Kind::Name { self.slice_of(first) } else { "" };
        let ends = |this: &Self| matches!(this.here().kind, Kind::Newline | Kind::End | Kind::Dedent) || this.is(";");
        let kind = match word {
            "pass" => {
                self.next();
                return Ok(None);
            }
            "break" => {
                self.next();
                StmtKind::Break(None)
            }
            "continue" => {
                self.next();
                StmtKind::Continue(None)
            }
            "return" => {
                self.next();
                StmtKind::Return(if ends(self) { None } else { Some(self.expression_list()?) })
            }
            "raise" => {
                self.next();
                let value = if ends(self) { None } else { Some(self.expression()?) };
                if self.eat_word("from") {
                    self.expression()?;
                }
                StmtKind::Raise(value)
            }
            "assert" => {
                self.next();
                self.expression_list()?;
                return Ok(None);
            }
            "global" | "nonlocal" => {
                self.next();
                let mut names = vec![self.name()?];
                while self.eat(",") {
                    names.push(self.name()?);
                }
                StmtKind::Outer { names, global: word == "global" }
            }
            "del" => {
                self.next();
                let expr = self.expression_list()?;
                let target = self.pattern(expr)?;
                StmtKind::Delete(match target {
                    Pattern::List(parts) => {
                        parts.into_iter().filter_map(|part| if let PatternItem::One(one) = part { Some(one) } else { None }).collect()
                    }
                    one => vec![one],
                })
            }
            "import" => return self.import(first).map(Some),
            "from" => return self.import_from(first).map(Some),
            "type" if self.ahead(1).kind == Kind::Name && self.slice_of(self.ahead(2)) == "=" => {
                while !ends(self) {
                    self.next();
                }
                return Ok(None);
            }
            _ => self.assignment()?,
        };
        Ok(Some(Stmt::new(kind, self.since(first))))
    }

    fn assignment(&mut self) -> Read<StmtKind> {
        let expr = self.expression_list()?;
        if self.eat(":") {
            self.expression()?;
            let target = self.pattern(expr)?;
            if !self.eat("=") {
                return Ok(StmtKind::Declare(vec![target]));
            }
            let value = self.expression_list()?;
            return Ok(StmtKind::Assign { targets: vec![target], value, declares: true });
        }
        let updates = [
            ("+=", Binary::Add),
            ("-=", Binary::Subtract),
            ("*=", Binary::Multiply),
            ("/=", Binary::Divide),
            ("//=", Binary::FloorDivide),
            ("%=", Binary::Remainder),
            ("**=", Binary::Power),
            ("&=", Binary::BitAnd),
            ("|=", Binary::BitOr),
            ("^=", Binary::BitXor),
            ("<<=", Binary::ShiftLeft),
            (">>=", Binary::ShiftRight),
            ("@=", Binary::Matrix),
        ];
        if let Some((_, operator)) = updates.iter().find(|(sign, _)| self.is(sign)) {
            self.next();
            let target = self.pattern(expr)?;
            return Ok(StmtKind::Update { target, operator: *operator, value: self.expression_list()? });
        }
        if !self.is("=") {
            return Ok(StmtKind::Expr(expr));
        }
        let mut targets = Vec::new();
        let mut value = expr;
        while self.eat("=") {
            targets.push(self.pattern(value)?);
            value = self.expression_list()?;
        }
        Ok(StmtKind::Assign { targets, value, declares: false })
    }

    fn dotted(&mut self) -> Read<EcoString> {
        let mut name = self.name()?;
        while self.eat(".") {
            name = eco_format!("{name}.{}", self.name()?);
        }
        Ok(name)
    }

    fn import(&mut self, first: Token) -> Read<Stmt> {
        self.next();
        let mut all = Vec::new();
        loop {
            let module = self.dotted()?;
            let alias = if self.eat_word("as") { Some(self.name()?) } else { None };
            let import = Import { module, level: 0, names: ImportNames::Whole { alias } };
            all.push(Stmt::new(StmtKind::Import(import), self.since(first)));
            if !self.eat(",") {
                break;
            }
        }
        Ok(match (all.len(), all.pop()) {
            (1, Some(one)) => one,
            (_, last) => {
                all.extend(last);
                Stmt::new(StmtKind::Block(all), self.since(first))
            }
        })
    }

    fn import_from(&mut self, first: Token) -> Read<Stmt> {
        self.next();
        let mut level = 0;
        loop {
            if self.eat(".") {
                level += 1;
            } else if self.eat("...") {
                level += 3;
            } else {
                break;
            }
        }
        let module = if self.word("import") { EcoString::new() } else { self.dotted()? };
        self.expect_word("import")?;
        let names = if self.eat("*") {
            ImportNames::All
        } else {
            let bracket = self.eat("(");
            let mut names = Vec::new();
            loop {
                let name = self.name()?;
                let local = if self.eat_word("as") { self.name()? } else { name.clone() };
                names.push((name, local));
                if !self.eat(",") || self.is(")") || self.at_kind(Kind::Newline) {
                    break;
                }
            }
            if bracket {
                self.expect(")")?;
            }
            ImportNames::Some(names)
        };
        Ok(Stmt::new(StmtKind::Import(Import { module, level, names }), self.since(first)))
    }
}
