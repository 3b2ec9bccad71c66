//! Programs as data: one small tree for every programming language Pulumi is written in.
//!
//! A language's reader makes it ([`ast`]); the interpreter of `interpret` gives it meaning.

pub mod ast;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Says of a file that it is not read, because its program has more code than people write.
pub fn too_large(file: FileId, out: &mut Diagnostics) {
    let message = "the program has more code than is read (MOST_CODE); this file and what only it imports are left out";
    out.push(Diagnostic::error("too-large", Span::new(file, 0, 0), message));
}
