variable "users" { default = ["ana", "bo"] }
locals {
  greeting = "%{for u in var.users~}${u}, %{endfor~}bye"
  verdict  = "%{if length(var.users) > 1}many${"!"}%{else}few%{endif}"
  escaped  = "$${not.a_reference} %%{if nothing}"
}
resource "aws_instance" "web" {
  ami       = "ami-1"
  user_data = <<-EOT
    #!/bin/sh
    %{for u in var.users}
    useradd ${u}
    %{endfor}
    echo ${aws_efs_file_system.home.dns_name}:/ /home >> /etc/fstab
    if [ "${local.verdict}" ]; then
      echo "$${HOME} %%{x}"
    fi
  EOT
  tags = {
    Name = "web-${join("-", [for u in var.users : upper(u)])}"
    Plain = <<EOT
no ${"interpolation"} of aws_vpc.fake.id here
  EOT
  }
}
