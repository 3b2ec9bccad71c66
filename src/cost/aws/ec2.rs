//! What instances are charged for wherever they are declared: hours by type, volumes, public addresses.

use ecow::{EcoString, eco_format};
use rust_decimal::Decimal;

use crate::cost::item::{Item, Settings};
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{MONTH, Quantity, Text};

/// Size and type taken for a root volume that is not described.
const ROOT_GB: i64 = 8;
const ROOT_ASSUMED: &str = "8 GB of gp2 assumed for the root volume; the image decides";

/// Instances of one type, with the fee of their operating system.
pub(super) fn instances(lines: &mut Lines, item: &Item, kind: Text, count: Quantity) {
    let hours = match item.usage("monthly_hrs") {
        hours if hours.known().is_some() => hours,
        _ => Quantity::exactly(MONTH),
    };
    let system = item.usage_text("operating_system");
    let name = named("Instance", &kind);
    let assumed = if system.is_none() { count.clone().assuming("Linux assumed") } else { count.clone() };
    lines.monthly(name, "h", assumed * hours.clone(), Sku::of("ec2", "linux_on_demand_hour", kind.clone()));
    let fee = match system {
        Some("windows") => "windows_surcharge_hour",
        Some("rhel") => "rhel_surcharge_hour",
        Some("suse") => "suse_surcharge_hour",
        _ => return,
    };
    let fee = Sku::of("ec2_os", fee, kind).at(crate::catalog::prices::GLOBAL);
    lines.monthly(eco_format!("Operating system ({})", system.unwrap_or_default()), "h", count * hours, fee);
}

/// CPU credits above what burstable instances earn, where the use file gives them.
pub(super) fn cpu_credits(lines: &mut Lines, item: &Item, kind: &Text, count: Quantity) {
    let credits = item.usage("monthly_cpu_credit_hrs");
    let burstable = kind.known().is_some_and(|kind| kind.starts_with("t2.") || kind.starts_with("t3.") || kind.starts_with("t3a."));
    if burstable && !credits.is_of_use() {
        let credits = credits * item.usage("vcpu_count").or(Quantity::one()) * count;
        lines.used("CPU credits", "vCPU-h", credits, Sku::new("ebs", "ec2.cpu_credits_linux_vcpu_hour"));
    }
}

/// Detailed monitoring: seven metrics of each instance.
pub(super) fn monitoring(lines: &mut Lines, count: Quantity) {
    let metrics = (count * 7).assuming("7 metrics each");
    lines.monthly("Detailed monitoring", "metric-month", metrics, Sku::new("ebs", "ec2.detailed_monitoring_metric_month"));
}

/// A root volume and the volumes beside it, as `root_block_device` and `ebs_block_device` describe them.
pub(super) fn block_devices(lines: &mut Lines, item: &Settings, count: &Quantity) {
    match item.blocks("root_block_device") {
        Ok(roots) => root_volume(lines, roots.first(), count),
        Err(reason) => lines.missing("Root volume", "GB-month", reason),
    }
    volumes(lines, item, "ebs_block_device", count);
}

/// The volumes of a launch template's `block_device_mappings`; the image's root volume where none is for its device.
pub(super) fn mapped_devices(lines: &mut Lines, template: &Settings, count: &Quantity) {
    match template.blocks("block_device_mappings") {
        Err(reason) => lines.missing("Volumes", "GB-month", reason),
        Ok(mappings) => {
            let root =
                |mapping: &Settings| matches!(mapping.text("device_name"), Text::Known("/dev/xvda" | "/dev/sda1") | Text::Unknown(_));
            if !mappings.iter().any(root) {
                root_volume(lines, None, count);
            }
            for mapping in mappings.iter().filter(|mapping| mapping.has("ebs")) {
                let name = if root(mapping) { "Root volume" } else { "Volume" };
                match mapping.blocks("ebs") {
                    Ok(blocks) => blocks.iter().for_each(|block| volume(lines, name, block, Text::Known("gp2"), count)),
                    Err(reason) => lines.missing(name, "GB-month", reason),
                }
            }
        }
    }
}

fn root_volume(lines: &mut Lines, root: Option<&Settings>, count: &Quantity) {
    match root.filter(|root| root.has("volume_size")) {
        Some(root) => volume(lines, "Root volume", root, Text::Known("gp2"), count),
        None => {
            let kind = root.map_or(Text::Absent, |root| root.text("volume_type")).or("gp2");
            storage(lines, "Root volume", kind, Quantity::exactly(ROOT_GB).assuming(ROOT_ASSUMED) * count.clone());
        }
    }
}

fn volumes(lines: &mut Lines, item: &Settings, path: &'static str, count: &Quantity) {
    match item.blocks(path) {
        Ok(blocks) => blocks.iter().for_each(|block| volume(lines, "Volume", block, Text::Known("gp2"), count)),
        Err(reason) => lines.missing("Volumes", "GB-month", reason),
    }
}

/// A volume with the provisioned IOPS and throughput of its type, from a block with `volume_type`, `volume_size`, `iops`
/// and `throughput`.
pub(super) fn volume(lines: &mut Lines, name: &str, block: &Settings, default: Text, count: &Quantity) {
    let kind = block.text("volume_type").or_else(|| default);
    storage(lines, name, kind.clone(), block.number("volume_size") * count.clone());
    performance(lines, name, &kind, block, count);
}

/// The gigabytes of a volume.
pub(super) fn storage(lines: &mut Lines, name: &str, kind: Text, size: Quantity) {
    let named = named(name, &kind);
    let key = match kind {
        Text::Known("gp2") => "gp2_gb_month",
        Text::Known("gp3") => "gp3_gb_month",
        Text::Known("io1") => "io1_gb_month",
        Text::Known("io2") => "io2_gb_month",
        Text::Known("st1") => "st1_gb_month",
        Text::Known("sc1") => "sc1_gb_month",
        Text::Known("standard") => "magnetic_gb_month",
        Text::Known(other) => return lines.missing(named, "GB-month", eco_format!("no price for volumes of type {other}")),
        Text::Unknown(reason) => return lines.missing(named, "GB-month", reason),
        Text::Absent => return lines.missing(named, "GB-month", "its type is not set"),
    };
    lines.monthly(named, "GB-month", size, Sku::new("ebs", key));
}

/// Provisioned IOPS and throughput of a volume. gp3 includes 3,000 IOPS and 125 MB/s.
pub(super) fn performance(lines: &mut Lines, name: &str, kind: &Text, block: &Settings, count: &Quantity) {
    let iops = eco_format!("{name} IOPS");
    match kind {
        Text::Known("gp3") => {
            if block.has("iops") {
                lines.monthly(iops, "IOPS-month", block.number("iops").above(3000) * count.clone(), Sku::new("ebs", "gp3_iops_month"));
            }
            if block.has("throughput") {
                let quantity = block.number("throughput").above(125) * count.clone();
                lines.monthly(eco_format!("{name} throughput"), "MB/s-month", quantity, Sku::new("ebs", "gp3_throughput_mbps_month"));
            }
        }
        Text::Known("io1") => lines.monthly(iops, "IOPS-month", block.number("iops") * count.clone(), Sku::new("ebs", "io1_iops_month")),
        Text::Known("io2") => {
            let provisioned = block.number("iops");
            let upto = |most: i64| provisioned.clone().map(move |iops| iops.min(Decimal::from(most)));
            lines.monthly(iops.clone(), "IOPS-month", upto(32_000) * count.clone(), Sku::new("ebs", "io2_iops_month"));
            for (floor, ceiling, key) in [(32_000, 64_000, "io2_iops_tier2_month"), (64_000, i64::MAX, "io2_iops_tier3_month")] {
                let above = upto(ceiling).above(floor);
                if above.known().is_none_or(|above| !above.is_zero()) && provisioned.known().is_some() {
                    lines.monthly(eco_format!("{iops} (over {floor})"), "IOPS-month", above * count.clone(), Sku::new("ebs", key));
                }
            }
        }
        _ => {}
    }
}

/// Public IPv4 addresses, charged by the hour while they are in use.
pub(super) fn public_addresses(lines: &mut Lines, count: Quantity) {
    lines.hourly("Public IPv4 address", count, Sku::new("network", "public_ipv4.in_use_hour"));
}

/// `Instance (t3.medium)`.
pub(super) fn named(name: &str, kind: &Text) -> EcoString {
    match kind {
        Text::Known(kind) => eco_format!("{name} ({kind})"),
        _ => name.into(),
    }
}
