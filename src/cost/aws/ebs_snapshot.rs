//! EBS snapshot: at most the gigabytes of its volume, as it keeps changed blocks only.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_ebs_snapshot"], components };

fn components(snapshot: &Item, lines: &mut Lines) {
    let size = match snapshot.referred("volume_id", &["aws_ebs_volume"]) {
        Some(volume) => volume.number("size").assuming("the whole volume counted"),
        None => Quantity::unknown("its volume is declared in no file here"),
    };
    let key = match snapshot.text("storage_tier").is("archive") {
        true => "snapshot_archive_gb_month",
        false => "snapshot_gb_month",
    };
    lines.monthly("Snapshot", "GB-month", size, Sku::new("ebs", key));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn the_volume_gives_the_size() {
        assert_snapshot!(bill(r#"
            resource "aws_ebs_volume" "a" {
              availability_zone = "us-east-1a"
              size              = 40
            }
            resource "aws_ebs_snapshot" "a" {
              volume_id = aws_ebs_volume.a.id
            }
        "#), @r"
        aws_ebs_snapshot.a 2
          Snapshot: 40 GB-month x 0.05 = 2; the whole volume counted
        aws_ebs_volume.a 4
          Volume (gp2): 40 GB-month x 0.1 = 4
        ");
    }
}
