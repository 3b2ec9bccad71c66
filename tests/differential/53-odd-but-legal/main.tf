# odd but legal spellings
resource aws_sqs_queue plain {
  name = "a" # comment
}
resource "aws_sqs_queue" "one_line" { name = "b" }
locals { a = 1 }
locals {
  b = ( local . a
    + 1 )
  c = [ for x in [1,2] :
    x
    if x > 1 ]
  d = { for k , v in { a = 1 } : k => v ... }
  e = local.a > 0 ? "y" : "n"
  f = "${ local.a }${ "nested ${ local.a }" }"
  g = <<EOT
  ${ local.a }
EOT
  h = { "a b" = 1, (local.e) = 2, c : 3
    d = 4 }
  i = max ( 1, 2 )
  j = [1, 2,]
  k = { a = { b = [ { c = 1 } ] } }.a.b[0].c
  l = -local.a
  m = !true
  n = 1.5e3
  o = "tab\t\u00e9 \U0001F600"
  p = local.k == null ? null : local . k
  q = merge({}, {}...)
  r = jsonencode({"a": [1]})
  s = (
    1 +
    2
  )
  t = [
    1 # one
    , 2
  ]
  u = provider::terraform::encode_expr({ a = 1 })
  v = {
    a = 1, b = 2
  }
  w = <<-EOT
  x
  EOT
  café = 1
}
/* block
comment */ variable "x" { /* in */ default = 1 }
output "y" { value = local.h["a b"] }
// end
