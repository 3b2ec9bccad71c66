//! Layout of made-up graphs shaped like modules: 6 to 29 resources each, two in five nested, hubs, 1.5 edges to a node.
//!
//! Besides time, prints what the picture is like: its size and how often lines cross.

// The graphs are made here: a wrong number is a fault of the bench and may stop it.
#![allow(clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use plumbline::layout::{Edge, Group, Input, Layout, Node, layered};
use plumbline::report::scene::{View, scene};
use plumbline::{Input as PlumblineInput, InputFile};

/// A small generator of numbers, so that every run sees the same graphs.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit.max(1))) as u32
    }
}

fn modules(count: u32) -> Input {
    let mut dice = Dice(7);
    let mut input = Input::default();
    let mut starts = Vec::new();
    while (input.nodes.len() as u32) < count {
        let number = input.groups.len() as u32;
        let parent =
            (number > 0 && dice.below(10) < 4).then(|| dice.below(number)).filter(|parent| input.groups[*parent as usize].parent.is_none());
        input.groups.push(Group { parent, label_width: 80.0 });
        let start = input.nodes.len() as u32;
        let size = (6 + dice.below(24)).min(count - start);
        starts.push((start, size));
        for at in 0..size {
            let node = start + at;
            input.nodes.push(Node { width: 146.0, height: 38.0, group: Some(number) });
            // Most references stay in the module and go to its first resources.
            for _ in 0..1 + dice.below(2) {
                let (from, size) = if dice.below(4) > 0 || number == 0 { (start, at) } else { starts[dice.below(number) as usize] };
                if size > 0 {
                    let hub = dice.below(size).min(dice.below(size));
                    input.edges.push(Edge { source: from + hub, target: node });
                }
            }
        }
    }
    input
}

/// Crossings of lines as drawn, and of straight lines between the middles of their nodes.
fn crossings(input: &Input, layout: &Layout) -> (u64, u64) {
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for (number, points) in layout.edges.iter().enumerate() {
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let source = input.edges[number].source;
            if a.1 == b.1 {
                level.push((source, a.1, a.0.min(b.0), a.0.max(b.0)));
            } else {
                upright.push((source, a.0, a.1.min(b.1), a.1.max(b.1)));
            }
        }
    }
    // Lines of one node share their way: count it once.
    for list in [&mut level, &mut upright] {
        list.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3)));
        list.dedup();
    }
    upright.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut drawn = 0;
    for (source, y, left, right) in &level {
        let from = upright.partition_point(|line| line.1 <= *left);
        drawn += upright[from..]
            .iter()
            .take_while(|line| line.1 < *right)
            .filter(|line| line.0 != *source && line.2 < *y && line.3 > *y)
            .count() as u64;
    }
    let middle = |node: u32| {
        let rect = layout.nodes[node as usize];
        (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0)
    };
    let lines: Vec<_> = input.edges.iter().map(|edge| (middle(edge.source), middle(edge.target))).collect();
    let side = |a: (f32, f32), b: (f32, f32), c: (f32, f32)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let mut straight = 0;
    for (at, (a, b)) in lines.iter().enumerate() {
        straight += lines[at + 1..]
            .iter()
            .filter(|(c, d)| side(*a, *b, *c) * side(*a, *b, *d) < 0.0 && side(*c, *d, *a) * side(*c, *d, *b) < 0.0)
            .count() as u64;
    }
    (drawn, straight)
}

fn layouts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("layout");
    group.sample_size(10);
    for count in [60, 300, 1_000, 5_000] {
        let input = modules(count);
        let layout = layered(&input);
        let (drawn, straight) = crossings(&input, &layout);
        let length: f32 = layout
            .edges
            .iter()
            .flat_map(|points| points.windows(2))
            .map(|pair| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs())
            .sum();
        println!(
            "{count} nodes, {} edges, {} groups: {:.0} x {:.0}, {drawn} crossings as drawn, {straight} of straight lines, mean length {:.0}",
            input.edges.len(),
            input.groups.len(),
            layout.width,
            layout.height,
            length / input.edges.len() as f32
        );
        group.bench_with_input(BenchmarkId::from_parameter(count), &input, |bencher, input| bencher.iter(|| layered(black_box(input))));
    }
    group.finish();
}

/// Resources in files of forty, each reading one or two of those before it; of the version before, a third differs.
fn project(count: u32, after: bool) -> Vec<InputFile> {
    let mut dice = Dice(11);
    let mut files: Vec<String> = Vec::new();
    for at in 0..count {
        let (first, second, changed) = (dice.below(at), dice.below(at), dice.below(3) == 0);
        if at.is_multiple_of(40) {
            files.push(String::new());
        }
        let Some(file) = files.last_mut() else { continue };
        let delay = if after && changed { 10 } else { 5 };
        let _ = writeln!(file, "resource \"aws_sqs_queue\" \"q{at}\" {{\n  delay_seconds = {delay}");
        if at > 0 {
            let _ = writeln!(file, "  tags = {{ a = aws_sqs_queue.q{first}.arn, b = aws_sqs_queue.q{second}.arn }}");
        }
        file.push_str("}\n");
    }
    files.into_iter().enumerate().map(|(at, text)| InputFile::new(format!("part{at}.tf"), text.into_bytes())).collect()
}

fn scenes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scene");
    group.sample_size(10);
    for count in [2_000, 5_000] {
        let input = PlumblineInput { files: project(count, true), base: Some(project(count, false)), ..PlumblineInput::default() };
        let review = plumbline::review(&input);
        for (name, view) in [("first", View::default()), ("all", View { show_all: true, ..View::default() })] {
            let shown = scene(&review, &view);
            println!("{count} {name}: {} cards, {} edges, {} numbers", shown.cards.len(), shown.edges.len(), shown.geometry.len());
            group.bench_function(BenchmarkId::new(name, count), |bencher| bencher.iter(|| scene(black_box(&review), &view)));
        }
    }
    group.finish();
}

criterion_group!(benches, layouts, scenes);
criterion_main!(benches);
