variable "used" {}
variable "unused" { default = "" }
resource "aws_sqs_queue" "q" {
  name   = "q"
  policy = var.used
}
