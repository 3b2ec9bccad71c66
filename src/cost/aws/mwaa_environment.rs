//! Managed Airflow: environment by class and hour; further workers, schedulers and storage by use.

use ecow::eco_format;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{MONTH, Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_mwaa_environment"], components };

fn components(environment: &Item, lines: &mut Lines) {
    let class = match environment.text("environment_class").or("mw1.small") {
        Text::Known(class) => class.trim_start_matches("mw1."),
        Text::Unknown(reason) => return lines.unpriced(reason),
        Text::Absent => return,
    };
    let sku = |key: &'static str| Sku::new("analytics", key);
    let name = eco_format!("Environment (mw1.{class})");
    lines.hourly(name, Quantity::one(), Sku::new("analytics", &eco_format!("mwaa.environment.{class}_hour")));
    let workers = environment.usage("additional_workers") * MONTH;
    lines.used("Further workers", "h", workers, Sku::new("analytics", &eco_format!("mwaa.worker.{class}_hour")));
    let schedulers = environment.usage("additional_schedulers") * MONTH;
    lines.used_if_given("Further schedulers", "h", schedulers, Sku::new("analytics", &eco_format!("mwaa.scheduler.{class}_hour")));
    lines.used("Storage", "GB-month", environment.usage("meta_database_gb"), sku("mwaa.storage_gb_month"));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn by_class() {
        assert_snapshot!(bill("resource \"aws_mwaa_environment\" \"a\" {\n  environment_class = \"mw1.medium\"\n}\n"), @r"
        aws_mwaa_environment.a 540.2
          Environment (mw1.medium): 730 h x 0.74 = 540.2
          Further workers: ? h x 0.11; depends on use
          Storage: ? GB-month x 0.1; depends on use
        ");
    }
}
