//! Expressions by the strength of their operators.

use super::cursor::{Broken, Parser, Read};
use super::lexer::{Kind, Token};
use super::primary;
use crate::lang::pulumi::program::ast::*;

/// Links of one chain of operators or calls; a longer one would nest too deep.
const LONGEST: usize = 1_000;

/// What stands between two operands.
#[derive(Clone, Copy)]
enum Operator {
    Binary(Binary),
    Compare(Compare),
    Logic(Logic),
}

const ASSIGNMENTS: &[(&str, Binary)] = &[
    ("+=", Binary::Add),
    ("-=", Binary::Subtract),
    ("*=", Binary::Multiply),
    ("/=", Binary::Divide),
    ("%=", Binary::Remainder),
    ("**=", Binary::Power),
    ("&=", Binary::BitAnd),
    ("|=", Binary::BitOr),
    ("^=", Binary::BitXor),
    ("<<=", Binary::ShiftLeft),
    ("&&=", Binary::And),
    ("||=", Binary::Or),
    ("??=", Binary::Coalesce),
];

/// Sign, strength, meaning.
const OPERATORS: &[(&str, u8, Operator)] = &[
    ("??", 1, Operator::Logic(Logic::Coalesce)),
    ("||", 2, Operator::Logic(Logic::Or)),
    ("&&", 3, Operator::Logic(Logic::And)),
    ("|", 4, Operator::Binary(Binary::BitOr)),
    ("^", 5, Operator::Binary(Binary::BitXor)),
    ("&", 6, Operator::Binary(Binary::BitAnd)),
    ("===", 7, Operator::Compare(Compare::Equal)),
    ("!==", 7, Operator::Compare(Compare::NotEqual)),
    ("==", 7, Operator::Compare(Compare::LooseEqual)),
    ("!=", 7, Operator::Compare(Compare::LooseNotEqual)),
    ("<", 8, Operator::Compare(Compare::Less)),
    ("<=", 8, Operator::Compare(Compare::LessOrEqual)),
    ("<<", 9, Operator::Binary(Binary::ShiftLeft)),
    ("+", 10, Operator::Binary(Binary::Add)),
    ("-", 10, Operator::Binary(Binary::Subtract)),
    ("*", 11, Operator::Binary(Binary::Multiply)),
    ("/", 11, Operator::Binary(Binary::Divide)),
    ("%", 11, Operator::Binary(Binary::Remainder)),
    ("**", 12, Operator::Binary(Binary::Power)),
];

const COMPARES: u8 = 8;

impl Parser<'_> {
    /// `a, b`.
    pub fn sequence(&mut self) -> Read<Expr> {
        let start = self.here().start;
        let first = self.assignment()?;
        if !self.is(",") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.eat(",") {
            all.push(self.assignment()?);
        }
        Ok(Expr::new(ExprKind::Sequence(all), self.since_place(start)))
    }

    pub fn assignment(&mut self) -> Read<Expr> {
        self.deeper(Parser::assignment_inner)
    }

    fn assignment_inner(&mut self) -> Read<Expr> {
        if let Some(arrow) = self.arrow()? {
            return Ok(arrow);
        }
        let first = self.here();
        if self.word("yield") && self.generators.last().is_some() && !self.sign_at(self.at + 1, ":") {
            return self.yielded(first);
        }
        let left = self.conditional()?;
        if self.is("=") {
            let target = Box::new(self.pattern(left)?);
            self.next();
            let value = Box::new(self.assignment()?);
            return Ok(Expr::new(ExprKind::Assign { target, operator: None, value, gives_old: false }, self.since(first)));
        }
        let Some((operator, tokens)) = self.compound_assignment() else { return Ok(left) };
        if !matches!(left.kind, ExprKind::Name(_) | ExprKind::Member { .. } | ExprKind::Index { .. }) {
            return Err(Broken);
        }
        self.at += tokens;
        let target = Box::new(self.pattern(left)?);
        let value = Box::new(self.assignment()?);
        Ok(Expr::new(ExprKind::Assign { target, operator: Some(operator), value, gives_old: false }, self.since(first)))
    }

    fn compound_assignment(&self) -> Option<(Binary, usize)> {
        if let Some((_, operator)) = ASSIGNMENTS.iter().find(|(sign, _)| self.is(sign)) {
            return Some((*operator, 1));
        }
        // `>>=` and `>>>=` come as single signs.
        let count = self.signs_greater();
        (count >= 2 && self.touches(count) && self.sign_at(self.at + count, "=")).then_some((Binary::ShiftRight, count + 1))
    }

    /// How many `>` follow each other without a space.
    fn signs_greater(&self) -> usize {
        (0..3).take_while(|ahead| self.sign_at(self.at + ahead, ">") && (*ahead == 0 || self.touches(*ahead))).count()
    }

    fn touches(&self, ahead: usize) -> bool {
        self.token(self.at + ahead - 1).end == self.token(self.at + ahead).start
    }

    fn yielded(&mut self, first: Token) -> Read<Expr> {
        self.next();
        if let Some(generator) = self.generators.last_mut() {
            *generator = true;
        }
        let each = self.eat("*");
        let ends = self.here().newline || self.closes(")") || self.is("]") || self.is("}") || self.is(",") || self.is(";");
        let value = if ends { None } else { Some(Box::new(self.assignment()?)) };
        Ok(Expr::new(ExprKind::Yield { value, each }, self.since(first)))
    }

    fn conditional(&mut self) -> Read<Expr> {
        let mut start = self.here().start;
        let condition = self.binary(0)?;
        if !self.is("?") {
            return Ok(condition);
        }
        // A long chain of choices is read in a loop and nested from its end.
        let mut arms = Vec::new();
        let mut condition = condition;
        let last = loop {
            self.next();
            let outer = std::mem::replace(&mut self.in_choice, true);
            let no_in = std::mem::replace(&mut self.no_in, false);
            let then = self.assignment();
            (self.in_choice, self.no_in) = (outer, no_in);
            let then = then?;
            self.expect(":")?;
            arms.push((condition, then, start));
            if let Some(arrow) = self.arrow()? {
                break arrow;
            }
            start = self.here().start;
            let next = self.binary(0)?;
            if !self.is("?") || arms.len() > LONGEST {
                break self.finish_arm(next)?;
            }
            condition = next;
        };
        let mut otherwise = last;
        while let Some((condition, then, start)) = arms.pop() {
            let span = self.since_place(start);
            let kind = ExprKind::Conditional { condition: Box::new(condition), then: Box::new(then), otherwise: Box::new(otherwise) };
            otherwise = Expr::new(kind, span);
        }
        Ok(otherwise)
    }

    /// The last arm may assign: `a ? b : c = d`.
    fn finish_arm(&mut self, arm: Expr) -> Read<Expr> {
        if !self.is("=") {
            return Ok(arm);
        }
        let start = arm.span.start;
        let target = Box::new(self.pattern(arm)?);
        self.next();
        let value = Box::new(self.assignment()?);
        Ok(Expr::new(ExprKind::Assign { target, operator: None, value, gives_old: false }, self.since_place(start)))
    }

    /// The operator here, its strength, and how many tokens it is.
    fn operator(&self) -> Option<(Operator, u8, usize)> {
        let token = self.here();
        let text = self.slice_of(token);
        match token.kind {
            Kind::Name => match text {
                "in" if !self.no_in => Some((Operator::Compare(Compare::In), COMPARES, 1)),
                "instanceof" => Some((Operator::Compare(Compare::InstanceOf), COMPARES, 1)),
                _ => None,
            },
            Kind::Sign if text == ">" => {
                let count = self.signs_greater();
                let equal = self.touches(count) && matches!(self.slice_of(self.token(self.at + count)), "=" | "==" | "===");
                match (count, equal) {
                    (1, false) => Some((Operator::Compare(Compare::Greater), COMPARES, 1)),
                    (1, true) => Some((Operator::Compare(Compare::GreaterOrEqual), COMPARES, 2)),
                    (_, false) => Some((Operator::Binary(Binary::ShiftRight), 9, count)),
                    (_, true) => None,
                }
            }
            Kind::Sign => OPERATORS.iter().find(|(sign, _, _)| *sign == text).map(|(_, strength, operator)| (*operator, *strength, 1)),
            _ => None,
        }
    }

    /// Operands joined by operators of at least this strength.
    fn binary(&mut self, least: u8) -> Read<Expr> {
        // A bracket around the first operand belongs to the whole.
        let start = self.here().start;
        let mut left = self.unary()?;
        let mut links = 0;
        loop {
            if (self.word("as") || self.word("satisfies")) && !self.here().newline && least <= COMPARES {
                self.next();
                if !self.eat_word("const") {
                    self.skip_type()?;
                }
                continue;
            }
            let Some((operator, strength, tokens)) = self.operator() else { return Ok(left) };
            if strength < least {
                return Ok(left);
            }
            links += 1;
            if links > LONGEST {
                return Err(Broken);
            }
            self.at += tokens;
            // `**` joins from the right.
            let power = matches!(operator, Operator::Binary(Binary::Power));
            let right = self.deeper(|this| this.binary(if power { strength } else { strength + 1 }))?;
            let span = self.since_place(start);
            let kind = match operator {
                Operator::Binary(operator) => ExprKind::Binary { operator, left: Box::new(left), right: Box::new(right) },
                Operator::Compare(operator) => ExprKind::Compare { first: Box::new(left), rest: vec![(operator, right)] },
                Operator::Logic(operator) => ExprKind::Logic { operator, left: Box::new(left), right: Box::new(right) },
            };
            left = Expr::new(kind, span);
        }
    }

    fn unary(&mut self) -> Read<Expr> {
        let first = self.here();
        let text = self.slice_of(first);
        let operator = match (first.kind, text) {
            (Kind::Sign, "!") => Unary::Not,
            (Kind::Sign, "-") => Unary::Negate,
            (Kind::Sign, "+") => Unary::Plus,
            (Kind::Sign, "~") => Unary::BitNot,
            (Kind::Name, "typeof") => Unary::TypeOf,
            (Kind::Name, "void" | "delete") => Unary::Void,
            (Kind::Name, "await") if self.begins_operand() => {
                self.next();
                let inner = self.deeper(Parser::unary)?;
                return Ok(Expr::new(ExprKind::Await(Box::new(inner)), self.since(first)));
            }
            (Kind::Sign, "++" | "--") => {
                self.next();
                let operand = self.deeper(Parser::unary)?;
                return self.stepped(operand, text, false, first);
            }
            // `<T>value`.
            (Kind::Sign, "<") => {
                self.next();
                self.skip_type()?;
                self.expect(">")?;
                return self.deeper(Parser::unary);
            }
            _ => {
                let operand = self.postfix()?;
                let after = self.here();
                if !after.newline && after.kind == Kind::Sign && matches!(self.slice_of(after), "++" | "--") {
                    self.next();
                    return self.stepped(operand, self.slice_of(after), true, first);
                }
                return Ok(operand);
            }
        };
        self.next();
        let operand = Box::new(self.deeper(Parser::unary)?);
        Ok(Expr::new(ExprKind::Unary { operator, operand }, self.since(first)))
    }

    /// Whether `await` is an operator here and not a name.
    fn begins_operand(&self) -> bool {
        let after = self.ahead(1);
        match after.kind {
            Kind::Sign => matches!(self.slice_of(after), "(" | "[" | "{" | "!" | "-" | "+"),
            Kind::End | Kind::Wrong | Kind::Middle | Kind::Tail => false,
            Kind::Name => !matches!(self.slice_of(after), "in" | "of" | "instanceof"),
            _ => true,
        }
    }

    fn stepped(&mut self, operand: Expr, sign: &str, gives_old: bool, first: Token) -> Read<Expr> {
        if !matches!(operand.kind, ExprKind::Name(_) | ExprKind::Member { .. } | ExprKind::Index { .. }) {
            return Err(Broken);
        }
        let span = self.since(first);
        let operator = if sign == "++" { Binary::Add } else { Binary::Subtract };
        let target = Box::new(self.pattern(operand)?);
        let value = Box::new(Expr::new(ExprKind::Int(1), span));
        Ok(Expr::new(ExprKind::Assign { target, operator: Some(operator), value, gives_old }, span))
    }

    /// Members, elements, calls and templates behind a value.
    fn postfix(&mut self) -> Read<Expr> {
        let first = self.here();
        let value = if self.word("new") { self.constructed(first)? } else { self.primary()? };
        self.chain(value, first, true)
    }

    /// `new a.b.C<T>(args)`; without brackets there are no arguments.
    fn constructed(&mut self, first: Token) -> Read<Expr> {
        self.next();
        if self.eat(".") {
            self.any_name()?;
            return Ok(Expr::new(ExprKind::Unsupported("new.target".into()), self.since(first)));
        }
        let start = self.here();
        let callee = if self.word("new") { self.deeper(|this| this.constructed(start))? } else { self.deeper(Parser::primary)? };
        let callee = self.chain(callee, start, false)?;
        let args = if self.is("(") { self.arguments()? } else { Vec::new() };
        let call = Call { callee, args, new: true, optional: false };
        Ok(Expr::new(ExprKind::Call(Box::new(call)), self.since(first)))
    }

    fn chain(&mut self, value: Expr, first: Token, calls: bool) -> Read<Expr> {
        let mut value = value;
        // Behind one `?.` the rest of the chain does not run either.
        let mut optional = false;
        for _ in 0..LONGEST {
            let token = self.here();
            let sign = if token.kind == Kind::Sign { self.slice_of(token) } else { "" };
            let kind = match sign {
                "." => {
                    self.next();
                    ExprKind::Member { of: Box::new(value), name: self.any_name()?, optional }
                }
                "?." if calls => {
                    self.next();
                    optional = true;
                    if self.is("(") {
                        let args = self.arguments()?;
                        ExprKind::Call(Box::new(Call { callee: value, args, new: false, optional }))
                    } else if self.is("[") {
                        let index = self.index()?;
                        ExprKind::Index { of: Box::new(value), index: Box::new(index), optional }
                    } else {
                        ExprKind::Member { of: Box::new(value), name: self.any_name()?, optional }
                    }
                }
                "[" => {
                    let index = self.index()?;
                    ExprKind::Index { of: Box::new(value), index: Box::new(index), optional }
                }
                "(" if calls => {
                    let args = self.arguments()?;
                    ExprKind::Call(Box::new(Call { callee: value, args, new: false, optional }))
                }
                "!" if !token.newline => {
                    self.next();
                    continue;
                }
                "<" if self.types_of_call() => continue,
                _ if calls && matches!(token.kind, Kind::Template | Kind::Head) => {
                    let pieces = self.deeper(Parser::template_pieces)?;
                    primary::tagged(value, pieces, self.between(token, token))
                }
                _ => return Ok(value),
            };
            value = Expr::new(kind, self.since(first));
        }
        Err(Broken)
    }

    fn index(&mut self) -> Read<Expr> {
        self.expect("[")?;
        let index = self.inside(Parser::sequence)?;
        self.expect("]")?;
        Ok(index)
    }

    pub fn arguments(&mut self) -> Read<Vec<Arg>> {
        self.inside(|this| {
            this.expect("(")?;
            let mut args = Vec::new();
            while !this.closes(")") {
                args.push(if this.eat("...") { Arg::Spread(this.assignment()?) } else { Arg::Positional(this.assignment()?) });
                if !this.eat(",") {
                    break;
                }
            }
            this.expect(")")?;
            Ok(args)
        })
    }
}
