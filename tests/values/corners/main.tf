# One type for both arms, letters as people see them, classes of signs, digits.
variable "port" {
  type    = string
  default = "80"
}
variable "names" {
  type    = list(string)
  default = []
}
variable "flags" {
  type    = map(string)
  default = {}
}
variable "ids" {
  type    = set(string)
  default = []
}
variable "shape" {
  type = object({
    name = string
    size = optional(number, 3)
  })
  default = { name = "x" }
}
locals {
  yes  = length(var.names) == 0
  host = { name = "a", port = 1 }
  none = {}
  list = [1, 2]
}
output "number_text" { value = local.yes ? 1 : "a" }
output "number_variable" { value = local.yes ? 1 : var.port }
output "number_call" { value = local.yes ? 1 : format("%d", 2) }
output "number_number" { value = local.yes ? 1 : length("a") }
output "number_null" { value = local.yes ? 1 : null }
output "number_template" { value = local.yes ? 1 : "x${var.port}" }
output "bool_text" { value = local.yes ? true : var.port }
output "tuples_same" { value = local.yes ? [1, true] : ["a", false] }
output "tuples_differ" { value = local.yes ? [1, "a"] : [] }
output "tuples_numbers" { value = local.yes ? [1, 2] : [] }
output "tuple_list" { value = local.yes ? [1] : var.names }
output "tuple_for_list" { value = local.yes ? [for i in range(2) : i] : var.names }
output "tuple_local_list" { value = local.yes ? local.list : var.names }
output "tuple_set" { value = local.yes ? ["b", "a", "b"] : var.ids }
output "list_list" { value = local.yes ? tolist([1, 2]) : var.names }
output "split_tuple" { value = local.yes ? [1] : split(",", "a,b") }
output "objects_same" { value = local.yes ? { a = 1, b = true } : { a = "x", b = false } }
output "objects_differ" { value = local.yes ? { host = "a", port = 22 } : {} }
output "objects_numbers" { value = local.yes ? { a = 1, b = 2 } : {} }
output "object_map" { value = local.yes ? { a = 1 } : var.flags }
output "object_locals" { value = local.yes ? local.host : local.none }
output "object_variable" { value = local.yes ? { name = 1, size = "4" } : var.shape }
output "object_inner" { value = local.yes ? { a = [1] } : { a = var.names } }
output "object_json" { value = jsonencode(local.yes ? { p = 1, n = "x" } : {}) }
output "nested" { value = local.yes ? (local.yes ? 1 : 2) : (local.yes ? "a" : 3) }
output "compared" { value = (local.yes ? 22 : "22") == 22 }
output "letters" { value = [length("café"), length("日本"), length("a\r\nb"), length("😀"), length("한국어"), length("Ελλάδα")] }
output "reversed" { value = [strrev("a\r\nb"), strrev("día")] }
output "parts" { value = [substr("über", 1, 2), substr("日本語", -2, -1)] }
output "padded" { value = [format("%5s|", "é"), format("%-4s|", "日本"), format("%.2s", "über")] }
output "upper" { value = regexall("\\p{Lu}", "aBÉéǅ") }
output "lower" { value = regexall("\\p{Ll}+", "straße Xªĸ") }
output "letter" { value = regexall("\\p{L}+", "aªǅ1日本²ʰ") }
output "digits" { value = regexall("\\p{Nd}", "1²2") }
output "numbers" { value = regexall("\\pN", "1²½Ⅻ〇a") }
output "no_letter" { value = regexall("[^\\p{L}]", "a-b") }
output "greek" { value = regexall("\\p{Greek}+", "abαβ") }
output "han" { value = regexall("\\p{Han}", "a日") }
output "not_latin" { value = regexall("\\P{Latin}", "a1é") }
output "money" { value = regexall("\\p{Sc}", "5¥ $") }
output "signs" { value = regexall("\\p{P}", "a,b-c_«d»§") }
output "symbols" { value = regexall("\\p{S}", "a+b|c^d©°") }
output "spaces" { value = length(regexall("\\p{Zs}", "a b\u00a0c\td")) }
output "posix" { value = [regexall("[[:upper:]]+", "aBCd"), regexall("[[:^digit:]]+", "a1b"), regexall("[[:punct:]]", "a.b"), regexall("[[:word:]-]+", "a_b-c d")] }
output "thirds" { value = [1 / 3 * 3, floor(1 / 3 * 3), ceil(10 / 3), 1 / 8] }
output "thirds_equal" { value = 1 / 3 + 1 / 3 + 1 / 3 == 1 }
output "large" { value = "${9007199254740993 + 0}-${0.5000000000000000000000000000000000}-${1e21}-${123456789 * 987654321}" }
