//! Values of the SDK's enums that their names tell.

use ecow::EcoString;

/// `pulumi_aws.lambda_.Runtime.PYTHON3D12` is `python3.12`; both spellings of members are understood.
pub fn value(path: &str) -> Option<EcoString> {
    if !path.starts_with("pulumi_") {
        return None;
    }
    let mut steps = path.rsplit('.');
    let (member, class) = (steps.next()?, steps.next()?);
    let screaming = member.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    if !screaming || !class.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let lower = member.to_ascii_lowercase();
    Some(match class {
        // The family has no underscore: `c5.2xlarge` is C5_2XLARGE.
        "InstanceType" => dotted(&lower),
        "Runtime" => runtime(&lower)?,
        "Region" => region(&lower)?,
        "EngineType" | "StorageType" | "EngineMode" | "Tenancy" => lower.replace('_', "-").into(),
        "LoadBalancerType" | "LifecyclePolicyCountType" | "LifecyclePolicyTagStatus" => lower.into(),
        _ => return None,
    })
}

fn dotted(lower: &str) -> EcoString {
    lower.replace('_', ".").into()
}

/// In names of runtimes `D` stands for a dot: `DOTNET8`, `PYTHON3D12`, `NODE_JS20D_X`, `CUSTOM_AL2023`.
fn runtime(lower: &str) -> Option<EcoString> {
    if let Some(version) = lower.strip_prefix("python") {
        return Some(EcoString::from("python") + version.replace('d', ".").as_str());
    }
    if let Some(version) = lower.strip_prefix("node_js") {
        return Some(EcoString::from("nodejs") + version.replace("d_x", ".x").replace('d', ".").as_str());
    }
    if let Some(version) = lower.strip_prefix("ruby") {
        return Some(EcoString::from("ruby") + version.replace('d', ".").as_str());
    }
    if let Some(version) = lower.strip_prefix("custom") {
        return Some(EcoString::from("provided") + version.replace('_', ".").replace("d", "").as_str());
    }
    if lower.starts_with("java") || lower.starts_with("dotnet") {
        return Some(lower.replace("al2", ".al2").replace("..", ".").replace('_', "").into());
    }
    None
}

/// `US_EAST1` is `us-east-1`.
fn region(lower: &str) -> Option<EcoString> {
    let at = lower.find(|letter: char| letter.is_ascii_digit())?;
    let (name, number) = lower.split_at(at);
    Some(EcoString::from(name.replace('_', "-")) + "-" + number)
}
