terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.remote]
    }
  }
}

resource "aws_sqs_queue" "local" {}

resource "aws_sqs_queue" "remote" {
  provider       = aws.remote
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.local.arn })
}

module "inner" {
  source    = "./inner"
  providers = { aws = aws.remote }
  topic_for = aws_sqs_queue.remote.arn
}

output "remote_arn" {
  value = aws_sqs_queue.remote.arn
}
