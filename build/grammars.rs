//! Compiles the committed C parsers under `grammars/`.

pub fn compile() {}
