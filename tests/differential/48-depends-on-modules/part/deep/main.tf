variable "arn" {}

resource "aws_sns_topic_subscription" "this" {
  endpoint = var.arn
}

data "aws_sqs_queue" "again" {
  name = "x"
}
