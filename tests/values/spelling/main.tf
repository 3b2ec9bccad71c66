# Odd but legal spellings: comments and line ends around dots, stars and brackets; steps behind numbers.
locals {
  list = [{ n = 1, été = "a" }, { n = 2, été = "b" }]
  deep = { a = { b = [[1, 2], [3]] } }
  words = { "for" = 1, if = 2, in : 3, (join("-", ["x", "y"])) = 4, 5 = 6, "${"k"}l" : 7, }
}
output "number_splat" { value = 1[*] }
output "number_older_splat" { value = 100 .* }
output "number_step" { value = try(100.n, "none") }
output "number_index" { value = try(1[0], -1.foo, 1.5["a"], "none") }
output "dots" { value = local./* c */deep./* d */a /* e */ . /* f */ b /**/ [ /* g */ 0 /* h */ ] }
output "lines" {
  value = (local. # c
    deep // d
    .a[
      "b" # e
  ][1]. /* f
  */ 0)
}
output "stars" { value = [local.list./**/*.n, local.list[/* c */ * # d
].n, local.list[*].été, local.list.* /* e */ . /* f */ été] }
output "older" { value = [local.list.0.n, local.deep.a.b.0[1], local.deep.a.b[0].1, local.deep.a.b.*.0] }
output "call" { value = max /* c */ (1, /* d */ 2, [3, # e
4]...) }
output "numbers" { value = [1e3, 1E+3, 25e-1, 007, 0.50, -1, - 1, --1, 1-1, 2-/**/1, 5%3] }
output "signs" { value = [!true&&!false, true||false, 1<2, 1<=2&&2>=1, 1==1, 1!=1?"a":"b", true?false?1:2:3] }
output "keys" { value = local.words }
output "texts" { value = ["$", "%", "$${a}", "%%{a}", "$$", "a${"b${"c"}"}", "${"x"}", "${{}}" == {}, "\u00e9\U0001F600"] }
output "loops" {
  value = <<E
%{ for k, v in { a = 1, b = 2 } ~}
  ${k}=${v};%{ endfor ~}
%{ if true }y%{ else }n%{ endif }%{~ for x in [1, 2] }<${~ x ~}>%{ endfor }
E
}
output "strips" { value = "a %{~ for k, v in { a = 1 } ~} ${k}=${~ v ~} ; %{~ endfor ~} b%{if true} y %{~else~} n %{endif}" }
output "heredocs" {
  value = [<<A
one
A
    , upper(<<-B
      two
        three
    B
    ), { k = <<C
${[for x in [<<D
inner
D
] : trimspace(x)][0]}
C
    l = 1 }]
}
output "objects" {
  value = { # c
    a : 1 /* d */, b = 2 // e
    c = /* f */ 3


    /* g */ d /* h */ = 4, }
}
output "for" { value = [{for k,v in{a=1}:k=>v...if v>0},[for/**/x/**/in/**/[1,2]:x if x>1]] }
