//! Two reviews made by hand for the tests of reports: one that destroys, and one whose names are hostile.

use rust_decimal::Decimal;

use crate::model::{Confidence, DataLoss, DeclaredBy, Reversible, Value};
use crate::review::*;

pub fn source(file: &str, line: u32) -> Source {
    Source { file: file.into(), line, column: 3, end_line: line, end_column: 30, before: false }
}

/// An empty snapshot: every list empty, every fact there.
pub fn empty() -> Review {
    let fact = |id, label: &str, value: &str| Fact { id, label: label.into(), value: value.into(), detail: None };
    Review {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "plumbline".into(), version: "0.0.0".into() },
        catalog: CatalogInfo { prices_as_of: Some("2026-10".into()), currency: "USD".into(), region_default: "us-east-1".into() },
        compared: false,
        verdict: Verdict {
            sentence: "Nothing to review.".into(),
            reason: None,
            source: None,
            action: Action::NoOp,
            address: None,
            facts: vec![
                fact(FactId::Changes, "Changes", "none"),
                fact(FactId::Data, "Data", "none"),
                fact(FactId::Downtime, "Downtime", "none"),
                fact(FactId::Cost, "Cost a month", "$0"),
                fact(FactId::WayBack, "Way back", "none needed"),
                fact(FactId::NotKnown, "Not known", "nothing"),
            ],
        },
        files: vec![],
        resources: vec![],
        disabled: vec![],
        outputs: vec![],
        dependencies: vec![],
        changes: vec![],
        affected: vec![],
        impact: ImpactEntry { downtime: DowntimeEntry::default(), per_resource: vec![] },
        cost: CostEntry {
            currency: "USD".into(),
            monthly: CostTotals { before: None, after: MoneyRange::default(), delta: None, not_compared: 0, delta_percent: None },
            resources: vec![],
            free: vec![],
            usage_dependent: vec![],
            unpriced: vec![],
            left_out: vec![],
        },
        findings: vec![],
        rollback: RollbackEntry::default(),
        not_known: vec![],
        diagnostics: vec![],
    }
}

/// A database is replaced, an address is given back, a queue is made.
pub fn replaced() -> Review {
    let fact = |id, label: &str, value: &str, detail: Option<&str>| Fact {
        id,
        label: label.into(),
        value: value.into(),
        detail: detail.map(Into::into),
    };
    let mut review = empty();
    review.compared = true;
    review.verdict = Verdict {
        sentence: "The database `primary` is replaced; its data may be lost.".into(),
        reason: Some("`storage_encrypted` cannot change in place.".into()),
        source: Some(source("rds.tf", 34)),
        action: Action::Replace,
        address: Some("aws_db_instance.primary".into()),
        facts: vec![
            fact(FactId::Changes, "Changes", "1 replaced, 1 deleted, 1 created", None),
            fact(FactId::Data, "Data", "1 may lose data", Some("`skip_final_snapshot` is not known")),
            fact(FactId::Downtime, "Downtime", "15–60 min", None),
            fact(FactId::Cost, "Cost a month", "+$82", Some("$36 before")),
            fact(FactId::WayBack, "Way back", "1–2 h", None),
            fact(FactId::NotKnown, "Not known", "1", None),
        ],
    };
    review.changes = vec![database_change(), address_change(), queue_change()];
    review.impact.per_resource = vec![ResourceImpact {
        address: "aws_db_instance.primary".into(),
        effect: "Destroyed first, then made again.".into(),
        downtime: DowntimeEntry { expected: "15–60 min".into(), low_seconds: Some(900), high_seconds: Some(3600) },
        data_loss: DataLoss::Possible,
        reversible: Reversible::WithBackup,
        confidence: Confidence::Sure,
        references: vec![],
    }];
    review.affected = vec![AffectedEntry {
        address: "aws_route53_record.db".into(),
        distance: 1,
        direction: Direction::Downstream,
        path: vec!["aws_db_instance.primary".into(), "aws_route53_record.db".into()],
        effect: "reads a new value".into(),
        reason: "Reads `.address` of primary, through `local.db_host`.".into(),
    }];
    review.cost = cost();
    review.findings = vec![FindingEntry {
        id: "log-group-without-retention".into(),
        severity: Severity::Low,
        confidence: Confidence::Sure,
        title: "Logs are kept for ever".into(),
        message: "`aws_cloudwatch_log_group.cluster` keeps every line for ever.".into(),
        address: "aws_cloudwatch_log_group.cluster".into(),
        source: source("monitoring.tf", 44),
        related: vec![],
        fix: "Set `retention_in_days`.".into(),
        references: vec!["https://example.com/retention".into()],
        new: true,
    }];
    review.rollback = rollback();
    review.not_known = vec![NotKnownEntry {
        what: "var.skip_final_snapshot".into(),
        why: "`var.skip_final_snapshot` has no value here.".into(),
        effect: "Data loss is certain if it is true.".into(),
        supply: Supply::Variable,
        sensitive: false,
        concerns: vec!["aws_db_instance.primary".into()],
        wants: None,
        source: source("variables.tf", 36),
    }];
    review
}

/// Names and texts that would break out of a format that does not escape them.
pub fn hostile() -> Review {
    const NAME: &str = "a.b[\"<img src=x onerror=alert(1)>|`*_[x](http://e.vil)\u{1b}[31m\n# @all\"]";
    let mut review = replaced();
    review.verdict.sentence = NAME.into();
    review.verdict.reason = Some(NAME.into());
    for fact in &mut review.verdict.facts {
        fact.value = NAME.into();
        fact.detail = Some(NAME.into());
    }
    for change in &mut review.changes {
        change.address = NAME.into();
        change.reason = NAME.into();
        change.source.file = NAME.into();
        change.because.iter_mut().for_each(|because| {
            because.path = NAME.into();
            because.after = Value::text(NAME);
        });
    }
    review.affected[0].address = NAME.into();
    review.affected[0].reason = NAME.into();
    review.cost.resources[0].address = NAME.into();
    review.cost.resources[0].components[0].name = NAME.into();
    review.cost.unpriced = vec![UnpricedEntry { address: NAME.into(), reason: NAME.into() }];
    let part = LeftOutEntry {
        component: Some(NAME.into()),
        unit_price: None,
        unit: NAME.into(),
        reason: NAME.into(),
        addresses: vec![NAME.into()],
    };
    review.cost.left_out = vec![part];
    review.findings[0].address = NAME.into();
    review.findings[0].message = NAME.into();
    review.findings[0].fix = NAME.into();
    review.findings[0].references = vec!["javascript:alert(1)".into()];
    review.rollback.irreversible[0].why = NAME.into();
    review.rollback.before_deploy[0].command = Some("echo ```\n```\n<script>".into());
    review.rollback.tiers[1].steps[0].text = NAME.into();
    review.not_known[0].what = NAME.into();
    review.not_known[0].why = NAME.into();
    review.diagnostics = vec![DiagnosticEntry {
        severity: DiagnosticSeverity::Error,
        code: "syntax".into(),
        message: NAME.into(),
        source: source(NAME, 1),
        help: Some(NAME.into()),
    }];
    review
}

fn database_change() -> ChangeEntry {
    ChangeEntry {
        address: "aws_db_instance.primary".into(),
        action: Action::Replace,
        condition: None,
        reason: "Replaced because `storage_encrypted` changes.".into(),
        because: vec![
            Because {
                path: "storage_encrypted".into(),
                before: Value::Bool(false),
                after: Value::Bool(true),
                forces_replacement: Certainty::Yes,
                source: source("rds.tf", 34),
                follows: None,
            },
            Because {
                path: "instance_class".into(),
                before: Value::text("db.t3.small"),
                after: Value::text("db.t3.medium"),
                forces_replacement: Certainty::No,
                source: source("rds.tf", 30),
                follows: None,
            },
        ],
        declared_by: DeclaredBy::Diff,
        previous_address: None,
        source: source("rds.tf", 26),
        lost_by: vec![],
    }
}

fn address_change() -> ChangeEntry {
    ChangeEntry {
        address: "aws_eip.web".into(),
        action: Action::Delete,
        condition: None,
        reason: "No file declares it any more.".into(),
        because: vec![],
        declared_by: DeclaredBy::Diff,
        previous_address: None,
        source: Source { before: true, ..source("web.tf", 59) },
        lost_by: vec![],
    }
}

fn queue_change() -> ChangeEntry {
    ChangeEntry {
        address: "aws_sqs_queue.jobs[\"a\"]".into(),
        action: Action::Create,
        condition: None,
        reason: "New.".into(),
        because: vec![],
        declared_by: DeclaredBy::Diff,
        previous_address: None,
        source: source("queue.tf", 1),
        lost_by: vec![],
    }
}

fn cost() -> CostEntry {
    let money = |text: &str| text.parse::<Decimal>().unwrap();
    let exactly = |text: &str| MoneyRange { low: money(text), expected: money(text), high: money(text) };
    let hours = QuantityRange { low: money("730"), expected: money("730"), high: money("730") };
    CostEntry {
        currency: "USD".into(),
        monthly: CostTotals {
            before: Some(exactly("35.68")),
            after: exactly("117.35"),
            delta: Some(exactly("81.67")),
            not_compared: 0,
            delta_percent: Some(money("228.9")),
        },
        resources: vec![
            ResourceCostEntry {
                address: "aws_db_instance.primary".into(),
                monthly: Some(exactly("117.35")),
                before: Some(exactly("32.03")),
                delta: Some(exactly("85.32")),
                not_compared: None,
                components: vec![
                    CostComponentEntry {
                        name: "Instance (db.t3.medium, Multi-AZ)".into(),
                        quantity: Some(hours),
                        unit: "h".into(),
                        unit_price: Some(money("0.145")),
                        monthly: Some(exactly("105.85")),
                        usage_based: false,
                        price_source: "rds.json db.t3.medium, us-east-1, 2026-10".into(),
                        assumption: None,
                        reason: None,
                    },
                    CostComponentEntry {
                        name: "Backups beyond the storage".into(),
                        quantity: None,
                        unit: "GB-month".into(),
                        unit_price: Some(money("0.095")),
                        monthly: None,
                        usage_based: true,
                        price_source: "rds.json backup, us-east-1, 2026-10".into(),
                        assumption: None,
                        reason: Some("depends on use".into()),
                    },
                ],
            },
            ResourceCostEntry {
                address: "aws_eip.web".into(),
                monthly: None,
                before: Some(exactly("3.65")),
                delta: Some(exactly("-3.65")),
                not_compared: None,
                components: vec![],
            },
        ],
        free: vec![],
        usage_dependent: vec!["aws_sqs_queue.jobs[\"a\"]".into()],
        unpriced: vec![UnpricedEntry { address: "aws_shield_protection.shop".into(), reason: "No price for this type.".into() }],
        left_out: vec![
            LeftOutEntry {
                component: Some("Backups beyond the storage".into()),
                unit_price: Some(money("0.095")),
                unit: "GB-month".into(),
                reason: "depends on use".into(),
                addresses: vec!["aws_db_instance.primary".into()],
            },
            LeftOutEntry {
                component: None,
                unit_price: None,
                unit: "".into(),
                reason: "No price for this type.".into(),
                addresses: vec!["aws_shield_protection.shop".into()],
            },
        ],
    }
}

fn rollback() -> RollbackEntry {
    let step = |order, kind, text: &str, command: Option<&str>| StepEntry {
        order,
        address: "aws_db_instance.primary".into(),
        kind,
        text: text.into(),
        command: command.map(Into::into),
        precondition: None,
        loses_data: false,
        estimate_minutes: None,
        source: source("rds.tf", 26),
    };
    RollbackEntry {
        tiers: vec![
            TierEntry { tier: Tier::Immediate, estimate_minutes: None, blocked: None, steps: vec![] },
            TierEntry {
                tier: Tier::Data,
                estimate_minutes: Some((15, 30)),
                blocked: Some("Blocked at step 1: no snapshot was taken.".into()),
                steps: vec![StepEntry {
                    precondition: Some("The snapshot `before-change` is available.".into()),
                    loses_data: true,
                    ..step(1, StepKind::Restore, "Restore the snapshot.", Some("aws rds restore-db-instance-from-db-snapshot"))
                }],
            },
            TierEntry {
                tier: Tier::Full,
                estimate_minutes: Some((60, 120)),
                blocked: None,
                steps: vec![step(1, StepKind::Revert, "Apply the version before.", None)],
            },
        ],
        irreversible: vec![IrreversibleEntry {
            address: "aws_eip.web".into(),
            why: "The address is released; nobody can claim it again.".into(),
            mitigation: "Keep `aws_eip.web` in this change.".into(),
            source: Source { before: true, ..source("web.tf", 59) },
        }],
        before_deploy: vec![step(1, StepKind::Backup, "Take a snapshot.", Some("aws rds create-db-snapshot"))],
    }
}
