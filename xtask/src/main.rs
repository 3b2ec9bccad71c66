//! `cargo xtask`: sets up, builds, serves, tests and measures Plumbline.

mod core;
#[cfg(feature = "grammar")]
mod grammar;
mod run;
mod setup;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
Usage: cargo xtask COMMAND

Commands:
  build            Build the page and the npm package: www/dist and pkg
  core             Build the npm package alone: pkg, with the WebAssembly core
  setup            Install what is missing: the wasm32 target, clang for the grammars
  grammar          Generate the parser of grammars/hcl again (run with --features grammar)
  help             This text

Only what has changed is built again.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let (command, rest) = arguments.split_first().map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    if let Some(unexpected) = rest.first() {
        bail!("`{command}` does not take `{unexpected}`; see `cargo xtask help`");
    }
    match command {
        "core" => core::build().map(drop),
        "setup" => setup::core(),
        "grammar" => grammar(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("no command `{other}`; see `cargo xtask help`"),
    }
}

#[cfg(feature = "grammar")]
fn grammar() -> Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    grammar::generate(&root).map_err(|error| anyhow::anyhow!("{error}"))
}

#[cfg(not(feature = "grammar"))]
fn grammar() -> Result<()> {
    bail!("the parser generator is not built in; run `cargo run --package xtask --features grammar -- grammar`")
}
