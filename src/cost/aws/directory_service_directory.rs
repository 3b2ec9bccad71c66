//! Directory: domain controllers by edition, or a small or large directory, by the hour.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_directory_service_directory"], components };

fn components(directory: &Item, lines: &mut Lines) {
    let size = directory.text("size").or("Large");
    let key = match directory.text("type").or("SimpleAD") {
        Text::Known("MicrosoftAD") => return controllers(directory, lines),
        Text::Known("ADConnector") if size.is("Large") => "directory.ad_connector_large_hour",
        Text::Known("SimpleAD") if size.is("Large") => "directory.simple_ad_large_hour",
        Text::Known("SimpleAD" | "ADConnector") if size.is("Small") => "directory.simple_ad_small_hour",
        Text::Unknown(reason) => return lines.unpriced(reason),
        _ => return lines.unpriced("its type or size is not known"),
    };
    lines.hourly("Directory", Quantity::one(), Sku::new("security", key));
}

/// A managed directory has two controllers at least.
fn controllers(directory: &Item, lines: &mut Lines) {
    let key = match directory.text("edition").or("Enterprise") {
        Text::Known("Standard") => "directory.managed_ad_standard_dc_hour",
        Text::Known("Enterprise") => "directory.managed_ad_enterprise_dc_hour",
        Text::Unknown(reason) => return lines.unpriced(reason),
        _ => return lines.unpriced("no price for its edition"),
    };
    let declared = directory.number_or("desired_number_of_domain_controllers", || Quantity::exactly(2));
    let more = directory.usage("additional_domain_controllers").or(Quantity::exactly(0));
    lines.hourly("Domain controllers", declared + more, Sku::new("security", key));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_edition_or_size() {
        assert_snapshot!(bill(r#"
            resource "aws_directory_service_directory" "a" {
              type    = "MicrosoftAD"
              edition = "Standard"
            }
            resource "aws_directory_service_directory" "b" {
              type = "SimpleAD"
              size = "Small"
            }
        "#), @r"
        aws_directory_service_directory.a 87.6
          Domain controllers: 1460 h x 0.06 = 87.6
        aws_directory_service_directory.b 36.5
          Directory: 730 h x 0.05 = 36.5
        ");
    }
}
