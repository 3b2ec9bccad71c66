provider "aws" { region = "eu-central-1" }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
provider "aws" {
  alias = "customer"
  assume_role {
    role_arn = aws_iam_role.cross.arn
  }
}
resource "aws_iam_role" "cross" { assume_role_policy = "{}" }
resource "aws_acm_certificate" "cdn" {
  provider    = aws.us
  domain_name = "example.org"
}
resource "aws_s3_bucket" "theirs" {
  provider = aws.customer
  bucket   = "theirs"
}
module "edge" {
  source      = "./edge"
  providers   = { aws = aws.us, aws.main = aws }
  certificate = aws_acm_certificate.cdn.arn
}
