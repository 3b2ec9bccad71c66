//! A new resource that is made while the old one still has the name that both would have.

use super::{Check, Findings, LooksAt, Scope, text_of};
use crate::catalog::names;
use crate::change::Change;
use crate::model::{Action, Certainty, Confidence, Severity};

pub(super) const CHECK: Check = Check {
    id: "replacement-under-the-same-name",
    severity: Severity::High,
    title: "The new one is made while its name is taken",
    doc: "The change replaces a resource whose new one is made before the old one goes, by create_before_destroy or because the tool \
          always does so, and whose name stays the same. Two of its type cannot have one name, so the service refuses the new one \
          in the middle of the apply. create_before_destroy holds for what such a resource needs, too. \
          Of one version alone, what a replacement would do is said with low severity.",
    references: &[
        "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html",
    ],
    looks_at: LooksAt::Changes(run),
};

fn run(change: &Change, scope: &Scope<'_>, out: &mut Findings) {
    let Some((id, new)) = change.after.and_then(|id| Some((id, scope.snapshot.resource(id)?))) else { return };
    let may = change.action == Action::Update && change.causes.iter().any(|cause| cause.forces_replacement != Certainty::No);
    let replaced = match scope.before {
        Some(_) => (may || change.action == Action::Replace) && scope.is_made_first(id),
        None => {
            let by_itself = new.native.is_none() && !new.native_type.contains(':');
            change.action == Action::Create && new.create_before_destroy && by_itself
        }
    };
    if !replaced {
        return;
    }
    let Some(unique) = names::unique(&new.r#type) else { return };
    let argument = unique.argument;
    // What is not known may be another one each time, as that of a prefix is.
    let Some(name) = text_of(new.setting(argument)) else { return };
    // A word without an underscore is not known for an argument by itself.
    let shown = new.shown_path(argument);
    let last = if new.native.is_some() { "or leave the name to the stack" } else { "let a prefix name it, or let the old one go first" };
    let fix = format!("Change `{shown}` together with what replaces it, {last}.");
    let Some(before) = scope.before else {
        let message = format!("A replacement would fail: the new one is made first, and `{shown}` is taken while the old one is there.");
        out.push(new, argument, message, fix).severity = Severity::Low;
        return;
    };
    let Some(old) = change.before.and_then(|id| before.resource(id)) else { return };
    let elsewhere = |path: &str| change.causes.iter().any(|cause| cause.path == path);
    if text_of(old.setting(argument)) != Some(name) || old.region != new.region || elsewhere("region") || unique.within.is_some_and(elsewhere) {
        return;
    }
    let spread = if new.create_before_destroy { "" } else { " What needs it has `create_before_destroy`, which holds for it too." };
    let happens = if may { "If it is replaced, it" } else { "It" };
    let message =
        format!("{happens} is made again before the old one goes, under the same `{shown}`: the name is taken, and the service refuses it.{spread}");
    let finding = out.push(new, argument, message, fix);
    if may {
        finding.severity = Severity::Medium;
        finding.confidence = Confidence::Likely;
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check_change;

    fn found(before: &str, after: &str) -> Vec<String> {
        let found = check_change(before, after).into_iter().filter(|finding| finding.check == "replacement-under-the-same-name");
        found.map(|finding| format!("{:?} {} {}", finding.severity, finding.address, finding.message)).collect()
    }

    fn group(name: &str, port: u16, first: bool) -> String {
        format!(
            "resource \"aws_lb_target_group\" \"a\" {{\n  {name}\n  port = {port}\n  protocol = \"HTTP\"\n  vpc_id = \"v\"\n  lifecycle {{\n    create_before_destroy = {first}\n  }}\n}}\n"
        )
    }

    const REFUSED: &str = "is made again before the old one goes, under the same `name`: the name is taken, and the service refuses it.";

    #[test]
    fn a_name_that_stays_is_taken() {
        let named = |port, first| group("name = \"web\"", port, first);
        assert_eq!(found(&named(80, true), &named(81, true)), [format!("High aws_lb_target_group.a It {REFUSED}")]);
        assert_eq!(found(&named(80, false), &named(81, false)), [""; 0]);
        assert_eq!(found(&named(80, true), &named(80, true)), [""; 0]);
        assert_eq!(found(&named(80, true), &group("name = \"web-81\"", 81, true)), [""; 0]);
        let prefix = |port| group("name_prefix = \"web\"", port, true);
        assert_eq!(found(&prefix(80), &prefix(81)), [""; 0]);
        let follows = |port| format!("variable \"name\" {{}}\n{}", group("name = var.name", port, true));
        assert_eq!(found(&follows(80), &follows(81)), [""; 0]);
    }

    #[test]
    fn it_spreads_to_what_is_needed_and_ends_at_another_network() {
        let text = |words: &str, network: &str| {
            format!(
                "resource \"aws_security_group\" \"db\" {{\n  name = \"db\"\n  description = \"{words}\"\n  vpc_id = \"{network}\"\n}}\n\
                 resource \"aws_instance\" \"a\" {{\n  vpc_security_group_ids = [aws_security_group.db.id]\n  lifecycle {{\n    create_before_destroy = true\n  }}\n}}\n"
            )
        };
        assert_eq!(
            found(&text("one", "v"), &text("two", "v")),
            [format!("High aws_security_group.db It {REFUSED} What needs it has `create_before_destroy`, which holds for it too.")]
        );
        assert_eq!(found(&text("one", "v"), &text("two", "w")), [""; 0]);
    }

    #[test]
    fn what_may_be_replaced_may_be_refused() {
        let text = |port: &str| format!("variable \"port\" {{}}\n{}", group("name = \"web\"", 80, true).replace("80", port));
        assert_eq!(found(&text("80"), &text("var.port")), [format!("Medium aws_lb_target_group.a If it is replaced, it {REFUSED}")]);
    }

    #[test]
    fn a_stack_makes_the_new_one_first_and_says_so_in_its_own_words() {
        let template = |port| {
            let text = format!(
                "Resources:\n  Web:\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties: {{Name: web, Port: {port}, Protocol: HTTP, VpcId: v}}\n"
            );
            vec![crate::InputFile::new("stack.yaml", text.as_bytes())]
        };
        let input = crate::Input { files: template(81), base: Some(template(80)), ..crate::Input::default() };
        let review = crate::review(&input);
        let found: Vec<&str> = review.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(found, [format!("It {}", REFUSED.replace("`name`", "`Name`"))]);
    }
}
