# YAML: keys of several lines, points in time, tags, and what is no value.


output "group_1" {
  value = [
    try([yamldecode("!!bool yes")], "refused"),
    try([yamldecode("!!null x")], "refused"),
    try([yamldecode("!!timestamp 2020-01-02")], "refused"),
    try([yamldecode("---\n")], "refused"),
    try([yamldecode(".nan")], "refused"),
    try([yamldecode("2020-01-02 03:04:05")], "refused"),
    try([yamldecode("2020-01-02T03:04:05.123Z")], "refused"),
    try([yamldecode("2020-01-02t03:04:05+01:00")], "refused"),
    try([yamldecode("[1,]")], "refused"),
    try([yamldecode("a: !!bool x")], "refused"),
    try([yamldecode("a: !!float x")], "refused"),
    try([yamldecode("a: !!int x")], "refused"),
    try([yamlencode("\ufeffa\nb")], "refused"),
    try([yamlencode(["\ufeffa\nb"])], "refused"),
    try([yamlencode([[["\ufeffa\nb"]]])], "refused"),
    try([yamlencode({(" a\nb")=1})], "refused"),
    try([yamlencode({("%x\ny")=1})], "refused"),
    try([yamlencode({("---\na")=1})], "refused"),
    try([yamlencode({("...\nb")=1})], "refused"),
    try([yamlencode({("\n")=1})], "refused"),
    try([yamlencode({("\na")=1})], "refused"),
    try([yamlencode({("\ttab\nb")=1})], "refused"),
    try([yamlencode({("\u0001\nb")=1})], "refused"),
    try([yamlencode({("\u2028")=1})], "refused"),
    try([yamlencode({("\ufeffa\nb")=1})], "refused"),
  ]
}

output "group_2" {
  value = [
    try([yamlencode({("a \nb")=1})], "refused"),
    try([yamlencode({("a\n  b\n c")=1})], "refused"),
    try([yamlencode({("a\n\n")=1})], "refused"),
    try([yamlencode({("a\n\tb")=1})], "refused"),
    try([yamlencode({("a\nb")=1})], "refused"),
    try([yamlencode({("a\nb\n")=1})], "refused"),
    try([yamlencode({("a\nb\n\n")=1})], "refused"),
    try([yamlencode({("a\r\nb")=1})], "refused"),
    try([yamlencode({("a\tb\nc")=1})], "refused"),
    try([yamlencode({("a\u0085b")=1})], "refused"),
    try([yamlencode({("trailing space \n")=1})], "refused"),
    try([yamlencode({("x${"\n"}y")=1})], "refused"),
    try([yamlencode({("é\nb")=1})], "refused"),
    try([yamlencode({a="\ufeffa\nb"})], "refused"),
    try([yamlencode({a=["\ufeffa\nb",{b="\ufeffa\nb"}]})], "refused"),
    try([yamlencode({a={(" a\nb")=[1]}})], "refused"),
    try([yamlencode({a={("%x\ny")=[1]}})], "refused"),
    try([yamlencode({a={("---\na")=[1]}})], "refused"),
    try([yamlencode({a={("...\nb")=[1]}})], "refused"),
    try([yamlencode({a={("\n")=[1]}})], "refused"),
    try([yamlencode({a={("\na")=[1]}})], "refused"),
    try([yamlencode({a={("\ttab\nb")=[1]}})], "refused"),
    try([yamlencode({a={("\u0001\nb")=[1]}})], "refused"),
    try([yamlencode({a={("\u2028")=[1]}})], "refused"),
    try([yamlencode({a={("\ufeffa\nb")=[1]}})], "refused"),
  ]
}

output "group_3" {
  value = [
    try([yamlencode({a={("a \nb")=[1]}})], "refused"),
    try([yamlencode({a={("a\n  b\n c")=[1]}})], "refused"),
    try([yamlencode({a={("a\n\n")=[1]}})], "refused"),
    try([yamlencode({a={("a\n\tb")=[1]}})], "refused"),
    try([yamlencode({a={("a\nb")=[1]}})], "refused"),
    try([yamlencode({a={("a\nb\n")=[1]}})], "refused"),
    try([yamlencode({a={("a\nb\n\n")=[1]}})], "refused"),
    try([yamlencode({a={("a\r\nb")=[1]}})], "refused"),
    try([yamlencode({a={("a\tb\nc")=[1]}})], "refused"),
    try([yamlencode({a={("a\u0085b")=[1]}})], "refused"),
    try([yamlencode({a={("trailing space \n")=[1]}})], "refused"),
    try([yamlencode({a={("x${"\n"}y")=[1]}})], "refused"),
    try([yamlencode({a={("é\nb")=[1]}})], "refused"),
    try([yamlencode({a={b={c="\ufeffa\nb"}}})], "refused"),
  ]
}
