//! What is assigned to: names, places, and the shapes of destructuring.

use ecow::EcoString;

use super::cursor::{Broken, Parser, Read};
use super::lexer::Kind;
use crate::lang::pulumi::program::ast::*;

impl Parser<'_> {
    /// A pattern that declares: a name, `[a, b]`, `{ a, b: c = 1, ...rest }`.
    pub fn binding(&mut self) -> Read<Pattern> {
        self.deeper(|this| {
            if this.is("[") {
                return this.inside(Parser::binding_list);
            }
            if this.is("{") {
                return this.inside(Parser::binding_object);
            }
            let token = this.here();
            let name = this.name()?;
            Ok(Pattern::Name(name, this.between(token, token)))
        })
    }

    fn with_default(&mut self, pattern: Pattern) -> Read<Pattern> {
        if !self.eat("=") {
            return Ok(pattern);
        }
        Ok(Pattern::Default(Box::new(pattern), Box::new(self.assignment()?)))
    }

    fn binding_list(&mut self) -> Read<Pattern> {
        self.expect("[")?;
        let mut items = Vec::new();
        while !self.closes("]") {
            if self.eat(",") {
                items.push(PatternItem::Hole);
                continue;
            }
            if self.eat("...") {
                items.push(PatternItem::Rest(self.binding()?));
            } else {
                let pattern = self.binding()?;
                items.push(PatternItem::One(self.with_default(pattern)?));
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect("]")?;
        Ok(Pattern::List(items))
    }

    fn binding_object(&mut self) -> Read<Pattern> {
        self.expect("{")?;
        let mut fields = Vec::new();
        while !self.closes("}") {
            if self.eat("...") {
                fields.push(PatternField::Rest(self.binding()?));
            } else {
                let token = self.here();
                let key = self.property_key()?;
                let target = if self.eat(":") {
                    self.binding()?
                } else if token.kind == Kind::Name {
                    Pattern::Name(self.slice_of(token).into(), self.between(token, token))
                } else {
                    return Err(Broken);
                };
                let target = self.with_default(target)?;
                fields.push(PatternField::One { key, target });
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect("}")?;
        Ok(Pattern::Object(fields))
    }

    /// The pattern that an expression turns out to be when an `=` follows it.
    pub fn pattern(&self, expr: Expr) -> Read<Pattern> {
        Ok(match expr.kind {
            ExprKind::Name(name) => Pattern::Name(name, expr.span),
            ExprKind::Member { .. } | ExprKind::Index { .. } => Pattern::Place(expr),
            ExprKind::Assign { target, operator: None, value, .. } => Pattern::Default(target, value),
            ExprKind::List(items) => {
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
            ExprKind::Dict(entries) => {
                let mut fields = Vec::with_capacity(entries.len());
                for entry in entries {
                    fields.push(match entry {
                        Entry::Pair { key, value } => PatternField::One { key, target: self.pattern(value)? },
                        Entry::Spread(expr) => PatternField::Rest(self.pattern(expr)?),
                    });
                }
                Pattern::Object(fields)
            }
            _ => return Err(Broken),
        })
    }
}

/// The names a pattern gives values to.
pub fn names_of(pattern: &Pattern, out: &mut Vec<EcoString>) {
    match pattern {
        Pattern::Name(name, _) => out.push(name.clone()),
        Pattern::Place(_) => {}
        Pattern::Default(inner, _) => names_of(inner, out),
        Pattern::List(items) => items.iter().for_each(|item| match item {
            PatternItem::One(inner) | PatternItem::Rest(inner) => names_of(inner, out),
            PatternItem::Hole => {}
        }),
        Pattern::Object(fields) => fields.iter().for_each(|field| match field {
            PatternField::One { target, .. } | PatternField::Rest(target) => names_of(target, out),
        }),
    }
}
