//! Python's tokens: names, numbers, strings, signs, and where lines and blocks begin and end.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Name,
    Number,
    /// With its prefix and quotes.
    Text,
    Sign,
    Newline,
    Indent,
    Dedent,
    /// A sign no Python has.
    Wrong,
    End,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

/// Blocks nested deeper than this are one level.
const DEEPEST: usize = 100;

/// Signs of more than one letter, longest first.
const SIGNS: &[&str] = &[
    "**=", "//=", ">>=", "<<=", "...", "!=", "==", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**",
    "//", "<<", ">>", "<>",
];

/// Words that begin a statement: at the start of a line they end whatever was left open.
const STARTS: &[&str] = &["def ", "class ", "import ", "from ", "async def ", "@"];

pub fn tokens(text: &str) -> Vec<Token> {
    // A bracket that nothing closes would take the rest of the file along: it is read as no bracket then.
    const MOST_UNCLOSED: usize = 10;
    let mut ignored = Vec::new();
    loop {
        let (bytes, out) = (text.as_bytes(), Vec::with_capacity(text.len() / 4));
        let mut lexer = Lexer { text, bytes, at: 0, out, indents: vec![0], open: Vec::new(), ignored: &ignored };
        lexer.run();
        match lexer.open.first().copied() {
            Some(unclosed) if ignored.len() < MOST_UNCLOSED => {
                let _ = lexer;
                ignored.push(unclosed);
            }
            _ => return lexer.out,
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    out: Vec<Token>,
    indents: Vec<usize>,
    /// Where the brackets begin that are open.
    open: Vec<usize>,
    /// Brackets that are not closed anywhere.
    ignored: &'t [usize],
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.out.push(Token { kind, start: start as u32, end: self.at as u32 });
    }

    fn run(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = 3;
        }
        self.line_start();
        while self.at < self.bytes.len() {
            let start = self.at;
            match self.peek(0) {
                b' ' | b'\t' | b'\r' | 0x0c => self.at += 1,
                b'#' => self.comment(),
                b'\\' if matches!(self.peek(1), b'\n' | b'\r') => {
                    self.at += if self.peek(1) == b'\r' && self.peek(2) == b'\n' { 3 } else { 2 };
                }
                b'\n' => {
                    if self.open.is_empty()
                        && !matches!(self.out.last().map(|token| token.kind), None | Some(Kind::Newline | Kind::Indent | Kind::Dedent))
                    {
                        self.push(Kind::Newline, start);
                    }
                    self.at += 1;
                    if !self.open.is_empty() && self.starts_over() {
                        self.open.clear();
                        self.push(Kind::Newline, start);
                    }
                    if self.open.is_empty() {
                        self.line_start();
                    }
                }
                b'"' | b'\'' => self.string(start, false),
                b'0'..=b'9' => self.number(start),
                b'.' if self.peek(1).is_ascii_digit() => self.number(start),
                byte if byte == b'_' || byte.is_ascii_alphabetic() || byte >= 0x80 => self.name(start),
                _ => self.sign(start),
            }
        }
        if !matches!(self.out.last().map(|token| token.kind), None | Some(Kind::Newline)) {
            self.push(Kind::Newline, self.at);
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        self.push(Kind::End, self.at);
    }

    fn starts_over(&self) -> bool {
        self.text.get(self.at..).is_some_and(|rest| STARTS.iter().any(|start| rest.starts_with(start)))
    }

    fn comment(&mut self) {
        while self.at < self.bytes.len() && self.peek(0) != b'\n' {
            self.at += 1;
        }
    }

    /// Blocks open and close by the spaces before the first token of a line.
    fn line_start(&mut self) {
        loop {
            let start = self.at;
            let mut width = 0;
            loop {
                match self.peek(0) {
                    b' ' => width += 1,
                    b'\t' => width = width / 8 * 8 + 8,
                    b'\r' | 0x0c => {}
                    _ => break,
                }
                self.at += 1;
            }
            match self.peek(0) {
                b'#' => {
                    self.comment();
                    if self.at < self.bytes.len() {
                        self.at += 1;
                        continue;
                    }
                    return;
                }
                b'\n' => {
                    self.at += 1;
                    continue;
                }
                0 if self.at >= self.bytes.len() => return,
                _ => {}
            }
            let current = self.indents.last().copied().unwrap_or(0);
            if width > current && self.indents.len() < DEEPEST {
                self.indents.push(width);
                self.push(Kind::Indent, start);
            }
            while self.indents.len() > 1 && width < self.indents.last().copied().unwrap_or(0) {
                self.indents.pop();
                self.push(Kind::Dedent, self.at);
            }
            return;
        }
    }

    fn name(&mut self, start: usize) {
        while self.peek(0) == b'_' || self.peek(0).is_ascii_alphanumeric() || self.peek(0) >= 0x80 {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        if matches!(self.peek(0), b'"' | b'\'') && word.len() <= 2 && word.bytes().all(|byte| b"rRbBuUfFtT".contains(&byte)) {
            let formats = word.bytes().any(|byte| b"fFtT".contains(&byte));
            return self.string(start, formats);
        }
        self.push(Kind::Name, start);
    }

    fn number(&mut self, start: usize) {
        while self.peek(0).is_ascii_alphanumeric()
            || matches!(self.peek(0), b'.' | b'_')
            || (matches!(self.peek(0), b'+' | b'-')
                && matches!(self.bytes.get(self.at.wrapping_sub(1)), Some(b'e' | b'E'))
                && !self.text.get(start..self.at).is_some_and(|so_far| so_far.starts_with("0x") || so_far.starts_with("0X")))
        {
            self.at += 1;
        }
        self.push(Kind::Number, start);
    }

    fn string(&mut self, start: usize, formats: bool) {
        self.at = string_end(self.bytes, self.at, formats, 0);
        self.push(Kind::Text, start);
    }

    fn sign(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            return self.push(Kind::Sign, start);
        }
        let byte = self.peek(0);
        self.at += 1;
        match byte {
            b'(' | b'[' | b'{' if !self.ignored.contains(&start) => self.open.push(start),
            b')' | b']' | b'}' => {
                self.open.pop();
            }
            b'$' | b'?' | b'!' | b'`' | b'\\' | 0..=0x1f => return self.push(Kind::Wrong, start),
            _ => {}
        }
        self.push(Kind::Sign, start);
    }
}

/// The end of a string that begins with a quote at `at`. In an f-string, braces hold anything, strings too.
pub fn string_end(bytes: &[u8], at: usize, formats: bool, depth: u32) -> usize {
    const DEEPEST_STRING: u32 = 8;
    let quote = bytes.get(at).copied().unwrap_or(b'"');
    let byte = |at: usize| bytes.get(at).copied();
    let triple = byte(at + 1) == Some(quote) && byte(at + 2) == Some(quote);
    let mut at = at + if triple { 3 } else { 1 };
    let mut braces = 0usize;
    while let Some(here) = byte(at) {
        match here {
            b'\\' if braces == 0 => {
                at += 2;
                continue;
            }
            b'\n' if !triple && braces == 0 => return at,
            b'{' if formats && braces == 0 && byte(at + 1) == Some(b'{') => {
                at += 2;
                continue;
            }
            b'{' if formats => braces += 1,
            b'}' if formats => braces = braces.saturating_sub(1),
            b'\'' | b'"' if here == quote || braces > 0 => {
                let closes = here == quote && (!triple || (byte(at + 1) == Some(quote) && byte(at + 2) == Some(quote)));
                if closes && (braces == 0 || depth >= DEEPEST_STRING) {
                    return at + if triple { 3 } else { 1 };
                }
                if braces > 0 && depth < DEEPEST_STRING && (here != quote || triple || !closes_before_brace(bytes, at)) {
                    at = string_end(bytes, at, false, depth + 1);
                    continue;
                }
                if closes {
                    return at + if triple { 3 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Whether the line ends before the brace is closed: then the quote ends the string, and the brace is broken.
fn closes_before_brace(bytes: &[u8], at: usize) -> bool {
    !bytes.get(at..).unwrap_or_default().iter().take_while(|byte| **byte != b'\n').any(|byte| *byte == b'}')
}
