//! What the tables leave open and the values at hand decide: rules that hold only for some values.

use crate::catalog::replacement::Rules;
use crate::model::{Certainty, Number, Resource, Setting, Value};

use super::values::Difference;

/// Whether a difference forces replacement, as far as rules and values tell.
pub(super) fn forces(rules: Rules, before: &Resource, after: &Resource, difference: &Difference) -> Certainty {
    let certainty = if difference.block { block(rules, difference) } else { rules.of(&difference.path) };
    match certainty {
        Certainty::Maybe if rules.known() => decided(before, after, difference).unwrap_or(Certainty::Maybe),
        other => other,
    }
}

/// Why it is open whether an argument forces replacement, for a condition.
pub(super) fn open_question(kind: &str, rules: Rules) -> &'static str {
    match (rules.known(), kind) {
        (false, _) => "no table lists this type",
        (true, kind) if kind.contains("::") => "CloudFormation decides it when the change set is made",
        (true, "aws_elasticache_replication_group") => "it depends on the engine's version",
        (true, _) => "the provider decides it when the plan is made",
    }
}

/// Arguments whose absence means that the provider keeps or chooses a value, so that removing them changes
/// nothing and adding them may name what is there already.
pub(super) fn filled_by_provider(kind: &str, path: &str) -> bool {
    let argument = path.split('.').next().unwrap_or(path);
    let listed: &[&str] = match kind {
        "aws_instance" => &[
            "associate_public_ip_address",
            "availability_zone",
            "cpu_options",
            "host_id",
            "iam_instance_profile",
            "key_name",
            "placement_group",
            "private_ip",
            "root_block_device",
            "security_groups",
            "subnet_id",
            "tenancy",
            "vpc_security_group_ids",
        ],
        "aws_db_instance" => &[
            "availability_zone",
            "backup_window",
            "ca_cert_identifier",
            "character_set_name",
            "db_name",
            "db_subnet_group_name",
            "engine_version",
            "iops",
            "kms_key_id",
            "license_model",
            "maintenance_window",
            "option_group_name",
            "parameter_group_name",
            "port",
            "storage_throughput",
            "storage_type",
            "timezone",
            "username",
            "vpc_security_group_ids",
        ],
        "aws_rds_cluster" => &["availability_zones", "kms_key_id", "port", "vpc_security_group_ids"],
        "aws_subnet" => &["availability_zone", "availability_zone_id"],
        _ => &[],
    };
    listed.contains(&argument)
}

/// A block that is added or removed forces by its number, or by what stands in it.
fn block(rules: Rules, difference: &Difference) -> Certainty {
    let mut found = rules.of_count(&difference.path);
    let content = match (&difference.before, &difference.after) {
        (Value::Object(object), _) | (_, Value::Object(object)) => object,
        _ => return found,
    };
    for (name, value) in content.iter() {
        if found == Certainty::Yes || Setting::of(value) == Setting::Absent {
            continue;
        }
        match rules.of(&format!("{}.{name}", difference.path)) {
            Certainty::No => {}
            stronger => found = stronger,
        }
    }
    found
}

fn decided(before: &Resource, after: &Resource, difference: &Difference) -> Option<Certainty> {
    let path = after.canonical_path(&difference.path);
    let argument = path.split('.').next().unwrap_or_default();
    let text = |value: &Value| value.as_text().cloned();
    match (after.r#type.as_str(), argument) {
        ("aws_instance", "user_data" | "user_data_base64") => match after.setting("user_data_replace_on_change") {
            Setting::Absent => Some(Certainty::No),
            Setting::Known(value) => Some(yes_if(value.as_bool()?)),
            Setting::Unknown(_) => None,
        },
        ("aws_instance", "instance_type") => {
            let (old, new) = (text(&difference.before)?, text(&difference.after)?);
            (is_arm(&old)? == is_arm(&new)?).then_some(Certainty::No)
        }
        ("aws_lb" | "aws_alb", "subnets" | "subnet_mapping" | "security_groups") => match after.setting("load_balancer_type") {
            Setting::Absent => Some(Certainty::No),
            Setting::Known(value) if value.as_text()? == "application" => Some(Certainty::No),
            _ => None,
        },
        ("aws_elasticache_cluster", "node_type") => match after.setting("engine") {
            Setting::Known(value) => Some(yes_if(value.as_text()? == "memcached")),
            _ => None,
        },
        ("aws_elasticache_cluster" | "aws_elasticache_replication_group", "engine_version") | ("aws_msk_cluster", "kafka_version") => {
            let (old, new) = (version(&difference.before)?, version(&difference.after)?);
            let redis = !matches!(after.setting("engine"), Setting::Known(engine) if engine.as_text().is_some_and(|it| it == "memcached"));
            redis.then_some(yes_if(new < old))
        }
        ("aws_eks_cluster", "encryption_config") if difference.block => Some(yes_if(difference.after == Value::Null)),
        ("aws_ssm_parameter", "tier") => {
            let advanced = |value: &Value| value.as_text().is_some_and(|tier| tier == "Advanced");
            let standard = |value: &Value| *value == Value::Null || value.as_text().is_some_and(|tier| tier == "Standard");
            Some(yes_if(advanced(&difference.before) && standard(&difference.after)))
        }
        ("aws_opensearch_domain", "encrypt_at_rest" | "node_to_node_encryption") => {
            let _ = before;
            (difference.before.as_bool()? && !difference.after.as_bool()?).then_some(Certainty::Yes)
        }
        _ => None,
    }
}

fn yes_if(condition: bool) -> Certainty {
    if condition { Certainty::Yes } else { Certainty::No }
}

/// Whether an EC2 type has AWS' own ARM processors, which its name tells: a `g` after the generation, as in
/// `m7g.large` and `c6gn.xlarge`, or the family `a1`. `None` for a name of another form.
fn is_arm(instance_type: &str) -> Option<bool> {
    let (family, _) = instance_type.split_once('.')?;
    if family.starts_with("mac") {
        return None;
    }
    let generation = family.find(|letter: char| letter.is_ascii_digit())?;
    let after = family.get(generation..)?.trim_start_matches(|letter: char| letter.is_ascii_digit());
    Some(family == "a1" || after.split('-').next().is_some_and(|letters| letters.contains('g')))
}

/// The numbers of a version, most significant first.
pub(crate) fn version(value: &Value) -> Option<Vec<u64>> {
    let text = match value.unmarked() {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => Number::to_string(number),
        _ => return None,
    };
    let parts: Vec<u64> = text.split('.').map_while(|part| part.parse().ok()).collect();
    (!parts.is_empty()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types and processors as in AWS' own list of instance types.
    #[test]
    fn the_name_of_a_type_tells_its_processor() {
        for arm in ["t4g.small", "m6g.large", "c7gn.xlarge", "x2gd.medium", "im4gn.large", "a1.medium", "g5g.xlarge", "hpc7g.4xlarge"] {
            assert_eq!(is_arm(arm), Some(true), "{arm}");
        }
        for other in ["t3.small", "m5.large", "g4dn.xlarge", "g6.xlarge", "p4d.24xlarge", "u-6tb1.metal", "c5n.large", "m7i-flex.large"] {
            assert_eq!(is_arm(other), Some(false), "{other}");
        }
        assert_eq!(is_arm("mac2.metal"), None);
        assert_eq!(is_arm("t3"), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version(&Value::text("7.10")) > version(&Value::text("7.9")));
        assert_eq!(version(&Value::text("7.x")), Some(vec![7]));
        assert_eq!(version(&Value::text("latest")), None);
    }
}
