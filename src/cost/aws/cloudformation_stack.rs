//! A stack inside another: nothing by itself; what its template makes is priced where that template is at hand.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::Lines;

pub(super) const PRICED: Priced = Priced { resources: &["aws_cloudformation_stack"], components };

fn components(stack: &Item, lines: &mut Lines) {
    match stack.holds_others() {
        true => lines.free(),
        false => lines.unpriced("its template is not at hand"),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn what_is_inside_is_not_known() {
        let text = "resource \"aws_cloudformation_stack\" \"network\" {\n  name = \"network\"\n}\n";
        assert_snapshot!(bill(text), @"aws_cloudformation_stack.network unpriced: its template is not at hand");
    }
}
