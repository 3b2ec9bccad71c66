//! Attributes that follow from the configuration alone, though no one writes them.

use ecow::{EcoString, eco_format};

use super::Evaluator;
use super::expression::{first_unknown, mark};
use super::policy_document;
use super::provider::provider_name;
use crate::model::{Declaration, Mode, Object, Value};

impl Evaluator<'_> {
    /// The value of an attribute that is not written, where the arguments and the provider tell it.
    pub(super) fn known_attribute(&mut self, module: u32, at: u32, name: &EcoString, arguments: &Object) -> Option<Value> {
        let declaration = self.definition_of(module)?.module.resources.get(at as usize)?;
        match declaration.mode {
            Mode::Data => self.known_of_data(module, declaration, name, arguments),
            Mode::Managed => self.known_of_resource(module, declaration, name, arguments),
            _ => None,
        }
    }

    fn known_of_resource(&mut self, module: u32, declaration: &Declaration, name: &EcoString, arguments: &Object) -> Option<Value> {
        let native_type = declaration.native_type.as_str();
        match name.as_str() {
            "output" if native_type == "terraform_data" => Some(arguments.get("input").cloned().unwrap_or_default()),
            "tags_all" if native_type.starts_with("aws_") => {
                let provider = provider_name(declaration);
                self.all_tags(module, &provider, arguments.get("tags")).or_else(|| arguments.get("tags").cloned())
            }
            "effective_labels" | "terraform_labels" if native_type.starts_with("google_") => {
                let provider = provider_name(declaration);
                self.all_tags(module, &provider, arguments.get("labels")).or_else(|| arguments.get("labels").cloned())
            }
            _ => None,
        }
    }

    fn known_of_data(&mut self, module: u32, declaration: &Declaration, name: &EcoString, arguments: &Object) -> Option<Value> {
        let provider = provider_name(declaration);
        match (declaration.native_type.as_str(), name.as_str()) {
            // `name` and `id` are the older spellings of `region`.
            ("aws_region", "name" | "id" | "region") => self.configuration(module, &provider).region.clone().map(Value::Text),
            ("aws_partition", name) => partition(self.configuration(module, &provider).region.as_deref()?, name).map(Value::text),
            ("aws_default_tags", "tags") => self.configuration(module, &provider).default_tags.clone(),
            ("aws_arn", name) => arn_part(arguments.get("arn")?, name),
            ("aws_iam_policy_document", "json" | "minified_json") => policy_document::rendered(arguments, name == "json"),
            ("google_client_config", "project" | "region" | "zone") | ("google_project", "project_id") => {
                let asked = if name == "project_id" { "project" } else { name.as_str() };
                self.configuration(module, &provider).settings.get(asked).filter(|value| first_unknown(value).is_none()).cloned()
            }
            ("template_file", "rendered") => {
                let template = arguments.get("template")?.as_text()?.clone();
                let none = Value::object(Object::default());
                let values = arguments.get("vars").unwrap_or(&none);
                Some(self.template_text(&template, values, declaration.header))
            }
            ("null_data_source", "outputs") => arguments.get("inputs").cloned(),
            ("local_file", "content") => {
                let path = arguments.get("filename")?.as_text()?;
                self.given_text(path, module).map(Value::text)
            }
            _ => None,
        }
    }

    /// The tags of a resource with those that its provider adds; `None` when it adds none.
    pub(super) fn all_tags(&mut self, module: u32, provider: &EcoString, own: Option<&Value>) -> Option<Value> {
        let defaults = self.configuration(module, provider).default_tags.clone()?;
        let (mut all, mut sensitive) = match defaults.unmarked() {
            Value::Object(tags) => (tags.as_ref().clone(), defaults.is_sensitive()),
            _ => return Some(defaults),
        };
        match own.map(Value::unmarked) {
            None => {}
            Some(Value::Object(tags)) => {
                sensitive |= own.is_some_and(Value::is_sensitive);
                all.extend(tags.iter().map(|(key, value)| (key.clone(), value.clone())));
            }
            Some(other) => return Some(other.clone()),
        }
        Some(mark(Value::object(all), sensitive))
    }
}

/// What a region belongs to.
fn partition(region: &str, name: &str) -> Option<&'static str> {
    let (partition, suffix, reverse) = if region.starts_with("cn-") {
        ("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws")
    } else if region.starts_with("us-gov-") {
        ("aws-us-gov", "amazonaws.com", "com.amazonaws")
    } else {
        ("aws", "amazonaws.com", "com.amazonaws")
    };
    match name {
        "partition" | "id" => Some(partition),
        "dns_suffix" => Some(suffix),
        "reverse_dns_prefix" => Some(reverse),
        _ => None,
    }
}

/// A part of `arn:partition:service:region:account:resource`.
fn arn_part(arn: &Value, name: &str) -> Option<Value> {
    let mut parts = arn.as_text()?.splitn(6, ':').skip(1);
    let at = ["partition", "service", "region", "account", "resource"].iter().position(|part| *part == name)?;
    parts.nth(at).map(|part| mark(Value::text(part), arn.is_sensitive()))
}

/// Types that take tags, though nothing may be written: those in common use, without `aws_`, sorted.
const TAGGED: &str = " acm_certificate alb alb_target_group ami api_gateway_rest_api api_gateway_stage apigatewayv2_api \
    apigatewayv2_stage apprunner_service athena_workgroup backup_plan backup_vault batch_compute_environment batch_job_definition \
    batch_job_queue cloudfront_distribution cloudtrail cloudwatch_event_rule cloudwatch_log_group cloudwatch_metric_alarm \
    codebuild_project codepipeline cognito_user_pool customer_gateway db_instance db_option_group db_parameter_group \
    db_subnet_group dms_replication_instance docdb_cluster dynamodb_table ebs_snapshot ebs_volume ec2_transit_gateway \
    ecr_repository ecs_cluster ecs_service ecs_task_definition efs_access_point efs_file_system eip eks_addon eks_cluster \
    eks_fargate_profile eks_node_group elasticache_cluster elasticache_parameter_group elasticache_replication_group \
    elasticache_subnet_group elastic_beanstalk_environment elb flow_log fsx_lustre_file_system globalaccelerator_accelerator \
    glue_crawler glue_job iam_instance_profile iam_openid_connect_provider iam_policy iam_role iam_user instance internet_gateway \
    key_pair kinesis_firehose_delivery_stream kinesis_stream kms_key lambda_function launch_template lb lb_listener \
    lb_listener_rule lb_target_group memorydb_cluster mq_broker msk_cluster nat_gateway neptune_cluster network_acl \
    network_interface opensearch_domain rds_cluster rds_cluster_instance rds_cluster_parameter_group redshift_cluster \
    route53_health_check route53_zone route_table s3_bucket sagemaker_endpoint scheduler_schedule_group secretsmanager_secret \
    security_group service_discovery_service sfn_state_machine sns_topic sqs_queue ssm_document ssm_parameter subnet \
    transfer_server vpc vpc_endpoint vpc_peering_connection vpn_connection vpn_gateway wafv2_ip_set wafv2_rule_group wafv2_web_acl ";

/// The arguments that hold a resource's own tags and those with its provider's, where it takes any.
pub(super) fn tags_of(native_type: &str, arguments: &Object) -> Option<(&'static str, &'static str)> {
    if native_type.starts_with("google_") && arguments.contains_key("labels") {
        return Some(("labels", "effective_labels"));
    }
    takes_tags(native_type, arguments).then_some(("tags", "tags_all"))
}

/// Whether a resource of AWS takes tags: it writes some, or its type is known to.
fn takes_tags(native_type: &str, arguments: &Object) -> bool {
    let Some(name) = native_type.strip_prefix("aws_") else { return false };
    arguments.contains_key("tags") || TAGGED.contains(eco_format!(" {name} ").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_names_and_regions() {
        let arn = Value::text("arn:aws:s3:::bucket/a:b");
        assert_eq!(arn_part(&arn, "resource").unwrap(), Value::text("bucket/a:b"));
        assert_eq!(arn_part(&arn, "region").unwrap(), Value::text(""));
        assert_eq!(arn_part(&Value::text("arn"), "service"), None);
        assert_eq!(partition("cn-north-1", "dns_suffix"), Some("amazonaws.com.cn"));
        assert!(takes_tags("aws_vpc", &Object::default()));
        assert!(!takes_tags("aws_route", &Object::default()));
    }
}
