//! EKS managed node group: from the least to the most nodes, expected at the desired number; instances and disks.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::Lines;
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_eks_node_group"], components };

fn components(group: &Item, lines: &mut Lines) {
    match group.text("capacity_type") {
        Text::Known("SPOT") => return lines.unpriced("spot prices change by the hour"),
        Text::Unknown(reason) => return lines.unpriced(reason),
        _ => {}
    }
    let desired = group.usage("instances").or(group.number("scaling_config.desired_size"));
    let nodes = desired.between(group.number("scaling_config.min_size"), group.number("scaling_config.max_size"));
    let template = group.referred("launch_template", &["aws_launch_template"]);
    let kind = match (group.text("instance_types.0"), &template) {
        (Text::Absent, Some(template)) => template.text("instance_type").or("t3.medium"),
        (kind, _) => kind.or("t3.medium"),
    };
    let several = group.length("instance_types").known().is_some_and(|types| types.high > 1.into());
    let priced = if several { nodes.clone().assuming("all of the first type given") } else { nodes.clone() };
    ec2::instances(lines, group, kind.clone(), priced);
    ec2::cpu_credits(lines, group, &kind, nodes.clone());
    match template {
        Some(template) => ec2::mapped_devices(lines, &template, &nodes),
        None => {
            let windows = group.text("ami_type").known().is_some_and(|image| image.starts_with("WINDOWS"));
            let default = if windows { 50 } else { 20 };
            let size = group.number_or("disk_size", || Quantity::exactly(default).assuming(if windows { "50 GB, the default" } else { "20 GB, the default" }));
            ec2::storage(lines, "Disk", Text::Known("gp3"), size.assuming("gp3 assumed") * nodes);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// 3 to 10 nodes: 730 x 0.0416 = 30.368 and 50 x 0.08 = 4 each.
    #[test]
    fn from_the_least_to_the_most_nodes() {
        assert_snapshot!(bill(r#"
            resource "aws_eks_node_group" "general" {
              cluster_name   = "main"
              instance_types = ["t3.medium"]
              disk_size      = 50
              scaling_config {
                desired_size = 3
                min_size     = 3
                max_size     = 10
              }
            }
            resource "aws_eks_node_group" "compute" {
              cluster_name   = "main"
              instance_types = ["c5.large"]
              scaling_config {
                desired_size = 0
                min_size     = 0
                max_size     = 5
              }
            }
            resource "aws_eks_node_group" "spot" {
              cluster_name  = "main"
              capacity_type = "SPOT"
              scaling_config {
                desired_size = 1
                min_size     = 1
                max_size     = 1
              }
            }
        "#), @r"
        aws_eks_node_group.compute 0 (0 to 318.25)
          Instance (c5.large): 0 (0 to 3650) h x 0.085 = 0 (0 to 310.25); Linux assumed
          Disk (gp3): 0 (0 to 100) GB-month x 0.08 = 0 (0 to 8); 20 GB, the default; gp3 assumed
        aws_eks_node_group.general 103.104 (103.104 to 343.68)
          Instance (t3.medium): 2190 (2190 to 7300) h x 0.0416 = 91.104 (91.104 to 303.68); Linux assumed
          Disk (gp3): 150 (150 to 500) GB-month x 0.08 = 12 (12 to 40); gp3 assumed
        aws_eks_node_group.spot unpriced: spot prices change by the hour
        ");
    }

    #[test]
    fn a_launch_template_gives_type_and_disks() {
        assert_snapshot!(bill(r#"
            variable "most" {}
            resource "aws_launch_template" "node" {
              instance_type = "m5.large"
              block_device_mappings {
                device_name = "/dev/xvda"
                ebs {
                  volume_size = 100
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_eks_node_group" "a" {
              cluster_name = "main"
              scaling_config {
                desired_size = 2
                min_size     = 2
                max_size     = 2
              }
              launch_template {
                id      = aws_launch_template.node.id
                version = 1
              }
            }
            resource "aws_eks_node_group" "b" {
              cluster_name = "main"
              scaling_config {
                desired_size = 2
                min_size     = 2
                max_size     = var.most
              }
            }
        "#), @r"
        aws_eks_node_group.a 156.16
          Instance (m5.large): 1460 h x 0.096 = 140.16; Linux assumed
          Root volume (gp3): 200 GB-month x 0.08 = 16
        aws_eks_node_group.b unpriced: var.most has no value (scaling_config.max_size)
          Instance (t3.medium): ? h x 0.0416; var.most has no value (scaling_config.max_size); Linux assumed
          Disk (gp3): ? GB-month x 0.08; var.most has no value (scaling_config.max_size); 20 GB, the default; gp3 assumed
        aws_launch_template.node free
        ");
    }
}
