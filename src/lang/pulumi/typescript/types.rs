//! Types: they are skipped, and so only have to be followed to their end.

use super::cursor::{Broken, Parser, Read, is_reserved};
use super::lexer::Kind;

impl Parser<'_> {
    /// `: T`, where one stands.
    pub fn annotation(&mut self) -> Read<()> {
        if self.eat(":") { self.skip_type() } else { Ok(()) }
    }

    pub fn skip_type(&mut self) -> Read<()> {
        self.deeper(Parser::skip_type_inner)
    }

    fn skip_type_inner(&mut self) -> Read<()> {
        if !self.eat("|") {
            self.eat("&");
        }
        loop {
            self.skip_operand()?;
            if !self.eat("|") && !self.eat("&") {
                break;
            }
        }
        // `x is T`, behind a name; `asserts x is T` comes here too.
        if self.word("is") && !self.here().newline {
            self.next();
            return self.skip_type();
        }
        if self.word("extends") && !self.here().newline || (self.word("extends") && self.is_conditional()) {
            self.next();
            self.skip_type()?;
            if self.eat("?") {
                self.skip_type()?;
                self.expect(":")?;
                self.skip_type()?;
            }
        }
        Ok(())
    }

    /// On a new line, `extends` goes on only as a condition.
    fn is_conditional(&self) -> bool {
        !self.sign_at(self.at + 2, "{")
    }

    fn skip_operand(&mut self) -> Read<()> {
        while self.at_kind(Kind::Name)
            && matches!(self.slice_of(self.here()), "keyof" | "unique" | "infer" | "readonly" | "asserts" | "abstract")
            && (matches!(self.ahead(1).kind, Kind::Name | Kind::Text | Kind::Template)
                || self.sign_at(self.at + 1, "(")
                || self.sign_at(self.at + 1, "[")
                || self.sign_at(self.at + 1, "{"))
            && !self.word_at(self.at + 1, "is")
            && !self.word_at(self.at + 1, "extends")
        {
            self.next();
        }
        let token = self.here();
        match token.kind {
            Kind::Text | Kind::Number | Kind::Template => self.next(),
            Kind::Head => self.skip_bracket(),
            Kind::Name => match self.slice_of(token) {
                "new" => {
                    self.next();
                    return self.skip_function();
                }
                "typeof" => {
                    self.next();
                    if !self.word("import") {
                        self.any_name()?;
                        self.skip_path()?;
                    } else {
                        return self.skip_operand();
                    }
                }
                "import" => {
                    self.next();
                    if !self.is("(") {
                        return Err(Broken);
                    }
                    self.skip_bracket();
                    self.skip_path()?;
                }
                "void" => self.next(),
                word if is_reserved(word) => return Err(Broken),
                _ => {
                    self.next();
                    self.skip_path()?;
                }
            },
            Kind::Sign => match self.slice_of(token) {
                "(" => {
                    self.skip_bracket();
                    if self.eat("=>") {
                        return self.skip_type();
                    }
                }
                "<" => return self.skip_function(),
                "{" | "[" => self.skip_bracket(),
                "-" => {
                    self.next();
                    self.next();
                }
                _ => return Err(Broken),
            },
            _ => return Err(Broken),
        }
        while self.is("[") && !self.here().newline {
            self.skip_bracket();
        }
        Ok(())
    }

    /// `.b.c<D>`.
    fn skip_path(&mut self) -> Read<()> {
        while self.eat(".") {
            self.any_name()?;
        }
        if self.is("<") && !self.here().newline {
            self.type_arguments()?;
        }
        // An indexed type goes on behind its arguments.
        Ok(())
    }

    /// `<T>(a: A) => B`.
    fn skip_function(&mut self) -> Read<()> {
        if self.is("<") {
            self.type_parameters()?;
        }
        if !self.is("(") {
            return Err(Broken);
        }
        self.skip_bracket();
        self.expect("=>")?;
        self.skip_type()
    }

    /// `<A, B>` behind a name.
    pub fn type_arguments(&mut self) -> Read<()> {
        self.expect("<")?;
        while !self.is(">") {
            self.skip_type()?;
            if !self.eat(",") {
                break;
            }
        }
        self.expect(">")
    }

    /// `<const T extends A = B, in out C>`.
    pub fn type_parameters(&mut self) -> Read<()> {
        if !self.eat("<") {
            return Ok(());
        }
        while !self.is(">") {
            while (self.word("const") || self.word("in") || self.word("out"))
                && self.ahead(1).kind == Kind::Name
                && !self.word_at(self.at + 1, "extends")
            {
                self.next();
            }
            self.name()?;
            if self.eat_word("extends") {
                self.skip_type()?;
            }
            if self.eat("=") {
                self.skip_type()?;
            }
            if !self.eat(",") {
                break;
            }
        }
        self.expect(">")
    }

    /// Arguments of types before a call; nothing is taken when it is a comparison after all.
    pub fn types_of_call(&mut self) -> bool {
        let start = self.at;
        let depth = self.depth;
        if self.type_arguments().is_ok() {
            let token = self.here();
            let fits = match token.kind {
                Kind::Template | Kind::Head => true,
                Kind::Sign => matches!(
                    self.slice_of(token),
                    "(" | ")" | "]" | "," | ";" | ":" | "}" | "." | "?." | "=" | "==" | "===" | "&&" | "||" | "??"
                ),
                Kind::End => true,
                _ => token.newline,
            };
            // `a < b > (c)` without a call is no program that people write.
            if fits {
                return true;
            }
        }
        self.at = start;
        self.depth = depth;
        false
    }
}
