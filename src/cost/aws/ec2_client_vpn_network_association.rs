//! Association of a client VPN with a subnet: by the hour. Connections have no figure in a configuration.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_ec2_client_vpn_network_association"], components };

fn components(_: &Item, lines: &mut Lines) {
    lines.hourly("Association", Quantity::one(), Sku::new("network", "client_vpn.endpoint_association_hour"));
    lines.used("Connections", "h", Quantity::of_use(), Sku::new("network", "client_vpn.connection_hour"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_the_hour() {
        assert_snapshot!(bill("resource \"aws_ec2_client_vpn_network_association\" \"a\" {}\n"), @r"
        aws_ec2_client_vpn_network_association.a 73
          Association: 730 h x 0.1 = 73
          Connections: ? h x 0.05; depends on use
        ");
    }
}
