//! A bucket whose access list lets anyone read or write.

use super::{Check, Findings, LooksAt, Scope, text_of};
use crate::model::{Resource, Severity};

pub(super) const CHECK: Check = Check {
    id: "bucket-open-to-anyone",
    severity: Severity::High,
    title: "Anyone can read the bucket",
    doc: "A canned access list of public-read, public-read-write or authenticated-read opens every object of the bucket to strangers. \
          A public website is better served through CloudFront from a private bucket. New buckets refuse such lists unless their \
          public access block is taken off, so this often fails when it is applied.",
    references: &["https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"],
    looks_at: LooksAt::Resources(&["aws_s3_bucket", "aws_s3_bucket_acl"], run),
};

fn run(bucket: &Resource, _: &Scope<'_>, out: &mut Findings) {
    let message = match text_of(bucket.setting("acl")).map(|acl| acl.as_str()) {
        Some("public-read") => "Anyone can read every object.",
        Some("public-read-write") => "Anyone can read, change and delete every object.",
        Some("authenticated-read") => "Anyone with an account at AWS can read every object.",
        _ => return,
    };
    out.push(bucket, "acl", message, "Use `private`, and CloudFront for what the public may see.");
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::check;

    #[test]
    fn the_three_open_lists() {
        check(
            "bucket-open-to-anyone",
            r#"
            resource "aws_s3_bucket" "old" {
              acl = "public-read"
              ^^^^^^^^^^^^^^^^^^^ high: Anyone can read every object.
            }
            resource "aws_s3_bucket_acl" "written" {
              acl = "public-read-write"
              ^^^^^^^^^^^^^^^^^^^^^^^^^ high: Anyone can read, change and delete every object.
            }
            resource "aws_s3_bucket_acl" "private" {
              acl = "private"
            }
            resource "aws_s3_bucket" "none" {}
            "#,
        );
    }
}
