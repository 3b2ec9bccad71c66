variable "list_in" {
  type    = list(string)
  default = []
}
variable "map_in" {
  type    = map(any)
  default = { a = 1, b = 2 }
}
variable "nn" {
  type     = string
  default  = "def"
  nullable = false
}
variable "any_in" {
  default = { a = { enabled = true }, b = { enabled = false }, c = {} }
}
variable "cfg" {
  type = object({
    name    = optional(string)
    sizes   = optional(map(number), { s = 1 })
    nested  = optional(object({ deep = optional(list(object({ k = string, v = optional(number, 7) })), []) }))
  })
  default = { nested = { deep = [{ k = "x" }] }, extra = "dropped" }
}
locals {
  enabled = { for k, v in var.any_in : k => v if try(v.enabled, false) }
  pairs   = { for p in setproduct(["x", "y"], range(2)) : "${p[0]}${p[1]}" => p }
  mixed   = merge([for k, v in var.map_in : { "${k}-k" = v * 2 }]...)
  cond    = var.list_in == [] ? "empty" : "typed"
  cond2   = length(var.list_in) == 0 ? null : var.list_in[0]
  chain   = { a = { b = { c = [{ d = "deep" }] } } }
}
module "mid" {
  source   = "./mods/mid"
  for_each = local.pairs
  name     = each.key
  idx      = each.value[1]
  nn       = null
}
module "off" {
  source = "./mods/leaf"
  count  = length(var.list_in)
  name   = "off"
}
resource "terraform_data" "each" {
  for_each = toset([for m in module.mid : m.upper])
  input    = each.key
  triggers_replace = [module.mid["x0"].upper, local.chain.a.b.c[0].d]
}
resource "terraform_data" "dep" {
  count = length(local.enabled) + length(module.off)
  input = { idx = count.index, name = try(module.off[0].out, "none") }
}
output "enabled" { value = local.enabled }
output "mixed" { value = local.mixed }
output "cond" { value = local.cond }
output "cond2" { value = local.cond2 }
output "mids" { value = { for k, m in module.mid : k => m.upper } }
output "mods" { value = module.mid["y1"] }
output "offs" { value = [module.off[*].out, one(module.off[*].out), try(module.off[0].out, "x")] }
output "each" { value = { for k, v in terraform_data.each : k => v.input } }
output "dep" { value = terraform_data.dep[*].input }
output "keys" { value = keys(terraform_data.each) }
output "cfg" { value = var.cfg }
output "deep" { value = [local.chain.a.b.c[*].d, local.chain.a["b"].c.0.d, lookup(local.chain, "zz", "no"), try(local.chain.a.x.y, "no")] }
output "trig" { value = terraform_data.each["X0"].triggers_replace }
output "legacy" { value = terraform_data.dep.*.input }
output "tpl" { value = templatefile("${path.module}/t.tftpl", { xs = ["a", "b"], m = { k = "v" } }) }
output "files" { value = [fileexists("t.tftpl"), fileset(path.module, "*.tftpl"), filesha256("t.tftpl"), try(file("nope"), "gone"), fileset("mods", "**/*.tf")] }
output "sortmap" { value = [for k, v in { b = 1, a = 2, "10" = 3, "9" = 4 } : "${k}${v}"] }
output "ternnull" { value = [null != null, (var.nn == "def" ? { a = 1, b = "x" } : null).b] }
output "bools" { value = ["true" == true, true && !false || false, "${true}" == "true", 1 == 1.0] }
output "strnum" { value = ["5" + 3, "2" * "3", "${1}" + 1, -"3", "10" > 9] }
output "tsv" { value = [for l in split("\n", chomp("a=1\nb=2\n")) : split("=", l)] }
output "obj_attr" { value = { "a b" = 1, (var.nn) = 2, c : 3, "${var.nn}-x" = 4 } }
output "whole" { value = [for k, v in module.mid : v][0] }
output "nulls" { value = { a = null, b = [null] } }
output "splatnull" { value = [null[*], "x"[*], { a = 1 }[*].a, [][*]] }
output "idx" { value = [["a", "b"]["1"], { "1" = "n" }[1], [1, 2][1.0]] }
output "esc" { value = "tab\t nl\\n q\" u\u00e9 \U0001F600 $${a} %%{b}" }
output "here" {
  value = <<EOT
raw "quotes" \n not escaped ${upper("x")} $${lit}
  %{ if true ~}
  yes
  %{ else ~}
  no
  %{ endif ~}
end
EOT
}
output "multi" {
  value = <<-EOT
    a
      ${join("\n", ["b", "c"])}
    %{ for x in ["1", "2"] ~}
    - ${x}
    %{ endfor ~}
  EOT
}
output "json_in" { value = jsondecode("{\"a\":[1,2.50,null,true],\"b\":{\"c\":\"\\u00e9\"}}") }
output "timeouts" { value = try(var.cfg.nested.deep[0].v, 0) + try(var.cfg.name.foo, 1) }
