variable "name" {}
resource "aws_ecs_cluster" "c" { name = var.name }
module "inner" {
  source = "./inner"
  on     = aws_ecs_cluster.c.arn
}
