data "aws_caller_identity" "me" {}
resource "aws_s3_bucket" "logs" { bucket = "logs-${data.aws_caller_identity.me.account_id}" }
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<POLICY
{
  "Statement": [{
    "Effect": "Allow",
    "Resource": "${aws_s3_bucket.logs.arn}/*",
    "Principal": {"AWS": "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"}
  }]
}
POLICY
}
