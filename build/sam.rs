//! `data/sam/` to one packed table, `sam.bin`: JSON of the three files under their names, deflated.

use std::path::Path;

use serde_json::{Map, Value};

const FILES: &[&str] = &["policies", "connectors", "managed"];

/// Packs `data/sam/` of the current directory into `sam.bin` in `out`.
pub fn pack(out: &Path) {
    println!("cargo:rerun-if-changed=data/sam");
    let mut all = Map::new();
    for name in FILES {
        match read(&Path::new("data/sam").join(format!("{name}.json"))) {
            Ok(value) => _ = all.insert((*name).to_owned(), value),
            Err(reason) => println!("cargo::error={reason}"),
        }
    }
    let bytes = miniz_oxide::deflate::compress_to_vec(Value::from(all).to_string().as_bytes(), 10);
    if let Err(error) = std::fs::write(out.join("sam.bin"), bytes) {
        println!("cargo::error=sam.bin cannot be written: {error}");
    }
}

fn read(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    match value.as_object().is_some_and(|map| !map.is_empty()) {
        true => Ok(value),
        false => Err(format!("{}: not a map with entries", path.display())),
    }
}
