//! Checked tables of `data/` that are one sorted text each.

use std::path::Path;

/// Writes what `table` makes of a file of `data/` to `made`, and returns it; wrong data fail the build.
pub fn generate(out: &Path, source: &str, made: &str, table: fn(&str) -> Result<String, String>) -> String {
    let source = format!("data/{source}");
    println!("cargo:rerun-if-changed={source}");
    let text = std::fs::read_to_string(&source).map_err(|error| error.to_string());
    let table = text.and_then(|text| table(&text)).and_then(|table| {
        std::fs::write(out.join(made), &table).map_err(|error| error.to_string())?;
        Ok(table)
    });
    table.unwrap_or_else(|reason| {
        println!("cargo::error={source}: {reason}");
        String::new()
    })
}
