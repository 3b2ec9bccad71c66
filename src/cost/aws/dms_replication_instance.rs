//! Replication instance of the migration service: hours by class and storage.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_dms_replication_instance"], components };

fn components(instance: &Item, lines: &mut Lines) {
    let class = instance.text("replication_instance_class");
    let kind = class.known().map_or(class.clone(), |class| Text::Known(class.trim_start_matches("dms.")));
    let (hour, storage) = match instance.flag("multi_az", false) {
        Ok(true) => ("dms.multi_az_hour", "dms.storage_multi_az_gb_month"),
        Ok(false) => ("dms.single_az_hour", "dms.storage_single_az_gb_month"),
        Err(reason) => return lines.unpriced(reason),
    };
    lines.hourly(ec2::named("Instance", &class), Quantity::one(), Sku::of("dms_dax_emr", hour, kind));
    let size = instance.number_or("allocated_storage", || Quantity::unknown("allocated_storage is not set; the class decides"));
    lines.monthly("Storage", "GB-month", size, Sku::new("dms_dax_emr", storage));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn hours_and_storage() {
        assert_snapshot!(bill(r#"
            resource "aws_dms_replication_instance" "a" {
              replication_instance_class = "dms.t3.medium"
              allocated_storage          = 50
              multi_az                   = true
            }
        "#), @r"
        aws_dms_replication_instance.a 120.27
          Instance (dms.t3.medium): 730 h x 0.149 = 108.77
          Storage: 50 GB-month x 0.23 = 11.5
        ");
    }
}
