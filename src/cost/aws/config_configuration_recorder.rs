//! Configuration recorder: recorded items by use. Rules: evaluations by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};

pub(super) const PRICED: Priced = Priced {
    resources: &[
        "aws_config_configuration_recorder",
        "aws_config_config_rule",
        "aws_config_organization_custom_rule",
        "aws_config_organization_managed_rule",
    ],
    components,
};

fn components(recorder: &Item, lines: &mut Lines) {
    if !recorder.resource.is("aws_config_configuration_recorder") {
        let evaluations = recorder.usage("monthly_rule_evaluations");
        return lines.used("Evaluations", "evaluations", evaluations, Sku::new("security", "config.rule_evaluation"));
    }
    let daily = recorder.text("recording_mode.recording_frequency").is("DAILY");
    let key = if daily { "config.item_daily" } else { "config.item" };
    lines.used("Items", "items", recorder.usage("monthly_config_items"), Sku::new("security", key));
    lines.used_if_given("Custom items", "items", recorder.usage("monthly_custom_config_items"), Sku::new("security", "config.item"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 150,000 evaluations: the first 100,000 at 0.001, 50,000 more at 0.0008.
    #[test]
    fn items_and_evaluations() {
        let usage = "resource_usage:\n  aws_config_configuration_recorder.a:\n    monthly_config_items: 10000\n  aws_config_config_rule.b:\n    monthly_rule_evaluations: 150000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_config_configuration_recorder" "a" {}
            resource "aws_config_config_rule" "b" {}
        "#, usage), @r"
        aws_config_config_rule.b 140
          Evaluations (first 100,000): 100000 evaluations x 0.001 = 100
          Evaluations (next 400,000): 50000 evaluations x 0.0008 = 40; tiers counted for this resource alone
        aws_config_configuration_recorder.a 30
          Items: 10000 items x 0.003 = 30
        ");
    }
}
