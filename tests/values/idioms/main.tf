# What modules do with their variables.
variable "name" {
  type    = string
  default = "app"
}
variable "l" {
  type    = list(string)
  default = ["b", "a", "c"]
}
variable "s" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "m" {
  type    = map(string)
  default = { x = "1", y = "2" }
}
variable "mn" {
  type    = map(number)
  default = { x = 1, y = 2 }
}
variable "any" {
  type    = any
  default = { a = [1, "x"], b = null }
}
variable "untyped" {
  default = ["u", 1]
}
variable "la" {
  type    = list(any)
  default = [1, "2", true]
}
variable "ma" {
  type    = map(any)
  default = { a = 1, b = "x" }
}
variable "empty_l" {
  type    = list(string)
  default = []
}
variable "empty_m" {
  type    = map(string)
  default = {}
}
variable "nul" {
  type    = string
  default = null
}
variable "nul_l" {
  type    = list(string)
  default = null
}
variable "nul_o" {
  type    = object({ a = string })
  default = null
}
variable "tup" {
  type    = tuple([string, number])
  default = ["1", "2"]
}
variable "rules" {
  type = list(object({
    port  = number
    proto = optional(string, "tcp")
    cidrs = optional(list(string), ["0.0.0.0/0"])
    desc  = optional(string)
  }))
  default = [{ port = 80 }, { port = "443", proto = "udp", cidrs = [] }, { port = 22, desc = "ssh", cidrs = null, proto = null }]
}
variable "svc" {
  type = map(object({
    image = string
    env   = optional(map(string), {})
    scale = optional(object({ min = optional(number, 1), max = optional(number, 3), on = optional(bool, true) }), {})
    ports = optional(set(number), [80])
    extra = optional(any)
  }))
  default = {
    web = { image = "nginx", env = { A = 1, B = true }, scale = { min = 2 } }
    job = { image = "job", scale = null, ports = [9, 8, 9] }
  }
}
variable "nested" {
  type = object({
    a = optional(object({ b = optional(object({ c = optional(list(string), ["d"]) }), { c = ["e"] }) }), { b = null })
    t = optional(tuple([string, bool]), ["x", "true"])
    z = optional(map(map(number)), { q = { r = "5" } })
  })
  default = {}
}
variable "from_tfvars_o" {
  type = object({ n = number, s = set(string), l = list(number), o = optional(object({ k = optional(string, "dk") })) })
}
variable "from_tfvars_lm" { type = list(map(string)) }
variable "from_tfvars_any" { type = any }
variable "from_tfvars_n" { type = number }
variable "from_tfvars_b" { type = bool }
variable "from_tfvars_s" { type = string }
variable "from_tfvars_t" { type = tuple([number, list(string), object({ a = string })]) }
locals {
  envs = { dev = { size = "s", n = 1 }, prod = { size = "l", n = 3, ha = true } }
  subnets = [
    { name = "a", az = "1", public = true },
    { name = "b", az = "2", public = false },
    { name = "c", az = "1", public = false },
  ]
  users = { ann = ["admin", "dev"], bob = ["dev"], cy = [] }
  tpl   = "Hi $${name}%%{ if x } yes%%{ else } no%%{ endif }!"
  multi = "line1\nline2\n"
  one   = [{ id = "only" }]
  none  = []
}

output "idioms_1" {
  value = [
    try([var.s], "refused"),
    try([{ for v in var.s : v => length(v) }], "refused"),
    try([var.from_tfvars_any], "refused"),
    try([var.from_tfvars_t], "refused"),
    try([var.l == ["b", "a", "c"]], "refused"),
    try([var.l == tolist(["b", "a", "c"])], "refused"),
    try([var.empty_l == []], "refused"),
    try([var.empty_m == {}], "refused"),
    try([var.nul == null], "refused"),
    try([var.nul_l == null], "refused"),
    try([var.nul == "" ? "empty" : "other"], "refused"),
    try([try(coalesce(var.nul, null), "all null")], "refused"),
    try([merge(var.empty_m, { a = 1 })], "refused"),
    try([merge({ for k, v in var.svc : k => v.image }, { x = "y" })], "refused"),
    try([lookup(var.mn, "q", "7")], "refused"),
    try([lookup(var.mn, "q", "seven")], "refused"),
    try([lookup(var.mn, "q", null)], "refused"),
    try([lookup(local.envs, "stage", { size = "m" })], "refused"),
    try([lookup(local.envs, "dev", null)], "refused"),
    try([{ for k, e in local.envs : upper(k) => { n = e.n * 2, s = "${e.size}${k}" } }], "refused"),
    try([{ for s in local.subnets : s.az => s if s.public }], "refused"),
    try([flatten([for k, v in local.users : [for r in v : { user = k, role = r }]])], "refused"),
    try([try({ for s in local.subnets : s.az => s.name }, "dup")], "refused"),
    try([{ for s in distinct([for x in local.subnets : x.az]) : s => [for x in local.subnets : x.name if x.az == s] }], "refused"),
    try([local.subnets[*].name], "refused"),
  ]
}

output "idioms_2" {
  value = [
    try([local.subnets.*.name[0]], "refused"),
    try([local.one[*].id], "refused"),
    try([one(local.one[*].id)], "refused"),
    try([local.none[*].id], "refused"),
    try([[for s in local.subnets : s.name][1]], "refused"),
    try([try(index(var.l, "zz"), -1)], "refused"),
    try([slice(var.l, 1, length(var.l))], "refused"),
    try([try(slice(var.l, 0, 9), "bad")], "refused"),
    try([setproduct(var.s, ["x"])], "refused"),
    try([[for p in setproduct(keys(local.envs), var.s) : join("-", p)]], "refused"),
    try([sort(["b", "B", "a", "A", "é", "z", "10", "9", "_", "-"])], "refused"),
    try([sort([])], "refused"),
    try([reverse(sort(var.l))], "refused"),
    try([distinct(concat(var.l, ["a"]))], "refused"),
    try([contains(var.s, "a")], "refused"),
    try([contains(keys(var.m), "x")], "refused"),
    try([contains([for r in var.rules : r.port], 80)], "refused"),
    try([contains(var.rules[*].proto, "udp")], "refused"),
    try([alltrue([for r in var.rules : r.port > 0])], "refused"),
    try([max(var.rules[*].port...)], "refused"),
    try([min([for r in var.rules : r.port]...)], "refused"),
    try([max(concat([0], [for r in var.rules : r.port])...)], "refused"),
    try([keys(local.envs)], "refused"),
    try([values(var.mn)], "refused"),
    try([[for k, v in var.svc : "${k}:${v.scale.min}-${v.scale.max}"]], "refused"),
  ]
}

output "idioms_3" {
  value = [
    try([{ for k, v in var.svc : k => [for p in v.ports : p * 2] }], "refused"),
    try([var.svc.web.env["A"]], "refused"),
    try([try(var.svc.job.extra.k[0], 0)], "refused"),
    try([var.nested.a.b.c], "refused"),
    try([var.nested.t[1] ? "y" : "n"], "refused"),
    try([{ for r in var.rules : tostring(r.port) => r.cidrs }], "refused"),
    try([[for r in var.rules : r.desc == null]], "refused"),
    try(["${var.name}-${local.envs.dev.n}"], "refused"),
    try(["%{for k, v in var.m~} ${k} = ${v} %{endfor~}"], "refused"),
    try(["%{if var.nul != null}${var.nul}%{endif}end"], "refused"),
    try(["a %{~if true~} b %{~endif~} c"], "refused"),
    try(["${true} ${1.50} ${1e3} ${- 0.5}"], "refused"),
    try(["${1}"], "refused"),
    try(["${var.l}"], "refused"),
    try([basename("a/b/c.txt")], "refused"),
    try([dirname("/a")], "refused"),
    try([replace("a-b_c", "-", "_")], "refused"),
    try([replace("aXbX", "/X$/", "")], "refused"),
    try([replace("2024-01-02", "/(\\d+)-(\\d+)-(\\d+)/", "$3/$2/$1")], "refused"),
    try([replace("abc", "/(?P<x>b)/", "[$${x}]")], "refused"),
    try([replace("abc", "/b/", "$$")], "refused"),
    try([replace("abc", "/(b)/", "$${1}x")], "refused"),
    try([replace("tEsT", "/[A-Z]/", "")], "refused"),
    try([regex("[a-z]+", "123abc456")], "refused"),
    try([regex("(?P<host>[^:]+):(?P<port>\\d+)", "h:80")], "refused"),
  ]
}

output "idioms_4" {
  value = [
    try([regexall("(?P<k>\\w)=(?P<v>\\d)", "a=1 b=2")], "refused"),
    try([regexall("z", "abc")], "refused"),
    try([regex("\\bfoo\\b", "a foo b")], "refused"),
    try([can(regex("^[a-z][a-z0-9-]{2,20}$", "my-name"))], "refused"),
    try([regex("\\p{L}+", "1é2")], "refused"),
    try([regex("x*", "aaa")], "refused"),
    try([try(regex("a(?=b)", "ab"), "bad")], "refused"),
    try([trim("  a ", " ")], "refused"),
    try([substr("hello", 0, 0)], "refused"),
    try([strrev("abc")], "refused"),
    try([format("%-10s|%5.1f|%t", "a", 1.25, true)], "refused"),
    try([format("%v", var.l)], "refused"),
    try([format("%d", "5")], "refused"),
    try([format("%#v", var.svc.web.scale)], "refused"),
    try([formatlist("%s:%s", keys(var.m), values(var.m))], "refused"),
    try([jsonencode("a/b\\c\u2028\u007f")], "refused"),
    try([jsonencode(1.0)], "refused"),
    try([jsonencode(123456789.123)], "refused"),
    try([jsonencode({ "b" = 1, "a" = 2, "A" = 3, "10" = 4, "9" = 5 })], "refused"),
    try([try(jsondecode("[1,]"), "bad")], "refused"),
    try([jsondecode("\"x\"")], "refused"),
    try([formatdate("YYYY-MM-DD", "2024-02-29T12:00:00Z")], "refused"),
    try([formatdate("EEEE MMMM HH aa", "2024-12-25T00:04:05Z")], "refused"),
    try([formatdate("Z ZZZ ZZZZ ZZZZZ", "2024-12-25T00:04:05+05:30")], "refused"),
    try([range(5)], "refused"),
  ]
}

output "idioms_5" {
  value = [
    try([cidrhost(cidrsubnet("10.0.0.0/8", 8, 5), 5)], "refused"),
    try([base64encode(jsonencode({ a = 1 }))], "refused"),
    try([md5("x")], "refused"),
    try([uuidv5("url", "https://example.com")], "refused"),
    try([ceil(7 / 2)], "refused"),
    try([7 % 2], "refused"),
    try([-7 / 2], "refused"),
    try([1 == 1.0], "refused"),
    try(["1" == 1], "refused"),
    try([[1, 2] == [1, 2]], "refused"),
    try([1 + 2 * 3 - 4 / 2], "refused"),
    try([-(1 + 2)], "refused"),
    try([false ? null : { a = 1 }], "refused"),
    try([var.name == "x" ? { a = 1 } : {}], "refused"),
    try([var.name == "x" ? {} : { a = "x", b = 1 }], "refused"),
    try([var.name == "app" ? [] : var.l], "refused"),
    try([var.name == "app" ? { z = 1 } : var.m], "refused"),
    try([var.name == "app" ? toset(["q"]) : []], "refused"),
    try([var.name == "app" ? { a = [1] } : { a = ["x"] }], "refused"),
    try([var.name == "app" ? { a = { x = 1 } } : { a = { y = 1 } }], "refused"),
    try([var.name == "app" ? 5 : var.name], "refused"),
    try([var.name == "app" ? true : "no"], "refused"),
    try([var.name == "app" ? var.nul_l : ["x"]], "refused"),
    try([toset(var.rules[*].port)], "refused"),
    try([try(tonumber("x"), 5)], "refused"),
  ]
}

output "idioms_6" {
  value = [
    try([can(local.envs.stage)], "refused"),
    try([can(var.any.a)], "refused"),
    try([try({ a = local.envs.zz }, {})], "refused"),
    try([issensitive("x")], "refused"),
    try([issensitive([sensitive("a")][0])], "refused"),
    try([issensitive(length(sensitive([1])))], "refused"),
    try([issensitive(sensitive("a") == "a")], "refused"),
    try([issensitive(tolist([sensitive("a"), "b"]))], "refused"),
    try([true ? var.m : var.mn], "refused"),
    try([true ? var.rules : []], "refused"),
    try([true ? var.rules[0] : null], "refused"),
    try([true ? { a = 1 } : var.nul_o], "refused"),
    try([true ? var.tup : []], "refused"),
    try([true ? [1, 2] : var.tup], "refused"),
    try([true ? local.subnets[0] : { name = 1, az = 2, public = false }], "refused"),
    try([false ? local.envs.dev : local.envs.prod], "refused"),
    try([true ? [for x in var.l : x] : []], "refused"),
    try([false ? { for x in var.l : x => 1 } : { q = "s" }], "refused"),
    try([try(true ? 1 : [1], "bad")], "refused"),
    try([try(true ? "a" : ["b"], "bad")], "refused"),
    try([try(true ? var.name : var.l, "bad")], "refused"),
    try([try(true ? var.l : var.m, "bad")], "refused"),
    try([[(true ? 1 : "x"), 2]], "refused"),
    try([true ? (true ? [1] : []) : []], "refused"),
    try([true ? keys(var.m) : []], "refused"),
  ]
}

output "idioms_7" {
  value = [
    try([true ? toset([1, 2]) : toset([])], "refused"),
    try([true ? flatten([[1], ["a"]]) : []], "refused"),
    try([true ? flatten([[1], [2]]) : ["a"]], "refused"),
    try([true ? try(var.mn.x, 1) : "s"], "refused"),
    try([true ? element([1, 2], 0) : "s"], "refused"),
    try([true ? [1, 2][0] : "s"], "refused"),
    try([true ? var.tup[1] : "s"], "refused"),
    try([true ? local.envs.dev.n : "s"], "refused"),
    try([true ? max(1, 2) : "s"], "refused"),
    try([true ? -5 : "s"], "refused"),
    try([true ? !true : "s"], "refused"),
    try([true ? yamldecode("a: 1") : { a = "x" }], "refused"),
    try([tolist([for x in [1, "a"] : x])], "refused"),
    try([tolist([for k, v in local.envs : v.n])], "refused"),
    try([try(tomap(local.envs.prod), "bad")], "refused"),
    try([tomap(local.envs.dev)], "refused"),
    try([toset([{ a = 1 }, { a = 1 }])], "refused"),
    try([toset([["b"], ["a"], ["b"]])], "refused"),
    try([toset([["b", 1], ["a", 2]])], "refused"),
    try([tomap({ a = {}, b = { x = 1 } })], "refused"),
    try([tolist([var.m, var.mn])], "refused"),
    try([tolist([var.rules[0], { port = 1, proto = "x", cidrs = [], desc = null }])], "refused"),
    try([[var.m, var.mn]], "refused"),
    try([distinct([var.l, var.l])], "refused"),
    try([distinct(local.subnets[*].az)], "refused"),
  ]
}

output "idioms_8" {
  value = [
    try([setunion(var.s, ["z"])], "refused"),
    try([setintersection(var.s, var.l)], "refused"),
    try([setsubtract(toset(["a", "b"]), toset(["b"]))], "refused"),
    try([setunion([2, 10], [1])], "refused"),
    try([sort(setunion(var.s, var.l))], "refused"),
    try([length(setunion(var.s, var.l))], "refused"),
    try([coalescelist(var.empty_l, var.l)], "refused"),
    try([coalesce("a", "b")], "refused"),
    try([coalesce(null, 0)], "refused"),
    try([coalesce(var.nul_l, ["q"])], "refused"),
    try([coalesce({}, { a = 1 })], "refused"),
    try([element(["a", "b", "c"], 3)], "refused"),
    try([element(var.l, 1)], "refused"),
    try([flatten([var.s, var.l])], "refused"),
    try([flatten([[["a"]], "b", [1, [2, [3]]]])], "refused"),
    try([length({ a = 1 })], "refused"),
    try([try(length(5), "bad")], "refused"),
    try([keys({ b = 1, a = 2, B = 3 })], "refused"),
    try([values({ b = 1, a = "x" })], "refused"),
    try([zipmap(["a", "b"], ["x", 1])], "refused"),
    try([zipmap(keys(var.m), values(var.m))], "refused"),
    try([matchkeys(["i1", "i2", "i3"], ["z1", "z2", "z1"], ["z1"])], "refused"),
    try([matchkeys([], [], [])], "refused"),
    try([one(var.empty_l)], "refused"),
    try([one(toset([{ a = 1 }])).a], "refused"),
  ]
}

output "idioms_9" {
  value = [
    try([anytrue(["true"])], "refused"),
    try([anytrue([for s in local.subnets : s.public])], "refused"),
    try([sum([1, "2", 3.5])], "refused"),
    try([sum(values(var.mn))], "refused"),
    try([min("5", 10)], "refused"),
    try([max("5", "10")], "refused"),
    try([contains(["a", null], "a")], "refused"),
    try([contains([["a"]], ["a"])], "refused"),
    try([replace("x", "x", "")], "refused"),
    try([split(",", "a, b ,c")], "refused"),
    try([join("", ["a", 1, true])], "refused"),
    try([join(",", var.empty_l)], "refused"),
    try([substr("日本語", 1, 1)], "refused"),
    try([trim("", "a")], "refused"),
    try([trimprefix("abc", "x")], "refused"),
    try([startswith("abc", "ab")], "refused"),
    try([endswith("abc", "abcd")], "refused"),
    try([chomp("a\n b\n")], "refused"),
    try([regex("^(?:(\\w+):)?(.*)$", "x")], "refused"),
    try([regexall("(a)(b)?", "aab")], "refused"),
    try([regexall("", "ab")], "refused"),
    try([regex("^(\\d+)\\.(\\d+)\\.(\\d+)$", "1.20.3")[1]], "refused"),
    try([replace("a1b2", "/([a-z])([0-9])/", "$2$1")], "refused"),
    try([replace("a1b2", "/([a-z])([0-9])/", "$${2}_$${1}")], "refused"),
    try([cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)], "refused"),
  ]
}

output "idioms_10" {
  value = [
    try([cidrhost("10.12.112.0/20", 16)], "refused"),
    try([cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)], "refused"),
    try([[for b in cidrsubnets("10.1.0.0/16", 4, 4) : cidrsubnets(b, 4, 4)]], "refused"),
    try([timeadd("2024-01-01T00:00:00Z", "1.5h30m")], "refused"),
    try([timeadd("2024-01-01T00:00:00Z", "1us")], "refused"),
    try([formatdate("hh:mm:ss", "2024-01-01T23:59:59.999Z")], "refused"),
    try([jsonencode({ x = 1 / 4, y = 10 / 5 })], "refused"),
    try([jsonencode("</script>")], "refused"),
    try([jsonencode(["\\", "/", "\u0008\u000c"])], "refused"),
    try([var.rules[*]["port"]], "refused"),
    try([[for r in var.rules : merge(r, { port = tostring(r.port) })]], "refused"),
    try([{ for k, v in var.svc : v.image => k... }], "refused"),
    try([{ for x in flatten([for k, v in var.svc : [for p in v.ports : { k = k, p = p }]]) : "${x.k}/${x.p}" => x.p }], "refused"),
    try([contains(var.svc.job.ports, "9")], "refused"),
    try([var.svc.job.ports == toset([8, 9])], "refused"),
    try([var.rules[0].cidrs == tolist(["0.0.0.0/0"])], "refused"),
    try([var.tup == ["1", 2]], "refused"),
    try([var.untyped[1] == 1], "refused"),
    try([var.any.a == [1, "x"]], "refused"),
    try([var.any == { a = [1, "x"], b = null }], "refused"),
    try([local.none == []], "refused"),
    try([length(local.none) == 0 && local.none == []], "refused"),
    try([var.from_tfvars_o.s == toset(["1", "a", "b"])], "refused"),
    try([{ (var.name) = 1, "b" = 2 }], "refused"),
    try([{ (1) = "a", (true) = "b" }], "refused"),
  ]
}

output "idioms_11" {
  value = [
    try([[1, 2, ][1]], "refused"),
    try([[for k, v in { for i, x in var.l : x => i } : "${k}${v}" if v > 0]], "refused"),
    try([try([for x in 5 : x], "bad")], "refused"),
    try([try(var.m[0], "bad")], "refused"),
    try([var.l[1.0]], "refused"),
    try([{ true = "t" }["true"]], "refused"),
    try([var.tup.1], "refused"),
    try(["a${"b${"c"}"}"], "refused"),
    try([try("%{if "x"}t%{endif}", "bad")], "refused"),
    try([try("%{for x in 5}t%{endfor}", "bad")], "refused"),
  ]
}
