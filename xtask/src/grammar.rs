//! `cargo xtask grammar`: regenerates the committed parsers under `grammars/` from their `grammar.js`.
//!
//! Needs `node` to read the grammar; building the project needs neither `node` nor this.

use std::path::Path;

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The newest table format that the runtime reads.
const ABI: usize = 15;

/// Writes `src/parser.c` and its headers for every grammar.
pub fn generate(root: &Path) -> Result<(), String> {
    for name in ["hcl"] {
        let folder = root.join("grammars").join(name);
        let mut notes = Vec::new();
        generate_parser_in_directory(&folder, None::<&Path>, None::<&Path>, ABI, None, None, true, OptLevel::default(), &mut notes)
            .map_err(|error| format!("{name}: {error}"))?;
        for note in notes {
            eprintln!("{name}: {note}");
        }
        // Both are descriptions of the grammar for editors; nothing here reads them.
        for unused in ["grammar.json", "node-types.json"] {
            std::fs::remove_file(folder.join("src").join(unused)).map_err(|error| format!("{unused}: {error}"))?;
        }
        println!("grammars/{name}/src/parser.c");
    }
    Ok(())
}
