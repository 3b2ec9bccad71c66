//! The place in the tokens where reading is, and the small steps from it.

use ecow::EcoString;

use super::lexer::{Kind, Problem, Token, Tokens};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span};

/// A statement that cannot be read.
pub struct Broken;

pub type Read<T> = Result<T, Broken>;

/// How deep expressions, types and blocks may nest.
pub const DEEPEST: u32 = 90;

/// Words that are never names.
const RESERVED: &[&str] = &[
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "new",
    "return",
    "switch",
    "throw",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
];

pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

pub struct Parser<'t> {
    pub file: FileId,
    pub text: &'t str,
    tokens: Vec<Token>,
    pub problems: Vec<Problem>,
    pub at: usize,
    pub depth: u32,
    pub diagnostics: Diagnostics,
    /// `in` ends an expression: the start of a `for`.
    pub no_in: bool,
    /// The modules that are imported, wherever that is written.
    pub imports: Vec<EcoString>,
    /// In the first arm of `a ? b : c`, where `(b) : c =>` is no arrow with a type.
    pub in_choice: bool,
    /// For each function around: whether a `yield` was met.
    pub generators: Vec<bool>,
}

impl<'t> Parser<'t> {
    pub fn new(file: FileId, text: &'t str, tokens: Tokens) -> Parser<'t> {
        Parser {
            file,
            text,
            tokens: tokens.all,
            problems: tokens.problems,
            at: 0,
            depth: 0,
            diagnostics: Diagnostics::new(),
            no_in: false,
            imports: Vec::new(),
            in_choice: false,
            generators: Vec::new(),
        }
    }

    pub fn here(&self) -> Token {
        self.token(self.at)
    }

    pub fn token(&self, at: usize) -> Token {
        let end = self.text.len() as u32;
        self.tokens.get(at).copied().unwrap_or(Token { kind: Kind::End, start: end, end, newline: true, close: 0 })
    }

    pub fn ahead(&self, count: usize) -> Token {
        self.token(self.at + count)
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

    pub fn sign_at(&self, at: usize, sign: &str) -> bool {
        let token = self.token(at);
        token.kind == Kind::Sign && self.slice_of(token) == sign
    }

    pub fn is(&self, sign: &str) -> bool {
        self.sign_at(self.at, sign)
    }

    pub fn word_at(&self, at: usize, word: &str) -> bool {
        let token = self.token(at);
        token.kind == Kind::Name && self.slice_of(token) == word
    }

    pub fn word(&self, word: &str) -> bool {
        self.word_at(self.at, word)
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
        // A bracket that was missing has no letters; the balance is kept, so the next closing one is meant.
        if self.eat(sign) || (matches!(sign, ")" | "]" | "}") && self.eat_added()) { Ok(()) } else { Err(Broken) }
    }

    /// Whether a closing bracket stands here that the text does not have.
    pub fn is_added(&self) -> bool {
        let token = self.here();
        token.kind == Kind::Sign && token.start == token.end
    }

    fn eat_added(&mut self) -> bool {
        let found = self.is_added();
        self.at += usize::from(found);
        found
    }

    /// Whether what was opened ends here.
    pub fn closes(&self, sign: &str) -> bool {
        self.is(sign) || self.is_added() || self.at_kind(Kind::End)
    }

    /// Behind the bracket that closes the one here.
    pub fn skip_bracket(&mut self) {
        let close = self.here().close as usize;
        self.at = if close > self.at { close + 1 } else { self.at + 1 };
    }

    pub fn name(&mut self) -> Read<EcoString> {
        let token = self.here();
        if token.kind != Kind::Name || is_reserved(self.slice_of(token)) {
            return Err(Broken);
        }
        self.next();
        Ok(self.slice_of(token).into())
    }

    /// A name where every word may stand: behind a dot, before a colon.
    pub fn any_name(&mut self) -> Read<EcoString> {
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
        self.since_place(first.start)
    }

    pub fn since_place(&self, start: u32) -> Span {
        let last = self.at.checked_sub(1).map(|at| self.token(at));
        Span::new(self.file, start, last.map_or(start, |last| last.end.max(start)))
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

    /// Inside brackets, what was special outside is not.
    pub fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let (no_in, in_choice) = (self.no_in, self.in_choice);
        (self.no_in, self.in_choice) = (false, false);
        let done = read(self);
        (self.no_in, self.in_choice) = (no_in, in_choice);
        done
    }
}
