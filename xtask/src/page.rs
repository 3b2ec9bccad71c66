//! The page: its npm packages, its build, and when neither is needed again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::run::{program, root, run, say};
use crate::{core, setup};

/// Builds what has changed and returns the folder to serve.
pub fn build() -> Result<PathBuf> {
    setup::node()?;
    let pkg = core::build()?;
    packages()?;
    let www = root().join("www");
    let page = www.join("dist/index.html");
    let inputs = [pkg, www.join("src"), www.join("samples"), www.join("build.mjs"), www.join("package-lock.json")];
    let newest = inputs.iter().filter_map(|path| newest(path)).max();
    if newest > modified(&page) {
        say("building the page");
        run(npm().args(["run", "--silent", "build"]))?;
    }
    Ok(www.join("dist"))
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

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// The newest change of a file, or of any file below a folder.
fn newest(path: &Path) -> Option<SystemTime> {
    let Ok(entries) = fs::read_dir(path) else { return modified(path) };
    entries.flatten().filter_map(|entry| newest(&entry.path())).max()
}
