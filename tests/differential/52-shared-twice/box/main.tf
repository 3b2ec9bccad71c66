variable "inner" {}

resource "aws_sns_topic_subscription" "this" {
  endpoint = var.inner
}

output "out" {
  value = aws_sns_topic_subscription.this.arn
}
