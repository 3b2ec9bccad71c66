//! A database port that every address on the internet can reach.

use super::{Check, Findings, LooksAt, Scope, ingress};
use crate::model::{Resource, Severity};

/// Port and what usually listens there.
const DATABASES: &[(u32, &str)] = &[
    (5432, "PostgreSQL"),
    (3306, "MySQL"),
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (27017, "MongoDB"),
    (6379, "Redis"),
    (11211, "Memcached"),
    (5439, "Redshift"),
    (9200, "OpenSearch"),
    (9042, "Cassandra"),
];

pub(super) const CHECK: Check = Check {
    id: "database-open-to-the-internet",
    severity: Severity::Critical,
    title: "A database port is open to every address",
    doc: "A security group lets 0.0.0.0/0 or ::/0 reach a port on which databases and caches listen. \
          Such ports are scanned within minutes, and a password is then all that stands in between. \
          Name the security groups or address ranges that need it. A rule for every port counts only when a database uses the group.",
    references: &["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html"],
    looks_at: LooksAt::Resources(ingress::TYPES, run),
};

fn run(resource: &Resource, scope: &Scope<'_>, out: &mut Findings) {
    for opening in ingress::openings(resource) {
        let users: Vec<_> = scope.users_of(resource).filter(|user| is_database(user)).map(|user| user.address.clone()).collect();
        let Some((_, database)) = DATABASES.iter().find(|(port, _)| opening.contains(*port)) else { continue };
        // A group for every port is the other check's, unless a database is behind it.
        let every = opening.ports == (0, 65_535);
        if every && users.is_empty() {
            continue;
        }
        let what = if every { "a database uses this group" } else { database };
        let message = format!("{} open to every address ({}): {what}.", opening.subject(), opening.from);
        let fix = "Name the security groups or the address ranges that need it.";
        out.push(resource, &opening.argument, message, fix).related = users;
    }
}

fn is_database(resource: &Resource) -> bool {
    const PREFIXES: [&str; 7] =
        ["aws_db_", "aws_rds_", "aws_elasticache_", "aws_docdb_", "aws_neptune_", "aws_redshift_", "aws_opensearch_"];
    PREFIXES.iter().any(|prefix| resource.r#type.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn three_ways_to_write_a_rule() {
        check(
            "database-open-to-the-internet",
            r#"
            resource "aws_security_group" "inline" {
              ingress {
                from_port   = 5000
                to_port     = 6000
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ critical: Ports 5000–6000 are open to every address (0.0.0.0/0): PostgreSQL.
              }
            }
            resource "aws_security_group_rule" "own" {
              type             = "ingress"
              from_port        = 6379
              to_port          = 6379
              protocol         = "tcp"
              ipv6_cidr_blocks = ["::/0"]
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ critical: Port 6379 is open to every address (::/0): Redis.
            }
            resource "aws_vpc_security_group_ingress_rule" "new" {
              ip_protocol = "tcp"
              from_port   = 3306
              to_port     = 3306
              cidr_ipv4   = "0.0.0.0/0"
              ^^^^^^^^^^^^^^^^^^^^^^^^^ critical: Port 3306 is open to every address (0.0.0.0/0): MySQL.
            }
            "#,
        );
    }

    #[test]
    fn every_port_only_with_a_database_behind() {
        check(
            "database-open-to-the-internet",
            r#"
            resource "aws_security_group" "db" {
              ingress {
                from_port   = 0
                to_port     = 0
                protocol    = "-1"
                cidr_blocks = ["0.0.0.0/0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ critical: Every port is open to every address (0.0.0.0/0): a database uses this group.
              }
            }
            resource "aws_db_instance" "db" {
              vpc_security_group_ids = [aws_security_group.db.id]
            }
            resource "aws_security_group" "web" {
              ingress {
                from_port   = 0
                to_port     = 0
                protocol    = "-1"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            "#,
        );
    }

    #[test]
    fn not_for_what_is_narrow_outgoing_or_unknown() {
        check(
            "database-open-to-the-internet",
            r#"
            variable "cidrs" {}
            resource "aws_security_group" "a" {
              ingress {
                from_port   = 5432
                to_port     = 5432
                protocol    = "tcp"
                cidr_blocks = var.cidrs
              }
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
              egress {
                from_port   = 5432
                to_port     = 5432
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            resource "aws_security_group_rule" "out" {
              type        = "egress"
              from_port   = 5432
              to_port     = 5432
              protocol    = "tcp"
              cidr_blocks = ["0.0.0.0/0"]
            }
            "#,
        );
    }
}
