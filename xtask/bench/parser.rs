//! The parser and the lowering alone, for measuring them in WebAssembly: what the package itself exports reviews.

use wasm_bindgen::prelude::*;

use plumbline::lang;
use plumbline::source::{FileId, SourceFile, Version};
use plumbline::syntax::{self, Language};

/// Whether a text was parsed; one with errors is too.
#[wasm_bindgen]
pub fn parse(text: &str) -> bool {
    syntax::parse(Language::Hcl, text).is_some()
}

/// How many resources a text declares.
#[wasm_bindgen]
pub fn lower(text: &str) -> usize {
    lang::lower_file(&SourceFile::new(FileId(0), Version::After, "main.tf", text)).module.resources.len()
}
