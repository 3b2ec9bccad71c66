//! `data/unique_names.csv`, the types of which two cannot have one name, to one sorted Rust table.

use std::fmt::Write;
use std::path::Path;

pub fn generate(out: &Path) {
    println!("cargo:rerun-if-changed=data/unique_names.csv");
    let text = std::fs::read_to_string("data/unique_names.csv").map_err(|error| error.to_string());
    let table = text.and_then(|text| table(&text));
    let result = table.and_then(|table| std::fs::write(out.join("unique_names.rs"), table).map_err(|error| error.to_string()));
    if let Err(reason) = result {
        println!("cargo::error=data/unique_names.csv: {reason}");
    }
}

/// Rows are sorted by type, each type once, each with its source.
fn table(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    if lines.next() != Some("type,argument,within,source") {
        return Err("the first line is not type,argument,within,source".into());
    }
    let mut rows = String::new();
    let mut last = "";
    for line in lines {
        let [name, argument, within, source] = line.split(',').collect::<Vec<_>>()[..] else {
            return Err(format!("{line:?} is not type,argument,within,source"));
        };
        if name.is_empty() || argument.is_empty() || source.trim().is_empty() {
            return Err(format!("{line:?} lacks a type, an argument or a source"));
        }
        if name <= last {
            return Err(format!("{name} is not in order"));
        }
        last = name;
        writeln!(rows, "    ({name:?}, {argument:?}, {within:?}),").map_err(|error| error.to_string())?;
    }
    Ok(format!(
        "/// Type, the argument that names it, and the argument it is unique within, if any. Sorted.\npub static TYPES: &[(&str, &str, &str)] = &[\n{rows}];\n"
    ))
}
