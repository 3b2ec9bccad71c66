terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.main]
    }
  }
}
variable "certificate" { type = string }
resource "aws_cloudfront_distribution" "cdn" {
  enabled = true
  viewer_certificate {
    acm_certificate_arn = var.certificate
  }
  origin {
    domain_name = aws_s3_bucket.origin.bucket_regional_domain_name
    origin_id   = "o"
  }
}
resource "aws_s3_bucket" "origin" {
  provider = aws.main
  bucket   = "origin"
}
