//! The WebAssembly cores: compiled, bound to JavaScript, and put into `pkg/` beside the price table. The first reads
//! Terraform and is small; the one in `pkg/every` reads every format, and the page starts it when a file asks for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, output, program, root, run, run_telling, say, target};
use crate::stamp::Stamp;
use crate::{page, setup};

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
    setup::node()?;
    page::packages()?;
    let pkg = root().join("pkg");
    fs::create_dir_all(target().join("prices"))?;
    let first = Core { what: "the core for Terraform", features: "", cargo: target(), staged: target().join("pkg") };
    let every = Core {
        what: "the core for every format",
        features: "plans,programs,templates",
        // A library that is also linked has one file name for all features: in one folder, each of the two would make
        // cargo compile the other again. In two, they are also compiled side by side.
        cargo: target().join("every"),
        staged: target().join("pkg-every"),
    };
    std::thread::scope(|scope| {
        let every = scope.spawn(|| every.build(&pkg.join("every")));
        let first = first.build(&pkg);
        first.and(every.join().unwrap_or_else(|_| bail!("the build of the second core stopped")))
    })?;
    copy_changed(&prices(), &pkg.join("prices.bin"))?;
    Ok(pkg)
}

/// Builds the parser alone, as it is in the cores, for measuring it; returns the folder.
pub fn parser() -> Result<PathBuf> {
    let core = Core { what: "the parser", features: "measure", cargo: target().join("parser"), staged: target().join("pkg-parser") };
    fs::create_dir_all(target().join("prices"))?;
    run_telling(&mut core.command("--example=parser")?, "compiling the parser")?;
    bind(&core.cargo.join(TARGET).join("web/examples/parser.wasm"), &core.staged)?;
    Ok(core.staged)
}

/// One of the cores, and where it is made.
struct Core {
    what: &'static str,
    features: &'static str,
    cargo: PathBuf,
    staged: PathBuf,
}

impl Core {
    fn build(&self, pkg: &Path) -> Result<()> {
        let mut command = self.command("--lib")?;
        let stamp = Stamp::new(self.staged.with_extension("stamp"), &inputs(), &self.made_by(&command)?)?;
        let made = PARTS.map(|name| self.staged.join(name));
        if !stamp.holds(&made) || !prices().exists() {
            stamp.clear()?;
            say(format!("compiling {} to WebAssembly", self.what));
            run_telling(&mut command, &format!("compiling {}", self.what))?;
            say(format!("binding {} to JavaScript", self.what));
            bind(&self.cargo.join(TARGET).join("web/plumbline.wasm"), &self.staged)?;
            shrink(&self.staged.join("plumbline_bg.wasm"))?;
            stamp.set()?;
        }
        for name in PARTS {
            copy_changed(&self.staged.join(name), &pkg.join(name))?;
        }
        Ok(())
    }

    fn command(&self, what: &str) -> Result<Command> {
        let mut command = cargo();
        command.args(["build", "--package", "plumbline", what, "--no-default-features", "--profile", "web", "--target", TARGET]);
        command.args(["--features", self.features]).arg("--target-dir").arg(&self.cargo);
        command.envs(c_environment()?);
        // The build script packs the price table and leaves a copy here.
        command.env("PLUMBLINE_PRICES_OUT", prices());
        // Hashes of short texts: their unrolled rounds are worth less than the bytes. And what is written out at every
        // call is smaller than the profile would have it: 10 KiB of the first core.
        let flags = "--cfg sha2_backend_soft=\"compact\" -Cllvm-args=-inline-threshold=4";
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        Ok(command)
    }

    /// The tools and options that make it; its inputs apart.
    fn made_by(&self, command: &Command) -> Result<String> {
        let rustc = output(setup::rustc().arg("-vV"))?;
        let clang = output(program(setup::clang()?.cc).arg("--version"))?;
        let flags = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"].map(std::env::var_os);
        let packages = fs::read_to_string(root().join("www/package.json"))?;
        let optimiser = packages.lines().find(|line| line.contains("\"binaryen\""));
        Ok(format!("{command:?} {rustc} {clang} {flags:?} {optimiser:?}"))
    }
}

/// What a core consists of.
const PARTS: [&str; 3] = ["plumbline.js", "plumbline.d.ts", "plumbline_bg.wasm"];

/// All that a core is made from; this file says how it is bound.
fn inputs() -> Vec<PathBuf> {
    let names = ["src", "build", "data", "grammars", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo", "xtask/src/core.rs"];
    names.map(|name| root().join(name)).to_vec()
}

fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("plumbline").web(true)?.typescript(true).remove_producers_section(true).remove_name_section(true);
    bindgen.generate(folder)?;
    Ok(())
}

/// What of Binaryen makes the core smaller when it is packed, and its code a little faster. Its usual levels make it
/// larger: they spell alike code in many ways, and what is transferred is packed.
const PASSES: [&str; 13] = [
    "--duplicate-function-elimination",
    "--remove-unused-brs",
    "--optimize-instructions",
    "--rse",
    "--merge-blocks",
    "--vacuum",
    // What the first round has cleared makes more alike.
    "--remove-unused-brs",
    "--optimize-instructions",
    "--merge-blocks",
    "--remove-unused-brs",
    "--duplicate-function-elimination",
    "--remove-unused-module-elements",
    "--reorder-locals",
];

/// What Rust's target uses of WebAssembly.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

fn shrink(wasm: &Path) -> Result<()> {
    let mut command = program("node");
    command.arg(root().join("www/node_modules/binaryen/bin/wasm-opt")).args(FEATURES).args(PASSES).arg(wasm).arg("-o").arg(wasm);
    run(&mut command)
}

fn prices() -> PathBuf {
    target().join("prices/prices.bin")
}

fn underscored() -> String {
    TARGET.replace('-', "_")
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
