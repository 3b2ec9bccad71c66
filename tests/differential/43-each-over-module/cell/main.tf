variable "zone" {
  type = object({ name = string, id = string, tier = optional(string, "small") })
}

variable "key_arn" {}

module "store" {
  source = "./store"
  name   = "cell-${var.zone.name}"
  key    = var.key_arn
}

resource "aws_lb" "this" {
  name = module.store.name
}

output "endpoint" {
  value = aws_lb.this.dns_name
}
