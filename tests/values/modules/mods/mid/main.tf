variable "name" { type = string }
variable "idx" { type = number }
variable "nn" {
  type = string
  default = "inner"
  nullable = false
}
module "leaf" {
  source = "../leaf"
  count  = var.idx > 0 ? 1 : 0
  name   = "${var.name}-${var.nn}"
}
resource "terraform_data" "m" { input = var.name }
output "upper" { value = upper(var.name) }
output "leafs" { value = module.leaf[*].out }
output "id_known" { value = terraform_data.m.input }
