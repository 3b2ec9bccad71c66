//! EBS volume: gigabytes by type, provisioned IOPS and throughput.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_ebs_volume"], components };

fn components(volume: &Item, lines: &mut Lines) {
    let kind = volume.text("type").or_else(|| Text::Known("gp2"));
    let size = volume.number_or("size", || Quantity::unknown("size is not set; the snapshot decides"));
    ec2::storage(lines, "Volume", kind.clone(), size);
    ec2::performance(lines, "Volume", &kind, volume, &Quantity::one());
    if kind.is("standard") {
        lines.used("I/O requests", "1M requests", volume.usage("monthly_standard_io_requests"), Sku::new("ebs", "magnetic_io_1m"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_type_with_what_is_provisioned() {
        assert_snapshot!(bill(r#"
            provider "aws" {
              region = "us-east-1"
            }
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = 100
            }
            resource "aws_ebs_volume" "b" {
              availability_zone = "us-east-1a"
              type              = "gp3"
              size              = 100
              iops              = 3000
              throughput        = 250
            }
            resource "aws_ebs_volume" "c" {
              availability_zone = "us-east-1a"
              type              = "io2"
              size              = 10
              iops              = 40000
            }
            resource "aws_ebs_volume" "d" {
              availability_zone = "us-east-1a"
              type              = "standard"
              size              = 10
            }
            resource "aws_ebs_volume" "e" {
              availability_zone = "us-east-1a"
              snapshot_id       = "snap-1"
            }
        "#), @r"
        aws_ebs_volume.a 10
          Volume (gp2): 100 GB-month x 0.1 = 10
        aws_ebs_volume.b 13
          Volume (gp3): 100 GB-month x 0.08 = 8
          Volume IOPS: 0 IOPS-month x 0.005 = 0
          Volume throughput: 125 MB/s-month x 0.04 = 5
        aws_ebs_volume.c 2445.25
          Volume (io2): 10 GB-month x 0.125 = 1.25
          Volume IOPS: 32000 IOPS-month x 0.065 = 2080
          Volume IOPS (over 32000): 8000 IOPS-month x 0.0455 = 364
        aws_ebs_volume.d 0.5
          Volume (standard): 10 GB-month x 0.05 = 0.5
          I/O requests: ? 1M requests x 0.05; depends on use
        aws_ebs_volume.e unpriced: size is not set; the snapshot decides
          Volume (gp2): ? GB-month x 0.1; size is not set; the snapshot decides
        ");
    }
}
