//! Tokens of TypeScript: names, numbers, strings, the pieces of templates, regular expressions and signs.
//!
//! Brackets always balance in what comes out: one that is missing is added without a width, one too many is dropped,
//! and each is a problem. So the parser never loses its way because of one bracket.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a word of the language.
    Name,
    Number,
    /// With its quotes.
    Text,
    /// A template without values.
    Template,
    /// A template up to its first `${`, between two values, and after the last.
    Head,
    Middle,
    Tail,
    Regex,
    Sign,
    /// A sign the language does not have.
    Wrong,
    End,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
    /// A line begins before it.
    pub newline: bool,
    /// Of a bracket or a template's head: the number of the token that closes it.
    pub close: u32,
}

/// What is wrong with the letters themselves.
#[derive(Debug, Clone, Copy)]
pub struct Problem {
    pub start: u32,
    pub end: u32,
    pub message: &'static str,
}

pub struct Tokens {
    pub all: Vec<Token>,
    pub problems: Vec<Problem>,
}

/// Signs of more than one letter, longest first. `>` stands alone: two of them may close two lists of types.
const SIGNS: &[&str] = &[
    "...", "===", "!==", "**=", "<<=", "&&=", "||=", "??=", "=>", "==", "!=", "<=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "**", "<<",
];

/// Words after which a slash begins a regular expression.
const BEFORE_REGEX: &[&str] =
    &["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "instanceof", "await", "yield"];

/// Words that begin a statement: at the start of a line they end whatever was left open.
const STARTS: &[&str] = &["const ", "let ", "var ", "export ", "import ", "function ", "class ", "interface ", "async function "];

pub fn tokens(text: &str) -> Tokens {
    let first = Lexer::run(text, false);
    // Only where brackets do not balance do lines say where statements begin: otherwise bodies may be unindented.
    if first.problems.is_empty() { first } else { Lexer::run(text, true) }
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    out: Tokens,
    /// The tokens that opened what is open.
    open: Vec<u32>,
    newline: bool,
}

impl<'t> Lexer<'t> {
    fn run(text: &'t str, starts_over: bool) -> Tokens {
        let out = Tokens { all: Vec::with_capacity(text.len() / 4), problems: Vec::new() };
        let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0, out, open: Vec::new(), newline: true };
        if text.starts_with('\u{feff}') {
            lexer.at = 3;
        }
        if lexer.rest().starts_with("#!") {
            lexer.skip_line();
        }
        while lexer.at < lexer.bytes.len() {
            if starts_over && !lexer.open.is_empty() && lexer.line_starts() {
                lexer.close_until(0);
            }
            lexer.token();
        }
        lexer.close_until(0);
        let end = lexer.bytes.len();
        lexer.push(Kind::End, end);
        lexer.out
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn line_starts(&self) -> bool {
        self.at.checked_sub(1).is_some_and(|before| self.bytes.get(before) == Some(&b'\n'))
            && STARTS.iter().any(|start| self.rest().starts_with(start))
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.out.all.push(Token { kind, start: start as u32, end: self.at.max(start) as u32, newline: self.newline, close: 0 });
        self.newline = false;
    }

    fn problem(&mut self, start: usize, end: usize, message: &'static str) {
        const MOST: usize = 50;
        if self.out.problems.len() < MOST {
            self.out.problems.push(Problem { start: start as u32, end: end as u32, message });
        }
    }

    fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.peek(0) != b'\n' {
            self.at += 1;
        }
    }

    fn token(&mut self) {
        let start = self.at;
        match self.peek(0) {
            b'\n' => {
                self.at += 1;
                self.newline = true;
            }
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
            b'/' if self.peek(1) == b'/' => self.skip_line(),
            b'/' if self.peek(1) == b'*' => self.comment(start),
            b'/' if self.may_be_regex() && self.regex() => self.push(Kind::Regex, start),
            b'"' | b'\'' => self.string(start),
            b'`' => {
                self.at += 1;
                self.template(start, true);
            }
            b'0'..=b'9' => self.number(start),
            b'.' if self.peek(1).is_ascii_digit() => self.number(start),
            // A space of another script.
            0xc2 if self.peek(1) == 0xa0 => self.at += 2,
            0xe2 if self.peek(1) == 0x80 && matches!(self.peek(2), 0xa8 | 0xa9) => {
                self.at += 3;
                self.newline = true;
            }
            byte if is_name(byte) || byte == b'#' || byte == b'\\' => {
                self.at += 1;
                while is_name(self.peek(0)) || self.peek(0).is_ascii_digit() {
                    self.at += 1;
                }
                self.push(Kind::Name, start);
            }
            _ => self.sign(start),
        }
    }

    fn comment(&mut self, start: usize) {
        match self.rest().get(2..).and_then(|rest| rest.find("*/")) {
            Some(length) => {
                let end = start + length + 4;
                self.newline |= self.text.get(start..end).is_some_and(|comment| comment.contains('\n'));
                self.at = end;
            }
            None => {
                self.at = self.bytes.len();
                self.problem(start, start + 2, "this comment is not closed");
            }
        }
    }

    fn string(&mut self, start: usize) {
        let quote = self.peek(0);
        self.at += 1;
        loop {
            match self.peek(0) {
                b'\\' if self.peek(1) == b'\r' && self.peek(2) == b'\n' => self.at += 3,
                b'\\' => self.at += 2,
                b'\n' | 0 if self.at >= self.bytes.len() || self.peek(0) == b'\n' => {
                    self.at = self.at.min(self.bytes.len());
                    self.problem(start, self.at, "this text is not closed");
                    break;
                }
                byte => {
                    self.at += 1;
                    if byte == quote {
                        break;
                    }
                }
            }
        }
        self.at = self.at.min(self.bytes.len());
        self.push(Kind::Text, start);
    }

    /// The rest of a template from behind a backtick or a value's closing brace.
    fn template(&mut self, start: usize, begins: bool) {
        let mut values = false;
        loop {
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    values = true;
                    break;
                }
                _ if self.at >= self.bytes.len() => {
                    // It is taken to end with its line, so that what follows is read.
                    self.at = start + 1;
                    self.skip_line();
                    self.problem(start, self.at, "this template is not closed");
                    break;
                }
                _ => self.at += 1,
            }
        }
        match (begins, values) {
            (true, false) => self.push(Kind::Template, start),
            (true, true) => {
                self.open.push(self.out.all.len() as u32);
                self.push(Kind::Head, start);
            }
            (false, true) => self.push(Kind::Middle, start),
            (false, false) => {
                self.close_last();
                self.push(Kind::Tail, start);
            }
        }
    }

    fn number(&mut self, start: usize) {
        let hex = self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X');
        while self.peek(0).is_ascii_alphanumeric()
            || matches!(self.peek(0), b'.' | b'_')
            || (!hex && matches!(self.peek(0), b'+' | b'-') && matches!(self.bytes.get(self.at.wrapping_sub(1)), Some(b'e' | b'E')))
        {
            self.at += 1;
        }
        self.push(Kind::Number, start);
    }

    fn may_be_regex(&self) -> bool {
        let Some(last) = self.out.all.last() else { return true };
        let text = self.text.get(last.start as usize..last.end as usize).unwrap_or_default();
        match last.kind {
            Kind::Sign => !matches!(text, ")" | "]" | "}" | "++" | "--" | ""),
            Kind::Name => BEFORE_REGEX.contains(&text),
            Kind::Head | Kind::Middle => true,
            _ => false,
        }
    }

    fn regex(&mut self) -> bool {
        let mut at = self.at + 1;
        let mut class = false;
        loop {
            match self.bytes.get(at) {
                None | Some(b'\n') => return false,
                Some(b'\\') => at += 1,
                Some(b'[') => class = true,
                Some(b']') => class = false,
                Some(b'/') if !class => break,
                _ => {}
            }
            at += 1;
        }
        at += 1;
        while self.bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        self.at = at;
        true
    }

    fn sign(&mut self, start: usize) {
        let rest = self.rest();
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            // `a ?.5 : b` is a choice, not a chain.
            if *sign != "?." || !self.peek(2).is_ascii_digit() {
                self.at += sign.len();
                return self.push(Kind::Sign, start);
            }
        }
        let byte = self.peek(0);
        self.at += 1;
        match byte {
            b'(' | b'[' | b'{' => {
                self.open.push(self.out.all.len() as u32);
                self.push(Kind::Sign, start);
            }
            b')' | b']' | b'}' => self.closing(byte, start),
            b';' | b',' | b'.' | b'<' | b'>' | b'=' | b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'!' | b'~' | b'?' | b':'
            | b'@' => self.push(Kind::Sign, start),
            _ => {
                while self.at < self.bytes.len() && !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
                self.push(Kind::Wrong, start);
            }
        }
    }

    fn opener(&self, token: u32) -> u8 {
        match self.out.all.get(token as usize) {
            Some(token) if token.kind == Kind::Head => b'`',
            Some(token) => self.bytes.get(token.start as usize).copied().unwrap_or(0),
            None => 0,
        }
    }

    fn closing(&mut self, byte: u8, start: usize) {
        let fits = |opener: u8| matches!((opener, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}') | (b'`', b'}'));
        let Some(level) = self.open.iter().rposition(|token| fits(self.opener(*token))) else {
            return self.problem(start, self.at, "nothing is open that this closes");
        };
        let end = self.at;
        self.at = start;
        self.close_until(level + 1);
        self.at = end;
        if self.open.last().is_some_and(|token| self.opener(*token) == b'`') {
            return self.template(start, false);
        }
        self.close_last();
        self.push(Kind::Sign, start);
    }

    fn close_last(&mut self) {
        let close = self.out.all.len() as u32;
        if let Some(opener) = self.open.pop().and_then(|token| self.out.all.get_mut(token as usize)) {
            opener.close = close;
        }
    }

    /// Adds what is missing.
    fn close_until(&mut self, level: usize) {
        while self.open.len() > level {
            let token = self.open.last().copied().unwrap_or_default();
            let place = self.out.all.get(token as usize).map_or((0, 0), |token| (token.start as usize, token.end as usize));
            self.problem(place.0, place.1, "this is not closed");
            let head = self.opener(token) == b'`';
            self.close_last();
            let (at, newline) = (self.at, self.newline);
            self.push(if head { Kind::Tail } else { Kind::Sign }, at);
            // The line's first token is still the one that the text has.
            self.newline = newline;
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte == b'$' || byte.is_ascii_alphabetic() || byte >= 0x80
}
