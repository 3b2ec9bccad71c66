//! Private certificate authority: by the month, and certificates by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_acmpca_certificate_authority"], components };

fn components(authority: &Item, lines: &mut Lines) {
    let (month, certificate) = match authority.text("usage_mode").or("GENERAL_PURPOSE") {
        Text::Known("SHORT_LIVED_CERTIFICATE") => ("acm_pca.short_lived_ca_month", "acm_pca.short_lived_certificate"),
        Text::Unknown(reason) => return lines.unpriced(reason),
        _ => ("acm_pca.general_ca_month", "acm_pca.certificate"),
    };
    lines.monthly("Authority", "authority-month", Quantity::one(), Sku::new("kms_secrets", month));
    lines.used("Certificates", "certificates", authority.usage("monthly_requests"), Sku::new("kms_secrets", certificate));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 1,500 certificates: the first 1,000 at 0.75, 500 more at 0.35.
    #[test]
    fn authority_and_certificates() {
        let usage = "resource_usage:\n  aws_acmpca_certificate_authority.a:\n    monthly_requests: 1500\n";
        assert_snapshot!(bill_with("resource \"aws_acmpca_certificate_authority\" \"a\" {}\n", usage), @r"
        aws_acmpca_certificate_authority.a 1325
          Authority: 1 authority-month x 400 = 400
          Certificates (first 1,000): 1000 certificates x 0.75 = 750
          Certificates (next 9,000): 500 certificates x 0.35 = 175; tiers counted for this resource alone
        ");
    }
}
