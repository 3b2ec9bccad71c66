//! `data/free.csv`, the types that cost nothing by themselves, to one sorted text.

use std::path::Path;

/// Writes `type reason` per line to `free.txt`, and returns it.
pub fn generate(out: &Path) -> String {
    println!("cargo:rerun-if-changed=data/free.csv");
    let text = std::fs::read_to_string("data/free.csv").map_err(|error| error.to_string());
    let table = text.and_then(|text| table(&text)).and_then(|table| {
        std::fs::write(out.join("free.txt"), &table).map_err(|error| error.to_string())?;
        Ok(table)
    });
    table.unwrap_or_else(|reason| {
        println!("cargo::error=data/free.csv: {reason}");
        String::new()
    })
}

/// Rows are sorted by type, each type once, each with its reason.
fn table(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    if lines.next() != Some("type,reason") {
        return Err("the first line is not type,reason".into());
    }
    let mut rows = String::new();
    let mut last = "";
    for line in lines {
        let (name, reason) = line.split_once(',').ok_or_else(|| format!("{line:?} has no reason"))?;
        if name.is_empty() || reason.trim().is_empty() || reason.contains([',', '"']) {
            return Err(format!("{line:?} is not type,reason"));
        }
        if name <= last {
            return Err(format!("{name} is not in order"));
        }
        last = name;
        rows.extend([name, " ", reason, "\n"]);
    }
    Ok(rows)
}
