variable "vpc_id" {}
variable "size" {}

resource "aws_security_group" "app" {
  vpc_id = var.vpc_id
  name   = var.size
}
