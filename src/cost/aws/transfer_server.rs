//! Transfer server: each of its protocols by the hour, and what is sent and received by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Quantity;

pub(super) const PRICED: Priced = Priced { resources: &["aws_transfer_server"], components };

fn components(server: &Item, lines: &mut Lines) {
    let protocols = match server.has("protocols") {
        true => server.length("protocols"),
        false => Quantity::one().assuming("SFTP alone, the default"),
    };
    lines.hourly("Protocols", protocols, Sku::new("analytics", "transfer.protocol_hour"));
    lines.used("Data downloaded", "GB", server.usage("monthly_data_downloaded_gb"), Sku::new("analytics", "transfer.download_gb"));
    lines.used("Data uploaded", "GB", server.usage("monthly_data_uploaded_gb"), Sku::new("analytics", "transfer.upload_gb"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn each_protocol_costs() {
        assert_snapshot!(bill("resource \"aws_transfer_server\" \"a\" {\n  protocols = [\"SFTP\", \"FTPS\"]\n}\n"), @r"
        aws_transfer_server.a 438
          Protocols: 1460 h x 0.3 = 438
          Data downloaded: ? GB x 0.04; depends on use
          Data uploaded: ? GB x 0.04; depends on use
        ");
    }
}
