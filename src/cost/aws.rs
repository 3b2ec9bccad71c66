//! The priced AWS resources: a file each, a line each.

use super::item::Item;
use super::lines::Lines;

/// Which types a file prices, and how.
pub(super) struct Priced {
    pub resources: &'static [&'static str],
    pub components: fn(&Item, &mut Lines),
}

macro_rules! priced {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        pub(super) static PRICED: &[Priced] = &[$($name::PRICED),*];
    };
}

/// What several of the files share.
mod ec2;

priced! {
    acmpca_certificate_authority,
    api_gateway_rest_api,
    api_gateway_stage,
    apigatewayv2_api,
    autoscaling_group,
    cloudformation_stack,
    cloudfront_distribution,
    cloudtrail,
    cloudwatch_composite_alarm,
    cloudwatch_dashboard,
    cloudwatch_event_bus,
    cloudwatch_log_group,
    cloudwatch_metric_alarm,
    codebuild_project,
    config_configuration_recorder,
    dax_cluster,
    db_instance,
    directory_service_directory,
    dms_replication_instance,
    docdb_cluster,
    docdb_cluster_instance,
    dynamodb_table,
    ebs_snapshot,
    ebs_volume,
    ec2_client_vpn_network_association,
    ecr_repository,
    ecs_service,
    efs_file_system,
    eip,
    eks_cluster,
    eks_node_group,
    elasticache_cluster,
    elasticache_replication_group,
    elb,
    globalaccelerator_accelerator,
    glue_job,
    instance,
    kinesis_firehose_delivery_stream,
    kinesis_stream,
    kms_key,
    lambda_function,
    lambda_provisioned_concurrency_config,
    lb,
    memorydb_cluster,
    mq_broker,
    msk_cluster,
    msk_serverless_cluster,
    mwaa_environment,
    nat_gateway,
    neptune_cluster_instance,
    networkfirewall_firewall,
    opensearch_domain,
    rds_cluster,
    rds_cluster_instance,
    redshift_cluster,
    route53_health_check,
    route53_record,
    route53_resolver_endpoint,
    route53_zone,
    s3_bucket,
    secretsmanager_secret,
    sfn_state_machine,
    sns_topic,
    sqs_queue,
    ssm_parameter,
    transfer_server,
    transit_gateway_attachment,
    vpc_endpoint,
    vpn_connection,
    wafv2_web_acl,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::PRICED;
    use crate::cost::{Standing, Usage, bill, tests};
    use crate::model::{Number, Object, Resource, Snapshot, UnknownKind, Value};

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let source = include_str!("aws.rs");
        for (name, _) in files() {
            let listed = source.contains(&format!("    {name},\n")) || source.contains(&format!("mod {name};\n"));
            assert!(listed, "{name} is not registered");
        }
    }

    #[test]
    fn a_type_is_priced_once_and_is_not_free_too() {
        let mut seen = BTreeSet::new();
        for name in PRICED.iter().flat_map(|priced| priced.resources) {
            assert!(seen.insert(name), "{name} is priced twice");
            assert_eq!(crate::catalog::free::reason(name), None, "{name} is priced and free");
        }
    }

    /// Files of the folder by name, with their text.
    fn files() -> Vec<(String, String)> {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cost/aws")).unwrap();
        let named = folder.map(|entry| entry.unwrap().path()).filter_map(|path| {
            let name = path.file_name()?.to_str()?.strip_suffix(".rs")?.to_owned();
            Some((name, std::fs::read_to_string(path).unwrap()))
        });
        named.collect()
    }

    /// Every text in quotes before the tests of a file that could be the path of an argument or a field of use.
    fn paths() -> Vec<String> {
        let path = |text: &&str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte))
        };
        let texts = files().into_iter().map(|(_, text)| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
        let quoted = texts.flat_map(|text| text.split('"').skip(1).step_by(2).filter(path).map(str::to_owned).collect::<Vec<_>>());
        quoted.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let number = |text: &str| Value::Number(Number::parse(text).unwrap());
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i32>().prop_map(|number| Value::Number(Number::from(i64::from(number)))),
            Just(number("79228162514264337593543950335")),
            Just(number("0.0000000000000000000000000001")),
            Just(Value::unknown(UnknownKind::NoValue, "var.x")),
            prop::sample::select(vec![
                "gp3",
                "io2",
                "db.t3.medium",
                "t3.medium",
                "postgres",
                "aurora-mysql",
                "HTTP",
                "FARGATE",
                "Interface",
                "256",
                ""
            ])
            .prop_map(Value::text),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Value::list))
    }

    /// Puts a value where a dotted path leads, through blocks.
    fn put(object: &mut Object, path: &str, value: Value) {
        match path.split_once('.') {
            None => drop(object.insert(path.into(), value)),
            Some((first, rest)) => {
                let mut inner =
                    object.get(first).and_then(Value::as_list).and_then(|blocks| blocks.first()?.as_object().cloned()).unwrap_or_default();
                put(&mut inner, rest, value);
                object.insert(first.into(), Value::list(vec![Value::object(inner)]));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Whatever the arguments and the use are, every type is priced without panic, and what has no figure says why.
        #[test]
        fn any_arguments_give_a_bill(values in prop::collection::vec(any_value(), 400), skip in 1..4usize, use_everything in any::<bool>()) {
            let paths = paths();
            let mut attributes = Object::default();
            for (path, value) in paths.iter().zip(values.iter().cycle()).step_by(skip) {
                put(&mut attributes, path, value.clone());
            }
            let attributes = Arc::new(attributes);
            let template = tests::snapshot("resource \"aws_vpc\" \"a\" {}\n").resources.remove(0);
            let mut usage = String::from("resource_type_default_usage:\n");
            let mut snapshot = Snapshot::default();
            for name in PRICED.iter().flat_map(|priced| priced.resources) {
                let address = crate::model::Address::plain(format!("{name}.a"));
                snapshot.resources.push(Resource { address, r#type: (*name).into(), attributes: attributes.clone(), ..template.clone() });
                usage += &format!("  {name}:\n");
                for (at, path) in paths.iter().enumerate().filter(|_| use_everything) {
                    usage += &format!("    {path}: {}\n", ["79228162514264337593543950335", "0.5", "12"][at % 3]);
                }
            }
            let bill = bill(&snapshot, tests::catalog(), None, &Usage::read(&usage, &mut Vec::new()));
            prop_assert_eq!(bill.resources.len(), snapshot.resources.len());
            for cost in &bill.resources {
                let open = cost.components.iter().filter(|component| component.monthly.is_none());
                prop_assert!(open.clone().all(|component| component.reason.is_some()));
                prop_assert!(cost.standing != Standing::Priced || cost.monthly.is_some());
                prop_assert!(cost.monthly.is_none_or(|range| range.low <= range.expected && range.expected <= range.high));
            }
        }
    }
}
