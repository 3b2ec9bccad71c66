//! DocumentDB cluster: storage, I/O and backups by use. Its instances are charged where they are declared.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced { resources: &["aws_docdb_cluster"], components };

fn components(cluster: &Item, lines: &mut Lines) {
    let optimized = cluster.text("storage_type").is("iopt1");
    let storage = if optimized { "docdb.storage_io_optimized_gb_month" } else { "docdb.storage_gb_month" };
    let sku = |key| Sku::new("docdb_neptune_memorydb", key);
    lines.used("Storage", "GB-month", cluster.usage("data_storage_gb"), sku(storage));
    if !optimized {
        lines.used("I/O requests", "1M requests", cluster.usage("monthly_io_requests"), sku("docdb.io_1m"));
    }
    lines.used("Backups beyond the storage", "GB-month", cluster.usage("backup_storage_gb"), sku("docdb.backup_gb_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn storage_and_requests_by_use() {
        let usage = "resource_usage:\n  aws_docdb_cluster.a:\n    data_storage_gb: 100\n    monthly_io_requests: 10000000\n";
        assert_snapshot!(bill_with("resource \"aws_docdb_cluster\" \"a\" {}\n", usage), @r"
        aws_docdb_cluster.a 12
          Storage: 100 GB-month x 0.1 = 10
          I/O requests: 10 1M requests x 0.2 = 2
          Backups beyond the storage: ? GB-month x 0.021; depends on use
        ");
    }
}
