terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  name = "thumbnails"
  tags = { Project = local.name }
}

resource "aws_s3_bucket" "pictures" {
  bucket = "example-${local.name}"
  tags   = local.tags
}

resource "aws_sqs_queue" "jobs" {
  name                       = local.name
  visibility_timeout_seconds = 60
}

resource "aws_iam_role" "worker" {
  name = "${local.name}-worker"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_lambda_function" "resize" {
  function_name = "${local.name}-resize"
  role          = aws_iam_role.worker.arn
  runtime       = "nodejs22.x"
  handler       = "resize.handler"
  filename      = "resize.zip"
  memory_size   = 512
  timeout       = 30

  environment {
    variables = {
      BUCKET = aws_s3_bucket.pictures.bucket
    }
  }
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.resize.arn
  batch_size       = 5
}

resource "aws_cloudwatch_log_group" "resize" {
  name              = "/aws/lambda/${aws_lambda_function.resize.function_name}"
  retention_in_days = 14
}
