//! What strings, templates and numbers say.

use ecow::EcoString;

use super::cursor::{Parser, Read};
use super::lexer::{Kind, Token};
use crate::lang::pulumi::program::ast::{ExprKind, Piece};

impl Parser<'_> {
    /// The text between a token's first and last letters.
    fn inner(&self, token: Token) -> &str {
        let (start, end) = (token.start as usize + 1, token.end as usize);
        let last = match token.kind {
            Kind::Head | Kind::Middle => 2,
            _ => 1,
        };
        self.slice(start, end.saturating_sub(last).max(start))
    }

    pub fn text_of(&self, token: Token) -> EcoString {
        cooked(self.inner(token))
    }

    /// A template from its head to its tail, or one without values.
    pub fn template_pieces(&mut self) -> Read<Vec<Piece>> {
        let mut pieces = Vec::new();
        loop {
            let token = self.here();
            let text = self.text_of(token);
            if !text.is_empty() {
                pieces.push(Piece::Text(text));
            }
            self.next();
            if !matches!(token.kind, Kind::Head | Kind::Middle) {
                return Ok(pieces);
            }
            let value = self.inside(Parser::sequence)?;
            pieces.push(Piece::Value { value, conversion: None, format: Vec::new() });
            if !matches!(self.here().kind, Kind::Middle | Kind::Tail) {
                return Err(super::cursor::Broken);
            }
        }
    }
}

/// A text with its escapes replaced.
pub fn cooked(text: &str) -> EcoString {
    if !text.contains(['\\', '\r']) {
        return text.into();
    }
    let mut out = EcoString::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter == '\r' {
            if !rest.as_str().starts_with('\n') {
                out.push('\n');
            }
            continue;
        }
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('v') => out.push('\u{b}'),
            Some('0') if !rest.as_str().starts_with(|next: char| next.is_ascii_digit()) => out.push('\0'),
            Some('x') => code(&mut rest, 2, &mut out),
            Some('u') => match rest.as_str().strip_prefix('{').and_then(|after| after.split_once('}')) {
                Some((digits, after)) => {
                    out.push(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
                    rest = after.chars();
                }
                None => code(&mut rest, 4, &mut out),
            },
            Some('\n') | None => {}
            Some('\r') => {
                if rest.as_str().starts_with('\n') {
                    rest.next();
                }
            }
            Some(other) => out.push(other),
        }
    }
    out
}

fn code(rest: &mut std::str::Chars<'_>, digits: usize, out: &mut EcoString) {
    let Some(mut unit) = unit(rest.as_str(), digits) else { return out.push('\u{fffd}') };
    *rest = rest.as_str().get(digits..).unwrap_or_default().chars();
    // Two halves of a letter beyond the first plane.
    if (0xd800..0xdc00).contains(&unit)
        && let Some(low) =
            rest.as_str().strip_prefix("\\u").and_then(|after| self::unit(after, 4)).filter(|low| (0xdc00..0xe000).contains(low))
    {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        *rest = rest.as_str().get(6..).unwrap_or_default().chars();
    }
    out.push(char::from_u32(unit).unwrap_or('\u{fffd}'));
}

fn unit(text: &str, digits: usize) -> Option<u32> {
    u32::from_str_radix(text.get(..digits)?, 16).ok()
}

pub fn number(text: &str) -> ExprKind {
    let plain: String = text.trim_end_matches('n').chars().filter(|letter| *letter != '_').collect();
    let lower = plain.to_ascii_lowercase();
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = lower.strip_prefix(prefix) {
            return match i64::from_str_radix(digits, radix) {
                Ok(number) => ExprKind::Int(number),
                Err(_) => ExprKind::Unsupported("a number".into()),
            };
        }
    }
    if let Ok(number) = plain.parse::<i64>() {
        return ExprKind::Int(number);
    }
    match plain.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && number.abs() < 9e15 => ExprKind::Int(number as i64),
        Ok(number) => ExprKind::Float(number),
        Err(_) => ExprKind::Unsupported("a number".into()),
    }
}
