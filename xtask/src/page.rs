//! The page: its npm packages, its build, and when neither is needed again.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::core;
use crate::run::{program, root, run, say, target};
use crate::stamp::{Stamp, modified};

/// Builds what has changed and returns the folder to serve.
pub fn build() -> Result<PathBuf> {
    let pkg = core::build()?;
    let parts =
        ["plumbline_bg.wasm", "every/plumbline_bg.wasm", "prices.bin", "plumbline.js", "every/plumbline.js"].map(|part| pkg.join(part));
    built("building the page", "dist", "build", &parts)
}

/// The page with a core that answers with a fixed review, for the tests of the page alone.
pub fn build_fixed() -> Result<PathBuf> {
    let parts = ["fake-core.ts", "fixed-review.ts", "fixed-scene.ts"].map(|part| root().join("www/test").join(part));
    built("building the page with the fixed review", "dist/fake", "build:fake", &parts)
}

fn built(what: &str, folder: &str, script: &str, parts: &[PathBuf]) -> Result<PathBuf> {
    let www = root().join("www");
    let inputs = ["src", "samples", "build.mjs", "package.json", "package-lock.json", "tsconfig.json"].map(|name| www.join(name));
    let stamp = Stamp::new(target().join(format!("page-{}.stamp", script.replace(':', "-"))), &[&inputs, parts].concat(), "")?;
    let folder = www.join(folder);
    if !stamp.holds(&["index.html", "app.js", "_headers"].map(|name| folder.join(name))) {
        stamp.clear()?;
        say(what);
        run(npm().args(["run", "--silent", script]))?;
        stamp.set()?;
    }
    Ok(folder)
}

/// Installs the npm packages that the lock file names, when they are not there yet.
pub fn packages() -> Result<()> {
    let www = root().join("www");
    if modified(&www.join("node_modules/.package-lock.json")) < modified(&www.join("package-lock.json")) {
        say("installing the page's npm packages");
        run(npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
            .context("npm could not install the packages of www/package-lock.json")?;
    }
    Ok(())
}

/// npm in the page's folder.
pub fn npm() -> std::process::Command {
    let mut command = program("npm");
    command.current_dir(root().join("www"));
    command
}
