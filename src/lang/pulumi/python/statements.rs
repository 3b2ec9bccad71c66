//! Python's statements, and the cursor over the tokens that expressions use too.

use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::lexer::{self, Kind, Token};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lang::pulumi::program::ast::*;
use crate::source::{FileId, Span};

/// A statement that cannot be read.
pub struct Broken;

pub type Read<T> = Result<T, Broken>;

/// How deep expressions and blocks may nest.
const DEEPEST: u32 = 60;
/// Broken places that are said one by one.
const MOST_PROBLEMS: usize = 20;

const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield",
];

pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

pub struct Parser<'t> {
    file: FileId,
    pub text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
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

    fn eat_word(&mut self, word: &str) -> bool {
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

    pub fn file(&mut self) -> Vec<Stmt> {
        let mut body = Vec::new();
        while !self.at_kind(Kind::End) {
            self.statements(&mut body);
        }
        let more = self.diagnostics.len().saturating_sub(MOST_PROBLEMS);
        if more > 0 {
            self.diagnostics.truncate(MOST_PROBLEMS);
            let message = eco_format!("{more} more places cannot be read");
            self.diagnostics.push(Diagnostic::error("syntax", Span::new(self.file, 0, 0), message));
        }
        body
    }

    /// One line's statements; what cannot be read is said and skipped.
    fn statements(&mut self, body: &mut Vec<Stmt>) {
        let start = self.at;
        let depth = self.depth;
        let generators = self.generators.len();
        let count = body.len();
        if self.line(body).is_ok() {
            return;
        }
        let broken = self.here();
        self.depth = depth;
        self.generators.truncate(generators);
        body.truncate(count);
        let found = self.slice_of(broken).trim();
        let message = match broken.kind {
            Kind::Newline | Kind::End => EcoString::from("this line is not finished"),
            Kind::Indent | Kind::Dedent => EcoString::from("this line is not indented as it must be"),
            _ => eco_format!("cannot read `{}`", found.chars().take(40).collect::<String>()),
        };
        self.diagnostics.push(Diagnostic::error("syntax", self.between(broken, broken), message));
        if self.at == start {
            self.next();
        }
        self.skip_line();
        let span = Span::new(self.file, broken.start, broken.end);
        body.push(Stmt::new(StmtKind::Unreadable, span));
    }

    /// Past the end of this line, and of the block that hangs on it.
    fn skip_line(&mut self) {
        while !matches!(self.here().kind, Kind::Newline | Kind::End | Kind::Dedent) {
            self.next();
        }
        if self.at_kind(Kind::Newline) {
            self.next();
        }
        if self.at_kind(Kind::Indent) {
            let mut open = 0usize;
            loop {
                match self.here().kind {
                    Kind::Indent => open += 1,
                    Kind::Dedent => open = open.saturating_sub(1),
                    Kind::End => return,
                    _ => {}
                }
                self.next();
                if open == 0 {
                    return;
                }
            }
        }
    }

    fn line(&mut self, body: &mut Vec<Stmt>) -> Read<()> {
        match self.here().kind {
            Kind::Newline => {
                self.next();
                return Ok(());
            }
            // A block that nothing opened: its lines are read all the same.
            Kind::Indent | Kind::Dedent => {
                self.next();
                return Ok(());
            }
            _ => {}
        }
        if let Some(stmt) = self.deeper(Parser::compound)? {
            body.push(stmt);
            return Ok(());
        }
        loop {
            let stmt = self.simple()?;
            body.extend(stmt);
            if !self.eat(";") {
                break;
            }
            if self.at_kind(Kind::Newline) {
                break;
            }
        }
        match self.here().kind {
            Kind::Newline => {
                self.next();
                Ok(())
            }
            Kind::End | Kind::Dedent => Ok(()),
            _ => Err(Broken),
        }
    }

    /// `: …` with a block or the rest of the line.
    fn suite(&mut self) -> Read<Vec<Stmt>> {
        self.expect(":")?;
        let mut body = Vec::new();
        if !self.at_kind(Kind::Newline) {
            self.line(&mut body)?;
            return Ok(body);
        }
        self.next();
        if !self.at_kind(Kind::Indent) {
            return Err(Broken);
        }
        self.next();
        while !matches!(self.here().kind, Kind::Dedent | Kind::End) {
            self.statements(&mut body);
        }
        if self.at_kind(Kind::Dedent) {
            self.next();
        }
        Ok(body)
    }

    fn compound(&mut self) -> Read<Option<Stmt>> {
        let first = self.here();
        if self.is("@") {
            return self.decorated().map(Some);
        }
        if first.kind != Kind::Name {
            return Ok(None);
        }
        let kind = match self.slice_of(first) {
            "if" => self.if_statement()?,
            "for" => self.for_statement()?,
            "while" => {
                self.next();
                let condition = self.expression()?;
                let body = self.suite()?;
                let otherwise = self.otherwise()?;
                StmtKind::While { condition, body, update: None, otherwise, body_first: false }
            }
            "try" => self.try_statement()?,
            "with" => self.with_statement()?,
            "def" => StmtKind::Function(Arc::new(self.function(Vec::new(), false)?)),
            "class" => StmtKind::Class(Arc::new(self.class(Vec::new())?)),
            "async" => {
                self.next();
                match self.slice_of(self.here()) {
                    "def" => StmtKind::Function(Arc::new(self.function(Vec::new(), true)?)),
                    "for" => self.for_statement()?,
                    "with" => self.with_statement()?,
                    _ => return Err(Broken),
                }
            }
            "match" if self.opens_match() => self.match_statement()?,
            _ => return Ok(None),
        };
        Ok(Some(Stmt::new(kind, self.since(first))))
    }

    fn otherwise(&mut self) -> Read<Vec<Stmt>> {
        if self.eat_word("else") { self.suite() } else { Ok(Vec::new()) }
    }

    fn if_statement(&mut self) -> Read<StmtKind> {
        // A long chain of `elif` is read in a loop and nested from its end.
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let first = self.here();
            self.next();
            let condition = self.expression()?;
            let then = self.suite()?;
            arms.push((condition, then, self.since(first)));
            if self.word("elif") && arms.len() < DEEPEST as usize {
                continue;
            }
            if self.eat_word("else") {
                otherwise = self.suite()?;
            }
            break;
        }
        while let Some((condition, then, span)) = arms.pop() {
            let kind = StmtKind::If { condition, then, otherwise };
            if arms.is_empty() {
                return Ok(kind);
            }
            otherwise = vec![Stmt::new(kind, span)];
        }
        Err(Broken)
    }

    fn for_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let target = self.target_list()?;
        self.expect_word("in")?;
        let iterable = self.expression_list()?;
        let body = self.suite()?;
        let otherwise = self.otherwise()?;
        Ok(StmtKind::For { target, iterable, body, otherwise, keys: false })
    }

    fn try_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let body = self.suite()?;
        let mut handlers = Vec::new();
        while self.eat_word("except") {
            self.eat("*");
            if !self.is(":") {
                self.expression_list()?;
            }
            let target = if self.eat_word("as") {
                let token = self.here();
                Some(Pattern::Name(self.name()?, self.between(token, token)))
            } else {
                None
            };
            handlers.push(Handler { target, body: self.suite()? });
        }
        let otherwise = self.otherwise()?;
        let finally = if self.eat_word("finally") { self.suite()? } else { Vec::new() };
        Ok(StmtKind::Try { body, handlers, otherwise, finally })
    }

    fn with_statement(&mut self) -> Read<StmtKind> {
        self.next();
        // `with (a as b, c as d):` has brackets of its own.
        let start = self.at;
        if self.eat("(")
            && let Ok(items) = self.with_items(")")
            && self.eat(")")
            && self.is(":")
        {
            return Ok(StmtKind::With { items, body: self.suite()? });
        }
        self.at = start;
        let items = self.with_items(":")?;
        Ok(StmtKind::With { items, body: self.suite()? })
    }

    fn with_items(&mut self, end: &str) -> Read<Vec<(Expr, Option<Pattern>)>> {
        let mut items = Vec::new();
        while !self.is(end) {
            let context = self.expression()?;
            let target = if self.eat_word("as") {
                let expr = self.expression()?;
                Some(self.pattern(expr)?)
            } else {
                None
            };
            items.push((context, target));
            if !self.eat(",") {
                break;
            }
        }
        Ok(items)
    }

    fn decorated(&mut self) -> Read<Stmt> {
        let first = self.here();
        let mut decorators = Vec::new();
        while self.eat("@") {
            decorators.push(self.expression()?);
            if self.at_kind(Kind::Newline) {
                self.next();
            }
        }
        let kind = if self.word("class") {
            StmtKind::Class(Arc::new(self.class(decorators)?))
        } else {
            let is_async = self.eat_word("async");
            StmtKind::Function(Arc::new(self.function(decorators, is_async)?))
        };
        Ok(Stmt::new(kind, self.since(first)))
    }

    fn function(&mut self, decorators: Vec<Expr>, is_async: bool) -> Read<Function> {
        let first = self.here();
        self.expect_word("def")?;
        let name = self.name()?;
        self.type_parameters()?;
        self.expect("(")?;
        let params = self.parameters(")", true)?;
        self.expect(")")?;
        if self.eat("->") {
            self.expression()?;
        }
        self.generators.push(false);
        let body = self.suite();
        let generator = self.generators.pop().unwrap_or(false);
        Ok(Function { name, params, body: body?, arrow: false, is_async, generator, decorators, span: self.since(first) })
    }

    /// `def f[T](…)`.
    fn type_parameters(&mut self) -> Read<()> {
        if self.eat("[") {
            while !self.eat("]") {
                if matches!(self.here().kind, Kind::Newline | Kind::End) {
                    return Err(Broken);
                }
                self.next();
            }
        }
        Ok(())
    }

    pub fn parameters(&mut self, end: &str, annotated: bool) -> Read<Vec<Param>> {
        let mut params = Vec::new();
        let mut keyword_only = false;
        while !self.is(end) {
            if self.eat("/") {
                self.eat(",");
                continue;
            }
            let mut kind = if keyword_only { ParamKind::KeywordOnly } else { ParamKind::Ordinary };
            if self.eat("**") {
                kind = ParamKind::NamedRest;
            } else if self.eat("*") {
                keyword_only = true;
                if self.eat(",") {
                    continue;
                }
                kind = ParamKind::Rest;
            }
            let token = self.here();
            let name = self.name()?;
            let target = Pattern::Name(name, self.between(token, token));
            if annotated && self.eat(":") {
                self.eat("*");
                self.expression()?;
            }
            let default = if self.eat("=") { Some(self.expression()?) } else { None };
            params.push(Param { target, default, kind, field: false });
            if !self.eat(",") {
                break;
            }
        }
        Ok(params)
    }

    fn class(&mut self, decorators: Vec<Expr>) -> Read<Class> {
        let first = self.here();
        self.expect_word("class")?;
        let name = self.name()?;
        self.type_parameters()?;
        let mut bases = Vec::new();
        if self.is("(") {
            for arg in self.arguments()? {
                match arg {
                    Arg::Positional(base) | Arg::Spread(base) => bases.push(base),
                    Arg::Named(..) | Arg::SpreadNamed(_) => {}
                }
            }
        }
        let body = self.suite()?;
        let members = body.into_iter().filter_map(member).collect();
        Ok(Class { name, bases, members, decorators, span: self.since(first) })
    }

    /// `match` is a name too: a statement's line ends with a colon.
    fn opens_match(&self) -> bool {
        let after = self.ahead(1);
        if matches!(self.slice_of(after), "=" | "." | ":" | ")" | "," | "+=") || matches!(after.kind, Kind::Newline | Kind::End) {
            return false;
        }
        let mut last = after;
        let mut at = 1;
        loop {
            let token = self.ahead(at);
            if matches!(token.kind, Kind::Newline | Kind::End) {
                return self.slice_of(last) == ":";
            }
            last = token;
            at += 1;
        }
    }

    fn match_statement(&mut self) -> Read<StmtKind> {
        self.next();
        let subject = self.expression_list()?;
        self.expect(":")?;
        if !self.at_kind(Kind::Newline) {
            return Err(Broken);
        }
        self.next();
        if !self.at_kind(Kind::Indent) {
            return Err(Broken);
        }
        self.next();
        let mut cases = Vec::new();
        while self.eat_word("case") {
            cases.push(self.case()?);
        }
        if self.at_kind(Kind::Dedent) {
            self.next();
        }
        Ok(StmtKind::Switch { subject, cases, falls_through: false })
    }

    fn case(&mut self) -> Read<Case> {
        let mut case = Case { values: Vec::new(), guard: None, bind: None, undecidable: false, body: Vec::new() };
        let start = self.at;
        let simple = self.case_values(&mut case).is_ok() && (self.is(":") || self.word("if"));
        if !simple {
            // A shape: whether it fits is not decided here.
            self.at = start;
            case.values.clear();
            case.undecidable = true;
            let mut open = 0usize;
            loop {
                match self.slice_of(self.here()) {
                    "(" | "[" | "{" => open += 1,
                    ")" | "]" | "}" => open = open.saturating_sub(1),
                    ":" | "if" if open == 0 => break,
                    _ if matches!(self.here().kind, Kind::Newline | Kind::End) => return Err(Broken),
                    _ => {}
                }
                self.next();
            }
        }
        if self.eat_word("if") {
            case.guard = Some(self.expression()?);
        }
        case.body = self.suite()?;
        Ok(case)
    }

    fn case_values(&mut self, case: &mut Case) -> Read<()> {
        loop {
            let value = self.case_value()?;
            match value.kind {
                ExprKind::Name(name) if name == "_" => {}
                ExprKind::Name(name) => case.bind = Some(name),
                _ => case.values.push(value),
            }
            if !self.eat("|") {
                return Ok(());
            }
        }
    }

    fn case_value(&mut self) -> Read<Expr> {
        let first = self.here();
        match first.kind {
            Kind::Text => self.strings(),
            Kind::Number | Kind::Name => {
                let mut expr = self.expression_without_bar()?;
                expr.span = self.since(first);
                Ok(expr)
            }
            _ if self.is("-") => self.expression_without_bar(),
            _ => Err(Broken),
        }
    }

    /// A name with dots, or a number.
    fn expression_without_bar(&mut self) -> Read<Expr> {
        let first = self.here();
        if self.eat("-") {
            let operand = Box::new(self.deeper(Parser::expression_without_bar)?);
            return Ok(Expr::new(ExprKind::Unary { operator: Unary::Negate, operand }, self.since(first)));
        }
        let mut expr = self.atom()?;
        while self.eat(".") {
            let name = self.name()?;
            expr = Expr::new(ExprKind::Member { of: Box::new(expr), name, optional: false }, self.since(first));
        }
        Ok(expr)
    }

    fn simple(&mut self) -> Read<Option<Stmt>> {
        let first = self.here();
        let word = if first.kind == Kind::Name { self.slice_of(first) } else { "" };
        let ends = |this: &Self| matches!(this.here().kind, Kind::Newline | Kind::End | Kind::Dedent) || this.is(";");
        let kind = match word {
            "pass" => {
                self.next();
                return Ok(None);
            }
            "break" => {
                self.next();
                StmtKind::Break
            }
            "continue" => {
                self.next();
                StmtKind::Continue
            }
            "return" => {
                self.next();
                StmtKind::Return(if ends(self) { None } else { Some(self.expression_list()?) })
            }
            "raise" => {
                self.next();
                let value = if ends(self) { None } else { Some(self.expression()?) };
                if self.eat_word("from") {
                    self.expression()?;
                }
                StmtKind::Raise(value)
            }
            "assert" => {
                self.next();
                self.expression_list()?;
                return Ok(None);
            }
            "global" | "nonlocal" => {
                self.next();
                let mut names = vec![self.name()?];
                while self.eat(",") {
                    names.push(self.name()?);
                }
                StmtKind::Outer { names, global: word == "global" }
            }
            "del" => {
                self.next();
                let expr = self.expression_list()?;
                let target = self.pattern(expr)?;
                StmtKind::Delete(match target {
                    Pattern::List(parts) => {
                        parts.into_iter().filter_map(|part| if let PatternItem::One(one) = part { Some(one) } else { None }).collect()
                    }
                    one => vec![one],
                })
            }
            "import" => return self.import(first).map(Some),
            "from" => return self.import_from(first).map(Some),
            "type" if self.ahead(1).kind == Kind::Name && self.slice_of(self.ahead(2)) == "=" => {
                while !ends(self) {
                    self.next();
                }
                return Ok(None);
            }
            _ => self.assignment()?,
        };
        Ok(Some(Stmt::new(kind, self.since(first))))
    }

    fn assignment(&mut self) -> Read<StmtKind> {
        let expr = self.expression_list()?;
        if self.eat(":") {
            self.expression()?;
            let target = self.pattern(expr)?;
            if !self.eat("=") {
                return Ok(StmtKind::Declare(vec![target]));
            }
            let value = self.expression_list()?;
            return Ok(StmtKind::Assign { targets: vec![target], value, declares: true });
        }
        let updates = [
            ("+=", Binary::Add),
            ("-=", Binary::Subtract),
            ("*=", Binary::Multiply),
            ("/=", Binary::Divide),
            ("//=", Binary::FloorDivide),
            ("%=", Binary::Remainder),
            ("**=", Binary::Power),
            ("&=", Binary::BitAnd),
            ("|=", Binary::BitOr),
            ("^=", Binary::BitXor),
            ("<<=", Binary::ShiftLeft),
            (">>=", Binary::ShiftRight),
            ("@=", Binary::Matrix),
        ];
        if let Some((_, operator)) = updates.iter().find(|(sign, _)| self.is(sign)) {
            self.next();
            let target = self.pattern(expr)?;
            return Ok(StmtKind::Update { target, operator: *operator, value: self.expression_list()? });
        }
        if !self.is("=") {
            return Ok(StmtKind::Expr(expr));
        }
        let mut targets = Vec::new();
        let mut value = expr;
        while self.eat("=") {
            targets.push(self.pattern(value)?);
            value = self.expression_list()?;
        }
        Ok(StmtKind::Assign { targets, value, declares: false })
    }

    fn dotted(&mut self) -> Read<EcoString> {
        let mut name = self.name()?;
        while self.eat(".") {
            name = eco_format!("{name}.{}", self.name()?);
        }
        Ok(name)
    }

    fn import(&mut self, first: Token) -> Read<Stmt> {
        self.next();
        let mut all = Vec::new();
        loop {
            let module = self.dotted()?;
            let alias = if self.eat_word("as") { Some(self.name()?) } else { None };
            let import = Import { module, level: 0, names: ImportNames::Whole { alias } };
            all.push(Stmt::new(StmtKind::Import(import), self.since(first)));
            if !self.eat(",") {
                break;
            }
        }
        Ok(match (all.len(), all.pop()) {
            (1, Some(one)) => one,
            (_, last) => {
                all.extend(last);
                Stmt::new(StmtKind::Block(all), self.since(first))
            }
        })
    }

    fn import_from(&mut self, first: Token) -> Read<Stmt> {
        self.next();
        let mut level = 0;
        loop {
            if self.eat(".") {
                level += 1;
            } else if self.eat("...") {
                level += 3;
            } else {
                break;
            }
        }
        let module = if self.word("import") { EcoString::new() } else { self.dotted()? };
        self.expect_word("import")?;
        let names = if self.eat("*") {
            ImportNames::All
        } else {
            let bracket = self.eat("(");
            let mut names = Vec::new();
            loop {
                let name = self.name()?;
                let local = if self.eat_word("as") { self.name()? } else { name.clone() };
                names.push((name, local));
                if !self.eat(",") || self.is(")") || self.at_kind(Kind::Newline) {
                    break;
                }
            }
            if bracket {
                self.expect(")")?;
            }
            ImportNames::Some(names)
        };
        Ok(Stmt::new(StmtKind::Import(Import { module, level, names }), self.since(first)))
    }
}

/// A statement of a class body as a member. Only fields with a type are a record's.
fn member(stmt: Stmt) -> Option<ClassMember> {
    let span = stmt.span;
    Some(match stmt.kind {
        StmtKind::Function(function) => ClassMember::Method { function, is_static: false, accessor: None },
        StmtKind::Assign { mut targets, value, declares } if matches!(targets.as_slice(), [Pattern::Name(..)]) => match targets.pop() {
            Some(Pattern::Name(name, _)) => ClassMember::Field { name, value: Some(value), annotation: None, is_static: !declares, span },
            _ => return None,
        },
        StmtKind::Declare(targets) => match targets.into_iter().next() {
            Some(Pattern::Name(name, _)) => ClassMember::Field { name, value: None, annotation: None, is_static: false, span },
            _ => return None,
        },
        // A text at the start is documentation.
        StmtKind::Expr(Expr { kind: ExprKind::Text(_), .. }) => return None,
        _ => ClassMember::Statement(stmt),
    })
}
