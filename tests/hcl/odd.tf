# Allowed, if unusual.
resource aws_vpc unquoted {
  cidr_block = "10.0.0.0/16" # trailing
  enabled /* before the sign */ = true
  tags = {
    "a" : 1, b : 2,
    c = 3
    (var.key) = 4
    "${var.prefix}-d" = 5
    6 = 7
  }
}
resource "aws_vpc" /* between labels */ "commented" {
}
resource   "aws_vpc"   "spaced"   {   cidr_block   =   "10.1.0.0/16"   }
locals { one = 1 }
locals {
  spaced_call  = merge ({}, {})
  spaced_steps = var . region
  index        = var.list [0]
  nothing      = null
  no           = !true
  minus        = -var.x
  parens       = ((((1))))
  für          = "ünïcödé ${var.größe} 日本語"
  empty        = ""
  dollar       = "$ % $$ %% $${a} %%{b} costs $5 100%"
  exponent     = 1.5e-3
  deep         = var.a.b.c.d[0][1]["x"].e
  splat        = var.a[*].b[*].c
  call_index   = f(x)[0].y[var.i].z
  string_index = "abc"[0]
  object_step  = { a = 1 }.a
  for_filter   = [for i, v in [1, 2] : i + v if i > 0]
  template     = "${f("${g("h")}")}"
  keep         = "${var.number}"
  trimmed      = "  ${~ var.x ~}  "
  heredoc      = [<<A
one
A
    , <<-B
      two ${var.x}
        three
    B
  ]
}
resource "aws_x" "heredoc_in_call" {
  policy = templatefile("x.tpl", {
    text = <<-EOT
      a
    EOT
  })
}
