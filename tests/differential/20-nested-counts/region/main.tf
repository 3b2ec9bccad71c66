variable "name" {}
variable "size" {}
variable "topic" {}
module "node" {
  source = "./node"
  count  = var.size
  label  = "${var.name}-${count.index}"
  subnet = aws_subnet.s[count.index].id
}
resource "aws_subnet" "s" {
  count      = var.size
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
  vpc_id     = "vpc-1"
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = var.name
  alarm_actions = [var.topic]
  dimensions    = { all = join(",", module.node[*].ip) }
}
output "ips" { value = module.node[*].ip }
