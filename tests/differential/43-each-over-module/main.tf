# for_each over the outputs of a module, at three levels
module "zones" {
  source = "./zones"
  names  = ["a", "b"]
}

module "cells" {
  source   = "./cell"
  for_each = module.zones.by_name
  zone     = each.value
  key_arn  = aws_kms_key.shared.arn
}

resource "aws_kms_key" "shared" {}

resource "aws_route53_record" "cell" {
  for_each = { for name, cell in module.cells : name => cell.endpoint if name != "z" }
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.key
  records  = [each.value]
}

resource "aws_route53_zone" "main" {
  name = "example.org"
}

output "endpoints" {
  value = { for k, r in aws_route53_record.cell : k => r.fqdn }
}
