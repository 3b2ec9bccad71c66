//! Compiles the committed C parsers under `grammars/` and takes the numbers of their node kinds for Rust.

use std::fmt::Write as _;
use std::path::Path;

pub fn compile(out: &Path) {
    let folder = Path::new("grammars/hcl/src");
    for file in ["parser.c", "scanner.c", "tree_sitter/parser.h", "tree_sitter/alloc.h"] {
        println!("cargo:rerun-if-changed={}", folder.join(file).display());
    }
    let mut build = cc::Build::new();
    // The parser is most of a review's work: quick in every profile, debug builds of ours included.
    build.files(["parser.c", "scanner.c"].map(|file| folder.join(file)));
    build.include(folder).std("c11").opt_level(3).debug(false).warnings(false).flag_if_supported("-w");
    // wasm32 has no libc; the parts that a scanner uses come with the runtime's own headers.
    println!("cargo:rerun-if-env-changed=DEP_TREE_SITTER_LANGUAGE_WASM_HEADERS");
    if let Some(headers) = std::env::var_os("DEP_TREE_SITTER_LANGUAGE_WASM_HEADERS") {
        build.include(headers);
    }
    build.compile("plumbline-hcl");
    let parser = std::fs::read_to_string(folder.join("parser.c")).unwrap_or_default();
    let written = std::fs::write(out.join("hcl_kinds.rs"), kinds(&parser));
    assert!(written.is_ok(), "cannot write to {}", out.display());
}

/// Constants for the symbols of a generated parser, read from its first enumeration: `sym_block = 55,`.
fn kinds(parser: &str) -> String {
    let mut text = String::new();
    let symbols = parser.lines().skip_while(|line| !line.starts_with("enum ts_symbol_identifiers")).skip(1);
    for line in symbols.take_while(|line| !line.starts_with('}')) {
        let Some((name, number)) = line.trim().trim_end_matches(',').split_once(" = ") else { continue };
        if name.starts_with("aux_sym_") {
            continue;
        }
        let name = name.trim_start_matches("sym_").to_uppercase();
        let _ = writeln!(text, "pub const {name}: u16 = {number};");
    }
    assert!(text.contains("BLOCK"), "grammars/hcl/src/parser.c has no block symbol");
    text
}
