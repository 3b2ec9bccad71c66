variable "in" {}
module "l2" {
  source = "./l2"
  in     = { id = var.in, extra = aws_sqs_queue.one.id }
}
resource "aws_sqs_queue" "one" { name = "one" }
output "out" { value = module.l2.out.name }
