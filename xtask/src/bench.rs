//! Measures: every stage of the native review by size and its growth, the peak of memory, the core in Node, and on
//! request the same project by a peer in the same run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::{cargo, output, program, run, say, target};
use crate::{core, page};

const SIZES: [usize; 4] = [50, 500, 2_000, 20_000];
/// What the targets speak of.
const MEASURED: usize = 2_000;
/// The version of the peer, so that a ratio can be measured again.
const CHECKOV: &str = "checkov==3.3.30";
/// A peer that parses.
const HCL2JSON: &str = "@cdktf/hcl2json@0.21.0";
/// Packages that carry whole real configurations, a few hundred files together.
const REAL: [&str; 2] = ["nebari==2025.10.1", "ohbs-cloud==0.1.1"];

pub fn bench(peers: bool) -> Result<()> {
    native()?;
    memory()?;
    wasm()?;
    if peers {
        compare()?;
        parsing()?;
    }
    Ok(())
}

/// Bytes a second of the parser on real files, natively beside hcl-edit and in WebAssembly beside hcl2json.
fn parsing() -> Result<()> {
    let files = real()?;
    say("measuring the parsers on real files");
    let mut command = cargo();
    let text = output(command.args(["bench", "--quiet", "--bench", "peers"]).env("PLUMBLINE_FILES", &files))?;
    print!("{text}");
    let peers = target().join("peers/npm");
    if !peers.join("node_modules/@cdktf/hcl2json").is_dir() {
        say("installing the peer that parses");
        std::fs::create_dir_all(&peers)?;
        std::fs::write(peers.join("package.json"), "{ \"private\": true }\n")?;
        run(page::npm().current_dir(&peers).args(["install", "--no-audit", "--no-fund", "--loglevel=error", HCL2JSON]))?;
    }
    say("compiling the parser to WebAssembly");
    let parser = core::parser()?;
    println!("WebAssembly in Node:");
    run(program("node").arg("xtask/bench/parse.mjs").arg(parser).arg(files).arg(peers))
}

/// A folder with real configurations, unpacked from packages.
fn real() -> Result<PathBuf> {
    let folder = target().join("bench/real");
    if !folder.is_dir() {
        let python = peer()?;
        let wheels = target().join("bench/wheels");
        say("fetching real configurations");
        run(program(&python).args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"]).arg(&wheels).args(REAL))?;
        for wheel in std::fs::read_dir(&wheels)? {
            run(program(&python).args(["-m", "zipfile", "-e"]).arg(wheel?.path()).arg(&folder))?;
        }
    }
    Ok(folder)
}

/// Criterion's medians as one table: a row for each stage, a column for each size.
fn native() -> Result<()> {
    say("measuring the native review, stage by stage");
    let text = output(cargo().args(["bench", "--quiet", "--bench", "review"]))?;
    let rows = medians(&text);
    if rows.is_empty() {
        bail!("the benchmark printed no times");
    }
    let columns: Vec<String> = SIZES.iter().map(|size| format!("{size:>11}")).collect();
    println!("{:<22}{}   growth   milliseconds, median, by resources", "stage", columns.concat());
    for (stage, times) in rows {
        let cells: String =
            SIZES.iter().map(|size| times.get(size).map_or(format!("{:>11}", "-"), |time| format!("{time:>11.2}"))).collect();
        let growth = times.get(&20_000).zip(times.get(&2_000)).map_or(String::new(), |(large, small)| format!("{:>8.1}x", large / small));
        println!("{stage:<22}{cells} {growth}");
    }
    Ok(())
}

fn memory() -> Result<()> {
    for size in SIZES {
        let peak = output(cargo().args(["bench", "--quiet", "--bench", "review", "--", "--peak", &size.to_string()]))?;
        println!("peak of memory, change of {size} resources: {} KiB", peak.trim());
    }
    Ok(())
}

fn wasm() -> Result<()> {
    let pkg = core::build()?;
    for size in SIZES {
        let folder = project(size)?;
        let text = output(program("node").arg("xtask/bench/wasm.mjs").arg(&pkg).arg(&folder))?;
        for line in text.lines() {
            if let [what, first, warm] = line.split(' ').collect::<Vec<_>>()[..] {
                println!("WebAssembly in Node, {what} of {size} resources: first {first} ms after the warm-up, then {warm} ms (median)");
            }
        }
    }
    Ok(())
}

/// CPU time of whole processes on the same folder. The peer sees one version, so that is what is reviewed.
fn compare() -> Result<()> {
    let python = peer()?;
    let folder = project(MEASURED)?.join("after");
    say("building the command line for release");
    run(cargo().args(["build", "--quiet", "--release"]))?;
    let ours = cpu(20, || quiet(Command::new(target().join("release/plumbline")).arg("review").arg(&folder).args(["--format", "json"])))?;
    say("measuring checkov's graph");
    let graph = cpu(1, || quiet(program(&python).arg("tests/oracles/tf_graph_checkov.py").arg(&folder)))?;
    say("measuring the checkov command");
    let checkov = python.with_file_name("checkov");
    // It exits with 1 when it finds something.
    let command = cpu(1, || finish(program(&checkov).arg("-d").arg(&folder).args(["--framework", "terraform", "--quiet", "--compact"])))?;
    println!("CPU seconds for {MEASURED} resources: plumbline {ours:.3}, checkov's graph {graph:.1}, checkov {command:.1}");
    println!("checkov's graph takes {:.0} times as long, the checkov command {:.0} times", graph / ours, command / ours);
    Ok(())
}

/// A generated project on disk, both versions of it.
fn project(size: usize) -> Result<PathBuf> {
    let folder = target().join(format!("bench/{size}"));
    run(cargo().args(["bench", "--quiet", "--bench", "review", "--", "--write", &size.to_string()]).arg(&folder))?;
    Ok(folder)
}

/// The Python of an environment that has the peer.
fn peer() -> Result<PathBuf> {
    let folder = target().join("peers");
    let python = folder.join("bin/python");
    if !python.is_file() {
        say("installing the peer");
        run(program("python3").args(["-m", "venv"]).arg(&folder)).context("Python 3 with its venv module is needed for the peer")?;
        run(program(&python).args(["-m", "pip", "install", "--quiet", CHECKOV]))?;
    }
    Ok(python)
}

/// Mean CPU seconds, user and system, of the processes that `work` starts and waits for. Linux tells them.
fn cpu(times: u32, work: impl Fn() -> Result<()>) -> Result<f64> {
    let before = children()?;
    for _ in 0..times {
        work()?;
    }
    Ok((children()? - before) / f64::from(times))
}

/// CPU seconds of all child processes that have ended: the 16th and 17th field, in hundredths.
fn children() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("CPU times are read from /proc, which is not here")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(13) + ticks(14)) / 100.0)
}

fn quiet(command: &mut Command) -> Result<()> {
    run(command.stdout(Stdio::null()).stderr(Stdio::null()))
}

fn finish(command: &mut Command) -> Result<()> {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(())
}

/// Stages in the order they were measured, each with its median in milliseconds by size.
fn medians(text: &str) -> Vec<(String, BTreeMap<usize, f64>)> {
    let mut rows: Vec<(String, BTreeMap<usize, f64>)> = Vec::new();
    let mut last = "";
    for line in text.lines() {
        let Some((name, times)) = line.split_once("time:") else {
            last = line.trim();
            continue;
        };
        let name = if name.trim().is_empty() { last } else { name.trim() };
        let Some((stage, size)) = name.rsplit_once('/') else { continue };
        let words: Vec<&str> = times.trim().trim_matches(['[', ']']).split_whitespace().collect();
        let (Ok(size), Some(time)) = (size.parse(), milliseconds(&words)) else { continue };
        match rows.iter_mut().find(|(known, _)| known == stage) {
            Some((_, times)) => drop(times.insert(size, time)),
            None => rows.push((stage.to_string(), BTreeMap::from([(size, time)]))),
        }
    }
    rows
}

/// The middle of `low unit middle unit high unit`.
fn milliseconds(words: &[&str]) -> Option<f64> {
    let (value, unit) = (words.get(2)?.parse::<f64>().ok()?, words.get(3)?);
    Some(match *unit {
        "s" => value * 1e3,
        "ms" => value,
        "µs" | "us" => value / 1e3,
        "ns" => value / 1e6,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criterion_s_lines_become_rows() {
        let text = "evaluate/50             time:   [12.0 µs 12.5 µs 13.0 µs]\nreview of a snapshot/2000\n                        time:   [61.0 ms 62.5 ms 63.0 ms]\n";
        let rows = medians(text);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0], ("evaluate".to_string(), BTreeMap::from([(50, 0.0125)])));
        assert_eq!(rows[1], ("review of a snapshot".to_string(), BTreeMap::from([(2000, 62.5)])));
    }
}
