module "region" {
  source   = "./region"
  for_each = { eu = { n = 2 }, us = { n = 1 } }
  name     = each.key
  size     = each.value.n
  topic    = aws_sns_topic.alarms.arn
}
resource "aws_sns_topic" "alarms" { name = "alarms" }
resource "aws_route53_record" "r" {
  for_each = module.region
  zone_id  = "Z"
  name     = each.key
  records  = each.value.ips
  type     = "A"
}
output "eu" { value = module.region["eu"].ips }
