# What converts to what, how sets are ordered, and words with a second meaning.
variable "on" {
  type    = bool
  default = "1"
}
variable "off" {
  type    = bool
  default = "0"
}
variable "ports" {
  type    = set(object({ name = string, port = optional(number, 80) }))
  default = [{ name = "web" }, { name = "app", port = 8080 }, { name = "app", port = 80 }, { name = "web", port = "80" }]
}
variable "rules" {
  type = map(list(object({ port = number, proto = optional(string, "tcp") })))
  default = {
    web  = [{ port = "80" }, { port = 443, proto = null }]
    none = []
  }
}
variable "nested" {
  type    = object({ a = optional(object({ b = optional(object({ c = optional(string, "deep") }), {}), d = optional(string) }), {}) })
  default = { a = { b = null } }
}
variable "row" {
  type    = tuple([string, list(number), object({ a = optional(bool, false) })])
  default = [1, ["2", 3], {}]
}
locals {
  numbers = [10, 9, 100]
}
output "switches" { value = [var.on, var.off, "1" ? "y" : "n", tobool("0"), "${var.on}", !var.off] }
output "counted" { value = [for i in range(var.on ? 2 : 0) : i] }
output "ports" { value = var.ports }
output "names_of_ports" { value = [for it in var.ports : "${it.name}:${it.port}"] }
output "sets_of_lists" { value = toset([[2, 1], [10], [1, 2], [10]]) }
output "sets_of_objects" { value = toset([{ n = 80, x = "b" }, { n = 8080, x = "a" }, { n = 8, x = null }]) }
output "sets_with_null" { value = toset(["b", null, "a", null]) }
output "sets_of_bools" { value = [toset([true, false]), toset(local.numbers), toset(["10", "9"])] }
output "first_of_set" { value = [tolist(var.ports)[0].name, one(toset([{ a = 1 }, { a = 1 }])).a] }
output "rules" { value = var.rules }
output "nested" { value = var.nested }
output "row" { value = var.row }
output "not_numbers" { value = [for it in ["1_000", "", "1.5.1", "0x1f", "1e", "--1", "1 "] : try(tonumber(it), "no")] }
output "numbers" { value = [tonumber("1e3"), tonumber("-0.50"), "007" + 1, "1.50" * 2] }
output "titles" { value = [title("o'neil and-sons foo_bar"), title("été à-la"), title("9lives 1st")] }
output "lowered" { value = [lower("ΟΔΟΣ"), lower("İ"), upper("ǆß")] }
output "cut" { value = [substr("hello", -10, 3), substr("añb", -2, 1), substr("x", 5, 1)] }
output "quotes" { value = [formatdate("YYYY''MM'' ''", "2020-02-03T04:05:06Z"), formatdate("'it''s' D", "2020-02-03T04:05:06Z")] }
output "whole" { value = [format("%d", 3.0), try(format("%d", 2.5), "not whole"), format("%g", 1234567), format("%g", 100000), format("%g", 0.5)] }
output "columns" { value = csvdecode("a,b\n1,\n") }
output "yaml_keys" { value = yamldecode("y: 1\noff: 2\n1.50: 3\n'n': 4\nplain: yes\n") }
output "texts" { value = [jsonencode(1.10), jsonencode(0.000001), "${1e6}", "${12 / 5}", "${1000000 * 1000000}"] }
output "markers" {
  value = <<-EOT
    %{ for name, rules in var.rules ~}
    ${name}: %{ for r in rules }${r.port}/${r.proto} %{ endfor }
    %{ endfor ~}
    $${kept} %%{kept}
  EOT
}
output "grouped" { value = { for it in var.ports : it.name => it.port... } }
output "arms" { value = [var.on ? { a = [] } : { a = ["x"] }, var.on ? [{ a = 1 }] : [], var.off ? null : {}] }
output "tried" { value = [try(local.numbers[-1], "before"), try(local.numbers[3], "behind"), try(local.numbers["1"], "text"), can(local.numbers.x)] }
output "edges" { value = [element(local.numbers, 4), slice(local.numbers, 3, 3), chunklist(local.numbers, 0), range(3, 0), flatten([null, [[]]])] }
output "transposed" { value = transpose({ ann = ["a", "b"], bob = [], cy = ["b"] }) }
output "letters" { value = "e\u0301" == "\u00e9" }
