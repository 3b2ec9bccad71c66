variable "on" {}
resource "aws_ecs_service" "s" {
  name    = "s"
  cluster = var.on
}
