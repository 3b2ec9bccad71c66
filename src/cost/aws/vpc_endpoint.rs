//! VPC endpoint: one of type Gateway is free; others cost by the hour in each zone, and by what passes them.

use ecow::eco_format;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_vpc_endpoint"], components };

fn components(endpoint: &Item, lines: &mut Lines) {
    let (hour, data) = match endpoint.text("vpc_endpoint_type").or("Gateway") {
        Text::Known("Gateway") => return lines.free(),
        Text::Known("Interface") => ("vpc_endpoint.interface_hour", "vpc_endpoint.interface_gb"),
        Text::Known("GatewayLoadBalancer") => ("vpc_endpoint.gwlb_hour", "vpc_endpoint.gwlb_gb"),
        Text::Known(other) => return lines.unpriced(eco_format!("no price for endpoints of type {other}")),
        Text::Unknown(reason) => return lines.unpriced(reason),
        Text::Absent => return,
    };
    let zones = if endpoint.has("subnet_ids") {
        endpoint.length("subnet_ids").assuming("one zone a subnet")
    } else if endpoint.has("subnet_configuration") {
        endpoint.length("subnet_configuration").assuming("one zone a subnet")
    } else {
        Quantity::unknown("subnet_ids is not set")
    };
    lines.hourly("Endpoint", zones, Sku::new("network", hour));
    lines.used("Data processed", "GB", endpoint.usage("monthly_data_processed_gb"), Sku::new("network", data));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_zone_and_data() {
        assert_snapshot!(bill(r#"
            resource "aws_vpc_endpoint" "s3" {
              service_name = "com.amazonaws.us-east-1.s3"
            }
            resource "aws_vpc_endpoint" "ecr" {
              service_name      = "com.amazonaws.us-east-1.ecr.api"
              vpc_endpoint_type = "Interface"
              subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
            }
        "#), @r"
        aws_vpc_endpoint.ecr 21.9
          Endpoint: 2190 h x 0.01 = 21.9; one zone a subnet
          Data processed: ? GB x 0.01; depends on use; unit price of the first 1,048,576
        aws_vpc_endpoint.s3 free
        ");
    }
}
