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
    api_gateway_rest_api,
    api_gateway_stage,
    apigatewayv2_api,
    autoscaling_group,
    cloudfront_distribution,
    cloudwatch_composite_alarm,
    cloudwatch_dashboard,
    cloudwatch_event_bus,
    cloudwatch_log_group,
    cloudwatch_metric_alarm,
    codebuild_project,
    db_instance,
    dms_replication_instance,
    docdb_cluster,
    docdb_cluster_instance,
    dynamodb_table,
    ebs_volume,
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
    nat_gateway,
    neptune_cluster_instance,
    networkfirewall_firewall,
    opensearch_domain,
    rds_cluster,
    rds_cluster_instance,
    redshift_cluster,
    route53_health_check,
    route53_record,
    route53_zone,
    s3_bucket,
    secretsmanager_secret,
    sfn_state_machine,
    sns_topic,
    sqs_queue,
    ssm_parameter,
    transit_gateway_attachment,
    vpc_endpoint,
    vpn_connection,
    wafv2_web_acl,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::PRICED;

    #[test]
    fn every_file_of_the_folder_is_registered() {
        let source = include_str!("aws.rs");
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cost/aws")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let Some(name) = name.strip_suffix(".rs") else { continue };
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
}
