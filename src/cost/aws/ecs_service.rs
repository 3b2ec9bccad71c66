//! ECS service on Fargate: processor and memory of its tasks by the hour, between the bounds of its scaling. On EC2 its
//! instances are charged where they run.

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::{Item, Settings};
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_ecs_service"], components };

fn components(service: &Item, lines: &mut Lines) {
    let task = service.referred("task_definition", &["aws_ecs_task_definition"]);
    let assumed = match fargate(service, task.as_ref()) {
        Ok(Place::Fargate) => None,
        Ok(Place::Presumably) => Some("on Fargate, the only place its task can run"),
        Ok(Place::Instances) => return lines.free(),
        Err(reason) => return lines.unpriced(reason),
    };
    let Some(task) = task else { return lines.unpriced("its task definition is declared in no file here") };
    let desired = service.number_or("desired_count", || Quantity::exactly(0).assuming("desired_count is not set: none"));
    let tasks = match service.scaling("ecs:service:DesiredCount") {
        Some((least, most)) if service.has("desired_count") => desired.between(least, most),
        Some((least, most)) => least.clone().between(least, most).assuming("expected at the least of its scaling"),
        None => desired,
    };
    let tasks = assumed.map_or(tasks.clone(), |assumed| tasks.clone().assuming(assumed));
    let arm = task.text("runtime_platform.cpu_architecture").is("ARM64");
    let windows = task.text("runtime_platform.operating_system_family").known().is_some_and(|family| family.starts_with("WINDOWS"));
    let (processor, memory) = match (windows, arm) {
        (true, _) => ("fargate.windows.vcpu_hour", "fargate.windows.gb_hour"),
        (false, true) => ("fargate.linux_arm.vcpu_hour", "fargate.linux_arm.gb_hour"),
        (false, false) => ("fargate.linux_x86.vcpu_hour", "fargate.linux_x86.gb_hour"),
    };
    let vcpus = size(&task, "cpu", "vcpu");
    let hours = |each: Quantity| each * tasks.clone() * crate::cost::quantity::MONTH;
    lines.monthly("Processor", "vCPU-h", hours(vcpus.clone()), Sku::new("eks_ecs", processor));
    lines.monthly("Memory", "GB-h", hours(size(&task, "memory", "gb")), Sku::new("eks_ecs", memory));
    if windows {
        lines.monthly("Windows", "vCPU-h", hours(vcpus), Sku::new("eks_ecs", "fargate.windows.os_license_vcpu_hour"));
    }
    if task.has("ephemeral_storage.size_in_gib") {
        let above = task.number("ephemeral_storage.size_in_gib").above(20);
        lines.monthly("Disk above 20 GB", "GB-h", hours(above), Sku::new("eks_ecs", "fargate.ephemeral_storage_gb_hour"));
    }
}

enum Place {
    Fargate,
    /// The service does not say, but its task allows nothing else.
    Presumably,
    Instances,
}

fn fargate(service: &Item, task: Option<&Item>) -> Result<Place, EcoString> {
    match service.text("launch_type") {
        Text::Known("FARGATE") => return Ok(Place::Fargate),
        Text::Known(_) => return Ok(Place::Instances),
        Text::Unknown(reason) => return Err(reason),
        Text::Absent => {}
    }
    let strategies: Vec<Settings> = service.blocks("capacity_provider_strategy")?;
    let mut providers = strategies.iter().map(|strategy| strategy.text("capacity_provider"));
    if let Some(first) = providers.next() {
        return match first {
            Text::Known("FARGATE") if providers.all(|provider| provider.is("FARGATE")) => Ok(Place::Fargate),
            Text::Known("FARGATE" | "FARGATE_SPOT") => Err("part of its tasks are spot, whose prices change by the hour".into()),
            Text::Unknown(reason) => Err(reason),
            _ => Ok(Place::Instances),
        };
    }
    let only = task.is_some_and(|task| {
        task.text("requires_compatibilities.0").is("FARGATE") && task.length("requires_compatibilities") == Quantity::one()
    });
    Ok(if only { Place::Presumably } else { Place::Instances })
}

/// Processor in vCPU or memory in GB: in 1,024ths as a number, or with the unit, `0.5 vCPU`, `2 GB`.
fn size(task: &Item, argument: &str, unit: &str) -> Quantity {
    if let Text::Known(text) = task.text(argument) {
        let lower = text.to_ascii_lowercase();
        if let Some(number) = lower.strip_suffix(unit) {
            return match Decimal::from_str_exact(number.trim()) {
                Ok(number) if number >= Decimal::ZERO => Quantity::exactly(number),
                _ => Quantity::unknown(eco_format!("{argument} is not a number")),
            };
        }
    }
    task.number(argument).map(|parts| parts / Decimal::from(1024))
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    /// Two to ten tasks of 0.25 vCPU and 0.5 GB: 365 vCPU-h x 0.04048 and 730 GB-h x 0.004445 for two.
    #[test]
    fn tasks_between_the_bounds_of_their_scaling() {
        assert_snapshot!(bill(r#"
            resource "aws_ecs_cluster" "main" {
              name = "main"
            }
            resource "aws_ecs_task_definition" "api" {
              family                   = "api"
              requires_compatibilities = ["FARGATE"]
              cpu                      = 256
              memory                   = 512
            }
            resource "aws_ecs_service" "api" {
              name            = "api"
              cluster         = aws_ecs_cluster.main.id
              task_definition = aws_ecs_task_definition.api.arn
              launch_type     = "FARGATE"
              desired_count   = 2
            }
            resource "aws_appautoscaling_target" "api" {
              service_namespace  = "ecs"
              scalable_dimension = "ecs:service:DesiredCount"
              resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.api.name}"
              min_capacity       = 2
              max_capacity       = 10
            }
        "#), @r"
        aws_appautoscaling_target.api free
        aws_ecs_cluster.main free
        aws_ecs_service.api 18.02005 (18.02005 to 90.10025)
          Processor: 365 (365 to 1825) vCPU-h x 0.04048 = 14.7752 (14.7752 to 73.876)
          Memory: 730 (730 to 3650) GB-h x 0.004445 = 3.24485 (3.24485 to 16.22425)
        aws_ecs_task_definition.api free
        ");
    }

    /// 1 vCPU at 0.03238, 2 GB at 0.00356 and 30 GB of disk above 20 at 0.000111, 730 h.
    #[test]
    fn arm_units_and_disk() {
        assert_snapshot!(bill(r#"
            resource "aws_ecs_task_definition" "arm" {
              cpu                      = "1 vCPU"
              memory                   = "2 GB"
              requires_compatibilities = ["FARGATE"]
              runtime_platform {
                cpu_architecture = "ARM64"
              }
              ephemeral_storage {
                size_in_gib = 50
              }
            }
            resource "aws_ecs_service" "arm" {
              task_definition = aws_ecs_task_definition.arm.arn
              desired_count   = 1
            }
            resource "aws_ecs_service" "ec2" {
              task_definition = "other:1"
              launch_type     = "EC2"
            }
            resource "aws_ecs_service" "spot" {
              task_definition = aws_ecs_task_definition.arm.arn
              capacity_provider_strategy {
                capacity_provider = "FARGATE_SPOT"
              }
            }
        "#), @r"
        aws_ecs_service.arm 31.2659
          Processor: 730 vCPU-h x 0.03238 = 23.6374; on Fargate, the only place its task can run
          Memory: 1460 GB-h x 0.00356 = 5.1976; on Fargate, the only place its task can run
          Disk above 20 GB: 21900 GB-h x 0.000111 = 2.4309; on Fargate, the only place its task can run
        aws_ecs_service.ec2 free
        aws_ecs_service.spot unpriced: part of its tasks are spot, whose prices change by the hour
        aws_ecs_task_definition.arm free
        ");
    }
}
