//! A database with an address on the internet.

use super::{Check, Findings, LooksAt, Scope, is_on};
use crate::model::{Resource, Severity};

pub(super) const CHECK: Check = Check {
    id: "database-publicly-accessible",
    severity: Severity::High,
    title: "The database has a public address",
    doc: "With publicly_accessible the database's name resolves to a public address, and only its security group keeps the internet out. \
          Applications in the same network do not need it. People can come through a VPN or Session Manager.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"],
    looks_at: LooksAt::Resources(&["aws_db_instance", "aws_rds_cluster_instance", "aws_redshift_cluster", "aws_dms_replication_instance"], run),
};

fn run(database: &Resource, _: &Scope<'_>, out: &mut Findings) {
    if is_on(database.setting("publicly_accessible")) {
        let message = "It has a public address; only its security group keeps the internet out.";
        out.push(database, "publicly_accessible", message, "Set `publicly_accessible = false`.");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn only_when_it_is_known_to_be_true() {
        check(
            "database-publicly-accessible",
            r#"
            variable "public" {}
            resource "aws_db_instance" "a" {
              publicly_accessible = true
              ^^^^^^^^^^^^^^^^^^^^^^^^^^ high: It has a public address; only its security group keeps the internet out.
            }
            resource "aws_db_instance" "b" {
              publicly_accessible = var.public
            }
            resource "aws_db_instance" "c" {}
            "#,
        );
    }
}
