variable "name" {}
variable "vpc_id" {}
module "db" {
  source = "../db"
  vpc_id = var.vpc_id
  name   = "${var.name}-db"
}
resource "aws_lb" "this" {
  name            = var.name
  security_groups = [aws_security_group.lb.id]
}
resource "aws_security_group" "lb" { vpc_id = var.vpc_id }
resource "aws_ssm_parameter" "db" {
  name  = "/${var.name}/db"
  type  = "String"
  value = module.db.endpoint
}
output "host" { value = aws_lb.this.dns_name }
