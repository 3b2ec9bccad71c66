//! What has to be on the machine, and putting it there where that can be done.

use std::path::Path;

use anyhow::{Result, bail};

use crate::run::{first_present, output, present, program, run, say};

/// A clang that can compile for WebAssembly, with its archiver.
pub struct Clang {
    pub cc: String,
    pub ar: String,
}

/// The core's needs: Rust's wasm32 target and a clang.
pub fn core() -> Result<()> {
    rust_target()?;
    clang().map(drop)
}

/// The page's needs: Node and npm.
pub fn node() -> Result<()> {
    if !present("node") || !present("npm") {
        apt(&["nodejs", "npm"])?;
    }
    if !present("node") || !present("npm") {
        bail!("Node 20 or newer and npm are needed for the page; install them from your system's packages (`nodejs npm`)");
    }
    let version = output(program("node").arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok()).unwrap_or(0);
    if major < 20 {
        bail!("Node 20 or newer is needed for the page; this is {}", version.trim());
    }
    Ok(())
}

/// Browser and driver for the tests: paths of Chromium and of its driver.
pub fn chromium() -> Result<(String, String)> {
    let find = || {
        let browser = std::env::var("CHROMIUM").ok().or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome"]));
        let driver = std::env::var("CHROMEDRIVER").ok().or_else(|| on_path(&["chromedriver"]));
        browser.zip(driver)
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    apt(&["chromium", "chromium-driver"])?;
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "Chromium and its driver are needed for the browser tests: install the packages `chromium chromium-driver`, or set CHROMIUM and CHROMEDRIVER to their paths"
        ),
    }
}

pub fn clang() -> Result<Clang> {
    let find = || {
        let cc =
            std::env::var("CC_wasm32_unknown_unknown").ok().or_else(|| first_present(&["clang-19", "clang-20", "clang-21", "clang"]))?;
        let version = clang_version(&cc)?;
        let ar = std::env::var("AR_wasm32_unknown_unknown")
            .ok()
            .or_else(|| first_present(&[&format!("llvm-ar-{version}"), "llvm-ar", "llvm-ar-19"]))?;
        compiles_wasm(&cc).then_some(Clang { cc, ar })
    };
    if let Some(clang) = find() {
        return Ok(clang);
    }
    apt(&["clang-19", "llvm-19", "lld-19"])?;
    match find() {
        Some(clang) => Ok(clang),
        None => bail!(
            "the grammars are C: a clang that compiles for WebAssembly, and its llvm-ar, are needed. \
             On Debian or Ubuntu install `clang-19 llvm-19 lld-19`; elsewhere any recent clang with LLVM's tools. \
             CC_wasm32_unknown_unknown and AR_wasm32_unknown_unknown name others"
        ),
    }
}

pub fn rustc() -> std::process::Command {
    program(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn rust_target() -> Result<()> {
    let sysroot = output(rustc().args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        return Ok(());
    }
    if present("rustup") {
        say("adding Rust's wasm32-unknown-unknown target");
        if run(program("rustup").args(["target", "add", "wasm32-unknown-unknown"])).is_ok() {
            return Ok(());
        }
    }
    bail!(
        "Rust's standard library for wasm32-unknown-unknown is missing: run `rustup target add wasm32-unknown-unknown`, \
         or install your system's package for it (Debian: `libstd-rust-dev-wasm32`)"
    )
}

/// Installs Debian packages where that is possible without asking anyone; otherwise does nothing.
fn apt(packages: &[&str]) -> Result<()> {
    let root = output(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !present("apt-get") {
        return Ok(());
    }
    say(format!("installing {}", packages.join(" ")));
    let install = || {
        let mut command = program("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
        run(command.stdout(std::process::Stdio::null()))
    };
    // The package lists may be missing or old: fetch them once and try again.
    if install().is_err() {
        run(program("apt-get").args(["update", "-qq"]).stdout(std::process::Stdio::null()))?;
        install()?;
    }
    Ok(())
}

fn clang_version(cc: &str) -> Option<u32> {
    let text = output(program(cc).arg("--version")).ok()?;
    let at = text.find("version ")? + "version ".len();
    text.get(at..)?.split('.').next()?.parse().ok()
}

/// Apple's clang for one has no WebAssembly back end.
fn compiles_wasm(cc: &str) -> bool {
    output(program(cc).arg("--print-targets")).is_ok_and(|targets| targets.contains("wasm32"))
}

fn on_path(names: &[&str]) -> Option<String> {
    let path = std::env::var_os("PATH")?;
    let found = names.iter().find_map(|name| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()))?;
    Some(found.to_string_lossy().into_owned())
}
