//! Stage of a REST API: its cache by size; free without one.

use ecow::eco_format;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_api_gateway_stage"], components };

fn components(stage: &Item, lines: &mut Lines) {
    match stage.flag("cache_cluster_enabled", false) {
        Ok(true) => {}
        Ok(false) => return lines.free(),
        Err(reason) => return lines.unpriced(reason),
    }
    match stage.text("cache_cluster_size") {
        Text::Known(size) => {
            lines.hourly(eco_format!("Cache ({size} GB)"), Quantity::one(), Sku::new("apigateway", &eco_format!("cache_{size}gb_hour")));
        }
        Text::Unknown(reason) => lines.missing("Cache", "h", reason),
        Text::Absent => lines.missing("Cache", "h", "cache_cluster_size is not set"),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn the_cache_costs() {
        assert_snapshot!(bill(r#"
            resource "aws_api_gateway_stage" "a" {
              cache_cluster_enabled = true
              cache_cluster_size    = "1.6"
            }
            resource "aws_api_gateway_stage" "b" {}
        "#), @r"
        aws_api_gateway_stage.a 27.74
          Cache (1.6 GB): 730 h x 0.038 = 27.74
        aws_api_gateway_stage.b free
        ");
    }
}
