//! Python's string literals: prefixes, escapes, and the pieces of f-strings.

use ecow::EcoString;

use super::cursor::{Parser, Read};
use super::lexer;
use crate::lang::pulumi::program::ast::{Expr, ExprKind, Piece};

/// A literal's parts: its prefix's meaning and the range between the quotes.
struct Literal {
    raw: bool,
    formats: bool,
    from: usize,
    to: usize,
}

impl Parser<'_> {
    /// Adjacent string literals are one.
    pub fn strings(&mut self) -> Read<Expr> {
        let first = self.here();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last = first;
        while self.at_kind(lexer::Kind::Text) {
            last = self.here();
            let (start, end) = (last.start as usize, last.end as usize);
            self.next();
            let literal = self.literal(start, end);
            if literal.formats {
                self.pieces(literal.from, literal.to, literal.raw, &mut pieces, 0)?;
            } else {
                let text = unescaped(self.slice(literal.from, literal.to), literal.raw);
                push_text(&mut pieces, text);
            }
        }
        let span = self.between(first, last);
        let kind = match pieces.len() {
            0 => ExprKind::Text(EcoString::new()),
            1 => match pieces.pop() {
                Some(Piece::Text(text)) => ExprKind::Text(text),
                Some(piece) => ExprKind::Template(vec![piece]),
                None => ExprKind::Text(EcoString::new()),
            },
            _ => ExprKind::Template(pieces),
        };
        Ok(Expr::new(kind, span))
    }

    fn literal(&self, start: usize, end: usize) -> Literal {
        let text = self.slice(start, end);
        let quote_at = text.find(['"', '\'']).unwrap_or(0);
        let (prefix, quoted) = text.split_at(quote_at);
        let quotes = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") { 3 } else { 1 };
        let mark = quoted.get(..quotes).unwrap_or_default();
        let closed = quoted.len() >= 2 * quotes && quoted.ends_with(mark);
        let has = |letters: &[char]| prefix.contains(letters);
        Literal {
            raw: has(&['r', 'R']),
            formats: has(&['f', 'F', 't', 'T']),
            from: start + quote_at + quotes,
            to: if closed { end - quotes } else { end },
        }
    }

    /// The pieces of an f-string between two places.
    fn pieces(&mut self, from: usize, to: usize, raw: bool, out: &mut Vec<Piece>, depth: u32) -> Read<()> {
        const DEEPEST: u32 = 4;
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mut at = from;
        let mut text_from = from;
        while at < to {
            match byte(at) {
                b'{' if byte(at + 1) == b'{' && depth == 0 => {
                    push_text(out, unescaped(self.slice(text_from, at + 1), raw));
                    at += 2;
                    text_from = at;
                }
                b'}' if byte(at + 1) == b'}' && depth == 0 => {
                    push_text(out, unescaped(self.slice(text_from, at + 1), raw));
                    at += 2;
                    text_from = at;
                }
                b'{' => {
                    push_text(out, unescaped(self.slice(text_from, at), raw));
                    let field = Field::of(bytes, at + 1, to);
                    let mut value = self.nested(at + 1, field.value_end)?;
                    if field.shows_itself {
                        push_text(out, EcoString::from(self.slice(at + 1, field.value_end)) + "=");
                        if field.conversion.is_none() && field.format.is_none() {
                            value = Expr { span: value.span, ..value };
                        }
                    }
                    let mut format = Vec::new();
                    if let Some((from, to)) = field.format
                        && depth < DEEPEST
                    {
                        self.pieces(from, to, raw, &mut format, depth + 1)?;
                    }
                    let conversion = field.conversion.or(if field.shows_itself && format.is_empty() { Some('r') } else { None });
                    out.push(Piece::Value { value, conversion, format });
                    at = field.end;
                    text_from = at;
                }
                b'\\' if !raw => at += 2,
                _ => at += 1,
            }
        }
        push_text(out, unescaped(self.slice(text_from.min(to), to), raw));
        Ok(())
    }
}

/// Where the parts of `{value!r:format}` are.
struct Field {
    value_end: usize,
    shows_itself: bool,
    conversion: Option<char>,
    format: Option<(usize, usize)>,
    /// After the closing brace.
    end: usize,
}

impl Field {
    fn of(bytes: &[u8], from: usize, to: usize) -> Field {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mut open = 0usize;
        let mut at = from;
        let mut value_end = None;
        let mut conversion = None;
        let mut format_from = None;
        while at < to {
            match byte(at) {
                b'\'' | b'"' if format_from.is_none() => {
                    at = lexer::string_end(bytes, at, false, 1);
                    continue;
                }
                b'(' | b'[' | b'{' => open += 1,
                b'}' if open == 0 => break,
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b'!' if open == 0 && format_from.is_none() && byte(at + 1) != b'=' => {
                    value_end = value_end.or(Some(at));
                    conversion = Some(char::from(byte(at + 1)));
                    at += 1;
                }
                b':' if open == 0 && format_from.is_none() => {
                    value_end = value_end.or(Some(at));
                    format_from = Some(at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        let at = at.min(to);
        let mut value_end = value_end.unwrap_or(at);
        let mut last = value_end;
        while last > from && byte(last - 1) == b' ' {
            last -= 1;
        }
        let shows_itself = last > from && byte(last - 1) == b'=' && !matches!(byte(last.saturating_sub(2)), b'=' | b'!' | b'<' | b'>');
        if shows_itself {
            value_end = last - 1;
        }
        Field { value_end, shows_itself, conversion, format: format_from.map(|from| (from, at)), end: (at + 1).min(to) }
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: EcoString) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(&text),
        _ => pieces.push(Piece::Text(text)),
    }
}

/// The text a literal stands for.
fn unescaped(text: &str, raw: bool) -> EcoString {
    if raw || !text.contains('\\') {
        return text.into();
    }
    let mut out = EcoString::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some('\n') => {}
            Some(kind @ ('x' | 'u' | 'U')) => {
                let count = match kind {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let rest = letters.as_str();
                let code = rest.get(..count).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                match code {
                    Some(code) => {
                        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                        letters = rest.get(count..).unwrap_or_default().chars();
                    }
                    None => {
                        out.push('\\');
                        out.push(kind);
                    }
                }
            }
            Some(letter @ ('\\' | '\'' | '"')) => out.push(letter),
            Some(letter) => {
                out.push('\\');
                out.push(letter);
            }
            None => out.push('\\'),
        }
    }
    out
}
