//! The place in the tokens where reading is, and the small steps from it.

use ecow::EcoString;

use super::lexer::{self, Kind, Token};
use crate::diagnostic::Diagnostics;
use crate::lang::pulumi::program::ast::Expr;
use crate::source::{FileId, Span};

/// A statement that cannot be read.
pub struct Broken;

pub type Read<T> = Result<T, Broken>;

/// How deep expressions and blocks may nest.
pub const DEEPEST: u32 = 60;

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield",
];

pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

pub struct Parser<'t> {
    pub file: FileId,
    pub text: &'t str,
    tokens: Vec<Token>,
    pub at: usize,
    pub depth: u32,
    pub diagnostics: Diagnostics,
    /// For each function around: whether a `yield` was met.
    pub generators: Vec<bool>,
}

impl<'t> Parser<'t> {
    pub fn new(file: FileId, text: &'t str, tokens: Vec<Token>) -> Parser<'t> {
        Parser { file, text, tokens, at: 0, depth: 0, diagnostics: Diagnostics::new(), generators: Vec::new() }
    }

    pub fn here(&self) -> Token {
        self.ahead(0)
    }

    pub fn ahead(&self, count: usize) -> Token {
        let end = self.text.len() as u32;
        self.tokens.get(self.at + count).copied().unwrap_or(Token { kind: Kind::End, start: end, end })
    }

    pub fn next(&mut self) {
        self.at += 1;
    }

    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    pub fn slice_of(&self, token: Token) -> &'t str {
        self.slice(token.start as usize, token.end as usize)
    }

    pub fn at_kind(&self, kind: Kind) -> bool {
        self.here().kind == kind
    }

    pub fn is(&self, sign: &str) -> bool {
        self.at_kind(Kind::Sign) && self.slice_of(self.here()) == sign
    }

    pub fn word(&self, word: &str) -> bool {
        self.at_kind(Kind::Name) && self.slice_of(self.here()) == word
    }

    pub fn eat(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        self.at += usize::from(found);
        found
    }

    pub fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word(word);
        self.at += usize::from(found);
        found
    }

    pub fn expect(&mut self, sign: &str) -> Read<()> {
        if self.eat(sign) { Ok(()) } else { Err(Broken) }
    }

    pub fn expect_word(&mut self, word: &str) -> Read<()> {
        if self.eat_word(word) { Ok(()) } else { Err(Broken) }
    }

    pub fn name(&mut self) -> Read<EcoString> {
        let token = self.here();
        if token.kind != Kind::Name {
            return Err(Broken);
        }
        self.next();
        Ok(self.slice_of(token).into())
    }

    pub fn between(&self, first: Token, last: Token) -> Span {
        Span::new(self.file, first.start, last.end)
    }

    /// From a token to the last one taken.
    pub fn since(&self, first: Token) -> Span {
        let last = self.tokens.get(self.at.saturating_sub(1)).copied().unwrap_or(first);
        Span::new(self.file, first.start, last.end.max(first.end))
    }

    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEEPEST {
            return Err(Broken);
        }
        self.depth += 1;
        let done = read(self);
        self.depth -= 1;
        done
    }

    /// An expression that stands inside a string.
    pub fn nested(&mut self, from: usize, to: usize) -> Read<Expr> {
        let tokens = lexer::tokens(self.slice(from, to));
        let shift = from as u32;
        let mut tokens: Vec<Token> =
            tokens.into_iter().map(|token| Token { start: token.start + shift, end: token.end + shift, ..token }).collect();
        tokens.retain(|token| !matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent));
        let outer = std::mem::replace(&mut self.tokens, tokens);
        let at = std::mem::replace(&mut self.at, 0);
        let read = self.deeper(Parser::expression_list);
        let whole = self.at_kind(Kind::End);
        self.tokens = outer;
        self.at = at;
        if whole { read } else { Err(Broken) }
    }
}
