//! Where CloudFormation and the canonical vocabulary have different shapes, and where they have different defaults.

use ecow::{EcoString, eco_format};

use crate::model::{Object, Resource, Setting, Value};

/// Puts in what the names alone do not give.
pub(super) fn shape(resource: &mut Resource, into: &mut Object) {
    if resource.native_type.starts_with("AWS::RDS::")
        && let Some(engine) = into.get("engine").and_then(Value::as_text).map(|engine| engine.to_lowercase())
    {
        // CloudFormation takes `MySQL` too.
        into.insert("engine".into(), Value::text(engine));
    }
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
        "AWS::DynamoDB::Table" => table(into),
        "AWS::DynamoDB::GlobalTable" => {
            table(into);
            replicas(resource, into);
        }
        "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => disks(into),
        // What is made of a definition is an HTTP API.
        "AWS::ApiGatewayV2::Api" if into.contains_key("body") || into.contains_key("body_s3_location") => {
            absent(into, "protocol_type", Value::text("HTTP"));
        }
        "AWS::ECS::Service" => absent(into, "desired_count", Value::Number(1i64.into())),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => balancer(into),
        "AWS::S3::Bucket" => {
            if let Some(acl) = into.get("acl").and_then(Value::as_text) {
                let spelled = super::spelled(acl).replace("_", "-");
                into.insert("acl".into(), Value::text(spelled));
            }
            bucket(&resource.attributes, into);
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

/// The table itself is one of its replicas: the one in the stack's region, or the first where that is not known. The
/// others are copies; what the table's own replica says of itself is the table's.
fn replicas(resource: &Resource, into: &mut Object) {
    let Some(Value::List(all)) = resource.attributes.get("Replicas") else { return };
    let all: Vec<&Object> = all.iter().filter_map(Value::as_object).collect();
    let region_of = |replica: &&Object| replica.get("Region").and_then(Value::as_text).cloned();
    let here = all.iter().position(|replica| region_of(replica).is_none() || region_of(replica) == resource.region).unwrap_or(0);
    let others = all.iter().enumerate().filter(|(at, _)| *at != here).filter_map(|(_, replica)| region_of(replica));
    let others: Vec<Value> =
        others.map(|region| Value::object([("region_name".into(), Value::Text(region))].into_iter().collect())).collect();
    if !others.is_empty() {
        into.insert("replica".into(), Value::list(others));
    }
    let Some(own) = all.get(here) else { return };
    let at = |of: &Object, path: &str| match Setting::at(of, path) {
        Setting::Known(value) => Some(value.clone()),
        Setting::Unknown(unknown) => Some(Value::Unknown(unknown.clone())),
        Setting::Absent => None,
    };
    if let Some(enabled) = at(own, "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled") {
        into.insert("point_in_time_recovery".into(), Value::object([("enabled".into(), enabled)].into_iter().collect()));
    }
    for (name, path) in [("deletion_protection_enabled", "DeletionProtectionEnabled"), ("table_class", "TableClass")] {
        at(own, path).map(|value| into.insert(name.into(), value));
    }
    // Capacity that scales begins at its least.
    let read = "ReadProvisionedThroughputSettings";
    let reads = at(own, &eco_format!("{read}.ReadCapacityUnits"))
        .or_else(|| at(own, &eco_format!("{read}.ReadCapacityAutoScalingSettings.MinCapacity")));
    let writes = at(&resource.attributes, "WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MinCapacity");
    for (name, value) in [("read_capacity", reads), ("write_capacity", writes)] {
        value.map(|value| into.insert(name.into(), value));
    }
}

/// What stands in a bucket and has a block of another shape in the canonical vocabulary.
fn bucket(own: &Object, into: &mut Object) {
    let one = |name: &str, value: Value| Value::list(vec![Value::object([(EcoString::from(name), value)].into_iter().collect())]);
    match Setting::at(own, "VersioningConfiguration.Status") {
        Setting::Known(status) => {
            let on = status.as_text().is_some_and(|status| status == "Enabled");
            into.insert("versioning".into(), one("enabled", Value::Bool(on)));
        }
        Setting::Unknown(unknown) => drop(into.insert("versioning".into(), one("enabled", Value::Unknown(unknown.clone())))),
        Setting::Absent => {}
    }
    let encryption = "BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault";
    if let Setting::Known(by_default) = Setting::at(own, encryption)
        && let Some(by_default) = by_default.as_object()
    {
        let names = [("SSEAlgorithm", "sse_algorithm"), ("KMSMasterKeyID", "kms_master_key_id")];
        let given = names.iter().filter_map(|(own, name)| Some((EcoString::from(*name), by_default.get(own)?.clone())));
        let rule = one("apply_server_side_encryption_by_default", Value::list(vec![Value::object(given.collect())]));
        into.insert("server_side_encryption_configuration".into(), one("rule", rule));
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
            Value::Unknown(unknown) => Value::Unknown(unknown.clone()),
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
