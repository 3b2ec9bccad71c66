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

/// 2,000 instances of one module, of equal inputs and of inputs that all differ.
fn instances(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("2,000 module instances");
    for (inputs, name) in [("equal", "app"), ("distinct", "app${count.index}")] {
        let mut sources = Sources::default();
        sources.add(Version::After, "main.tf", CALL.replace("NAME", name));
        sources.add(Version::After, "label/main.tf", LABEL.to_string());
        let program = lang::read(&sources, Version::After, &mut Vec::new());
        let given = Given::default();
        group.bench_function(inputs, |bencher| {
            bencher.iter(|| evaluate::evaluate(black_box(&program), &sources, Version::After, &given).resources.len());
        });
    }
    group.finish();
}

const CALL: &str = r#"
module "label" {
  count      = 2000
  source     = "./label"
  name       = "NAME"
  attributes = ["blue", "Web App", "x_1"]
  tags       = { Team = "core", Cost = "42" }
}
"#;

const LABEL: &str = r#"
variable "name" { type = string }
variable "attributes" { type = list(string) }
variable "tags" { type = map(string) }
locals {
  plain   = [for part in concat([var.name], var.attributes) : lower(replace(part, "/[^a-zA-Z0-9-]/", ""))]
  id      = join("-", distinct(compact(local.plain)))
  titles  = { for at, part in local.plain : title(part) => at }
  tags    = merge(var.tags, { for title, at in local.titles : title => local.plain[at] }, { Name = local.id })
  listed  = [for key in keys(local.tags) : { key = key, value = local.tags[key] }]
  allowed = jsonencode({ Statement = [for tag in local.listed : { Sid = tag.key, Resource = "arn:aws:s3:::${tag.value}/*" }] })
}
resource "aws_sqs_queue" "this" {
  name   = local.id
  policy = local.allowed
  tags   = local.tags
}
"#;

criterion_group!(benches, evaluation, instances);
criterion_main!(benches);
