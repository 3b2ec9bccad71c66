//! Auto Scaling group: from the least to the most instances, expected at the desired number, of its launch template
//! or launch configuration.

use ecow::EcoString;
use rust_decimal::Decimal;

use super::{Priced, ec2};
use crate::cost::item::{Item, Settings};
use crate::cost::lines::Lines;
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_autoscaling_group"], components };

fn components(group: &Item, lines: &mut Lines) {
    let least = group.number("min_size");
    let desired = group.usage("instances").or(match group.number_or("desired_capacity", || least.clone()) {
        found if group.has("desired_capacity") => found,
        found => found.assuming("as many as at least, desired_capacity is not set"),
    });
    let count = desired.between(least, group.number("max_size"));
    if let Some(configuration) = group.referred("launch_configuration", &["aws_launch_configuration"]) {
        return configured(group, &configuration, lines, count);
    }
    let mixed = group.has("mixed_instances_policy");
    if mixed && spot(group) {
        return lines.unpriced("part of its instances are spot, whose prices change by the hour");
    }
    let argument = if mixed { "mixed_instances_policy" } else { "launch_template" };
    let Some(template) = group.referred(argument, &["aws_launch_template"]) else {
        return lines.unpriced("its launch template is declared in no file here");
    };
    if template.text("instance_market_options.market_type").is("spot") {
        return lines.unpriced("spot prices change by the hour");
    }
    if !matches!(template.text("placement.tenancy"), Text::Absent | Text::Known("default")) {
        return lines.unpriced("no price for dedicated tenancy");
    }
    let (kind, assumption, weight) = match if mixed { overrides(group) } else { Ok(Vec::new()) } {
        Err(reason) => (Text::Unknown(reason), None, Quantity::one()),
        Ok(overrides) => match overrides.first() {
            None => (template.text("instance_type"), None, Quantity::one()),
            Some(first) => {
                let assumption = (overrides.len() > 1).then_some("all of the first type given");
                (first.text("instance_type"), assumption, first.number_or("weighted_capacity", Quantity::one))
            }
        },
    };
    let count = weighed(count, weight);
    let priced = assumption.map_or(count.clone(), |assumption| count.clone().assuming(assumption));
    ec2::instances(lines, group, kind.clone(), priced);
    ec2::cpu_credits(lines, group, &kind, count.clone());
    ec2::mapped_devices(lines, &template, &count);
    if template.is_on("monitoring.enabled") {
        ec2::monitoring(lines, count);
    }
}

/// Instances of a launch configuration, which monitors in detail unless told otherwise.
fn configured(group: &Item, configuration: &Item, lines: &mut Lines, count: Quantity) {
    if configuration.has("spot_price") {
        return lines.unpriced("spot prices change by the hour");
    }
    if !matches!(configuration.text("placement_tenancy"), Text::Absent | Text::Known("default")) {
        return lines.unpriced("no price for dedicated tenancy");
    }
    let kind = configuration.text("instance_type");
    ec2::instances(lines, group, kind.clone(), count.clone());
    ec2::cpu_credits(lines, group, &kind, count.clone());
    ec2::block_devices(lines, configuration, &count);
    if configuration.flag("enable_monitoring", true) == Ok(true) {
        ec2::monitoring(lines, count);
    }
}

/// So many instances as make up a capacity, when each counts for more than one.
fn weighed(capacity: Quantity, weight: Quantity) -> Quantity {
    match weight.known() {
        Some(weight) if weight.low >= Decimal::ONE => capacity.map(|capacity| (capacity / weight.low).ceil()),
        Some(_) => Quantity::unknown("weighted_capacity is not a weight"),
        None => weight,
    }
}

/// Instance types listed beside the template's.
fn overrides<'a>(group: &Item<'a>) -> Result<Vec<Settings<'a>>, EcoString> {
    let policies = group.blocks("mixed_instances_policy")?;
    let Some(policy) = policies.first() else { return Ok(Vec::new()) };
    let templates = policy.blocks("launch_template")?;
    templates.first().map_or(Ok(Vec::new()), |template| template.blocks("override"))
}

/// Whether the policy lets any instance be spot; on demand is the default.
fn spot(group: &Item) -> bool {
    let path = "mixed_instances_policy.instances_distribution.on_demand_percentage_above_base_capacity";
    group.has(path) && group.number(path) != Quantity::exactly(100)
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// One to four of 730 x 0.0208 + 20 x 0.08 = 16.784.
    #[test]
    fn a_launch_template_gives_the_type() {
        assert_snapshot!(bill(r#"
            resource "aws_launch_template" "web" {
              instance_type = "t3.small"
              block_device_mappings {
                device_name = "/dev/xvda"
                ebs {
                  volume_size = 20
                  volume_type = "gp3"
                }
              }
            }
            resource "aws_autoscaling_group" "web" {
              min_size = 1
              max_size = 4
              launch_template {
                id = aws_launch_template.web.id
              }
            }
            resource "aws_autoscaling_group" "elsewhere" {
              min_size         = 1
              max_size         = 1
              launch_template {
                id = "lt-1"
              }
            }
        "#), @r"
        aws_autoscaling_group.elsewhere unpriced: its launch template is declared in no file here
        aws_autoscaling_group.web 16.784 (16.784 to 67.136)
          Instance (t3.small): 730 (730 to 2920) h x 0.0208 = 15.184 (15.184 to 60.736); as many as at least, desired_capacity is not set; Linux assumed
          Root volume (gp3): 20 (20 to 80) GB-month x 0.08 = 1.6 (1.6 to 6.4); as many as at least, desired_capacity is not set
        aws_launch_template.web free
        ");
    }

    #[test]
    fn a_mixed_policy_is_priced_on_demand_or_not_at_all() {
        assert_snapshot!(bill(r#"
            resource "aws_launch_template" "web" {
              instance_type = "t3.small"
            }
            resource "aws_autoscaling_group" "mixed" {
              min_size         = 2
              max_size         = 2
              desired_capacity = 2
              mixed_instances_policy {
                launch_template {
                  launch_template_specification {
                    launch_template_id = aws_launch_template.web.id
                  }
                  override {
                    instance_type = "m5.large"
                  }
                  override {
                    instance_type = "m5a.large"
                  }
                }
              }
            }
            resource "aws_autoscaling_group" "spot" {
              min_size = 2
              max_size = 2
              mixed_instances_policy {
                instances_distribution {
                  on_demand_percentage_above_base_capacity = 0
                }
                launch_template {
                  launch_template_specification {
                    launch_template_id = aws_launch_template.web.id
                  }
                }
              }
            }
        "#), @r"
        aws_autoscaling_group.mixed 141.76
          Instance (m5.large): 1460 h x 0.096 = 140.16; all of the first type given; Linux assumed
          Root volume (gp2): 16 GB-month x 0.1 = 1.6; 8 GB of gp2 assumed for the root volume; the image decides
        aws_autoscaling_group.spot unpriced: part of its instances are spot, whose prices change by the hour
        aws_launch_template.web free
        ");
    }

    /// A capacity of 6, each m5.large counting for 2, is three instances; a launch configuration monitors by itself.
    #[test]
    fn weights_monitoring_and_tenancy() {
        assert_snapshot!(bill(r#"
            resource "aws_launch_template" "t" {
              instance_type = "t3.small"
              block_device_mappings {
                device_name = "/dev/sdf"
                ebs {
                  volume_size = 10
                }
              }
            }
            resource "aws_launch_configuration" "c" {
              instance_type = "t3.small"
              root_block_device {
                volume_size = 10
              }
            }
            resource "aws_launch_configuration" "d" {
              instance_type     = "m5.large"
              placement_tenancy = "dedicated"
            }
            resource "aws_autoscaling_group" "weighted" {
              min_size         = 6
              max_size         = 6
              mixed_instances_policy {
                launch_template {
                  launch_template_specification {
                    launch_template_id = aws_launch_template.t.id
                  }
                  override {
                    instance_type     = "m5.large"
                    weighted_capacity = "2"
                  }
                }
              }
            }
            resource "aws_autoscaling_group" "configured" {
              min_size             = 1
              max_size             = 1
              desired_capacity     = 1
              launch_configuration = aws_launch_configuration.c.name
            }
            resource "aws_autoscaling_group" "dedicated" {
              min_size             = 1
              max_size             = 1
              launch_configuration = aws_launch_configuration.d.name
            }
        "#), @r"
        aws_autoscaling_group.configured 18.284
          Instance (t3.small): 730 h x 0.0208 = 15.184; Linux assumed
          Root volume (gp2): 10 GB-month x 0.1 = 1
          Detailed monitoring: 7 metric-month x 0.3 = 2.1; 7 metrics each
        aws_autoscaling_group.dedicated unpriced: no price for dedicated tenancy
        aws_autoscaling_group.weighted 215.64
          Instance (m5.large): 2190 h x 0.096 = 210.24; as many as at least, desired_capacity is not set; Linux assumed
          Root volume (gp2): 24 GB-month x 0.1 = 2.4; 8 GB of gp2 assumed for the root volume; the image decides; as many as at least, desired_capacity is not set
          Volume (gp2): 30 GB-month x 0.1 = 3; as many as at least, desired_capacity is not set
        aws_launch_configuration.c free
        aws_launch_configuration.d free
        aws_launch_template.t free
        ");
    }
}
