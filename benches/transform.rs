//! Serverless templates to declarations: a hundred functions with one API event each become 303 resources.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use plumbline::lang::cloudformation;
use plumbline::model::Given;
use plumbline::source::{Sources, Version};

fn template(functions: usize) -> String {
    let mut text = String::from("Transform: AWS::Serverless-2016-10-31\nResources:\n");
    for n in 0..functions {
        let _ = write!(
            text,
            "  Function{n}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      Runtime: python3.12\n      \
             CodeUri: s3://code/{n}.zip\n      MemorySize: 256\n      Events:\n        Get:\n          Type: Api\n          \
             Properties: {{Path: /items/{n}, Method: get}}\n"
        );
    }
    text
}

fn transform(criterion: &mut Criterion) {
    let mut sources = Sources::default();
    sources.add(Version::After, "template.yaml", template(100));
    let Some(file) = sources.files().next() else { return };
    let mut group = criterion.benchmark_group("serverless");
    group.bench_function("100 functions to 303 resources", |bencher| {
        bencher.iter(|| assert_eq!(black_box(cloudformation::template(file, &Given::default())).0.resources.len(), 303));
    });
    group.finish();
}

criterion_group!(benches, transform);
criterion_main!(benches);
