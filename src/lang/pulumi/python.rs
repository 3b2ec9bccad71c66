//! Python: from text to the program's tree, by hand. Broken lines are said once and left out; the rest is read.

mod cases;
mod cursor;
mod definitions;
mod expressions;
mod lexer;
mod statements;
mod strings;

use ecow::EcoString;

use super::program::ast::{File, Language};
use crate::diagnostic::Diagnostics;
use crate::source::FileId;

/// Reads one file.
pub fn read(id: FileId, path: impl Into<EcoString>, text: &str, out: &mut Diagnostics) -> File {
    let tokens = lexer::tokens(text);
    let mut parser = cursor::Parser::new(id, text, tokens);
    let body = parser.file();
    out.append(&mut parser.diagnostics);
    File { id, path: path.into(), language: Language::Python, body }
}
