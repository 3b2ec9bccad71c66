//! Every test there is, step by step; the first that fails ends the run and is named.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::run::{cargo, program, root, run, say, target};
use crate::{core, page, setup, size};

type Step = fn() -> Result<()>;

pub fn all() -> Result<()> {
    let steps: [(&str, Step); 9] = [
        ("format", format),
        ("lint, native", lint_native),
        ("lint, WebAssembly", lint_wasm),
        ("tests, native", native),
        ("core and its types", types),
        ("npm package in Node", package),
        ("tests, WebAssembly in Chromium", wasm),
        ("page", page_tests),
        ("sizes", size::gate),
    ];
    let all = steps.len();
    for (at, (name, step)) in steps.into_iter().enumerate() {
        say(format!("step {} of {all}: {name}", at + 1));
        step().with_context(|| format!("step {} of {all}, {name}, failed", at + 1))?;
    }
    say(format!("all {all} steps passed"));
    Ok(())
}

fn format() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// What is shipped may not panic. Tests and benchmarks may, that is how they fail: `clippy.toml` and the heads of their
/// files say so, so that one set of options serves all, and cargo need not check again for another.
fn lint_native() -> Result<()> {
    run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn lint_wasm() -> Result<()> {
    setup::core()?;
    let mut command = cargo();
    command.args(["clippy", "--quiet", "--lib", "--no-default-features", "--target", core::TARGET]);
    command.envs(core::c_environment()?);
    run(command.args(["--", "-D", "warnings"]))
}

fn native() -> Result<()> {
    run(cargo().args(["test", "--workspace"]))
}

/// Builds the core; the TypeScript types that come with it must be those in the repository.
fn types() -> Result<()> {
    let committed = root().join("pkg/plumbline.d.ts");
    let before = fs::read_to_string(&committed).unwrap_or_default();
    core::build()?;
    if fs::read_to_string(&committed)? != before {
        bail!("pkg/plumbline.d.ts was not what the Rust structs say; it is now, so look at it and commit it");
    }
    Ok(())
}

fn package() -> Result<()> {
    setup::node()?;
    run(program("node").args(["--test", "pkg/test/"]))
}

fn wasm() -> Result<()> {
    let (_, driver) = setup::chromium()?;
    say("building the runner of the browser tests");
    run(cargo().args(["build", "--quiet", "--package", "xtask", "--features", "browser", "--bin", "wasm-test-runner"]))?;
    let mut command = cargo();
    command.args(["test", "--no-default-features", "--test", "web", "--target", core::TARGET]);
    command.envs(core::c_environment()?);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", target().join("debug/wasm-test-runner"));
    command.env("CHROMEDRIVER", driver).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    run(&mut command)
}

fn page_tests() -> Result<()> {
    let (browser, _) = setup::chromium()?;
    page::build()?;
    page::build_fixed()?;
    run(page::npm().args(["run", "--silent", "check"]))?;
    run(page::npm().args(["run", "--silent", "test:built"]).env("CHROMIUM", browser))
}
