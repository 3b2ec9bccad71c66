variable "subnets" {
  type = map(object({
    cidr  = string
    zones = optional(list(string), ["a", "b"])
    opts  = optional(object({ x = optional(number, 3), y = optional(bool) }), {})
    tags  = optional(map(string))
  }))
  default = {
    one = { cidr = "10.0.0.0/24" }
    two = { cidr = "10.0.1.0/24", zones = ["c"], opts = { y = "true" }, tags = { n = 1 } }
  }
}
locals {
  e      = ""
  nested = { a = [1, 2, { b = null }], "c d" = "x" }
  lst    = ["z", "a", "m"]
  heredoc = <<-EOT
    first ${1 + 1}
      second
    %{for i, v in ["p", "q"]~}
    ${i}=${v}
    %{endfor~}
    last
  EOT
  tup = [for k, v in var.subnets : "${k}-${v.cidr}"]
  grp = { for s in ["apple", "avocado", "bean"] : substr(s, 0, 1) => s... }
}
resource "terraform_data" "a" {
  count = 2
  input = "v${count.index}"
}
output "subnets" { value = var.subnets }
output "heredoc" { value = local.heredoc }
output "tup" { value = local.tup }
output "grp" { value = local.grp }
output "type1" { value = try(tonumber("abc"), "bad") }
output "eq" { value = [1 == "1", "a" == "a", [1] == [1], { a = 1 } == { a = 1 }, null == null, tolist(["a"]) == ["a"]] }
output "cond" { value = true ? "1" : 2 }
output "cond2" { value = false ? [1] : ["a", true] }
output "merge" { value = merge({ a = 1 }, null, { b = "x" }) }
output "lookup" { value = lookup({ a = 1 }, "b", "d") }
output "flat" { value = flatten([[1, [2]], [], [[[3]]]]) }
output "fmt" { value = [format("%05.2f|%-5s|%5d|%q|%v|%#v|%t|%x|%08b|%%", 3.14159, "ab", 42, "q\"", [1, "a"], { b = true }, true, 255, 5), formatlist("%s-%s", ["a", "b"], "x")] }
output "json" { value = jsonencode({ b = [1, 2.5, null], a = "<&>é\u0001", c = 1e30 }) }
output "yaml" { value = yamlencode({ b = [1, 2.5, null, true], a = "x: y", c = { d = "multi\nline" }, e = [], f = {}, g = "true", h = "1" }) }
output "ydec" { value = yamldecode("a: 1\nb: [x, ~, 0x1F, 1e3, .5, yes, 'no']\nc: |\n  l1\n  l2\nd: &x {k: v}\ne: *x\nf: 2020-01-01\n") }
output "rx" { value = [regex("(?P<a>[a-z]+)-(?P<b>\\d+)", "ab-12"), regexall("\\b\\w", "foo bar"), try(regex("x", "y"), "none"), regex("^\\p{Lu}\\p{Ll}+", "Ünder"), regexall("[[:alpha:]]+", "a1b2"), replace("a.b.c", "/\\./", "-"), replace("hello", "/(l)(l)/", "$2-$1")] }
output "splat" { value = [terraform_data.a[*].input, terraform_data.a.*.input, [for x in terraform_data.a : x.input]] }
output "split" { value = [split(",", ""), split(",", "a,,b"), join("-", ["a", "b"]), chunklist([1, 2, 3], 2), zipmap(["a", "b"], [1, 2])] }
output "set" { value = [toset(["b", "a", "b"]), setproduct(["a", "b"], [1, 2]), setunion(["a"], ["b", "a"]), setintersection(["a", "b"], ["b"]), setsubtract(["a", "b"], ["b"]), sort(["b", "a"]), distinct([1, 1, "1"]), reverse([1, 2]), compact(["a", "", null])] }
output "num" { value = [1 / 3, 10 % 3, -7 % 3, floor(-1.5), ceil(1.2), pow(2, 100), log(8, 2), signum(-3), parseint("ff", 16), max(1, 2), min(3, 2), abs(-1.5), 9007199254740993, 0.1 + 0.2, 1e-7, 123456789012345678901234567890] }
output "str" { value = [title("hello wOrld"), upper("straße"), lower("ÀB"), trimspace("  a\n"), trim("xxaxx", "x"), trimprefix("abc", "a"), substr("héllo", 1, 3), substr("hello", -3, -1), strrev("héy"), indent(2, "a\nb"), chomp("a\n\n"), startswith("ab", "a"), strcontains("abc", "bc"), length("é"), length("👨‍👩‍👧")] }
output "net" { value = [cidrsubnet("10.0.0.0/16", 8, 2), cidrhost("10.0.0.0/24", -2), cidrnetmask("10.0.0.0/12"), cidrsubnets("10.0.0.0/16", 4, 4, 8), cidrsubnet("fd00::/48", 16, 255)] }
output "enc" { value = [base64encode("héllo"), base64decode("aGk="), md5("a"), sha1("a"), sha256("a"), base64sha256("a"), urlencode("a b/é?"), uuidv5("dns", "x.y"), textencodebase64("hi", "UTF-16LE")] }
output "time" { value = [formatdate("DD MMM YYYY hh:mm:ss ZZZ", "2020-02-03T04:05:06Z"), timeadd("2020-02-03T04:05:06Z", "1h30m"), timecmp("2020-01-01T00:00:00Z", "2020-01-01T00:00:00+01:00"), formatdate("EEEE, hh 'o''clock' AA", "2020-02-03T14:05:06-05:00")] }
output "misc" { value = [can(local.nested.zzz), try(local.nested.a[5], "d"), coalesce("", "a"), coalescelist([], ["b"]), one([]), one([1]), element(["a", "b"], 3), index(["a", "b"], "b"), contains(["a"], "a"), matchkeys(["a", "b"], ["x", "y"], ["y"]), transpose({ a = ["x", "y"], b = ["y"] }), alltrue([]), anytrue([]), sum([1, 2.5]), keys({ b = 1, a = 2 }), values({ b = 1, a = 2 }), range(3), range(1, 4), range(0, 1, 0.25), slice(["a", "b", "c"], 1, 2), csvdecode("a,b\n1,\"x,y\"\n")] }
output "conv" { value = [tostring(1.0), tostring(true), tonumber("1e3"), tobool("false"), tolist(["a", 1]), tomap({ a = 1, b = "x" }), toset([1, "1"]), tostring(null)] }
output "tmpl" { value = "%{if true}a%{else}b%{endif} $${x} %%{y} ${"n${1}"} %{for x in [1, 2]}<${x}>%{endfor}" }
output "path" { value = [basename("a/b.c"), dirname("a/b.c"), pathexpand("x"), path.module, terraform.workspace] }
output "sens" { 
  value = sensitive("x") 
  sensitive = true 
}
output "issens" { value = [issensitive(sensitive(1)), nonsensitive(sensitive("a"))] }
