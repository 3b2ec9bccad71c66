//! Reading Terraform files beside a peer, hcl-edit, in megabytes a second. `PLUMBLINE_FILES` names the folder whose
//! `.tf` files are read; without it, they are those of the tests. The peer stops at the first error, so files that it
//! refuses are left out for all.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plumbline::lang;
use plumbline::source::{FileId, SourceFile, Version};
use plumbline::syntax::{self, Language};

fn read(criterion: &mut Criterion) {
    let folder = std::env::var_os("PLUMBLINE_FILES").map_or_else(|| PathBuf::from("tests/differential"), PathBuf::from);
    let mut files = Vec::new();
    texts(&folder, &mut files);
    let found = files.len();
    files.retain(|(_, text)| hcl_edit::parser::parse_body(text).is_ok());
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    println!("{} files of {found}, {bytes} bytes", files.len());
    let sources: Vec<SourceFile> =
        files.iter().map(|(path, text)| SourceFile::new(FileId(0), Version::After, path.as_str(), text.as_str())).collect();

    let mut group = criterion.benchmark_group("files");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("parse", |bencher| {
        bencher.iter(|| files.iter().filter(|(_, text)| syntax::parse(Language::Hcl, black_box(text)).is_some()).count());
    });
    group.bench_function("parse and lower", |bencher| {
        bencher.iter(|| sources.iter().map(|file| lang::lower_file(black_box(file)).module.resources.len()).sum::<usize>());
    });
    group.bench_function("hcl-edit", |bencher| {
        bencher.iter(|| files.iter().filter(|(_, text)| hcl_edit::parser::parse_body(black_box(text)).is_ok()).count());
    });
    group.finish();
}

fn texts(folder: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "tf")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            out.push((path.display().to_string(), text));
        }
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
