variable "name" {}

resource "aws_sqs_queue" "this" {
  name = var.name
}

module "deep" {
  source = "./deep"
  arn    = aws_sqs_queue.this.arn
}

output "arn" {
  value      = aws_sqs_queue.this.arn
  depends_on = [module.deep]
}
