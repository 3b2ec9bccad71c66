//! Types that cost nothing by themselves, with the reason; from `data/free.csv`.

use super::table::{Table, table};

/// `type reason` per line, sorted by type.
pub(super) static TABLE: Table = table!("free.txt");

/// Why a type costs nothing by itself; `None` for every other type.
pub fn reason(canonical: &str) -> Option<&'static str> {
    #[cfg(feature = "programs")]
    if let Some(name) = super::canonical::pulumi::kubernetes_name(canonical) {
        // The provider has most of them twice, with the version of the interface and without.
        return TABLE.find(&name).or_else(|| TABLE.find(&ecow::eco_format!("{name}_v1")));
    }
    TABLE.find(canonical)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_free_type_says_why() {
        assert_eq!(super::reason("aws_iam_role"), Some("IAM has no charge"));
        assert_eq!(super::reason("aws_nat_gateway"), None);
    }

    #[test]
    #[cfg(feature = "programs")]
    fn kubernetes_types_of_pulumi_are_those_of_terraform() {
        let on_nodes = Some("it runs on nodes that are charged themselves");
        for kind in
            ["apps/v1:Deployment", "apps/v1:DaemonSet", "core/v1:ConfigMap", "batch/v1:CronJob", "rbac.authorization.k8s.io/v1:ClusterRole"]
        {
            assert_eq!(super::reason(&format!("kubernetes:{kind}")), on_nodes, "{kind}");
        }
        // One may make a load balancer, one a disk, one anything.
        for kind in ["core/v1:Service", "core/v1:PersistentVolumeClaim", "helm.sh/v3:Chart", ""] {
            assert_eq!(super::reason(&format!("kubernetes:{kind}")), None, "{kind}");
        }
    }
}
