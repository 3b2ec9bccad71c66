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

resource "aws_sqs_queue" "resize" {
  name                       = local.name
  visibility_timeout_seconds = 180

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600
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
  memory_size   = 1024
  timeout       = 30

  environment {
    variables = {
      BUCKET = aws_s3_bucket.pictures.bucket
    }
  }
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.resize.arn
  function_name    = aws_lambda_function.resize.arn
  batch_size       = 10
}

resource "aws_cloudwatch_log_group" "resize" {
  name              = "/aws/lambda/${aws_lambda_function.resize.function_name}"
  retention_in_days = 30
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "${local.name}-failed"
  alarm_description   = "A picture could not be resized three times"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1

  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }
}

# The queue keeps its messages under its new name in the code.
moved {
  from = aws_sqs_queue.jobs
  to   = aws_sqs_queue.resize
}
