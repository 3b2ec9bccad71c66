//! Reviews for tests of reports, written one resource or reference to a line.
//!
//! `replace aws_db_instance.primary rds.tf 37.78 -> 128.85` is a resource with its action, address, file and, where
//! given, cost before and after (`a..b` is a range, `-` is none). `aws_db_instance.primary -> module.vpc` is a
//! reference; `~>` is an implied one, `x>` one of the version before.

use std::sync::Arc;

use ecow::EcoString;

use crate::catalog::icons::icon_class;
use crate::review::*;

pub(super) fn review(text: &str) -> Review {
    let mut review = Review { compared: true, ..super::example::empty() };
    review.verdict.sentence = "The production database is replaced; its data may be lost".into();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [from, arrow @ ("->" | "~>" | "x>"), to] => review.dependencies.push(DependencyEntry {
                from: (*from).into(),
                to: (*to).into(),
                via: "argument".into(),
                reads: "id".into(),
                through: Vec::new(),
                kind: if *arrow == "~>" { DependencyKind::Implicit } else { DependencyKind::Reference },
                disabled: false,
                source: source("main.tf", *arrow == "x>"),
            }),
            [action, address, file, cost @ ..] => resource(&mut review, action, address, file, cost),
            _ => panic!("not a line of a sample: {line}"),
        }
    }
    review
}

fn source(file: &str, before: bool) -> Source {
    Source { file: file.into(), line: 1, column: 1, end_line: 1, end_column: 1, before }
}

fn resource(review: &mut Review, action: &str, address: &str, file: &str, cost: &[&str]) {
    let module_end = address.rfind("module.").map_or(0, |at| address[at + 7..].find('.').map_or(address.len(), |dot| at + 7 + dot));
    let module = &address[..module_end];
    let local = match address[module_end..].trim_start_matches('.') {
        "" => &address[address.find("module.").map_or(0, |at| at + 7)..],
        local => local,
    };
    let data = local.strip_prefix("data.");
    let (native_type, name) = data.unwrap_or(local).split_once('.').unwrap_or((local, local));
    let action_value = match action {
        "create" => Some(Action::Create),
        "update" => Some(Action::Update),
        "replace" => Some(Action::Replace),
        "delete" => Some(Action::Delete),
        "move" => Some(Action::Move),
        _ => None,
    };
    let mode = match action {
        "opaque" => ResourceMode::Module,
        "external" => ResourceMode::External,
        _ if data.is_some() => ResourceMode::Data,
        _ => ResourceMode::Managed,
    };
    review.resources.push(ResourceEntry {
        address: address.into(),
        native_type: native_type.into(),
        r#type: native_type.into(),
        name: name.split('[').next().unwrap_or(name).into(),
        provider: "aws".into(),
        module: if mode == ResourceMode::Module { "".into() } else { module.into() },
        mode,
        count_unknown: address.ends_with("[*]"),
        source: source(file, action == "delete"),
        called_from: Vec::new(),
        region: None,
        icon: icon_class(native_type).into(),
        deleted: action == "delete",
        attributes: Arc::default(),
    });
    if let Some(action) = action_value {
        review.changes.push(ChangeEntry {
            address: address.into(),
            action,
            condition: address.ends_with("[*]").then(|| "only if var.env is prod".into()),
            reason: "".into(),
            because: Vec::new(),
            declared_by: DeclaredBy::Diff,
            previous_address: None,
            source: source(file, false),
            lost_by: vec![],
        });
    }
    if let [before, "->", after] = cost {
        let range = |text: &str| {
            let (low, high) = text.split_once("..").unwrap_or((text, text));
            let (low, high) = (low.parse().ok()?, high.parse().ok()?);
            Some(MoneyRange { low, expected: (low + high) / rust_decimal::Decimal::TWO, high })
        };
        let (before, monthly) = (range(before), range(after));
        let components = Vec::new();
        let entry = ResourceCostEntry { address: EcoString::from(address), monthly, before, delta: None, not_compared: None, components };
        review.cost.resources.push(entry);
    }
}

/// A shop that moves to a cluster: every action, a module without source, a thing from elsewhere.
pub(super) const SHOP: &str = "
    opaque module.vpc network.tf
    replace aws_security_group.db network.tf
    delete aws_instance.web main.tf 32.77 -> -
    delete aws_eip.web main.tf 3.65 -> -
    replace aws_db_instance.primary rds.tf 37.78 -> 128.85
    create aws_db_instance.read_replica rds.tf - -> 64.06
    create kubernetes_secret.database secrets.tf
    update aws_secretsmanager_secret_version.database_url secrets.tf
    same aws_secretsmanager_secret.database_url secrets.tf
    update aws_cloudwatch_metric_alarm.db_cpu monitoring.tf
    create aws_eks_cluster.main eks.tf - -> 73
    create aws_eks_node_group.general eks.tf - -> 103.1
    create aws_eks_node_group.compute eks.tf - -> 0..321.9
    create aws_iam_role.cluster eks.tf
    create aws_iam_role.node eks.tf
    create aws_iam_role_policy_attachment.node_worker eks.tf
    create aws_iam_role_policy_attachment.node_cni eks.tf
    create aws_elasticache_replication_group.redis elasticache.tf - -> 24.82
    create aws_cloudwatch_log_group.audit[*] monitoring.tf
    external redis-secrets.Secret backend.yaml
    update aws_route53_record.app dns.tf
    create module.production.kubernetes_deployment.api k8s/main.tf
    create module.production.kubernetes_deployment.worker k8s/main.tf
    create module.production.kubernetes_service.api k8s/main.tf
    create module.production.kubernetes_ingress_v1.shop k8s/main.tf
    same module.logs.aws_s3_bucket.logs logs/main.tf
    same module.logs.aws_s3_bucket_policy.logs logs/main.tf
    same module.logs.aws_kms_key.logs logs/main.tf
    aws_security_group.db -> module.vpc
    aws_db_instance.primary -> module.vpc
    aws_db_instance.primary -> aws_security_group.db
    aws_db_instance.read_replica -> aws_db_instance.primary
    kubernetes_secret.database -> aws_db_instance.primary
    aws_secretsmanager_secret_version.database_url -> aws_db_instance.primary
    aws_secretsmanager_secret_version.database_url -> aws_secretsmanager_secret.database_url
    aws_cloudwatch_metric_alarm.db_cpu -> aws_db_instance.primary
    aws_eks_cluster.main -> module.vpc
    aws_eks_cluster.main -> aws_iam_role.cluster
    aws_eks_node_group.general -> aws_eks_cluster.main
    aws_eks_node_group.compute -> aws_eks_cluster.main
    aws_eks_node_group.general -> aws_iam_role.node
    aws_eks_node_group.compute -> aws_iam_role.node
    aws_iam_role_policy_attachment.node_worker -> aws_iam_role.node
    aws_iam_role_policy_attachment.node_cni -> aws_iam_role.node
    aws_elasticache_replication_group.redis -> module.vpc
    module.production.kubernetes_deployment.api -> kubernetes_secret.database
    module.production.kubernetes_deployment.worker -> kubernetes_secret.database
    module.production.kubernetes_deployment.api ~> redis-secrets.Secret
    module.production.kubernetes_service.api ~> module.production.kubernetes_deployment.api
    module.production.kubernetes_ingress_v1.shop -> module.production.kubernetes_service.api
    aws_route53_record.app -> module.production.kubernetes_ingress_v1.shop
    aws_route53_record.app x> aws_eip.web
    aws_eip.web x> aws_instance.web
    module.logs.aws_s3_bucket_policy.logs -> module.logs.aws_s3_bucket.logs
    module.logs.aws_s3_bucket.logs -> module.logs.aws_kms_key.logs
";
