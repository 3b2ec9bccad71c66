//! The WebAssembly core: compiled, bound to JavaScript, and put into `pkg/` beside the price table.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, root, run, say, target};
use crate::setup;

/// The target of the browser core.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The environment in which cargo compiles the grammars' C for wasm32.
pub fn c_environment() -> Result<Vec<(String, String)>> {
    let clang = setup::clang()?;
    Ok(vec![
        (format!("CC_{}", underscored()), clang.cc),
        (format!("AR_{}", underscored()), clang.ar),
        // The profile asks for small code; the parsers are worth fast code.
        (format!("CFLAGS_{}", underscored()), "-O3".to_string()),
    ])
}

/// Builds what has changed and returns the folder with the JavaScript, the types and the core.
pub fn build() -> Result<PathBuf> {
    setup::core()?;
    let wasm = compile()?;
    let staged = target().join("pkg");
    if newer(&wasm, &staged.join("plumbline_bg.wasm")) {
        bind(&wasm, &staged)?;
    }
    let pkg = root().join("pkg");
    copy_changed(&prices(), &pkg.join("prices.bin"))?;
    for name in ["plumbline.js", "plumbline.d.ts", "plumbline_bg.wasm"] {
        copy_changed(&staged.join(name), &pkg.join(name))?;
    }
    Ok(pkg)
}

fn compile() -> Result<PathBuf> {
    say("compiling the core for WebAssembly");
    let mut command = cargo();
    command.args(["build", "--quiet", "--package", "plumbline", "--lib", "--no-default-features", "--profile", "web", "--target", TARGET]);
    command.envs(c_environment()?);
    // The build script packs the price table and leaves a copy here.
    if let Some(folder) = prices().parent() {
        fs::create_dir_all(folder)?;
    }
    command.env("PLUMBLINE_PRICES_OUT", prices());
    run(&mut command)?;
    Ok(target().join(TARGET).join("web/plumbline.wasm"))
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    say("binding it to JavaScript");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).web(true)?.typescript(true).remove_producers_section(true).remove_name_section(true);
    bindgen.generate(folder)?;
    Ok(())
}

fn prices() -> PathBuf {
    target().join("prices/prices.bin")
}

fn underscored() -> String {
    TARGET.replace('-', "_")
}

/// Whether `made` is missing or older than what it is made from.
fn newer(from: &Path, made: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    match (time(from), time(made)) {
        (Some(from), Some(made)) => from > made,
        _ => true,
    }
}

/// Copies unless the copy is already the same, so that what is built from it is not built again.
fn copy_changed(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("{} is not there", from.display()))?;
    if fs::read(to).ok().as_deref() != Some(&bytes) {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(to, bytes)?;
    }
    Ok(())
}
