//! Python's expressions, by precedence.

use std::sync::Arc;

use ecow::EcoString;

use super::cursor::{Broken, Parser, Read};
use super::lexer::Kind;
use crate::lang::pulumi::program::ast::*;

/// Operators that bind tighter than comparisons, loosest first.
const BINARY: &[&[(&str, Binary)]] = &[
    &[("|", Binary::BitOr)],
    &[("^", Binary::BitXor)],
    &[("&", Binary::BitAnd)],
    &[("<<", Binary::ShiftLeft), (">>", Binary::ShiftRight)],
    &[("+", Binary::Add), ("-", Binary::Subtract)],
    &[("*", Binary::Multiply), ("/", Binary::Divide), ("//", Binary::FloorDivide), ("%", Binary::Remainder), ("@", Binary::Matrix)],
];

/// One operator after the other, or one call after the other, at most this often.
const LONGEST_CHAIN: usize = 150;

impl Parser<'_> {
    /// `a, *b, c`: a tuple when there is a comma.
    pub fn expression_list(&mut self) -> Read<Expr> {
        let first = self.here();
        let item = self.starred()?;
        if !self.is(",") {
            return match item {
                Item::One(expr) => Ok(expr),
                other => Ok(Expr::new(ExprKind::Tuple(vec![other]), self.since(first))),
            };
        }
        let mut items = vec![item];
        while self.eat(",") {
            if self.ends_list() {
                break;
            }
            items.push(self.starred()?);
        }
        Ok(Expr::new(ExprKind::Tuple(items), self.since(first)))
    }

    fn ends_list(&self) -> bool {
        matches!(self.here().kind, Kind::Newline | Kind::End) || [")", "]", "}", "=", ":", ";"].iter().any(|sign| self.is(sign))
    }

    fn starred(&mut self) -> Read<Item> {
        if self.eat("*") { self.binary(0).map(Item::Spread) } else { self.expression().map(Item::One) }
    }

    /// One expression, with `:=` and the conditional.
    pub fn expression(&mut self) -> Read<Expr> {
        self.deeper(|this| {
            let first = this.here();
            let expr = this.conditional()?;
            if this.is(":=") {
                let ExprKind::Name(name) = &expr.kind else { return Err(Broken) };
                let target = Box::new(Pattern::Name(name.clone(), expr.span));
                this.next();
                let value = Box::new(this.expression()?);
                return Ok(Expr::new(ExprKind::Assign { target, operator: None, value, gives_old: false }, this.since(first)));
            }
            Ok(expr)
        })
    }

    fn conditional(&mut self) -> Read<Expr> {
        let first = self.here();
        if self.word("lambda") {
            return self.lambda();
        }
        if self.word("yield") {
            return self.yielding();
        }
        let then = self.or()?;
        if !self.word("if") {
            return Ok(then);
        }
        self.next();
        let condition = self.or()?;
        self.expect_word("else")?;
        let otherwise = self.expression()?;
        let kind = ExprKind::Conditional { condition: Box::new(condition), then: Box::new(then), otherwise: Box::new(otherwise) };
        Ok(Expr::new(kind, self.since(first)))
    }

    fn yielding(&mut self) -> Read<Expr> {
        let first = self.here();
        self.next();
        if let Some(generator) = self.generators.last_mut() {
            *generator = true;
        }
        let each = self.word("from");
        if each {
            self.next();
        }
        let value = if self.ends_list() { None } else { Some(Box::new(self.expression_list()?)) };
        Ok(Expr::new(ExprKind::Yield { value, each }, self.since(first)))
    }

    fn lambda(&mut self) -> Read<Expr> {
        let first = self.here();
        self.next();
        let params = self.parameters(":", false)?;
        self.expect(":")?;
        self.generators.push(false);
        let body = self.expression();
        let generator = self.generators.pop().unwrap_or(false);
        let body = body?;
        let span = self.since(first);
        let body = vec![Stmt::new(StmtKind::Return(Some(body)), span)];
        let function =
            Function { name: EcoString::new(), params, body, arrow: false, is_async: false, generator, decorators: Vec::new(), span };
        Ok(Expr::new(ExprKind::Function(Arc::new(function)), span))
    }

    fn or(&mut self) -> Read<Expr> {
        self.logic("or", Logic::Or, |this| this.logic("and", Logic::And, Parser::not))
    }

    fn logic(&mut self, word: &str, operator: Logic, operand: impl Fn(&mut Self) -> Read<Expr>) -> Read<Expr> {
        let first = self.here();
        let mut left = operand(self)?;
        let mut count = 0;
        while self.word(word) {
            count += 1;
            if count > LONGEST_CHAIN {
                return Err(Broken);
            }
            self.next();
            let right = operand(self)?;
            left = Expr::new(ExprKind::Logic { operator, left: Box::new(left), right: Box::new(right) }, self.since(first));
        }
        Ok(left)
    }

    fn not(&mut self) -> Read<Expr> {
        let first = self.here();
        if self.word("not") {
            self.next();
            let operand = Box::new(self.deeper(Parser::not)?);
            return Ok(Expr::new(ExprKind::Unary { operator: Unary::Not, operand }, self.since(first)));
        }
        let left = self.binary(0)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.comparison() {
            let right = self.binary(0)?;
            rest.push((operator, right));
        }
        if rest.is_empty() {
            return Ok(left);
        }
        Ok(Expr::new(ExprKind::Compare { first: Box::new(left), rest }, self.since(first)))
    }

    fn comparison(&mut self) -> Option<Compare> {
        let signs = [
            ("==", Compare::Equal),
            ("!=", Compare::NotEqual),
            ("<>", Compare::NotEqual),
            ("<=", Compare::LessOrEqual),
            (">=", Compare::GreaterOrEqual),
            ("<", Compare::Less),
            (">", Compare::Greater),
        ];
        if let Some((_, operator)) = signs.iter().find(|(sign, _)| self.is(sign)) {
            self.next();
            return Some(*operator);
        }
        if self.word("in") {
            self.next();
            return Some(Compare::In);
        }
        if self.word("not") && self.slice_of(self.ahead(1)) == "in" {
            self.next();
            self.next();
            return Some(Compare::NotIn);
        }
        if self.word("is") {
            self.next();
            if self.word("not") {
                self.next();
                return Some(Compare::IsNot);
            }
            return Some(Compare::Is);
        }
        None
    }

    fn binary(&mut self, level: usize) -> Read<Expr> {
        let Some(operators) = BINARY.get(level) else { return self.unary() };
        let first = self.here();
        let mut left = self.binary(level + 1)?;
        let mut count = 0;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.is(sign)) {
            count += 1;
            if count > LONGEST_CHAIN {
                return Err(Broken);
            }
            self.next();
            let right = self.binary(level + 1)?;
            left = Expr::new(ExprKind::Binary { operator: *operator, left: Box::new(left), right: Box::new(right) }, self.since(first));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Read<Expr> {
        let first = self.here();
        let signs = [("-", Unary::Negate), ("+", Unary::Plus), ("~", Unary::BitNot)];
        if let Some((_, operator)) = signs.iter().find(|(sign, _)| self.is(sign)) {
            self.next();
            let operand = Box::new(self.deeper(Parser::unary)?);
            return Ok(Expr::new(ExprKind::Unary { operator: *operator, operand }, self.since(first)));
        }
        let base = if self.word("await") {
            self.next();
            let inner = Box::new(self.deeper(Parser::unary)?);
            Expr::new(ExprKind::Await(inner), self.since(first))
        } else {
            self.primary()?
        };
        if self.eat("**") {
            let right = Box::new(self.deeper(Parser::unary)?);
            return Ok(Expr::new(ExprKind::Binary { operator: Binary::Power, left: Box::new(base), right }, self.since(first)));
        }
        Ok(base)
    }

    fn primary(&mut self) -> Read<Expr> {
        let first = self.here();
        let mut expr = self.atom()?;
        for _ in 0..LONGEST_CHAIN {
            if self.eat(".") {
                let name = self.name()?;
                expr = Expr::new(ExprKind::Member { of: Box::new(expr), name, optional: false }, self.since(first));
            } else if self.is("(") {
                let args = self.arguments()?;
                let call = Call { callee: expr, args, new: false, optional: false };
                expr = Expr::new(ExprKind::Call(Box::new(call)), self.since(first));
            } else if self.eat("[") {
                expr = self.subscript(expr, first)?;
            } else {
                return Ok(expr);
            }
        }
        Err(Broken)
    }

    fn subscript(&mut self, of: Expr, first: super::lexer::Token) -> Read<Expr> {
        let mut bounds: [Option<Expr>; 3] = [None, None, None];
        let mut at = 0;
        let mut tuple = Vec::new();
        let start = self.here();
        while !self.is("]") {
            if self.eat(":") {
                at += 1;
            } else if self.eat(",") {
                tuple.extend(bounds.first_mut().and_then(Option::take).map(Item::One));
            } else {
                let part = match self.starred()? {
                    Item::One(expr) | Item::Spread(expr) => expr,
                    Item::Hole => return Err(Broken),
                };
                *bounds.get_mut(at).ok_or(Broken)? = Some(part);
            }
            if at > 2 {
                return Err(Broken);
            }
        }
        self.expect("]")?;
        if at > 0 {
            return Ok(Expr::new(ExprKind::Slice { of: Box::new(of), bounds: Box::new(bounds) }, self.since(first)));
        }
        let [index, ..] = bounds;
        let index = if tuple.is_empty() {
            index.ok_or(Broken)?
        } else {
            tuple.extend(index.map(Item::One));
            Expr::new(ExprKind::Tuple(tuple), self.since(start))
        };
        Ok(Expr::new(ExprKind::Index { of: Box::new(of), index: Box::new(index), optional: false }, self.since(first)))
    }

    pub fn arguments(&mut self) -> Read<Vec<Arg>> {
        self.expect("(")?;
        let mut args = Vec::new();
        while !self.eat(")") {
            let arg = if self.eat("*") {
                Arg::Spread(self.expression()?)
            } else if self.eat("**") {
                Arg::SpreadNamed(self.expression()?)
            } else if self.here().kind == Kind::Name && self.slice_of(self.ahead(1)) == "=" {
                let name = self.name()?;
                self.next();
                Arg::Named(name, self.expression()?)
            } else {
                let first = self.here();
                let value = self.expression()?;
                if self.at_for() {
                    Arg::Positional(self.comprehension(ComprehensionKind::Generator, value, None, first)?)
                } else {
                    Arg::Positional(value)
                }
            };
            args.push(arg);
            if !self.eat(",") && !self.is(")") {
                return Err(Broken);
            }
        }
        Ok(args)
    }

    fn at_for(&self) -> bool {
        self.word("for") || (self.word("async") && self.slice_of(self.ahead(1)) == "for")
    }

    fn comprehension(&mut self, kind: ComprehensionKind, element: Expr, value: Option<Expr>, first: super::lexer::Token) -> Read<Expr> {
        let mut clauses = Vec::new();
        while self.at_for() {
            if self.word("async") {
                self.next();
            }
            self.next();
            let target = self.target_list()?;
            self.expect_word("in")?;
            let iterable = self.or()?;
            let mut conditions = Vec::new();
            while self.word("if") {
                self.next();
                conditions.push(self.condition()?);
            }
            clauses.push(Clause { target, iterable, conditions });
        }
        let comprehension = Comprehension { kind, element, value, clauses };
        Ok(Expr::new(ExprKind::Comprehension(Box::new(comprehension)), self.since(first)))
    }

    /// A condition of a comprehension: no conditional expression, but `:=` may stand in it.
    fn condition(&mut self) -> Read<Expr> {
        if self.word("lambda") { self.lambda() } else { self.or() }
    }

    /// What `for` assigns to: names, places and tuples of them, up to `in`.
    pub fn target_list(&mut self) -> Read<Pattern> {
        let first = self.here();
        let mut items = Vec::new();
        let mut tuple = false;
        loop {
            let item = if self.eat("*") { Item::Spread(self.primary()?) } else { Item::One(self.primary()?) };
            items.push(item);
            if !self.eat(",") {
                break;
            }
            tuple = true;
            if self.word("in") {
                break;
            }
        }
        let span = self.since(first);
        match items.pop() {
            Some(Item::One(one)) if !tuple => self.pattern(one),
            Some(last) => {
                items.push(last);
                self.pattern(Expr::new(ExprKind::Tuple(items), span))
            }
            None => Err(Broken),
        }
    }

    /// An expression as what is assigned to.
    pub fn pattern(&self, expr: Expr) -> Read<Pattern> {
        Ok(match expr.kind {
            ExprKind::Name(name) => Pattern::Name(name, expr.span),
            ExprKind::Member { .. } | ExprKind::Index { .. } | ExprKind::Slice { .. } => Pattern::Place(expr),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                let mut parts = Vec::with_capacity(items.len());
                for item in items {
                    parts.push(match item {
                        Item::One(expr) => PatternItem::One(self.pattern(expr)?),
                        Item::Spread(expr) => PatternItem::Rest(self.pattern(expr)?),
                        Item::Hole => PatternItem::Hole,
                    });
                }
                Pattern::List(parts)
            }
            _ => return Err(Broken),
        })
    }

    pub fn atom(&mut self) -> Read<Expr> {
        let first = self.here();
        match first.kind {
            Kind::Text => self.strings(),
            Kind::Number => {
                self.next();
                let text: String = self.slice_of(first).chars().filter(|letter| *letter != '_').collect();
                Ok(Expr::new(number(&text), self.since(first)))
            }
            Kind::Name => {
                let word = self.slice_of(first);
                let kind = match word {
                    "None" => ExprKind::Null,
                    "True" => ExprKind::Bool(true),
                    "False" => ExprKind::Bool(false),
                    word if super::cursor::is_keyword(word) => return Err(Broken),
                    word => ExprKind::Name(word.into()),
                };
                self.next();
                Ok(Expr::new(kind, self.since(first)))
            }
            Kind::Sign => self.deeper(|this| this.enclosed(first)),
            _ => Err(Broken),
        }
    }

    fn enclosed(&mut self, first: super::lexer::Token) -> Read<Expr> {
        if self.eat("...") {
            return Ok(Expr::new(ExprKind::Null, self.since(first)));
        }
        if self.eat("(") {
            if self.eat(")") {
                return Ok(Expr::new(ExprKind::Tuple(Vec::new()), self.since(first)));
            }
            let inner = self.expression_list()?;
            if self.at_for() {
                let made = self.comprehension(ComprehensionKind::Generator, inner, None, first)?;
                self.expect(")")?;
                return Ok(made);
            }
            self.expect(")")?;
            return Ok(inner);
        }
        if self.eat("[") {
            let mut items = Vec::new();
            while !self.eat("]") {
                let item = self.starred()?;
                if let (Item::One(element), true, true) = (&item, items.is_empty(), self.at_for()) {
                    let made = self.comprehension(ComprehensionKind::List, element.clone(), None, first)?;
                    self.expect("]")?;
                    return Ok(Expr { span: self.since(first), ..made });
                }
                items.push(item);
                if !self.eat(",") && !self.is("]") {
                    return Err(Broken);
                }
            }
            return Ok(Expr::new(ExprKind::List(items), self.since(first)));
        }
        if self.eat("{") {
            return self.braces(first);
        }
        Err(Broken)
    }

    fn braces(&mut self, first: super::lexer::Token) -> Read<Expr> {
        let mut entries = Vec::new();
        let mut items = Vec::new();
        while !self.eat("}") {
            if self.eat("**") {
                entries.push(Entry::Spread(self.binary(0)?));
            } else {
                let item = self.starred()?;
                match item {
                    Item::One(key) if self.eat(":") => {
                        let value = self.expression()?;
                        if self.at_for() {
                            let made = self.comprehension(ComprehensionKind::Dict, key, Some(value), first)?;
                            self.expect("}")?;
                            return Ok(made);
                        }
                        entries.push(Entry::Pair { key, value });
                    }
                    Item::One(element) if self.at_for() => {
                        let made = self.comprehension(ComprehensionKind::Set, element, None, first)?;
                        self.expect("}")?;
                        return Ok(made);
                    }
                    item => items.push(item),
                }
            }
            if !self.eat(",") && !self.is("}") {
                return Err(Broken);
            }
        }
        let kind = if items.is_empty() { ExprKind::Dict(entries) } else { ExprKind::Set(items) };
        Ok(Expr::new(kind, self.since(first)))
    }
}

fn number(text: &str) -> ExprKind {
    let lower = text.to_ascii_lowercase();
    let whole = match lower.get(..2) {
        Some("0x") => i64::from_str_radix(lower.get(2..).unwrap_or_default(), 16).ok(),
        Some("0o") => i64::from_str_radix(lower.get(2..).unwrap_or_default(), 8).ok(),
        Some("0b") => i64::from_str_radix(lower.get(2..).unwrap_or_default(), 2).ok(),
        _ => lower.parse().ok(),
    };
    match whole {
        Some(whole) => ExprKind::Int(whole),
        None => lower.parse().map_or_else(|_| ExprKind::Unsupported("a number".into()), ExprKind::Float),
    }
}
