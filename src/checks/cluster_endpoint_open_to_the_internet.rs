//! A Kubernetes API that every address on the internet can reach.

use super::{Check, Findings, LooksAt, Scope, is_off};
use crate::model::{Resource, Setting, Severity, Value};

pub(super) const CHECK: Check = Check {
    id: "cluster-endpoint-open-to-the-internet",
    severity: Severity::Medium,
    title: "The cluster's API is open to every address",
    doc: "An EKS cluster's API is public to 0.0.0.0/0 unless endpoint_public_access is false or public_access_cidrs names addresses. \
          It asks for credentials, but a leaked one then works from anywhere. Name the networks people deploy from.",
    references: &["https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"],
    looks_at: LooksAt::Resources(&["aws_eks_cluster"], run),
};

fn run(cluster: &Resource, _: &Scope<'_>, out: &mut Findings) {
    // Public is the default; private must be written.
    let public = match cluster.setting("vpc_config.endpoint_public_access") {
        Setting::Absent => true,
        Setting::Known(value) => value.as_bool() == Some(true),
        Setting::Unknown(_) => false,
    };
    let anyone = match cluster.setting("vpc_config.public_access_cidrs") {
        Setting::Absent => true,
        Setting::Known(cidrs) => cidrs.as_list().unwrap_or_default().iter().any(is_everyone),
        Setting::Unknown(_) => false,
    };
    if public && anyone && !matches!(cluster.setting("vpc_config"), Setting::Unknown(_)) {
        let also_inside = !is_off(cluster.setting("vpc_config.endpoint_private_access"));
        let fix = match also_inside {
            true => "Name addresses in `public_access_cidrs`, or set `endpoint_public_access = false`.",
            false => "Name addresses in `public_access_cidrs`; switch on `endpoint_private_access` for the nodes.",
        };
        let argument = match cluster.setting("vpc_config.public_access_cidrs") {
            Setting::Absent => "vpc_config.endpoint_public_access",
            _ => "vpc_config.public_access_cidrs",
        };
        out.push(cluster, argument, "The cluster's API is open to every address (0.0.0.0/0).", fix);
    }
}

fn is_everyone(value: &Value) -> bool {
    value.as_text().is_some_and(|cidr| cidr == "0.0.0.0/0" || cidr == "::/0")
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn public_by_default_and_by_word() {
        check(
            "cluster-endpoint-open-to-the-internet",
            r#"
            resource "aws_eks_cluster" "word" {
              vpc_config {
                endpoint_public_access = true
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ medium: The cluster's API is open to every address (0.0.0.0/0).
              }
            }
            resource "aws_eks_cluster" "range" {
              vpc_config {
                public_access_cidrs = ["0.0.0.0/0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ medium: The cluster's API is open to every address (0.0.0.0/0).
              }
            }
            resource "aws_eks_cluster" "private" {
              vpc_config {
                endpoint_public_access = false
              }
            }
            resource "aws_eks_cluster" "office" {
              vpc_config {
                public_access_cidrs = ["192.0.2.0/24"]
              }
            }
            "#,
        );
    }
}
