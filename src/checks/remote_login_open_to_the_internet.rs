//! SSH or remote desktop that every address on the internet can reach.

use super::{Check, Findings, LooksAt, Scope, ingress};
use crate::model::{Resource, Severity};

const LOGINS: &[(u32, &str)] = &[(22, "SSH"), (3389, "remote desktop")];

pub(super) const CHECK: Check = Check {
    id: "remote-login-open-to-the-internet",
    severity: Severity::High,
    title: "Remote login is open to every address",
    doc: "A security group lets 0.0.0.0/0 or ::/0 reach port 22 or 3389, or every port. \
          Logins there are tried all day long. Name the addresses that need it, or use Session Manager, which needs no open port.",
    references: &["https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html"],
    looks_at: LooksAt::Resources(ingress::TYPES, run),
};

fn run(resource: &Resource, _: &Scope<'_>, out: &mut Findings) {
    for opening in ingress::openings(resource) {
        let Some((_, login)) = LOGINS.iter().find(|(port, _)| opening.contains(*port)) else { continue };
        let message = format!("{} open to every address ({}), {login} with it.", opening.subject(), opening.from);
        out.push(resource, &opening.argument, message, "Name the addresses that need it, or use Session Manager.");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn ssh_alone_and_every_port() {
        check(
            "remote-login-open-to-the-internet",
            r#"
            resource "aws_security_group" "a" {
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ high: Port 22 is open to every address (0.0.0.0/0), SSH with it.
              }
              ingress {
                from_port   = 0
                to_port     = 0
                protocol    = -1
                cidr_blocks = ["0.0.0.0/0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ high: Every port is open to every address (0.0.0.0/0), SSH with it.
              }
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8"]
              }
            }
            "#,
        );
    }
}
