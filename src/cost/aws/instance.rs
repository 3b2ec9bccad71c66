//! EC2 instance: hours by type, its volumes, detailed monitoring, a public address where it certainly has one.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::Lines;
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_instance"], components };

fn components(instance: &Item, lines: &mut Lines) {
    let template = instance.referred("launch_template", &["aws_launch_template"]);
    let kind = instance.text("instance_type").or_else(|| template.as_ref().map_or(Text::Absent, |template| template.text("instance_type")));
    if !matches!(instance.text("tenancy"), Text::Absent | Text::Known("default")) {
        return lines.unpriced("no price for dedicated tenancy");
    }
    if instance.text("instance_market_options.market_type").is("spot") {
        return lines.unpriced("spot prices change by the hour");
    }
    let one = Quantity::one();
    ec2::instances(lines, instance, kind.clone(), one.clone());
    ec2::cpu_credits(lines, instance, &kind, one.clone());
    match &template {
        Some(template) if !instance.has("root_block_device") && !instance.has("ebs_block_device") => ec2::mapped_devices(lines, template, &one),
        _ => ec2::block_devices(lines, instance, &one),
    }
    if instance.is_on("monitoring") {
        ec2::monitoring(lines, one.clone());
    }
    if instance.is_on("associate_public_ip_address") {
        ec2::public_addresses(lines, one);
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// 730 x 0.0416 + 30 x 0.08 + 1000 x 0.005 + 8 x 0.1 + 7 x 0.3 + 730 x 0.005.
    #[test]
    fn hours_volumes_monitoring_and_address() {
        assert_snapshot!(bill(r#"
            resource "aws_instance" "web" {
              instance_type               = "t3.medium"
              monitoring                  = true
              associate_public_ip_address = true
              root_block_device {
                volume_type = "gp3"
                volume_size = 30
                iops        = 4000
              }
              ebs_block_device {
                device_name = "/dev/sdb"
                volume_size = 8
              }
            }
        "#), @r"
        aws_instance.web 44.318
          Instance (t3.medium): 730 h x 0.0416 = 30.368; Linux assumed
          Root volume (gp3): 30 GB-month x 0.08 = 2.4
          Root volume IOPS: 1000 IOPS-month x 0.005 = 5
          Volume (gp2): 8 GB-month x 0.1 = 0.8
          Detailed monitoring: 7 metric-month x 0.3 = 2.1; 7 metrics each
          Public IPv4 address: 730 h x 0.005 = 3.65
        ");
    }

    #[test]
    fn what_is_not_known_is_named() {
        assert_snapshot!(bill(r#"
            variable "size" {}
            resource "aws_instance" "a" {
              instance_type = var.size
            }
            resource "aws_instance" "b" {
              instance_type = "t99.huge"
              tenancy       = "dedicated"
            }
            resource "aws_instance" "c" {
              instance_type = "t99.huge"
            }
        "#), @r"
        aws_instance.a 0.8
          Instance: ? h; var.size has no value (instance_type)
          Root volume (gp2): 8 GB-month x 0.1 = 0.8; 8 GB of gp2 assumed for the root volume; the image decides
        aws_instance.b unpriced: no price for dedicated tenancy
        aws_instance.c 0.8
          Instance (t99.huge): ? h; no price for t99.huge in us-east-1
          Root volume (gp2): 8 GB-month x 0.1 = 0.8; 8 GB of gp2 assumed for the root volume; the image decides
        ");
    }

    /// 100 h x (0.0416 + 0.0184): the fee of Windows is 0.0184 an hour for t3.medium.
    #[test]
    fn the_usage_file_gives_hours_and_system() {
        let usage = "resource_usage:\n  aws_instance.w:\n    monthly_hrs: 100\n    operating_system: windows\n";
        assert_snapshot!(crate::cost::tests::bill_with(r#"
            resource "aws_instance" "w" {
              instance_type = "t3.medium"
              root_block_device {
                volume_size = 30
              }
            }
        "#, usage), @r"
        aws_instance.w 9
          Instance (t3.medium): 100 h x 0.0416 = 4.16
          Operating system (windows): 100 h x 0.0184 = 1.84
          Root volume (gp2): 30 GB-month x 0.1 = 3
        ");
    }
}
