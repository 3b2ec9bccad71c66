variable "queue" {}
resource "aws_sns_topic_subscription" "s" {
  endpoint = var.queue
  protocol = "sqs"
}
