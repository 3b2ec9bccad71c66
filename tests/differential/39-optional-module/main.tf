variable "monitoring" { default = true }
module "monitoring" {
  source = "./monitoring"
  count  = var.monitoring ? 1 : 0
  db     = aws_db_instance.d.id
}
resource "aws_db_instance" "d" { identifier = "d" }
resource "aws_sns_topic_subscription" "s" {
  count     = var.monitoring ? 1 : 0
  topic_arn = module.monitoring[0].topic
  protocol  = "email"
  endpoint  = "ops@example.org"
}
locals { dashboards = try(module.monitoring[0].dashboard, "none") }
resource "aws_ssm_parameter" "d" {
  name  = "d"
  type  = "String"
  value = local.dashboards
}
