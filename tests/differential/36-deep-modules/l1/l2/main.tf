variable "in" {}
module "l3" {
  source   = "./l3"
  for_each = var.in
  in       = each.value
}
output "out" { value = { name = join(",", [for m in module.l3 : m.out]) } }
