//! From the path of a class to its type token, by the rule that holds for every provider, and the exceptions.

use ecow::{EcoString, eco_format};

use crate::lang::pulumi::interpret::registry::Kind;

/// A class of a provider.
pub struct Class {
    pub token: EcoString,
    pub kind: Kind,
}

/// Packages whose tokens have the plain form `package:module:Class`, beside those below.
const NATIVE: &[&str] = &["aws-native", "azure-native", "command", "docker-build", "google-native", "kubernetes", "pulumiservice", "purrl"];

/// Packages whose classes are components that the engine builds.
const REMOTE: &[&str] = &[
    "aws-apigateway",
    "aws-iam",
    "aws-miniflux",
    "aws-quickstart-aurora-postgres",
    "aws-quickstart-redshift",
    "aws-quickstart-vpc",
    "aws-s3-replicated-bucket",
    "aws-static-website",
    "awsx",
    "azure-static-website",
    "eks",
    "google-cloud-static-website",
    "kubernetes-cert-manager",
    "kubernetes-coredns",
    "kubernetes-ingress-nginx",
    "synced-folder",
];

/// Whether the tokens of a package have the plain form.
fn is_plain(package: &str) -> bool {
    NATIVE.contains(&package) || REMOTE.contains(&package)
}

/// `pulumi_aws.s3.Bucket` is `aws:s3/bucket:Bucket`.
pub fn of_class(path: &str) -> Class {
    let (package, rest) = split(path);
    let (modules, class) = rest.rsplit_once('.').map_or(("", rest), |(modules, class)| (modules, class));
    // The file of the class itself: `s3.bucket.Bucket`, `s3.bucket_v2.BucketV2`.
    let modules = match modules.rsplit_once('.').unwrap_or(("", modules)) {
        (before, own) if camel(own) == lower_first(class) && own != class => before,
        _ => modules,
    };
    if class == "Provider" && modules.is_empty() {
        return Class { token: eco_format!("pulumi:providers:{package}"), kind: Kind::Provider };
    }
    let module = module(&package, modules);
    if is_plain(&package) {
        let remote = REMOTE.contains(&package.as_str()) || (package == "kubernetes" && is_kubernetes_component(&module, class));
        return Class { token: eco_format!("{package}:{module}:{class}"), kind: if remote { Kind::Remote } else { Kind::Custom } };
    }
    let (name, kind) = (lower_first(class), Kind::Custom);
    if package == "gcp" && module == "privilegedaccessmanager" && class == "Entitlement" {
        return Class { token: "gcp:privilegedaccessmanager/entitlement:entitlement".into(), kind };
    }
    Class { token: eco_format!("{package}:{module}/{name}:{class}"), kind }
}

/// `pulumi_aws.ec2.get_vpc_output` is `aws:ec2/getVpc:getVpc`.
pub fn of_function(path: &str) -> EcoString {
    let (package, rest) = split(path);
    let (modules, name) = rest.rsplit_once('.').map_or(("", rest), |(modules, name)| (modules, name));
    let name = camel(name.strip_suffix("_output").or_else(|| name.strip_suffix("Output")).unwrap_or(name));
    let module = module(&package, modules);
    if is_plain(&package) || package == "std" {
        return eco_format!("{package}:{module}:{name}");
    }
    eco_format!("{package}:{module}/{name}:{name}")
}

/// A token as YAML has it, where the part after the module may be left out: `aws:s3:Bucket`, `random:RandomPassword`.
pub fn of_token(token: &str) -> Class {
    let steps: Vec<&str> = token.split(':').collect();
    let whole = |token: &str| {
        let remote = REMOTE.contains(&steps.first().copied().unwrap_or_default());
        Class { token: token.into(), kind: if remote { Kind::Remote } else { Kind::Custom } }
    };
    match steps.as_slice() {
        ["pulumi", "providers", package] => of_class(&eco_format!("{package}.Provider")),
        ["pulumi", "pulumi", "StackReference"] => Class { token: token.into(), kind: Kind::Read },
        ["kubernetes", module, class] if is_kubernetes_component(module, class) => Class { token: token.into(), kind: Kind::Remote },
        [package, module, class] if is_plain(package) => {
            if module.is_empty() {
                whole(&eco_format!("{package}:index:{class}"))
            } else {
                whole(token)
            }
        }
        [package, class] if is_plain(package) => whole(&eco_format!("{package}:index:{class}")),
        [package, class] => whole(&eco_format!("{package}:index/{}:{class}", lower_first(class))),
        [package, module, class] if !module.contains('/') => whole(&eco_format!("{package}:{module}/{}:{class}", lower_first(class))),
        _ => whole(token),
    }
}

/// The same for a function: `aws:ec2:getAmi`.
pub fn of_call(token: &str) -> EcoString {
    of_token(token).token
}

/// The package's own name and what follows it.
fn split(path: &str) -> (EcoString, &str) {
    let path = path.strip_prefix("pulumi_").unwrap_or(path);
    let (package, rest) = path.split_once('.').map_or((path, ""), |(package, rest)| (package, rest));
    (package.replace('_', "-").into(), rest)
}

fn module(package: &str, modules: &str) -> EcoString {
    if modules.is_empty() {
        return "index".into();
    }
    let steps: Vec<&str> = modules.split('.').map(|step| step.trim_end_matches('_')).collect();
    match (package, steps.as_slice()) {
        ("kubernetes", [group, version]) => eco_format!("{}/{version}", kubernetes_group(group).unwrap_or(group)),
        ("vault", ["approle"]) => "appRole".into(),
        ("vault", ["pkisecret"]) => "pkiSecret".into(),
        ("vault", ["rabbitmq"]) => "rabbitMq".into(),
        (_, steps) => steps.join("/").into(),
    }
}

/// Groups whose name in the interface is longer than in the SDK.
fn kubernetes_group(group: &str) -> Option<&'static str> {
    Some(match group {
        "admissionregistration" => "admissionregistration.k8s.io",
        "apiextensions" => "apiextensions.k8s.io",
        "apiregistration" => "apiregistration.k8s.io",
        "auditregistration" => "auditregistration.k8s.io",
        "certificates" => "certificates.k8s.io",
        "coordination" => "coordination.k8s.io",
        "discovery" => "discovery.k8s.io",
        "events" => "events.k8s.io",
        "flowcontrol" => "flowcontrol.apiserver.k8s.io",
        "helm" => "helm.sh",
        "lifecycle" => "lifecycle.k8s.io",
        "networking" => "networking.k8s.io",
        "node" => "node.k8s.io",
        "rbac" => "rbac.authorization.k8s.io",
        "resource" => "resource.k8s.io",
        "scheduling" => "scheduling.k8s.io",
        "settings" => "settings.k8s.io",
        "storage" => "storage.k8s.io",
        "storagemigration" => "storagemigration.k8s.io",
        _ => return None,
    })
}

fn is_kubernetes_component(module: &str, class: &str) -> bool {
    matches!((module, class), ("helm.sh/v3" | "helm.sh/v4", "Chart"))
        || module.starts_with("yaml") && matches!(class, "ConfigFile" | "ConfigGroup")
        || module.starts_with("kustomize")
}

/// `s3Bucket` for `S3Bucket`.
fn lower_first(name: &str) -> EcoString {
    let mut letters = name.chars();
    letters.next().map_or_else(EcoString::new, |first| eco_format!("{}{}", first.to_ascii_lowercase(), letters.as_str()))
}

/// `cidr_block` is `cidrBlock` to the engine; a keyword's trailing underscore goes.
pub fn camel(name: &str) -> EcoString {
    let mut out = EcoString::new();
    let mut upper = false;
    for letter in name.trim_end_matches('_').chars() {
        if letter == '_' && !out.is_empty() {
            upper = true;
        } else if upper {
            out.extend(letter.to_uppercase());
            upper = false;
        } else {
            out.push(letter);
        }
    }
    out
}

/// `dependsOn` is `depends_on`: the names of Pulumi's own functions and options, in one spelling.
pub fn snake(name: &str) -> EcoString {
    let mut out = EcoString::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            if !out.is_empty() && !out.ends_with('.') && !out.ends_with('_') {
                out.push('_');
            }
            out.push(letter.to_ascii_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_follow_the_rule_of_their_provider() {
        let token = |path: &str| of_class(path).token;
        assert_eq!(token("pulumi_aws.s3.BucketV2"), "aws:s3/bucketV2:BucketV2");
        assert_eq!(token("pulumi_aws.lambda_.Function"), "aws:lambda/function:Function");
        assert_eq!(token("pulumi_aws.Provider"), "pulumi:providers:aws");
        assert_eq!(token("pulumi_random.RandomPassword"), "random:index/randomPassword:RandomPassword");
        assert_eq!(token("pulumi_azure_native.storage.StorageAccount"), "azure-native:storage:StorageAccount");
        assert_eq!(token("pulumi_kubernetes.apps.v1.Deployment"), "kubernetes:apps/v1:Deployment");
        assert_eq!(token("pulumi_kubernetes.networking.v1.Ingress"), "kubernetes:networking.k8s.io/v1:Ingress");
        assert_eq!(token("pulumi_docker_build.Image"), "docker-build:index:Image");
        assert_eq!(token("pulumi_aws.s3.bucket.Bucket"), "aws:s3/bucket:Bucket");
        assert_eq!(token("pulumi_aws.s3.bucket_v2.BucketV2"), "aws:s3/bucketV2:BucketV2");
        assert_eq!(of_function("pulumi_aws.ec2.get_vpc_output"), "aws:ec2/getVpc:getVpc");
        assert_eq!(of_function("pulumi_aws.getCallerIdentity"), "aws:index/getCallerIdentity:getCallerIdentity");
    }
}
