//! Evaluation, references included, and the graph: native, by number of resources.

#[allow(dead_code)]
mod generate;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use plumbline::evaluate::{self, Given};
use plumbline::graph::Graph;
use plumbline::lang;
use plumbline::source::{Sources, Version};

use generate::Edition;

fn evaluation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("evaluate");
    for resources in [200, 2_000, 20_000] {
        group.sample_size(if resources > 10_000 { 10 } else { 50 });
        let mut sources = Sources::default();
        for (path, text) in generate::files(resources, Edition::After) {
            sources.add(Version::After, path, text);
        }
        let program = lang::read(&sources, Version::After, &mut Vec::new());
        let given = Given::default();
        let snapshot = evaluate::evaluate(&program, &sources, Version::After, &given);
        assert_eq!(snapshot.resources.len(), resources);
        group.bench_function(BenchmarkId::new("snapshot", resources), |bencher| {
            bencher.iter(|| evaluate::evaluate(black_box(&program), &sources, Version::After, &given).resources.len());
        });
        group.bench_function(BenchmarkId::new("graph", resources), |bencher| {
            bencher.iter(|| Graph::of(black_box(&snapshot)).dependencies.len());
        });
        let graph = Graph::of(&snapshot);
        let first = plumbline::model::ResourceId(0);
        group.bench_function(BenchmarkId::new("reach and order", resources), |bencher| {
            bencher.iter(|| graph.downstream(black_box(&[first])).len() + graph.order().len());
        });
    }
    group.finish();
}

criterion_group!(benches, evaluation);
criterion_main!(benches);
