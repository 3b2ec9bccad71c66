//! Attachment to a transit gateway: hours, and what passes.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced =
    Priced { resources: &["aws_ec2_transit_gateway_vpc_attachment", "aws_ec2_transit_gateway_peering_attachment"], components };

fn components(attachment: &Item, lines: &mut Lines) {
    if attachment.resource.is("aws_ec2_transit_gateway_peering_attachment") {
        return lines.hourly("Attachment", Quantity::one(), Sku::new("network", "transit_gateway.peering_attachment_hour"));
    }
    lines.hourly("Attachment", Quantity::one(), Sku::new("network", "transit_gateway.vpc_attachment_hour"));
    lines.used("Data processed", "GB", attachment.usage("monthly_data_processed_gb"), Sku::new("network", "transit_gateway.data_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_hour() {
        assert_snapshot!(bill("resource \"aws_ec2_transit_gateway_vpc_attachment\" \"a\" {}\n"), @r"
        aws_ec2_transit_gateway_vpc_attachment.a 36.5
          Attachment: 730 h x 0.05 = 36.5
          Data processed: ? GB x 0.02; depends on use
        ");
    }
}
