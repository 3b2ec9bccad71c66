variable "topic_for" {
  type = string
}

resource "aws_sns_topic" "this" {}

resource "aws_sns_topic_subscription" "this" {
  topic_arn = aws_sns_topic.this.arn
  endpoint  = var.topic_for
}
