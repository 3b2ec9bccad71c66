//! `cargo xtask`: sets up, builds, serves, tests and measures Plumbline.

mod bench;
mod core;
#[cfg(feature = "grammar")]
mod grammar;
mod page;
mod run;
mod serve;
mod setup;
mod size;
mod stamp;
mod test;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const HELP: &str = "\
Usage: cargo xtask COMMAND

Commands:
  serve [--port N]  Build the page and serve it on 127.0.0.1 (from port 8420 on, the next free one)
  test              Run every test: native, WebAssembly in Chromium, npm package, page, lint, sizes
  bench [--peers]   Measure the review: stages, growth, memory, WebAssembly; --peers: beside checkov
  build             Build the page and the npm package: www/dist and pkg
  core              Build the npm package alone: pkg, with the WebAssembly core
  size              Print the size of each part against its budget
  setup             Install what is missing, and build nothing
  grammar           Generate the parser of grammars/hcl again
  help              This text

What a command needs and the machine lacks (Rust's wasm32 target, clang, Node, Chromium, npm packages) is
installed when that can be done without asking; otherwise one message names it. Only what has changed is built again.
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
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    match (command, rest.as_slice()) {
        ("serve", []) => serve::serve(&page::build()?, serve::PORT),
        ("serve", ["--port", port]) => {
            let port = port.parse().with_context(|| format!("`{port}` is not a port"))?;
            serve::serve(&page::build()?, port)
        }
        ("test", []) => test::all(),
        ("bench", []) => bench::bench(false),
        ("bench", ["--peers"]) => bench::bench(true),
        ("build", []) => page::build().map(drop),
        ("core", []) => core::build().map(drop),
        ("size", []) => size::gate(),
        ("setup", []) => {
            setup::core()?;
            setup::node()?;
            setup::chromium()?;
            page::packages()
        }
        ("grammar", []) => grammar(),
        ("help" | "--help" | "-h", []) => {
            print!("{HELP}");
            Ok(())
        }
        (known @ ("serve" | "test" | "bench" | "build" | "core" | "size" | "setup" | "grammar" | "help"), [unexpected, ..]) => {
            bail!("`{known}` does not take `{unexpected}`; see `cargo xtask help`")
        }
        (other, _) => bail!("no command `{other}`; see `cargo xtask help`"),
    }
}

#[cfg(feature = "grammar")]
fn grammar() -> Result<()> {
    let root = run::root();
    grammar::generate(&root).map_err(|error| anyhow::anyhow!("{error}"))
}

#[cfg(not(feature = "grammar"))]
fn grammar() -> Result<()> {
    // The generator is a large dependency; only this command builds it.
    run::run(run::cargo().args(["run", "--quiet", "--package", "xtask", "--features", "grammar", "--", "grammar"]))
}
