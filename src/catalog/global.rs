//! Types that are in no region: a provider of another region finds them where they were; from `data/global_types.csv`.

const TABLE: &str = include_str!("../../data/global_types.csv");

/// Whether resources of a type exist once for all regions.
pub fn is_global(canonical: &str) -> bool {
    let rows = TABLE.lines().filter_map(|row| row.split_once(','));
    let mut known = rows.filter(|(name, _)| if name.ends_with('_') { canonical.starts_with(name) } else { canonical == *name });
    // The rows are sorted, so the longest name that fits is the last.
    known.next_back().is_some_and(|(_, place)| place == "global")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_service_and_by_type() {
        for (canonical, expected) in [
            ("aws_iam_role", true),
            ("aws_route53_record", true),
            ("aws_route53_resolver_endpoint", false),
            ("aws_dx_gateway", true),
            ("aws_dx_gateway_association", false),
            ("aws_waf_rule", true),
            ("aws_wafv2_web_acl", false),
            ("aws_s3_bucket", false),
            ("google_project_iam_member", true),
            ("google_storage_bucket", true),
            ("google_compute_network", true),
            ("google_compute_subnetwork", false),
            ("google_compute_region_disk", false),
            ("hcloud_server", false),
        ] {
            assert_eq!(is_global(canonical), expected, "{canonical}");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        let names: Vec<&str> = TABLE.lines().skip(1).collect();
        assert!(names.is_sorted());
    }
}
