//! `data/free.csv`, the types that cost nothing by themselves, to one sorted Rust table.

use std::fmt::Write;
use std::path::Path;

pub fn generate(out: &Path) {
    println!("cargo:rerun-if-changed=data/free.csv");
    let result = std::fs::read_to_string("data/free.csv").map_err(|error| error.to_string()).and_then(|text| table(&text));
    let result = result.and_then(|table| std::fs::write(out.join("free.rs"), table).map_err(|error| error.to_string()));
    if let Err(reason) = result {
        println!("cargo::error=data/free.csv: {reason}");
    }
}

/// Rows are sorted by type, each type once, each with its reason.
fn table(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    if lines.next() != Some("type,reason") {
        return Err("the first line is not type,reason".into());
    }
    let mut rows = String::new();
    let (mut last, mut count) = ("", 0);
    for line in lines {
        let (name, reason) = line.split_once(',').ok_or_else(|| format!("{line:?} has no reason"))?;
        if name.is_empty() || reason.trim().is_empty() || reason.contains([',', '"']) {
            return Err(format!("{line:?} is not type,reason"));
        }
        if name <= last {
            return Err(format!("{name} is not in order"));
        }
        last = name;
        count += 1;
        writeln!(rows, "    ({name:?}, {reason:?}),").map_err(|error| error.to_string())?;
    }
    Ok(format!("/// Type and why it costs nothing by itself. Sorted.\npub static TYPES: [(&str, &str); {count}] = [\n{rows}];\n"))
}
