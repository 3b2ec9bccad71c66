//! TypeScript and JavaScript: from text to the program's tree, by hand. Types are skipped; what cannot be read is said
//! once with its place and left out; the rest is read.

mod classes;
mod cursor;
mod expressions;
mod functions;
mod lexer;
mod modules;
mod patterns;
mod primary;
mod statements;
mod strings;
#[cfg(test)]
mod tests;
mod types;

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
    File { id, path: path.into(), language: Language::JavaScript, body }
}
