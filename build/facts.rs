//! Replacement rules, impact and stateful types: `data/` to Rust tables. Wrong data stops the build.

#[path = "facts/cloudformation.rs"]
mod cloudformation;
#[path = "facts/impact.rs"]
mod impact;
#[path = "facts/ordered.rs"]
mod ordered;
#[path = "facts/replacement.rs"]
mod replacement;
#[path = "facts/stateful.rs"]
mod stateful;

use std::path::Path;

/// Writes the tables; gives those of replacements and impacts, which travel with the prices too.
pub fn generate(out: &Path) -> [String; 2] {
    println!("cargo:rerun-if-changed=data/replacement");
    println!("cargo:rerun-if-changed=data/cloudformation.json");
    println!("cargo:rerun-if-changed=data/impact.json");
    println!("cargo:rerun-if-changed=data/stateful.json");
    let replacement = replacement::table(Path::new("data/replacement"));
    write(out, "replacement.txt", &replacement);
    let rules = Path::new("data/replacement/cloudformation.json");
    write(out, "cloudformation.txt", &cloudformation::table(Path::new("data/cloudformation.json"), rules));
    let (impact, tiers) = impact::table(Path::new("data/impact.json"));
    write(out, "impact.txt", &impact);
    write(out, "tiers.rs", &tiers);
    write(out, "stateful.rs", &stateful::table(Path::new("data/stateful.json")));
    [replacement, impact]
}

fn write(out: &Path, name: &str, text: &str) {
    if let Err(error) = std::fs::write(out.join(name), text) {
        panic!("{name}: {error}");
    }
}

/// The text of a data file.
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
