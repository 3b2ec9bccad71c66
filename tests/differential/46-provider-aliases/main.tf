terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = []
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
  assume_role {
    role_arn = aws_iam_role.deploy.arn
  }
}

resource "aws_iam_role" "deploy" {
  assume_role_policy = "{}"
}

module "pair" {
  source = "./pair"
  providers = {
    aws        = aws
    aws.remote = aws.us
  }
}

resource "aws_s3_bucket" "here" {
  bucket = "here-${module.pair.remote_arn}"
}

resource "aws_acm_certificate" "edge" {
  provider    = aws.us
  domain_name = "example.org"
}
