//! Site-to-site VPN: hours, and its attachment where it ends at a transit gateway.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_vpn_connection"], components };

fn components(connection: &Item, lines: &mut Lines) {
    lines.hourly("VPN connection", Quantity::one(), Sku::new("network", "vpn.site_to_site_connection_hour"));
    if connection.has("transit_gateway_id") {
        lines.hourly("Transit gateway attachment", Quantity::one(), Sku::new("network", "transit_gateway.vpn_attachment_hour"));
        lines.used("Data processed", "GB", connection.usage("monthly_data_processed_gb"), Sku::new("network", "transit_gateway.data_gb"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn with_and_without_transit_gateway() {
        assert_snapshot!(bill(r#"
            resource "aws_vpn_connection" "a" {
              vpn_gateway_id = "vgw-1"
            }
            resource "aws_vpn_connection" "b" {
              transit_gateway_id = "tgw-1"
            }
        "#), @r"
        aws_vpn_connection.a 36.5
          VPN connection: 730 h x 0.05 = 36.5
        aws_vpn_connection.b 73
          VPN connection: 730 h x 0.05 = 36.5
          Transit gateway attachment: 730 h x 0.05 = 36.5
          Data processed: ? GB x 0.02; depends on use
        ");
    }
}
