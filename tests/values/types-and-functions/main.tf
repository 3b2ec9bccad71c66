variable "l" {
  type = list(string)
  default = ["a", "b"]
}
variable "opt" {
  type = object({
    a = optional(string, "x")
    b = optional(list(object({ c = optional(number, 1), d = string })), [])
    e = optional(map(object({ f = optional(bool) })), {})
    any = optional(any)
  })
  default  = {}
  nullable = false
}
variable "tup" {
  type    = tuple([string, number, bool])
  default = ["a", "1", "true"]
}
variable "setv" {
  type    = set(number)
  default = [3, 1, 2, 1]
}
variable "deepmap" {
  type = map(map(list(string)))
  default = { a = { b = ["x"] }, c = {} }
}
variable "mixed" {
  type = map(any)
  default = { a = 1, b = "two", c = true }
}
variable "anyl" {
  type = list(any)
  default = [1, "a", true]
}
output "opt" { value = var.opt }
output "tup" { value = var.tup }
output "setv" { value = var.setv }
output "deep" { value = var.deepmap }
output "mixed" { value = var.mixed }
output "anyl" { value = var.anyl }
output "cond_obj" { value = var.l[0] == "a" ? { x = 1 } : { x = "2" } }
output "cond_list" { value = length(var.l) > 5 ? var.l : tolist([1, 2]) }
output "cond_null" { value = length(var.l) > 5 ? null : "x" }
output "merge_deep" { value = merge({ a = { x = 1 } }, { a = { y = 2 } }, { b = [1] }) }
output "concat" { value = concat(var.l, ["c", 1], [[true]]) }
output "for_cond" { value = { for i, v in var.l : v => i if i != 0 } }
output "for_grp" { value = { for s in ["aa", "b", "ab"] : substr(s, 0, 1) => upper(s)... } }
output "nested_for" { value = [for a in ["x", "y"] : [for b in range(2) : "${a}${b}" if b > 0]] }
output "neg_idx" { value = [element(var.l, -1), var.l[length(var.l) - 1]] }
output "lookup" { value = [lookup(var.mixed, "a", "z"), lookup({ a = null }, "a", "d"), try(var.mixed.zz, "none"), try(var.mixed["a"].b, "nb")] }
output "can" { value = [can(var.l[5]), can(tonumber("x")), can(regex("a", "b")), can(var.opt.any.x)] }
output "coal" { value = [coalesce(null, "", "z"), try(coalesce(null, ""), "fail"), coalescelist([], ["q"])] }
output "jsonenc" { value = jsonencode({ a = var.opt, n = null, s = var.setv, f = 1.50, u = "é <" }) }
output "yamlenc" { value = yamlencode({ "a b" = ["x", { y = 1 }], n = null, s = "multi\nline\n", "1" = "0123", t = "true", z = "" }) }
output "tostr" { value = ["${1.0}", "${true}", "${0.1}", "${1e3}", "${12345678901234567890}", format("%s", 1.5), format("%v", [1, "a"]), format("%d", 3.0)] }
output "formats" { value = [format("%-10s|", "ab"), format("%010d", 42), format("%+d", 5), format("%.3f", 2.0 / 3), format("%e", 12345.678), format("%g", 0.00001), format("%q", "a\"b"), format("%[2]s %[1]s", "a", "b"), format("%5.1f|%-8v|", 3.14159, true), format("%t", false), format("%o", 8), format("%b", 5), format("%X", 255), format("%%")] }
output "substr" { value = [substr("hello", 1, -1), substr("hello", -4, 2), substr("", 0, 5), substr("abc", 0, 100)] }
output "regexr" { value = [replace("foo.bar", ".", "-"), replace("a1b22", "/[0-9]+/", "<$0>"), replace("ab", "/(a)(b)/", "$${2}$1"), regex("(\\w+)@(\\w+)", "me@you"), regexall("(\\d)(\\d)?", "12 3"), regex("(?i)ABC", "xabc"), regex("(?:a|b)+", "aab"), regexall("(?m)^x", "x\nx"), replace("x\ny", "\n", "\\n")] }
output "times" { value = [timeadd("2024-02-28T23:00:00Z", "48h"), formatdate("YYYY-MM-DD'T'hh:mm:ssZ", "2024-03-01T12:30:45+02:00"), formatdate("HH:mm aa", "2024-03-01T15:05:00Z"), timeadd("2024-01-01T00:00:00Z", "-1.5h")] }
output "cidr" { value = [cidrsubnet("10.0.0.0/8", 8, 255), cidrsubnets("10.1.0.0/16", 8, 8, 4), cidrhost("10.0.0.0/8", 256), cidrhost("fd00::/64", 5), cidrnetmask("172.16.0.0/12"), try(cidrsubnet("10.0.0.0/30", 4, 0), "bad"), cidrsubnet("10.0.0.0/16", 0, 0)] }
output "sets" { value = [setproduct(["a"], [1, 2], [true]), setunion([1], ["1"]), toset(["b", "a"]), setsubtract(toset(["a", "b"]), ["a"]), sort(["B", "a", "C"]), tolist(toset([3, 1, 2]))] }
output "lists" { value = [chunklist(["a", "b", "c"], 2), distinct(["a", "a"]), flatten([["a", []], "b"]), slice(["a", "b", "c"], 1, 3), compact(["", "x"]), index(["a", "b"], "b"), range(5, 0, -2), reverse(["a", "b"]), zipmap(["a"], [1]), transpose({ a = ["x"], b = ["x"] }), matchkeys(["i1", "i2"], ["a", "b"], ["b"]), sum([1, 2.5]), max(1, 5), min([3, 2]...), one(toset(["only"])), alltrue(["true", true]), anytrue([false]), contains(["1"], 1)] }
output "heredocs" { value = [<<-A
    x
      y

    z
  A
  , <<B
  keep
B
  ] }
output "strip" { value = "a ${~ "b" ~} c%{ if true ~}  d  %{~ endif }e" }
output "unic" { value = ["\u00e9\U0001F600", upper("é"), length("日本"), substr("日本語", 1, 1), reverse(split("", "añb")), title("ñandú élan"), strrev("añb")] }
output "ops" { value = [7 % 3, -7 % 3, 7 / 2, 2 * 3 + 1, !true || false, 1 < 2 && 2 <= 2, "a" != "b", [1] != [2], -(3), 5 - -2] }
output "idx" { value = [{ "a.b" = 1 }["a.b"], { a = [10, 20] }.a[1], [[1, 2], [3]][1][0], { a = { b = 2 } }["a"].b] }
output "numstr" { value = ["1" + 1, "3" > "10" ? 1 : 2, tonumber("0x1F" == "" ? "1" : "2"), parseint("z", 36), tonumber("1.50"), 1.50] }
output "base" { value = [base64encode("a+b/c?"), base64decode("YStiL2M/"), urlencode("ü &=+"), sha512("") == "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e", base64sha512("x") != "", bcrypt("x") != "", uuidv5("oid", "1.2.3"), uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "x")] }
output "csv" { value = csvdecode("a,b\n1,2\n\"x\"\"y\",\n") }
output "tmplstr" { value = [templatestring(local.t, { n = "w" }), replace("$${a}", "a", "b")] }
locals { t = "hi $${n}" }
output "paths" { value = [basename("/a/b/"), dirname("/a/b/c"), abspath("x") != "", pathexpand("~") != "~", trimsuffix("a.tf", ".tf"), trim("  x ", " "), trimspace("\t x\n"), startswith("abc", "ab"), endswith("abc", "bc"), join(",", toset(["b", "a"]))] }
