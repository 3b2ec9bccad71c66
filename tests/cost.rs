//! Cost through the front door: what a usage file changes in a review, and what it says of a file that does not fit.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

use plumbline::catalog::prices::{Prices, bundled};
use plumbline::{Catalog, Input, InputFile, Options, Review, review};

fn review_with(usage: Option<&str>) -> Review {
    let text = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\n\nresource \"aws_eip\" \"out\" {\n  domain = \"vpc\"\n}\n";
    review(&Input {
        files: vec![InputFile::new("main.tf", text.as_bytes())],
        options: Options { region: Some("eu-west-1".into()), usage: usage.map(Into::into), ..Options::default() },
        catalog: Catalog::new().with_prices(Prices::open(bundled()).unwrap()),
        ..Input::default()
    })
}

#[test]
fn without_usage_file_only_what_is_certain_is_in_the_total() {
    let review = review_with(None);
    assert_eq!(review.catalog.prices_as_of.as_deref(), Some("2026-10"));
    // 730 h x 0.005
    assert_eq!(review.cost.monthly.after.expected.normalize().to_string(), "3.65");
    assert_eq!(review.cost.usage_dependent, ["aws_sqs_queue.jobs"]);
    assert_eq!(review.diagnostics, []);
}

#[test]
fn a_usage_file_adds_what_is_used_and_names_what_it_misses() {
    let review = review_with(Some(
        "version: 0.1\nresource_usage:\n  aws_sqs_queue.jobs:\n    monthly_requests: 5000000\n  aws_sqs_queue.mail:\n    monthly_requests: 1\n  bad line\n",
    ));
    // 730 h x 0.005 + 5 million x 0.4
    assert_eq!(review.cost.monthly.after.expected.normalize().to_string(), "5.65");
    assert!(review.cost.usage_dependent.is_empty());
    let said: Vec<&str> = review.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(said, ["line 7: a key has no colon", "aws_sqs_queue.mail is in the usage file, but not in the configuration"]);
}
