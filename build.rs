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

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    grammars::compile(&out);
    let replacement = facts::generate(&out);
    let free = free::generate(&out);
    let names = names::generate(&out);
    prices::pack(&out, [&replacement, &free, &names]);
    sam::pack(&out);
}
