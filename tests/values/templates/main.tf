# Templates and heredocs: strip markers, directives in directives, indentation.

variable "names" {
  type    = list(string)
  default = ["b", "a", "c"]
}
variable "tags" {
  type    = map(string)
  default = { b = "2", a = "1" }
}

locals {
  people = [{ n = "ann" }]
}

output "templates_1" {
  value = [
    "${~ "\n" }z   %{ if true ~}${ true ? "t" : "f" ~}%{~ endif ~}",
    "-${~ length(var.names) }z  ",
    "${~ "\n" ~}'${~ true }z  ",
    "${ true ? "t" : "f" ~}%{~ if true ~}a%{~ if true ~} z  %{~ endif }  %{ else ~}%{ for x in range(2) ~}b é'b %{~ endfor }%{ endif ~}",
    "z  ${ [1,2][1] ~}",
    "${ true ? "t" : "f" ~}-",
    "${~ true ? "t" : "f" ~}${~ [1,2][1] }%{~ for k, v in [] }${v}%{~ if false }  ya%{ endif }%{ for k, v in ["p","q"] ~}-é$${q} %{~ endfor }%{~ endfor ~}%{ if var.names == [] }x\na$${q}%{~ else ~}%{~ for k, v in [] }   %{~ endfor }%{~ if var.names == [] ~}    %{~ else ~}$${q}é$${q}-%{ endif ~}a%{ endif }",
    "${~ var.names[0] }\n",
    "${ var.tags["a"] ~}%{ if length(var.names) > 2 }$${q}%{ else ~}${~ "in ${"ner"}" ~}%{ for i, x in var.tags }${x}%%{r}'%{ endfor }%{ for k, v in var.tags }-\nb  \n%{ endfor ~}%{~ endif }${~ "in ${"ner"}" ~}%{ if length(var.names) > 2 ~}${ true }z  %{ endif ~}",
    "%{ if var.names == [] ~} ${~ "in ${"ner"}" ~}-%{~ endif }%{ if length(var.names) > 2 ~}'%{~ else ~}a%{ if true ~}\n%{ else }z  %{~ endif }%{~ endif }b %{~ for k, v in var.names ~}-z  z  %{ for x in [] ~}-b x\n%{ endfor ~}%{~ endfor }",
    "z  ${~ local.people[0].n } \n",
    "%{~ if false }${ upper("k") }${ true ? "t" : "f" }${~ "s" ~}%{ else ~}%{ for k, v in range(2) }z   %{~ endfor ~}${~ var.names[0] }%{~ for x in var.tags ~}${x}éa  y  y%{~ endfor ~}${~ local.people[0].n }%{ endif }",
    "%{~ for k, v in var.tags }${v}${~ 1 + 1 }%{~ endfor }",
    "${~ "  pad  " ~}${~ length(var.names) }%{~ for k, v in range(2) }%{ for x in ["p","q"] }${x}\n%{~ endfor }%{~ endfor }",
    "${ upper("k") ~}${~ var.names[0] }",
    "%{~ if false ~}%{ for x in var.tags ~}${x}é$${q}  %{ endfor }${~ length(var.names) }%{~ endif }%{ for x in ["p","q"] ~}é%{ endfor ~}",
    "${ var.tags["a"] ~}",
    "é${ true ? "t" : "f" }",
    "%{ for i, x in var.tags }-b ${~ 1 }%{ endfor }",
    "${~ true ~}%{~ for i, x in range(2) }${x}${ 1 }%{ if length(var.names) > 2 ~}a%{ else ~}$${q}%{ endif ~}%{ for k, v in var.names ~}  %{~ endfor }b %{ endfor }%{ if true ~}${ [1,2][1] ~}${~ upper("k") ~}%{~ for k, v in var.tags }${v}%%{r}a  %{ endfor }%{~ for i, x in var.tags ~} %{ endfor }%{~ endif }",
    "  y  y${ 1 }%{~ for i, x in var.names }%{~ for x in toset(["u","t"]) ~}é%%{r}a%{~ endfor }é%{ if var.names == [] ~}  y  y-%{ else ~}  -z  %%{r}%{~ endif ~}%{ endfor ~}",
    "%{ for i, x in [] }${x}%{ if true }'-'%{~ else ~}    y%{ endif ~} %{ endfor }",
    "%{ for k, v in var.names }${~ local.people[0].n ~}%{ endfor ~}",
    "${ length(var.names) ~}%{ for k, v in var.names ~}${v}${~ [1,2][1] }%{ endfor }%{~ for i, x in toset(["u","t"]) }%{ for i, x in [] }- %{ endfor }%{~ for x in [] ~}$${q}  z  '%{~ endfor }${ upper("k") ~}%{ if false }é'  %{~ else ~}z  %{ endif ~}%{~ endfor ~}",
    "${~ [1,2][1] ~}%{ for i, x in range(2) ~}-%{~ if false }a$${q}é-%{~ endif ~}%{ for i, x in toset(["u","t"]) ~}${x}$${q}%%{r}%{ endfor }%{~ for i, x in var.names ~}${x} %{~ endfor }b %{~ endfor }%{~ for i, x in var.tags ~}a${ "\n" }%{~ if length(var.names) > 2 ~}  y%{ endif ~}é%{ endfor ~}",
  ]
}

output "templates_2" {
  value = [
    "$${q}${~ true }",
    "%%{r}${ true ? "t" : "f" }  y",
    "${~ upper("k") }%{ if length(var.names) > 2 }${ "  pad  " ~}%{ for k, v in [] }-z  %{~ endfor }%{~ for x in {m=1,n=2} }x\n%%{r}%{ endfor }%{~ endif ~}%{~ for i, x in range(2) }${x}x\n- %{~ endfor }",
    "a%{ for k, v in var.tags ~}${v}a  yx\n%{ endfor ~}  %{ if false ~}%{ for k, v in ["p","q"] ~}${v}$${q}  %{ endfor ~}%{ for i, x in {m=1,n=2} ~}'  b %{~ endfor ~}x\n%{~ endif ~}",
    "%{~ for k, v in ["p","q"] ~}b ${~ length(var.names) ~}${~ "  pad  " }%{ endfor }",
    "%{~ for i, x in var.tags }\n%{ endfor }${ "s" }  ",
    "  ${ 1 + 1 }%{~ for i, x in [] }-%{~ for i, x in range(2) ~}b '''%{ endfor ~}%{ endfor ~}%{~ if false }%{ if var.names == [] ~}\naz  b %{~ endif ~}%%{r}%{ for k, v in {m=1,n=2} }'$${q}%{~ endfor ~}%{ else ~}%{ if true ~}z  %{~ endif }${~ 0.5 }%{~ endif }",
    "%{~ for k, v in ["p","q"] } %{~ endfor }%{ for x in {m=1,n=2} }-%{ for k, v in var.tags }${v}z  '\n%{~ endfor }%{ endfor ~}%{~ for x in var.tags }-\nx\n %{~ endfor }",
    "%{~ if length(var.names) > 2 ~}-%{ for k, v in {m=1,n=2} }${v}b b ab %{ endfor ~}%{~ if true }b   yx\n%{ else }x\n'%{ endif ~}%{ if true }é\nax\n%{ endif ~}%{ endif }${ "s" ~}%{ if true }${~ length(var.names) ~}%{~ if var.names == [] }z    %{ else }$${q}\n$${q}%{ endif }%{~ if length(var.names) > 2 ~}\n-b %{ else } -  yx\n%{~ endif ~}%{ endif ~}$${q}",
    "%%{r}%%{r}${~ var.names[0] }${~ [1,2][1] ~}",
    "$${q}%%{r}%{ for x in {m=1,n=2} ~}${x}  %{ if false ~}  %%{r}  y-%{ else }%%{r}\n%{~ endif }\né%{ endfor }%%{r}",
    "${~ var.names[0] }%{ for i, x in ["p","q"] }-%{ endfor ~}",
    "%{ for i, x in ["p","q"] }${x}${ "in ${"ner"}" }é%{ endfor }%{ if false }'%{~ if var.names == [] ~}a%{ else ~}%%{r}%{~ endif }  y%{~ endif }",
    "a%{ for x in range(2) ~}-  x\n%{ for k, v in [] ~}${v}b 'ab %{ endfor ~}%{ endfor }%{ for i, x in [] }${x}a%{~ endfor }",
    "${~ upper("k") ~}%{~ for x in range(2) }${x}%{~ if var.names == [] ~}  y  y%{ else ~}b  z  \n%{ endif ~}-%{ endfor ~}x\n",
    "%{ if false ~}${ var.tags["a"] ~}%{ for i, x in var.tags }${x}  -%{ endfor }${~ "in ${"ner"}" }%{~ endif ~}${ true }",
    "%{~ if false ~}x\n${ "s" }%{ else ~}'${~ upper("k") ~}${~ 1 } %{ endif ~}${~ true }b %{~ if true ~}%{~ for i, x in ["p","q"] ~}${x}é %{~ endfor ~}%{ else ~}${ "  pad  " }%{~ for i, x in ["p","q"] ~}\nb \n%{~ endfor }\n%{~ endif ~}",
    "${~ var.names[0] ~}${~ 1 }z  ",
    "${ upper("k") ~}b %{~ if var.names == [] ~}%{ if var.names == [] }%%{r}-x\nx\n%{~ endif ~}${~ "  pad  " }%{ else }%{~ if length(var.names) > 2 }x\n$${q}%{~ endif }%{ endif ~}%{~ for x in var.names }-${~ "s" ~}%{~ if true }-  \n%{ endif ~}%{~ endfor }",
    "%{ if false ~}${~ "s" ~}x\n  %{ endif }'${ length(var.names) }",
    "%{ if false }%{ if var.names == [] }é  b %{ else } %{ endif }%{~ if false }%%{r}$${q}b   y%{ endif }%{ for i, x in var.names ~}${x}é$${q}%%{r}%{ endfor }%{ else }%{~ if false }é%{~ endif }%%{r}${ upper("k") }b %{~ endif }${~ var.names[0] ~}",
    "%{~ if length(var.names) > 2 ~}%{ for i, x in [] ~}-b   y-%{ endfor ~}%{ else }${~ 0.5 ~}${~ "  pad  " ~}${~ length(var.names) ~}%{ endif ~}%{ if true ~}%{~ if false }%%{r}b %{~ else }  y  %{ endif }%{~ if var.names == [] }é-$${q}%{ else ~}a az  %{~ endif }b \n%{ else }${ length(var.names) ~}${ 1 + 1 ~}%%{r}%{~ endif ~}",
    "${ true ~}z  %{ for x in var.names ~}-z  %{ if false }z  %{~ endif ~}%{ for k, v in var.tags ~}${v}x\nz    y%{ endfor ~}%{~ endfor ~}",
    " b %{ for i, x in range(2) }${~ var.tags["a"] ~}${ true }%{ endfor }b ",
    "${~ [1,2][1] }",
  ]
}

output "templates_3" {
  value = [
    "  y  yx\n%%{r}",
    "' %{ for k, v in range(2) }${v}$${q}%{ endfor }\n",
    "%{ for i, x in ["p","q"] ~}${x}%{~ for i, x in [] }b z  a%{ endfor ~}%{~ for x in ["p","q"] ~}-z  é%{~ endfor }%{ if true ~}a-%%{r}%{~ else ~}a  yz  %{ endif }%%{r}%{~ endfor }",
    "b %{~ for k, v in toset(["u","t"]) ~}${v}%{ for x in var.names }${x}a  y'%{ endfor ~}${~ 0.5 }${~ "\n" ~}%{~ endfor }",
    "%{ for k, v in [] ~}-x\nx\n%%{r}%{ endfor ~}${~ length(var.names) }${ var.names[0] ~}%{ for i, x in toset(["u","t"]) }-é%{ endfor }",
    "  %{~ if true }  %{~ endif ~}%{ for i, x in toset(["u","t"]) }${x}  $${q}%{ endfor ~}",
    "%{~ for i, x in ["p","q"] }-%{~ if var.names == [] }é\n%{~ else }  aé%{~ endif ~}%{~ endfor ~}",
    "-%{~ if length(var.names) > 2 }'%{ endif }z  ",
    "%{ for k, v in var.tags }  %{~ if false ~}\n%{ else ~}%%{r}x\n$${q}%{ endif ~}a%{~ endfor }",
    "%{ for i, x in range(2) ~}${ 1 + 1 ~}%{~ if true }éz   %{ endif }%{ for k, v in {m=1,n=2} }${v}\nb     y%{ endfor } %{~ endfor }a${~ 1 + 1 }",
    "%{ for i, x in var.names }-x\n%{~ if var.names == [] }'ab   y%{ endif ~}%{~ endfor ~}",
    "%{~ for i, x in var.names ~}${x}%{ if true ~}  y%{~ else }é%%{r}%%{r}x\n%{~ endif }%%{r}%{ if true }  %{ endif }%{ endfor ~}%%{r}",
    "b %{ if true ~}  y%{ for x in var.names ~}\n a%{ endfor ~}%{ if var.names == [] ~}$${q}x\n-%{ endif }%{ for i, x in {m=1,n=2} }-$${q}-%{ endfor ~}%{~ else ~}%{~ if false ~}  $${q}b x\n%{ else }-é$${q}%{ endif ~}z  %{ endif ~}%{~ if false }''%{~ if true }b %%{r}%{ else ~}  yax\n%{~ endif }%{~ else }  y\n%{~ endif ~}",
    "  %{ for i, x in toset(["u","t"]) ~}${x}${~ var.tags["a"] ~}%{~ for x in var.names ~}$${q}\n$${q}é%{~ endfor ~}b é%{ endfor ~}%{ for k, v in ["p","q"] }-%{~ for x in range(2) ~}-é%%{r}-%{~ endfor ~}%{~ endfor }${~ "s" }",
    "%{ for x in var.names }- b b %{ endfor ~}b ",
    " ${~ [1,2][1] }",
    "${ upper("k") ~}${~ "  pad  " ~}b ",
    "%{~ for k, v in var.names ~}${ length(var.names) }b %{ endfor }",
    "${ var.tags["a"] }b b ${~ "\n" }",
    "${ 1 + 1 }-${ 1 }%{ if length(var.names) > 2 }%{ for k, v in range(2) ~}--%{ endfor ~}%{ else }%{~ if var.names == [] }$${q}x\n%{~ endif ~}%{~ for i, x in toset(["u","t"]) ~}z  é  y%{~ endfor ~}  %{~ endif ~}",
    "'%{ for x in ["p","q"] ~}${x}${ [1,2][1] }éx\n%{~ for x in var.tags }-a' %{ endfor }%{~ endfor ~}${ 1 + 1 }\n",
    "${~ 1 + 1 ~}%{ if true ~}\n%{~ for i, x in toset(["u","t"]) }-  %%{r}-%{~ endfor ~}%{~ else }\nz  %{ endif ~}%{ for i, x in var.tags }%{ for k, v in {m=1,n=2} }-z  z  a%%{r}%{ endfor }é${~ upper("k") }%{ endfor ~}",
    "a%{ if false ~}'%{ endif ~}\n$${q}",
    "%{ for x in {m=1,n=2} ~}${x}$${q}$${q}%{ if true ~}b 'b %{~ endif }%%{r}%{~ endfor }",
    "%%{r}%{ if true ~}${~ [1,2][1] }%{~ else ~}'- %{~ endif ~}  y\n",
  ]
}

output "templates_4" {
  value = [
    "%{ if true }%{ for x in ["p","q"] }${x} 'b   y%{~ endfor }'%{ endif ~}%{~ for x in var.tags ~}${x}${~ true ? "t" : "f" ~}%{~ if length(var.names) > 2 ~}x\n%{ else ~}  yx\n%{ endif }%{~ endfor ~}%{ if false }%{ for i, x in toset(["u","t"]) }-z  %%{r}x\n%{~ endfor }%{~ else ~}x\n%{~ if length(var.names) > 2 ~}z  \n%{ else ~}$${q}-\n%{~ endif }%{~ endif ~}",
    "%{ for i, x in ["p","q"] }  y%{ endfor ~}%{~ for k, v in {m=1,n=2} ~}-${ 1 ~}${ [1,2][1] ~}%{~ endfor }${ 0.5 ~}",
    "é${ 0.5 ~}  y${ "in ${"ner"}" }",
    "%{ if true ~}%{~ for k, v in toset(["u","t"]) ~}$${q}  y%{~ endfor ~}%{ endif }z  %%{r}",
    "${~ 1 }%{ if length(var.names) > 2 ~}%{ for x in var.tags ~}${x}'a  $${q}%{ endfor }${ 0.5 }%{~ endif ~}%{~ for x in range(2) }${x}${~ 0.5 }%{~ if length(var.names) > 2 }z  %{~ else } é\né%{~ endif }%{ endfor ~}",
    "-%{ for i, x in ["p","q"] }-${~ 0.5 }$${q}%{~ if true }b   y a%{ endif }z  %{ endfor ~}${ 1 + 1 }",
    "%{ for x in {m=1,n=2} ~}${x}${~ "  pad  " ~}%{ for i, x in {m=1,n=2} ~}éax\né%{~ endfor ~}${ 1 }%{ endfor ~}'%{ if length(var.names) > 2 ~}%{~ for k, v in {m=1,n=2} ~}-  \n%{~ endfor ~}\n%{ endif ~}",
    "${ 0.5 }${ true ? "t" : "f" }",
    "%{~ for i, x in {m=1,n=2} }${x}-%{ endfor ~}%{~ for x in var.tags ~}${x}%{ for x in [] }${x}é%%{r}z  %{ endfor }  \n${~ local.people[0].n }%{ endfor }a",
    "%{~ if var.names == [] ~}'b ${~ length(var.names) }'%{~ else ~}%{~ if true ~}  'z  %{~ else ~}  y%%{r}%{ endif }%{ if true }b aé%{ else ~}  y%{ endif ~}${~ var.tags["a"] ~}%{ if false ~}x\n%{~ else }\n%{ endif }%{~ endif ~}  y%{ if var.names == [] ~}%{ for i, x in [] }${x}%%{r}%{~ endfor ~}é%{~ for x in ["p","q"] ~}-x\n%{ endfor ~}%{ endif ~}",
    "-%{ if false ~}z  %{~ if length(var.names) > 2 ~}a%{ else }   %{ endif ~}%{ for x in toset(["u","t"]) }${x}a%{~ endfor ~}%{ endif }%{~ for i, x in range(2) ~}${ "in ${"ner"}" }%{~ endfor ~}${~ local.people[0].n }",
    "\n${~ "in ${"ner"}" ~}${~ "\n" ~}b ",
    "%{ for i, x in range(2) ~}-${ "  pad  " ~}${ "  pad  " ~}${~ "s" ~}%{~ endfor }${~ 1 + 1 }${ "\n" }é",
    "x\n%{ for x in range(2) }-${~ "\n" ~}%{ endfor ~}é",
    "${~ true ~}  ya",
    "  y%{~ for x in {m=1,n=2} }  y-%{~ endfor ~}z  ",
    "%{ for x in ["p","q"] }-b 'ax\n%{ endfor }\n",
    "${ "\n" ~}  %%{r}${ upper("k") }",
    "${~ "\n" }%{~ for i, x in toset(["u","t"]) ~}${~ true ~}%{ endfor }%{ for i, x in ["p","q"] ~}-z  ${ upper("k") }%{ for x in toset(["u","t"]) ~}  y %{ endfor ~}%{~ endfor }",
    "%%{r}%{ for x in toset(["u","t"]) ~}  %{ if true }b z  z  '%{~ else ~}$${q}  y%%{r}%{~ endif ~}  %{ endfor ~}%{ for i, x in {m=1,n=2} }'z  %{ endfor ~}é",
    "%{ if true }%{~ for k, v in [] }-\nz  é%{~ endfor ~}${ "in ${"ner"}" }  y${ 1 + 1 ~}%{ else ~}a${ "in ${"ner"}" ~}'${~ "\n" ~}%{ endif ~}%%{r}",
    "%{~ for k, v in range(2) ~}${v}${~ "  pad  " ~}x\n%{ for k, v in ["p","q"] ~}-  b é%{ endfor }%{~ endfor }z  ",
    "%{ for i, x in [] ~}${x}%{~ if length(var.names) > 2 ~}b $${q}%{ endif ~}%{ for x in var.names ~} -  y%{~ endfor }'%{~ if var.names == [] }é%{ endif }%{ endfor }${ local.people[0].n }  %{ if false }%{ for x in ["p","q"] }${x}   ya$${q}%{~ endfor ~}$${q}%{ for k, v in range(2) ~}${v}  y%{ endfor ~}${ "  pad  " }%{ endif ~}",
    "${ local.people[0].n }",
    "%%{r}%{ for x in [] }${x}b ${~ [1,2][1] ~}%{ if false ~}a%{~ endif }%{ endfor ~}",
  ]
}

output "heredoc_1" {
  value = <<EOT
    %{ for x in var.names }
      ${~ x ~}
    %{ endfor }
  %{ for x in var.names }
  ${x}
  %{ endfor }
      a b
  EOT
}

output "heredoc_2" {
  value = <<EOT
    %{~ for i, x in var.names }${x} %{ endfor ~}${ "s" ~}b 
  z  -
      %{~ for i, x in var.names ~}${x}$${q}%{ endfor }
      ${~ var.tags["a"] ~}
    %%{r}'
EOT
}

output "heredoc_3" {
  value = <<-EOT
  
    %{~ for k, x in var.tags ~}
      ${~ x ~}
    %{ endfor }
    EOT
}

output "heredoc_4" {
  value = <<EOT
  "q"
    EOT
}

output "heredoc_5" {
  value = <<-EOT
  %{ if false }
    yes
  %{ else ~}
    no
  %{ endif ~}
    EOT
}

output "heredoc_6" {
  value = <<-EOT
      %{ if var.names == [] ~}a%%{r} %{~ endif }
    ''
${ "in ${"ner"}" }$${q} ${ "" }
  x${~ true ? "t" : "f" }
      x
EOT
}

output "heredoc_7" {
  value = <<-EOT
    %{ for x in var.names ~}
    ${x}
    %{~ endfor ~}
  EOT
}

output "heredoc_8" {
  value = <<EOT
    %{ if false ~}%%{r}  y%{~ else } %{ endif ~}${~ true ~}%{ if true }$${q}x-%{~ endif }
  ${ "" ~}x${~ "  pad  " ~}%{ if false }'x%{~ else }  y%{ endif ~}
EOT
}

output "heredoc_9" {
  value = <<EOT
    text
      %{ if false }
        yes
      %{ else }
        no
      %{ endif ~}
    EOT
}

output "heredoc_10" {
  value = <<-EOT
      é
-
  ${~ var.tags["a"] }-%{~ for i, x in var.tags ~}${x}éb %{~ endfor ~}%{~ for x in {m=1,n=2} }-  '%{ endfor }
  %{~ if true }a%{ endif }
  EOT
}

output "heredoc_11" {
  value = <<-EOT
%{ for x in ["p","q"] }-$${q}z  %{ endfor }${ upper("k") }$${q}
  ${ upper("k") ~}
  EOT
}

output "heredoc_12" {
  value = <<-EOT
  %{ for i, x in [] ~}${x}a%{~ endfor }
  é${ local.people[0].n }${ local.people[0].n ~}
x%{~ if length(var.names) > 2 } a%{~ endif ~}
  x%{ for x in toset(["u","t"]) ~}-x  %%{r}%{~ endfor }  y
      ${ "in ${"ner"}" }
EOT
}

output "heredoc_13" {
  value = <<-EOT
      "q"
      
EOT
}

output "heredoc_14" {
  value = <<-EOT
    %{ if false }
      yes
    %{ else }
      no
    %{~ endif }
    %{ for x in var.names }
      - ${x}
    %{ endfor }
    EOT
}

output "heredoc_15" {
  value = <<EOT
    %{ for k, v in [] }${v}-%{ endfor ~}%{ if var.names == [] }  y$${q}%{~ endif ~}$${q}%{~ for i, x in range(2) }-a%{~ endfor }
    ${ 1 + 1 }%{ for k, v in var.tags }${v}$${q}$${q}%{ endfor }%{ if false ~}%%{r}b -z  %{ else ~}a%{ endif }
      -%{ for i, x in {m=1,n=2} }-$${q}axb %{ endfor ~}b 
  EOT
}

output "heredoc_16" {
  value = <<-EOT
      ${var.names[0]} x
      %{~ for k, x in var.tags ~}
      ${x}
      %{~ endfor ~}
    a b
EOT
}

output "heredoc_17" {
  value = <<-EOT
  %{~ for k, x in var.tags ~}
    - ${x}
  %{ endfor ~}
    EOT
}

output "heredoc_18" {
  value = <<-EOT
  ${ 1 }${ 1 + 1 }%{~ if length(var.names) > 2 }  %{ endif }
    %{ for k, v in ["p","q"] }${v}'a  y%{ endfor }b 
b '
      ${ 1 + 1 }%{~ if var.names == [] }x%{ endif }%{~ for x in {m=1,n=2} }-aé%{ endfor }%{~ if var.names == [] }b %{~ else } %{ endif ~}
    'z  
  EOT
}

output "heredoc_19" {
  value = <<EOT
      "q"
  "q"
      ${var.names[0]} x
EOT
}

output "heredoc_20" {
  value = <<EOT
    %{ if false ~}a a%%{r}%{~ else }%%{r}$${q}'%{~ endif }%{ if false } %{ else }a %{~ endif }${ var.names[0] ~}
EOT
}

output "heredoc_21" {
  value = <<-EOT
      ${ var.tags["a"] }a
      %{~ if true }é %%{r}%{~ else }xb %{ endif }${~ 1 ~}%{ if var.names == [] ~}xa%{ else ~}$${q}%%{r} %{ endif }
  %{~ for i, x in {m=1,n=2} }${x}x%%{r}%{ endfor }%%{r}
'a 
  EOT
}

output "heredoc_22" {
  value = <<EOT
      %{~ if length(var.names) > 2 ~}' xé%{ endif }${~ local.people[0].n }b 
  '
  EOT
}

output "heredoc_23" {
  value = <<-EOT
      %{ if true ~}
        yes
      %{ else }
        no
      %{ endif ~}
  EOT
}

output "heredoc_24" {
  value = <<EOT
  ${ length(var.names) ~}
EOT
}

output "heredoc_25" {
  value = <<EOT
        
      $${q}
${~ local.people[0].n }%{~ for x in var.tags }${x}z  a%{ endfor } %{ if var.names == [] ~}%{~ else ~}b z  '%{ endif ~}
      %{ if var.names == [] ~}z  z  b   y%{ endif ~}  y
   %{~ for k, v in toset(["u","t"]) }-$${q}$${q}%{ endfor ~}
  EOT
}

output "heredoc_26" {
  value = <<-EOT
      %{ for x in var.names }
        - ${x}
      %{~ endfor ~}
EOT
}

output "heredoc_27" {
  value = <<-EOT
%{ if var.names == [] }$${q}%{ else ~}é%{~ endif }%{~ for k, v in ["p","q"] ~}${v}   %{ endfor }
      %{~ if true ~}a-z  %{~ else ~}  %{ endif }
  EOT
}

output "heredoc_28" {
  value = <<-EOT
    %{ for k, v in var.names ~}x %{ endfor }
%{~ if length(var.names) > 2 }  %{~ else }$${q}  y%{ endif }
      ${~ true ? "t" : "f" }x%{ if true ~}%%{r}$${q}%{ else }z  ' %{~ endif ~}%{~ if true }z  %{ endif }
  EOT
}

output "heredoc_29" {
  value = <<-EOT
  é%{~ if false }é%{ endif }$${q}
      $${q}%{~ if false ~}x   z  %{ else }    y%{~ endif ~}é
%{~ if false }-  b x%{~ else ~}%%{r}  y'$${q}%{ endif ~}${~ 1 + 1 }
      ${~ "s" }%{~ if false }-é%{~ endif ~}
    %{~ if var.names == [] ~}-%%{r}xé%{ endif }%{ for x in [] ~}z   %{~ endfor ~}é
  EOT
}

output "heredoc_30" {
  value = <<EOT
    "q"
EOT
}

output "heredoc_31" {
  value = <<EOT
    "q"
  %{ if true ~}
    yes
  %{ else ~}
    no
  %{ endif ~}
      %{ if false }
        yes
      %{ else }
        no
      %{ endif }
    EOT
}

output "heredoc_32" {
  value = <<-EOT
    "q"
      
    ${var.names[0]} x
EOT
}

output "heredoc_33" {
  value = <<-EOT
  %{~ if true }%{~ endif ~}%{ if length(var.names) > 2 }%{ endif }${ 1 ~}-
  %%{r}é-é
b %{ for x in range(2) ~}${x}$${q}  y%{~ endfor }%{~ if length(var.names) > 2 ~}%%{r}  y%{ else }   y%{ endif }
EOT
}

output "heredoc_34" {
  value = <<-EOT
  b %{ if false }  %%{r}z  %{ endif ~}
   -${~ true ~}
b 
  y${ "" }%{~ for x in range(2) ~}${x}  b b %{ endfor ~}
EOT
}

output "heredoc_35" {
  value = <<-EOT
      
      z  %{ for x in {m=1,n=2} ~}${x}%%{r}$${q}%{~ endfor }${ upper("k") ~}
  EOT
}

output "heredoc_36" {
  value = <<-EOT
        y%{ for k, v in toset(["u","t"]) ~}${v}  %%{r}%{~ endfor }%{~ if length(var.names) > 2 ~}''é  y%{~ else ~} $${q}  %{~ endif ~}
      z  
%{~ for x in var.names }${x}  %{ endfor }
  EOT
}
