//! Pricing alone: a snapshot of 2,000 resources, mixed as stacks are, and the opening of the price table.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use plumbline::Catalog;
use plumbline::catalog::prices::{Prices, bundled};
use plumbline::cost::{Usage, bill};
use plumbline::model::{Address, Key, Mode, Number, Object, Resource, Snapshot, Value};
use plumbline::source::{FileId, Span};

const NOWHERE: Span = Span::new(FileId(0), 0, 0);

/// Types with their arguments; half of them cost nothing, as in real stacks.
const MIX: &[(&str, &[(&str, &str)])] = &[
    ("aws_instance", &[("instance_type", "t3.medium"), ("monitoring", "true")]),
    (
        "aws_db_instance",
        &[("engine", "postgres"), ("instance_class", "db.t3.medium"), ("allocated_storage", "100"), ("storage_type", "gp3")],
    ),
    ("aws_lb", &[("internal", "true")]),
    ("aws_nat_gateway", &[("subnet_id", "subnet-1")]),
    ("aws_s3_bucket", &[("bucket", "logs")]),
    ("aws_lambda_function", &[("memory_size", "512")]),
    ("aws_cloudwatch_metric_alarm", &[("period", "60")]),
    ("aws_cloudwatch_log_group", &[]),
    ("aws_elasticache_replication_group", &[("node_type", "cache.t3.micro"), ("num_cache_clusters", "2")]),
    ("aws_sqs_queue", &[]),
    ("aws_iam_role", &[]),
    ("aws_iam_role_policy_attachment", &[]),
    ("aws_security_group", &[]),
    ("aws_security_group_rule", &[]),
    ("aws_subnet", &[]),
    ("aws_route_table_association", &[]),
    ("aws_lb_target_group", &[]),
    ("aws_lb_listener_rule", &[]),
    ("aws_s3_bucket_policy", &[]),
    ("aws_unknown_thing", &[]),
];

fn stack(count: usize) -> Snapshot {
    let mut resources: Vec<Resource> = (0..count)
        .filter_map(|at| {
            let (kind, arguments) = MIX.get(at % MIX.len())?;
            let attributes: Object = arguments
                .iter()
                .map(|(name, text)| ((*name).into(), Number::parse(text).map_or_else(|| Value::text(*text), Value::Number)))
                .collect();
            let name = format!("r{at}");
            Some(Resource {
                address: Address::terraform("", false, kind, &name, &Key::None),
                mode: Mode::Managed,
                native_type: (*kind).into(),
                r#type: (*kind).into(),
                name: name.into(),
                provider: "aws".into(),
                region: Some("eu-west-1".into()),
                count_unknown: None,
                attributes: Arc::new(attributes),
                references: Default::default(),
                span: NOWHERE,
                declaration: None,
                prevent_destroy: false,
                create_before_destroy: false,
                ignore_changes: Default::default(),
                replace_triggered_by: Default::default(),
                replace_on_changes: Default::default(),
                retained: false,
                native: None,
            })
        })
        .collect();
    resources.sort_by(|a, b| a.address.cmp(&b.address));
    Snapshot { resources, ..Snapshot::default() }
}

fn cost(criterion: &mut Criterion) {
    let Ok(prices) = Prices::open(bundled()) else { return };
    let catalog = Catalog::new().with_prices(prices);
    let usage = Usage::default();
    for count in [2_000, 20_000] {
        let snapshot = stack(count);
        criterion.bench_function(&format!("bill of {count} resources"), |bencher| {
            bencher.iter(|| bill(black_box(&snapshot), &catalog, None, &usage).total);
        });
    }
    criterion.bench_function("open the price table", |bencher| bencher.iter(|| Prices::open(black_box(bundled()))));
}

criterion_group!(benches, cost);
criterion_main!(benches);
