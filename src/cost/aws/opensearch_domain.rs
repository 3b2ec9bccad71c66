//! OpenSearch domain: data, manager and warm nodes by type, storage of the data nodes.

use ecow::{EcoString, eco_format};

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_opensearch_domain", "aws_elasticsearch_domain"], components };

fn components(domain: &Item, lines: &mut Lines) {
    let nodes = domain.number_or("cluster_config.instance_count", Quantity::one);
    group(lines, "Data node", domain.text("cluster_config.instance_type"), nodes.clone());
    match domain.flag("cluster_config.dedicated_master_enabled", false) {
        Ok(false) => {}
        Ok(true) => {
            let managers = domain.number("cluster_config.dedicated_master_count");
            group(lines, "Manager node", domain.text("cluster_config.dedicated_master_type"), managers);
        }
        Err(reason) => lines.missing("Manager node", "h", reason),
    }
    if domain.is_on("cluster_config.warm_enabled") {
        group(lines, "Warm node", domain.text("cluster_config.warm_type"), domain.number("cluster_config.warm_count"));
    }
    storage(domain, lines, nodes);
}

fn group(lines: &mut Lines, name: &str, kind: Text, count: Quantity) {
    // The price table has one name for both generations of the service.
    let search: Option<EcoString> =
        kind.known().and_then(|kind| kind.strip_suffix(".elasticsearch")).map(|family| eco_format!("{family}.search"));
    let key = search.as_ref().map_or(kind.clone(), |search| Text::Known(search));
    lines.hourly(ec2::named(name, &kind), count, Sku::of("opensearch", "instance_hour", key));
}

fn storage(domain: &Item, lines: &mut Lines, nodes: Quantity) {
    if !domain.is_on("ebs_options.ebs_enabled") {
        return;
    }
    let kind = domain.text("ebs_options.volume_type").or("gp2");
    let name = ec2::named("Storage", &kind);
    let key = match kind {
        Text::Known("gp2") => "storage.gp2_gb_month",
        Text::Known("gp3") => "storage.gp3_gb_month",
        Text::Known("io1") => "storage.io1_gb_month",
        Text::Known("standard") => "storage.standard_gb_month",
        Text::Known(other) => return lines.missing(name, "GB-month", eco_format!("no price for storage of type {other}")),
        Text::Unknown(reason) => return lines.missing(name, "GB-month", reason),
        Text::Absent => return,
    };
    lines.monthly(name, "GB-month", domain.number("ebs_options.volume_size") * nodes.clone(), Sku::new("opensearch", key));
    if kind.is("io1") {
        let iops = domain.number("ebs_options.iops") * nodes;
        lines.monthly("IOPS", "IOPS-month", iops, Sku::new("opensearch", "storage.io1_iops_month"));
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    const DOMAIN: &str = r#"
        resource "aws_opensearch_domain" "a" {
          cluster_config {
            instance_type            = "m5.large.search"
            instance_count           = 2
            dedicated_master_enabled = true
            dedicated_master_type    = "t3.small.search"
            dedicated_master_count   = 3
          }
          ebs_options {
            ebs_enabled = true
            volume_type = "gp3"
            volume_size = 100
          }
        }
    "#;

    /// 2 x 730 x 0.142 + 3 x 730 x 0.036 + 200 x 0.122.
    #[test]
    fn nodes_and_storage() {
        assert_snapshot!(bill(DOMAIN), @r"
        aws_opensearch_domain.a 310.56
          Data node (m5.large.search): 1460 h x 0.142 = 207.32
          Manager node (t3.small.search): 2190 h x 0.036 = 78.84
          Storage (gp3): 200 GB-month x 0.122 = 24.4
        ");
    }

    /// Storage has a price in us-east-1 alone: the rest of the bill stands and says what is missing.
    #[test]
    fn a_component_without_price_is_listed() {
        let elsewhere = format!("provider \"aws\" {{\n  region = \"us-west-2\"\n}}\n{}", DOMAIN.replace("m5.large.search", "m5.large.elasticsearch"));
        assert_snapshot!(bill(&elsewhere), @r"
        aws_opensearch_domain.a 286.16
          Data node (m5.large.elasticsearch): 1460 h x 0.142 = 207.32
          Manager node (t3.small.search): 2190 h x 0.036 = 78.84
          Storage (gp3): ? GB-month; no price for this in us-west-2
        ");
    }
}
