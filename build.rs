//! Compiles the grammars and turns `data/` into checked tables. Wrong data does not compile.

// A build script has one way to refuse wrong data: it stops.
#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "build/facts.rs"]
mod facts;
#[path = "build/free.rs"]
mod free;
#[path = "build/grammars.rs"]
mod grammars;
#[path = "build/names.rs"]
mod names;
#[path = "build/prices.rs"]
mod prices;
#[path = "build/sam.rs"]
mod sam;
#[path = "build/texts.rs"]
mod texts;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    grammars::compile(&out);
    let [replacement, impact] = facts::generate(&out);
    let free = texts::generate(&out, "free.csv", "free.txt", free::table);
    let names = texts::generate(&out, "unique_names.csv", "unique_names.txt", names::table);
    prices::pack(&out, [&replacement, &free, &names, &impact]);
    sam::pack(&out);
}
