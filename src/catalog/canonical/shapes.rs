//! Where CloudFormation and the canonical vocabulary have different shapes, and where they have different defaults.

use ecow::{EcoString, eco_format};

use crate::model::{Object, Resource, Setting, Unknown, Value};

/// Puts in what the names alone do not give.
pub(super) fn shape(resource: &mut Resource, into: &mut Object) {
    match resource.native_type.as_str() {
        "AWS::RDS::DBInstance" => match Setting::at(into, "cluster_identifier") {
            // A member of a cluster has a type of its own.
            Setting::Known(_) | Setting::Unknown(_) => resource.r#type = "aws_rds_cluster_instance".into(),
            Setting::Absent => {
                absent(into, "backup_retention_period", Value::Number(1i64.into()));
                final_snapshot(resource, into, true);
            }
        },
        "AWS::RDS::DBCluster" => final_snapshot(resource, into, true),
        "AWS::DocDB::DBCluster" | "AWS::Neptune::DBCluster" | "AWS::Redshift::Cluster" => final_snapshot(resource, into, false),
        "AWS::ElastiCache::CacheCluster" | "AWS::ElastiCache::ReplicationGroup" | "AWS::EC2::Volume" => snapshot(resource, into),
        "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" => table(into),
        "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => disks(into),
        "AWS::ECS::Service" => absent(into, "desired_count", Value::Number(1i64.into())),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => balancer(into),
        "AWS::S3::Bucket" => {
            if let Some(acl) = into.get("acl").and_then(Value::as_text) {
                let spelled = super::spelled(acl).replace("_", "-");
                into.insert("acl".into(), Value::text(spelled));
            }
        }
        "AWS::SecretsManager::Secret" => drop(into.shift_remove("secret_string")),
        "AWS::DirectoryService::MicrosoftAD" => drop(into.insert("type".into(), Value::text("MicrosoftAD"))),
        _ => {}
    }
}

fn absent(into: &mut Object, name: &str, value: Value) {
    if !into.contains_key(name) {
        into.insert(name.into(), value);
    }
}

/// Databases of which CloudFormation takes a last snapshot, by policy or by default.
fn final_snapshot(resource: &Resource, into: &mut Object, by_default: bool) {
    let policy = resource.own_text("DeletionPolicy").map(EcoString::as_str);
    let kept = match policy {
        Some("Delete") => false,
        Some(_) => true,
        None => by_default,
    };
    into.insert("skip_final_snapshot".into(), Value::Bool(!kept));
    if kept {
        into.insert("final_snapshot_identifier".into(), Value::text("made by CloudFormation"));
    }
}

fn snapshot(resource: &Resource, into: &mut Object) {
    if resource.own_text("DeletionPolicy").is_some_and(|policy| policy == "Snapshot") {
        let (name, value) = match resource.native_type.as_str() {
            "AWS::EC2::Volume" => ("final_snapshot", Value::Bool(true)),
            _ => ("final_snapshot_identifier", Value::text("made by CloudFormation")),
        };
        into.insert(name.into(), value);
    }
}

/// Keys of a table by their roles; a stream is on where it is described.
fn table(into: &mut Object) {
    keys(into);
    if into.contains_key("stream_view_type") {
        into.insert("stream_enabled".into(), Value::Bool(true));
    }
    if let Some(Value::List(indexes)) = into.get("global_secondary_index").cloned() {
        let indexes = indexes.iter().map(|index| match index {
            Value::Object(index) => {
                let mut index = Object::clone(index);
                keys(&mut index);
                Value::object(index)
            }
            other => other.clone(),
        });
        into.insert("global_secondary_index".into(), Value::list(indexes.collect()));
    }
}

fn keys(into: &mut Object) {
    let Some(Value::List(schema)) = into.shift_remove("key_schema") else { return };
    for key in schema.iter().filter_map(Value::as_object) {
        let name = key.get("attribute_name").cloned().unwrap_or_default();
        match key.get("key_type").and_then(Value::as_text).map(EcoString::as_str) {
            Some("HASH") => drop(into.insert("hash_key".into(), name)),
            Some("RANGE") => drop(into.insert("range_key".into(), name)),
            _ => {}
        }
    }
}

/// Disks by device: the first two names are those of root disks.
fn disks(into: &mut Object) {
    let Some(Value::List(mappings)) = into.shift_remove("block_device_mappings") else { return };
    let (mut root, mut other) = (Vec::new(), Vec::new());
    for mapping in mappings.iter().filter_map(Value::as_object) {
        let Some(disk) = mapping.get("ebs").and_then(Value::as_object) else { continue };
        let mut disk = disk.clone();
        let device = mapping.get("device_name").cloned().unwrap_or_default();
        let is_root = device.as_text().is_some_and(|device| matches!(device.as_str(), "/dev/xvda" | "/dev/sda1"));
        if !is_root {
            disk.insert("device_name".into(), device);
        }
        (if is_root { &mut root } else { &mut other }).push(Value::object(disk));
    }
    for (name, disks) in [("root_block_device", root), ("ebs_block_device", other)] {
        if !disks.is_empty() {
            into.insert(name.into(), Value::list(disks));
        }
    }
    if let Some(Value::List(interfaces)) = into.get("network_interface").cloned()
        && let Some(value) = interfaces.iter().filter_map(Value::as_object).find_map(|it| it.get("associate_public_ip_address"))
    {
        into.insert("associate_public_ip_address".into(), value.clone());
    }
}

fn balancer(into: &mut Object) {
    if let Some(scheme) = into.shift_remove("scheme") {
        let internal = match scheme.unmarked() {
            Value::Text(scheme) => Value::Bool(scheme == "internal"),
            Value::Unknown(Unknown { kind, subject }) => Value::unknown(*kind, subject.clone()),
            _ => Value::Null,
        };
        into.insert("internal".into(), internal);
    }
    let Some(Value::List(attributes)) = into.shift_remove("load_balancer_attributes") else { return };
    for attribute in attributes.iter().filter_map(Value::as_object) {
        let (Some(key), Some(value)) = (attribute.get("key").and_then(Value::as_text), attribute.get("value")) else { continue };
        let name = match key.as_str() {
            "deletion_protection.enabled" => "enable_deletion_protection".into(),
            "idle_timeout.timeout_seconds" => "idle_timeout".into(),
            "load_balancing.cross_zone.enabled" => "enable_cross_zone_load_balancing".into(),
            "routing.http.drop_invalid_header_fields.enabled" => "drop_invalid_header_fields".into(),
            other => eco_format!("{}", other.replace('.', "_")),
        };
        into.insert(name, value.clone());
    }
}
