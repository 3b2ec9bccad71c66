//! Elastic IP: a public IPv4 address costs the same in use and idle. An address of the user's own pool is free.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::Lines;
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_eip"], components };

fn components(address: &Item, lines: &mut Lines) {
    match address.text("public_ipv4_pool") {
        Text::Absent | Text::Known("amazon") => ec2::public_addresses(lines, Quantity::one()),
        Text::Known(_) => lines.free(),
        Text::Unknown(reason) => lines.missing("Public IPv4 address", "h", reason),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn an_address_costs_by_the_hour() {
        assert_snapshot!(bill(r#"
            resource "aws_eip" "a" {
              domain = "vpc"
            }
            resource "aws_eip" "own" {
              public_ipv4_pool = "ipv4pool-ec2-1"
            }
        "#), @r"
        aws_eip.a 3.65
          Public IPv4 address: 730 h x 0.005 = 3.65
        aws_eip.own free
        ");
    }
}
