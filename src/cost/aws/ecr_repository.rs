//! Container registry: stored images by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_ecr_repository"], components };

fn components(repository: &Item, lines: &mut Lines) {
    lines.used("Storage", "GB-month", repository.usage("storage_gb"), Sku::new("ecr_efs_fsx", "ecr.storage_gb_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn images_by_their_size() {
        let usage = "resource_usage:\n  aws_ecr_repository.a:\n    storage_gb: 25\n";
        assert_snapshot!(bill_with("resource \"aws_ecr_repository\" \"a\" {}\n", usage), @r"
        aws_ecr_repository.a 2.5
          Storage: 25 GB-month x 0.1 = 2.5
        ");
    }
}
