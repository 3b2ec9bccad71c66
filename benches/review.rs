//! The review, stage by stage, of generated projects from 50 to 20,000 resources.
//!
//! `cargo xtask bench` runs this and prints one table. `--peak N` reviews a project of N resources once and prints
//! the most memory the process held, in KiB. `--write N FOLDER` writes such a project, both versions of it.

// A measurement that cannot be made ends the run.
#![allow(clippy::expect_used)]

#[path = "generate.rs"]
mod generate;
// The command line's.
#[path = "../src/memory.rs"]
mod memory;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion};
use plumbline::catalog::prices::{Prices, bundled};
use plumbline::cost::{Usage, bill};
use plumbline::diagnostic::Diagnostics;
use plumbline::evaluate::{Given, evaluate};
use plumbline::graph::Graph;
use plumbline::lang::{self, Program};
use plumbline::model::Snapshot;
use plumbline::report::json::json;
use plumbline::report::scene::{View, scene};
use plumbline::source::{Sources, Version};
use plumbline::syntax::{Language, parse};
use plumbline::{Catalog, Input, InputFile, Project, change, checks, impact, intake, review, rollback};

use generate::Edition;

const SIZES: [usize; 4] = [50, 500, 2_000, 20_000];

fn main() {
    memory::reserve();
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--peak") {
        let size = arguments.get(at + 1).and_then(|size| size.parse().ok()).expect("--peak takes a number of resources");
        return peak(size);
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        let size = arguments.get(at + 1).and_then(|size| size.parse().ok()).expect("--write takes a number of resources");
        return write(size, arguments.get(at + 2).expect("--write takes a folder").as_ref());
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for size in SIZES {
        stages(&mut criterion, size);
    }
    criterion.final_summary();
}

/// One version, through the stages up to the graph.
struct Read {
    sources: Sources,
    program: Program,
    snapshot: Snapshot,
    graph: Graph,
}

impl Read {
    fn pair(&self) -> (&Snapshot, &Graph) {
        (&self.snapshot, &self.graph)
    }
}

fn read(files: &[InputFile], version: Version) -> Read {
    let mut sources = Sources::default();
    let mut out = Diagnostics::new();
    intake::take(files, version, &mut sources, &mut out);
    let program = lang::read(&sources, version, &mut out);
    let snapshot = evaluate(&program, &sources, version, &Given::default());
    let graph = Graph::of(&snapshot);
    Read { sources, program, snapshot, graph }
}

fn inputs(size: usize, edition: Edition) -> Vec<InputFile> {
    generate::files(size, edition).into_iter().map(|(path, text)| InputFile::new(path, text.into_bytes())).collect()
}

/// Queues that have another name in the other version, and nothing else is another.
fn queues(size: usize, name: &str) -> Vec<InputFile> {
    let queue =
        |at: usize| format!("resource \"aws_sqs_queue\" \"{name}_{at}\" {{\n  name          = \"queue-{at}\"\n  delay_seconds = 5\n}}\n\n");
    vec![InputFile::new("main.tf", (0..size).map(queue).collect::<String>().into_bytes())]
}

fn catalog() -> Catalog {
    Catalog::new().with_prices(Prices::open(bundled()).expect("the price table opens"))
}

fn comparison(size: usize) -> Input {
    Input { files: inputs(size, Edition::After), base: Some(inputs(size, Edition::Before)), catalog: catalog(), ..Input::default() }
}

/// Stages of a snapshot first, then those that compare, then the whole. Each is measured alone, on what the
/// stages before it made.
fn stages(criterion: &mut Criterion, size: usize) {
    let files = inputs(size, Edition::After);
    let catalog = catalog();
    let after = read(&files, Version::After);
    let before = read(&inputs(size, Edition::Before), Version::Before);
    assert_eq!(after.snapshot.resources.len(), size, "the generated project does not declare what it says");

    let mut measure = |stage: &str, work: &mut dyn FnMut()| {
        criterion.bench_with_input(BenchmarkId::new(stage, size), &(), |bencher, ()| bencher.iter(&mut *work));
    };

    measure("intake", &mut || {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::new());
        intake::take(black_box(&files), Version::After, &mut sources, &mut out);
        black_box(sources);
    });
    measure("parse", &mut || {
        for file in after.sources.files() {
            black_box(parse(Language::Hcl, &file.text));
        }
    });
    measure("parse + lower", &mut || {
        black_box(lang::read(&after.sources, Version::After, &mut Diagnostics::new()));
    });
    measure("evaluate", &mut || {
        black_box(evaluate(&after.program, &after.sources, Version::After, &Given::default()));
    });
    measure("graph", &mut || {
        black_box(Graph::of(&after.snapshot));
    });
    measure("cost", &mut || {
        black_box(bill(&after.snapshot, &catalog, None, &Usage::default()));
    });

    let pairs = Some(before.pair());
    let changes = change::diff(pairs, after.pair(), &catalog);
    let impacts = impact::assess(&changes, pairs, after.pair(), &catalog);
    measure("change", &mut || {
        black_box(change::diff(pairs, after.pair(), &catalog));
    });
    measure("impact", &mut || {
        black_box(impact::assess(&changes, pairs, after.pair(), &catalog));
    });
    measure("checks", &mut || {
        black_box(checks::run(&changes, pairs, after.pair(), &catalog));
    });
    measure("rollback", &mut || {
        black_box(rollback::plan(&changes, &impacts, pairs, after.pair(), &catalog));
    });

    let compared = comparison(size);
    let snapshot = Input { base: None, ..compared.clone() };
    measure("review of a snapshot", &mut || {
        black_box(review(&snapshot));
    });
    measure("review of a change", &mut || {
        black_box(review(&compared));
    });

    let renamed = Input { files: queues(size, "new"), base: Some(queues(size, "old")), catalog: catalog.clone(), ..Input::default() };
    measure("review where all is renamed", &mut || {
        black_box(review(&renamed));
    });

    let reviewed = review(&compared);
    measure("json", &mut || {
        black_box(json(&reviewed));
    });
    measure("scene", &mut || {
        black_box(scene(&reviewed, &View::default()));
    });

    // What a key press costs: one file differs each time.
    let mut project = Project::default();
    project.set_catalog(catalog.clone());
    for (version, files) in [(Version::Before, compared.base.unwrap_or_default()), (Version::After, compared.files)] {
        for file in files {
            project.set_file(version, file);
        }
    }
    let mut turn = 0;
    measure("edit of one file", &mut || {
        turn += 1;
        let text = format!("locals {{\n  turn = {turn}\n}}\n");
        project.set_file(Version::After, InputFile::new("turn.tf", text.into_bytes()));
        black_box(project.review());
    });
}

/// Writes both versions of a project into the folders `before` and `after`.
fn write(size: usize, folder: &std::path::Path) {
    for (name, edition) in [("before", Edition::Before), ("after", Edition::After)] {
        for (path, text) in generate::files(size, edition) {
            let path = folder.join(name).join(path);
            let parent = path.parent().expect("a file stands in a folder");
            std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text)).expect("the folder can be written");
        }
    }
}

/// Reviews a change of this size once and prints the process's peak of resident memory. Linux tells it.
fn peak(size: usize) {
    black_box(json(&review(&comparison(size))));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("not known");
    println!("{}", line.trim().trim_end_matches(" kB"));
}
