//! Names of CloudFormation in the canonical spelling, and back.

use ecow::{EcoString, eco_format};

use super::{Row, row};

/// `DBInstanceClass` is `db_instance_class`.
pub fn spelled(name: &str) -> EcoString {
    let mut out = EcoString::with_capacity(name.len() + 4);
    let mut letters = name.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        let lower = |letter: &char| letter.is_ascii_lowercase();
        if letter.is_ascii_uppercase()
            && before.is_some_and(|before| !before.is_ascii_uppercase() && before != '_' || letters.peek().is_some_and(lower))
        {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
        before = Some(letter);
    }
    out
}

/// `AWS::Lambda::Function` is `aws_lambda_function`.
pub(super) fn spelled_type(kind: &str) -> EcoString {
    let mut out = EcoString::from("aws");
    for part in kind.split("::").skip(1) {
        out.push('_');
        out.push_str(&spelled(part));
    }
    out
}

/// Whether a key of an object is the name of a property, and not a key that the author chose.
pub(super) fn is_property(key: &str) -> bool {
    key.bytes().next().is_some_and(|first| first.is_ascii_uppercase())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && key.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The canonical path of a path as written.
pub(super) fn canonical(kind: &str, path: &str) -> EcoString {
    let row = row(kind);
    let mut own = String::new();
    let mut out = EcoString::new();
    for step in path.split('.') {
        let number = step.bytes().all(|byte| byte.is_ascii_digit());
        if !number {
            if !own.is_empty() {
                own.push('/');
            }
            own.push_str(step);
        }
        let name = match row.and_then(|row| row.name(&own)) {
            _ if number => step.into(),
            Some(".") => continue,
            Some("-" | "=") | None => spelled(step),
            Some(name) => name.strip_suffix("[]").unwrap_or(name).into(),
        };
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(&name);
    }
    out
}

/// The path that the author would write for a canonical one.
pub(super) fn own(kind: &str, path: &str) -> EcoString {
    // Disks have a shape of their own there.
    if let Some(rest) = path.strip_prefix("root_block_device").or_else(|| path.strip_prefix("ebs_block_device")) {
        let rest = rest.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
        return if rest.is_empty() { "BlockDeviceMappings".into() } else { eco_format!("BlockDeviceMappings.Ebs.{}", pascal(rest)) };
    }
    let row = row(kind);
    let mut own = String::new();
    let mut out = EcoString::new();
    for step in path.split('.') {
        if !out.is_empty() {
            out.push('.');
        }
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(step);
            continue;
        }
        let found = row.and_then(|row| written(row, &own, step));
        let name = match found {
            Some(path) => {
                let start = if own.is_empty() { 0 } else { own.len() + 1 };
                path.get(start..).unwrap_or(path).replace('/', ".")
            }
            None => pascal(step),
        };
        out.push_str(&name);
        if !own.is_empty() {
            own.push('/');
        }
        own.push_str(&name.replace('.', "/"));
    }
    out
}

/// The own path, below another, that the table gives a canonical name, through levels that are not there.
fn written(row: Row, below: &str, canonical: &str) -> Option<&'static str> {
    row.names.split(' ').find_map(|word| {
        let (own, name) = word.split_once('=')?;
        let rest = match below {
            "" => own,
            below => own.strip_prefix(below)?.strip_prefix('/')?,
        };
        let levels: Vec<&str> = rest.split('/').collect();
        let (_, outer) = levels.split_last()?;
        let mut path = String::from(below);
        let dissolved = outer.iter().all(|level| {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(level);
            row.name(&path) == Some(".")
        });
        (dissolved && name.strip_suffix("[]").unwrap_or(name) == canonical).then_some(own)
    })
}

fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split('_') {
        // As AWS writes these: `DBName`, `MultiAZ`.
        if matches!(part, "db" | "az") {
            out.push_str(&part.to_uppercase());
            continue;
        }
        let mut letters = part.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let pairs = [
            ("DBInstanceClass", "db_instance_class"),
            ("VPCZoneIdentifier", "vpc_zone_identifier"),
            ("MultiAZ", "multi_az"),
            ("S3Bucket", "s3_bucket"),
            ("EBSEnabled", "ebs_enabled"),
            ("Ipv6CidrBlock", "ipv6_cidr_block"),
            ("KmsKeyId", "kms_key_id"),
        ];
        for (own, canonical) in pairs {
            assert_eq!(spelled(own), canonical);
        }
    }

    #[test]
    fn paths_go_both_ways() {
        let pairs = [
            ("AWS::RDS::DBInstance", "DBInstanceClass", "instance_class"),
            ("AWS::RDS::DBInstance", "StorageEncrypted", "storage_encrypted"),
            ("AWS::DynamoDB::Table", "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "point_in_time_recovery.enabled"),
            ("AWS::DynamoDB::Table", "ProvisionedThroughput.ReadCapacityUnits", "read_capacity"),
            ("AWS::EC2::SecurityGroup", "SecurityGroupIngress.1.CidrIp", "ingress.1.cidr_blocks"),
            ("AWS::Nowhere::Thing", "SomeName", "some_name"),
        ];
        for (kind, written, known) in pairs {
            assert_eq!(canonical(kind, written), known, "{kind}");
            assert_eq!(own(kind, known), written, "{kind}");
        }
    }
}
