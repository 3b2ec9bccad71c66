//! `match`: its cases and the patterns they have.

use super::cursor::{Broken, Parser, Read};
use super::lexer::Kind;
use crate::lang::pulumi::program::ast::{Case, Expr, ExprKind, MatchPattern, StmtKind, Unary};

impl Parser<'_> {
    pub fn match_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let subject = self.expression_list()?;
        self.expect(":")?;
        if !self.at_kind(Kind::Newline) {
            return Err(Broken);
        }
        self.next();
        if !self.at_kind(Kind::Indent) {
            return Err(Broken);
        }
        self.next();
        let mut cases = Vec::new();
        while self.eat_word("case") {
            let pattern = self.open_pattern()?;
            let guard = if self.eat_word("if") { Some(self.expression()?) } else { None };
            // A case that takes everything is the default.
            let pattern = (guard.is_some() || pattern != MatchPattern::Any).then_some(pattern);
            cases.push(Case { values: Vec::new(), pattern, guard, body: self.suite()? });
        }
        if self.at_kind(Kind::Dedent) {
            self.next();
        }
        Ok(StmtKind::Switch { subject, cases, falls_through: false })
    }

    /// A pattern, or several with commas between: a sequence without brackets.
    fn open_pattern(&mut self) -> Read<MatchPattern> {
        let (mut parts, rest, commas) = self.patterns(":")?;
        match (parts.len(), rest, commas) {
            (1, None, false) => parts.pop().ok_or(Broken),
            (0, None, _) => Err(Broken),
            (_, rest, _) => Ok(MatchPattern::Sequence { parts, rest }),
        }
    }

    /// Patterns up to a sign, with the place of `*rest`.
    #[allow(clippy::type_complexity)]
    fn patterns(&mut self, end: &str) -> Read<(Vec<MatchPattern>, Option<(usize, Option<ecow::EcoString>)>, bool)> {
        let (mut parts, mut rest, mut commas) = (Vec::new(), None, false);
        while !self.is(end) && !self.word("if") {
            if self.eat("*") {
                let name = self.name()?;
                rest = Some((parts.len(), (name != "_").then_some(name)));
            } else {
                parts.push(self.case_pattern()?);
            }
            if !self.eat(",") {
                break;
            }
            commas = true;
        }
        Ok((parts, rest, commas))
    }

    fn case_pattern(&mut self) -> Read<MatchPattern> {
        let mut all = vec![self.deeper(Parser::closed_pattern)?];
        while self.eat("|") {
            all.push(self.deeper(Parser::closed_pattern)?);
        }
        let pattern = match (all.len(), all.pop()) {
            (1, Some(only)) => only,
            (_, Some(last)) => {
                all.push(last);
                MatchPattern::Or(all)
            }
            (_, None) => return Err(Broken),
        };
        if self.eat_word("as") { Ok(MatchPattern::As(Box::new(pattern), self.name()?)) } else { Ok(pattern) }
    }

    fn closed_pattern(&mut self) -> Read<MatchPattern> {
        if self.eat("[") {
            let (parts, rest, _) = self.patterns("]")?;
            self.expect("]")?;
            return Ok(MatchPattern::Sequence { parts, rest });
        }
        if self.eat("(") {
            let (mut parts, rest, commas) = self.patterns(")")?;
            self.expect(")")?;
            return match (parts.len(), &rest, commas) {
                (1, None, false) => parts.pop().ok_or(Broken),
                _ => Ok(MatchPattern::Sequence { parts, rest }),
            };
        }
        if self.eat("{") {
            return self.mapping();
        }
        if self.at_kind(Kind::Text) {
            return self.strings().map(MatchPattern::Value);
        }
        let value = self.constant()?;
        if self.eat("(") {
            return self.class_pattern(value);
        }
        Ok(match value.kind {
            ExprKind::Name(name) if name == "_" => MatchPattern::Any,
            ExprKind::Name(name) => MatchPattern::Name(name),
            _ => MatchPattern::Value(value),
        })
    }

    fn mapping(&mut self) -> Read<MatchPattern> {
        let (mut entries, mut rest) = (Vec::new(), None);
        while !self.is("}") {
            if self.eat("**") {
                rest = Some(self.name()?);
            } else {
                let key = if self.at_kind(Kind::Text) { self.strings()? } else { self.constant()? };
                self.expect(":")?;
                entries.push((key, self.case_pattern()?));
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(MatchPattern::Mapping { entries, rest })
    }

    fn class_pattern(&mut self, class: Expr) -> Read<MatchPattern> {
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        while !self.is(")") {
            if self.at_kind(Kind::Name) && self.slice_of(self.ahead(1)) == "=" {
                let name = self.name()?;
                self.expect("=")?;
                named.push((name, self.case_pattern()?));
            } else {
                positional.push(self.case_pattern()?);
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(MatchPattern::Class { class: Box::new(class), positional, named })
    }

    /// A name with dots, or a number.
    fn constant(&mut self) -> Read<Expr> {
        let first = self.here();
        if self.eat("-") {
            let operand = Box::new(self.deeper(Parser::constant)?);
            return Ok(Expr::new(ExprKind::Unary { operator: Unary::Negate, operand }, self.since(first)));
        }
        if !matches!(first.kind, Kind::Number | Kind::Name) {
            return Err(Broken);
        }
        let mut expr = self.atom()?;
        while self.eat(".") {
            let name = self.name()?;
            expr = Expr::new(ExprKind::Member { of: Box::new(expr), name, optional: false }, self.since(first));
        }
        Ok(expr)
    }
}
