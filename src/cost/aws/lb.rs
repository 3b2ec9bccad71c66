//! Application, network and gateway load balancer: hours, capacity units by use, public addresses.

use rust_decimal::Decimal;

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{MONTH, Quantity, Text};
use crate::model::Range;

pub(super) const PRICED: Priced = Priced { resources: &["aws_lb", "aws_alb"], components };

/// What one capacity unit takes: new connections a second, open connections, rules a second. All take 1 GB an hour.
struct Unit {
    new: i64,
    open: i64,
    rules: Option<i64>,
}

fn components(balancer: &Item, lines: &mut Lines) {
    let (name, hour, capacity, unit) = match balancer.text("load_balancer_type").or("application") {
        Text::Known("application") => {
            ("Application load balancer", "alb.hour", "alb.lcu_hour", Unit { new: 25, open: 3000, rules: Some(1000) })
        }
        Text::Known("network") => ("Network load balancer", "nlb.hour", "nlb.lcu_hour", Unit { new: 800, open: 100_000, rules: None }),
        Text::Known("gateway") => ("Gateway load balancer", "gwlb.hour", "gwlb.lcu_hour", Unit { new: 600, open: 60_000, rules: None }),
        Text::Unknown(reason) => return lines.missing("Load balancer", "h", reason),
        other => return lines.unpriced(ecow::eco_format!("no price for load balancers of type {}", other.known().unwrap_or_default())),
    };
    lines.hourly(name, Quantity::one(), Sku::new("elb", hour));
    lines.used("Capacity units", "LCU-h", unit.hours(balancer), Sku::new("elb", capacity));
    if capacity != "gwlb.lcu_hour" {
        addresses(balancer, lines);
    }
}

/// A load balancer that faces the internet has an address in each of its subnets; one given to it is charged itself.
fn addresses(balancer: &Item, lines: &mut Lines) {
    if balancer.text("ip_address_type").is("dualstack-without-public-ipv4") {
        return;
    }
    let count = if balancer.has("subnet_mapping") {
        match balancer.blocks("subnet_mapping") {
            Ok(mappings) => {
                let own = mappings.iter().filter(|mapping| !mapping.has("allocation_id")).count();
                if own == 0 {
                    return;
                }
                Quantity::exactly(own as i64)
            }
            Err(reason) => Quantity::unknown(reason),
        }
    } else if balancer.has("subnets") {
        balancer.length("subnets")
    } else {
        Quantity::unknown("its subnets are not set")
    };
    match balancer.flag("internal", false) {
        Ok(true) => {}
        Ok(false) => ec2::public_addresses(lines, count.assuming("one address a subnet; more under load")),
        Err(reason) => lines.missing("Public IPv4 address", "h", reason),
    }
}

impl Unit {
    /// The dimension that needs most decides.
    fn hours(&self, balancer: &Item) -> Quantity {
        let hours = |field: &str, unit: Option<i64>| {
            let given = balancer.usage(field).known()?.expected;
            given.saturating_mul(Decimal::from(MONTH)).checked_div(Decimal::from(unit?))
        };
        let most = [
            hours("new_connections", Some(self.new)),
            hours("active_connections", Some(self.open)),
            hours("processed_bytes_gb", Some(MONTH)),
            hours("rule_evaluations", self.rules),
        ];
        let most = most.into_iter().flatten().max();
        most.map_or_else(Quantity::of_use, |most| Quantity::range(Range::exactly(most)))
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::{bill, bill_with};
    use insta::assert_snapshot;

    /// 730 x 0.0225 + 2 x 730 x 0.005; a network balancer with its own addresses 730 x 0.0225.
    #[test]
    fn hours_and_addresses() {
        assert_snapshot!(bill(r#"
            resource "aws_lb" "web" {
              subnets = ["subnet-1", "subnet-2"]
            }
            resource "aws_alb" "inside" {
              internal = true
              subnets  = ["subnet-1", "subnet-2"]
            }
            resource "aws_lb" "net" {
              load_balancer_type = "network"
              subnet_mapping {
                subnet_id     = "subnet-1"
                allocation_id = "eipalloc-1"
              }
            }
        "#), @r"
        aws_alb.inside 16.425
          Application load balancer: 730 h x 0.0225 = 16.425
          Capacity units: ? LCU-h x 0.008; depends on use
        aws_lb.net 16.425
          Network load balancer: 730 h x 0.0225 = 16.425
          Capacity units: ? LCU-h x 0.006; depends on use
        aws_lb.web 23.725
          Application load balancer: 730 h x 0.0225 = 16.425
          Capacity units: ? LCU-h x 0.008; depends on use
          Public IPv4 address: 1460 h x 0.005 = 7.3; one address a subnet; more under load
        ");
    }

    /// 50 new connections a second take 2 units, 1,000 GB a month 1.37: 2 x 730 unit hours.
    #[test]
    fn the_dimension_that_needs_most_decides() {
        let usage = "resource_usage:\n  aws_lb.a:\n    new_connections: 50\n    processed_bytes_gb: 1000\n    rule_evaluations: 10\n";
        assert_snapshot!(bill_with("resource \"aws_lb\" \"a\" {\n  internal = true\n}\n", usage), @r"
        aws_lb.a 28.105
          Application load balancer: 730 h x 0.0225 = 16.425
          Capacity units: 1460 LCU-h x 0.008 = 11.68
        ");
    }
}
