//! `data/unique_names.csv`, the types of which two cannot have one name, to one sorted text.

use std::path::Path;

/// Writes `type argument within?` per line to `unique_names.txt`, and returns it.
pub fn generate(out: &Path) -> String {
    println!("cargo:rerun-if-changed=data/unique_names.csv");
    let text = std::fs::read_to_string("data/unique_names.csv").map_err(|error| error.to_string());
    let table = text.and_then(|text| table(&text)).and_then(|table| {
        std::fs::write(out.join("unique_names.txt"), &table).map_err(|error| error.to_string())?;
        Ok(table)
    });
    table.unwrap_or_else(|reason| {
        println!("cargo::error=data/unique_names.csv: {reason}");
        String::new()
    })
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
        rows.push_str(format!("{name} {argument} {within}").trim_end());
        rows.push('\n');
    }
    Ok(rows)
}
