variable "name" {}

resource "aws_sqs_queue" "this" {
  name = var.name
}

output "id" {
  value = try(aws_sqs_queue.this.id, null)
}
