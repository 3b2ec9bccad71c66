//! A load balancer that serves plain HTTP instead of sending people to HTTPS.

use super::{Check, Findings, LooksAt, Scope, is_on, text_of};
use crate::model::{Resource, Setting, Severity};

pub(super) const CHECK: Check = Check {
    id: "listener-without-tls",
    severity: Severity::Medium,
    title: "The balancer serves plain HTTP",
    doc: "A listener with protocol HTTP that forwards sends what people type, passwords and cookies with it, in the clear. \
          Redirect to an HTTPS listener instead. Internal balancers are left out.",
    references: &["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"],
    looks_at: LooksAt::Resources(&["aws_lb_listener", "aws_alb_listener"], run),
};

fn run(listener: &Resource, scope: &Scope<'_>, out: &mut Findings) {
    let http = text_of(listener.setting("protocol")).is_some_and(|protocol| protocol == "HTTP");
    let forwards = text_of(listener.setting("default_action.type")).is_some_and(|kind| kind == "forward");
    if http && forwards && !is_internal(listener, scope) {
        let message = "It forwards plain HTTP: passwords and cookies travel in the clear.";
        out.push(listener, "protocol", message, "Redirect to an HTTPS listener: `type = \"redirect\"`.");
    }
}

/// Whether the balancer is known, or not known, to be internal: only a public one is a finding.
fn is_internal(listener: &Resource, scope: &Scope<'_>) -> bool {
    let balancer = listener.references.iter().find(|reference| listener.canonical_path(&reference.argument) == "load_balancer_arn");
    let balancer = balancer.and_then(|reference| scope.resource(&reference.target));
    balancer.is_some_and(|balancer| is_on(balancer.setting("internal")) || matches!(balancer.setting("internal"), Setting::Unknown(_)))
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn forwarding_but_not_redirecting_or_inside() {
        check(
            "listener-without-tls",
            r#"
            resource "aws_lb" "open" {}
            resource "aws_lb" "inside" {
              internal = true
            }
            resource "aws_lb_listener" "a" {
              load_balancer_arn = aws_lb.open.arn
              protocol          = "HTTP"
              ^^^^^^^^^^^^^^^^^^^^^^^^^^ medium: It forwards plain HTTP: passwords and cookies travel in the clear.
              default_action {
                type = "forward"
              }
            }
            resource "aws_lb_listener" "b" {
              load_balancer_arn = aws_lb.open.arn
              protocol          = "HTTP"
              default_action {
                type = "redirect"
              }
            }
            resource "aws_lb_listener" "c" {
              load_balancer_arn = aws_lb.inside.arn
              protocol          = "HTTP"
              default_action {
                type = "forward"
              }
            }
            "#,
        );
    }
}
