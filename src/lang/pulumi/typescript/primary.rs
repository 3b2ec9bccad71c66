//! The smallest expressions: names, literals, arrays, objects, functions and classes as values.

use std::sync::Arc;

use super::cursor::{Broken, Parser, Read, is_reserved};
use super::lexer::{Kind, Token};
use super::strings;
use crate::lang::pulumi::program::ast::*;
use crate::source::Span;

impl Parser<'_> {
    pub fn primary(&mut self) -> Read<Expr> {
        let first = self.here();
        let kind = match first.kind {
            Kind::Name => return self.word_expression(first),
            Kind::Number => {
                self.next();
                strings::number(self.slice_of(first))
            }
            Kind::Text => {
                self.next();
                ExprKind::Text(self.text_of(first))
            }
            Kind::Template | Kind::Head => match self.deeper(Parser::template_pieces)?.as_slice() {
                [] => ExprKind::Text("".into()),
                [Piece::Text(text)] => ExprKind::Text(text.clone()),
                pieces => ExprKind::Template(pieces.to_vec()),
            },
            Kind::Regex => {
                self.next();
                self.regex(first)
            }
            Kind::Sign => match self.slice_of(first) {
                "(" => {
                    self.next();
                    let inner = self.inside(Parser::sequence)?;
                    self.expect(")")?;
                    return Ok(inner);
                }
                "[" => self.inside(Parser::list)?,
                "{" => self.inside(Parser::object)?,
                "@" => {
                    let decorators = self.decorators()?;
                    ExprKind::Class(Arc::new(self.class(decorators, first)?))
                }
                _ => return Err(Broken),
            },
            Kind::Middle | Kind::Tail | Kind::Wrong | Kind::End => return Err(Broken),
        };
        Ok(Expr::new(kind, self.since(first)))
    }

    fn word_expression(&mut self, first: Token) -> Read<Expr> {
        let kind = match self.slice_of(first) {
            "true" | "false" => {
                self.next();
                ExprKind::Bool(self.slice_of(first) == "true")
            }
            "null" => {
                self.next();
                ExprKind::Null
            }
            "undefined" => {
                self.next();
                ExprKind::Undefined
            }
            "this" => {
                self.next();
                ExprKind::This
            }
            "super" => {
                self.next();
                ExprKind::Super
            }
            "function" => ExprKind::Function(Arc::new(self.function(Vec::new())?)),
            "async" if self.word_at(self.at + 1, "function") && !self.ahead(1).newline => {
                ExprKind::Function(Arc::new(self.function(Vec::new())?))
            }
            "class" => ExprKind::Class(Arc::new(self.class(Vec::new(), first)?)),
            "import" => {
                self.next();
                if self.eat(".") {
                    self.any_name()?;
                    ExprKind::Unsupported("import.meta".into())
                } else {
                    self.imported()?
                }
            }
            "require" if self.sign_at(self.at + 1, "(") => {
                self.next();
                self.imported()?
            }
            word if is_reserved(word) => return Err(Broken),
            word => {
                self.next();
                ExprKind::Name(word.into())
            }
        };
        Ok(Expr::new(kind, self.since(first)))
    }

    /// `("./module")` behind `import` and `require`.
    fn imported(&mut self) -> Read<ExprKind> {
        let args = self.arguments()?;
        Ok(match args.into_iter().next() {
            Some(Arg::Positional(Expr { kind: ExprKind::Text(module), .. })) => {
                self.imports.push(module.clone());
                ExprKind::Import(module)
            }
            _ => ExprKind::Unsupported("an import whose name is not a constant".into()),
        })
    }

    /// `/pattern/flags` is what `new RegExp("pattern", "flags")` makes.
    fn regex(&self, token: Token) -> ExprKind {
        let span = self.between(token, token);
        let text = self.slice_of(token).get(1..).unwrap_or_default();
        let (pattern, flags) = text.rsplit_once('/').unwrap_or((text, ""));
        let args = [pattern, flags].map(|part| Arg::Positional(Expr::new(ExprKind::Text(part.into()), span)));
        let callee = Expr::new(ExprKind::Name("RegExp".into()), span);
        ExprKind::Call(Box::new(Call { callee, args: args.to_vec(), new: true, optional: false }))
    }

    fn list(&mut self) -> Read<ExprKind> {
        self.expect("[")?;
        let mut items = Vec::new();
        while !self.closes("]") {
            if self.eat(",") {
                items.push(Item::Hole);
                continue;
            }
            items.push(if self.eat("...") { Item::Spread(self.assignment()?) } else { Item::One(self.assignment()?) });
            if !self.eat(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(ExprKind::List(items))
    }

    fn object(&mut self) -> Read<ExprKind> {
        self.expect("{")?;
        let mut entries = Vec::new();
        while !self.closes("}") {
            entries.push(self.entry()?);
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(ExprKind::Dict(entries))
    }

    fn entry(&mut self) -> Read<Entry> {
        if self.eat("...") {
            return Ok(Entry::Spread(self.assignment()?));
        }
        let first = self.here();
        let mut is_async = false;
        let mut accessor = false;
        // `get`, `set` and `async` are keys too.
        while first.kind == Kind::Name && matches!(self.slice_of(self.here()), "get" | "set" | "async") && self.begins_key(1) {
            is_async |= self.word("async");
            accessor |= !self.word("async");
            self.next();
        }
        let generator = self.eat("*");
        let token = self.here();
        let key = self.property_key()?;
        if self.is("(") || self.is("<") {
            let name = match &key.kind {
                ExprKind::Text(text) => text.clone(),
                _ => "".into(),
            };
            let mut function = self.method(name, first, is_async, Vec::new())?.ok_or(Broken)?;
            function.generator |= generator;
            let span = function.span;
            // The getter of a literal runs when it is read; its value is taken at once.
            let value = Expr::new(ExprKind::Function(Arc::new(function)), span);
            let value = if accessor && self.slice_of(first) == "get" {
                let call = Call { callee: value, args: Vec::new(), new: false, optional: false };
                Expr::new(ExprKind::Call(Box::new(call)), span)
            } else {
                value
            };
            // A setter is no value.
            if accessor && self.slice_of(first) == "set" {
                return Ok(Entry::Spread(Expr::new(ExprKind::Dict(Vec::new()), span)));
            }
            return Ok(Entry::Pair { key, value });
        }
        if self.eat(":") {
            return Ok(Entry::Pair { key, value: self.assignment()? });
        }
        if token.kind != Kind::Name {
            return Err(Broken);
        }
        let span = self.between(token, token);
        let word = self.slice_of(token);
        let kind = match word {
            "undefined" => ExprKind::Undefined,
            "true" | "false" | "null" | "this" => return Err(Broken),
            word if is_reserved(word) => return Err(Broken),
            word => ExprKind::Name(word.into()),
        };
        let name = Expr::new(kind, span);
        if !self.eat("=") {
            return Ok(Entry::Pair { key, value: name });
        }
        // `{ a = 1 }`, the default of a destructuring.
        let target = Box::new(self.pattern(name)?);
        let value = Box::new(self.assignment()?);
        let value = Expr::new(ExprKind::Assign { target, operator: None, value, gives_old: false }, self.since(token));
        Ok(Entry::Pair { key, value })
    }

    /// Whether a key stands some tokens ahead, so that the word here only describes it.
    pub fn begins_key(&self, ahead: usize) -> bool {
        let token = self.ahead(ahead);
        match token.kind {
            Kind::Name | Kind::Text | Kind::Number => true,
            Kind::Sign => matches!(self.slice_of(token), "[" | "*" | "{"),
            _ => false,
        }
    }

    /// A key of an object or a member's name.
    pub fn property_key(&mut self) -> Read<Expr> {
        let token = self.here();
        let span = self.between(token, token);
        let kind = match token.kind {
            Kind::Name => ExprKind::Text(self.slice_of(token).into()),
            Kind::Text => ExprKind::Text(self.text_of(token)),
            Kind::Number => strings::number(self.slice_of(token)),
            Kind::Sign if self.is("[") => {
                self.next();
                let key = self.inside(Parser::assignment)?;
                self.expect("]")?;
                return Ok(key);
            }
            _ => return Err(Broken),
        };
        self.next();
        Ok(Expr::new(kind, span))
    }
}

/// A template with a function before it: the SDK's own are given text and values in turn, others as the language says.
pub fn tagged(callee: Expr, pieces: Vec<Piece>, span: Span) -> ExprKind {
    let in_turn = match &callee.kind {
        ExprKind::Name(name) | ExprKind::Member { name, .. } => name == "interpolate" || name == "raw",
        _ => false,
    };
    let mut args = Vec::new();
    let mut texts = Vec::new();
    let mut after_text = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let text = Expr::new(ExprKind::Text(text), span);
                after_text = true;
                if in_turn { args.push(Arg::Positional(text)) } else { texts.push(Item::One(text)) }
            }
            Piece::Value { value, .. } => {
                if !after_text && !in_turn {
                    texts.push(Item::One(Expr::new(ExprKind::Text("".into()), span)));
                }
                after_text = false;
                args.push(Arg::Positional(value));
            }
        }
    }
    if !in_turn {
        if !after_text {
            texts.push(Item::One(Expr::new(ExprKind::Text("".into()), span)));
        }
        args.insert(0, Arg::Positional(Expr::new(ExprKind::List(texts), span)));
    }
    ExprKind::Call(Box::new(Call { callee, args, new: false, optional: false }))
}
