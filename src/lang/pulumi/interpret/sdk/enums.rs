//! The SDK's enums: which classes are enums, and values that the names of their members tell.

use ecow::{EcoString, eco_format};

/// How a member's name spells its value.
#[derive(Clone, Copy)]
enum Spelling {
    /// `AURORA_MYSQL` is `aurora-mysql`.
    Kebab,
    /// `ONE_PER_AZ` is `OnePerAz`.
    Pascal,
    /// `SINCE_IMAGE_PUSHED` is `sinceImagePushed`.
    Camel,
    /// `PARALLEL_QUERY` is `parallelquery`.
    Joined,
    Same,
    InstanceType,
    Runtime,
    Region,
    /// Not by its name.
    None,
}

use Spelling::{Camel, InstanceType, Joined, Kebab, None as Untold, Pascal, Region, Runtime, Same};

/// Sorted by name.
const ENUMS: &[(&str, Spelling)] = &[
    ("AccessEntryType", Same),
    ("AmiType", Untold),
    ("AuthenticationMode", Same),
    ("BuilderVersion", Untold),
    ("CacheMode", Kebab),
    ("CannedAcl", Kebab),
    ("ClusterNodePools", Kebab),
    ("CompressionType", Kebab),
    ("EngineMode", Joined),
    ("EngineType", Kebab),
    ("InstancePlatform", Untold),
    ("InstanceType", InstanceType),
    ("IpAddressType", Kebab),
    ("LifecyclePolicyActionType", Kebab),
    ("LifecyclePolicyCountType", Camel),
    ("LifecyclePolicyTagStatus", Kebab),
    ("LifecycleTagStatus", Kebab),
    ("LoadBalancerType", Kebab),
    ("ManagedPolicy", Untold),
    ("Metric", Pascal),
    ("MetricsGranularity", Untold),
    ("NatGatewayStrategy", Pascal),
    ("NetworkMode", Kebab),
    ("NotificationType", Untold),
    ("OperatingSystem", Untold),
    ("ParameterType", Pascal),
    ("PlacementStrategy", Kebab),
    ("Platform", Untold),
    ("PolicyDocumentVersion", Untold),
    ("PolicyStatementEffect", Pascal),
    ("ProtocolType", Kebab),
    ("RecordType", Same),
    ("Region", Region),
    ("ResolveConflictsOnCreate", Same),
    ("ResolveConflictsOnUpdate", Same),
    ("Runtime", Runtime),
    ("StorageType", Kebab),
    ("SubnetAllocationStrategy", Pascal),
    ("SubnetNameTagStrategy", Pascal),
    ("SubnetType", Pascal),
    ("TaskDefinitionPortMappingAppProtocol", Kebab),
    ("Tenancy", Kebab),
    ("VpcEndpointStrategy", Pascal),
];

/// Packages that have enums among their classes.
const PACKAGES: &[&str] = &["pulumi_aws.", "pulumi_awsx.", "pulumi_docker.", "pulumi_docker_build.", "pulumi_eks."];

fn spelling(path: &str) -> Option<Spelling> {
    if !PACKAGES.iter().any(|package| path.starts_with(package)) {
        return None;
    }
    let class = path.rsplit('.').next().unwrap_or(path);
    // The account's region is a resource.
    if class == "Region" && path != "pulumi_aws.Region" {
        return None;
    }
    let at = ENUMS.binary_search_by(|(name, _)| (*name).cmp(class)).ok()?;
    ENUMS.get(at).map(|(_, spelling)| *spelling)
}

/// Whether the path is that of an enum: to call it is to convert a text.
pub fn is_enum(path: &str) -> bool {
    spelling(path).is_some()
}

/// `pulumi_aws.lambda_.Runtime.PYTHON3D12` is `python3.12`.
pub fn value(path: &str) -> Option<EcoString> {
    let (class, member) = path.rsplit_once('.')?;
    let spelling = spelling(class)?;
    if member.bytes().any(|letter| letter.is_ascii_lowercase()) {
        return None;
    }
    let lower = member.to_ascii_lowercase();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(EcoString::new, |first| eco_format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
    };
    let pascal = || lower.split('_').map(capital).collect::<Vec<_>>().concat();
    Some(match spelling {
        Kebab => lower.replace('_', "-").into(),
        Joined => lower.replace('_', "").into(),
        Same => member.into(),
        Pascal => pascal().into(),
        Camel => {
            let pascal = pascal();
            let mut letters = pascal.chars();
            eco_format!("{}{}", letters.next()?.to_ascii_lowercase(), letters.as_str())
        }
        InstanceType => instance_type(&lower, class.ends_with("rds.InstanceType"))?,
        Runtime => runtime(&lower),
        Region => region(&lower)?,
        Untold => return None,
    })
}

/// `C5_2_X_LARGE` is `c5.2xlarge`, for databases `db.c5.2xlarge`.
fn instance_type(lower: &str, database: bool) -> Option<EcoString> {
    let steps: Vec<&str> = lower.split('_').collect();
    let is_size = |at: usize| {
        let step = |after: usize| steps.get(at + after).copied().unwrap_or_default();
        let named = |step: &str| matches!(step, "large" | "medium" | "small" | "micro" | "nano") || step.starts_with("metal");
        let number = |step: &str| !step.is_empty() && step.bytes().all(|digit| digit.is_ascii_digit());
        named(step(0)) || step(0) == "x" && step(1) == "large" || number(step(0)) && step(1) == "x" && step(2) == "large"
    };
    let at = (1..steps.len()).find(|at| is_size(*at))?;
    let (family, size) = (steps.get(..at)?, steps.get(at..)?);
    let size = size.join("-").replace("x-large", "xlarge").replace("-xlarge", "xlarge");
    // The SDK's own mistake, kept.
    let size = if database && size == "16xlarge" && family == ["m4"] { "10xlarge".into() } else { size };
    Some(if database { eco_format!("db.{}.{size}", family.concat()) } else { eco_format!("{}.{size}", family.join("-")) })
}

/// In names of runtimes `D` after a digit stands for a dot: `DOTNET5D0`, `PYTHON3D12`, `NODE_JS20D_X`, `CUSTOM_AL2023`.
fn runtime(lower: &str) -> EcoString {
    let mut out = EcoString::new();
    for letter in lower.chars() {
        match letter {
            'd' if out.ends_with(|last: char| last.is_ascii_digit()) => out.push('.'),
            '_' if out.ends_with('.') => {}
            letter => out.push(letter),
        }
    }
    match out.strip_prefix("custom") {
        Some(rest) => eco_format!("provided{}", rest.replace('_', ".")),
        None if out.starts_with("java") => out.replace("_", "."),
        None => out.replace("_", ""),
    }
}

/// `US_EAST1` is `us-east-1`; the regions apart have their own letters.
fn region(lower: &str) -> Option<EcoString> {
    if lower == "ca_central" {
        return Some("ca-central-1".into());
    }
    let at = lower.find(|letter: char| letter.is_ascii_digit())?;
    let (name, number) = lower.split_at(at);
    let name = match name.split_once('_') {
        Some((apart, rest)) if apart.len() > 3 && apart.is_ascii() => {
            let (land, kind) = apart.split_at(2);
            eco_format!("{land}-{kind}-{rest}")
        }
        _ => name.into(),
    };
    Some(eco_format!("{}-{number}", name.replace("_", "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(ENUMS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn names_of_members_tell_their_values() {
        let of = |path: &str| value(path).unwrap_or_default();
        assert_eq!(of("pulumi_aws.ec2.InstanceType.T3_MICRO"), "t3.micro");
        assert_eq!(of("pulumi_aws.ec2.InstanceType.C5_2_X_LARGE"), "c5.2xlarge");
        assert_eq!(of("pulumi_aws.ec2.InstanceType.C5_X_LARGE"), "c5.xlarge");
        assert_eq!(of("pulumi_aws.ec2.InstanceType.C5_METAL"), "c5.metal");
        assert_eq!(of("pulumi_aws.rds.InstanceType.M6_G_2_X_LARGE"), "db.m6g.2xlarge");
        assert_eq!(of("pulumi_aws.lambda_.Runtime.NODE_JS20D_X"), "nodejs20.x");
        assert_eq!(of("pulumi_aws.lambda_.Runtime.PYTHON3D12"), "python3.12");
        assert_eq!(of("pulumi_aws.lambda_.Runtime.DOTNET_CORE3D1"), "dotnetcore3.1");
        assert_eq!(of("pulumi_aws.lambda_.Runtime.JAVA8_AL2"), "java8.al2");
        assert_eq!(of("pulumi_aws.lambda_.Runtime.CUSTOM_AL2023"), "provided.al2023");
        assert_eq!(of("pulumi_aws.Region.EU_WEST1"), "eu-west-1");
        assert_eq!(of("pulumi_aws.Region.USISOB_EAST1"), "us-isob-east-1");
        assert_eq!(of("pulumi_aws.s3.CannedAcl.PUBLIC_READ"), "public-read");
        assert_eq!(of("pulumi_aws.ecr.LifecyclePolicyCountType.SINCE_IMAGE_PUSHED"), "sinceImagePushed");
        assert_eq!(of("pulumi_aws.iam.PolicyStatementEffect.ALLOW"), "Allow");
        assert!(value("pulumi_aws.account.Region.X1").is_none() && !is_enum("pulumi_aws.account.Region"));
    }
}
