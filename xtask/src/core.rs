//! The WebAssembly cores: compiled, bound to JavaScript, and put into `pkg/` beside the price table. The first reads
//! Terraform and is small; the one in `pkg/every` reads every format, and the page starts it when a file asks for it.

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
    let pkg = root().join("pkg");
    stage("the core for Terraform", "", &target().join("pkg"), &pkg)?;
    stage("the core for every format", EVERY, &target().join("pkg-every"), &pkg.join("every"))?;
    copy_changed(&prices(), &pkg.join("prices.bin"))?;
    Ok(pkg)
}

/// The features of the core that reads every format.
const EVERY: &str = "plans,programs,templates";

fn stage(what: &str, features: &str, staged: &Path, pkg: &Path) -> Result<()> {
    let wasm = compile(what, features)?;
    // Both builds leave their result in one place, so that its time alone does not tell whose it is.
    let kept = staged.with_extension("wasm");
    copy_changed(&wasm, &kept)?;
    if newer(&kept, &staged.join("plumbline_bg.wasm")) {
        bind(&kept, staged)?;
    }
    for name in ["plumbline.js", "plumbline.d.ts", "plumbline_bg.wasm"] {
        copy_changed(&staged.join(name), &pkg.join(name))?;
    }
    Ok(())
}

fn compile(what: &str, features: &str) -> Result<PathBuf> {
    say(format!("compiling {what} to WebAssembly"));
    let mut command = cargo();
    command.args(["build", "--quiet", "--package", "plumbline", "--lib", "--no-default-features", "--profile", "web", "--target", TARGET]);
    command.args(["--features", features]);
    command.envs(c_environment()?);
    // The build script packs the price table and leaves a copy here.
    if let Some(folder) = prices().parent() {
        fs::create_dir_all(folder)?;
    }
    command.env("PLUMBLINE_PRICES_OUT", prices());
    // Hashes of short texts: their unrolled rounds are worth less than the bytes.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg sha2_backend_soft=\"compact\"");
    run(&mut command)?;
    Ok(target().join(TARGET).join("web/plumbline.wasm"))
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    say("binding it to JavaScript");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("plumbline").web(true)?.typescript(true).remove_producers_section(true).remove_name_section(true);
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
