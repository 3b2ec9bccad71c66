//! Running other programs, and saying what is going on.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The repository's top folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Prints a line with the seconds since the start before it.
pub fn say(text: impl AsRef<str>) {
    static START: OnceLock<Instant> = OnceLock::new();
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs();
    println!("[{seconds:>4} s] {}", text.as_ref());
}

/// A command that runs in the repository's top folder, without input.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command to its end; an error when it does not start or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} does not start", words(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", words(command));
    }
    Ok(())
}

/// Runs cargo to its end as [`run`] does, and says now and then how far it is: a core takes minutes.
pub fn run_telling(command: &mut Command, what: &str) -> Result<()> {
    const PAUSE: Duration = Duration::from_secs(15);
    let mut child = command.stderr(Stdio::piped()).spawn().with_context(|| format!("{} does not start", words(command)))?;
    let stderr = child.stderr.take();
    let state = Mutex::new((0_usize, String::new()));
    let status = std::thread::scope(|scope| {
        scope.spawn(|| {
            for line in stderr.into_iter().flat_map(|it| BufReader::new(it).lines()).map_while(|line| line.ok()) {
                let mut words = line.split_whitespace();
                match (words.next(), words.next()) {
                    (Some("Compiling"), Some(name)) => {
                        if let Ok(mut state) = state.lock() {
                            *state = (state.0 + 1, name.to_string());
                        }
                    }
                    (Some("Finished" | "Downloading" | "Downloaded" | "Updating" | "Locking" | "Blocking"), _) => {}
                    _ => eprintln!("{line}"),
                }
            }
        });
        let mut told = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return anyhow::Ok(status);
            }
            std::thread::sleep(Duration::from_millis(200));
            if told.elapsed() > PAUSE {
                told = Instant::now();
                if let Ok(state) = state.lock() {
                    say(format!("{what}: at {}, package {}", state.1, state.0));
                }
            }
        }
    })?;
    if !status.success() {
        bail!("{} failed ({status})", words(command));
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("{} does not start", words(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", words(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program is there and answers to `--version`.
pub fn present(name: &str) -> bool {
    let quiet = program(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// The first of several programs that is there.
pub fn first_present(names: &[&str]) -> Option<String> {
    names.iter().find(|name| present(name)).map(|name| name.to_string())
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    format!("`{}`", words.join(" "))
}
