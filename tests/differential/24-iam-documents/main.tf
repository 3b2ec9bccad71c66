data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "read" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  dynamic "statement" {
    for_each = { a = aws_s3_bucket.a.arn, b = aws_s3_bucket.b.arn }
    content {
      sid       = statement.key
      actions   = ["s3:GetObject"]
      resources = ["${statement.value}/*"]
    }
  }
}
data "aws_iam_policy_document" "base" {
  statement {
    actions   = ["logs:*"]
    resources = ["*"]
  }
}
resource "aws_s3_bucket" "a" { bucket = "a" }
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_iam_role" "f" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "read"
    policy = data.aws_iam_policy_document.read.json
  }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.f.arn
}
