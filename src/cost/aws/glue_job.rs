//! Glue job and crawler: processing units by use.

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_glue_job", "aws_glue_crawler"], components };

fn components(job: &Item, lines: &mut Lines) {
    let hours = job.usage("monthly_hours");
    if job.resource.is("aws_glue_crawler") {
        return lines.used("Crawling", "DPU-h", hours, Sku::new("analytics", "glue.crawler_dpu_hour"));
    }
    let key = if job.text("execution_class").is("FLEX") { "glue.flex_dpu_hour" } else { "glue.job_dpu_hour" };
    lines.used("Processing", "DPU-h", units(job) * hours, Sku::new("analytics", key));
}

/// Processing units of a job: given, or those of its workers.
fn units(job: &Item) -> Quantity {
    if job.has("max_capacity") {
        return job.number("max_capacity");
    }
    let each = match job.text("worker_type") {
        Text::Known("Standard" | "G.1X") => 1,
        Text::Known("G.2X") => 2,
        Text::Known("G.4X") => 4,
        Text::Known("G.8X") => 8,
        Text::Unknown(reason) => return Quantity::unknown(reason),
        _ => return Quantity::unknown("its processing units are not set"),
    };
    job.number("number_of_workers") * each
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 5 workers of 2 units for 10 hours.
    #[test]
    fn workers_by_their_units() {
        let usage = "resource_usage:\n  aws_glue_job.a:\n    monthly_hours: 10\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_glue_job" "a" {
              worker_type       = "G.2X"
              number_of_workers = 5
            }
            resource "aws_glue_crawler" "b" {}
        "#, usage), @r"
        aws_glue_crawler.b depends on use
          Crawling: ? DPU-h x 0.44; depends on use
        aws_glue_job.a 44
          Processing: 100 DPU-h x 0.44 = 44
        ");
    }
}
