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

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;

use super::aliases::Aliases;
use super::interpret::javascript_file;
use super::program::ast::{File, Language};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceFile};

/// Reads one file.
pub fn read(id: FileId, path: impl Into<EcoString>, text: &str, out: &mut Diagnostics) -> File {
    read_one(id, path.into(), text, out).0
}

/// Reads a program: its first file and all that it imports, by path.
pub fn program(
    main: &str,
    aliases: &Aliases,
    files: &BTreeMap<&str, &SourceFile>,
    out: &mut Diagnostics,
) -> BTreeMap<EcoString, Arc<File>> {
    /// Longer programs are generated, and not by people.
    const MOST_CODE: usize = 8_000_000;
    let mut read: BTreeMap<EcoString, Arc<File>> = BTreeMap::new();
    let mut waiting: Vec<EcoString> = vec![main.into()];
    let mut size = 0;
    while let Some(path) = waiting.pop() {
        let Some(source) = files.get(path.as_str()).filter(|_| !read.contains_key(&path)) else { continue };
        size += source.text.len();
        if size > MOST_CODE {
            super::program::too_large(source.id, out);
            break;
        }
        let (file, imports) = read_one(source.id, path.clone(), &source.text, out);
        read.insert(path.clone(), Arc::new(file));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        waiting.extend(imports.iter().filter_map(|module| javascript_file(folder, module, aliases, &|path| files.contains_key(path))));
    }
    read
}

/// One file and the modules it imports.
fn read_one(id: FileId, path: EcoString, text: &str, out: &mut Diagnostics) -> (File, Vec<EcoString>) {
    let tokens = lexer::tokens(text);
    let mut parser = cursor::Parser::new(id, text, tokens);
    let body = parser.file();
    out.append(&mut parser.diagnostics);
    (File { id, path, language: Language::JavaScript, body }, parser.imports)
}
