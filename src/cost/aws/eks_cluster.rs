//! EKS cluster: the control plane by the hour.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_eks_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let plane = Quantity::one().assuming("standard support; extended support of an old version costs more");
    lines.hourly("Control plane", plane, Sku::new("eks_ecs", "eks.cluster_hour"));
    if cluster.is_on("compute_config.enabled") {
        lines.missing("Nodes of Auto Mode", "h", "how many nodes Auto Mode starts is not known");
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn the_control_plane_costs_by_the_hour() {
        assert_snapshot!(bill("resource \"aws_eks_cluster\" \"main\" {\n  name = \"main\"\n}\n"), @r"
        aws_eks_cluster.main 73
          Control plane: 730 h x 0.1 = 73; standard support; extended support of an old version costs more
        ");
    }
}
